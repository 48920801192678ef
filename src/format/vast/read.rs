//! Reads what a player needs from an answer of any version, forgiving what can be forgiven.
//!
//! Elements are known by their names and the element around them, whatever the order. What is
//! not known is passed over; a value that makes no sense is left out and told as a warning.

use crate::format::xml::{Piece, ReadError, Reader, Tag};
use crate::model::Millis;

/// Most ads of one answer that are read.
pub const ADS_MAX: usize = 100;
/// Most addresses of one ad that are read.
pub const URLS_MAX: usize = 1_000;
/// Most warnings about one answer.
const WARNINGS_MAX: usize = 100;

/// An answer as it was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// `VAST@version`, as it stands there.
    pub version: String,
    /// The ads.
    pub ads: Vec<AdFound>,
    /// Called when there is no ad (§3.2.1).
    pub errors: Vec<String>,
    /// What was left out.
    pub warnings: Vec<Warning>,
}

/// An ad as it was found. Texts and addresses are without the space around them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AdFound {
    /// `Ad@id`.
    pub id: Option<String>,
    /// `Ad@sequence`.
    pub sequence: Option<u32>,
    /// `AdSystem`.
    pub ad_system: String,
    /// `AdTitle`.
    pub ad_title: String,
    /// `AdServingId`.
    pub ad_serving_id: Option<String>,
    /// `VASTAdTagURI`: the ad is a wrapper (§3.19) and another server has the rest.
    pub tag_uri: Option<String>,
    /// `Error`.
    pub errors: Vec<String>,
    /// `Impression`.
    pub impressions: Vec<String>,
    /// `Viewable`, `NotViewable` and `ViewUndetermined`, by these names.
    pub viewability: Vec<TrackingFound>,
    /// `UniversalAdId`: registry and id.
    pub universal_ad_ids: Vec<(String, String)>,
    /// `Duration`.
    pub duration: Option<Millis>,
    /// `Linear@skipoffset`, as it stands there.
    pub skip_offset: Option<String>,
    /// `Tracking` of linear creatives.
    pub tracking: Vec<TrackingFound>,
    /// `ClickThrough`.
    pub click_through: Option<String>,
    /// `ClickTracking`.
    pub click_tracking: Vec<String>,
    /// `MediaFile`.
    pub media_files: Vec<MediaFileFound>,
}

impl AdFound {
    /// The addresses to call for an event, by the name that `Tracking@event` has for it.
    pub fn tracking_of(&self, event: &str) -> impl Iterator<Item = &str> {
        let of_event = move |tracking: &&TrackingFound| tracking.event == event;
        let tracking = self.tracking.iter().filter(of_event);
        tracking.map(|tracking| tracking.uri.as_str())
    }

    fn urls(&self) -> usize {
        self.errors.len()
            + self.impressions.len()
            + self.viewability.len()
            + self.universal_ad_ids.len()
            + self.tracking.len()
            + self.click_tracking.len()
            + self.media_files.len()
    }
}

/// An address to call for an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackingFound {
    /// The event.
    pub event: String,
    /// `Tracking@offset`, as it stands there.
    pub offset: Option<String>,
    /// The address.
    pub uri: String,
}

/// A file to play.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MediaFileFound {
    /// Where it is.
    pub uri: String,
    /// `MediaFile@type`.
    pub mime: String,
    /// `MediaFile@delivery`.
    pub delivery: String,
    /// `MediaFile@width` in pixels.
    pub width: Option<u32>,
    /// `MediaFile@height` in pixels.
    pub height: Option<u32>,
    /// `MediaFile@bitrate` in kbit/s.
    pub bitrate: Option<u32>,
    /// `MediaFile@codec`.
    pub codec: Option<String>,
}

/// Something that was left out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Warning {
    /// The outermost element is not `VAST`.
    #[error("the root is not VAST but {0}")]
    Root(String),
    /// A `Duration` that is none.
    #[error("`{0}` is not a duration of the form HH:MM:SS or HH:MM:SS.mmm")]
    Duration(String),
    /// An element that must hold an address is empty.
    #[error("{0} is empty")]
    Empty(String),
    /// More than [`ADS_MAX`] ads.
    #[error("more than {ADS_MAX} ads")]
    Ads,
    /// An ad with more than [`URLS_MAX`] addresses.
    #[error("an ad with more than {URLS_MAX} addresses")]
    Urls,
}

/// Reads an answer.
///
/// # Errors
/// Only when the bytes are no XML that we read; what is wrong with the VAST in it is a warning.
pub fn read(document: &[u8]) -> Result<Document, ReadError> {
    let mut reader = Reader::new(document)?;
    let mut state = State::default();
    while let Some(piece) = reader.piece()? {
        match piece {
            Piece::Open(tag) => state.open(&tag),
            Piece::Text(text) => {
                if let Some(element) = state.path.last_mut() {
                    element.text.push_str(&text);
                }
            }
            Piece::Close => state.close(),
        }
    }
    Ok(state.found)
}

/// An element that has begun: its name, its text so far, and its attributes of interest.
struct Element {
    name: String,
    text: String,
    attributes: Attributes,
}

#[derive(Default)]
struct Attributes {
    event: Option<String>,
    offset: Option<String>,
    registry: Option<String>,
    id_value: Option<String>,
    file: MediaFileFound,
}

#[derive(Default)]
struct State {
    path: Vec<Element>,
    /// The ad being read.
    ad: Option<AdFound>,
    found: Document,
}

impl State {
    fn open(&mut self, tag: &Tag<'_>) {
        let name = tag.name().to_owned();
        let mut attributes = Attributes::default();
        match name.as_str() {
            "VAST" if self.path.is_empty() => {
                self.found.version = tag.attribute("version").unwrap_or_default();
            }
            _ if self.path.is_empty() => self.found.warnings.push(Warning::Root(name.clone())),
            "Ad" => {
                self.ad = Some(AdFound {
                    id: tag.attribute("id"),
                    sequence: number(tag, "sequence"),
                    ..AdFound::default()
                });
            }
            "Linear" => {
                if let Some(ad) = &mut self.ad {
                    ad.skip_offset = tag.attribute("skipoffset");
                }
            }
            "Tracking" => {
                attributes.event = tag.attribute("event");
                attributes.offset = tag.attribute("offset");
            }
            "UniversalAdId" => {
                attributes.registry = tag.attribute("idRegistry");
                attributes.id_value = tag.attribute("idValue");
            }
            "MediaFile" => {
                attributes.file = MediaFileFound {
                    uri: String::new(),
                    mime: tag.attribute("type").unwrap_or_default(),
                    delivery: tag.attribute("delivery").unwrap_or_default(),
                    width: number(tag, "width"),
                    height: number(tag, "height"),
                    bitrate: number(tag, "bitrate"),
                    codec: tag.attribute("codec"),
                };
            }
            _ => {}
        }
        self.path.push(Element {
            name,
            text: String::new(),
            attributes,
        });
    }

    fn close(&mut self) {
        let Some(element) = self.path.pop() else {
            return;
        };
        let parent = self.path.last().map_or("", |parent| parent.name.as_str());
        let text = element.text.trim().to_owned();
        match (parent, element.name.as_str()) {
            ("VAST", "Ad") => self.keep_ad(),
            ("VAST", "Error") if text.is_empty() => self.empty("Error"),
            ("VAST", "Error") if self.found.errors.len() < URLS_MAX => self.found.errors.push(text),
            ("VAST", "Error") => self.warn(Warning::Urls),
            _ => {
                let parent = parent.to_owned();
                self.keep(&parent, element, text);
            }
        }
    }

    fn keep_ad(&mut self) {
        let Some(ad) = self.ad.take() else { return };
        if self.found.ads.len() < ADS_MAX {
            self.found.ads.push(ad);
        } else {
            self.warn(Warning::Ads);
        }
    }

    /// Keeps what an element inside an ad says.
    fn keep(&mut self, parent: &str, element: Element, text: String) {
        let Element {
            name, attributes, ..
        } = element;
        let Some(ad) = &mut self.ad else { return };
        let linear = parent != "TrackingEvents" || self.path.iter().any(|e| e.name == "Linear");
        if !linear {
            return;
        }
        if ad.urls() >= URLS_MAX {
            self.warn(Warning::Urls);
            return;
        }
        match (parent, name.as_str()) {
            ("InLine" | "Wrapper", "AdSystem") => ad.ad_system = text,
            ("InLine", "AdTitle") => ad.ad_title = text,
            ("InLine", "AdServingId") => ad.ad_serving_id = Some(text),
            ("Creative", "UniversalAdId") => {
                // VAST 4.0 has the id in an attribute, later versions in the text.
                let id = if text.is_empty() {
                    attributes.id_value.unwrap_or_default()
                } else {
                    text
                };
                let registry = attributes.registry.unwrap_or_default();
                ad.universal_ad_ids.push((registry, id));
            }
            ("Linear", "Duration") => match duration(&text) {
                Some(span) => ad.duration = Some(span),
                None => self.warn(Warning::Duration(text)),
            },
            (_, name) if is_address(parent, name) && text.is_empty() => self.empty(name),
            ("InLine" | "Wrapper", "Error") => ad.errors.push(text),
            ("InLine" | "Wrapper", "Impression") => ad.impressions.push(text),
            ("Wrapper", "VASTAdTagURI") => ad.tag_uri = Some(text),
            ("ViewableImpression", _) => ad.viewability.push(TrackingFound {
                event: name,
                offset: None,
                uri: text,
            }),
            ("TrackingEvents", "Tracking") => ad.tracking.push(TrackingFound {
                event: attributes.event.unwrap_or_default(),
                offset: attributes.offset,
                uri: text,
            }),
            ("VideoClicks", "ClickThrough") => ad.click_through = Some(text),
            ("VideoClicks", "ClickTracking") => ad.click_tracking.push(text),
            ("MediaFiles", "MediaFile") => ad.media_files.push(MediaFileFound {
                uri: text,
                ..attributes.file
            }),
            _ => {}
        }
    }

    fn empty(&mut self, name: &str) {
        self.warn(Warning::Empty(name.to_owned()));
    }

    /// One warning of a kind is enough where a document could cause thousands.
    fn warn(&mut self, warning: Warning) {
        if self.found.warnings.len() < WARNINGS_MAX && !self.found.warnings.contains(&warning) {
            self.found.warnings.push(warning);
        }
    }
}

/// Whether an element must hold an address.
fn is_address(parent: &str, name: &str) -> bool {
    matches!(
        (parent, name),
        (
            "InLine" | "Wrapper",
            "Error" | "Impression" | "VASTAdTagURI"
        ) | ("ViewableImpression" | "TrackingEvents", _)
            | ("VideoClicks", "ClickThrough" | "ClickTracking")
            | ("MediaFiles", "MediaFile")
    )
}

fn number(tag: &Tag<'_>, name: &str) -> Option<u32> {
    tag.attribute(name)?.trim().parse().ok()
}

/// `HH:MM:SS` or `HH:MM:SS.mmm` (§3.8.1); a fraction of other length counts as what it says.
fn duration(text: &str) -> Option<Millis> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut parts = whole.split(':');
    let mut part = || parts.next().and_then(digits);
    let (hours, minutes, seconds) = (part()?, part()?, part()?);
    if parts.next().is_some() || minutes > 59 || seconds > 59 || hours > 9_999 {
        return None;
    }
    let mut millis = 0;
    if text.contains('.') {
        digits(fraction)?;
        for place in [100, 10, 1].into_iter().zip(fraction.bytes()) {
            millis += place.0 * u64::from(place.1 - b'0');
        }
    }
    Some(Millis(
        ((hours * 60 + minutes) * 60 + seconds) * 1000 + millis,
    ))
}

/// A number that is nothing but digits.
fn digits(text: &str) -> Option<u64> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_to_the_millisecond() {
        for (text, millis) in [
            ("00:00:15", Some(15_000)),
            ("00:00:30.030", Some(30_030)),
            ("01:02:03.5", Some(3_723_500)),
            ("1:2:3", Some(3_723_000)),
            ("00:00:00.0005", Some(0)),
            ("00:00:60", None),
            ("00:15", None),
            ("15", None),
            ("", None),
            ("00:00:15.", None),
            ("00:00:-5", None),
            ("00:00:15.x", None),
            ("99999:00:00", None),
            ("00:00:00:15", None),
        ] {
            assert_eq!(duration(text), millis.map(Millis), "{text}");
        }
    }
}
