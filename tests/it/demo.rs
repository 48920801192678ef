//! `adctl demo`, small: a daemon, seven TVs, and two accounts that are equal.

use std::process::{Command, Output};

use serde_json::Value;

fn demo(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_adctl"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
        .args(["demo", "--once"])
        .args(arguments)
        .output()
        .unwrap()
}

#[test]
fn the_ledger_counts_what_the_tvs_see() {
    let output = demo(&["--tvs", "14", "--breaks", "5", "-o", "json"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let verdict: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(verdict["agrees"], true);
    assert_eq!(verdict["requests"]["counted"], 14 * 5);
    assert_eq!(verdict["faults"], serde_json::json!([]));
    let campaigns = verdict["campaigns"].as_array().unwrap();
    let sum = |event: &str| -> u64 {
        let counted = |campaign: &Value| campaign["counts"][event]["counted"].as_u64().unwrap();
        campaigns.iter().map(counted).sum()
    };
    // Some TVs leave early, none sees the end before the start.
    assert!(sum("served") > sum("impression"), "{verdict}");
    assert!(sum("impression") > sum("complete"), "{verdict}");
    assert!(sum("complete") > 0, "{verdict}");
    assert!(said.contains("$ adctl seed fixtures/demo.yaml"), "{said}");
}

#[test]
fn without_a_catalog_nothing_is_started() {
    let output = demo(&["--fixtures", "nowhere"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("there is no nowhere/demo.yaml"), "{said}");
    assert!(!said.contains("is ready"), "{said}");
}
