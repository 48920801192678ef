//! The life of what the decision engine is told: orders, categories, pods, and rules.

use serde_json::json;

use super::desk::Desk;

/// A command line without quotes in it.
fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

#[test]
fn an_order_lives() {
    let desk = Desk::furnished();
    let made = desk.json(&words(
        "orders create frame --advertiser motorco --budget 500k --daily-budget 1000.50 \
         --goal 5M --cap household:5/day --cap user:3/1h,10/7d,skip",
    ));
    assert_eq!(made["total_budget_micros"], 500_000_000_000_i64);
    assert_eq!(made["impression_goal"], 5_000_000);
    let caps = json!([
        { "scope": "household", "fallback": "next", "windows": [{ "max": 5, "calendar": "day" }] },
        { "scope": "user", "fallback": "skip", "windows": [
            { "max": 3, "rolling_seconds": 3600 },
            { "max": 10, "rolling_seconds": 604_800 },
        ] },
    ]);
    assert_eq!(made["caps"], caps);
    let shown = desk.must(&words(
        "orders list --advertiser motorco --columns name,caps",
    ));
    assert_eq!(shown.line(), "frame\thousehold:5/day user:3/1h,10/7d,skip");
    let changed = desk.json(&words("orders update frame --budget none --cap none"));
    assert_eq!(
        (&changed["total_budget_micros"], &changed["caps"]),
        (&json!(null), &json!([]))
    );
    desk.campaign("spring");
    let joined = desk.json(&words("campaigns update spring --order frame"));
    assert_eq!(joined["order_id"], made["id"]);
    let listed = desk.must(&words("campaigns list --order frame --columns name"));
    assert_eq!(listed.line(), "spring");
    assert_eq!(desk.run(&words("orders delete frame --yes")).code, 5);
    desk.must(&words("campaigns update spring --order none"));
    desk.must(&words("orders delete frame --yes"));
    desk.must(&words("undo"));
    desk.must(&words("orders get frame"));
}

#[test]
fn a_pod_lives_and_a_channel_uses_it() {
    let desk = Desk::furnished();
    let made = desk.json(&words(
        "pods create mid --slot 30s --slot 15s --min-ads 1 --max-ads 4 --goal fill \
         --per-advertiser 2 --advertiser-gap 20s --min-ad 5s",
    ));
    assert_eq!(made["slots_ms"], json!([30_000, 15_000]));
    assert_eq!(made["duration_ms"], 45_000, "as long as its slots");
    assert_eq!(
        (&made["goal"], &made["min_ad_ms"]),
        (&json!("fill"), &json!(5_000))
    );
    let changed = desk.json(&words(
        "pods update mid --duration 2m --slot none --min-ad none",
    ));
    assert_eq!(
        (&changed["duration_ms"], &changed["slots_ms"]),
        (&json!(120_000), &json!([]))
    );
    let channel = desk.json(&words("channels update news --pod mid"));
    assert_eq!(channel["pod_id"], made["id"]);
    assert_eq!(desk.run(&words("pods delete mid --yes")).code, 5);
    desk.must(&words("channels update news --pod none"));
    desk.must(&words("pods delete mid --yes"));
}

#[test]
fn categories_are_made_shown_as_a_tree_and_loaded() {
    let desk = Desk::furnished();
    desk.must(&words(
        "categories create auto --name Automotive --exclusive",
    ));
    let made = desk.json(&words(
        "categories create auto.ev --parent auto --separation 60s",
    ));
    assert_eq!(
        (&made["parent"], &made["separation_ms"]),
        (&json!("auto"), &json!(60_000))
    );
    let plain = desk.json(&words("categories update auto --exclusive=false"));
    assert_eq!(plain["exclusive"], false);
    desk.must(&words("categories create beer"));
    let tree = desk.must(&words("categories tree --columns tree"));
    assert_eq!(tree.out, "auto\n  auto.ev\nbeer\n");
    let below = desk.json(&words("categories tree auto.ev"));
    assert_eq!(below[0]["depth"], 0);
    assert_eq!(desk.run(&words("categories delete auto --yes")).code, 5);

    let text = "Relational ID System\t\t\t\nUnique ID\tParent\tName\tTier 1\n\
                150\t\tAttractions\tAttractions\n151\t150\tParks\tAttractions\n";
    let file = desk.file("taxonomy.tsv", text.as_bytes());
    let load = |more: &[&str]| {
        let start = ["categories", "load", &file];
        desk.json(&[&start, more].concat())
    };
    let outcome = |created: u32, unchanged: u32| json!({ "created": created, "updated": 0, "unchanged": unchanged });
    assert_eq!(load(&["--dry-run"]), outcome(2, 0));
    assert_eq!(load(&[]), outcome(2, 0));
    assert_eq!(load(&[]), outcome(0, 2));
    assert_eq!(desk.json(&words("categories get 151"))["parent"], "150");
    let wrong = desk.file("wrong.csv", b"code,parent\n1,nil\n");
    let refused = desk.run(&["categories", "load", &wrong]);
    assert_eq!(refused.code, 6, "{refused:?}");
    assert!(
        refused.err.contains("categories[1].parent"),
        "{}",
        refused.err
    );
}

#[test]
fn the_rules_of_a_campaign_are_typed() {
    let desk = Desk::furnished();
    desk.campaign("spring");
    desk.must(&words("categories create auto"));
    let ruled = desk.json(&words(
        "campaigns update spring --cap pod:1 --pacing custom:500=700 --category auto \
         --position edge --share-of-voice 25%",
    ));
    assert_eq!(
        ruled["pacing"],
        json!({ "mode": "custom", "knots": [[500, 700]] })
    );
    assert_eq!(
        (&ruled["position"], &ruled["share_of_voice"]),
        (&json!("edge"), &json!(25))
    );
    let shown = desk.must(&words(
        "campaigns list --columns caps,pacing,categories,position,share_of_voice",
    ));
    assert_eq!(shown.line(), "pod:1\tcustom:500=700\tauto\tedge\t25");
    let cleared = desk.json(&words(
        "campaigns update spring --cap none --pacing asap --category none --share-of-voice none",
    ));
    assert_eq!(
        (&cleared["caps"], &cleared["categories"]),
        (&json!([]), &json!([]))
    );

    for (line, said) in [
        (
            "campaigns update spring --cap user:3/1y",
            "\n  user:3/1y\n         ^^",
        ),
        (
            "campaigns update spring --cap viewer:1/1h",
            "\n  viewer:1/1h\n  ^^^^^^",
        ),
        ("campaigns update spring --pacing custom:500", "500=700"),
        (
            "campaigns update spring --share-of-voice many",
            "is not a percentage",
        ),
        ("campaigns update spring --position middle", "edge"),
        ("pods create x --duration soon", "soon"),
        ("orders create x --goal lots", "lots"),
    ] {
        let refused = desk.run(&words(line));
        assert_eq!(refused.code, 2, "{line}: {refused:?}");
        assert!(refused.err.contains(said), "{line}: {}", refused.err);
    }
    let refused = desk.run(&words("campaigns update spring --cap user:3"));
    assert_eq!(refused.code, 6, "{refused:?}");
    assert!(refused.err.contains("(--cap)"), "{}", refused.err);
}

#[test]
fn a_creative_has_rules_and_dates_of_its_own_from_its_upload_on() {
    let desk = Desk::furnished();
    desk.campaign("spring");
    let film = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/media/spring-06s.mp4");
    let upload = ["creatives", "upload", film, "--campaign", "spring"];
    let rules = [
        "--cap",
        "pod:1",
        "--start",
        "2026-02-01T00:00:00Z",
        "--targeting",
        "age = 18-34",
    ];
    let made = desk.json(&[&upload[..], &rules].concat());
    let cap = json!([{ "scope": "pod", "fallback": "next", "windows": [
        { "max": 1, "within": "scope" },
    ] }]);
    assert_eq!(made["caps"], cap);
    assert_eq!(
        (&made["start"], &made["end"]),
        (&json!("2026-02-01T00:00:00.000Z"), &json!(null))
    );
    let rule = json!({ "include": { "age": ["18-34"] } });
    assert_eq!(made["targeting"]["rules"], json!([rule]));
    let id = made["id"].as_str().unwrap();
    let changed = desk.json(&[
        "creatives",
        "update",
        id,
        "--start",
        "none",
        "--cap",
        "none",
        "--end",
        "2026-03-01",
        "--utc",
    ]);
    assert_eq!(
        (&changed["start"], &changed["caps"]),
        (&json!(null), &json!([]))
    );
    assert_eq!(changed["end"], "2026-03-01T00:00:00.000Z");
    let refused = desk.run(&["creatives", "update", id, "--start", "2026-03-02", "--utc"]);
    assert_eq!(refused.code, 6, "{refused:?}");
    assert!(
        refused.err.contains("is not after start"),
        "{}",
        refused.err
    );
}
