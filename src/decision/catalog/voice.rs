//! The offers that have a share of voice, with an index of their own: who of them is meant is
//! found without reading the rules of the others, and a request is looked up once for all tiers.

use crate::decision::Offer;
use crate::decision::index::{Entry, Index, LiveBits};
use crate::model::{Targeting, Tier};

/// The offers of a tenant that have a share of voice.
#[derive(Debug)]
pub(in crate::decision) struct Voice {
    /// Of them alone, by tier.
    pub(in crate::decision) index: Index,
    /// All awake: their flights are checked one by one.
    pub(in crate::decision) live: LiveBits,
    /// By their place in the index: their place among all offers, and the percentage.
    pub(in crate::decision) members: Vec<(u32, u8)>,
    /// By tier, whether it has any.
    pub(in crate::decision) tiers: [bool; Tier::ALL.len()],
}

impl Voice {
    /// Of the offers of a tenant; none where nobody has a share.
    pub(super) fn of(offers: &[Offer]) -> Option<Self> {
        let placed = offers.iter().zip(0_u32..);
        let sharing: Vec<(&Targeting, Tier, (u32, u8))> = placed
            .filter_map(|(offer, place)| {
                let share = offer.terms.share_of_voice?;
                Some((&offer.terms.targeting, offer.tier, (place, share)))
            })
            .collect();
        if sharing.is_empty() {
            return None;
        }
        let entry = |&(targeting, tier, _member): &(_, _, _)| Entry {
            tier,
            value: 0,
            weight: 1,
            targeting,
        };
        let index = Index::build(&sharing.iter().map(entry).collect::<Vec<_>>());
        let mut tiers = [false; Tier::ALL.len()];
        for (_targeting, tier, _member) in &sharing {
            tiers[*tier as usize] = true;
        }
        Some(Self {
            live: index.live_bits(),
            members: sharing.iter().map(|&(_, _, member)| member).collect(),
            index,
            tiers,
        })
    }
}
