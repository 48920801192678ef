//! Rooms, listeners and what they miss.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::fact::{ReportedFact, ReportedResult};
use super::*;
use crate::host::clock::FakeClock;
use crate::model::{CampaignId, CreativeId, EventKind, Millis, ServedAdId};

const ACME: TenantId = TenantId::new(1);
const OTHER: TenantId = TenantId::new(2);

fn pulse() -> (Pulse, FakeClock) {
    let clock = FakeClock::at(Timestamp::from_millis(1_000_000));
    (Pulse::new(clock.clock()), clock)
}

fn fact(number: u64) -> Fact {
    Fact::Reported(ReportedFact {
        kind: EventKind::Start,
        error_code: None,
        ad: ServedAdId::new(number),
        channel: None,
        campaign: CampaignId::new(1),
        creative: CreativeId::new(1),
        after: Millis(0),
        result: ReportedResult::Duplicate,
    })
}

impl Pulse {
    /// A beacon of a tenant, through the lanes.
    fn beacon(&self, tenant: TenantId, number: u64) {
        if self.wants_beacons() {
            let now = self.0.clock.now();
            self.0
                .lanes
                .push(Topic::Beacons, now, (tenant, fact(number)));
        }
    }
}

fn numbers(told: &[(Place, Told)]) -> Vec<u64> {
    let number = |told: &Told| match told {
        Told::Happened(Entry {
            fact: Fact::Reported(reported),
            ..
        }) => Some(reported.ad.get()),
        _ => None,
    };
    told.iter()
        .filter_map(|(_place, told)| number(told))
        .collect()
}

fn lost(told: &[(Place, Told)]) -> Vec<(Option<u64>, Missing)> {
    told.iter()
        .filter_map(|(_place, told)| match told {
            Told::Missing { lost, why, .. } => Some((*lost, *why)),
            Told::Happened(_) => None,
        })
        .collect()
}

fn listen(pulse: &Pulse, tenant: TenantId, start: Start) -> Listener {
    pulse.listen(tenant, vec![Topic::Beacons], start).unwrap()
}

fn take_all(pulse: &Pulse, listener: &mut Listener) -> Vec<(Place, Told)> {
    pulse.0.collect();
    let mut all = Vec::new();
    loop {
        let told = listener.take(7);
        if told.is_empty() {
            return all;
        }
        all.extend(told);
    }
}

#[test]
fn nothing_is_taken_before_anybody_listens() {
    let (pulse, _clock) = pulse();
    assert!(pulse.watch().is_none() && !pulse.wants_beacons());
    let listener = listen(&pulse, ACME, Start::Recent(0));
    assert!(pulse.wants_beacons());
    assert!(pulse.watch().is_none(), "nobody asked for decisions");
    drop(listener);
    let metrics = pulse.listen(ACME, vec![Topic::Metrics], Start::Recent(0));
    assert!(pulse.watch().is_some(), "their latency is told");
    drop(metrics);
}

#[test]
fn everybody_hears_their_own_once_and_in_order() {
    let (pulse, _clock) = pulse();
    let mut acme = listen(&pulse, ACME, Start::Recent(0));
    let mut also = listen(&pulse, ACME, Start::Recent(0));
    let mut other = listen(&pulse, OTHER, Start::Recent(0));
    for number in 0..100 {
        pulse.beacon(if number % 2 == 0 { ACME } else { OTHER }, number);
    }
    let evens: Vec<u64> = (0..100).step_by(2).collect();
    let odds: Vec<u64> = (1..100).step_by(2).collect();
    assert_eq!(numbers(&take_all(&pulse, &mut acme)), evens);
    assert_eq!(numbers(&take_all(&pulse, &mut also)), evens);
    assert_eq!(numbers(&take_all(&pulse, &mut other)), odds);
    assert!(take_all(&pulse, &mut acme).is_empty());
}

#[test]
fn a_reader_that_does_not_read_learns_how_much_it_missed() {
    let (pulse, _clock) = pulse();
    let mut slow = listen(&pulse, ACME, Start::Recent(0));
    for number in 0..5_000 {
        pulse.beacon(ACME, number);
        if number % 500 == 0 {
            pulse.0.collect();
        }
    }
    let told = take_all(&pulse, &mut slow);
    let heard = numbers(&told);
    assert_eq!(
        lost(&told),
        [(Some(5_000 - heard.len() as u64), Missing::Slow)]
    );
    assert!(
        matches!(told[0].1, Told::Missing { .. }),
        "said before the rest"
    );
    assert_eq!(heard.last(), Some(&4_999));
    assert!(heard.windows(2).all(|two| two[1] == two[0] + 1));
}

#[test]
fn whoever_comes_back_goes_on_behind_what_it_saw() {
    let (pulse, _clock) = pulse();
    let mut first = listen(&pulse, ACME, Start::Recent(0));
    (0..10).for_each(|number| pulse.beacon(ACME, number));
    pulse.0.collect();
    let seen = first.take(4);
    assert_eq!(numbers(&seen), [0, 1, 2, 3]);
    let place: Place = seen[3].0.to_string().parse().unwrap();
    drop(first);
    (10..20).for_each(|number| pulse.beacon(ACME, number));
    let mut again = listen(&pulse, ACME, Start::After(place));
    let told = take_all(&pulse, &mut again);
    assert_eq!(numbers(&told), (4..20).collect::<Vec<_>>());
    assert_eq!(lost(&told), []);
}

#[test]
fn what_is_not_remembered_any_more_is_counted_for_who_comes_back() {
    let (pulse, _clock) = pulse();
    let first = listen(&pulse, ACME, Start::Recent(0));
    let place = first.place();
    for number in 0..4_000 {
        pulse.beacon(ACME, number);
        if number % 1_000 == 0 {
            pulse.0.collect();
        }
    }
    let mut again = listen(&pulse, ACME, Start::After(place));
    let told = take_all(&pulse, &mut again);
    let count = numbers(&told).len() as u64;
    assert_eq!(lost(&told), [(Some(4_000 - count), Missing::TooOld)]);
}

#[test]
fn what_passed_while_nobody_listened_is_not_passed_over() {
    let (pulse, _clock) = pulse();
    let first = listen(&pulse, ACME, Start::Recent(0));
    let place = first.place();
    drop(first);
    // A while later the lanes take a few a second only.
    pulse.0.lanes.beacons.trickle();
    (0..500).for_each(|number| pulse.beacon(ACME, number));
    let mut again = listen(&pulse, ACME, Start::After(place));
    let told = take_all(&pulse, &mut again);
    assert_eq!(lost(&told), [(None, Missing::TooOld)]);
    assert_eq!(numbers(&told), (0..20).collect::<Vec<_>>());
    // From now on nothing passes by.
    (500..600).for_each(|number| pulse.beacon(ACME, number));
    let told = take_all(&pulse, &mut again);
    assert_eq!((numbers(&told).len(), lost(&told)), (100, vec![]));
}

#[test]
fn an_id_of_an_earlier_start_is_not_taken_for_one_of_this() {
    let (before, _clock) = pulse();
    let mut listener = listen(&before, ACME, Start::Recent(0));
    (0..5).for_each(|number| before.beacon(ACME, number));
    take_all(&before, &mut listener);
    let place = listener.place();
    let clock = FakeClock::at(Timestamp::from_millis(1_000_001));
    let after = Pulse::new(clock.clock());
    let mut listener = listen(&after, ACME, Start::After(place));
    (50..53).for_each(|number| after.beacon(ACME, number));
    let told = take_all(&after, &mut listener);
    assert_eq!(lost(&told), [(None, Missing::Restarted)]);
    assert_eq!(numbers(&told), [50, 51, 52]);
}

#[test]
fn recent_means_the_last_of_what_was_asked_for() {
    let (pulse, _clock) = pulse();
    let keep = listen(&pulse, ACME, Start::Recent(0));
    (0..30).for_each(|number| pulse.beacon(ACME, number));
    let mut late = listen(&pulse, ACME, Start::Recent(5));
    let told = take_all(&pulse, &mut late);
    assert_eq!(
        (numbers(&told), lost(&told)),
        (vec![25, 26, 27, 28, 29], vec![])
    );
    let mut all = listen(&pulse, ACME, Start::Recent(1_000));
    assert_eq!(numbers(&take_all(&pulse, &mut all)).len(), 30);
    drop(keep);
}

#[test]
fn one_listener_too_many_is_refused_and_places_come_back() {
    let (pulse, _clock) = pulse();
    let mut all: Vec<_> = (0..LISTENERS_MAX)
        .map(|_| listen(&pulse, ACME, Start::Recent(0)))
        .collect();
    let refused = pulse.listen(ACME, vec![Topic::Beacons], Start::Recent(0));
    assert!(refused.is_err());
    all.pop();
    assert!(
        pulse
            .listen(ACME, vec![Topic::Beacons], Start::Recent(0))
            .is_ok()
    );
    drop(all);
    assert!(!pulse.0.is_heard());
    assert_eq!(pulse.0.rooms().heard().count(), 0);
}

#[test]
fn rooms_are_bounded_and_those_in_use_stay() {
    let (pulse, _clock) = pulse();
    let mut first = listen(&pulse, ACME, Start::Recent(0));
    for tenant in 2..2_000 {
        pulse.beacon(TenantId::new(tenant), 1);
        pulse.0.collect();
    }
    pulse.beacon(ACME, 7);
    assert_eq!(numbers(&take_all(&pulse, &mut first)), [7]);
}

#[test]
fn seconds_are_sums_of_what_was_counted() {
    let (pulse, clock) = pulse();
    let refused = |count: u64| (0..count).map(|_| (ACME, ReportedResult::Duplicate));
    pulse.count_batch(&[], refused(3));
    pulse.count_second();
    assert!(pulse.0.counting().take().is_none(), "no second has passed");
    clock.advance(Millis(1_000));
    pulse.count_second();
    pulse.count_batch(&[], refused(4));
    clock.advance(Millis(1_000));
    pulse.count_second();
    let second = pulse.0.counting().take().unwrap();
    assert_eq!(second.span.as_millis(), 2_000, "nobody took the first");
    assert_eq!(second.counts[&ACME].shown().duplicates, 7);
    assert!(pulse.0.counting().take().is_none());
}

proptest! {
    /// Against a plain list of everything: whatever is listened to, dropped, resumed and lost,
    /// a listener's numbers rise, and what it heard and what it was told it lost is everything.
    #[test]
    fn what_is_heard_and_what_is_lost_is_everything(
        steps in proptest::collection::vec((0_u8..5, 1_u64..1_500), 1..40)
    ) {
        let (pulse, _clock) = pulse();
        let mut listener = listen(&pulse, ACME, Start::Recent(0));
        let mut at = listener.place();
        let (mut sent, mut heard, mut missed) = (0_u64, Vec::new(), 0_u64);
        let hear = |told: Vec<(Place, Told)>, at: &mut Place, missed: &mut u64, heard: &mut Vec<u64>| {
            heard.extend(numbers(&told));
            for (count, _why) in lost(&told) {
                *missed += count.expect("somebody always listens");
            }
            if let Some((place, _told)) = told.last() {
                *at = *place;
            }
        };
        for (step, count) in steps {
            match step {
                0 | 1 => for _ in 0..count {
                    pulse.beacon(ACME, sent);
                    sent += 1;
                },
                2 => { pulse.0.collect(); }
                3 => {
                    pulse.0.collect();
                    let told = listener.take(usize::try_from(count).unwrap());
                    hear(told, &mut at, &mut missed, &mut heard);
                }
                _ => {
                    // Cut off, and back before the gates close.
                    let place = at.to_string().parse().unwrap();
                    listener = listen(&pulse, ACME, Start::After(place));
                }
            }
        }
        let told = take_all(&pulse, &mut listener);
        hear(told, &mut at, &mut missed, &mut heard);
        prop_assert!(heard.windows(2).all(|two| two[0] < two[1]));
        prop_assert_eq!(heard.len() as u64 + missed, sent);
    }

    #[test]
    fn topics_come_in_the_order_in_which_they_happened(topics in proptest::collection::vec(0_u8..2, 1..300), size in 1_usize..20) {
        let (pulse, _clock) = pulse();
        let asked = vec![Topic::Beacons, Topic::Metrics];
        let mut listener = pulse.listen(ACME, asked, Start::Recent(0)).unwrap();
        let mut sent: BTreeMap<u8, u64> = BTreeMap::new();
        for (number, topic) in topics.iter().enumerate() {
            let fact = match topic {
                0 => fact(number as u64),
                _ => Fact::Counted(Arc::new(crate::api::LiveMetrics {
                    span_ms: number as u64,
                    ..Default::default()
                })),
            };
            *sent.entry(*topic).or_default() += 1;
            pulse.0.rooms().enter(ACME, Entry::at(Timestamp::from_millis(5), fact));
        }
        let mut heard = Vec::new();
        loop {
            let told = listener.take(size);
            if told.is_empty() { break; }
            heard.extend(told.into_iter().filter_map(|(_place, told)| match told {
                Told::Happened(Entry { fact: Fact::Reported(one), .. }) => Some(one.ad.get()),
                Told::Happened(Entry { fact: Fact::Counted(one), .. }) => Some(one.span_ms),
                _ => None,
            }));
        }
        prop_assert!(heard.windows(2).all(|two| two[0] < two[1]), "{:?}", heard);
        let metrics = sent.get(&1).copied().unwrap_or(0);
        let kept = metrics.min(120) + sent.get(&0).copied().unwrap_or(0);
        prop_assert_eq!(heard.len() as u64, kept);
    }
}
