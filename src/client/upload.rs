//! Streams a file as `multipart/form-data` (RFC 7578): flat memory, progress told as it goes.

use std::future::Future;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;
use hyper::body::{Body, Frame, SizeHint};
use hyper::header::HeaderValue;
use tokio::io::{AsyncRead, ReadBuf};

use super::ClientError;
use super::exchange::RequestBody;

/// How much of the file is in memory at a time.
const CHUNK_BYTES: usize = 128 * 1024;

/// Told how many bytes of the file have been handed to the connection.
pub type Progress = Box<dyn FnMut(u64) + Send>;

/// A file to send, with the fields that go before it.
pub struct Upload {
    path: Option<PathBuf>,
    file_name: String,
    fields: Vec<(&'static str, String)>,
    progress: Progress,
}

impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Upload")
            .field("path", &self.path)
            .field("fields", &self.fields)
            .finish_non_exhaustive()
    }
}

impl Upload {
    /// A file of this machine.
    pub fn file(path: &Path, progress: Progress) -> Self {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Self {
            file_name: name.into_owned(),
            path: Some(path.to_owned()),
            fields: Vec::new(),
            progress,
        }
    }

    /// What comes in on standard input.
    pub fn stdin(progress: Progress) -> Self {
        Self {
            file_name: "stdin".to_owned(),
            path: None,
            fields: Vec::new(),
            progress,
        }
    }

    /// Adds a form field, where there is a value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: Option<impl ToString>) -> Self {
        if let Some(value) = value {
            self.fields.push((name, value.to_string()));
        }
        self
    }

    pub(super) fn path(&self) -> PathBuf {
        self.path
            .clone()
            .unwrap_or_else(|| PathBuf::from("standard input"))
    }

    /// Opens the file: the body, its content type, and the pulse of its sending. `key` has
    /// random hexadecimal digits that no file contains by chance.
    pub(super) async fn open(
        self,
        key: &str,
    ) -> Result<(RequestBody, HeaderValue, Pulse), ClientError> {
        let path = self.path();
        let failed = |source| ClientError::File { path, source };
        let (reader, size): (Box<dyn AsyncRead + Send + Unpin>, _) = match &self.path {
            None => (Box::new(tokio::io::stdin()), None),
            Some(path) => {
                let (file, size) = open_file(path).await.map_err(failed)?;
                (Box::new(file), size)
            }
        };
        let boundary = format!("adctl-{key}");
        let head = head(&boundary, &self.fields, &self.file_name);
        let tail = Bytes::from(format!("\r\n--{boundary}--\r\n"));
        let pulse = Pulse::default();
        let fixed = (head.len() + tail.len()) as u64;
        let body = UploadBody {
            part: Part::Head(head),
            tail,
            reader,
            buffer: BytesMut::new(),
            total: size.map(|size| size + fixed),
            left: size,
            sent: 0,
            progress: self.progress,
            pulse: pulse.clone(),
        };
        let content_type = format!("multipart/form-data; boundary={boundary}");
        let content_type = HeaderValue::try_from(content_type)
            .expect("a boundary of letters, dashes and digits is a valid header");
        Ok((body.boxed_unsync(), content_type, pulse))
    }
}

/// The file and its size; a pipe has none.
async fn open_file(path: &Path) -> io::Result<(tokio::fs::File, Option<u64>)> {
    let file = tokio::fs::File::open(path).await?;
    let facts = file.metadata().await?;
    if facts.is_dir() {
        return Err(io::Error::new(
            io::ErrorKind::IsADirectory,
            "it is a directory",
        ));
    }
    Ok((file, facts.is_file().then_some(facts.len())))
}

/// Everything before the bytes of the file. Fields go first, so that they can be judged first.
fn head(boundary: &str, fields: &[(&'static str, String)], file_name: &str) -> Bytes {
    let part = |header: &str, content: &str| {
        format!("--{boundary}\r\nContent-Disposition: form-data; {header}\r\n\r\n{content}")
    };
    let mut text: String = fields
        .iter()
        .map(|(name, value)| part(&format!("name=\"{name}\""), value) + "\r\n")
        .collect();
    let name = escape(file_name);
    let header =
        format!("name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream");
    text += &part(&header, "");
    Bytes::from(text)
}

/// A file name inside quotes, as browsers write it (RFC 7578 §2, WHATWG form encoding). Other
/// control characters go the same way, since no header may hold them.
fn escape(file_name: &str) -> String {
    let escape = |letter: char| {
        if letter == '"' || letter.is_ascii_control() {
            format!("%{:02X}", u32::from(letter))
        } else {
            letter.to_string()
        }
    };
    file_name.chars().map(escape).collect()
}

/// Which part goes out next.
enum Part {
    Head(Bytes),
    File,
    Done,
}

struct UploadBody {
    part: Part,
    tail: Bytes,
    reader: Box<dyn AsyncRead + Send + Unpin>,
    buffer: BytesMut,
    /// Length of the whole body, where known.
    total: Option<u64>,
    /// Bytes of the file still to come, where known.
    left: Option<u64>,
    sent: u64,
    progress: Progress,
    pulse: Pulse,
}

impl UploadBody {
    fn poll_file(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
        self.buffer.resize(CHUNK_BYTES, 0);
        let mut buffer = ReadBuf::new(&mut self.buffer);
        ready!(Pin::new(&mut self.reader).poll_read(cx, &mut buffer))?;
        let count = buffer.filled().len();
        if let Some(left) = &mut self.left {
            // More or less than announced would break the framing of the request.
            let changed = || io::Error::other("it changed while it was being sent");
            *left = left.checked_sub(count as u64).ok_or_else(changed)?;
            if count == 0 && *left > 0 {
                return Poll::Ready(Err(changed()));
            }
        }
        if count == 0 {
            return Poll::Ready(Ok(None));
        }
        self.sent += count as u64;
        (self.progress)(self.sent);
        Poll::Ready(Ok(Some(self.buffer.split_to(count).freeze())))
    }
}

impl Body for UploadBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let body = self.get_mut();
        body.pulse.beat();
        match std::mem::replace(&mut body.part, Part::File) {
            Part::Head(head) => Poll::Ready(Some(Ok(Frame::data(head)))),
            Part::File => match ready!(body.poll_file(cx)) {
                Ok(Some(chunk)) => Poll::Ready(Some(Ok(Frame::data(chunk)))),
                Ok(None) => {
                    body.part = Part::Done;
                    Poll::Ready(Some(Ok(Frame::data(body.tail.clone()))))
                }
                Err(error) => {
                    body.part = Part::Done;
                    body.pulse.fail(&error);
                    Poll::Ready(Some(Err(error)))
                }
            },
            Part::Done => {
                body.part = Part::Done;
                Poll::Ready(None)
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        self.total
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// Whether an upload still moves, and what stopped it.
#[derive(Debug, Clone, Default)]
pub(super) struct Pulse(Arc<PulseState>);

#[derive(Debug, Default)]
struct PulseState {
    beats: AtomicU64,
    failure: Mutex<Option<io::Error>>,
}

impl Pulse {
    fn beat(&self) {
        self.0.beats.fetch_add(1, Ordering::Relaxed);
    }

    fn fail(&self, error: &io::Error) {
        let copy = io::Error::new(error.kind(), error.to_string());
        if let Ok(mut failure) = self.0.failure.lock() {
            *failure = Some(copy);
        }
    }

    /// What made the file unreadable, once.
    pub(super) fn failure(&self) -> Option<io::Error> {
        self.0.failure.lock().ok()?.take()
    }

    /// The outcome of `work`, or none when nothing moved for `limit`.
    pub(super) async fn while_beating<F: Future>(
        &self,
        limit: Duration,
        work: F,
    ) -> Option<F::Output> {
        tokio::pin!(work);
        let mut seen = self.0.beats.load(Ordering::Relaxed);
        loop {
            match tokio::time::timeout(limit, &mut work).await {
                Ok(outcome) => return Some(outcome),
                Err(_elapsed) => {
                    let now = self.0.beats.load(Ordering::Relaxed);
                    if now == seen {
                        return None;
                    }
                    seen = now;
                }
            }
        }
    }
}
