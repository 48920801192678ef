//! A decision that was noted is made again to the same bytes.

use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::world::{Given, Line, any_line, any_said, traits, world};
use super::*;
use crate::model::PodShape;

/// Notes decisions of random catalogs, reads the notes back, and decides again.
fn replay_of(catalogs: usize, requests: u64) {
    let mut runner = TestRunner::deterministic();
    let mut filled = 0;
    for _ in 0..catalogs {
        let lines = prop::collection::vec(any_line(), 0..10)
            .new_tree(&mut runner)
            .unwrap();
        let lines: Vec<Line> = lines.current();
        let said = any_said().new_tree(&mut runner).unwrap().current();
        let catalog = world(&lines);
        let given = Given(&lines);
        for seed in 0..requests {
            let opening = match seed % 2 {
                0 => Opening::Slot(Some(Millis(30_000))),
                _ => Opening::Pod(PodShape::of(Millis::from_seconds(30 + seed))),
            };
            let request = AdRequest {
                traits: traits(&said),
                opening,
                ..request(None)
            };
            let recording = Recording::of(&given);
            let inquiry = Inquiry {
                request: &request,
                limits: &recording,
                now: NOW,
                roll: Roll(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
            };
            let decision = decide(&catalog, &inquiry);
            filled += usize::from(decision.outcome.is_ok());
            let trace = Trace::of(&request, &decision, recording.into_answers());
            let noted = serde_json::to_vec(&trace).unwrap();
            let read: Trace = serde_json::from_slice(&noted).unwrap();
            assert_eq!(read, trace);
            let again = serde_json::to_vec(&Summary::of(&read.replay(&catalog))).unwrap();
            assert_eq!(again, serde_json::to_vec(&trace.result).unwrap());
        }
    }
    assert!(filled > catalogs, "hardly any decision had an ad");
}

#[test]
fn decisions_are_made_again_to_the_same_bytes() {
    replay_of(40, 50);
}

#[test]
fn slow_a_hundred_thousand_decisions_are_made_again_to_the_same_bytes() {
    replay_of(2_000, 50);
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
