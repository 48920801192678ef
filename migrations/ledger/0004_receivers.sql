-- Counts are kept apart by type of device and country too (cells.receiver: model::Receiver, 0 where
-- nothing said), the time that was asked for and filled is counted, and hours that are over are
-- packed.

-- The same cells under the same numbers: no count is touched.
CREATE TABLE cells_new (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    campaign_id INTEGER NOT NULL,
    creative_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    receiver INTEGER NOT NULL,
    UNIQUE (tenant_id, campaign_id, creative_id, channel_id, receiver),
    UNIQUE (id, tenant_id)
) STRICT;
INSERT INTO cells_new SELECT id, tenant_id, campaign_id, creative_id, channel_id, 0 FROM cells;
DROP TABLE cells;
ALTER TABLE cells_new RENAME TO cells;

ALTER TABLE counts ADD COLUMN unfilled INTEGER NOT NULL DEFAULT 0;
ALTER TABLE counts ADD COLUMN asked_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE counts ADD COLUMN filled_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE counts ADD COLUMN folded INTEGER NOT NULL DEFAULT 0;

-- Calls without an ad were counted by reason alone; of the time they asked for nothing is known.
UPDATE counts SET unfilled = (
    SELECT coalesce(sum(n), 0) FROM no_fill_counts AS reasons
    WHERE reasons.tenant_id = counts.tenant_id AND reasons.hour = counts.hour
    AND reasons.cell_id = counts.cell_id
);

-- Hours that are over, packed by ledger::Digest: what is here is in none of the tables of counts,
-- and both together are what was counted.
CREATE TABLE digests (
    id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    hour INTEGER NOT NULL, -- the first it may hold
    hours INTEGER NOT NULL, -- how many it may hold: 1, or the 24 of a UTC day
    packed BLOB NOT NULL,
    UNIQUE (tenant_id, hour, hours)
) STRICT;
