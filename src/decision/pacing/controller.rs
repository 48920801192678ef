//! The controller: from what is left to deliver and what is to come, the odds with which a
//! campaign takes part in a request, and how urgent it is.
//!
//! It only shapes. Budgets are exact without it: what it gets wrong in one second, the next puts
//! right, and what is left over at the end is what the traffic did not bring.

use super::course::Course;
use super::profile::Traffic;
use super::rates::{Measure, Rates};
use super::share::{self, Share, WHOLE, share};
use crate::decision::{Headroom, Roll};
use crate::model::CampaignId;

/// How much ahead of its course a campaign is steered at the start and at the end of its time, in
/// thousandths: what comes last may not come.
const LEAD_START: u128 = 40;
const LEAD_END: u128 = 10;
/// Millionths of a request in one.
pub(super) const MICRO: u128 = 1_000_000;
/// A campaign is judged once this many were expected of it, or this part of its goal.
const JUDGED_FROM: u64 = 200;
const JUDGED_PART: u64 = 50;

/// What a campaign is to deliver in a flight or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// What is counted.
    pub measure: Measure,
    /// The whole.
    pub goal: u64,
    /// What was seen of it.
    pub settled: u64,
    /// What was handed out and may yet be seen.
    pub reserved: u64,
}

impl Need {
    /// What is delivered, counting of the reserved what will probably be seen.
    pub fn delivered(&self, rates: &Rates) -> u64 {
        let likely = share::of(self.reserved.into(), rates.fire_rate(self.measure));
        self.settled
            .saturating_add(u64::try_from(likely).unwrap_or(u64::MAX))
    }
}

/// The odds with which a campaign takes part in a request it is eligible for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Odds(Share);

impl Odds {
    /// It always takes part.
    pub const ALWAYS: Self = Self(WHOLE);
    /// It never does.
    pub const NEVER: Self = Self(0);

    /// From the number that [`Odds::share`] gives.
    pub const fn of(share: Share) -> Self {
        Self(if share > WHOLE { WHOLE } else { share })
    }

    /// As a share of all requests.
    pub const fn share(self) -> Share {
        self.0
    }

    /// The coin: whether the campaign takes part in the decision of this roll. The same roll
    /// says the same again.
    pub fn admit(self, roll: Roll, campaign: CampaignId) -> bool {
        // Keys of campaigns and creatives are below; no other draw has keys as large.
        const PACING: u64 = 1 << 62;
        roll.draw(PACING | u64::from(campaign.get())) >> 32 < self.0
    }
}

/// The odds of one second.
pub fn odds(need: &Need, course: &Course, rates: &Rates) -> Odds {
    let left = need.goal.saturating_sub(need.delivered(rates));
    let Some(ahead) = course.ahead.filter(|_curve_rises| left > 0) else {
        return Odds::NEVER;
    };
    let deliveries = |traffic| deliveries(need.measure, rates, traffic);
    let of = |wanted: u128, traffic: Traffic| match deliveries(traffic) {
        0 => WHOLE,
        most => share(wanted.min(most), most),
    };
    let left = u128::from(left) * MICRO;
    let to_go = WHOLE.saturating_sub(course.passed);
    let lead = LEAD_END + share::of(LEAD_START - LEAD_END, to_go);
    let steady = of(left.saturating_mul(1_000 + lead) / 1_000, ahead);
    // What a lull could leave undone is not left for later.
    let unsure = left.saturating_sub(deliveries(course.sure));
    let bold = if unsure > 0 {
        of(unsure, course.soon)
    } else {
        0
    };
    Odds(steady.max(bold))
}

/// What traffic brings when the campaign takes part in all of it, in millionths.
pub(super) fn deliveries(measure: Measure, rates: &Rates, traffic: Traffic) -> u128 {
    let yields = share::of(rates.win_rate().into(), rates.fire_rate(measure));
    let yields = share::of(yields, rates.factor());
    share::of(traffic, u64::try_from(yields).unwrap_or(u64::MAX))
}

/// How urgent a campaign is, in thousandths: the square of how far it is behind its course.
pub fn urgency_milli(need: &Need, course: &Course, rates: &Rates) -> u32 {
    let expected = expected(need, course);
    if !is_judged(need, expected) {
        return Headroom::URGENCY_NORMAL;
    }
    let (expected, delivered) = (u128::from(expected), u128::from(need.delivered(rates)));
    let normal = u128::from(Headroom::URGENCY_NORMAL);
    // Beyond this the bounds are reached whatever the exact ratio.
    let ratio = (expected * normal)
        .checked_div(delivered)
        .unwrap_or(4 * normal)
        .min(4 * normal);
    let urgency = u32::try_from(ratio * ratio / normal).unwrap_or(Headroom::URGENCY_MAX);
    urgency.clamp(Headroom::URGENCY_MIN, Headroom::URGENCY_MAX)
}

/// How much should be delivered by now.
pub fn expected(need: &Need, course: &Course) -> u64 {
    // To the nearest: a share is cut, and a half of 20,000 is not 9,999.
    let twice = share::of(u128::from(need.goal) * 2, course.planned);
    u64::try_from(twice.div_ceil(2)).unwrap_or(u64::MAX)
}

/// Whether so much was expected that being ahead or behind means something.
pub const fn is_judged(need: &Need, expected: u64) -> bool {
    expected > 0 && (expected >= JUDGED_FROM || expected >= need.goal / JUDGED_PART)
}
