//! Everything wrong that can be sent, and the answer to it.

use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::admin::{Admin, Ask, campaign, with};

const CAMPAIGNS: &str = "/api/v1/campaigns";

#[tokio::test]
async fn bodies_that_are_no_json_are_refused_with_the_place() {
    let admin = Admin::with_tenant().await;
    let deep = "[".repeat(100_000);
    let big = format!("{{\"name\": \"{}\"}}", "x".repeat(1 << 20));
    for (body, status, said) in [
        (&b""[..], 400, "line 1"),
        (b"{", 400, "line 1 column 1"),
        (b"{\"name\": \"a\",}", 400, "trailing comma"),
        (b"{\"name\": \"a\"} {}", 400, "trailing characters"),
        (b"{\"name\": 'a'}", 400, "in `name`"),
        (b"{\"weight\": NaN}", 400, "in `weight`"),
        (b"{\"weight\": Infinity}", 400, "in `weight`"),
        (b"{\"weight\": 1e999}", 400, "number out of range"),
        (b"{\"weight\": 01}", 400, "invalid number"),
        (b"{\"name\": \"\xff\"}", 400, "unicode"),
        (b"{\"name\": \"\\ud800\"}", 400, "hex escape"),
        (b"{\"name\": \"a\0b\"}", 400, "control character"),
        (
            b"{\"weight\": 1, \"weight\": 2}",
            400,
            "`weight` is given twice",
        ),
        (deep.as_bytes(), 400, "deeper than 32"),
        (big.as_bytes(), 413, "1048576"),
    ] {
        for (method, path) in [
            (Method::POST, CAMPAIGNS),
            (Method::PATCH, "/api/v1/channels/news"),
            (Method::POST, "/api/v1/undo"),
        ] {
            let reply = admin.ask(Ask::new(method, path).raw(body)).await;
            assert_eq!(reply.status.as_u16(), status, "{reply:?}");
            let told = reply.message();
            assert!(told.contains(said), "{said}: {told}");
        }
    }
}

#[tokio::test]
async fn only_the_json_type_is_read() {
    let admin = Admin::with_tenant().await;
    let body = json!({ "name": "x" }).to_string();
    for kind in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
        Some("multipart/form-data; boundary=x"),
        Some("application/json; charset=utf-16"),
        Some("application/jsonp"),
    ] {
        let mut ask = Ask::new(Method::POST, "/api/v1/channels").bytes(body.clone());
        if let Some(kind) = kind {
            ask = ask.header("content-type", kind);
        }
        let reply = admin.ask(ask).await;
        assert_eq!(reply.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind:?}");
    }
    assert_eq!(
        admin.must(Ask::get("/api/v1/channels")).await.body["total"],
        1
    );
}

#[tokio::test]
async fn bodies_that_are_no_object_are_refused() {
    let admin = Admin::with_tenant().await;
    for body in [
        json!([]),
        json!(null),
        json!("name"),
        json!(1),
        json!([{ "name": "x" }]),
    ] {
        let reply = admin.ask(Ask::post(CAMPAIGNS, &body)).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert!(reply.problems()[0].contains("must be a JSON object"));
    }
}

/// A field of a campaign, a wrong value, and what is said about it.
fn wrong_campaigns() -> Vec<(&'static str, Value, &'static str)> {
    let long = "n".repeat(10_000);
    vec![
        ("name", json!(""), "required"),
        ("name", json!("   "), "required"),
        ("name", json!(null), "null"),
        ("name", json!(7), "string"),
        ("name", json!(["a"]), "string"),
        ("name", json!(long), "10000 characters"),
        ("name", json!(" a"), "space"),
        ("name", json!("a\u{1b}[2J"), "U+001B"),
        ("name", json!("a\nb"), "U+000A"),
        ("name", json!("a\u{0}b"), "U+0000"),
        ("name", json!("a\u{202e}b"), "U+202E"),
        ("name", json!("a\u{200b}b"), "U+200B"),
        ("name", json!("a\u{9b}b"), "U+009B"),
        ("name", json!("cmp_1"), "like an id"),
        ("description", json!("d".repeat(5_000)), "5000 characters"),
        ("description", json!("a\u{7}"), "U+0007"),
        ("total_budget_micros", json!(0), "must be"),
        ("total_budget_micros", json!(-5), "must be"),
        ("total_budget_micros", json!(i64::MAX), "must be"),
        ("total_budget_micros", json!(1.5), "whole number"),
        ("total_budget_micros", json!(1e30), "whole number"),
        ("total_budget_micros", json!(u64::MAX), "whole number"),
        ("total_budget_micros", json!("1000"), "whole number"),
        ("daily_budget_micros", json!(2_000_000_000), "more than"),
        ("impression_goal", json!(0), "must be"),
        ("impression_goal", json!(-1), "whole number"),
        ("start", json!("yesterday"), "RFC 3339"),
        ("start", json!(1_700_000_000), "string"),
        ("end", json!("2025-12-31T00:00:00Z"), "not after start"),
        ("end", json!("9999999-01-01T00:00:00Z"), "RFC 3339"),
        ("price_model", json!("cpx"), "cpm"),
        ("price_micros", json!(0), "must be"),
        ("tier", json!("Gold"), "sponsorship"),
        ("weight", json!(0), "must be"),
        ("weight", json!(4_294_967_296_u64), "whole number"),
        ("status", json!("completed"), "draft"),
        ("status", json!("Active"), "draft"),
        ("advertiser", json!("Cofee"), "did you mean `Coffee`"),
        ("advertiser", json!("adv_zzz"), "no advertiser"),
        ("advertiser", json!("../../etc/passwd"), "no advertiser"),
        ("advertiser", json!("' OR 1=1--"), "no advertiser"),
        ("order", json!("nothing"), "no order"),
        ("order", json!(7), "string"),
        ("categories", json!("auto"), "a list"),
        ("pacing", json!("even"), "string"),
        ("position", json!("middle"), "edge"),
        ("share_of_voice", json!(0), "must be 1 to 100"),
        ("share_of_voice", json!(101), "must be 1 to 100"),
        ("share_of_voice", json!(-1), "whole number"),
        ("nmae", json!("x"), "did you mean `name`"),
        ("id", json!("cmp_1"), "not a known field"),
        ("__proto__", json!({}), "not a known field"),
    ]
}

/// A rule of a campaign, and what is said about which part of it.
fn wrong_targeting() -> Vec<(Value, &'static str)> {
    let rule = |rule: Value| json!({ "targeting": { "rules": [rule] } });
    let include = |dimension: &str, value: Value| rule(json!({ "include": { dimension: value } }));
    let many = json!(vec![json!({ "include": { "os": ["tizen"] } }); 201]);
    vec![
        (json!({ "targeting": [] }), "targeting: "),
        (
            json!({ "targeting": { "rule": [] } }),
            "targeting.rule: unknown field",
        ),
        (
            json!({ "targeting": { "rules": many } }),
            "targeting: has more than 200 rules",
        ),
        (rule(json!({})), "targeting.rules[0]: rule 1 says nothing"),
        (
            rule(json!({ "exlude": {} })),
            "targeting.rules[0].exlude: unknown field",
        ),
        (
            include("goe", json!(["US"])),
            "targeting.rules[0].include.goe: ",
        ),
        (
            include("geo", json!("US")),
            "targeting.rules[0].include.geo: ",
        ),
        (include("geo", json!([])), "has no values for geo"),
        (
            include("geo", json!(["Mars"])),
            "targeting.rules[0].include.geo[0]: ",
        ),
        (
            include("age", json!(["18-34", "old"])),
            "targeting.rules[0].include.age[1]: `old`",
        ),
        (
            include("daypart", json!(["noon"])),
            "targeting.rules[0].include.daypart[0]: ",
        ),
        (
            include("channel", json!(["ch_zz"])),
            "targeting: there is no channel ch_zz",
        ),
        (
            rule(json!({ "include": { "os": ["tizen"] }, "exclude": { "os": ["tizen"] } })),
            "can never match",
        ),
    ]
}

fn wrong_plain_rules() -> Vec<(Value, &'static str)> {
    vec![
        (
            json!({ "pacing": { "mode": "fast" } }),
            "pacing.mode: `fast` is not one of asap",
        ),
        (
            json!({ "pacing": { "mode": "custom" } }),
            "pacing.knots: a custom curve has",
        ),
        (
            json!({ "pacing": { "mode": "even", "knots": [[1, 2]] } }),
            "pacing.knots: belong",
        ),
        (
            json!({ "pacing": { "mode": "custom", "knots": [[1000, 1]] } }),
            "pacing.knots[0]: ",
        ),
        (
            json!({ "pacing": { "mode": "custom", "knots": [[1]] } }),
            "pacing.knots[0]: ",
        ),
        (
            json!({ "categories": ["none"] }),
            "categories[0]: there is no category `none`",
        ),
        (json!({ "categories": ["a b"] }), "categories[0]: "),
        (
            json!({ "categories": vec!["a"; 21] }),
            "categories: has more than 20",
        ),
        (
            json!({ "caps": [{ "windows": [] }] }),
            "caps[0]: missing field `scope`",
        ),
    ]
}

#[tokio::test]
async fn each_wrong_rule_is_refused_by_its_place() {
    let admin = Admin::with_tenant().await;
    for (rule, said) in [wrong_targeting(), wrong_plain_rules()].concat() {
        let body = with(campaign("spring"), &rule);
        let reply = admin.ask(Ask::post(CAMPAIGNS, &body)).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{rule}");
        let told = reply.problems().join("; ");
        assert!(told.contains(said), "{said}: {told}");
    }
    assert_eq!(admin.must(Ask::get(CAMPAIGNS)).await.body["total"], 0);
}

#[tokio::test]
async fn each_wrong_field_is_refused_alone_and_by_its_name() {
    let admin = Admin::with_tenant().await;
    for (field, value, said) in wrong_campaigns() {
        let body = with(campaign("spring"), &json!({ field: value }));
        let reply = admin.ask(Ask::post(CAMPAIGNS, &body)).await;
        assert_eq!(
            reply.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{field} {value}"
        );
        assert_eq!(reply.code(), "invalid");
        let problems = reply.problems();
        assert_eq!(problems.len(), 1, "{field} {value}: {problems:?}");
        assert!(
            problems[0].starts_with(&format!("{field}: ")),
            "{problems:?}"
        );
        assert!(problems[0].contains(said), "{said}: {problems:?}");
    }
    assert_eq!(admin.must(Ask::get(CAMPAIGNS)).await.body["total"], 0);
}

#[tokio::test]
async fn all_that_is_wrong_is_said_at_once() {
    let admin = Admin::with_tenant().await;
    let body = json!({
        "advertiser": "nobody",
        "total_budget_micros": "much",
        "daily_budget_micros": -1,
        "impression_goal": 0,
        "start": "soon",
        "end": "later",
        "price_micros": 0,
        "price_model": "free",
        "tier": "gold",
        "weight": 0,
        "status": "running",
        "colour": "red",
    });
    let reply = admin.ask(Ask::post(CAMPAIGNS, &body)).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Every field that was sent, and the name that was not.
    assert_eq!(reply.problems().len(), 13, "{:#?}", reply.problems());
    assert!(reply.message().contains("13 things"));
}

#[tokio::test]
async fn names_that_look_like_paths_are_only_names() {
    let admin = Admin::with_tenant().await;
    let files = || {
        let entries = std::fs::read_dir(admin.directory()).unwrap();
        entries
            .map(|entry| entry.unwrap().file_name())
            .collect::<Vec<_>>()
    };
    let before = files();
    for name in [
        "../../etc/passwd",
        "..",
        ".",
        "a/b",
        "C:\\x",
        "%2e%2e%2f",
        "a?b#c",
        "'; DROP TABLE campaigns; --",
        "<Ad>]]>&",
        "=1+1",
        "-rf",
    ] {
        let made = admin.must(Ask::post(CAMPAIGNS, &campaign(name))).await;
        assert_eq!(made.text("name"), name);
        let encoded =
            percent_encoding::percent_encode(name.as_bytes(), percent_encoding::NON_ALPHANUMERIC);
        let found = admin.must(Ask::get(format!("{CAMPAIGNS}/{encoded}"))).await;
        assert_eq!(found.text("id"), made.text("id"), "{name}");
        admin
            .must(Ask::delete(format!("{CAMPAIGNS}/{}", made.text("id"))))
            .await;
    }
    assert_eq!(files(), before);
}

#[tokio::test]
async fn ids_that_nothing_has_are_not_found_however_they_are_written() {
    let admin = Admin::with_tenant().await;
    for id in [
        "cmp_zzz",
        "cmp_",
        "cmp_01",
        "CMP_1",
        "cmp_1A",
        "adv_1",
        "1",
        "0",
        "-1",
        "%00",
        "%2e%2e",
        "..%2f..%2fetc",
        "%ef%bf%bd",
        "%F0%9F%92%A9",
        &"x".repeat(5_000),
    ] {
        for path in [CAMPAIGNS, "/api/v1/creatives", "/api/v1/operations"] {
            let reply = admin.ask(Ask::get(format!("{path}/{id}"))).await;
            assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}/{id}");
            assert_eq!(reply.code(), "not_found", "{path}/{id}");
            assert!(reply.message().chars().count() < 300);
        }
    }
    let not_text = admin.ask(Ask::get(format!("{CAMPAIGNS}/%ff"))).await;
    assert_eq!(not_text.status, StatusCode::UNPROCESSABLE_ENTITY);
    let near = admin.ask(Ask::get("/api/v1/channels/nwes")).await;
    assert_eq!(near.body["error"]["hint"], "did you mean `news`?");
}

#[tokio::test]
async fn wrong_parameters_and_headers_are_refused_at_once() {
    let admin = Admin::with_tenant().await;
    for (query, fields) in [
        ("limit=0", &["limit"][..]),
        ("limit=-1", &["limit"]),
        ("limit=1001", &["limit"]),
        ("limit=1000000000000", &["limit"]),
        ("limit=+5", &["limit"]),
        ("limit=", &["limit"]),
        ("limit=5&limit=6", &["limit"]),
        ("sort=(select 1)", &["sort"]),
        ("sort=weight", &["sort"]),
        ("order=up", &["order"]),
        ("cursor=x", &["cursor"]),
        ("cursor=WyJpZCIsImFzYyIsMSwxXQ&sort=name", &["cursor"]),
        (
            "status=running&tier=gold&colour=red",
            &["status", "tier", "colour"],
        ),
        ("advertiser=nobody", &["advertiser"]),
        ("search=", &["search"]),
        ("dry_run=true", &["dry_run"]),
    ] {
        let reply = admin
            .ask(Ask::get(format!("{CAMPAIGNS}?{query}").replace(' ', "%20")))
            .await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        let told = reply.problems();
        let told: Vec<&str> = told
            .iter()
            .map(|text| text.split(':').next().unwrap())
            .collect();
        assert_eq!(told, fields, "{query}");
    }
    let long = "k".repeat(201);
    for (name, value) in [
        ("if-match", "1"),
        ("if-match", "W/\"1\""),
        ("if-match", "\"x\""),
        ("if-match", "\"-1\""),
        ("if-match", "\"99999999999\""),
        ("idempotency-key", ""),
        ("idempotency-key", "caf\u{e9}"),
        ("idempotency-key", &long),
    ] {
        let ask = Ask::patch("/api/v1/channels/news", &json!({ "name": "x" }));
        let reply = admin.ask(ask.header(name, value)).await;
        assert_eq!(
            reply.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{name}: {value}"
        );
        assert!(reply.problems()[0].starts_with(name), "{reply:?}");
    }
    let twice = Ask::post("/api/v1/channels", &json!({ "name": "x" }));
    let twice = twice
        .header("idempotency-key", "a")
        .header("idempotency-key", "b");
    assert_eq!(
        admin.ask(twice).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let dry = Ask::post("/api/v1/channels?dry_run=1", &json!({ "name": "x" }));
    assert_eq!(
        admin.ask(dry).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        admin.must(Ask::get("/api/v1/channels")).await.body["total"],
        1
    );
}
