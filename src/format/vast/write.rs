//! Writes an answer in the order that the schema of its version fixes.
//!
//! Up to 3.0 the elements stand in the order of the story; from 4.0 on most stand in that of the
//! alphabet, and everything has a namespace.

use super::{Ad, Creative, MediaFile, Tracking, Uri, Version, ViewableImpression};
use crate::format::xml::Writer;
use crate::model::Millis;

/// An answer (§3.2) on its way into a buffer.
#[derive(Debug)]
pub struct Answer<'o> {
    xml: Writer<'o>,
    version: Version,
}

impl<'o> Answer<'o> {
    /// Begins behind what is in `out`.
    pub fn begin(version: Version, out: &'o mut Vec<u8>) -> Self {
        let mut xml = Writer::new(out);
        xml.markup("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<VAST version=\"");
        xml.markup(version.as_str());
        if version >= Version::V4_0 {
            xml.markup("\" xmlns=\"http://www.iab.com/VAST");
        }
        xml.markup("\">");
        Self { xml, version }
    }

    /// Writes an ad.
    pub fn ad(&mut self, ad: &Ad<'_>) {
        write_ad(&mut self.xml, self.version, ad);
    }

    /// Ends an answer with ads.
    pub fn end(mut self) {
        self.xml.markup("</VAST>\n");
    }

    /// Ends an answer without ads: the player calls `error` (§3.2.1, and VAST 3.0 §2.4.2). The
    /// schema of 2.0 has no place for it.
    pub fn end_without_ads(mut self, error: &Uri<'_>) {
        if self.version >= Version::V3_0 {
            write_uri(&mut self.xml, "<Error>", error, "</Error>");
        }
        self.end();
    }
}

fn write_ad(xml: &mut Writer<'_>, version: Version, ad: &Ad<'_>) {
    xml.markup("<Ad id=\"");
    xml.attribute(ad.id);
    if let Some(sequence) = ad.sequence
        && version >= Version::V3_0
    {
        xml.markup("\" sequence=\"");
        xml.number(sequence.into());
    }
    xml.markup("\"><InLine><AdSystem version=\"");
    xml.attribute(ad.ad_system.version);
    xml.markup("\">");
    xml.text(ad.ad_system.name);
    xml.markup("</AdSystem>");
    if version >= Version::V4_0 {
        write_uri(xml, "<Error>", &ad.error, "</Error>");
        write_uri(xml, "<Impression>", &ad.impression, "</Impression>");
        write_pricing(xml, ad);
        if let Some(viewable) = &ad.viewable_impression {
            write_viewable(xml, viewable);
        }
        if version >= Version::V4_1 {
            xml.markup("<AdServingId>");
            xml.text(ad.ad_serving_id);
            xml.markup("</AdServingId>");
        }
        write_title(xml, ad);
    } else {
        write_title(xml, ad);
        if version >= Version::V3_0 {
            write_pricing(xml, ad);
        }
        write_uri(xml, "<Error>", &ad.error, "</Error>");
        write_uri(xml, "<Impression>", &ad.impression, "</Impression>");
    }
    write_creative(xml, version, &ad.creative);
    xml.markup("</InLine></Ad>");
}

fn write_title(xml: &mut Writer<'_>, ad: &Ad<'_>) {
    xml.markup("<AdTitle>");
    xml.text(ad.ad_title);
    xml.markup("</AdTitle>");
}

fn write_pricing(xml: &mut Writer<'_>, ad: &Ad<'_>) {
    let Some(pricing) = &ad.pricing else { return };
    xml.markup("<Pricing model=\"");
    xml.attribute(pricing.model);
    xml.markup("\" currency=\"");
    xml.attribute(pricing.currency);
    xml.markup("\">");
    xml.text(pricing.value);
    xml.markup("</Pricing>");
}

fn write_viewable(xml: &mut Writer<'_>, viewable: &ViewableImpression<'_>) {
    xml.markup("<ViewableImpression>");
    write_uri(xml, "<Viewable>", &viewable.viewable, "</Viewable>");
    write_uri(
        xml,
        "<NotViewable>",
        &viewable.not_viewable,
        "</NotViewable>",
    );
    write_uri(
        xml,
        "<ViewUndetermined>",
        &viewable.view_undetermined,
        "</ViewUndetermined>",
    );
    xml.markup("</ViewableImpression>");
}

fn write_creative(xml: &mut Writer<'_>, version: Version, creative: &Creative<'_>) {
    xml.markup("<Creatives><Creative id=\"");
    xml.attribute(creative.id);
    xml.markup("\"><Linear");
    if let Some(offset) = creative.skip_offset
        && version >= Version::V3_0
    {
        xml.markup(" skipoffset=\"");
        xml.shown(offset);
        xml.markup("\"");
    }
    xml.markup(">");
    if version >= Version::V4_0 {
        write_tracking(xml, version, creative);
        write_duration(xml, creative.duration);
        write_media_files(xml, version, creative.media_files);
        write_clicks(xml, creative);
    } else {
        write_duration(xml, creative.duration);
        write_tracking(xml, version, creative);
        write_clicks(xml, creative);
        write_media_files(xml, version, creative.media_files);
    }
    xml.markup("</Linear>");
    if version >= Version::V4_0 {
        let universal = &creative.universal_ad_id;
        xml.markup("<UniversalAdId idRegistry=\"");
        xml.attribute(universal.id_registry);
        if version == Version::V4_0 {
            xml.markup("\" idValue=\"");
            xml.attribute(universal.id);
        }
        xml.markup("\">");
        xml.text(universal.id);
        xml.markup("</UniversalAdId>");
    }
    xml.markup("</Creative></Creatives>");
}

fn write_duration(xml: &mut Writer<'_>, duration: Millis) {
    xml.markup("<Duration>");
    xml.shown(duration);
    xml.markup("</Duration>");
}

fn write_tracking(xml: &mut Writer<'_>, version: Version, creative: &Creative<'_>) {
    xml.markup("<TrackingEvents>");
    for Tracking { event, uri } in creative.tracking {
        // Nobody can skip what has no `skipoffset` (§3.8), so nobody is told where to report it.
        let skippable = *event != "skip" || creative.skip_offset.is_some();
        if version.tracks(event) && skippable {
            xml.markup("<Tracking event=\"");
            xml.attribute(event);
            write_uri(xml, "\">", uri, "</Tracking>");
        }
    }
    xml.markup("</TrackingEvents>");
}

fn write_clicks(xml: &mut Writer<'_>, creative: &Creative<'_>) {
    if let Some(click) = &creative.click_through {
        write_uri(
            xml,
            "<VideoClicks><ClickThrough>",
            click,
            "</ClickThrough></VideoClicks>",
        );
    }
}

fn write_media_files(xml: &mut Writer<'_>, version: Version, files: &[MediaFile<'_>]) {
    xml.markup("<MediaFiles>");
    for file in files {
        xml.markup("<MediaFile id=\"");
        xml.attribute(file.id);
        xml.markup("\" delivery=\"progressive\" type=\"");
        xml.attribute(file.mime);
        xml.markup("\" width=\"");
        xml.number(file.width.into());
        xml.markup("\" height=\"");
        xml.number(file.height.into());
        xml.markup("\" bitrate=\"");
        xml.number(file.bitrate.into());
        xml.markup("\" scalable=\"true\" maintainAspectRatio=\"true\"");
        if version >= Version::V3_0 && !file.codecs.is_empty() {
            xml.markup(" codec=\"");
            for (place, codec) in file.codecs.iter().enumerate() {
                xml.markup(if place > 0 { ", " } else { "" });
                xml.attribute(codec);
            }
            xml.markup("\"");
        }
        if version >= Version::V4_1 {
            xml.markup(" fileSize=\"");
            xml.number(file.file_size);
            xml.markup("\"");
        }
        write_uri(xml, ">", &file.uri, "</MediaFile>");
    }
    xml.markup("</MediaFiles>");
}

fn write_uri(xml: &mut Writer<'_>, before: &'static str, uri: &Uri<'_>, after: &'static str) {
    xml.markup(before);
    xml.cdata(uri.pieces());
    xml.markup(after);
}
