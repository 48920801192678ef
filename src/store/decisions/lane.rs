//! One lane of the log: what one worker has written since it was last taken to the disk.

use std::io;
use std::mem;

use super::memory::{Memory, Part, WAITING_MAX};
use super::record::TooLong;
use crate::model::Timestamp;

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
    /// The disk does not take what was written.
    #[error("what the disk did not take before is not there yet")]
    Behind,
    /// The disk takes writes and does not sync them.
    #[error("more than {WAITING_MAX} bytes wait for the disk")]
    Unsynced,
}

/// The state of one lane, under its lock.
#[derive(Debug, Default)]
pub(super) struct Lane {
    open: Option<Part>,
    /// What is not written any more.
    closed: Vec<Part>,
    /// What is being put together; its memory is used again.
    buffer: Vec<u8>,
}

impl Lane {
    /// Writes what `put` puts together, in one call, as a part of the segment `number`. After an
    /// error none of it counts.
    pub(super) fn write(
        &mut self,
        memory: &Memory,
        (number, needs): (u64, Needs),
        put: impl FnOnce(&mut Vec<u8>) -> Result<(), TooLong>,
    ) -> Result<(), LaneError> {
        let mut bytes = mem::take(&mut self.buffer);
        bytes.clear();
        let written = put(&mut bytes)
            .map_err(|TooLong| LaneError::TooLong)
            .and_then(|()| memory.take_room(bytes.len()))
            .and_then(|()| {
                let appended = self.append(memory, (number, needs), &bytes);
                appended.inspect_err(|_error| memory.give_room(bytes.len() as u64))
            });
        self.buffer = bytes;
        written
    }

    fn append(
        &mut self,
        memory: &Memory,
        (number, needs): (u64, Needs),
        bytes: &[u8],
    ) -> Result<(), LaneError> {
        let open = match &mut self.open {
            Some(open) => open,
            none => none.insert(memory.begin(number)?),
        };
        Ok(open.append(bytes, needs)?)
    }

    /// Ends the part that is being written, if any.
    pub(super) fn close(&mut self) {
        self.closed.extend(self.open.take());
    }

    /// Hands out all that was written.
    pub(super) fn take(&mut self, parts: &mut Vec<Part>) {
        self.close();
        parts.append(&mut self.closed);
    }
}
