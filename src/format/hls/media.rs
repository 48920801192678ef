//! A media playlist: its text, untouched, and where things are in it.

use std::ops::Range;

use bytes::Bytes;

use super::cue::CueLine;
use super::error::Warning;
use super::scope::{KeySet, Map};
use crate::model::Micros;

/// One media playlist: its text and where things are in it. Never reprinted.
///
/// Every byte belongs to exactly one of [`header`](Self::header), the `lines` of one segment and
/// [`tail`](Self::tail), in that order. All ranges are byte offsets into the text.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one tag, there or not"
)]
pub struct MediaPlaylist {
    pub(super) text: Bytes,
    /// `EXT-X-TARGETDURATION`, seconds.
    pub target: u32,
    /// `EXT-X-VERSION`, 1 where absent.
    pub version: u16,
    /// Number of the first listed segment, `EXT-X-MEDIA-SEQUENCE` and what `EXT-X-SKIP` left out.
    pub first_msn: u64,
    /// `EXT-X-DISCONTINUITY-SEQUENCE`, 0 where absent. A discontinuity at the first listed
    /// segment makes that segment's own number one higher.
    pub first_dsn: u64,
    /// Whether `EXT-X-ENDLIST` is there.
    pub ended: bool,
    /// `EXT-X-PLAYLIST-TYPE`.
    pub kind: Option<PlaylistType>,
    /// `EXT-X-I-FRAMES-ONLY`.
    pub iframes_only: bool,
    /// `EXT-X-INDEPENDENT-SEGMENTS`.
    pub independent: bool,
    /// Segments left out of a delta update, `EXT-X-SKIP`.
    pub skipped: u64,
    /// Listed segments, oldest first.
    pub segments: Vec<Segment>,
    /// Sets of keys in force; see [`Segment::key`].
    pub keys: Vec<KeySet>,
    /// Initialisation sections in force; see [`Segment::map`].
    pub maps: Vec<Map>,
    /// Markers of breaks in the order of the text, one per spelling: one event written in three
    /// ways is three of them.
    pub cues: Vec<CueLine>,
    /// Every `EXT-X-DATERANGE`, interstitials too, also after the last segment.
    pub ranges: Vec<DateRange>,
    /// Lines of tags of breaks, also of those that could not be read; date ranges are not in it.
    pub markers: Vec<Range<u32>>,
    /// Lines of `EXT-X-DISCONTINUITY`, also after the last segment.
    pub discontinuities: Vec<Range<u32>>,
    /// Lines of low-latency tags: PART, PRELOAD-HINT, RENDITION-REPORT, PART-INF, SKIP,
    /// SERVER-CONTROL.
    pub low_latency: Vec<Range<u32>>,
    /// Tags about the whole playlist that stand among the lines of segments or after them.
    pub strays: Vec<Range<u32>>,
    /// Tags about the whole playlist, by kind, wherever they stand.
    pub tags: Vec<(HeaderTag, Range<u32>)>,
    /// Everything before the lines of the first segment.
    pub header: Range<u32>,
    /// Everything after the last segment's URI.
    pub tail: Range<u32>,
    /// What was passed over.
    pub warnings: Vec<Warning>,
}

/// `EXT-X-PLAYLIST-TYPE` (rfc8216bis §4.4.3.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaylistType {
    /// Segments are only added.
    Event,
    /// Never changes.
    Vod,
}

/// Tags about a whole media playlist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderTag {
    /// `EXTM3U`.
    Start,
    /// `EXT-X-VERSION`.
    Version,
    /// `EXT-X-TARGETDURATION`.
    Target,
    /// `EXT-X-MEDIA-SEQUENCE`.
    MediaSequence,
    /// `EXT-X-DISCONTINUITY-SEQUENCE`.
    DiscontinuitySequence,
    /// `EXT-X-PLAYLIST-TYPE`.
    Kind,
    /// `EXT-X-ENDLIST`.
    End,
    /// `EXT-X-DEFINE`.
    Define,
    /// `EXT-X-START`, I-FRAMES-ONLY, INDEPENDENT-SEGMENTS, ALLOW-CACHE.
    Other,
    /// `EXT-X-SERVER-CONTROL`, PART-INF, SKIP.
    LowLatency,
}

/// One media segment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one tag, there or not"
)]
pub struct Segment {
    /// From its first tag (or comment) to the end of its URI line, terminator included.
    pub lines: Range<u32>,
    /// The URI.
    pub uri: Range<u32>,
    /// From the text, to the nearest microsecond.
    pub duration: Micros,
    /// The digits of its duration.
    pub extinf: Range<u32>,
    /// Media sequence number.
    pub msn: u64,
    /// Discontinuity sequence number, its own discontinuities counted, each of them.
    pub dsn: u64,
    /// Whether `EXT-X-DISCONTINUITY` stands before it.
    pub discontinuity: bool,
    /// `EXT-X-GAP`.
    pub gap: bool,
    /// Microseconds since 1970: written, carried on from an earlier segment, or counted back
    /// from the first one written. `None` only when the playlist dates no segment.
    pub pdt: Option<i64>,
    /// Whether its date is written.
    pub pdt_written: bool,
    /// Keys in force: position in `keys` plus one, 0 for none.
    pub key: u32,
    /// Map in force: position in `maps` plus one, 0 for none.
    pub map: u32,
    /// Length and offset in its resource; an offset left out is filled in.
    pub byte_range: Option<(u64, u64)>,
    /// `EXT-X-BITRATE` in force, kilobits per second.
    pub bitrate: Option<u32>,
    /// Positions in `cues` of the markers before it.
    pub cues: Range<u32>,
}

impl Segment {
    /// The instant after its last frame: the date of the next one unless time jumps there.
    pub fn pdt_end(&self) -> Option<i64> {
        Some(self.pdt?.saturating_add(self.duration.signed()))
    }
}

/// One `EXT-X-DATERANGE` line (rfc8216bis §4.4.5.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateRange {
    /// The line, terminator included.
    pub line: Range<u32>,
    /// The value of `ID`, quotes left out.
    pub id: Range<u32>,
    /// `CLASS`.
    pub class: Option<Range<u32>>,
    /// `START-DATE`, microseconds since 1970; a second tag of one ID may leave it out.
    pub start: Option<i64>,
    /// `END-DATE`, microseconds since 1970.
    pub end: Option<i64>,
    /// `DURATION`.
    pub duration: Option<Micros>,
    /// `PLANNED-DURATION`.
    pub planned: Option<Micros>,
    /// `END-ON-NEXT=YES`.
    pub end_on_next: bool,
    /// Whether it has an `SCTE35-` attribute.
    pub splice: bool,
    /// Position of the segment it stands before; the number of segments when after the last.
    pub segment: u32,
}

impl MediaPlaylist {
    /// The whole text.
    pub fn text(&self) -> &Bytes {
        &self.text
    }

    /// A part of the text; empty for a range outside it.
    pub fn slice(&self, range: &Range<u32>) -> &[u8] {
        self.text
            .get(range.start as usize..range.end as usize)
            .unwrap_or_default()
    }

    /// A part of the text, such as a URI; `None` where it is not UTF-8.
    pub fn str(&self, range: &Range<u32>) -> Option<&str> {
        std::str::from_utf8(self.slice(range)).ok()
    }

    /// The keys in force for a segment.
    pub fn keys_of(&self, segment: &Segment) -> Option<&KeySet> {
        self.keys.get((segment.key as usize).checked_sub(1)?)
    }

    /// The map in force for a segment.
    pub fn map_of(&self, segment: &Segment) -> Option<&Map> {
        self.maps.get((segment.map as usize).checked_sub(1)?)
    }

    /// The markers of breaks at position `segment`: before that segment, or after the last one.
    pub fn cues_at(&self, segment: usize) -> &[CueLine] {
        let at = |cue: &CueLine| cue.segment as usize;
        let from = self.cues.partition_point(|cue| at(cue) < segment);
        let to = self.cues.partition_point(|cue| at(cue) <= segment);
        self.cues.get(from..to).unwrap_or_default()
    }

    /// The time all listed segments take.
    pub fn duration(&self) -> Micros {
        self.segments.iter().map(|segment| segment.duration).sum()
    }
}
