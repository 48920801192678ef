//! The traces of decisions: what is needed to decide again, kept for a day and found by the id of
//! the decision. What is lost here costs an explanation, never money.
//!
//! Traces stand in segments of their own, in the frames of the log. Ids of decisions grow with
//! time, so the first id of each segment says where one is to be looked for. Whoever writes a
//! trace leaves it in memory and waits for no disk; a kill loses what was left since the last
//! flush, a fifth of a second.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::record::{self, Body};
use super::segment::{self, MAGIC};
use crate::model::{DecisionId, Millis, Timestamp};

/// Bytes after which a segment is closed.
const SEGMENT_BYTES: u64 = 4 << 20;
/// Time after which it is closed as well, so that old ones can go.
const SEGMENT_SPAN: Millis = Millis::from_seconds(600);
/// How far the order of ids and the order in which traces are written may differ, in segments:
/// a decision is written milliseconds after it took its id.
const DISORDER: usize = 1;
/// Bytes of traces that may wait for the disk; more are lost. Some two thousand.
const PENDING_MAX: usize = 8 << 20;
/// The kind of a frame that holds a trace.
const TRACE: u8 = 3;
/// The layout of such a frame.
const VERSION: u8 = 1;

/// How traces are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TraceSettings {
    /// For how long.
    pub keep: Millis,
    /// Bytes of all of them; beyond, the oldest go before their time.
    pub bytes_max: u64,
}

/// One trace as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traced {
    /// Of which decision.
    pub decision: DecisionId,
    /// When that was.
    pub at: Timestamp,
    /// What it was, as whoever wrote it encodes it.
    pub trace: Vec<u8>,
}

/// What became of traces since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TraceFigures {
    /// Traces that stand.
    pub written: u64,
    /// Traces that could not be written.
    pub lost: u64,
}

/// Where traces are kept.
#[derive(Debug)]
pub struct TraceLog {
    folder: PathBuf,
    settings: TraceSettings,
    pending: Mutex<Pending>,
    state: Mutex<State>,
    written: AtomicU64,
    lost: AtomicU64,
}

/// What is to be written.
#[derive(Debug, Default)]
struct Pending {
    traces: Vec<Traced>,
    bytes: usize,
}

#[derive(Debug, Default)]
struct State {
    /// What is being written, if anything.
    open: Option<File>,
    /// All segments by number, the one that is being written last.
    segments: Vec<Segment>,
    /// The number of the next segment.
    next: u64,
    /// What is being put together; its memory is used again.
    buffer: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
struct Segment {
    number: u64,
    /// The first trace in it.
    first: (DecisionId, Timestamp),
    bytes: u64,
}

impl TraceLog {
    /// Opens the traces in `folder`, which is there, with what earlier processes left.
    pub fn open(folder: &Path, settings: TraceSettings) -> io::Result<Self> {
        let mut segments = Vec::new();
        let numbers = segment::list(folder)?;
        for &number in &numbers {
            let path = segment::path_of(folder, number);
            match first_of(&path)? {
                Some(first) => segments.push(Segment {
                    number,
                    first,
                    bytes: fs::metadata(&path)?.len(),
                }),
                // It was being made when the program ended.
                None => fs::remove_file(&path)?,
            }
        }
        let state = State {
            segments,
            next: numbers.last().map_or(1, |last| last + 1),
            ..State::default()
        };
        Ok(Self {
            folder: folder.to_owned(),
            settings,
            pending: Mutex::default(),
            state: Mutex::new(state),
            written: AtomicU64::new(0),
            lost: AtomicU64::new(0),
        })
    }

    /// Keeps a trace. What the disk does not take is counted and forgotten.
    pub fn write(&self, traced: Traced) {
        let mut pending = lock(&self.pending);
        let bytes = pending.bytes.saturating_add(traced.trace.len());
        if bytes > PENDING_MAX {
            drop(pending);
            self.lose(&io::Error::from(io::ErrorKind::TimedOut));
            return;
        }
        pending.bytes = bytes;
        pending.traces.push(traced);
    }

    /// Writes what is kept in memory. Blocks.
    pub fn flush(&self) {
        drop(self.flushed());
    }

    /// Writes what is kept in memory, in its order.
    fn flushed(&self) -> MutexGuard<'_, State> {
        let mut state = lock(&self.state);
        let pending = std::mem::take(&mut *lock(&self.pending));
        for traced in &pending.traces {
            match state.write(&self.folder, traced) {
                Ok(()) => {
                    self.written.fetch_add(1, Ordering::Relaxed);
                }
                Err(error) => self.lose(&error),
            }
        }
        state
    }

    /// The log tells of the first.
    fn lose(&self, error: &io::Error) {
        if self.lost.fetch_add(1, Ordering::Relaxed) == 0 {
            tracing::warn!(%error, "traces of decisions are lost: they cannot be written");
        }
    }

    /// The trace of one decision, if it is kept. Blocks while it reads a few segments.
    pub fn find(&self, decision: DecisionId) -> io::Result<Option<Traced>> {
        let near: Vec<u64> = {
            let state = self.flushed();
            let after = state
                .segments
                .partition_point(|segment| segment.first.0 <= decision);
            let from = after.saturating_sub(1 + DISORDER);
            let near = state.segments.iter().skip(from).take(1 + 2 * DISORDER);
            near.map(|segment| segment.number).collect()
        };
        let mut found = None;
        for number in near {
            self.read(number, &mut |traced| {
                if traced.decision == decision {
                    found = Some(traced);
                }
            })?;
        }
        Ok(found)
    }

    /// Tells `visit` the traces since an instant, segment by segment from the newest to the
    /// oldest, until it has enough. Blocks.
    pub fn recent(
        &self,
        since: Timestamp,
        visit: &mut dyn FnMut(Traced) -> Wanted,
    ) -> io::Result<()> {
        let segments = self.flushed().segments.clone();
        let mut wanted = Wanted::More;
        for (place, segment) in segments.iter().enumerate().rev() {
            // Everything in it is older than the first of the next one, but for a moment.
            let next = segments.get(place + 1).map(|next| next.first.1);
            let is_old = next.is_some_and(|next| next.plus(Millis(60_000)) < since);
            if wanted == Wanted::Enough || is_old {
                break;
            }
            self.read(segment.number, &mut |traced| {
                if traced.at >= since && wanted == Wanted::More {
                    wanted = visit(traced);
                }
            })?;
        }
        Ok(())
    }

    /// Deletes what is too old at `now`, and the oldest where there is too much.
    pub fn tidy(&self, now: Timestamp) {
        let mut state = self.flushed();
        state.close_old(now);
        let mut bytes: u64 = state.segments.iter().map(|segment| segment.bytes).sum();
        let horizon = now.minus(self.settings.keep);
        // The last stays: it is being written, or says which number is next.
        while let [first, second, ..] = state.segments.as_slice() {
            // All of it was written before the next one was begun.
            if second.first.1 >= horizon && bytes <= self.settings.bytes_max {
                break;
            }
            let (number, size) = (first.number, first.bytes);
            if let Err(error) = fs::remove_file(segment::path_of(&self.folder, number)) {
                tracing::warn!(%error, "a segment of old traces cannot be deleted");
            }
            bytes -= size;
            state.segments.remove(0);
        }
    }

    /// What became of traces since the start.
    pub fn figures(&self) -> TraceFigures {
        TraceFigures {
            written: self.written.load(Ordering::Relaxed),
            lost: self.lost.load(Ordering::Relaxed),
        }
    }

    fn read(&self, number: u64, visit: &mut dyn FnMut(Traced)) -> io::Result<()> {
        match fs::read(segment::path_of(&self.folder, number)) {
            Ok(bytes) => {
                visit_all(&bytes, visit);
                Ok(())
            }
            // It went while we looked.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing panics under the locks.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a visitor has seen enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Go on.
    More,
    /// Stop.
    Enough,
}

impl State {
    fn write(&mut self, folder: &Path, traced: &Traced) -> io::Result<()> {
        self.close_old(traced.at);
        if self.open.is_none() {
            self.begin(folder, traced)?;
        }
        let (Some(file), Some(segment)) = (&self.open, self.segments.last_mut()) else {
            return Ok(());
        };
        self.buffer.clear();
        let body = Body {
            version: VERSION,
            kind: TRACE,
        };
        let put = |bytes: &mut Vec<u8>| {
            bytes.extend(traced.decision.get().to_le_bytes());
            bytes.extend(traced.at.millis().to_le_bytes());
            bytes.extend(&traced.trace);
            Ok(())
        };
        record::put_body(&mut self.buffer, body, put)
            .map_err(|_too_long| io::Error::from(io::ErrorKind::FileTooLarge))?;
        file.write_all_at(&self.buffer, segment.bytes)?;
        segment.bytes += self.buffer.len() as u64;
        Ok(())
    }

    fn begin(&mut self, folder: &Path, traced: &Traced) -> io::Result<()> {
        let number = self.next;
        self.next += 1;
        let path = segment::path_of(folder, number);
        let file = segment::create(&path)?;
        if let Err(error) = file.write_all_at(MAGIC, 0) {
            // A full disk must not fill with empty files.
            fs::remove_file(&path).ok();
            return Err(error);
        }
        self.open = Some(file);
        self.segments.push(Segment {
            number,
            first: (traced.decision, traced.at),
            bytes: MAGIC.len() as u64,
        });
        Ok(())
    }

    /// Closes the segment that is being written when it is full or old.
    fn close_old(&mut self, now: Timestamp) {
        let is_over = self.segments.last().is_some_and(|segment| {
            segment.bytes >= SEGMENT_BYTES || now.since(segment.first.1) >= SEGMENT_SPAN
        });
        if is_over {
            self.open = None;
        }
    }
}

/// The first trace of a segment.
fn first_of(path: &Path) -> io::Result<Option<(DecisionId, Timestamp)>> {
    let mut first = None;
    visit_all(&fs::read(path)?, &mut |traced| {
        first.get_or_insert((traced.decision, traced.at));
    });
    Ok(first)
}

/// Every trace of a segment that is whole; what is of another kind or layout is passed over.
fn visit_all(bytes: &[u8], visit: &mut dyn FnMut(Traced)) {
    let mut rest = bytes.strip_prefix(MAGIC).unwrap_or_default();
    while let Some((body, taken)) = record::checked(rest) {
        rest = rest.get(taken..).unwrap_or_default();
        if let Some(traced) = read_trace(body) {
            visit(traced);
        }
    }
}

fn read_trace(mut body: &[u8]) -> Option<Traced> {
    let [version, kind] = record::take(&mut body)?;
    if (version, kind) != (VERSION, TRACE) {
        return None;
    }
    let decision = DecisionId::new(u64::from_le_bytes(record::take(&mut body)?));
    let at = Timestamp::from_millis(i64::from_le_bytes(record::take(&mut body)?));
    Some(Traced {
        decision,
        at,
        trace: body.to_vec(),
    })
}
