//! How a campaign stands, in one word for people.

use super::controller::{self, MICRO, Need, Odds, deliveries};
use super::course::Course;
use super::rates::Rates;
use crate::model::Timestamp;
use crate::model::word::words;
use crate::model::zone::Day;

/// How the delivery of a campaign stands against its course. The satisfaction index is what is
/// delivered over what is expected by now; it counts once 200 or 2% of the goal are expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PacingStatus {
    /// Before its start.
    NotStarted,
    /// Index above 1.05.
    Ahead,
    /// Index from 0.95 to 1.05, or too early to tell.
    OnTrack,
    /// Index from 0.80 to 0.95, or over with less than 98% of the goal.
    Behind,
    /// Index below 0.80, or what is still to come will hardly bring it to 98% of the goal.
    AtRisk,
    /// Index below 0.95 although it takes part in every request it fits: there is not more.
    SupplyLimited,
    /// Index below 0.95, and frequency caps take more than half of its opportunities.
    CapLimited,
    /// Index below 0.95, and separation in pods takes more than half of them.
    SeparationLimited,
    /// Index below 0.95, and floor prices take more than half of them.
    FloorLimited,
    /// The goal is reached, or the time is over with at least 98% of it.
    Complete,
    /// More than the goal was delivered: the goal was lowered afterwards.
    OverDelivered,
}
words!(PacingStatus {
    NotStarted = "not_started",
    Ahead = "ahead",
    OnTrack = "on_track",
    Behind = "behind",
    AtRisk = "at_risk",
    SupplyLimited = "supply_limited",
    CapLimited = "cap_limited",
    SeparationLimited = "separation_limited",
    FloorLimited = "floor_limited",
    Complete = "complete",
    OverDelivered = "over_delivered",
});

/// How many of a campaign's opportunities other rules than pacing took from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filtered {
    /// All opportunities.
    pub eligible: u64,
    /// Those that frequency caps took.
    pub by_caps: u64,
    /// Those that separation took.
    pub by_separation: u64,
    /// Those that floor prices took.
    pub by_floors: u64,
}

/// What a status is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// What is to be delivered.
    pub need: &'a Need,
    /// When.
    pub window: Day,
    /// Where it should be.
    pub course: &'a Course,
    /// What is known of its chances.
    pub rates: &'a Rates,
    /// How often it takes part.
    pub odds: Odds,
    /// What other rules took.
    pub filtered: Filtered,
}

/// In thousandths.
const INDEX_AHEAD: u128 = 1_050;
const INDEX_ON_TRACK: u128 = 950;
const INDEX_AT_RISK: u128 = 800;
const FINAL_ENOUGH: u128 = 980;

impl PacingStatus {
    /// The status at `now`.
    pub fn of(standing: &Standing<'_>, now: Timestamp) -> Self {
        let (need, rates) = (standing.need, standing.rates);
        let (goal, delivered) = (u128::from(need.goal), u128::from(need.delivered(rates)));
        let is_enough = |count: u128| count * 1_000 >= goal * FINAL_ENOUGH;
        if now < standing.window.start {
            return Self::NotStarted;
        }
        if need.settled > need.goal {
            return Self::OverDelivered;
        }
        if need.settled == need.goal {
            return Self::Complete;
        }
        if now >= standing.window.end {
            return if is_enough(need.settled.into()) {
                Self::Complete
            } else {
                Self::Behind
            };
        }
        let expected = controller::expected(need, standing.course);
        if !controller::is_judged(need, expected) {
            return Self::OnTrack;
        }
        let index = delivered * 1_000 / u128::from(expected.max(1));
        let to_come = deliveries(need.measure, rates, standing.course.left) / MICRO;
        let is_reached = is_enough(delivered.saturating_add(to_come));
        match index {
            _ if index < INDEX_ON_TRACK => standing.limit().unwrap_or({
                if index < INDEX_AT_RISK || !is_reached {
                    Self::AtRisk
                } else {
                    Self::Behind
                }
            }),
            _ if !is_reached => Self::AtRisk,
            _ if index > INDEX_AHEAD => Self::Ahead,
            _ => Self::OnTrack,
        }
    }
}

impl Standing<'_> {
    /// What keeps a campaign that is behind from getting more, if anything does.
    fn limit(&self) -> Option<PacingStatus> {
        let Filtered {
            eligible,
            by_caps,
            by_separation,
            by_floors,
        } = self.filtered;
        let is_most = |taken: u64| taken > eligible / 2;
        if is_most(by_caps) {
            Some(PacingStatus::CapLimited)
        } else if is_most(by_separation) {
            Some(PacingStatus::SeparationLimited)
        } else if is_most(by_floors) {
            Some(PacingStatus::FloorLimited)
        } else {
            (self.odds == Odds::ALWAYS).then_some(PacingStatus::SupplyLimited)
        }
    }
}
