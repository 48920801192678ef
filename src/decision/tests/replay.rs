//! Random decisions, recorded, written, read and decided again: to equal bytes.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::world::{Given, Line, any_line, any_said, traits, world};
use super::*;
use crate::decision::caps::CapSubject;
use crate::model::privacy::PrivacySignal;
use crate::model::viewer::Identified;
use crate::model::{Cap, PodGoal, PodShape, Privacy, ViewerKey};

/// Limits with a memory for the viewer, which change between two questions.
struct Fickle<'a> {
    given: Given<'a>,
    asked: std::cell::Cell<u64>,
    exposures: Exposures,
}

impl LimitsView for Fickle<'_> {
    fn headroom(&self, offer: &Offer, now: Timestamp, roll: Roll) -> Result<Headroom, Exclusion> {
        self.asked.set(self.asked.get() + 1);
        if self.asked.get().is_multiple_of(7) {
            return Err(Exclusion::Paced);
        }
        self.given.headroom(offer, now, roll)
    }

    fn urgency_max(&self) -> u32 {
        self.given.urgency_max()
    }

    fn exposures(&self, _identity: &Identity, _now: Timestamp) -> Exposures {
        self.exposures.clone()
    }
}

fn identity(roll: Roll) -> Identity {
    let known = |key: u64| {
        let key = roll.draw(key);
        (!key.is_multiple_of(3)).then_some(Identified {
            key: ViewerKey(key),
            before: (key % 3 > 1).then_some(ViewerKey(key ^ 1)),
        })
    };
    Identity {
        user: known(1),
        device: known(2),
        household: known(3),
        address: known(4),
        session: known(5),
    }
}

fn privacy(roll: Roll) -> Privacy {
    let mut privacy = Privacy::default();
    for (place, &signal) in PrivacySignal::ALL.iter().enumerate() {
        if roll.draw(20 + place as u64).is_multiple_of(4) {
            privacy.add(signal);
        }
    }
    privacy
}

fn opening(roll: Roll) -> Opening {
    let seconds = 10 + roll.draw(6) % 120;
    match roll.draw(7) % 3 {
        0 => Opening::Slot(None),
        1 => Opening::Slot(Some(Millis::from_seconds(seconds))),
        _ => Opening::Pod(PodShape {
            goal: PodGoal::ALL[usize::try_from(roll.draw(8) % 3).unwrap()],
            slots: [Vec::new(), vec![Millis(15_000), Millis(30_000)]]
                [usize::try_from(roll.draw(9) % 2).unwrap()]
            .clone(),
            ..PodShape::of(Millis::from_seconds(seconds))
        }),
    }
}

/// What the viewer has seen: some of the capped campaigns once.
fn exposures(lines: &[Line], identity: &Identity, roll: Roll) -> Exposures {
    use crate::decision::caps::{Bounds, CapCounter, Draft, PLACES, Place};
    let mut exposures = Exposures::default();
    exposures.clear(NOW);
    for place in PLACES {
        if place.of(identity).is_none() {
            continue;
        }
        let mut draft = Draft::default();
        for id in 1..=u32::try_from(lines.len()).unwrap() {
            let cap = Cap {
                scope: place.scope(),
                windows: vec![crate::model::CapWindow {
                    max: 1,
                    span: crate::model::CapSpan::Rolling(3_600),
                }],
                fallback: crate::model::CapFallback::Next,
            };
            let counter = CapCounter {
                subject: CapSubject::Campaign(CampaignId::new(id)),
                scope: Place::scope(place),
            };
            if roll.draw(100 + u64::from(id)).is_multiple_of(2) {
                draft.stamp(counter, Bounds::of(&cap), NOW);
            }
        }
        exposures.add(place, draft.records());
    }
    exposures
}

/// Records `count` decisions on random catalogs and decides each again. Answers how many had an
/// ad, a pod of several, and a recorded answer that counted.
fn replay(catalogs: usize, of_each: u64) -> [u64; 3] {
    let mut runner = TestRunner::deterministic();
    let lines = prop::collection::vec(any_line(), 0..24);
    let mut seen = [0; 3];
    for turn in 0..catalogs {
        let lines = lines.new_tree(&mut runner).unwrap().current();
        let served_from = world(&lines);
        // Most are tended, a moment ago.
        if turn % 4 > 0 {
            served_from.tend(NOW.minus(Millis(turn as u64 % 1_000)));
        }
        let mut again = None;
        for seed in 0..of_each {
            let roll = Roll((turn as u64) << 32 | seed).draw(0);
            let said = any_said().new_tree(&mut runner).unwrap().current();
            let request = AdRequest {
                opening: opening(Roll(roll)),
                traits: traits(&said),
                identity: identity(Roll(roll)),
                privacy: privacy(Roll(roll)),
                campaign: roll.is_multiple_of(9).then(|| CampaignId::new(2)),
                ..request(None)
            };
            let limits = Fickle {
                given: Given(&lines),
                asked: std::cell::Cell::new(roll % 7),
                exposures: exposures(&lines, &request.identity, Roll(roll)),
            };
            let recording = Recording::of(&limits);
            let inquiry = Inquiry {
                request: &request,
                limits: &recording,
                now: NOW,
                roll: Roll(roll),
            };
            let decision = decide(&served_from, &inquiry);
            let trace = Trace::of(&request, &decision, recording.into_answers());
            let noted = serde_json::to_vec(&trace).unwrap();
            let read: Trace = serde_json::from_slice(&noted).unwrap();
            assert_eq!(read, trace);
            let again = again.get_or_insert_with(|| {
                let again = world(&lines);
                read.prepare(&again);
                again
            });
            let outcome = Summary::of(&read.replay(again));
            let [expected, found] = [&trace.result, &outcome].map(serde_json::to_vec);
            assert_eq!(found.unwrap(), expected.unwrap(), "{trace:?}");
            let ads = outcome.ads.len();
            seen[0] += u64::from(ads > 0);
            seen[1] += u64::from(ads > 1);
            seen[2] += u64::from(decision.exclusions.of(Exclusion::Paced) > 0);
        }
    }
    seen
}

#[test]
fn two_thousand_decisions_are_made_again_to_equal_bytes() {
    let [filled, pods, paced] = replay(40, 50);
    assert!(
        filled > 300 && pods > 10 && paced > 100,
        "{filled} {pods} {paced}"
    );
}

#[test]
fn slow_a_hundred_thousand_decisions_are_made_again_to_equal_bytes() {
    let [filled, pods, paced] = replay(500, 200);
    assert!(
        filled > 15_000 && pods > 500 && paced > 5_000,
        "{filled} {pods} {paced}"
    );
}

/// A catalog that is tended as time goes on is no witness of what was decided before.
#[test]
fn what_was_decided_before_a_campaign_ended_is_decided_again_after_it() {
    let buys = vec![Buy::default()];
    let (catalog, request, rooms) = (compile(&buys), request(None), Rooms(&buys));
    catalog.tend(NOW);
    let decision = decide(&catalog, &ask(&request, &rooms, 1));
    let trace = Trace::of(&request, &decision, Answers::default());
    assert_eq!(trace.result.ads.len(), 1);
    catalog.tend(Timestamp::from_millis(buys[0].end));
    assert_ne!(Summary::of(&trace.replay(&catalog)), trace.result);
    trace.prepare(&catalog);
    assert_eq!(Summary::of(&trace.replay(&catalog)), trace.result);
    catalog.rest_as(None);
    assert_eq!(catalog.tenant(TenantId::new(1)).unwrap().tended(), None);
    assert_eq!(Summary::of(&trace.replay(&catalog)), trace.result);
}

#[test]
fn without_what_the_limits_answered_a_decision_comes_out_differently() {
    let lines: Vec<Buy> = vec![Buy {
        room: Err(Exclusion::Budget),
        ..Buy::default()
    }];
    let catalog = compile(&lines);
    let request = request(None);
    let rooms = Rooms(&lines);
    let recording = Recording::of(&rooms);
    let inquiry = Inquiry {
        request: &request,
        limits: &recording,
        now: NOW,
        roll: Roll(1),
    };
    let decision = decide(&catalog, &inquiry);
    let noted = Trace::of(&request, &decision, recording.into_answers());
    assert_eq!(Summary::of(&noted.replay(&catalog)), noted.result);
    let forgotten = Trace {
        limits: Answers::default(),
        ..noted.clone()
    };
    assert_ne!(Summary::of(&forgotten.replay(&catalog)), noted.result);
}
