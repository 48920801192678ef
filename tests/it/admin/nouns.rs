//! What operators do all day: make, look, change, copy, delete.

use adserve::model::{
    CampaignId, Container, Creative, CreativeSpec, CreativeStatus, Media, Millis,
};
use adserve::store::catalog::{NewCreative, Scope, WriteContext};
use http::StatusCode;
use serde_json::{Value, json};

use crate::support::admin::{Admin, Ask, campaign, with};

/// Puts a creative of a campaign into the store, as an upload would.
pub(super) async fn make_creative(admin: &Admin, campaign: &str, name: &str) -> String {
    let campaign: CampaignId = campaign.parse().unwrap();
    let tenant = admin
        .must(Ask::get("/api/v1/tenants"))
        .await
        .items("id")
        .remove(0);
    let context = WriteContext {
        scope: Scope::Tenant(tenant.parse().unwrap()),
        actor: "adserved".to_owned(),
        request_id: String::new(),
        now: admin.clock().clock().now(),
        dry_run: false,
    };
    let new = NewCreative {
        campaign,
        spec: CreativeSpec::of(name.to_owned()),
        status: CreativeStatus::Active,
        failure: None,
        media: Some(Media {
            sha256: [7; 32],
            bytes: 1_000_000,
            container: Container::Mp4,
            duration: Millis(30_000),
            width: 1920,
            height: 1080,
            rotation: 0,
            video_codec: "avc1.64001f".to_owned(),
            audio_codec: None,
            frame_rate: None,
        }),
    };
    let made = admin
        .store()
        .write(context, move |unit| unit.insert::<Creative>(new))
        .await;
    made.unwrap().id.to_string()
}

#[tokio::test]
async fn each_noun_is_made_shown_changed_and_deleted() {
    let admin = Admin::with_tenant().await;
    for (path, fields, change) in [
        (
            "/api/v1/advertisers",
            json!({ "name": "Tea", "domain": "tea.example", "categories": ["IAB8"] }),
            json!({ "domain": null }),
        ),
        (
            "/api/v1/channels",
            json!({ "name": "sport", "slot_ms": 30_000 }),
            json!({ "description": "live\nand late" }),
        ),
        (
            "/api/v1/campaigns",
            campaign("spring"),
            json!({ "daily_budget_micros": 5_000_000, "tier": "house" }),
        ),
        (
            "/api/v1/tenants",
            json!({ "name": "other", "timezone": "America/New_York", "currency": "EUR" }),
            json!({ "name": "renamed" }),
        ),
    ] {
        let tenant = |ask: Ask| match path {
            "/api/v1/tenants" => ask,
            _ => ask.tenant("acme"),
        };
        let made = admin.must(tenant(Ask::post(path, &fields))).await;
        assert_eq!(made.status, StatusCode::CREATED);
        let id = made.text("id");
        let one = format!("{path}/{id}");
        assert_eq!(made.header("location"), Some(one.as_str()));
        assert_eq!(made.header("etag"), Some("\"1\""));
        assert!(made.header("x-operation").unwrap().starts_with("op_"));

        let shown = admin.must(tenant(Ask::get(&one))).await;
        assert_eq!(shown.body, made.body);
        assert_eq!(shown.header("etag"), Some("\"1\""));
        let name = fields["name"].as_str().unwrap().to_uppercase();
        let by_name = admin.must(tenant(Ask::get(format!("{path}/{name}")))).await;
        assert_eq!(by_name.body, made.body);

        let edited = admin.must(tenant(Ask::patch(&one, &change))).await;
        assert_eq!(edited.header("etag"), Some("\"2\""));
        let expected = with(made.body.clone(), &with(change, &json!({ "revision": 2 })));
        assert_eq!(edited.body, expected);

        let deleted = admin.must(tenant(Ask::delete(&one))).await;
        assert_eq!(deleted.status, StatusCode::NO_CONTENT);
        assert!(deleted.header("x-operation").is_some());
        let gone = admin.ask(tenant(Ask::get(&one))).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
        assert_eq!(gone.code(), "not_found");
    }
}

#[tokio::test]
async fn an_edit_that_changes_nothing_is_no_operation() {
    let admin = Admin::with_tenant().await;
    let same = json!({ "name": "news" });
    let reply = admin.must(Ask::patch("/api/v1/channels/news", &same)).await;
    assert_eq!(reply.header("x-operation"), None);
    assert_eq!(reply.body["revision"], 1);
}

#[tokio::test]
async fn a_campaign_goes_along_legal_transitions_only() {
    let admin = Admin::with_tenant().await;
    let made = admin
        .must(Ask::post("/api/v1/campaigns", &campaign("spring")))
        .await;
    assert_eq!(made.text("status"), "draft");
    for (status, allowed) in [
        ("paused", false),
        ("completed", false),
        ("draft", true),
        ("active", true),
        ("paused", true),
        ("draft", false),
        ("active", true),
        ("completed", true),
        ("paused", false),
        ("active", true),
        ("gone", false),
    ] {
        let ask = Ask::put(
            "/api/v1/campaigns/spring/status",
            &json!({ "status": status }),
        );
        let reply = admin.ask(ask).await;
        assert_eq!(reply.status.is_success(), allowed, "{status}: {reply:?}");
        if allowed {
            assert_eq!(reply.text("status"), status);
        } else {
            assert!(reply.problems()[0].starts_with("status: "), "{reply:?}");
        }
    }
    let active = with(campaign("at once"), &json!({ "status": "active" }));
    let made = admin.must(Ask::post("/api/v1/campaigns", &active)).await;
    assert_eq!(made.text("status"), "active");
}

#[tokio::test]
async fn a_campaign_that_is_over_is_not_started() {
    let admin = Admin::with_tenant().await;
    let over = with(campaign("over"), &json!({ "end": "2026-02-01T00:00:00Z" }));
    admin.must(Ask::post("/api/v1/campaigns", &over)).await;
    let start = Ask::put(
        "/api/v1/campaigns/over/status",
        &json!({ "status": "active" }),
    );
    let reply = admin.ask(start).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.problems()[0].starts_with("end: "), "{reply:?}");
}

#[tokio::test]
async fn a_copy_is_a_draft_with_the_same_creatives() {
    let admin = Admin::with_tenant().await;
    let active = with(campaign("spring"), &json!({ "status": "active" }));
    let made = admin.must(Ask::post("/api/v1/campaigns", &active)).await;
    make_creative(&admin, &made.text("id"), "thirty").await;
    make_creative(&admin, &made.text("id"), "fifteen").await;

    let ask = Ask::post(
        "/api/v1/campaigns/spring/clone",
        &json!({ "name": "summer" }),
    );
    let copy = admin.must(ask).await;
    assert_eq!(copy.status, StatusCode::CREATED);
    assert_eq!(copy.text("status"), "draft");
    let place = format!("/api/v1/campaigns/{}", copy.text("id"));
    assert_eq!(copy.header("location"), Some(place.as_str()));
    let creatives = admin
        .must(Ask::get(format!("{place}/creatives?sort=name")))
        .await;
    assert_eq!(creatives.items("name"), ["fifteen", "thirty"]);

    let again = Ask::post(
        "/api/v1/campaigns/spring/clone",
        &json!({ "name": "Summer" }),
    );
    assert_eq!(admin.ask(again).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn creatives_are_listed_changed_held_and_deleted() {
    let admin = Admin::with_tenant().await;
    let made = admin
        .must(Ask::post("/api/v1/campaigns", &campaign("spring")))
        .await;
    let other = admin
        .must(Ask::post("/api/v1/campaigns", &campaign("summer")))
        .await;
    let id = make_creative(&admin, &made.text("id"), "spot").await;
    make_creative(&admin, &other.text("id"), "spot").await;

    let all = admin.must(Ask::get("/api/v1/creatives")).await;
    assert_eq!(all.body["total"], 2);
    let of_one = admin
        .must(Ask::get("/api/v1/creatives?campaign=spring"))
        .await;
    assert_eq!(of_one.items("id"), [id.as_str()]);
    let none = admin
        .must(Ask::get("/api/v1/creatives?status=inactive"))
        .await;
    assert_eq!(none.body["items"], json!([]));

    let two = admin.ask(Ask::get("/api/v1/creatives/spot")).await;
    assert_eq!(
        two.status,
        StatusCode::CONFLICT,
        "the name stands for two: {two:?}"
    );

    let change = json!({ "weight": 3, "click_url": "https://tea.example/?a=b" });
    let edited = admin
        .must(Ask::patch(format!("/api/v1/creatives/{id}"), &change))
        .await;
    assert_eq!(edited.body["weight"], 3);
    assert_eq!(edited.text("click_url"), "https://tea.example/?a=b");
    let held = json!({ "status": "inactive", "name": "held" });
    let held = admin
        .must(Ask::patch(format!("/api/v1/creatives/{id}"), &held))
        .await;
    assert_eq!(
        (held.text("status"), held.text("name")),
        ("inactive".into(), "held".into())
    );
    let bad = json!({ "click_url": "javascript:alert(1)", "status": "failed", "weight": 0 });
    let bad = admin
        .ask(Ask::patch(format!("/api/v1/creatives/{id}"), &bad))
        .await;
    assert_eq!(bad.problems().len(), 3, "{bad:?}");

    admin
        .must(Ask::delete(format!("/api/v1/creatives/{id}")))
        .await;
    let left = admin
        .must(Ask::get("/api/v1/campaigns/spring/creatives"))
        .await;
    assert_eq!(left.body["total"], 0);
}

#[tokio::test]
async fn what_others_depend_on_is_not_deleted() {
    let admin = Admin::with_tenant().await;
    admin
        .must(Ask::post("/api/v1/campaigns", &campaign("spring")))
        .await;
    for path in ["/api/v1/advertisers/Coffee", "/api/v1/tenants/acme"] {
        let reply = admin.ask(Ask::delete(path)).await;
        assert_eq!(reply.status, StatusCode::CONFLICT, "{path}");
        assert!(reply.body["error"]["hint"].is_string(), "{reply:?}");
    }
    admin.must(Ask::delete("/api/v1/campaigns/spring")).await;
    admin.must(Ask::delete("/api/v1/advertisers/Coffee")).await;
}

#[tokio::test]
async fn the_currency_stays_once_there_are_campaigns() {
    let admin = Admin::with_tenant().await;
    let euro = Ask::patch("/api/v1/tenants/acme", &json!({ "currency": "EUR" }));
    assert_eq!(admin.must(euro.clone()).await.text("currency"), "EUR");
    let made = admin
        .must(Ask::post("/api/v1/campaigns", &campaign("spring")))
        .await;
    assert_eq!(made.text("currency"), "EUR");
    let dollar = Ask::patch("/api/v1/tenants/acme", &json!({ "currency": "USD" }));
    let reply = admin.ask(dollar).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.problems()[0].starts_with("currency: "), "{reply:?}");
    admin.must(euro).await;
}

#[tokio::test]
async fn names_are_unique_in_a_tenant_whatever_the_case() {
    let admin = Admin::with_tenant().await;
    let taken = admin
        .ask(Ask::post("/api/v1/channels", &json!({ "name": "NEWS" })))
        .await;
    assert_eq!(taken.status, StatusCode::CONFLICT);
    assert!(taken.message().contains("news") || taken.message().contains("NEWS"));
    admin.make_tenant("other").await;
}

#[tokio::test]
async fn a_tag_is_the_address_a_player_calls() {
    let admin = Admin::with_tenant().await;
    let channel = admin
        .must(Ask::get("/api/v1/channels/news"))
        .await
        .text("id");
    let made = admin
        .must(Ask::post("/api/v1/campaigns", &campaign("spring")))
        .await;
    let url = |reply: &crate::support::admin::Reply| reply.text("url");

    let vast = admin.must(Ask::get("/api/v1/tags?channel=news")).await;
    let expected = format!("http://ads.example/api/v1/vast?channel={channel}&cb=[CACHEBUSTING]");
    assert_eq!(url(&vast), expected);
    let of_campaign = admin
        .must(Ask::get("/api/v1/tags?campaign=spring&version=3.0"))
        .await;
    let expected = format!(
        "http://ads.example/api/v1/vast?campaign_id={}&version=3.0&cb=[CACHEBUSTING]",
        made.text("id")
    );
    assert_eq!(url(&of_campaign), expected);
    let json = admin
        .must(Ask::get("/api/v1/tags?channel=news&format=json"))
        .await;
    assert_eq!(url(&json), "http://ads.example/api/v1/ad-request");
    assert_eq!(json.body["body"]["channel"], Value::String(channel));

    // What a tag is of is what is asked for, not a field that is wrong.
    for query in ["?channel=nowhere", "?campaign=nothing"] {
        let reply = admin.ask(Ask::get(format!("/api/v1/tags{query}"))).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{query}");
    }
    for (query, fields) in [
        ("", &["channel"][..]),
        ("?channel=news&campaign=spring", &["campaign"]),
        (
            "?campaign=spring&format=json&version=4.2",
            &["format", "version"],
        ),
        ("?channel=news&version=5.0", &["version"]),
    ] {
        let reply = admin.ask(Ask::get(format!("/api/v1/tags{query}"))).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        let told = reply.problems();
        let told: Vec<&str> = told
            .iter()
            .map(|text| text.split(':').next().unwrap())
            .collect();
        assert_eq!(told, fields, "{query}");
    }
}

#[tokio::test]
async fn status_and_versions_are_told() {
    let admin = Admin::start();
    let version = admin.must(Ask::get("/api/v1/version")).await;
    assert_eq!(version.text("version"), env!("CARGO_PKG_VERSION"));
    let status = admin.must(Ask::get("/api/v1/status")).await;
    assert_eq!(status.body["dependencies"]["catalog"], "up");
}
