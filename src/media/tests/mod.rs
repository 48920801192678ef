//! Jobs with real programs and real files.

mod footage;
mod hostile;
mod jobs;
mod pure;

use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;

use super::{Conditioner, ConditioningLimits, Tools};
use crate::model::creative::FrameRate;
use crate::model::rendition::{
    AudioProfile, Loudness, Packaging, TrackKind, TrackProfile, VideoProfile,
};
use crate::model::{Micros, SourceHash, StreamProfile};

const FILM: FrameRate = FrameRate {
    numerator: 30_000,
    denominator: 1001,
};

const SOURCE: SourceHash = SourceHash([7; 32]);

fn video(width: u32, height: u32) -> VideoProfile {
    VideoProfile {
        width,
        height,
        frame_rate: FILM,
        kbps: 300,
        codec: "avc1.4d401e".to_owned(),
    }
}

fn audio() -> AudioProfile {
    AudioProfile {
        sample_rate: 48_000,
        channels: 2,
        kbps: 96,
        codec: "mp4a.40.2".to_owned(),
    }
}

fn profile(packaging: Packaging, tracks: Vec<TrackKind>) -> StreamProfile {
    let tracks = tracks.into_iter().map(|kind| TrackProfile {
        kind,
        name: String::new(),
    });
    StreamProfile {
        packaging,
        frame_rate: FILM,
        segment_max: Micros(2_002_000),
        tracks: tracks.collect(),
        loudness: Loudness::EBU,
    }
}

/// A conditioner with a scratch folder of its own.
struct Workshop {
    conditioner: Conditioner,
    scratch: TempDir,
    /// For files to work on.
    files: TempDir,
}

impl Workshop {
    fn open() -> Self {
        Self::with(Path::new("ffmpeg"), Duration::from_mins(1))
    }

    fn with(ffmpeg: &Path, time: Duration) -> Self {
        let scratch = tempfile::tempdir().unwrap();
        let limits = ConditioningLimits {
            jobs: 1,
            time,
            threads: 1,
        };
        let tools = Tools::new(ffmpeg, 5);
        Self {
            conditioner: Conditioner::new(tools, scratch.path(), limits).unwrap(),
            scratch,
            files: tempfile::tempdir().unwrap(),
        }
    }

    fn assert_clean(&self) {
        let left: Vec<_> = std::fs::read_dir(self.scratch.path()).unwrap().collect();
        assert!(left.is_empty(), "{left:?}");
    }
}
