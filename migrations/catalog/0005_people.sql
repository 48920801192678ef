-- People and programs that call the admin API. Secrets are kept as hashes alone, beside the rows
-- that history tells of: whoever steals this file can use none of them.

-- `name` is the address of mail, by which a user logs in; `called` is what people call the user.
CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id INTEGER NOT NULL REFERENCES tenants (id),
    revision INTEGER NOT NULL CHECK (revision > 0),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    called TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('admin', 'advertiser', 'viewer')),
    advertisers TEXT NOT NULL, -- a JSON list of numbers; one that is gone means nothing
    disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
    password_at INTEGER,
    invited_until INTEGER,
    UNIQUE (tenant_id, folded)
) STRICT;
CREATE INDEX users_by_mail ON users (folded);

-- Argon2id, in the PHC string format.
CREATE TABLE passwords (
    user_id INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    phc TEXT NOT NULL
) STRICT;

-- The code that a user sets a password with, once.
CREATE TABLE invites (
    user_id INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32)
) STRICT;

-- One row a login, with the tokens it has now.
CREATE TABLE logins (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    begun_at INTEGER NOT NULL,
    access_hash BLOB NOT NULL UNIQUE CHECK (length(access_hash) = 32),
    access_until INTEGER NOT NULL,
    refresh_hash BLOB NOT NULL UNIQUE CHECK (length(refresh_hash) = 32),
    refresh_until INTEGER NOT NULL
) STRICT;
CREATE INDEX logins_by_user ON logins (user_id);
CREATE INDEX logins_by_end ON logins (refresh_until);

-- Tokens that were traded for new ones. Whoever comes with one again has a copy.
CREATE TABLE spent_tokens (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    login_id INTEGER NOT NULL REFERENCES logins (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX spent_tokens_by_login ON spent_tokens (login_id);

CREATE TABLE keys (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id INTEGER NOT NULL REFERENCES tenants (id),
    revision INTEGER NOT NULL CHECK (revision > 0),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    scopes TEXT NOT NULL, -- a JSON list of texts
    expires_at INTEGER,
    prefix TEXT NOT NULL,
    UNIQUE (tenant_id, folded)
) STRICT;

CREATE TABLE key_secrets (
    key_id INTEGER PRIMARY KEY REFERENCES keys (id) ON DELETE CASCADE,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    used_at INTEGER
) STRICT;

-- Tries to log in, for as long as they count. What they were for is hashed.
CREATE TABLE login_attempts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account BLOB NOT NULL,
    network BLOB NOT NULL,
    at INTEGER NOT NULL,
    failed INTEGER NOT NULL CHECK (failed IN (0, 1))
) STRICT;
CREATE INDEX login_attempts_by_account ON login_attempts (account, at);
CREATE INDEX login_attempts_by_network ON login_attempts (network, at);
CREATE INDEX login_attempts_by_age ON login_attempts (at);
