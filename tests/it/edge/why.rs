//! Why an ad was served or not: decisions that were kept, then and now, and requests only tried.

use serde_json::{Value, json};

use super::Station;

fn station() -> Station {
    Station::open_with(&[("ADSERVED_DECISIONS__TRACE_EVERY", "1")])
}

/// The word of one campaign in a report.
fn word<'a>(report: &'a Value, campaign: &str, when: &str) -> &'a str {
    let verdicts = report["campaigns"].as_array().unwrap();
    let of = |verdict: &&Value| verdict["campaign_id"] == campaign;
    verdicts.iter().find(of).unwrap()[when].as_str().unwrap()
}

#[test]
fn a_decision_is_explained_as_it_was_and_as_it_would_be_now() {
    let station = station();
    let abroad = json!({"targeting": {"rules": [{"include": {"geo": ["FR"]}}]}});
    let abroad = station.campaign("abroad", &abroad);
    let cheap = station.campaign("cheap", &json!({"price_micros": 1_000_000}));
    let dear = station.campaign("dear", &json!({"price_micros": 90_000_000}));
    let pod = station.pod(&json!({"max_ads": 1, "geo": {"country": "US"}}));
    assert_eq!(pod["ads"][0]["campaign_id"], dear.as_str(), "{pod}");
    let path = format!("/api/v1/decisions/{}", pod["decision_id"].as_str().unwrap());

    let report = station.daemon.admin("GET", &path, &Value::Null);
    assert_eq!(word(&report, &dear, "then"), "served");
    assert_eq!(word(&report, &cheap, "then"), "lost_rotation");
    assert_eq!(word(&report, &abroad, "then"), "targeting_geo");
    assert_eq!(report["ads"][0]["campaign_id"], dear.as_str());
    assert_eq!(report["reasons"]["targeting_geo"], 1);

    // Then stays as it was, whatever is changed since, and now follows.
    let pause = json!({"status": "paused"});
    let status = format!("/api/v1/campaigns/{dear}/status");
    station.daemon.admin("PUT", &status, &pause);
    let wide = json!({"targeting": {"rules": []}, "price_micros": 95_000_000});
    station
        .daemon
        .admin("PATCH", &format!("/api/v1/campaigns/{abroad}"), &wide);
    let later = station.daemon.admin("GET", &path, &Value::Null);
    for campaign in [&dear, &cheap, &abroad] {
        assert_eq!(
            word(&later, campaign, "then"),
            word(&report, campaign, "then")
        );
    }
    assert_eq!(word(&later, &dear, "now"), "inactive");
    assert_eq!(word(&later, &abroad, "now"), "served");

    let why = station.daemon.admin(
        "GET",
        &format!("/api/v1/campaigns/{abroad}/why"),
        &Value::Null,
    );
    assert_eq!(why["decisions"], 1, "{why}");
    assert_eq!(why["reasons"][0]["reason"], "targeting_geo");
}

#[test]
fn a_request_that_is_tried_takes_no_budget_and_repeats_with_its_seed() {
    let station = station();
    let one = station.campaign("one", &json!({"impression_goal": 1}));
    let other = station.campaign("other", &json!({}));
    let attempt = |query: &str| {
        let path = format!("/api/v1/decisions/try{query}");
        station.make(&path, &json!({"channel": "news", "pod_duration": 6}))
    };
    let first = attempt("");
    let again = format!(
        "?seed={}&at={}",
        first["seed"].as_str().unwrap(),
        first["at"].as_str().unwrap()
    );
    for _ in 0..5 {
        assert_eq!(attempt(&again), first);
    }
    let totals = station.totals();
    assert_eq!(
        (&totals["requests"], &totals["served"]),
        (&json!(0), &json!(0))
    );
    let seen =
        (0..40).map(|seed| attempt(&format!("?seed={seed:x}"))["ads"][0]["campaign_id"].clone());
    let seen: std::collections::HashSet<String> =
        seen.map(|id| id.as_str().unwrap().to_owned()).collect();
    assert!(seen.contains(&one) && seen.contains(&other), "{seen:?}");
    let past = attempt("?at=2019-01-01T00:00:00Z");
    assert_eq!(past["no_ad_reason"], "flight", "{past}");
}
