//! What is learned of streams, from playlists alone and with a segment.

use super::*;

fn seen(name: &str, role: SeenRole) -> SeenPlaylist {
    SeenPlaylist {
        name: name.to_owned(),
        role,
        target: 6,
        longest: Micros(6_006_000),
        packaging: Packaging::Fmp4,
        segment: None,
    }
}

fn variant(codecs: &str, (width, height): (u32, u32), bandwidth: u64) -> SeenVariant {
    SeenVariant {
        codecs: Some(codecs.to_owned()),
        resolution: Some((width, height)),
        frame_rate_milli: Some(29_970),
        bandwidth,
        sound: SeenSound::Apart,
    }
}

#[test]
fn a_demuxed_channel_is_learned_from_its_playlists_alone() {
    let codecs = "avc1.64001f,mp4a.40.2";
    let mut fast = variant(codecs, (1280, 720), 5_234_567);
    fast.frame_rate_milli = Some(59_940);
    let profile = learn(
        &[
            seen("720p", SeenRole::Variant(fast)),
            seen(
                "360p",
                SeenRole::Variant(variant(codecs, (640, 360), 900_000)),
            ),
            seen(
                "audio en",
                SeenRole::Audio {
                    channels: Some("6".to_owned()),
                    codec: Some("ec-3".to_owned()),
                },
            ),
            seen("text", SeenRole::Subtitles),
            seen(
                "trick",
                SeenRole::IFrames {
                    resolution: Some((640, 360)),
                },
            ),
        ],
        Loudness::EBU,
    )
    .unwrap();
    assert_eq!(
        profile.canonical(),
        "conditioning 1 fmp4 30000/1001 6000000us -230 -10\n\
         video 1280x720 60000/1001 5200k avc1.64001f\n\
         video 640x360 30000/1001 900k avc1.64001f\n\
         audio 48000Hz 6ch 384k ec-3\n\
         subtitles\n\
         iframes 1\n"
    );
}

#[test]
fn what_playlists_do_not_say_is_told_by_a_segment() {
    let mut only = seen(
        "main",
        SeenRole::Variant(SeenVariant {
            bandwidth: 800_000,
            ..SeenVariant::default()
        }),
    );
    only.packaging = Packaging::Ts;
    only.longest = Micros(4_000_000);
    let alone = learn(std::slice::from_ref(&only), Loudness::EBU);
    assert!(
        matches!(alone, Err(LearnError::Unknown { .. })),
        "{alone:?}"
    );
    only.segment = Some(SeenSegment {
        video: Some(SeenVideo {
            width: 427,
            height: 240,
            frame_rate: Some(FrameRate {
                numerator: 25,
                denominator: 1,
            }),
            codec: Some("avc1.4d401e".to_owned()),
        }),
        audio: Some(SeenAudio {
            sample_rate: 44_100,
            channels: 2,
            codec: Some("mp4a.40.5".to_owned()),
        }),
    });
    let profile = learn(&[only], Loudness::ATSC).unwrap();
    assert_eq!(
        profile.canonical(),
        "conditioning 1 ts 25/1 4000000us -240 -20\n\
         muxed 428x240 25/1 670k avc1.4d401e 44100Hz 2ch 128k mp4a.40.2\n"
    );
}

#[test]
fn what_ads_cannot_be_is_refused() {
    let strange = variant("vp09.00.10.08,mp4a.40.2", (640, 360), 900_000);
    let refused = learn(&[seen("x", SeenRole::Variant(strange))], Loudness::EBU);
    assert!(
        matches!(refused, Err(LearnError::Codec { .. })),
        "{refused:?}"
    );
    let mut other = seen(
        "b",
        SeenRole::Variant(variant("avc1.64001f", (640, 360), 1)),
    );
    other.packaging = Packaging::Ts;
    let first = seen(
        "a",
        SeenRole::Variant(variant("avc1.64001f", (640, 360), 1)),
    );
    assert_eq!(
        learn(&[first, other], Loudness::EBU),
        Err(LearnError::Mixed)
    );
    assert_eq!(
        learn(&[seen("t", SeenRole::Subtitles)], Loudness::EBU),
        Err(LearnError::Nothing)
    );
}

#[test]
fn rates_are_those_of_cameras() {
    let rates = [
        23_976, 23_980, 24_000, 25_000, 29_970, 30_000, 50_000, 59_940, 60_000,
    ];
    let told: Vec<_> = rates
        .into_iter()
        .map(|milli| rate_of(milli).map(|rate| (rate.numerator, rate.denominator)))
        .collect();
    let of = |numerator, denominator| Some((numerator, denominator));
    assert_eq!(
        told,
        [
            of(24_000, 1_001),
            of(24_000, 1_001),
            of(24, 1),
            of(25, 1),
            of(30_000, 1_001),
            of(30, 1),
            of(50, 1),
            of(60_000, 1_001),
            of(60, 1),
        ]
    );
    assert_eq!(rate_of(0), None);
    assert_eq!(rate_of(12_345), None);
}

#[test]
fn a_rate_that_does_not_fit_becomes_the_slowest() {
    let with_rate = |milli| {
        let mut variant = variant("avc1.64001f", (640, 360), 900_000);
        variant.frame_rate_milli = Some(milli);
        seen("x", SeenRole::Variant(variant))
    };
    let profile = learn(&[with_rate(30_000), with_rate(24_000)], Loudness::EBU).unwrap();
    let rates = profile.tracks.iter().filter_map(|track| track.kind.video());
    let rates: Vec<_> = rates.map(|video| video.frame_rate.numerator).collect();
    assert_eq!(rates, [24, 24]);
}
