//! Snapshots of what viewers have seen, so that the log need not be kept for as long as caps
//! look back. Each file holds some of the counts and the number of the segment from which on the
//! log says what came after it.
//!
//! | bytes | what, little endian |
//! |---|---|
//! | 8 | the mark of such a file; the last byte is the layout |
//! | 8 | the number of that segment |
//! | 4 | number of parts |
//! | 4 | CRC-32C of the two numbers |
//! | 4 + n each | length and bytes of a part, which has a checksum of its own |

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::record::crc;

/// Files that the counts are spread over, so that not all of them are written at one time.
pub const SNAPSHOT_GROUPS: usize = 16;

const MAGIC: &[u8; 8] = b"adscap\0\x01";
/// Bytes of a part at most: what is longer was never written.
const PART_MAX: u32 = 1 << 30;

/// Where snapshots are kept.
#[derive(Debug)]
pub struct Snapshots {
    folder: PathBuf,
    /// From which segment on each group needs the log; 0 when it was never written.
    from: [AtomicU64; SNAPSHOT_GROUPS],
}

impl Snapshots {
    /// Those in `folder`, which is there.
    pub fn open(folder: &Path) -> io::Result<Self> {
        let this = Self {
            folder: folder.to_owned(),
            from: Default::default(),
        };
        for (group, from) in this.from.iter().enumerate() {
            match File::open(this.path(group)) {
                Ok(mut file) => from.store(read_head(&mut file)?.from, Ordering::Relaxed),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(this)
    }

    /// From which segment on the log is needed: what is below stands in every snapshot.
    pub fn needed_from(&self) -> u64 {
        let from = self.from.iter().map(|from| from.load(Ordering::Relaxed));
        from.min().unwrap_or_default()
    }

    /// The number below which no new segment may be numbered: the newest snapshot says that it
    /// knows what stands there.
    pub fn latest(&self) -> u64 {
        let from = self.from.iter().map(|from| from.load(Ordering::Relaxed));
        from.max().unwrap_or_default()
    }

    /// Tells `visit` every part of every snapshot.
    pub fn read(&self, visit: &mut dyn FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        for group in 0..SNAPSHOT_GROUPS {
            let mut file = match File::open(self.path(group)) {
                Ok(file) => io::BufReader::new(file),
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            };
            let mut part = Vec::new();
            for _ in 0..read_head(&mut file)?.parts {
                let length = read_number(&mut file)?;
                if length > PART_MAX {
                    return Err(damaged());
                }
                part.resize(usize::try_from(length).unwrap_or_default(), 0);
                file.read_exact(&mut part)?;
                visit(&part)?;
            }
        }
        Ok(())
    }

    /// Writes a group anew: `parts`, to which the log is needed `from` a segment on. Before it takes
    /// the place of the one before, `sync` makes the log last: a snapshot must not know of what
    /// the log has forgotten.
    pub fn replace(
        &self,
        group: usize,
        from: u64,
        parts: impl ExactSizeIterator<Item = Vec<u8>>,
        sync: impl FnOnce(),
    ) -> io::Result<()> {
        let (path, new) = (self.path(group), self.folder.join("caps.new"));
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(0o600);
        let mut file = BufWriter::new(options.open(&new)?);
        let mut numbers = from.to_le_bytes().to_vec();
        let count = u32::try_from(parts.len()).map_err(|_more| damaged())?;
        numbers.extend(count.to_le_bytes());
        file.write_all(MAGIC)?;
        file.write_all(&numbers)?;
        file.write_all(&crc(&numbers).to_le_bytes())?;
        for part in parts {
            let length = u32::try_from(part.len()).map_err(|_more| damaged())?;
            file.write_all(&length.to_le_bytes())?;
            file.write_all(&part)?;
        }
        file.flush()?;
        file.get_ref().sync_all()?;
        sync();
        fs::rename(&new, &path)?;
        File::open(&self.folder)?.sync_all()?;
        if let Some(known) = self.from.get(group) {
            known.store(from, Ordering::Relaxed);
        }
        Ok(())
    }

    fn path(&self, group: usize) -> PathBuf {
        path_of(&self.folder, group)
    }
}

/// Where the snapshots in `folder` are, as far as they were written.
pub(super) fn paths(folder: &Path) -> impl Iterator<Item = PathBuf> {
    (0..SNAPSHOT_GROUPS).map(|group| path_of(folder, group))
}

fn path_of(folder: &Path, group: usize) -> PathBuf {
    folder.join(format!("caps-{group:02}.snapshot"))
}

struct Head {
    from: u64,
    parts: u32,
}

fn read_head(file: &mut impl io::Read) -> io::Result<Head> {
    let mut head = [0; 24];
    file.read_exact(&mut head)?;
    let rest = head.strip_prefix(MAGIC).ok_or_else(damaged)?;
    let (numbers, sum) = rest.split_last_chunk().ok_or_else(damaged)?;
    if crc(numbers) != u32::from_le_bytes(*sum) {
        return Err(damaged());
    }
    let (from, parts) = numbers.split_first_chunk().ok_or_else(damaged)?;
    let (parts, _none) = parts.split_first_chunk().ok_or_else(damaged)?;
    Ok(Head {
        from: u64::from_le_bytes(*from),
        parts: u32::from_le_bytes(*parts),
    })
}

fn read_number(file: &mut impl io::Read) -> io::Result<u32> {
    let mut number = [0; 4];
    file.read_exact(&mut number)?;
    Ok(u32::from_le_bytes(number))
}

fn damaged() -> io::Error {
    let why = "a snapshot of what viewers have seen is damaged; restore a backup, or delete \
               decisions/caps-*.snapshot to begin without it";
    io::Error::new(io::ErrorKind::InvalidData, why)
}
