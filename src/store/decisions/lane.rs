//! One lane of the log: the segment that one worker writes, and what of it is not synced yet.
//!
//! A lane is written at a place it keeps itself, so that a write which failed half way is
//! overwritten by the next one and not followed by it.

use std::fs::File;
use std::io;
use std::mem;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::record::TooLong;
use super::segment::{self, MAGIC};
use crate::model::Timestamp;

/// Bytes after which a segment is closed: some 250,000 ads.
pub(super) const SEGMENT_BYTES: u64 = 16 << 20;
/// Bytes of one lane that may wait for a sync. At 20,000 ads a second a disk has to stand still
/// for most of a minute before ads are refused for it.
pub(super) const UNSYNCED_MAX: usize = 64 << 20;

/// A segment that is not written any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Closed {
    pub(super) number: u64,
    pub(super) needs: Needs,
}

/// What the records of a segment are still needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Needs {
    /// When the last of its reservations expires.
    pub(super) expires: Timestamp,
    /// Whether something of a cap was changed.
    pub(super) caps: bool,
}

impl Needs {
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            expires: self.expires.max(other.expires),
            caps: self.caps || other.caps,
        }
    }
}

/// Why records were not kept.
#[derive(Debug, thiserror::Error)]
pub(super) enum LaneError {
    #[error(transparent)]
    Io(#[from] io::Error),
    /// No pod is so long.
    #[error("the record is too long")]
    TooLong,
    /// A sync failed, and what it was for does not stand anew yet.
    #[error("what a failed sync may have lost is not written again yet")]
    Lost,
    /// The disk takes writes and does not sync them.
    #[error("more than {UNSYNCED_MAX} bytes wait to be synced")]
    Unsynced,
}

/// What is to be synced of a lane.
#[derive(Debug)]
pub(super) struct Unsynced {
    files: Vec<Arc<File>>,
    kept: Kept,
}

/// Bytes that stand in segments, and what they are needed for.
#[derive(Debug, Default)]
struct Kept {
    bytes: Vec<u8>,
    needs: Needs,
}

impl Unsynced {
    /// Syncs it. On an error nobody can say what of it is on the disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.files.iter().try_for_each(|file| file.sync_data())
    }
}

/// The state of one lane, under its lock.
#[derive(Debug, Default)]
pub(super) struct Lane {
    open: Option<Open>,
    /// What is being put together; its memory is used again.
    buffer: Vec<u8>,
    /// Segments that were closed and not synced since.
    files: Vec<Arc<File>>,
    /// What was written since the last sync, to be written again should the sync fail.
    unsynced: Kept,
    /// What a failed sync may have lost.
    lost: Option<Kept>,
}

#[derive(Debug)]
struct Open {
    file: Arc<File>,
    number: u64,
    length: u64,
    needs: Needs,
}

/// Where segments are made: the folder, the next number, and the list of those that were closed.
#[derive(Debug)]
pub(super) struct Folder<'a> {
    pub(super) path: &'a Path,
    pub(super) next: &'a AtomicU64,
    pub(super) closed: &'a std::sync::Mutex<Vec<Closed>>,
}

impl Folder<'_> {
    fn open(&self) -> io::Result<Open> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let path = segment::path_of(self.path, number);
        let file = segment::create(&path)?;
        if let Err(error) = file.write_all_at(MAGIC, 0) {
            // A full disk must not fill with empty files.
            std::fs::remove_file(&path).ok();
            return Err(error);
        }
        Ok(Open {
            file: Arc::new(file),
            number,
            length: MAGIC.len() as u64,
            needs: Needs::default(),
        })
    }

    fn close(&self, open: &Open) {
        let closed = Closed {
            number: open.number,
            needs: open.needs,
        };
        let lock = self.closed.lock();
        // Nothing panics under the lock.
        lock.unwrap_or_else(std::sync::PoisonError::into_inner)
            .push(closed);
    }
}

impl Lane {
    /// Writes what `put` puts together, in one call. After an error none of it counts.
    pub(super) fn write(
        &mut self,
        folder: &Folder<'_>,
        needs: Needs,
        put: impl FnOnce(&mut Vec<u8>) -> Result<(), TooLong>,
    ) -> Result<(), LaneError> {
        let mut bytes = mem::take(&mut self.buffer);
        bytes.clear();
        let written = put(&mut bytes)
            .map_err(|TooLong| LaneError::TooLong)
            .and_then(|()| self.append(folder, &bytes, needs));
        self.buffer = bytes;
        written
    }

    fn append(&mut self, folder: &Folder<'_>, bytes: &[u8], needs: Needs) -> Result<(), LaneError> {
        if self.lost.is_some() {
            return Err(LaneError::Lost);
        }
        if self.unsynced.bytes.len() + bytes.len() > UNSYNCED_MAX {
            return Err(LaneError::Unsynced);
        }
        if self
            .open
            .as_ref()
            .is_some_and(|open| open.length >= SEGMENT_BYTES)
        {
            self.close(folder);
        }
        let open = match &mut self.open {
            Some(open) => open,
            none => none.insert(folder.open()?),
        };
        open.file.write_all_at(bytes, open.length)?;
        open.length += bytes.len() as u64;
        open.needs = open.needs.and(needs);
        self.unsynced.bytes.extend(bytes);
        self.unsynced.needs = self.unsynced.needs.and(needs);
        Ok(())
    }

    /// Ends the segment that is being written, if any.
    pub(super) fn close(&mut self, folder: &Folder<'_>) {
        if let Some(open) = self.open.take() {
            folder.close(&open);
            self.files.push(open.file);
        }
    }

    /// Hands out what is to be synced; none when everything is.
    pub(super) fn take_unsynced(&mut self) -> Option<Unsynced> {
        if self.unsynced.bytes.is_empty() {
            self.files.clear();
            return None;
        }
        let mut files = mem::take(&mut self.files);
        files.extend(self.open.as_ref().map(|open| Arc::clone(&open.file)));
        Some(Unsynced {
            files,
            kept: mem::take(&mut self.unsynced),
        })
    }

    /// The sync of `unsynced` failed: all of it, and what came after it, is written again before
    /// anything else is.
    pub(super) fn lose(&mut self, folder: &Folder<'_>, unsynced: Unsynced) {
        self.close(folder);
        self.files.clear();
        let mut lost = unsynced.kept;
        let mut since = mem::take(&mut self.unsynced);
        lost.bytes.append(&mut since.bytes);
        lost.needs = lost.needs.and(since.needs);
        self.lost = Some(lost);
    }

    /// Writes what was lost into a segment of its own and syncs it.
    pub(super) fn write_lost(&mut self, folder: &Folder<'_>) -> io::Result<()> {
        let Some(lost) = &self.lost else {
            return Ok(());
        };
        let mut open = folder.open()?;
        open.file.write_all_at(&lost.bytes, open.length)?;
        open.length += lost.bytes.len() as u64;
        open.needs = lost.needs;
        open.file.sync_data()?;
        self.open = Some(open);
        self.lost = None;
        Ok(())
    }

    pub(super) fn has_lost(&self) -> bool {
        self.lost.is_some()
    }
}
