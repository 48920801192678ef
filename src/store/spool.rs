//! Uploads on their way in: one private file each, hashed while it is written, gone when dropped.
//!
//! A file that is about to become a blob carries its key in its name, so that whoever starts
//! after a crash knows which blob may be there without anybody who refers to it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest as _, Sha256};
use tokio::fs::File;
use tokio::io::AsyncWriteExt as _;

use super::blobs::{BlobError, Blobs};
use super::catalog::{CatalogStore, Scope, StoreError};
use crate::format::media::MediaKey;

/// Bytes that wait in memory for the disk, for each upload.
const BUFFER_BYTES: usize = 256 * 1024;

/// The folder of uploads. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Spool {
    folder: Arc<PathBuf>,
    next: Arc<AtomicU64>,
}

/// An upload that is being written.
#[derive(Debug)]
pub struct SpoolFile {
    path: SpoolPath,
    file: File,
    hash: Sha256,
    bytes: u64,
}

/// An upload that has come whole, on disk for good until it is dropped.
#[derive(Debug)]
pub struct Spooled {
    path: SpoolPath,
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// Its size.
    pub bytes: u64,
}

/// A path whose file goes with it.
#[derive(Debug)]
struct SpoolPath {
    path: PathBuf,
    stays: bool,
}

impl SpoolPath {
    fn new(path: PathBuf) -> Self {
        Self { path, stays: false }
    }
}

impl Drop for SpoolPath {
    fn drop(&mut self) {
        if self.stays {
            return;
        }
        if let Err(error) = fs::remove_file(&self.path) {
            tracing::warn!(%error, "an upload could not be removed; the next start will");
        }
    }
}

/// Why leftovers of a crash cannot be settled yet.
#[derive(Debug, thiserror::Error)]
pub enum SettleError {
    /// The spool cannot be read.
    #[error("cannot read the spool")]
    Spool(#[from] io::Error),
    /// The store of creatives does not answer.
    #[error(transparent)]
    Blobs(#[from] BlobError),
    /// The catalog does not answer.
    #[error(transparent)]
    Catalog(#[from] StoreError),
}

impl Spool {
    /// Takes over a folder, which must exist and be ours alone, and removes what uploads of an
    /// earlier process left there. [`Spool::settle`] does the rest.
    pub fn open(folder: &Path) -> io::Result<Self> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if key_of(&path).is_none() {
                fs::remove_file(&path)?;
            }
        }
        Ok(Self {
            folder: Arc::new(folder.to_owned()),
            next: Arc::new(AtomicU64::new(0)),
        })
    }

    /// A new file for an upload: nobody else's, and for our eyes only.
    pub async fn create(&self) -> io::Result<SpoolFile> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let path = self.folder.join(format!("upload-{number}"));
        let mut options = tokio::fs::OpenOptions::new();
        options.write(true).create_new(true).mode(0o600);
        let mut file = options.open(&path).await?;
        file.set_max_buf_size(BUFFER_BYTES);
        Ok(SpoolFile {
            path: SpoolPath::new(path),
            file,
            hash: Sha256::new(),
            bytes: 0,
        })
    }

    /// Removes the blobs that an earlier process stored and did not live to refer to.
    /// Gives how many. What fails now is tried again at the next start.
    pub async fn settle(
        &self,
        blobs: &Blobs,
        catalog: &CatalogStore,
    ) -> Result<usize, SettleError> {
        let mut removed = 0;
        for entry in fs::read_dir(self.folder.as_path())? {
            let path = entry?.path();
            let Some(key) = key_of(&path) else {
                continue;
            };
            let claim = blobs.claim(key).await;
            if !is_used(catalog, &key).await? {
                blobs.remove(&claim).await?;
                removed += 1;
            }
            drop(SpoolPath::new(path));
        }
        Ok(removed)
    }
}

/// Whether a creative of the tenant has the content of a key.
pub async fn is_used(catalog: &CatalogStore, key: &MediaKey) -> Result<bool, StoreError> {
    let sha256 = key.sha256;
    let scope = Scope::Tenant(key.tenant);
    catalog
        .read(scope, move |reader| reader.uses_file(&sha256))
        .await
}

impl SpoolFile {
    /// Adds bytes.
    pub async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        self.file.write_all(bytes).await
    }

    /// Bytes so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Ends the upload: all of it is on disk, also after a power cut.
    pub async fn finish(mut self) -> io::Result<Spooled> {
        self.file.flush().await?;
        self.file.sync_all().await?;
        Ok(Spooled {
            path: self.path,
            sha256: self.hash.finalize().into(),
            bytes: self.bytes,
        })
    }
}

impl Spooled {
    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path.path
    }

    /// Writes down that it is about to be stored as a blob of this key. Only for one that is not
    /// stored yet, and under the claim on the key.
    pub fn mark(&mut self, key: &MediaKey) -> io::Result<()> {
        let marked = self.path.path.with_file_name(mark_of(key));
        fs::rename(&self.path.path, &marked)?;
        self.path.path = marked;
        let folder = self.path.path.parent().unwrap_or(Path::new("."));
        fs::File::open(folder)?.sync_all()
    }

    /// Gives the bytes of a marked upload back, which are stored; the mark stays.
    pub fn shrink(&self) {
        let emptied = fs::File::options().write(true).open(self.path());
        if let Err(error) = emptied.and_then(|file| file.set_len(0)) {
            tracing::warn!(%error, "a stored upload keeps its bytes in the spool");
        }
    }

    /// Leaves a marked upload, without its bytes, for the next start to settle: its blob could
    /// not be taken back now.
    pub fn abandon(mut self) {
        self.path.stays = true;
        self.shrink();
    }
}

/// `store-ten_1-abcd….mp4`
fn mark_of(key: &MediaKey) -> String {
    let path = key.url_path();
    let name = path.strip_prefix("media/").unwrap_or_default();
    format!("store-{}", name.replacen('/', "-", 1))
}

fn key_of(path: &Path) -> Option<MediaKey> {
    let name = path.file_name()?.to_str()?.strip_prefix("store-")?;
    MediaKey::parse_url_path(&format!("media/{}", name.replacen('-', "/", 1)))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::model::{Container, TenantId};

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn key(sha256: [u8; 32]) -> MediaKey {
        MediaKey {
            tenant: TenantId::new(7),
            sha256,
            container: Container::Webm,
        }
    }

    #[tokio::test]
    async fn an_upload_is_hashed_private_and_gone_when_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool::open(folder.path()).unwrap();
        let mut file = spool.create().await.unwrap();
        file.write(b"hello ").await.unwrap();
        file.write(b"world").await.unwrap();
        assert_eq!(file.bytes(), 11);
        let mut spooled = file.finish().await.unwrap();
        assert_eq!(fs::read(spooled.path()).unwrap(), b"hello world");
        let mode = fs::metadata(spooled.path()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(
            spooled.sha256,
            <[u8; 32]>::from(Sha256::digest(b"hello world"))
        );
        spooled.mark(&key(spooled.sha256)).unwrap();
        assert!(names(folder.path())[0].starts_with("store-ten_7-b94d27"));
        assert_eq!(key_of(spooled.path()), Some(key(spooled.sha256)));
        drop(spooled);
        assert_eq!(names(folder.path()), [] as [String; 0]);
        // One that never ended.
        drop(spool.create().await.unwrap());
        assert_eq!(names(folder.path()), [] as [String; 0]);
    }

    #[tokio::test]
    async fn a_new_spool_keeps_only_what_may_be_a_blob() {
        let folder = tempfile::tempdir().unwrap();
        let mark = mark_of(&key([9; 32]));
        for name in ["upload-0", "upload-17", "store-x", "else", &mark] {
            fs::write(folder.path().join(name), b"x").unwrap();
        }
        let spool = Spool::open(folder.path()).unwrap();
        assert_eq!(names(folder.path()), [mark.as_str()]);
        let file = spool.create().await.unwrap();
        assert_eq!(names(folder.path()), [mark.as_str(), "upload-0"]);
        drop(file);
    }
}
