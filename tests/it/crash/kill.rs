//! The process is killed, again and again, at random moments.

use adserve::host::Entropy;

use super::audit::{audit, unbilled};
use super::worker::{End, History, Launch};

/// Kills unless the environment says otherwise.
const ROUNDS_DEFAULT: u64 = 50;
const ROUNDS: &str = "ADSERVE_CRASH_ROUNDS";

#[test]
fn slow_what_was_acknowledged_survives_fifty_kills_and_is_counted_once() {
    let rounds = std::env::var(ROUNDS).map_or(ROUNDS_DEFAULT, |text| {
        text.parse()
            .unwrap_or_else(|_| panic!("{ROUNDS} is not a number: {text}"))
    });
    let folder = tempfile::tempdir().unwrap();
    let entropy = Entropy::real();
    let mut history = History::default();
    let (mut kills, mut again) = (0, 0);
    for round in 0..rounds {
        // From the very first batch on, up to some dozens of batches.
        let acks = 1 + entropy.roll() % 2_000;
        let run = Launch::new(folder.path(), End::KillAfter(acks)).run(&mut history);
        assert_eq!(run.refused, 0);
        kills += u64::from(run.was_killed());
        again += run.duplicates;
        if round % 10 == 9 {
            assert_eq!(audit(folder.path(), &history).lost, []);
        }
    }
    let audit = audit(folder.path(), &history);
    assert_eq!(audit.lost, []);
    assert_eq!(kills, rounds, "every run must have been killed");
    assert!(again > rounds, "only {again} events were sent again");
    assert!(
        unbilled(folder.path()) > 0,
        "the small budget was never reached"
    );
    eprintln!(
        "{kills} kills: {} acknowledged, {} in the ledger, 0 lost, 0 doubled; {again} sent again",
        history.acked.len(),
        audit.events
    );
}

#[test]
fn slow_an_orderly_stop_leaves_nothing_to_replay() {
    let folder = tempfile::tempdir().unwrap();
    let mut history = History::default();
    let run = Launch::new(folder.path(), End::StopAfter(500)).run(&mut history);
    assert!(run.status.success(), "{run:?}");
    let path = folder.path().join("ledger.db");
    assert!(
        !folder.path().join("ledger.db-wal").exists(),
        "the log was not moved to its place"
    );
    let now = adserve::host::Clock::real().now();
    let (_ledger, _reader, recovered) = adserve::store::ledger::Ledger::open(&path, now).unwrap();
    assert_eq!(recovered.replayed, 0);
    assert_eq!(audit(folder.path(), &history).lost, []);
}
