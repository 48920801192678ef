//! Tags that belong to the segments after them.

use super::{PlaylistError, Reader, offset, span};
use crate::format::hls::attributes::{Attribute, Attributes};
use crate::format::hls::cue::{Cue, CueLine, CueTag, Spelling, read_range, read_tag};
use crate::format::hls::lines::Line;
use crate::format::hls::media::DateRange;
use crate::format::hls::scope::{Key, KeySet, KeyWords, Map, read_key};
use crate::format::hls::text::{trim, unsigned};

/// Most keys in force at once: every set of keys is a copy of them.
const KEY_FORMATS_MAX: usize = 16;

impl<'a> Reader<'a> {
    /// Reads a tag by its name after `EXT-X-`; answers whether it was one of these.
    #[inline]
    pub(super) fn read_scoped(
        &mut self,
        name: &[u8],
        value: &'a [u8],
        at: usize,
        line: Line,
    ) -> Result<bool, PlaylistError> {
        match name {
            b"DISCONTINUITY" => {
                self.allow(self.out.discontinuities.len(), "discontinuities")?;
                let lines = span(line.start, line.next);
                self.out.discontinuities.push(lines);
                self.pending.discontinuity = true;
                self.dsn = self.dsn.saturating_add(1);
            }
            b"BYTERANGE" => match byte_range(value) {
                Some(range) => self.pending.byte_range = Some(range),
                None => self.warn("EXT-X-BYTERANGE is not a length and an offset"),
            },
            b"GAP" => self.pending.gap = true,
            b"BITRATE" => {
                let read = unsigned(trim(value)).and_then(|rate| u32::try_from(rate).ok());
                self.bitrate = read;
            }
            b"KEY" => self.read_key(value, at, line)?,
            b"MAP" => self.read_map(value, at, line)?,
            b"PART" => self.mark_low_latency(line)?,
            b"PRELOAD-HINT" | b"RENDITION-REPORT" => {
                self.mark_low_latency(line)?;
                return Ok(true);
            }
            b"DATERANGE" => {
                self.read_date_range(value, at, line)?;
                return Ok(true);
            }
            _ => return Ok(false),
        }
        self.begin(line);
        Ok(true)
    }

    pub(super) fn mark_low_latency(&mut self, line: Line) -> Result<(), PlaylistError> {
        self.allow(self.out.low_latency.len(), "low-latency tags")?;
        self.out.low_latency.push(span(line.start, line.next));
        Ok(())
    }

    /// The attributes of a tag, no more than are allowed; `None` and a warning for an open quote.
    fn attributes(
        &mut self,
        tag: &'static str,
        list: &'a [u8],
    ) -> Result<Option<Vec<Attribute<'a>>>, PlaylistError> {
        let most = self.limits.attributes;
        let mut attributes = Attributes::new(list);
        let found: Vec<_> = attributes.by_ref().take(most.saturating_add(1)).collect();
        if found.len() > most {
            return Err(self.too_many("attributes", most));
        }
        if attributes.is_broken() {
            self.warn(format!(
                "{tag} has a quote that is never closed, or no value"
            ));
            return Ok(None);
        }
        Ok(Some(found))
    }

    /// A key takes the place of one of its format; `METHOD=NONE` ends all (§4.4.4.4).
    fn read_key(&mut self, list: &'a [u8], at: usize, line: Line) -> Result<(), PlaylistError> {
        let Some(attributes) = self.attributes("EXT-X-KEY", list)? else {
            return Ok(());
        };
        let place = |found: &Attribute<'_>| span(at + found.range.start, at + found.range.end);
        let key = match read_key(&attributes) {
            None => {
                self.warn("EXT-X-KEY has no METHOD");
                return Ok(());
            }
            Some(KeyWords::Off) => {
                self.held.clear();
                self.key = Some(0);
                return Ok(());
            }
            Some(KeyWords::On {
                uri,
                format,
                implicit_iv,
            }) => Key {
                line: span(line.start, line.next),
                uri: uri.map(place),
                format: format.map(place),
                implicit_iv,
            },
        };
        let text = self.text;
        let same = |other: &Key| {
            let part = |key: &Key| {
                key.format
                    .clone()
                    .map(|at| at.start as usize..at.end as usize)
            };
            let bytes = |key: &Key| part(key).and_then(|range| text.get(range));
            bytes(other) == bytes(&key)
        };
        self.held.retain(|other| !same(other));
        if self.held.len() >= KEY_FORMATS_MAX {
            return Err(self.too_many("key formats at once", KEY_FORMATS_MAX));
        }
        self.held.push(key);
        self.key = None;
        Ok(())
    }

    /// Position plus one of the keys in force, stored now.
    pub(super) fn store_keys(&mut self) -> Result<u32, PlaylistError> {
        self.allow(self.out.keys.len(), "keys")?;
        let keys = self.held.clone();
        self.out.keys.push(KeySet { keys });
        let key = offset(self.out.keys.len());
        self.key = Some(key);
        Ok(key)
    }

    fn read_map(&mut self, list: &'a [u8], at: usize, line: Line) -> Result<(), PlaylistError> {
        let Some(attributes) = self.attributes("EXT-X-MAP", list)? else {
            return Ok(());
        };
        let get = |name: &[u8]| attributes.iter().find(|found| found.name == name);
        let Some(uri) = get(b"URI") else {
            self.warn("EXT-X-MAP has no URI");
            return Ok(());
        };
        self.allow(self.out.maps.len(), "maps")?;
        let byte_range = get(b"BYTERANGE").and_then(|found| byte_range(found.value));
        let key = match self.key {
            Some(key) => key,
            None => self.store_keys()?,
        };
        self.out.maps.push(Map {
            line: span(line.start, line.next),
            uri: span(at + uri.range.start, at + uri.range.end),
            byte_range: byte_range.map(|(length, at)| (length, at.unwrap_or(0))),
            key,
        });
        self.map = offset(self.out.maps.len());
        Ok(())
    }

    /// A date range, and what it says about a break.
    fn read_date_range(
        &mut self,
        list: &'a [u8],
        at: usize,
        line: Line,
    ) -> Result<(), PlaylistError> {
        if self.attributes("EXT-X-DATERANGE", list)?.is_none() {
            return Ok(());
        }
        let read = read_range(list);
        let Some(id) = read.id else {
            self.warn("EXT-X-DATERANGE has no ID");
            return Ok(());
        };
        self.allow(self.out.ranges.len(), "date ranges")?;
        let place = |value: &[u8]| {
            let start = at + value.as_ptr().addr() - list.as_ptr().addr();
            span(start, start + value.len())
        };
        let lines = span(line.start, line.next);
        let segment = offset(self.out.segments.len());
        self.out.ranges.push(DateRange {
            line: lines.clone(),
            id: place(id),
            class: read.class.map(place),
            start: read.start,
            end: read.end,
            duration: read.duration,
            planned: read.planned,
            end_on_next: read.end_on_next,
            splice: read.is_splice(),
            segment,
        });
        let cues = match read.cues() {
            Ok(cues) => cues,
            Err(error) => {
                self.warn(format!("EXT-X-DATERANGE: {error}"));
                return Ok(());
            }
        };
        for (at, cue) in cues {
            self.undated |= at.is_none() || matches!(cue, Cue::In { length: None, .. });
            self.push_cue(CueLine {
                line: lines.clone(),
                spelling: Spelling::DateRange,
                segment,
                at,
                cue,
            })?;
        }
        Ok(())
    }

    /// A tag of a break that stands before a segment.
    pub(super) fn read_cue(
        &mut self,
        tag: CueTag,
        value: &[u8],
        line: Line,
    ) -> Result<(), PlaylistError> {
        self.begin(line);
        let lines = span(line.start, line.next);
        self.allow(self.out.markers.len(), "markers of breaks")?;
        self.out.markers.push(lines.clone());
        let cues = match read_tag(tag, value) {
            Ok(cues) => cues,
            Err(error) => {
                self.warn(error.to_string());
                return Ok(());
            }
        };
        let segment = offset(self.out.segments.len());
        for cue in cues {
            self.push_cue(CueLine {
                line: lines.clone(),
                spelling: tag.spelling(),
                segment,
                at: None,
                cue,
            })?;
        }
        Ok(())
    }

    fn push_cue(&mut self, cue: CueLine) -> Result<(), PlaylistError> {
        self.allow(self.out.cues.len(), "markers of breaks")?;
        self.out.cues.push(cue);
        Ok(())
    }
}

/// `length` or `length@offset`.
fn byte_range(value: &[u8]) -> Option<(u64, Option<u64>)> {
    let value = trim(value);
    match value.iter().position(|byte| *byte == b'@') {
        Some(at) => {
            let (length, start) = (value.get(..at)?, value.get(at + 1..)?);
            Some((unsigned(length)?, Some(unsigned(start)?)))
        }
        None => Some((unsigned(value)?, None)),
    }
}
