//! Floor 1: which ad a request gets, and why every other campaign does not get it.
//!
//! [`decide`] is the whole of it: a pure function that serving, replay and tests share.
//! It does not reserve: budgets are read through [`LimitsView`] and taken by the caller, who
//! asks again when somebody else was faster.

pub mod caps;
pub mod catalog;
pub mod exclusion;
pub mod index;
pub mod outcome;
pub mod pod;
pub mod request;
pub mod roll;

#[cfg(test)]
mod tests;

pub use catalog::{Budget, Catalog, Dormant, Offer, OrderRef, Spot, TenantCatalog, TenantFacts};
pub use exclusion::{Exclusion, ExclusionCounts};
pub use outcome::{Chosen, Decision, NoFill};
pub use request::{AdRequest, Opening};
pub use roll::Roll;

use crate::model::{CampaignId, Millis, Timestamp};

/// How much longer than its slot a spot may be.
///
/// A spot sold as 30 s is often 30.03 s, since 29.97 frames a second do not divide seconds and
/// audio frames are padded. Three frames cover both.
pub const DURATION_TOLERANCE: Millis = Millis(100);

/// What is left of the budgets, as far as a decision needs to know.
pub trait LimitsView {
    /// Whether one more ad of this offer may be served at `now`, or which bound of the campaign
    /// or of its order forbids it, or that its pacing spares it this time:
    /// [`Exclusion::Goal`], [`Exclusion::Budget`], [`Exclusion::DailyBudget`],
    /// [`Exclusion::OrderGoal`], [`Exclusion::OrderBudget`], [`Exclusion::OrderDailyBudget`] or
    /// [`Exclusion::Paced`]. The coin of the pacing is a draw of `roll`.
    fn headroom(&self, offer: &Offer, now: Timestamp, roll: Roll) -> Result<Headroom, Exclusion>;
}

/// What a campaign that may be served says of its need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// What is left of the budgets.
    pub limits: &'a L,
    /// The instant of asking.
    pub now: Timestamp,
    /// The dice.
    pub roll: Roll,
}

/// Chooses one spot for a request.
///
/// Tiers are strict: a lower one is served only if no campaign of a higher one is eligible.
/// Inside a tier the campaigns are drawn by weight, and then the spots of the winner by theirs.
pub fn decide<'c, L: LimitsView>(catalog: &'c Catalog, inquiry: &Inquiry<'_, L>) -> Decision<'c> {
    let mut exclusions = ExclusionCounts::default();
    let chosen = catalog.tenant(inquiry.request.tenant).and_then(|tenant| {
        let (offers, dormant) = meant(tenant, inquiry.request);
        exclusions = match inquiry.request.campaign {
            // Campaigns that are over stay for ever: they are counted once, not for each request.
            None => tenant.dormant_counts(),
            Some(_) => ExclusionCounts::of_dormant(dormant),
        };
        choose(offers, inquiry, &mut exclusions)
    });
    Decision {
        catalog_revision: catalog.revision(),
        now: inquiry.now,
        roll: inquiry.roll,
        outcome: chosen.ok_or_else(|| no_fill(&exclusions)),
        exclusions,
    }
}

/// Says for each campaign the request could mean whether it was chosen, and if not, why not;
/// by campaign id. The same checks as [`decide`], told one by one.
pub fn explain<L: LimitsView>(
    catalog: &Catalog,
    inquiry: &Inquiry<'_, L>,
) -> Vec<(CampaignId, Result<(), Exclusion>)> {
    let Some(tenant) = catalog.tenant(inquiry.request.tenant) else {
        return Vec::new();
    };
    let chosen = decide(catalog, inquiry)
        .outcome
        .ok()
        .map(|chosen| chosen.offer);
    let (offers, dormant) = meant(tenant, inquiry.request);
    let verdict = |offer: &Offer| match (chosen, eligible(offer, inquiry)) {
        (Some(chosen), _) if chosen.campaign == offer.campaign => Ok(()),
        (Some(chosen), _) if chosen.tier < offer.tier => Err(Exclusion::LostPriority),
        (_, Ok(_headroom)) => Err(Exclusion::LostRotation),
        (_, Err(why)) => Err(why),
    };
    let dormant = dormant
        .iter()
        .map(|&(campaign, why)| (campaign, Err(why.into())));
    let offers = offers.iter().map(|offer| (offer.campaign, verdict(offer)));
    let mut verdicts: Vec<_> = dormant.chain(offers).collect();
    verdicts.sort_by_key(|&(campaign, _verdict)| campaign);
    verdicts
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

/// One pass over the offers, which are sorted by tier, up to the end of the first tier that has
/// an eligible one.
///
/// A weighted draw without a list (reservoir sampling): each eligible offer takes the place of
/// the one before with odds of its weight in the sum so far, which leaves every offer chosen with
/// odds of its weight in the whole.
fn choose<'c, L: LimitsView>(
    offers: &'c [Offer],
    inquiry: &Inquiry<'_, L>,
    exclusions: &mut ExclusionCounts,
) -> Option<Chosen<'c>> {
    let mut chosen: Option<&Offer> = None;
    let mut weights: u64 = 0;
    for (place, offer) in offers.iter().enumerate() {
        if chosen.is_some_and(|chosen| chosen.tier != offer.tier) {
            let rest = u32::try_from(offers.len() - place).unwrap_or(u32::MAX);
            exclusions.add(Exclusion::LostPriority, rest);
            break;
        }
        if let Err(why) = eligible(offer, inquiry) {
            exclusions.add(why, 1);
            continue;
        }
        if chosen.is_some() {
            exclusions.add(Exclusion::LostRotation, 1);
        }
        weights += u64::from(offer.weight);
        let key = u64::from(offer.campaign.get());
        if inquiry.roll.favours(key, u64::from(offer.weight), weights) {
            chosen = Some(offer);
        }
    }
    let offer = chosen?;
    let spot = rotate(offer, inquiry)?;
    Some(Chosen { offer, spot })
}

/// The ordered list of checks. A new check belongs here and in [`Exclusion`], at the same place.
fn eligible<L: LimitsView>(offer: &Offer, inquiry: &Inquiry<'_, L>) -> Result<Headroom, Exclusion> {
    if inquiry.now < offer.start || inquiry.now >= offer.end {
        return Err(Exclusion::Flight);
    }
    if !fits(offer.shortest, inquiry.request) {
        return Err(Exclusion::DurationNoFit);
    }
    inquiry.limits.headroom(offer, inquiry.now, inquiry.roll)
}

fn fits(duration: Millis, request: &AdRequest) -> bool {
    request
        .opening
        .longest()
        .is_none_or(|longest| duration <= longest.plus(DURATION_TOLERANCE))
}

/// Draws one of the fitting spots by weight; the same draw as between campaigns.
fn rotate<'c, L>(offer: &'c Offer, inquiry: &Inquiry<'_, L>) -> Option<&'c Spot> {
    // Keys of campaigns are below 2^32; those of creatives lie above, so no draw is used twice.
    const CREATIVES: u64 = 1 << 32;
    let mut chosen = None;
    let mut weights: u64 = 0;
    for spot in offer
        .spots
        .iter()
        .filter(|spot| fits(spot.media.duration, inquiry.request))
    {
        weights += u64::from(spot.weight);
        let key = CREATIVES | u64::from(spot.creative.get());
        if inquiry.roll.favours(key, u64::from(spot.weight), weights) {
            chosen = Some(spot);
        }
    }
    chosen
}

fn no_fill(exclusions: &ExclusionCounts) -> NoFill {
    exclusions
        .iter()
        .last()
        .map_or(NoFill::NoDemand, |(why, _count)| NoFill::Excluded(why))
}
