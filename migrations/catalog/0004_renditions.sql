-- What streams are made of, and creatives made to fit them. Nobody decides these: they are
-- learned and made, and can be learned and made again, so they are not in the history.

CREATE TABLE stream_profiles (
    channel_id INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    profile TEXT NOT NULL,
    learned_at INTEGER NOT NULL,
    FOREIGN KEY (channel_id, tenant_id) REFERENCES channels (id, tenant_id) ON DELETE CASCADE
) STRICT;
CREATE INDEX stream_profiles_by_key ON stream_profiles (tenant_id, key);

-- By content, not by creative: the same film in two campaigns is made once. `retry_at` is empty
-- where another try is of no use. `made` is the set, once it is in the object store.
CREATE TABLE renditions (
    tenant_id INTEGER NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    profile TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'ready', 'failed')),
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    failure TEXT,
    retry_at INTEGER,
    made TEXT CHECK ((made IS NOT NULL) = (status = 'ready')),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, source, profile)
) STRICT, WITHOUT ROWID;
