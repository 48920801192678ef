//! What a decision says: the spot that was chosen, and for everything else the reason why not.

use super::catalog::{Offer, Spot};
use super::exclusion::{Exclusion, ExclusionCounts};
use super::roll::Roll;
use crate::model::Timestamp;

/// Why a request got no ad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoFill {
    /// The tenant has no campaign that the request could mean.
    NoDemand,
    /// The check that the campaigns which came furthest did not pass.
    Excluded(Exclusion),
}

impl NoFill {
    /// The word for API, metrics and CLI.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoDemand => "no_demand",
            Self::Excluded(why) => why.as_str(),
        }
    }
}

/// The spot that was chosen.
#[derive(Debug, Clone, Copy)]
pub struct Chosen<'c> {
    /// Of which campaign.
    pub offer: &'c Offer,
    /// Which creative.
    pub spot: &'c Spot,
}

/// The answer to one request, with all that made it: the same catalog, request, limits, `now`
/// and `roll` give the same answer again.
#[derive(Debug, Clone)]
pub struct Decision<'c> {
    /// Which catalog was asked.
    pub catalog_revision: u64,
    /// The instant it was asked.
    pub now: Timestamp,
    /// The dice.
    pub roll: Roll,
    /// The spot, or why none.
    pub outcome: Result<Chosen<'c>, NoFill>,
    /// Why the other campaigns were not chosen.
    pub exclusions: ExclusionCounts,
}
