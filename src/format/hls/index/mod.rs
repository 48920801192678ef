//! Reads a media playlist once, line by line, into the places of what is in it.

mod finish;
mod head;
mod scoped;

use std::ops::Range;

use bytes::Bytes;

use super::cue::CueTag;
use super::edit::{self, Edit};
use super::error::{Limits, PlaylistError, WARNINGS_MAX, Warning};
use super::lines::{Line, Lines, mark_length};
use super::media::{HeaderTag, MediaPlaylist, Segment};
use super::scope::Key;
use super::text::{date, seconds_at_start, trim, trim_end};
use crate::model::Micros;

impl MediaPlaylist {
    /// Reads a media playlist.
    ///
    /// Whatever is not known, and whatever is known and broken without harm to numbering or
    /// timing, is kept and passed over; the latter leaves a warning.
    ///
    /// # Errors
    /// The text is not a media playlist, passes a limit, or its numbering or timing cannot be
    /// read.
    pub fn parse(text: Bytes, limits: &Limits) -> Result<Self, PlaylistError> {
        let mut playlist = Reader::new(&text, limits)?.read()?;
        playlist.text = text;
        Ok(playlist)
    }

    /// The text with the edits done; with none, the very bytes that were read.
    pub fn rewrite(&self, edits: &[Edit]) -> Vec<u8> {
        edit::rewrite(&self.text, edits)
    }
}

/// Room made before the length of segments is known: what most live playlists list.
const FIRST_SEGMENTS: usize = 8;

/// What the lines before a URI say about its segment.
#[derive(Debug, Default)]
struct Pending {
    duration: Option<Micros>,
    extinf: Range<u32>,
    discontinuity: bool,
    gap: bool,
    pdt: Option<i64>,
    /// Length, and offset where it is written.
    byte_range: Option<(u64, Option<u64>)>,
}

/// A playlist half read.
struct Reader<'a> {
    text: &'a [u8],
    limits: &'a Limits,
    out: MediaPlaylist,
    pending: Pending,
    /// Number of the line being read, from 1.
    line: u32,
    /// Where the lines of the next segment begin, once the header is over.
    start: Option<u32>,
    cues_from: u32,
    msn: u64,
    dsn: u64,
    /// Keys in force; `key` is their position plus one once they are stored.
    held: Vec<Key>,
    key: Option<u32>,
    map: u32,
    bitrate: Option<u32>,
    target: Option<u32>,
    dated: Option<usize>,
    /// Whether a cue of a date range leaves something to an earlier tag of that range.
    undated: bool,
}

/// Byte offsets fit: texts of four gigabytes and more are refused first.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn span(from: usize, to: usize) -> Range<u32> {
    offset(from)..offset(to)
}

impl<'a> Reader<'a> {
    fn new(text: &'a [u8], limits: &'a Limits) -> Result<Self, PlaylistError> {
        let most = limits.bytes.min(u32::MAX as usize - 1);
        if text.len() > most {
            return Err(PlaylistError::Limit {
                line: 1,
                what: "bytes",
                most,
            });
        }
        Ok(Self {
            text,
            limits,
            out: MediaPlaylist {
                version: 1,
                ..MediaPlaylist::default()
            },
            pending: Pending::default(),
            line: 0,
            start: None,
            cues_from: 0,
            msn: 0,
            dsn: 0,
            held: Vec::new(),
            key: Some(0),
            map: 0,
            bitrate: None,
            target: None,
            dated: None,
            undated: false,
        })
    }

    fn read(mut self) -> Result<MediaPlaylist, PlaylistError> {
        let mut lines = Lines::new(self.text, mark_length(self.text));
        let first = lines.next().ok_or(PlaylistError::NotAPlaylist)?;
        self.line = 1;
        if trim_end(self.part(first.start, first.end)) != b"#EXTM3U" {
            return Err(PlaylistError::NotAPlaylist);
        }
        self.out.tags.reserve(8);
        self.out.tags.push((HeaderTag::Start, span(0, first.next)));
        for line in lines {
            self.line += 1;
            self.read_line(line)?;
        }
        self.finish()
    }

    #[inline]
    fn part(&self, from: usize, to: usize) -> &'a [u8] {
        self.text.get(from..to).unwrap_or_default()
    }

    #[inline]
    fn read_line(&mut self, line: Line) -> Result<(), PlaylistError> {
        if line.end - line.start > self.limits.line_bytes {
            return Err(self.too_many("bytes in one line", self.limits.line_bytes));
        }
        let whole = self.part(line.start, line.end);
        match whole {
            [] => Ok(()),
            [b'#', rest @ ..] => self.read_tag(rest, line.start, line),
            [b' ' | b'\t', ..] => match trim(whole) {
                [] => Ok(()),
                [b'#', rest @ ..] => {
                    let blanks = whole.iter().take_while(|byte| **byte != b'#').count();
                    self.read_tag(rest, line.start + blanks, line)
                }
                uri => {
                    let blanks = whole.len() - whole.trim_ascii_start().len();
                    self.read_uri(line.start + blanks, uri.len(), line)
                }
            },
            _ => self.read_uri(line.start, trim_end(whole).len(), line),
        }
    }

    /// A line that is no tag: the address of the segment that `EXTINF` announced.
    ///
    /// Some players number an address that was not announced and some pass over it: what comes
    /// after it has no number that all agree on.
    #[inline]
    fn read_uri(&mut self, start: usize, length: usize, line: Line) -> Result<(), PlaylistError> {
        let Some(duration) = self.pending.duration else {
            return Err(PlaylistError::Tag {
                line: self.line,
                tag: "EXTINF",
                fault: "is missing before this address",
            });
        };
        let listed = self.out.segments.len();
        if listed >= self.limits.segments {
            return Err(self.too_many("segments", self.limits.segments));
        }
        match listed {
            0 => self.out.segments.reserve(FIRST_SEGMENTS),
            FIRST_SEGMENTS => self.reserve(line.start),
            _ => {}
        }
        let pending = std::mem::take(&mut self.pending);
        let lines = self.start.unwrap_or(0)..offset(line.next);
        let uri = span(start, start + length);
        let byte_range = pending.byte_range.map(|(length, written)| {
            (length, written.unwrap_or_else(|| self.carried_offset(&uri)))
        });
        let carried = || self.out.segments.last().and_then(Segment::pdt_end);
        let cues = offset(self.out.cues.len());
        let segment = Segment {
            lines,
            uri,
            duration,
            extinf: pending.extinf,
            msn: self.first_msn().saturating_add(listed as u64),
            dsn: self.dsn,
            discontinuity: pending.discontinuity,
            gap: pending.gap,
            pdt: pending.pdt.or_else(carried),
            pdt_written: pending.pdt.is_some(),
            key: match self.key {
                Some(key) => key,
                None => self.store_keys()?,
            },
            map: self.map,
            byte_range,
            bitrate: self.bitrate.filter(|_| byte_range.is_none()),
            cues: self.cues_from..cues,
        };
        if self.dated.is_none() && segment.pdt.is_some() {
            self.dated = Some(listed);
        }
        self.out.segments.push(segment);
        self.start = Some(offset(line.next));
        self.cues_from = cues;
        Ok(())
    }

    /// Number of the first segment; tags that change it cannot follow a segment.
    fn first_msn(&self) -> u64 {
        self.msn.saturating_add(self.out.skipped)
    }

    /// Makes room for as many segments as there are likely to be, from the length of the first.
    fn reserve(&mut self, at: usize) {
        let begun = self
            .out
            .segments
            .first()
            .map_or(0, |first| first.lines.start);
        let each = (at.saturating_sub(begun as usize) / FIRST_SEGMENTS).max(1);
        let left = (self.text.len() - at) / each + 2;
        let left = left.min(self.limits.segments);
        self.out.segments.reserve(left);
    }

    /// Where a byte range without an offset begins: after the one before it in the same resource.
    fn carried_offset(&mut self, uri: &Range<u32>) -> u64 {
        let before = self.out.segments.last().and_then(|before| {
            let same = |range: &Range<u32>| self.part(range.start as usize, range.end as usize);
            let (length, at) = before.byte_range?;
            (same(&before.uri) == same(uri)).then_some(length.saturating_add(at))
        });
        if before.is_none() {
            self.warn("BYTERANGE without an offset follows no range of the same resource");
        }
        before.unwrap_or(0)
    }

    /// A line that begins with `#`, at `at`; `rest` is what follows.
    #[inline]
    fn read_tag(&mut self, rest: &'a [u8], at: usize, line: Line) -> Result<(), PlaylistError> {
        if let Some(value) = rest.strip_prefix(b"EXTINF:") {
            return self.read_extinf(value, at + 8, line);
        }
        if let Some(value) = rest.strip_prefix(b"EXT-X-PROGRAM-DATE-TIME:") {
            self.begin(line);
            self.read_date(value);
            return Ok(());
        }
        if !rest.starts_with(b"EXT-") {
            return Ok(());
        }
        let colon = rest.iter().position(|byte| *byte == b':');
        let (name, value) = match colon {
            Some(colon) => rest.split_at(colon),
            None => (trim_end(rest), &rest[rest.len()..]),
        };
        let value = value.get(1..).unwrap_or_default();
        let value_at = at + 1 + name.len() + 1;
        if let Some(name) = name.strip_prefix(b"EXT-X-")
            && (self.read_scoped(name, value, value_at, line)?
                || self.read_head(name, value, line)?)
        {
            return Ok(());
        }
        if let Some(tag) = CueTag::of(name) {
            return self.read_cue(tag, value, line);
        }
        Ok(())
    }

    /// `EXTINF:` and its duration, a comma, a title that may hold anything.
    #[inline]
    fn read_extinf(&mut self, value: &[u8], at: usize, line: Line) -> Result<(), PlaylistError> {
        self.begin(line);
        let blanks = value
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t'))
            .count();
        let text = value.get(blanks..).unwrap_or_default();
        let fault = |fault| PlaylistError::Tag {
            line: self.line,
            tag: "EXTINF",
            fault,
        };
        let (duration, length) =
            seconds_at_start(text).ok_or_else(|| fault("is not a number of seconds"))?;
        let after = text.get(length..).unwrap_or_default();
        if !matches!(trim(after), [] | [b',', ..]) {
            return Err(fault("has something other than a comma after its duration"));
        }
        let at = at + blanks;
        self.pending.duration = Some(duration);
        self.pending.extinf = span(at, at + length);
        Ok(())
    }

    #[inline]
    fn read_date(&mut self, value: &[u8]) {
        match date(trim(value)) {
            Some(pdt) => self.pending.pdt = Some(pdt),
            None => self.warn("EXT-X-PROGRAM-DATE-TIME is not a date"),
        }
    }

    /// The header is over: a line about a segment is here.
    #[inline]
    fn begin(&mut self, line: Line) {
        if self.start.is_none() {
            self.start = Some(offset(line.start));
            self.out.header = 0..offset(line.start);
        }
    }

    fn too_many(&self, what: &'static str, most: usize) -> PlaylistError {
        let line = self.line;
        PlaylistError::Limit { line, what, most }
    }

    /// Whether one more of what there are `count` of is allowed.
    fn allow(&self, count: usize, what: &'static str) -> Result<(), PlaylistError> {
        if count >= self.limits.marks {
            return Err(self.too_many(what, self.limits.marks));
        }
        Ok(())
    }

    fn warn(&mut self, fault: impl Into<String>) {
        if self.out.warnings.len() < WARNINGS_MAX {
            self.out.warnings.push(Warning {
                line: self.line,
                fault: fault.into(),
            });
        }
    }
}
