//! What happened, as small as it can be remembered; names and texts come when it is shown.

use std::sync::Arc;
use std::time::Duration;

use smallvec::SmallVec;

use crate::api::{LiveHealth, LiveMetrics, Topic};
use crate::decision::{AdRequest, Exclusion, ExclusionCounts, NoFill, Opening};
use crate::model::{
    CampaignId, ChannelId, CreativeId, DecisionId, Event, EventKind, Millis, Nanos, ServedAdId,
    Timestamp,
};
use crate::store::catalog::Operation;

use crate::delivery::{Placed, Unfilled};

/// Reasons that are remembered of one decision.
const REASONS_MAX: usize = 5;

/// Something that happened to a tenant.
#[derive(Debug, Clone)]
pub enum Fact {
    /// An ad request was answered.
    Decided(DecidedFact),
    /// An event was judged.
    Reported(ReportedFact),
    /// Something was written.
    Written(Arc<Operation>),
    /// A second was counted.
    Counted(Arc<LiveMetrics>),
    /// The daemon is like this now.
    Health(Arc<LiveHealth>),
}

impl Fact {
    /// What it is about.
    pub const fn topic(&self) -> Topic {
        match self {
            Self::Decided(_) => Topic::Decisions,
            Self::Reported(_) => Topic::Beacons,
            Self::Written(_) => Topic::Audit,
            Self::Counted(_) => Topic::Metrics,
            Self::Health(_) => Topic::Health,
        }
    }
}

/// A fact and when it happened.
#[derive(Debug, Clone)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// What.
    pub fact: Fact,
}

impl Entry {
    pub(super) const fn at(at: Timestamp, fact: Fact) -> Self {
        Self { at, fact }
    }
}

/// An ad request and its answer.
#[derive(Debug, Clone)]
pub struct DecidedFact {
    /// Which.
    pub id: DecisionId,
    /// Where it was asked for.
    pub channel: Option<ChannelId>,
    /// Why there is no ad.
    pub why: Option<NoFill>,
    /// Campaigns that fell out by reason, most first.
    pub reasons: SmallVec<[(Exclusion, u32); REASONS_MAX]>,
    /// The time to be filled.
    pub room: Option<Millis>,
    /// In the order in which they play.
    pub ads: SmallVec<[DecidedAd; 2]>,
    /// How long it took. Microseconds.
    pub took_us: u64,
}

/// An ad of a decision.
#[derive(Debug, Clone, Copy)]
pub struct DecidedAd {
    /// Which.
    pub id: ServedAdId,
    /// Of which campaign.
    pub campaign: CampaignId,
    /// Which film.
    pub creative: CreativeId,
    /// How long it plays.
    pub duration: Millis,
}

impl DecidedFact {
    pub(super) fn of(
        request: &AdRequest,
        placed: &Result<Placed<'_>, Unfilled>,
        took: Duration,
    ) -> Self {
        let (id, why, counts) = match placed {
            Ok(placed) => (placed.decision, None, &placed.exclusions),
            Err(unfilled) => (unfilled.decision, Some(unfilled.why), &unfilled.exclusions),
        };
        let ads = placed.iter().flat_map(|placed| &placed.ads);
        let ads = ads.map(|placed| DecidedAd {
            id: placed.ad.id,
            campaign: placed.ad.campaign,
            creative: placed.ad.creative,
            duration: placed.ad.duration,
        });
        Self {
            id,
            channel: request.channel,
            why,
            reasons: first(counts),
            room: room(&request.opening),
            ads: ads.collect(),
            took_us: u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
        }
    }
}

/// The reasons that left out most campaigns.
fn first(counts: &ExclusionCounts) -> SmallVec<[(Exclusion, u32); REASONS_MAX]> {
    let mut first: SmallVec<[(Exclusion, u32); REASONS_MAX]> = SmallVec::new();
    for (why, count) in counts.iter() {
        let place = first.iter().position(|&(_why, other)| other < count);
        let place = place.unwrap_or(first.len());
        if place < REASONS_MAX {
            first.truncate(REASONS_MAX - 1);
            first.insert(place, (why, count));
        }
    }
    first
}

const fn room(opening: &Opening) -> Option<Millis> {
    match opening {
        Opening::Pod(shape) => Some(shape.duration),
        Opening::Slot(slot) => *slot,
    }
}

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportedResult {
    /// It is counted, and was charged for.
    Accepted(Nanos),
    /// It had been counted before.
    Duplicate,
    /// It came too late.
    Expired,
    /// It could not be written down, and may come again.
    Unavailable,
}

/// A report of a player.
#[derive(Debug, Clone, Copy)]
pub struct ReportedFact {
    /// What it reports.
    pub kind: EventKind,
    /// VAST code of an error.
    pub error_code: Option<u16>,
    /// Of which ad.
    pub ad: ServedAdId,
    /// Where that was asked for.
    pub channel: Option<ChannelId>,
    /// Of which campaign it is.
    pub campaign: CampaignId,
    /// Which film.
    pub creative: CreativeId,
    /// How long after the decision.
    pub after: Millis,
    /// What became of it.
    pub result: ReportedResult,
}

impl ReportedFact {
    pub(super) const fn of(event: &Event, result: ReportedResult) -> Self {
        let ad = &event.ad;
        Self {
            kind: event.kind,
            error_code: event.error_code,
            ad: ad.id,
            channel: ad.channel,
            campaign: ad.campaign,
            creative: ad.creative,
            after: event.at.since(ad.decided_at),
            result,
        }
    }
}
