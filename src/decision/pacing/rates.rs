//! What is learned of a campaign while it runs: how much of the traffic it may have, how much of
//! that it gets, and how much of what it gets is seen.

use super::profile::Traffic;
use super::share::{self, Share, WHOLE};
use crate::model::Millis;

/// After this time, what was seen counts half.
const HALF_LIFE: Millis = Millis::from_seconds(3_600);
/// A longer gap between two looks tells nothing: the clock was set, or the program stood still.
const GAP_MAX: Millis = Millis::from_seconds(60);
/// Opportunities that the forecast weighs, before any was seen.
const PRIOR: u64 = 10;
/// Millionths of a request in one.
const MICRO: u128 = 1_000_000;
/// The forecast is believed within this factor, up and down.
const FACTOR_MAX: Share = WHOLE << 24;

/// What was counted since the last look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Observed {
    /// Requests the campaign could have been given.
    pub offered: u64,
    /// Those in which its pacing let it take part.
    pub entered: u64,
    /// Those it was given.
    pub won: u64,
}

/// What is known of a campaign's chances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rates {
    /// Opportunities, fading, in millionths.
    offered: u128,
    /// What the forecast said for the same time, fading alike.
    forecast: Traffic,
    won: Part,
    seen: Part,
    paid: Part,
}

/// What a budget or a goal counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Impressions.
    Impressions,
    /// Events that the price buys.
    Paid,
}

impl Rates {
    /// Learns what came in the time since the last look, for which the profile expected
    /// `forecast` requests of the tenant.
    pub fn observe(&mut self, elapsed: Millis, forecast: Traffic, observed: Observed) {
        if elapsed.0 == 0 || elapsed > GAP_MAX {
            return;
        }
        let kept = faded(elapsed);
        self.offered = share::of(self.offered, kept) + u128::from(observed.offered) * MICRO;
        self.forecast = share::of(self.forecast, kept) + forecast;
        self.won.add(observed.won, observed.entered);
    }

    /// Learns that of `resolved` ads whose hold is over, so many ended in an event of the measure.
    pub fn resolve(&mut self, measure: Measure, fired: u64, resolved: u64) {
        match measure {
            Measure::Impressions => self.seen.add(fired, resolved),
            Measure::Paid => self.paid.add(fired, resolved),
        }
    }

    /// Opportunities of the campaign for each request that the profile expects.
    ///
    /// Until something was seen the profile is believed. It weighs as much as ten opportunities,
    /// and soon much less when more are seen: where nothing was known of the traffic, the forecast
    /// is next to nothing and must not hold back what is plain to see.
    pub fn factor(&self) -> Share {
        let prior = u128::from(PRIOR) * MICRO;
        let offered = self.offered.max(prior);
        let weight = (prior * prior / offered * prior / offered * prior / offered).max(1);
        let (seen, expected) = (self.offered + weight, self.forecast + weight);
        let factor = (seen << 32).checked_div(expected).unwrap_or_default();
        u64::try_from(factor)
            .unwrap_or(FACTOR_MAX)
            .clamp(1, FACTOR_MAX)
    }

    /// Of the requests in which it took part, the share that it was given.
    pub fn win_rate(&self) -> Share {
        self.won.rate()
    }

    /// Of the ads that were handed out, the share that ends in an event of the measure.
    pub fn fire_rate(&self, measure: Measure) -> Share {
        match measure {
            Measure::Impressions => self.seen.rate(),
            Measure::Paid => self.paid.rate(),
        }
    }
}

/// What is left of a count after some time: 2 to the power of minus the half-lives passed.
fn faded(elapsed: Millis) -> Share {
    // Three terms of the series of e^-x; the gap keeps x below 0.012, and the rest of the series
    // below one in a hundred million.
    const LN_2: u128 = 2_977_044_472;
    let x = LN_2 * u128::from(elapsed.0) / u128::from(HALF_LIFE.0);
    let x = u64::try_from(x).unwrap_or(WHOLE);
    let square = u64::try_from(share::of(u128::from(x), x)).unwrap_or(WHOLE);
    let cube = u64::try_from(share::of(u128::from(square), x)).unwrap_or(WHOLE);
    WHOLE + square / 2 - x - cube / 6
}

/// A rate of successes, beginning at nearly all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Part {
    hits: u64,
    tries: u64,
}

impl Part {
    /// Tries that are remembered; then all counts are halved, so that the recent weigh more.
    const TRIES_MAX: u64 = 20_000;
    /// Successes that are believed before the first try.
    const PRIOR_HITS: u64 = 95;
    const PRIOR_TRIES: u64 = 100;

    fn add(&mut self, hits: u64, tries: u64) {
        self.hits = self.hits.saturating_add(hits);
        self.tries = self.tries.saturating_add(tries).max(self.hits);
        while self.tries > Self::TRIES_MAX {
            self.hits /= 2;
            self.tries /= 2;
        }
    }

    fn rate(&self) -> Share {
        let hits = self.hits + Self::PRIOR_HITS;
        share::share(hits.into(), (self.tries + Self::PRIOR_TRIES).into())
    }
}
