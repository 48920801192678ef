//! Facts waiting to be written: the bounded queue between beacons and the writer.
//!
//! While the writer syncs one batch, the next gathers here. An answer leaves after the sync.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;

use super::courier::Answer;
use super::pulse::Pulse;
use crate::model::Event;

/// Events that may wait. One more is refused: at the pace of any disk that is still of use, this
/// is well under a second.
pub const QUEUE_MAX: usize = 16_384;

/// What became of an event that was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is counted, and survives a power cut.
    Counted,
    /// It was counted before.
    Duplicate,
    /// Its ad is too old: nobody can say any more whether it was counted before.
    Expired,
}

/// Why an event was not recorded. It may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// Too many events wait.
    #[error("too many events wait to be written")]
    Full,
    /// The disk does not take it now.
    #[error("the ledger cannot be written now")]
    Refused,
    /// The writer has ended.
    #[error("the writer of the ledger has stopped")]
    Stopped,
}

/// Where events are recorded. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Journal {
    queue: Arc<Queue>,
    pulse: Pulse,
}

/// What went through the journal since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JournalFigures {
    /// Events that were counted.
    pub counted: u64,
    /// Events that had been counted before.
    pub duplicates: u64,
    /// Events of ads that were too old.
    pub expired: u64,
    /// Events that could not be kept, and were refused.
    pub refused: u64,
    /// Batches that were synced.
    pub batches: u64,
    /// Events that wait now.
    pub queued: u64,
}

impl Journal {
    pub(super) const fn new(queue: Arc<Queue>, pulse: Pulse) -> Self {
        Self { queue, pulse }
    }

    /// Records an event, and answers when it is kept.
    pub async fn record(&self, event: Event) -> Result<Outcome, JournalError> {
        let (answer, outcome) = Answer::expected();
        self.queue
            .push(Waiting { event, answer })
            .inspect_err(|_full| self.pulse.refused(&event))?;
        outcome.await.unwrap_or(Err(JournalError::Stopped))
    }

    /// Answers when everything counted so far is in the ledger, calls for an ad as well.
    pub async fn flush(&self) -> Result<(), JournalError> {
        let (done, flushed) = oneshot::channel();
        self.queue.ask_flush(done)?;
        flushed.await.unwrap_or(Err(JournalError::Stopped))
    }

    /// What went through since the start.
    pub fn figures(&self) -> JournalFigures {
        let queued = self.queue.lock().waiting.len() as u64;
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let counters = &self.queue.counters;
        JournalFigures {
            counted: read(&counters.counted),
            duplicates: read(&counters.duplicates),
            expired: read(&counters.expired),
            refused: read(&counters.refused),
            batches: read(&counters.batches),
            queued,
        }
    }

    /// Whether events can be recorded, as far as the last write tells: not when the writer has
    /// ended, nor while the disk does not take them.
    pub fn is_open(&self) -> bool {
        !self.queue.failing.load(Ordering::Relaxed) && !self.queue.lock().closed
    }
}

/// An event, and who waits for it.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) event: Event,
    pub(super) answer: Answer,
}

/// Who waits for the counts to be in the ledger.
pub(super) type Flushed = oneshot::Sender<Result<(), JournalError>>;

/// The queue before the writer.
#[derive(Debug, Default)]
pub(super) struct Queue {
    state: Mutex<State>,
    wake: Condvar,
    pub(super) counters: Counters,
    /// Whether the last write was refused.
    pub(super) failing: AtomicBool,
}

#[derive(Debug, Default)]
pub(super) struct Counters {
    pub(super) counted: AtomicU64,
    pub(super) duplicates: AtomicU64,
    pub(super) expired: AtomicU64,
    pub(super) refused: AtomicU64,
    pub(super) batches: AtomicU64,
}

#[derive(Debug, Default)]
struct State {
    waiting: VecDeque<Waiting>,
    flushes: Vec<Flushed>,
    /// Nothing is taken any more.
    closed: bool,
    /// The writer sleeps and must be woken.
    asleep: bool,
}

/// What the writer is to do next.
#[derive(Debug)]
pub(super) struct Work {
    pub(super) waiting: VecDeque<Waiting>,
    pub(super) flushes: Vec<Flushed>,
    pub(super) closed: bool,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing panics under the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, waiting: Waiting) -> Result<(), JournalError> {
        let mut state = self.lock();
        if state.closed {
            return Err(JournalError::Stopped);
        }
        if state.waiting.len() >= QUEUE_MAX {
            self.counters.refused.fetch_add(1, Ordering::Relaxed);
            return Err(JournalError::Full);
        }
        state.waiting.push_back(waiting);
        self.rouse(state);
        Ok(())
    }

    fn ask_flush(&self, flush: Flushed) -> Result<(), JournalError> {
        let mut state = self.lock();
        if state.closed {
            return Err(JournalError::Stopped);
        }
        if state.flushes.len() >= QUEUE_MAX {
            return Err(JournalError::Full);
        }
        state.flushes.push(flush);
        self.rouse(state);
        Ok(())
    }

    fn rouse(&self, mut state: MutexGuard<'_, State>) {
        let asleep = std::mem::take(&mut state.asleep);
        drop(state);
        if asleep {
            self.wake.notify_one();
        }
    }

    /// Takes all that waits, or waits for it, at most for `patience`. `spare` is what the last
    /// work left, to be filled again.
    pub(super) fn take(&self, patience: Duration, spare: VecDeque<Waiting>) -> Work {
        let mut state = self.lock();
        let idle =
            |state: &State| state.waiting.is_empty() && state.flushes.is_empty() && !state.closed;
        if idle(&state) {
            state.asleep = true;
            let woken = self
                .wake
                .wait_timeout_while(state, patience, |state| idle(state));
            (state, _) = woken.unwrap_or_else(PoisonError::into_inner);
            state.asleep = false;
        }
        Work {
            waiting: std::mem::replace(&mut state.waiting, spare),
            flushes: std::mem::take(&mut state.flushes),
            closed: state.closed,
        }
    }

    /// Takes nothing new; what waits is still written.
    pub(super) fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        self.rouse(state);
    }

    /// Takes nothing new and lets go of what waits: whoever waits is told that the writer stopped.
    pub(super) fn abandon(&self) {
        let mut state = self.lock();
        state.closed = true;
        state.waiting.clear();
        state.flushes.clear();
    }
}
