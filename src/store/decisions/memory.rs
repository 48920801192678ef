//! Where records stand until the disk has them: a private folder in memory, which outlives the
//! process and not the machine. A write there waits for no disk.

use std::fs::{self, DirBuilder, File, Permissions};
use std::io;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::os::unix::fs::{DirBuilderExt as _, FileExt as _, MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::lane::{LaneError, Needs};
use super::leftover;
use super::segment::{self, MAGIC};

/// Bytes that may wait for the disk, of all lanes. At 20,000 ads a second a disk has to stand
/// still for most of a minute before ads are refused for it.
pub(super) const WAITING_MAX: u64 = 64 << 20;
/// What the names of private folders begin with.
const PREFIX: &str = "adserved-";
/// The file in the folder of the log that names the private one.
const MARK: &str = "memory";
/// The file in the private folder that names the folder of the log.
const OWNER: &str = "owner";
/// For how long a private folder whose log is gone was not touched when it is deleted.
const STALE_AFTER: Duration = Duration::from_hours(24);

/// The private folder of one log.
#[derive(Debug)]
pub(super) struct Memory {
    path: PathBuf,
    /// The folder of the log.
    folder: PathBuf,
    /// The number of the next part.
    next: AtomicU64,
    /// Bytes of parts that the disk does not have yet.
    waiting: AtomicU64,
}

/// A piece of a segment that the disk does not have yet, in the form of a segment.
#[derive(Debug)]
pub(super) struct Part {
    /// Of which segment.
    pub(super) number: u64,
    pub(super) needs: Needs,
    path: PathBuf,
    file: File,
    length: u64,
}

impl Memory {
    /// The private folder of the log in `folder`, made inside of `base`. What an earlier process
    /// left there goes to the disk first.
    pub(super) fn open(base: &Path, folder: &Path) -> io::Result<(Self, leftover::Settled)> {
        let base = fs::canonicalize(base)?;
        refuse_unsafe(&base)?;
        let folder = fs::canonicalize(folder)?;
        let marked = marked(&folder)?;
        let mut settled = leftover::Settled::default();
        if let Some(before) = marked.as_deref().filter(|before| is_ours(before)) {
            settled = leftover::settle(before, &folder)?;
            fs::remove_dir_all(before)?;
        }
        let named = marked.filter(|path| path.parent() == Some(&base));
        let path = match named {
            Some(path) if make_private(&path).is_ok() => path,
            // There is none yet, or somebody else took the name.
            _ => make_new(&base, &folder)?,
        };
        fs::write(path.join(OWNER), folder.as_os_str().as_bytes())?;
        sweep(&base);
        let this = Self {
            path,
            folder,
            next: AtomicU64::new(1),
            waiting: AtomicU64::new(0),
        };
        Ok((this, settled))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Begins a part of a segment.
    pub(super) fn begin(&self, number: u64) -> io::Result<Part> {
        let part = self.next.fetch_add(1, Ordering::Relaxed);
        let path = self.path.join(leftover::name_of(number, part));
        let file = match segment::create(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.make_again()?;
                segment::create(&path)?
            }
            file => file?,
        };
        let part = Part {
            number,
            needs: Needs::default(),
            path,
            file,
            length: MAGIC.len() as u64,
        };
        if let Err(error) = part.file.write_all_at(MAGIC, 0) {
            // Full memory must not fill with empty files.
            part.delete();
            return Err(error);
        }
        Ok(part)
    }

    /// Systems tidy memory when a user logs out. Whoever made the name meanwhile must be us.
    fn make_again(&self) -> io::Result<()> {
        match make_private(&self.path) {
            Ok(()) => {
                tracing::warn!(path = %self.path.display(), "the folder of the log in memory was deleted; made again");
                fs::write(self.path.join(OWNER), self.folder.as_os_str().as_bytes())
            }
            Err(_exists) if is_ours(&self.path) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Takes room for so many bytes more.
    pub(super) fn take_room(&self, bytes: usize) -> Result<(), LaneError> {
        let bytes = bytes as u64;
        if self.waiting.fetch_add(bytes, Ordering::Relaxed) + bytes > WAITING_MAX {
            self.waiting.fetch_sub(bytes, Ordering::Relaxed);
            return Err(LaneError::Unsynced);
        }
        Ok(())
    }

    /// Gives back the room of what was not written, or is on the disk.
    pub(super) fn give_room(&self, bytes: u64) {
        self.waiting.fetch_sub(bytes, Ordering::Relaxed);
    }

    /// Deletes a part that the disk has.
    pub(super) fn done(&self, part: Part) {
        self.give_room(part.bytes());
        part.delete();
    }

    /// Deletes the folder: nothing is in it that the disk does not have.
    pub(super) fn remove(&self) {
        if let Err(error) = fs::remove_dir_all(&self.path) {
            tracing::warn!(path = %self.path.display(), %error, "the folder of the log in memory stays; the next start deletes it");
        }
    }
}

impl Part {
    /// Adds whole frames. After an error none of them count.
    pub(super) fn append(&mut self, bytes: &[u8], needs: Needs) -> io::Result<()> {
        self.file.write_all_at(bytes, self.length)?;
        self.length += bytes.len() as u64;
        self.needs = self.needs.and(needs);
        Ok(())
    }

    /// Bytes of its frames.
    pub(super) fn bytes(&self) -> u64 {
        self.length - MAGIC.len() as u64
    }

    /// Adds its frames to `bytes`.
    pub(super) fn read(&self, bytes: &mut Vec<u8>) -> io::Result<()> {
        let begin = bytes.len();
        let length = usize::try_from(self.bytes()).map_err(io::Error::other)?;
        bytes.resize(begin + length, 0);
        let room = bytes.get_mut(begin..).unwrap_or_default();
        self.file.read_exact_at(room, MAGIC.len() as u64)
    }

    fn delete(self) {
        // The next start knows its records by their sequence.
        fs::remove_file(&self.path).ok();
    }
}

/// Refuses a folder in which others could put another one in the place of ours.
fn refuse_unsafe(base: &Path) -> io::Result<()> {
    const OTHERS_WRITE: u32 = 0o022;
    const STICKY: u32 = 0o1000;
    let found = fs::metadata(base)?;
    let is_known = [0, own_uid()].contains(&found.uid());
    if found.is_dir() && is_known && (found.mode() & OTHERS_WRITE == 0 || found.mode() & STICKY > 0)
    {
        return Ok(());
    }
    let why = format!(
        "{}: is no folder that only its owner, root or us, can rename things in",
        base.display()
    );
    Err(io::Error::new(io::ErrorKind::PermissionDenied, why))
}

/// Whether it is a folder of ours that nobody else can enter; a link is none.
fn is_ours(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| {
        found.is_dir() && found.uid() == own_uid() && found.mode() & 0o777 == 0o700
    })
}

fn own_uid() -> u32 {
    rustix::process::geteuid().as_raw()
}

fn make_private(path: &Path) -> io::Result<()> {
    DirBuilder::new().mode(0o700).create(path)
}

/// Makes a private folder under a name that nobody can guess, and marks it as that of `folder`.
fn make_new(base: &Path, folder: &Path) -> io::Result<PathBuf> {
    let mut builder = tempfile::Builder::new();
    let builder = builder.prefix(PREFIX).rand_bytes(16);
    let new = builder.permissions(Permissions::from_mode(0o700));
    let path = new.tempdir_in(base)?.keep();
    mark(folder, &path)?;
    Ok(path)
}

/// Writes down in `folder` that `path` is its private one, and which folder it is itself: a copy
/// of it is another one.
fn mark(folder: &Path, path: &Path) -> io::Result<()> {
    let mut text = identity(folder)?.into_bytes();
    text.push(b'\n');
    text.extend(path.as_os_str().as_bytes());
    let new = folder.join(MARK).with_extension("new");
    fs::write(&new, text)?;
    fs::rename(&new, folder.join(MARK))
}

/// The private folder that `folder` names, unless it was copied from elsewhere.
fn marked(folder: &Path) -> io::Result<Option<PathBuf>> {
    let text = match fs::read(folder.join(MARK)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let of = identity(folder)?;
    let rest = text.strip_prefix(of.as_bytes());
    let path = rest.and_then(|rest| rest.strip_prefix(b"\n"));
    let path = path.map(|path| PathBuf::from(std::ffi::OsString::from_vec(path.to_vec())));
    Ok(path.filter(|path| path.is_absolute()))
}

fn identity(folder: &Path) -> io::Result<String> {
    let found = fs::metadata(folder)?;
    Ok(format!("{}:{}", found.dev(), found.ino()))
}

/// Deletes the private folders of logs that are gone.
fn sweep(base: &Path) {
    let entries = fs::read_dir(base).into_iter().flatten().flatten();
    let named = entries.filter(|entry| entry.file_name().as_bytes().starts_with(PREFIX.as_bytes()));
    for path in named.map(|entry| entry.path()) {
        if is_ours(&path) && is_stale(&path).unwrap_or(false) {
            tracing::info!(path = %path.display(), "the folder of a log that is gone was deleted");
            fs::remove_dir_all(&path).ok();
        }
    }
}

fn is_stale(path: &Path) -> io::Result<bool> {
    let touched = fs::metadata(path)?.modified()?;
    // An instant in the future is no reason to delete anything.
    if touched.elapsed().unwrap_or_default() < STALE_AFTER {
        return Ok(false);
    }
    let owner = fs::read(path.join(OWNER)).unwrap_or_default();
    let folder = PathBuf::from(std::ffi::OsString::from_vec(owner));
    let named = marked(&folder).ok().flatten();
    Ok(named.as_deref() != Some(path))
}

/// Whether what is written to a folder is kept in memory alone.
#[cfg(target_os = "linux")]
pub fn is_in_memory(path: &Path) -> bool {
    // From linux/magic.h.
    const TMPFS: u64 = 0x0102_1994;
    const RAMFS: u64 = 0x8584_58f6;
    let found = rustix::fs::statfs(path).map(|found| found.f_type.cast_unsigned());
    found.is_ok_and(|kind| [TMPFS, RAMFS].contains(&kind))
}

/// Whether what is written to a folder is kept in memory alone, as far as is known.
#[cfg(not(target_os = "linux"))]
pub fn is_in_memory(_path: &Path) -> bool {
    false
}
