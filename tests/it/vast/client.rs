//! Every document in the hands of a client that players use, which reads it and plays its ads.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use adserve::format::vast::{AdFound, Version};
use serde_json::{Value, json};

use super::{Case, cases, read_back};

/// What the client makes of the documents, in their order.
fn read_by_client(cases: &[Case]) -> Vec<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients/read_vast.mjs");
    let mut node = Command::new("node")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("node does not run; scripts/bootstrap installs it");
    let input = cases
        .iter()
        .map(|case| json!({"name": case.name, "text": case.text}));
    let input = Value::Array(input.collect()).to_string();
    // A client that ends early closes its end: what it said is told below.
    let sent = node.stdin.take().unwrap().write_all(input.as_bytes());
    let output = node.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && sent.is_ok(),
        "the client failed; if it lacks a package, scripts/bootstrap installs it: {said}"
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The calls of a viewer who sees everything, touches every button and then meets an error.
fn expected_calls(ad: &AdFound) -> Vec<String> {
    let mut calls = ad.impressions.clone();
    for event in [
        "creativeView",
        "start",
        "firstQuartile",
        "midpoint",
        "thirdQuartile",
        "mute",
        "unmute",
        "pause",
        "resume",
        "complete",
    ] {
        calls.extend(ad.tracking_of(event).map(str::to_owned));
    }
    calls.push(ad.errors[0].replace("[ERRORCODE]", "405"));
    calls
}

fn check_ad(found: &Value, ad: &AdFound) {
    let file = &ad.media_files[0];
    assert_eq!(found["id"], json!(ad.id));
    assert_eq!(found["title"], json!(ad.ad_title));
    assert_eq!(found["system"], json!("adserve"));
    assert_eq!(found["impressions"], json!(ad.impressions));
    assert_eq!(found["errors"], json!(ad.errors));
    assert_eq!(found["duration"], json!(30.03));
    assert_eq!(found["clickThrough"], json!(ad.click_through));
    assert_eq!(found["mediaFiles"], json!(1));
    assert_eq!(found["file"]["url"], json!(file.uri));
    assert_eq!(found["file"]["type"], json!(file.mime));
    assert_eq!(found["file"]["width"], json!(file.width));
    assert_eq!(found["file"]["height"], json!(file.height));
    assert_eq!(found["file"]["bitrate"], json!(file.bitrate));
    let universal: Vec<_> = ad.universal_ad_ids.iter().map(|(_, id)| id).collect();
    assert_eq!(found["universalAdIds"], json!(universal));
    let calls = expected_calls(ad);
    assert_eq!(calls.len(), 12);
    assert_eq!(found["played"]["called"], json!(calls));
    assert_eq!(found["played"]["clickThrough"], json!(ad.click_through));
}

#[test]
fn a_client_of_players_reads_and_plays_every_document() {
    let cases = cases();
    let found = read_by_client(&cases);
    assert_eq!(found.len(), cases.len());
    for (case, found) in cases.iter().zip(found) {
        let ours = read_back(&case.text);
        assert_eq!(found["name"], json!(case.name));
        assert_eq!(found["version"], json!(case.version.as_str()));
        let ads = found["ads"].as_array().unwrap();
        assert_eq!(ads.len(), ours.ads.len(), "{}", case.name);
        for (found, ad) in ads.iter().zip(&ours.ads) {
            check_ad(found, ad);
        }
        let no_ad: Vec<_> = ours
            .errors
            .iter()
            .map(|error| error.replace("[ERRORCODE]", "303"))
            .collect();
        assert_eq!(found["called"], json!(no_ad), "{}", case.name);
        let is_told = case.version >= Version::V3_0 && ours.ads.is_empty();
        assert_eq!(no_ad.len(), usize::from(is_told), "{}", case.name);
    }
}
