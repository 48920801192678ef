//! The file that remembers where a tail ended.

use std::io::Read as _;
use std::path::PathBuf;

use crate::cli::failure::Failure;
use crate::model::{Millis, Timestamp};

/// Longest id; ours are far shorter.
const ID_BYTES_MAX: u64 = 1_000;
/// How often the file is written while events come.
const KEPT_EVERY: Millis = Millis(500);

/// A place in the stream, kept in a file. It is kept for the last time when it is dropped.
#[derive(Debug)]
pub(super) struct Cursor {
    path: PathBuf,
    id: Option<String>,
    /// Whether the file says something else.
    stale: bool,
    kept: Option<Timestamp>,
}

impl Cursor {
    /// Reads the file, if there is one.
    pub(super) fn open(path: PathBuf) -> Result<Self, Failure> {
        let read = || {
            let mut text = String::new();
            let file = std::fs::File::open(&path)?;
            file.take(ID_BYTES_MAX).read_to_string(&mut text)?;
            Ok(text)
        };
        let id = match read() {
            Ok(text) => Some(text.trim().to_owned()).filter(|id| !id.is_empty()),
            Err(error) if is_missing(&error) => None,
            Err(error) => return Err(Failure::file("read", &path, &error)),
        };
        Ok(Self {
            path,
            id,
            stale: false,
            kept: None,
        })
    }

    /// Where the stream ended.
    pub(super) fn id(&self) -> Option<String> {
        self.id.clone()
    }

    /// What was shown last, which is kept now and then.
    pub(super) fn move_to(&mut self, id: Option<&str>, now: Timestamp) -> Result<(), Failure> {
        if id.is_none() || id == self.id.as_deref() {
            return Ok(());
        }
        self.id = id.map(str::to_owned);
        self.stale = true;
        if self.kept.is_none_or(|kept| now.since(kept) >= KEPT_EVERY) {
            self.kept = Some(now);
            self.keep()
                .map_err(|error| Failure::file("write", &self.path, &error))?;
        }
        Ok(())
    }

    /// Writes the file as a whole: whoever reads it finds the one id or the other.
    fn keep(&mut self) -> std::io::Result<()> {
        if let Some(id) = self.id.as_ref().filter(|_id| self.stale) {
            let mut name = self.path.clone().into_os_string();
            name.push(".new");
            std::fs::write(&name, format!("{id}\n"))?;
            std::fs::rename(&name, &self.path)?;
            self.stale = false;
        }
        Ok(())
    }
}

impl Drop for Cursor {
    fn drop(&mut self) {
        // Where it cannot be kept any more, some events are shown twice the next time.
        drop(self.keep());
    }
}

fn is_missing(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::NotFound
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_has_the_last_id_in_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cursor");
        let mut cursor = Cursor::open(path.clone()).unwrap();
        assert_eq!(cursor.id(), None);
        for (id, at) in [("a", 0), ("b", 100), ("c", 200)] {
            cursor
                .move_to(Some(id), Timestamp::from_millis(at))
                .unwrap();
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "a\n");
        cursor.move_to(None, Timestamp::from_millis(9_000)).unwrap();
        drop(cursor);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "c\n");
        assert_eq!(Cursor::open(path).unwrap().id().as_deref(), Some("c"));
    }

    #[test]
    fn a_folder_is_no_cursor() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Cursor::open(folder.path().to_owned()).is_err());
    }
}
