//! A seeded world for pacing: days of traffic with bursts, shocks and beacons that never come,
//! and a strict budget beside which each way of pacing delivers what it can.
//!
//! No controller can overspend here: the budget is exact as in the product. What is compared is
//! how much of the goal is delivered, and how close to the shape of the traffic.

#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "figures for people, and peers as they are written elsewhere"
)]

use std::collections::VecDeque;

use adserve::decision::Roll;
use adserve::decision::pacing::{PacingStatus, Profile};
use adserve::model::{Timestamp, Zone};

/// Seconds of a day.
pub(crate) const DAY: u64 = 86_400;
/// How long an ad is held for that is not seen.
const HOLD: u64 = 300;
/// Of a hundred ads handed out, so many are never seen.
const UNFIRED: u64 = 8;
/// An ad is seen this long after it was decided, and up to a minute more.
const SEEN_AFTER: u64 = 5;
/// A break every ten minutes: half of their requests come within its first seconds.
const BREAK: u64 = 600;
const BURST: u64 = 5;
/// A shock lasts this long.
const SHOCK: u64 = 7_200;

/// What the requests of an hour are to those of a mean one, in hundredths: a day of television.
const SHAPE: [u64; 24] = [
    70, 45, 30, 22, 20, 25, 45, 70, 80, 82, 85, 92, 100, 102, 104, 108, 118, 135, 160, 190, 215,
    212, 175, 115,
];

/// How strong the traffic and how large the goal is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct World {
    /// Requests of a day to be expected.
    pub(crate) requests: u64,
    /// The goal, of a hundred requests to be expected.
    pub(crate) goal_percent: u64,
    /// Days.
    pub(crate) days: u64,
    /// All dice follow from it.
    pub(crate) seed: u64,
}

/// What a pacer knows at the start of a day.
#[derive(Debug)]
pub(crate) struct Plan<'a> {
    /// The first instant of the day.
    pub(crate) start: Timestamp,
    /// Impressions to be delivered.
    pub(crate) goal: u64,
    /// The traffic to be expected.
    pub(crate) profile: &'a Profile,
}

/// What was counted up to a second.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    /// Requests that came.
    pub(crate) offered: u64,
    /// Those that the pacer let through.
    pub(crate) entered: u64,
    /// Ads that were handed out.
    pub(crate) won: u64,
    /// Ads that were seen.
    pub(crate) settled: u64,
    /// Ads that may yet be seen.
    pub(crate) reserved: u64,
}

/// A way of pacing one day.
pub(crate) trait Pacer {
    /// Called at the start of each second.
    fn tick(&mut self, second: u64, counts: &Counts);
    /// Whether a request takes part.
    fn admits(&mut self, roll: Roll) -> bool;
    /// How the day stands, where the pacer can say.
    fn stands(&self, _second: u64, _counts: &Counts) -> Option<PacingStatus> {
        None
    }
}

/// What became of a day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outcome {
    /// Impressions seen.
    pub(crate) delivered: u64,
    /// The goal.
    pub(crate) goal: u64,
    /// The most that was ever settled and reserved beyond the goal.
    pub(crate) excess: u64,
    /// The mean distance from the traffic-shaped course, in parts of the goal.
    pub(crate) deviation: f64,
    /// The second at which the goal was reached.
    pub(crate) done: Option<u64>,
    /// How it stood an hour before its end.
    pub(crate) stood: Option<PacingStatus>,
}

struct Dice(Roll, u64);

impl Dice {
    fn draw(&mut self) -> u64 {
        self.1 += 1;
        self.0.draw(self.1)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.draw() % bound
    }

    /// A factor around 100, up to `percent` more or less.
    fn around(&mut self, percent: u64) -> u64 {
        100 - percent + self.below(2 * percent + 1)
    }
}

/// The traffic that the world expects, the same every day.
pub(crate) fn profile(world: &World) -> Profile {
    let mean = world.requests * 1_000_000 / 24;
    let sum: u64 = SHAPE.iter().sum();
    let mut rates = [0; 168];
    for (hour, rate) in rates.iter_mut().enumerate() {
        *rate = mean * 24 * SHAPE[hour % 24] / sum;
    }
    Profile::of(Zone::UTC, &rates)
}

/// The requests of each second of one day.
fn traffic(world: &World, dice: &mut Dice) -> Vec<u32> {
    let sum: u64 = SHAPE.iter().sum();
    let day = dice.around(20);
    let hours: Vec<u64> = (0..24).map(|_| dice.around(15)).collect();
    let shock = (dice.below(10) < 3).then(|| {
        let start = dice.below(DAY - SHOCK);
        (
            start..start + SHOCK,
            if dice.below(2) == 0 { 20 } else { 250 },
        )
    });
    let mut seconds = vec![0_u32; DAY as usize];
    for (second, requests) in (0..DAY).zip(seconds.iter_mut()) {
        let hour = (second / 3_600) as usize;
        let strength = match &shock {
            Some((span, percent)) if span.contains(&second) => *percent,
            _ => 100,
        };
        // In millionths of a request: of this second alone, and of the break it begins.
        let even = world.requests * 1_000_000 * SHAPE[hour] / sum / 3_600;
        let even = even * day / 100 * hours[hour] / 100 * strength / 100;
        let burst = if second % BREAK < BURST {
            even * BREAK / BURST
        } else {
            0
        };
        let mean = u64::midpoint(even, burst);
        // Binomial with the mean: a sum of coins for the whole, one for the rest.
        let whole = mean / 1_000_000 * 2;
        let coins = (0..whole).filter(|_| dice.draw() >> 63 == 0).count() as u32;
        *requests = coins + u32::from(dice.below(1_000_000) < mean % 1_000_000);
    }
    seconds
}

/// Runs all days, each with a pacer of its own, and says what became of them.
pub(crate) fn run<P: Pacer>(world: &World, mut begin: impl FnMut(&Plan<'_>) -> P) -> Vec<Outcome> {
    let profile = profile(world);
    let goal = world.requests * world.goal_percent / 100;
    let mut outcomes = Vec::new();
    for day in 0..world.days {
        let mut dice = Dice(Roll(world.seed.wrapping_add(day)), 0);
        let traffic = traffic(world, &mut dice);
        let start = Timestamp::from_millis((20_454 + day.cast_signed()) * 86_400_000);
        let mut pacer = begin(&Plan {
            start,
            goal,
            profile: &profile,
        });
        outcomes.push(one_day(&traffic, goal, &mut dice, &mut pacer));
    }
    outcomes
}

fn one_day<P: Pacer>(traffic: &[u32], goal: u64, dice: &mut Dice, pacer: &mut P) -> Outcome {
    let all: u64 = traffic.iter().map(|&requests| u64::from(requests)).sum();
    let mut counts = Counts::default();
    // Ads seen, and ads given back, by the second in which that is heard.
    let mut seen = vec![0_u64; traffic.len() + 100];
    let mut back: VecDeque<(u64, u64)> = VecDeque::new();
    let (mut excess, mut deviation, mut done, mut stood) = (0, 0.0, None, None);
    for (second, &requests) in (0..).zip(traffic) {
        counts.settled += seen[second as usize];
        counts.reserved -= seen[second as usize];
        while let Some((_due, ads)) = back.pop_front_if(|&mut (due, _ads)| due <= second) {
            counts.reserved -= ads;
        }
        pacer.tick(second, &counts);
        if second == DAY - 3_600 {
            stood = pacer.stands(second, &counts);
        }
        let mut lost = 0;
        for _ in 0..requests {
            counts.offered += 1;
            if !pacer.admits(Roll(dice.draw())) {
                continue;
            }
            counts.entered += 1;
            if counts.settled + counts.reserved >= goal {
                continue;
            }
            counts.won += 1;
            counts.reserved += 1;
            excess = excess.max((counts.settled + counts.reserved).saturating_sub(goal));
            if dice.below(100) < UNFIRED {
                lost += 1;
            } else {
                seen[(second + SEEN_AFTER + dice.below(60)) as usize] += 1;
            }
        }
        if lost > 0 {
            back.push_back((second + HOLD, lost));
        }
        let delivered = counts.settled + counts.reserved * (100 - UNFIRED) / 100;
        let ideal = counts.offered as f64 / all as f64;
        deviation += (delivered as f64 / goal as f64 - ideal).abs();
        if done.is_none() && delivered >= goal * 999 / 1_000 {
            done = Some(second);
        }
    }
    // What was handed out in the last minute is seen after midnight.
    let late: u64 = seen[traffic.len()..].iter().sum();
    Outcome {
        delivered: counts.settled + late,
        goal,
        excess,
        deviation: deviation / traffic.len() as f64,
        done,
        stood,
    }
}
