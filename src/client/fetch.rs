//! Fetches a public address once, as a player would: to see whether a tag works.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::{BodyExt as _, Full};
use hyper::header::{CONTENT_TYPE, HOST, HeaderMap, HeaderName, LOCATION, USER_AGENT};
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;

use super::connect::connect;
use super::{ClientError, Target, tls};

/// Most redirects that are followed.
pub const REDIRECTS_MAX: usize = 5;

/// What came back from a public address.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// HTTP status.
    pub status: u16,
    /// The body, as far as it was wanted.
    pub body: Bytes,
    content_type: String,
    location: Option<String>,
}

impl Fetched {
    /// An answer with a status, a content type and a body.
    pub fn new(status: u16, content_type: &str, body: &str) -> Self {
        Self {
            status,
            body: Bytes::copy_from_slice(body.as_bytes()),
            content_type: content_type.to_owned(),
            location: None,
        }
    }

    /// What it says it is.
    pub fn content_type(&self) -> &str {
        &self.content_type
    }
}

/// Gets `url`, or posts JSON to it, within `limit`, reading no more than `bytes_max` of the
/// answer; the rest is not waited for. No redirect is followed.
pub async fn fetch(
    url: &str,
    post: Option<&serde_json::Value>,
    limit: Duration,
    bytes_max: usize,
) -> Result<Fetched, ClientError> {
    let (target, path) = split(url)?;
    let body = post.map_or_else(String::new, ToString::to_string);
    let request = Request::builder()
        .method(if post.is_some() {
            Method::POST
        } else {
            Method::GET
        })
        .uri(path)
        .header(HOST, target.authority())
        .header(USER_AGENT, concat!("adctl/", env!("CARGO_PKG_VERSION")));
    let request = match post {
        Some(_body) => request.header(CONTENT_TYPE, "application/json"),
        None => request,
    };
    let request = request
        .body(Full::new(Bytes::from(body)))
        .map_err(|_invalid| ClientError::Unsendable { what: "address" })?;
    let work = exchange(&target, request, bytes_max);
    tokio::time::timeout(limit, work)
        .await
        .map_err(|_elapsed| ClientError::Timeout {
            target: target.clone(),
            after: limit,
        })?
}

fn text_of<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Gets `url` as [`fetch`] does, and follows up to [`REDIRECTS_MAX`] redirects, each within
/// `limit`. Says which address answered.
pub async fn fetch_following(
    url: &str,
    limit: Duration,
    bytes_max: usize,
) -> Result<(Fetched, String), ClientError> {
    let mut url = url.to_owned();
    for _hop in 0..REDIRECTS_MAX {
        let fetched = fetch(&url, None, limit, bytes_max).await?;
        let target = fetched
            .location
            .as_ref()
            .filter(|_| matches!(fetched.status, 301 | 302 | 303 | 307 | 308));
        let base = url::Url::parse(&url).ok();
        let next = base.zip(target).and_then(|(base, to)| base.join(to).ok());
        match next {
            Some(next) => url = next.into(),
            None => return Ok((fetched, url)),
        }
    }
    Err(ClientError::Unsendable {
        what: "address that redirects in circles",
    })
}

fn split(url: &str) -> Result<(Target, String), ClientError> {
    let wrong = || ClientError::Unsendable { what: "address" };
    let url = url::Url::parse(url).map_err(|_unreadable| wrong())?;
    let mut origin = url.clone();
    origin.set_path("/");
    origin.set_query(None);
    origin.set_fragment(None);
    let target = origin.as_str().parse().map_err(|_other_scheme| wrong())?;
    let query = url
        .query()
        .map_or(String::new(), |query| format!("?{query}"));
    Ok((target, format!("{}{query}", url.path())))
}

async fn exchange(
    target: &Target,
    request: Request<Full<Bytes>>,
    bytes_max: usize,
) -> Result<Fetched, ClientError> {
    let broken = |source| ClientError::Broken {
        target: target.clone(),
        source,
    };
    let tls = match target {
        Target::Tls { .. } => Some(tls::connector(None)?),
        Target::Unix(_) | Target::Tcp { .. } => None,
    };
    let stream =
        connect(target, tls.as_ref())
            .await
            .map_err(|source| ClientError::Unreachable {
                target: target.clone(),
                source,
            })?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .map_err(broken)?;
    let work = async {
        let response = sender.send_request(request).await.map_err(broken)?;
        let (head, mut body) = response.into_parts();
        let mut bytes = BytesMut::new();
        while bytes.len() < bytes_max {
            let Some(frame) = body.frame().await else {
                break;
            };
            if let Ok(data) = frame.map_err(broken)?.into_data() {
                bytes.extend_from_slice(&data);
            }
        }
        let content_type = text_of(&head.headers, &CONTENT_TYPE);
        Ok(Fetched {
            status: head.status.as_u16(),
            body: bytes.freeze(),
            content_type: content_type.unwrap_or("no content type").to_owned(),
            location: text_of(&head.headers, &LOCATION).map(ToOwned::to_owned),
        })
    };
    tokio::pin!(work, connection);
    tokio::select! {
        fetched = &mut work => fetched,
        _end = &mut connection => work.await,
    }
}
