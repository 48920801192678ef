//! Files of creatives by content hash: in a local folder or in an S3-compatible store.
//!
//! Keys are made by us ([`MediaKey`]) and begin with their tenant; no text of a user reaches the
//! store. An object appears whole or not at all: local files are written beside their place and
//! renamed, large S3 objects are assembled from parts at the end and given up when a part fails.

mod claim;
mod connector;
mod error;
mod s3;
mod urls;

pub use claim::Claim;
pub use error::{BlobError, BlobFault};
pub use s3::S3Options;
pub use urls::{CdnRule, CdnRuleError, MediaUrls, keep_signed};

use std::io;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::StreamExt as _;
use object_store::aws::AmazonS3;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Location;
use object_store::{
    Attribute, Attributes, MultipartUpload, ObjectStore, ObjectStoreExt as _, PutMultipartOptions,
    PutOptions, PutPayload,
};
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::Semaphore;

use crate::format::media::MediaKey;
use crate::model::RenditionFile;

use self::claim::Claims;

/// Bytes of one part of a large object: S3 refuses smaller ones than 5 MiB, and an object has at
/// most 10,000 parts.
const PART_BYTES: usize = 8 << 20;

/// Objects written at the same time; each holds one part in memory.
const PUTS_MAX: usize = 4;

/// How long players and caches may keep what an S3 object says. Its name is its content.
const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

/// Where files of creatives are kept. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Blobs {
    place: Place,
    claims: Claims,
    puts: Arc<Semaphore>,
}

#[derive(Debug, Clone)]
enum Place {
    Folder(Arc<LocalFileSystem>),
    S3(Arc<AmazonS3>),
}

impl Blobs {
    /// Keeps files below a folder, which must exist. What was put survives a power cut.
    pub fn local(folder: &Path) -> Result<Self, BlobError> {
        let store = LocalFileSystem::new_with_prefix(folder)
            .map_err(|error| BlobError::new("open the folder of creatives", error))?
            .with_fsync(true);
        Ok(Self::at(Place::Folder(Arc::new(store))))
    }

    /// Keeps files in a bucket. Nothing is asked of the store yet: see [`Blobs::check`].
    pub fn s3(options: &S3Options) -> Result<Self, BlobError> {
        Ok(Self::at(Place::S3(Arc::new(options.connect()?))))
    }

    fn at(place: Place) -> Self {
        Self {
            place,
            claims: Claims::default(),
            puts: Arc::new(Semaphore::new(PUTS_MAX)),
        }
    }

    /// Waits until nobody else in this process works on this content, and keeps others waiting
    /// until the claim is dropped: whoever takes a file back must be the only one who wants it.
    pub async fn claim(&self, key: MediaKey) -> Claim {
        self.claims.claim(key).await
    }

    /// Whether content of this key and size is kept. One of another size is a damaged one.
    pub async fn has(&self, key: &MediaKey, bytes: u64) -> Result<bool, BlobError> {
        let location = Location::from(key.blob_path());
        match self.store().head(&location).await {
            Ok(found) => Ok(found.size == bytes),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(BlobError::new("look for the file", error)),
        }
    }

    /// Puts the file at `from` under the key of the claim, over what may be there: it can only
    /// be the same, or damaged.
    pub async fn put(&self, claim: &Claim, from: &Path) -> Result<(), BlobError> {
        let key = claim.key();
        let kind = key.container.mime();
        self.put_at(&Location::from(key.blob_path()), kind, from)
            .await
    }

    /// Puts the file at `from` in the place of a rendition, over what may be there.
    pub async fn put_rendition(&self, file: &RenditionFile, from: &Path) -> Result<(), BlobError> {
        let location = Location::from(file.blob_path());
        self.put_at(&location, file.mime(), from).await
    }

    /// Copies a file of a creative to `to`, which must not be there.
    pub async fn fetch(&self, key: &MediaKey, to: &Path) -> Result<(), BlobError> {
        const DOING: &str = "fetch the file";
        let failed = |error| BlobError::new(DOING, error);
        let written = |error| BlobError::local(DOING, error);
        let location = Location::from(key.blob_path());
        let found = self.store().get(&location).await.map_err(failed)?;
        let mut bytes = found.into_stream();
        let mut file = File::create_new(to).await.map_err(written)?;
        while let Some(chunk) = bytes.next().await {
            let chunk = chunk.map_err(failed)?;
            file.write_all(&chunk).await.map_err(written)?;
        }
        file.flush().await.map_err(written)
    }

    async fn put_at(
        &self,
        location: &Location,
        kind: &'static str,
        from: &Path,
    ) -> Result<(), BlobError> {
        const DOING: &str = "store the file";
        let _permit = self.puts.acquire().await.map_err(BlobError::internal)?;
        let mut file = File::open(from)
            .await
            .map_err(|error| BlobError::local(DOING, error))?;
        let store = self.store();
        let first = read_part(&mut file).await?;
        if first.len() < PART_BYTES {
            let options = PutOptions {
                attributes: self.attributes(kind),
                ..PutOptions::default()
            };
            let payload = PutPayload::from_bytes(first);
            let put = store.put_opts(location, payload, options).await;
            put.map_err(|error| BlobError::new(DOING, error))?;
            return Ok(());
        }
        let options = PutMultipartOptions {
            attributes: self.attributes(kind),
            ..PutMultipartOptions::default()
        };
        let upload = store.put_multipart_opts(location, options).await;
        let mut upload = upload.map_err(|error| BlobError::new(DOING, error))?;
        let written = put_parts(upload.as_mut(), first, &mut file).await;
        if let Err(error) = written {
            // The store drops what it holds of the parts; the first error is the one to tell.
            upload.abort().await.ok();
            return Err(error);
        }
        Ok(())
    }

    /// Takes back what was put under the key of the claim. Nothing there is as good.
    pub async fn remove(&self, claim: &Claim) -> Result<(), BlobError> {
        const DOING: &str = "remove the file";
        let location = Location::from(claim.key().blob_path());
        match self.store().delete(&location).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => return Err(BlobError::new(DOING, error)),
        }
        let Place::Folder(store) = &self.place else {
            return Ok(());
        };
        let place = store.path_to_filesystem(&location);
        let place = place.map_err(|error| BlobError::new(DOING, error))?;
        let removed = remove_stages(&place).await;
        removed.map_err(|error| BlobError::local(DOING, error))
    }

    /// Whether the store answers and lets us in: asks for an object that cannot be.
    pub async fn check(&self) -> Result<(), BlobError> {
        let location = Location::from("tenant/.check");
        match self.store().head(&location).await {
            Ok(_) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(BlobError::new("reach the store of creatives", error)),
        }
    }

    /// Signs addresses, where the place has no address of its own to show.
    fn signer(&self) -> Option<&Arc<AmazonS3>> {
        match &self.place {
            Place::Folder(_) => None,
            Place::S3(store) => Some(store),
        }
    }

    fn store(&self) -> &dyn ObjectStore {
        match &self.place {
            Place::Folder(store) => store.as_ref(),
            Place::S3(store) => store.as_ref(),
        }
    }

    /// What S3 says with the object; a local folder has no room for it.
    fn attributes(&self, kind: &'static str) -> Attributes {
        match &self.place {
            Place::Folder(_) => Attributes::new(),
            Place::S3(_) => Attributes::from_iter([
                (Attribute::ContentType, kind),
                (Attribute::CacheControl, CACHE_CONTROL),
            ]),
        }
    }
}

/// Removes what a process that was killed had written beside `place`, as `object_store` names it:
/// the name of the file, `#` and a number.
async fn remove_stages(place: &Path) -> io::Result<()> {
    let (Some(folder), Some(file)) = (place.parent(), place.file_name()) else {
        return Ok(());
    };
    let mut entries = match tokio::fs::read_dir(folder).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    while let Some(entry) = entries.next_entry().await? {
        let name = entry.file_name();
        let rest = name
            .as_encoded_bytes()
            .strip_prefix(file.as_encoded_bytes());
        if rest.is_some_and(|rest| rest.starts_with(b"#")) {
            tokio::fs::remove_file(entry.path()).await?;
        }
    }
    Ok(())
}

async fn put_parts(
    upload: &mut dyn MultipartUpload,
    first: Bytes,
    file: &mut File,
) -> Result<(), BlobError> {
    let failed = |error| BlobError::new("store the file", error);
    let mut part = first;
    while !part.is_empty() {
        let put = upload.put_part(PutPayload::from_bytes(part));
        put.await.map_err(failed)?;
        part = read_part(file).await?;
    }
    upload.complete().await.map_err(failed)?;
    Ok(())
}

/// The next [`PART_BYTES`] of a file; fewer at its end, none behind it.
async fn read_part(file: &mut File) -> Result<Bytes, BlobError> {
    let mut part = Vec::with_capacity(PART_BYTES);
    let mut limited = file.take(PART_BYTES as u64);
    let read = limited.read_to_end(&mut part).await;
    read.map_err(|error| BlobError::local("read the upload", error))?;
    Ok(Bytes::from(part))
}
