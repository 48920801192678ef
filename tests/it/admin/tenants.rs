//! No tenant sees another's: what is another's is answered as if it did not exist.

use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::nouns::make_creative;
use crate::support::admin::{Admin, Ask, Reply, campaign};

/// A body that each route with one takes, so that nothing but the tenant is wrong.
fn body_for(id: &str) -> Value {
    match id {
        "setCampaignStatus" => json!({ "status": "active" }),
        "cloneCampaign" => json!({ "name": "copy" }),
        "inviteUser" => json!({}),
        _ => json!({ "name": "renamed" }),
    }
}

/// An order, a category and a kind of pod.
async fn make_arrangements(admin: &Admin) {
    for (path, fields) in [
        (
            "v1/orders",
            json!({ "name": "frame", "advertiser": "adv_1" }),
        ),
        ("v2/categories", json!({ "code": "IAB2" })),
        ("v2/pods", json!({ "name": "mid", "duration_ms": 60_000 })),
        ("v1/users", json!({ "email": "ann@acme" })),
        ("v1/keys", json!({ "name": "ci", "scopes": ["*"] })),
    ] {
        let ask = Ask::post(format!("/api/{path}"), &fields);
        admin.must(ask.tenant("acme")).await;
    }
}

/// What a reply says, with the reference that was asked for taken out.
fn said(reply: &Reply, reference: &str) -> String {
    format!("{} {}", reply.status, reply.anonymous()).replace(reference, "IT")
}

#[tokio::test]
async fn what_is_anothers_is_answered_like_what_is_missing_at_every_route() {
    let admin = Admin::with_tenant().await;
    let made = admin
        .must(Ask::post("/api/v1/campaigns", &campaign("spring")))
        .await;
    make_creative(&admin, &made.text("id"), "spot").await;
    make_arrangements(&admin).await;
    admin.keep_decision("dec_1".parse().unwrap());
    admin.make_tenant("other").await;
    let operation = made.header("x-operation").unwrap().to_owned();

    let mut walked = 0;
    for route in admin
        .routes()
        .iter()
        .filter(|route| route.path.contains("{id}"))
    {
        // Of each noun: what the first tenant has, by id and by name, and what nobody has.
        let (theirs, missing) = match route.path.split('/').nth(3).unwrap() {
            "advertisers" => (["adv_1", "Tea"], ["adv_zz", "Nil"]),
            "channels" => (["ch_1", "sport"], ["ch_zz", "space"]),
            "orders" => (["ord_1", "frame"], ["ord_zz", "lattice"]),
            "categories" => (["cat_1", "IAB2"], ["cat_zz", "IAB9"]),
            "pods" => (["pod_1", "mid"], ["pod_zz", "end"]),
            "campaigns" | "analytics" => (["cmp_1", "spring"], ["cmp_zz", "absent"]),
            "creatives" => (["cr_1", "spot"], ["cr_zz", "none"]),
            "decisions" => (["dec_1"; 2], ["dec_zz"; 2]),
            "operations" => ([operation.as_str(); 2], ["op_zzz"; 2]),
            // Nobody watches here, and one session is missing like another.
            "sessions" => (["00"; 2], ["ff"; 2]),
            "users" => (["us_1", "ann@acme"], ["us_zz", "bob@acme"]),
            "keys" => (["key_1", "ci"], ["key_zz", "cd"]),
            "tenants" => continue,
            other => panic!("say what {other} is here"),
        };
        let ask = |reference: &str| {
            let ask = Ask::new(route.method.clone(), route.path.replace("{id}", reference));
            let ask = ask.tenant("other");
            match route.method {
                Method::GET | Method::DELETE => ask,
                _ => ask.json(&body_for(route.id)),
            }
        };
        for (theirs, missing) in theirs.iter().zip(missing) {
            let one = admin.ask(ask(theirs)).await;
            let none = admin.ask(ask(missing)).await;
            assert_eq!(one.status, StatusCode::NOT_FOUND, "{route:?} {theirs}");
            assert_eq!(said(&one, theirs), said(&none, missing), "{route:?}");
            walked += 1;
        }
    }
    assert!(walked >= 40, "only {walked} were walked");
    // Nothing of the first tenant was changed.
    let history = admin
        .must(Ask::get("/api/v1/operations").tenant("acme"))
        .await;
    assert_eq!(history.items("id").len(), 10, "{history:#?}");
}

#[tokio::test]
async fn references_to_what_is_anothers_are_refused_like_missing_ones() {
    let admin = Admin::with_tenant().await;
    admin
        .must(Ask::post("/api/v1/advertisers", &json!({ "name": "Tea" })))
        .await;
    let made = admin
        .must(Ask::post("/api/v1/campaigns", &campaign("spring")))
        .await;
    make_arrangements(&admin).await;
    admin.make_tenant("other").await;
    admin
        .must(Ask::post("/api/v1/campaigns", &campaign("autumn")).tenant("other"))
        .await;
    let operation = made.header("x-operation").unwrap();
    let tea = |reference: &str| {
        let mut fields = campaign("winter");
        fields["advertiser"] = json!(reference);
        Ask::post("/api/v1/campaigns", &fields)
    };
    let undo = |id: &str| Ask::post("/api/v1/undo", &json!({ "operation": id }));
    for (theirs, missing, ask) in [
        ("Tea", "Nil", &tea as &dyn Fn(&str) -> Ask),
        ("adv_2", "adv_zz", &tea),
        ("Tea", "Nil", &|name| {
            Ask::get(format!("/api/v1/campaigns?advertiser={name}"))
        }),
        ("cmp_1", "cmp_zz", &|id| {
            Ask::get(format!("/api/v1/creatives?campaign={id}"))
        }),
        ("cmp_1", "cmp_zz", &|id| {
            Ask::get(format!("/api/v1/tags?campaign={id}"))
        }),
        ("ord_1", "ord_zz", &|id| {
            Ask::get(format!("/api/v1/campaigns?in_order={id}"))
        }),
        ("ord_1", "ord_zz", &|id| {
            Ask::patch("/api/v1/campaigns/autumn", &json!({ "order": id }))
        }),
        ("pod_1", "pod_zz", &|id| {
            Ask::patch("/api/v1/channels/ch_2", &json!({ "pod": id }))
        }),
        ("IAB2", "IAB9", &|code| {
            let fields = json!({ "code": "IAB2-1", "parent": code });
            Ask::post("/api/v2/categories", &fields)
        }),
        ("IAB2", "IAB9", &|code| {
            let fields = json!({ "categories": [code] });
            Ask::put("/api/v2/campaigns/autumn/categories", &fields)
        }),
        ("ch_1", "ch_zz", &|id| {
            let rule = json!({ "include": { "channel": [id] } });
            let fields = json!({ "targeting": { "rules": [rule] } });
            Ask::patch("/api/v1/campaigns/autumn", &fields)
        }),
        ("ch_1", "ch_zz", &|id| {
            Ask::get(format!("/api/v1/tags?channel={id}"))
        }),
        (operation, "op_zzz", &undo),
    ] {
        let one = admin.ask(ask(theirs).tenant("other")).await;
        let none = admin.ask(ask(missing).tenant("other")).await;
        assert!(one.status.is_client_error(), "{theirs}: {one:?}");
        assert_eq!(said(&one, theirs), said(&none, missing), "{theirs}");
    }
}

#[tokio::test]
async fn lists_and_history_show_the_tenants_own() {
    let admin = Admin::with_tenant().await;
    admin
        .must(Ask::post("/api/v1/campaigns", &campaign("spring")))
        .await;
    admin.make_tenant("other").await;
    for path in ["advertisers", "channels", "campaigns", "creatives"] {
        let list = admin
            .must(Ask::get(format!("/api/v1/{path}")).tenant("other"))
            .await;
        let own = u64::from(matches!(path, "advertisers" | "channels"));
        assert_eq!(list.body["total"], own, "{path}");
    }
    let history = admin
        .must(Ask::get("/api/v1/operations").tenant("other"))
        .await;
    assert_eq!(history.items("kind"), ["channel", "advertiser", "tenant"]);
    let subject = Ask::get("/api/v1/operations?subject=cmp_1").tenant("other");
    assert_eq!(admin.must(subject).await.body["total"], 0);
}

#[tokio::test]
async fn the_tenant_may_be_left_out_when_there_is_only_one() {
    let admin = Admin::start();
    let ask = || Ask::get("/api/v1/campaigns");
    let none = admin.ask(ask()).await;
    assert_eq!(none.status, StatusCode::BAD_REQUEST);
    assert_eq!(none.code(), "tenant_required");
    let id = admin.make_tenant("acme").await;
    admin.must(ask()).await;
    admin.make_tenant("other").await;
    let two = admin.ask(ask()).await;
    assert_eq!(two.status, StatusCode::BAD_REQUEST);
    assert!(
        two.body["error"]["hint"]
            .as_str()
            .unwrap()
            .contains("X-Tenant")
    );
    for name in [id.as_str(), "acme", "ACME"] {
        admin.must(ask().tenant(name)).await;
    }
    for (name, status) in [
        ("ten_zzz", StatusCode::NOT_FOUND),
        ("nobody", StatusCode::NOT_FOUND),
        ("", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        assert_eq!(admin.ask(ask().tenant(name)).await.status, status, "{name}");
    }
    let twice = ask().tenant("acme").tenant("other");
    assert_eq!(
        admin.ask(twice).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}
