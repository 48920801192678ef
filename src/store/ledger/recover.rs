//! Opening the ledger: what the last run kept, checked and made up to date.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::Connection;

use super::cells::Folds;
use super::error::SeenError;
use super::write::{Batch, Checkpoint, Ledger};
use super::{LedgerReader, OpenError, SCHEMA, WriteError, count};
use crate::ledger::{Book, Page, PageKey, Postings, Verdict, decode};
use crate::model::zone::Day;
use crate::model::{CampaignId, Millis, Nanos, OrderId, Timestamp};
use crate::store::sqlite::{Database, SqliteError};

/// Days that may still be billed to: those that ended less than this long ago.
const DAYS_KNOWN: Millis = Millis::from_seconds(2 * 86_400);

/// What is known at the start.
#[derive(Debug)]
pub struct Recovered {
    /// What was seen of which ad.
    pub book: Book,
    /// What is settled of each campaign.
    pub spent: Vec<SpentBefore<CampaignId>>,
    /// What is settled of each order.
    pub spent_orders: Vec<SpentBefore<OrderId>>,
    /// Segments of served-ad ids from this one on were never claimed.
    pub next_segment: u32,
    /// Batches that the kept pages did not hold yet.
    pub replayed: u64,
    /// Whether the kept pages were damaged and made again from the batches.
    pub rebuilt: bool,
    /// What the counts did not hold yet of the batches.
    postings: Postings,
}

/// What is settled of a campaign or of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpentBefore<Id> {
    /// Which one.
    pub id: Id,
    /// Impressions taken from its goal.
    pub impressions: u64,
    /// What was charged.
    pub spend: Nanos,
    /// The same, by day, for days that may still be billed to.
    pub days: Vec<(Day, Nanos)>,
}

impl Ledger {
    /// Opens or creates the ledger, and makes its pages of seen events up to date.
    ///
    /// Before anything else, all that the log holds is written to its place and synced: should a
    /// sync have failed in the last run, the disk may lack what the log seems to hold.
    pub fn open(path: &Path, now: Timestamp) -> Result<(Self, LedgerReader, Recovered), OpenError> {
        let database = Database::open(path, &SCHEMA, now)?;
        let readers = LedgerReader::new(database.readers());
        let connection = database.into_connection();
        set_up(&connection)?;
        let progress = Progress::read(&connection)?;
        let mut recovered = match seen_pages(&connection, &progress) {
            Ok(book) => replay(&connection, book, &progress)?,
            Err(SeenError::Page(_damaged)) => rebuild(&connection, &progress)?,
            Err(SeenError::Database(error)) => return Err(error.into()),
        };
        let last: i64 =
            connection.query_row("SELECT coalesce(max(id), 0) FROM batches", [], |row| {
                row.get(0)
            })?;
        let folds = Folds::read(&connection, now)?;
        let mut ledger = Self::new(connection, folds, last.max(progress.kept_batch) + 1);
        ledger.keep_recovered(&mut recovered, now)?;
        let by_campaign = Spenders {
            id: "campaign_id",
            table: "spent",
            days: "spent_days",
        };
        let by_order = Spenders {
            id: "order_id",
            table: "spent_orders",
            days: "spent_order_days",
        };
        recovered.spent = by_campaign.read(&ledger.connection, CampaignId::new, now)?;
        recovered.spent_orders = by_order.read(&ledger.connection, OrderId::new, now)?;
        Ok((ledger, readers, recovered))
    }

    /// Keeps what was replayed, so that the next start need not do it again.
    fn keep_recovered(
        &mut self,
        recovered: &mut Recovered,
        now: Timestamp,
    ) -> Result<(), OpenError> {
        if recovered.replayed == 0 && !recovered.rebuilt {
            return Ok(());
        }
        let checkpoint = Checkpoint {
            book: &recovered.book,
            floor: recovered.book.floor(),
            batches_since: Timestamp::default(),
        };
        let written = self.write(&Batch {
            at: now,
            entries: &[],
            postings: Some(&recovered.postings),
            checkpoint: Some(checkpoint),
            next_segment: None,
        });
        written.map_err(|error| match error {
            WriteError::Refused(why) | WriteError::Lost(why) => why,
        })?;
        recovered.book.mark_kept();
        Ok(())
    }
}

/// Pages of 4 KiB after which a commit moves the log to its place by itself: 64 MiB, a bound in
/// case [`Ledger::tidy`] cannot keep up.
const LOG_PAGES_MAX: i64 = 16_384;
/// Memory for the pages of the running hour. KiB.
const CACHE_KIB: i64 = 8_192;

fn set_up(connection: &Connection) -> Result<(), SqliteError> {
    connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES_MAX)?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_row| Ok(()))?;
    Ok(())
}

/// How far what follows from the batches is kept.
struct Progress {
    /// The pages hold every batch up to this one...
    kept_batch: i64,
    /// ...and the counts up to this one, which is never before.
    posted_batch: i64,
    floor: PageKey,
    next_segment: u32,
}

impl Progress {
    fn read(connection: &Connection) -> rusqlite::Result<Self> {
        let sql = "SELECT kept_batch, seen_floor, next_segment, posted_batch FROM progress";
        connection.query_row(sql, [], |row| {
            Ok(Self {
                kept_batch: row.get(0)?,
                floor: PageKey(row.get::<_, i64>(1)?.cast_unsigned()),
                next_segment: row.get(2)?,
                posted_batch: row.get(3)?,
            })
        })
    }
}

fn seen_pages(connection: &Connection, progress: &Progress) -> Result<Book, SeenError> {
    let mut book = Book::new(progress.floor);
    let mut query = connection.prepare("SELECT id, page FROM seen_pages WHERE id >= ?1")?;
    let mut rows = query.query([progress.floor.0.cast_signed()])?;
    while let Some(row) = rows.next()? {
        let key = PageKey(row.get::<_, i64>(0)?.cast_unsigned());
        let bytes = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
        book.restore(key, Page::from_bytes(bytes)?);
    }
    Ok(book)
}

/// Applies the batches that the kept pages do not hold. Each of their events must be new.
fn replay(
    connection: &Connection,
    mut book: Book,
    progress: &Progress,
) -> Result<Recovered, OpenError> {
    let mut expected = progress.kept_batch;
    let mut postings = Postings::default();
    each_batch(connection, progress.kept_batch, |id, events| {
        expected += 1;
        if id != expected {
            return Err(OpenError::Gap { expected });
        }
        let entries = decode(events).map_err(|source| OpenError::Batch { id, source })?;
        for entry in entries {
            if book.apply(&entry.event) != Verdict::Fresh {
                return Err(OpenError::Twice { id });
            }
            if id > progress.posted_batch {
                postings.post(&entry);
            }
        }
        Ok(())
    })?;
    let replayed = expected.abs_diff(progress.kept_batch);
    Ok(Recovered {
        replayed,
        postings,
        ..recovered(book, progress)
    })
}

/// Makes the pages again from all batches that are there: they go back further than the life of
/// a token.
fn rebuild(connection: &Connection, progress: &Progress) -> Result<Recovered, OpenError> {
    let mut book = Book::new(progress.floor);
    let mut postings = Postings::default();
    let mut replayed = 0;
    each_batch(connection, 0, |id, events| {
        let entries = decode(events).map_err(|source| OpenError::Batch { id, source })?;
        for entry in entries {
            // Those of forgotten pages stay forgotten.
            if book.apply(&entry.event) == Verdict::Duplicate {
                return Err(OpenError::Twice { id });
            }
            if id > progress.posted_batch {
                postings.post(&entry);
            }
        }
        replayed += 1;
        Ok(())
    })?;
    Ok(Recovered {
        rebuilt: true,
        replayed,
        postings,
        ..recovered(book, progress)
    })
}

fn recovered(book: Book, progress: &Progress) -> Recovered {
    Recovered {
        book,
        spent: Vec::new(),
        spent_orders: Vec::new(),
        next_segment: progress.next_segment,
        replayed: 0,
        rebuilt: false,
        postings: Postings::default(),
    }
}

fn each_batch(
    connection: &Connection,
    after: i64,
    mut apply: impl FnMut(i64, &[u8]) -> Result<(), OpenError>,
) -> Result<(), OpenError> {
    let mut query =
        connection.prepare("SELECT id, events FROM batches WHERE id > ?1 ORDER BY id")?;
    let mut rows = query.query([after])?;
    while let Some(row) = rows.next()? {
        let events = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
        apply(row.get(0)?, events)?;
    }
    Ok(())
}

/// Where what was settled is kept.
struct Spenders {
    id: &'static str,
    table: &'static str,
    days: &'static str,
}

impl Spenders {
    fn read<Id>(
        &self,
        connection: &Connection,
        named: fn(u32) -> Id,
        now: Timestamp,
    ) -> Result<Vec<SpentBefore<Id>>, SqliteError> {
        let Self { id, table, days } = self;
        let mut spent = BTreeMap::new();
        let sql = format!("SELECT {id}, impressions, spend_nanos FROM {table}");
        let mut query = connection.prepare(&sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let number: u32 = row.get(0)?;
            let before = SpentBefore {
                id: named(number),
                impressions: count(row, 1)?,
                spend: Nanos(row.get(2)?),
                days: Vec::new(),
            };
            spent.insert(number, before);
        }
        let sql = format!(
            "SELECT {id}, day_start, day_end, spend_nanos FROM {days} \
             WHERE day_end > ?1 ORDER BY day_start",
        );
        let mut query = connection.prepare(&sql)?;
        let mut rows = query.query([now.minus(DAYS_KNOWN).millis()])?;
        while let Some(row) = rows.next()? {
            let day = Day {
                start: Timestamp::from_millis(row.get(1)?),
                end: Timestamp::from_millis(row.get(2)?),
            };
            let number: u32 = row.get(0)?;
            if let Some(before) = spent.get_mut(&number) {
                before.days.push((day, Nanos(row.get(3)?)));
            }
        }
        Ok(spent.into_values().collect())
    }
}
