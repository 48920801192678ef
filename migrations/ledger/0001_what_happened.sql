-- What happened. Instants are milliseconds since 1970-01-01T00:00:00Z, hours are whole hours since
-- then, money is nano-units of the tenant's currency.

-- One row: how far what follows from the batches is kept.
CREATE TABLE progress (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    kept_batch INTEGER NOT NULL, -- the seen pages hold every batch up to this one
    seen_floor INTEGER NOT NULL, -- pages below this one are forgotten for good
    next_segment INTEGER NOT NULL -- served-ad ids of lower segments may have been given out
) STRICT;
INSERT INTO progress VALUES (1, 0, 0, 0);

-- The raw truth: accepted events in the order of their acceptance, packed by ledger::encode.
-- Batches are of all tenants; each event in them names its own.
CREATE TABLE batches (
    id INTEGER PRIMARY KEY, -- without gaps above progress.kept_batch
    written_at INTEGER NOT NULL,
    events BLOB NOT NULL
) STRICT;

-- Which events were seen of which served ads, packed by ledger::Page. Follows from the batches.
CREATE TABLE seen_pages (
    id INTEGER PRIMARY KEY, -- ledger::PageKey
    page BLOB NOT NULL
) STRICT;

-- What counts are kept apart by; 0 where a dimension does not apply. A new dimension is a new
-- column here, and no count is touched.
CREATE TABLE cells (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    campaign_id INTEGER NOT NULL,
    creative_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    UNIQUE (tenant_id, campaign_id, creative_id, channel_id),
    UNIQUE (id, tenant_id)
) STRICT;

-- A column for each metric of ledger::Metric. The key begins with the hour, so that a batch
-- writes to neighbouring rows; the index finds the hours of one campaign.
CREATE TABLE counts (
    tenant_id INTEGER NOT NULL,
    hour INTEGER NOT NULL,
    cell_id INTEGER NOT NULL,
    requests INTEGER NOT NULL DEFAULT 0,
    served INTEGER NOT NULL DEFAULT 0,
    impressions INTEGER NOT NULL DEFAULT 0,
    creative_views INTEGER NOT NULL DEFAULT 0,
    starts INTEGER NOT NULL DEFAULT 0,
    first_quartiles INTEGER NOT NULL DEFAULT 0,
    midpoints INTEGER NOT NULL DEFAULT 0,
    third_quartiles INTEGER NOT NULL DEFAULT 0,
    completions INTEGER NOT NULL DEFAULT 0,
    mutes INTEGER NOT NULL DEFAULT 0,
    unmutes INTEGER NOT NULL DEFAULT 0,
    pauses INTEGER NOT NULL DEFAULT 0,
    resumes INTEGER NOT NULL DEFAULT 0,
    skips INTEGER NOT NULL DEFAULT 0,
    clicks INTEGER NOT NULL DEFAULT 0,
    errors INTEGER NOT NULL DEFAULT 0,
    viewable INTEGER NOT NULL DEFAULT 0,
    not_viewable INTEGER NOT NULL DEFAULT 0,
    view_undetermined INTEGER NOT NULL DEFAULT 0,
    billable INTEGER NOT NULL DEFAULT 0,
    unbilled INTEGER NOT NULL DEFAULT 0,
    spend_nanos INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, hour, cell_id),
    FOREIGN KEY (cell_id, tenant_id) REFERENCES cells (id, tenant_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX counts_by_cell ON counts (cell_id, hour);

-- Errors by VAST error code.
CREATE TABLE error_counts (
    tenant_id INTEGER NOT NULL,
    hour INTEGER NOT NULL,
    cell_id INTEGER NOT NULL,
    code INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, hour, cell_id, code),
    FOREIGN KEY (cell_id, tenant_id) REFERENCES cells (id, tenant_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX error_counts_by_cell ON error_counts (cell_id, hour);

-- Calls without an ad, by reason.
CREATE TABLE no_fill_counts (
    tenant_id INTEGER NOT NULL,
    hour INTEGER NOT NULL,
    cell_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, hour, cell_id, reason),
    FOREIGN KEY (cell_id, tenant_id) REFERENCES cells (id, tenant_id)
) STRICT, WITHOUT ROWID;

-- What is settled of the budget of a campaign.
CREATE TABLE spent (
    campaign_id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    impressions INTEGER NOT NULL,
    spend_nanos INTEGER NOT NULL,
    first_hour INTEGER, -- of the first impression; a flat fee is due there
    first_cell_id INTEGER,
    FOREIGN KEY (first_cell_id, tenant_id) REFERENCES cells (id, tenant_id)
) STRICT;

-- The same by day of the tenant.
CREATE TABLE spent_days (
    campaign_id INTEGER NOT NULL,
    day_start INTEGER NOT NULL,
    day_end INTEGER NOT NULL,
    tenant_id INTEGER NOT NULL,
    spend_nanos INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, day_start, day_end)
) STRICT, WITHOUT ROWID;
CREATE INDEX spent_days_by_end ON spent_days (day_end);
