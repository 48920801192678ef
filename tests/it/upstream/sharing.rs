//! One fetch for everybody, fresh answers from memory, the last good one when the origin fails.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use adserve::upstream::Cause;
use tokio::sync::Barrier;

use super::site::{Act, Site, ok, with};
use super::{Desk, LIVE, Setup, WHOLE, timed, wait_for, within};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_callers_cause_one_fetch() {
    const CALLERS: usize = 1_000;
    let late = Duration::from_millis(200);
    let site = Site::start(move |_path, _head| Act::Late(late, ok("live"))).await;
    let desk = Arc::new(Desk::new());
    let url = site.url("/live");
    let barrier = Arc::new(Barrier::new(CALLERS));
    let mut callers = tokio::task::JoinSet::new();
    for _ in 0..CALLERS {
        let (desk, url, barrier) = (Arc::clone(&desk), url.clone(), Arc::clone(&barrier));
        callers.spawn(async move {
            barrier.wait().await;
            desk.fetch(&url).await.unwrap().version
        });
    }
    let versions = within(callers.join_all()).await;
    assert_eq!(versions.len(), CALLERS);
    assert!(versions.iter().all(|version| *version == versions[0]));
    assert_eq!(site.count("/live"), 1);
    let answers = |outcome: &str| {
        desk.figure(&format!(
            "adserved_upstream_answers_total{{outcome=\"{outcome}\"}}"
        ))
    };
    assert_eq!(answers("fetched"), 1);
    assert_eq!(answers("joined") + answers("cached"), CALLERS as u64 - 1);
    assert_eq!(desk.figure("adserved_upstream_seconds_count"), 1);
    assert_eq!(desk.figure("adserved_upstream_cache_entries"), 1);
}

#[tokio::test]
async fn a_fetch_goes_on_when_its_caller_hangs_up() {
    let late = Duration::from_millis(100);
    let site = Site::start(move |_path, _head| Act::Late(late, ok("live"))).await;
    let desk = Desk::new();
    let url = site.url("/live");
    let hasty = tokio::time::timeout(Duration::from_millis(1), desk.fetch(&url)).await;
    assert!(hasty.is_err());
    wait_for("it was asked for", || site.count("/live") == 1).await;
    assert_eq!(desk.text(&url).await, "live");
    assert_eq!(site.count("/live"), 1);
}

#[tokio::test]
async fn an_answer_is_fresh_for_as_long_as_its_caller_says_and_its_text_has_one_number() {
    let fetches = Arc::new(AtomicUsize::new(0));
    let text = Arc::new(AtomicUsize::new(0));
    let (counted, shown) = (Arc::clone(&fetches), Arc::clone(&text));
    let site = Site::start(move |_path, _head| {
        counted.fetch_add(1, Ordering::SeqCst);
        let headers = "Age: 2\r\nDate: Fri, 20 Nov 2026 10:00:00 GMT\r\n";
        let body = shown.load(Ordering::SeqCst).to_string();
        Act::Send(with("200 OK", headers, body.as_bytes()))
    })
    .await;
    let desk = Desk::new();
    let url = site.url("/live");
    let first = desk.fetch(&url).await.unwrap();
    assert_eq!(first.upstream_age, seconds(2));
    desk.pass(seconds(3));
    let second = desk.fetch(&url).await.unwrap();
    assert_eq!((second.version, second.age), (first.version, seconds(3)));
    assert_eq!(fetches.load(Ordering::SeqCst), 1);

    // No longer fresh, fetched, and the same: one text, nothing to parse.
    desk.pass(seconds(1));
    let third = desk.fetch(&url).await.unwrap();
    assert_eq!(fetches.load(Ordering::SeqCst), 2);
    assert_eq!((third.version, third.age), (first.version, Duration::ZERO));
    assert_eq!(third.unchanged_for, seconds(4));
    assert_eq!(third.bytes.as_ptr(), first.bytes.as_ptr());

    text.store(1, Ordering::SeqCst);
    desk.pass(seconds(4));
    let fourth = desk.fetch(&url).await.unwrap();
    assert_ne!(fourth.version, first.version);
    assert_eq!(fourth.unchanged_for, Duration::ZERO);
}

#[tokio::test]
async fn an_origin_is_asked_whether_it_changed() {
    let changes = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&changes);
    let site = Site::start(move |path, head| {
        let tag = format!("\"{}\"", counted.load(Ordering::SeqCst));
        let validators = format!("ETag: {tag}\r\nLast-Modified: Fri, 20 Nov 2026 10:00:00 GMT\r\n");
        let head = head.to_lowercase();
        match path {
            "/moved" => Act::Send(with("302 X", "Location: /live\r\n", b"")),
            _ if head.contains(&format!("if-none-match: {tag}\r\n")) => {
                assert!(head.contains("if-modified-since: fri, 20 nov 2026 10:00:00 gmt\r\n"));
                Act::Send(format!("HTTP/1.1 304 X\r\n{validators}\r\n").into_bytes())
            }
            _ => Act::Send(with("200 OK", &validators, tag.as_bytes())),
        }
    })
    .await;
    let desk = Desk::new();
    for path in ["/live", "/moved"] {
        let url = site.url(path);
        let first = desk.fetch(&url).await.unwrap();
        for _ in 0..3 {
            desk.pass(seconds(4));
            let next = desk.fetch(&url).await.unwrap();
            assert_eq!((next.version, next.age), (first.version, Duration::ZERO));
        }
        // It stands still, however often the origin says so.
        assert_eq!(desk.fetch(&url).await.unwrap().unchanged_for, seconds(12));
        changes.fetch_add(1, Ordering::SeqCst);
        desk.pass(seconds(4));
        assert_ne!(desk.fetch(&url).await.unwrap().version, first.version);
    }
    let conditional = |head: &&String| head.contains("if-none-match");
    assert_eq!(site.heads().iter().filter(conditional).count(), 8);
}

#[tokio::test]
async fn the_last_good_answer_stands_in_until_it_is_too_old() {
    let is_well = Arc::new(AtomicBool::new(true));
    let shown = Arc::clone(&is_well);
    let site = Site::start(move |_path, _head| {
        if shown.load(Ordering::SeqCst) {
            Act::Send(ok("good"))
        } else {
            Act::Send(with("502 X", "", b"bad"))
        }
    })
    .await;
    let desk = Desk::new();
    let url = site.url("/live");
    desk.fetch(&url).await.unwrap();
    is_well.store(false, Ordering::SeqCst);
    for age in [4, 8, 12, 16] {
        desk.pass(seconds(4));
        let fetched = desk.fetch(&url).await.unwrap();
        assert_eq!(
            (&fetched.bytes[..], fetched.age),
            (&b"good"[..], seconds(age))
        );
        let cause = fetched.stale.unwrap().cause;
        assert_eq!(cause.as_str(), "status", "{cause}");
    }
    desk.pass(seconds(2));
    assert!(
        desk.fetch(&url).await.is_ok(),
        "exactly three target durations"
    );
    desk.pass(seconds(1));
    let error = desk.fetch(&url).await.unwrap_err();
    assert!(matches!(
        error.cause,
        Cause::Status { .. } | Cause::Backoff { .. }
    ));
    assert!(site.count("/live") >= 5);
    // And it comes back.
    is_well.store(true, Ordering::SeqCst);
    desk.pass(seconds(20));
    assert!(desk.fetch(&url).await.unwrap().stale.is_none());
    let stale = desk.figure("adserved_upstream_answers_total{outcome=\"stale\"}");
    assert_eq!(stale, 5);
}

#[tokio::test]
async fn a_crowd_that_asks_for_what_is_not_there_costs_one_fetch() {
    let site = Site::start(|_path, _head| Act::Send(with("404 X", "", b""))).await;
    let desk = Desk::new();
    let url = site.url("/none");
    for _ in 0..100 {
        assert!(desk.fetch(&url).await.unwrap_err().cause.is_not_found());
    }
    assert_eq!(site.count("/none"), 1);
    desk.pass(seconds(4));
    desk.fetch(&url).await.unwrap_err();
    assert_eq!(site.count("/none"), 2);
    // A missing file says nothing of its origin.
    for number in 0..20 {
        let error = desk
            .fetch(&site.url(&format!("/{number}")))
            .await
            .unwrap_err();
        assert!(error.cause.is_not_found(), "{error}");
    }
}

#[tokio::test]
async fn an_origin_that_fails_again_and_again_is_left_alone_for_a_while() {
    let is_well = Arc::new(AtomicBool::new(false));
    let shown = Arc::clone(&is_well);
    let site = Site::start(move |_path, _head| {
        if shown.load(Ordering::SeqCst) {
            Act::Send(ok("good"))
        } else {
            Act::Close(Vec::new())
        }
    })
    .await;
    let desk = Desk::new();
    for number in 0..50 {
        desk.fetch(&site.url(&format!("/{number}")))
            .await
            .unwrap_err();
    }
    let asked = site.heads().len();
    assert_eq!(asked, 5);
    let error = desk.fetch(&site.url("/x")).await.unwrap_err();
    assert!(matches!(error.cause, Cause::Backoff { .. }), "{error}");
    // Others are not concerned.
    let other = Site::start(|_path, _head| Act::Send(ok("other"))).await;
    assert_eq!(desk.text(&other.url("/")).await, "other");
    // One try after the pause; it fails, and the pause is longer.
    desk.pass(seconds(1));
    for number in 0..50 {
        desk.fetch(&site.url(&format!("/{number}")))
            .await
            .unwrap_err();
    }
    assert_eq!(site.heads().len(), asked + 1);
    is_well.store(true, Ordering::SeqCst);
    desk.pass(seconds(10));
    assert_eq!(desk.text(&site.url("/y")).await, "good");
}

#[tokio::test(flavor = "multi_thread")]
async fn more_fetches_than_there_is_room_for_are_refused_at_once() {
    const CALLERS: usize = 300;
    let site = Site::start(|_path, _head| Act::Hang(Vec::new())).await;
    let setup = Setup {
        limits: (seconds(20), seconds(20), seconds(20)),
        ..Setup::default()
    };
    let desk = Arc::new(setup.open());
    let mut callers = tokio::task::JoinSet::new();
    let refused = Arc::new(AtomicUsize::new(0));
    for number in 0..CALLERS {
        let (desk, refused) = (Arc::clone(&desk), Arc::clone(&refused));
        let url = site.url(&format!("/{number}"));
        callers.spawn(async move {
            let error = desk.origins.fetch(&url, LIVE).await.unwrap_err();
            assert_eq!(error.cause, Cause::Busy);
            refused.fetch_add(1, Ordering::SeqCst);
        });
    }
    let expected = CALLERS - 256;
    wait_for("the rest is refused", || {
        refused.load(Ordering::SeqCst) == expected && site.heads().len() == 256
    })
    .await;
    callers.abort_all();
}

#[tokio::test]
async fn what_is_kept_stays_within_its_bytes() {
    let body = "x".repeat(50_000);
    let site = Site::start(move |_path, _head| Act::Send(ok(&body))).await;
    let desk = Desk::new();
    for number in 0..60 {
        desk.fetch(&site.url(&format!("/{number}"))).await.unwrap();
        assert!(desk.figure("adserved_upstream_cache_bytes") <= 1 << 20);
    }
    let entries = desk.figure("adserved_upstream_cache_entries");
    assert!((15..=20).contains(&entries), "{entries}");
    // The latest is there, the first is not.
    desk.fetch(&site.url("/59")).await.unwrap();
    desk.fetch(&site.url("/0")).await.unwrap();
    assert_eq!((site.count("/59"), site.count("/0")), (1, 2));
}

#[tokio::test]
async fn connections_are_used_again_and_a_hanging_origin_delays_no_other() {
    let site = Site::start(|path, _head| match path {
        "/hang" => Act::Hang(Vec::new()),
        _ => Act::Send(ok("good")),
    })
    .await;
    let desk = Desk::new();
    for number in 0..20 {
        desk.fetch(&site.url(&format!("/{number}"))).await.unwrap();
    }
    assert_eq!(site.connections(), 1);
    let hanging = site.url("/hang");
    let good = site.url("/good");
    let (hung, (text, took)) = tokio::join!(desk.fetch(&hanging), timed(desk.text(&good)));
    assert!(hung.is_err() && text == "good");
    assert!(took < WHOLE / 4, "{took:?}");
}
