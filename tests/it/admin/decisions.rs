//! Decisions that are asked for in wrong ways: each is refused by its name, and nothing is decided.

use serde_json::{Value, json};

use crate::support::admin::{Admin, Ask, campaign};

const TRY: &str = "/api/v1/decisions/try";

#[tokio::test]
async fn a_request_that_cannot_be_tried_says_what_is_wrong_with_it() {
    let admin = Admin::with_tenant().await;
    let good = json!({ "channel": "news", "pod_duration": 30 });
    for (query, body, field) in [
        ("", json!([]), ""),
        ("", json!("news"), ""),
        ("", json!(null), ""),
        ("", json!({ "channel": "nowhere" }), "channel"),
        ("", json!({ "channel": 7 }), "channel"),
        (
            "",
            json!({ "channel": "news", "pod_duration": 0 }),
            "pod_duration",
        ),
        (
            "",
            json!({ "channel": "news", "pod_duration": -1 }),
            "pod_duration",
        ),
        (
            "",
            json!({ "channel": "news", "pod_duration": "NaN" }),
            "pod_duration",
        ),
        (
            "",
            json!({ "channel": "news", "pod_duration": 1e300 }),
            "pod_duration",
        ),
        (
            "",
            json!({ "channel": "news", "pod_duration": 30, "duration": 30 }),
            "duration",
        ),
        ("", json!({ "channel": "news", "slots": [0] }), "slots"),
        (
            "",
            json!({ "channel": "news", "pod_duration": 30, "min_ads": 9, "max_ads": 1 }),
            "min_ads",
        ),
        ("", json!({ "channel": "news", "user": 7 }), "user"),
        (
            "",
            json!({ "channel": "news", "device": { "time_zone": "Mars/Base" } }),
            "device.time_zone",
        ),
        ("?at=noon", good.clone(), "at"),
        ("?at=1969-12-31T23:59:59Z", good.clone(), "at"),
        ("?at=", good.clone(), "at"),
        ("?seed=xyz", good.clone(), "seed"),
        ("?seed=", good.clone(), "seed"),
        ("?seed=00000000000000001", good.clone(), "seed"),
        ("?seed=-1", good.clone(), "seed"),
        ("?nonsense=1", good.clone(), "nonsense"),
    ] {
        let reply = admin.ask(Ask::post(format!("{TRY}{query}"), &body)).await;
        assert_eq!(reply.code(), "invalid", "{query} {body}: {reply:?}");
        let told = reply.problems();
        let named = told
            .iter()
            .any(|told| told.split(':').next() == Some(field));
        assert!(named, "{query} {body}: {told:?}");
    }
    let fine = admin.must(Ask::post(TRY, &good)).await;
    assert_eq!(fine.body["no_ad_reason"], "no_demand", "{fine:?}");
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let admin = Admin::with_tenant().await;
    let good = json!({ "channel": "news", "pod_duration": 30 });
    for ask in [
        Ask::get("/api/v1/decisions/dec_1"),
        Ask::get("/api/v1/decisions/nonsense"),
        Ask::get("/api/v1/decisions/cmp_1"),
        Ask::get(format!("/api/v1/decisions/dec_{}", "z".repeat(300))),
        Ask::get("/api/v1/campaigns/nothing/why"),
        Ask::post(format!("{TRY}?campaign=nothing"), &good),
    ] {
        let reply = admin.ask(ask).await;
        assert_eq!(reply.code(), "not_found", "{reply:?}");
    }
    let fields = campaign("spring");
    admin.must(Ask::post("/api/v1/campaigns", &fields)).await;
    for since in ["never", "", "1969-12-31T23:59:59Z"] {
        let target = format!("/api/v1/campaigns/spring/why?since={since}");
        let reply = admin.ask(Ask::get(target)).await;
        assert_eq!(reply.code(), "invalid", "{since}: {reply:?}");
    }
}

#[tokio::test]
async fn a_request_may_be_of_one_campaign_and_the_body_cannot_say_which() {
    let admin = Admin::with_tenant().await;
    for name in ["spring", "autumn"] {
        admin
            .must(Ask::post("/api/v1/campaigns", &campaign(name)))
            .await;
    }
    let verdicts = async |query: &str, body: Value| {
        let report = admin.must(Ask::post(format!("{TRY}{query}"), &body)).await;
        let campaigns = report.body["campaigns"].as_array().unwrap().clone();
        let names = campaigns
            .iter()
            .map(|one| one["name"].as_str().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    assert_eq!(verdicts("?campaign=SPRING", json!({})).await, ["spring"]);
    let smuggled = json!({ "channel": "news", "campaign_id": "cmp_1", "tenant": "ten_9" });
    assert_eq!(verdicts("", smuggled).await, ["spring", "autumn"]);
}
