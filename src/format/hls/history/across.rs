//! Renditions of one source against one another: the same splices at the same dates.

use super::Invariant;
use super::attributes::seconds;
use super::playlist::{Playlist, Segment};
use super::reload::Step;
use super::report::Report;
use super::track::{Kind, Track};

/// By how much the ads of a stretch may differ between renditions, in microseconds.
const STRETCH_SLACK: i64 = 250_000;

/// How far segments with one number may differ where dates are missing, in microseconds.
const GRID_SLACK: i64 = 100_000;

/// Fewest segments that show that two renditions are numbered alike.
const GRID_MIN: usize = 3;

/// Looks at what is new in a rendition against every other of the same source.
pub(super) fn check(
    track: &Track,
    others: &[&Track],
    step: &Step<'_>,
    fresh: &[u64],
    report: &mut Report,
) {
    let alike = others.iter().filter(|other| other.session == track.session);
    for other in alike {
        let Some(last) = &other.last else { continue };
        targets(other, last, step.playlist, report);
        date_sets(track, other, last, step, report);
        let target = step.playlist.target.max(last.target).unwrap_or_default();
        let target = i64::try_from(target).unwrap_or(0).saturating_mul(1_000_000);
        for number in fresh {
            let Some(known) = track.known.get(number) else {
                continue;
            };
            by_date(&known.segment, other, target, report);
        }
        by_number(other, last, step.playlist, report);
        stretches(track, other, fresh, report);
    }
}

/// Subtitles and I-frames may have another target on demand (§6.2.4).
fn targets(other: &Track, last: &Playlist, playlist: &Playlist, report: &mut Report) {
    let is_free = |playlist: &Playlist| {
        let frames = playlist.has("EXT-X-I-FRAMES-ONLY");
        let text = playlist
            .segments
            .first()
            .is_some_and(|one| one.uri.contains(".vtt") || one.uri.contains(".webvtt"));
        playlist.ended && (frames || text)
    };
    if playlist.target != last.target && !is_free(playlist) && !is_free(last) {
        let subject = ("across", &other.rendition);
        report.tell(Invariant::TargetDuration, 0, subject, || {
            format!(
                "the target is {} s here and {} s in {}",
                playlist.target.unwrap_or_default(),
                last.target.unwrap_or_default(),
                other.rendition
            )
        });
    }
}

/// All have dates or none; ranges are the same everywhere.
fn date_sets(track: &Track, other: &Track, last: &Playlist, step: &Step<'_>, report: &mut Report) {
    let has_dates = |playlist: &Playlist| playlist.segments.iter().any(|one| one.date_written);
    let playlist = step.playlist;
    if has_dates(playlist) != has_dates(last)
        && !playlist.segments.is_empty()
        && !last.segments.is_empty()
    {
        let subject = ("some", &other.rendition);
        report.tell(Invariant::DatesStable, 0, subject, || {
            let (with, without) = if has_dates(playlist) {
                (&track.rendition, &other.rendition)
            } else {
                (&other.rendition, &track.rendition)
            };
            format!("{with} has EXT-X-PROGRAM-DATE-TIME and {without} has none")
        });
    }
    if playlist.ranges.is_empty() || last.ranges.is_empty() {
        return;
    }
    let first = playlist.segments.iter().find_map(|one| one.date);
    let target = step
        .playlist
        .target
        .unwrap_or_default()
        .saturating_mul(1000);
    for (id, known) in &other.ranges {
        let waited = step.at.millis() - known.first_at.millis();
        let is_due = waited >= i64::try_from(target).unwrap_or(i64::MAX);
        let is_listed = known.last_reload == other.reloads;
        let in_window = known
            .start
            .zip(first)
            .is_some_and(|(start, first)| start >= first);
        let ours = track.ranges.get(id);
        let subject = (id, &other.rendition);
        if ours.is_none() && is_due && is_listed && in_window {
            report.tell(Invariant::DateRangeSets, 0, subject, || {
                format!("date range `{id}` of {} is not here", other.rendition)
            });
        }
        let Some(ours) = ours else { continue };
        if let (Some(one), Some(two)) = (ours.start, known.start)
            && one != two
        {
            report.tell(Invariant::DateRangeSets, 0, subject, || {
                format!(
                    "date range `{id}` starts {} later than in {}",
                    seconds(one - two),
                    other.rendition
                )
            });
        }
    }
}

/// What is dated alike has one discontinuity number; around a splice segments may end elsewhere.
fn by_date(segment: &Segment, other: &Track, target: i64, report: &mut Report) {
    let (Some(date), Some(end)) = (segment.date, segment.end()) else {
        return;
    };
    let middle = date.midpoint(end);
    let near: Vec<&Segment> = other
        .known
        .values()
        .rev()
        .map(|known| known.segment.as_ref())
        .take_while(|one| one.end().is_none_or(|end| end > date - 4 * target))
        .collect();
    let covering = near.iter().find(|one| {
        let starts = one.date.is_some_and(|date| date <= middle);
        starts && one.end().is_some_and(|end| end > middle)
    });
    if segment.discontinuities > 0 {
        let twin = near
            .iter()
            .find(|one| one.dsn == segment.dsn && one.discontinuities > 0);
        if let Some(away) = twin.and_then(|twin| Some(twin.date? - date))
            && away.abs() > target
        {
            report.tell(
                Invariant::SpliceAgreement,
                segment.line,
                segment.msn,
                || {
                    format!(
                        "discontinuity {} is {} later in {}",
                        segment.dsn,
                        seconds(away),
                        other.rendition
                    )
                },
            );
        }
    }
    let Some(covering) = covering.filter(|one| one.dsn != segment.dsn) else {
        return;
    };
    let splits = |one: &&Segment| one.discontinuities > 0;
    let at_splice = near
        .iter()
        .copied()
        .filter(splits)
        .chain(Some(segment).filter(splits))
        .any(|one| one.date.is_some_and(|date| (date - middle).abs() <= target));
    if !at_splice {
        report.tell(
            Invariant::DiscontinuityAgreement,
            segment.line,
            ("date", segment.dsn, &other.rendition),
            || {
                format!(
                    "segment {} has discontinuity number {}, the content of its date in {} has {}",
                    segment.msn, segment.dsn, other.rendition, covering.dsn
                )
            },
        );
    }
}

/// Without dates, renditions that are plainly numbered alike are compared by number.
fn by_number(other: &Track, last: &Playlist, playlist: &Playlist, report: &mut Report) {
    let dated = |playlist: &Playlist| playlist.segments.iter().any(|one| one.date.is_some());
    if dated(last) || dated(playlist) {
        return;
    }
    let pairs: Vec<(&Segment, &Segment)> = playlist
        .segments
        .iter()
        .filter_map(|one| {
            let index = usize::try_from(one.msn.checked_sub(last.msn)?).ok()?;
            Some((one.as_ref(), last.segments.get(index)?.as_ref()))
        })
        .collect();
    let same =
        |(one, two): &(&Segment, &Segment)| (one.duration - two.duration).abs() <= GRID_SLACK;
    if pairs.len() < GRID_MIN || !pairs.iter().all(same) {
        return;
    }
    if let Some((one, two)) = pairs.iter().find(|(one, two)| one.dsn != two.dsn) {
        let subject = ("number", one.dsn, &other.rendition);
        report.tell(Invariant::DiscontinuityAgreement, one.line, subject, || {
            format!(
                "segment {} has discontinuity number {}, and {} in {}",
                one.msn, one.dsn, two.dsn, other.rendition
            )
        });
    }
}

/// A stretch of ads between two discontinuities lasts as long in every rendition.
fn stretches(track: &Track, other: &Track, fresh: &[u64], report: &mut Report) {
    for number in fresh {
        let Some(known) = track.known.get(number) else {
            continue;
        };
        // A discontinuity ends the stretch before it.
        if known.segment.discontinuities == 0 {
            continue;
        }
        let Some(dsn) = known.segment.dsn.checked_sub(1) else {
            continue;
        };
        let (Some(ours), Some(theirs)) = (stretch(track, dsn), stretch(other, dsn)) else {
            continue;
        };
        if (ours - theirs).abs() > STRETCH_SLACK {
            report.tell(
                Invariant::Determinism,
                known.segment.line,
                ("stretch", dsn, &other.rendition),
                || {
                    format!(
                        "the ad with discontinuity number {dsn} lasts {} here and {} in {}",
                        seconds(ours),
                        seconds(theirs),
                        other.rendition
                    )
                },
            );
        }
    }
}

/// How long the ads with a discontinuity number last, if all of them are known.
fn stretch(track: &Track, dsn: u64) -> Option<i64> {
    let mut ended = false;
    let mut begun = false;
    let mut sum = 0_i64;
    for known in track.known.values().rev() {
        match known.segment.dsn.cmp(&dsn) {
            std::cmp::Ordering::Greater => ended = true,
            std::cmp::Ordering::Less => break,
            std::cmp::Ordering::Equal if known.kind == Kind::Inserted => {
                sum += known.segment.duration;
                begun = known.segment.discontinuities > 0;
            }
            std::cmp::Ordering::Equal => return None,
        }
    }
    (begun && ended).then_some(sum)
}
