//! The upkeep of the log of decisions: syncs it, closes its segments, deletes those that are of no
//! more use. One thread, so that no worker ever waits for the disk.

use std::io;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::host::Clock;
use crate::store::decisions::DecisionLog;

/// How often the log is synced: what was handed out in this time, and in that of the sync itself,
/// may be forgotten by a power cut. A kill forgets nothing.
pub const SYNC_EVERY: Duration = Duration::from_millis(200);
/// How often segments are closed, so that they can be deleted when their time is over.
const ROTATE_EVERY: Duration = Duration::from_mins(1);

/// Keeps the log until it is stopped.
#[derive(Debug)]
pub struct Keeper {
    // Dropping it is the word to stop.
    stop: mpsc::Sender<()>,
    thread: JoinHandle<()>,
}

impl Keeper {
    /// Starts to keep `log`.
    pub fn start(log: DecisionLog, clock: Clock) -> io::Result<Self> {
        let (stop, stopped) = mpsc::channel();
        let thread = std::thread::Builder::new().name("decisions".to_owned());
        let thread = thread.spawn(move || run(&log, &clock, &stopped))?;
        Ok(Self { stop, thread })
    }

    /// Syncs what was written, and ends. Blocks.
    pub fn stop(self) {
        drop(self.stop);
        // A panic was reported where it happened.
        self.thread.join().ok();
    }
}

fn run(log: &DecisionLog, clock: &Clock, stopped: &mpsc::Receiver<()>) {
    let mut rotated = clock.monotonic();
    while stopped.recv_timeout(SYNC_EVERY) == Err(RecvTimeoutError::Timeout) {
        log.sync();
        if is_due(clock.monotonic(), rotated) {
            rotated = clock.monotonic();
            let before = log.rotate();
            log.tidy(clock.now(), before);
        }
    }
    log.sync();
}

fn is_due(now: Instant, rotated: Instant) -> bool {
    now.saturating_duration_since(rotated) >= ROTATE_EVERY
}
