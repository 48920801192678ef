//! Floor 4: what is kept: `catalog.db` and `ledger.db` through SQLite, creatives as blobs.

pub mod keys;
