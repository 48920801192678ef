//! How much renditions weigh: by the second, and at most.

use crate::model::rendition::TrackKind;
use crate::model::{Micros, StreamProfile, TrackSegment};

/// A set may be this many times as large as its bit rates say, and [`SPARE_BYTES`] more.
const SIZE_FACTOR: u64 = 4;
/// Room for headers and for pictures that cost more than their rate.
const SPARE_BYTES: u64 = 64 << 20;

/// The highest bit rate of any segment; of I-frames, of what is fetched of it.
pub(super) fn bandwidth(segments: &[TrackSegment], kind: &TrackKind) -> u32 {
    let rates = segments.iter().map(|segment| {
        let bytes = match kind {
            TrackKind::IFrames { .. } => segment.iframe_bytes,
            _ => segment.bytes,
        };
        u64::from(bytes) * 8_000_000 / segment.duration.0.max(1)
    });
    u32::try_from(rates.max().unwrap_or(0)).unwrap_or(u32::MAX)
}

/// What all tracks of a profile can weigh.
pub(super) fn bytes_max(profile: &StreamProfile, duration: Micros) -> u64 {
    let kbps = profile.tracks.iter().map(|track| {
        let video = track.kind.video().map_or(0, |video| video.kbps);
        let audio = track.kind.audio().map_or(0, |audio| audio.kbps);
        u64::from(video) + u64::from(audio)
    });
    let kbps: u64 = kbps.sum();
    let bytes = kbps.saturating_mul(duration.0) / 8_000;
    bytes
        .saturating_mul(SIZE_FACTOR)
        .saturating_add(SPARE_BYTES)
}
