//! Ad requests: read, decide, reserve, render.
//!
//! `GET /api/v1/vast`, `POST /api/v1/ad-request`, `POST /api/v2/ad-request`.

use bytes::Bytes;
use http::header::USER_AGENT;
use http::{HeaderMap, Response, StatusCode};
use smallvec::SmallVec;

use super::respond::{Answer, JSON, Refusal, typed};
use super::{Edge, Endpoint};
use crate::decision::{AdRequest, Catalog, Roll};
use crate::delivery::{Placed, PlacedAd, Unfilled};
use crate::format::media::MediaKey;
use crate::format::vast::{self, Version};
use crate::host::http::{Peer, request_id};
use crate::intake::{self, Caller, Surroundings, Tag};
use crate::render::token::Token;
use crate::render::vast::{Setting, write_ads, write_no_ad};
use crate::render::{Served, json as render_json};

/// Room for a VAST answer without growing: most are three to six kilobytes.
const VAST_BYTES: usize = 6 * 1024;

/// Room for the address of a file without growing.
const URL_BYTES: usize = 160;

/// Ads of one answer that need no memory of their own.
const ADS_INLINE: usize = 8;

/// Version of a VAST answer when the player names none.
const VERSION_DEFAULT: Version = Version::V4_2;

/// `GET /api/v1/vast?channel=…|campaign_id=…[&duration=SECONDS][&version=X.Y][&…]`
pub(super) fn vast(
    edge: &Edge,
    peer: &Peer,
    headers: &HeaderMap,
    query: Option<&str>,
) -> Result<Response<Answer>, Refusal> {
    let catalog = edge.parties.catalog.load();
    let tag = edge.tag(peer, headers, &catalog, query.unwrap_or_default())?;
    if let Err(limited) = edge.admit(Endpoint::Vast, tag.request.tenant) {
        return Ok(limited.vast(tag.version.unwrap_or(VERSION_DEFAULT)));
    }
    let document = decided(edge, &catalog, &tag)?;
    Ok(typed(
        StatusCode::OK,
        vast::CONTENT_TYPE,
        Bytes::from(document),
    ))
}

/// The VAST document that a tag with this query answers.
pub(super) fn document(
    edge: &Edge,
    peer: &Peer,
    headers: &HeaderMap,
    query: &str,
) -> Result<Vec<u8>, Refusal> {
    let catalog = edge.parties.catalog.load();
    let tag = edge.tag(peer, headers, &catalog, query)?;
    decided(edge, &catalog, &tag)
}

/// The VAST document that answers a tag.
fn decided(edge: &Edge, catalog: &Catalog, tag: &Tag) -> Result<Vec<u8>, Refusal> {
    let setting = Setting {
        version: tag.version.unwrap_or(VERSION_DEFAULT),
        public_url: &edge.parties.public_url,
        currency: None,
    };
    let mut document = Vec::with_capacity(VAST_BYTES);
    match place(edge, catalog, &tag.request)? {
        Ok(placed) => {
            serve(edge, &placed, |served| {
                write_ads(&setting, served, &mut document);
            })?;
        }
        Err(unfilled) => write_no_ad(&setting, unfilled.decision, &mut document),
    }
    Ok(document)
}

/// `POST /api/v1/ad-request` with `{"request_id": "…", "duration": SECONDS[, "channel": "…"]}`
pub(super) fn one(
    edge: &Edge,
    peer: &Peer,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Response<Answer>, Refusal> {
    let catalog = edge.parties.catalog.load();
    let ask = edge.read(peer, headers, &catalog, |caller, around| {
        intake::ask_one(body, caller, around)
    })?;
    edge.admit(Endpoint::AdRequest, ask.request.tenant)?;
    let id = ask.request_id.as_deref().unwrap_or_default();
    let mut document = Vec::new();
    match place(edge, &catalog, &ask.request)? {
        Ok(placed) => serve(edge, &placed, |served| {
            let first = served.first().expect("whatever is placed has an ad");
            render_json::write_ad(&edge.forms, first, id, &mut document);
        })?,
        Err(unfilled) => render_json::write_no_ad(unfilled.why, id, &mut document),
    }
    Ok(typed(StatusCode::OK, JSON, Bytes::from(document)))
}

/// `POST /api/v2/ad-request`: docs/ad-requests.md has the body.
pub(super) fn pod(
    edge: &Edge,
    peer: &Peer,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Response<Answer>, Refusal> {
    let catalog = edge.parties.catalog.load();
    let ask = edge.read(peer, headers, &catalog, |caller, around| {
        intake::ask(body, caller, around)
    })?;
    edge.admit(Endpoint::AdRequestV2, ask.request.tenant)?;
    let id = ask.request_id.as_deref();
    let setting = |decision| render_json::PodSetting {
        request_id: id.unwrap_or_else(|| request_id(headers)),
        decision,
        privacy: ask.request.privacy,
    };
    let mut document = Vec::new();
    match place(edge, &catalog, &ask.request)? {
        Ok(placed) => serve(edge, &placed, |served| {
            let setting = setting(placed.decision);
            render_json::write_pod(&edge.forms, &setting, served, &mut document);
        })?,
        Err(unfilled) => {
            let setting = setting(unfilled.decision);
            render_json::write_no_pod(&setting, unfilled.why, &mut document);
        }
    }
    Ok(typed(StatusCode::OK, JSON, Bytes::from(document)))
}

impl Edge {
    /// Reads the query of a VAST tag.
    pub(super) fn tag(
        &self,
        peer: &Peer,
        headers: &HeaderMap,
        catalog: &Catalog,
        query: &str,
    ) -> Result<Tag, Refusal> {
        self.read(peer, headers, catalog, |caller, around| {
            intake::tag(query, caller, around)
        })
    }

    /// Reads a request, with what the connection tells of who asks.
    pub(super) fn read<T>(
        &self,
        peer: &Peer,
        headers: &HeaderMap,
        catalog: &Catalog,
        read: impl FnOnce(&Caller<'_>, &Surroundings<'_>) -> Result<T, intake::Refusal>,
    ) -> Result<T, Refusal> {
        let parties = &self.parties;
        let agent = headers.get(USER_AGENT);
        let caller = Caller {
            address: parties.trusted_proxies.client_address(peer, headers),
            is_trusted: parties.trusted_proxies.has(peer),
            user_agent: agent.and_then(|agent| agent.to_str().ok()),
            now: parties.clock.now(),
        };
        let keys = parties.viewer_keys.load();
        let around = Surroundings {
            catalog,
            locate: &|address| parties.geo.as_ref()?.locate(address),
            keys: &keys,
        };
        Ok(read(&caller, &around)?)
    }
}

/// Decides and reserves, and tells the metrics.
fn place<'c>(
    edge: &Edge,
    catalog: &'c Catalog,
    request: &AdRequest,
) -> Result<Result<Placed<'c>, Unfilled>, Refusal> {
    let started = edge.parties.clock.monotonic();
    let roll = Roll(edge.parties.entropy.roll());
    let placed = edge
        .parties
        .placement
        .place(catalog, request, edge.parties.clock.now(), roll);
    let placed = placed.map_err(|_not_recorded| Refusal::Unavailable("no ad can be recorded"))?;
    let took = edge.parties.clock.monotonic() - started;
    let (why, exclusions) = match &placed {
        Ok(placed) => (None, &placed.exclusions),
        Err(unfilled) => (Some(unfilled.why), &unfilled.exclusions),
    };
    edge.meter.decided(took, why, exclusions);
    Ok(placed)
}

/// Signs the ads, finds their files, and hands all of them to a renderer.
fn serve<T>(
    edge: &Edge,
    placed: &Placed<'_>,
    render: impl FnOnce(&[Served<'_>]) -> T,
) -> Result<T, Refusal> {
    let parties = &edge.parties;
    let now = parties.clock.now();
    // All addresses one behind the other, and where each ends.
    let mut urls = String::with_capacity(URL_BYTES * placed.ads.len());
    let mut signed: SmallVec<[(usize, Token); ADS_INLINE]> = SmallVec::new();
    for PlacedAd { chosen, ad, .. } in &placed.ads {
        let key = MediaKey::of(ad.tenant, &chosen.spot.media);
        parties.media_urls.put(&key, now, &mut urls).map_err(|error| {
            parties.placement.withdraw(placed);
            tracing::error!(creative = %ad.creative, %error, "no address for the file of a creative");
            Refusal::Unavailable("the file of the ad cannot be addressed")
        })?;
        signed.push((urls.len(), parties.tokens.mint(ad)));
    }
    let mut rest = urls.as_str();
    let mut taken = 0;
    let served = placed.ads.iter().zip(&signed);
    let served: SmallVec<[Served<'_>; ADS_INLINE]> = served
        .map(|(PlacedAd { chosen, ad, .. }, (end, token))| {
            let (media_url, others) = rest.split_at(end - taken);
            (rest, taken) = (others, *end);
            Served {
                chosen: *chosen,
                ad,
                token,
                media_url,
            }
        })
        .collect();
    Ok(render(&served))
}
