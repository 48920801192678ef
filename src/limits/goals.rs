//! What a campaign is to deliver and by when, as its bounds say: up to three goals, each with the
//! time that it is spread over.

use std::cmp::Ordering;

use super::books::{DayUsage, Usage};
use crate::decision::Budget;
use crate::decision::pacing::{Measure, Need};
use crate::model::Nanos;
use crate::model::zone::Day;

/// A goal and its time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Goal {
    pub(super) need: Need,
    pub(super) window: Day,
}

impl Goal {
    /// The goal that is closer to its end; of those alike the smaller.
    pub(super) fn nearer(&self, other: &Self) -> Ordering {
        let done =
            |goal: &Self, whole: &Self| u128::from(goal.need.settled) * u128::from(whole.need.goal);
        let by_done = done(other, self).cmp(&done(self, other));
        by_done.then(self.need.goal.cmp(&other.need.goal))
    }
}

/// The goals over the flight: impressions, and what the money buys.
pub(super) fn of_flight(
    (budget, charge): (&Budget, Nanos),
    flight: Day,
    used: &Usage,
) -> impl Iterator<Item = Goal> {
    let impressions = budget.impressions.map(|goal| Need {
        measure: Measure::Impressions,
        goal,
        settled: used.impressions,
        reserved: used.impressions_reserved,
    });
    let money = (charge > Nanos::ZERO).then(|| Need {
        measure: Measure::Paid,
        goal: bought(budget.total, charge),
        settled: bought(used.spend, charge),
        reserved: bought(used.spend_reserved, charge),
    });
    let needs = [impressions, money].into_iter().flatten();
    needs.map(move |need| Goal {
        need,
        window: flight,
    })
}

/// The goal of the day, where there is one.
pub(super) fn of_day(
    (budget, charge): (&Budget, Nanos),
    flight: Day,
    today: &DayUsage,
) -> Option<Goal> {
    let daily = budget.daily.filter(|_daily| charge > Nanos::ZERO)?;
    Some(Goal {
        need: Need {
            measure: Measure::Paid,
            goal: bought(daily, charge),
            settled: bought(today.spend, charge),
            reserved: bought(today.spend_reserved, charge),
        },
        window: Day {
            start: today.day.start.max(flight.start),
            end: today.day.end.min(flight.end),
        },
    })
}

/// How many charges an amount pays.
pub(super) fn bought(amount: Nanos, charge: Nanos) -> u64 {
    let count = amount.0.checked_div(charge.0).unwrap_or_default();
    u64::try_from(count).unwrap_or_default()
}
