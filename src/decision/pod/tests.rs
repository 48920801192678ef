//! The solver against every order of every set, the checker against broken pods, and wild input.

use proptest::prelude::*;

use super::*;
use crate::model::PodGoal;

/// The dice of the tests.
#[derive(Debug)]
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }

    fn odds(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// An item that owns its lists.
#[derive(Debug, Clone)]
struct Ware {
    item: Item<'static>,
    exclusive: Vec<u32>,
    separations: Vec<Separation>,
}

fn items(wares: &[Ware]) -> Vec<Item<'_>> {
    let item = |ware| {
        let Ware {
            item,
            exclusive,
            separations,
        }: &Ware = ware;
        Item {
            exclusive,
            separations,
            ..*item
        }
    };
    wares.iter().map(item).collect()
}

const PLAIN: Item<'static> = Item {
    campaign: 0,
    creative: 0,
    advertiser: 0,
    tier: Tier::Standard,
    value: 0,
    duration: Millis(15_000),
    position: Position::Any,
    exclusive: &[],
    separations: &[],
    tie: 0,
    repeats: 0,
    per_pod: 1,
};

/// A plain item of a campaign, creative and advertiser of its own.
fn item(id: u32, seconds: u64, value: i64) -> Item<'static> {
    Item {
        campaign: id,
        creative: id,
        advertiser: id,
        value,
        duration: Millis::from_seconds(seconds),
        tie: u64::from(id),
        ..PLAIN
    }
}

fn any_ware(dice: &mut Dice, place: u32) -> Ware {
    let exclusive = (0..3).filter(|_| dice.odds(14)).collect();
    let mut separations = Vec::new();
    for category in 0..2 {
        if dice.odds(30) {
            let gap = if dice.odds(85) {
                15 * (u64::from(category) + 1)
            } else {
                40
            };
            separations.push(Separation {
                category,
                gap: Millis::from_seconds(gap),
            });
        }
    }
    let value = dice.pick(&[0, 3, 5, 5, 8, 10, 12, 13, 20, 31]);
    let campaign = dice.pick(&[place, place, place, 100, 101, 102]);
    let item = Item {
        campaign,
        creative: dice.pick(&[place, place, place, place, 200]),
        advertiser: dice.pick(&[place, place, 300, 301, 302]),
        tier: dice.pick(&[
            Tier::Standard,
            Tier::Standard,
            Tier::Sponsorship,
            Tier::House,
        ]),
        value,
        duration: Millis(dice.pick(&[15_000, 30_000, 15_000, 10_000, 20_000, 6_000, 30_030])),
        position: dice.pick(&[
            Position::Any,
            Position::Any,
            Position::Any,
            Position::Any,
            Position::Any,
            Position::First,
            Position::Last,
            Position::Edge,
        ]),
        tie: dice.next(),
        repeats: dice.pick(&[0, 0, 0, 1, 3]),
        per_pod: if campaign > 100 { 2 } else { 1 },
        ..PLAIN
    };
    Ware {
        item,
        exclusive,
        separations,
    }
}

fn any_shape(dice: &mut Dice) -> PodShape {
    let seconds = dice.pick(&[30, 45, 60, 60, 75, 90]);
    let mut shape = PodShape::of(Millis::from_seconds(seconds));
    shape.goal = dice.pick(PodGoal::ALL);
    let kind = dice.below(3);
    if kind > 0 {
        let mut left = if kind == 1 { seconds } else { seconds - 15 };
        while left > 0 && shape.slots.len() < 4 {
            let slot = dice.pick(&[10, 15, 15, 20, 30]).min(left);
            shape.slots.push(Millis::from_seconds(slot));
            left -= slot;
        }
        if kind == 1 {
            let total = shape.slots.iter().map(|slot| slot.0).sum();
            shape.duration = Millis(total);
        }
    }
    shape.min_ads = dice.pick(&[0, 0, 0, 1, 2, 3]);
    shape.max_ads = dice.pick(&[32, 32, 32, 5, 4, 3, 2]);
    shape.min_ad = dice.odds(10).then_some(Millis(10_000));
    shape.max_ad = dice.odds(10).then_some(Millis(20_000));
    shape.per_advertiser = dice.pick(&[1, 1, 2, 3]);
    shape.advertiser_gap = Millis(dice.pick(&[0, 0, 10_000, 20_000]));
    shape
}

/// Every ordered pod, told one after the other: slow and obvious.
struct Brute<'a> {
    shape: &'a PodShape,
    items: &'a [Item<'a>],
    seats: Vec<Placed>,
    best: Worth,
    pods: u64,
}

impl<'a> Brute<'a> {
    fn best(shape: &'a PodShape, items: &'a [Item<'a>]) -> Worth {
        let mut brute = Self {
            shape,
            items,
            seats: Vec::new(),
            best: Worth::default(),
            pods: 0,
        };
        brute.extend(0);
        brute.best
    }

    /// Tries everything in the next slot, or next in free time.
    fn extend(&mut self, slot: usize) {
        self.pods += 1;
        self.judge();
        let fixed = self.shape.slots.get(slot);
        let before = &self.shape.slots[..slot.min(self.shape.slots.len())];
        let mut start: u64 = before.iter().map(|slot| slot.0).sum();
        if fixed.is_none()
            && let Some(last) = self.seats.last()
        {
            start = start.max(last.start.0 + self.items[last.item].duration.0);
        }
        let length = fixed.map_or(self.shape.duration.0.saturating_sub(start), |slot| slot.0);
        for item in 0..self.items.len() {
            if self.may_follow(item, start, length) {
                self.seats.push(Placed {
                    item,
                    start: Millis(start),
                    slot: fixed.map(|_slot| u16::try_from(slot).unwrap()),
                });
                self.extend(slot + 1);
                self.seats.pop();
            }
        }
        if fixed.is_some() {
            self.extend(slot + 1);
        }
    }

    fn may_follow(&self, place: usize, start: u64, length: u64) -> bool {
        let (shape, item) = (self.shape, &self.items[place]);
        let ms = item.duration;
        let fits = ms.0 <= length
            && ms.0 > 0
            && shape.min_ad.is_none_or(|min| ms >= min)
            && shape.max_ad.is_none_or(|max| ms <= max)
            && self.seats.len() < usize::from(shape.max_ads);
        let same = |pick: fn(&Item<'_>) -> u32| {
            let others = self.seats.iter().map(|seat| &self.items[seat.item]);
            others.filter(|other| pick(other) == pick(item)).count()
        };
        let others = || self.seats.iter().map(|seat| (seat, &self.items[seat.item]));
        let per_pod = others()
            .filter(|(_seat, other)| other.campaign == item.campaign)
            .map(|(_seat, other)| other.per_pod)
            .fold(item.per_pod, u8::min);
        fits && same(|item| item.campaign) < usize::from(per_pod)
            && same(|item| item.creative) < 1
            && same(|item| item.advertiser) < usize::from(shape.per_advertiser)
            && (item.position != Position::First || self.seats.is_empty())
            && others().all(|(seat, other)| {
                let between = start - (seat.start.0 + other.duration.0);
                let advertiser =
                    other.advertiser != item.advertiser || between >= shape.advertiser_gap.0;
                let categories = other.separations.iter().all(|one| {
                    let shared = item
                        .separations
                        .iter()
                        .filter(|two| two.category == one.category);
                    shared
                        .map(|two| two.gap.max(one.gap))
                        .all(|gap| between >= gap.0)
                });
                let excluded = other
                    .exclusive
                    .iter()
                    .any(|one| item.exclusive.contains(one));
                advertiser && categories && !excluded
            })
    }

    fn judge(&mut self) {
        let count = self.seats.len();
        let placed = self.seats.iter().enumerate().all(|(place, seat)| {
            let (first, last) = (place == 0, place + 1 == count);
            match self.items[seat.item].position {
                Position::Any => true,
                Position::First => first,
                Position::Last => last,
                Position::Edge => first || last,
            }
        });
        if placed && count >= usize::from(self.shape.min_ads) {
            let worth = Worth::of(self.shape.goal, self.items, &self.seats);
            self.best = self.best.max(worth);
        }
    }
}

/// A random pod of up to `most` items.
fn any_pod(dice: &mut Dice, least: u64, most: u64) -> (PodShape, Vec<Ware>) {
    let count = least + dice.below(most - least + 1);
    let places = 0..u32::try_from(count).unwrap();
    let wares = places.map(|place| any_ware(dice, place)).collect();
    (any_shape(dice), wares)
}

/// Pods of 3 to 9 items: the rules are kept, the worth is that of the best order of the best set,
/// and there is a reason for each item that has no place.
fn equals_brute_force(seeds: std::ops::Range<u64>) {
    let mut scratch = Scratch::default();
    for seed in seeds {
        let (shape, wares) = any_pod(&mut Dice(seed), 3, 9);
        let items = items(&wares);
        let solution = solve(&shape, &items, NODES_MAX, &mut scratch);
        let told = || format!("seed {seed}\n{shape:?}\n{items:#?}\n{solution:?}");
        assert_eq!(check(&shape, &items, &solution), Ok(()), "{}", told());
        assert!(solution.proved, "{}", told());
        assert_eq!(solution.worth, Brute::best(&shape, &items), "{}", told());
        let all = solution.ads.len() + solution.unplaced.len();
        assert_eq!(all, items.len(), "{}", told());
    }
}

#[test]
fn pod_2_equals_brute_force() {
    equals_brute_force(0..600);
}

#[test]
fn slow_pod_2_equals_brute_force_on_many() {
    equals_brute_force(1_000..11_000);
}

/// Pods where most sets cannot be ordered: nearly all ads are rivals, and time is short.
#[test]
fn pod_2_equals_brute_force_among_rivals() {
    let mut scratch = Scratch::default();
    let mut nodes = 0;
    for seed in 0..150 {
        let mut dice = Dice(seed);
        let (_shape, mut wares) = any_pod(&mut dice, 8, 9);
        for ware in &mut wares {
            let category = u32::try_from(dice.below(2)).unwrap();
            let gap = Millis::from_seconds(dice.pick(&[10, 15, 20, 25]));
            ware.separations = vec![Separation { category, gap }];
            ware.exclusive.clear();
            ware.item.campaign = ware.item.creative;
            ware.item.per_pod = 1;
        }
        let shape = PodShape {
            per_advertiser: 3,
            goal: dice.pick(PodGoal::ALL),
            ..shape(dice.pick(&[60, 75, 90]))
        };
        let items = items(&wares);
        let solution = solve(&shape, &items, NODES_MAX, &mut scratch);
        assert_eq!(check(&shape, &items, &solution), Ok(()), "seed {seed}");
        assert!(solution.proved, "seed {seed}");
        assert_eq!(solution.worth, Brute::best(&shape, &items), "seed {seed}");
        nodes += solution.nodes;
    }
    assert!(nodes > 10_000, "only {nodes} nodes: these were easy");
}

#[test]
fn pod_1_every_pod_keeps_the_rules_however_short_the_effort() {
    let mut scratch = Scratch::default();
    for seed in 0..300 {
        let (shape, wares) = any_pod(&mut Dice(seed), 10, 64);
        let items = items(&wares);
        let effort = [0, 1, 20, 300][usize::try_from(seed % 4).unwrap()];
        let solution = solve(&shape, &items, effort, &mut scratch);
        assert_eq!(check(&shape, &items, &solution), Ok(()), "seed {seed}");
    }
}

#[test]
fn pod_3_a_pod_is_proved_or_within_its_bound() {
    let mut scratch = Scratch::default();
    let mut open = 0;
    for seed in 0..300 {
        let (shape, wares) = any_pod(&mut Dice(seed), 5, 8);
        let items = items(&wares);
        let best = Brute::best(&shape, &items);
        for effort in [0, 2, 5, 9] {
            let solution = solve(&shape, &items, effort, &mut scratch);
            assert_eq!(check(&shape, &items, &solution), Ok(()), "seed {seed}");
            assert!(
                solution.worth <= best && best <= solution.bound,
                "seed {seed}"
            );
            assert_eq!(solution.proved, solution.bound == solution.worth);
            open += u32::from(!solution.proved);
        }
    }
    assert!(open > 100, "only {open} were cut short");
}

#[test]
fn pod_4_the_same_items_in_any_order_make_the_same_pod() {
    let (mut scratch, mut other) = (Scratch::default(), Scratch::default());
    for seed in 0..300 {
        let mut dice = Dice(seed);
        let (shape, mut wares) = any_pod(&mut dice, 5, 40);
        let ads = |solution: &Solution, items: &[Item<'_>]| -> Vec<_> {
            let ads = solution.ads.iter();
            ads.map(|ad| (items[ad.item].tie, ad.start, ad.slot))
                .collect()
        };
        let before = {
            let items = items(&wares);
            let solution = solve(&shape, &items, 500, &mut scratch);
            assert_eq!(solution, solve(&shape, &items, 500, &mut other));
            ads(&solution, &items)
        };
        for place in (1..wares.len()).rev() {
            let with = usize::try_from(dice.below(place as u64 + 1)).unwrap();
            wares.swap(place, with);
        }
        let items = items(&wares);
        let after = ads(&solve(&shape, &items, 500, &mut scratch), &items);
        assert_eq!(before, after, "seed {seed}");
    }
}

#[test]
fn pod_5_one_more_candidate_never_lowers_the_worth() {
    let mut scratch = Scratch::default();
    for seed in 0..300 {
        let (shape, wares) = any_pod(&mut Dice(seed), 6, 16);
        let items = items(&wares);
        let fewer = solve(&shape, &items[1..], 50_000, &mut scratch);
        let more = solve(&shape, &items, 50_000, &mut scratch);
        assert!(fewer.proved && more.proved, "seed {seed}");
        // Only a rule that the new one brings along may take something away: that of its campaign.
        let alone = items[1..]
            .iter()
            .all(|other| other.campaign != items[0].campaign);
        assert!(more.worth >= fewer.worth || !alone, "seed {seed}");
    }
}

#[test]
fn sel_1_no_higher_tier_is_left_out_for_a_lower_one() {
    let mut scratch = Scratch::default();
    let mut tried = 0;
    for seed in 0..400 {
        let (shape, wares) = any_pod(&mut Dice(seed), 5, 12);
        let items = items(&wares);
        let solution = solve(&shape, &items, NODES_MAX, &mut scratch);
        assert!(solution.proved, "seed {seed}");
        for &(left, _why) in &solution.unplaced {
            let tier = items[left].tier;
            if !solution.ads.iter().any(|ad| items[ad.item].tier > tier) {
                continue;
            }
            // Were those of its tier and above, and it, a pod, then they would be in it.
            let kept = solution.ads.iter().map(|ad| ad.item);
            let kept = kept.filter(|&item| items[item].tier <= tier).chain([left]);
            let kept: Vec<_> = kept.map(|item| items[item]).collect();
            let together = solve(&shape, &kept, NODES_MAX, &mut scratch);
            assert!(together.ads.len() < kept.len(), "seed {seed}: {left}");
            tried += 1;
        }
    }
    assert!(tried > 100, "only {tried} were left out");
}

fn solved(shape: &PodShape, items: &[Item<'_>]) -> Solution {
    let solution = solve(shape, items, NODES_MAX, &mut Scratch::default());
    assert_eq!(check(shape, items, &solution), Ok(()));
    assert!(solution.proved);
    solution
}

fn places(solution: &Solution) -> Vec<(usize, u64)> {
    let ads = solution.ads.iter();
    ads.map(|ad| (ad.item, ad.start.0 / 1_000)).collect()
}

fn shape(seconds: u64) -> PodShape {
    PodShape::of(Millis::from_seconds(seconds))
}

#[test]
fn goals_differ_in_what_they_fill_for() {
    // Five short ones pay more than two long ones, which fill as much with fewer ads.
    let items: Vec<_> = (0..6)
        .map(|id| {
            if id < 2 {
                item(id, 30, 10)
            } else {
                item(id, 15, 6)
            }
        })
        .chain([item(9, 40, 90)])
        .collect();
    let with = |goal| PodShape { goal, ..shape(60) };
    assert_eq!(places(&solved(&with(PodGoal::Revenue), &items)).len(), 2);
    let fill = solved(&with(PodGoal::Fill), &items);
    assert_eq!(fill.worth.0[Tier::Standard as usize][..2], [60_000, 24]);
    let experience = solved(&with(PodGoal::Experience), &items);
    assert_eq!(
        places(&experience),
        [(0, 0), (1, 30)].map(|(a, b)| (1 - a, b))
    );
}

#[test]
fn experience_spares_the_viewer_what_was_seen() {
    let mut items = vec![item(0, 30, 100), item(1, 30, 1)];
    items[0].repeats = 1;
    let shape = PodShape {
        goal: PodGoal::Experience,
        ..shape(30)
    };
    assert_eq!(places(&solved(&shape, &items)), [(1, 0)]);
}

#[test]
fn rivals_are_kept_apart_by_what_lies_between() {
    let apart = [Separation {
        category: 7,
        gap: Millis::from_seconds(20),
    }];
    let mut items = vec![
        item(0, 15, 50),
        item(1, 15, 40),
        item(2, 15, 3),
        item(3, 15, 2),
    ];
    items[0].separations = &apart;
    items[1].separations = &apart;
    let pod = solved(&shape(60), &items);
    assert_eq!(pod.ads.len(), 4);
    // Without enough between them one of the two stays out, and is told so.
    let pod = solved(&shape(60), &items[..3]);
    assert_eq!(pod.unplaced, [(1, Unplaced::Separation)]);
}

#[test]
fn first_and_last_are_where_they_want_to_be() {
    let mut items = vec![
        item(0, 15, 9),
        item(1, 15, 8),
        item(2, 15, 7),
        item(3, 15, 6),
    ];
    items[0].position = Position::Last;
    items[2].position = Position::First;
    items[3].position = Position::Edge;
    let pod = solved(&shape(60), &items);
    assert_eq!(places(&pod), [(2, 0), (1, 15), (0, 30)]);
    assert_eq!(pod.unplaced, [(3, Unplaced::Position)]);
}

#[test]
fn slots_come_first_and_free_time_is_filled_behind_them() {
    let mut shape = shape(90);
    shape.slots = vec![Millis::from_seconds(30), Millis::from_seconds(15)];
    let items = [
        item(0, 45, 9),
        item(1, 20, 8),
        item(2, 15, 7),
        item(3, 15, 6),
    ];
    let pod = solved(&shape, &items);
    let slots: Vec<_> = pod
        .ads
        .iter()
        .map(|ad| (ad.item, ad.start.0, ad.slot))
        .collect();
    assert_eq!(slots[0], (1, 0, Some(0)));
    assert_eq!(slots[1].1, 30_000);
    assert_eq!(slots[2], (0, 45_000, None));
    assert_eq!(pod.unplaced, [(3, Unplaced::Value)]);
}

#[test]
fn reasons_say_what_stands_in_the_way() {
    let mut items = vec![
        item(0, 30, 90),
        item(1, 15, 5),
        item(2, 15, 4),
        item(3, 15, 3),
    ];
    items.extend([item(4, 90, 99), item(5, 15, 1), item(6, 15, 0)]);
    items[1].campaign = 0;
    items[2].advertiser = 0;
    items[0].exclusive = &[3, 4];
    items[3].exclusive = &[4];
    let pod = solved(&shape(50), &items);
    let wanted = [
        (1, Unplaced::Sibling),
        (2, Unplaced::Advertiser),
        (3, Unplaced::Separation),
        (4, Unplaced::Length),
        (6, Unplaced::Value),
    ];
    assert_eq!(pod.unplaced, wanted);
}

#[test]
fn equals_are_drawn_by_their_random_rank() {
    let mut items: Vec<_> = (0..8).map(|id| item(id, 30, 5)).collect();
    for winner in 0..8 {
        for (place, item) in items.iter_mut().enumerate() {
            item.tie = if place == winner { 9 } else { place as u64 };
        }
        assert_eq!(places(&solved(&shape(30), &items)), [(winner, 0)]);
        let two = solved(
            &PodShape {
                max_ads: 1,
                ..shape(60)
            },
            &items,
        );
        assert_eq!(places(&two), [(winner, 0)]);
    }
}

#[test]
fn impossible_pods_are_empty() {
    let items = [item(0, 30, 5), item(1, 30, 5)];
    let few = PodShape {
        min_ads: 3,
        ..shape(90)
    };
    let short = PodShape {
        min_ads: 2,
        ..shape(59)
    };
    let none = PodShape {
        max_ads: 0,
        ..shape(90)
    };
    let nobody = PodShape {
        per_advertiser: 0,
        ..shape(90)
    };
    let turned = PodShape {
        min_ad: Some(Millis(40_000)),
        max_ad: Some(Millis(20_000)),
        ..shape(90)
    };
    for shape in [few, short, none, nobody, turned, shape(0)] {
        let pod = solved(&shape, &items);
        assert_eq!((pod.ads.len(), pod.unplaced.len()), (0, 2), "{shape:?}");
    }
    assert_eq!(solved(&shape(90), &[]).ads, []);
    // Slots beyond the end are cut at the end.
    let mut long = shape(40);
    long.slots = vec![Millis::from_seconds(30); 4];
    assert_eq!(places(&solved(&long, &items)).len(), 1);
}

#[test]
fn of_too_many_candidates_all_tiers_and_lengths_are_kept() {
    let mut items: Vec<_> = (0..500)
        .map(|id| item(id, [6, 15, 30, 45, 60, 90][id as usize % 6], i64::from(id)))
        .collect();
    for (place, item) in items.iter_mut().enumerate() {
        item.tier = Tier::ALL[(place / 6) % 4];
    }
    let pod = solve(&shape(120), &items, NODES_MAX, &mut Scratch::default());
    let cut = pod
        .unplaced
        .iter()
        .filter(|(_item, why)| *why == Unplaced::Cut);
    assert_eq!(cut.clone().count(), 500 - ITEMS_MAX);
    for &tier in Tier::ALL {
        let of_tier = cut
            .clone()
            .filter(|(place, _why)| items[*place].tier == tier);
        let all = items.iter().filter(|item| item.tier == tier).count();
        assert!(of_tier.count() <= all - 4, "{tier} is left out");
    }
}

#[test]
fn the_checker_finds_what_is_wrong() {
    let mut items = vec![item(0, 15, 5), item(1, 15, 4), item(2, 30, 3)];
    items[2].position = Position::Last;
    let shape = PodShape {
        min_ads: 2,
        ..shape(60)
    };
    let good = solved(&shape, &items);
    let broken = |change: fn(&mut Solution)| {
        let mut pod = good.clone();
        change(&mut pod);
        check(&shape, &items, &pod).unwrap_err()
    };
    assert_eq!(broken(|pod| pod.ads[0].item = 7), Broken::Unknown(0));
    assert_eq!(
        broken(|pod| pod.ads[1].item = pod.ads[0].item),
        Broken::Twice(0)
    );
    assert_eq!(broken(|pod| pod.ads.truncate(1)), Broken::Count(1));
    assert_eq!(broken(|pod| pod.ads.swap(0, 2)), Broken::Position(0));
    assert_eq!(broken(|pod| pod.ads[1].start.0 = 1), Broken::Overlap(1));
    assert_eq!(broken(|pod| pod.ads[1].start.0 += 1), Broken::Hole(1));
    assert_eq!(broken(|pod| pod.ads[2].start.0 = 31_000), Broken::Slot(2));
    assert_eq!(broken(|pod| pod.ads[2].slot = Some(0)), Broken::Slot(2));
    assert_eq!(broken(|pod| pod.worth.0[1][0] += 1), Broken::Worth);
    let with = |shape: PodShape, change: fn(&mut Vec<Item<'static>>)| {
        let mut items = items.clone();
        change(&mut items);
        check(&shape, &items, &good).unwrap_err()
    };
    let longer = PodShape {
        min_ad: Some(Millis(16_000)),
        ..shape.clone()
    };
    assert_eq!(with(longer, |_| {}), Broken::Length(0));
    let apart: fn(&mut Vec<Item<'static>>) = |items| {
        const APART: &[Separation] = &[Separation {
            category: 1,
            gap: Millis(1),
        }];
        (items[0].separations, items[1].separations) = (APART, APART);
    };
    assert_eq!(with(shape.clone(), apart), Broken::Close(0, 1));
    let rivals: fn(&mut Vec<Item<'static>>) = |items| {
        (items[0].exclusive, items[2].exclusive) = (&[8], &[8, 9]);
    };
    assert_eq!(with(shape.clone(), rivals), Broken::Exclusive(0, 2));
    let same: fn(&mut Vec<Item<'static>>) = |items| items[1].advertiser = 0;
    assert_eq!(with(shape.clone(), same), Broken::Repeated(0, 0));
}

fn wild_millis() -> impl Strategy<Value = Millis> {
    let usual = (0_u64..130).prop_map(|seconds| seconds * 1_000);
    let spans =
        prop_oneof![6 => usual, 2 => 0_u64..100_000, 1 => 0_u64..40_000_000, 1 => any::<u64>()];
    spans.prop_map(Millis)
}

prop_compose! {
    fn wild_ware()(
        names in (0_u32..50, 0_u32..80, 0_u32..20),
        tier in prop::sample::select(Tier::ALL),
        value in prop_oneof![4 => 0_i64..100_000_000, 1 => Just(i64::MAX / 4), 1 => any::<i64>()],
        duration in wild_millis(),
        position in prop::sample::select(Position::ALL),
        exclusive in prop::collection::vec(0_u32..30, 0..4),
        apart in prop::collection::vec((0_u32..10, wild_millis()), 0..4),
        tie in any::<u64>(),
        small in (any::<u8>(), 0_u8..4),
    ) -> Ware {
        let separations = apart.into_iter().map(|(category, gap)| Separation { category, gap });
        Ware {
            item: Item {
                campaign: names.0,
                creative: names.1,
                advertiser: names.2,
                tier,
                value,
                duration,
                position,
                tie,
                repeats: small.0,
                per_pod: small.1,
                ..PLAIN
            },
            exclusive,
            separations: separations.collect(),
        }
    }
}

prop_compose! {
    fn wild_shape()(
        duration in wild_millis(),
        slots in prop_oneof![3 => Just(Vec::new()), 2 => prop::collection::vec(wild_millis(), 0..40)],
        ads in (prop_oneof![0_u16..4, any::<u16>()], prop_oneof![0_u16..40, any::<u16>()]),
        ends in (prop::option::weighted(0.2, wild_millis()), prop::option::weighted(0.2, wild_millis())),
        per_advertiser in 0_u16..4,
        advertiser_gap in prop_oneof![Just(Millis(0)), wild_millis()],
        goal in prop::sample::select(PodGoal::ALL),
    ) -> PodShape {
        PodShape {
            duration,
            slots,
            min_ads: ads.0,
            max_ads: ads.1,
            min_ad: ends.0,
            max_ad: ends.1,
            per_advertiser,
            advertiser_gap,
            goal,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever comes in: no panic, no overflow, every rule kept, every item accounted for.
    #[test]
    fn wild_input_makes_pods_that_keep_the_rules(
        shape in wild_shape(),
        wares in prop::collection::vec(wild_ware(), 0..100),
        effort in 0_u32..400,
    ) {
        let items = items(&wares);
        let solution = solve(&shape, &items, effort, &mut Scratch::default());
        prop_assert_eq!(check(&shape, &items, &solution), Ok(()));
        prop_assert_eq!(solution.ads.len() + solution.unplaced.len(), items.len());
        prop_assert!(solution.bound >= solution.worth);
    }

    /// Few items of any kind: as good as every order tried.
    #[test]
    fn wild_input_of_few_items_equals_brute_force(
        shape in wild_shape(),
        mut wares in prop::collection::vec(wild_ware(), 0..6),
    ) {
        // Slots beyond the end, pods of months, and items of one campaign that disagree are cut by rules that the
        // brute force does not know.
        let total = shape.slots.iter().fold(0_u64, |sum, slot| sum.saturating_add(slot.0));
        prop_assume!(total <= shape.duration.0 && shape.slots.len() < 5);
        prop_assume!(shape.duration.0 < 1 << 31);
        for ware in &mut wares {
            ware.item.per_pod = 1 + u8::from(ware.item.campaign > 25);
        }
        let items = items(&wares);
        let solution = solve(&shape, &items, 100_000, &mut Scratch::default());
        prop_assert!(solution.proved);
        prop_assert_eq!(solution.worth, Brute::best(&shape, &items));
    }
}
