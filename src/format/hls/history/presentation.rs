//! What a multivariant playlist leads to, named alike in every session and at the origin.

use std::collections::{HashMap, HashSet};

use super::assets::Resumes;
use super::attributes::{attributes, find, micros};
use super::playlist::Variables;
use super::read::read;

/// Most renditions that are followed.
pub const RENDITIONS_MAX: usize = 64;

/// A media playlist that a multivariant playlist names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// What it is and the how-many-eth of its kind: `variant-1`, `audio-2`.
    pub name: String,
    /// Its address, resolved.
    pub url: String,
}

/// Whether a text is a multivariant playlist.
pub fn is_multivariant(text: &str) -> bool {
    text.lines()
        .any(|line| line.starts_with("#EXT-X-STREAM-INF:"))
}

/// The media playlists of a multivariant playlist, each address once, variants first.
pub fn renditions(text: &str, url: &str) -> Vec<Listed> {
    let playlist = read(text, url, &Variables::new());
    let resolve = |uri: &str| {
        let base = playlist.url.as_ref();
        let joined = base.and_then(|base| base.join(uri).ok());
        joined.map_or_else(|| uri.to_owned(), String::from)
    };
    let mut found: Vec<(&str, String)> = Vec::new();
    // Only the address behind EXT-X-STREAM-INF stands on a line of its own.
    for segment in &playlist.segments {
        found.push(("variant", segment.uri.clone()));
    }
    for tag in &playlist.tags {
        let list = attributes(&tag.value);
        let kind = match (tag.name.as_str(), find(&list, "TYPE")) {
            ("EXT-X-MEDIA", Some("AUDIO")) => "audio",
            ("EXT-X-MEDIA", Some("VIDEO")) => "video",
            ("EXT-X-MEDIA", Some("SUBTITLES")) => "subtitles",
            ("EXT-X-I-FRAME-STREAM-INF", _) => "iframes",
            _ => continue,
        };
        if let Some(uri) = find(&list, "URI") {
            found.push((kind, resolve(uri)));
        }
    }
    let mut seen = HashSet::new();
    found.retain(|(_, url)| seen.insert(url.clone()));
    found.truncate(RENDITIONS_MAX);
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let name = |(kind, url): (&'static str, String)| {
        let before = *counts.get(kind).unwrap_or(&0);
        let count = before + 1;
        counts.insert(kind, count);
        Listed {
            name: format!("{kind}-{count}"),
            url,
        }
    };
    found.into_iter().map(name).collect()
}

/// A list of assets that an interstitial of a media playlist names.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Id of the interstitial.
    pub id: String,
    /// Address of the list, resolved.
    pub url: String,
    /// Length of the break in seconds, where it is said.
    pub length: Option<f64>,
    /// Where content goes on after it.
    pub resumes: Resumes,
}

/// The lists of assets that a media playlist names.
pub fn asset_lists(text: &str, url: &str) -> Vec<Asked> {
    let playlist = read(text, url, &Variables::new());
    let ranges = playlist
        .ranges
        .iter()
        .filter(|range| range.is_interstitial());
    let asked = |range: &super::playlist::DateRange| {
        let uri = range.get("X-ASSET-LIST")?;
        let base = playlist.url.as_ref();
        let joined = base.and_then(|base| base.join(uri).ok());
        let length = range.get("DURATION").or(range.get("PLANNED-DURATION"));
        let length = length.filter(|text| micros(text).is_some());
        Some(Asked {
            id: range.id.clone(),
            url: joined.map_or_else(|| uri.to_owned(), String::from),
            length: length.and_then(|text| text.parse().ok()),
            resumes: match range.get("X-RESUME-OFFSET") {
                Some(_) => Resumes::Said,
                None => Resumes::Implied,
            },
        })
    };
    ranges.filter_map(asked).collect()
}

/// How long to wait between two looks at a playlist, in milliseconds: half of its target.
pub fn pace(text: &str) -> Option<u64> {
    let target = read(text, "", &Variables::new()).target?;
    Some(target.saturating_mul(500))
}

/// Whether a playlist says that it is complete.
pub fn has_ended(text: &str) -> bool {
    text.lines().any(|line| line.trim_end() == "#EXT-X-ENDLIST")
}
