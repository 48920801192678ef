//! What is counted, what is not, and that nobody can tell the difference.

use serde_json::{Value, json};

use super::{Station, target};

#[test]
fn an_ad_is_served_seen_and_counted_once() {
    let station = Station::open();
    let campaign = station.campaign("spring", &json!({}));
    let ad = station.ad();
    assert_eq!(ad["campaign_id"], campaign.as_str());
    for event in [
        "impression",
        "start",
        "firstQuartile",
        "midpoint",
        "thirdQuartile",
        "complete",
    ] {
        for _again in 0..3 {
            let answer = station.daemon.get(&target(&ad["tracking"][event]));
            assert_eq!((answer.status, answer.body.len()), (204, 0), "{event}");
        }
    }
    let posted = json!({"token": ad["token"]}).to_string();
    let answer = station
        .daemon
        .ask("POST", "/api/v1/impression", &[], posted.as_bytes());
    assert_eq!(answer.status, 204);

    let totals = station.totals();
    for (metric, count) in [
        ("requests", 1),
        ("served", 1),
        ("impressions", 1),
        ("billable", 1),
    ] {
        assert_eq!(totals[metric], count, "{metric} in {totals}");
    }
    for metric in [
        "starts",
        "first_quartiles",
        "midpoints",
        "third_quartiles",
        "completions",
    ] {
        assert_eq!(totals[metric], 1, "{metric} in {totals}");
    }
    assert_eq!(totals["spend_micros"], 20_000);
}

#[test]
fn the_video_of_an_ad_can_be_fetched() {
    let station = Station::open();
    station.campaign("spring", &json!({}));
    let ad = station.ad();
    let url = target(&ad["video_url"]);
    let answer = station.daemon.get(url.trim_end_matches('?'));
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body, std::fs::read(super::spot()).unwrap());
    assert_eq!(answer.header("content-type"), Some("video/mp4"));
}

#[test]
fn looking_ahead_is_not_seeing() {
    let station = Station::open();
    station.campaign("spring", &json!({}));
    let ad = station.ad();
    let impression = target(&ad["tracking"]["impression"]);
    let unseen = [
        ("HEAD", "X-Any: 1"),
        ("GET", "Sec-Purpose: prefetch;prerender"),
        ("GET", "Purpose: prefetch"),
        ("GET", "X-Moz: prefetch"),
    ];
    for (method, header) in unseen {
        assert_eq!(
            station
                .daemon
                .ask(method, &impression, &[header], b"")
                .status,
            204
        );
    }
    assert_eq!(station.totals()["impressions"], 0);
    assert_eq!(
        station
            .daemon
            .metric("adserved_beacons_refused_total{reason=\"unseen\"}"),
        4
    );
    assert_eq!(station.daemon.get(&impression).status, 204);
    assert_eq!(station.totals()["impressions"], 1);
}

/// Beacons that must not count, and the reason that the metrics give.
fn bad_beacons(token: &str) -> Vec<(&'static str, String)> {
    let last = token.len() - 1;
    vec![
        (
            "malformed",
            format!("/api/v1/track?event=impression&t={token}&t={token}"),
        ),
        ("malformed", "/api/v1/track?event=impression".to_owned()),
        (
            "malformed",
            format!("/api/v1/track?event=start&event=complete&t={token}"),
        ),
        ("unknown_event", format!("/api/v1/track?t={token}")),
        (
            "unknown_event",
            format!("/api/v1/track?event=Impression&t={token}"),
        ),
        (
            "malformed_token",
            "/api/v1/track?event=impression&t=x".to_owned(),
        ),
        (
            "malformed_token",
            format!("/api/v1/track?event=impression&t={token}="),
        ),
        (
            "malformed_token",
            format!("/api/v1/track?event=impression&t={}", altered(token, 0)),
        ),
        (
            "bad_signature",
            format!("/api/v1/track?event=impression&t={}", altered(token, 20)),
        ),
        (
            "bad_signature",
            format!("/api/v1/track?event=impression&t={}", altered(token, last)),
        ),
        (
            "no_ad",
            "/api/v1/track?event=error&decision=dec_1&code=900".to_owned(),
        ),
    ]
}

#[test]
fn a_refused_beacon_is_answered_like_a_counted_one() {
    let station = Station::open();
    station.campaign("spring", &json!({}));
    let ad = station.ad();
    let good = target(&ad["tracking"]["impression"]);
    let counted = station.daemon.get(&good);
    for (reason, beacon) in bad_beacons(ad["token"].as_str().unwrap()) {
        let series = format!("adserved_beacons_refused_total{{reason=\"{reason}\"}}");
        let before = station.daemon.metric(&series);
        let answer = station.daemon.get(&beacon);
        assert_eq!(
            (answer.status, &answer.body),
            (counted.status, &counted.body),
            "{beacon}"
        );
        let names = |head: &str| {
            let name = |line: &str| line.split(':').next().unwrap_or_default().to_owned();
            head.lines().map(name).collect::<Vec<_>>()
        };
        assert_eq!(names(&answer.head), names(&counted.head), "{beacon}");
        assert_eq!(
            station.daemon.metric(&series),
            before + 1,
            "{reason}: {beacon}"
        );
    }
    let totals = station.totals();
    assert_eq!(
        (&totals["impressions"], &totals["errors"]),
        (&json!(1), &json!(0))
    );
}

/// The token with one digit changed to another.
fn altered(token: &str, place: usize) -> String {
    let mut digits: Vec<char> = token.chars().collect();
    digits[place] = if digits[place] == 'A' { 'B' } else { 'A' };
    digits.into_iter().collect()
}

#[test]
fn an_error_is_counted_with_its_code() {
    let station = Station::open();
    station.campaign("spring", &json!({}));
    for (code, counted) in [("402", 402), ("[ERRORCODE]", 900), ("7", 900), ("x", 900)] {
        let ad = station.ad();
        let error = ad["tracking"]["error"]
            .as_str()
            .unwrap()
            .replace("[ERRORCODE]", code);
        assert_eq!(station.daemon.get(&target(&json!(error))).status, 204);
        let stats = station.daemon.admin("GET", "/api/v1/stats", &Value::Null);
        let errors = stats["errors"].as_array().unwrap();
        assert!(
            errors.iter().any(|error| error["code"] == counted),
            "{code}: {errors:?}"
        );
    }
    assert_eq!(station.totals()["errors"], 4);
}

#[test]
fn a_click_counts_and_leads_where_the_operator_said() {
    let station = Station::open();
    let campaign = station.campaign("spring", &json!({}));
    let ad = station.ad();
    let creative = ad["creative_id"].as_str().unwrap();
    let click = format!("/api/v1/click?t={}", ad["token"].as_str().unwrap());
    assert_eq!(station.daemon.get(&click).status, 404, "nowhere to go yet");

    let landing = json!({"click_url": "https://motorco.example/spring"});
    station
        .daemon
        .admin("PATCH", &format!("/api/v1/creatives/{creative}"), &landing);
    let paused = json!({"status": "paused"});
    station.daemon.admin(
        "PUT",
        &format!("/api/v1/campaigns/{campaign}/status"),
        &paused,
    );
    let answer = station.daemon.get(&click);
    assert_eq!(answer.status, 302);
    assert_eq!(
        answer.header("location"),
        Some("https://motorco.example/spring")
    );
    assert_eq!(station.totals()["clicks"], 1);
    for bad in [
        "/api/v1/click",
        "/api/v1/click?t=x",
        "/api/v1/click?t=x&url=https://evil.example",
    ] {
        let answer = station.daemon.get(bad);
        assert_eq!(
            (answer.status, answer.header("location")),
            (404, None),
            "{bad}"
        );
    }
}

#[test]
fn a_pixel_is_sent_to_those_who_want_a_picture() {
    let station = Station::open();
    let answer = station.daemon.ask(
        "GET",
        "/api/v1/track?event=start&t=x",
        &["Accept: image/webp,*/*"],
        b"",
    );
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, Some("image/gif"))
    );
    assert!(answer.body.starts_with(b"GIF89a"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}
