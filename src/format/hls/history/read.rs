//! A small reader of playlists for the checker alone.
//!
//! It shares nothing with the reader that serves viewers: a fault in one of them must not hide
//! behind the same fault in the other. It never refuses; what it cannot read is left out.

use std::sync::Arc;

use url::Url;

use super::attributes::{attributes, date, find, micros, vector};
use super::playlist::{DateRange, IDENTITY, Key, Map, Playlist, Segment, Tag, Variables};

/// Highest sequence number that is believed, so that those after it can be counted.
const NUMBER_MAX: u64 = 1 << 62;

/// Highest target duration that is believed, in seconds.
const TARGET_MAX: u64 = 1_000_000;

/// Reads a text; `imported` are the variables of the multivariant playlist.
pub(super) fn read(text: &str, url: &str, imported: &Variables) -> Playlist {
    let mut reader = Reader {
        playlist: Playlist {
            url: Url::parse(url).ok(),
            text: text.to_owned(),
            ..Playlist::default()
        },
        imported,
        variables: Variables::new(),
        next: Segment::default(),
        byte_range: None,
        last_range: None,
    };
    for (index, line) in text.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        reader.line(number, line);
    }
    reader.playlist
}

/// The state between two lines.
struct Reader<'a> {
    playlist: Playlist,
    imported: &'a Variables,
    variables: Variables,
    /// What is known of the segment that comes; what stays in force stays in here.
    next: Segment,
    byte_range: Option<String>,
    /// The resource of the last range, and where it ended.
    last_range: Option<(String, u64)>,
}

impl Reader<'_> {
    fn line(&mut self, number: u32, line: &str) {
        if line.trim().is_empty() {
            return;
        }
        if !line.starts_with('#') {
            self.segment(number, line);
            return;
        }
        let (name, value) = match line.strip_prefix("#EXT") {
            Some(_) => {
                let body = line.strip_prefix('#').unwrap_or(line);
                body.split_once(':').unwrap_or((body, ""))
            }
            None => (line, ""),
        };
        let value = self.substitute(number, value);
        self.playlist.tags.push(Tag {
            line: number,
            name: name.to_owned(),
            value: value.clone(),
            before: self.playlist.segments.len(),
        });
        self.tag(number, name, &value);
    }

    fn tag(&mut self, line: u32, name: &str, value: &str) {
        match name {
            "EXTINF" => {
                let (seconds, _title) = value.split_once(',').unwrap_or((value, ""));
                self.next.duration = micros(seconds).unwrap_or(0);
                value.clone_into(&mut self.next.extinf);
            }
            "EXT-X-DISCONTINUITY" => self.next.discontinuities += 1,
            "EXT-X-PROGRAM-DATE-TIME" => {
                self.next.date = date(value);
                self.next.date_written = self.next.date.is_some();
            }
            "EXT-X-KEY" => self.key(value),
            "EXT-X-MAP" => {
                let list = attributes(value);
                let uri = find(&list, "URI").unwrap_or_default();
                self.next.map = Some(Arc::new(Map {
                    uri: self.resolve(uri),
                    range: find(&list, "BYTERANGE").map(ToOwned::to_owned),
                }));
            }
            "EXT-X-BYTERANGE" => self.byte_range = Some(value.to_owned()),
            "EXT-X-BITRATE" => {
                let kbps: Option<u64> = value.trim().parse().ok();
                self.next.bitrate = kbps.map(|kbps| (kbps.saturating_mul(1000), true));
            }
            "EXT-X-GAP" => self.next.gap = true,
            "EXT-X-DATERANGE" => {
                let list = attributes(value);
                self.playlist.ranges.push(DateRange {
                    line,
                    id: find(&list, "ID").unwrap_or_default().to_owned(),
                    attributes: list,
                });
            }
            "EXT-X-DEFINE" => self.define(value),
            _ => self.header(name, value),
        }
    }

    fn header(&mut self, name: &str, value: &str) {
        let number = || value.trim().parse::<u64>().ok();
        let counted = || number().unwrap_or(0).min(NUMBER_MAX);
        let playlist = &mut self.playlist;
        match name {
            "EXT-X-VERSION" => playlist.version = playlist.version.or_else(number),
            "EXT-X-TARGETDURATION" => {
                let target = number().map(|target| target.min(TARGET_MAX));
                playlist.target = playlist.target.or(target);
            }
            "EXT-X-MEDIA-SEQUENCE" => playlist.msn = counted(),
            "EXT-X-DISCONTINUITY-SEQUENCE" => {
                playlist.dsn = counted();
                playlist.has_dsn = true;
            }
            "EXT-X-PLAYLIST-TYPE" => playlist.kind = Some(value.trim().to_owned()),
            "EXT-X-ENDLIST" => playlist.ended = true,
            _ => {}
        }
    }

    fn key(&mut self, value: &str) {
        let list = attributes(value);
        let method = find(&list, "METHOD").unwrap_or_default();
        if method == "NONE" {
            self.next.keys = Arc::default();
            return;
        }
        let key = Key {
            format: find(&list, "KEYFORMAT").unwrap_or(IDENTITY).to_owned(),
            method: method.to_owned(),
            uri: self.resolve(find(&list, "URI").unwrap_or_default()),
            vector: find(&list, "IV").and_then(vector),
        };
        let mut keys = Vec::clone(&self.next.keys);
        keys.retain(|other| other.format != key.format);
        keys.push(key);
        keys.sort_by(|one, other| one.format.cmp(&other.format));
        self.next.keys = Arc::new(keys);
    }

    fn define(&mut self, value: &str) {
        let list = attributes(value);
        let (name, value) = if let Some(name) = find(&list, "NAME") {
            (name, find(&list, "VALUE").map(ToOwned::to_owned))
        } else if let Some(name) = find(&list, "IMPORT") {
            (name, self.imported.get(name).cloned())
        } else if let Some(name) = find(&list, "QUERYPARAM") {
            let url = self.playlist.url.as_ref();
            let value = url.and_then(|url| {
                let mut pairs = url.query_pairs();
                pairs.find_map(|(key, value)| (key == name).then(|| value.into_owned()))
            });
            (name, value)
        } else {
            return;
        };
        if let Some(value) = value {
            self.variables.insert(name.to_owned(), value);
        }
    }

    /// Puts variables in; one that is not known is noted and stays as it is.
    fn substitute(&mut self, line: u32, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{$") {
            let Some((name, behind)) = after.split_once('}') else {
                break;
            };
            out.push_str(before);
            if let Some(value) = self.variables.get(name) {
                out.push_str(value);
            } else {
                self.playlist.undefined.push((line, name.to_owned()));
                out.push_str("{$");
                out.push_str(name);
                out.push('}');
            }
            rest = behind;
        }
        out + rest
    }

    fn resolve(&self, uri: &str) -> String {
        let base = self.playlist.url.as_ref();
        let joined = base.and_then(|base| base.join(uri).ok());
        joined.map_or_else(|| uri.to_owned(), String::from)
    }

    fn segment(&mut self, line: u32, written: &str) {
        let uri = self.substitute(line, written.trim_end());
        let uri = self.resolve(&uri);
        let playlist = &mut self.playlist;
        let last = playlist.segments.last();
        let mut segment = self.next.clone();
        segment.line = line;
        segment.index = playlist.segments.len();
        segment.msn = playlist.msn.saturating_add(segment.index as u64);
        let before = last.map_or(playlist.dsn, |last| last.dsn);
        segment.dsn = before.saturating_add(u64::from(segment.discontinuities));
        if !segment.date_written {
            segment.date = last.and_then(|last| last.end());
        }
        segment.range = self.byte_range.take().and_then(|text| {
            let (length, offset) = range(&text)?;
            let follows = self.last_range.as_ref().filter(|(same, _)| *same == uri);
            let offset = offset.or(follows.map(|(_, end)| *end)).unwrap_or(0);
            Some((length, offset))
        });
        let end = |(length, offset): (u64, u64)| (uri.clone(), offset.saturating_add(length));
        self.last_range = segment.range.map(end);
        written.trim_end().clone_into(&mut segment.written);
        segment.uri = uri;
        playlist.segments.push(Arc::new(segment));
        self.forget();
    }

    /// What was said of one segment does not hold for the next.
    fn forget(&mut self) {
        let next = &mut self.next;
        next.discontinuities = 0;
        next.duration = 0;
        next.extinf.clear();
        next.date = None;
        next.date_written = false;
        next.gap = false;
        next.bitrate = next.bitrate.map(|(rate, _)| (rate, false));
    }
}

/// `LENGTH[@OFFSET]`.
pub(super) fn range(text: &str) -> Option<(u64, Option<u64>)> {
    let (length, offset) = match text.trim().split_once('@') {
        Some((length, offset)) => (length, Some(offset.parse().ok()?)),
        None => (text.trim(), None),
    };
    Some((length.parse().ok()?, offset))
}
