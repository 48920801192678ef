//! One GET: guarded, bounded in time and bytes, redirects followed and each of them judged.

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{
    ACCEPT, ACCEPT_ENCODING, AGE, DATE, ETAG, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    LAST_MODIFIED, LOCATION, RETRY_AFTER, USER_AGENT,
};
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode, Uri};
use http_body_util::Empty;
use hyper::body::Incoming;
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::time::timeout;
use url::Url;

use super::body::read_whole;
use super::dial::{Connector, DialError};
use super::error::{Cause, FetchError, Misdirection, Part, Phase};
use super::guard::{Guard, NoAddress};
use crate::host::tls::{TlsError, client_config};

/// Redirects that are followed.
const HOPS_MAX: usize = 3;
/// Status line and headers of an answer, in bytes.
const HEAD_BYTES_MAX: usize = 32 * 1_024;
/// Headers of an answer.
const HEADERS_MAX: usize = 100;
/// Connections to one origin that are kept for the next request.
const IDLE_MAX: usize = 16;
/// How long they are kept.
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);
/// An origin that wants to be left alone for longer is asked again after this.
const RETRY_AFTER_MAX: Duration = Duration::from_secs(30);
/// What we call ourselves to origins.
const AGENT: &str = concat!("adserved/", env!("CARGO_PKG_VERSION"));

/// The bounds of a fetch.
#[derive(Debug, Clone)]
pub struct FetchLimits {
    /// Until there is a connection, name and TLS included.
    pub connect_timeout: Duration,
    /// From the request, connecting included, to the head of its answer.
    pub head_timeout: Duration,
    /// Everything, redirects included.
    pub whole_timeout: Duration,
    /// Of a body, on the wire and after decompression.
    pub body_bytes_max: usize,
    /// The only certificates that are trusted, instead of the public ones.
    pub ca_file: Option<PathBuf>,
}

/// Fetches. Cheap to clone; the clones share connections.
#[derive(Debug, Clone)]
pub struct Fetcher {
    client: Client<Connector, Empty<Bytes>>,
    guard: Guard,
    limits: Arc<FetchLimits>,
}

/// What makes a later request for the same cheap.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Validators {
    /// As the origin wrote it.
    pub etag: Option<HeaderValue>,
    /// As the origin wrote it.
    pub last_modified: Option<HeaderValue>,
}

/// What was known of a URL before.
#[derive(Debug, Clone, Copy)]
pub struct Known<'k> {
    /// Where it was found, after redirects.
    pub url: &'k Url,
    /// What can be asked about it.
    pub validators: &'k Validators,
}

/// An answer that is of use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The whole of it.
    Whole(Box<Whole>),
    /// What was known is true still.
    Unchanged {
        /// How old the answer was when it came, by the word of caches on the way.
        age: Duration,
    },
}

/// A body and what was said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// Decompressed.
    pub bytes: Bytes,
    /// Where it was found, after redirects: what relative addresses in it are relative to.
    pub url: Url,
    /// To ask for it again.
    pub validators: Validators,
    /// How old it was when it came, by the word of caches on the way.
    pub age: Duration,
    /// When the origin wrote it, by its own clock, as it wrote that.
    pub date: Option<HeaderValue>,
}

/// What a hop came to.
enum Hop {
    Answer(Answer),
    Onward(Url),
}

impl Fetcher {
    /// Fetches what `guard` allows, within `limits`.
    pub fn new(guard: Guard, limits: FetchLimits) -> Result<Self, TlsError> {
        let tls = Arc::new(client_config(limits.ca_file.as_deref())?);
        let connector = Connector::new(guard.clone(), tls, limits.connect_timeout);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIMEOUT)
            .pool_max_idle_per_host(IDLE_MAX)
            .http1_max_buf_size(HEAD_BYTES_MAX)
            .http1_max_headers(HEADERS_MAX)
            .build(connector);
        Ok(Self {
            client,
            guard,
            limits: Arc::new(limits),
        })
    }

    /// Gets a URL, or learns that what is known of it is true still.
    pub async fn get(&self, url: &Url, known: Option<Known<'_>>) -> Result<Answer, FetchError> {
        let patience = self.limits.whole_timeout;
        let late = |_elapsed| {
            let phase = Phase::Whole;
            Err(FetchError::at(url, Cause::Timeout { phase }))
        };
        timeout(patience, self.follow(url, known))
            .await
            .unwrap_or_else(late)
    }

    async fn follow(&self, url: &Url, known: Option<Known<'_>>) -> Result<Answer, FetchError> {
        let mut visited = vec![url.clone()];
        let mut url = url.clone();
        loop {
            let known = known.filter(|known| *known.url == url);
            let hop = self.hop(&url, known.map(|known| known.validators)).await;
            let next = match hop.map_err(|cause| FetchError::at(&url, cause))? {
                Hop::Answer(answer) => return Ok(answer),
                Hop::Onward(next) => next,
            };
            let astray = if visited.contains(&next) {
                Some(Misdirection::Loop)
            } else if visited.len() > HOPS_MAX {
                Some(Misdirection::TooMany)
            } else if url.scheme() == "https" && next.scheme() != "https" {
                Some(Misdirection::Downgrade)
            } else {
                None
            };
            if let Some(astray) = astray {
                return Err(FetchError::at(&url, Cause::Redirect(astray)));
            }
            visited.push(next.clone());
            url = next;
        }
    }

    async fn hop(&self, url: &Url, validators: Option<&Validators>) -> Result<Hop, Cause> {
        self.guard.check(url)?;
        let request = request(url, validators)?;
        let answer = timeout(self.limits.head_timeout, self.client.request(request)).await;
        let late = |_elapsed| Cause::Timeout { phase: Phase::Head };
        let answer = answer.map_err(late)?.map_err(|error| cause_of(&error))?;
        let age = seconds(answer.headers(), AGE).unwrap_or_default();
        match answer.status() {
            StatusCode::OK => {
                let whole = self.whole(url.clone(), age, answer).await?;
                Ok(Hop::Answer(Answer::Whole(Box::new(whole))))
            }
            StatusCode::NOT_MODIFIED if validators.is_some() => {
                Ok(Hop::Answer(Answer::Unchanged { age }))
            }
            StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT => location(url, answer.headers()).map(Hop::Onward),
            status => {
                let retry_after = seconds(answer.headers(), RETRY_AFTER);
                Err(Cause::Status {
                    status,
                    retry_after: retry_after.map(|span| span.min(RETRY_AFTER_MAX)),
                })
            }
        }
    }

    async fn whole(
        &self,
        url: Url,
        age: Duration,
        answer: Response<Incoming>,
    ) -> Result<Whole, Cause> {
        let (head, body) = answer.into_parts();
        let bytes = read_whole(&head.headers, body, self.limits.body_bytes_max).await?;
        let header = |name| head.headers.get(name).cloned();
        Ok(Whole {
            bytes,
            url,
            validators: Validators {
                etag: header(ETAG),
                last_modified: header(LAST_MODIFIED),
            },
            age,
            date: header(DATE),
        })
    }
}

fn request(url: &Url, validators: Option<&Validators>) -> Result<Request<Empty<Bytes>>, Cause> {
    let mut plain = url.clone();
    plain.set_fragment(None);
    let uri: Uri = plain
        .as_str()
        .parse()
        .map_err(|error: http::uri::InvalidUri| Cause::Protocol(error.to_string()))?;
    let mut request = Request::new(Empty::new());
    *request.uri_mut() = uri;
    let headers = request.headers_mut();
    headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
    headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    if let Some(Validators {
        etag,
        last_modified,
    }) = validators
    {
        let conditions = [(IF_NONE_MATCH, etag), (IF_MODIFIED_SINCE, last_modified)];
        for (name, value) in conditions {
            if let Some(value) = value {
                headers.insert(name, value.clone());
            }
        }
    }
    Ok(request)
}

/// Where a redirect leads: said once, and a URL.
fn location(url: &Url, headers: &HeaderMap) -> Result<Url, Cause> {
    let nowhere = || Cause::Redirect(Misdirection::Location);
    let mut lines = headers.get_all(LOCATION).iter();
    let (Some(line), None) = (lines.next(), lines.next()) else {
        return Err(nowhere());
    };
    let text = str::from_utf8(line.as_bytes()).map_err(|_odd| nowhere())?;
    if text.trim().is_empty() {
        return Err(nowhere());
    }
    let mut next = url.join(text).map_err(|_odd| nowhere())?;
    next.set_fragment(None);
    Ok(next)
}

/// A header of whole seconds. The form of `Retry-After` that is a date counts as absent.
fn seconds(headers: &HeaderMap, name: HeaderName) -> Option<Duration> {
    let text = headers.get(name)?.to_str().ok()?;
    // Ages beyond 2^31 are said as 2^31 (RFC 9111 §1.2.2).
    let seconds: u32 = text.trim().parse().ok()?;
    Some(Duration::from_secs(seconds.into()))
}

/// What is wrong, from what the client says.
pub(super) fn cause_of(error: &(dyn Error + 'static)) -> Cause {
    let mut cause = Some(error);
    while let Some(inner) = cause {
        if let Some(known) = known_cause(inner) {
            return known;
        }
        // An error that wraps another in an `io::Error` hides it from `source`.
        let wrapped = inner
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        cause = match wrapped {
            Some(wrapped) => Some(wrapped),
            None => inner.source(),
        };
    }
    Cause::Connect(error.to_string())
}

fn known_cause(error: &(dyn Error + 'static)) -> Option<Cause> {
    if let Some(error) = error.downcast_ref::<DialError>() {
        return Some(match error {
            DialError::Guard(NoAddress::Forbidden(why)) => Cause::Forbidden(why.clone()),
            DialError::Guard(other) => Cause::Lookup(other.to_string()),
            DialError::Connect(error) => Cause::Connect(error.to_string()),
            DialError::Timeout => Cause::Timeout {
                phase: Phase::Connect,
            },
        });
    }
    if let Some(error) = error.downcast_ref::<rustls::Error>() {
        return Some(Cause::Tls(error.to_string()));
    }
    let error = error.downcast_ref::<hyper::Error>()?;
    if error.is_parse_too_large() {
        return Some(Cause::TooLarge {
            part: Part::Head,
            max: HEAD_BYTES_MAX,
        });
    }
    // A body in chunks that breaks off is an I/O error inside.
    let is_cut = error.is_incomplete_message() || error.is_closed() || is_io(error);
    match () {
        () if is_cut => Some(Cause::Truncated),
        () if error.is_parse() => Some(Cause::Protocol(error.to_string())),
        () => None,
    }
}

/// Whether reading or writing itself failed.
fn is_io(error: &hyper::Error) -> bool {
    error
        .source()
        .is_some_and(|source| source.downcast_ref::<std::io::Error>().is_some())
}
