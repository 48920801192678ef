//! Real files from ffmpeg, judged by ffprobe: what we find is what it finds.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use adserve::format::media::{Probe, ProbeError, probe};
use adserve::model::Container;
use proptest::prelude::*;
use serde_json::Value;

use super::tools::{ffmpeg, ffprobe};

/// Words that stand for arguments of ffmpeg.
#[rustfmt::skip]
const WORDS: &[(&str, &str)] = &[
    ("PICTURE", "-f lavfi -i testsrc=size=128x72:rate=30:duration=1.5"),
    ("NTSC", "-f lavfi -i testsrc=size=128x72:rate=30000/1001:duration=1.5015"),
    ("ODD", "-f lavfi -i testsrc=size=129x73:rate=24:duration=1"),
    ("SLOW", "-f lavfi -i testsrc=size=64x64:rate=1:duration=3"),
    ("FAST", "-f lavfi -i testsrc=size=64x64:rate=60:duration=1"),
    ("SMALL", "-f lavfi -i color=c=black:size=64x64:rate=10:duration=0.5"),
    ("SOUND", "-f lavfi -i sine=frequency=440:sample_rate=48000:duration=1.5"),
    ("H264", "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 10"),
    ("HEVC", "-c:v libx265 -preset ultrafast -x265-params log-level=none"),
    ("AV1", "-c:v libaom-av1 -cpu-used 8 -usage realtime -b:v 50k -pix_fmt yuv420p"),
    ("VP8", "-c:v libvpx -deadline realtime"),
    ("VP9", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -pix_fmt yuv420p"),
    ("THEORA", "-c:v libtheora -q:v 2"),
    ("AAC", "-c:a aac -b:a 32k"),
    ("OPUS", "-c:a libopus"),
    ("VORBIS", "-c:a libvorbis"),
    ("FRAGMENTS", "-g 2 -movflags frag_keyframe+empty_moov"),
    ("INDEXED", "-movflags dash+frag_keyframe+empty_moov+global_sidx"),
    ("SQUEEZED", "-vf setsar=4/3"),
];

/// Who says how long a file plays.
#[derive(Clone, Copy)]
enum Judge {
    /// The duration that ffprobe states.
    Format,
    /// From the first begin to the last end of its packets: ffprobe states none.
    Packets,
    /// The last end of its packets: ffprobe counts the unheard lead of Opus (RFC 7845 §4.2).
    Heard,
}
use Judge::{Format, Heard, Packets};

/// File name, arguments, codecs (the video's up to what ffprobe does not tell), judge.
type Film = (
    &'static str,
    &'static str,
    (&'static str, &'static str),
    Judge,
);

#[rustfmt::skip]
const FILMS: &[Film] = &[
    ("moov_last.mp4", "PICTURE SOUND H264 AAC", ("avc1.42c0", "mp4a.40.2"), Format),
    ("faststart.mp4", "PICTURE SOUND H264 AAC -movflags +faststart", ("avc1.42c0", "mp4a.40.2"), Format),
    ("fragments.mp4", "PICTURE SOUND H264 AAC FRAGMENTS", ("avc1.42c0", "mp4a.40.2"), Format),
    ("indexed.mp4", "PICTURE SOUND H264 AAC INDEXED", ("avc1.42c0", "mp4a.40.2"), Format),
    ("delayed.mp4", "PICTURE SOUND H264 AAC -movflags frag_keyframe+delay_moov", ("avc1.42c0", "mp4a.40.2"), Format),
    ("offset.mp4", "PICTURE SOUND H264 AAC -output_ts_offset 2", ("avc1.42c0", "mp4a.40.2"), Format),
    ("b_frames.mp4", "PICTURE SOUND -c:v libx264 -bf 3 -pix_fmt yuv420p AAC", ("avc1.6400", "mp4a.40.2"), Format),
    ("quicktime.mov", "PICTURE SOUND H264 AAC", ("avc1.42c0", "mp4a.40.2"), Format),
    ("turned.mov", "PICTURE SOUND H264 AAC -metadata:s:v rotate=90", ("avc1.42c0", "mp4a.40.2"), Format),
    ("upside_down.mp4", "PICTURE SOUND H264 AAC -metadata:s:v rotate=180", ("avc1.42c0", "mp4a.40.2"), Format),
    ("clockwise.mp4", "PICTURE SOUND H264 AAC -metadata:s:v rotate=270", ("avc1.42c0", "mp4a.40.2"), Format),
    ("squeezed.mp4", "PICTURE SOUND H264 AAC SQUEEZED", ("avc1.42c0", "mp4a.40.2"), Format),
    ("pcm.mov", "PICTURE SOUND H264 -c:a pcm_s16le", ("avc1.42c0", "sowt"), Format),
    ("prores.mov", "PICTURE SOUND -c:v prores_ks -profile:v 0 AAC", ("apco", "mp4a.40.2"), Format),
    ("mpeg4.mp4", "PICTURE SOUND -c:v mpeg4 -c:a libmp3lame", ("mp4v.20.", "mp4a.6b"), Format),
    ("dolby.mp4", "PICTURE SOUND H264 -c:a ac3", ("avc1.42c0", "ac-3"), Format),
    ("dolby_plus.mp4", "PICTURE SOUND H264 -c:a eac3", ("avc1.42c0", "ec-3"), Format),
    ("flac.mp4", "PICTURE SOUND H264 -c:a flac -strict -2", ("avc1.42c0", "fLaC"), Format),
    ("silent.mp4", "NTSC H264", ("avc1.42c0", ""), Format),
    ("ntsc.mp4", "NTSC SOUND H264 AAC -shortest", ("avc1.42c0", "mp4a.40.2"), Format),
    ("odd.mp4", "ODD -c:v libx264 -pix_fmt yuv444p", ("avc1.f400", ""), Format),
    ("slow.mp4", "SLOW H264", ("avc1.42c0", ""), Format),
    ("fast.mp4", "FAST H264", ("avc1.42c0", ""), Format),
    ("hevc.mp4", "PICTURE SOUND HEVC -pix_fmt yuv420p -tag:v hvc1 AAC", ("hvc1.1.6.L", "mp4a.40.2"), Format),
    ("hevc_in_band.mp4", "PICTURE SOUND HEVC -pix_fmt yuv420p -tag:v hev1 AAC", ("hev1.1.6.L", "mp4a.40.2"), Format),
    ("hevc_deep.mp4", "ODD HEVC -pix_fmt yuv444p10le", ("hev1.4.", ""), Format),
    ("av1.mp4", "PICTURE SOUND AV1 OPUS", ("av01.0.00M.08", "Opus"), Format),
    ("vp9.mp4", "PICTURE SOUND VP9 OPUS", ("vp09.00.10.08", "Opus"), Format),
    ("vp9.webm", "PICTURE SOUND VP9 OPUS", ("vp9", "opus"), Format),
    ("vp8.webm", "PICTURE SOUND VP8 VORBIS", ("vp8", "vorbis"), Format),
    ("av1.webm", "PICTURE SOUND AV1 OPUS", ("av01.0.00M.08", "opus"), Format),
    ("silent.webm", "NTSC VP8", ("vp8", ""), Format),
    ("fast.webm", "FAST VP8", ("vp8", ""), Format),
    ("squeezed.webm", "PICTURE SOUND VP8 VORBIS SQUEEZED", ("vp8", "vorbis"), Format),
    ("live.webm", "PICTURE SOUND VP9 OPUS -live 1", ("vp9", "opus"), Packets),
    ("clusters.webm", "PICTURE SOUND VP8 VORBIS -cluster_time_limit 200", ("vp8", "vorbis"), Format),
    ("theora.ogv", "PICTURE SOUND THEORA VORBIS", ("theora", "vorbis"), Format),
    ("theora_opus.ogg", "PICTURE SOUND THEORA OPUS", ("theora", "opus"), Heard),
    ("theora_flac.ogg", "PICTURE SOUND THEORA -c:a flac", ("theora", "flac"), Format),
    ("silent.ogv", "NTSC THEORA", ("theora", ""), Format),
    ("squeezed.ogv", "PICTURE SOUND THEORA VORBIS SQUEEZED", ("theora", "vorbis"), Format),
];

/// Makes a file with ffmpeg from arguments in which [`WORDS`] may stand.
fn made(folder: &Path, name: &str, arguments: &str) -> PathBuf {
    let meaning = |word| {
        let known = WORDS.iter().find(|(short, _long)| *short == word);
        known.map_or(word, |(_short, long)| *long)
    };
    let arguments: Vec<&str> = arguments.split(' ').map(meaning).collect();
    let path = folder.join(name);
    ffmpeg(&arguments.join(" "), &path);
    path
}

fn probe_file(path: &Path) -> Result<Probe, ProbeError> {
    probe(fs::File::open(path).unwrap())
}

/// Seconds in a text of ffprobe, as microseconds.
fn micros(value: &Value) -> i64 {
    let text = value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is no time"));
    let (seconds, fraction) = text.split_once('.').unwrap();
    assert_eq!(fraction.len(), 6, "{text}");
    format!("{seconds}{fraction}").parse().unwrap()
}

fn first_start(report: &Value) -> i64 {
    let packets = report["packets"].as_array().unwrap().iter();
    packets
        .map(|packet| micros(&packet["pts_time"]))
        .min()
        .unwrap()
}

fn last_end(report: &Value) -> i64 {
    let packets = report["packets"].as_array().unwrap().iter();
    let end = |packet: &Value| micros(&packet["pts_time"]) + micros(&packet["duration_time"]);
    packets.map(end).max().unwrap()
}

fn stream<'r>(report: &'r Value, kind: &str) -> Option<&'r Value> {
    let mut streams = report["streams"].as_array().unwrap().iter();
    streams.find(|stream| stream["codec_type"] == kind)
}

/// Width and height on a screen: pixels made square, then turned.
fn shown(video: &Value) -> (u32, u32, u16) {
    let side = |name: &str| video[name].as_i64().unwrap();
    let (mut width, height) = (side("width"), side("height"));
    if let Some(aspect) = video["sample_aspect_ratio"].as_str() {
        let (across, down) = aspect.split_once(':').unwrap();
        let (across, down): (i64, i64) = (across.parse().unwrap(), down.parse().unwrap());
        width = (width * across + down / 2) / down;
    }
    // ffprobe tells how far the picture is turned against the clock.
    let turned = video["side_data_list"][0]["rotation"].as_i64().unwrap_or(0);
    let rotation = (-turned).rem_euclid(360);
    let (width, height) = match rotation {
        90 | 270 => (height, width),
        _ => (width, height),
    };
    let (width, height) = (width.try_into().unwrap(), height.try_into().unwrap());
    (width, height, rotation.try_into().unwrap())
}

fn check((name, _, (video_codec, audio_codec), judge): &Film, path: &Path) {
    let found = probe_file(path).unwrap_or_else(|error| panic!("{name}: {error}"));
    let report = ffprobe(path);
    let video = stream(&report, "video").unwrap();
    let duration = match judge {
        Format => micros(&report["format"]["duration"]),
        Packets => last_end(&report) - first_start(&report),
        Heard => last_end(&report),
    };
    let duration = u64::try_from((duration + 500) / 1000).unwrap();
    assert_eq!(found.duration.0, duration, "{name}: duration");
    let size = (found.width, found.height, found.rotation);
    assert_eq!(size, shown(video), "{name}: width, height, rotation");
    let rate = found
        .frame_rate
        .unwrap_or_else(|| panic!("{name}: no frame rate"));
    let rate = format!("{}/{}", rate.numerator, rate.denominator);
    assert_eq!(rate, video["r_frame_rate"], "{name}: frame rate");
    let codec = &found.video_codec;
    assert!(codec.starts_with(video_codec), "{name}: {codec}");
    if let Some(level) = codec.strip_prefix("avc1.") {
        let bytes = u64::from_str_radix(level, 16).unwrap();
        assert_eq!(video["level"], bytes & 0xff, "{name}: {codec}");
    }
    if let Some((_, level)) = codec.split_once(".L") {
        let level = level.split('.').next().unwrap();
        assert_eq!(video["level"].to_string(), level, "{name}: {codec}");
    }
    assert_eq!(
        found.audio_codec.unwrap_or_default(),
        *audio_codec,
        "{name}"
    );
    assert_eq!(stream(&report, "audio").is_some(), !audio_codec.is_empty());
    let container = match path.extension().unwrap().to_str().unwrap() {
        "mp4" => Container::Mp4,
        "mov" => Container::Mov,
        "webm" => Container::Webm,
        _ => Container::Ogg,
    };
    assert_eq!(found.container, container, "{name}");
}

#[test]
fn what_is_found_is_what_ffprobe_finds() {
    let folder = tempfile::tempdir().unwrap();
    for film in FILMS {
        check(film, &made(folder.path(), film.0, film.1));
    }
}

#[test]
fn the_name_of_a_file_says_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = made(folder.path(), "film.mp4", "SMALL H264");
    let renamed = folder.path().join("film.webm");
    fs::rename(path, &renamed).unwrap();
    assert_eq!(probe_file(&renamed).unwrap().container, Container::Mp4);
}

#[test]
fn files_without_video_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    for (name, arguments, answer) in [
        ("sound.mp4", "SOUND AAC", "no video track"),
        ("sound.m4a", "SOUND AAC", "no video track"),
        ("sound.webm", "SOUND OPUS", "no video track"),
        ("sound.ogg", "SOUND VORBIS", "no Theora video"),
        ("sound.mp3", "SOUND -c:a libmp3lame", "MP3"),
        ("film.avi", "SMALL -c:v mpeg4", "AVI"),
        ("film.ts", "SMALL H264", "transport stream"),
        ("film.mkv", "SMALL H264", "Matroska"),
        ("film.flv", "SMALL H264", "Flash"),
        ("still.png", "SMALL -frames:v 1", "PNG"),
        ("still.jpg", "SMALL -frames:v 1", "JPEG"),
    ] {
        let path = made(folder.path(), name, arguments);
        let refusal = probe_file(&path).unwrap_err().to_string();
        assert!(refusal.contains(answer), "{name}: {refusal}");
    }
}

/// Small files of every kind, as bytes.
fn small_films(folder: &Path) -> Vec<(&'static str, Vec<u8>)> {
    let kinds = [
        ("last.mp4", "SMALL H264"),
        ("fragments.mp4", "SMALL H264 FRAGMENTS"),
        ("indexed.mp4", "SMALL H264 INDEXED"),
        ("film.mov", "SMALL H264"),
        ("film.webm", "SMALL VP8"),
        ("live.webm", "SMALL VP8 -live 1"),
        ("film.ogv", "SMALL THEORA"),
    ];
    let mut films = Vec::new();
    for (name, arguments) in kinds {
        let path = made(folder, name, arguments);
        films.push((name, fs::read(path).unwrap()));
    }
    films
}

#[test]
fn a_file_cut_anywhere_is_refused_or_a_whole_shorter_one() {
    let folder = tempfile::tempdir().unwrap();
    for (name, film) in small_films(folder.path()) {
        let whole = probe(Cursor::new(&film)).unwrap();
        let mut accepted = 0;
        for cut in 0..film.len() {
            if let Ok(shorter) = probe(Cursor::new(&film[..cut])) {
                accepted += 1;
                assert!(shorter.duration <= whole.duration, "{name} cut at {cut}");
            }
        }
        // Only between fragments or live blocks, or before the random-access index at the end.
        let streamed = name.starts_with("fragments") || name.starts_with("live");
        let allowed = usize::from(name.starts_with("indexed"));
        assert!(
            streamed || accepted <= allowed,
            "{name}: {accepted} cuts were accepted"
        );
    }
}

#[test]
fn changed_files_never_panic_or_hang() {
    let folder = tempfile::tempdir().unwrap();
    let films = small_films(folder.path());
    let change = (any::<prop::sample::Index>(), any::<u8>());
    let changes = prop::collection::vec(change, 1..16);
    let case = (0..films.len(), changes);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(20_000));
    let outcome = runner.run(&case, |(pick, changes)| {
        let mut film = films[pick].1.clone();
        for (at, byte) in changes {
            let at = at.index(film.len());
            film[at] = byte;
        }
        let _either = probe(Cursor::new(&film));
        Ok(())
    });
    outcome.unwrap();
}
