//! Which events a viewer reports by asking for a segment of an ad.
//!
//! An event happens at a part of the ad's own time, and in the segment that holds that instant:
//! asking for it is the report. Events of a segment come in the order in which they happen.

use smallvec::SmallVec;

use crate::model::rendition::Track;
use crate::model::{EventKind, Micros};

/// What happens in the course of an ad, each with the quarter of it that is over then. VAST 4.2
/// §3.14.1.
const COURSE: [(EventKind, u64); 7] = [
    (EventKind::Impression, 0),
    (EventKind::CreativeView, 0),
    (EventKind::Start, 0),
    (EventKind::FirstQuartile, 1),
    (EventKind::Midpoint, 2),
    (EventKind::ThirdQuartile, 3),
    (EventKind::Complete, 4),
];

/// When each event of an ad of this length happens, from its start.
pub fn course(duration: Micros) -> impl Iterator<Item = (EventKind, Micros)> {
    let at = move |quarters| Micros(duration.0.saturating_mul(quarters) / 4);
    COURSE
        .into_iter()
        .map(move |(kind, quarters)| (kind, at(quarters)))
}

/// The events that happen in a segment of a track: those from its first instant up to, and not
/// with, that of the next one; the end of an ad is in its last segment.
pub fn seen_in(track: &Track, segment: usize) -> SmallVec<[EventKind; 7]> {
    let before = track.segments.iter().take(segment);
    let start: Micros = before.map(|one| one.duration).sum();
    let Some(own) = track.segments.get(segment) else {
        return SmallVec::new();
    };
    let end = Micros(start.0 + own.duration.0);
    let is_last = segment + 1 == track.segments.len();
    let is_here = |at: Micros| at >= start && (at < end || is_last);
    let here = course(track.duration()).filter(|(_kind, at)| is_here(*at));
    here.map(|(kind, _at)| kind).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::rendition::{Extension, TrackSegment};

    fn track(durations: &[u64]) -> Track {
        let segment = |&duration: &u64| TrackSegment {
            duration: Micros(duration),
            bytes: 1,
            iframe_bytes: 0,
        };
        Track {
            segments: durations.iter().map(segment).collect(),
            files: 0,
            extension: Extension::Ts,
            bandwidth: 1,
        }
    }

    #[test]
    fn fifteen_seconds_in_three_segments() {
        use EventKind::*;
        let track = track(&[5_005_000, 5_005_000, 5_005_000]);
        assert_eq!(
            seen_in(&track, 0)[..],
            [Impression, CreativeView, Start, FirstQuartile]
        );
        assert_eq!(seen_in(&track, 1)[..], [Midpoint]);
        assert_eq!(seen_in(&track, 2)[..], [ThirdQuartile, Complete]);
        assert_eq!(seen_in(&track, 3)[..], []);
    }

    proptest! {
        #[test]
        fn every_event_happens_once_and_in_order(
            durations in proptest::collection::vec(1_u64..10_000_000, 1..40),
        ) {
            let track = track(&durations);
            let all = (0..durations.len()).flat_map(|segment| seen_in(&track, segment));
            let course: Vec<_> = course(track.duration()).map(|(kind, _at)| kind).collect();
            prop_assert_eq!(all.collect::<Vec<_>>(), course);
        }
    }
}
