//! Opens the ledger and starts its writer: everything that records what happens.

use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use super::courier::Round;
use super::ids::ServedAdIds;
use super::journal::{Journal, Queue};
use super::pulse::Pulse;
use super::tally::Tally;
use super::writer::{FORGET_SLACK, Gathered, Progress, Writer};
use crate::host::Clock;
use crate::ledger::{Book, Postings};
use crate::limits::Embedded;
use crate::model::Millis;
use crate::render::token::TOKEN_LIFE;
use crate::store::ledger::{Batch, Ledger, LedgerReader, OpenError, WriteError};

/// How long raw events are kept unless configured: a week.
pub const BATCHES_KEPT_DEFAULT: Millis = Millis::from_seconds(7 * 86_400);
/// The shortest they can be kept: the pages of seen events must be makeable from them.
pub const BATCHES_KEPT_MIN: Millis = TOKEN_LIFE.plus(FORGET_SLACK).plus(FORGET_SLACK);

/// How the recorder is set up.
#[derive(Debug, Clone, Copy)]
pub struct RecorderSettings {
    /// Which node this is, below 4096; it is part of every served-ad id.
    pub node: u16,
    /// How long raw events are kept; at least [`BATCHES_KEPT_MIN`] is taken.
    pub batches_kept: Millis,
}

impl Default for RecorderSettings {
    fn default() -> Self {
        Self {
            node: 0,
            batches_kept: BATCHES_KEPT_DEFAULT,
        }
    }
}

/// Why recording cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum RecorderError {
    /// The ledger is refused.
    #[error("cannot open the ledger")]
    Open(#[from] OpenError),
    /// The ledger cannot be written.
    #[error("cannot claim ids in the ledger")]
    Claim(#[from] WriteError),
    /// What was handed out before cannot be read.
    #[error("cannot read the log of decisions")]
    Decisions(#[source] std::io::Error),
    /// The system gives no thread.
    #[error("cannot start the writer of the ledger")]
    Thread(#[source] std::io::Error),
}

/// Everything that records what happens.
#[derive(Debug)]
pub struct Recorder {
    /// Where events are recorded.
    pub journal: Journal,
    /// Gives ids to served ads.
    pub ids: Arc<ServedAdIds>,
    /// Counts calls for an ad.
    pub tally: Arc<Tally>,
    /// What happens now.
    pub pulse: Pulse,
    /// Reads reports.
    pub reader: LedgerReader,
    /// Ends it.
    pub handle: RecorderHandle,
}

/// The running writer.
#[derive(Debug)]
pub struct RecorderHandle {
    queue: Arc<Queue>,
    thread: JoinHandle<()>,
    ended: oneshot::Receiver<Result<(), WriteError>>,
}

impl Recorder {
    /// Opens the ledger in `path`, tells `limits` what was spent, claims ids, and starts the
    /// writer.
    pub fn start(
        path: &Path,
        settings: RecorderSettings,
        limits: Arc<Embedded>,
        clock: Clock,
    ) -> Result<Self, RecorderError> {
        Self::start_restoring(path, settings, limits, clock, |_book| Ok(()))
    }

    /// The same, and before anything new is recorded, `restore` hears what was seen of which ad,
    /// to put back into the limits what was handed out and not seen.
    pub fn start_restoring(
        path: &Path,
        settings: RecorderSettings,
        limits: Arc<Embedded>,
        clock: Clock,
        restore: impl FnOnce(&Book) -> std::io::Result<()>,
    ) -> Result<Self, RecorderError> {
        let (mut ledger, reader, recovered) = Ledger::open(path, clock.now())?;
        if recovered.rebuilt {
            tracing::warn!("damaged pages of seen events were made again from the raw events");
        }
        for before in &recovered.spent {
            let settled = (before.impressions, before.spend);
            limits.restore(before.id, settled, &before.days);
        }
        for before in &recovered.spent_orders {
            let settled = (before.impressions, before.spend);
            limits.restore_order(before.id, settled, &before.days);
        }
        restore(&recovered.book).map_err(RecorderError::Decisions)?;
        let ids = Arc::new(ServedAdIds::starting(settings.node, recovered.next_segment));
        claim(&mut ledger, &ids, &clock)?;
        let (queue, tally) = (Arc::new(Queue::default()), Arc::new(Tally::default()));
        let pulse = Pulse::new(clock.clone());
        let writer = Writer {
            ledger,
            book: recovered.book,
            limits,
            queue: Arc::clone(&queue),
            tally: Arc::clone(&tally),
            pulse: pulse.clone(),
            ids: Arc::clone(&ids),
            progress: Progress::starting(clock.monotonic()),
            clock,
            batches_kept: settings.batches_kept.max(BATCHES_KEPT_MIN),
            batch: Gathered::default(),
            round: Round::default(),
            pending: Postings::default(),
        };
        let (report, ended) = oneshot::channel();
        let thread = std::thread::Builder::new().name("ledger".to_owned());
        let thread = thread.spawn(move || {
            // Nobody may be waiting for the end.
            let _unheard = report.send(writer.run());
        });
        Ok(Self {
            journal: Journal::new(Arc::clone(&queue), pulse.clone()),
            ids,
            tally,
            pulse,
            reader,
            handle: RecorderHandle {
                queue,
                thread: thread.map_err(RecorderError::Thread)?,
                ended,
            },
        })
    }
}

fn claim(ledger: &mut Ledger, ids: &ServedAdIds, clock: &Clock) -> Result<(), WriteError> {
    let next_segment = ids.wanted();
    ledger.write(&Batch {
        at: clock.now(),
        entries: &[],
        postings: None,
        checkpoint: None,
        next_segment,
    })?;
    if let Some(segment) = next_segment {
        ids.grant(segment);
    }
    Ok(())
}

impl RecorderHandle {
    /// Waits until the writer ends, which it does by itself only when it must not go on: the
    /// program is to end with it. None when it panicked.
    pub async fn ended(&mut self) -> Option<Result<(), WriteError>> {
        (&mut self.ended).await.ok()
    }

    /// Takes no more events, writes what waits, keeps everything, and closes the ledger. Blocks
    /// until it is done.
    pub fn stop(self) {
        self.queue.close();
        // A panic was reported where it happened; there is nothing left to save.
        let _ended = self.thread.join();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::delivery::JournalError;
    use crate::model::{
        CampaignId, CreativeId, Event, EventKind, Nanos, PriceModel, Receiver, ServedAd, TenantId,
    };

    /// Takes as long as SQLite waits for the lock of another process.
    #[tokio::test]
    async fn slow_a_ledger_that_is_refused_says_so_and_is_tried_without_traffic() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        let clock = Clock::real();
        let limits = Arc::new(Embedded::default());
        let settings = RecorderSettings::default();
        let recorder = Recorder::start(&path, settings, limits, clock.clone()).unwrap();
        let ad = ServedAd {
            id: recorder.ids.next().unwrap(),
            tenant: TenantId::new(1),
            channel: None,
            campaign: CampaignId::new(1),
            creative: CreativeId::new(1),
            price_model: PriceModel::Cpm,
            charge: Nanos(1),
            decided_at: clock.now(),
            duration: Millis(15_000),
            receiver: Receiver::UNKNOWN,
        };
        let event = Event {
            ad,
            kind: EventKind::Start,
            error_code: None,
            at: clock.now(),
        };
        let other = rusqlite::Connection::open(&path).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let refused = recorder.journal.record(event).await;
        assert_eq!(refused, Err(JournalError::Refused));
        assert!(
            !recorder.journal.is_open(),
            "the ledger does not take events"
        );
        other.execute_batch("ROLLBACK").unwrap();
        let healed = async {
            while !recorder.journal.is_open() {
                tokio::task::yield_now().await;
            }
        };
        let healed = tokio::time::timeout(Duration::from_secs(30), healed).await;
        assert_eq!(healed, Ok(()), "it is never tried again without an event");
        recorder.handle.stop();
    }
}
