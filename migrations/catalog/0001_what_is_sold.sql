-- What is sold, and every change to it. Instants are milliseconds since 1970-01-01T00:00:00Z,
-- money is micros of the tenant's currency. `folded` is the form under which a name is unique.

CREATE TABLE tenants (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id INTEGER GENERATED ALWAYS AS (id) VIRTUAL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE,
    timezone TEXT NOT NULL,
    currency TEXT NOT NULL
) STRICT;

CREATE TABLE advertisers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id INTEGER NOT NULL REFERENCES tenants (id),
    revision INTEGER NOT NULL CHECK (revision > 0),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    domain TEXT,
    categories TEXT NOT NULL, -- a JSON list of texts
    UNIQUE (tenant_id, folded),
    UNIQUE (id, tenant_id)
) STRICT;

CREATE TABLE channels (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id INTEGER NOT NULL REFERENCES tenants (id),
    revision INTEGER NOT NULL CHECK (revision > 0),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    description TEXT NOT NULL,
    slot_ms INTEGER CHECK (slot_ms > 0),
    UNIQUE (tenant_id, folded),
    UNIQUE (id, tenant_id)
) STRICT;

CREATE TABLE campaigns (
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
    UNIQUE (tenant_id, folded),
    UNIQUE (id, tenant_id),
    FOREIGN KEY (advertiser_id, tenant_id) REFERENCES advertisers (id, tenant_id)
) STRICT;
CREATE INDEX campaigns_by_advertiser ON campaigns (advertiser_id, tenant_id);
CREATE INDEX campaigns_by_end ON campaigns (status, end_at);

CREATE TABLE creatives (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id INTEGER NOT NULL REFERENCES tenants (id),
    revision INTEGER NOT NULL CHECK (revision > 0),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    campaign_id INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('processing', 'active', 'inactive', 'failed')),
    failure TEXT,
    weight INTEGER NOT NULL CHECK (weight > 0),
    click_url TEXT,
    -- What was found in the file; all empty without one.
    sha256 BLOB CHECK (length(sha256) = 32),
    bytes INTEGER,
    container TEXT CHECK (container IN ('mp4', 'mov', 'webm', 'ogg')),
    duration_ms INTEGER,
    width INTEGER,
    height INTEGER,
    rotation INTEGER,
    video_codec TEXT,
    audio_codec TEXT,
    frames INTEGER,
    frames_seconds INTEGER CHECK (frames_seconds > 0),
    CHECK (status <> 'active' OR sha256 IS NOT NULL),
    UNIQUE (campaign_id, folded),
    FOREIGN KEY (campaign_id, tenant_id) REFERENCES campaigns (id, tenant_id)
) STRICT;
CREATE INDEX creatives_by_tenant ON creatives (tenant_id, folded);
CREATE INDEX creatives_by_file ON creatives (tenant_id, sha256);

-- Audit and history: a row for each change, written in the transaction of the change.
-- It outlives its subject and its tenant, so it refers to neither.
CREATE TABLE operations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id INTEGER NOT NULL,
    group_id INTEGER REFERENCES operations (id), -- the first of those done together; empty on it
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('create', 'update', 'delete', 'undo')),
    kind TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    subject_name TEXT NOT NULL,
    before TEXT, -- JSON as the API shows it; empty after a create
    after TEXT, -- the same; empty after a delete
    undoes INTEGER REFERENCES operations (id),
    undone_by INTEGER REFERENCES operations (id),
    request_id TEXT NOT NULL
) STRICT;
CREATE INDEX operations_by_tenant ON operations (tenant_id, id);
CREATE INDEX operations_by_subject ON operations (kind, subject_id, id);
CREATE INDEX operations_by_group ON operations (group_id);

-- What was answered to a write that carried a key, so that a repeat gets the same answer.
-- Tenant 0 holds the writes that belong to no tenant yet.
CREATE TABLE answers (
    tenant_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    request_hash BLOB NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX answers_by_age ON answers (created_at);
