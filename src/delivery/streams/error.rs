//! Why viewers do not see what they ask for.

use super::STAGES_MAX;
use super::registry::TooManySessions;
use crate::stitch::ComposeError;
use crate::store::sessions::NotKept;

/// Why a stream is not to be seen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The channel has none.
    #[error("the channel has no stream")]
    NoStream,
    /// The channel has no such asset.
    #[error("the channel has no such asset")]
    NoAsset,
    /// As many as can are in motion.
    #[error("{STAGES_MAX} streams are in motion already")]
    TooMany,
    /// Its origin fails, and nothing of it is known.
    #[error("the origin of the stream fails")]
    Origin {
        /// Where its own playlist is, without ads.
        original: String,
    },
}

/// Why a session is not told what it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlayError {
    /// The stream is gone.
    #[error("the channel has no stream")]
    NoStream,
    /// The stream has no such rendition.
    #[error("the stream has no such rendition")]
    NoRendition,
    /// The session has no such break.
    #[error("the session has no such break")]
    NoBreak,
    /// The origin has failed for so long that what is known of it is over.
    #[error("the origin of the stream fails")]
    Stale,
    /// What is decided cannot be written down.
    #[error("nothing can be decided now")]
    NotKept,
}

/// Why no session was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BeginError {
    /// As many live as can.
    #[error(transparent)]
    TooMany(#[from] TooManySessions),
    /// It cannot be written down.
    #[error(transparent)]
    NotKept(#[from] NotKept),
}

impl From<ComposeError> for PlayError {
    fn from(error: ComposeError) -> Self {
        match error {
            ComposeError::NotReady { .. } => Self::Stale,
            ComposeError::Forgotten { .. } | ComposeError::NoTrack { .. } => Self::NoBreak,
        }
    }
}
