//! The shape of the traffic: how many requests each hour of the week brings.

use crate::model::{Timestamp, Zone};

/// Hours of a week.
pub const HOURS: usize = 168;
/// Most requests an hour that a profile tells apart.
const RATE_MAX: u64 = 1_000_000_000;
/// Millionths of a request in one.
const MICRO: u64 = 1_000_000;
const HOUR_MILLIS: u64 = 3_600_000;
const WEEK_MILLIS: i64 = 168 * 3_600_000;
/// The first of January 1970 was a Thursday; the week begins on Monday.
const EPOCH_IN_WEEK: i64 = 3 * 24 * 3_600_000;
/// Clock changes of one span that are looked at: two a year for half a century. What is left of
/// the span after them goes by the last.
const CHANGES_MAX: usize = 100;
/// Of what an hour seems to bring, this part is taken from the mean of all hours: an hour without
/// a request in four weeks is not one that never has any.
const MEAN_PART: u64 = 20;

/// Requests, in millionths.
pub type Traffic = u128;

/// How many requests each hour of the week brings, by the clocks of a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    zone: Zone,
    /// Requests in each hour, in millionths; the first is Monday from midnight.
    rates: [u64; HOURS],
    /// The sums of all rates before.
    before: [u64; HOURS],
    week: u64,
}

impl Profile {
    /// The same number of requests in every hour.
    pub fn even(zone: Zone, per_hour: u64) -> Self {
        Self::of(zone, &[per_hour.saturating_mul(MICRO); HOURS])
    }

    /// As many requests as given, in millionths an hour, Monday from midnight on. Where they are
    /// all zero, the traffic counts as even.
    pub fn of(zone: Zone, rates: &[u64; HOURS]) -> Self {
        let is_empty = rates.iter().all(|&rate| rate == 0);
        let bounded = |rate: u64| {
            if is_empty {
                MICRO
            } else {
                rate.min(RATE_MAX * MICRO)
            }
        };
        let rates = rates.map(bounded);
        let mut before = [0; HOURS];
        let mut week = 0;
        for (sum, rate) in before.iter_mut().zip(rates) {
            *sum = week;
            week += rate;
        }
        Self {
            zone,
            rates,
            before,
            week,
        }
    }

    /// Learns from the requests of past hours, each by its first instant, up to `until`. The hour
    /// of the first request begins what is known; an hour that is not named had none. None with
    /// less than a day of it.
    ///
    /// With less than a week, every day of the week is taken to be the same.
    pub fn learn(zone: &Zone, hours: &[(Timestamp, u64)], until: Timestamp) -> Option<Self> {
        let busy = hours
            .iter()
            .filter(|&&(start, count)| count > 0 && start < until);
        let first = busy.clone().map(|&(start, _count)| start).min()?;
        let known = until.since(first).0 / HOUR_MILLIS;
        if known < 24 {
            return None;
        }
        let period = if known < HOURS as u64 { 24 } else { HOURS };
        let mut sums = [0_u64; HOURS];
        let mut times = [0_u64; HOURS];
        let mut start = first;
        for _ in 0..known {
            if let Some(times) = times.get_mut(hour_of_week(zone, start) % period) {
                *times += 1;
            }
            start = start.plus(crate::model::Millis(HOUR_MILLIS));
        }
        for &(start, count) in busy {
            if let Some(sum) = sums.get_mut(hour_of_week(zone, start) % period) {
                *sum = sum.saturating_add(count.min(RATE_MAX) * MICRO);
            }
        }
        let mut rates = [0; HOURS];
        for (place, rate) in rates.iter_mut().enumerate() {
            let at = place % period;
            let (sum, times) = (sums.get(at).copied()?, times.get(at).copied()?);
            *rate = sum / times.max(1);
        }
        let mean = rates.iter().sum::<u64>() / HOURS as u64;
        let smooth = |rate: u64| rate - rate / MEAN_PART + mean / MEAN_PART;
        Some(Self::of(zone.clone(), &rates.map(smooth)))
    }

    /// The requests to be expected from `start` to `end`; none when that is earlier.
    pub fn between(&self, start: Timestamp, end: Timestamp) -> Traffic {
        let mut sum: Traffic = 0;
        let mut at = start;
        for round in 0..=CHANGES_MAX {
            if at >= end {
                break;
            }
            let stretch = self.zone.stretch(at);
            let to = if round == CHANGES_MAX {
                end
            } else {
                end.min(stretch.end)
            };
            sum += self
                .until(to, stretch.ahead)
                .abs_diff(self.until(at, stretch.ahead));
            at = to;
        }
        sum
    }

    /// The zone of its hours.
    pub const fn zone(&self) -> &Zone {
        &self.zone
    }

    /// All traffic from some Monday long ago up to `at`, with clocks that were always `ahead`.
    fn until(&self, at: Timestamp, ahead: i64) -> i128 {
        let local = at
            .millis()
            .saturating_add(ahead)
            .saturating_add(EPOCH_IN_WEEK);
        let weeks = local.div_euclid(WEEK_MILLIS);
        let within = local.rem_euclid(WEEK_MILLIS).unsigned_abs();
        let hour = usize::try_from(within / HOUR_MILLIS).unwrap_or_default();
        let (before, rate) = (self.before.get(hour), self.rates.get(hour));
        let part = u128::from(rate.copied().unwrap_or_default()) * u128::from(within % HOUR_MILLIS)
            / u128::from(HOUR_MILLIS);
        i128::from(weeks) * i128::from(self.week)
            + i128::from(before.copied().unwrap_or_default())
            + part.cast_signed()
    }
}

/// Which hour of the week it is by the clocks of a zone.
fn hour_of_week(zone: &Zone, at: Timestamp) -> usize {
    let local = at.millis().saturating_add(zone.stretch(at).ahead);
    let within = local.saturating_add(EPOCH_IN_WEEK).rem_euclid(WEEK_MILLIS);
    usize::try_from(within.unsigned_abs() / HOUR_MILLIS).unwrap_or_default()
}
