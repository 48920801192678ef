//! An ad as a stream of its own, for players that put it in themselves.
//!
//! `GET /hls/ad|file/TOKEN/PROFILE/index.m3u8`, `…/TRACK.m3u8`

use http::Response;

use super::playlist as answer;
use crate::edge::respond::{Answer, Refusal};
use crate::model::rendition::{RenditionSet, StreamProfile};
use crate::render::asset;
use crate::render::stream::AdPart;

/// The multivariant playlist of an ad, or one of its media playlists.
pub(super) fn playlist(
    profile: &StreamProfile,
    set: &RenditionSet,
    part: AdPart,
) -> Result<Response<Answer>, Refusal> {
    const UNKNOWN: Refusal = Refusal::NotFound("playlist");
    match part {
        AdPart::Index => Ok(answer(asset::index(profile, set))),
        AdPart::Playlist(track) => {
            let text = asset::playlist(set, usize::from(track));
            Ok(answer(text.ok_or(UNKNOWN)?))
        }
        AdPart::File(_) => Err(UNKNOWN),
    }
}
