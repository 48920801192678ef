//! Decisions, explained.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One decision: what was asked, what came out, and what became of each campaign.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DecisionReport {
    /// `dec_…`; null for one that was only tried.
    pub id: Option<String>,
    /// When it was made: RFC 3339.
    pub at: String,
    /// The revision of the catalog it was made from.
    pub catalog_revision: u64,
    /// The dice: with catalog, request, time and what the limits answered it is made again alike.
    pub seed: String,
    /// The ads in the order in which they play.
    pub ads: Vec<DecidedAd>,
    /// A word of the closed list of no-fill reasons, when there are no ads.
    pub no_ad_reason: Option<String>,
    /// How many campaigns fell out for each reason.
    pub reasons: BTreeMap<String, u32>,
    /// What became of each campaign.
    pub campaigns: Vec<CampaignVerdict>,
}

/// An ad of a decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DecidedAd {
    /// `cmp_…`
    pub campaign_id: String,
    /// `cr_…`
    pub creative_id: String,
    /// When it starts, from the start of the opening. Milliseconds.
    pub start_ms: u64,
}

/// What became of one campaign in a decision, then and now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CampaignVerdict {
    /// `cmp_…`
    pub campaign_id: String,
    /// Its name now; null when it is gone.
    pub name: Option<String>,
    /// `served`, or why not: a word of the closed list of reasons.
    pub then: Option<String>,
    /// The same if the request were made now; null for a decision that is tried now.
    pub now: Option<String>,
    /// What the word for then means, or for now.
    pub meaning: String,
}

/// Why a campaign was served or not, over the decisions that were kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WhyReport {
    /// `cmp_…`
    pub campaign_id: String,
    /// Decisions since this instant were looked at: RFC 3339.
    pub since: String,
    /// How many kept decisions of its tenant were looked at.
    pub decisions: u64,
    /// One of so many decisions is kept about this often.
    pub reasons: Vec<WhyReason>,
}

/// One reason of a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WhyReason {
    /// `served`, or a word of the closed list of reasons.
    pub reason: String,
    /// In how many of the decisions.
    pub decisions: u64,
    /// What it means.
    pub meaning: String,
}
