//! Every format of answers, as it was.

use std::fmt::Write as _;

use super::desk::Desk;

/// Two campaigns with every kind of value, and nothing that changes from run to run.
fn desk() -> Desk {
    let desk = Desk::furnished();
    desk.must(&[
        "campaigns",
        "create",
        "spring, \"launch\"",
        "--advertiser",
        "motorco",
        "--budget",
        "120k",
        "--daily-budget",
        "4000.50",
        "--goal",
        "5M",
        "--rate",
        "cpm:24.50",
        "--start",
        "2026-07-01",
        "--end",
        "2026-07-11",
        "--tier",
        "sponsorship",
        "--weight",
        "3",
        "--description",
        "=SUM(A1)",
    ]);
    desk.must(&[
        "campaigns",
        "create",
        "春の車",
        "--advertiser",
        "motorco",
        "--budget",
        "0.01",
        "--rate",
        "flat:0.01",
        "--start",
        "2026-07-01T12:00:00Z",
        "--end",
        "2026-07-02T12:00:30Z",
    ]);
    desk
}

const STABLE: &str = "id,name,status,tier,weight,total_budget_micros,daily_budget_micros,\
    impression_goal,price_model,price_micros,currency,start,end,advertiser_id,description,revision";

#[test]
fn lists_read_as_they_did_in_every_format() {
    let desk = desk();
    let mut text = String::new();
    for format in ["table", "wide", "csv", "tsv", "name", ""] {
        let mut arguments = vec!["campaigns", "list", "--columns", STABLE];
        if !format.is_empty() {
            arguments.extend(["-o", format]);
        }
        let ran = desk.must(&arguments);
        assert_eq!(ran.err, "");
        writeln!(
            text,
            "$ -o {format}
{}",
            ran.out
        )
        .unwrap();
    }
    let ran = desk.must(&[
        "campaigns",
        "list",
        "--columns",
        STABLE,
        "-o",
        "csv",
        "--no-header",
    ]);
    writeln!(
        text,
        "$ -o csv --no-header
{}",
        ran.out
    )
    .unwrap();
    insta::assert_snapshot!(text);
}

/// A document without the instants at which it was made.
fn without_now(text: &str) -> String {
    let own = |line: &&str| !line.contains("created_at") && !line.contains("updated_at");
    text.lines().filter(own).collect::<Vec<_>>().join("\n")
}

#[test]
fn documents_read_as_they_did() {
    let desk = desk();
    let mut text = String::new();
    for format in ["json", "yaml"] {
        for arguments in [
            ["campaigns", "list"].as_slice(),
            &["campaigns", "get", "春の車"],
        ] {
            let ran = desk.must(&[arguments, &["-o", format]].concat());
            writeln!(text, "$ {} -o {format}", arguments.join(" ")).unwrap();
            text.push_str(&without_now(&ran.out));
            text.push('\n');
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn one_thing_reads_as_it_did() {
    let desk = desk();
    let ran = desk.must(&["campaigns", "get", "春の車", "-o", "table"]);
    let own = |line: &&str| !line.starts_with("CREATED") && !line.starts_with("UPDATED");
    let text: Vec<&str> = ran.out.lines().filter(own).collect();
    insta::assert_snapshot!(text.join("\n"));
}

#[test]
fn a_line_of_jsonl_is_an_object() {
    let desk = desk();
    let ran = desk.must(&["campaigns", "list", "-o", "jsonl"]);
    let lines: Vec<serde_json::Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1]["name"], "春の車");
}

#[test]
fn every_format_has_the_same_things_in_the_same_order() {
    let desk = desk();
    let ids = desk.must(&["campaigns", "list", "-q"]).out;
    for format in [
        "name", "tsv", "csv", "json", "jsonl", "yaml", "table", "wide",
    ] {
        let ran = desk.must(&["campaigns", "list", "-o", format]);
        let places: Vec<usize> = ids.lines().map(|id| ran.out.find(id).unwrap()).collect();
        assert!(places[0] < places[1], "{format}: {}", ran.out);
    }
}

#[test]
fn no_rows_are_no_text_and_an_empty_array() {
    let desk = Desk::furnished();
    for (format, answer) in [
        ("table", ""),
        ("json", "[]\n"),
        ("yaml", "[]\n"),
        ("jsonl", ""),
        ("tsv", "id\tname\n"),
        ("name", ""),
    ] {
        let ran = desk.must(&["campaigns", "list", "-o", format, "--columns", "id,name"]);
        assert_eq!(ran.out, answer, "{format}");
    }
}
