//! Targeting from the command line: the language, its carets, its exit codes.

use std::io::Write as _;
use std::process::Stdio;

use serde_json::json;

use super::desk::{Desk, Ran};

const RULES: &str = "geo in (US-CA, dma:501) and device = roku";

/// Runs a command with this on its standard input.
fn piped(desk: &Desk, arguments: &[&str], input: &str) -> Ran {
    let mut command = desk.command(arguments);
    command.stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    Ran::of(child.wait_with_output().unwrap())
}

#[test]
fn rules_are_set_shown_added_and_removed() {
    let desk = Desk::furnished();
    desk.campaign("spring");
    assert_eq!(
        desk.must(&["targeting", "get", "spring"]).line(),
        "everyone"
    );

    let set = desk.must(&["targeting", "set", "spring", RULES]);
    assert_eq!(set.line(), RULES);
    assert!(
        set.err.contains("targeting set campaign spring: 1 rule"),
        "{set:?}"
    );
    assert!(set.err.contains("undo with: adctl undo op_"), "{set:?}");
    let added = desk.must(&["targeting", "add", "spring", "age = 18-34"]);
    assert_eq!(added.line(), format!("{RULES} or age = 18-34"));
    let tried = desk.must(&["targeting", "remove", "spring", "1", "--dry-run"]);
    assert_eq!(tried.line(), "age = 18-34");
    assert!(tried.err.contains("dry run, not done"), "{tried:?}");
    let removed = desk.must(&["targeting", "remove", "spring", "1"]);
    assert_eq!(removed.line(), "age = 18-34");
    let last = desk.must(&["targeting", "remove", "spring", "1"]);
    assert_eq!(last.line(), "everyone");
    assert!(last.err.contains("no rules, everyone is meant"), "{last:?}");

    let late = desk.run(&["targeting", "set", "spring", RULES, "--if-match", "99"]);
    assert_eq!(late.code, 5, "{late:?}");
    for (code, arguments) in [
        (2, &["targeting", "remove", "spring", "0"][..]),
        (3, &["targeting", "remove", "spring", "7"]),
        (3, &["targeting", "get", "none"]),
        (3, &["targeting", "get", "cr_zz"]),
        (3, &["targeting", "validate", "@none.txt"]),
        (6, &["targeting", "add", "spring", "everyone"]),
        (6, &["targeting", "set", "spring", "geo = US and geo != US"]),
    ] {
        let ran = desk.run(arguments);
        assert_eq!(ran.code, code, "{arguments:?}: {ran:?}");
    }
}

#[test]
fn a_text_goes_through_pipes_and_files_unchanged() {
    let desk = Desk::furnished();
    desk.campaign("spring");
    desk.campaign("summer");
    let states: Vec<String> = ('A'..='Z').map(|c| format!("US-N{c}")).collect();
    let long = format!(
        "geo in ({}) and device = lg or genre = \"sci fi\"",
        states.join(", ")
    );
    std::fs::write(desk.home().join("rules.txt"), &long).unwrap();
    let set = desk.must(&["targeting", "set", "spring", "@rules.txt"]);
    assert!(set.out.lines().count() > 2, "{}", set.out);
    let shown = desk.must(&["targeting", "get", "spring"]);
    assert_eq!(shown.out, set.out);
    let copied = piped(&desk, &["targeting", "set", "summer", "-"], &shown.out);
    assert_eq!(copied.out, set.out, "{copied:?}");
    let valid = piped(&desk, &["targeting", "validate", "-"], &shown.out);
    assert_eq!((valid.code, valid.out), (0, set.out));
}

#[test]
fn a_fault_is_shown_under_its_place() {
    // Nothing is asked of any daemon.
    let desk = Desk::at("/nowhere.sock");
    let ran = desk.run(&[
        "targeting",
        "validate",
        "geo = US\n  and daypart = mon-fir 18:00-23:00",
    ]);
    assert_eq!(ran.code, 6);
    assert_eq!(ran.out, "");
    insta::assert_snapshot!(ran.err, @r"
    error: `fir` is not a day; did you mean `fri`?
    cause: line 2, column 21
      2 |   and daypart = mon-fir 18:00-23:00
        |                     ^^^
    hint: adctl help targeting describes the language
    ");

    let hint = desk.run(&["targeting", "validate", "geo = US, FR"]);
    insta::assert_snapshot!(hint.err, @r"
    error: expected `and`, `or` or the end, found `,`
    cause: line 1, column 9
      1 | geo = US, FR
        |         ^
    hint: several values stand in parentheses: geo in (US, CA)
    ");
    let contrary = desk.run(&["targeting", "validate", "geo = US-CA and geo != US"]);
    assert_eq!(contrary.code, 6);
    let told = "rule 1 can never match: `US-CA` lies in `US`, which is refused";
    assert!(contrary.err.contains(told), "{contrary:?}");
    let hostile = desk.run(&["targeting", "validate", "genre = \u{1b}[2J"]);
    assert_eq!(hostile.code, 6);
    assert!(!hostile.err.contains('\u{1b}'), "{hostile:?}");
}

#[test]
fn both_forms_are_documents() {
    let desk = Desk::at("/nowhere.sock");
    let valid = desk.must(&["targeting", "validate", "device = rokku", "-o", "json"]);
    let expected = json!({
        "rules": [{ "include": { "device": ["rokku"] } }],
        "text": "device = rokku",
        "hints": ["rule 1: `rokku` is no common device; did you mean `roku`?"],
    });
    assert_eq!(valid.json(), expected);
    let warned = desk.must(&["targeting", "validate", "device = rokku"]);
    assert!(
        warned.err.starts_with("warning: rule 1: `rokku`"),
        "{warned:?}"
    );
}

#[test]
fn campaigns_are_made_with_targeting() {
    let desk = Desk::furnished();
    desk.campaign("spring");
    desk.must(&["campaigns", "update", "spring", "--targeting", RULES]);
    assert_eq!(desk.must(&["targeting", "get", "spring"]).line(), RULES);
    desk.must(&["campaigns", "update", "spring", "--targeting", "everyone"]);
    assert_eq!(
        desk.must(&["targeting", "get", "spring"]).line(),
        "everyone"
    );
    let ran = desk.run(&["campaigns", "update", "spring", "--targeting", "geo = UK"]);
    assert_eq!(ran.code, 6);
    assert!(ran.err.contains("did you mean `GB`?"), "{ran:?}");
}

#[test]
fn the_language_is_explained() {
    let desk = Desk::at("/nowhere.sock");
    let help = desk.must(&["help", "targeting"]);
    assert!(help.out.contains("DIMENSION not in (A, B)"), "{}", help.out);
}

#[test]
fn a_request_is_tested_against_every_rule() {
    let desk = Desk::furnished();
    desk.campaign("spring");
    let request = r#"{ "geo": { "country": "US", "region": "NY" } }"#;
    let test = ["targeting", "test", "spring", "--request", "-"];
    let everyone = piped(&desk, &test, request);
    assert_eq!(
        (everyone.code, everyone.out.as_str()),
        (0, ""),
        "{everyone:?}"
    );

    let rules = "geo = US-CA or daypart = sat,sun 00:00-24:00";
    desk.must(&["targeting", "set", "spring", rules]);
    // The day is one of the tenant's zone: New York.
    let at = |at: &'static str| [&test[..], &["--at", at]].concat();
    let weekday = piped(&desk, &at("2026-07-06"), request);
    assert_eq!(weekday.code, 1, "{weekday:?}");
    assert_eq!(
        weekday.out,
        "1\tfails\tgeo\tUS,US-NY\tgeo = US-CA\n\
         2\tfails\tdaypart\tmon 00:00 campaign\tdaypart = sat,sun 00:00-24:00 campaign\n"
    );
    assert!(
        weekday
            .err
            .contains("0 of 2 rules match at 2026-07-06T04:00:00.000Z"),
        "{weekday:?}"
    );
    let weekend = piped(&desk, &at("2026-07-05"), request);
    assert_eq!(weekend.code, 0, "{weekend:?}");
    let both = [&at("2026-07-05")[..], &["-o", "json"]].concat();
    assert_eq!(piped(&desk, &both, request).json()["matches"], true);
    let wrong = piped(&desk, &test, r#"{ "geo": { "country": "Germany" } }"#);
    assert_eq!(wrong.code, 6, "{wrong:?}");
    assert_eq!(desk.run(&at("someday")).code, 2);
}

#[test]
fn channels_are_written_by_name() {
    let desk = Desk::furnished();
    desk.must(&["channels", "create", "Late Night"]);
    desk.campaign("spring");
    let set = desk.must(&[
        "targeting",
        "set",
        "spring",
        "channel in (NEWS, \"late night\")",
    ]);
    assert_eq!(set.line(), "channel in (ch_1, ch_2)");
    let changed = [
        "campaigns",
        "update",
        "spring",
        "--targeting",
        "geo = US and channel = news",
    ];
    let changed = desk.json(&changed);
    let rule = json!({ "include": { "geo": ["US"], "channel": ["ch_1"] } });
    assert_eq!(changed["targeting"]["rules"], json!([rule]));
    // Where no channel has the name, the caret is under it.
    let wrong = desk.run(&[
        "targeting",
        "set",
        "spring",
        "geo = US and channel = nowhere",
    ]);
    assert_eq!(wrong.code, 6, "{wrong:?}");
    let carets = wrong.err.lines().find(|line| line.contains('^')).unwrap();
    assert_eq!(
        carets.matches('^').count(),
        "nowhere".len(),
        "{}",
        wrong.err
    );
}
