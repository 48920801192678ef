//! Ways of pacing: that of the product, and those it is compared with.

#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "figures for people, and peers as they are written elsewhere"
)]

use adserve::decision::Roll;
use adserve::decision::pacing::controller::odds;
use adserve::decision::pacing::status::Standing;
use adserve::decision::pacing::{
    Course, Filtered, Measure, Need, Observed, Odds, PacingStatus, Profile, Rates,
};
use adserve::model::zone::Day;
use adserve::model::{CampaignId, Millis, Pacing, Timestamp};

use super::simulator::{Counts, DAY, Pacer, Plan};

/// The remaining-ratio controller of `decision::pacing`.
#[derive(Debug)]
pub(crate) struct Ours {
    window: Day,
    goal: u64,
    profile: Profile,
    pacing: Pacing,
    rates: Rates,
    last: Counts,
    resolved: (u64, u64),
    odds: Odds,
}

impl Ours {
    pub(crate) fn new(plan: &Plan<'_>, pacing: Pacing) -> Self {
        Self {
            window: Day {
                start: plan.start,
                end: plan.start.plus(Millis::from_seconds(DAY)),
            },
            goal: plan.goal,
            profile: plan.profile.clone(),
            pacing,
            rates: Rates::default(),
            last: Counts::default(),
            resolved: (0, 0),
            odds: Odds::ALWAYS,
        }
    }

    const fn need(&self, counts: &Counts) -> Need {
        Need {
            measure: Measure::Impressions,
            goal: self.goal,
            settled: counts.settled,
            reserved: counts.reserved,
        }
    }
}

impl Pacer for Ours {
    fn tick(&mut self, second: u64, counts: &Counts) {
        let now: Timestamp = self.window.start.plus(Millis::from_seconds(second));
        let before = now.minus(Millis(1_000));
        if second > 0 {
            let observed = Observed {
                offered: counts.offered - self.last.offered,
                entered: counts.entered - self.last.entered,
                won: counts.won - self.last.won,
            };
            let forecast = self.profile.between(before, now);
            self.rates.observe(Millis(1_000), forecast, observed);
            let resolved = (counts.settled, counts.won - counts.reserved);
            let (seen, all) = (resolved.0 - self.resolved.0, resolved.1 - self.resolved.1);
            self.rates.resolve(Measure::Impressions, seen, all);
            self.resolved = resolved;
        }
        self.last = *counts;
        let course = Course::at(&self.pacing, &self.profile, self.window, now);
        self.odds = odds(&self.need(counts), &course, &self.rates);
    }

    fn admits(&mut self, roll: Roll) -> bool {
        self.odds.admit(roll, CampaignId::new(1))
    }

    fn stands(&self, second: u64, counts: &Counts) -> Option<PacingStatus> {
        let now = self.window.start.plus(Millis::from_seconds(second));
        let standing = Standing {
            need: &self.need(counts),
            window: self.window,
            course: &Course::at(&self.pacing, &self.profile, self.window, now),
            rates: &self.rates,
            odds: self.odds,
            filtered: Filtered::default(),
        };
        Some(PacingStatus::of(&standing, now))
    }
}

/// As soon as possible.
#[derive(Debug)]
pub(crate) struct Asap;

impl Pacer for Asap {
    fn tick(&mut self, _second: u64, _counts: &Counts) {}

    fn admits(&mut self, _roll: Roll) -> bool {
        true
    }
}

/// Tokens by the clock: the goal over the seconds of the day, kept for a minute at most.
#[derive(Debug)]
pub(crate) struct Bucket {
    rate: f64,
    tokens: f64,
}

impl Bucket {
    pub(crate) fn new(plan: &Plan<'_>) -> Self {
        // What is not seen is bought again.
        let rate = plan.goal as f64 / DAY as f64 / 0.92;
        Self { rate, tokens: 0.0 }
    }
}

impl Pacer for Bucket {
    fn tick(&mut self, _second: u64, _counts: &Counts) {
        self.tokens = (self.tokens + self.rate).min(self.rate * 60.0);
    }

    fn admits(&mut self, _roll: Roll) -> bool {
        let has = self.tokens >= 1.0;
        if has {
            self.tokens -= 1.0;
        }
        has
    }
}

/// The share of the goal that the forecast has by a second of the day.
fn planned(profile: &Profile, start: Timestamp, second: u64) -> f64 {
    let at = |second| start.plus(Millis::from_seconds(second));
    profile.between(start, at(second)) as f64 / profile.between(start, at(DAY)) as f64
}

fn delivered(counts: &Counts) -> f64 {
    counts.settled as f64 + 0.92 * counts.reserved as f64
}

fn throw(roll: Roll, odds: f64) -> bool {
    (roll.draw(77) as f64) < odds * u64::MAX as f64
}

/// Once a minute the odds go up or down by a tenth, towards the forecast curve.
#[derive(Debug)]
pub(crate) struct Throttle {
    start: Timestamp,
    goal: u64,
    profile: Profile,
    odds: f64,
}

impl Throttle {
    pub(crate) fn new(plan: &Plan<'_>) -> Self {
        Self {
            start: plan.start,
            goal: plan.goal,
            profile: plan.profile.clone(),
            odds: 0.3,
        }
    }
}

impl Pacer for Throttle {
    fn tick(&mut self, second: u64, counts: &Counts) {
        if second.is_multiple_of(60) {
            let wanted = planned(&self.profile, self.start, second) * self.goal as f64;
            let factor = if delivered(counts) > wanted { 0.9 } else { 1.1 };
            self.odds = (self.odds * factor).clamp(0.001, 1.0);
        }
    }

    fn admits(&mut self, roll: Roll) -> bool {
        throw(roll, self.odds)
    }
}

/// A controller on the error against the forecast curve: proportional, integral, derivative.
#[derive(Debug)]
pub(crate) struct Pid {
    start: Timestamp,
    goal: u64,
    profile: Profile,
    sum: f64,
    before: f64,
    odds: f64,
}

impl Pid {
    pub(crate) fn new(plan: &Plan<'_>) -> Self {
        Self {
            start: plan.start,
            goal: plan.goal,
            profile: plan.profile.clone(),
            sum: 0.0,
            before: 0.0,
            odds: 0.33,
        }
    }
}

impl Pacer for Pid {
    fn tick(&mut self, second: u64, counts: &Counts) {
        if second.is_multiple_of(10) {
            let wanted = planned(&self.profile, self.start, second);
            let error = wanted - delivered(counts) / self.goal as f64;
            self.sum = (self.sum + error).clamp(-2.0, 2.0);
            let change = error - self.before;
            self.before = error;
            self.odds = (0.33 + 30.0 * error + 0.05 * self.sum + 20.0 * change).clamp(0.0, 1.0);
        }
    }

    fn admits(&mut self, roll: Roll) -> bool {
        throw(roll, self.odds)
    }
}
