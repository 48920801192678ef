//! What is known of one rendition of one source: every segment ever listed, by its number.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::attributes::Attribute;
use super::playlist::{Playlist, Segment};
use super::tags::{numbers_of, unknown_lines};
use crate::model::Timestamp;

/// Most segments of a rendition that are remembered; the oldest are forgotten first.
const SEGMENTS_MAX: usize = 50_000;

/// What a segment is to the origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The origin lists it, under this number.
    Content(u64),
    /// The origin does not list it: an ad or filler.
    Inserted,
    /// There is no origin, or it was older than what is known of the origin.
    Unknown,
}

/// A segment as it was first seen.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) segment: Arc<Segment>,
    pub(super) kind: Kind,
    /// Lines before it that no check knows; none where it stood first, among those of the header.
    pub(super) others: Option<Vec<String>>,
}

/// A date range as it was first seen.
#[derive(Debug, Clone)]
pub(super) struct KnownRange {
    pub(super) attributes: Vec<Attribute>,
    pub(super) start: Option<i64>,
    pub(super) length: Option<i64>,
    pub(super) first_at: Timestamp,
    pub(super) first_reload: u32,
    pub(super) last_reload: u32,
    /// Whether it is about a splice.
    pub(super) is_cue: bool,
}

/// One rendition of one source.
#[derive(Debug)]
pub(super) struct Track {
    /// None for the origin.
    pub(super) session: Option<String>,
    pub(super) rendition: String,
    pub(super) reloads: u32,
    pub(super) known: BTreeMap<u64, Known>,
    /// Numbers under which an address was listed, ascending.
    pub(super) numbers: HashMap<String, Vec<u64>>,
    pub(super) ranges: BTreeMap<String, KnownRange>,
    pub(super) last: Option<Playlist>,
    /// When the last playlist was fetched.
    pub(super) seen_at: Timestamp,
    /// When something was last added at the end.
    pub(super) grown_at: Timestamp,
    pub(super) first_at: Timestamp,
    /// Time listed since the first sight, beyond what was listed then.
    pub(super) grown: i64,
    pub(super) ever_split: bool,
    /// The text of the end, once there is one.
    pub(super) final_text: Option<String>,
    pub(super) splice: Splice,
    /// Numbers before which a cue says that the break ends.
    pub(super) cue_ins: Vec<u64>,
    /// Numbers before which a cue says that a break begins.
    pub(super) cue_outs: Vec<u64>,
}

/// The account of ads against content, of one rendition of a session.
#[derive(Debug, Default)]
pub(super) struct Splice {
    /// The origin's number of the last content that was listed.
    pub(super) content: Option<u64>,
    /// Ad time listed since then.
    pub(super) inserted: i64,
    /// Where that began.
    pub(super) first_inserted: u64,
    /// Content time replaced so far that was not given back as ads.
    pub(super) drift: i64,
}

impl Track {
    pub(super) fn new(session: Option<String>, rendition: &str, at: Timestamp) -> Self {
        Self {
            session,
            rendition: rendition.to_owned(),
            reloads: 0,
            known: BTreeMap::new(),
            numbers: HashMap::new(),
            ranges: BTreeMap::new(),
            last: None,
            seen_at: at,
            grown_at: at,
            first_at: at,
            grown: 0,
            ever_split: false,
            final_text: None,
            splice: Splice::default(),
            cue_ins: Vec::new(),
            cue_outs: Vec::new(),
        }
    }

    /// Remembers what is new in a playlist and says which numbers that are.
    pub(super) fn take(&mut self, playlist: &Playlist, origin: Option<&Self>) -> Vec<u64> {
        let others = unknown_lines(playlist);
        let mut fresh = Vec::new();
        for (segment, others) in playlist.segments.iter().zip(others) {
            self.ever_split |= segment.discontinuities > 0;
            let others = (segment.index > 0).then_some(others);
            if let Some(known) = self.known.get_mut(&segment.msn) {
                if known.others.is_none() {
                    known.others = others;
                }
                continue;
            }
            let kind = origin.map_or(Kind::Unknown, |origin| self.kind_of(segment, origin));
            let numbers = self.numbers.entry(segment.resource()).or_default();
            numbers.push(segment.msn);
            numbers.sort_unstable();
            fresh.push(segment.msn);
            let segment = Arc::clone(segment);
            let known = Known {
                segment,
                kind,
                others,
            };
            self.known.insert(known.segment.msn, known);
        }
        note(&mut self.cue_ins, numbers_of(playlist, "EXT-X-CUE-IN"));
        note(&mut self.cue_outs, numbers_of(playlist, "EXT-X-CUE-OUT"));
        self.forget();
        fresh
    }

    /// The playlist is behind us.
    pub(super) fn finish(&mut self, playlist: Playlist, at: Timestamp) {
        if playlist.ended && self.final_text.is_none() {
            self.final_text = Some(playlist.text.clone());
        }
        self.seen_at = at;
        self.last = Some(playlist);
    }

    fn forget(&mut self) {
        while self.known.len() > SEGMENTS_MAX {
            let Some((number, known)) = self.known.pop_first() else {
                return;
            };
            let resource = known.segment.resource();
            if let Some(numbers) = self.numbers.get_mut(&resource) {
                numbers.retain(|other| *other != number);
                if numbers.is_empty() {
                    self.numbers.remove(&resource);
                }
            }
        }
        let oldest = self
            .known
            .first_key_value()
            .map_or(0, |(number, _)| *number);
        self.cue_ins.retain(|number| *number >= oldest);
        self.cue_outs.retain(|number| *number >= oldest);
    }

    /// Whether the origin lists a segment, and under which number: of a resource that is listed
    /// more than once, the next after the content before.
    fn kind_of(&self, segment: &Segment, origin: &Self) -> Kind {
        let before = self
            .known
            .range(..segment.msn)
            .rev()
            .find_map(|(_, known)| match known.kind {
                Kind::Content(number) => Some(number),
                Kind::Inserted | Kind::Unknown => None,
            });
        let Some(numbers) = origin.numbers.get(&segment.resource()) else {
            // The window of a session may reach further back than what was seen of the origin.
            let is_older = before.is_none() && self.reloads == 1;
            return if is_older {
                Kind::Unknown
            } else {
                Kind::Inserted
            };
        };
        let by_date = numbers.iter().find(|number| {
            let listed = origin.known.get(number);
            let date = listed.and_then(|known| known.segment.date);
            date.is_some() && date == segment.date
        });
        let next = numbers
            .iter()
            .find(|number| before.is_none_or(|before| **number > before));
        let number = by_date.or(next).or(numbers.last());
        number.map_or(Kind::Inserted, |number| Kind::Content(*number))
    }

    /// Content time of the origin listed after a number and before another (or to the end).
    pub(super) fn time_between(&self, after: u64, before: Option<u64>) -> i64 {
        let from = after.saturating_add(1);
        let to = before.unwrap_or(u64::MAX).max(from);
        self.known
            .range(from..to)
            .map(|(_, known)| known.segment.duration)
            .sum()
    }
}

fn note(known: &mut Vec<u64>, found: Vec<u64>) {
    for number in found {
        if !known.contains(&number) {
            known.push(number);
        }
    }
}
