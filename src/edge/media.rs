//! Files of creatives from the local store, to players: whole, in ranges, cached for good.
//!
//! `GET` and `HEAD /media/{tenant}/{sha256}.{extension}` and `/media/renditions/…`. The address is
//! parsed into a [`StoredFile`] and the path made from that, so that no text of a request reaches
//! the disk; the file is opened beneath the folder of blobs without following links.

use std::fs::File as BlockingFile;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use http::header::{
    ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG,
};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};
use http_body::{Body, Frame, SizeHint};
use http_body_util::Either;
use rustix::fs::{CWD, Mode, OFlags, ResolveFlags};
use tokio::fs::File;
use tokio::io::{AsyncRead, AsyncSeekExt as _, ReadBuf};

use super::range::{Wanted, wanted};
use crate::format::media::MediaKey;
use crate::host::http::{ReplyBody, allow_any_origin, empty, secure};
use crate::model::rendition::RenditionFile;

/// Bytes of a file in memory for one reader.
const CHUNK_BYTES: usize = 64 * 1024;

/// The name of a file is its content: it never changes (RFC 8246).
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// A file that can be sent. Its name is its content, or comes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoredFile {
    /// The file of a creative.
    Media(MediaKey),
    /// A piece of a creative that was made to fit a stream.
    Rendition(RenditionFile),
}

impl StoredFile {
    /// The file that an address names, without the slash it begins with.
    fn of_path(path: &str) -> Option<Self> {
        let rendition = || RenditionFile::parse_url_path(path).map(Self::Rendition);
        MediaKey::parse_url_path(path)
            .map(Self::Media)
            .or_else(rendition)
    }

    fn blob_path(&self) -> String {
        match self {
            Self::Media(key) => key.blob_path(),
            Self::Rendition(file) => file.blob_path(),
        }
    }

    const fn mime(&self) -> &'static str {
        match self {
            Self::Media(key) => key.container.mime(),
            Self::Rendition(file) => file.mime(),
        }
    }

    /// In quotes: same name, same bytes.
    fn entity_tag(&self) -> String {
        match self {
            Self::Media(key) => {
                let path = key.url_path();
                let file = path.rsplit('/').next().unwrap_or_default();
                format!("\"{}\"", file.split('.').next().unwrap_or_default())
            }
            Self::Rendition(file) => {
                let path = file.blob_path();
                let name = path.strip_prefix("renditions/").unwrap_or(&path);
                format!("\"{}\"", name.replace('/', "-"))
            }
        }
    }
}

/// The folder of blobs. Cheap to clone.
#[derive(Debug, Clone)]
pub struct LocalMedia {
    folder: Arc<BlockingFile>,
}

impl LocalMedia {
    /// Opens the folder; what it holds may change.
    pub fn open(folder: &Path) -> io::Result<Self> {
        let flags = OFlags::DIRECTORY | OFlags::CLOEXEC;
        let folder = rustix::fs::openat(CWD, folder, flags, Mode::empty())?;
        Ok(Self {
            folder: Arc::new(folder.into()),
        })
    }

    /// A file and its size.
    async fn find(&self, key: &StoredFile) -> io::Result<(File, u64)> {
        let folder = Arc::clone(&self.folder);
        let path = key.blob_path();
        let opened = tokio::task::spawn_blocking(move || {
            let file = open_beneath(&folder, &path)?;
            let metadata = file.metadata()?;
            let length = metadata.is_file().then_some(metadata.len());
            let length = length.ok_or(io::ErrorKind::NotFound)?;
            io::Result::Ok((file, length))
        });
        let (file, length) = opened.await.map_err(io::Error::other)??;
        let mut file = File::from_std(file);
        file.set_max_buf_size(CHUNK_BYTES);
        Ok((file, length))
    }
}

/// Opens a file of the folder. Links are not followed, also not those of folders between.
fn open_beneath(folder: &BlockingFile, path: &str) -> io::Result<BlockingFile> {
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let beneath = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
    match rustix::fs::openat2(folder, path, flags, Mode::empty(), beneath) {
        Ok(file) => Ok(file.into()),
        // Kernels before 5.6, and sandboxes that do not know the call. The path is ours anyway.
        Err(rustix::io::Errno::NOSYS | rustix::io::Errno::PERM) => {
            Ok(rustix::fs::openat(folder, path, flags, Mode::empty())?.into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Answers a request for a file.
pub async fn serve<B>(media: &LocalMedia, request: &Request<B>) -> Response<ReplyBody<FileBody>> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = empty(StatusCode::METHOD_NOT_ALLOWED);
        let allowed = HeaderValue::from_static("GET, HEAD");
        response.headers_mut().insert(ALLOW, allowed);
        return response;
    }
    let path = request.uri().path().strip_prefix('/').unwrap_or_default();
    match StoredFile::of_path(path) {
        Some(file) => send(media, &file, request.method(), request.headers()).await,
        None => empty(StatusCode::NOT_FOUND),
    }
}

/// Sends a file to who asks by `GET` or `HEAD`.
pub(super) async fn send(
    media: &LocalMedia,
    key: &StoredFile,
    method: &Method,
    headers: &HeaderMap,
) -> Response<ReplyBody<FileBody>> {
    match media.find(key).await {
        Ok((file, length)) => answer(key, (method, headers), file, length).await,
        Err(error) if is_absent(&error) => empty(StatusCode::NOT_FOUND),
        Err(error) => unreadable(key, &error),
    }
}

/// Nothing there, or something there that we did not put there.
fn is_absent(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let links = [Errno::LOOP, Errno::NOTDIR, Errno::XDEV].map(Errno::raw_os_error);
    let number = error.raw_os_error();
    error.kind() == io::ErrorKind::NotFound || links.iter().any(|&link| number == Some(link))
}

fn unreadable(key: &StoredFile, error: &io::Error) -> Response<ReplyBody<FileBody>> {
    tracing::error!(file = %key.blob_path(), %error, "the file of a creative cannot be read");
    empty(StatusCode::SERVICE_UNAVAILABLE)
}

async fn answer(
    key: &StoredFile,
    (method, headers): (&Method, &HeaderMap),
    mut file: File,
    length: u64,
) -> Response<ReplyBody<FileBody>> {
    let tag = key.entity_tag();
    let wanted = wanted(method, headers, &tag, length);
    let (status, from, bytes) = match wanted {
        Wanted::Whole => (StatusCode::OK, 0, length),
        Wanted::Part { first, last } => (StatusCode::PARTIAL_CONTENT, first, last - first + 1),
        Wanted::Nothing => (StatusCode::RANGE_NOT_SATISFIABLE, 0, 0),
        Wanted::Unchanged => (StatusCode::NOT_MODIFIED, 0, 0),
    };
    if from > 0
        && let Err(error) = file.seek(io::SeekFrom::Start(from)).await
    {
        return unreadable(key, &error);
    }
    let mut response = empty(status);
    describe(response.headers_mut(), key, &tag);
    let headers = response.headers_mut();
    let content_range = match wanted {
        Wanted::Part { first, last } => Some(format!("bytes {first}-{last}/{length}")),
        Wanted::Nothing => Some(format!("bytes */{length}")),
        Wanted::Whole | Wanted::Unchanged => None,
    };
    if let Some(value) = content_range.and_then(|text| HeaderValue::try_from(text).ok()) {
        headers.insert(CONTENT_RANGE, value);
    }
    if bytes == 0 {
        return response;
    }
    headers.insert(CONTENT_LENGTH, bytes.into());
    if method == Method::GET {
        *response.body_mut() = Either::Right(FileBody::new(file, bytes));
    }
    response
}

fn describe(headers: &mut HeaderMap, key: &StoredFile, tag: &str) {
    secure(headers);
    allow_any_origin(headers);
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(CACHE_CONTROL, FOREVER);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(key.mime()));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(ETAG, tag);
    }
}

/// Bytes of a file, read as the player takes them.
#[derive(Debug)]
pub struct FileBody {
    file: File,
    left: u64,
    chunk: BytesMut,
}

impl FileBody {
    /// The next `left` bytes of a file.
    fn new(file: File, left: u64) -> Self {
        let chunk = BytesMut::new();
        Self { file, left, chunk }
    }
}

impl Body for FileBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let this = self.get_mut();
        if this.left == 0 {
            return Poll::Ready(None);
        }
        let most = usize::try_from(this.left).map_or(CHUNK_BYTES, |left| left.min(CHUNK_BYTES));
        this.chunk.resize(most, 0);
        let mut buffer = ReadBuf::new(&mut this.chunk);
        ready!(Pin::new(&mut this.file).poll_read(context, &mut buffer))?;
        let read = buffer.filled().len();
        if read == 0 {
            // Somebody shortened the file: end the connection, not the answer.
            return Poll::Ready(Some(Err(io::ErrorKind::UnexpectedEof.into())));
        }
        this.left -= read as u64;
        let bytes = this.chunk.split_to(read).freeze();
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
