-- What the decision engine is told: orders, categories and kinds of pods, and the rules of
-- campaigns, creatives and channels. Lists and rules are JSON texts in the form of the API.

CREATE TABLE orders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id INTEGER NOT NULL REFERENCES tenants (id),
    revision INTEGER NOT NULL CHECK (revision > 0),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    advertiser_id INTEGER NOT NULL,
    description TEXT NOT NULL,
    total_budget_micros INTEGER CHECK (total_budget_micros > 0),
    daily_budget_micros INTEGER CHECK (daily_budget_micros > 0),
    impression_goal INTEGER CHECK (impression_goal > 0),
    caps TEXT NOT NULL,
    UNIQUE (tenant_id, folded),
    UNIQUE (id, advertiser_id, tenant_id),
    FOREIGN KEY (advertiser_id, tenant_id) REFERENCES advertisers (id, tenant_id)
) STRICT;
CREATE INDEX orders_by_advertiser ON orders (advertiser_id, tenant_id);

-- `name` is the code by which others refer to a category, whatever the case; `title` is its name
-- for people. `parent` is a code too.
CREATE TABLE categories (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id INTEGER NOT NULL REFERENCES tenants (id),
    revision INTEGER NOT NULL CHECK (revision > 0),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    title TEXT NOT NULL,
    folded_title TEXT NOT NULL,
    parent TEXT,
    exclusive INTEGER NOT NULL CHECK (exclusive IN (0, 1)),
    separation_ms INTEGER CHECK (separation_ms > 0),
    UNIQUE (tenant_id, folded)
) STRICT;
CREATE INDEX categories_by_parent ON categories (tenant_id, lower(parent));

CREATE TABLE pods (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id INTEGER NOT NULL REFERENCES tenants (id),
    revision INTEGER NOT NULL CHECK (revision > 0),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    description TEXT NOT NULL,
    duration_ms INTEGER NOT NULL CHECK (duration_ms > 0),
    slots_ms TEXT NOT NULL,
    min_ads INTEGER NOT NULL CHECK (min_ads >= 0),
    max_ads INTEGER NOT NULL CHECK (max_ads >= min_ads),
    min_ad_ms INTEGER CHECK (min_ad_ms > 0),
    max_ad_ms INTEGER CHECK (max_ad_ms > 0),
    per_advertiser INTEGER NOT NULL CHECK (per_advertiser > 0),
    advertiser_gap_ms INTEGER NOT NULL CHECK (advertiser_gap_ms >= 0),
    goal TEXT NOT NULL CHECK (goal IN ('revenue', 'fill', 'experience')),
    UNIQUE (tenant_id, folded),
    UNIQUE (id, tenant_id)
) STRICT;

-- Rebuilt, because a reference that carries the tenant cannot be added to a table.
CREATE TABLE channels_anew (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id INTEGER NOT NULL REFERENCES tenants (id),
    revision INTEGER NOT NULL CHECK (revision > 0),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    description TEXT NOT NULL,
    slot_ms INTEGER CHECK (slot_ms > 0),
    pod_id INTEGER,
    UNIQUE (tenant_id, folded),
    UNIQUE (id, tenant_id),
    FOREIGN KEY (pod_id, tenant_id) REFERENCES pods (id, tenant_id)
) STRICT;
INSERT INTO channels_anew (
    id, tenant_id, revision, created_at, updated_at, name, folded, description, slot_ms
) SELECT
    id, tenant_id, revision, created_at, updated_at, name, folded, description, slot_ms
FROM channels;
-- No id is ever given twice, not even that of a row that was deleted.
DELETE FROM sqlite_sequence WHERE name = 'channels_anew';
INSERT INTO sqlite_sequence (name, seq)
SELECT 'channels_anew', seq FROM sqlite_sequence WHERE name = 'channels';
DROP TABLE channels;
ALTER TABLE channels_anew RENAME TO channels;
CREATE INDEX channels_by_pod ON channels (pod_id, tenant_id);

CREATE TABLE campaigns_anew (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id INTEGER NOT NULL REFERENCES tenants (id),
    revision INTEGER NOT NULL CHECK (revision > 0),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    advertiser_id INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('draft', 'active', 'paused', 'completed')),
    description TEXT NOT NULL,
    total_budget_micros INTEGER NOT NULL CHECK (total_budget_micros > 0),
    daily_budget_micros INTEGER CHECK (daily_budget_micros > 0),
    impression_goal INTEGER CHECK (impression_goal > 0),
    start_at INTEGER NOT NULL,
    end_at INTEGER NOT NULL CHECK (end_at > start_at),
    price_model TEXT NOT NULL CHECK (price_model IN ('cpm', 'cpc', 'cpv', 'flat')),
    price_micros INTEGER NOT NULL CHECK (price_micros > 0),
    tier TEXT NOT NULL CHECK (tier IN ('sponsorship', 'standard', 'bulk', 'house')),
    weight INTEGER NOT NULL CHECK (weight > 0),
    order_id INTEGER,
    targeting TEXT NOT NULL DEFAULT '{"rules":[]}',
    caps TEXT NOT NULL DEFAULT '[]',
    pacing TEXT NOT NULL DEFAULT '{"mode":"asap"}',
    categories TEXT NOT NULL DEFAULT '[]',
    position TEXT NOT NULL DEFAULT 'any' CHECK (position IN ('any', 'first', 'last', 'edge')),
    share_of_voice INTEGER CHECK (share_of_voice BETWEEN 1 AND 100),
    UNIQUE (tenant_id, folded),
    UNIQUE (id, tenant_id),
    FOREIGN KEY (advertiser_id, tenant_id) REFERENCES advertisers (id, tenant_id),
    -- An order is shared by campaigns of its own advertiser only.
    FOREIGN KEY (order_id, advertiser_id, tenant_id)
        REFERENCES orders (id, advertiser_id, tenant_id)
) STRICT;
INSERT INTO campaigns_anew (
    id, tenant_id, revision, created_at, updated_at, name, folded, advertiser_id, status,
    description, total_budget_micros, daily_budget_micros, impression_goal, start_at, end_at,
    price_model, price_micros, tier, weight
) SELECT
    id, tenant_id, revision, created_at, updated_at, name, folded, advertiser_id, status,
    description, total_budget_micros, daily_budget_micros, impression_goal, start_at, end_at,
    price_model, price_micros, tier, weight
FROM campaigns;
DELETE FROM sqlite_sequence WHERE name = 'campaigns_anew';
INSERT INTO sqlite_sequence (name, seq)
SELECT 'campaigns_anew', seq FROM sqlite_sequence WHERE name = 'campaigns';
DROP TABLE campaigns;
ALTER TABLE campaigns_anew RENAME TO campaigns;
CREATE INDEX campaigns_by_advertiser ON campaigns (advertiser_id, tenant_id);
CREATE INDEX campaigns_by_end ON campaigns (status, end_at);
CREATE INDEX campaigns_by_order ON campaigns (order_id, advertiser_id, tenant_id);

ALTER TABLE creatives ADD COLUMN targeting TEXT NOT NULL DEFAULT '{"rules":[]}';
ALTER TABLE creatives ADD COLUMN caps TEXT NOT NULL DEFAULT '[]';
ALTER TABLE creatives ADD COLUMN start_at INTEGER;
ALTER TABLE creatives ADD COLUMN end_at INTEGER CHECK (end_at > start_at);
