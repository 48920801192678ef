//! Ad requests: read, decide, reserve, render.
//!
//! `GET /api/v1/vast`, `POST /api/v1/ad-request`, `POST /api/v2/ad-request`.

use bytes::Bytes;
use http::header::USER_AGENT;
use http::{HeaderMap, Response, StatusCode};
use smallvec::SmallVec;

use super::Edge;
use super::respond::{Answer, Refusal, json, typed};
use crate::decision::{AdRequest, Catalog, Roll};
use crate::delivery::{Placed, PlacedAd, Unfilled};
use crate::format::media::MediaKey;
use crate::format::vast::{self, Version};
use crate::host::http::{Peer, request_id};
use crate::intake::{self, Caller, Surroundings};
use crate::render::vast::{Setting, write_ads, write_no_ad};
use crate::render::{Served, json as render_json};

/// Room for a VAST answer without growing: most are three to six kilobytes.
const VAST_BYTES: usize = 6 * 1024;

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
    let query = query.unwrap_or_default();
    let tag = edge.read(peer, headers, &catalog, |caller, around| {
        intake::tag(query, caller, around)
    })?;
    let setting = Setting {
        version: tag.version.unwrap_or(VERSION_DEFAULT),
        public_url: &edge.parties.public_url,
        currency: None,
    };
    let mut document = Vec::with_capacity(VAST_BYTES);
    match place(edge, &catalog, &tag.request)? {
        Ok(placed) => {
            serve(edge, &placed, |served| {
                write_ads(&setting, served, &mut document);
            })?;
        }
        Err(unfilled) => write_no_ad(&setting, unfilled.decision, &mut document),
    }
    Ok(typed(
        StatusCode::OK,
        vast::CONTENT_TYPE,
        Bytes::from(document),
    ))
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
    let id = ask.request_id.as_deref().unwrap_or_default();
    let answer = match place(edge, &catalog, &ask.request)? {
        Ok(placed) => serve(edge, &placed, |served| {
            let first = served.first().expect("whatever is placed has an ad");
            render_json::ad_answer(first, &edge.parties.public_url, id)
        })?,
        Err(unfilled) => render_json::no_ad_answer(unfilled.why, id),
    };
    Ok(json(StatusCode::OK, &answer))
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
    let id = ask.request_id.as_deref();
    let setting = render_json::PodSetting {
        public_url: &edge.parties.public_url,
        request_id: id.unwrap_or_else(|| request_id(headers)),
        privacy: ask.request.privacy,
    };
    let answer = match place(edge, &catalog, &ask.request)? {
        Ok(placed) => serve(edge, &placed, |served| {
            render_json::pod_answer(&setting, placed.decision, served)
        })?,
        Err(unfilled) => render_json::no_pod_answer(&setting, unfilled.decision, unfilled.why),
    };
    Ok(json(StatusCode::OK, &answer))
}

impl Edge {
    /// Reads a request, with what the connection tells of who asks.
    fn read<T>(
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
    let mut urls: SmallVec<[_; 1]> = SmallVec::new();
    for PlacedAd { chosen, ad, .. } in &placed.ads {
        let key = MediaKey::of(ad.tenant, &chosen.spot.media);
        let url = parties.media_urls.url(&key, parties.clock.now()).map_err(|error| {
            parties.placement.withdraw(placed);
            tracing::error!(creative = %ad.creative, %error, "no address for the file of a creative");
            Refusal::Unavailable("the file of the ad cannot be addressed")
        })?;
        urls.push((url, parties.tokens.mint(ad)));
    }
    let served = placed.ads.iter().zip(&urls);
    let served: SmallVec<[Served<'_>; 1]> = served
        .map(|(PlacedAd { chosen, ad, .. }, (media_url, token))| Served {
            chosen: *chosen,
            ad,
            token,
            media_url,
        })
        .collect();
    Ok(render(&served))
}
