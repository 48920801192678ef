//! What a decision says: the ads that were chosen, and for everything else the reason why not.

use smallvec::SmallVec;

use super::catalog::{Offer, Spot};
use super::exclusion::{Exclusion, ExclusionCounts};
use super::roll::Roll;
use crate::model::{CampaignId, Millis, Timestamp};

/// The ads of one decision in the order in which they play; one needs no memory of its own.
pub type Ads<'c> = SmallVec<[Chosen<'c>; 1]>;

/// An ad that was chosen.
#[derive(Debug, Clone, Copy)]
pub struct Chosen<'c> {
    /// The campaign that pays.
    pub offer: &'c Offer,
    /// The spot that plays.
    pub spot: &'c Spot,
    /// When it starts, from the start of the opening.
    pub start: Millis,
    /// Which of the fixed slots it is in; none in free time.
    pub slot: Option<u16>,
}

/// Why there is no ad at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoFill {
    /// No campaign could have been meant.
    NoDemand,
    /// The reason of the campaigns that came furthest.
    Excluded(Exclusion),
}

impl NoFill {
    /// The word for answers and metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoDemand => "no_demand",
            Self::Excluded(why) => why.as_str(),
        }
    }
}

/// What kept a campaign out of a request that it took part in, of what its pacing is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    /// A frequency cap of the campaign or of its order.
    Caps,
    /// The caps of its creatives. They are looked at before the budget is, so the request does not
    /// count as one that it was offered.
    SpotCaps,
    /// The distance that ads of a pod keep.
    Separation,
}

/// The campaigns that were kept out, with what by. Those that deliver as fast as they can are not
/// among them.
pub type Limited = SmallVec<[(CampaignId, Limit); 4]>;

impl Limit {
    /// What a reason comes down to, if to any of these.
    pub(super) const fn of(why: Exclusion) -> Option<Self> {
        use Exclusion::{
            Advertiser, CapAddress, CapDevice, CapHousehold, CapPod, CapSession, CapUser,
            Separation, Unidentified,
        };
        if matches!(
            why,
            Unidentified | CapUser | CapDevice | CapHousehold | CapAddress | CapSession | CapPod
        ) {
            Some(Self::Caps)
        } else if matches!(why, Advertiser | Separation) {
            Some(Self::Separation)
        } else {
            None
        }
    }
}

/// How good a pod is, beside the best there could have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// Whether no better pod can be made of its candidates.
    pub proved: bool,
    /// Campaigns that were candidates.
    pub candidates: u16,
    /// Nodes that were searched.
    pub nodes: u32,
}

/// The answer to one request.
#[derive(Debug, Clone)]
pub struct Decision<'c> {
    /// The catalog it was made from.
    pub catalog_revision: u64,
    /// When that was tended last.
    pub tended: Option<Timestamp>,
    /// The instant it was made for.
    pub now: Timestamp,
    /// The dice it was made with.
    pub roll: Roll,
    /// The ads, at least one, or why there is none.
    pub outcome: Result<Ads<'c>, NoFill>,
    /// How many campaigns fell out for each reason.
    pub exclusions: ExclusionCounts,
    /// For a pod, how good it is.
    pub proof: Option<Proof>,
    /// What kept paced campaigns out that took part.
    pub limited: Limited,
}
