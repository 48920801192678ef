//! VMAP 1.0 (IAB Tech Lab, Digital Video Multiple Ad Playlist): when breaks are, and where their
//! ads come from. Written, in the order and with the names of its schema.

#[cfg(test)]
mod tests;

use std::fmt;

use crate::format::xml::Writer;
use crate::model::Millis;

/// Media type of a VMAP document (§2.1).
pub const CONTENT_TYPE: &str = "application/xml; charset=utf-8";

/// `AdBreak` (§2.3.1) of linear ads.
#[derive(Debug, Clone, Copy)]
pub struct AdBreak<'a> {
    /// `AdBreak@timeOffset`.
    pub offset: Offset,
    /// `AdBreak@breakId`.
    pub id: &'a str,
    /// Its `AdSource` (§2.3.2).
    pub source: Source<'a>,
}

/// `AdBreak@timeOffset` (§2.3.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offset {
    /// Before the content.
    Start,
    /// After it.
    End,
    /// So long after its beginning.
    At(Millis),
}

/// Where the ads of a break come from (§2.3.2).
#[derive(Debug, Clone, Copy)]
pub enum Source<'a> {
    /// `AdTagURI`: a VAST tag, asked when the break comes. May hold macros.
    Tag(&'a str),
    /// `VASTAdData`: a VAST document, with or without its XML declaration.
    Vast(&'a str),
}

/// An answer (§2.2) on its way into a buffer.
#[derive(Debug)]
pub struct Answer<'o>(Writer<'o>);

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start => f.write_str("start"),
            Self::End => f.write_str("end"),
            Self::At(span) => span.fmt(f),
        }
    }
}

impl<'o> Answer<'o> {
    /// Begins behind what is in `out`.
    pub fn begin(out: &'o mut Vec<u8>) -> Self {
        let mut xml = Writer::new(out);
        xml.markup(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <vmap:VMAP xmlns:vmap=\"http://www.iab.net/videosuite/vmap\" version=\"1.0\">",
        );
        Self(xml)
    }

    /// Writes a break.
    pub fn ad_break(&mut self, one: &AdBreak<'_>) {
        let xml = &mut self.0;
        xml.markup("<vmap:AdBreak timeOffset=\"");
        xml.shown(one.offset);
        xml.markup("\" breakType=\"linear\" breakId=\"");
        xml.attribute(one.id);
        // Any number of ads, and wrappers are followed: a pod is several ads, whoever sold them.
        xml.markup("\"><vmap:AdSource allowMultipleAds=\"true\" followRedirects=\"true\">");
        match one.source {
            Source::Tag(uri) => {
                // The schema ends with VAST 3; players take any VAST for it.
                xml.markup("<vmap:AdTagURI templateType=\"vast3\">");
                xml.cdata(&[uri]);
                xml.markup("</vmap:AdTagURI>");
            }
            Source::Vast(document) => {
                xml.markup("<vmap:VASTAdData>");
                xml.nested(document);
                xml.markup("</vmap:VASTAdData>");
            }
        }
        xml.markup("</vmap:AdSource></vmap:AdBreak>");
    }

    /// Ends the answer.
    pub fn end(mut self) {
        self.0.markup("</vmap:VMAP>\n");
    }
}
