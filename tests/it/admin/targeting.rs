//! Targeting at its own address: as rules and as text, as a whole and one by one.

use http::StatusCode;
use serde_json::{Value, json};

use super::nouns::make_creative;
use crate::support::admin::{Admin, Ask, campaign};

const SPRING: &str = "/api/v2/campaigns/spring/targeting";

async fn with_spring() -> Admin {
    let admin = Admin::with_tenant().await;
    let spring = Ask::post("/api/v1/campaigns", &campaign("spring"));
    admin.must(spring).await;
    admin
}

fn text(text: &str) -> Value {
    json!({ "text": text })
}

#[tokio::test]
async fn rules_are_set_shown_added_replaced_and_removed() {
    let admin = with_spring().await;
    let id = admin
        .must(Ask::get("/api/v1/campaigns/spring"))
        .await
        .text("id");
    let creative = make_creative(&admin, &id, "thirty").await;
    for path in [
        SPRING.to_owned(),
        format!("/api/v1/creatives/{creative}/targeting"),
    ] {
        let none = admin.must(Ask::get(&path)).await;
        assert_eq!(none.body, json!({ "rules": [], "text": "everyone" }));
        assert_eq!(none.header("etag"), Some("\"1\""));

        let written = "GEO in (us-ca, dma:501) and device = roku";
        let set = admin.must(Ask::put(&path, &text(written))).await;
        let geo = json!({ "include": { "geo": ["US-CA", "dma:501"], "device": ["roku"] } });
        let printed = "geo in (US-CA, dma:501) and device = roku";
        assert_eq!(set.body, json!({ "rules": [geo], "text": printed }));
        assert_eq!(set.header("etag"), Some("\"2\""));
        assert!(set.header("x-operation").is_some());
        assert_eq!(admin.must(Ask::get(&path)).await.body, set.body);

        let more = json!({ "rules": [{ "exclude": { "geo": ["FR"] } }] });
        let added = admin.must(Ask::post(&path, &more)).await;
        assert_eq!(added.status, StatusCode::CREATED);
        assert_eq!(added.header("location"), Some(format!("{path}/2").as_str()));
        assert_eq!(added.text("text"), format!("{printed} or geo != FR"));

        let second = admin.must(Ask::get(format!("{path}/2"))).await;
        let forms = json!({ "rules": [{ "exclude": { "geo": ["FR"] } }], "text": "geo != FR" });
        assert_eq!(second.body, forms);
        assert_eq!(second.header("etag"), Some("\"3\""));

        let replaced = admin
            .must(Ask::put(format!("{path}/2"), &text("age = 18-34")))
            .await;
        assert_eq!(replaced.text("text"), "age = 18-34");
        let left = admin.must(Ask::delete(format!("{path}/1"))).await;
        assert_eq!(left.text("text"), "age = 18-34");
        let cleared = admin.must(Ask::delete(&path)).await;
        assert_eq!(cleared.status, StatusCode::NO_CONTENT);
        let shown = admin.must(Ask::get(&path)).await;
        assert_eq!(shown.body, none.body);
        assert_eq!(shown.header("etag"), Some("\"6\""));
    }
}

#[tokio::test]
async fn it_is_the_targeting_of_the_campaign_and_undone_like_it() {
    let admin = with_spring().await;
    let set = admin.must(Ask::put(SPRING, &text("geo = US"))).await;
    let of_campaign = admin.must(Ask::get("/api/v1/campaigns/spring")).await;
    assert_eq!(of_campaign.body["targeting"]["rules"], set.body["rules"]);
    assert_eq!(of_campaign.body["revision"], 2);
    let change = json!({ "targeting": { "rules": [{ "include": { "geo": ["FR"] } }] } });
    admin
        .must(Ask::patch("/api/v1/campaigns/spring", &change))
        .await;
    assert_eq!(admin.must(Ask::get(SPRING)).await.text("text"), "geo = FR");

    let added = admin.must(Ask::post(SPRING, &text("geo = DE"))).await;
    let operation = added.header("x-operation").unwrap();
    let undo = json!({ "operation": operation });
    admin.must(Ask::post("/api/v1/undo", &undo)).await;
    assert_eq!(admin.must(Ask::get(SPRING)).await.text("text"), "geo = FR");
}

#[tokio::test]
async fn writes_are_done_once_tried_out_and_made_on_the_revision_that_was_seen() {
    let admin = with_spring().await;
    let add = || Ask::post(SPRING, &text("geo = US")).header("idempotency-key", "k");
    let first = admin.must(add()).await;
    let again = admin.must(add()).await;
    assert_eq!(again.body, first.body);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    let rules = first.body["rules"].as_array().map(Vec::len);
    assert_eq!(rules, Some(1));

    let tried = Ask::post(format!("{SPRING}?dry_run=true"), &text("geo = FR"));
    let tried = admin.must(tried).await;
    assert_eq!(tried.text("text"), "geo = US or geo = FR");
    let tried = admin
        .must(Ask::delete(format!("{SPRING}/1?dry_run=true")))
        .await;
    assert_eq!(tried.text("text"), "everyone");
    assert_eq!(admin.must(Ask::get(SPRING)).await.text("text"), "geo = US");

    for ask in [
        Ask::put(SPRING, &text("geo = FR")),
        Ask::post(SPRING, &text("geo = FR")),
        Ask::delete(SPRING),
        Ask::put(format!("{SPRING}/1"), &text("geo = FR")),
        Ask::delete(format!("{SPRING}/1")),
    ] {
        let late = admin.ask(ask.header("if-match", "\"1\"")).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED, "{late:?}");
    }
    let same = admin.must(Ask::put(SPRING, &text("geo in (US)"))).await;
    assert_eq!(same.header("x-operation"), None, "nothing changed");
}

#[tokio::test]
async fn what_is_probably_not_meant_is_hinted_at() {
    let admin = with_spring().await;
    let set = admin.must(Ask::put(SPRING, &text("device = rokku"))).await;
    let hint = "rule 1: `rokku` is no common device; did you mean `roku`?";
    assert_eq!(set.body["hints"], json!([hint]));
}

#[tokio::test]
async fn what_is_wrong_is_refused_with_its_place() {
    let admin = with_spring().await;
    let rules = |rule: Value| json!({ "rules": [rule] });
    let flood = json!({ "rules": vec![json!({ "include": { "geo": ["US"] } }); 10_000] });
    let long = json!({ "rules": [{ "include": { "segment": ["x".repeat(10_240)] } }] });
    for (body, said) in [
        (json!({}), "give either `rules` or `text`"),
        (
            json!({ "rules": [], "text": "everyone" }),
            "give either `rules` or `text`",
        ),
        (json!({ "rule": [] }), "did you mean `rules`?"),
        (json!({ "rules": 1 }), "it must be a list"),
        (text(""), "for all viewers write `everyone`"),
        (
            text("geo = US and gao = FR"),
            "line 1, column 14: `gao` is not a dimension",
        ),
        (text("geo = UK"), "did you mean `GB`?"),
        (text("age = 34-18"), "is reversed; write 18-34"),
        (
            text("daypart = mon 18:00-23:10"),
            "is not on a quarter of an hour",
        ),
        (text("daypart = mon 24:00-02:00"), "begins at 00:00"),
        (text("geo = US and geo != US"), "rule 1 can never match"),
        (
            text("geo = \"city:US-CA/reno\" and geo != US"),
            "lies in `US`",
        ),
        (text("channel = ch_zz"), "ch_zz"),
        (text("genre = \"a\u{7}b\""), "U+0007 cannot be printed"),
        (rules(json!({})), "rule 1 says nothing"),
        (
            rules(json!({ "include": { "geo": [] } })),
            "rule 1 has no values for geo",
        ),
        (
            rules(json!({ "include": { "gao": ["US"] } })),
            "did you mean `geo`?",
        ),
        (
            rules(json!({ "include": { "geo": ["UK"] } })),
            "did you mean `GB`?",
        ),
        (
            rules(json!({ "includes": { "geo": ["US"] } })),
            "unknown field `includes`",
        ),
        (flood, "more than 200 rules"),
        (long, "at most 128 are allowed"),
    ] {
        for ask in [Ask::put(SPRING, &body), Ask::post(SPRING, &body)] {
            let reply = admin.ask(ask).await;
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{reply:?}");
            let told = reply.problems().join("\n");
            assert!(told.contains(said), "{said}: {told}");
            assert!(told.len() < 1_000, "{told}");
        }
    }
    let nothing = admin.ask(Ask::post(SPRING, &text("everyone"))).await;
    assert_eq!(nothing.problems(), ["rules: has no rule to add"]);
    let shown = admin.must(Ask::get(SPRING)).await;
    assert_eq!(shown.header("etag"), Some("\"1\""), "nothing was written");
}

#[tokio::test]
async fn a_rule_that_is_not_there_is_not_found() {
    let admin = with_spring().await;
    admin.must(Ask::put(SPRING, &text("geo = US"))).await;
    for number in ["0", "2", "01x", "-1", "+1", "18446744073709551616", "x"] {
        for ask in [
            Ask::get(format!("{SPRING}/{number}")),
            Ask::put(format!("{SPRING}/{number}"), &text("geo = FR")),
            Ask::delete(format!("{SPRING}/{number}")),
        ] {
            let reply = admin.ask(ask).await;
            assert_eq!(reply.status, StatusCode::NOT_FOUND, "{number}: {reply:?}");
            assert!(reply.message().contains(number), "{reply:?}");
        }
    }
    let two = admin
        .ask(Ask::put(
            format!("{SPRING}/1"),
            &text("geo = FR or geo = DE"),
        ))
        .await;
    assert_eq!(two.problems(), ["rules: must be one rule; 2 were given"]);
    let elsewhere = admin
        .ask(Ask::get("/api/v2/campaigns/sprung/targeting"))
        .await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_whole_targeting_is_judged_when_a_rule_is_added() {
    let admin = with_spring().await;
    let many = vec!["geo = US"; 200].join(" or ");
    admin.must(Ask::put(SPRING, &text(&many))).await;
    let over = admin.ask(Ask::post(SPRING, &text("geo = FR"))).await;
    assert_eq!(
        over.problems(),
        ["targeting: has 201 rules; at most 200 are allowed"]
    );
}

#[tokio::test]
async fn a_request_is_asked_of_every_rule() {
    let admin = with_spring().await;
    let rules = "geo = US-CA and device = roku \
                 or geo = US and daypart = mon-fri 18:00-23:00 viewer or key.tier = premium";
    admin.must(Ask::put(SPRING, &text(rules))).await;
    let request = json!({
        "channel": "news",
        "pod_duration": 90,
        "campaign_id": "cmp_zz",
        "geo": { "country": "US", "region": "NY" },
        "device": { "brand": "Roku", "time_zone": "America/New_York" },
        "key_values": { "tier": ["basic"] },
    });
    let test = |at: &str| Ask::post(format!("{SPRING}/test?at={at}"), &request);
    let noon = admin.must(test("2026-07-06T16:00:00Z")).await;
    assert_eq!(noon.body["matches"], false);
    let fails: Vec<&Value> = noon.body["rules"].as_array().unwrap().iter().collect();
    let why = |n: usize| {
        (
            fails[n]["fails"].as_str().unwrap(),
            fails[n]["said"].clone(),
        )
    };
    assert_eq!(why(0), ("geo", json!(["US", "US-NY"])));
    let clocks = json!(["mon 16:00 campaign", "mon 12:00 viewer"]);
    assert_eq!(why(1), ("daypart", clocks));
    assert_eq!(why(2), ("key.tier", json!(["basic"])));

    let evening = admin.must(test("2026-07-06T22:00:00Z")).await;
    assert_eq!(evening.body["matches"], true);
    assert_eq!(evening.body["rules"][1]["matches"], true);
    assert_eq!(evening.body["at"], "2026-07-06T22:00:00.000Z");
    let now = admin
        .must(Ask::post(format!("{SPRING}/test"), &json!({})))
        .await;
    assert_eq!(now.body["rules"][0]["fails"], "geo");
    assert_eq!(now.body["rules"][0].get("said"), None);

    for (ask, said) in [
        (test("noon"), "at: `noon` is not"),
        (
            Ask::post(format!("{SPRING}/test"), &json!([])),
            "must be a JSON object",
        ),
        (
            Ask::post(format!("{SPRING}/test"), &json!({ "channel": "none" })),
            "no such channel",
        ),
        (
            Ask::post(
                format!("{SPRING}/test"),
                &json!({ "user": { "age": "old" } }),
            ),
            "user.age: ",
        ),
    ] {
        let reply = admin.ask(ask).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{reply:?}");
        let told = reply.problems().join("\n");
        assert!(told.contains(said), "{said}: {told}");
    }
    let shown = admin.must(Ask::get(SPRING)).await;
    assert_eq!(shown.header("etag"), Some("\"2\""), "a test writes nothing");
}

#[tokio::test]
async fn channels_are_given_by_name_or_id_and_kept_by_id() {
    let admin = with_spring().await;
    let channel = json!({ "name": "Late Night" });
    let late = admin.must(Ask::post("/api/v1/channels", &channel)).await;
    let late = late.text("id");
    let expected = json!([{ "include": { "channel": ["ch_1", late] } }]);
    let rules = json!([{ "include": { "Channel": ["News", "late night"] } }]);
    for body in [
        text("channel in (news, \"LATE NIGHT\")"),
        text(&format!("channel in ({late}, ch_1)")),
        json!({ "rules": rules }),
    ] {
        let set = admin.must(Ask::put(SPRING, &body)).await;
        assert_eq!(set.body["rules"], expected, "{body}");
    }
    let fields = json!({ "targeting": { "rules": rules } });
    let patched = admin
        .must(Ask::patch("/api/v1/campaigns/spring", &fields))
        .await;
    assert_eq!(patched.body["targeting"]["rules"], expected);
    for body in [
        text("channel = nwes"),
        json!({ "rules": [{ "include": { "channel": ["nwes"] } }] }),
    ] {
        let refused = admin.ask(Ask::put(SPRING, &body)).await;
        assert_eq!(refused.code(), "invalid", "{refused:?}");
        assert!(
            format!("{refused:?}").contains("is not the id of a channel"),
            "{refused:?}"
        );
    }
}
