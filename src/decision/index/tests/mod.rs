//! The index against the naive reading of the rules, and its draws against the weights.

mod draws;
mod equal;
mod world;

use super::{Ask, Candidate, Counting, DIMENSIONS, Entry, Index, LiveBits, Scratch, Tally};
use super::{Roll, dimension_number};
use crate::model::targeting::Subject;
use crate::model::{Targeting, Tier};

/// All candidates of a request, and what became of the others.
fn all(
    index: &Index,
    live: &LiveBits,
    subject: &Subject<'_>,
    seed: u64,
) -> (Vec<Candidate>, Tally) {
    let ask = Ask {
        subject,
        roll: Roll(seed),
        live,
        counting: Counting::On,
    };
    let mut scratch = Scratch::default();
    let mut candidates = index.candidates(&ask, &mut scratch);
    let pulled = candidates.by_ref().collect();
    (pulled, *candidates.tally())
}

/// The first few candidates, without counts.
fn first(
    index: &Index,
    live: &LiveBits,
    subject: &Subject<'_>,
    few: (u64, usize),
) -> Vec<Candidate> {
    let (seed, count) = few;
    let ask = Ask {
        subject,
        roll: Roll(seed),
        live,
        counting: Counting::Off,
    };
    let mut scratch = Scratch::default();
    index.candidates(&ask, &mut scratch).take(count).collect()
}

/// Entries of these targetings, with tiers and values that depend on the place.
fn entries(targetings: &[Targeting], values: usize) -> Vec<Entry<'_>> {
    let entry = |(place, targeting): (usize, _)| {
        let mixed = place.wrapping_mul(2_654_435_761) >> 7;
        Entry {
            tier: Tier::ALL[mixed / 1_000 % Tier::ALL.len()],
            value: i64::try_from(mixed % values).unwrap(),
            weight: u32::try_from(mixed % 17 + 1).unwrap(),
            targeting,
        }
    };
    targetings.iter().enumerate().map(entry).collect()
}

/// Compares one request with the naive reading: the set, the order and the counts.
fn check(index: &Index, entries: &[Entry<'_>], subject: &Subject<'_>, seed: u64) {
    let live = index.live_bits();
    let (pulled, tally) = all(index, &live, subject, seed);
    let mut failed = [0; DIMENSIONS];
    let mut matched = [0; 4];
    let mut expected = Vec::new();
    for (place, entry) in (0u32..).zip(entries) {
        if let Some(dimension) = entry.targeting.failing(subject) {
            failed[dimension_number(dimension)] += 1;
        } else {
            matched[entry.tier as usize] += 1;
            expected.push(place);
        }
    }
    let mut places: Vec<u32> = pulled.iter().map(|candidate| candidate.place).collect();
    places.sort_unstable();
    assert_eq!(places, expected, "who is meant: {subject:?}");
    let rank = |candidate: &Candidate| (candidate.tier, std::cmp::Reverse(candidate.value));
    assert!(pulled.is_sorted_by_key(rank), "by tier, then by value");
    for candidate in &pulled {
        let entry = &entries[candidate.place as usize];
        assert_eq!((entry.tier, entry.value), (candidate.tier, candidate.value));
    }
    assert_eq!(tally.failed, failed, "where the others fail");
    assert_eq!((tally.matched, tally.resting), (matched, 0));
    assert_eq!(tally.unseen, [0; 4], "all were looked at");
    let few = pulled.len().min(3);
    assert_eq!(
        first(index, &live, subject, (seed, few)),
        pulled[..few],
        "the first are the first of all"
    );
}
