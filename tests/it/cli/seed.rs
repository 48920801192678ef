//! Fixtures: created by name where they are missing, and nothing twice.

use serde_json::json;

use super::desk::Desk;

const FIXTURE: &str = "
tenants:
  - name: acme-fast
    timezone: America/New_York
    advertisers:
      - {name: motorco, domain: motorco.example, categories: [IAB2-3]}
    channels:
      - {name: news, slot: 30s}
    campaigns:
      - {name: spring, advertiser: motorco, budget: 24.50, daily_budget: 12, goal: 5k,
         rate: 'cpm:24.5', start: 2026-07-01, end: +400d, status: active, weight: 3}
      - {name: autumn, advertiser: motorco, budget: 1M, rate: 'cpv:0.02', start: now, end: +1w,
         tier: bulk, status: paused}
  - name: other
    currency: EUR
";

#[test]
fn a_file_is_created_once_in_all_three_syntaxes_and_from_standard_input() {
    let json: serde_json::Value = serde_saphyr::from_str(FIXTURE).unwrap();
    let toml = toml::to_string(&without_nulls(&json)).unwrap();
    for (name, text) in [
        ("fixture.yaml", FIXTURE.to_owned()),
        ("fixture.json", json.to_string()),
        ("fixture.toml", toml),
        ("-", FIXTURE.to_owned()),
    ] {
        let desk = Desk::start();
        let seed = || match name {
            "-" => desk.fed(&["seed", "-", "-o", "json"], text.as_bytes()),
            name => desk.run(&["seed", &desk.file(name, text.as_bytes()), "-o", "json"]),
        };
        let first = seed();
        assert_eq!(first.code, 0, "{name}: {first:?}");
        assert!(
            first.err.contains("created 6, already there 0"),
            "{name}: {}",
            first.err
        );
        let actions = |ran: &super::desk::Ran| {
            let rows = ran.json();
            let rows = rows.as_array().unwrap().clone();
            rows.iter()
                .map(|row| row["action"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        assert!(
            actions(&first).iter().all(|action| action == "created"),
            "{first:?}"
        );
        let before = desk.json(&["history", "--tenant", "acme-fast", "--all"]);
        let second = seed();
        assert!(
            second.err.contains("created 0, already there 6"),
            "{name}: {}",
            second.err
        );
        assert!(
            actions(&second).iter().all(|action| action == "exists"),
            "{second:?}"
        );
        assert_eq!(
            desk.json(&["history", "--tenant", "acme-fast", "--all"]),
            before
        );

        let spring = desk.json(&["campaigns", "get", "spring", "--tenant", "acme-fast"]);
        for (field, value) in [
            ("status", json!("active")),
            ("start", json!("2026-07-01T04:00:00.000Z")),
            ("total_budget_micros", json!(24_500_000)),
            ("impression_goal", json!(5_000)),
            ("weight", json!(3)),
        ] {
            assert_eq!(spring[field], value, "{name}: {field}");
        }
        let autumn = desk.json(&["campaigns", "get", "autumn", "--tenant", "acme-fast"]);
        assert_eq!(
            (&autumn["status"], &autumn["tier"]),
            (&json!("paused"), &json!("bulk"))
        );
    }
}

/// TOML has no null; a field that is null is left out.
fn without_nulls(value: &serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Object(fields) => fields
            .iter()
            .filter(|(_name, value)| !value.is_null())
            .map(|(name, value)| (name.clone(), without_nulls(value)))
            .collect(),
        serde_json::Value::Array(values) => values.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}

#[test]
fn creatives_have_dates_of_their_own_and_pods_bounds_of_their_ads() {
    let desk = Desk::start();
    let film = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/media/spring-06s.mp4");
    let text = format!(
        "
tenants:
  - name: acme
    timezone: America/New_York
    advertisers: [{{name: motorco}}]
    pods: [{{name: mid, duration: 60s, min_ad: 5s, max_ad: 30s}}]
    campaigns:
      - {{name: spring, advertiser: motorco, budget: 24, rate: 'cpm:24', start: 2026-07-01,
         end: 2026-08-01, creatives: [
           {{file: '{film}', start: 2026-07-02, end: '2026-07-03T06:00'}},
           {{file: '{film}', name: never, start: someday}}]}}
"
    );
    let ran = desk.run(&["seed", &desk.file("fixture.yaml", text.as_bytes())]);
    assert_eq!(ran.code, 6, "{ran:?}");
    assert!(
        ran.err.contains("creative spring/never, start: "),
        "{ran:?}"
    );
    assert_eq!(desk.json(&["tenants", "list"]), json!([]));
    let text = text.replace(", name: never, start: someday}", ", name: late}");
    desk.must(&["seed", &desk.file("fixture.yaml", text.as_bytes())]);
    let creatives = desk.json(&["creatives", "list"]);
    let [creative, late] = creatives.as_array().unwrap().as_slice() else {
        panic!("{creatives:#}");
    };
    assert_eq!(late["start"], json!(null));
    // By the clocks of New York.
    assert_eq!(creative["start"], "2026-07-02T04:00:00.000Z");
    assert_eq!(creative["end"], "2026-07-03T10:00:00.000Z");
    let pod = desk.json(&["pods", "get", "mid"]);
    assert_eq!(
        (&pod["min_ad_ms"], &pod["max_ad_ms"]),
        (&json!(5_000), &json!(30_000))
    );
}

#[test]
fn a_dry_run_writes_nothing() {
    let desk = Desk::start();
    let file = desk.file("fixture.yaml", FIXTURE.as_bytes());
    let ran = desk.must(&["seed", &file, "--dry-run"]);
    assert!(
        ran.err.contains("dry run: 6 would be created"),
        "{}",
        ran.err
    );
    assert_eq!(
        ran.out
            .lines()
            .filter(|line| line.starts_with("missing\t"))
            .count(),
        6
    );
    assert_eq!(desk.json(&["tenants", "list"]), json!([]));
}

#[test]
fn a_folder_is_all_its_files_and_wrong_ones_stop_everything() {
    let desk = Desk::start();
    desk.file("fixtures/b.yaml", b"tenants: [{name: b}]");
    desk.file("fixtures/a.json", br#"{"tenants": [{"name": "a"}]}"#);
    desk.file("fixtures/notes.txt", b"not a fixture");
    let folder = desk.home().join("fixtures");
    let folder = folder.to_str().unwrap();
    let ran = desk.must(&["seed", folder, "--columns", "name"]);
    assert_eq!(ran.out, "a\nb\n");
    for (text, part) in [
        ("tenants: [{name: c, nmae: d}]", "nmae"),
        (
            "tenants: [{name: c, channels: [{name: n, slot: soon}]}]",
            "channel n, slot",
        ),
        ("tenants: {", "cannot be understood"),
        ("campagins: []", "campagins"),
    ] {
        desk.file("fixtures/z.yaml", text.as_bytes());
        let ran = desk.run(&["seed", folder]);
        assert_eq!(ran.code, 6, "{text}: {ran:?}");
        assert!(ran.err.contains(part), "{text}: {}", ran.err);
    }
    assert_eq!(desk.json(&["tenants", "list"]).as_array().unwrap().len(), 2);
}

#[test]
fn what_the_daemon_refuses_leaves_the_tenant_as_it_was() {
    let desk = Desk::start();
    let text = FIXTURE.replace("budget: 1M", "budget: 0");
    let file = desk.file("fixture.yaml", text.as_bytes());
    let ran = desk.run(&["seed", &file]);
    assert_eq!(ran.code, 6, "{ran:?}");
    assert!(ran.err.contains("campaign autumn, budget"), "{}", ran.err);
    assert_eq!(desk.json(&["tenants", "list"]), json!([]));
    desk.must(&["seed", &desk.file("fixture.yaml", FIXTURE.as_bytes())]);
}

#[test]
fn the_fixtures_of_the_project_are_created_with_their_films() {
    let desk = Desk::start();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/demo.yaml");
    let first = desk.json(&["seed", path]);
    let creatives = |rows: &serde_json::Value| {
        let rows = rows.as_array().unwrap().iter();
        rows.filter(|row| row["kind"] == "creative" && row["id"] != "")
            .count()
    };
    assert!(creatives(&first) >= 5, "{first:#}");
    let second = desk.json(&["seed", path]);
    let rows = second.as_array().unwrap();
    assert!(
        rows.iter().all(|row| row["action"] == "exists"),
        "{second:#}"
    );
    assert_eq!(rows.len(), first.as_array().unwrap().len());
    let active = desk.json(&[
        "creatives",
        "list",
        "--tenant",
        "acme-fast",
        "--status",
        "active",
    ]);
    assert!(active.as_array().unwrap().len() >= 4, "{active:#}");
}
