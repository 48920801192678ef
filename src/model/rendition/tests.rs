//! Profiles have one text, names and paths come back from theirs.

use proptest::prelude::*;

use super::*;
use crate::model::TenantId;

const FILM: FrameRate = FrameRate {
    numerator: 30_000,
    denominator: 1001,
};

fn video(kbps: u32) -> TrackKind {
    TrackKind::Video(VideoProfile {
        width: 1280,
        height: 720,
        frame_rate: FILM,
        kbps,
        codec: "avc1.64001f".to_owned(),
    })
}

fn profile(tracks: Vec<TrackKind>) -> StreamProfile {
    let tracks = tracks.into_iter().enumerate();
    StreamProfile {
        packaging: Packaging::Fmp4,
        frame_rate: FILM,
        segment_max: Micros(6_006_000),
        tracks: tracks
            .map(|(place, kind)| TrackProfile {
                kind,
                name: format!("track {place}"),
            })
            .collect(),
        loudness: Loudness::EBU,
    }
}

#[test]
fn the_key_is_that_of_a_text_that_does_not_change() {
    let audio = TrackKind::Audio(AudioProfile {
        sample_rate: 48_000,
        channels: 2,
        kbps: 128,
        codec: "mp4a.40.2".to_owned(),
    });
    let profile = profile(vec![video(2500), audio, TrackKind::IFrames { of: 0 }]);
    let text = "conditioning 1 fmp4 30000/1001 6006000us -230 -10\n\
                video 1280x720 30000/1001 2500k avc1.64001f\n\
                audio 48000Hz 2ch 128k mp4a.40.2\n\
                iframes 0\n";
    assert_eq!(profile.canonical(), text);
    // The keys of objects depend on it: change `CONDITIONING` with it.
    assert_eq!(profile.key().to_string().len(), 16);
    assert_eq!(profile.key().to_string().parse(), Ok(profile.key()));
}

#[test]
fn names_make_no_other_profile_and_anything_else_does() {
    let one = profile(vec![video(2500)]);
    let mut renamed = one.clone();
    renamed.tracks[0].name = "main".to_owned();
    assert_eq!(one.key(), renamed.key());
    let mut longer = one.clone();
    longer.segment_max = Micros(6_000_000);
    for other in [profile(vec![video(2501)]), profile(vec![]), longer] {
        assert_ne!(one.key(), other.key());
    }
}

#[test]
fn a_profile_comes_back_from_json() {
    let profile = profile(vec![video(2500), TrackKind::Subtitles]);
    let json = serde_json::to_string(&profile).unwrap();
    assert_eq!(
        serde_json::from_str::<StreamProfile>(&json).unwrap(),
        profile
    );
}

#[test]
fn a_second_of_film_has_29_frames() {
    assert_eq!(FILM.frames_in(Micros(1_000_000)), 29);
    assert_eq!(FILM.frames_in(Micros(1_001_000)), 30);
    assert_eq!(FILM.micros_of(150), Micros(5_005_000));
}

#[test]
fn a_slate_gives_its_longest_piece_that_fits() {
    let piece = |millis: u64| TrackSegment {
        duration: Micros(millis * 1000),
        bytes: 1,
        iframe_bytes: 1,
    };
    let set = RenditionSet {
        profile: ProfileKey([7; 8]),
        source: SourceHash([9; 32]),
        tracks: vec![Track {
            segments: vec![piece(960), piece(1920), piece(2880)],
            files: 0,
            extension: Extension::Ts,
            bandwidth: 1,
        }],
    };
    assert_eq!(set.piece(Micros(959_999)), None);
    assert_eq!(set.piece(Micros(960_000)), Some(0));
    assert_eq!(set.piece(Micros(2_000_000)), Some(1));
    assert_eq!(set.piece(Micros(60_000_000)), Some(2));
}

#[test]
fn tricks_are_no_files() {
    let (source, profile) = ("ab".repeat(32), "0123456789abcdef");
    for path in [
        String::new(),
        format!("renditions/ten_1/{source}/{profile}/0"),
        format!("renditions/ten_1/{source}/{profile}/0/"),
        format!("renditions/ten_1/{source}/{profile}/0/init.m4s"),
        format!("renditions/ten_1/{source}/{profile}/00/0.m4s"),
        format!("renditions/ten_1/{source}/{profile}/+0/0.m4s"),
        format!("renditions/ten_1/{source}/{profile}/0/00.m4s"),
        format!("renditions/ten_1/{source}/{profile}/0/0.m4s/"),
        format!("renditions/ten_1/{source}/{profile}/../0/0.m4s"),
        format!(
            "renditions/ten_1/{source}/{}/0/0.m4s",
            profile.to_uppercase()
        ),
        format!("renditions/../{source}/{profile}/0/0.m4s"),
        format!("/renditions/ten_1/{source}/{profile}/0/0.m4s"),
    ] {
        assert_eq!(RenditionFile::parse_blob_path(&path), None, "{path}");
    }
}

proptest! {
    #[test]
    fn every_file_comes_back_from_its_paths(
        tenant: u32, source: [u8; 32], profile: [u8; 8], track: u16, number: u32, pick in 0_usize..4,
    ) {
        let place = RenditionPlace {
            tenant: TenantId::new(tenant),
            source: SourceHash(source),
            profile: ProfileKey(profile),
        };
        let piece = match Extension::ALL.get(pick) {
            Some(&extension) => RenditionPiece::Segment(number, extension),
            None => RenditionPiece::Init,
        };
        let file = RenditionFile { place, track, piece };
        prop_assert_eq!(RenditionFile::parse_blob_path(&file.blob_path()), Some(file));
        prop_assert_eq!(RenditionFile::parse_url_path(&file.url_path()), Some(file));
    }

    #[test]
    fn frames_and_time_agree(frames in 0_u64..1_000_000, numerator in 1_u32..120_000) {
        let rate = FrameRate { numerator, denominator: 1001 };
        let time = rate.micros_of(frames);
        prop_assert!(rate.frames_in(time) <= frames);
        prop_assert!(rate.frames_in(Micros(time.0 + 1)) >= frames);
    }
}
