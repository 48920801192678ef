//! Orders, categories, kinds of pods, and the rules of campaigns, at their addresses.

use http::StatusCode;
use serde_json::{Value, json};

use crate::support::admin::{Admin, Ask, campaign, with};

const CAMPAIGNS: &str = "/api/v1/campaigns";
const CAPS: &str = "/api/v2/campaigns/spring/frequency-cap";

fn rules() -> Value {
    json!({
        "targeting": { "rules": [
            {
                "include": { "geo": ["US-CA", "dma:501"], "key.tier": ["premium"] },
                "exclude": { "rating": ["tv-ma"] },
            },
            { "include": { "daypart": ["mon-fri 18:00-23:00 viewer"] } },
        ] },
        "caps": [
            { "scope": "user", "fallback": "skip", "windows": [
                { "max": 3, "rolling_seconds": 3600 },
                { "max": 10, "calendar": "week" },
            ] },
            { "scope": "pod", "fallback": "next", "windows": [{ "max": 1, "within": "scope" }] },
        ],
        "pacing": { "mode": "custom", "knots": [[500, 700]] },
        "categories": ["auto"],
        "position": "first",
        "share_of_voice": 25,
    })
}

#[tokio::test]
async fn the_rules_of_a_campaign_are_shown_as_they_were_sent() {
    let admin = Admin::with_tenant().await;
    let auto = json!({ "code": "auto" });
    admin.must(Ask::post("/api/v2/categories", &auto)).await;
    let frame = json!({ "name": "frame", "advertiser": "Coffee" });
    let frame = admin.must(Ask::post("/api/v1/orders", &frame)).await;
    let body = with(campaign("spring"), &rules());
    let body = with(body, &json!({ "order": "FRAME" }));
    let made = admin.must(Ask::post(CAMPAIGNS, &body)).await;
    for (field, sent) in rules().as_object().unwrap() {
        assert_eq!(made.body[field], *sent, "{field}");
    }
    assert_eq!(made.text("order_id"), frame.text("id"));
    let listed = admin
        .must(Ask::get(format!("{CAMPAIGNS}?in_order=frame")))
        .await;
    assert_eq!(listed.items("name"), ["spring"]);

    // An edit keeps what is left out; what is cleared is neutral again.
    let edit = json!({ "order": null, "share_of_voice": null, "caps": [] });
    let edited = admin
        .must(Ask::patch(format!("{CAMPAIGNS}/spring"), &edit))
        .await;
    assert_eq!(edited.body["order_id"], Value::Null);
    assert_eq!(edited.body["caps"], json!([]));
    assert_eq!(edited.body["pacing"], rules()["pacing"]);
    // A copy has the same rules.
    let copy = json!({ "name": "copy" });
    let copy = admin
        .must(Ask::post(format!("{CAMPAIGNS}/spring/clone"), &copy))
        .await;
    assert_eq!(copy.body["targeting"], rules()["targeting"]);
    // And all of it can be taken back.
    admin.must(Ask::post("/api/v1/undo", &json!({}))).await;
    admin.must(Ask::post("/api/v1/undo", &json!({}))).await;
    let back = admin.must(Ask::get(format!("{CAMPAIGNS}/spring"))).await;
    assert_eq!(back.body["caps"], rules()["caps"]);
    assert_eq!(back.body["share_of_voice"], 25);
}

#[tokio::test]
async fn parts_of_a_campaign_are_read_and_written_with_its_revision() {
    let admin = Admin::with_tenant().await;
    let auto = json!({ "code": "auto" });
    admin.must(Ask::post("/api/v2/categories", &auto)).await;
    admin.must(Ask::post(CAMPAIGNS, &campaign("spring"))).await;
    let caps = json!({ "caps": rules()["caps"] });
    let none = admin.must(Ask::get(CAPS)).await;
    assert_eq!(
        (&none.body, none.header("etag")),
        (&json!({ "caps": [] }), Some("\"1\""))
    );

    let dry = admin
        .must(Ask::put(format!("{CAPS}?dry_run=true"), &caps))
        .await;
    assert_eq!(dry.body, caps);
    let put = || Ask::put(CAPS, &caps).header("idempotency-key", "k");
    let set = admin.must(put()).await;
    assert_eq!((&set.body, set.header("etag")), (&caps, Some("\"2\"")));
    let again = admin.must(put()).await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    let stale = admin
        .ask(Ask::delete(CAPS).header("if-match", "\"1\""))
        .await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    let gone = admin
        .ask(Ask::delete(CAPS).header("if-match", "\"2\""))
        .await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_eq!(admin.must(Ask::get(CAPS)).await.body, none.body);
    admin.must(Ask::post("/api/v1/undo", &json!({}))).await;
    assert_eq!(admin.must(Ask::get(CAPS)).await.body, caps);
    let history = admin
        .must(Ask::get("/api/v1/operations?subject=cmp_1"))
        .await;
    assert_eq!(
        history.items("action"),
        ["undo", "update", "update", "create"]
    );

    let path = "/api/v2/campaigns/spring/categories";
    let codes = json!({ "categories": ["auto"] });
    assert_eq!(admin.must(Ask::put(path, &codes)).await.body, codes);
    assert_eq!(admin.must(Ask::get(path)).await.body, codes);
    for (path, body, said) in [
        (CAPS, json!({}), "caps: is required"),
        (CAPS, json!({ "caps": null }), "caps: may not be null"),
        (
            CAPS,
            json!({ "caps": [{ "scope": "user", "windows": [] }] }),
            "caps[0]: must have",
        ),
        (CAPS, json!({ "cap": [] }), "did you mean `caps`"),
        (path, json!({}), "categories: is required"),
        (
            path,
            json!({ "categories": ["atuo"] }),
            "did you mean `auto`",
        ),
    ] {
        let reply = admin.ask(Ask::put(path, &body)).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        let told = reply.problems().join("; ");
        assert!(told.contains(said), "{said}: {told}");
    }
}

/// What is sent, and a part of what is said about it.
type Wrong = Vec<(Value, &'static str)>;

fn order(more: &Value) -> Value {
    with(json!({ "name": "o", "advertiser": "Coffee" }), more)
}

/// An order with a cap of a user.
fn cap(more: &Value) -> Value {
    let cap = with(json!({ "scope": "user", "windows": [] }), more);
    order(&json!({ "caps": [cap] }))
}

fn wrong_orders() -> Wrong {
    vec![
        (json!({ "name": "o" }), "advertiser: is required"),
        (
            order(&json!({ "advertiser": "Cofee" })),
            "did you mean `Coffee`",
        ),
        (
            order(&json!({ "total_budget_micros": 0 })),
            "total_budget_micros: must be",
        ),
        (
            order(&json!({ "total_budget_micros": 1, "daily_budget_micros": 2 })),
            "daily_budget_micros: is more than",
        ),
        (
            order(&json!({ "impression_goal": 0 })),
            "impression_goal: must be",
        ),
    ]
}

fn wrong_caps() -> Wrong {
    let user = json!({ "scope": "user", "windows": [{ "max": 1, "calendar": "day" }] });
    vec![
        (
            order(&json!({ "caps": {} })),
            "caps: invalid type: map; it must be a list",
        ),
        (
            order(&json!({ "caps": [user, user] })),
            "caps[1]: repeats the scope user",
        ),
        (
            order(&json!({ "caps": vec![user.clone(); 9] })),
            "caps: has more than 8",
        ),
        (cap(&json!({})), "caps[0]: must have 1 to 6 windows"),
        (
            cap(&json!({ "scope": "viewer" })),
            "caps[0].scope: `viewer` is not one of user",
        ),
        (
            cap(&json!({ "fallback": "any" })),
            "caps[0].fallback: `any` is not one of next",
        ),
        (
            cap(&json!({ "window": 1 })),
            "caps[0].window: unknown field",
        ),
    ]
}

fn wrong_windows() -> Wrong {
    let window = |window: &Value| cap(&json!({ "windows": [window] }));
    vec![
        (
            window(&json!({ "max": 0, "calendar": "day" })),
            "windows[0]: must allow",
        ),
        (
            window(&json!({ "max": 70_000, "calendar": "day" })),
            "windows[0]: must allow",
        ),
        (
            window(&json!({ "max": -1, "calendar": "day" })),
            "windows[0].max: invalid value",
        ),
        (
            window(&json!({ "max": 1, "calendar": "year" })),
            "windows[0].calendar: `year`",
        ),
        (
            window(&json!({ "max": 1, "rolling_seconds": 0 })),
            "windows[0]: must span",
        ),
        (
            window(&json!({ "max": 1 })),
            "windows[0]: has exactly one of",
        ),
        (
            window(&json!({ "max": 1, "calendar": "day", "within": "scope" })),
            "windows[0]: has exactly one of",
        ),
        (
            window(&json!({ "max": 1, "within": "scope" })),
            "needs a window of time",
        ),
        (
            window(&json!({ "max": 1, "within": "pod" })),
            "within: can only be `scope`",
        ),
    ]
}

fn wrong_categories() -> Wrong {
    let category = |more: &Value| with(json!({ "code": "c" }), more);
    vec![
        (json!({}), "code: is required"),
        (category(&json!({ "code": "a b" })), "code: is not 1 to 32"),
        (
            category(&json!({ "code": "cat_1" })),
            "code: starts like an id",
        ),
        (category(&json!({ "name": "" })), "name: is required"),
        (
            category(&json!({ "parent": "c" })),
            "parent: is the category itself",
        ),
        (
            category(&json!({ "parent": "nil" })),
            "parent: there is no category `nil`",
        ),
        (
            category(&json!({ "separation_ms": 0 })),
            "separation_ms: must be",
        ),
        (
            category(&json!({ "exclusive": "yes" })),
            "exclusive: invalid type",
        ),
    ]
}

fn wrong_pods() -> Wrong {
    let pod = |more: &Value| with(json!({ "name": "p", "duration_ms": 60_000 }), more);
    vec![
        (json!({ "name": "p" }), "duration_ms: is required"),
        (
            pod(&json!({ "duration_ms": 0 })),
            "duration_ms: must be 1 to 3600000",
        ),
        (pod(&json!({ "slots_ms": [0] })), "slots_ms[0]: must be"),
        (
            pod(&json!({ "slots_ms": [30_000, 31_000] })),
            "slots_ms: add up to more",
        ),
        (pod(&json!({ "max_ads": 0 })), "max_ads: must be 1 to 32"),
        (
            pod(&json!({ "min_ads": 33 })),
            "min_ads: is more than max_ads",
        ),
        (
            pod(&json!({ "min_ad_ms": 61_000 })),
            "min_ad_ms: is more than duration_ms",
        ),
        (
            pod(&json!({ "min_ad_ms": 2, "max_ad_ms": 1 })),
            "min_ad_ms: is more than max_ad_ms",
        ),
        (
            pod(&json!({ "per_advertiser": 0 })),
            "per_advertiser: must be",
        ),
        (
            pod(&json!({ "goal": "money" })),
            "goal: `money` is not one of revenue",
        ),
    ]
}

fn wrong_channels() -> Wrong {
    vec![(
        json!({ "name": "n", "pod": "nil" }),
        "pod: there is no pod `nil`",
    )]
}

#[tokio::test]
async fn each_wrong_field_of_the_new_nouns_is_refused_by_its_name() {
    let admin = Admin::with_tenant().await;
    let all = [
        ("/api/v1/orders", wrong_orders()),
        ("/api/v1/orders", wrong_caps()),
        ("/api/v1/orders", wrong_windows()),
        ("/api/v2/categories", wrong_categories()),
        ("/api/v2/pods", wrong_pods()),
        ("/api/v1/channels", wrong_channels()),
    ];
    let all = all
        .into_iter()
        .flat_map(|(path, wrong)| wrong.into_iter().map(move |wrong| (path, wrong)));
    for (path, (body, said)) in all {
        let reply = admin.ask(Ask::post(path, &body)).await;
        assert_eq!(
            reply.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{path} {body}"
        );
        let problems = reply.problems();
        assert!(problems[0].contains(said), "{said}: {problems:?}");
    }
    for path in ["v1/orders", "v2/categories", "v2/pods"] {
        let list = admin.must(Ask::get(format!("/api/{path}"))).await;
        assert_eq!(list.body["total"], 0, "{path}");
    }
}

#[tokio::test]
async fn a_pod_of_slots_alone_is_as_long_as_they_are() {
    let admin = Admin::with_tenant().await;
    let body = json!({ "name": "fixed", "slots_ms": [30_000, 15_000] });
    let made = admin.must(Ask::post("/api/v2/pods", &body)).await;
    assert_eq!(made.body["duration_ms"], 45_000);
    assert_eq!(made.body["per_advertiser"], 1);
    let body = json!({ "name": "n", "pod": "fixed" });
    let channel = admin.must(Ask::post("/api/v1/channels", &body)).await;
    assert_eq!(channel.text("pod_id"), made.text("id"));
    let kept = admin.ask(Ask::delete("/api/v2/pods/fixed")).await;
    assert_eq!(kept.status, StatusCode::CONFLICT);
    assert!(kept.message().contains("1 channel"), "{}", kept.message());
}

#[tokio::test]
async fn a_taxonomy_is_loaded_whole_or_not_at_all_and_once() {
    let admin = Admin::with_tenant().await;
    let load = |categories: Value| {
        let body = json!({ "categories": categories });
        Ask::post("/api/v2/taxonomy", &body)
    };
    // Children may come first.
    let all = json!([
        { "code": "a.b.c", "parent": "A.B" },
        { "code": "a.b", "parent": "a", "name": "B of a" },
        { "code": "a" },
    ]);
    let outcome = |created: u32, updated: u32, unchanged: u32| json!({ "created": created, "updated": updated, "unchanged": unchanged });
    assert_eq!(admin.must(load(all.clone())).await.body, outcome(3, 0, 0));
    assert_eq!(admin.must(load(all.clone())).await.body, outcome(0, 0, 3));
    let found = admin.must(Ask::get("/api/v2/categories?search=B+OF")).await;
    assert_eq!(found.items("code"), ["a.b"]);
    let below = admin.must(Ask::get("/api/v2/categories?parent=a")).await;
    assert_eq!(below.items("code"), ["a.b"]);
    let turned = json!([{ "code": "a", "parent": "a.b" }, { "code": "a.b", "parent": null }]);
    assert_eq!(admin.must(load(turned)).await.body, outcome(0, 2, 0));
    for (categories, said) in [
        (json!("a"), "categories: "),
        (json!([{ "name": "x" }]), "categories[0].code: is required"),
        (
            json!([{ "code": "x" }, { "code": "X" }]),
            "is that of categories[0] too",
        ),
        (
            json!([{ "code": "x", "parent": "y" }, { "code": "y", "parent": "x" }]),
            "circle",
        ),
        (
            json!([{ "code": "x" }, { "code": "y", "parent": "nil" }]),
            "categories[y].parent: ",
        ),
        (
            json!([{ "code": "x" }, { "code": "a b" }]),
            "categories[a b].code: ",
        ),
        (
            json!([{ "code": "x", "colour": 1 }]),
            "categories[0].colour: unknown field",
        ),
    ] {
        let reply = admin.ask(load(categories.clone())).await;
        assert_eq!(
            reply.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{categories}"
        );
        let told = reply.problems().join("; ");
        assert!(told.contains(said), "{said}: {told}");
    }
    let list = admin.must(Ask::get("/api/v2/categories")).await;
    assert_eq!(
        list.body["total"], 3,
        "nothing of the refused ones was kept"
    );
    // All that was loaded together is taken back together.
    admin.must(Ask::post("/api/v1/undo", &json!({}))).await;
    admin.must(Ask::post("/api/v1/undo", &json!({}))).await;
    let list = admin.must(Ask::get("/api/v2/categories")).await;
    assert_eq!(list.body["total"], 0);
}
