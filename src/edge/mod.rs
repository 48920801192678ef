//! Floor 6: public HTTP, for players.
//!
//! | route | file |
//! |---|---|
//! | `GET /api/v1/vmap` | `vmap.rs` |
//! | `GET /api/v1/vast`, `POST /api/v1/ad-request`, `POST /api/v2/ad-request` | `ad.rs` |
//! | `GET/POST /api/v1/track`, `POST /api/v1/impression`, `GET /api/v1/click` | `beacon.rs` |
//! | `GET /media/…` | `media.rs` |
//! | `/hls/…` | `hls/` |
//! | `GET /health`, `/livez`, `/readyz`, `/metrics` | `health.rs` |
//!
//! A handler is a table of contents: read, decide, render, respond. Nothing here can name the
//! store, so no request waits for SQLite; beacons wait for the journal alone.

mod ad;
mod beacon;
mod health;
mod hls;
pub mod media;
mod meter;
mod query;
mod quota;
mod range;
mod respond;
mod vmap;

use std::sync::Arc;

use bytes::Bytes;
use http::{Method, Request, Response};

use crate::delivery::streams::Streams;
use crate::delivery::{CatalogCell, Journal, Placement};
use crate::host::http::{
    Handler, Peer, REQUEST_ID, ReplyBody, RequestBody, TrustedProxies, allow_any_origin, preflight,
    secure,
};
use crate::host::{Clock, Entropy, Shutdown};
use crate::limits::Quotas;
use crate::render::json::Forms;
use crate::render::stream::HLS_PATH;
use crate::render::token::TokenKeys;
use crate::store::blobs::MediaUrls;
use crate::store::geo::GeoDatabase;
use crate::store::viewer_keys::ViewerKeyring;
use crate::telemetry::Metrics;
use health::Health;
use media::{FileBody, LocalMedia};
use meter::Meter;
use respond::{Answer, Refusal};

/// Largest body of an ad request or a beacon.
const BODY_BYTES_MAX: usize = 64 * 1024;

/// What the public side is built from.
#[derive(Debug)]
pub struct Parties {
    /// What is sold.
    pub catalog: CatalogCell,
    /// Decides and reserves.
    pub placement: Placement,
    /// How many requests a second tenants may send.
    pub quotas: Arc<Quotas>,
    /// Takes events.
    pub journal: Journal,
    /// Signs and checks tokens.
    pub tokens: TokenKeys,
    /// Where players reach us, without a slash at its end.
    pub public_url: String,
    /// Where players fetch creatives.
    pub media_urls: MediaUrls,
    /// Serves creatives that are kept in a local folder.
    pub local_media: Option<LocalMedia>,
    /// Streams with ads, and the sessions of those who watch them.
    pub streams: Streams,
    /// A player in JavaScript for the page that plays a channel, if the operator named one.
    pub player: Option<Bytes>,
    /// Whose word about the client's address is taken.
    pub trusted_proxies: TrustedProxies,
    /// Where addresses are, if the operator has a database of it.
    pub geo: Option<GeoDatabase>,
    /// What viewers are hashed with.
    pub viewer_keys: ViewerKeyring,
    /// Whether the daemon is about to end.
    pub shutdown: Shutdown,
    /// Counts and times.
    pub metrics: Arc<Metrics>,
    /// The time.
    pub clock: Clock,
    /// The dice.
    pub entropy: Entropy,
}

/// The public side: answers players.
#[derive(Debug)]
pub struct Edge {
    parties: Parties,
    /// What all ads in JSON have in common.
    forms: Forms,
    health: Health,
    meter: Arc<Meter>,
}

impl Edge {
    /// Puts the public side together.
    pub fn new(parties: Parties) -> Self {
        let health = Health::new(parties.journal.clone(), parties.shutdown.clone());
        let meter = Arc::new(Meter::new(Arc::clone(&parties.metrics)));
        let forms = Forms::new(&parties.public_url);
        Self {
            parties,
            forms,
            health,
            meter,
        }
    }
}

impl Handler for Edge {
    type Body = FileBody;

    async fn handle(
        &self,
        peer: &Peer,
        request: Request<RequestBody>,
    ) -> Response<ReplyBody<FileBody>> {
        if let Some(answer) = preflight(request.method(), request.headers()) {
            return answer;
        }
        let endpoint = Endpoint::of(request.uri().path());
        let id = request.headers().get(REQUEST_ID).cloned();
        let answer = self.route(endpoint, peer, request).await;
        let mut response = answer.unwrap_or_else(|refusal| refusal.respond(id.as_ref()));
        secure(response.headers_mut());
        allow_any_origin(response.headers_mut());
        self.meter.answered(endpoint, response.status());
        response
    }
}

/// What can be asked for, whatever the method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Endpoint {
    Vast,
    Vmap,
    AdRequest,
    AdRequestV2,
    Track,
    Impression,
    Click,
    Media,
    HlsSession,
    HlsPlaylist,
    HlsFile,
    Health,
    Live,
    Ready,
    Metrics,
    Unknown,
}

impl Endpoint {
    /// The words for metrics, in the order of the values.
    const NAMES: [&'static str; 16] = [
        "vast",
        "vmap",
        "ad_request",
        "ad_request_v2",
        "track",
        "impression",
        "click",
        "media",
        "hls_session",
        "hls_playlist",
        "hls_file",
        "health",
        "livez",
        "readyz",
        "metrics",
        "unknown",
    ];

    fn of(path: &str) -> Self {
        match path {
            "/api/v1/vast" => Self::Vast,
            "/api/v1/vmap" => Self::Vmap,
            "/api/v1/ad-request" => Self::AdRequest,
            "/api/v2/ad-request" => Self::AdRequestV2,
            "/api/v1/track" => Self::Track,
            "/api/v1/impression" => Self::Impression,
            "/api/v1/click" => Self::Click,
            "/health" => Self::Health,
            "/livez" => Self::Live,
            "/readyz" => Self::Ready,
            "/metrics" => Self::Metrics,
            _ if path.starts_with("/media/") => Self::Media,
            _ if path.starts_with("/hls/s/") => Self::HlsPlaylist,
            _ if ["/hls/ad/", "/hls/file/", "/hls/slate/"]
                .iter()
                .any(|prefix| path.starts_with(prefix)) =>
            {
                Self::HlsFile
            }
            _ if path.starts_with(HLS_PATH) => Self::HlsSession,
            _ => Self::Unknown,
        }
    }

    const fn methods(self) -> &'static [Method] {
        match self {
            Self::Vast | Self::Vmap => &[Method::GET],
            Self::AdRequest | Self::AdRequestV2 | Self::Impression => &[Method::POST],
            Self::Track | Self::HlsSession => &[Method::GET, Method::POST, Method::HEAD],
            Self::Click
            | Self::Media
            | Self::HlsPlaylist
            | Self::HlsFile
            | Self::Health
            | Self::Live
            | Self::Ready
            | Self::Metrics => &[Method::GET, Method::HEAD],
            Self::Unknown => &[],
        }
    }
}

impl Edge {
    async fn route(
        &self,
        endpoint: Endpoint,
        peer: &Peer,
        request: Request<RequestBody>,
    ) -> Result<Response<Answer>, Refusal> {
        if endpoint != Endpoint::Unknown && !endpoint.methods().contains(request.method()) {
            return Err(Refusal::Method(endpoint.methods()));
        }
        if endpoint == Endpoint::Media {
            let media = self
                .parties
                .local_media
                .as_ref()
                .ok_or(Refusal::NotFound("file"))?;
            return Ok(media::serve(media, &request).await);
        }
        let (parts, body) = request.into_parts();
        let (method, headers, query) = (&parts.method, &parts.headers, parts.uri.query());
        match endpoint {
            Endpoint::Vast => ad::vast(self, peer, headers, query),
            Endpoint::Vmap => vmap::answer(self, peer, headers, query),
            Endpoint::AdRequest => ad::one(self, peer, headers, &read(body).await?),
            Endpoint::AdRequestV2 => ad::pod(self, peer, headers, &read(body).await?),
            Endpoint::Track => beacon::track(self, method, headers, query).await,
            Endpoint::Impression => beacon::impression(self, headers, &read(body).await?).await,
            Endpoint::Click => beacon::click(self, method, headers, query).await,
            Endpoint::HlsSession | Endpoint::HlsPlaylist | Endpoint::HlsFile => {
                let asked = hls::Asked {
                    peer,
                    method,
                    headers,
                    path: parts.uri.path(),
                    query,
                };
                hls::answer(self, asked).await
            }
            Endpoint::Health => Ok(health::health(self)),
            Endpoint::Live => Ok(health::live()),
            Endpoint::Ready => Ok(health::ready(self)),
            Endpoint::Metrics => health::metrics(self, peer, headers),
            Endpoint::Media | Endpoint::Unknown => Err(Refusal::UnknownRoute),
        }
    }
}

async fn read(body: RequestBody) -> Result<Bytes, Refusal> {
    body.collect(BODY_BYTES_MAX).await.map_err(Refusal::from)
}
