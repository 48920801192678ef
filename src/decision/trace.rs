//! What a decision was made of, so that it can be made again to the same result.
//!
//! A decision depends on the catalog, the request, the instant, the dice, and on what the limits
//! answered. A [`Trace`] names the revision of the first and holds the rest.

use std::cell::RefCell;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::caps::Exposures;
use super::{
    AdRequest, Catalog, Decision, Exclusion, Headroom, Inquiry, LimitsView, Offer, Roll, Verdict,
    decide, explain, explain_one,
};
use crate::model::{CampaignId, CreativeId, Identity, Millis, ProfileKey, Timestamp};

/// All that one decision depended on, and what came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// The catalog it was made from.
    pub catalog_revision: u64,
    /// When that was tended last: which of its campaigns rested.
    #[serde(default)]
    pub tended: Option<Timestamp>,
    /// What was asked.
    pub request: AdRequest,
    /// When.
    pub now: Timestamp,
    /// The dice.
    pub roll: Roll,
    /// What the limits answered.
    pub limits: Answers,
    /// What came out.
    pub result: Summary,
}

/// What the limits answered during one decision. Those that were not asked, or answered that
/// there is room and no hurry, are not in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Answers {
    /// By campaign.
    headroom: Vec<(CampaignId, Result<Headroom, Exclusion>)>,
    urgency_max: Option<u32>,
    exposures: Option<Exposures>,
    /// What had not been made to fit the stream.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unconditioned: Vec<CreativeId>,
}

/// What came out of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The ads in their order.
    pub ads: Vec<SummaryAd>,
    /// Why there is none.
    pub no_fill: Option<String>,
    /// How many campaigns fell out for each reason.
    pub exclusions: Vec<(Exclusion, u32)>,
}

/// One ad of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryAd {
    /// The campaign that pays.
    pub campaign: CampaignId,
    /// The creative that plays.
    pub creative: CreativeId,
    /// When it starts, from the start of the opening.
    pub start: Millis,
    /// Which of the fixed slots it is in.
    pub slot: Option<u16>,
}

impl Summary {
    /// Of a decision.
    pub fn of(decision: &Decision<'_>) -> Self {
        let ads = decision.outcome.iter().flatten();
        let ads = ads.map(|ad| SummaryAd {
            campaign: ad.offer.campaign,
            creative: ad.spot.creative,
            start: ad.start,
            slot: ad.slot,
        });
        let no_fill = decision.outcome.as_ref().err();
        Self {
            ads: ads.collect(),
            no_fill: no_fill.map(|why| why.as_str().to_owned()),
            exclusions: decision.exclusions.iter().collect(),
        }
    }
}

impl Trace {
    /// Of a decision whose limits were recorded.
    pub fn of(request: &AdRequest, decision: &Decision<'_>, limits: Answers) -> Self {
        Self {
            catalog_revision: decision.catalog_revision,
            tended: decision.tended,
            request: request.clone(),
            now: decision.now,
            roll: decision.roll,
            limits,
            result: Summary::of(decision),
        }
    }

    /// Lets the same campaigns rest as when it was decided, in a catalog that nobody else uses:
    /// for what the trace is asked then.
    pub fn prepare(&self, catalog: &Catalog) {
        catalog.rest_as(self.tended);
    }

    /// Decides again: from a prepared catalog of the revision that is named the same, from another
    /// what that gives.
    pub fn replay<'c>(&self, catalog: &'c Catalog) -> Decision<'c> {
        decide(catalog, &self.inquiry())
    }

    /// Tells what became of each campaign.
    pub fn explain(&self, catalog: &Catalog) -> Vec<Verdict> {
        explain(catalog, &self.inquiry())
    }

    /// Tells what became of one campaign; none when the request could not mean it.
    pub fn explain_one(&self, catalog: &Catalog, campaign: CampaignId) -> Option<Verdict> {
        explain_one(catalog, &self.inquiry(), campaign)
    }

    const fn inquiry(&self) -> Inquiry<'_, Answers> {
        Inquiry {
            request: &self.request,
            limits: &self.limits,
            now: self.now,
            roll: self.roll,
        }
    }
}

impl LimitsView for Answers {
    fn headroom(&self, offer: &Offer, _now: Timestamp, _roll: Roll) -> Result<Headroom, Exclusion> {
        let told = self
            .headroom
            .iter()
            .find(|(campaign, _answer)| *campaign == offer.campaign);
        told.map_or(Ok(Headroom::CALM), |&(_campaign, answer)| answer)
    }

    fn urgency_max(&self) -> u32 {
        self.urgency_max.unwrap_or(Headroom::URGENCY_MAX)
    }

    fn is_conditioned(&self, creative: CreativeId, _profile: ProfileKey) -> bool {
        !self.unconditioned.contains(&creative)
    }

    fn exposures(&self, identity: &Identity, _now: Timestamp) -> Exposures {
        self.exposures
            .clone()
            .unwrap_or_else(|| Exposures::none_of(identity))
    }
}

/// Limits whose answers are noted. Asked twice, they answer the same: others go on reserving
/// meanwhile.
#[derive(Debug)]
pub struct Recording<'a, L> {
    limits: &'a L,
    heard: RefCell<Heard>,
}

#[derive(Debug, Default)]
struct Heard {
    headroom: HashMap<CampaignId, Result<Headroom, Exclusion>>,
    urgency_max: Option<u32>,
    exposures: Option<Exposures>,
    /// A decision asks for one stream only.
    conditioned: HashMap<CreativeId, bool>,
}

impl<'a, L: LimitsView> Recording<'a, L> {
    /// Notes what `limits` answer.
    pub fn of(limits: &'a L) -> Self {
        Self {
            limits,
            heard: RefCell::default(),
        }
    }

    /// What was answered.
    pub fn into_answers(self) -> Answers {
        let heard = self.heard.into_inner();
        let mut headroom: Vec<_> = heard
            .headroom
            .into_iter()
            .filter(|(_campaign, answer)| *answer != Ok(Headroom::CALM))
            .collect();
        headroom.sort_unstable_by_key(|&(campaign, _answer)| campaign);
        let asked = heard.conditioned.into_iter();
        let mut unconditioned: Vec<_> = asked
            .filter_map(|(creative, ready)| (!ready).then_some(creative))
            .collect();
        unconditioned.sort_unstable();
        Answers {
            headroom,
            urgency_max: heard.urgency_max,
            exposures: heard.exposures,
            unconditioned,
        }
    }
}

impl<L: LimitsView> LimitsView for Recording<'_, L> {
    fn headroom(&self, offer: &Offer, now: Timestamp, roll: Roll) -> Result<Headroom, Exclusion> {
        let mut heard = self.heard.borrow_mut();
        let answer = heard.headroom.entry(offer.campaign);
        *answer.or_insert_with(|| self.limits.headroom(offer, now, roll))
    }

    fn urgency_max(&self) -> u32 {
        let mut heard = self.heard.borrow_mut();
        let max = &mut heard.urgency_max;
        *max.get_or_insert_with(|| self.limits.urgency_max())
    }

    fn is_conditioned(&self, creative: CreativeId, profile: ProfileKey) -> bool {
        let mut heard = self.heard.borrow_mut();
        let answer = heard.conditioned.entry(creative);
        *answer.or_insert_with(|| self.limits.is_conditioned(creative, profile))
    }

    fn exposures(&self, identity: &Identity, now: Timestamp) -> Exposures {
        let mut heard = self.heard.borrow_mut();
        let exposures = &mut heard.exposures;
        let exposures = exposures.get_or_insert_with(|| self.limits.exposures(identity, now));
        exposures.clone()
    }
}
