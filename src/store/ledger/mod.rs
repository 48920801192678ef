//! `ledger.db`: what happened, each event counted once.
//!
//! A batch of raw events is the truth, and one transaction. All else follows from the batches, is
//! kept now and then with the number of the last one it holds, and is made up to date from the
//! batches since at the start: the counts and settled totals every second, the pages of seen
//! events, by which no event is taken twice, every minute. Counts of hours that are over are moved
//! from rows to digests, of which a year is read in no time.
//!
//! One thread writes ([`Ledger`]); reports read beside it ([`LedgerReader`]).

mod cells;
mod copy;
mod error;
mod recover;
mod schema;
mod seal;
mod stats;
#[cfg(test)]
mod tests;
mod write;

use rusqlite::Row;

pub use cells::RECEIVER_CELLS_MAX;
pub use copy::{last_batch, pass_over_ids, try_recovery};
pub use error::{OpenError, SealError, WriteError};
pub use recover::{Recovered, SpentBefore};
pub use schema::SCHEMA;
pub use seal::Sealed;
pub use stats::{CutQuery, LedgerReader, ReportError};
pub use write::{Batch, Checkpoint, Ledger};

/// A count that was stored; it is never negative.
fn count(row: &Row<'_>, place: usize) -> rusqlite::Result<u64> {
    let stored: i64 = row.get(place)?;
    u64::try_from(stored)
        .map_err(|_negative| rusqlite::Error::IntegralValueOutOfRange(place, stored))
}
