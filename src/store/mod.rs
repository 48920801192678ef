//! Floor 4: what is kept: `catalog.db` and `ledger.db` through SQLite, creatives as blobs, the log
//! of decisions as segments.

pub mod blobs;
pub mod catalog;
pub mod copy;
mod data_dir;
pub mod decisions;
pub mod geo;
pub mod keys;
pub mod ledger;
mod private_file;
pub mod sessions;
pub mod spool;
pub mod sqlite;
pub mod timelines;
pub mod viewer_keys;

pub use data_dir::{DataDir, DataDirError};
