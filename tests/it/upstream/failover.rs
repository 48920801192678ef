//! Several origins of one thing: over to the next when one fails, and back with care.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use adserve::upstream::{Lineup, Outcome};

use super::site::{Act, Site, ok, with};
use super::{Desk, LIVE, WHOLE, timed, wait_for, within};

const WELL: u8 = 0;
const SICK: u8 = 1;
const HANGING: u8 = 2;

/// An origin whose health the test sets.
struct Origin {
    site: Site,
    health: Arc<AtomicU8>,
}

impl Origin {
    async fn new(name: &'static str) -> Self {
        let health = Arc::new(AtomicU8::new(WELL));
        let shown = Arc::clone(&health);
        let site = Site::start(move |_path, _head| match shown.load(Ordering::SeqCst) {
            WELL => Act::Send(ok(name)),
            SICK => Act::Send(with("500 X", "", b"")),
            _ => Act::Hang(Vec::new()),
        })
        .await;
        Self { site, health }
    }

    fn become_(&self, health: u8) {
        self.health.store(health, Ordering::SeqCst);
    }

    fn asked(&self) -> usize {
        self.site.count("/live")
    }
}

struct Stage {
    desk: Desk,
    lineup: Lineup,
    a: Origin,
    b: Origin,
}

impl Stage {
    async fn new() -> Self {
        let (a, b) = (Origin::new("a").await, Origin::new("b").await);
        let lineup = Lineup::new(vec![a.site.url("/live"), b.site.url("/live")]);
        Self {
            desk: Desk::new(),
            lineup,
            a,
            b,
        }
    }

    /// A round of a live channel, each 4 seconds: whose answer, marked if it is of before.
    async fn round(&self) -> String {
        self.desk.pass(Duration::from_secs(4));
        let served = within(self.lineup.fetch(&self.desk.origins, LIVE)).await;
        let fetched = served.unwrap().fetched;
        let mut text = String::from_utf8(fetched.bytes.to_vec()).unwrap();
        if fetched.stale.is_some() {
            text.push_str(" of before");
        }
        text
    }

    fn switches(&self) -> u64 {
        self.desk.figure("adserved_upstream_switches_total")
    }
}

#[tokio::test]
async fn over_to_the_next_when_one_fails_and_back_when_it_did_well_for_a_while() {
    let stage = Stage::new().await;
    assert_eq!(stage.round().await, "a");
    stage.a.become_(SICK);
    // One failure is bridged with the last good answer, two are enough.
    assert_eq!(stage.round().await, "a of before");
    assert_eq!(stage.b.asked(), 0);
    assert_eq!(stage.round().await, "b");
    assert_eq!((stage.lineup.current(), stage.switches()), (1, 1));
    for _ in 0..5 {
        assert_eq!(stage.round().await, "b");
    }
    stage.a.become_(WELL);
    let mut rounds = 0;
    while stage.lineup.current() == 1 {
        assert_eq!(stage.round().await, "b");
        rounds += 1;
        assert!(rounds < 100, "it never goes back");
    }
    assert!(rounds >= 5, "back after {rounds} rounds");
    assert_eq!(stage.round().await, "a");
    assert_eq!(stage.switches(), 2);
}

#[tokio::test]
async fn without_a_last_good_answer_the_others_are_asked_at_once() {
    let stage = Stage::new().await;
    stage.a.become_(SICK);
    assert_eq!(stage.round().await, "b");
    assert_eq!((stage.a.asked(), stage.lineup.current()), (1, 1));
    // With nobody left, it is said of each what it did.
    let stage = Stage::new().await;
    stage.a.become_(SICK);
    stage.b.become_(SICK);
    let error = within(stage.lineup.fetch(&stage.desk.origins, LIVE)).await;
    let error = error.unwrap_err();
    assert_eq!(error.errors.len(), 2, "{error}");
    assert!(error.to_string().contains("; http://127.0.0.1:"), "{error}");
}

#[tokio::test]
async fn a_better_origin_that_hangs_delays_nobody() {
    let stage = Stage::new().await;
    stage.a.become_(HANGING);
    assert_eq!(stage.round().await, "b");
    let asked = stage.a.asked();
    for _ in 0..4 {
        let (answer, took) = timed(stage.round()).await;
        assert_eq!(answer, "b");
        assert!(took < WHOLE / 4, "{took:?}");
    }
    wait_for("it was tried", || stage.a.asked() > asked).await;
}

#[tokio::test]
async fn a_fetch_that_a_thousand_wait_for_is_one_failure() {
    let stage = Stage::new().await;
    assert_eq!(stage.round().await, "a");
    stage.a.become_(SICK);
    stage.desk.pass(Duration::from_secs(4));
    let rounds = (0..1_000).map(|_| stage.lineup.fetch(&stage.desk.origins, LIVE));
    for served in within(futures_util::future::join_all(rounds)).await {
        assert_eq!(served.unwrap().origin, 0);
    }
    assert_eq!((stage.a.asked(), stage.lineup.current()), (2, 0));
}

#[tokio::test]
async fn an_origin_that_stands_still_is_left_on_report() {
    let stage = Stage::new().await;
    assert_eq!(stage.round().await, "a");
    stage.lineup.report(&stage.desk.origins, 0, Outcome::Failed);
    assert_eq!(stage.lineup.current(), 0);
    stage.lineup.report(&stage.desk.origins, 0, Outcome::Failed);
    assert_eq!(stage.round().await, "b");
}
