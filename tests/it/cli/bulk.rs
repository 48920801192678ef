//! Verbs on many things: named, read or selected; and waiting until one is as it is wanted.

use std::process::Stdio;

use serde_json::Value;

use super::desk::{Desk, Ran};

/// Campaigns `c0`, `c1`, … of `motorco`, and one of `beanhouse`.
fn desk(count: u32) -> Desk {
    let desk = Desk::start();
    let campaign = |name: &str, advertiser: &str| {
        format!(
            "{{name: {name}, advertiser: {advertiser}, budget: 9, rate: 'cpm:1', \
             start: 2026-01-01, end: 2099-01-01}}"
        )
    };
    let mut campaigns: Vec<String> = (0..count)
        .map(|number| campaign(&format!("c{number}"), "motorco"))
        .collect();
    campaigns.push(campaign("beans", "beanhouse"));
    let text = format!(
        "tenants: [{{name: acme, advertisers: [{{name: motorco}}, {{name: beanhouse}}], \
         campaigns: [{}]}}]",
        campaigns.join(", ")
    );
    let ran = desk.fed(&["apply", "-f", "-"], text.as_bytes());
    assert_eq!(ran.code, 0, "{ran:?}");
    desk
}

/// The names of those with a status.
fn named(desk: &Desk, status: &str) -> Vec<String> {
    let list = desk.json(&["campaigns", "list", "--status", status, "--all"]);
    let list = list.as_array().unwrap().iter();
    list.map(|one| one["name"].as_str().unwrap().to_owned())
        .collect()
}

fn rows(ran: &Ran) -> usize {
    ran.out.lines().count()
}

#[test]
fn verbs_act_on_what_is_selected_named_or_read() {
    let desk = desk(3);
    let selected = ["--selector", "status=draft,advertiser=motorco"];
    let activate = ["campaigns", "activate"];
    let tried = desk.must(&[&activate[..], &selected, &["--dry-run"]].concat());
    assert_eq!(rows(&tried), 3, "{tried:?}");
    assert!(
        tried.err.contains("dry run, not done: campaign c0"),
        "{tried:?}"
    );
    assert_eq!(named(&desk, "draft").len(), 4);
    desk.must(&[&activate[..], &selected].concat());
    assert_eq!(named(&desk, "active"), ["c0", "c1", "c2"]);
    let none = desk.must(&[&activate[..], &selected].concat());
    assert!(none.err.contains("no campaigns are selected"), "{none:?}");
    // From a file and from standard input, each once.
    let file = desk.file("ids.txt", b"c1\n\n  c0 \n");
    let ran = desk.must(&["campaigns", "pause", "c0", "--ids-from", &file]);
    assert_eq!(rows(&ran), 2, "{ran:?}");
    let ran = desk.fed(&["campaigns", "pause", "--ids-from", "-"], b"c2\n");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(named(&desk, "paused").len(), 3);
    // Some fail, the others are done.
    let ran = desk.run(&["campaigns", "resume", "c0", "nonesuch", "c1"]);
    assert_eq!((ran.code, rows(&ran)), (8, 2), "{ran:?}");
    assert!(ran.err.contains("nonesuch"), "{ran:?}");
    let ran = desk.run(&[
        "campaigns",
        "complete",
        "--selector",
        "status=active",
        "--yes",
    ]);
    assert_eq!((ran.code, rows(&ran)), (0, 2), "{ran:?}");
    let ran = desk.must(&[
        "campaigns",
        "delete",
        "--selector",
        "status=completed",
        "--yes",
    ]);
    assert_eq!(rows(&ran), 2, "{ran:?}");
}

#[test]
fn several_are_updated_alike() {
    let desk = desk(2);
    let ran = desk.must(&["campaigns", "update", "c0", "c1", "--weight", "3"]);
    assert_eq!(rows(&ran), 2, "{ran:?}");
    let more = ["--selector", "advertiser=motorco", "--pacing", "even"];
    desk.must(&[&["campaigns", "update"][..], &more].concat());
    for name in ["c0", "c1"] {
        let one = desk.json(&["campaigns", "get", name]);
        assert_eq!(
            (&one["weight"], &one["pacing"]["mode"]),
            (&3.into(), &"even".into())
        );
    }
    let beans = desk.json(&["campaigns", "get", "beans"]);
    assert_eq!(beans["weight"], 1);
    let ran = desk.run(&["campaigns", "update", "c0", "c1", "--rename", "c"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    desk.must(&[
        "advertisers",
        "update",
        "--selector",
        "search=o",
        "--domain",
        "a.example",
    ]);
    let list = desk.json(&["advertisers", "list"]);
    let list = list.as_array().unwrap();
    assert!(
        list.iter().all(|one| one["domain"] == "a.example"),
        "{list:?}"
    );
}

#[test]
fn more_than_25_are_asked_for() {
    let desk = desk(26);
    let activate = ["campaigns", "activate", "--selector", "advertiser=motorco"];
    let asked = desk.run(&activate);
    assert_eq!(asked.code, 5, "{asked:?}");
    assert!(asked.err.contains("activate 26 campaigns"), "{asked:?}");
    assert_eq!(named(&desk, "active"), [""; 0]);
    desk.must(&[&activate[..], &["--dry-run"]].concat());
    desk.must(&[&activate[..], &["--yes"]].concat());
    assert_eq!(named(&desk, "active").len(), 26);
}

#[test]
fn a_wrong_selector_is_refused_with_what_was_meant() {
    let desk = desk(1);
    for (selector, code, part) in [
        ("stauts=active", 2, "did you mean `status`?"),
        ("status=activ", 6, "must be one of"),
        ("advertiser=motorc", 6, "did you mean `motorco`?"),
        ("campaign=c0", 6, "is not a parameter"),
    ] {
        let ran = desk.run(&["campaigns", "pause", "--selector", selector]);
        assert_eq!(ran.code, code, "{selector}: {ran:?}");
        assert!(ran.err.contains(part), "{selector}: {ran:?}");
    }
    let ran = desk.run(&["campaigns", "pause"]);
    assert_eq!(ran.code, 2, "{ran:?}");
}

#[test]
fn waiting_ends_when_it_is_so_or_the_time_is_over() {
    let desk = desk(1);
    let wait = |more: &[&str]| desk.run(&[&["campaigns", "wait", "c0"][..], more].concat());
    assert_eq!(wait(&["--for", "draft", "--for", "weight=1"]).code, 0);
    let late = wait(&["--for", "status=active", "--timeout", "300ms"]);
    assert_eq!(late.code, 7, "{late:?}");
    assert!(
        late.err.contains("has status=draft, not active"),
        "{late:?}"
    );
    assert!(late.out.contains("draft"), "{late:?}");
    let wrong = wait(&["--for", "stauts=active"]);
    assert_eq!(wrong.code, 2, "{wrong:?}");
    assert!(wrong.err.contains("did you mean `status`?"), "{wrong:?}");
    let missing = desk.run(&["campaigns", "wait", "nonesuch", "--for", "active"]);
    assert_eq!(missing.code, 3, "{missing:?}");
    assert_eq!(
        desk.run(&["channels", "wait", "none", "--for", "deleted"])
            .code,
        0
    );
    let arguments = [
        "campaigns",
        "wait",
        "c0",
        "--for",
        "active",
        "--timeout",
        "30s",
        "-o",
        "json",
    ];
    let mut command = desk.command(&arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let waiting = command.spawn().unwrap();
    desk.must(&["campaigns", "activate", "c0"]);
    let ran = Ran::of(waiting.wait_with_output().unwrap());
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.json()["status"], Value::from("active"));
}

#[test]
fn nobody_waits_for_what_is_made_for_no_one() {
    let desk = desk(1);
    let film = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/media/spring-06s.mp4");
    desk.must(&[
        "creatives",
        "upload",
        film,
        "--campaign",
        "c0",
        "--name",
        "spot",
    ]);
    let origin = "https://origin.example/a.m3u8";
    desk.must(&["channels", "create", "news", "--origin", origin]);
    desk.must(&["campaigns", "activate", "c0"]);
    desk.must(&["campaigns", "complete", "c0", "--yes"]);
    let ran = desk.run(&["creatives", "condition", "spot", "--wait"]);
    assert_eq!(ran.code, 6, "{ran:?}");
    assert!(ran.err.contains("its campaign is completed"), "{ran:?}");
}
