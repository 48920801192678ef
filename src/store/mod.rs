//! Floor 4: what is kept: `catalog.db` and `ledger.db` through SQLite, creatives as blobs.

pub mod blobs;
pub mod catalog;
mod data_dir;
pub mod keys;
pub mod ledger;
pub mod spool;
pub mod sqlite;

pub use data_dir::{DataDir, DataDirError};
