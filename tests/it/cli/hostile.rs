//! Texts that would like to steer the terminal come out as text, in every format and in errors.

use adserve::client::is_clean;
use serde_json::{Value, json};

use super::desk::Desk;
use crate::fake_daemon::{FakeDaemon, Reply};

const HOSTILE: &[&str] = &[
    "\u{1b}[2J\u{1b}[H",
    "\u{1b}]52;c;cm0gLXJmIC8=\u{7}",
    "\u{1b}]0;title\u{9c}",
    "\u{9b}31mred",
    "a\u{202e}b\u{2066}c",
    "zero\u{200b}width\u{feff}",
    "two\r\nlines\tand a tab",
    "del\u{7f}nul\u{0}bell\u{7}",
    "tag\u{e0041}characters",
    "line\u{2028}separator",
];

fn channel(text: &str) -> Value {
    json!({
        "id": "ch_1", "name": text, "description": text, "slot_ms": 1, "revision": 1,
        "created_at": "2026-01-01T00:00:00Z", "updated_at": text,
    })
}

/// A daemon that answers everything with a page of such channels.
fn daemon() -> FakeDaemon {
    let items: Vec<Value> = HOSTILE.iter().map(|text| channel(text)).collect();
    let page = json!({"items": items, "total": 99, "next_cursor": HOSTILE.concat()});
    FakeDaemon::tcp(move |_number| Reply::json(200, &page.to_string()))
}

#[test]
fn no_format_lets_a_control_character_through() {
    let daemon = daemon();
    let desk = Desk::at(daemon.address());
    for format in [
        "table", "wide", "json", "jsonl", "yaml", "csv", "tsv", "name",
    ] {
        let ran = desk.must(&["channels", "list", "-o", format]);
        for line in ran.out.lines() {
            let line = if format == "tsv" {
                line.replace('\t', " ")
            } else {
                line.to_owned()
            };
            assert!(is_clean(&line), "{format}: {line:?}");
        }
        assert!(ran.err.lines().all(is_clean), "{format}: {:?}", ran.err);
        assert!(!ran.out.is_empty());
    }
    let piped = desk.must(&["channels", "list"]);
    assert_eq!(piped.out.lines().count(), HOSTILE.len(), "{}", piped.out);
    assert!(
        piped.out.replace('\t', " ").lines().all(is_clean),
        "{:?}",
        piped.out
    );
}

#[test]
fn json_and_yaml_are_exact_all_the_same() {
    let daemon = daemon();
    let desk = Desk::at(daemon.address());
    let read: Value = desk.json(&["channels", "list"]);
    let yaml = desk.must(&["channels", "list", "-o", "yaml"]);
    let yaml: Value = serde_saphyr::from_str(&yaml.out).unwrap();
    for (place, text) in HOSTILE.iter().enumerate() {
        assert_eq!(read[place]["name"], *text);
        assert_eq!(yaml[place]["name"], *text);
    }
}

#[test]
fn errors_are_cleaned_too() {
    let text = HOSTILE.concat();
    let body = json!({"error": {
        "code": text, "message": text, "hint": text, "request_id": text,
        "problems": [{"field": text, "message": text}],
    }});
    let body = body.to_string();
    let daemon = FakeDaemon::tcp(move |_number| Reply::json(422, &body));
    let desk = Desk::at(daemon.address());
    for format in ["table", "json", "name"] {
        let ran = desk.run(&["channels", "list", "-o", format]);
        assert_eq!(ran.code, 6);
        assert!(ran.err.lines().all(is_clean), "{format}: {:?}", ran.err);
        assert!(
            ran.err.contains("x1b") || ran.err.contains("u001b"),
            "{:?}",
            ran.err
        );
    }
    // What was typed comes back in messages as well.
    let ran = desk.run(&["help", "\u{1b}[2J"]);
    assert!(ran.err.lines().all(is_clean), "{:?}", ran.err);
    let ran = desk.run(&["channels", "list", "--columns", "\u{1b}[2J"]);
    assert!(ran.err.lines().all(is_clean), "{:?}", ran.err);
    let ran = desk.run(&["channels", "list", "--tz", "\u{202e}"]);
    assert!(ran.err.lines().all(is_clean), "{:?}", ran.err);
}

#[test]
fn a_spreadsheet_gets_no_formula() {
    let cells = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "plain"];
    let items: Vec<Value> = cells.iter().map(|text| channel(text)).collect();
    let page = json!({"items": items, "total": 7, "next_cursor": null}).to_string();
    let daemon = FakeDaemon::tcp(move |_number| Reply::json(200, &page));
    let desk = Desk::at(daemon.address());
    let ran = desk.must(&[
        "channels",
        "list",
        "-o",
        "csv",
        "--columns",
        "name,slot_ms",
        "--no-header",
    ]);
    let names: Vec<&str> = ran
        .out
        .lines()
        .map(|line| line.split(",1").next().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "'=1+1",
            "'+1",
            "'-1",
            "'@SUM(A1)",
            "'\\t=1",
            "'＝1",
            "plain"
        ]
    );
}
