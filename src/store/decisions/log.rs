//! The log itself: lanes that workers write without waiting for one another or for the disk, and
//! its upkeep.

use std::cell::Cell;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::durable::{Closed, Durable};
use super::lane::{Lane, LaneError, Needs};
use super::leftover::Settled;
use super::memory::Memory;
use super::record::{Handout, Logged, Record, Release, TooLong, put_released, put_reserved};
use super::segment;
use crate::model::{Millis, Timestamp};

/// Lanes: as many as there can be workers, so that no two of them share one.
const LANES: usize = 64;
/// Records of one process: a trillion.
const SEQUENCE_BITS: u32 = 40;
/// How much longer than its last reservation a segment is kept: clocks are corrected.
const KEEP_SLACK: Millis = Millis::from_seconds(60);

/// Where it is written down, before an ad is handed out, what it takes. Cheap to clone.
#[derive(Debug, Clone)]
pub struct DecisionLog(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    folder: PathBuf,
    /// Where workers write.
    memory: Memory,
    /// What a killed process had left there.
    settled: Settled,
    lanes: Box<[Mutex<Lane>]>,
    /// Where it goes from there.
    durable: Mutex<Durable>,
    /// The segment that is written to.
    current: AtomicU64,
    /// The place of the next record in the order of causes.
    sequence: AtomicU64,
    /// Segments that are not written any more, and still needed.
    closed: Mutex<Vec<Closed>>,
    /// Held by whoever needs the segments that are there: none is deleted meanwhile.
    holding: Mutex<()>,
    /// Segments of an earlier process, which the start reads.
    before: Vec<u64>,
    /// Whether the last write was refused.
    failing: AtomicBool,
    /// Whether the disk has not taken what it should have.
    behind: AtomicBool,
    written: AtomicU64,
    refused: AtomicU64,
}

/// It could not be written down, so it must not be handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the log of decisions cannot be written now")]
pub struct Refused;

/// What a start read from the log of the process before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Replayed {
    /// Segments.
    pub segments: u64,
    /// Records that were heard.
    pub records: u64,
    /// Whole records of a kind or layout that this program does not know.
    pub unknown: u64,
    /// Bytes at ends of segments that were not written whole, and are cut off.
    pub torn: u64,
    /// Records of them that the disk did not have when the process was killed.
    pub from_memory: u64,
}

/// What went into the log since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LogFigures {
    /// Records that stand.
    pub written: u64,
    /// Records that could not be written.
    pub refused: u64,
    /// Segments that are not written any more, and still needed.
    pub closed: u64,
}

impl DecisionLog {
    /// Opens the log in `folder`, which is there, with what is not synced yet in `memory`: a folder
    /// in which it makes a private one. What an earlier process left is read by
    /// [`DecisionLog::replay`]; its segments are never written again. New ones are numbered from
    /// `least` on, [`super::Snapshots::latest`], though all before them are deleted.
    pub fn open(folder: &Path, memory: &Path, least: u64) -> io::Result<Self> {
        let (memory, settled) = Memory::open(memory, folder)?;
        let before = segment::list(folder)?;
        let next = before.last().map_or(1, |last| last + 1).max(least);
        Ok(Self(Arc::new(Inner {
            folder: folder.to_owned(),
            memory,
            settled,
            lanes: (0..LANES).map(|_| Mutex::default()).collect(),
            durable: Mutex::new(Durable::new(folder.to_owned())),
            current: AtomicU64::new(next),
            // A process begins above whatever one before it can have reached.
            sequence: AtomicU64::new(next << SEQUENCE_BITS),
            closed: Mutex::default(),
            holding: Mutex::default(),
            before,
            failing: AtomicBool::new(false),
            behind: AtomicBool::new(false),
            written: AtomicU64::new(0),
            refused: AtomicU64::new(0),
        })))
    }

    /// The folder in which records stand until the disk has them.
    pub fn memory(&self) -> &Path {
        self.0.memory.path()
    }

    /// Tells `visit` what the process before wrote, segment by segment. Records of one worker come
    /// in their order; who needs the order of all sorts by the sequence.
    pub fn replay(&self, visit: &mut dyn FnMut(Logged)) -> io::Result<Replayed> {
        let Settled { records, torn } = self.0.settled;
        let mut replayed = Replayed {
            from_memory: records,
            torn,
            ..Replayed::default()
        };
        for &segment in &self.0.before {
            let mut needs = Needs::default();
            let path = segment::path_of(&self.0.folder, segment);
            let found = segment::read(&path, &mut |sequence, record| {
                needs = needs.and(Needs::of(&record));
                visit(Logged {
                    segment,
                    sequence,
                    record,
                });
            })?;
            replayed.segments += 1;
            replayed.records += found.records;
            replayed.unknown += found.unknown;
            replayed.torn += found.torn;
            let number = segment;
            lock(&self.0.closed).push(Closed { number, needs });
        }
        Ok(replayed)
    }

    /// Writes down what the ads of one answer take, before it is given. After `Ok` it survives a
    /// kill of the process; a power cut before the next sync may forget it.
    pub fn reserved(&self, handout: &Handout) -> Result<(), Refused> {
        self.write(Needs::of_handout(handout), |bytes, sequence| {
            put_reserved(bytes, sequence, handout)
        })
    }

    /// Writes down what is given back. Before it is: whoever takes it next then stands after it.
    pub fn released(&self, release: &Release) -> Result<(), Refused> {
        self.write(Needs::of_release(release), |bytes, sequence| {
            put_released(bytes, sequence, release)
        })
    }

    fn write(
        &self,
        needs: Needs,
        put: impl FnOnce(&mut Vec<u8>, u64) -> Result<(), TooLong>,
    ) -> Result<(), Refused> {
        let inner = self.0.as_ref();
        match inner.append(needs, put) {
            Ok(()) => {
                inner.written.fetch_add(1, Ordering::Relaxed);
                if inner.failing.load(Ordering::Relaxed) {
                    inner.heal();
                }
                Ok(())
            }
            Err(error) => {
                inner.refused.fetch_add(1, Ordering::Relaxed);
                inner.fail(&error);
                Err(Refused)
            }
        }
    }

    /// Whether it takes records, as far as the last write tells.
    pub fn is_open(&self) -> bool {
        !self.0.failing.load(Ordering::Relaxed)
    }

    /// What went into it since the start.
    pub fn figures(&self) -> LogFigures {
        LogFigures {
            written: self.0.written.load(Ordering::Relaxed),
            refused: self.0.refused.load(Ordering::Relaxed),
            closed: lock(&self.0.closed).len() as u64,
        }
    }

    /// Brings everything that was written before the call to the disk. What that may have lost is
    /// written again by the next call, and until it stands, everything is refused.
    pub fn sync(&self) {
        let inner = self.0.as_ref();
        let mut durable = lock(&inner.durable);
        // Whatever a lane begins after it was taken is of this segment or of a later one.
        let current = inner.current.load(Ordering::Relaxed);
        for lane in &inner.lanes {
            lock(lane).take(durable.parts());
        }
        let ended = match durable.keep(&inner.memory) {
            Ok(()) => {
                inner.behind.store(false, Ordering::Relaxed);
                if inner.failing.load(Ordering::Relaxed) {
                    inner.heal();
                }
                if durable.is_full(current) {
                    inner.current.fetch_add(1, Ordering::Relaxed);
                }
                durable.retire(current)
            }
            Err(error) => {
                inner.behind.store(true, Ordering::Relaxed);
                inner.fail(&LaneError::Io(error));
                durable.retire(1 + inner.current.fetch_add(1, Ordering::Relaxed))
            }
        };
        lock(&inner.closed).extend(ended);
    }

    /// Lets no segment be deleted as long as it is kept.
    pub(super) fn hold_segments(&self) -> MutexGuard<'_, ()> {
        lock(&self.0.holding)
    }

    /// Where the segments are.
    pub(super) fn folder(&self) -> &Path {
        &self.0.folder
    }

    /// Ends the segment that is being written. Answers the number from which on the next ones
    /// count: whatever was written before the call stands in a lower one.
    pub fn rotate(&self) -> u64 {
        let mut locked: Vec<_> = self.0.lanes.iter().map(lock).collect();
        for lane in &mut locked {
            lane.close();
        }
        1 + self.0.current.fetch_add(1, Ordering::Relaxed)
    }

    /// Brings everything to the disk, and leaves nothing in memory unless the disk refuses it.
    /// Nobody writes any more.
    pub fn close(&self) {
        self.sync();
        if !self.0.behind.load(Ordering::Relaxed) {
            self.0.memory.remove();
        }
    }

    /// Deletes the segments that are of no more use at `now`: all that they reserved has expired,
    /// and what they changed of caps is kept elsewhere, which is so below `kept_before`.
    /// Deletes none while they are copied; it is asked again.
    pub fn tidy(&self, now: Timestamp, kept_before: u64) {
        let Ok(_nobody_copies) = self.0.holding.try_lock() else {
            return;
        };
        let is_needed = |closed: &Closed| {
            let held = closed.needs.expires.plus(KEEP_SLACK) > now;
            held || (closed.needs.caps && closed.number >= kept_before)
        };
        let useless: Vec<u64> = {
            let mut closed = lock(&self.0.closed);
            let useless = closed.iter().filter(|closed| !is_needed(closed));
            let useless = useless.map(|closed| closed.number).collect();
            closed.retain(is_needed);
            useless
        };
        for number in useless {
            let path = segment::path_of(&self.0.folder, number);
            if let Err(error) = fs::remove_file(&path) {
                tracing::warn!(path = %path.display(), %error, "an old segment stays; the next start removes it");
            }
        }
    }
}

impl Inner {
    fn append(
        &self,
        needs: Needs,
        put: impl FnOnce(&mut Vec<u8>, u64) -> Result<(), TooLong>,
    ) -> Result<(), LaneError> {
        if self.behind.load(Ordering::Relaxed) {
            return Err(LaneError::Behind);
        }
        let mut lane = self.lane();
        // Under the lock of the lane: no segment is over for it that it has not been told of.
        let number = self.current.load(Ordering::Relaxed);
        let sequence = self.sequence.fetch_add(1, Ordering::Relaxed);
        lane.write(&self.memory, (number, needs), |bytes| put(bytes, sequence))
    }

    /// The lane of this thread.
    fn lane(&self) -> MutexGuard<'_, Lane> {
        static THREADS: AtomicUsize = AtomicUsize::new(0);
        thread_local! {
            static LANE: Cell<Option<usize>> = const { Cell::new(None) };
        }
        let place = LANE.get().unwrap_or_else(|| {
            let place = THREADS.fetch_add(1, Ordering::Relaxed) % LANES;
            LANE.set(Some(place));
            place
        });
        let lane = self.lanes.get(place);
        lock(lane.expect("the place was taken modulo the number of lanes"))
    }

    /// The log tells of the first of a row of errors.
    fn fail(&self, error: &LaneError) {
        if !self.failing.swap(true, Ordering::Relaxed) {
            tracing::warn!(%error, "ads are refused: the log of decisions cannot be written");
        }
    }

    fn heal(&self) {
        let behind = self.behind.load(Ordering::Relaxed);
        if !behind && self.failing.swap(false, Ordering::Relaxed) {
            tracing::info!("the log of decisions can be written again");
        }
    }
}

impl Needs {
    fn of(record: &Record) -> Self {
        match record {
            Record::Reserved(handout) => Self::of_handout(handout),
            Record::Released(release) => Self::of_release(release),
        }
    }

    fn of_handout(handout: &Handout) -> Self {
        let expires = handout.ads.iter().map(|ad| ad.expires).max();
        Self {
            expires: expires.unwrap_or_default(),
            caps: !handout.caps.is_empty(),
        }
    }

    const fn of_release(release: &Release) -> Self {
        Self {
            expires: release.until,
            caps: !release.caps.is_empty(),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing panics under the locks.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
