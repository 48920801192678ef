//! Whether what was made can be spliced into a channel without a seam. Pure.

use super::made::{Carries, Key, Packet};
use super::plan::{Plan, frame_samples, times};
use crate::model::rendition::{AudioProfile, TrackKind, VideoProfile};
use crate::model::{Micros, StreamProfile};

/// Why a set is refused though the encoder said nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Another number of segments than planned, and so than other tracks have.
    #[error("track {track} has {found} segments, not {wanted}")]
    Count {
        /// Which track.
        track: usize,
        /// How many it has.
        found: usize,
        /// How many it should have.
        wanted: u64,
    },
    /// A segment is longer or shorter than planned by more than a frame.
    #[error("segment {segment} of track {track} plays for {found} s, not {wanted} s")]
    Length {
        /// Which track.
        track: usize,
        /// Which segment, from 0.
        segment: usize,
        /// How long it plays.
        found: Micros,
        /// How long it should.
        wanted: Micros,
    },
    /// Sound and pictures do not begin together: there would be a hole at the splice.
    #[error(
        "track {track} is shown from {late} s after it begins to be decoded, more than one frame: \
         a hole at the splice"
    )]
    Start {
        /// Which track.
        track: usize,
        /// How much later.
        late: Micros,
    },
    /// Pictures are missing or too many.
    #[error("track {track} has {found} pictures, not {wanted}")]
    Pictures {
        /// Which track.
        track: usize,
        /// How many it has.
        found: u64,
        /// How many it should have.
        wanted: u64,
    },
    /// A segment cannot be decoded without the one before.
    #[error("segment {segment} of track {track} does not begin with an independent picture")]
    Dependent {
        /// Which track.
        track: usize,
        /// Which segment, from 0.
        segment: usize,
    },
    /// Something of a track is missing.
    #[error("track {track} has no {what}")]
    Missing {
        /// Which track.
        track: usize,
        /// What is missing.
        what: &'static str,
    },
    /// Its sound is not as loud as that of the channel.
    #[error("the sound is not within 1 LU of the channel's loudness")]
    Loudness,
}

/// One track as it was read back.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Its place in the profile.
    pub(super) track: usize,
    /// How long each segment plays, by its playlist.
    pub(super) lengths: Vec<Micros>,
    /// Its packets.
    pub(super) packets: Vec<Packet>,
}

/// Checks all tracks against the plan.
pub(super) fn verify(profile: &StreamProfile, plan: &Plan, tracks: &[Found]) -> Result<(), Fault> {
    // The timeline of the ad begins with the earliest packet of all: that is what a player puts
    // at the splice.
    let packets = tracks.iter().flat_map(|found| &found.packets);
    let begin = packets.map(|packet| packet.decoded).min().unwrap_or(0);
    for found in tracks {
        let Some(track) = profile.tracks.get(found.track) else {
            continue;
        };
        // A file that was cut short is told as that, not by the segments it lacks.
        if let Some(video) = track.kind.video() {
            check_pictures(profile, plan, found, video)?;
        }
        check_segments(profile, plan, found, &track.kind)?;
        if let Some(video) = track.kind.video() {
            let frame = Micros(video.frame_rate.micros_of(1).0 + 1);
            check_start(found, Carries::Picture, (begin, frame))?;
        }
        if let Some(audio) = track.kind.audio() {
            let frame = profile.frame_rate.micros_of(1).0.max(sound_frame(audio).0) + 1;
            check_start(found, Carries::Sound, (begin, Micros(frame)))?;
        }
    }
    Ok(())
}

/// One sound frame.
fn sound_frame(audio: &AudioProfile) -> Micros {
    let samples = u64::from(frame_samples(&audio.codec));
    Micros((samples * 1_000_000).div_ceil(u64::from(audio.sample_rate.max(1))))
}

fn check_segments(
    profile: &StreamProfile,
    plan: &Plan,
    found: &Found,
    kind: &TrackKind,
) -> Result<(), Fault> {
    let track = found.track;
    if found.lengths.len() as u64 != plan.segments {
        return Err(Fault::Count {
            track,
            found: found.lengths.len(),
            wanted: plan.segments,
        });
    }
    // A cut of pictures is exact. Sound alone is cut at its own frames: at both ends one off.
    let tolerance = match (kind.video(), kind.audio()) {
        (None, Some(audio)) => Micros(2 * sound_frame(audio).0),
        (Some(_), _) | (None, None) => Micros(10),
    };
    for (&length, segment) in found.lengths.iter().zip(0_usize..) {
        let wanted = plan.length(profile, segment as u64);
        let too_long = length > profile.segment_max.plus(tolerance);
        if too_long || length.distance(wanted) > tolerance {
            return Err(Fault::Length {
                track,
                segment,
                found: length,
                wanted,
            });
        }
    }
    Ok(())
}

/// As many pictures as planned, in steps of one frame, each segment from an own key picture.
fn check_pictures(
    profile: &StreamProfile,
    plan: &Plan,
    found: &Found,
    video: &VideoProfile,
) -> Result<(), Fault> {
    let track = found.track;
    let times = times(video.frame_rate, profile.frame_rate).unwrap_or(1);
    let pictures = found
        .packets
        .iter()
        .filter(|packet| packet.carries == Carries::Picture);
    let keys: Vec<_> = pictures.map(|packet| packet.key).collect();
    let wanted = plan.frames * times;
    if keys.len() as u64 != wanted {
        return Err(Fault::Pictures {
            track,
            found: keys.len() as u64,
            wanted,
        });
    }
    let step = usize::try_from(plan.segment_frames * times)
        .unwrap_or(usize::MAX)
        .max(1);
    let firsts = keys.iter().step_by(step).zip(0_usize..);
    for (&key, segment) in firsts {
        if key == Key::No {
            return Err(Fault::Dependent { track, segment });
        }
    }
    Ok(())
}

/// What is shown first is shown as soon as the timeline begins, or at most one frame later.
fn check_start(
    found: &Found,
    carries: Carries,
    (begin, frame): (i64, Micros),
) -> Result<(), Fault> {
    let track = found.track;
    let of_kind = found
        .packets
        .iter()
        .filter(|packet| packet.carries == carries);
    let Some(shown) = of_kind.map(|packet| packet.shown).min() else {
        let what = match carries {
            Carries::Picture => "pictures",
            Carries::Sound => "sound",
        };
        return Err(Fault::Missing { track, what });
    };
    let late = Micros(u64::try_from(shown.saturating_sub(begin)).unwrap_or(0));
    if late > frame {
        return Err(Fault::Start { track, late });
    }
    Ok(())
}
