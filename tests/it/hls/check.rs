//! `adctl hls check` on streams over real sockets.

use std::process::{Command, Output};

use adserve::stitch::looped::Cues;
use serde_json::Value;

use super::player::channel;
use crate::support::hls::media::Packing;
use crate::support::hls::origin::Fails;

fn adctl(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_adctl"))
        .args(["hls", "check"])
        .args(arguments)
        .output()
        .unwrap()
}

/// The names of the rules that were broken, and the exit code.
pub(super) fn check(arguments: &[&str]) -> (Vec<String>, i32) {
    let output = adctl(&[arguments, &["-o", "json"]].concat());
    let code = output.status.code().unwrap();
    let rows: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        let said = String::from_utf8_lossy(&output.stderr);
        panic!("{error}: {said}");
    });
    for row in &rows {
        let is_whole =
            row["why"].as_str().unwrap().len() > 20 && row["number"].as_u64().unwrap() > 0;
        assert!(is_whole, "{row}");
    }
    let mut rules: Vec<String> = rows
        .iter()
        .map(|row| row["rule"].as_str().unwrap().to_owned())
        .collect();
    rules.sort();
    rules.dedup();
    (rules, code)
}

#[test]
fn a_good_channel_is_found_good_and_exits_with_nothing() {
    for packing in [Packing::Fmp4, Packing::Ts] {
        let origin = channel(packing, Cues::Both, 1);
        let url = origin.url("/live/index.m3u8");
        let (rules, code) = check(&[&url, "--for", "3s", "--every", "300ms", "--sessions", "2"]);
        assert_eq!((rules, code), (Vec::new(), 0), "{packing:?}");
        let renditions = packing.renditions();
        for rendition in renditions {
            let path = format!("/live/{rendition}/index.m3u8");
            let asked = origin.requests().iter().filter(|one| **one == path).count();
            assert!(asked >= 8, "{rendition} was loaded {asked} times");
        }
    }
}

#[test]
fn what_ended_is_loaded_twice_and_then_left() {
    let origin = channel(Packing::Fmp4, Cues::Silent, 1);
    let url = origin.url("/media/film/index.m3u8");
    let (rules, code) = check(&[&url, "--for", "1h", "--every", "100ms"]);
    assert_eq!((rules, code), (Vec::new(), 0));
    let asked = origin.requests();
    let asked = asked.iter().filter(|one| one.ends_with("/a0/index.m3u8"));
    assert_eq!(asked.count(), 2);
}

#[test]
fn a_channel_that_is_spoiled_on_the_way_is_a_no() {
    let origin = channel(Packing::Ts, Cues::Tags, 1);
    origin.spoil(|path, text| match path {
        // The number of the first rendition stands still.
        "/live/v0/index.m3u8" => text
            .lines()
            .map(|line| match line.split_once("MEDIA-SEQUENCE:") {
                Some((tag, _)) => format!("{tag}MEDIA-SEQUENCE:1\n"),
                None => format!("{line}\n"),
            })
            .collect(),
        _ => text,
    });
    let url = origin.url("/live/index.m3u8");
    let (rules, code) = check(&[&url, "--for", "4s", "--every", "300ms"]);
    assert_eq!(code, 1);
    for rule in ["identity", "media-sequence"] {
        assert!(rules.iter().any(|other| other == rule), "{rules:?}");
    }
}

#[test]
fn content_is_compared_with_its_origin() {
    let origin = channel(Packing::Fmp4, Cues::Tags, 1);
    let copy = channel(Packing::Fmp4, Cues::Tags, 1);
    let url = origin.url("/live/index.m3u8");
    let (rules, code) = check(&[&url, "--origin", &url, "--for", "3s", "--every", "300ms"]);
    assert_eq!((rules, code), (Vec::new(), 0));
    // Another server has other addresses: nothing of it is content of this one.
    let other = copy.url("/live/index.m3u8");
    let (rules, code) = check(&[&url, "--origin", &other, "--for", "3s", "--every", "300ms"]);
    assert_eq!(code, 1, "{rules:?}");
}

#[test]
fn a_playlist_that_does_not_come_is_a_finding_and_a_stream_that_is_none_a_failure() {
    let origin = channel(Packing::Ts, Cues::Tags, 1);
    origin.spoil(|path, text| {
        if path == "/live/index.m3u8" {
            text.replace("v1/index.m3u8", "v7/index.m3u8")
        } else {
            text
        }
    });
    let url = origin.url("/live/index.m3u8");
    let (rules, code) = check(&[&url, "--for", "1s", "--every", "300ms"]);
    assert_eq!((rules, code), (vec!["available".to_owned()], 1));
    origin.fail(Fails::Everything);
    let output = adctl(&[&url]);
    assert_eq!(output.status.code(), Some(7));
    origin.fail(Fails::Nothing);
    let output = adctl(&[&origin.url("/nothing.m3u8")]);
    assert_eq!(output.status.code(), Some(7));
    let output = adctl(&[&origin.url("/media/film/v0/0.ts")]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("no playlist"), "{said}");
}
