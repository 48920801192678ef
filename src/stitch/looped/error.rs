//! Why a channel cannot be made of what it is given.

use super::SEGMENTS_MAX;
use crate::model::Micros;

/// Why a channel cannot be made of what it is given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoopError {
    /// There is nothing to play.
    #[error("a channel needs at least one asset")]
    Empty,
    /// A rendition is missing.
    #[error("asset {asset} has {found} renditions, the first one has {expected}")]
    Renditions {
        /// Which asset, from 0; the filler comes after the last.
        asset: usize,
        /// How many it has.
        found: usize,
        /// How many all have.
        expected: usize,
    },
    /// A rendition has no segments, or one without length.
    #[error("rendition {rendition} of asset {asset} has no segments, or one that lasts no time")]
    NoTime {
        /// Which asset, from 0; the filler comes after the last.
        asset: usize,
        /// Which rendition, from 0.
        rendition: usize,
    },
    /// A break names an asset that is not there.
    #[error("a break is in asset {asset}, and there are {assets}")]
    Nowhere {
        /// The asset named, from 0.
        asset: usize,
        /// How many there are.
        assets: usize,
    },
    /// Between two breaks a rendition would have no segment of its own.
    #[error("the segments of rendition {rendition} are too long to split asset {asset} there")]
    Coarse {
        /// Which asset, from 0; the filler comes after the last.
        asset: usize,
        /// Which rendition, from 0.
        rendition: usize,
    },
    /// fMP4 and something else: a map cannot be taken back (rfc8216bis §4.4.4.5).
    #[error("asset {asset} and asset 0 are not both fragmented MP4, or both not")]
    Mixed {
        /// Which asset, from 0; the filler comes after the last.
        asset: usize,
    },
    /// There is more than a cycle holds.
    #[error("a cycle has more than {SEGMENTS_MAX} segments")]
    TooMany,
    /// The window is shorter than players need.
    #[error("a window of {window} s is too short, it takes {needed} s")]
    Window {
        /// How long it is.
        window: Micros,
        /// How long it must be.
        needed: Micros,
    },
}
