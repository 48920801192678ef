//! Reads a multivariant playlist line by line.

use std::ops::Range;

use bytes::Bytes;

use super::{Multivariant, Rendition, RenditionKind, UriRole, UriSite, Variant};
use crate::format::hls::address::addresses;
use crate::format::hls::attributes::{Attribute, Attributes, attribute};
use crate::format::hls::error::{Limits, PlaylistError, WARNINGS_MAX, Warning};
use crate::format::hls::lines::{Line, Lines, mark_length};
use crate::format::hls::text::{seconds, trim, trim_end, unsigned};

impl Multivariant {
    /// Reads a multivariant playlist.
    ///
    /// A tag that is broken or not known is kept, and its address found all the same where it has
    /// one; the former leaves a warning.
    ///
    /// # Errors
    /// The text is not a multivariant playlist or passes a limit.
    pub fn parse(text: Bytes, limits: &Limits) -> Result<Self, PlaylistError> {
        let bytes = text.clone();
        let mut reader = Reader {
            text: &bytes,
            limits,
            out: Self {
                version: 1,
                ..Self::default()
            },
            waiting: None,
            line: 1,
        };
        reader.read()?;
        reader.out.text = text;
        Ok(reader.out)
    }
}

struct Reader<'a> {
    text: &'a [u8],
    limits: &'a Limits,
    out: Multivariant,
    /// A variant whose URI is still to come.
    waiting: Option<Variant>,
    /// Number of the line being read, from 1.
    line: u32,
}

fn span(from: usize, to: usize) -> Range<u32> {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    offset(from)..offset(to)
}

impl<'a> Reader<'a> {
    fn read(&mut self) -> Result<(), PlaylistError> {
        let most = self.limits.bytes.min(u32::MAX as usize - 1);
        if self.text.len() > most {
            return Err(self.too_many("bytes", most));
        }
        let mut lines = Lines::new(self.text, mark_length(self.text));
        let first = lines.next().ok_or(PlaylistError::NotAPlaylist)?;
        if trim_end(self.part(first.start, first.end)) != b"#EXTM3U" {
            return Err(PlaylistError::NotAPlaylist);
        }
        for line in lines {
            self.line += 1;
            if line.end - line.start > self.limits.line_bytes {
                return Err(self.too_many("bytes in one line", self.limits.line_bytes));
            }
            let whole = self.part(line.start, line.end);
            let blanks = whole
                .iter()
                .take_while(|byte| matches!(byte, b' ' | b'\t'))
                .count();
            let text = trim(whole);
            let start = line.start + blanks;
            match text {
                [] => {}
                [b'#', ..] => self.read_tag(text, start, line)?,
                uri => self.read_uri(span(start, start + uri.len())),
            }
        }
        if self.waiting.is_some() {
            self.warn("EXT-X-STREAM-INF has no URI after it");
        }
        if self.out.uris.is_empty() && self.out.renditions.is_empty() {
            return Err(PlaylistError::Missing {
                tag: "EXT-X-STREAM-INF",
            });
        }
        Ok(())
    }

    fn part(&self, from: usize, to: usize) -> &'a [u8] {
        self.text.get(from..to).unwrap_or_default()
    }

    fn read_uri(&mut self, uri: Range<u32>) {
        let Some(mut variant) = self.waiting.take() else {
            self.warn("a URI without EXT-X-STREAM-INF before it is no variant");
            return;
        };
        variant.uri = uri.clone();
        let role = UriRole::Variant(self.out.variants.len());
        self.out.uris.push(UriSite { uri, role });
        self.out.variants.push(variant);
    }

    fn read_tag(&mut self, tag: &'a [u8], start: usize, line: Line) -> Result<(), PlaylistError> {
        let colon = memchr::memchr(b':', tag).unwrap_or(tag.len());
        let (name, value) = tag.split_at(colon);
        let list = value.get(1..).unwrap_or_default();
        let lines = span(line.start, line.next);
        if Attributes::new(list).count() > self.limits.attributes {
            return Err(self.too_many("attributes", self.limits.attributes));
        }
        let role = match name {
            b"#EXTINF" | b"#EXT-X-TARGETDURATION" => {
                return Err(PlaylistError::Media { line: self.line });
            }
            b"#EXT-X-VERSION" => {
                let read = unsigned(trim(list)).and_then(|version| u16::try_from(version).ok());
                self.out.version = read.unwrap_or(1);
                return Ok(());
            }
            b"#EXT-X-INDEPENDENT-SEGMENTS" => {
                self.out.independent = true;
                return Ok(());
            }
            b"#EXT-X-DEFINE" => {
                self.allow(self.out.defines.len())?;
                self.out.defines.push(lines);
                return Ok(());
            }
            b"#EXT-X-STREAM-INF" => {
                self.allow(self.out.variants.len())?;
                if self.waiting.is_some() {
                    self.warn("EXT-X-STREAM-INF follows another without a URI between");
                }
                self.waiting = Some(self.variant(tag, list, lines));
                return Ok(());
            }
            b"#EXT-X-I-FRAME-STREAM-INF" => {
                self.allow(self.out.iframes.len())?;
                let mut variant = self.variant(tag, list, lines);
                let Some(uri) = attribute(list, "URI") else {
                    self.warn("EXT-X-I-FRAME-STREAM-INF has no URI");
                    return Ok(());
                };
                let at = start + colon + 1;
                variant.uri = span(at + uri.range.start, at + uri.range.end);
                self.out.iframes.push(variant);
                UriRole::Iframe(self.out.iframes.len() - 1)
            }
            b"#EXT-X-MEDIA" => {
                self.allow(self.out.renditions.len())?;
                let at = start + colon + 1;
                match self.rendition(list, at, lines) {
                    Some(rendition) => {
                        self.out.renditions.push(rendition);
                        UriRole::Rendition(self.out.renditions.len() - 1)
                    }
                    None => UriRole::Other,
                }
            }
            b"#EXT-X-SESSION-DATA" => UriRole::SessionData,
            b"#EXT-X-SESSION-KEY" => UriRole::SessionKey,
            b"#EXT-X-CONTENT-STEERING" => UriRole::Steering,
            _ if name.starts_with(b"#EXT") => UriRole::Other,
            _ => return Ok(()),
        };
        for range in addresses(tag) {
            let uri = span(start + range.start, start + range.end);
            self.out.uris.push(UriSite { uri, role });
        }
        Ok(())
    }

    /// The attributes of a variant. Bandwidth, codecs, picture size and groups are read by
    /// `m3u8_rs`, one line at a time, so that nothing it stumbles on reaches beyond its line.
    fn variant(&mut self, tag: &[u8], list: &[u8], line: Range<u32>) -> Variant {
        let text = |name: &str| attribute(list, name).and_then(|found| owned(&found));
        let mut variant = Variant {
            line,
            frame_rate_milli: attribute(list, "FRAME-RATE").and_then(|found| {
                let micros = seconds(trim(found.value))?.0;
                u32::try_from(micros.saturating_add(500) / 1000).ok()
            }),
            video_range: text("VIDEO-RANGE"),
            pathway: text("PATHWAY-ID"),
            ..Variant::default()
        };
        let alone = [b"#EXTM3U\n", tag, b"\nuri\n"].concat();
        let read = m3u8_rs::parse_master_playlist_res(&alone).ok();
        let Some(read) = read.and_then(|playlist| playlist.variants.into_iter().next()) else {
            self.warn("the attributes of this stream cannot be read");
            return variant;
        };
        let captions = match read.closed_captions {
            Some(m3u8_rs::ClosedCaptionGroupId::GroupId(group)) => Some(group),
            _ => None,
        };
        variant.bandwidth = read.bandwidth;
        variant.average_bandwidth = read.average_bandwidth;
        variant.codecs = read.codecs;
        variant.resolution = read.resolution.and_then(|size| {
            let width = u32::try_from(size.width).ok()?;
            Some((width, u32::try_from(size.height).ok()?))
        });
        variant.audio = read.audio;
        variant.video = read.video;
        variant.subtitles = read.subtitles;
        variant.closed_captions = captions;
        variant
    }

    /// A rendition. Read here and not by `m3u8_rs`, which refuses lines that players play: one
    /// that is missed would go to viewers without its ads.
    fn rendition(&mut self, list: &[u8], at: usize, line: Range<u32>) -> Option<Rendition> {
        let text = |name: &str| attribute(list, name).and_then(|found| owned(&found));
        let kind = match attribute(list, "TYPE").map(|found| found.value) {
            Some(b"AUDIO") => RenditionKind::Audio,
            Some(b"VIDEO") => RenditionKind::Video,
            Some(b"SUBTITLES") => RenditionKind::Subtitles,
            Some(b"CLOSED-CAPTIONS") => RenditionKind::ClosedCaptions,
            _ => {
                self.warn("EXT-X-MEDIA has no TYPE that is known");
                return None;
            }
        };
        let uri = attribute(list, "URI");
        Some(Rendition {
            line,
            kind,
            uri: uri.map(|found| span(at + found.range.start, at + found.range.end)),
            group: text("GROUP-ID").unwrap_or_default(),
            name: text("NAME").unwrap_or_default(),
            language: text("LANGUAGE"),
            default: text("DEFAULT").is_some_and(|value| value == "YES"),
            channels: text("CHANNELS"),
            instream: text("INSTREAM-ID"),
        })
    }

    fn too_many(&self, what: &'static str, most: usize) -> PlaylistError {
        let line = self.line;
        PlaylistError::Limit { line, what, most }
    }

    fn allow(&self, count: usize) -> Result<(), PlaylistError> {
        if count >= self.limits.segments {
            return Err(self.too_many("streams", self.limits.segments));
        }
        Ok(())
    }

    fn warn(&mut self, fault: &str) {
        if self.out.warnings.len() < WARNINGS_MAX {
            let (line, fault) = (self.line, fault.to_owned());
            self.out.warnings.push(Warning { line, fault });
        }
    }
}

fn owned(found: &Attribute<'_>) -> Option<String> {
    Some(std::str::from_utf8(found.value).ok()?.to_owned())
}
