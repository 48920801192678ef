//! `adctl demo`, small: a daemon, TVs of all kinds, two accounts that are equal, and promises kept.

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
    let small = ["--tvs", "26", "--breaks", "10", "--live-tvs", "0"];
    let output = demo(&[&small[..], &["-o", "json"]].concat());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let verdict: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(verdict["agrees"], true);
    assert_eq!(verdict["requests"]["counted"], 26 * 10);
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

    // Pods came, of several ads each, and nothing in them that is kept apart.
    let figure = |name: &str| verdict[name].as_u64().unwrap();
    assert!(figure("pods") > 10, "{verdict}");
    assert!(figure("pod_ads") >= 2 * figure("pods"), "{verdict}");
    assert_eq!(verdict["broken"], serde_json::json!([]));
    assert_eq!(verdict["kept"], true);

    // Users met their caps and did not pass them; the reasons say so.
    let caps = verdict["caps"].as_array().unwrap();
    let met = |cap: &Value| cap["users_at_max"].as_u64() > Some(0);
    assert!(caps.iter().any(met), "{verdict}");
    for cap in caps {
        assert!(cap["most"].as_u64() <= cap["max"].as_u64(), "{cap}");
    }
    let reasons = verdict["reasons"].to_string();
    for reason in [
        "targeting_geo",
        "cap_user",
        "unidentified",
        "duration_no_fit",
    ] {
        assert!(reasons.contains(reason), "{reason}: {reasons}");
    }
    let standings = verdict["standings"].as_array().unwrap();
    let left_out = |one: &Value| !one["left_out"].as_object().unwrap().is_empty();
    assert!(standings.iter().any(left_out), "{verdict}");
    for one in standings {
        let row = campaigns
            .iter()
            .find(|row| row["campaign"] == one["campaign"]);
        let served = row.map_or(0, |row| {
            row["counts"]["served"]["counted"].as_u64().unwrap()
        });
        assert_eq!(one["served"].as_u64(), Some(served), "{one}");
    }
}

#[test]
fn slow_the_ledger_counts_what_is_seen_on_the_live_channel() {
    let small = ["--tvs", "13", "--breaks", "2", "--live-tvs", "6"];
    let output = demo(&[&small[..], &["-o", "json"]].concat());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let verdict: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(verdict["agrees"], true);
    let breaks = verdict["stream_breaks"]["counted"].as_u64().unwrap();
    assert!(breaks >= 6, "{verdict}");
    assert!(verdict["stream_ads"].as_u64() >= Some(breaks), "{verdict}");
    assert!(said.contains("$ adctl channels create live"), "{said}");
    assert!(said.contains("/watch"), "{said}");
}

#[test]
fn without_a_catalog_nothing_is_started() {
    let output = demo(&["--fixtures", "nowhere"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("there is no nowhere/demo.yaml"), "{said}");
    assert!(!said.contains("is ready"), "{said}");
}
