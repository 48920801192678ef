//! What the reader of the checker finds in a text.

use std::collections::BTreeMap;
use std::sync::Arc;

use url::Url;

use super::attributes::{Attribute, date, find, micros};

/// Values of variables (EXT-X-DEFINE).
pub(super) type Variables = BTreeMap<String, String>;

/// A media playlist, as far as the checks ask.
#[derive(Debug, Clone, Default)]
pub(super) struct Playlist {
    pub(super) url: Option<Url>,
    pub(super) text: String,
    pub(super) tags: Vec<Tag>,
    pub(super) segments: Vec<Arc<Segment>>,
    pub(super) ranges: Vec<DateRange>,
    pub(super) version: Option<u64>,
    /// Seconds.
    pub(super) target: Option<u64>,
    pub(super) msn: u64,
    pub(super) dsn: u64,
    pub(super) has_dsn: bool,
    pub(super) kind: Option<String>,
    pub(super) ended: bool,
    /// Names used before they were defined, with the line.
    pub(super) undefined: Vec<(u32, String)>,
}

impl Playlist {
    /// Whether a tag of this name stands anywhere.
    pub(super) fn has(&self, name: &str) -> bool {
        self.tags.iter().any(|tag| tag.name == name)
    }
}

/// One line that is no address.
#[derive(Debug, Clone)]
pub(super) struct Tag {
    /// Counted from one.
    pub(super) line: u32,
    /// `EXTINF`; the whole line for a comment.
    pub(super) name: String,
    pub(super) value: String,
    /// Index of the segment it stands before; the count of segments when it stands after all.
    pub(super) before: usize,
}

/// One segment and everything in force for it.
#[derive(Debug, Clone, Default)]
pub(super) struct Segment {
    /// Line of its address, counted from one.
    pub(super) line: u32,
    pub(super) index: usize,
    /// As it is written.
    pub(super) written: String,
    /// Resolved against the address of the playlist, where that is known.
    pub(super) uri: String,
    pub(super) msn: u64,
    pub(super) dsn: u64,
    /// How many EXT-X-DISCONTINUITY stand before it.
    pub(super) discontinuities: u32,
    /// Microseconds.
    pub(super) duration: i64,
    /// Everything after `EXTINF:`.
    pub(super) extinf: String,
    /// Microseconds since 1970, written or carried on.
    pub(super) date: Option<i64>,
    pub(super) date_written: bool,
    /// By key format, sorted.
    pub(super) keys: Arc<Vec<Key>>,
    pub(super) map: Option<Arc<Map>>,
    /// Length and offset.
    pub(super) range: Option<(u64, u64)>,
    /// Bits per second, and whether it was written before this very segment.
    pub(super) bitrate: Option<(u64, bool)>,
    pub(super) gap: bool,
}

impl Segment {
    /// Address and byte range: which resource this is.
    pub(super) fn resource(&self) -> String {
        match self.range {
            Some((length, offset)) => format!("{} [{length}@{offset}]", self.uri),
            None => self.uri.clone(),
        }
    }

    /// Where it ends on the wall clock.
    pub(super) fn end(&self) -> Option<i64> {
        self.date.map(|date| date.saturating_add(self.duration))
    }
}

/// A key in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) format: String,
    pub(super) method: String,
    pub(super) uri: String,
    pub(super) vector: Option<u128>,
}

impl Key {
    /// Whether a key without a vector takes the media sequence number for one (§5.2).
    pub(super) fn counts(&self) -> bool {
        self.format == IDENTITY && matches!(self.method.as_str(), "AES-128" | "SAMPLE-AES")
    }
}

pub(super) const IDENTITY: &str = "identity";

/// Initialisation in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Map {
    pub(super) uri: String,
    pub(super) range: Option<String>,
}

/// An EXT-X-DATERANGE.
#[derive(Debug, Clone)]
pub(super) struct DateRange {
    pub(super) line: u32,
    pub(super) id: String,
    pub(super) attributes: Vec<Attribute>,
}

impl DateRange {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        find(&self.attributes, name)
    }

    /// Where it starts, if this tag says so.
    pub(super) fn start(&self) -> Option<i64> {
        self.get("START-DATE").and_then(date)
    }

    /// How long it lasts, or is planned to.
    pub(super) fn length(&self) -> Option<i64> {
        let said = self
            .get("DURATION")
            .or_else(|| self.get("PLANNED-DURATION"));
        said.and_then(micros)
    }

    /// Whether it is about a splice, as SCTE 35 has it.
    pub(super) fn is_cue(&self) -> bool {
        let mut names = self.attributes.iter().map(|one| one.name.as_str());
        names.any(|name| name.starts_with("SCTE35-"))
    }

    pub(super) fn is_interstitial(&self) -> bool {
        self.get("CLASS") == Some("com.apple.hls.interstitial")
    }
}
