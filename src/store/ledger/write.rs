//! The one writer of the ledger: a batch is one transaction.

use std::fmt::Write as _;

use rusqlite::types::ToSql;
use rusqlite::{Connection, TransactionBehavior, params};

use super::WriteError;
use super::cells::{Cells, Folds};
use crate::ledger::{Book, Cell, Entry, Figures, Hour, Metric, PageKey, Postings, encode};
use crate::model::{Nanos, Timestamp};
use crate::store::sqlite::SqliteError;

/// Old batches that a checkpoint drops at most, besides twice as many as came since the last: it
/// stays short, and what is kept stays bounded at any pace.
const BATCHES_DROPPED: i64 = 512;

/// The connection that writes. It belongs to one thread.
#[derive(Debug)]
pub struct Ledger {
    pub(super) connection: Connection,
    cells: Cells,
    folds: Folds,
    /// Every hour before this one is packed.
    pub(super) sealed_to: Hour,
    /// Number of the next batch.
    pub(super) next_batch: i64,
    add_figures: String,
}

/// What one transaction writes. Every part may be empty.
#[derive(Debug)]
pub struct Batch<'a> {
    /// When it is written.
    pub at: Timestamp,
    /// Accepted events, in the order of their acceptance.
    pub entries: &'a [Entry],
    /// What is added to the counts and settled totals: all that follows from every batch since
    /// the last that brought postings, from the entries of this one too, and the calls for an ad.
    /// Without it they follow later: the batches themselves tell a start what is missing.
    pub postings: Option<&'a Postings>,
    /// The pages of seen events, when they are to be kept.
    pub checkpoint: Option<Checkpoint<'a>>,
    /// The segment below which all are claimed from now on, when it moves.
    pub next_segment: Option<u32>,
}

/// What is kept so that a start has little to replay, and what is dropped.
#[derive(Debug)]
pub struct Checkpoint<'a> {
    /// Its changed pages are written.
    pub book: &'a Book,
    /// Pages below are dropped.
    pub floor: PageKey,
    /// Batches written before are dropped.
    pub batches_since: Timestamp,
}

impl Ledger {
    pub(super) fn new(connection: Connection, folds: Folds, next_batch: i64) -> Self {
        Self {
            connection,
            cells: Cells::default(),
            folds,
            sealed_to: Hour(i64::MIN),
            next_batch,
            add_figures: add_figures(),
        }
    }

    /// Writes a batch and syncs it: when this answers well, the batch survives a power cut.
    pub fn write(&mut self, batch: &Batch<'_>) -> Result<(), WriteError> {
        let written = self.try_write(batch);
        if written.is_ok() {
            self.cells.keep();
            self.next_batch += i64::from(!batch.entries.is_empty());
            return Ok(());
        }
        self.cells.undo();
        if !self.connection.is_autocommit() {
            // The rollback itself failed: the connection cannot be trusted with the next batch.
            return written.map_err(|error| match error {
                WriteError::Refused(why) | WriteError::Lost(why) => WriteError::Lost(why),
            });
        }
        written
    }

    fn try_write(&mut self, batch: &Batch<'_>) -> Result<(), WriteError> {
        let unit = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        if !batch.entries.is_empty() {
            let mut insert = unit.prepare_cached(
                "INSERT INTO batches (id, written_at, events) VALUES (?1, ?2, ?3)",
            )?;
            let events = encode(batch.entries);
            insert.execute(params![self.next_batch, batch.at.millis(), events])?;
        }
        let last = self.next_batch - i64::from(batch.entries.is_empty());
        if let Some(postings) = batch.postings {
            let mut places = Places {
                cells: &mut self.cells,
                folds: &mut self.folds,
            };
            post(&unit, &mut places, &self.add_figures, postings)?;
            unit.prepare_cached("UPDATE progress SET posted_batch = ?1")?
                .execute([last])?;
        }
        if let Some(checkpoint) = &batch.checkpoint {
            keep(&unit, checkpoint, last)?;
        }
        if let Some(next) = batch.next_segment {
            unit.prepare_cached("UPDATE progress SET next_segment = ?1")?
                .execute([next])?;
        }
        unit.commit()?;
        Ok(())
    }

    /// Moves what is committed from the log to its place, as far as readers allow, so that the
    /// log stays short. What fails here is tried again later; nothing is lost by it.
    pub fn tidy(&self) -> Result<(), SqliteError> {
        let done = self
            .connection
            .query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_row| Ok(()));
        Ok(done?)
    }

    /// Closes the file; the log is moved to its place.
    pub fn close(self) -> Result<(), SqliteError> {
        let closed = self.connection.close();
        Ok(closed.map_err(|(_connection, error)| error)?)
    }
}

/// The statement that adds the figures of one cell and hour.
fn add_figures() -> String {
    let names: Vec<&str> = Metric::ALL.iter().map(|metric| metric.as_str()).collect();
    let names = names.join(", ");
    let mut text = format!(
        "INSERT INTO counts (tenant_id, hour, cell_id, spend_nanos, {names}) VALUES (?1, ?2, ?3, ?4"
    );
    let mut sums = String::from("spend_nanos = spend_nanos + excluded.spend_nanos");
    for (metric, place) in Metric::ALL.iter().zip(5..) {
        // Writing to a String cannot fail.
        let _written = write!(text, ", ?{place}");
        let _written = write!(sums, ", {metric} = {metric} + excluded.{metric}");
    }
    format!("{text}) ON CONFLICT DO UPDATE SET {sums}")
}

/// Where counts go.
struct Places<'a> {
    cells: &'a mut Cells,
    folds: &'a mut Folds,
}

impl Places<'_> {
    fn number(&mut self, unit: &Connection, hour: Hour, cell: Cell) -> rusqlite::Result<i64> {
        self.cells.number(unit, self.folds.admit(hour, cell))
    }
}

fn post(
    unit: &Connection,
    places: &mut Places<'_>,
    add_figures: &str,
    postings: &Postings,
) -> rusqlite::Result<()> {
    let mut add = unit.prepare_cached(add_figures)?;
    for (&(hour, cell), figures) in &postings.figures {
        let mut figures = *figures;
        let apart = places.folds.admit(hour, cell);
        if apart != cell {
            figures.add(Metric::Folded, figures.counted());
        }
        let id = places.cells.number(unit, apart)?;
        let counts = counts(&figures);
        let mut values: Vec<&dyn ToSql> = Vec::with_capacity(4 + counts.len());
        let tenant = cell.tenant.get();
        values.extend([&tenant as &dyn ToSql, &hour.0, &id, &figures.spend.0]);
        values.extend(counts.iter().map(|count| count as &dyn ToSql));
        add.execute(values.as_slice())?;
    }
    let mut add = unit.prepare_cached(
        "INSERT INTO error_counts (tenant_id, hour, cell_id, code, n) VALUES (?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT DO UPDATE SET n = n + excluded.n",
    )?;
    for (&(hour, cell, code), &count) in &postings.errors {
        let id = places.number(unit, hour, cell)?;
        add.execute(params![cell.tenant.get(), hour.0, id, code, stored(count)])?;
    }
    let mut add = unit.prepare_cached(
        "INSERT INTO no_fill_counts (tenant_id, hour, cell_id, reason, n) \
         VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET n = n + excluded.n",
    )?;
    for (key, &count) in &postings.no_fill {
        let id = places.number(unit, key.hour, key.cell)?;
        let tenant = key.cell.tenant.get();
        add.execute(params![tenant, key.hour.0, id, key.reason, stored(count)])?;
    }
    spend(unit, places, postings)?;
    spend_in_orders(unit, postings)
}

fn spend(unit: &Connection, places: &mut Places<'_>, postings: &Postings) -> rusqlite::Result<()> {
    let mut add = unit.prepare_cached(
        "INSERT INTO spent (campaign_id, tenant_id, impressions, spend_nanos, first_hour, \
         first_cell_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET \
         impressions = impressions + excluded.impressions, \
         spend_nanos = spend_nanos + excluded.spend_nanos, \
         first_cell_id = CASE WHEN first_hour IS NULL THEN excluded.first_cell_id \
             ELSE first_cell_id END, \
         first_hour = coalesce(first_hour, excluded.first_hour)",
    )?;
    let mut add_day = unit.prepare_cached(
        "INSERT INTO spent_days (campaign_id, day_start, day_end, tenant_id, spend_nanos) \
         VALUES (?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT DO UPDATE SET spend_nanos = spend_nanos + excluded.spend_nanos",
    )?;
    for (campaign, spending) in &postings.spending {
        let (campaign, tenant) = (campaign.get(), spending.tenant.get());
        let first = spending
            .first
            .map(|(hour, cell)| places.number(unit, hour, cell).map(|id| (hour.0, id)))
            .transpose()?;
        add.execute(params![
            campaign,
            tenant,
            stored(spending.impressions),
            spending.spend.0,
            first.map(|(hour, _cell)| hour),
            first.map(|(_hour, cell)| cell),
        ])?;
        for (day, Nanos(nanos)) in &spending.days {
            let (start, end) = (day.start.millis(), day.end.millis());
            add_day.execute(params![campaign, start, end, tenant, nanos])?;
        }
    }
    Ok(())
}

fn spend_in_orders(unit: &Connection, postings: &Postings) -> rusqlite::Result<()> {
    let mut add = unit.prepare_cached(
        "INSERT INTO spent_orders (order_id, tenant_id, impressions, spend_nanos) \
         VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET \
         impressions = impressions + excluded.impressions, \
         spend_nanos = spend_nanos + excluded.spend_nanos",
    )?;
    let mut add_day = unit.prepare_cached(
        "INSERT INTO spent_order_days (order_id, day_start, day_end, tenant_id, spend_nanos) \
         VALUES (?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT DO UPDATE SET spend_nanos = spend_nanos + excluded.spend_nanos",
    )?;
    for (order, spending) in &postings.orders {
        let (order, tenant) = (order.get(), spending.tenant.get());
        let impressions = stored(spending.impressions);
        add.execute(params![order, tenant, impressions, spending.spend.0])?;
        for (day, Nanos(nanos)) in &spending.days {
            let (start, end) = (day.start.millis(), day.end.millis());
            add_day.execute(params![order, start, end, tenant, nanos])?;
        }
    }
    Ok(())
}

/// Keeps the changed pages, and drops what nothing can ask for any more.
fn keep(unit: &Connection, checkpoint: &Checkpoint<'_>, last_batch: i64) -> rusqlite::Result<()> {
    let mut put = unit.prepare_cached(
        "INSERT INTO seen_pages (id, page) VALUES (?1, ?2) \
         ON CONFLICT DO UPDATE SET page = excluded.page",
    )?;
    for (key, page) in checkpoint.book.dirty() {
        if key >= checkpoint.floor {
            put.execute(params![key.0.cast_signed(), page.to_bytes()])?;
        }
    }
    let floor = checkpoint.floor.0.cast_signed();
    unit.prepare_cached("DELETE FROM seen_pages WHERE id < ?1")?
        .execute([floor])?;
    let kept_before: i64 = unit
        .prepare_cached("SELECT kept_batch FROM progress")?
        .query_row([], |row| row.get(0))?;
    unit.prepare_cached("UPDATE progress SET kept_batch = ?1, seen_floor = ?2")?
        .execute([last_batch, floor])?;
    // Only those that the pages hold, and never the last: its number tells the next one.
    let mut drop = unit.prepare_cached(
        "DELETE FROM batches WHERE written_at < ?1 AND id IN \
         (SELECT id FROM batches WHERE id < ?2 ORDER BY id LIMIT ?3)",
    )?;
    let since = checkpoint.batches_since.millis();
    let most = BATCHES_DROPPED + 2 * (last_batch - kept_before);
    drop.execute(params![since, last_batch, most])?;
    Ok(())
}

fn counts(figures: &Figures) -> [i64; Metric::ALL.len()] {
    let mut counts = [0; Metric::ALL.len()];
    for (count, &metric) in counts.iter_mut().zip(Metric::ALL) {
        *count = stored(figures.of(metric));
    }
    counts
}

/// A count as SQLite holds it. It would take centuries to leave the range.
fn stored(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
