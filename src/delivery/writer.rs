//! The one thread that writes the ledger: takes what waits, writes it as one transaction, answers.
//!
//! A batch is whatever gathered while the last one was being synced. If it cannot be written, all
//! of it is undone in memory and refused, and the next batch tries anew. After a failed sync the
//! thread ends: nothing is acknowledged any more, and only a restart can say what was kept.

use std::collections::VecDeque;
use std::mem;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use super::courier::Round;
use super::ids::ServedAdIds;
use super::journal::{Flushed, JournalError, Outcome, Queue, Waiting};
use super::pulse::{Pulse, ReportedResult};
use super::tally::Tally;
use crate::host::Clock;
use crate::ledger::{Book, Entry, Postings, Verdict};
use crate::limits::{Embedded, Settled};
use crate::model::{Millis, Timestamp};
use crate::render::token::TOKEN_LIFE;
use crate::store::ledger::{Batch, Checkpoint, Ledger, SealError, Sealed, WriteError};

/// Events of one transaction at most.
const BATCH_MAX: usize = 4_096;
/// How often counts are added and the log is tidied.
const TICK: Millis = Millis(1_000);
/// Events after which the pages of seen events are kept: what a start has to replay at most.
const CHECKPOINT_EVENTS: u64 = 200_000;
/// The longest time between two checkpoints, if anything happened.
const CHECKPOINT_EVERY: Millis = Millis::from_seconds(60);
/// How much longer than its token an ad is remembered: an event may have waited, and clocks are
/// corrected.
pub(super) const FORGET_SLACK: Millis = Millis::from_seconds(3_600);

/// The thread's own.
#[derive(Debug)]
pub(super) struct Writer {
    pub(super) ledger: Ledger,
    pub(super) book: Book,
    pub(super) limits: Arc<Embedded>,
    pub(super) queue: Arc<Queue>,
    pub(super) tally: Arc<Tally>,
    pub(super) pulse: Pulse,
    pub(super) ids: Arc<ServedAdIds>,
    pub(super) clock: Clock,
    /// How long raw events are kept.
    pub(super) batches_kept: Millis,
    pub(super) progress: Progress,
    pub(super) batch: Gathered,
    /// Answers on their way to those who wait.
    pub(super) round: Round,
    /// What follows from batches that are kept and is not in the counts yet, and calls for an ad.
    pub(super) pending: Postings,
}

/// When the next upkeep is due.
#[derive(Debug)]
pub(super) struct Progress {
    tick: Instant,
    checkpoint: Instant,
    /// Events since the last checkpoint.
    events: u64,
}

impl Progress {
    pub(super) const fn starting(now: Instant) -> Self {
        Self {
            tick: now,
            checkpoint: now,
            events: 0,
        }
    }
}

/// A batch in the making; its memory is used again for the next.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    entries: Vec<Entry>,
    settled: Vec<Settled>,
    outcomes: Vec<Outcome>,
}

impl Writer {
    /// Writes until the queue is closed and empty, then closes the ledger.
    pub(super) fn run(mut self) -> Result<(), WriteError> {
        // However it ends, nobody waits for ever.
        let _abandon = Abandon(Arc::clone(&self.queue));
        let mut spare = VecDeque::new();
        loop {
            let now = self.clock.monotonic();
            let patience = self.progress.tick.saturating_duration_since(now);
            let mut work = self.queue.take(patience, mem::take(&mut spare));
            while !work.waiting.is_empty() {
                self.write_batch(&mut work.waiting)?;
            }
            spare = work.waiting;
            let due = self.clock.monotonic() >= self.progress.tick;
            if due || work.closed || !work.flushes.is_empty() {
                self.tend(work.flushes, work.closed.into())?;
            }
            if work.closed {
                break;
            }
        }
        self.ledger.close().map_err(WriteError::Refused)
    }

    /// Writes what waits, at most [`BATCH_MAX`] events, and answers.
    fn write_batch(&mut self, waiting: &mut VecDeque<Waiting>) -> Result<(), WriteError> {
        let count = waiting.len().min(BATCH_MAX);
        self.gather(waiting.iter().take(count));
        // Of duplicates of what is kept already, nothing is written and nothing synced.
        let is_new = !self.batch.entries.is_empty();
        let written = if is_new {
            self.ledger.write(&Batch {
                at: self.clock.now(),
                entries: &self.batch.entries,
                postings: None,
                checkpoint: None,
                next_segment: None,
            })
        } else {
            Ok(())
        };
        match written {
            Ok(()) => {
                if is_new {
                    self.succeeded();
                }
                for entry in &self.batch.entries {
                    self.pending.post(entry);
                }
                self.tell(waiting.iter().take(count));
                self.answer(waiting.drain(..count));
                Ok(())
            }
            Err(error) => {
                self.undo();
                let answer = match error {
                    WriteError::Refused(_) => JournalError::Refused,
                    WriteError::Lost(_) => JournalError::Stopped,
                };
                // Whoever hears the refusal finds that the ledger says the same.
                let go_on = self.go_on_after(error);
                self.refuse(waiting.drain(..count), answer);
                go_on
            }
        }
    }

    /// Judges and settles each event, in order.
    fn gather<'a>(&mut self, waiting: impl Iterator<Item = &'a Waiting>) {
        let batch = &mut self.batch;
        batch.entries.clear();
        batch.settled.clear();
        batch.outcomes.clear();
        for Waiting { event, .. } in waiting {
            let outcome = match self.book.apply(event) {
                Verdict::Fresh => {
                    let settled = self.limits.settle(event);
                    let entry = Entry {
                        event: *event,
                        settlement: settled.settlement,
                    };
                    batch.entries.push(entry);
                    batch.settled.push(settled);
                    Outcome::Counted
                }
                Verdict::Duplicate => Outcome::Duplicate,
                Verdict::Forgotten => Outcome::Expired,
            };
            batch.outcomes.push(outcome);
        }
    }

    fn answer(&mut self, answered: impl Iterator<Item = Waiting>) {
        let counters = &self.queue.counters;
        let counted = self.batch.entries.len() as u64;
        counters.counted.fetch_add(counted, Ordering::Relaxed);
        counters
            .batches
            .fetch_add(u64::from(counted > 0), Ordering::Relaxed);
        self.progress.events += counted;
        for (waiting, &outcome) in answered.zip(&self.batch.outcomes) {
            match outcome {
                Outcome::Counted => {}
                Outcome::Duplicate => {
                    counters.duplicates.fetch_add(1, Ordering::Relaxed);
                }
                Outcome::Expired => {
                    counters.expired.fetch_add(1, Ordering::Relaxed);
                }
            }
            self.round.add(waiting.answer, Ok(outcome));
        }
        self.round.send();
    }

    /// Tells those who listen what became of a batch that is kept.
    fn tell<'a>(&self, judged: impl Iterator<Item = &'a Waiting>) {
        let mut entries = self.batch.entries.iter();
        let judged = judged.zip(&self.batch.outcomes);
        let results = judged.map(|(waiting, outcome)| {
            let result = match outcome {
                Outcome::Counted => {
                    let charged = entries.next().map(Entry::charged);
                    ReportedResult::Accepted(charged.unwrap_or_default())
                }
                Outcome::Duplicate => ReportedResult::Duplicate,
                Outcome::Expired => ReportedResult::Expired,
            };
            self.pulse.reported(&waiting.event, result);
            (waiting.event.ad.tenant, result)
        });
        self.pulse.count_batch(&self.batch.entries, results);
    }

    /// Takes back in memory what the batch did.
    fn undo(&mut self) {
        let now = self.clock.now();
        let done = self.batch.entries.iter().zip(&self.batch.settled);
        for (entry, settled) in done.rev() {
            self.limits.undo(&entry.event.ad, settled, now);
            self.book.undo(&entry.event);
        }
    }

    fn refuse(&mut self, refused: impl Iterator<Item = Waiting>, answer: JournalError) {
        for waiting in refused {
            self.queue.counters.refused.fetch_add(1, Ordering::Relaxed);
            self.pulse.refused(&waiting.event);
            self.round.add(waiting.answer, Err(answer));
        }
        self.round.send();
    }

    /// Whether the writer may go on after an error. The log tells of the first of a row of them.
    fn go_on_after(&self, error: WriteError) -> Result<(), WriteError> {
        match error {
            WriteError::Refused(why) => {
                if !self.queue.failing.swap(true, Ordering::Relaxed) {
                    tracing::warn!(error = %why, "events are refused: the ledger cannot be written");
                }
                Ok(())
            }
            WriteError::Lost(_) => Err(error),
        }
    }

    fn succeeded(&self) {
        if self.queue.failing.swap(false, Ordering::Relaxed) {
            tracing::info!("the ledger can be written again");
        }
    }

    /// Does what is due every second: writes the counts, claims ids, keeps the pages of seen
    /// events, drops what is old, tidies the log.
    fn tend(&mut self, flushes: Vec<Flushed>, end: End) -> Result<(), WriteError> {
        let (now, steady) = (self.clock.now(), self.clock.monotonic());
        self.progress.tick = steady + TICK.std();
        let calls = self.tally.take();
        self.pulse.count_calls(&calls);
        self.pulse.count_second();
        self.pending.merge(calls);
        // After a refusal something is written in any case, to hear when the ledger takes it again.
        let failing = self.queue.failing.load(Ordering::Relaxed);
        let probe = || failing.then(|| self.ids.claimed());
        let next_segment = self.ids.wanted().or_else(probe);
        let checkpoint = self.checkpoint_due(steady, end).then(|| Checkpoint {
            floor: self.book.floor_at(&remembered(now)),
            batches_since: now.minus(self.batches_kept),
            book: &self.book,
        });
        let floor = checkpoint.as_ref().map(|checkpoint| checkpoint.floor);
        let is_idle = self.pending.is_empty() && next_segment.is_none() && floor.is_none();
        let written = if is_idle {
            Ok(())
        } else {
            self.ledger.write(&Batch {
                at: now,
                entries: &[],
                postings: Some(&self.pending),
                checkpoint,
                next_segment,
            })
        };
        let answer = written
            .as_ref()
            .copied()
            .map_err(|_error| JournalError::Refused);
        if let Err(error) = written {
            self.go_on_after(error)?;
        } else {
            if !is_idle {
                self.succeeded();
                self.pending = Postings::default();
            }
            if let Some(segment) = next_segment {
                self.ids.grant(segment);
            }
            if let Some(floor) = floor {
                self.book.mark_kept();
                self.book.forget(floor);
                self.progress.events = 0;
                self.progress.checkpoint = steady;
            }
        }
        for flush in flushes {
            let _unheard = flush.send(answer);
        }
        self.seal(now)?;
        if let Err(error) = self.ledger.tidy() {
            tracing::warn!(%error, "the log of the ledger could not be tidied; it is tried again");
        }
        Ok(())
    }

    /// Packs a few of the counts of hours that are over.
    fn seal(&mut self, now: Timestamp) -> Result<(), WriteError> {
        match self.ledger.seal(now) {
            Ok(Sealed::Some | Sealed::All) => Ok(()),
            Err(SealError::Write(error)) => self.go_on_after(error),
            Err(error @ SealError::Damaged(_)) => {
                tracing::error!(%error, "counts of hours that are over stay unpacked");
                Ok(())
            }
        }
    }

    fn checkpoint_due(&self, now: Instant, end: End) -> bool {
        let waited = now.saturating_duration_since(self.progress.checkpoint);
        let events = self.progress.events;
        let late = waited >= CHECKPOINT_EVERY.std();
        events >= CHECKPOINT_EVENTS || (events > 0 && (late || end == End::Now))
    }
}

/// When ads were decided that may still report: the tokens of others have expired, or are
/// refused as long as the clock stands as it does.
fn remembered(now: Timestamp) -> RangeInclusive<Timestamp> {
    now.minus(TOKEN_LIFE).minus(FORGET_SLACK)..=now.plus(FORGET_SLACK)
}

/// Whether this is the last upkeep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Later,
    Now,
}

impl From<bool> for End {
    fn from(closed: bool) -> Self {
        if closed { Self::Now } else { Self::Later }
    }
}

/// Lets go of the queue when the thread ends, be it by a panic.
struct Abandon(Arc<Queue>);

impl Drop for Abandon {
    fn drop(&mut self) {
        self.0.abandon();
    }
}
