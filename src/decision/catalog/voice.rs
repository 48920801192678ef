//! The offers of one tier that have a share of voice, with an index of their own: who of them is
//! meant is found without reading the rules of the others.

use crate::decision::Offer;
use crate::decision::index::{Entry, Index, LiveBits};
use crate::model::{Targeting, Tier};

/// The offers of one tier that have a share of voice.
#[derive(Debug)]
pub(in crate::decision) struct Voice {
    /// Of them alone.
    pub(in crate::decision) index: Index,
    /// All awake: their flights are checked one by one.
    pub(in crate::decision) live: LiveBits,
    /// By their place in the index: their place among all offers, and the percentage.
    pub(in crate::decision) members: Vec<(u32, u8)>,
}

/// By tier; none for a tier without shares.
pub(super) fn by_tier(offers: &[Offer]) -> [Option<Voice>; Tier::ALL.len()] {
    let mut voices = [const { None }; Tier::ALL.len()];
    for (&tier, voice) in Tier::ALL.iter().zip(&mut voices) {
        *voice = of_tier(offers, tier);
    }
    voices
}

fn of_tier(offers: &[Offer], tier: Tier) -> Option<Voice> {
    let placed = offers.iter().zip(0_u32..);
    let sharing: Vec<(&Targeting, u32, u8)> = placed
        .filter(|(offer, _place)| offer.tier == tier)
        .filter_map(|(offer, place)| {
            let share = offer.terms.share_of_voice?;
            Some((&offer.terms.targeting, place, share))
        })
        .collect();
    if sharing.is_empty() {
        return None;
    }
    let entry = |&(targeting, _place, _share): &(_, _, _)| Entry {
        tier,
        value: 0,
        weight: 1,
        targeting,
    };
    let index = Index::build(&sharing.iter().map(entry).collect::<Vec<_>>());
    let members = sharing
        .iter()
        .map(|&(_targeting, place, share)| (place, share));
    Some(Voice {
        live: index.live_bits(),
        members: members.collect(),
        index,
    })
}
