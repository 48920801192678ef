//! The form of an upload (RFC 7578): short texts into memory, the file into the spool as it comes.
//!
//! Whatever is wrong is refused as soon as it can be known: the announced size, texts that came
//! before the file, the first bytes of the file, each byte above the limit, then the whole.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};
use http::HeaderMap;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, EXPECT};
use multer::{Constraints, Field, Multipart, SizeLimit};
use serde_json::{Map, Value};

use super::call::Call;
use super::input::{self, Form};
use super::respond::Refusal;
use super::upload::Uploads;
use crate::api::nearest;
use crate::format::media::{Probe, ProbeError, SNIFF_BYTES, probe, sniff};
use crate::model::name::{NAME_CHARS_MAX, is_unprintable};
use crate::model::{CreativeSpec, Problem};
use crate::store::spool::{SpoolFile, Spooled};

/// Bytes of one text of a form.
const TEXT_BYTES_MAX: usize = 16 * 1024;
/// Bytes of a form beside its file: texts, heads of parts, boundaries.
const FRAME_BYTES_MAX: u64 = 256 * 1024;
/// Bytes that may wait for the end of the head of a part.
const HEAD_BYTES_MAX: usize = 16 * 1024;
/// What is still read of a refused form, so that its sender gets to read the answer.
const DISCARD_BYTES_MAX: usize = 8 << 20;
/// How long that may take.
const DISCARD_MAX: Duration = Duration::from_millis(500);

const FORM_TYPE: &str = "multipart/form-data";
const FILE: &str = "file";
const TEXTS: [&str; 7] = [
    "name",
    "weight",
    "click_url",
    "start",
    "end",
    "caps",
    "targeting",
];

/// A form that came whole, with a file that can be shown.
#[derive(Debug)]
pub(crate) struct Received {
    /// What was decided about the creative.
    pub(crate) spec: CreativeSpec,
    /// The file.
    pub(crate) spooled: Spooled,
    /// What was found in it.
    pub(crate) probe: Probe,
}

/// Reads the form of a call.
pub(crate) async fn receive(uploads: &Uploads, call: &mut Call) -> Result<Received, Refusal> {
    let (headers, body) = call.stream();
    let boundary = boundary(headers)?;
    let source = Source::new(body);
    let received = async {
        check_announced(headers, uploads.bytes_max)?;
        let limit = uploads.bytes_max.saturating_add(FRAME_BYTES_MAX);
        let limits = Constraints::new().size_limit(SizeLimit::new().whole_stream(limit));
        let form = Multipart::with_constraints(source.clone(), boundary, limits);
        read_form(uploads, form, &source).await
    };
    let received = received.await;
    // One who asked before sending has sent nothing yet (RFC 9110 §10.1.1).
    if received.is_err() && !headers.contains_key(EXPECT) {
        source.discard().await;
    }
    received
}

fn boundary(headers: &HeaderMap) -> Result<String, Refusal> {
    let refused = || Refusal::UnsupportedMedia(FORM_TYPE);
    let mut given = headers.get_all(CONTENT_TYPE).iter();
    let (Some(only), None) = (given.next(), given.next()) else {
        return Err(refused());
    };
    let text = only.to_str().map_err(|_not_text| refused())?;
    multer::parse_boundary(text).map_err(|_other_type| refused())
}

fn check_announced(headers: &HeaderMap, max: u64) -> Result<(), Refusal> {
    let announced = headers.get(CONTENT_LENGTH);
    let announced = announced.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    match announced {
        Some(length) if length > max.saturating_add(FRAME_BYTES_MAX) => {
            Err(Refusal::TooLarge { max })
        }
        _ => Ok(()),
    }
}

async fn read_form(
    uploads: &Uploads,
    mut form: Multipart<'static>,
    source: &Source,
) -> Result<Received, Refusal> {
    let mut texts = Map::new();
    let mut file = None;
    let refused = |error| refusal(&error, uploads.bytes_max);
    while let Some(mut field) = form.next_field().await.map_err(refused)? {
        source.claimed();
        let name: String = field.name().unwrap_or_default().chars().take(64).collect();
        if texts.contains_key(&name) || (name == FILE && file.is_some()) {
            return Err(Refusal::invalid(name, "is given twice"));
        }
        if name == FILE {
            let suggested = field.file_name().and_then(name_of_file);
            // The texts so far must be right before a long file is read.
            plan(
                &texts,
                suggested.clone().or_else(|| Some("file".to_owned())),
            )?;
            let spooled = read_file(uploads, &mut field, source).await?;
            file = Some((spooled, suggested));
        } else if TEXTS.contains(&name.as_str()) {
            let text = read_text(&name, &mut field, source)
                .await
                .map_err(|fault| match fault {
                    TextFault::Form(error) => refused(error),
                    TextFault::Refused(refusal) => refusal,
                })?;
            texts.insert(name, text);
        } else {
            let near = nearest(&name, TEXTS.into_iter().chain([FILE]));
            let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            return Err(Refusal::invalid(
                name,
                format!("is not a field of this form{hint}"),
            ));
        }
    }
    let Some((spooled, suggested)) = file else {
        return Err(Refusal::invalid(FILE, "is required"));
    };
    let spec = plan(&texts, suggested)?;
    let (spooled, probe) = look_into(uploads, spooled).await?;
    Ok(Received {
        spec,
        spooled,
        probe,
    })
}

/// What the texts decide about the creative, with the name its file suggests.
fn plan(texts: &Map<String, Value>, suggested: Option<String>) -> Result<CreativeSpec, Refusal> {
    if suggested.is_none() && !texts.contains_key("name") {
        let message = "is required: the name of the file suggests none";
        return Err(Refusal::Invalid(vec![Problem::new("name", message)]));
    }
    let base = CreativeSpec::of(suggested.unwrap_or_default());
    let form = Form::read(&Value::Object(texts.clone()));
    let (spec, _no_status) = input::creative(form, base).map_err(Refusal::Invalid)?;
    Ok(spec)
}

/// Why a text of a form cannot be had.
enum TextFault {
    Form(multer::Error),
    Refused(Refusal),
}

/// A text as the JSON value it would be: the weight a number, an empty address or instant none,
/// rules the value that is written in them.
async fn read_text(
    name: &str,
    field: &mut Field<'static>,
    source: &Source,
) -> Result<Value, TextFault> {
    let refused = |message: &str| TextFault::Refused(Refusal::invalid(name, message));
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(TextFault::Form)? {
        source.claimed();
        bytes.extend_from_slice(&chunk);
        if bytes.len() > TEXT_BYTES_MAX {
            return Err(refused("is far too long"));
        }
    }
    let text = String::from_utf8(bytes).map_err(|_bytes| refused("is not UTF-8 text"))?;
    Ok(match name {
        "weight" => match text.parse::<u64>() {
            Ok(number) => number.into(),
            Err(_not_a_number) => text.into(),
        },
        "click_url" | "start" | "end" if text.is_empty() => Value::Null,
        "caps" | "targeting" => serde_json::from_str(&text)
            .map_err(|error| refused(&format!("is not JSON: {error}")))?,
        _ => text.into(),
    })
}

async fn read_file(
    uploads: &Uploads,
    field: &mut Field<'static>,
    source: &Source,
) -> Result<Spooled, Refusal> {
    let max = uploads.bytes_max;
    let mut file = uploads.spool.create().await.map_err(disk)?;
    let mut head = Vec::with_capacity(SNIFF_BYTES);
    while let Some(chunk) = field.chunk().await.map_err(|error| refusal(&error, max))? {
        source.claimed();
        if file.bytes().saturating_add(chunk.len() as u64) > max {
            return Err(Refusal::TooLarge { max });
        }
        if head.len() < SNIFF_BYTES {
            let wanted = SNIFF_BYTES - head.len();
            head.extend(chunk.iter().take(wanted));
            if head.len() == SNIFF_BYTES {
                sniff(&head).map_err(unfit)?;
            }
        }
        write(&mut file, &chunk).await?;
    }
    sniff(&head).map_err(unfit)?;
    file.finish().await.map_err(disk)
}

async fn write(file: &mut SpoolFile, chunk: &Bytes) -> Result<(), Refusal> {
    file.write(chunk).await.map_err(disk)
}

/// Looks into the whole file: it must be video that plays long enough and not too long.
async fn look_into(uploads: &Uploads, spooled: Spooled) -> Result<(Spooled, Probe), Refusal> {
    let looked = tokio::task::spawn_blocking(move || {
        let found = std::fs::File::open(spooled.path())
            .map_err(ProbeError::Unreadable)
            .and_then(probe);
        (spooled, found)
    });
    let (spooled, found) = looked.await.map_err(Refusal::internal)?;
    let probe = found.map_err(unfit)?;
    let (length, max) = (probe.duration, uploads.duration_max);
    if length > max {
        let message = format!("plays for {} ms; at most {} ms are taken", length.0, max.0);
        return Err(Refusal::invalid(FILE, message));
    }
    Ok((spooled, probe))
}

fn unfit(error: ProbeError) -> Refusal {
    match error {
        ProbeError::Unreadable(error) => disk(error),
        other => Refusal::invalid(FILE, other.to_string()),
    }
}

fn disk(error: std::io::Error) -> Refusal {
    Refusal::Unavailable(error.into())
}

fn refusal(error: &multer::Error, max: u64) -> Refusal {
    match error {
        multer::Error::StreamSizeExceeded { .. } => Refusal::TooLarge { max },
        multer::Error::StreamReadFailed(cause) if cause.is::<LongHead>() => {
            Refusal::invalid("body", LongHead.to_string())
        }
        multer::Error::StreamReadFailed(_)
        | multer::Error::IncompleteStream
        | multer::Error::IncompleteHeaders
        | multer::Error::IncompleteFieldData { .. } => {
            Refusal::invalid("body", "is cut off: the form has no end")
        }
        _ => Refusal::invalid("body", "is not a form: the head of a part cannot be read"),
    }
}

/// A name for a creative from the name of its file: the last part, without its extension,
/// without what a name may not have. None when nothing is left.
fn name_of_file(file: &str) -> Option<String> {
    // Quotes and line ends inside a quoted name (WHATWG form encoding).
    let file = file
        .replace("%22", "\"")
        .replace("%0D", "")
        .replace("%0A", "");
    let last = file.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = match last.rsplit_once('.') {
        Some((stem, _extension)) if !stem.is_empty() => stem,
        _ => last,
    };
    let printable: String = stem
        .chars()
        .filter(|&c| !is_unprintable(c))
        .take(NAME_CHARS_MAX)
        .collect();
    let name = printable.trim_matches(|c: char| c.is_whitespace() || c == '.');
    (!name.is_empty()).then(|| name.to_owned())
}

/// The head of a part does not end.
#[derive(Debug, thiserror::Error)]
#[error("has a part with a head of more than {HEAD_BYTES_MAX} bytes")]
struct LongHead;

/// The bytes of a form, handed out no faster than they are used.
///
/// The parser takes what is ready until nothing is, and waits for the end of a head however long
/// it is. Here nothing is ready after each piece, and what was not used has a limit.
#[derive(Debug, Clone)]
struct Source(Arc<Mutex<Flow>>);

#[derive(Debug)]
struct Flow {
    body: BodyDataStream,
    unclaimed: usize,
    pausing: bool,
}

impl Source {
    fn new(body: Body) -> Self {
        Self(Arc::new(Mutex::new(Flow {
            body: body.into_data_stream(),
            unclaimed: 0,
            pausing: false,
        })))
    }

    fn flow(&self) -> std::sync::MutexGuard<'_, Flow> {
        // A panic within a poll ends the request; what it left is never read again.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was handed out has been used.
    fn claimed(&self) {
        self.flow().unclaimed = 0;
    }

    /// Reads a little on for nothing: a connection that is closed over unread bytes may lose the
    /// answer that was sent before.
    async fn discard(&self) {
        let mut left = DISCARD_BYTES_MAX;
        let reading = std::future::poll_fn(|context| {
            while left > 0 {
                match self.flow().body.poll_next_unpin(context) {
                    Poll::Ready(Some(Ok(bytes))) => left = left.saturating_sub(bytes.len().max(1)),
                    Poll::Ready(_) => return Poll::Ready(()),
                    Poll::Pending => return Poll::Pending,
                }
            }
            Poll::Ready(())
        });
        // Late is as good as done.
        tokio::time::timeout(DISCARD_MAX, reading).await.ok();
    }
}

impl Stream for Source {
    type Item = Result<Bytes, Box<dyn std::error::Error + Send + Sync>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut flow = self.flow();
        if std::mem::take(&mut flow.pausing) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if flow.unclaimed > HEAD_BYTES_MAX {
            return Poll::Ready(Some(Err(LongHead.into())));
        }
        let next = flow.body.poll_next_unpin(context);
        if let Poll::Ready(Some(Ok(bytes))) = &next {
            flow.unclaimed += bytes.len();
            flow.pausing = true;
        }
        next.map(|bytes| bytes.map(|bytes| bytes.map_err(Into::into)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_become_names() {
        let long = format!("{}.mp4", "x".repeat(400));
        for (file, name) in [
            ("spring.mp4", Some("spring")),
            ("Spring Launch.final.MP4", Some("Spring Launch.final")),
            ("../../etc/passwd", Some("passwd")),
            ("..\\..\\windows\\win.ini", Some("win")),
            ("/absolute/film.webm", Some("film")),
            ("C:\\films\\film.mov", Some("film")),
            ("%22Spring%22%0D%0A.mp4", Some("\"Spring\"")),
            ("..%2ffilm.mp4", Some("%2ffilm")),
            ("Čaj & Káva.mp4", Some("Čaj & Káva")),
            ("a\u{202e}4pm.mp4", Some("a4pm")),
            ("a\0b\u{1b}[2J.mp4", Some("ab[2J")),
            (" .spring. .mp4", Some("spring")),
            (".mp4", Some("mp4")),
            ("mp4", Some("mp4")),
            ("", None),
            ("/", None),
            ("..", None),
            ("\u{200b}.mp4", None),
            ("．．／film.mp4", Some("．．／film")),
        ] {
            assert_eq!(name_of_file(file).as_deref(), name, "{file:?}");
        }
        assert_eq!(
            name_of_file(&long).map(|name| name.len()),
            Some(NAME_CHARS_MAX)
        );
    }
}
