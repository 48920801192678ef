//! Any channel of any assets, watched by the checker of histories for hours of its own time.

use proptest::prelude::*;

use super::*;
use crate::format::hls::history::{History, Rules, Sight, Source};
use crate::model::Timestamp;

/// 2026-11-20T12:00:00Z in microseconds.
const EPOCH: i64 = 1_795_176_000_000_000;

/// One asset of which rendition 1 has the boundaries of rendition 0, give or take a frame of audio.
fn asset(name: &str, durations: &[u64]) -> Asset {
    let piece = |rendition: usize, index: usize, micros: u64| Piece {
        duration: Micros(micros),
        lines: format!(
            "#EXTINF:{},\nhttp://files/{name}/{rendition}/{index}.m4s\n",
            Micros(micros)
        ),
        scope: format!("#EXT-X-MAP:URI=\"http://files/{name}/{rendition}/init.mp4\"\n"),
    };
    let video = durations.iter().enumerate();
    let video = video.map(|(index, micros)| piece(0, index, *micros));
    // Audio ends within a frame of video, now before it and now after it.
    let audio = durations.iter().enumerate().map(|(index, micros)| {
        let frame = if index % 2 == 0 { 10_000 } else { 0 };
        piece(1, index, micros + frame - 5_000)
    });
    Asset {
        tracks: vec![video.collect(), audio.collect()],
    }
}

fn plan() -> Plan {
    Plan {
        epoch: EPOCH,
        assets: vec![
            asset("film", &[4_000_000; 12]),
            asset("show", &[3_003_000; 9]),
        ],
        filler: asset("slate", &[2_000_000; 5]),
        breaks: vec![
            BreakPoint {
                asset: 0,
                offset: Micros(17_000_000),
                length: Micros(12_500_000),
            },
            BreakPoint {
                asset: 1,
                offset: Micros(u64::MAX),
                length: Micros(20_000_000),
            },
        ],
        cues: Cues::Both,
        window: Micros(30_000_000),
        version: 6,
    }
}

fn text(channel: &Channel, rendition: usize, now: i64) -> String {
    let mut text = String::new();
    assert!(channel.write(rendition, now, &mut text));
    text
}

/// Watches a channel from some time on, every so often, and says what is wrong with it.
fn watch(channel: &Channel, from: i64, looks: i64, every: i64) -> Vec<String> {
    let mut history = History::new(Rules::default());
    for look in 0..looks {
        let now = from + look * every;
        for rendition in 0..channel.renditions() {
            history.see(&Sight {
                at: Timestamp::from_millis(now / 1000),
                source: Source::Origin,
                rendition: &rendition.to_string(),
                url: "http://edge/index.m3u8",
                text: &text(channel, rendition, now),
            });
        }
    }
    let found = history.findings().iter();
    found.map(ToString::to_string).collect()
}

#[test]
fn a_channel_is_laid_out_as_planned() {
    let channel = Channel::new(plan()).unwrap();
    // 48 s and 27.027 s of content, a break of six and one of ten segments of filler.
    assert_eq!(
        channel.length(),
        Micros(48_000_000 + 27_027_000 + 12_000_000 + 20_000_000)
    );
    assert_eq!(channel.target(), 5, "audio of 4.005 s, rounded up");
    // The offset of 17 s is nearest to the boundary at 16 s.
    let at = EPOCH + 30_000_000;
    holds(
        &text(&channel, 0, at),
        &[
            "#EXT-X-MEDIA-SEQUENCE:0",
            "#EXT-X-DISCONTINUITY-SEQUENCE:0",
            "#EXT-X-CUE-OUT:12",
            "#EXT-X-CUE-OUT-CONT:2/12",
            "#EXT-X-CUE-OUT-CONT:10/12",
            "#EXT-X-DATERANGE:ID=\"break-0\",START-DATE=\"2026-11-20T12:00:16.000000Z\",DURATION=12,SCTE35-OUT=0xFC302000000000000000FFF00F05000000007FFFFE00107AC0",
        ],
    );
    holds(&text(&channel, 0, at + 2_000_000), &["#EXT-X-CUE-IN"]);
    // In the third cycle the break has another number, and the same length.
    let later = at + 2 * i64::try_from(channel.length().0).unwrap();
    holds(
        &text(&channel, 0, later),
        &["#EXT-X-CUE-OUT:12", "ID=\"break-4\""],
    );
}

/// Each part must be somewhere in the text, in this order or any other.
fn holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
}

#[test]
fn a_day_of_a_channel_breaks_no_rule() {
    let channel = Channel::new(plan()).unwrap();
    for from in [EPOCH - 5_000_000, EPOCH + 86_400_000_000] {
        let found = watch(&channel, from, 400, 1_700_000);
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

#[test]
fn nothing_is_listed_before_the_epoch() {
    let channel = Channel::new(plan()).unwrap();
    let text = text(&channel, 0, EPOCH - 1);
    assert!(text.contains("MEDIA-SEQUENCE:0\n") && !text.contains("#EXTINF"));
    let mut nothing = String::new();
    assert!(!channel.write(2, EPOCH, &mut nothing));
}

#[test]
fn clear_assets_after_encrypted_ones_say_so() {
    let mut plan = plan();
    for piece in plan.assets[0].tracks.iter_mut().flatten() {
        let map = piece.scope.clone();
        piece.scope = format!("#EXT-X-KEY:METHOD=AES-128,URI=\"http://keys/1\",IV=0x01\n{map}");
    }
    let channel = Channel::new(plan).unwrap();
    let found = watch(&channel, EPOCH, 200, 2_000_000);
    assert!(found.is_empty(), "{}", found.join("\n"));
    let text = text(&channel, 0, EPOCH + 30_000_000);
    assert!(text.contains("#EXT-X-KEY:METHOD=NONE\n#EXT-X-MAP:URI=\"http://files/slate"));
}

#[test]
fn what_cannot_be_played_is_refused() {
    let check = |spoil: fn(&mut Plan), expected: &LoopError| {
        let mut plan = plan();
        spoil(&mut plan);
        assert_eq!(&Channel::new(plan).unwrap_err(), expected);
    };
    check(|plan| plan.assets.clear(), &LoopError::Empty);
    check(
        |plan| {
            plan.filler.tracks.pop();
        },
        &LoopError::Renditions {
            asset: 2,
            found: 1,
            expected: 2,
        },
    );
    check(
        |plan| plan.assets[1].tracks[1].clear(),
        &LoopError::NoTime {
            asset: 1,
            rendition: 1,
        },
    );
    check(
        |plan| plan.breaks[0].asset = 2,
        &LoopError::Nowhere {
            asset: 2,
            assets: 2,
        },
    );
    check(
        |plan| {
            let track = &mut plan.assets[0].tracks[1];
            track.truncate(1);
        },
        &LoopError::Coarse {
            asset: 0,
            rendition: 1,
        },
    );
    check(
        |plan| {
            for piece in plan.filler.tracks.iter_mut().flatten() {
                piece.scope.clear();
            }
        },
        &LoopError::Mixed { asset: 2 },
    );
    check(
        |plan| plan.breaks[0].length = Micros(u64::MAX),
        &LoopError::TooMany,
    );
    check(
        |plan| plan.window = Micros(10_000_000),
        &LoopError::Window {
            window: Micros(10_000_000),
            needed: Micros(20_000_000),
        },
    );
}

fn durations() -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(1_000_000_u64..6_000_000, 1..14)
}

fn point() -> impl Strategy<Value = BreakPoint> {
    (0_usize..3, 0_u64..60_000_000, 0_u64..40_000_000).prop_map(|(asset, offset, length)| {
        BreakPoint {
            asset,
            offset: Micros(offset),
            length: Micros(length),
        }
    })
}

fn any_plan() -> impl Strategy<Value = Plan> {
    let cues = prop::sample::select(vec![Cues::Tags, Cues::Ranges, Cues::Both, Cues::Silent]);
    let assets = prop::collection::vec(durations(), 1..4);
    let points = prop::collection::vec(point(), 0..5);
    (assets, durations(), points, cues, 30_u64..90).prop_map(
        |(assets, filler, mut breaks, cues, window)| {
            for point in &mut breaks {
                point.asset %= assets.len();
            }
            let named = assets.iter().enumerate();
            Plan {
                epoch: EPOCH,
                assets: named
                    .map(|(index, durations)| asset(&format!("a{index}"), durations))
                    .collect(),
                filler: asset("slate", &filler),
                breaks,
                cues,
                window: Micros::from_seconds(window),
                version: 6,
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn every_channel_keeps_every_rule(
        plan in any_plan(),
        start in 0_i64..2_000_000_000,
        every in 400_000_i64..5_000_000,
    ) {
        let channel = Channel::new(plan).unwrap();
        let found = watch(&channel, EPOCH + start, 80, every);
        prop_assert!(found.is_empty(), "{}", found.join("\n"));
    }

    #[test]
    fn every_break_is_as_long_as_its_nearest_whole_number_of_segments(plan in any_plan()) {
        let half = plan.filler.tracks[0].iter().map(|piece| piece.duration.0).max().unwrap() / 2;
        let first = plan.filler.tracks[0][0].duration.0;
        let breaks = plan.breaks.clone();
        let channel = Channel::new(plan).unwrap();
        let mut wanted: Vec<BreakPoint> = breaks;
        wanted.sort();
        for (laid, point) in channel.cycle.breaks.iter().zip(&wanted) {
            let wanted = point.length.0.max(first / 2);
            let off = laid.length.abs_diff(wanted);
            prop_assert!(off <= half || laid.length == first, "{} for {wanted}", laid.length);
        }
    }
}
