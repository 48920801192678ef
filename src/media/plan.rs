//! How a creative is cut to fit a profile: frames, segments and samples. Pure.

use std::ops::Range;

use crate::model::creative::FrameRate;
use crate::model::rendition::{AudioProfile, TrackKind};
use crate::model::{Micros, Millis, StreamProfile};

/// Longest that is ever made into one set.
const DURATION_MAX: Millis = Millis::from_seconds(15 * 60);

/// Segments of a set at most.
const SEGMENTS_MAX: u64 = 2_000;

/// The longest step between the pieces of a slate. What they leave open is shorter than this.
const PIECE_STEP: Micros = Micros::from_seconds(1);

/// Why no plan can be made. The profile or the file is at fault, not the machine.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Not one picture long.
    #[error("the file is shorter than one picture of the channel")]
    TooShort,
    /// Longer than any creative may be.
    #[error("{0} is longer than the 15 minutes that are conditioned at most")]
    TooLong(Millis),
    /// The channel is not one that ads can be made for.
    #[error("the profile of the channel cannot be made: {0}")]
    Profile(&'static str),
}

/// How one run of the encoder is cut: equal segments, of which the last may be a little shorter.
///
/// Equal ones rather than full ones with a rest: a rest of a few frames would be a segment that
/// players hardly have time to fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Plan {
    /// Pictures at the profile's own rate.
    pub(super) frames: u64,
    /// Pictures of each segment but the last one, at the profile's own rate.
    pub(super) segment_frames: u64,
    /// How many segments.
    pub(super) segments: u64,
}

impl Plan {
    /// All of a creative.
    pub(super) fn whole(profile: &StreamProfile, duration: Millis) -> Result<Self, PlanError> {
        check(profile)?;
        if duration > DURATION_MAX {
            return Err(PlanError::TooLong(duration));
        }
        let half = profile.frame_rate.micros_of(1).0 / 2;
        let nearest = Micros::from_millis(duration).plus(Micros(half));
        let frames = profile.frame_rate.frames_in(nearest);
        if frames == 0 {
            return Err(PlanError::TooShort);
        }
        let segments = frames.div_ceil(profile.segment_frames_max());
        let segment_frames = frames.div_ceil(segments);
        Ok(Self {
            frames,
            segment_frames,
            // Rounding up may have used up the last one.
            segments: frames.div_ceil(segment_frames).min(SEGMENTS_MAX),
        })
    }

    /// The pieces of a slate: one segment each, and each at most a second longer than the one
    /// before. Together they fill any time to less than a second.
    pub(super) fn pieces(profile: &StreamProfile) -> Result<Vec<Self>, PlanError> {
        check(profile)?;
        let step = profile.frame_rate.frames_in(PIECE_STEP).max(1);
        let longest = profile.segment_frames_max();
        let pieces: Vec<_> = (1..=longest / step)
            .map(|piece| Self::one(piece * step))
            .collect();
        if pieces.is_empty() {
            return Ok(vec![Self::one(longest)]);
        }
        Ok(pieces)
    }

    const fn one(frames: u64) -> Self {
        Self {
            frames,
            segment_frames: frames,
            segments: 1,
        }
    }

    /// How long all of it plays.
    pub(super) fn duration(&self, profile: &StreamProfile) -> Micros {
        profile.frame_rate.micros_of(self.frames)
    }

    /// When a segment begins and ends. Rounded so that one ends where the next begins.
    pub(super) fn span(&self, profile: &StreamProfile, segment: u64) -> Range<Micros> {
        let at = |frames: u64| profile.frame_rate.micros_of(frames.min(self.frames));
        at(segment * self.segment_frames)..at((segment + 1) * self.segment_frames)
    }

    /// How long a segment plays.
    pub(super) fn length(&self, profile: &StreamProfile, segment: u64) -> Micros {
        let Range { start, end } = self.span(profile, segment);
        end.minus(start)
    }

    /// The samples of sound that go with the pictures: whole sound frames, never past the last
    /// picture, so that no frame is left over for a segment of its own.
    pub(super) fn samples(&self, profile: &StreamProfile, audio: &AudioProfile) -> u64 {
        let frame = u128::from(frame_samples(&audio.codec));
        let duration = u128::from(self.duration(profile).0);
        let samples = duration * u128::from(audio.sample_rate) / 1_000_000;
        u64::try_from((samples / frame).max(1) * frame).unwrap_or(u64::MAX)
    }
}

/// Samples in a sound frame of a codec (ISO/IEC 14496-3; ETSI TS 102 366).
pub(super) fn frame_samples(codec: &str) -> u32 {
    if codec.starts_with("ac-3") || codec.starts_with("ec-3") {
        1536
    } else {
        1024
    }
}

/// Refuses profiles that a stream cannot have, or that an encoder would take for something else.
fn check(profile: &StreamProfile) -> Result<(), PlanError> {
    let rate = profile.frame_rate;
    if rate.numerator == 0 || rate.denominator == 0 {
        return Err(PlanError::Profile("it has no frame rate"));
    }
    if profile.segment_frames_max() < 2 {
        return Err(PlanError::Profile("its segments are too short"));
    }
    if !profile.tracks.iter().any(|track| has_media(&track.kind)) {
        return Err(PlanError::Profile("it has neither pictures nor sound"));
    }
    for track in &profile.tracks {
        if let Some(video) = track.kind.video() {
            let even = |side: u32| side.is_multiple_of(2) && (2..=16_384).contains(&side);
            if !(even(video.width) && even(video.height)) {
                return Err(PlanError::Profile("its pictures have an odd size"));
            }
            if times(video.frame_rate, rate).is_none() {
                return Err(PlanError::Profile("its frame rates do not fit together"));
            }
        }
        if let Some(audio) = track.kind.audio()
            && !(8_000..=192_000).contains(&audio.sample_rate)
        {
            return Err(PlanError::Profile("its sound has no usable sample rate"));
        }
    }
    Ok(())
}

fn has_media(kind: &TrackKind) -> bool {
    kind.video().is_some() || kind.audio().is_some()
}

/// How many pictures of `rate` there are for one of `base`; none if it is no whole number.
pub(super) fn times(rate: FrameRate, base: FrameRate) -> Option<u64> {
    let wanted = u64::from(rate.numerator) * u64::from(base.denominator);
    let one = u64::from(base.numerator) * u64::from(rate.denominator);
    let whole = one > 0 && wanted > 0 && wanted.is_multiple_of(one);
    whole.then(|| wanted / one)
}
