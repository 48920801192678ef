//! Renditions: what a stream is made of, and a creative made to fit it.

mod file;
mod name;
mod set;
#[cfg(test)]
mod tests;

pub use file::{RenditionFile, RenditionPiece, RenditionPlace};
pub use name::{HexError, ProfileKey, SourceHash};
pub use set::{Extension, RenditionSet, RenditionStatus, Track, TrackSegment};

use std::fmt;

use sha2::{Digest as _, Sha256};

use super::Micros;
use super::creative::FrameRate;
use super::word::words;

/// How the segments of a stream are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Packaging {
    /// MPEG-2 transport stream (RFC 8216bis §3.1.1).
    Ts,
    /// Fragmented MP4 (RFC 8216bis §3.1.2): segments need the track's initialization section.
    Fmp4,
}
words!(Packaging {
    Ts = "ts",
    Fmp4 = "fmp4"
});

/// The pictures of a track.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct VideoProfile {
    /// Pixels, even.
    pub width: u32,
    /// Pixels, even.
    pub height: u32,
    /// Frames a second; a whole multiple of the profile's.
    pub frame_rate: FrameRate,
    /// Mean bit rate, in thousands of bits a second.
    pub kbps: u32,
    /// Codec as RFC 6381 writes it, such as `avc1.64001f`.
    pub codec: String,
}

/// The sound of a track.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct AudioProfile {
    /// Samples a second.
    pub sample_rate: u32,
    /// 1, 2 or 6.
    pub channels: u8,
    /// Bit rate, in thousands of bits a second.
    pub kbps: u32,
    /// Codec as RFC 6381 writes it, such as `mp4a.40.2`.
    pub codec: String,
}

/// What a track carries.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case", tag = "carries")]
pub enum TrackKind {
    /// Pictures alone.
    Video(VideoProfile),
    /// Sound alone.
    Audio(AudioProfile),
    /// Pictures and sound in one file.
    Muxed {
        /// Its pictures.
        video: VideoProfile,
        /// Its sound.
        audio: AudioProfile,
    },
    /// `WebVTT` text; that of an ad has no cue.
    Subtitles,
    /// The first picture of each segment of another track, as a byte range of it; no own files.
    IFrames {
        /// Place of that track in the profile.
        of: u16,
    },
}

impl TrackKind {
    /// Its pictures, if it has any of its own.
    pub const fn video(&self) -> Option<&VideoProfile> {
        match self {
            Self::Video(video) | Self::Muxed { video, .. } => Some(video),
            Self::Audio(_) | Self::Subtitles | Self::IFrames { .. } => None,
        }
    }

    /// Its sound, if it has any.
    pub const fn audio(&self) -> Option<&AudioProfile> {
        match self {
            Self::Audio(audio) | Self::Muxed { audio, .. } => Some(audio),
            Self::Video(_) | Self::Subtitles | Self::IFrames { .. } => None,
        }
    }
}

/// One track: what one media playlist of the channel is fed from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct TrackProfile {
    /// What it carries.
    #[serde(flatten)]
    pub kind: TrackKind,
    /// The rendition of the channel in words, such as `720p` or `audio en`. For people: two
    /// profiles that differ in names alone are one.
    pub name: String,
}

/// How loud sound is made, in tenths: integers, so that a profile has one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Loudness {
    /// Programme loudness in tenths of LUFS (ITU-R BS.1770).
    pub integrated_tenths: i16,
    /// Highest peak in tenths of dBFS.
    pub peak_tenths: i16,
}

impl Loudness {
    /// EBU R 128: -23 LUFS.
    pub const EBU: Self = Self {
        integrated_tenths: -230,
        peak_tenths: -10,
    };
    /// ATSC A/85: -24 LKFS.
    pub const ATSC: Self = Self {
        integrated_tenths: -240,
        peak_tenths: -20,
    };
}

/// What a creative must be made into to be stitched into a channel.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct StreamProfile {
    /// How its segments are packed.
    pub packaging: Packaging,
    /// The slowest frames a second of its videos: segments are cut where each has a frame.
    pub frame_rate: FrameRate,
    /// No segment may be longer.
    pub segment_max: Micros,
    /// One for each distinct media playlist of the channel, in the order of the channel.
    pub tracks: Vec<TrackProfile>,
    /// How loud its sound is.
    pub loudness: Loudness,
}

/// Counts the ways in which renditions were made, so that those of an older way are made anew.
const CONDITIONING: u32 = 1;

impl StreamProfile {
    /// Everything that makes a difference to the files, as one text: equal texts mean that
    /// renditions can be shared.
    pub fn canonical(&self) -> String {
        use fmt::Write as _;
        let mut text = String::new();
        let Loudness {
            integrated_tenths,
            peak_tenths,
        } = self.loudness;
        let (packaging, rate, longest) = (self.packaging, self.frame_rate, self.segment_max.0);
        let written = writeln!(
            text,
            "conditioning {CONDITIONING} {packaging} {} {longest}us {integrated_tenths} {peak_tenths}",
            RateText(rate),
        )
        .and_then(|()| {
            self.tracks
                .iter()
                .try_for_each(|track| writeln!(text, "{}", KindText(&track.kind)))
        });
        written.expect("a String takes any text");
        text
    }

    /// The name of this profile: equal for profiles that can share renditions.
    pub fn key(&self) -> ProfileKey {
        let digest = Sha256::digest(self.canonical().as_bytes());
        let mut key = [0; 8];
        key.copy_from_slice(&digest[..8]);
        ProfileKey(key)
    }

    /// Frames of [`StreamProfile::frame_rate`] that fit into the longest segment.
    pub fn segment_frames_max(&self) -> u64 {
        self.frame_rate.frames_in(self.segment_max)
    }
}

struct RateText(FrameRate);

impl fmt::Display for RateText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.0.numerator, self.0.denominator)
    }
}

struct KindText<'a>(&'a TrackKind);

impl fmt::Display for KindText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let video = |f: &mut fmt::Formatter<'_>, video: &VideoProfile| {
            let VideoProfile {
                width,
                height,
                frame_rate,
                kbps,
                codec,
            } = video;
            write!(
                f,
                " {width}x{height} {} {kbps}k {codec}",
                RateText(*frame_rate)
            )
        };
        let audio = |f: &mut fmt::Formatter<'_>, audio: &AudioProfile| {
            let AudioProfile {
                sample_rate,
                channels,
                kbps,
                codec,
            } = audio;
            write!(f, " {sample_rate}Hz {channels}ch {kbps}k {codec}")
        };
        match self.0 {
            TrackKind::Video(pictures) => {
                f.write_str("video")?;
                video(f, pictures)
            }
            TrackKind::Audio(sound) => {
                f.write_str("audio")?;
                audio(f, sound)
            }
            TrackKind::Muxed {
                video: pictures,
                audio: sound,
            } => {
                f.write_str("muxed")?;
                video(f, pictures)?;
                audio(f, sound)
            }
            TrackKind::Subtitles => f.write_str("subtitles"),
            TrackKind::IFrames { of } => write!(f, "iframes {of}"),
        }
    }
}

impl FrameRate {
    /// How long so many frames play, rounded down.
    pub fn micros_of(self, frames: u64) -> Micros {
        let rate = u128::from(self.numerator.max(1));
        let micros = u128::from(frames) * u128::from(self.denominator) * 1_000_000 / rate;
        Micros(u64::try_from(micros).unwrap_or(u64::MAX))
    }

    /// The whole frames that are shown within a time.
    pub fn frames_in(self, time: Micros) -> u64 {
        let length = u128::from(self.denominator.max(1)) * 1_000_000;
        let frames = u128::from(time.0) * u128::from(self.numerator) / length;
        u64::try_from(frames).unwrap_or(u64::MAX)
    }
}
