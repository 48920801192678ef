//! Renditions that were made: the tracks of a creative that fits a profile.

use super::{ProfileKey, SourceHash};
use crate::model::Micros;
use crate::model::word::words;

/// One piece of a track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TrackSegment {
    /// How long it plays.
    pub duration: Micros,
    /// Size of its file.
    pub bytes: u32,
    /// From its first byte to the end of its first picture: the byte range of an I-frame
    /// playlist. 0 without pictures.
    pub iframe_bytes: u32,
}

/// A creative as one media playlist of a channel shows it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Track {
    /// In playing order; as many in each track of a set.
    pub segments: Vec<TrackSegment>,
    /// The track whose files these are: its own place, but for I-frames.
    pub files: u16,
    /// Ends the names of its segments: `ts`, `m4s` or `vtt`.
    pub extension: Extension,
    /// Peak bit rate of its segments. Bits a second.
    pub bandwidth: u32,
}

impl Track {
    /// Whether its segments need an initialization section (`init.mp4`).
    pub const fn has_init(&self) -> bool {
        matches!(self.extension, Extension::M4s)
    }

    /// How long it plays.
    pub fn duration(&self) -> Micros {
        self.segments.iter().map(|segment| segment.duration).sum()
    }
}

/// What the files of a track are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Extension {
    /// Transport stream.
    Ts,
    /// Fragment of MP4.
    M4s,
    /// `WebVTT`.
    Vtt,
}
words!(Extension {
    Ts = "ts",
    M4s = "m4s",
    Vtt = "vtt"
});

impl Extension {
    /// The media type of the files.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Ts => "video/mp2t",
            Self::M4s => "video/iso.segment",
            Self::Vtt => "text/vtt",
        }
    }
}

/// A creative made to fit a profile: verified, and all of it in the object store.
///
/// That of a slate is read differently: its segments are not one after the other, but pieces to
/// choose from, each longer than the one before by at most a second. See [`RenditionSet::piece`].
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RenditionSet {
    /// What it fits.
    pub profile: ProfileKey,
    /// What it was made of.
    pub source: SourceHash,
    /// One for each track of the profile, in its order.
    pub tracks: Vec<Track>,
}

impl RenditionSet {
    /// How long it plays, by its leader.
    pub fn duration(&self) -> Micros {
        self.leader().map_or(Micros(0), Track::duration)
    }

    /// The track whose durations count: the first one with pictures, else the first.
    pub fn leader(&self) -> Option<&Track> {
        let pictures = |track: &&Track| {
            track
                .segments
                .iter()
                .any(|segment| segment.iframe_bytes > 0)
        };
        let first = self.tracks.first();
        self.tracks.iter().find(pictures).or(first)
    }

    /// Segments in each track.
    pub fn count(&self) -> usize {
        self.leader().map_or(0, |track| track.segments.len())
    }

    /// Of a slate: the place of the longest piece that fits into `room`.
    pub fn piece(&self, room: Micros) -> Option<usize> {
        let segments = &self.leader()?.segments;
        segments.iter().rposition(|piece| piece.duration <= room)
    }
}

/// How far a set is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RenditionStatus {
    /// It waits for its turn.
    Queued,
    /// It is being made.
    Running,
    /// It can be stitched.
    Ready,
    /// It could not be made.
    Failed,
}
words!(RenditionStatus {
    Queued = "queued",
    Running = "running",
    Ready = "ready",
    Failed = "failed",
});
