//! A session against its origin as a whole: its version, its end, its header, its addresses.

use super::attributes::attributes;
use super::playlist::Playlist;
use super::reload::Step;
use super::report::Report;
use super::tags::unknown_header;
use super::track::Track;
use super::{Invariant, Mode};

/// The playlist as a whole: its version, its end and its header.
pub(super) fn check(origin: &Track, step: &Step<'_>, report: &mut Report) {
    let (playlist, Some(theirs)) = (step.playlist, &origin.last) else {
        return;
    };
    let version = |version: Option<u64>| version.unwrap_or(1);
    if version(playlist.version) < version(theirs.version) {
        report.tell(Invariant::Version, 0, "origin", || {
            format!(
                "the version is {}, at the origin {}",
                version(playlist.version),
                version(theirs.version)
            )
        });
    }
    let independent = "EXT-X-INDEPENDENT-SEGMENTS";
    if playlist.has(independent) && !theirs.has(independent) {
        report.tell(Invariant::Singletons, 0, "independent", || {
            "EXT-X-INDEPENDENT-SEGMENTS is here and not at the origin".to_owned()
        });
    }
    addresses(playlist, theirs, report);
    let is_splicing = step.rules.mode == Mode::Replace && !playlist.ended && theirs.ended;
    if (playlist.ended && !theirs.ended)
        || (is_splicing && origin.final_text.is_some() && ended_long_ago(origin, step))
    {
        report.tell(Invariant::Singletons, 0, "end", || {
            format!(
                "EXT-X-ENDLIST is {} here and {} at the origin",
                if playlist.ended { "there" } else { "not there" },
                if theirs.ended { "there" } else { "not" }
            )
        });
    }
    let ours = unknown_header(playlist);
    for (line, text) in unknown_header(theirs) {
        let is_header = theirs
            .tags
            .iter()
            .any(|tag| tag.line > line && tag.name == "EXT-X-MEDIA-SEQUENCE");
        if is_header && !ours.iter().any(|(_, other)| *other == text) {
            report.tell(Invariant::UnknownLines, 0, &text, || {
                format!("`{text}` of the header is lost")
            });
        }
    }
}

/// An address in any other tag that is written as at the origin means the same.
fn addresses(playlist: &Playlist, theirs: &Playlist, report: &mut Report) {
    // Those of segments are compared with what is in force.
    const OTHERS: &[&str] = &[
        "EXT-X-PART",
        "EXT-X-PRELOAD-HINT",
        "EXT-X-RENDITION-REPORT",
        "EXT-X-DATERANGE",
    ];
    let written = |playlist: &Playlist| -> Vec<(u32, String)> {
        let tags = playlist.tags.iter();
        let tags = tags.filter(|tag| OTHERS.contains(&tag.name.as_str()));
        tags.flat_map(|tag| {
            let uris = attributes(&tag.value)
                .into_iter()
                .filter(|one| ["URI", "X-ASSET-URI", "X-ASSET-LIST"].contains(&one.name.as_str()));
            uris.map(|one| (tag.line, one.value().to_owned()))
                .collect::<Vec<_>>()
        })
        .collect()
    };
    let resolve = |playlist: &Playlist, uri: &str| {
        let base = playlist.url.as_ref();
        base.and_then(|base| base.join(uri).ok()).map(String::from)
    };
    let known = written(theirs);
    for (line, uri) in written(playlist) {
        let is_same_text = known.iter().any(|(_, other)| *other == uri);
        if is_same_text && resolve(playlist, &uri) != resolve(theirs, &uri) {
            report.tell(Invariant::Addresses, line, &uri, || {
                format!("`{uri}` is written as at the origin, but means something else here")
            });
        }
    }
}

/// Whether a session had a target duration of time to see the end.
fn ended_long_ago(origin: &Track, step: &Step<'_>) -> bool {
    let target = step.playlist.target.unwrap_or_default();
    let passed = step.at.millis() - origin.grown_at.millis();
    passed > i64::try_from(target.saturating_mul(2000)).unwrap_or(i64::MAX)
}
