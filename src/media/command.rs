//! The words that ffmpeg and ffprobe are called with. Pure.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::filter::filters;
use super::plan::{Plan, times};
use crate::model::creative::FrameRate;
use crate::model::rendition::{AudioProfile, Packaging, TrackKind, VideoProfile};
use crate::model::{Container, Millis, StreamProfile};

/// What is conditioned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Footage {
    /// A file.
    File {
        /// Where it is.
        path: PathBuf,
        /// The format that its bytes tell.
        container: Container,
        /// How long it plays.
        duration: Millis,
        /// Whether it has sound.
        sound: Sound,
    },
    /// Nothing: black pictures and silence.
    Blank,
}

/// Whether a file has sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sound {
    /// It has.
    Present,
    /// It has none, and gets silence.
    Absent,
}

/// What is done to the sound: a gain, and a limit that no peak passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gain {
    /// In hundredths of a decibel.
    pub(super) hundredths: i32,
    /// In tenths of dBFS.
    pub(super) peak_tenths: i16,
}

/// One run of the encoder.
#[derive(Debug, Clone, Copy)]
pub(super) struct Encoding<'a> {
    /// What is encoded.
    pub(super) footage: &'a Footage,
    /// What it must fit.
    pub(super) profile: &'a StreamProfile,
    /// How it is cut.
    pub(super) plan: Plan,
    /// What is done to its sound.
    pub(super) gain: Gain,
    /// The folder that one folder for each track is made in.
    pub(super) folder: &'a Path,
    /// Threads that encode.
    pub(super) threads: u8,
    /// What is done when the pictures end too soon.
    pub(super) short: Short,
}

/// What is done when the pictures of a file end before its stated duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Short {
    /// The last one stays for half a second at most, as far as a file may be off what it states;
    /// the count of pictures tells of one that was cut short.
    Bridge,
    /// The last one stays: a slate goes on as long as it must.
    Hold,
}

/// Words that are added one after the other.
#[derive(Debug, Default)]
struct Words(Vec<OsString>);

impl Words {
    fn add<const N: usize>(&mut self, words: [&str; N]) {
        self.0.extend(words.iter().map(OsString::from));
    }

    fn pair(&mut self, name: impl Into<OsString>, value: impl Into<OsString>) {
        self.0.push(name.into());
        self.0.push(value.into());
    }
}

/// The format is named and no protocol but files is let in: a file that claims to be a playlist
/// or a list of other files must not make ffmpeg read them.
fn open(words: &mut Words, path: &Path, container: Container) {
    let format = match container {
        Container::Mp4 | Container::Mov => "mov",
        Container::Webm => "matroska",
        Container::Ogg => "ogg",
    };
    words.add(["-protocol_whitelist", "file,pipe", "-f", format]);
    words.pair("-i", file_url(path));
}

fn file_url(path: &Path) -> OsString {
    let mut url = OsString::from("file:");
    url.push(path);
    url
}

/// Measures how loud a file is; the answer is the JSON at the end of the errors.
pub(super) fn measure(path: &Path, container: Container, duration: Millis) -> Vec<OsString> {
    let mut words = Words::default();
    words.add(["-hide_banner", "-nostdin", "-nostats", "-v", "info"]);
    open(&mut words, path, container);
    finish_measure(&mut words, duration);
    words.0
}

/// Measures how loud a track is that was made.
pub(super) fn measure_made(playlist: &Path, duration: Millis) -> Vec<OsString> {
    let mut words = Words::default();
    words.add(["-hide_banner", "-nostdin", "-nostats", "-v", "info"]);
    words.add(["-protocol_whitelist", "file,pipe", "-f", "hls"]);
    words.pair("-i", file_url(playlist));
    finish_measure(&mut words, duration);
    words.0
}

fn finish_measure(words: &mut Words, duration: Millis) {
    words.add(["-map", "0:a:0", "-vn", "-sn", "-dn", "-t"]);
    words.0.push(seconds(duration).into());
    words.add(["-af", "loudnorm=print_format=json", "-f", "null", "-"]);
}

/// Lists every packet of a track that was made.
pub(super) fn packets(playlist: &Path) -> Vec<OsString> {
    let mut words = Words::default();
    words.add(["-v", "error", "-protocol_whitelist", "file,pipe"]);
    words.add(["-f", "hls", "-of", "csv=p=0:nk=1", "-show_entries"]);
    words.add(["packet=codec_type,pts_time,dts_time,flags"]);
    words.0.push(file_url(playlist));
    words.0
}

/// Describes the streams of a segment.
pub(super) fn look(segment: &Path) -> Vec<OsString> {
    let mut words = Words::default();
    words.add(["-v", "error", "-protocol_whitelist", "file,pipe"]);
    words.add(["-of", "json", "-show_streams"]);
    words.0.push(file_url(segment));
    words.0
}

fn seconds(duration: Millis) -> String {
    format!("{}.{:03}", duration.0 / 1000, duration.0 % 1000)
}

/// Encodes and packs every track of the profile that has files of its own and is not text.
pub(super) fn encode(encoding: &Encoding<'_>) -> Vec<OsString> {
    let mut words = Words::default();
    words.add(["-hide_banner", "-nostdin", "-nostats", "-y", "-v", "error"]);
    words.add(["-progress", "pipe:1"]);
    add_inputs(&mut words, encoding);
    words.pair("-filter_complex", filters(encoding));
    add_maps(&mut words, encoding);
    add_encoders(&mut words, encoding);
    words.add(["-map_metadata", "-1", "-map_chapters", "-1"]);
    add_packaging(&mut words, encoding);
    words.0
}

fn add_inputs(words: &mut Words, encoding: &Encoding<'_>) {
    match encoding.footage {
        Footage::File {
            path, container, ..
        } => open(words, path, *container),
        Footage::Blank => {
            let rate = rate_text(encoding.profile.frame_rate);
            let (width, height) = sides(encoding.profile);
            words.add(["-f", "lavfi", "-i"]);
            let picture = format!("color=c=black:s={width}x{height}:r={rate}");
            words.0.push(picture.into());
        }
    }
    if !has_sound(encoding.footage) {
        words.add(["-f", "lavfi", "-i", "anullsrc=r=48000:cl=stereo"]);
    }
}

/// The largest pictures of a profile; any will do when it has none.
fn sides(profile: &StreamProfile) -> (u32, u32) {
    let videos = profile.tracks.iter().filter_map(|track| track.kind.video());
    let sides = videos.map(|video| (video.width, video.height));
    sides.max().unwrap_or((320, 180))
}

pub(super) const fn has_sound(footage: &Footage) -> bool {
    matches!(
        footage,
        Footage::File {
            sound: Sound::Present,
            ..
        }
    )
}

pub(super) fn rate_text(rate: FrameRate) -> String {
    format!("{}/{}", rate.numerator, rate.denominator)
}

pub(super) fn videos(profile: &StreamProfile) -> impl Iterator<Item = &VideoProfile> {
    profile.tracks.iter().filter_map(|track| track.kind.video())
}

pub(super) fn audios(profile: &StreamProfile) -> impl Iterator<Item = &AudioProfile> {
    profile.tracks.iter().filter_map(|track| track.kind.audio())
}

fn add_maps(words: &mut Words, encoding: &Encoding<'_>) {
    let (videos, audios) = (
        videos(encoding.profile).count(),
        audios(encoding.profile).count(),
    );
    for place in 0..videos {
        words.pair("-map", format!("[v{place}]"));
    }
    for place in 0..audios {
        words.pair("-map", format!("[a{place}]"));
    }
}

fn add_encoders(words: &mut Words, encoding: &Encoding<'_>) {
    let profile = encoding.profile;
    for (video, place) in videos(profile).zip(0..) {
        add_video(words, encoding, (video, place));
    }
    for (audio, place) in audios(profile).zip(0..) {
        let encoder = match audio.codec.as_str() {
            codec if codec.starts_with("ac-3") => "ac3",
            codec if codec.starts_with("ec-3") => "eac3",
            _ => "aac",
        };
        words.pair(format!("-c:a:{place}"), encoder);
        words.pair(format!("-b:a:{place}"), format!("{}k", audio.kbps));
        if encoder == "aac" {
            // The first packet primes the decoder and would begin before the first picture.
            words.pair(format!("-bsf:a:{place}"), "noise=drop=not(n)");
        }
    }
}

/// A picture that refers to later ones is shown after it was decoded, which opens a hole where
/// the ad is spliced in: there are none of them.
fn add_video(words: &mut Words, encoding: &Encoding<'_>, (video, place): (&VideoProfile, usize)) {
    let base = encoding.profile.frame_rate;
    let group = encoding.plan.segment_frames * times(video.frame_rate, base).unwrap_or(1);
    let of = |name: &str| format!("-{name}:v:{place}");
    let kbps = video.kbps;
    if video.codec.starts_with("hvc1") || video.codec.starts_with("hev1") {
        words.pair(of("c"), "libx265");
        words.pair(of("tag"), video.codec.chars().take(4).collect::<String>());
        let threads = encoding.threads;
        let fixed = format!(
            "log-level=error:bframes=0:keyint={group}:min-keyint={group}:scenecut=0:open-gop=0:\
             pools={threads}"
        );
        words.pair(of("x265-params"), fixed);
    } else {
        words.pair(of("c"), "libx264");
        let (named, level) = avc(&video.codec);
        words.pair(of("profile"), named);
        if let Some(level) = level {
            words.pair(of("level"), level);
        }
        words.pair(of("bf"), "0");
        words.pair(of("g"), group.to_string());
        words.pair(of("keyint_min"), group.to_string());
        words.pair(of("sc_threshold"), "0");
        words.pair(of("threads"), encoding.threads.to_string());
    }
    words.pair(of("preset"), "veryfast");
    words.pair(of("b"), format!("{kbps}k"));
    words.pair(
        of("maxrate"),
        format!("{}k", kbps.saturating_mul(107) / 100),
    );
    words.pair(of("bufsize"), format!("{}k", kbps.saturating_mul(3) / 2));
}

/// Profile and level of `avc1.PPCCLL` (RFC 6381 §3.3): the encoder's names for them.
fn avc(codec: &str) -> (&'static str, Option<String>) {
    let digits = codec.split_once('.').map_or("", |(_name, digits)| digits);
    let byte = |range| {
        let digits = digits.get(range)?;
        u8::from_str_radix(digits, 16).ok()
    };
    let profile = match byte(0..2) {
        Some(0x42) => "baseline",
        Some(0x4d) => "main",
        _ => "high",
    };
    let level = byte(4..6).filter(|level| (10..=62).contains(level));
    (
        profile,
        level.map(|level| format!("{}.{}", level / 10, level % 10)),
    )
}

fn add_packaging(words: &mut Words, encoding: &Encoding<'_>) {
    let length = encoding.plan.length(encoding.profile, 0);
    words.add([
        "-f",
        "hls",
        "-hls_playlist_type",
        "vod",
        "-hls_list_size",
        "0",
    ]);
    words.pair("-hls_time", length.to_string());
    words.add(["-hls_flags", "independent_segments"]);
    words.pair("-var_stream_map", stream_map(encoding.profile));
    let name = match encoding.profile.packaging {
        Packaging::Ts => {
            words.add(["-hls_segment_type", "mpegts"]);
            "%d.ts"
        }
        Packaging::Fmp4 => {
            words.add(["-hls_segment_type", "fmp4"]);
            words.add(["-hls_segment_options"]);
            words.add(["movflags=+negative_cts_offsets+frag_custom+dash+delay_moov"]);
            "%d.m4s"
        }
    };
    let of_track = encoding.folder.join("%v");
    words.pair("-hls_segment_filename", of_track.join(name));
    words.0.push(of_track.join(PLAYLIST).into());
}

/// The name of the playlist of each track.
pub(super) const PLAYLIST: &str = "index.m3u8";

/// Which streams each track has, in the order of the profile: `v:0,a:0 v:1,a:1 a:2`.
fn stream_map(profile: &StreamProfile) -> String {
    let (mut video, mut audio) = (0, 0);
    let mut entries = Vec::new();
    for track in &profile.tracks {
        let mut streams = Vec::new();
        if track.kind.video().is_some() {
            streams.push(format!("v:{video}"));
            video += 1;
        }
        if track.kind.audio().is_some() {
            streams.push(format!("a:{audio}"));
            audio += 1;
        }
        if !streams.is_empty() {
            entries.push(streams.join(","));
        }
    }
    entries.join(" ")
}

/// The folder of a track that the encoder makes: it counts only those that it was given.
pub(super) fn folder_of(profile: &StreamProfile, track: usize) -> Option<usize> {
    let encoded = |kind: &TrackKind| kind.video().is_some() || kind.audio().is_some();
    let kind = &profile.tracks.get(track)?.kind;
    let before = profile.tracks.iter().take(track);
    encoded(kind).then(|| before.filter(|track| encoded(&track.kind)).count())
}
