//! The segments on the disk, as one thread writes them: what lanes wrote into memory is added to
//! them, synced, and let go of there.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs::{self, File};
use std::io;
use std::mem;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use super::lane::Needs;
use super::memory::{Memory, Part};
use super::segment::{self, MAGIC};

/// Bytes after which a segment is closed: some 250,000 ads.
const SEGMENT_BYTES: u64 = 16 << 20;
/// Memory that is kept for the next copy.
const BUFFER_BYTES: usize = 1 << 20;

/// A segment that is not written any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Closed {
    pub(super) number: u64,
    pub(super) needs: Needs,
}

/// The segments that are being written, and what is to be added to them.
#[derive(Debug)]
pub(super) struct Durable {
    folder: PathBuf,
    open: BTreeMap<u64, Open>,
    /// Segments below are not written any more.
    least: u64,
    /// What is not on the disk yet.
    parts: Vec<Part>,
    /// What is being copied; its memory is used again.
    buffer: Vec<u8>,
}

#[derive(Debug)]
struct Open {
    path: PathBuf,
    file: File,
    length: u64,
    needs: Needs,
    /// Whether something of it is on the disk alone.
    stands: bool,
}

impl Durable {
    pub(super) const fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            open: BTreeMap::new(),
            least: 0,
            parts: Vec::new(),
            buffer: Vec::new(),
        }
    }

    /// What is not on the disk yet, to add to.
    pub(super) const fn parts(&mut self) -> &mut Vec<Part> {
        &mut self.parts
    }

    /// Writes and syncs all parts, and lets go of them in memory. After an error nobody can say
    /// what of them is on the disk: it is added to another segment once these are [retired][`Durable::retire`].
    pub(super) fn keep(&mut self, memory: &Memory) -> io::Result<()> {
        if self.parts.is_empty() {
            return Ok(());
        }
        for part in &mut self.parts {
            part.number = part.number.max(self.least);
        }
        self.parts.sort_by_key(|part| part.number);
        self.write()?;
        for part in self.parts.drain(..) {
            if let Some(open) = self.open.get_mut(&part.number) {
                open.stands = true;
            }
            memory.done(part);
        }
        Ok(())
    }

    fn write(&mut self) -> io::Result<()> {
        let known = self.open.len();
        for parts in self.parts.chunk_by(|one, next| one.number == next.number) {
            let Some(number) = parts.first().map(|part| part.number) else {
                continue;
            };
            let open = match self.open.entry(number) {
                Entry::Occupied(open) => open.into_mut(),
                Entry::Vacant(place) => place.insert(Open::create(&self.folder, number)?),
            };
            self.buffer.clear();
            for part in parts {
                part.read(&mut self.buffer)?;
                open.needs = open.needs.and(part.needs);
            }
            open.add(&self.buffer)?;
        }
        self.buffer.shrink_to(BUFFER_BYTES);
        if self.open.len() > known {
            // The names of new segments are to last as well.
            File::open(&self.folder)?.sync_all()?;
        }
        Ok(())
    }

    /// Ends the segments below `number`; what still comes for them goes there.
    pub(super) fn retire(&mut self, number: u64) -> impl Iterator<Item = Closed> + use<> {
        self.least = self.least.max(number);
        let kept = self.open.split_off(&number);
        let ended = mem::replace(&mut self.open, kept);
        ended.into_iter().filter_map(|(number, open)| {
            let needs = open.needs;
            open.is_left().then_some(Closed { number, needs })
        })
    }

    /// Whether the segment `number` is long enough.
    pub(super) fn is_full(&self, number: u64) -> bool {
        self.open
            .get(&number)
            .is_some_and(|open| open.length >= SEGMENT_BYTES)
    }
}

impl Open {
    fn create(folder: &Path, number: u64) -> io::Result<Self> {
        let path = segment::path_of(folder, number);
        Ok(Self {
            file: segment::create(&path)?,
            path,
            length: 0,
            needs: Needs::default(),
            stands: false,
        })
    }

    fn add(&mut self, frames: &[u8]) -> io::Result<()> {
        if self.length == 0 {
            self.file.write_all_at(MAGIC, 0)?;
            self.length = MAGIC.len() as u64;
        }
        self.file.write_all_at(frames, self.length)?;
        self.length += frames.len() as u64;
        self.file.sync_data()
    }

    /// Deletes it when all that is in it stands elsewhere: a full disk must not fill with empty
    /// files. Answers whether it is left.
    fn is_left(&self) -> bool {
        self.stands || fs::remove_file(&self.path).is_err()
    }
}
