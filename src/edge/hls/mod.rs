//! Streams with ads: sessions, their playlists, and the files of ads.
//!
//! | address | file |
//! |---|---|
//! | `/hls/CHANNEL/…`, `/hls/s/SESSION/index.m3u8` | `session.rs` |
//! | `/hls/s/SESSION/…` | `playlist.rs` |
//! | `/hls/ad/…`, `/hls/file/…`, `/hls/slate/…` | `file.rs` |
//! | `/hls/CHANNEL/watch` | `watch.rs` |
//!
//! [`crate::render::stream`] has the whole list. Media are never sent through here unless they
//! are in the local store: players are led to where files are.

mod asset;
mod file;
mod playlist;
mod session;
mod watch;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};

use super::Edge;
use super::respond::{Answer, Refusal, typed};
use crate::host::http::Peer;
use crate::render::stream::{ChannelPart, SessionPart, StreamAddress};

/// Of playlists (rfc8216bis §4).
const PLAYLIST_TYPE: &str = "application/vnd.apple.mpegurl";

/// What a request of a player says, without its body.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// Who is connected.
    pub(super) peer: &'a Peer,
    /// How it is asked.
    pub(super) method: &'a Method,
    /// The headers.
    pub(super) headers: &'a HeaderMap,
    /// What for.
    pub(super) path: &'a str,
    /// With which parameters.
    pub(super) query: Option<&'a str>,
}

/// Answers anything under `/hls/`.
pub(super) async fn answer(edge: &Edge, asked: Asked<'_>) -> Result<Response<Answer>, Refusal> {
    const UNKNOWN: Refusal = Refusal::NotFound("stream");
    if asked.path == watch::SCRIPT_PATH || asked.path == watch::PLAYER_PATH {
        get(&asked)?;
        return watch::script(edge, asked.path);
    }
    let address = StreamAddress::read(asked.path).ok_or(UNKNOWN)?;
    match address {
        StreamAddress::Channel {
            channel,
            asset,
            part,
        } => match part {
            ChannelPart::Index => {
                get(&asked)?;
                session::index(edge, &asked, channel, asset).await
            }
            ChannelPart::Session => {
                only(&asked, &[Method::POST])?;
                session::begin(edge, &asked, channel, asset).await
            }
            ChannelPart::Watch => {
                get(&asked)?;
                watch::page(edge, channel)
            }
        },
        StreamAddress::Session { session, part } => {
            get(&asked)?;
            let session = edge.parties.streams.session(session);
            let session = session.ok_or(Refusal::NotFound("session"))?;
            match part {
                SessionPart::Index => session::again(edge, &session).await,
                SessionPart::Rendition(number) => playlist::media(edge, &session, number).await,
                SessionPart::Assets(no) => playlist::assets(edge, &asked, &session, no).await,
                SessionPart::Tracking => playlist::tracking(edge, &asked, &session).await,
            }
        }
        StreamAddress::Ad {
            token,
            profile,
            part,
            seen,
        } => {
            get(&asked)?;
            let ad = file::AdFile {
                token,
                profile,
                part,
                seen,
            };
            file::ad(edge, &asked, ad).await
        }
        StreamAddress::Slate {
            channel,
            profile,
            file,
        } => {
            get(&asked)?;
            file::slate(edge, &asked, channel, (profile, file)).await
        }
    }
}

fn get(asked: &Asked<'_>) -> Result<(), Refusal> {
    only(asked, &[Method::GET, Method::HEAD])
}

fn only(asked: &Asked<'_>, methods: &'static [Method]) -> Result<(), Refusal> {
    if methods.contains(asked.method) {
        return Ok(());
    }
    Err(Refusal::Method(methods))
}

/// A playlist for one viewer.
fn playlist(text: impl Into<Bytes>) -> Response<Answer> {
    typed(StatusCode::OK, PLAYLIST_TYPE, text.into())
}

/// Leads on to where something is, for now.
fn lead_to(url: &str) -> Result<Response<Answer>, Refusal> {
    let target = HeaderValue::from_str(url)
        .map_err(|_odd| Refusal::Unavailable("the address of the file cannot be written"))?;
    let mut response = super::respond::empty(StatusCode::FOUND);
    response.headers_mut().insert(header::LOCATION, target);
    Ok(response)
}
