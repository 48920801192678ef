//! A ledger that is copied while it is written, and what is done to a copy.

use std::path::Path;

use super::{Ledger, LedgerReader, OpenError, SCHEMA};
use crate::model::Timestamp;
use crate::store::sqlite::{Database, SqliteError};

/// Segments of served-ad ids that a ledger passes over when it is put back: what copied it has
/// served on, and no id that it gave out since may be given out again. A trillion ads, which is
/// a hundred days at 100,000 a second; there are enough for four thousand times.
const SEGMENTS_PASSED_OVER: u32 = 1 << 20;

impl LedgerReader {
    /// Copies the ledger as it is at one instant into the empty file at `to`: every event that was
    /// acknowledged before is in it. Blocks.
    pub fn copy_blocking(&self, to: &Path) -> Result<(), SqliteError> {
        self.0.copy_blocking(to)
    }
}

/// The number of the last batch of a copy that nobody writes; 0 before the first.
pub fn last_batch(path: &Path, now: Timestamp) -> Result<u64, SqliteError> {
    let connection = Database::open(path, &SCHEMA, now)?.into_connection();
    let sql = "SELECT max(kept_batch, (SELECT coalesce(max(id), 0) FROM batches)) FROM progress";
    let last: i64 = connection.query_row(sql, [], |row| row.get(0))?;
    Ok(last.unsigned_abs())
}

/// Opens a copy as a start does, so that whatever a start would refuse is refused now. Gives the
/// number of its last batch.
pub fn try_recovery(path: &Path, now: Timestamp) -> Result<u64, OpenError> {
    let (ledger, _reader, _recovered) = Ledger::open(path, now)?;
    Ok((ledger.next_batch - 1).unsigned_abs())
}

/// Makes sure that nothing which is started on a copy gives out an id that was given out since
/// the copy was made.
pub fn pass_over_ids(path: &Path, now: Timestamp) -> Result<(), SqliteError> {
    let connection = Database::open(path, &SCHEMA, now)?.into_connection();
    connection.execute(
        "UPDATE progress SET next_segment = next_segment + ?1",
        [SEGMENTS_PASSED_OVER],
    )?;
    Ok(())
}
