//! What filling a pod takes and wins: time, share proved best, and what simpler ways lose.
//!
//! Run with `cargo bench --bench pods`. Each row is 1,500 random pods of one kind; each pod is
//! solved five times with warm memory and its shortest time counts, so that what else the machine
//! does shows less. Loss is the value that a simpler way leaves, as a share of the best.
#![expect(
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a bench reads the clock, prints, and rounds for people"
)]

use std::time::Instant;

use adserve::decision::Roll;
use adserve::decision::pod::{Item, NODES_MAX, Placed, Scratch, Separation, Worth, check, solve};
use adserve::model::{Millis, PodGoal, PodShape, Position, Tier};

const PODS: u64 = 1_500;
const RUNS: u32 = 5;
const EXCLUSIVE: u64 = 8;
const APART: u64 = 6;

/// Lengths as they are mostly sold, and with the short ones that make a finer grid.
const FIVES: &[u64] = &[15, 15, 15, 15, 15, 30, 30, 30, 30, 10, 20, 45, 60];
const ONES: &[u64] = &[6, 10, 15, 15, 15, 15, 20, 30, 30, 30, 45, 60];

/// A kind of pods.
#[derive(Clone, Copy)]
struct Kind {
    name: &'static str,
    candidates: u32,
    seconds: u64,
    slots: &'static [u64],
    lengths: &'static [u64],
    /// Lengths are shorter by 0 to 3 times this many milliseconds, as those of files are.
    ragged: u64,
    goal: PodGoal,
    tiers: &'static [Tier],
    most: u16,
}

const USUAL: Kind = Kind {
    name: "32 / 120 s",
    candidates: 32,
    seconds: 120,
    slots: &[],
    lengths: FIVES,
    ragged: 0,
    goal: PodGoal::Revenue,
    tiers: &[Tier::Standard],
    most: 12,
};

fn kinds() -> Vec<Kind> {
    let of = |name, candidates, seconds| Kind {
        name,
        candidates,
        seconds,
        ..USUAL
    };
    let tiers = Tier::ALL;
    vec![
        Kind {
            most: 1,
            ..of("32, one ad", 32, 30)
        },
        of("16 / 60 s", 16, 60),
        USUAL,
        of("64 / 120 s", 64, 120),
        of("64 / 180 s", 64, 180),
        of("64 / 240 s", 64, 240),
        Kind {
            lengths: ONES,
            ..of("32 / 120 s, 6 s spots", 32, 120)
        },
        Kind {
            lengths: ONES,
            ..of("64 / 120 s, 6 s spots", 64, 120)
        },
        Kind {
            lengths: ONES,
            ..of("64 / 240 s, 6 s spots", 64, 240)
        },
        Kind {
            ragged: 10,
            ..of("32 / 120 s, uneven lengths", 32, 120)
        },
        Kind {
            ragged: 10,
            ..of("64 / 240 s, uneven lengths", 64, 240)
        },
        Kind {
            tiers,
            ..of("32 / 120 s, four tiers", 32, 120)
        },
        Kind {
            tiers,
            ..of("64 / 240 s, four tiers", 64, 240)
        },
        Kind {
            goal: PodGoal::Fill,
            ..of("32 / 120 s, fill", 32, 120)
        },
        Kind {
            goal: PodGoal::Experience,
            ..of("32 / 120 s, experience", 32, 120)
        },
        Kind {
            slots: &[30, 30, 30, 30],
            ..of("32 / 4 slots of 30 s", 32, 120)
        },
        Kind {
            slots: &[15, 30, 30, 15, 30],
            ..of("32 / slots of 15 and 30 s", 32, 120)
        },
        Kind {
            slots: &[30, 15],
            ..of("32 / 2 slots and 75 s", 32, 120)
        },
        Kind {
            slots: &[30, 15],
            ..of("64 / 2 slots and 195 s", 64, 240)
        },
    ]
}

/// The lists of one candidate.
struct Lists {
    exclusive: Vec<u32>,
    separations: Vec<Separation>,
}

/// Draws one after another from one seed.
struct Dice {
    roll: Roll,
    drawn: u64,
}

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.drawn += 1;
        self.roll.draw(self.drawn) % end
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let place = self.below(from.len() as u64);
        from[usize::try_from(place).expect("below a length")]
    }

    fn small(&mut self, end: u64) -> u32 {
        u32::try_from(self.below(end)).expect("a small number")
    }

    fn lists(&mut self) -> Lists {
        let exclusive = self.small(2 * EXCLUSIVE);
        let apart = self.small(2 * APART);
        let apart = Separation {
            category: apart,
            gap: Millis::from_seconds(30),
        };
        Lists {
            exclusive: Some(exclusive)
                .filter(|&branch| u64::from(branch) < EXCLUSIVE)
                .into_iter()
                .collect(),
            separations: Some(apart)
                .filter(|apart| u64::from(apart.category) < APART)
                .into_iter()
                .collect(),
        }
    }

    /// A candidate that costs 5 to 45 a thousand for half a minute, times an urgency of 0.5 to 4.
    fn item<'a>(
        &mut self,
        kind: &Kind,
        place: u32,
        lists: &'a Lists,
        advertisers: u64,
    ) -> Item<'a> {
        let seconds = self.pick(kind.lengths);
        let price = 5_000_000 + self.below(40_000_000);
        let urgency = 500 + self.below(self.roll.0 % 3_500 + 1);
        let value = price * urgency / 1_000 * (seconds + 15) / 45;
        let position = match self.below(100) {
            0..=3 => Position::First,
            4..=5 => Position::Last,
            6..=7 => Position::Edge,
            _ => Position::Any,
        };
        Item {
            campaign: place,
            creative: place,
            advertiser: self.small(advertisers),
            tier: self.pick(kind.tiers),
            value: i64::try_from(value).expect("a price"),
            duration: Millis(seconds * 1_000 - self.below(4) * kind.ragged),
            position,
            exclusive: &lists.exclusive,
            separations: &lists.separations,
            tie: self.below(u64::MAX),
            repeats: u8::from(self.below(5) == 0),
            per_pod: 1,
        }
    }
}

/// A pod filled ad by ad in the order of a key, each where it can go next.
fn greedy(shape: &PodShape, items: &[Item<'_>], key: impl Fn(&Item<'_>) -> i64) -> i64 {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|&place| (items[place].tier, -key(&items[place])));
    let (mut seats, mut clock): (Vec<Placed>, u64) = (Vec::new(), 0);
    for slot in 0..usize::from(shape.max_ads) {
        let fixed = shape.slots.get(slot).map(|length| length.0);
        let left = fixed.unwrap_or(shape.duration.0.saturating_sub(clock));
        let next = order.iter().position(|&place| {
            let item = &items[place];
            let fits = item.duration.0 <= left
                && match item.position {
                    Position::Any => true,
                    Position::First | Position::Edge => seats.is_empty(),
                    Position::Last => false,
                };
            fits && seats
                .iter()
                .all(|seat| goes_with(item, &items[seat.item], seat, clock))
        });
        let took = next.map(|next| order.remove(next));
        seats.extend(took.map(|item| Placed {
            item,
            start: Millis(clock),
            slot: None,
        }));
        clock += match (fixed, took) {
            (Some(length), _) => length,
            (None, Some(item)) => items[item].duration.0,
            (None, None) => break,
        };
    }
    seats.iter().map(|seat| items[seat.item].value).sum()
}

fn goes_with(item: &Item<'_>, other: &Item<'_>, seat: &Placed, clock: u64) -> bool {
    let between = clock - (seat.start.0 + other.duration.0);
    let apart = |one: &Separation| {
        let same = |two: &Separation| two.category == one.category;
        between >= one.gap.0 || !other.separations.iter().any(same)
    };
    item.advertiser != other.advertiser
        && !item
            .exclusive
            .iter()
            .any(|branch| other.exclusive.contains(branch))
        && item.separations.iter().all(apart)
}

/// What one row found.
#[derive(Default)]
struct Row {
    nanos: Vec<u128>,
    nodes: Vec<u32>,
    proved: usize,
    /// Worst of what the bound leaves open, as a share.
    gap: f64,
    best: i128,
    highest: i128,
    greedies: i128,
    filled: u64,
}

fn run(kind: &Kind, scratch: &mut Scratch) -> Row {
    let mut row = Row::default();
    let mut shape = PodShape::of(Millis::from_seconds(kind.seconds));
    shape.slots = kind
        .slots
        .iter()
        .map(|&slot| Millis::from_seconds(slot))
        .collect();
    shape.goal = kind.goal;
    shape.max_ads = kind.most;
    for pod in 0..PODS {
        let mut dice = Dice {
            roll: Roll(pod),
            drawn: 0,
        };
        let advertisers = 12 + dice.below(29);
        let lists: Vec<Lists> = (0..kind.candidates).map(|_| dice.lists()).collect();
        let places = (0..).zip(&lists);
        let items: Vec<Item<'_>> = places
            .map(|(place, lists)| dice.item(kind, place, lists, advertisers))
            .collect();
        let mut nanos = u128::MAX;
        for _run in 0..RUNS {
            let begin = Instant::now();
            let solution = solve(&shape, &items, NODES_MAX, scratch);
            nanos = nanos.min(begin.elapsed().as_nanos());
            drop(solution);
        }
        let solution = solve(&shape, &items, NODES_MAX, scratch);
        check(&shape, &items, &solution).expect("every pod keeps the rules");
        let worth = solution.worth.value(kind.goal);
        let first = |worth: &Worth| worth.0.iter().map(|parts| parts[0]).sum::<i128>() as f64;
        let (reached, bound) = (first(&solution.worth), first(&solution.bound));
        row.nanos.push(nanos);
        row.nodes.push(solution.nodes);
        row.proved += usize::from(solution.proved);
        row.gap = row.gap.max(1.0 - reached / bound.max(1.0));
        row.best += worth;
        let highest = greedy(&shape, &items, |item| item.value);
        let dense = greedy(&shape, &items, |item| {
            item.value * 1_000 / item.duration.0.cast_signed()
        });
        row.highest += i128::from(highest);
        row.greedies += i128::from(highest.max(dense));
        let filled = solution.ads.iter().map(|ad| items[ad.item].duration.0);
        row.filled += filled.sum::<u64>();
    }
    row.nanos.sort_unstable();
    row.nodes.sort_unstable();
    row
}

fn main() {
    let mut scratch = Scratch::default();
    println!(
        "| {:<28} | proved | worst gap | p50 µs | p99 µs | max µs | nodes p50/p99 | fill | highest first loses | best of two greedies loses |",
        "candidates / pod"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    for kind in kinds() {
        let row = run(&kind, &mut scratch);
        let (pods, median) = (row.nanos.len(), row.nanos.len() / 2);
        let late = pods * 99 / 100;
        let micros = |place: usize| row.nanos[place] as f64 / 1e3;
        // Where money is not what counts first, the best pod may well have less of it.
        let money = kind.goal == PodGoal::Revenue && kind.tiers.len() == 1;
        let loss = |worth: i128| {
            let share = 100.0 * (1.0 - worth as f64 / row.best as f64);
            Some(format!("{share:.1}%"))
                .filter(|_| money)
                .unwrap_or_default()
        };
        println!(
            "| {:<28} | {:.2}% | {:.2}% | {:.1} | {:.1} | {:.1} | {}/{} | {:.1}% | {} | {} |",
            kind.name,
            100.0 * row.proved as f64 / pods as f64,
            100.0 * row.gap,
            micros(median),
            micros(late),
            micros(pods - 1),
            row.nodes[median],
            row.nodes[late],
            row.filled as f64 / (PODS * kind.seconds * 10) as f64,
            loss(row.highest),
            loss(row.greedies),
        );
    }
}
