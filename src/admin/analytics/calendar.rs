//! The stretches of time that a range is made of, without gaps.

use super::asked::Range;
use crate::api::SeriesStep;
use crate::ledger::{Dimension, Hour};
use crate::model::zone::Day;
use crate::model::{Millis, Timestamp, Zone};

/// Points of one series at most: a year of hours, and some.
pub(super) const POINTS_MAX: usize = 10_000;

/// How the ledger cuts by this step.
pub(super) const fn dimension(step: SeriesStep) -> Dimension {
    match step {
        SeriesStep::Hour => Dimension::Hour,
        SeriesStep::Day => Dimension::Day,
        SeriesStep::Week => Dimension::Week,
    }
}

/// The stretch that contains an instant.
pub(super) fn stretch(zone: &Zone, step: SeriesStep, at: Timestamp) -> Day {
    match step {
        SeriesStep::Hour => Day {
            start: Hour::of(at).start(),
            end: Hour::of(at).start().plus(Millis::from_seconds(3_600)),
        },
        SeriesStep::Day => zone.day(at),
        SeriesStep::Week => zone.week(at),
    }
}

/// Every stretch that an hour of the range begins in, in order; none when there are more than
/// [`POINTS_MAX`].
pub(super) fn stretches(zone: &Zone, step: SeriesStep, range: &Range) -> Option<Vec<Day>> {
    let mut stretches = Vec::new();
    let mut at = range.start();
    // The last hour that is counted.
    let last = range.end().minus(Millis::from_seconds(3_600));
    while at <= last {
        if stretches.len() >= POINTS_MAX {
            return None;
        }
        let stretch = stretch(zone, step, at);
        // Whatever a zone says, it goes on.
        at = stretch.end.max(at.plus(Millis(1)));
        stretches.push(stretch);
    }
    Some(stretches)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_meet_every_hour_once_whatever_the_zone() {
        for name in [
            "UTC",
            "America/New_York",
            "Asia/Kolkata",
            "Australia/Lord_Howe",
        ] {
            let zone: Zone = name.parse().unwrap();
            let at = |text: &str| text.parse::<Timestamp>().unwrap();
            let range = Range::of(at("2026-02-20T05:00:00Z"), at("2026-04-10T17:30:00Z"));
            for &step in SeriesStep::ALL {
                let stretches = stretches(&zone, step, &range).unwrap();
                for pair in stretches.windows(2) {
                    assert_eq!(pair[0].end, pair[1].start, "{name} {step}");
                }
                for hour in range.since.0..range.until.0 {
                    let start = Hour(hour).start();
                    let found = stretches.iter().filter(|one| one.contains(start)).count();
                    assert_eq!(found, 1, "{start} in {name} by {step}");
                }
                for one in &stretches {
                    let hours = range.since.0..range.until.0;
                    let mut starts = hours.map(|hour| Hour(hour).start());
                    assert!(starts.any(|start| one.contains(start)), "{one:?} is empty");
                }
            }
        }
    }

    #[test]
    fn too_many_points_are_refused() {
        let range = Range {
            since: Hour(0),
            until: Hour(i64::try_from(POINTS_MAX).unwrap()),
        };
        let count = |range: &Range| {
            stretches(&Zone::UTC, SeriesStep::Hour, range).map(|stretches| stretches.len())
        };
        assert_eq!(count(&range), Some(POINTS_MAX));
        let longer = Range {
            until: Hour(range.until.0 + 1),
            ..range
        };
        assert_eq!(count(&longer), None);
    }
}
