//! Hours that are over, moved from rows into digests, a little at a time.
//!
//! What is in a digest is in no row, and both are changed in one transaction, so that their sum is
//! what was counted at every instant. An hour whose digest is made may still get counts, from a
//! clock that was set back or a batch that is counted late: they are rows again, and move later.

use rusqlite::{Connection, OptionalExtension as _, Row, TransactionBehavior, params};

use super::cells::cell;
use super::stats::{figure_columns, figures};
use super::write::Ledger;
use super::{SealError, WriteError, count};
use crate::ledger::{CellKey, Column, DIGEST_HOURS, Digest, Hour, Packed};
use crate::model::{Millis, TenantId, Timestamp};

/// How long an hour is over before its rows are packed: until then, most of what is still to come
/// has come.
const SEAL_AFTER: Millis = Millis::from_seconds(300);
/// Rows that one step moves at most: no beacon waits for long.
const SEAL_ROWS: usize = 4_096;

/// Whether there is more to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sealed {
    /// Something was packed, and more may be waiting.
    Some,
    /// All that is over is packed.
    All,
}

/// Which hours of whom are looked at.
#[derive(Debug, Clone, Copy)]
struct Due {
    tenant: TenantId,
    hour: Hour,
}

impl Ledger {
    /// Packs some of the hours that are over at `now`.
    pub fn seal(&mut self, now: Timestamp) -> Result<Sealed, SealError> {
        let over = Hour::of(now.minus(SEAL_AFTER));
        if over <= self.sealed_to {
            return Ok(Sealed::All);
        }
        let sealed = self.try_seal(over);
        match &sealed {
            Ok(Sealed::Some) | Err(SealError::Write(_)) => {}
            // What is damaged stays so: it is not looked at again before the next hour.
            Ok(Sealed::All) | Err(SealError::Damaged(_)) => self.sealed_to = over,
        }
        if self.connection.is_autocommit() {
            return sealed;
        }
        // The rollback itself failed: the connection cannot be trusted any more.
        sealed.map_err(|error| match error {
            SealError::Write(WriteError::Refused(why)) => WriteError::Lost(why).into(),
            SealError::Write(_) | SealError::Damaged(_) => error,
        })
    }

    fn try_seal(&mut self, over: Hour) -> Result<Sealed, SealError> {
        let unit = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        if let Some(due) = due(&unit, over)? {
            seal_hour(&unit, due)?;
        } else if let Some(due) = due_day(&unit, over)? {
            seal_day(&unit, due)?;
        } else {
            return Ok(Sealed::All);
        }
        unit.commit()?;
        Ok(Sealed::Some)
    }
}

/// An hour with rows that is over.
fn due(unit: &Connection, over: Hour) -> rusqlite::Result<Option<Due>> {
    for table in ["counts", "error_counts", "no_fill_counts"] {
        let sql = format!("SELECT tenant_id, hour FROM {table} WHERE hour < ?1 LIMIT 1");
        let mut query = unit.prepare_cached(&sql)?;
        let found = query.query_row([over.0], |row| {
            Ok(Due {
                tenant: TenantId::new(row.get(0)?),
                hour: Hour(row.get(1)?),
            })
        });
        if let Some(found) = found.optional()? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The first hour of a UTC day that is over and still has digests by the hour.
fn due_day(unit: &Connection, over: Hour) -> rusqlite::Result<Option<Due>> {
    let today = over.0 - over.0.rem_euclid(DIGEST_HOURS.into());
    let mut query = unit.prepare_cached(
        "SELECT tenant_id, hour FROM digests WHERE hours = 1 AND hour < ?1 LIMIT 1",
    )?;
    let found = query.query_row([today], |row| {
        let hour: i64 = row.get(1)?;
        Ok(Due {
            tenant: TenantId::new(row.get(0)?),
            hour: Hour(hour - hour.rem_euclid(DIGEST_HOURS.into())),
        })
    });
    found.optional()
}

fn seal_hour(unit: &Connection, due: Due) -> Result<(), SealError> {
    let mut digest = Digest::default();
    add_kept(unit, due, 1, &mut digest)?;
    move_rows(unit, due, ("counts", &figure_columns()), |row, cell| {
        digest.add_figures(cell, 0, &figures(row, 5)?);
        Ok(())
    })?;
    move_rows(unit, due, ("error_counts", "code, n"), |row, cell| {
        let count = i64::try_from(count(row, 6)?).unwrap_or(i64::MAX);
        digest.add(Column::Error(row.get(5)?), (cell, 0), count);
        Ok(())
    })?;
    move_rows(unit, due, ("no_fill_counts", "reason, n"), |row, cell| {
        let count = i64::try_from(count(row, 6)?).unwrap_or(i64::MAX);
        digest.add(Column::NoFill(row.get(5)?), (cell, 0), count);
        Ok(())
    })?;
    keep(unit, due, 1, digest)
}

/// Reads rows of an hour and deletes them: of whole cells, up to about [`SEAL_ROWS`].
fn move_rows(
    unit: &Connection,
    due: Due,
    (table, columns): (&str, &str),
    mut apply: impl FnMut(&Row<'_>, CellKey) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let sql = format!(
        "SELECT cell_id, campaign_id, creative_id, channel_id, receiver, {columns} \
         FROM {table} AS counted CROSS JOIN cells ON cells.id = counted.cell_id \
         WHERE counted.tenant_id = ?1 AND hour = ?2 ORDER BY cell_id"
    );
    let mut query = unit.prepare_cached(&sql)?;
    let key = (due.tenant.get(), due.hour.0);
    let mut rows = query.query(key)?;
    let (mut moved, mut last) = (0, i64::MIN);
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        if moved >= SEAL_ROWS && id != last {
            break;
        }
        apply(row, CellKey::of(&cell(row, 1, due.tenant)?))?;
        (moved, last) = (moved + 1, id);
    }
    let sql = format!("DELETE FROM {table} WHERE tenant_id = ?1 AND hour = ?2 AND cell_id <= ?3");
    unit.prepare_cached(&sql)?.execute((key.0, key.1, last))?;
    Ok(())
}

/// Puts the digests of a day's hours together.
fn seal_day(unit: &Connection, due: Due) -> Result<(), SealError> {
    let mut digest = Digest::default();
    add_kept(unit, due, DIGEST_HOURS, &mut digest)?;
    for later in 0..DIGEST_HOURS {
        let hour = Hour(due.hour.0 + i64::from(later));
        add_kept_later(unit, (Due { hour, ..due }, 1), later, &mut digest)?;
    }
    let end = due.hour.0 + i64::from(DIGEST_HOURS);
    unit.prepare_cached(
        "DELETE FROM digests WHERE tenant_id = ?1 AND hours = 1 AND hour >= ?2 AND hour < ?3",
    )?
    .execute((due.tenant.get(), due.hour.0, end))?;
    keep(unit, due, DIGEST_HOURS, digest)
}

fn add_kept(unit: &Connection, due: Due, hours: u8, digest: &mut Digest) -> Result<(), SealError> {
    add_kept_later(unit, (due, hours), 0, digest)
}

fn add_kept_later(
    unit: &Connection,
    (due, hours): (Due, u8),
    later: u8,
    digest: &mut Digest,
) -> Result<(), SealError> {
    let mut query = unit.prepare_cached(
        "SELECT packed FROM digests WHERE tenant_id = ?1 AND hour = ?2 AND hours = ?3",
    )?;
    let mut rows = query.query((due.tenant.get(), due.hour.0, hours))?;
    if let Some(row) = rows.next()? {
        let packed = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
        let merged = Packed::read(packed).and_then(|packed| digest.merge(&packed, later));
        merged?;
    }
    Ok(())
}

fn keep(unit: &Connection, due: Due, hours: u8, digest: Digest) -> Result<(), SealError> {
    unit.prepare_cached(
        "INSERT INTO digests (tenant_id, hour, hours, packed) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (tenant_id, hour, hours) DO UPDATE SET packed = excluded.packed",
    )?
    .execute(params![due.tenant.get(), due.hour.0, hours, digest.pack()])?;
    Ok(())
}
