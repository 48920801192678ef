//! One session's playlist of one rendition, from a snapshot of the channel and its fills.

mod bits;
mod plan;
mod write;

use super::breaks::Break;
use super::session::SessionView;
use super::timeline::Snapshot;
use crate::model::rendition::{RenditionPiece, RenditionSet};
use plan::Plan;
use write::Writer;

/// What is to be addressed: one file of an ad or a slate.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'a> {
    /// In which break.
    pub of: &'a Break,
    /// Which ad, or which piece of slate.
    pub spot: Spot,
    /// The ad or the slate.
    pub set: &'a RenditionSet,
    /// For which rendition of the channel, which is the track of the set.
    pub rendition: u16,
    /// The track whose files it is: another one only for I-frames.
    pub files: u16,
    /// Which file of that track.
    pub file: RenditionPiece,
}

/// A place in a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Spot {
    /// An ad, counted from 0.
    Ad(u16),
    /// A piece of slate, counted from 0 in the break: one piece may be shown many times.
    Slate(u16),
}

/// Makes the addresses of ads.
pub trait AdLinks {
    /// Writes the address of a piece, the same whenever it is asked for: no quotes, no line end.
    fn write(&mut self, piece: &Piece<'_>, out: &mut Vec<u8>);
}

/// Why there is no playlist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// The rendition was not seen yet, or the channel has none of that number.
    #[error("rendition {rendition} has not been seen")]
    NotReady {
        /// Which.
        rendition: usize,
    },
    /// The session is older than the oldest break that is remembered.
    #[error("break {no} is not remembered any more")]
    Forgotten {
        /// Which break of the session.
        no: u32,
    },
    /// An ad of the session does not have the tracks of the channel.
    #[error("an ad of break {no} has no track for rendition {rendition}")]
    NoTrack {
        /// Which break.
        no: u32,
        /// Which rendition.
        rendition: usize,
    },
}

/// Appends the session's playlist of a rendition to `out`.
///
/// # Errors
/// There is none to be made; `out` is as it was.
pub fn compose(
    snapshot: &Snapshot,
    rendition: usize,
    session: &SessionView,
    links: &mut dyn AdLinks,
    out: &mut Vec<u8>,
) -> Result<(), ComposeError> {
    let ready = snapshot.views.get(rendition).filter(|view| view.shown > 0);
    let view = ready.ok_or(ComposeError::NotReady { rendition })?;
    let plan = Plan::new(snapshot, rendition, session)?;
    Writer {
        view,
        rendition,
        links,
        out,
        keyed: false,
    }
    .write(&plan);
    Ok(())
}
