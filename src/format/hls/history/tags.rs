//! Lines: what may stand once, what a version allows, which lines no check knows.

use super::attributes::{attributes, find};
use super::playlist::{Playlist, Tag, Variables};
use super::report::Report;
use super::{Invariant, PLAYLIST_BYTES_MAX};

/// Tags that stand at most once (RFC 8216bis §4.4.1 to §4.4.3).
const ONCE: &[&str] = &[
    "EXTM3U",
    "EXT-X-VERSION",
    "EXT-X-TARGETDURATION",
    "EXT-X-MEDIA-SEQUENCE",
    "EXT-X-DISCONTINUITY-SEQUENCE",
    "EXT-X-ENDLIST",
    "EXT-X-PLAYLIST-TYPE",
    "EXT-X-I-FRAMES-ONLY",
    "EXT-X-PART-INF",
    "EXT-X-SERVER-CONTROL",
    "EXT-X-INDEPENDENT-SEGMENTS",
    "EXT-X-START",
];

/// Tags of segments and playlists that some check looks at, or that a stitcher must rewrite.
const LOOKED_AT: &[&str] = &[
    "EXTINF",
    "EXT-X-DISCONTINUITY",
    "EXT-X-KEY",
    "EXT-X-MAP",
    "EXT-X-PROGRAM-DATE-TIME",
    "EXT-X-BYTERANGE",
    "EXT-X-BITRATE",
    "EXT-X-GAP",
    "EXT-X-DATERANGE",
    "EXT-X-DEFINE",
    "EXT-X-PART",
    "EXT-X-PRELOAD-HINT",
    "EXT-X-RENDITION-REPORT",
    "EXT-X-SKIP",
];

/// Cues: a stitcher may keep or drop them.
const CUES: &[&str] = &[
    "EXT-X-CUE",
    "EXT-OATCLS-SCTE35",
    "EXT-X-SCTE35",
    "EXT-X-SPLICEPOINT-SCTE35",
    "EXT-X-ASSET",
];

/// Looks at the form of a media playlist; false when it is none.
pub(super) fn check(playlist: &Playlist, report: &mut Report) -> bool {
    let is_first = playlist.tags.first();
    let is_first = is_first.is_some_and(|tag| tag.name == "EXTM3U" && tag.line == 1);
    if !is_first || playlist.target.is_none() {
        report.tell(Invariant::Singletons, 1, "form", || {
            let missing = if is_first {
                "EXT-X-TARGETDURATION"
            } else {
                "EXTM3U on its first line"
            };
            format!(
                "no media playlist: there is no {missing}, or it is over {PLAYLIST_BYTES_MAX} bytes"
            )
        });
        return false;
    }
    check_lines(playlist, report);
    version(playlist, report);
    true
}

/// What holds for media and multivariant playlists alike.
pub(super) fn check_lines(playlist: &Playlist, report: &mut Report) {
    for name in ONCE {
        let mut found = playlist.tags.iter().filter(|tag| tag.name == *name);
        let _first = found.next();
        if let Some(second) = found.next() {
            report.tell(Invariant::Singletons, second.line, name, || {
                format!("a second {name}")
            });
        }
    }
    for tag in &playlist.tags {
        let is_header = matches!(
            tag.name.as_str(),
            "EXT-X-MEDIA-SEQUENCE" | "EXT-X-DISCONTINUITY-SEQUENCE"
        );
        if is_header && tag.before > 0 {
            report.tell(Invariant::Singletons, tag.line, &tag.name, || {
                format!("{} stands behind a segment", tag.name)
            });
        }
    }
    for (line, name) in &playlist.undefined {
        report.tell(Invariant::Addresses, *line, name, || {
            format!("variable `{name}` is used and not defined before")
        });
    }
}

/// The version must allow what is used (§8).
fn version(playlist: &Playlist, report: &mut Report) {
    let version = playlist.version.unwrap_or(1);
    let frames_only = playlist.has("EXT-X-I-FRAMES-ONLY");
    for tag in &playlist.tags {
        let Some((needed, what)) = needs(tag, Map { frames_only }) else {
            continue;
        };
        if version < needed {
            report.tell(Invariant::Version, tag.line, (needed, what), || {
                format!("{what} needs version {needed}, the playlist says {version}")
            });
        }
    }
}

/// Whether EXT-X-MAP stands in a playlist of I-frames, where it is older.
#[derive(Clone, Copy)]
struct Map {
    frames_only: bool,
}

fn needs(tag: &Tag, map: Map) -> Option<(u64, &'static str)> {
    match tag.name.as_str() {
        "EXT-X-KEY" => {
            let list = attributes(&tag.value);
            let method = find(&list, "METHOD").unwrap_or_default();
            let has_format = find(&list, "KEYFORMAT").or(find(&list, "KEYFORMATVERSIONS"));
            if method.starts_with("SAMPLE-AES") || has_format.is_some() {
                return Some((5, "KEYFORMAT or SAMPLE-AES"));
            }
            find(&list, "IV").map(|_| (2, "IV"))
        }
        "EXTINF" => {
            let seconds = tag.value.split(',').next().unwrap_or_default();
            seconds.contains('.').then_some((3, "a decimal EXTINF"))
        }
        "EXT-X-BYTERANGE" => Some((4, "EXT-X-BYTERANGE")),
        "EXT-X-I-FRAMES-ONLY" => Some((4, "EXT-X-I-FRAMES-ONLY")),
        "EXT-X-MAP" if map.frames_only => Some((5, "EXT-X-MAP among I-frames")),
        "EXT-X-MAP" => Some((6, "EXT-X-MAP")),
        "EXT-X-DEFINE" if tag.value.contains("QUERYPARAM=") => {
            Some((11, "EXT-X-DEFINE with QUERYPARAM"))
        }
        "EXT-X-DEFINE" => Some((8, "EXT-X-DEFINE")),
        _ => None,
    }
}

/// For each segment the lines before it that no check knows, as they are written.
pub(super) fn unknown_lines(playlist: &Playlist) -> Vec<Vec<String>> {
    let mut lines = vec![Vec::new(); playlist.segments.len()];
    for tag in &playlist.tags {
        if let Some(lines) = lines.get_mut(tag.before)
            && is_unknown(tag)
        {
            lines.push(written(tag));
        }
    }
    lines
}

/// The lines before the first segment that no check knows.
pub(super) fn unknown_header(playlist: &Playlist) -> Vec<(u32, String)> {
    let header = playlist.tags.iter().filter(|tag| tag.before == 0);
    header
        .filter(|tag| is_unknown(tag))
        .map(|tag| (tag.line, written(tag)))
        .collect()
}

fn written(tag: &Tag) -> String {
    if tag.value.is_empty() {
        tag.name.clone()
    } else {
        format!("{}:{}", tag.name, tag.value)
    }
}

fn is_unknown(tag: &Tag) -> bool {
    let name = tag.name.as_str();
    !(ONCE.contains(&name)
        || LOOKED_AT.contains(&name)
        || CUES.iter().any(|cue| name.starts_with(cue)))
}

/// Numbers of the segments before which a tag of this name stands.
pub(super) fn numbers_of(playlist: &Playlist, name: &str) -> Vec<u64> {
    let found = playlist.tags.iter().filter(|tag| tag.name == name);
    let numbers = found.map(|tag| playlist.msn.saturating_add(tag.before as u64));
    numbers.collect()
}

/// The variables a multivariant playlist defines.
pub(super) fn variables(playlist: &Playlist) -> Variables {
    let defined = playlist
        .tags
        .iter()
        .filter(|tag| tag.name == "EXT-X-DEFINE");
    let mut variables = Variables::new();
    for tag in defined {
        let list = attributes(&tag.value);
        if let Some(name) = find(&list, "NAME") {
            let value = find(&list, "VALUE").unwrap_or_default();
            variables.insert(name.to_owned(), value.to_owned());
        } else if let Some(name) = find(&list, "QUERYPARAM") {
            let url = playlist.url.as_ref();
            let value = url.and_then(|url| {
                let mut pairs = url.query_pairs();
                pairs.find_map(|(key, value)| (key == name).then(|| value.into_owned()))
            });
            variables.insert(name.to_owned(), value.unwrap_or_default());
        }
    }
    variables
}
