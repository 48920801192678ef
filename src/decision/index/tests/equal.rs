//! The same answers as the naive reading, for anything that can be asked.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::world::{Asker, asker, targeting};
use super::{Counting, Entry, Index, Roll, Scratch, all, check, entries};
use crate::model::Tier;
use crate::model::targeting::{Clause, Dimension, Rule, Sense, Span, Targeting, Value};

/// Random values, the same in every run.
fn sample<S: Strategy>(strategy: &S, count: usize) -> Vec<S::Value> {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    (0..count)
        .map(|_round| strategy.new_tree(&mut runner).unwrap().current())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_request_finds_what_the_naive_reading_finds(
        targetings in vec(targeting(), 1..80),
        askers in vec(asker(), 1..12),
        values in 1usize..6,
    ) {
        let entries = entries(&targetings, values);
        let index = Index::build(&entries);
        for (seed, asker) in (0..).zip(&askers) {
            check(&index, &entries, &asker.subject(), seed);
        }
    }
}

/// Many rows: several stretches, bitmaps beside lists, groups over the end of a chunk.
fn compare(offers: usize, requests: usize, values: usize) {
    let targetings = sample(&targeting(), offers);
    let entries = entries(&targetings, values);
    let index = Index::build(&entries);
    for (seed, asker) in (0..).zip(sample(&asker(), requests)) {
        check(&index, &entries, &asker.subject(), seed);
    }
}

#[test]
fn many_offers_are_found_as_the_naive_reading_finds_them() {
    compare(6_000, 20, 40);
}

#[test]
fn few_values_make_large_groups_that_are_found_as_well() {
    compare(12_000, 10, 1);
    compare(3_000, 10, 1);
}

#[test]
fn slow_a_million_pairs_agree_with_the_naive_reading() {
    compare(5_000, 150, 300);
    compare(10_000, 50, 2);
}

#[test]
fn an_index_of_nothing_answers_nothing() {
    let index = Index::build(&[]);
    for asker in sample(&asker(), 5) {
        check(&index, &[], &asker.subject(), 1);
    }
}

#[test]
fn many_distinct_spans_are_told_apart() {
    let spans = (0..400u32).map(|number| Targeting {
        rules: vec![Rule {
            clauses: [Sense::Include, Sense::Exclude]
                .into_iter()
                .zip([number, 2 * number + 50])
                .map(|(sense, from)| Clause {
                    dimension: Dimension::Income,
                    sense,
                    values: vec![Value::Span(Span {
                        from: from * 3,
                        to: from * 7,
                    })],
                })
                .collect(),
        }],
    });
    let targetings: Vec<Targeting> = spans.collect();
    let entries = entries(&targetings, 10);
    let index = Index::build(&entries);
    for income in (0..3_000).step_by(7).chain([u32::MAX]) {
        let mut asker: Asker = sample(&asker(), 1).remove(0);
        asker.earn(income);
        check(&index, &entries, &asker.subject(), u64::from(income));
    }
}

#[test]
fn keys_that_are_wanted_together_stay_apart() {
    let clause = |key: usize| Clause {
        dimension: Dimension::Key(format!("key{key}")),
        sense: Sense::Include,
        values: vec![Value::Word("yes".to_owned())],
    };
    let pairs = (0..12).flat_map(|one| (0..one).map(move |other| vec![other, one]));
    let crowd = std::iter::once((0..40).collect::<Vec<usize>>());
    let targetings: Vec<Targeting> = pairs
        .chain(crowd)
        .map(|keys| Targeting {
            rules: vec![Rule {
                clauses: keys.into_iter().map(clause).collect(),
            }],
        })
        .collect();
    let entries = entries(&targetings, 3);
    let index = Index::build(&entries);
    for said in 0u32..4_096 {
        let mut asker: Asker = sample(&asker(), 1).remove(0);
        let keys = (0..12).filter(|key| said >> key & 1 == 1);
        asker.say(keys.map(|key| format!("key{key}")));
        check(&index, &entries, &asker.subject(), u64::from(said));
    }
}

#[test]
fn resting_offers_are_left_out_until_they_wake() {
    let targetings = sample(&targeting(), 500);
    let entries = entries(&targetings, 5);
    let index = Index::build(&entries);
    let asker = sample(&asker(), 1).remove(0);
    let live = index.live_bits();
    let (before, _tally) = all(&index, &live, &asker.subject(), 1);
    let resting: Vec<u32> = (0..500).step_by(2).collect();
    for &place in &resting {
        live.rest(&index, place);
    }
    let (during, tally) = all(&index, &live, &asker.subject(), 1);
    let expected: Vec<_> = before
        .iter()
        .copied()
        .filter(|candidate| candidate.place % 2 == 1)
        .collect();
    assert_eq!(during, expected, "the others keep their order");
    assert_eq!(tally.resting, 250);
    assert!(!live.is_awake(&index, 0) && live.is_awake(&index, 1));
    for place in resting {
        live.wake(&index, place);
    }
    assert_eq!(all(&index, &live, &asker.subject(), 1).0, before);
    live.rest(&index, 10_000);
}

#[test]
fn a_tier_that_is_skipped_is_counted_and_not_looked_at() {
    let everyone = Targeting::default();
    let entry = |place: u32| Entry {
        tier: Tier::ALL[place as usize / 10_000],
        value: i64::from(place % 700),
        weight: 1,
        targeting: &everyone,
    };
    let entries: Vec<_> = (0..40_000).map(entry).collect();
    let index = Index::build(&entries);
    let live = index.live_bits();
    let asker = sample(&asker(), 1).remove(0);
    let subject = asker.subject();
    let ask = super::Ask {
        subject: &subject,
        roll: Roll(3),
        live: &live,
        counting: Counting::On,
    };
    let mut scratch = Scratch::default();
    let mut candidates = index.candidates(&ask, &mut scratch);
    for &tier in Tier::ALL {
        let pulled: Vec<_> = candidates.by_ref().take(64).collect();
        assert!(pulled.iter().all(|candidate| candidate.tier == tier));
        candidates.leave(tier);
    }
    assert!(candidates.next().is_none());
    let tally = *candidates.tally();
    assert_eq!(tally.failed, [0; super::DIMENSIONS]);
    for tier in 0..4 {
        assert_eq!(tally.matched[tier] + tally.unseen[tier], 10_000);
        assert!(tally.unseen[tier] > 1_000, "{tally:?}");
    }
}
