//! Timelines of streams: one small file each, replaced whole, so that a restart goes on with the
//! same numbers.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

/// Largest file that is read.
const FILE_BYTES_MAX: u64 = 64 << 20;

/// The folder of timelines. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Timelines(Arc<PathBuf>);

impl Timelines {
    /// The folder is made if it is not there.
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self(Arc::new(folder.to_owned())))
    }

    /// What was kept of a stream, if it is of these `renditions`. What cannot be read is nothing:
    /// then the stream begins anew.
    pub async fn load<K: Serialize, T: DeserializeOwned + Send + 'static>(
        &self,
        key: &K,
        renditions: usize,
    ) -> Option<T> {
        let path = self.path(key)?;
        let read = tokio::task::spawn_blocking(move || {
            if fs::metadata(&path)?.len() > FILE_BYTES_MAX {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            fs::read(&path)
        });
        let bytes = match read.await.ok()? {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(error) => {
                tracing::warn!(%error, "a timeline cannot be read: its stream begins anew");
                return None;
            }
        };
        match serde_json::from_slice::<(usize, T)>(&bytes) {
            Ok((of, timeline)) if of == renditions => Some(timeline),
            Ok(_of_another_shape) => None,
            Err(error) => {
                tracing::warn!(%error, "a timeline cannot be read: its stream begins anew");
                None
            }
        }
    }

    /// Keeps what a stream of so many renditions is now.
    pub async fn save<K: Serialize, T: Serialize + Sync>(
        &self,
        key: &K,
        renditions: usize,
        timeline: &T,
    ) {
        let (Some(path), Ok(text)) = (self.path(key), serde_json::to_vec(&(renditions, timeline)))
        else {
            return;
        };
        let written = tokio::task::spawn_blocking(move || replace(&path, &text));
        if let Ok(Err(error)) = written.await {
            tracing::warn!(%error, "a timeline cannot be kept");
        }
    }

    fn path<K: Serialize>(&self, key: &K) -> Option<PathBuf> {
        let key = serde_json::to_vec(key).ok()?;
        let digest = Sha256::digest(key);
        let mut name = String::with_capacity(40);
        for byte in digest.iter().take(16) {
            write!(name, "{byte:02x}").ok()?;
        }
        name.push_str(".json");
        Some(self.0.join(name))
    }
}

/// Writes beside it and renames: a reader sees the old file or the new one.
fn replace(path: &Path, text: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    fs::write(&beside, text)?;
    fs::rename(&beside, path)
}
