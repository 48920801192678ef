//! Quotas of tenants: what is over one is refused in the form that its caller reads, and nobody
//! else notices.

use std::sync::atomic::{AtomicU64, Ordering};

use adserve::host::Clock;
use serde_json::{Value, json};

use super::{Station, target};
use crate::support::daemon::Answer;

/// A second tenant with a channel; its requests name the channel.
fn neighbour(station: &Station) {
    station
        .daemon
        .admin("POST", "/api/v1/tenants", &json!({ "name": "other" }));
    let export = station
        .daemon
        .admin("GET", "/api/v1/tenants/other", &Value::Null);
    assert_eq!(export["quota_rps"], Value::Null);
}

fn ask(channel: &str) -> Vec<u8> {
    json!({ "request_id": "r1", "duration": 30, "channel": channel })
        .to_string()
        .into_bytes()
}

fn set_quota(station: &Station, quota: &Value) {
    let fields = json!({ "quota_rps": quota });
    station
        .daemon
        .admin("PATCH", "/api/v1/tenants/acme", &fields);
}

#[test]
fn a_flood_gets_what_the_bucket_holds_and_no_more() {
    let station = Station::open();
    let clock = Clock::real();
    let begun = clock.monotonic();
    set_quota(&station, &json!(40));
    let (answered, limited) = (AtomicU64::new(0), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for _worker in 0..4 {
            scope.spawn(|| {
                for _request in 0..100 {
                    let answer =
                        station
                            .daemon
                            .ask("POST", "/api/v1/ad-request", &[], &ask("ch_1"));
                    match answer.status {
                        200 => answered.fetch_add(1, Ordering::Relaxed),
                        429 => limited.fetch_add(1, Ordering::Relaxed),
                        other => panic!("{other}: {}", answer.text()),
                    };
                }
            });
        }
    });
    let took = clock.monotonic() - begun;
    let most = 40 + 40 * (took.as_secs() + 1);
    let (answered, limited) = (answered.into_inner(), limited.into_inner());
    assert_eq!(answered + limited, 400);
    assert!(answered >= 40, "{answered} is less than a second's worth");
    assert!(answered <= most, "{answered} of at most {most}");
    let series = "adserved_requests_limited_total{endpoint=\"ad_request\"}";
    assert_eq!(station.daemon.metric(series), limited);
}

/// Asks until there is no token left; the first answer that is no success.
fn drained(station: &Station, method: &str, target: &str, body: &[u8]) -> Answer {
    let mut answer = station.daemon.ask(method, target, &[], body);
    // One a second; the machine may be slow, so a token is drawn until there is none.
    for _try in 0..50 {
        if answer.status != 200 {
            break;
        }
        answer = station.daemon.ask(method, target, &[], body);
    }
    answer
}

#[test]
fn each_caller_is_told_in_its_own_form() {
    let station = Station::open();
    set_quota(&station, &json!(1));
    let one = drained(&station, "POST", "/api/v1/ad-request", &ask("ch_1"));
    assert_eq!(one.status, 429, "{}", one.text());
    assert_eq!(one.header("retry-after"), Some("1"));
    assert_eq!(one.json()["error"]["code"], "too_many_requests");
    let pod = json!({ "channel": "ch_1", "duration": 30 }).to_string();
    let pod = drained(&station, "POST", "/api/v2/ad-request", pod.as_bytes());
    assert_eq!((pod.status, pod.header("retry-after")), (429, Some("1")));
    for (target, root) in [
        (
            "/api/v1/vast?channel=ch_1&version=3.0",
            "<VAST version=\"3.0\"></VAST>",
        ),
        ("/api/v1/vmap?channel=ch_1", "</vmap:VMAP>"),
    ] {
        let answer = drained(&station, "GET", target, b"");
        assert_eq!(answer.status, 429, "{}", answer.text());
        assert_eq!(answer.header("retry-after"), Some("1"));
        let xml = Some("application/xml; charset=utf-8");
        assert_eq!(answer.header("content-type"), xml);
        assert!(answer.text().contains(root), "{}", answer.text());
        assert!(!answer.text().contains("<Ad "), "{}", answer.text());
    }
    // Without a quota everything is answered again.
    set_quota(&station, &Value::Null);
    for _request in 0..50 {
        station.request_ad();
    }
}

#[test]
fn a_viewer_gets_the_programme_and_beacons_are_never_refused() {
    let station = Station::open();
    station.campaign("spring", &json!({}));
    let content = "https://origin.example/live/index.m3u8";
    let channel = json!({ "name": "live", "stream": { "origins": [content] } });
    station.daemon.admin("POST", "/api/v1/channels", &channel);
    let ad = station.ad();
    set_quota(&station, &json!(1));
    let limited = || {
        let series = "adserved_requests_limited_total{endpoint=\"hls_session\"}";
        station.daemon.metric(series)
    };
    let limited_at_last = |method: &str, target: &str| {
        for _try in 0..50 {
            drained(&station, "POST", "/api/v1/ad-request", &ask("ch_1"));
            let before = limited();
            let answer = station.daemon.ask(method, target, &[], b"");
            if limited() > before {
                return answer;
            }
        }
        panic!("{target} is never limited");
    };
    let index = limited_at_last("GET", "/hls/ch_2/index.m3u8");
    assert_eq!(index.status, 302, "{}", index.text());
    assert_eq!(index.header("location"), Some(content));
    // A program that begins sessions is told.
    let begun = limited_at_last("POST", "/hls/ch_2/session");
    assert_eq!(begun.status, 429, "{}", begun.text());
    assert_eq!(begun.header("retry-after"), Some("1"));
    for _beacon in 0..20 {
        let seen = target(&ad["tracking"]["impression"]);
        let answer = station.daemon.ask("GET", &seen, &[], b"");
        assert!(answer.status < 300, "{}", answer.text());
    }
    assert_eq!(station.totals()["impressions"], 1);
}

#[test]
fn the_flood_of_one_tenant_is_not_anothers() {
    let station = Station::open();
    neighbour(&station);
    let channel = json!({ "name": "sport" });
    let made = station
        .daemon
        .admin_of("other", "POST", "/api/v1/channels", &channel);
    let sport = made["id"].as_str().unwrap().to_owned();
    set_quota(&station, &json!(1));
    std::thread::scope(|scope| {
        let flood = scope.spawn(|| {
            let asked = (0..200).map(|_| {
                let answer = station
                    .daemon
                    .ask("POST", "/api/v1/ad-request", &[], &ask("ch_1"));
                answer.status
            });
            asked.filter(|status| *status == 429).count()
        });
        for _request in 0..100 {
            let answer = station
                .daemon
                .ask("POST", "/api/v1/ad-request", &[], &ask(&sport));
            assert_eq!(answer.status, 200, "{}", answer.text());
        }
        assert!(flood.join().unwrap() > 100);
    });
}
