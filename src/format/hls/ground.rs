//! A playlist made independent of where it came from, so that any part of it can be copied.

use std::ops::Range;

use url::Url;

use super::address::{Base, Resolve, addresses};
use super::attributes::{Attributes, attribute, attribute_list, with_attribute};
use super::edit::Edit;
use super::error::{Limits, PlaylistError};
use super::lines::{Line, Lines, mark_length};
use super::media::{HeaderTag, MediaPlaylist, Segment};
use super::scope::{KeyWords, implicit_iv, read_key};
use super::text::trim_end;
use super::variables::{Sources, Variables};

/// What to make a playlist independent of.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The address it came from, after redirects.
    pub base: &'a Url,
    /// What its multivariant playlist defines, for `EXT-X-DEFINE:IMPORT`.
    pub imports: &'a Variables,
    /// What becomes of low-latency tags.
    pub low_latency: LowLatency,
}

/// What becomes of PART, PRELOAD-HINT, RENDITION-REPORT, PART-INF and SERVER-CONTROL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LowLatency {
    /// They stay.
    Keep,
    /// They go, `HOLD-BACK` excepted: whole segments only.
    Strip,
}

impl MediaPlaylist {
    /// The same playlist as text of which any segment's lines mean the same wherever they are
    /// copied, with any number, on any host. Compose from this one.
    ///
    /// URIs are absolute, variables in them replaced, `BYTERANGE`s have offsets, an implicit
    /// initialisation vector is written before each segment from the number here, a segment's
    /// DISCONTINUITY is its first line, tags about the whole playlist stand in the header
    /// (ENDLIST in the tail), every line ends with LF or CR LF, the byte order mark is gone and
    /// the text is UTF-8. `strays` is empty then. Keys and maps are still said once, where they change:
    /// [`MediaPlaylist::write_scope`] says them again.
    ///
    /// # Errors
    /// A variable is not defined, the playlist is a delta update, or the text so made passes a
    /// limit.
    pub fn ground(&self, on: &Ground<'_>, limits: &Limits) -> Result<Self, PlaylistError> {
        if self.skipped > 0 {
            return Err(PlaylistError::Tag {
                line: 1,
                tag: "EXT-X-SKIP",
                fault: "makes it a delta update; the whole playlist is needed",
            });
        }
        let mut work = Grounding {
            playlist: self,
            base: Base::new(on.base),
            variables: Variables::default(),
            edits: Vec::with_capacity(self.segments.len() + 16),
            written: 0,
            ending: Vec::new(),
            limits,
        };
        work.head(on);
        for segment in &self.segments {
            work.segment(segment)?;
        }
        work.tags()?;
        work.end();
        let mut edits = work.edits;
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        let text = match String::from_utf8(self.rewrite(&edits)) {
            Ok(text) => text,
            // Titles and comments of another encoding; addresses are escaped by now.
            Err(foreign) => String::from_utf8_lossy(foreign.as_bytes()).into_owned(),
        };
        Self::parse(text.into(), limits)
    }

    /// The lines of the header whose tag is not among these, as they must stand first in a
    /// playlist composed from this one.
    pub fn header_without(&self, left_out: &[HeaderTag]) -> Vec<u8> {
        let lines = self.tags.iter();
        let lines =
            lines.filter(|(tag, line)| left_out.contains(tag) && line.end <= self.header.end);
        let edits: Vec<Edit> = lines.map(|(_, line)| removal(line)).collect();
        super::edit::rewrite(self.slice(&self.header), &edits)
    }
}

fn removal(range: &Range<u32>) -> Edit {
    Edit {
        range: range.clone(),
        with: Vec::new(),
    }
}

struct Grounding<'a> {
    playlist: &'a MediaPlaylist,
    base: Base<'a>,
    variables: Variables,
    /// In no order; an edit inside one that removes a line is passed over.
    edits: Vec<Edit>,
    /// Bytes of the edits so far.
    written: usize,
    /// What comes after everything.
    ending: Vec<u8>,
    limits: &'a Limits,
}

impl Grounding<'_> {
    fn replace(&mut self, range: Range<u32>, with: impl Into<Vec<u8>>) {
        let with = with.into();
        self.written = self.written.saturating_add(with.len());
        self.edits.push(Edit { range, with });
    }

    fn insert(&mut self, at: u32, with: impl Into<Vec<u8>>) {
        self.replace(at..at, with);
    }

    /// Everything about the playlist as a whole.
    fn head(&mut self, on: &Ground<'_>) {
        let playlist = self.playlist;
        let text = playlist.text();
        let end = playlist.tail.end;
        let is_stray = |line: &Range<u32>| {
            let strays = &playlist.strays;
            strays
                .binary_search_by_key(&line.start, |stray| stray.start)
                .is_ok()
        };
        if mark_length(text) > 0 {
            self.replace(0..3, "");
        }
        if on.low_latency == LowLatency::Strip {
            for line in playlist.low_latency.iter().filter(|line| !is_stray(line)) {
                let kept = hold_back(playlist.slice(line));
                self.replace(line.clone(), kept);
            }
        }
        let sources = Sources {
            base: on.base,
            imports: on.imports,
        };
        for (tag, line) in &playlist.tags {
            let stated = (*tag == HeaderTag::Define)
                .then(|| self.variables.define(playlist.slice(line), sources))
                .flatten();
            let stripped = on.low_latency == LowLatency::Strip && *tag == HeaderTag::LowLatency;
            let early = line.start < playlist.tail.start
                || (playlist.segments.is_empty() && line.end != end);
            let early_end = *tag == HeaderTag::End && early;
            let moved = early_end || is_stray(line);
            if !moved {
                if let Some(stated) = stated {
                    self.replace(line.clone(), stated);
                }
                continue;
            }
            let mut text = Vec::new();
            match stated {
                Some(stated) => text = stated,
                None if stripped => text = hold_back(playlist.slice(line)),
                None => playlist.write_line(line, &mut text),
            }
            self.edits.push(removal(line));
            if early_end {
                self.ending.extend(text);
            } else {
                self.insert(playlist.header.end, text);
            }
        }
        self.version();
    }

    /// Ends the last line, and puts after it what belongs there.
    fn end(&mut self) {
        let text = self.playlist.text();
        let end = self.playlist.tail.end;
        if !text.ends_with(b"\n") && !text.ends_with(b"\r") {
            self.insert(end, "\n");
        }
        let ending = std::mem::take(&mut self.ending);
        self.insert(end, ending);
    }

    /// A vector in a key needs version 2 (§8).
    fn version(&mut self) {
        let playlist = self.playlist;
        let implicit = playlist.keys.iter().any(super::scope::KeySet::implicit_iv);
        if !implicit || playlist.version >= 2 {
            return;
        }
        let is_version = |(tag, _): &&(HeaderTag, Range<u32>)| *tag == HeaderTag::Version;
        match playlist.tags.iter().find(is_version) {
            Some((_, line)) => self.replace(line.clone(), "#EXT-X-VERSION:2\n"),
            None => self.insert(playlist.header.end, "#EXT-X-VERSION:2\n"),
        }
    }

    fn segment(&mut self, segment: &Segment) -> Result<(), PlaylistError> {
        let playlist = self.playlist;
        let start = segment.lines.start;
        let first = self.discontinuity_first(segment);
        if let Some(set) = playlist.keys_of(segment).filter(|set| set.implicit_iv()) {
            let earlier = set.keys.iter();
            for key in earlier.filter(|key| key.implicit_iv && key.line.start < start) {
                let mut line = self.line(&key.line)?;
                line = with_attribute(&line, "IV", &implicit_iv(segment.msn));
                self.insert(first, line);
            }
        }
        self.make_absolute(segment.uri.clone())
    }

    /// A line with its addresses absolute.
    fn line(&self, line: &Range<u32>) -> Result<Vec<u8>, PlaylistError> {
        let mut text = Vec::new();
        self.playlist.write_line(line, &mut text);
        let mut edits = Vec::new();
        for found in addresses(&text) {
            let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            let range = offset(found.start)..offset(found.end);
            let with = self.absolute(&(line.start + range.start..line.start + range.end))?;
            let with = with.into_bytes();
            edits.push(Edit { range, with });
        }
        Ok(super::edit::rewrite(&text, &edits))
    }

    /// Moves the DISCONTINUITY lines of a segment to its start, where they are not there yet;
    /// answers where they end.
    fn discontinuity_first(&mut self, segment: &Segment) -> u32 {
        let playlist = self.playlist;
        let mut first = segment.lines.start;
        if !segment.discontinuity {
            return first;
        }
        let lines = &playlist.discontinuities;
        let from = lines.partition_point(|line| line.start < first);
        let to = lines.partition_point(|line| line.start < segment.lines.end);
        for line in lines.get(from..to).unwrap_or_default() {
            if line.start == first {
                first = line.end;
                continue;
            }
            self.edits.push(removal(line));
            let mut text = Vec::new();
            playlist.write_line(line, &mut text);
            self.insert(first, text);
        }
        first
    }

    /// Addresses, byte ranges and vectors inside tags.
    fn tags(&mut self) -> Result<(), PlaylistError> {
        let playlist = self.playlist;
        let text = playlist.text();
        let mut position = 0;
        for line in Lines::new(text, mark_length(text)) {
            if text.get(line.end..line.next) == Some(b"\r") {
                let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
                self.replace(place(line.end)..place(line.next), "\n");
            }
            let whole = text.get(line.start..line.end).unwrap_or_default();
            let blanks = whole.len() - whole.trim_ascii_start().len();
            let tag = whole.get(blanks..).unwrap_or_default();
            if !tag.starts_with(b"#EXT-X-") {
                continue;
            }
            let start = line.start + blanks;
            if tag.starts_with(b"#EXT-X-KEY:") {
                self.key(tag, start, line);
            } else if tag.starts_with(b"#EXT-X-BYTERANGE:") {
                while playlist
                    .segments
                    .get(position)
                    .is_some_and(|segment| segment.lines.end as usize <= start)
                {
                    position += 1;
                }
                self.byte_range(tag, start, playlist.segments.get(position));
                continue;
            }
            // Tags about the whole playlist have no addresses, and may be moved.
            let about = |(_, known): &(HeaderTag, Range<u32>)| known.start as usize;
            if playlist
                .tags
                .binary_search_by_key(&line.start, about)
                .is_ok()
            {
                continue;
            }
            for range in addresses(tag) {
                let place = |at: usize| u32::try_from(start + at).unwrap_or(u32::MAX);
                self.make_absolute(place(range.start)..place(range.end))?;
            }
        }
        Ok(())
    }

    /// Writes the vector that a key leaves to the number of the segment after it.
    fn key(&mut self, tag: &[u8], start: usize, line: Line) {
        let playlist = self.playlist;
        let mut list = Attributes::new(attribute_list(tag));
        let attributes: Vec<_> = list.by_ref().collect();
        let implicit = match read_key(&attributes) {
            Some(KeyWords::On { implicit_iv, .. }) => implicit_iv,
            Some(KeyWords::Off) | None => false,
        };
        if !implicit || list.is_broken() {
            return;
        }
        let next = playlist
            .segments
            .partition_point(|segment| segment.lines.end as usize <= line.start);
        let msn = playlist.first_msn.saturating_add(next as u64);
        let end = start + trim_end(tag).len();
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        self.insert(end, format!(",IV={}", implicit_iv(msn)));
    }

    /// Writes the offset of a byte range that leaves it out.
    fn byte_range(&mut self, tag: &[u8], start: usize, segment: Option<&Segment>) {
        let Some((_, offset)) = segment.and_then(|segment| segment.byte_range) else {
            return;
        };
        if !tag.contains(&b'@') {
            let end = start + trim_end(tag).len();
            let end = u32::try_from(end).unwrap_or(u32::MAX);
            self.insert(end, format!("@{offset}"));
        }
    }

    fn make_absolute(&mut self, range: Range<u32>) -> Result<(), PlaylistError> {
        let uri = self.absolute(&range)?;
        if uri.as_bytes() != self.playlist.slice(&range) {
            self.replace(range, uri);
        }
        // Short variables may stand for long values, and short keys for long addresses.
        if self.written > self.limits.bytes {
            return Err(PlaylistError::Limit {
                line: 1,
                what: "bytes once its addresses are absolute",
                most: self.limits.bytes,
            });
        }
        Ok(())
    }

    fn absolute(&self, range: &Range<u32>) -> Result<String, PlaylistError> {
        let resolve = Resolve {
            text: self.playlist.text(),
            base: &self.base,
            variables: &self.variables,
            most: self.limits.line_bytes,
        };
        resolve.absolute(range)
    }
}

/// What stays of a low-latency line for players that take whole segments.
fn hold_back(line: &[u8]) -> Vec<u8> {
    let tag = b"#EXT-X-SERVER-CONTROL:";
    let list = line.strip_prefix(tag).map(<[u8]>::trim_ascii_end);
    match list.and_then(|list| attribute(list, "HOLD-BACK")) {
        Some(found) => [tag, &b"HOLD-BACK="[..], found.value, b"\n"].concat(),
        None => Vec::new(),
    }
}
