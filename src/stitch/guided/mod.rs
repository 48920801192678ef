//! Ads that the player puts in itself: HLS interstitials (rfc8216bis App. D), and what a player
//! needs that reports itself.
//!
//! The playlist is the content, with a date range for each break that ads were decided for. The
//! date range leads to the [`asset_list()`] of the break, and each asset is an ad as a stream of
//! its own. A break without ads has no date range, so that a player is never sent for nothing.
//!
//! Dates are the origin's. Content without dates gets them from its place on the channel's axis,
//! so that they are the same in all renditions and after a restart.

mod airing;
mod assets;
mod calendar;
mod interstitial;
mod json;
mod playlist;
mod tracking;

#[cfg(test)]
mod tests;

use smallvec::SmallVec;

use crate::model::rendition::RenditionSet;
use crate::model::{EventKind, Micros};

pub use airing::Airing;
pub use assets::{Signals, asset_list, read_offset};
pub use interstitial::{Lists, Restrict};
pub use playlist::compose;
pub use tracking::{Inserted, read_token, tracking};

/// What only whoever decided knows of the ads of a session.
pub trait AdFacts {
    /// The names of an ad; none for one that is not known any more, which is then left out.
    fn names(&self, ad: &Airing) -> Option<AdNames>;

    /// Writes the address of the ad as a stream of its own: no quotes, no line end.
    fn write_stream(&mut self, ad: &Airing, set: &RenditionSet, out: &mut Vec<u8>);

    /// What happens in the course of an ad of this length, and when, in that order.
    fn course(&self, duration: Micros) -> SmallVec<[(EventKind, Micros); 7]>;

    /// Writes the address to call when something happens in an ad.
    fn write_beacon(&mut self, ad: &Airing, event: EventKind, out: &mut Vec<u8>);
}

/// The names of an ad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdNames {
    /// Of this showing.
    pub ad: String,
    /// Of the spot.
    pub creative: String,
    /// The registry that the next name is from.
    pub registry: &'static str,
    /// The name of the file in that registry.
    pub universal: String,
}
