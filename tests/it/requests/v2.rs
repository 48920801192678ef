//! `POST /api/v2/ad-request`.

use serde_json::{Value, json};

use super::Station;

fn full() -> Value {
    json!({
        "request_id": "r-1", "channel": "news", "pod_duration": 90, "max_ads": 3,
        "session": "s-1",
        "user": {"id": "u-1", "age": 35, "gender": "male", "household": "h-1",
                 "segments": ["auto"]},
        "device": {"type": "smart_tv", "brand": "samsung", "os": "tizen",
                   "ifa": "8b5cb6f2-0000-4000-8000-000000000001", "lmt": 0},
        "content": {"category": "sports", "genre": "football", "rating": "PG", "id": "c-1"},
        "geo": {"country": "US", "region": "CA", "city": "Los Angeles", "dma": "803"},
        "key_values": {"tier": ["premium"]},
    })
}

#[test]
fn an_ad_is_answered_with_its_place_in_the_pod_and_counted() {
    let station = Station::with_campaign();
    let answer = station.ask(&full());
    assert_eq!(answer.status, 200, "{}", answer.text());
    let pod = answer.json();
    assert_eq!(pod["request_id"], "r-1");
    assert!(pod["decision_id"].as_str().unwrap().starts_with("dec_"));
    assert_eq!(
        (&pod["no_ad_reason"], &pod["privacy"]),
        (&Value::Null, &json!([]))
    );
    let ad = &pod["ads"][0];
    assert_eq!(
        (&ad["position"], ad["start"].as_f64()),
        (&json!(1), Some(0.0))
    );
    assert!(ad["campaign_id"].as_str().unwrap().starts_with("cmp_"));
    assert!(ad["creative_id"].as_str().unwrap().starts_with("cr_"));
    assert!((5.9..6.2).contains(&ad["duration"].as_f64().unwrap()));
    let impression = url::Url::parse(ad["tracking"]["impression"].as_str().unwrap()).unwrap();
    let target = format!("{}?{}", impression.path(), impression.query().unwrap());
    assert_eq!(station.daemon.get(&target).status, 204);
    let totals = station.daemon.admin("GET", "/api/v1/stats", &Value::Null);
    assert_eq!(totals["totals"]["impressions"], 1);
}

#[test]
fn no_ad_is_a_normal_answer_with_a_reason_and_a_request_may_be_nameless() {
    let station = Station::open(&[]);
    let answer = station.ask(&json!({"channel": "News", "device": {"lmt": 1}}));
    assert_eq!(answer.status, 200);
    let pod = answer.json();
    assert_eq!(
        (&pod["ads"], &pod["no_ad_reason"]),
        (&json!([]), &json!("no_demand"))
    );
    assert_eq!(pod["privacy"], json!(["limit_tracking"]));
    assert_eq!(pod["request_id"].as_str(), answer.header("x-request-id"));
}

#[test]
fn everything_wrong_is_told_at_once() {
    let station = Station::open(&[]);
    let mut body = full();
    body["max_ads"] = json!(0);
    body["user"]["age"] = json!("old");
    body["geo"]["country"] = json!("USA");
    body["device"] = json!(7);
    let answer = station.ask(&body);
    assert_eq!(answer.status, 400);
    let error = &answer.json()["error"];
    assert_eq!(error["code"], "invalid");
    let problems = error["problems"].as_array().unwrap();
    let fields: Vec<&str> = problems
        .iter()
        .map(|it| it["field"].as_str().unwrap())
        .collect();
    assert_eq!(fields, ["device", "max_ads", "geo.country", "user.age"]);
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .ends_with("and 3 more fields are wrong")
    );
    assert_eq!(error["request_id"].as_str(), answer.header("x-request-id"));
    for (body, status) in [
        (json!({"channel": "nothing"}), 404),
        (json!({"channel": "ch_9"}), 404),
        (json!({"channel": "News", "pod": "nothing"}), 404),
        (json!([]), 400),
    ] {
        assert_eq!(station.ask(&body).status, status, "{body}");
    }
    let huge = json!({"channel": "News", "x": "y".repeat(70_000)});
    assert_eq!(station.ask(&huge).status, 413);
    assert_eq!(station.daemon.get("/api/v2/ad-request").status, 405);
}
