//! Writes: done once, on the revision that was seen, tried out, taken back, many at a time.

use std::collections::BTreeSet;

use http::StatusCode;
use serde_json::json;

use crate::support::admin::{Admin, Ask, campaign, with};

const CHANNELS: &str = "/api/v1/channels";

async fn operations(admin: &Admin) -> u64 {
    let history = admin.must(Ask::get("/api/v1/operations?limit=1")).await;
    history.body["total"].as_u64().unwrap()
}

#[tokio::test]
async fn a_repeated_write_is_done_once_and_answered_the_same() {
    let admin = Admin::with_tenant().await;
    let keyed = |ask: Ask| ask.header("idempotency-key", "key 1");
    let make = || {
        keyed(Ask::post(
            CHANNELS,
            &json!({ "name": "sport", "slot_ms": 15_000 }),
        ))
    };
    let first = admin.must(make()).await;
    assert_eq!(first.header("idempotency-replayed"), None);
    let before = operations(&admin).await;

    // The same fields in another order are the same request.
    let reordered =
        Ask::new(http::Method::POST, CHANNELS).raw(r#"{ "slot_ms": 15000, "name": "sport" }"#);
    for again in [make(), keyed(reordered)] {
        let again = admin.must(again).await;
        assert_eq!(again.status, StatusCode::CREATED);
        assert_eq!(again.body, first.body);
        for name in ["etag", "location", "x-operation"] {
            assert_eq!(again.header(name), first.header(name), "{name}");
            assert!(again.header(name).is_some(), "{name}");
        }
        assert_eq!(again.header("idempotency-replayed"), Some("true"));
    }
    assert_eq!(operations(&admin).await, before);

    for other in [
        Ask::post(CHANNELS, &json!({ "name": "sport", "slot_ms": 16_000 })),
        Ask::post("/api/v1/advertisers", &json!({ "name": "sport" })),
        Ask::patch(format!("{CHANNELS}/sport"), &json!({ "slot_ms": 15_000 })),
        Ask::delete(format!("{CHANNELS}/sport")),
    ] {
        let reply = admin.ask(keyed(other)).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(reply.code(), "idempotency_key_reused");
    }
    assert_eq!(operations(&admin).await, before);
}

#[tokio::test]
async fn a_key_of_one_tenant_is_not_that_of_another() {
    let admin = Admin::with_tenant().await;
    admin.make_tenant("other").await;
    for tenant in ["acme", "other"] {
        let ask = Ask::post(CHANNELS, &json!({ "name": "sport" }));
        let made = admin
            .must(ask.tenant(tenant).header("idempotency-key", "k"))
            .await;
        assert_eq!(made.header("idempotency-replayed"), None, "{tenant}");
    }
}

#[tokio::test]
async fn a_refused_write_leaves_its_key_free() {
    let admin = Admin::with_tenant().await;
    let keyed = |name: &str| {
        let ask = Ask::post(CHANNELS, &json!({ "name": name }));
        ask.header("idempotency-key", "k")
    };
    assert!(admin.ask(keyed("")).await.status.is_client_error());
    admin.must(keyed("sport")).await;
}

#[tokio::test]
async fn deletes_are_repeated_safely_too() {
    let admin = Admin::with_tenant().await;
    let ask = || Ask::delete(format!("{CHANNELS}/news")).header("idempotency-key", "k");
    for _ in 0..2 {
        assert_eq!(admin.must(ask()).await.status, StatusCode::NO_CONTENT);
    }
    let bare = admin.ask(Ask::delete(format!("{CHANNELS}/news"))).await;
    assert_eq!(bare.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_change_is_made_only_on_the_revision_that_was_seen() {
    let admin = Admin::with_tenant().await;
    let news = format!("{CHANNELS}/news");
    let edit = |text: &str, revision: &str| {
        let ask = Ask::patch(&news, &json!({ "description": text }));
        ask.header("if-match", revision)
    };
    admin.must(edit("one", "\"1\"")).await;
    let late = admin.ask(edit("two", "\"1\"")).await;
    assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(late.code(), "revision");
    assert!(late.message().contains('2'), "{late:?}");
    let delete = Ask::delete(&news).header("if-match", "\"1\"");
    assert_eq!(
        admin.ask(delete).await.status,
        StatusCode::PRECONDITION_FAILED
    );
    admin.must(edit("three", "*")).await;
    assert_eq!(
        admin.must(Ask::get(&news)).await.text("description"),
        "three"
    );
}

#[tokio::test]
async fn of_many_changes_of_one_revision_one_wins() {
    let admin = Admin::with_tenant().await;
    let mut tries = Vec::new();
    for number in 0..16 {
        let admin = admin.clone();
        tries.push(tokio::spawn(async move {
            let fields = json!({ "description": format!("try {number}") });
            let ask = Ask::patch(format!("{CHANNELS}/news"), &fields).header("if-match", "\"1\"");
            admin.ask(ask).await.status
        }));
    }
    let mut statuses = Vec::new();
    for one in tries {
        statuses.push(one.await.unwrap());
    }
    let won = statuses.iter().filter(|status| status.is_success()).count();
    let lost = statuses
        .iter()
        .filter(|status| **status == StatusCode::PRECONDITION_FAILED);
    assert_eq!((won, lost.count()), (1, 15));
}

#[tokio::test]
async fn a_dry_run_answers_as_if_done_and_leaves_no_trace() {
    let admin = Admin::with_tenant().await;
    admin
        .must(Ask::post("/api/v1/campaigns", &campaign("spring")))
        .await;
    let look = |path: &'static str| admin.must(Ask::get(path));
    let before = look("/api/v1/campaigns").await.body;
    let (done, revision) = (operations(&admin).await, admin.cell().load().revision());

    let made = Ask::post("/api/v1/campaigns?dry_run=true", &campaign("summer"));
    let made = admin.must(made.header("idempotency-key", "k")).await;
    assert_eq!(made.status, StatusCode::CREATED);
    assert_eq!(made.text("name"), "summer");
    let edit = json!({ "weight": 9 });
    let edited = admin
        .must(Ask::patch("/api/v1/campaigns/spring?dry_run=true", &edit))
        .await;
    assert_eq!(edited.body["weight"], 9);
    let status = json!({ "status": "active" });
    admin
        .must(Ask::put(
            "/api/v1/campaigns/spring/status?dry_run=true",
            &status,
        ))
        .await;
    admin
        .must(Ask::delete("/api/v1/campaigns/spring?dry_run=true"))
        .await;
    admin
        .must(Ask::post("/api/v1/undo?dry_run=true", &json!({})))
        .await;
    let wrong = with(campaign("spring"), &json!({ "weight": 0 }));
    let wrong = admin
        .ask(Ask::post("/api/v1/campaigns?dry_run=true", &wrong))
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);

    assert_eq!(look("/api/v1/campaigns").await.body, before);
    assert_eq!(operations(&admin).await, done);
    assert_eq!(admin.cell().load().revision(), revision);
    // The key was not used up, and neither was the name.
    let real = Ask::post("/api/v1/campaigns", &campaign("summer"));
    let real = admin.must(real.header("idempotency-key", "k")).await;
    assert_eq!(real.header("idempotency-replayed"), None);
}

#[tokio::test]
async fn a_write_decides_as_soon_as_it_is_answered() {
    let admin = Admin::with_tenant().await;
    let mut revision = admin.cell().load().revision();
    for name in ["a", "b", "c"] {
        let made = admin
            .must(Ask::post(CHANNELS, &json!({ "name": name })))
            .await;
        let catalog = admin.cell().load();
        assert!(catalog.revision() > revision);
        revision = catalog.revision();
        let id = made.text("id").parse().unwrap();
        assert!(catalog.tenant_of_channel(id).is_some(), "{name}");
        drop(catalog);
        admin.must(Ask::delete(format!("{CHANNELS}/{name}"))).await;
        assert!(
            admin.cell().load().tenant_of_channel(id).is_none(),
            "{name}"
        );
    }
}

#[tokio::test]
async fn history_tells_who_did_what_and_undo_takes_it_back() {
    let admin = Admin::with_tenant().await;
    let made = admin
        .must(Ask::post("/api/v1/campaigns", &campaign("spring")))
        .await;
    let edit = Ask::patch("/api/v1/campaigns/spring", &json!({ "weight": 7 }));
    let edit = edit.header("x-request-id", "req-7");
    let edited = admin.must(edit).await;
    let operation = edited.header("x-operation").unwrap().to_owned();

    let told = admin
        .must(Ask::get(format!("/api/v1/operations/{operation}")))
        .await;
    for (field, value) in [
        ("actor", "uid:1000"),
        ("action", "update"),
        ("kind", "campaign"),
        ("subject_name", "spring"),
        ("request_id", "req-7"),
    ] {
        assert_eq!(told.text(field), value);
    }
    assert_eq!(told.text("subject_id"), made.text("id"));
    assert_eq!(told.body["before"]["weight"], 1);
    assert_eq!(told.body["after"]["weight"], 7);
    let subject = format!("/api/v1/operations?subject={}", made.text("id"));
    let history = admin.must(Ask::get(subject)).await;
    assert_eq!(history.items("action"), ["update", "create"]);

    let undone = admin
        .must(Ask::post(
            "/api/v1/undo",
            &json!({ "operation": operation }),
        ))
        .await;
    assert_eq!(undone.items("action"), ["undo"]);
    assert_eq!(undone.items("undoes"), [operation.as_str()]);
    let now = admin.must(Ask::get("/api/v1/campaigns/spring")).await;
    assert_eq!(now.body["weight"], 1);
    assert_eq!(now.body["revision"], 3);

    let again = admin
        .ask(Ask::post(
            "/api/v1/undo",
            &json!({ "operation": operation }),
        ))
        .await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{again:?}");
    // The latest that was not taken back is the making of it.
    admin.must(Ask::post("/api/v1/undo", &json!({}))).await;
    let gone = admin.ask(Ask::get("/api/v1/campaigns/spring")).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_deleted_campaign_comes_back_with_its_creatives() {
    let admin = Admin::with_tenant().await;
    let made = admin
        .must(Ask::post("/api/v1/campaigns", &campaign("spring")))
        .await;
    super::nouns::make_creative(&admin, &made.text("id"), "spot").await;
    admin.must(Ask::delete("/api/v1/campaigns/spring")).await;
    assert_eq!(
        admin.must(Ask::get("/api/v1/creatives")).await.body["total"],
        0
    );
    admin.must(Ask::post("/api/v1/undo", &json!({}))).await;
    let back = admin.must(Ask::get("/api/v1/campaigns/spring")).await;
    assert_eq!(back.text("id"), made.text("id"));
    assert_eq!(
        admin
            .must(Ask::get("/api/v1/creatives"))
            .await
            .items("name"),
        ["spot"]
    );
}

#[tokio::test]
async fn a_deleted_tenant_comes_back() {
    let admin = Admin::with_tenant().await;
    let made = admin
        .must(Ask::post("/api/v1/tenants", &json!({ "name": "brief" })))
        .await;
    admin.must(Ask::delete("/api/v1/tenants/brief")).await;
    let history = admin.must(Ask::get("/api/v1/operations?kind=tenant")).await;
    assert_eq!(history.items("action"), ["delete", "create", "create"]);
    let operation = &history.items("id")[0];
    admin
        .must(Ask::get(format!("/api/v1/operations/{operation}")))
        .await;
    admin
        .must(Ask::post(
            "/api/v1/undo",
            &json!({ "operation": operation }),
        ))
        .await;
    let back = admin.must(Ask::get("/api/v1/tenants/brief")).await;
    assert_eq!(back.text("id"), made.text("id"));
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_writers_at_once_each_get_their_own() {
    let admin = Admin::with_tenant().await;
    let mut writers = Vec::new();
    for writer in 0..64 {
        let admin = admin.clone();
        writers.push(tokio::spawn(async move {
            let name = format!("channel {writer}");
            let made = admin
                .must(Ask::post(CHANNELS, &json!({ "name": name })))
                .await;
            let id: adserve::model::ChannelId = made.text("id").parse().unwrap();
            assert!(admin.cell().load().tenant_of_channel(id).is_some());
            let edit = json!({ "description": name });
            admin
                .must(Ask::patch(format!("{CHANNELS}/{id}"), &edit))
                .await;
            id
        }));
    }
    let mut ids = BTreeSet::new();
    for writer in writers {
        assert!(ids.insert(writer.await.unwrap()));
    }
    let list = admin
        .must(Ask::get(format!("{CHANNELS}?search=channel&limit=100")))
        .await;
    assert_eq!(list.body["total"], 64);
    // A tenant, an advertiser and a channel were there; each writer made and edited one.
    assert_eq!(operations(&admin).await, 3 + 2 * 64);
}

#[tokio::test]
async fn a_write_that_was_begun_is_finished_without_its_caller() {
    let admin = Admin::with_tenant().await;
    let revision = admin.cell().load().revision();
    {
        // Polled once, so that it is under way, and dropped: the caller hung up.
        let ask = admin.ask(Ask::post(CHANNELS, &json!({ "name": "sport" })));
        let mut ask = std::pin::pin!(ask);
        let deadline = std::time::Duration::from_secs(10);
        let begun = tokio::time::timeout(deadline, async {
            while admin.state().writes_running() == 0 {
                assert!(
                    futures_util::poll!(ask.as_mut()).is_pending(),
                    "it was too fast"
                );
                tokio::task::yield_now().await;
            }
        });
        begun.await.unwrap();
    }
    let deadline = std::time::Duration::from_secs(10);
    let published = tokio::time::timeout(deadline, async {
        while admin.cell().load().revision() == revision {
            tokio::task::yield_now().await;
        }
    });
    published.await.unwrap();
    admin.must(Ask::get(format!("{CHANNELS}/sport"))).await;
}
