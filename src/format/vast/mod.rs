//! VAST 2.0 to 4.3 (IAB Tech Lab, Digital Video Ad Serving Template): answers written and read.
//!
//! Types and fields carry the names of the specification; sections are those of VAST 4.2 unless
//! another version is named. [`Answer`] knows which version has what, and in which order. What
//! [`read()`] returns is what a player needs, from any version.

mod read;
mod version;
mod write;

#[cfg(test)]
mod tests;

pub use read::{
    ADS_MAX, AdFound, Document, MediaFileFound, TrackingFound, URLS_MAX, Warning, read,
};
pub use version::{UnknownVersion, Version};
pub use write::Answer;

use std::fmt;

use crate::model::Millis;

/// Media type of a VAST document (§2.1).
pub const CONTENT_TYPE: &str = "application/xml; charset=utf-8";

/// An ad (§3.3) that needs no other server: its `InLine` (§3.4).
#[derive(Debug, Clone, Copy)]
pub struct Ad<'a> {
    /// `Ad@id`: the server's name for it.
    pub id: &'a str,
    /// `Ad@sequence`: its place in a pod, from 1. VAST 2.0 has no pods.
    pub sequence: Option<u16>,
    /// `AdSystem` (§3.4): name and version of the server.
    pub ad_system: AdSystem<'a>,
    /// `AdTitle` (§3.4).
    pub ad_title: &'a str,
    /// `AdServingId` (§3.4): this showing of the ad, in the logs of everybody. From 4.1.
    pub ad_serving_id: &'a str,
    /// `Pricing` (§3.4). From 3.0.
    pub pricing: Option<Pricing<'a>>,
    /// `Error` (§3.4).
    pub error: Uri<'a>,
    /// `Impression` (§3.4).
    pub impression: Uri<'a>,
    /// `ViewableImpression` (§3.5). From 4.0.
    pub viewable_impression: Option<ViewableImpression<'a>>,
    /// Its one `Creative` (§3.7).
    pub creative: Creative<'a>,
}

/// `AdSystem` (§3.4).
#[derive(Debug, Clone, Copy)]
pub struct AdSystem<'a> {
    /// What answered.
    pub name: &'a str,
    /// `AdSystem@version`.
    pub version: &'a str,
}

/// `Pricing` (§3.4).
#[derive(Debug, Clone, Copy)]
pub struct Pricing<'a> {
    /// `Pricing@model`: `cpm`, `cpc`, `cpe` or `cpv`.
    pub model: &'a str,
    /// `Pricing@currency`: ISO 4217.
    pub currency: &'a str,
    /// Decimal number of units of the currency.
    pub value: &'a str,
}

/// `ViewableImpression` (§3.5).
#[derive(Debug, Clone, Copy)]
pub struct ViewableImpression<'a> {
    /// `Viewable` (§3.5).
    pub viewable: Uri<'a>,
    /// `NotViewable` (§3.5).
    pub not_viewable: Uri<'a>,
    /// `ViewUndetermined` (§3.5).
    pub view_undetermined: Uri<'a>,
}

/// `Creative` (§3.7) with its `Linear` (§3.8).
#[derive(Debug, Clone, Copy)]
pub struct Creative<'a> {
    /// `Creative@id`.
    pub id: &'a str,
    /// `UniversalAdId` (§3.7.1). From 4.0.
    pub universal_ad_id: UniversalAdId<'a>,
    /// `Linear@skipoffset` (§3.8): when the viewer may skip. From 3.0.
    pub skip_offset: Option<Millis>,
    /// `Duration` (§3.8.1).
    pub duration: Millis,
    /// `Tracking` (§3.14); those that the version does not have are left out.
    pub tracking: &'a [Tracking<'a>],
    /// `ClickThrough` (§3.10.1).
    pub click_through: Option<Uri<'a>>,
    /// `MediaFile` (§3.9.1).
    pub media_files: &'a [MediaFile<'a>],
}

/// `UniversalAdId` (§3.7.1).
#[derive(Debug, Clone, Copy)]
pub struct UniversalAdId<'a> {
    /// `UniversalAdId@idRegistry`.
    pub id_registry: &'a str,
    /// The id in that registry.
    pub id: &'a str,
}

/// `Tracking` (§3.14).
#[derive(Debug, Clone, Copy)]
pub struct Tracking<'a> {
    /// `Tracking@event`.
    pub event: &'a str,
    /// What the player calls.
    pub uri: Uri<'a>,
}

/// `MediaFile` (§3.9.1), delivered progressively.
#[derive(Debug, Clone, Copy)]
pub struct MediaFile<'a> {
    /// `MediaFile@id`.
    pub id: &'a str,
    /// `MediaFile@type`: media type.
    pub mime: &'a str,
    /// `MediaFile@width` in pixels.
    pub width: u32,
    /// `MediaFile@height` in pixels.
    pub height: u32,
    /// `MediaFile@bitrate` in kbit/s.
    pub bitrate: u32,
    /// `MediaFile@codec`, video first, as RFC 4281 lists them. From 3.0.
    pub codecs: &'a [&'a str],
    /// `MediaFile@fileSize` in bytes. From 4.1.
    pub file_size: u64,
    /// Where it is.
    pub uri: Uri<'a>,
}

/// An address in pieces that stand one behind the other, so that none has to be put together
/// only to be copied again.
#[derive(Debug, Clone, Copy)]
pub struct Uri<'a>([&'a str; URI_PIECES]);

/// Most pieces of an address.
pub const URI_PIECES: usize = 6;

impl<'a> Uri<'a> {
    /// Puts an address together. Unused pieces are empty.
    pub const fn new(pieces: [&'a str; URI_PIECES]) -> Self {
        Self(pieces)
    }

    /// The pieces.
    pub const fn pieces(&self) -> &[&'a str] {
        &self.0
    }
}

impl<'a> From<&'a str> for Uri<'a> {
    fn from(whole: &'a str) -> Self {
        Self([whole, "", "", "", "", ""])
    }
}

impl fmt::Display for Uri<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| f.write_str(piece))
    }
}
