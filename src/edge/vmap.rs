//! The breaks of a channel for players that ask for their ads themselves.
//!
//! `GET /api/v1/vmap?channel=…[&inline=true][&…]`: the parameters of a VAST tag, which each break's own
//! tag repeats. With `inline` the ads are decided now and stand in the document.

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};

use super::ad;
use super::respond::{Answer, Refusal, typed};
use super::{Edge, Endpoint, query as parameters};
use crate::format::vmap;
use crate::host::http::Peer;
use crate::model::ScheduledBreak;
use crate::render::vmap::{Ads, Tag, write_vmap};

/// The parameter that asks for the ads themselves.
const INLINE: &str = "inline";
/// Breaks whose ads are decided for one document at most: the rest is asked for when it comes.
const INLINE_MAX: usize = 16;

/// `GET /api/v1/vmap`
pub(super) fn answer(
    edge: &Edge,
    peer: &Peer,
    headers: &HeaderMap,
    query: Option<&str>,
) -> Result<Response<Answer>, Refusal> {
    let query = query.unwrap_or_default();
    let [inline] = parameters::read(Some(query), [INLINE])?;
    let is_inline = match inline.as_deref() {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(Refusal::field(INLINE, "must be `true` or `false`")),
    };
    let kept = query.split('&');
    let kept = kept.filter(|pair| pair.split('=').next() != Some(INLINE));
    let query = kept.collect::<Vec<_>>().join("&");
    let catalog = edge.parties.catalog.load();
    let tag = edge.tag(peer, headers, &catalog, &query)?;
    if let Err(limited) = edge.admit(Endpoint::Vmap, tag.request.tenant) {
        return Ok(limited.vmap());
    }
    let channel = tag.request.channel.ok_or(Refusal::NotFound("channel"))?;
    let tenant = catalog.tenant(tag.request.tenant);
    let known = tenant.and_then(|tenant| tenant.channel(channel));
    let stream = known.and_then(|channel| channel.spec.stream.as_ref());
    let breaks: &[ScheduledBreak] = stream.map_or(&[], |stream| &stream.breaks);
    let tag = Tag {
        public_url: &edge.parties.public_url,
        channel,
        query: &query,
    };
    let mut decided = Vec::new();
    if is_inline {
        for one in breaks.iter().take(INLINE_MAX) {
            let query = tag.query_of(one.duration);
            let document = ad::document(edge, peer, headers, &query)?;
            decided.push(String::from_utf8_lossy(&document).into_owned());
        }
    }
    let mut document = Vec::new();
    let ads = |place: usize, _one: &ScheduledBreak| match decided.get(place) {
        Some(document) => Ads::Decided(document.clone()),
        None => Ads::Asked,
    };
    write_vmap(&tag, breaks, ads, &mut document);
    Ok(typed(
        StatusCode::OK,
        vmap::CONTENT_TYPE,
        Bytes::from(document),
    ))
}
