//! Files of ads and slates: reported if asking for them says that they are seen, and found.
//!
//! `GET /hls/ad|file/TOKEN/PROFILE/…`, `GET /hls/slate/CHANNEL/PROFILE/TRACK/FILE`. A token that
//! is refused leads to no file: there is nothing for it to be of.

use http::{Method, Response};

use super::{Asked, lead_to};
use crate::edge::Edge;
use crate::edge::beacon;
use crate::edge::media::{self, StoredFile};
use crate::edge::respond::{Answer, Refusal};
use crate::model::rendition::{RenditionFile, RenditionPiece, RenditionPlace, RenditionSet};
use crate::model::{ChannelId, Event, ProfileKey, ServedAd, TenantId};
use crate::render::seen::seen_in;
use crate::render::stream::{AdPart, Seen, TrackFile};

const UNKNOWN: Refusal = Refusal::NotFound("file");

/// What is asked of an ad.
#[derive(Debug, Clone, Copy)]
pub(super) struct AdFile<'a> {
    pub(super) token: &'a str,
    pub(super) profile: ProfileKey,
    pub(super) part: AdPart,
    pub(super) seen: Seen,
}

/// A piece of an ad, or the ad as a stream of its own.
pub(super) async fn ad(
    edge: &Edge,
    asked: &Asked<'_>,
    file: AdFile<'_>,
) -> Result<Response<Answer>, Refusal> {
    let parties = &edge.parties;
    let now = parties.clock.now();
    let served = parties.tokens.verify(file.token, now);
    let served = served.map_err(|_told_to_nobody| UNKNOWN)?;
    let library = parties.streams.library();
    let set = library
        .creative(served.creative, file.profile)
        .ok_or(UNKNOWN)?;
    match file.part {
        AdPart::File(piece) => {
            if file.seen == Seen::Yes {
                report(edge, asked, &served, (&set, piece));
            }
            send(edge, asked, served.tenant, (&set, piece)).await
        }
        AdPart::Index | AdPart::Playlist(_) => {
            let profile = served
                .channel
                .and_then(|channel| library.profile_of(channel));
            let profile = profile.filter(|profile| profile.key() == file.profile);
            super::asset::playlist(&*profile.ok_or(UNKNOWN)?, &set, file.part)
        }
    }
}

/// A piece of a slate.
pub(super) async fn slate(
    edge: &Edge,
    asked: &Asked<'_>,
    channel: ChannelId,
    (profile, file): (ProfileKey, TrackFile),
) -> Result<Response<Answer>, Refusal> {
    let catalog = edge.parties.catalog.load();
    let tenant = catalog.tenant_of_channel(channel).ok_or(UNKNOWN)?;
    let library = edge.parties.streams.library();
    let set = library.slate(channel, profile).ok_or(UNKNOWN)?;
    send(edge, asked, tenant.id, (&set, file)).await
}

/// Reports what is seen in a segment. Nobody waits for it: the viewer wants the segment, and
/// asking again reports again, which counts once.
fn report(
    edge: &Edge,
    asked: &Asked<'_>,
    served: &ServedAd,
    (set, piece): (&RenditionSet, TrackFile),
) {
    let Some(segment) = piece.segment else {
        return;
    };
    if asked.method == Method::HEAD || beacon::is_prefetch(asked.headers) {
        return;
    }
    let Some(track) = set.leader() else {
        return;
    };
    let segment = usize::try_from(segment).unwrap_or(usize::MAX);
    let at = edge.parties.clock.now();
    let events = seen_in(track, segment).into_iter().map(|kind| Event {
        ad: *served,
        kind,
        error_code: None,
        at,
    });
    beacon::note(edge, events.collect());
}

/// Sends a file of the local store, or leads to where it is.
async fn send(
    edge: &Edge,
    asked: &Asked<'_>,
    tenant: TenantId,
    (set, file): (&RenditionSet, TrackFile),
) -> Result<Response<Answer>, Refusal> {
    let track = set.tracks.get(usize::from(file.track)).ok_or(UNKNOWN)?;
    let piece = match file.segment {
        None => RenditionPiece::Init,
        Some(segment) => {
            let known = usize::try_from(segment).is_ok_and(|one| one < track.segments.len());
            if !known {
                return Err(UNKNOWN);
            }
            RenditionPiece::Segment(segment, track.extension)
        }
    };
    let file = RenditionFile {
        place: RenditionPlace {
            tenant,
            source: set.source,
            profile: set.profile,
        },
        track: track.files,
        piece,
    };
    let parties = &edge.parties;
    if let Some(local) = &parties.local_media
        && !parties.media_urls.has_cdn(&file)
    {
        let file = StoredFile::Rendition(file);
        return Ok(media::send(local, &file, asked.method, asked.headers).await);
    }
    let url = parties.media_urls.rendition(&file);
    lead_to(&url.map_err(|error| {
        tracing::error!(%error, "no address for a file of an ad");
        Refusal::Unavailable("the file of the ad cannot be addressed")
    })?)
}
