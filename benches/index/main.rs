//! How long the index takes to find the first candidates of a request, by number of campaigns.
//!
//! Run with `cargo bench --bench index`. It prints the median and the 99th percentile over 3,000
//! distinct requests, what the index weighs and how long it takes to build, and then the means as
//! divan sees them. The naive reading of the rules is in the same run: it goes through the
//! campaigns in the same order and stops at as many.
//!
//! Each campaign targets four or five of twenty dimensions, one clause in ten excludes, one
//! campaign in twenty has two or three rules; four tiers, sixty prices, weights from 1 to 10.

#![expect(clippy::print_stdout, reason = "a benchmark tells what it measured")]

mod draws;

use std::cell::RefCell;
use std::hint::black_box;
use std::time::{Duration, Instant};

use adserve::decision::Roll;
use adserve::decision::index::{Ask, Counting, Entry, Index, LiveBits, Scratch};
use adserve::model::targeting::{Moment, Subject};
use adserve::model::{ChannelId, Targeting, Tier, Traits};
use divan::Bencher;

use draws::{Dice, request, targeting};

const SIZES: &[usize] = &[100, 10_000, 100_000];
const REQUESTS: usize = 3_000;
const WANTED: usize = 64;

fn main() {
    for &size in SIZES {
        print_percentiles(size);
    }
    divan::main();
}

struct World {
    targetings: Vec<Targeting>,
    requests: Vec<(Traits, Option<ChannelId>, Moment)>,
}

impl World {
    fn of(campaigns: usize) -> Self {
        let mut dice = Dice::of(7);
        Self {
            targetings: (0..campaigns).map(|_| targeting(&mut dice)).collect(),
            requests: (0..REQUESTS).map(|_| request(&mut dice)).collect(),
        }
    }

    fn entries(&self) -> Vec<Entry<'_>> {
        let mut dice = Dice::of(8);
        let entry = |targeting| Entry {
            tier: match dice.below(10) {
                0 => Tier::Sponsorship,
                1..=4 => Tier::Standard,
                5..=8 => Tier::Bulk,
                _ => Tier::House,
            },
            value: i64::from(dice.below(60)) * 500_000,
            weight: 1 + dice.below(10),
            targeting,
        };
        self.targetings.iter().map(entry).collect()
    }

    fn subject(&self, number: usize) -> Subject<'_> {
        let (traits, channel, moment) = &self.requests[number % REQUESTS];
        Subject {
            traits,
            channel: *channel,
            moment: *moment,
        }
    }

    /// The campaigns in the order of the index, for the naive reading.
    fn ranked(&self) -> Vec<&Targeting> {
        let mut entries = self.entries();
        entries.sort_by_key(|entry| (entry.tier, std::cmp::Reverse(entry.value)));
        entries.into_iter().map(|entry| entry.targeting).collect()
    }
}

struct Asking<'a> {
    index: &'a Index,
    live: &'a LiveBits,
    world: &'a World,
    scratch: RefCell<Scratch>,
}

impl Asking<'_> {
    fn pull(&self, number: usize, counting: Counting, wanted: usize) -> usize {
        let ask = Ask {
            subject: &self.world.subject(number),
            roll: Roll(number as u64),
            live: self.live,
            counting,
        };
        let mut scratch = self.scratch.borrow_mut();
        let mut candidates = self.index.candidates(&ask, &mut scratch);
        let mut count = 0;
        while count < wanted && black_box(candidates.next()).is_some() {
            count += 1;
        }
        black_box(candidates.tally());
        count
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn percentiles(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let micros = |share: usize| {
        let nanos = times[times.len() * share / 100].as_nanos();
        format!("{}.{:02}", nanos / 1_000, nanos % 1_000 / 10)
    };
    format!("p50 {:>8} µs  p99 {:>8} µs", micros(50), micros(99))
}

fn print_percentiles(size: usize) {
    let world = World::of(size);
    let entries = world.entries();
    let builds = (0..5).map(|_| time(|| Index::build(&entries))).min();
    let index = Index::build(&entries);
    let live = index.live_bits();
    let asking = Asking {
        index: &index,
        live: &live,
        world: &world,
        scratch: RefCell::default(),
    };
    let matching: usize = (0..REQUESTS)
        .map(|n| asking.pull(n, Counting::Off, usize::MAX))
        .sum();
    println!(
        "{size} campaigns: {} bytes each, built in {:?}, {} match a request",
        index.bytes() / size,
        builds.unwrap_or_default(),
        matching / REQUESTS
    );
    let report = |what: &str, counting, wanted| {
        let mut times = Vec::new();
        for number in 0..3 * REQUESTS {
            let took = time(|| asking.pull(number, counting, wanted));
            if number >= REQUESTS {
                times.push(took);
            }
        }
        println!("  {what:<28} {}", percentiles(times));
    };
    report("first 64", Counting::Off, WANTED);
    report("first 64, reasons counted", Counting::On, WANTED);
    report("all", Counting::Off, usize::MAX);
    report("all, reasons counted", Counting::On, usize::MAX);
    let ranked = world.ranked();
    let naive = (0..REQUESTS.min(10_000_000 / size))
        .map(|number| time(|| read_naively(&ranked, &world.subject(number))));
    println!(
        "  {:<28} {}",
        "first 64, naive reading",
        percentiles(naive.collect())
    );
}

fn read_naively(ranked: &[&Targeting], subject: &Subject<'_>) -> usize {
    let matching = ranked.iter().filter(|targeting| targeting.matches(subject));
    matching.take(WANTED).count()
}

#[divan::bench(args = SIZES)]
fn first_64(bencher: Bencher<'_, '_>, size: usize) {
    bench(bencher, size, Counting::Off);
}

#[divan::bench(args = SIZES)]
fn first_64_counted(bencher: Bencher<'_, '_>, size: usize) {
    bench(bencher, size, Counting::On);
}

fn bench(bencher: Bencher<'_, '_>, size: usize, counting: Counting) {
    let world = World::of(size);
    let index = Index::build(&world.entries());
    let asking = Asking {
        index: &index,
        live: &index.live_bits(),
        world: &world,
        scratch: RefCell::default(),
    };
    let mut number = 0;
    bencher.bench_local(|| {
        number += 1;
        asking.pull(number, counting, WANTED)
    });
}

#[divan::bench(args = SIZES)]
fn first_64_naive(bencher: Bencher<'_, '_>, size: usize) {
    let world = World::of(size);
    let ranked = world.ranked();
    let mut number = 0;
    bencher.bench_local(|| {
        number += 1;
        read_naively(&ranked, &world.subject(number))
    });
}

#[divan::bench(args = SIZES)]
fn build(bencher: Bencher<'_, '_>, size: usize) {
    let world = World::of(size);
    let entries = world.entries();
    bencher.bench_local(|| Index::build(&entries));
}
