//! Bounded reading at any place of a file: one small window, and a budget for the work.

use std::io::{Read, Seek, SeekFrom};

use super::error::ProbeError;

/// Bytes of the file held in memory at once, and the most that can be asked for in one piece.
pub(super) const WINDOW_BYTES: usize = 16 * 1024;

/// Reads of a file before it is given up: an honest 500 MB needs a tenth.
const READS_MAX: u64 = 400_000;

/// Boxes, elements, pages and table entries of a file before it is given up.
const STEPS_MAX: u64 = 4_000_000;

/// A file of known length, read through a window.
#[derive(Debug)]
pub(super) struct Source<R> {
    inner: R,
    length: u64,
    window: Vec<u8>,
    window_at: u64,
    reads: u64,
    steps: u64,
}

impl<R: Read + Seek> Source<R> {
    pub(super) fn new(mut inner: R) -> Result<Self, ProbeError> {
        let length = inner.seek(SeekFrom::End(0))?;
        Ok(Self {
            inner,
            length,
            window: Vec::new(),
            window_at: 0,
            reads: 0,
            steps: 0,
        })
    }

    /// Bytes in the file.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Counts one unit of work.
    pub(super) fn step(&mut self) -> Result<(), ProbeError> {
        self.steps += 1;
        if self.steps > STEPS_MAX {
            return Err(ProbeError::Intricate {
                what: "parts",
                limit: STEPS_MAX,
            });
        }
        Ok(())
    }

    /// `length` bytes of `part`, which begins at `at`.
    pub(super) fn slice(
        &mut self,
        part: &'static str,
        at: u64,
        length: usize,
    ) -> Result<&[u8], ProbeError> {
        let end = at.saturating_add(length as u64);
        if end > self.length {
            let missing = end - self.length;
            return Err(ProbeError::Truncated { part, at, missing });
        }
        if length > WINDOW_BYTES {
            let fault = "is longer than any honest one";
            return Err(ProbeError::Damaged { part, at, fault });
        }
        let held = self.window_at..=self.window_at + self.window.len() as u64;
        if !(held.contains(&at) && held.contains(&end)) {
            self.load(at)?;
        }
        let start = usize::try_from(at - self.window_at).unwrap_or(usize::MAX);
        let bytes = start
            .checked_add(length)
            .and_then(|end| self.window.get(start..end));
        bytes.ok_or(ProbeError::Truncated {
            part,
            at,
            missing: 1,
        })
    }

    /// Exactly `N` bytes of `part`, which begins at `at`.
    pub(super) fn array<const N: usize>(
        &mut self,
        part: &'static str,
        at: u64,
    ) -> Result<[u8; N], ProbeError> {
        let mut array = [0; N];
        array.copy_from_slice(self.slice(part, at, N)?);
        Ok(array)
    }

    fn load(&mut self, at: u64) -> Result<(), ProbeError> {
        self.reads += 1;
        if self.reads > READS_MAX {
            return Err(ProbeError::Intricate {
                what: "reads",
                limit: READS_MAX,
            });
        }
        self.window.clear();
        self.window_at = at;
        self.inner.seek(SeekFrom::Start(at))?;
        let limit = WINDOW_BYTES as u64;
        let mut window = self.inner.by_ref().take(limit);
        window.read_to_end(&mut self.window)?;
        Ok(())
    }
}
