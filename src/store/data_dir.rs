//! The directory of all that is kept, and the lock that gives it to one daemon.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

/// A data directory that belongs to this process until it is dropped.
#[derive(Debug)]
pub struct DataDir {
    path: PathBuf,
    // The kernel releases the lock when the file is closed, whatever way the process ends.
    _lock: File,
}

/// Why a data directory cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum DataDirError {
    /// Another daemon has it.
    #[error(
        "{path} is in use by another adserved{pid}; stop it, or choose another data_dir",
        path = .path.display(),
        pid = .pid.map_or_else(String::new, |pid| format!(" (pid {pid})"))
    )]
    InUse {
        /// The directory.
        path: PathBuf,
        /// The process that has it, as it wrote down itself.
        pid: Option<u32>,
    },
    /// The file system says no.
    #[error("cannot use {path} as data directory", path = .path.display())]
    Io {
        /// The directory or file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
}

impl DataDir {
    /// Makes the directory if it is missing, for its owner only, and locks it.
    pub fn lock(path: &Path) -> Result<Self, DataDirError> {
        let failed = |at: &Path| {
            let path = at.to_owned();
            move |source| DataDirError::Io { path, source }
        };
        create_private(path).map_err(failed(path))?;
        // Whoever starts with another working directory later must find the same files.
        let path = fs::canonicalize(path).map_err(failed(path))?;
        let lock_path = path.join("adserved.lock");
        let mut lock = OpenOptions::new()
            .create(true)
            .read(true)
            .write(true)
            .truncate(false)
            .mode(0o600)
            .open(&lock_path)
            .map_err(failed(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let pid = read_pid(&mut lock);
                return Err(DataDirError::InUse { path, pid });
            }
            Err(TryLockError::Error(source)) => return Err(failed(&lock_path)(source)),
        }
        write_pid(&mut lock).map_err(failed(&lock_path))?;
        let this = Self { path, _lock: lock };
        for folder in [this.blobs(), this.spool(), this.keys(), this.decisions()] {
            create_private(&folder).map_err(failed(&folder))?;
        }
        Ok(this)
    }

    /// The directory itself, as an absolute path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is sold.
    pub fn catalog_db(&self) -> PathBuf {
        self.path.join("catalog.db")
    }

    /// What happened.
    pub fn ledger_db(&self) -> PathBuf {
        self.path.join("ledger.db")
    }

    /// The socket of the admin API, unless configured elsewhere.
    pub fn admin_socket(&self) -> PathBuf {
        self.path.join("admin.sock")
    }

    /// Files of creatives, by tenant and content hash.
    pub fn blobs(&self) -> PathBuf {
        self.path.join("blobs")
    }

    /// Uploads that are not finished.
    pub fn spool(&self) -> PathBuf {
        self.path.join("spool")
    }

    /// What was handed out, as segments.
    pub fn decisions(&self) -> PathBuf {
        self.path.join("decisions")
    }

    /// Decisions that were kept whole; made when it is not there.
    pub fn traces(&self) -> io::Result<PathBuf> {
        let folder = self.path.join("traces");
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// Sessions of viewers.
    pub fn sessions(&self) -> PathBuf {
        self.path.join("sessions")
    }

    /// Timelines of streams.
    pub fn timelines(&self) -> PathBuf {
        self.path.join("timelines")
    }

    /// Renditions that are being made; nothing in it outlives its job.
    pub fn scratch(&self) -> PathBuf {
        self.path.join("scratch")
    }

    /// Secrets that the daemon made itself.
    pub fn keys(&self) -> PathBuf {
        self.path.join("keys")
    }
}

fn create_private(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    // The umask may have taken bits of the owner away.
    fs::set_permissions(path, Permissions::from_mode(0o700))
}

fn read_pid(lock: &mut File) -> Option<u32> {
    let mut text = String::new();
    // Between taking the lock and writing it down there is no pid yet.
    lock.take(16).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

fn write_pid(lock: &mut File) -> io::Result<()> {
    lock.set_len(0)?;
    lock.rewind()?;
    writeln!(lock, "{}", std::process::id())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_has_it_and_the_second_is_told_by_whom() {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join("deep/data");
        let first = DataDir::lock(&path).unwrap();
        let refusal = DataDir::lock(&path).unwrap_err();
        let pid = std::process::id();
        assert!(
            refusal.to_string().contains(&format!("(pid {pid})")),
            "{refusal}"
        );
        drop(first);
        DataDir::lock(&path).unwrap();
    }

    #[test]
    fn only_its_owner_can_look_inside() {
        let temp = tempfile::tempdir().unwrap();
        let dir = DataDir::lock(&temp.path().join("data")).unwrap();
        for path in [dir.path(), &dir.keys(), &dir.spool(), &dir.blobs()] {
            let mode = fs::metadata(path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700, "{}", path.display());
        }
    }

    #[test]
    fn a_stale_lock_file_is_taken_over() {
        let temp = tempfile::tempdir().unwrap();
        fs::write(temp.path().join("adserved.lock"), "1 stale and longer").unwrap();
        let dir = DataDir::lock(temp.path()).unwrap();
        let text = fs::read_to_string(dir.path().join("adserved.lock")).unwrap();
        assert_eq!(text, format!("{}\n", std::process::id()));
    }

    #[test]
    fn a_file_in_the_way_is_named() {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join("file");
        fs::write(&path, "").unwrap();
        let error = DataDir::lock(&path).unwrap_err();
        assert!(matches!(error, DataDirError::Io { .. }), "{error:?}");
    }
}
