//! The real daemon puts ads into streams: the checker finds nothing, players see every ad.

use std::collections::BTreeSet;
use std::process::Command;

use adserve::stitch::looped::Cues;
use serde_json::{Value, json};

use super::check::check;
use super::player::channel;
use super::studio::{ADS, Studio};
use crate::support::hls::media::{Colour, Media, Packing};
use crate::support::hls::origin::{Origin, Programme};
use crate::support::hls::player::{Order, Played};

/// A daemon over a live channel with a break of six seconds in every fourteen.
fn live(packing: Packing, with: &Value) -> (Origin, Studio) {
    let origin = channel(packing, Cues::Both, 1);
    let mut stream = json!({ "origins": [origin.url("/live/index.m3u8")] });
    for (field, value) in with.as_object().unwrap() {
        stream[field] = value.clone();
    }
    let studio = Studio::open(&stream);
    (origin, studio)
}

/// A daemon over six seconds on demand with a break of six seconds in the middle.
fn on_demand(packing: Packing, insertion: &str) -> (Origin, Studio) {
    let media = Media::make(Colour::Blue, 6, packing);
    let origin = Origin::start(Programme::of(vec![("film", media)]));
    let studio = Studio::open(&json!({
        "origins": [origin.url("/media/film/index.m3u8")],
        "insertion": insertion,
        "breaks": [{"at_ms": 3_000, "duration_ms": 6_000}],
    }));
    (origin, studio)
}

/// The ads whose segments were asked for, by their tokens.
fn tokens(played: &Played) -> BTreeSet<&str> {
    let asked = played.requests.iter().filter_map(|one| {
        let (_, rest) = one.url.split_once("/hls/ad/")?;
        let is_media = rest.strip_suffix(".m3u8").is_none();
        is_media.then(|| rest.split('/').next())?
    });
    asked.collect()
}

#[test]
fn slow_two_sessions_of_a_live_channel_keep_every_rule() {
    two_sessions(Packing::Fmp4);
}

#[test]
fn slow_two_sessions_of_a_live_channel_of_transport_streams_keep_every_rule() {
    two_sessions(Packing::Ts);
}

fn two_sessions(packing: Packing) {
    let (origin, studio) = live(packing, &json!({}));
    let (rules, code) = check(&[
        &studio.url(),
        "--origin",
        &origin.url("/live/index.m3u8"),
        "--sessions",
        "2",
        "--counted",
        "/hls/ad/",
        "--max-break",
        "6s",
        "--every",
        "400ms",
        "--for",
        "18s",
    ]);
    assert_eq!((rules, code), (Vec::new(), 0), "{packing:?}");
    // Two sessions had a break of two ads at least.
    let stats = studio.daemon.admin("GET", "/api/v1/stats", &Value::Null);
    assert!(stats["totals"]["served"].as_u64() >= Some(4), "{stats}");
}

#[test]
fn slow_a_viewer_of_a_live_channel_sees_every_ad_of_three_breaks() {
    let (_origin, studio) = live(Packing::Fmp4, &json!({}));
    let played = Order::play(&studio.url(), 44).switch(20, 0).run();
    assert_eq!(played.faults(), Vec::<String>::new());
    let colours = played.colours(1.5);
    let breaks = colours.iter().filter(|colour| ADS.contains(colour)).count();
    assert!(breaks >= 5, "{:?}", played.seen);
    // Who comes in the middle of a break sees what is under it, once.
    let filler = played.seen.iter().find(|(from, to, rgb)| {
        Colour::of(*rgb) == Colour::White && *from > 18.0 && to - from > 1.0
    });
    assert_eq!(filler, None, "{:?}", played.seen);
    let tokens = tokens(&played).len();
    assert_eq!(studio.impressions(tokens), tokens as u64);
}

#[test]
fn slow_a_film_on_demand_has_its_ads_and_everything_else() {
    film_on_demand(Packing::Fmp4);
}

#[test]
fn slow_a_film_of_transport_streams_has_its_ads_and_everything_else() {
    film_on_demand(Packing::Ts);
}

fn film_on_demand(packing: Packing) {
    let (origin, studio) = on_demand(packing, "stitched");
    let film = origin.url("/media/film/index.m3u8");
    let url = studio.url();
    let (rules, code) = check(&[&url, "--inserted", "--origin", &film, "--every", "100ms"]);
    assert_eq!((rules, code), (Vec::new(), 0));
    let played = Order::play(&url, 30).run();
    assert_eq!(played.faults(), Vec::<String>::new());
    assert!(played.ended, "{played:?}");
    let colours = played.colours(1.5);
    assert_eq!(colours.len(), 4, "{:?}", played.seen);
    assert_eq!((colours[0], colours[3]), (Colour::Blue, Colour::Blue));
    assert!(ADS.iter().all(|ad| colours.contains(ad)), "{colours:?}");
    decodes(&url, packing);
}

/// ffmpeg decodes a stream to its end without a word.
fn decodes(url: &str, packing: Packing) {
    // It joins transport streams whatever EXT-X-DISCONTINUITY says, and then misses packets that
    // were never there, since every encoder counts its own.
    let is_joint = |line: &str| packing == Packing::Ts && line.contains("corrupt input packet");
    let output = Command::new("ffmpeg")
        .args(["-hide_banner", "-v", "error"])
        .args(["-http_persistent", "0", "-i", url])
        .args(["-map", "0:v:0", "-map", "0:a:0", "-f", "null", "-"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let said: Vec<&str> = said.lines().filter(|line| !is_joint(line)).collect();
    assert!(output.status.success() && said.is_empty(), "{said:?}");
}

#[test]
fn slow_a_player_is_guided_to_every_ad_of_a_live_channel() {
    let (_origin, studio) = live(Packing::Fmp4, &json!({"insertion": "guided"}));
    let (rules, code) = check(&[&studio.url(), "--every", "400ms", "--for", "16s"]);
    assert_eq!((rules, code), (Vec::new(), 0));
    let played = Order::play(&studio.url(), 36).run();
    assert_eq!(played.faults(), Vec::<String>::new(), "{played:?}");
    let colours = played.colours(1.5);
    assert!(
        ADS.iter().all(|ad| colours.contains(ad)),
        "{:?}",
        played.seen
    );
}

#[test]
fn slow_a_player_is_guided_to_every_ad_of_a_film() {
    let (_origin, studio) = on_demand(Packing::Fmp4, "guided");
    let (rules, code) = check(&[&studio.url(), "--inserted", "--every", "100ms"]);
    assert_eq!((rules, code), (Vec::new(), 0));
    let played = Order::play(&studio.url(), 30).run();
    assert_eq!(played.faults(), Vec::<String>::new(), "{played:?}");
    assert!(played.ended, "{played:?}");
    let colours = played.colours(1.5);
    assert!(
        ADS.iter().all(|ad| colours.contains(ad)),
        "{:?}",
        played.seen
    );
}
