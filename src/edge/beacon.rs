//! Beacons: from a signed address to a counted event.
//!
//! `GET|POST /api/v1/track`, `POST /api/v1/impression`, `GET /api/v1/click`.
//! A refused beacon gets the same answer as a counted one, so that nobody learns why; the
//! reason is in the metrics. Only a beacon that cannot be written down is told so: 503; a click
//! leads on all the same, and is counted as lost.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use serde::Deserialize;

use super::respond::{Answer, Refusal, empty, typed};
use super::{Edge, query};
use crate::delivery::Outcome;
use crate::model::{Event, EventKind, ServedAd};
use crate::render::token::TokenRefusal;

/// A transparent image of one pixel, for players that track with `<img>`.
const PIXEL: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\
\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

/// The reason for metrics when a beacon could not be written down, and may be sent again.
const UNAVAILABLE: &str = "unavailable";

/// Why a beacon is not counted. A closed list, for metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ignored {
    /// `HEAD`, or a prefetch of something that nobody has seen yet.
    Unseen,
    /// The error address of an answer without an ad: there is nothing to count it for.
    NoAd,
    /// No event, or none of ours.
    UnknownEvent,
    /// No token, or something in its address that cannot be read.
    Malformed,
    /// The token itself is refused.
    Token(TokenRefusal),
}

impl Ignored {
    /// The word for metrics.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Unseen => "unseen",
            Self::NoAd => "no_ad",
            Self::UnknownEvent => "unknown_event",
            Self::Malformed => "malformed",
            Self::Token(TokenRefusal::Malformed) => "malformed_token",
            Self::Token(TokenRefusal::UnknownKey) => "unknown_key",
            Self::Token(TokenRefusal::BadSignature) => "bad_signature",
            Self::Token(TokenRefusal::FromTheFuture) => "from_the_future",
            Self::Token(TokenRefusal::Expired) => "expired",
        }
    }
}

/// `GET|POST|HEAD /api/v1/track?event=NAME&t=TOKEN[&code=N]`
pub(super) async fn track(
    edge: &Edge,
    method: &Method,
    headers: &HeaderMap,
    query: Option<&str>,
) -> Result<Response<Answer>, Refusal> {
    let event = read_track(query).and_then(|report| verify(edge, method, headers, &report));
    record(edge, event, UNAVAILABLE).await?;
    Ok(if wants_image(headers) {
        typed(StatusCode::OK, "image/gif", Bytes::from_static(PIXEL))
    } else {
        empty(StatusCode::NO_CONTENT)
    })
}

/// The body of `POST /api/v1/impression`; further fields are ignored.
#[derive(Deserialize)]
struct ImpressionBody {
    token: String,
}

/// `POST /api/v1/impression` with `{"token": "…"}`
pub(super) async fn impression(
    edge: &Edge,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Response<Answer>, Refusal> {
    let body: ImpressionBody = serde_json::from_slice(body)
        .map_err(|error| Refusal::Malformed(format!("the body is not a beacon: {error}")))?;
    let report = Report {
        kind: EventKind::Impression,
        token: Cow::Owned(body.token),
        error_code: None,
    };
    let event = verify(edge, &Method::POST, headers, &report);
    record(edge, event, UNAVAILABLE).await?;
    Ok(empty(StatusCode::NO_CONTENT))
}

/// `GET|HEAD /api/v1/click?t=TOKEN`: counts, and leads on to where the creative says.
///
/// The destination comes from the catalog alone, never from the address, so a link of ours
/// leads nowhere that no operator chose.
pub(super) async fn click(
    edge: &Edge,
    method: &Method,
    headers: &HeaderMap,
    query: Option<&str>,
) -> Result<Response<Answer>, Refusal> {
    const UNKNOWN: Refusal = Refusal::NotFound("link");
    let [token] = query::read(query, ["t"])?;
    let report = Report {
        kind: EventKind::Click,
        token: token.ok_or(UNKNOWN)?,
        error_code: None,
    };
    let ad = edge
        .parties
        .tokens
        .verify(&report.token, edge.parties.clock.now())
        .ok();
    let event = verify(edge, method, headers, &report);
    // A viewer is led on also while nothing can be written down: there is no second click.
    let _lost = record(edge, event, "lost_click").await;
    let target = ad.and_then(|ad| destination(edge, &ad)).ok_or(UNKNOWN)?;
    let mut response = empty(StatusCode::FOUND);
    response.headers_mut().insert(header::LOCATION, target);
    Ok(response)
}

/// Where the creative of an ad leads.
fn destination(edge: &Edge, ad: &ServedAd) -> Option<HeaderValue> {
    let catalog = edge.parties.catalog.load();
    let url = catalog.tenant(ad.tenant)?.click_url(ad.creative)?;
    HeaderValue::from_str(url).ok()
}

/// What a beacon reports, before its token is checked.
struct Report<'r> {
    kind: EventKind,
    token: Cow<'r, str>,
    error_code: Option<u16>,
}

fn read_track(query: Option<&str>) -> Result<Report<'_>, Ignored> {
    let [event, token, code, decision] = query::read(query, ["event", "t", "code", "decision"])
        .map_err(|_twice| Ignored::Malformed)?;
    let kind = event.ok_or(Ignored::UnknownEvent)?;
    let kind = kind.parse().map_err(|_unknown| Ignored::UnknownEvent)?;
    let missing = if decision.is_some() {
        Ignored::NoAd
    } else {
        Ignored::Malformed
    };
    let token = token.ok_or(missing)?;
    let error_code = code
        .filter(|_code| kind == EventKind::Error)
        .and_then(|code| read_code(&code));
    Ok(Report {
        kind,
        token,
        error_code,
    })
}

/// A VAST error code (VAST 4.2 §2.3.6); anything else is as if the player had said nothing.
fn read_code(text: &str) -> Option<u16> {
    text.parse().ok().filter(|code| (100..1000).contains(code))
}

fn verify(
    edge: &Edge,
    method: &Method,
    headers: &HeaderMap,
    report: &Report<'_>,
) -> Result<Event, Ignored> {
    if method == Method::HEAD || is_prefetch(headers) {
        return Err(Ignored::Unseen);
    }
    let at = edge.parties.clock.now();
    let ad = edge
        .parties
        .tokens
        .verify(&report.token, at)
        .map_err(Ignored::Token)?;
    Ok(Event {
        ad,
        kind: report.kind,
        error_code: report.error_code,
        at,
    })
}

/// Writes a verified event down, and tells the metrics what became of it; `unavailable` is the
/// reason where it could not be written.
async fn record(
    edge: &Edge,
    event: Result<Event, Ignored>,
    unavailable: &'static str,
) -> Result<(), Refusal> {
    let meter = &edge.meter;
    match event {
        Err(why) => meter.beacon_refused(why.as_str()),
        Ok(event) => match edge.parties.journal.record(event).await {
            Ok(Outcome::Counted) => meter.beacon_counted(event.kind),
            Ok(Outcome::Duplicate) => meter.beacon_refused("duplicate"),
            Ok(Outcome::Expired) => meter.beacon_refused("expired"),
            Err(_full_or_broken) => {
                meter.beacon_refused(unavailable);
                return Err(Refusal::Unavailable("the event could not be written down"));
            }
        },
    }
    Ok(())
}

/// How often an event that cannot be written down is tried again, and how long to wait before.
const NOTE_TRIES: u32 = 30;
const NOTE_PAUSE: std::time::Duration = std::time::Duration::from_secs(1);

/// Writes events down in their order, while nobody waits for it.
pub(super) fn note(edge: &Edge, events: Vec<Event>) {
    if events.is_empty() {
        return;
    }
    let (journal, meter) = (edge.parties.journal.clone(), Arc::clone(&edge.meter));
    tokio::spawn(async move {
        for event in events {
            for _ in 0..NOTE_TRIES {
                match journal.record(event).await {
                    Ok(Outcome::Counted) => meter.beacon_counted(event.kind),
                    Ok(Outcome::Duplicate) => meter.beacon_refused("duplicate"),
                    Ok(Outcome::Expired) => meter.beacon_refused("expired"),
                    Err(_full_or_broken) => {
                        meter.beacon_refused("unavailable");
                        tokio::time::sleep(NOTE_PAUSE).await;
                        continue;
                    }
                }
                break;
            }
        }
    });
}

/// Fetch Metadata and its two elders: loaded ahead, perhaps never to be seen.
pub(super) fn is_prefetch(headers: &HeaderMap) -> bool {
    ["sec-purpose", "purpose", "x-moz"].iter().any(|name| {
        let value = headers
            .get(*name)
            .map(HeaderValue::as_bytes)
            .unwrap_or_default();
        value
            .to_ascii_lowercase()
            .windows(8)
            .any(|word| word == b"prefetch")
            || value
                .to_ascii_lowercase()
                .windows(9)
                .any(|word| word == b"prerender")
    })
}

fn wants_image(headers: &HeaderMap) -> bool {
    let accept = headers
        .get(header::ACCEPT)
        .map(HeaderValue::as_bytes)
        .unwrap_or_default();
    accept.windows(6).any(|word| word == b"image/")
}
