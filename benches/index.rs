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

use std::cell::RefCell;
use std::hint::black_box;
use std::time::{Duration, Instant};

use adserve::decision::Roll;
use adserve::decision::index::{Ask, Counting, Entry, Index, LiveBits, Scratch};
use adserve::model::targeting::{
    Audience, Clause, Content, Daypart, DaypartZone, Device, Dimension, Geo, Moment, Place, Rule,
    Sense, Span, Subject, Value,
};
use adserve::model::{ChannelId, Targeting, Tier, Traits};
use divan::Bencher;

const SIZES: &[usize] = &[100, 10_000, 100_000];
const REQUESTS: usize = 3_000;
const WANTED: usize = 64;

fn main() {
    for &size in SIZES {
        print_percentiles(size);
    }
    divan::main();
}

/// Draws from one seed.
struct Dice {
    roll: Roll,
    draws: u64,
}

impl Dice {
    fn of(seed: u64) -> Self {
        Self {
            roll: Roll(seed),
            draws: 0,
        }
    }

    fn below(&mut self, bound: u32) -> u32 {
        self.draws += 1;
        let scaled = (u128::from(self.roll.draw(self.draws)) * u128::from(bound)) >> 64;
        u32::try_from(scaled).expect("below the bound")
    }

    fn percent(&mut self, share: u32) -> bool {
        self.below(100) < share
    }

    /// Low numbers more often than high ones.
    fn skewed(&mut self, bound: u32) -> u32 {
        let one = self.below(bound);
        one.min(self.below(bound))
    }
}

fn word(kind: &str, number: u32) -> String {
    format!("{kind} {number}")
}

fn place(dice: &mut Dice) -> Place {
    let region = format!("US-{:02}", dice.skewed(50));
    match dice.below(10) {
        0 => Place::Country(["US", "CA", "GB"][dice.skewed(3) as usize].to_owned()),
        1..=4 => Place::Region(region),
        5..=7 => Place::Dma(500 + u16::try_from(dice.skewed(210)).expect("a small number")),
        8 => Place::City {
            within: region,
            name: word("city", dice.below(40)),
        },
        _ => Place::Postal {
            country: "US".to_owned(),
            code: word("", dice.below(5_000)),
        },
    }
}

fn span(dice: &mut Dice, step: u32) -> Span {
    let from = dice.below(9) * step;
    let to = if dice.percent(30) {
        u32::MAX
    } else {
        from + (1 + dice.below(4)) * step - 1
    };
    Span { from, to }
}

fn daypart(dice: &mut Dice) -> Daypart {
    let days = [0b111_1111, 0b001_1111, 0b110_0000, 0b001_0000, 0b000_0001];
    let hours = [(6, 10), (9, 17), (17, 20), (18, 23), (20, 24), (22, 2)];
    let (from, to) = hours[dice.below(6) as usize];
    Daypart {
        days: days[dice.below(5) as usize],
        from: from * 60,
        to: to * 60,
        zone: [DaypartZone::Campaign, DaypartZone::Viewer][dice.below(2) as usize],
    }
}

/// The share of campaigns that target a dimension, in percent, and how many values at most.
const MIX: [(Dimension, u32, u32); 14] = [
    (Dimension::Geo, 70, 4),
    (Dimension::Device, 5, 2),
    (Dimension::DeviceType, 40, 2),
    (Dimension::Brand, 8, 2),
    (Dimension::Os, 8, 2),
    (Dimension::Channel, 40, 4),
    (Dimension::Category, 40, 3),
    (Dimension::Genre, 25, 3),
    (Dimension::Rating, 10, 3),
    (Dimension::Age, 45, 1),
    (Dimension::Gender, 20, 1),
    (Dimension::Income, 15, 1),
    (Dimension::Segment, 50, 4),
    (Dimension::Daypart, 25, 1),
];
const KEYS: u32 = 6;

fn value(dice: &mut Dice, dimension: &Dimension) -> Value {
    match dimension {
        Dimension::Geo => Value::Place(place(dice)),
        Dimension::Age => Value::Span(span(dice, 9)),
        Dimension::Income => Value::Span(span(dice, 20_000)),
        Dimension::Daypart => Value::Daypart(daypart(dice)),
        Dimension::Channel => Value::Channel(ChannelId::new(1 + dice.skewed(100))),
        Dimension::Device | Dimension::DeviceType => Value::Word(word("type", dice.skewed(7))),
        Dimension::Brand => Value::Word(word("brand", dice.skewed(15))),
        Dimension::Os => Value::Word(word("os", dice.skewed(10))),
        Dimension::Category => Value::Word(word("category", dice.skewed(30))),
        Dimension::Genre => Value::Word(word("genre", dice.skewed(25))),
        Dimension::Rating => Value::Word(word("rating", dice.skewed(8))),
        Dimension::Gender => Value::Word(word("gender", dice.below(2))),
        Dimension::Segment => Value::Word(word("segment", dice.skewed(300))),
        Dimension::Key(_) => Value::Word(word("value", dice.skewed(20))),
    }
}

fn clause(dice: &mut Dice, dimension: Dimension, most: u32) -> Clause {
    let count = 1 + dice.below(most);
    let mut values: Vec<_> = (0..count).map(|_| value(dice, &dimension)).collect();
    values.sort();
    values.dedup();
    let sense = if dice.percent(10) {
        Sense::Exclude
    } else {
        Sense::Include
    };
    Clause {
        dimension,
        sense,
        values,
    }
}

fn targeting(dice: &mut Dice) -> Targeting {
    let count = if dice.percent(5) {
        2 + dice.below(2)
    } else {
        1
    };
    let rule = |dice: &mut Dice| {
        let mut clauses = Vec::new();
        for (dimension, share, most) in MIX {
            if dice.percent(share) {
                clauses.push(clause(dice, dimension, most));
            }
        }
        for key in 0..KEYS {
            if dice.percent(3) {
                clauses.push(clause(dice, Dimension::Key(word("key", key)), 3));
            }
        }
        Rule { clauses }
    };
    Targeting {
        rules: (0..count).map(|_| rule(dice)).collect(),
    }
}

fn request(dice: &mut Dice) -> (Traits, Option<ChannelId>, Moment) {
    let geo = Geo {
        country: Some(if dice.percent(90) { "US" } else { "CA" }.to_owned()),
        region: Some(format!("{:02}", dice.skewed(50))),
        city: dice.percent(80).then(|| word("city", dice.below(40))),
        dma: Some(500 + u16::try_from(dice.skewed(210)).expect("a small number")),
        postal: dice.percent(80).then(|| word("", dice.below(5_000))),
    };
    let device = Device {
        kind: Some(word("type", dice.skewed(7))),
        brand: Some(word("brand", dice.skewed(15))),
        os: Some(word("os", dice.skewed(10))),
    };
    let words = |dice: &mut Dice, kind, count: u32, bound| -> Vec<String> {
        (0..count).map(|_| word(kind, dice.skewed(bound))).collect()
    };
    let content = Content {
        id: None,
        categories: words(dice, "category", 3, 30),
        genres: words(dice, "genre", 2, 25),
        rating: Some(word("rating", dice.skewed(8))),
    };
    let count = dice.below(16);
    let audience = Audience {
        age: dice.percent(70).then(|| 10 + dice.below(70)),
        gender: dice.percent(70).then(|| word("gender", dice.below(2))),
        income: dice.percent(50).then(|| dice.below(200_000)),
        segments: words(dice, "segment", count, 300),
    };
    let keys = (0..KEYS).filter(|_| dice.percent(50)).collect::<Vec<_>>();
    let key_values = keys
        .into_iter()
        .map(|key| (word("key", key), words(dice, "value", 1, 20)));
    let traits = Traits {
        geo,
        device,
        content,
        audience,
        zone: None,
        key_values: key_values.collect(),
    };
    let moment = Moment {
        campaign: u16::try_from(dice.below(10_080)).expect("a minute of a week"),
        viewer: Some(u16::try_from(dice.below(10_080)).expect("a minute of a week")),
    };
    (traits, Some(ChannelId::new(1 + dice.skewed(100))), moment)
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
