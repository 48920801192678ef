//! What comes out of jobs that end well.

use std::process::Command;
use std::sync::atomic::{AtomicU8, Ordering};

use super::footage::file;
use super::{SOURCE, Workshop, audio, profile, video};
use crate::media::command::{self, Encoding, Gain, PLAYLIST, Short};
use crate::media::made::{MadeTrack, Packet};
use crate::media::plan::Plan;
use crate::media::verify::{Fault, Found, verify};
use crate::media::{Footage, Made, Order, Shape, Sound};
use crate::model::rendition::{Extension, Packaging, TrackKind};
use crate::model::{Micros, RenditionPiece, StreamProfile};

async fn condition(shop: &Workshop, footage: &Footage, profile: &StreamProfile) -> Made {
    let order = Order {
        footage,
        source: SOURCE,
        profile,
        shape: Shape::Whole,
    };
    let last = AtomicU8::new(0);
    let progress = |percent| {
        let before = last.swap(percent, Ordering::Relaxed);
        assert!(before <= percent && percent <= 100, "{before} {percent}");
    };
    let made = shop.conditioner.condition(order, &progress).await.unwrap();
    assert_eq!(last.load(Ordering::Relaxed), 100);
    check_files(&made, profile);
    made
}

/// Every segment is one file of the size that the set says.
fn check_files(made: &Made, profile: &StreamProfile) {
    let set = &made.set;
    assert_eq!(set.profile, profile.key());
    assert_eq!(set.tracks.len(), profile.tracks.len());
    let mut counted = 0;
    for (track, number) in set.tracks.iter().zip(0_u16..) {
        assert_eq!(track.segments.len(), set.count());
        if track.files != number {
            continue;
        }
        for (segment, place) in track.segments.iter().zip(0..) {
            let piece = RenditionPiece::Segment(place, track.extension);
            let file = made
                .files
                .iter()
                .find(|file| (file.track, file.piece) == (number, piece));
            let bytes = std::fs::read(&file.unwrap().path).unwrap();
            assert_eq!(bytes.len(), segment.bytes as usize);
            assert!(segment.iframe_bytes <= segment.bytes);
            counted += 1;
        }
        let is_init = |file: &&crate::media::MadeFile| {
            (file.track, file.piece) == (number, RenditionPiece::Init)
        };
        let inits = made.files.iter().filter(is_init).count();
        assert_eq!(inits, usize::from(track.has_init()));
        counted += inits;
    }
    assert_eq!(counted, made.files.len());
}

/// The bytes of the first segment of a track, with its initialization section before it.
fn first_segment(made: &Made, track: u16) -> Vec<u8> {
    let of = |wanted: fn(&RenditionPiece) -> bool| {
        let mut files = made.files.iter();
        let file = files.find(|file| file.track == track && wanted(&file.piece));
        file.map(|file| std::fs::read(&file.path).unwrap())
    };
    let init = of(|piece| *piece == RenditionPiece::Init).unwrap_or_default();
    let segment = of(|piece| matches!(piece, RenditionPiece::Segment(0, _))).unwrap();
    [init, segment].concat()
}

#[tokio::test]
async fn a_demuxed_fmp4_channel_gets_equal_segments_in_all_tracks() {
    let shop = Workshop::open();
    let footage = file(shop.clip(3), 3_000, Sound::Present);
    let profile = profile(
        Packaging::Fmp4,
        vec![
            TrackKind::Video(video(320, 180)),
            TrackKind::Video(video(160, 120)),
            TrackKind::Audio(audio()),
            TrackKind::Subtitles,
            TrackKind::IFrames { of: 1 },
        ],
    );
    let made = condition(&shop, &footage, &profile).await;
    let tracks = &made.set.tracks;
    // 90 frames of 1001/30000 s in two equal parts.
    let lengths = [Micros(1_501_500), Micros(1_501_500)];
    for track in [0, 1, 3, 4] {
        let found: Vec<_> = tracks[track]
            .segments
            .iter()
            .map(|one| one.duration)
            .collect();
        assert_eq!(found, lengths, "{track}");
    }
    let sound = tracks[2].duration();
    assert!(sound <= Micros(3_003_000) && sound.distance(Micros(3_003_000)) < Micros(21_334));
    assert!(tracks[1].segments[0].iframe_bytes > 500);
    assert_eq!(tracks[2].segments[0].iframe_bytes, 0);
    assert_eq!(tracks[3].extension, Extension::Vtt);
    assert_eq!((tracks[4].files, tracks[4].extension), (1, Extension::M4s));
    assert!(tracks[4].bandwidth < tracks[1].bandwidth);
    let text = String::from_utf8(first_segment(&made, 3)).unwrap();
    assert_eq!(
        text,
        "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n\n"
    );
    drop(made);
    shop.assert_clean();
}

#[tokio::test]
async fn the_bytes_of_an_iframe_are_a_picture_that_decodes() {
    let shop = Workshop::open();
    let footage = file(shop.clip(2), 2_000, Sound::Present);
    for (packaging, tracks) in [
        (Packaging::Fmp4, vec![TrackKind::Video(video(320, 180))]),
        (
            Packaging::Ts,
            vec![TrackKind::Muxed {
                video: video(320, 180),
                audio: audio(),
            }],
        ),
    ] {
        let made = condition(&shop, &footage, &profile(packaging, tracks)).await;
        let mut bytes = first_segment(&made, 0);
        let segment = made.set.tracks[0].segments[0];
        bytes.truncate(bytes.len() - (segment.bytes - segment.iframe_bytes) as usize);
        let path = shop.files.path().join("iframe");
        std::fs::write(&path, bytes).unwrap();
        let counted = Command::new("ffprobe")
            .args(["-v", "fatal", "-count_frames", "-select_streams", "v:0"])
            .args(["-show_entries", "stream=nb_read_frames", "-of", "csv=p=0"])
            .arg(&path)
            .output()
            .unwrap();
        let counted = String::from_utf8(counted.stdout).unwrap();
        assert_eq!(counted.split_whitespace().next(), Some("1"), "{packaging}");
    }
}

#[tokio::test]
async fn a_muxed_ts_channel_gets_pictures_and_sound_in_one_file() {
    let shop = Workshop::open();
    // 25 frames a second become 29.97, and 44.1 kHz become 48.
    let footage = file(shop.clip(4), 4_000, Sound::Present);
    let muxed = |width, height| TrackKind::Muxed {
        video: video(width, height),
        audio: audio(),
    };
    let profile = profile(Packaging::Ts, vec![muxed(320, 180), muxed(192, 108)]);
    let made = condition(&shop, &footage, &profile).await;
    assert_eq!(made.set.count(), 2);
    assert_eq!(made.set.duration(), Micros(4_004_000));
    assert!(first_segment(&made, 0).starts_with(&[0x47]));
}

#[tokio::test]
async fn a_demuxed_ts_channel_gets_as_many_segments_of_sound_as_of_pictures() {
    let shop = Workshop::open();
    let footage = file(shop.clip(3), 3_000, Sound::Present);
    let tracks = vec![TrackKind::Video(video(320, 180)), TrackKind::Audio(audio())];
    let mut profile = profile(Packaging::Ts, tracks);
    // So that the encoder's last frame would be a segment of its own.
    profile.segment_max = Micros(1_001_000);
    let made = condition(&shop, &footage, &profile).await;
    assert_eq!(made.set.count(), 3);
    assert_eq!(made.set.tracks[1].segments.len(), 3);
}

#[tokio::test]
async fn a_file_without_sound_gets_silence() {
    let shop = Workshop::open();
    let footage = file(shop.silent_clip(2), 2_000, Sound::Absent);
    let tracks = vec![TrackKind::Video(video(320, 180)), TrackKind::Audio(audio())];
    let made = condition(&shop, &footage, &profile(Packaging::Fmp4, tracks)).await;
    assert_eq!(made.set.tracks[1].segments.len(), made.set.count());
}

#[tokio::test]
async fn a_slate_is_made_of_pieces_a_second_apart() {
    let shop = Workshop::open();
    let tracks = vec![TrackKind::Video(video(320, 180)), TrackKind::Audio(audio())];
    let mut profile = profile(Packaging::Fmp4, tracks);
    profile.segment_max = Micros(3_003_000);
    let order = Order {
        footage: &Footage::Blank,
        source: SOURCE,
        profile: &profile,
        shape: Shape::Pieces,
    };
    let made = shop
        .conditioner
        .condition(order, &|_percent| ())
        .await
        .unwrap();
    check_files(&made, &profile);
    let pieces: Vec<_> = made.set.tracks[0]
        .segments
        .iter()
        .map(|piece| piece.duration)
        .collect();
    // 29, 58 and 87 frames of 1001/30000 s.
    assert_eq!(
        pieces,
        [Micros(967_633), Micros(1_935_266), Micros(2_902_900)]
    );
    // Whatever is left open, less than a second stays open.
    let mut room = Micros(7_400_000);
    while let Some(piece) = made.set.piece(room) {
        room = room.minus(made.set.tracks[0].segments[piece].duration);
    }
    assert!(room < Micros(1_000_000), "{room}");
    // A file as a slate: shorter than the longest piece, its last picture stays.
    let footage = file(shop.clip(2), 2_000, Sound::Present);
    let order = Order {
        footage: &footage,
        ..order
    };
    let made = shop
        .conditioner
        .condition(order, &|_percent| ())
        .await
        .unwrap();
    check_files(&made, &profile);
}

/// Encodes two seconds with words of ours changed, and gives what the checks say.
fn verdict(
    shop: &Workshop,
    profile: &StreamProfile,
    change: impl Fn(&str) -> Option<&'static str>,
) -> Result<(), Fault> {
    let footage = file(shop.clip(2), 2_000, Sound::Present);
    let Footage::File { duration, .. } = footage else {
        unreachable!("a clip is a file");
    };
    let folder = tempfile::tempdir().unwrap();
    let plan = Plan::whole(profile, duration).unwrap();
    let gain = Gain {
        hundredths: 0,
        peak_tenths: -10,
    };
    let words = command::encode(&Encoding {
        footage: &footage,
        profile,
        plan,
        gain,
        folder: folder.path(),
        threads: 1,
        short: Short::Bridge,
    });
    let mut changed: Vec<std::ffi::OsString> = Vec::new();
    for word in words {
        let named = changed
            .last()
            .and_then(|name| name.to_str())
            .and_then(&change);
        changed.push(named.map_or(word, Into::into));
    }
    let encoded = Command::new("ffmpeg").args(&changed).output().unwrap();
    assert!(
        encoded.status.success(),
        "{}",
        String::from_utf8_lossy(&encoded.stderr)
    );
    let mut found = Vec::new();
    for track in 0..profile.tracks.len() {
        let playlist = folder.path().join(track.to_string()).join(PLAYLIST);
        let made = MadeTrack::parse(&std::fs::read_to_string(&playlist).unwrap()).unwrap();
        let listed = Command::new("ffprobe")
            .args(command::packets(&playlist))
            .output()
            .unwrap();
        let listed = String::from_utf8(listed.stdout).unwrap();
        found.push(Found {
            track,
            lengths: made
                .segments
                .iter()
                .map(|(_name, length)| *length)
                .collect(),
            packets: Packet::parse_all(&listed).unwrap(),
        });
    }
    verify(profile, &plan, &found)
}

/// Pictures that are shown later than they are decoded leave a hole of 50 to 60 ms where content
/// returns: players then stall. Measured with hls.js; the reason that there are no B-frames.
#[test]
fn the_default_b_frames_of_the_encoder_are_refused() {
    let shop = Workshop::open();
    let demuxed = vec![TrackKind::Video(video(320, 180)), TrackKind::Audio(audio())];
    let muxed = vec![TrackKind::Muxed {
        video: video(320, 180),
        audio: audio(),
    }];
    for profile in [
        profile(Packaging::Fmp4, demuxed.clone()),
        profile(Packaging::Ts, demuxed),
        profile(Packaging::Ts, muxed),
    ] {
        let ours = verdict(&shop, &profile, |_name| None);
        assert_eq!(ours, Ok(()), "{:?}", profile.packaging);
        let theirs = verdict(&shop, &profile, |name| match name {
            "-bf:v:0" => Some("3"),
            "-hls_segment_options" => Some("movflags=+frag_custom+dash+delay_moov"),
            _ => None,
        });
        let late = matches!(theirs, Err(Fault::Start { late, .. }) if late > Micros(33_367));
        assert!(late, "{:?}: {theirs:?}", profile.packaging);
    }
}

#[test]
fn other_groups_of_pictures_than_planned_are_refused() {
    let shop = Workshop::open();
    let mut profile = profile(Packaging::Fmp4, vec![TrackKind::Video(video(320, 180))]);
    profile.segment_max = Micros(1_001_000);
    let refused = verdict(&shop, &profile, |name| match name {
        "-g:v:0" | "-keyint_min:v:0" => Some("25"),
        _ => None,
    });
    assert!(
        matches!(
            refused,
            Err(Fault::Count { .. } | Fault::Length { .. } | Fault::Dependent { .. })
        ),
        "{refused:?}"
    );
}
