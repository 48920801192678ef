//! A session against its origin: what is content is the origin's, what is not replaces it.

use super::attributes::seconds;
use super::playlist::{Key, Segment};
use super::reload::{DATE_SLACK, Step};
use super::report::Report;
use super::track::{Kind, Known, Track};
use super::{Invariant, Mode, whole};

/// By how much sums of durations may differ, in microseconds: frames do not end on a grid.
const SUM_SLACK: i64 = 100_000;

/// Bound of what a session may fall behind by all of its breaks, in microseconds.
const DRIFT_MAX: i64 = 1_000_000;

/// How many segments of the origin are searched for an address that was not resolved.
const NEAR_MAX: usize = 200;

/// Whether a rendition is the one that breaks are measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    Leader,
    Follower,
}

/// Looks at what is new in a session and at where it ends.
pub(super) fn check(
    track: &mut Track,
    origin: &Track,
    step: &Step<'_>,
    (fresh, rank): (&[u64], Rank),
    report: &mut Report,
) {
    for number in fresh {
        let Some(known) = track.known.get(number).cloned() else {
            continue;
        };
        let before = number.checked_sub(1);
        let before = before.and_then(|before| track.known.get(&before)).cloned();
        splice(before.as_ref(), &known, origin, report);
        match known.kind {
            Kind::Content(listed) => {
                if let Some(listed) = origin.known.get(&listed) {
                    content(before.as_ref(), &known, listed, step, report);
                }
                close(track, origin, (&known, rank), step, report);
            }
            Kind::Inserted => {
                inserted(track, before.as_ref(), &known, origin, report);
                counted(track, &known, step, report);
                if track.splice.inserted == 0 {
                    track.splice.first_inserted = *number;
                }
                track.splice.inserted += known.segment.duration;
            }
            Kind::Unknown => {}
        }
    }
    edge(track, origin, (step, rank), report);
    whole::check(origin, step, report);
}

/// Every splice is marked, and nothing else is (§4.4.4.3).
fn splice(before: Option<&Known>, known: &Known, origin: &Track, report: &mut Report) {
    let Some(before) = before else { return };
    let (one, next) = (&before.segment, &known.segment);
    let marked = next.discontinuities > 0;
    let (fault, what) = match (before.kind, known.kind) {
        (Kind::Content(_), Kind::Inserted) => (!marked, "content is followed by an ad"),
        (Kind::Inserted, Kind::Content(_)) => (!marked, "an ad is followed by content"),
        (Kind::Inserted, Kind::Inserted) => {
            let folder = |segment: &Segment| {
                let path = segment.uri.split(['?', '#']).next().unwrap_or_default();
                path.rsplit_once('/').map(|(folder, _)| folder.to_owned())
            };
            let is_other = folder(one) != folder(next)
                || one.map != next.map
                || one.resource() == next.resource();
            (is_other && !marked, "an ad is followed by another")
        }
        (Kind::Content(from), Kind::Content(to)) if to == from + 1 => {
            let listed = origin.known.get(&to).map(|one| one.segment.discontinuities);
            let differs = listed.is_some_and(|count| count != next.discontinuities);
            (differs, "content is followed by content as at the origin")
        }
        (Kind::Content(_), Kind::Content(_)) => (!marked, "content jumps"),
        (Kind::Unknown, _) | (_, Kind::Unknown) => (false, ""),
    };
    if fault {
        report.tell(Invariant::SpliceMarked, next.line, next.msn, || {
            let count = next.discontinuities;
            format!(
                "{what} at segment {}, with {count} EXT-X-DISCONTINUITY",
                next.msn
            )
        });
    }
}

/// A content segment is the origin's in everything but its number.
fn content(
    before: Option<&Known>,
    known: &Known,
    listed: &Known,
    step: &Step<'_>,
    report: &mut Report,
) {
    let (ours, theirs) = (&known.segment, &listed.segment);
    let (msn, line) = (ours.msn, ours.line);
    if ours.extinf != theirs.extinf {
        report.tell(Invariant::DurationText, line, msn, || {
            format!(
                "EXTINF of segment {msn} is `{}`, at the origin `{}`",
                ours.extinf, theirs.extinf
            )
        });
    }
    match (ours.date, theirs.date) {
        (Some(our), Some(their))
            if (our - their).abs() > DATE_SLACK && step.rules.mode == Mode::Replace =>
        {
            report.tell(Invariant::DatesAtSplices, line, ("origin", msn), || {
                let moved = seconds(our - their);
                format!("segment {msn} is dated {moved} off its date at the origin")
            });
        }
        (None, Some(_)) => report.tell(Invariant::DatesStable, line, "undated", || {
            format!("segment {msn} has no date, and has one at the origin")
        }),
        _ => {}
    }
    scope(before, ours, theirs, report);
    let rates = ours.bitrate.zip(theirs.bitrate);
    let is_other = rates.is_some_and(|(our, their)| our.0 != their.0);
    if ours.gap != theirs.gap || is_other {
        report.tell(Invariant::BitrateAndGap, line, ("origin", msn), || {
            format!("EXT-X-GAP or EXT-X-BITRATE of segment {msn} is not that of the origin")
        });
    }
    if let (Some(our), Some(their)) = (&known.others, &listed.others) {
        let mut rest = our.iter();
        let lost = their.iter().find(|line| !rest.any(|other| other == *line));
        if let Some(lost) = lost {
            report.tell(Invariant::UnknownLines, line, msn, || {
                format!("`{lost}` before segment {msn} is lost or out of order")
            });
        }
    }
}

/// Keys, vectors and the map in force are those of the origin.
fn scope(before: Option<&Known>, ours: &Segment, theirs: &Segment, report: &mut Report) {
    let returns = before.is_some_and(|before| before.kind == Kind::Inserted);
    let invariant = if returns {
        Invariant::SpliceTags
    } else {
        Invariant::KeysAndMaps
    };
    let (msn, line) = (ours.msn, ours.line);
    let plain = |keys: &[Key]| -> Vec<Key> {
        let bare = |key: &Key| Key {
            vector: None,
            ..key.clone()
        };
        keys.iter().map(bare).collect()
    };
    if ours.map != theirs.map {
        report.tell(invariant, line, ("map", msn), || {
            let uri = |segment: &Segment| {
                segment
                    .map
                    .as_ref()
                    .map_or("none", |map| &map.uri)
                    .to_owned()
            };
            format!(
                "EXT-X-MAP in force for segment {msn} is {}, at the origin {}",
                uri(ours),
                uri(theirs)
            )
        });
    }
    if plain(&ours.keys) != plain(&theirs.keys) {
        report.tell(invariant, line, ("key", msn), || {
            format!("EXT-X-KEY in force for segment {msn} is not the one of the origin")
        });
        return;
    }
    for (our, their) in ours.keys.iter().zip(theirs.keys.iter()) {
        let vector = |key: &Key, msn: u64| {
            let counted = key.counts().then_some(u128::from(msn));
            key.vector.or(counted)
        };
        if vector(our, ours.msn) != vector(their, theirs.msn) {
            report.tell(Invariant::InitVector, line, ("iv", msn), || {
                format!(
                    "segment {msn} is {} at the origin: its vector is {:#x} there and {:#x} here",
                    theirs.msn,
                    vector(their, theirs.msn).unwrap_or_default(),
                    vector(our, ours.msn).unwrap_or_default()
                )
            });
        }
    }
}

/// An ad has nothing of the content around it: no key, no map, no bit rate, no address.
fn inserted(
    track: &Track,
    before: Option<&Known>,
    known: &Known,
    origin: &Track,
    report: &mut Report,
) {
    let segment = &known.segment;
    let (msn, line) = (segment.msn, segment.line);
    let content = track
        .splice
        .content
        .and_then(|number| origin.known.get(&number));
    if let Some(content) = content.map(|content| &content.segment) {
        let is_keyed = !segment.keys.is_empty() && segment.keys == content.keys;
        let is_mapped = segment.map.is_some() && segment.map == content.map;
        if is_keyed || is_mapped {
            report.tell(Invariant::SpliceTags, line, ("ad", msn), || {
                let what = if is_keyed { "EXT-X-KEY" } else { "EXT-X-MAP" };
                format!("ad segment {msn} stands under the {what} of content")
            });
        }
    }
    let after_content = before.is_some_and(|before| matches!(before.kind, Kind::Content(_)));
    if after_content && segment.bitrate.is_some_and(|(_, written)| !written) {
        report.tell(Invariant::BitrateAndGap, line, ("ad", msn), || {
            format!("ad segment {msn} stands under the EXT-X-BITRATE of content")
        });
    }
    let is_relative = !segment.written.contains("://");
    let mut near = origin.known.values().rev().take(NEAR_MAX);
    if is_relative && near.any(|other| other.segment.written == segment.written) {
        report.tell(Invariant::Addresses, line, ("relative", msn), || {
            format!(
                "`{}` is written as at the origin, but means {} here",
                segment.written, segment.uri
            )
        });
    }
}

/// Where the server counts by addresses, each ad of each break has its own.
fn counted(track: &Track, known: &Known, step: &Step<'_>, report: &mut Report) {
    let segment = &known.segment;
    let numbers = track.numbers.get(&segment.resource());
    let earlier = numbers.and_then(|numbers| numbers.first()).copied();
    let earlier = earlier.filter(|earlier| *earlier < segment.msn);
    let counted = step.rules.counted.as_ref();
    let is_counted = counted.is_some_and(|part| segment.uri.contains(part.as_str()));
    if let Some(earlier) = earlier.filter(|_| is_counted) {
        let subject = segment.msn;
        report.tell(Invariant::CountedOnce, segment.line, subject, || {
            format!(
                "ad segment {} has the address of segment {earlier}: {}",
                segment.msn, segment.uri
            )
        });
    }
}

/// Content after ads: settles the account of the break.
fn close(
    track: &mut Track,
    origin: &Track,
    (known, rank): (&Known, Rank),
    step: &Step<'_>,
    report: &mut Report,
) {
    let Kind::Content(number) = known.kind else {
        return;
    };
    let (msn, line) = (known.segment.msn, known.segment.line);
    let splice = &mut track.splice;
    let inserted = std::mem::take(&mut splice.inserted);
    let Some(last) = splice.content.replace(number) else {
        return;
    };
    if number <= last {
        report.tell(Invariant::ContentOrder, line, msn, || {
            format!("content {number} of the origin follows content {last}")
        });
        return;
    }
    let replaced = origin.time_between(last, Some(number));
    if step.rules.mode == Mode::Insert {
        if replaced > 0 {
            report.tell(Invariant::ContentOrder, line, msn, || {
                format!(
                    "{} of content are missing before segment {msn}",
                    seconds(replaced)
                )
            });
        }
        return;
    }
    if rank == Rank::Leader {
        splice.drift += replaced - inserted;
    } else {
        splice.drift = replaced - inserted;
    }
    let target = step.playlist.target.unwrap_or_default();
    let target = i64::try_from(target).unwrap_or(0).saturating_mul(1_000_000);
    // Other renditions end their segments elsewhere, by up to half of one at both ends.
    let loose = if rank == Rank::Leader { 0 } else { target };
    let drift = splice.drift;
    if drift < -SUM_SLACK - loose || drift >= DRIFT_MAX + SUM_SLACK + loose {
        report.tell(Invariant::Conservation, line, msn, || {
            format!(
                "{} of content were replaced by {} before segment {msn}, which leaves the session {} behind",
                seconds(replaced),
                seconds(inserted),
                seconds(drift)
            )
        });
        splice.drift = 0;
    }
    late_return(origin, (last, number), &known.segment, report);
}

/// Content that the origin lists after a cue to return is shown, but for one segment.
fn late_return(origin: &Track, (last, number): (u64, u64), segment: &Segment, report: &mut Report) {
    let back = origin.cue_ins.iter().filter(|cue| **cue > last + 1);
    let again = |cue: u64| {
        origin
            .cue_outs
            .iter()
            .any(|out| (cue..number).contains(out))
    };
    let back = back.copied().find(|cue| cue + 1 < number && !again(*cue));
    if let Some(cue) = back {
        report.tell(Invariant::BreakEnd, segment.line, segment.msn, || {
            format!(
                "the break ended before content {cue} of the origin, and content {number} is the first that is shown"
            )
        });
    }
}

/// The end of the playlist: ads there are covered by content that the origin has listed.
fn edge(track: &Track, origin: &Track, (step, rank): (&Step<'_>, Rank), report: &mut Report) {
    let splice = &track.splice;
    let Some(last) = splice.content.filter(|_| splice.inserted > 0) else {
        return;
    };
    if let Some(bound) = step.rules.break_max {
        let bound = i64::try_from(bound).unwrap_or(i64::MAX);
        if splice.inserted > bound.saturating_add(SUM_SLACK) {
            let subject = ("long", splice.first_inserted);
            report.tell(Invariant::BreakEnd, 0, subject, || {
                format!(
                    "a break of {} from segment {}, the longest allowed is {}",
                    seconds(splice.inserted),
                    splice.first_inserted,
                    seconds(bound)
                )
            });
        }
    }
    if step.rules.mode == Mode::Insert {
        return;
    }
    let target = step.playlist.target.unwrap_or_default();
    let target = i64::try_from(target).unwrap_or(0).saturating_mul(1_000_000);
    let loose = match rank {
        Rank::Leader => splice.drift.max(0),
        Rank::Follower => target,
    };
    let covered = origin.time_between(last, None);
    if splice.inserted > covered + loose + SUM_SLACK {
        let subject = (splice.first_inserted, step.playlist.msn);
        report.tell(Invariant::RunningAhead, 0, subject, || {
            format!(
                "{} of ads are listed from segment {} while the origin has listed {} of content",
                seconds(splice.inserted),
                splice.first_inserted,
                seconds(covered)
            )
        });
    }
}
