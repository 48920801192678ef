//! What a session asks for again and again: media playlists, asset lists, its tracking document.

use std::sync::Arc;

use bytes::Bytes;
use http::{Response, StatusCode};

use super::{Asked, playlist};
use crate::delivery::streams::{PlayError, Session};
use crate::edge::Edge;
use crate::edge::query;
use crate::edge::respond::{Answer, Refusal, typed};
use crate::model::Micros;
use crate::stitch::guided::{read_offset, read_token};

/// `GET /hls/s/SESSION/N.m3u8`
pub(super) async fn media(
    edge: &Edge,
    session: &Arc<Session>,
    rendition: u16,
) -> Result<Response<Answer>, Refusal> {
    let streams = &edge.parties.streams;
    let text = streams
        .playlist(session, rendition)
        .await
        .map_err(refused)?;
    Ok(playlist(text))
}

/// `GET /hls/s/SESSION/assets/BREAK.json[?_HLS_start_offset=SECONDS]`
pub(super) async fn assets(
    edge: &Edge,
    asked: &Asked<'_>,
    session: &Arc<Session>,
    no: u32,
) -> Result<Response<Answer>, Refusal> {
    const OFFSET: &str = "_HLS_start_offset";
    let [offset] = query::read(asked.query, [OFFSET])?;
    let offset = offset.map(|text| {
        read_offset(&text).ok_or_else(|| Refusal::field(OFFSET, "must be seconds, such as 12.5"))
    });
    let offset = offset.transpose()?.unwrap_or(Micros::ZERO);
    let streams = &edge.parties.streams;
    let list = streams.assets(session, no, offset).await;
    Ok(document(list.map_err(refused)?))
}

/// `GET /hls/s/SESSION/tracking.json[?token=NEXT]`
pub(super) async fn tracking(
    edge: &Edge,
    asked: &Asked<'_>,
    session: &Arc<Session>,
) -> Result<Response<Answer>, Refusal> {
    let [token] = query::read(asked.query, ["token"])?;
    let since = token.map(|text| {
        let unknown = || Refusal::field("token", "is not the nextToken of an earlier answer");
        read_token(&text).ok_or_else(unknown)
    });
    let since = since.transpose()?.unwrap_or(0);
    let streams = &edge.parties.streams;
    let tracking = streams.tracking(session, since).await.map_err(refused)?;
    Ok(document(tracking))
}

fn document(text: Vec<u8>) -> Response<Answer> {
    typed(StatusCode::OK, "application/json", Bytes::from(text))
}

fn refused(error: PlayError) -> Refusal {
    match error {
        PlayError::NoRendition => Refusal::NotFound("rendition"),
        PlayError::NoBreak => Refusal::NotFound("break"),
        PlayError::NoStream => Refusal::NotFound("stream"),
        PlayError::Stale => Refusal::Unavailable("the origin of the stream fails"),
        PlayError::NotKept => Refusal::Unavailable("nothing can be decided for the session now"),
    }
}
