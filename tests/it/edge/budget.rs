//! Budgets under concurrent requests over HTTP: never one more, and what is unseen comes back.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use adserve::host::Clock;
use serde_json::{Value, json};

use super::{Station, target};

const THREADS: usize = 32;

/// Asks for ads from many threads at once; how many were served.
fn ask_at_once(station: &Station, requests: usize) -> usize {
    let served = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for _ in 0..requests / THREADS {
                    if station.request_ad()["no_ad"].is_null() {
                        served.fetch_add(1, Ordering::SeqCst);
                    }
                }
            });
        }
    });
    served.load(Ordering::SeqCst)
}

#[test]
fn a_goal_of_200_impressions_serves_exactly_200_of_1600_at_once() {
    let station = Station::open();
    station.campaign("spring", &json!({"impression_goal": 200}));
    assert_eq!(ask_at_once(&station, 1_600), 200);
    assert_eq!(station.request_ad()["no_ad"]["reason"], "goal");
    let totals = station.totals();
    assert_eq!(
        (&totals["requests"], &totals["served"]),
        (&json!(1_601), &json!(200))
    );
}

#[test]
fn a_budget_for_100_impressions_serves_exactly_100_of_800_at_once() {
    let station = Station::open();
    // 20 a thousand is 0.02 each; 2.00 buys a hundred, and one micro more buys no other.
    station.campaign("spring", &json!({"total_budget_micros": 2_000_001}));
    assert_eq!(ask_at_once(&station, 800), 100);
    assert_eq!(station.request_ad()["no_ad"]["reason"], "budget");
}

#[test]
fn a_spent_campaign_completes_by_itself() {
    let station = Station::open();
    let campaign = station.campaign("spring", &json!({"impression_goal": 1}));
    let ad = station.ad();
    assert_eq!(
        station
            .daemon
            .get(&target(&ad["tracking"]["impression"]))
            .status,
        204
    );
    let clock = Clock::real();
    let deadline = clock.monotonic() + Duration::from_secs(20);
    let path = format!("/api/v1/campaigns/{campaign}");
    while station.daemon.admin("GET", &path, &Value::Null)["status"] != "completed" {
        assert!(clock.monotonic() < deadline, "still not completed");
        std::thread::yield_now();
    }
}
