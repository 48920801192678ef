//! A page that plays a channel in a browser, with the ads it saw and what was counted.
//!
//! Browsers that do not play HLS themselves need a player in JavaScript, which is not ours to
//! bring along: an operator may name the file of one in the configuration.

use bytes::Bytes;
use http::header::CONTENT_SECURITY_POLICY;
use http::{HeaderValue, Response, StatusCode};

use crate::edge::Edge;
use crate::edge::respond::{Answer, Refusal, typed};
use crate::model::ChannelId;

/// Where the script of the page is.
pub(super) const SCRIPT_PATH: &str = "/hls/watch.js";
/// Where the player is that an operator named.
pub(super) const PLAYER_PATH: &str = "/hls/player.js";

const PAGE: &str = include_str!("watch.html");
const SCRIPT: &str = include_str!("watch.js");

/// Nothing but ourselves may run or be asked, and media may come from anywhere.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src *; \
     media-src * blob:; worker-src 'self' blob:; img-src 'self' data:; frame-ancestors 'none'",
);

/// `GET /hls/CHANNEL/watch`
pub(super) fn page(edge: &Edge, channel: ChannelId) -> Result<Response<Answer>, Refusal> {
    let catalog = edge.parties.catalog.load();
    let known = catalog
        .tenant_of_channel(channel)
        .and_then(|tenant| tenant.channel(channel));
    let known = known.filter(|channel| channel.spec.stream.is_some());
    known.ok_or(Refusal::NotFound("stream"))?;
    let mut page = typed(
        StatusCode::OK,
        "text/html; charset=utf-8",
        Bytes::from_static(PAGE.as_bytes()),
    );
    page.headers_mut().insert(CONTENT_SECURITY_POLICY, POLICY);
    Ok(page)
}

/// The scripts of the page.
pub(super) fn script(edge: &Edge, path: &str) -> Result<Response<Answer>, Refusal> {
    let script = if path == SCRIPT_PATH {
        Bytes::from_static(SCRIPT.as_bytes())
    } else {
        let player = edge.parties.player.as_ref();
        player.ok_or(Refusal::NotFound("player"))?.clone()
    };
    Ok(typed(
        StatusCode::OK,
        "text/javascript; charset=utf-8",
        script,
    ))
}
