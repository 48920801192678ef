//! Date ranges: that they stay, never change, and that interstitials can be played.

use url::Url;

use super::attributes::{Attribute, date, find, micros, seconds};
use super::playlist::{DateRange, Playlist};
use super::reload::Step;
use super::report::Report;
use super::track::{KnownRange, Track};
use super::{Invariant, Mode};

/// Looks at the date ranges of one playlist.
pub(super) fn check(playlist: &Playlist, mode: Mode, report: &mut Report) {
    let Some(first) = playlist.ranges.first() else {
        return;
    };
    if !playlist.segments.iter().any(|one| one.date_written) {
        report.tell(Invariant::DateRangeSets, first.line, "undated", || {
            format!(
                "date range `{}` in a playlist without EXT-X-PROGRAM-DATE-TIME",
                first.id
            )
        });
    }
    for range in &playlist.ranges {
        numbers(range, report);
        if range.is_interstitial() {
            interstitial(playlist, range, mode, report);
        }
    }
}

/// What must be a number is one.
fn numbers(range: &DateRange, report: &mut Report) {
    const DECIMALS: &[&str] = &[
        "DURATION",
        "PLANNED-DURATION",
        "X-RESUME-OFFSET",
        "X-PLAYOUT-LIMIT",
    ];
    for name in DECIMALS {
        let Some(value) = range.get(name) else {
            continue;
        };
        let digits = value
            .strip_prefix('-')
            .filter(|_| *name == "X-RESUME-OFFSET");
        if micros(digits.unwrap_or(value)).is_none() {
            let subject = (&range.id, name);
            report.tell(Invariant::InterstitialAsset, range.line, subject, || {
                format!(
                    "{name} of date range `{}` is `{value}`, no number",
                    range.id
                )
            });
        }
    }
    if let Some(text) = range.get("START-DATE").filter(|text| date(text).is_none()) {
        let subject = (&range.id, "start");
        report.tell(Invariant::DateRanges, range.line, subject, || {
            format!(
                "START-DATE of date range `{}` is `{text}`, no date",
                range.id
            )
        });
    }
}

/// An interstitial has exactly one asset or list, resumes where it ends, and lies on a date.
fn interstitial(playlist: &Playlist, range: &DateRange, mode: Mode, report: &mut Report) {
    let merged: Vec<&Attribute> = playlist
        .ranges
        .iter()
        .filter(|other| other.id == range.id)
        .flat_map(|other| &other.attributes)
        .collect();
    let get = |name: &str| {
        let found = merged.iter().find(|attribute| attribute.name == name);
        found.map(|attribute| attribute.value())
    };
    let (id, line) = (&range.id, range.line);
    let mut tell = |what: &'static str, seen: String| {
        report.tell(Invariant::InterstitialAsset, line, (id, what), || seen);
    };
    match (get("X-ASSET-URI"), get("X-ASSET-LIST")) {
        (None, None) => tell("none", format!("interstitial `{id}` has no asset")),
        (Some(_), Some(_)) => tell(
            "both",
            format!("interstitial `{id}` has both X-ASSET-URI and X-ASSET-LIST"),
        ),
        (Some(uri), None) if Url::parse(uri).is_err() => tell(
            "relative",
            format!("X-ASSET-URI of `{id}` is not absolute: {uri}"),
        ),
        _ => {}
    }
    for uri in [get("X-ASSET-URI"), get("X-ASSET-LIST")]
        .into_iter()
        .flatten()
    {
        // The one name of that prefix which is for whoever writes the playlist (App. D.4).
        let others = uri.replace("_HLS_interstitial_id=", "");
        if others.contains("?_HLS_") || others.contains("&_HLS_") {
            tell(
                "reserved",
                format!("the asset of `{id}` has a parameter of the reserved prefix _HLS_: {uri}"),
            );
        }
    }
    if let Some(offset) = get("X-RESUME-OFFSET")
        && !playlist.ended
        && mode == Mode::Replace
    {
        let invariant = Invariant::InterstitialResume;
        report.tell(invariant, line, (id, "offset"), || {
            format!("live interstitial `{id}` has X-RESUME-OFFSET={offset}")
        });
    }
}

/// Follows ranges over reloads: an id is one range, its attributes never change, and it stays
/// as long as a date of it is listed (§6.2.1, §4.4.5.1).
pub(super) fn follow(track: &mut Track, step: &Step<'_>, report: &mut Report) {
    let Step {
        playlist,
        at,
        origin,
        ..
    } = *step;
    let reload = track.reloads;
    for range in &playlist.ranges {
        let known = track
            .ranges
            .entry(range.id.clone())
            .or_insert_with(|| KnownRange {
                attributes: Vec::new(),
                start: None,
                length: None,
                first_at: at,
                first_reload: reload,
                last_reload: reload,
                is_cue: range.is_cue(),
            });
        merge(known, range, report);
        known.last_reload = reload;
    }
    let dates = |playlist: &Playlist| {
        let first = playlist.segments.iter().find_map(|one| one.date);
        first.zip(playlist.segments.last().and_then(|one| one.end()))
    };
    let Some((from, to)) = dates(playlist) else {
        return;
    };
    for (id, known) in &track.ranges {
        let Some(start) = known.start else { continue };
        let end = start.saturating_add(known.length.unwrap_or(0));
        // An origin that drops it too soon is at fault itself.
        let at_origin = origin.and_then(|origin| Some((origin.reloads, origin.ranges.get(id)?)));
        let is_dropped = at_origin.is_some_and(|(reloads, range)| range.last_reload < reloads);
        let is_gone = known.last_reload + 1 == reload && !is_dropped;
        let is_listed = start < to && (end > from || start >= from);
        if is_gone && is_listed {
            report.tell(Invariant::DateRanges, 0, (id, "gone"), || {
                format!("date range `{id}` is gone while its dates are still listed")
            });
        }
    }
    placed(track, playlist, (from, to), report);
    if let Some(origin) = origin {
        kept(track, origin, (from, to), report);
    }
}

/// Ranges of the origin are there: all of them, or all but those about splices.
fn kept(track: &Track, origin: &Track, window: (i64, i64), report: &mut Report) {
    let keeps_cues = track.ranges.values().any(|range| range.is_cue);
    for (id, theirs) in &origin.ranges {
        // What has just come may be on its way still.
        let is_settled = theirs.last_reload == origin.reloads
            && theirs.last_reload > theirs.first_reload.saturating_add(1);
        let starts = theirs
            .start
            .is_some_and(|start| (window.0..window.1).contains(&start));
        let is_wanted = is_settled && starts && (keeps_cues || !theirs.is_cue);
        if is_wanted && !track.ranges.contains_key(id) {
            report.tell(Invariant::DateRanges, 0, (id, "lost"), || {
                let what = if theirs.is_cue {
                    ", although others about splices are kept"
                } else {
                    ""
                };
                format!("date range `{id}` of the origin is not here{what}")
            });
        }
    }
}

/// An interstitial starts on a date that a segment has or will have (App. D.2).
fn placed(track: &Track, playlist: &Playlist, window: (i64, i64), report: &mut Report) {
    let oldest = track.known.values().find_map(|known| known.segment.date);
    let oldest = oldest.unwrap_or(window.0).min(window.0);
    for range in playlist
        .ranges
        .iter()
        .filter(|range| range.is_interstitial())
    {
        let is_tied = range
            .get("CUE")
            .is_some_and(|cue| cue.contains("PRE") || cue.contains("POST"));
        let Some(start) = range.start().filter(|_| !is_tied) else {
            continue;
        };
        if start < oldest || (playlist.ended && start > window.1) {
            let subject = (&range.id, "place");
            report.tell(Invariant::InterstitialPlace, range.line, subject, || {
                let away = if start < oldest {
                    oldest - start
                } else {
                    start - window.1
                };
                format!(
                    "interstitial `{}` starts {} outside of the dates of the playlist",
                    range.id,
                    seconds(away)
                )
            });
        }
    }
}

fn merge(known: &mut KnownRange, range: &DateRange, report: &mut Report) {
    for attribute in &range.attributes {
        let before = find(&known.attributes, &attribute.name);
        match before {
            None => known.attributes.push(attribute.clone()),
            Some(before) if before == attribute.value() => {}
            Some(before) => {
                let subject = (&range.id, &attribute.name);
                report.tell(Invariant::DateRanges, range.line, subject, || {
                    format!(
                        "{} of date range `{}` was `{before}` and is `{}`",
                        attribute.name,
                        range.id,
                        attribute.value()
                    )
                });
            }
        }
    }
    known.start = known.start.or(range.start());
    known.length = range.length().or(known.length);
}
