//! The upkeep of what is handed out: brings the log of decisions to the disk, closes its segments
//! and deletes those that are of no more use, gives and takes back what was not seen in time, and
//! keeps snapshots of what viewers have seen. One thread in the background, so that no worker ever
//! waits for the disk.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::host::{Clock, background};
use crate::limits::Embedded;
use crate::limits::caps::SHARDS;
use crate::model::Timestamp;
use crate::store::decisions::{DecisionLog, Release, SNAPSHOT_GROUPS, Snapshots, TraceLog};

/// How often the log is synced: what was handed out in this time, and in that of the sync itself,
/// may be forgotten by a power cut. A kill forgets nothing.
pub const SYNC_EVERY: Duration = Duration::from_millis(200);
/// How often segments are closed, and a part of what viewers have seen is kept: all of it within
/// five and a half minutes, which is about as long as the log is needed for reservations.
const ROTATE_EVERY: Duration = Duration::from_secs(20);
/// Viewers looked at between two syncs for counts that are over, at least those of one shard:
/// millions within a quarter of an hour, and never many at one time.
const SWEPT_VIEWERS: usize = 2_000;
/// Shards of caps in one snapshot.
const SHARDS_OF_GROUP: usize = SHARDS.div_ceil(SNAPSHOT_GROUPS);

/// What is kept up.
#[derive(Debug)]
pub struct Upkeep {
    /// What was handed out.
    pub log: DecisionLog,
    /// Decisions that were kept whole.
    pub traces: Arc<TraceLog>,
    /// What viewers have seen.
    pub limits: Arc<Embedded>,
    /// Where that is kept now and then.
    pub snapshots: Snapshots,
}

/// Keeps it up until it is stopped.
#[derive(Debug)]
pub struct Keeper {
    // Dropping it is the word to stop.
    stop: mpsc::Sender<()>,
    thread: JoinHandle<()>,
}

impl Keeper {
    /// Starts to keep `upkeep` up.
    pub fn start(upkeep: Upkeep, clock: Clock) -> io::Result<Self> {
        let (stop, stopped) = mpsc::channel();
        let thread = background::spawn("decisions", move || run(&upkeep, &clock, &stopped))?;
        Ok(Self { stop, thread })
    }

    /// Brings what was written to the disk, and ends. Nothing may be handed out any more. Blocks.
    pub fn stop(self) {
        drop(self.stop);
        // A panic was reported where it happened.
        self.thread.join().ok();
    }
}

fn run(upkeep: &Upkeep, clock: &Clock, stopped: &mpsc::Receiver<()>) {
    let mut rotated = clock.monotonic();
    let mut group = 0;
    while stopped.recv_timeout(SYNC_EVERY) == Err(RecvTimeoutError::Timeout) {
        upkeep.take_back(clock.now());
        upkeep.log.sync();
        upkeep.traces.flush();
        // A little at a time: a second of a busy server is tens of thousands of ads.
        upkeep.limits.expire(clock.now());
        upkeep.limits.caps().sweep(clock.now(), SWEPT_VIEWERS);
        if is_due(clock.monotonic(), rotated) {
            rotated = clock.monotonic();
            if let Err(error) = upkeep.keep_group(group) {
                tracing::warn!(%error, "what viewers have seen could not be kept; the log of it stays");
            }
            group = (group + 1) % SNAPSHOT_GROUPS;
            let needed_from = upkeep.snapshots.needed_from();
            upkeep.log.tidy(clock.now(), needed_from);
            upkeep.traces.tidy(clock.now());
        }
    }
    upkeep.log.close();
    upkeep.traces.flush();
}

impl Upkeep {
    /// Takes back what was counted for the viewers of ads that nobody saw in time, and writes down
    /// that it does.
    pub fn take_back(&self, now: Timestamp) {
        self.limits.expire_counts(now, |ads, changes| {
            let mut caps = Vec::new();
            for change in changes {
                change.write(&mut caps);
            }
            // Where it cannot be written, a restart counts too much for a while, never too little.
            let _refused = self.log.released(&Release {
                until: now,
                ads: ads.to_vec(),
                caps,
            });
        });
    }

    /// Keeps one part of what viewers have seen. What is written into the log from now on may be
    /// in it or not, which makes no difference; what was written before is in it.
    pub fn keep_group(&self, group: usize) -> io::Result<()> {
        let from = self.log.rotate();
        let first = group * SHARDS_OF_GROUP;
        let shards = first.min(SHARDS)..(first + SHARDS_OF_GROUP).min(SHARDS);
        // Beyond the last shard there is nothing, and the shards are counted above.
        let caps = self.limits.caps();
        let parts = shards.map(|shard| caps.snapshot(shard).unwrap_or_default());
        self.snapshots
            .replace(group, from, parts, || self.log.sync())
    }
}

fn is_due(now: Instant, rotated: Instant) -> bool {
    now.saturating_duration_since(rotated) >= ROTATE_EVERY
}
