//! Tags about the whole playlist.

use super::{PlaylistError, Reader, span};
use crate::format::hls::attributes::attribute;
use crate::format::hls::lines::Line;
use crate::format::hls::media::{HeaderTag, PlaylistType};
use crate::format::hls::text::{seconds, trim, unsigned};
use crate::model::Micros;

impl Reader<'_> {
    /// Reads a tag by its name after `EXT-X-`; answers whether it was one of these.
    pub(super) fn read_head(
        &mut self,
        name: &[u8],
        value: &[u8],
        line: Line,
    ) -> Result<bool, PlaylistError> {
        let value = trim(value);
        let tag = match name {
            b"VERSION" => {
                let read = unsigned(value).and_then(|version| u16::try_from(version).ok());
                match read {
                    Some(version) => self.out.version = version,
                    None => self.warn("EXT-X-VERSION is not a number"),
                }
                HeaderTag::Version
            }
            b"TARGETDURATION" => {
                let read = seconds(value).map(Micros::rounded_seconds);
                let read = read.and_then(|target| u32::try_from(target).ok());
                self.target = Some(read.ok_or_else(|| self.unreadable("EXT-X-TARGETDURATION"))?);
                HeaderTag::Target
            }
            b"MEDIA-SEQUENCE" => {
                self.before_segments("EXT-X-MEDIA-SEQUENCE")?;
                let read = unsigned(value);
                self.msn = read.ok_or_else(|| self.unreadable("EXT-X-MEDIA-SEQUENCE"))?;
                HeaderTag::MediaSequence
            }
            b"DISCONTINUITY-SEQUENCE" => {
                self.before_segments("EXT-X-DISCONTINUITY-SEQUENCE")?;
                let read = unsigned(value);
                self.out.first_dsn =
                    read.ok_or_else(|| self.unreadable("EXT-X-DISCONTINUITY-SEQUENCE"))?;
                let tags = self.out.discontinuities.len() as u64;
                self.dsn = self.out.first_dsn.saturating_add(tags);
                HeaderTag::DiscontinuitySequence
            }
            b"PLAYLIST-TYPE" => {
                self.out.kind = match value {
                    b"VOD" => Some(PlaylistType::Vod),
                    b"EVENT" => Some(PlaylistType::Event),
                    _ => None,
                };
                HeaderTag::Kind
            }
            b"ENDLIST" => {
                self.out.ended = true;
                HeaderTag::End
            }
            b"I-FRAMES-ONLY" => {
                self.out.iframes_only = true;
                HeaderTag::Other
            }
            b"INDEPENDENT-SEGMENTS" => {
                self.out.independent = true;
                HeaderTag::Other
            }
            b"START" | b"ALLOW-CACHE" => HeaderTag::Other,
            b"DEFINE" => HeaderTag::Define,
            b"SERVER-CONTROL" | b"PART-INF" => self.low_latency(line)?,
            b"SKIP" => {
                self.before_segments("EXT-X-SKIP")?;
                let read =
                    attribute(value, "SKIPPED-SEGMENTS").and_then(|found| unsigned(found.value));
                self.out.skipped = read.ok_or_else(|| self.unreadable("EXT-X-SKIP"))?;
                self.low_latency(line)?
            }
            b"STREAM-INF" | b"I-FRAME-STREAM-INF" | b"MEDIA" => {
                return Err(PlaylistError::Multivariant { line: self.line });
            }
            _ => return Ok(false),
        };
        self.allow(self.out.tags.len(), "tags about the playlist")?;
        self.out.tags.push((tag, span(line.start, line.next)));
        Ok(true)
    }

    fn low_latency(&mut self, line: Line) -> Result<HeaderTag, PlaylistError> {
        self.mark_low_latency(line)?;
        Ok(HeaderTag::LowLatency)
    }

    fn unreadable(&self, tag: &'static str) -> PlaylistError {
        PlaylistError::Tag {
            line: self.line,
            tag,
            fault: "is not a number",
        }
    }

    /// Numbers that come after what they number cannot be trusted (§4.4.3.2, §4.4.3.3).
    fn before_segments(&self, tag: &'static str) -> Result<(), PlaylistError> {
        if self.out.segments.is_empty() {
            return Ok(());
        }
        Err(PlaylistError::Tag {
            line: self.line,
            tag,
            fault: "stands after the first segment",
        })
    }
}
