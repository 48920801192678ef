//! Where the content of a stream comes from, round by round: playlists of an origin, or assets
//! played in turn.

mod looped;
mod origin;

use std::sync::Arc;
use std::time::Instant;

use url::Url;

use super::roster::{Roster, RosterError};
use crate::format::hls::{MediaPlaylist, PlaylistError};
use crate::model::{Source, Stream, Timestamp};
use crate::stitch::looped::LoopError;
use crate::upstream::{LineupError, Origins};
use looped::Looped;
use origin::Origin;

/// Why a round brought nothing.
#[derive(Debug, thiserror::Error)]
pub(in crate::delivery::streams) enum FeedError {
    /// No origin answers.
    #[error(transparent)]
    Origins(#[from] LineupError),
    /// An origin answers, and what it says is no playlist.
    #[error("{url}: {error}")]
    Playlist {
        /// Where; without its query, which may hold secrets.
        url: String,
        /// What is wrong with it.
        error: PlaylistError,
    },
    /// What a multivariant playlist lists cannot be a stream.
    #[error(transparent)]
    Roster(#[from] RosterError),
    /// Some of the media playlists have never been there.
    #[error("{missing} of {listed} media playlists cannot be read; the first of them: {first}")]
    Incomplete {
        /// How many are missing.
        missing: usize,
        /// How many there are.
        listed: usize,
        /// What is wrong with one of them.
        first: String,
    },
    /// An asset lists other renditions than the first one.
    #[error("{url} lists other renditions than the first asset")]
    Shape {
        /// Which asset; without its query.
        url: String,
    },
    /// An asset does not end: it is a live stream.
    #[error("{url} is no asset: it does not end")]
    Endless {
        /// Which asset; without its query.
        url: String,
    },
    /// Assets cannot be played in turn.
    #[error(transparent)]
    Loop(#[from] LoopError),
}

impl FeedError {
    /// Whether the origin says that there is no such thing.
    pub(in crate::delivery::streams) fn is_not_found(&self) -> bool {
        match self {
            Self::Origins(error) => error.errors.iter().all(|error| error.cause.is_not_found()),
            _ => false,
        }
    }
}

/// What a round brought: one playlist for each rendition, none where nothing is new.
#[derive(Debug)]
pub(super) struct Round {
    pub(super) roster: Arc<Roster>,
    pub(super) playlists: Vec<Option<Arc<MediaPlaylist>>>,
}

/// The time of a round.
#[derive(Debug, Clone, Copy)]
pub(super) struct Instants {
    pub(super) now: Timestamp,
    pub(super) monotonic: Instant,
}

/// Where content comes from.
#[derive(Debug)]
pub(super) enum Feed {
    Origin(Box<Origin>),
    Loop(Box<Looped>),
}

impl Feed {
    /// Of a stream; `asset` names one in a folder. Nothing for addresses that are none.
    pub(super) fn new(stream: &Stream, asset: Option<&str>, epoch: Timestamp) -> Option<Self> {
        match &stream.source {
            Source::Origins(urls) => Some(Self::Origin(Box::new(Origin::new(urls, asset)?))),
            Source::Loop(_) => Some(Self::Loop(Box::new(Looped::new(stream, epoch)))),
        }
    }

    /// Whether it plays what a stream says.
    pub(super) fn is_of(&self, stream: &Stream) -> bool {
        match (self, &stream.source) {
            (Self::Origin(origin), Source::Origins(urls)) => origin.is_of(urls),
            (Self::Loop(looped), Source::Loop(_)) => looped.is_of(stream),
            _ => false,
        }
    }

    /// Fetches what is new.
    pub(super) async fn round(
        &mut self,
        origins: &Origins,
        at: Instants,
    ) -> Result<Round, FeedError> {
        match self {
            Self::Origin(origin) => origin.round(origins, at.monotonic).await,
            Self::Loop(looped) => looped.round(origins, at.now).await,
        }
    }
}

/// An address without what may be secret in it.
fn shown(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.into()
}
