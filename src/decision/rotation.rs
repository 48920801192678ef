//! Which spots of a campaign stand for it: one, or one of each length, drawn by weight.

use smallvec::SmallVec;

use super::catalog::Spot;
use super::check::Checker;
use super::{LimitsView, Offer};
use crate::model::{CreativeId, Millis};

/// Keys of creatives lie above those of campaigns, which are below 2^32: no draw is used twice.
const CREATIVES: u64 = 1 << 32;

/// One of the spots that may be served, by weight.
pub(super) fn rotate<'c, L: LimitsView>(
    offer: &'c Offer,
    checker: &Checker<'_, L>,
) -> Option<&'c Spot> {
    rotations(offer, checker, Lengths::Alike)
        .first()
        .map(|drawn| drawn.spot)
}

/// A spot that was drawn, with what a pod asks of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawn<'c> {
    pub(super) spot: &'c Spot,
    pub(super) creative: CreativeId,
    pub(super) duration: Millis,
    /// The sum of the weights it was drawn from.
    pub(super) weights: u64,
}

/// Whether spots of different lengths are drawn against one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lengths {
    Alike,
    Apart,
}

/// One of the spots that may be served, by weight, of all or of those of each length. Of an offer
/// that passed its checks.
pub(super) fn rotations<'c, L: LimitsView>(
    offer: &'c Offer,
    checker: &Checker<'_, L>,
    lengths: Lengths,
) -> SmallVec<[Drawn<'c>; 2]> {
    let mut drawn: SmallVec<[Drawn<'_>; 2]> = SmallVec::new();
    if let (Some(creative), [spot]) = (offer.sole, &offer.spots[..]) {
        drawn.push(Drawn {
            spot,
            creative,
            duration: offer.shortest,
            weights: 1,
        });
        return drawn;
    }
    let open = offer
        .spots
        .iter()
        .filter(|spot| checker.check_spot(spot).is_ok());
    for spot in open {
        let weight = u64::from(spot.weight);
        let duration = spot.media.duration;
        let mine = Drawn {
            spot,
            creative: spot.creative,
            duration,
            weights: weight,
        };
        let rival = drawn
            .iter_mut()
            .find(|rival| lengths == Lengths::Alike || rival.duration == duration);
        let Some(rival) = rival else {
            drawn.push(mine);
            continue;
        };
        let weights = rival.weights + weight;
        let key = CREATIVES | u64::from(spot.creative.get());
        if checker.inquiry.roll.favours(key, weight, weights) {
            *rival = mine;
        }
        rival.weights = weights;
    }
    drawn
}
