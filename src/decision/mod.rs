//! Floor 1: which ads a request gets, and why every other campaign does not get it.
//!
//! [`decide`] is the whole of it: a pure function that serving, replay and tests share. The index
//! gives the campaigns that are meant, in the order of tier, value and draw; each is checked until
//! there are enough candidates; the best of them fills a slot, or the best set of them a pod.
//!
//! It does not reserve: budgets and caps are read through [`LimitsView`] and taken by the caller,
//! who asks again when somebody else was faster.

mod candidates;
pub mod caps;
pub mod catalog;
mod check;
mod choose;
pub mod exclusion;
mod explain;
pub mod index;
pub mod outcome;
pub mod pacing;
pub mod pod;
pub mod request;
pub mod roll;
mod rotation;
pub mod trace;
mod voices;

#[cfg(test)]
mod tests;

use std::cell::RefCell;

pub use catalog::{
    Budget, Catalog, Dormant, Offer, OrderRef, Spot, SpotTerms, TenantCatalog, TenantFacts, Terms,
};
pub use exclusion::{Exclusion, ExclusionCounts};
pub use explain::{Verdict, explain, explain_one};
pub use outcome::{Ads, Chosen, Decision, Limit, Limited, NoFill, Proof};
pub use request::{AdRequest, Opening};
pub use roll::Roll;
pub use trace::{Answers, Recording, Summary, SummaryAd, Trace};

use crate::model::{CampaignId, CreativeId, Identity, Millis, ProfileKey, Timestamp};
use candidates::Reasons;
use caps::Exposures;
use check::Checker;
use choose::{Choice, Scratch, choose};

/// How much longer than its slot a spot may be.
///
/// A spot sold as 30 s is often 30.03 s, since 29.97 frames a second do not divide seconds and
/// audio frames are padded. Three frames cover both.
pub const DURATION_TOLERANCE: Millis = Millis(100);

/// What is left of budgets and caps, as far as a decision needs to know.
pub trait LimitsView {
    /// Whether one more ad of this offer may be served at `now`, or which bound of the campaign
    /// or of its order forbids it, or that its pacing spares it this time:
    /// [`Exclusion::Goal`], [`Exclusion::Budget`], [`Exclusion::DailyBudget`],
    /// [`Exclusion::OrderGoal`], [`Exclusion::OrderBudget`], [`Exclusion::OrderDailyBudget`] or
    /// [`Exclusion::Paced`]. The coin of the pacing is a draw of `roll`.
    fn headroom(&self, offer: &Offer, now: Timestamp, roll: Roll) -> Result<Headroom, Exclusion>;

    /// The greatest urgency that any [`LimitsView::headroom`] tells now. The closer it is to the
    /// truth, the fewer campaigns need to be asked.
    fn urgency_max(&self) -> u32 {
        Headroom::URGENCY_MAX
    }

    /// Whether a creative was made to fit a stream and can be stitched into it.
    fn is_conditioned(&self, _creative: CreativeId, _profile: ProfileKey) -> bool {
        true
    }

    /// What a viewer has been shown, of what is capped.
    fn exposures(&self, identity: &Identity, now: Timestamp) -> Exposures;
}

/// What a campaign that may be served says of its need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Headroom {
    /// How much more its delivery is worth than its price says, in thousandths: above
    /// [`Headroom::URGENCY_NORMAL`] for a campaign that is behind, below it for one ahead.
    pub urgency_milli: u32,
}

impl Headroom {
    /// The urgency of a campaign that is on track.
    pub const URGENCY_NORMAL: u32 = 1_000;
    /// Of a campaign that is far ahead.
    pub const URGENCY_MIN: u32 = 500;
    /// Of a campaign that is far behind.
    pub const URGENCY_MAX: u32 = 4_000;
    /// There is room, and no hurry.
    pub const CALM: Self = Self {
        urgency_milli: Self::URGENCY_NORMAL,
    };
}

/// Everything one decision depends on besides the catalog.
#[derive(Debug)]
pub struct Inquiry<'a, L> {
    /// What was asked.
    pub request: &'a AdRequest,
    /// What is left of budgets and caps.
    pub limits: &'a L,
    /// The instant of asking.
    pub now: Timestamp,
    /// The dice.
    pub roll: Roll,
}

/// Chooses the ads for a request.
///
/// Tiers are strict: a lower one is served only where no campaign of a higher one can be. Inside
/// a tier the worth of an impression times the urgency of its campaign decides, and among equals
/// a draw by weight; then the spots of the winner are drawn by theirs. A share of voice comes
/// before all others of its tier.
pub fn decide<'c, L: LimitsView>(catalog: &'c Catalog, inquiry: &Inquiry<'_, L>) -> Decision<'c> {
    let tenant = catalog.tenant(inquiry.request.tenant);
    let tended = tenant.and_then(TenantCatalog::tended);
    let choice = tenant.map(|tenant| run(tenant, inquiry, None));
    let (ads, reasons, proof) = choice.map_or_else(Default::default, |choice| {
        (choice.ads, choice.reasons, choice.proof)
    });
    let counts = reasons.counts;
    Decision {
        catalog_revision: catalog.revision(),
        tended,
        now: inquiry.now,
        roll: inquiry.roll,
        outcome: if ads.is_empty() {
            Err(no_fill(&counts))
        } else {
            Ok(ads)
        },
        exclusions: counts,
        proof,
        limited: reasons.limited,
    }
}

/// The same for one tenant; `told` takes the reason of each campaign that was judged.
fn run<'c, L: LimitsView>(
    tenant: &'c TenantCatalog,
    inquiry: &Inquiry<'_, L>,
    told: Option<Vec<(CampaignId, Exclusion)>>,
) -> Choice<'c> {
    thread_local! {
        /// Memory only: nothing of one decision is read by the next.
        static SCRATCH: RefCell<Scratch> = RefCell::default();
    }
    let (_offers, dormant) = meant(tenant, inquiry.request);
    let reasons = Reasons {
        counts: match inquiry.request.campaign {
            // Campaigns that are over stay for ever: they are counted once, not for each request.
            None => tenant.dormant_counts(),
            Some(_) => ExclusionCounts::of_dormant(dormant),
        },
        told,
        ..Reasons::default()
    };
    let checker = Checker::new(tenant, inquiry);
    SCRATCH.with_borrow_mut(|scratch| choose(tenant, &checker, scratch, reasons))
}

/// The offers and dormant campaigns that a request could mean: all of the tenant, or one.
fn meant<'c>(
    tenant: &'c TenantCatalog,
    request: &AdRequest,
) -> (&'c [Offer], &'c [(CampaignId, Dormant)]) {
    match request.campaign {
        Some(campaign) => (tenant.offer(campaign), tenant.dormant_as(campaign)),
        None => (tenant.offers(), tenant.dormant()),
    }
}

fn no_fill(exclusions: &ExclusionCounts) -> NoFill {
    exclusions
        .iter()
        .last()
        .map_or(NoFill::NoDemand, |(why, _count)| NoFill::Excluded(why))
}
