//! The player of these tests plays what is good and notices what is not.

use serde_json::json;

use crate::support::hls::media::{Colour, Media, Packing};
use crate::support::hls::origin::{Origin, Programme, now_micros};
use crate::support::hls::player::Order;
use adserve::model::Micros;
use adserve::stitch::looped::{BreakPoint, Cues, Plan};

fn vod(packing: Packing) -> Origin {
    let media = Media::make(Colour::Blue, 6, packing);
    Origin::start(Programme::of(vec![("film", media)]))
}

#[test]
fn slow_plain_media_plays_to_its_end_with_a_switch() {
    for packing in [Packing::Fmp4, Packing::Ts] {
        let origin = vod(packing);
        let order = Order::play(&origin.url("/media/film/index.m3u8"), 20);
        let played = order.config(json!({"startLevel": 0})).switch(2, 1).run();
        assert_eq!(played.faults(), Vec::<String>::new(), "{packing:?}");
        assert!(played.ended, "{packing:?}: {played:?}");
        assert_eq!(played.colours(1.0), [Colour::Blue], "{packing:?}");
        assert_eq!(played.levels.last().unwrap().level, 1);
        assert!(played.fragments.iter().any(|one| one.url.contains("/v0/")));
        let odd = played.requests.iter().find(|one| one.status != Some(200));
        assert!(odd.is_none(), "{}", odd.unwrap().url);
    }
}

#[test]
fn slow_a_broken_playlist_is_noticed() {
    let origin = vod(Packing::Fmp4);
    origin.spoil(|path, text| match path {
        "/media/film/v1/index.m3u8" | "/media/film/v0/index.m3u8" => {
            text.replace("3.m4s", "missing.m4s")
        }
        _ => text,
    });
    let url = origin.url("/media/film/index.m3u8");
    let hasty = json!({"fragLoadPolicy": {"default": {
        "maxTimeToFirstByteMs": 5000, "maxLoadTimeMs": 5000, "timeoutRetry": null, "errorRetry": null,
    }}});
    let played = Order::play(&url, 15).config(hasty).run();
    assert!(!played.faults().is_empty(), "{played:?}");
    assert!(
        played
            .errors
            .iter()
            .any(|fault| fault.details == "fragLoadError")
    );
    // Nothing at all is a fault, too.
    origin.spoil(|_, _| "no playlist".to_owned());
    let played = Order::play(&url, 5).run();
    assert!(!played.started && !played.faults().is_empty());
}

/// A channel of two assets with a break between them that returns every 14 seconds.
pub(super) fn channel(packing: Packing, cues: Cues, speed: u32) -> Origin {
    let mut programme = Programme::of(vec![
        ("film", Media::make(Colour::Blue, 4, packing)),
        ("show", Media::make(Colour::Green, 4, packing)),
        ("slate", Media::make(Colour::White, 6, packing)),
    ]);
    programme.speed = speed;
    programme.plan = Some(Plan {
        // Some cycles ago, so that the window is full.
        epoch: now_micros() - 181_000_000,
        assets: vec![programme.asset("film"), programme.asset("show")],
        filler: programme.asset("slate"),
        breaks: vec![BreakPoint {
            asset: 0,
            offset: Micros(u64::MAX),
            length: Micros::from_seconds(6),
        }],
        cues,
        window: Micros::from_seconds(12),
        version: 7,
    });
    Origin::start(programme)
}

#[test]
fn slow_a_channel_made_of_files_plays() {
    for packing in [Packing::Fmp4, Packing::Ts] {
        let origin = channel(packing, Cues::Both, 1);
        let played = Order::play(&origin.url("/live/index.m3u8"), 20)
            .switch(8, 0)
            .run();
        assert_eq!(played.faults(), Vec::<String>::new(), "{packing:?}");
        for colour in [Colour::Blue, Colour::Green, Colour::White] {
            assert!(
                played.colours(2.0).contains(&colour),
                "{packing:?}: {:?}",
                played.seen
            );
        }
    }
}
