//! The log itself: lanes that workers write without waiting for one another, and its upkeep.

use std::cell::Cell;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::lane::{Closed, Folder, Lane, LaneError, Needs};
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
    lanes: Box<[Mutex<Lane>]>,
    /// The number of the next segment.
    next: AtomicU64,
    /// The place of the next record in the order of causes.
    sequence: AtomicU64,
    /// Segments that are not written any more, and still needed.
    closed: Mutex<Vec<Closed>>,
    /// Segments of an earlier process, which the start reads.
    before: Vec<u64>,
    /// Whether the last write was refused.
    failing: AtomicBool,
    /// Lanes with something that a failed sync may have lost.
    lost: AtomicUsize,
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
    /// Opens the log in `folder`, which is there. What an earlier process left is read by
    /// [`DecisionLog::replay`]; its segments are never written again. New ones are numbered from
    /// `least` on, [`super::Snapshots::latest`], though all before them are deleted.
    pub fn open(folder: &Path, least: u64) -> io::Result<Self> {
        let before = segment::list(folder)?;
        let next = before.last().map_or(1, |last| last + 1).max(least);
        Ok(Self(Arc::new(Inner {
            folder: folder.to_owned(),
            lanes: (0..LANES).map(|_| Mutex::default()).collect(),
            next: AtomicU64::new(next),
            // A process begins above whatever one before it can have reached.
            sequence: AtomicU64::new(next << SEQUENCE_BITS),
            closed: Mutex::default(),
            before,
            failing: AtomicBool::new(false),
            lost: AtomicUsize::new(0),
            written: AtomicU64::new(0),
            refused: AtomicU64::new(0),
        })))
    }

    /// Tells `visit` what the process before wrote, segment by segment. Records of one worker come
    /// in their order; who needs the order of all sorts by the sequence.
    pub fn replay(&self, visit: &mut dyn FnMut(Logged)) -> io::Result<Replayed> {
        let mut replayed = Replayed::default();
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
        let sequence = inner.sequence.fetch_add(1, Ordering::Relaxed);
        let written = inner
            .lane()
            .write(&inner.in_folder(), needs, |bytes| put(bytes, sequence));
        match written {
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

    /// Syncs everything that was written before the call. What a failed sync may have lost is
    /// written again, and until it stands, its lane refuses.
    pub fn sync(&self) {
        for lane in &self.0.lanes {
            self.0.sync_lane(lane);
        }
    }

    /// Ends the segments that are being written. Answers the number from which on the next ones
    /// count: whatever was written before the call stands in a lower one.
    pub fn rotate(&self) -> u64 {
        let folder = self.0.in_folder();
        let mut locked: Vec<_> = self.0.lanes.iter().map(lock).collect();
        for lane in &mut locked {
            lane.close(&folder);
        }
        self.0.next.load(Ordering::Relaxed)
    }

    /// Deletes the segments that are of no more use at `now`: all that they reserved has expired,
    /// and what they changed of caps is kept elsewhere, which is so below `kept_before`.
    pub fn tidy(&self, now: Timestamp, kept_before: u64) {
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
    fn in_folder(&self) -> Folder<'_> {
        Folder {
            path: &self.folder,
            next: &self.next,
            closed: &self.closed,
        }
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

    fn sync_lane(&self, lane: &Mutex<Lane>) {
        let mut state = lock(lane);
        if state.has_lost() {
            match state
                .write_lost(&self.in_folder())
                .and_then(|()| self.sync_folder())
            {
                Ok(()) => {
                    self.lost.fetch_sub(1, Ordering::Relaxed);
                    self.heal();
                }
                Err(error) => self.fail(&LaneError::Io(error)),
            }
            return;
        }
        let Some(unsynced) = state.take_unsynced() else {
            return;
        };
        drop(state);
        // Workers write on while this waits for the disk.
        if let Err(error) = unsynced.sync().and_then(|()| self.sync_folder()) {
            self.lost.fetch_add(1, Ordering::Relaxed);
            lock(lane).lose(&self.in_folder(), unsynced);
            self.fail(&LaneError::Io(error));
        }
    }

    /// Makes the names of new segments last.
    fn sync_folder(&self) -> io::Result<()> {
        File::open(&self.folder)?.sync_all()
    }

    /// The log tells of the first of a row of errors.
    fn fail(&self, error: &LaneError) {
        if !self.failing.swap(true, Ordering::Relaxed) {
            tracing::warn!(%error, "ads are refused: the log of decisions cannot be written");
        }
    }

    fn heal(&self) {
        let lost = self.lost.load(Ordering::Relaxed);
        if lost == 0 && self.failing.swap(false, Ordering::Relaxed) {
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
