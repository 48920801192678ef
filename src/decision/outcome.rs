//! What a decision says: the spot that was chosen, and for everything else the reason why not.

use super::catalog::{Dormant, Offer, Spot};
use super::roll::Roll;
use crate::model::word::words;
use crate::model::{CampaignId, Timestamp};

/// Why a campaign was not given to a request. One closed list for API, metrics, CLI and docs,
/// from the earliest check to the latest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Exclusion {
    /// Draft, paused or completed.
    Inactive,
    /// Active, but without an active creative.
    CreativeNotReady,
    /// Before its start or after its end.
    Flight,
    /// No creative of it fits the slot.
    DurationNoFit,
    /// Its impression goal is reached or reserved.
    Goal,
    /// Its total budget is spent or reserved.
    Budget,
    /// Its budget of this day is spent or reserved.
    DailyBudget,
    /// The impression goal of its order is reached or reserved.
    OrderGoal,
    /// The total budget of its order is spent or reserved.
    OrderBudget,
    /// The budget of its order for this day is spent or reserved.
    OrderDailyBudget,
    /// It has room, but its pacing keeps it for later.
    Paced,
    /// Eligible, but a higher tier was served.
    LostPriority,
    /// Eligible, but the draw of its tier fell on another.
    LostRotation,
}
words!(Exclusion {
    Inactive = "inactive",
    CreativeNotReady = "creative_not_ready",
    Flight = "flight",
    DurationNoFit = "duration_no_fit",
    Goal = "goal",
    Budget = "budget",
    DailyBudget = "daily_budget",
    OrderGoal = "order_goal",
    OrderBudget = "order_budget",
    OrderDailyBudget = "order_daily_budget",
    Paced = "paced",
    LostPriority = "lost_priority",
    LostRotation = "lost_rotation",
});

impl Exclusion {
    /// What the word means, for people.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Inactive => "the campaign is a draft, paused or completed",
            Self::CreativeNotReady => "the campaign has no active creative",
            Self::Flight => "the campaign has not started or has ended",
            Self::DurationNoFit => "no creative of the campaign fits the slot",
            Self::Goal => "the impression goal is reached or reserved",
            Self::Budget => "the total budget is spent or reserved",
            Self::DailyBudget => "the budget of this day is spent or reserved",
            Self::OrderGoal => "the impression goal of its order is reached or reserved",
            Self::OrderBudget => "the total budget of its order is spent or reserved",
            Self::OrderDailyBudget => "the budget of its order for this day is spent or reserved",
            Self::Paced => "its pacing keeps what is left for later",
            Self::LostPriority => "a campaign of a higher tier was served",
            Self::LostRotation => "the draw of its tier fell on another campaign",
        }
    }
}

/// How many campaigns fell out for each reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ExclusionCounts([u32; Exclusion::ALL.len()]);

impl ExclusionCounts {
    /// The counts of campaigns that no request can be given.
    pub fn of_dormant(dormant: &[(CampaignId, Dormant)]) -> Self {
        let mut counts = Self::default();
        for &(_campaign, why) in dormant {
            counts.add(why.into(), 1);
        }
        counts
    }

    /// Adds `count` campaigns to one reason.
    pub fn add(&mut self, why: Exclusion, count: u32) {
        if let Some(slot) = self.0.get_mut(why as usize) {
            *slot = slot.saturating_add(count);
        }
    }

    /// How many fell out for one reason.
    pub fn of(&self, why: Exclusion) -> u32 {
        self.0.get(why as usize).copied().unwrap_or_default()
    }

    /// The reasons that occurred, in the order of the checks.
    pub fn iter(&self) -> impl Iterator<Item = (Exclusion, u32)> + '_ {
        Exclusion::ALL
            .iter()
            .map(|&why| (why, self.of(why)))
            .filter(|&(_why, count)| count > 0)
    }
}

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
