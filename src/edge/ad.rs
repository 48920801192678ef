//! Ad requests: read, decide, reserve, render.
//!
//! `GET /api/v1/vast`, `POST /api/v1/ad-request`.

use bytes::Bytes;
use http::{Response, StatusCode};

use super::respond::{Answer, Refusal, json, typed};
use super::{Edge, request};
use crate::decision::{AdRequest, Catalog, Roll};
use crate::delivery::{Placed, Unfilled};
use crate::format::media::MediaKey;
use crate::format::vast;
use crate::render::vast::{Setting, write_ads, write_no_ad};
use crate::render::{Served, json as render_json};

/// Room for a VAST answer without growing: most are three to six kilobytes.
const VAST_BYTES: usize = 6 * 1024;

/// `GET /api/v1/vast?channel=…|campaign_id=…[&duration=SECONDS][&version=X.Y]`
pub(super) fn vast(edge: &Edge, query: Option<&str>) -> Result<Response<Answer>, Refusal> {
    let catalog = edge.parties.catalog.load();
    let call = request::vast(query, &catalog)?;
    let setting = Setting {
        version: call.version,
        public_url: &edge.parties.public_url,
        currency: None,
    };
    let mut document = Vec::with_capacity(VAST_BYTES);
    match place(edge, &catalog, &call.request)? {
        Ok(placed) => {
            serve(edge, &placed, |served| {
                write_ads(&setting, &[served], &mut document);
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

/// `POST /api/v1/ad-request` with `{"request_id": "…", "duration": SECONDS[, "channel": "ch_…"]}`
pub(super) fn ad_request(edge: &Edge, body: &[u8]) -> Result<Response<Answer>, Refusal> {
    let catalog = edge.parties.catalog.load();
    let call = request::json(body, &catalog)?;
    let answer = match place(edge, &catalog, &call.request)? {
        Ok(placed) => serve(edge, &placed, |served| {
            render_json::ad_answer(&served, &edge.parties.public_url, &call.request_id)
        })?,
        Err(unfilled) => render_json::no_ad_answer(unfilled.why, &call.request_id),
    };
    Ok(json(StatusCode::OK, &answer))
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
    let placed = placed.map_err(|_no_ids| Refusal::Unavailable("no ad can be recorded"))?;
    let took = edge.parties.clock.monotonic() - started;
    edge.meter
        .decided(took, placed.as_ref().err().map(|unfilled| unfilled.why));
    Ok(placed)
}

/// Signs an ad, finds its file, and hands both to a renderer.
fn serve<T>(
    edge: &Edge,
    placed: &Placed<'_>,
    render: impl FnOnce(Served<'_>) -> T,
) -> Result<T, Refusal> {
    let Placed { chosen, ad } = placed;
    let key = MediaKey::of(ad.tenant, &chosen.spot.media);
    let media_url = edge.parties.media_urls.url(&key, edge.parties.clock.now()).map_err(|error| {
        edge.parties.placement.withdraw(ad);
        tracing::error!(creative = %ad.creative, %error, "no address for the file of a creative");
        Refusal::Unavailable("the file of the ad cannot be addressed")
    })?;
    let token = edge.parties.tokens.mint(ad);
    Ok(render(Served {
        chosen: *chosen,
        ad,
        token: &token,
        media_url: &media_url,
    }))
}
