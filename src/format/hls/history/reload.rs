//! What a reload may change: nothing but what was added at the end and removed at the start.

use super::attributes::seconds;
use super::playlist::{Playlist, Segment};
use super::report::Report;
use super::track::Track;
use super::{Invariant, Queries, Rules};
use crate::model::Timestamp;

/// Two dates of one segment that are both written differ by no more, in microseconds.
pub(super) const DATE_SLACK: i64 = 2_000;

/// And by no more where one is carried on from other segments: their durations are rounded.
const CARRIED_SLACK: i64 = 100_000;

/// One playlist, and what it is looked at with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step<'a> {
    pub(super) playlist: &'a Playlist,
    pub(super) at: Timestamp,
    pub(super) rules: &'a Rules,
    /// The same rendition at the origin.
    pub(super) origin: Option<&'a Track>,
}

/// Looks at a playlist against everything that was listed before, and at how it grew.
pub(super) fn check(track: &mut Track, step: &Step<'_>, report: &mut Report) {
    let playlist = step.playlist;
    for segment in &playlist.segments {
        identity(track, segment, step.rules, report);
    }
    if let Some(last) = &track.last {
        sequence(track, last, playlist, report);
        discontinuities(track, last, playlist, report);
        constants(last, playlist, report);
        same_window(last, playlist, step.rules, report);
    }
    if let Some(text) = &track.final_text
        && *text != playlist.text
        && step.rules.queries == Queries::Compared
    {
        report.tell(Invariant::PlaylistType, 0, "final", || {
            format!(
                "the playlist had ended and {}",
                first_change(text, &playlist.text)
            )
        });
    }
    growth(track, step, report);
}

/// A number names one segment for good (§6.2.1).
fn identity(track: &Track, segment: &Segment, rules: &Rules, report: &mut Report) {
    let Some(known) = track.known.get(&segment.msn) else {
        return;
    };
    let before = &known.segment;
    let (msn, line) = (segment.msn, segment.line);
    let same = |one: &str, other: &str| match rules.queries {
        Queries::Compared => one == other,
        Queries::Ignored => one.split('?').next() == other.split('?').next(),
    };
    if !same(&before.uri, &segment.uri) || before.range != segment.range {
        report.tell(Invariant::Identity, line, ("uri", msn), || {
            format!(
                "segment {msn} was {} and is {}",
                before.resource(),
                segment.resource()
            )
        });
        return;
    }
    if before.extinf != segment.extinf {
        report.tell(Invariant::Identity, line, ("extinf", msn), || {
            format!(
                "EXTINF of segment {msn} was `{}` and is `{}`",
                before.extinf, segment.extinf
            )
        });
    }
    if before.dsn != segment.dsn {
        report.tell(Invariant::Identity, line, ("dsn", msn), || {
            format!(
                "segment {msn} had discontinuity number {} and has {}",
                before.dsn, segment.dsn
            )
        });
    }
    scope(before, segment, &same, report);
    date(before, segment, report);
}

/// Keys, map, bit rate and gap are those of the first time, even if their tags rolled off.
fn scope(
    before: &Segment,
    segment: &Segment,
    same: &impl Fn(&str, &str) -> bool,
    report: &mut Report,
) {
    let (msn, line) = (segment.msn, segment.line);
    let same_map = match (&before.map, &segment.map) {
        (Some(one), Some(other)) => same(&one.uri, &other.uri) && one.range == other.range,
        (None, None) => true,
        _ => false,
    };
    let mut pairs = before.keys.iter().zip(segment.keys.iter());
    let same_keys = before.keys.len() == segment.keys.len()
        && pairs.all(|(one, other)| {
            same(&one.uri, &other.uri)
                && (&one.format, &one.method, one.vector)
                    == (&other.format, &other.method, other.vector)
        });
    if !same_map || !same_keys {
        report.tell(Invariant::KeysAndMaps, line, ("scope", msn), || {
            let what = if same_map { "EXT-X-KEY" } else { "EXT-X-MAP" };
            format!("the {what} in force for segment {msn} is not the one it was listed with")
        });
    }
    // A bit rate may be forgotten when its tag rolls off, but not become another.
    let rates = before.bitrate.zip(segment.bitrate);
    if before.gap != segment.gap || rates.is_some_and(|(one, other)| one.0 != other.0) {
        report.tell(Invariant::BitrateAndGap, line, ("reload", msn), || {
            format!("EXT-X-BITRATE or EXT-X-GAP of segment {msn} changed")
        });
    }
}

fn date(before: &Segment, segment: &Segment, report: &mut Report) {
    let (Some(one), Some(other)) = (before.date, segment.date) else {
        return;
    };
    let slack = if before.date_written && segment.date_written {
        DATE_SLACK
    } else {
        CARRIED_SLACK
    };
    let moved = other - one;
    if moved.abs() > slack {
        let subject = ("date", segment.msn);
        report.tell(Invariant::DatesStable, segment.line, subject, || {
            format!(
                "the date of segment {} moved by {}",
                segment.msn,
                seconds(moved)
            )
        });
    }
}

/// The media sequence never falls and rises by the number of segments removed (§6.2.2).
fn sequence(track: &Track, last: &Playlist, playlist: &Playlist, report: &mut Report) {
    let (before, now) = (last.msn, playlist.msn);
    if now < before {
        report.tell(Invariant::Identity, 0, ("fell", now), || {
            format!("the media sequence fell from {before} to {now}")
        });
        return;
    }
    let end = |playlist: &Playlist| playlist.msn.saturating_add(playlist.segments.len() as u64);
    if end(playlist) < end(last) {
        report.tell(Invariant::Identity, 0, ("end", end(playlist)), || {
            format!(
                "segments at the end were taken back: it ended before {} and ends before {}",
                end(last),
                end(playlist)
            )
        });
    }
    let said = now - before;
    // Every shift under which the old and the new list agree where they overlap.
    let resources = |playlist: &Playlist| -> Vec<String> {
        let segments = playlist.segments.iter();
        segments.map(|segment| segment.uri.clone()).collect()
    };
    let (old, new) = (resources(last), resources(playlist));
    let agrees = |shift: usize| {
        let rest = old.get(shift..).unwrap_or_default();
        !rest.is_empty()
            && !new.is_empty()
            && rest.iter().zip(&new).all(|(one, other)| one == other)
    };
    let shifts: Vec<usize> = (0..old.len()).filter(|shift| agrees(*shift)).collect();
    let is_said = shifts.iter().any(|shift| *shift as u64 == said);
    if let Some(shift) = shifts.first().filter(|_| !is_said) {
        report.tell(Invariant::MediaSequence, 0, (track.reloads, now), || {
            format!("{shift} segments were removed and the media sequence rose by {said}, to {now}")
        });
    } else if shifts.is_empty() {
        // A segment that stayed, but at another number.
        let moved = new.iter().zip(now..).any(|(uri, msn)| {
            let at = old.iter().zip(before..).filter(|(other, _)| *other == uri);
            let numbers: Vec<u64> = at.map(|(_, number)| number).collect();
            !numbers.is_empty() && !numbers.contains(&msn)
        });
        if moved {
            report.tell(Invariant::MediaSequence, 0, (track.reloads, now), || {
                "segments were removed or put in between others that stayed".to_owned()
            });
        }
    }
}

/// The discontinuity sequence rises by the tags that went with their segments (§6.2.2).
fn discontinuities(track: &Track, last: &Playlist, playlist: &Playlist, report: &mut Report) {
    let invariant = Invariant::DiscontinuitySequence;
    let Some(said) = playlist.msn.checked_sub(last.msn) else {
        return;
    };
    let removed = last
        .segments
        .iter()
        .take_while(|one| one.msn < playlist.msn);
    let went: u64 = removed.map(|one| u64::from(one.discontinuities)).sum();
    let expected = last.dsn.saturating_add(went);
    let is_known = said <= last.segments.len() as u64;
    let is_wrong = if is_known {
        playlist.dsn != expected
    } else {
        playlist.dsn < expected
    };
    if is_wrong {
        report.tell(invariant, 0, ("count", playlist.msn), || {
            let tag = if playlist.has_dsn {
                format!("EXT-X-DISCONTINUITY-SEQUENCE is {}", playlist.dsn)
            } else {
                "there is no EXT-X-DISCONTINUITY-SEQUENCE".to_owned()
            };
            format!("{tag}; it was {} and {went} tags were removed", last.dsn)
        });
    } else if said > 0 && track.ever_split && !playlist.has_dsn {
        report.tell(invariant, 0, "missing", || {
            "the playlist slides and has held EXT-X-DISCONTINUITY, but has no EXT-X-DISCONTINUITY-SEQUENCE"
                .to_owned()
        });
    }
}

/// What never changes, and what a playlist that slides must not say.
fn constants(last: &Playlist, playlist: &Playlist, report: &mut Report) {
    if last.target != playlist.target {
        report.tell(Invariant::TargetDuration, 0, "changed", || {
            format!(
                "the target duration changed from {:?} to {:?}",
                last.target.unwrap_or_default(),
                playlist.target.unwrap_or_default()
            )
        });
    }
    if last.version != playlist.version {
        report.tell(Invariant::Version, 0, "changed", || {
            format!(
                "the version changed from {} to {}",
                last.version.unwrap_or(1),
                playlist.version.unwrap_or(1)
            )
        });
    }
    if last.ended && !playlist.ended {
        report.tell(Invariant::Singletons, 0, "unended", || {
            "EXT-X-ENDLIST was there and is gone".to_owned()
        });
    }
    if let Some(kind) = playlist.kind.as_ref().filter(|_| playlist.msn > last.msn) {
        report.tell(Invariant::PlaylistType, 0, "slides", || {
            format!("segments are removed from a playlist of type {kind}")
        });
    }
}

/// The same window is the same text, apart from what is announced and from tokens.
fn same_window(last: &Playlist, playlist: &Playlist, rules: &Rules, report: &mut Report) {
    let window = |playlist: &Playlist| (playlist.msn, playlist.segments.len(), playlist.ended);
    if window(last) != window(playlist) || rules.queries == Queries::Ignored {
        return;
    }
    let fixed = |text: &str| -> String {
        let lines = text.split('\n').filter(|line| {
            let name = line.split(':').next().unwrap_or_default();
            !matches!(
                name,
                "#EXT-X-DATERANGE"
                    | "#EXT-X-PART"
                    | "#EXT-X-PRELOAD-HINT"
                    | "#EXT-X-RENDITION-REPORT"
                    | "#EXT-X-SKIP"
            ) && !name.starts_with("#EXT-X-CUE")
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    let (one, other) = (fixed(&last.text), fixed(&playlist.text));
    if one != other {
        report.tell(Invariant::Determinism, 0, ("window", playlist.msn), || {
            format!(
                "the same window was answered twice and {}",
                first_change(&one, &other)
            )
        });
    }
}

/// The first line that differs.
fn first_change(one: &str, other: &str) -> String {
    let (mut one, mut other) = (one.lines(), other.lines());
    loop {
        match (one.next(), other.next()) {
            (None, None) => return "only its line ends changed".to_owned(),
            (before, now) if before == now => {}
            (before, now) => {
                let (before, now) = (before.unwrap_or("nothing"), now.unwrap_or("nothing"));
                return format!("`{before}` became `{now}`");
            }
        }
    }
}

/// The window stays long enough, grows in time, and not faster than time (§6.2.1, §6.2.2).
fn growth(track: &mut Track, step: &Step<'_>, report: &mut Report) {
    let playlist = step.playlist;
    let begins = |last: &Playlist| last.segments.is_empty();
    let Some(last) = track.last.as_ref().filter(|last| !begins(last)) else {
        // Nothing has been on air yet.
        track.grown_at = step.at;
        track.first_at = step.at;
        return;
    };
    let target = i64::try_from(playlist.target.unwrap_or_default()).unwrap_or(i64::MAX);
    let target = target.saturating_mul(1_000_000);
    let listed: i64 = playlist.segments.iter().map(|one| one.duration).sum();
    if playlist.msn > last.msn && !playlist.ended && listed < target.saturating_mul(3) {
        report.tell(Invariant::LiveWindow, 0, ("short", playlist.msn), || {
            format!(
                "{} are listed after segments were removed, less than three target durations",
                seconds(listed)
            )
        });
    }
    let end = |playlist: &Playlist| playlist.segments.last().map(|one| one.msn);
    let new = playlist
        .segments
        .iter()
        .filter(|one| Some(one.msn) > end(last));
    let new: i64 = new.map(|one| one.duration).sum();
    let slack = i64::try_from(step.rules.slack).unwrap_or(i64::MAX);
    let slack = slack.saturating_mul(1000);
    let since = |then: Timestamp| (step.at.millis() - then.millis()).saturating_mul(1000);
    if new == 0 {
        let stood = since(track.grown_at);
        let bound = slack.saturating_add(target.saturating_mul(3) / 2);
        let stands = step.origin.is_some_and(|origin| {
            let stood = since(origin.grown_at);
            stood > target
        });
        if stood > bound && !playlist.ended && !stands {
            let subject = ("stands", track.grown_at);
            report.tell(Invariant::LiveWindow, 0, subject, || {
                format!(
                    "no new segment for {}, the target is {}",
                    seconds(stood),
                    seconds(target)
                )
            });
        }
        return;
    }
    track.grown_at = step.at;
    track.grown = track.grown.saturating_add(new);
    let ahead = track.grown - since(track.first_at);
    let bound = slack.saturating_add(target.saturating_mul(2));
    if step.origin.is_none() && ahead > bound && !playlist.ended {
        report.tell(Invariant::RunningAhead, 0, ("grew", playlist.msn), || {
            format!(
                "{} were added in {}",
                seconds(track.grown),
                seconds(since(track.first_at))
            )
        });
    }
}
