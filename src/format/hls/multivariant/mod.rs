//! A multivariant playlist: its text, untouched, and the media playlists it names.

mod read;

use std::collections::HashSet;
use std::ops::Range;

use bytes::Bytes;
use url::Url;

use super::address::{Base, Resolve};
use super::edit::{Edit, rewrite};
use super::error::{Limits, PlaylistError, Warning};
use super::variables::{Sources, Variables};

/// One multivariant playlist.
#[derive(Debug, Clone, Default)]
pub struct Multivariant {
    text: Bytes,
    /// `EXT-X-VERSION`, 1 where absent.
    pub version: u16,
    /// `EXT-X-STREAM-INF`, in the order of the text.
    pub variants: Vec<Variant>,
    /// `EXT-X-I-FRAME-STREAM-INF`, in the order of the text.
    pub iframes: Vec<Variant>,
    /// `EXT-X-MEDIA`, in the order of the text.
    pub renditions: Vec<Rendition>,
    /// `EXT-X-INDEPENDENT-SEGMENTS`.
    pub independent: bool,
    /// Every URI of the text, in order.
    pub uris: Vec<UriSite>,
    /// Lines of `EXT-X-DEFINE`.
    pub defines: Vec<Range<u32>>,
    /// What was passed over.
    pub warnings: Vec<Warning>,
}

/// A variant stream or a stream of I-frames (rfc8216bis §4.4.6.2, §4.4.6.3).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Variant {
    /// The line of its tag, terminator included.
    pub line: Range<u32>,
    /// Its URI.
    pub uri: Range<u32>,
    /// `BANDWIDTH`, bits per second.
    pub bandwidth: u64,
    /// `AVERAGE-BANDWIDTH`, bits per second.
    pub average_bandwidth: Option<u64>,
    /// `CODECS`.
    pub codecs: Option<String>,
    /// `RESOLUTION`, width and height.
    pub resolution: Option<(u32, u32)>,
    /// `FRAME-RATE` in thousandths of a frame per second: 29970.
    pub frame_rate_milli: Option<u32>,
    /// `AUDIO`, the group of its audio renditions.
    pub audio: Option<String>,
    /// `VIDEO`.
    pub video: Option<String>,
    /// `SUBTITLES`.
    pub subtitles: Option<String>,
    /// `CLOSED-CAPTIONS`; `NONE` is `None`.
    pub closed_captions: Option<String>,
    /// `VIDEO-RANGE`: `SDR`, `HLG` or `PQ`.
    pub video_range: Option<String>,
    /// `PATHWAY-ID`.
    pub pathway: Option<String>,
}

/// An `EXT-X-MEDIA` tag (rfc8216bis §4.4.6.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// The line, terminator included.
    pub line: Range<u32>,
    /// `TYPE`.
    pub kind: RenditionKind,
    /// The value of `URI`; without one it is inside the variants' own streams.
    pub uri: Option<Range<u32>>,
    /// `GROUP-ID`.
    pub group: String,
    /// `NAME`.
    pub name: String,
    /// `LANGUAGE`.
    pub language: Option<String>,
    /// `DEFAULT=YES`.
    pub default: bool,
    /// `CHANNELS`: `2`, `6`, `16/JOC`.
    pub channels: Option<String>,
    /// `INSTREAM-ID` of closed captions.
    pub instream: Option<String>,
}

/// `TYPE` of an `EXT-X-MEDIA` tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RenditionKind {
    /// Alternate audio.
    Audio,
    /// Alternate video.
    Video,
    /// Subtitles in playlists of their own.
    Subtitles,
    /// Captions inside the video.
    ClosedCaptions,
}

/// One URI of a multivariant playlist and what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UriSite {
    /// Where it is, quotes left out.
    pub uri: Range<u32>,
    /// What for.
    pub role: UriRole,
}

/// What a URI of a multivariant playlist is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UriRole {
    /// A variant: its position in `variants`.
    Variant(usize),
    /// A rendition: its position in `renditions`.
    Rendition(usize),
    /// A stream of I-frames: its position in `iframes`.
    Iframe(usize),
    /// `EXT-X-SESSION-DATA`.
    SessionData,
    /// `EXT-X-SESSION-KEY`.
    SessionKey,
    /// `EXT-X-CONTENT-STEERING`'s `SERVER-URI`.
    Steering,
    /// A `URI` attribute of a tag not known here.
    Other,
}

/// A media playlist that a multivariant one names, perhaps several times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<'a> {
    /// Its address as written.
    pub uri: &'a str,
    /// Where it is named first.
    pub role: UriRole,
}

impl Multivariant {
    /// The whole text.
    pub fn text(&self) -> &Bytes {
        &self.text
    }

    /// A part of the text, such as a URI; `None` where it is not UTF-8.
    pub fn str(&self, range: &Range<u32>) -> Option<&str> {
        let bytes = self.text.get(range.start as usize..range.end as usize)?;
        std::str::from_utf8(bytes).ok()
    }

    /// The media playlists it names, each once, variants first, then renditions, then streams of
    /// I-frames, each in the order of the text.
    pub fn playlists(&self) -> Vec<Listed<'_>> {
        let rank = |role: UriRole| match role {
            UriRole::Variant(_) => Some(0),
            UriRole::Rendition(_) => Some(1),
            UriRole::Iframe(_) => Some(2),
            UriRole::SessionData | UriRole::SessionKey | UriRole::Steering | UriRole::Other => None,
        };
        let named = self.uris.iter().filter_map(|site| {
            let (uri, role) = (self.str(&site.uri)?, site.role);
            Some((rank(role)?, Listed { uri, role }))
        });
        let mut named: Vec<_> = named.collect();
        named.sort_by_key(|(rank, _)| *rank);
        let mut known = HashSet::new();
        named.retain(|(_, listed)| known.insert(listed.uri));
        named.into_iter().map(|(_, listed)| listed).collect()
    }

    /// The text with URIs exchanged: `exchange` gets what each is for and the URI as written,
    /// and answers the new one, or `None` to keep it. Everything else stays byte for byte.
    pub fn rewrite_uris(
        &self,
        mut exchange: impl FnMut(UriRole, &str) -> Option<String>,
    ) -> Vec<u8> {
        let edits = self.uris.iter().filter_map(|site| {
            let with = exchange(site.role, self.str(&site.uri)?)?.into_bytes();
            let range = site.uri.clone();
            Some(Edit { range, with })
        });
        rewrite(&self.text, &edits.collect::<Vec<_>>())
    }

    /// What it defines, for media playlists that import it.
    pub fn variables(&self, base: &Url) -> Variables {
        self.define(base).0
    }

    /// The same playlist with absolute addresses, variables in them replaced, and every variable
    /// stated by name and value, so that it can be served from another address.
    ///
    /// # Errors
    /// A variable is not defined, or the text so made passes a limit.
    pub fn ground(&self, base: &Url, limits: &Limits) -> Result<Self, PlaylistError> {
        let (variables, mut edits) = self.define(base);
        let folder = Base::new(base);
        let resolve = Resolve {
            text: &self.text,
            base: &folder,
            variables: &variables,
            most: limits.line_bytes,
        };
        let mut written = 0;
        for site in &self.uris {
            let with = resolve.absolute(&site.uri)?.into_bytes();
            let range = site.uri.clone();
            written += with.len();
            if written > limits.bytes {
                return Err(PlaylistError::Limit {
                    line: 1,
                    what: "bytes once its addresses are absolute",
                    most: limits.bytes,
                });
            }
            edits.push(Edit { range, with });
        }
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        Self::parse(rewrite(&self.text, &edits).into(), limits)
    }

    fn define(&self, base: &Url) -> (Variables, Vec<Edit>) {
        let imports = &Variables::default();
        let mut variables = Variables::default();
        let mut edits = Vec::new();
        for line in &self.defines {
            let text = self.text.get(line.start as usize..line.end as usize);
            let stated = variables.define(text.unwrap_or_default(), Sources { base, imports });
            if let Some(with) = stated {
                let range = line.clone();
                edits.push(Edit { range, with });
            }
        }
        (variables, edits)
    }
}

#[cfg(test)]
mod tests;
