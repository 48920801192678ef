//! `ledger.db`: what happened, each event counted once.
//!
//! Everything that follows from a batch of events is written in the transaction that keeps the
//! batch: its raw events, the counts and the settled totals. The pages of seen events are kept
//! now and then and made up to date from the batches since at the start.
//!
//! One thread writes ([`Ledger`]); reports read beside it ([`LedgerReader`]).

mod cells;
mod error;
mod recover;
mod schema;
mod stats;
#[cfg(test)]
mod tests;
mod write;

use rusqlite::Row;

pub use error::{OpenError, WriteError};
pub use recover::{Recovered, SpentBefore};
pub use schema::SCHEMA;
pub use stats::{Group, LedgerReader, Report, StatsQuery};
pub use write::{Batch, Checkpoint, Ledger};

/// A count that was stored; it is never negative.
fn count(row: &Row<'_>, place: usize) -> rusqlite::Result<u64> {
    let stored: i64 = row.get(place)?;
    u64::try_from(stored)
        .map_err(|_negative| rusqlite::Error::IntegralValueOutOfRange(place, stored))
}
