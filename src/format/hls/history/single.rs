//! What one playlist shows by itself: durations, dates, keys, byte ranges.

use super::Invariant;
use super::attributes::seconds;
use super::playlist::{Playlist, Segment};
use super::read::range;
use super::report::Report;

/// Most by which a segment may start before the one before it ends (RFC 8216bis §6.2.1).
pub(super) const OVERLAP_MAX: i64 = 1_000_000;

/// Looks at one media playlist.
pub(super) fn check(playlist: &Playlist, report: &mut Report) {
    for segment in &playlist.segments {
        duration(playlist, segment, report);
        container(segment, report);
    }
    dates(playlist, report);
    order(playlist, report);
    byte_ranges(playlist, report);
    list_type(playlist, report);
}

/// The target duration bounds every segment: rounded, and exactly below version 6 (§4.4.3.1, §8).
fn duration(playlist: &Playlist, segment: &Segment, report: &mut Report) {
    let Some(target) = playlist.target else {
        return;
    };
    let is_exact = playlist.version.unwrap_or(1) < 6;
    let bound = i64::try_from(target).unwrap_or(i64::MAX);
    let micros = segment.duration;
    let over = if is_exact {
        micros > bound.saturating_mul(1_000_000)
    } else {
        (micros.saturating_add(500_000)) / 1_000_000 > bound
    };
    if over {
        report.tell(
            Invariant::TargetDuration,
            segment.line,
            ("length", segment.msn),
            || {
                format!(
                    "segment {} lasts {}, the target is {target} s",
                    segment.msn,
                    seconds(micros)
                )
            },
        );
    }
}

/// A map cannot be taken back, so nothing but fMP4 may follow it (§4.4.4.5).
fn container(segment: &Segment, report: &mut Report) {
    let path = segment.uri.split(['?', '#']).next().unwrap_or_default();
    let extension = path.rsplit('.').next().unwrap_or_default();
    let is_bare = ["ts", "aac", "mp3", "ac3", "ec3"].contains(&extension);
    if let Some(map) = segment.map.as_ref().filter(|_| is_bare) {
        report.tell(
            Invariant::SpliceTags,
            segment.line,
            ("container", segment.msn),
            || {
                format!(
                    "segment {} is .{extension} while EXT-X-MAP {} is in force",
                    segment.msn, map.uri
                )
            },
        );
    }
}

/// Dates stand at every splice once there are any, and never go back.
fn dates(playlist: &Playlist, report: &mut Report) {
    let has_dates = playlist.segments.iter().any(|segment| segment.date_written);
    if !has_dates {
        return;
    }
    let invariant = Invariant::DatesAtSplices;
    for segment in &playlist.segments {
        if segment.discontinuities > 0 && !segment.date_written {
            report.tell(invariant, segment.line, ("none", segment.msn), || {
                format!(
                    "segment {} follows EXT-X-DISCONTINUITY and has no EXT-X-PROGRAM-DATE-TIME",
                    segment.msn
                )
            });
        }
    }
    for pair in playlist.segments.windows(2) {
        let [one, next] = pair else { continue };
        let (Some(start), Some(end), Some(date)) = (one.date, one.end(), next.date) else {
            continue;
        };
        let overlap = end - date;
        if date <= start || overlap >= OVERLAP_MAX {
            report.tell(invariant, next.line, ("order", next.msn), || {
                format!(
                    "segment {} is dated {} before the end of segment {}",
                    next.msn,
                    seconds(overlap),
                    one.msn
                )
            });
        }
    }
}

/// The key stands before the map that it scopes (§4.4.4.4), and before both the discontinuity.
fn order(playlist: &Playlist, report: &mut Report) {
    let rank = |name: &str| match name {
        "EXT-X-DISCONTINUITY" => Some(0),
        "EXT-X-KEY" => Some(1),
        "EXT-X-MAP" => Some(2),
        _ => None,
    };
    let mut last: Option<(usize, u8, &str)> = None;
    for tag in &playlist.tags {
        let Some(now) = rank(&tag.name) else {
            continue;
        };
        if let Some((before, highest, name)) = last
            && before == tag.before
            && now < highest
        {
            let number = playlist.msn.saturating_add(tag.before as u64);
            report.tell(Invariant::SpliceTags, tag.line, ("order", number), || {
                format!("{} stands behind {name}", tag.name)
            });
        }
        last = match last {
            Some(last) if last.0 == tag.before && last.1 >= now => Some(last),
            _ => Some((tag.before, now, &tag.name)),
        };
    }
}

/// A range without an offset follows the range of the same resource listed before it (§4.4.4.2).
fn byte_ranges(playlist: &Playlist, report: &mut Report) {
    for tag in &playlist.tags {
        if tag.name != "EXT-X-BYTERANGE" {
            continue;
        }
        let is_open = range(&tag.value).is_some_and(|(_, offset)| offset.is_none());
        let Some(segment) = playlist.segments.get(tag.before).filter(|_| is_open) else {
            continue;
        };
        let before = tag.before.checked_sub(1);
        let before = before.and_then(|index| playlist.segments.get(index));
        let follows =
            before.is_some_and(|before| before.uri == segment.uri && before.range.is_some());
        if !follows {
            report.tell(Invariant::ByteRanges, tag.line, segment.msn, || {
                format!(
                    "the range of segment {} has no offset, and what stands before it is no range of {}",
                    segment.msn, segment.uri
                )
            });
        }
    }
}

/// What is typed VOD has an end.
fn list_type(playlist: &Playlist, report: &mut Report) {
    if playlist.kind.as_deref() == Some("VOD") && !playlist.ended {
        report.tell(Invariant::PlaylistType, 0, "unended", || {
            "EXT-X-PLAYLIST-TYPE:VOD without EXT-X-ENDLIST".to_owned()
        });
    }
}
