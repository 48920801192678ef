//! Whether draws follow the weights, by chi squared over a million of them.

#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "statistics of draws, never a draw itself"
)]

use super::super::chance::{Wait, wait};
use super::super::queue::Queue;
use super::{Ask, Counting, Entry, Index, LiveBits, Roll, Scratch};
use crate::model::Tier;
use crate::model::targeting::{
    Clause, Dimension, Moment, Rule, Sense, Subject, Targeting, Traits, Value,
};

/// Wanted by nobody who asks here.
fn elsewhere() -> Targeting {
    let clause = Clause {
        dimension: Dimension::Genre,
        sense: Sense::Include,
        values: vec![Value::Word("drama".to_owned())],
    };
    Targeting {
        rules: vec![Rule {
            clauses: vec![clause],
        }],
    }
}

/// How often each offer was drawn first, and how often each second, in so many draws.
fn draw(index: &Index, live: &LiveBits, draws: u64) -> (Vec<f64>, Vec<f64>) {
    let traits = Traits::default();
    let subject = Subject {
        traits: &traits,
        channel: None,
        moment: Moment {
            campaign: 0,
            viewer: None,
        },
    };
    let mut scratch = Scratch::default();
    let mut firsts = vec![0.0; index.offers()];
    let mut seconds = vec![0.0; index.offers()];
    for seed in 0..draws {
        let ask = Ask {
            subject: &subject,
            roll: Roll(seed.wrapping_mul(0x2545_f491_4f6c_dd1d)),
            live,
            counting: Counting::Off,
        };
        let mut candidates = index.candidates(&ask, &mut scratch);
        firsts[candidates.next().unwrap().place as usize] += 1.0;
        if let Some(second) = candidates.next() {
            seconds[second.place as usize] += 1.0;
        }
    }
    (firsts, seconds)
}

/// Fails where chi squared of what was seen against what was expected has p below 0.001.
fn fits(seen: &[f64], shares: &[f64], draws: u64) {
    let draws = f64::from(u32::try_from(draws).unwrap());
    let mut chi_squared = 0.0;
    let mut freedom = -1.0;
    for (seen, share) in seen.iter().zip(shares) {
        if *share == 0.0 {
            assert!(*seen == 0.0, "what has no share is never drawn");
            continue;
        }
        let expected = share * draws;
        chi_squared += (seen - expected) * (seen - expected) / expected;
        freedom += 1.0;
    }
    // Wilson and Hilferty (1931): the cube root is nearly normal; 3.09 is its 99.9th percentile.
    let spread = 2.0 / (9.0 * freedom);
    let deviation = ((chi_squared / freedom).cbrt() - (1.0 - spread)) / f64::sqrt(spread);
    assert!(
        deviation < 3.09,
        "chi squared {chi_squared} with {freedom} degrees of freedom"
    );
}

/// The share of each as the first draw and as the second, without replacement.
fn shares(weights: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let sum: f64 = weights.iter().sum();
    let firsts: Vec<f64> = weights.iter().map(|weight| weight / sum).collect();
    let after: f64 = weights
        .iter()
        .map(|weight| weight / sum / (sum - weight))
        .sum();
    let seconds = weights
        .iter()
        .map(|weight| weight * (after - weight / sum / (sum - weight)))
        .collect();
    (firsts, seconds)
}

/// One group; the weight of every offer and whether anyone may see it.
fn check(members: &[(u32, bool)], draws: u64) {
    let (everyone, elsewhere) = (Targeting::default(), elsewhere());
    let entry = |&(weight, meant): &(u32, bool)| Entry {
        tier: Tier::Standard,
        value: 7,
        weight,
        targeting: if meant { &everyone } else { &elsewhere },
    };
    let entries: Vec<_> = members.iter().map(entry).collect();
    let index = Index::build(&entries);
    let (firsts, seconds) = draw(&index, &index.live_bits(), draws);
    let weight = |&(weight, meant): &(u32, bool)| if meant { f64::from(weight) } else { 0.0 };
    let weights: Vec<f64> = members.iter().map(weight).collect();
    let (first_shares, second_shares) = shares(&weights);
    fits(&firsts, &first_shares, draws);
    fits(&seconds, &second_shares, draws);
}

#[test]
fn a_million_draws_follow_the_weights_past_those_who_do_not_match() {
    let members: Vec<_> = (0..24)
        .map(|place| (place % 5 * 10 + 1, place % 3 != 0))
        .collect();
    check(&members, 1_000_000);
}

#[test]
fn equal_weights_are_drawn_equally() {
    check(&[(9, true); 10], 100_000);
}

#[test]
fn a_pool_of_some_hundreds_is_drawn_by_weight() {
    let members: Vec<_> = (0..900)
        .map(|place| (place % 4 + 1, place % 8 != 0))
        .collect();
    check(&members, 200_000);
}

#[test]
fn slow_a_large_group_is_drawn_by_weight_whether_most_match_or_few() {
    let most: Vec<_> = (0..4_500)
        .map(|place| (place % 4 + 1, place % 8 != 0))
        .collect();
    check(&most, 300_000);
    let few: Vec<_> = (0..4_500)
        .map(|place| (place % 40 + 1, place % 97 == 0))
        .collect();
    check(&few, 20_000);
}

#[test]
fn slow_a_heavy_offer_that_does_not_match_leaves_the_others_their_shares() {
    let mut members: Vec<_> = (0..600).map(|place| (place % 3 + 1, true)).collect();
    members[300] = (1_000_000, false);
    check(&members, 20_000);
}

#[test]
fn all_are_drawn_once() {
    let everyone = Targeting::default();
    let entry = |weight| Entry {
        tier: Tier::Bulk,
        value: 0,
        weight,
        targeting: &everyone,
    };
    for size in [1, 511, 513, 4_095, 20_000] {
        let entries: Vec<_> = (1..=size).map(entry).collect();
        let index = Index::build(&entries);
        let live = index.live_bits();
        let subject = Subject {
            traits: &Traits::default(),
            channel: None,
            moment: Moment {
                campaign: 0,
                viewer: None,
            },
        };
        let pulled = super::first(&index, &live, &subject, (5, usize::MAX));
        let mut places: Vec<u32> = pulled.iter().map(|candidate| candidate.place).collect();
        places.sort_unstable();
        assert_eq!(places, (0..size).collect::<Vec<_>>());
    }
}

#[test]
fn waits_are_logarithms() {
    let unit = f64::powi(2.0, 57);
    let mut draw = 1u64;
    for _round in 0..100_000 {
        draw = Roll(draw).draw(1);
        for draw in [draw, draw >> (draw % 60), u64::MAX - (draw >> (draw % 60))] {
            let share = ((draw | 1) as f64) / f64::powi(2.0, 64);
            let expected = -share.log2() * unit;
            let apart = (wait(draw) as f64 - expected).abs();
            assert!(apart < 128.0 + expected * 1e-15, "{draw}: {apart}");
        }
    }
    assert!(wait(0).abs_diff(64 << 57) < 64);
    assert!(wait(u64::MAX) < 64);
}

#[test]
fn the_lesser_wait_by_weight_comes_first() {
    let early = u64::MAX - 1_000;
    let late = u64::MAX - 1_900;
    assert!(Wait::weighted(late, 2, 0) < Wait::weighted(early, 1, 1));
    assert!(Wait::weighted(late, 1, 0) > Wait::weighted(early, 1, 1));
    assert!(Wait::weighted(0, 1_000_000, 0) < Wait::weighted(0, 999_999, 0));
    assert!(Wait::weighted(5, 3, 0) < Wait::weighted(5, 3, 1), "a tie");
    assert!(Wait::even(1, 5) < Wait::even(2, 0));
}

#[test]
fn a_queue_gives_all_in_order_whatever_their_number() {
    for size in [0u32, 1, 63, 64, 65, 200, 1_000] {
        let waits = (0..size).map(|place| Wait::even(Roll(7).draw(u64::from(place)), place));
        let mut sorted: Vec<Wait> = waits.clone().collect();
        sorted.sort();
        let mut queue = Queue::default();
        queue.clear();
        waits.for_each(|wait| queue.push(wait));
        let pulled: Vec<_> = std::iter::from_fn(|| queue.pop()).collect();
        assert_eq!(
            pulled,
            sorted.iter().map(|wait| wait.place).collect::<Vec<_>>()
        );
    }
}
