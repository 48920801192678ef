//! What a request says of viewer, device, content and place: what targeting looks at.

use super::Place;
use crate::model::Zone;

/// Most values of one list of a request, such as segments or the values of one key.
pub const LIST_MAX: usize = 64;
/// Most keys of key-values of one request.
pub const KEYS_MAX: usize = 32;
/// Longest word of a request, in bytes.
pub const WORD_MAX: usize = 128;

/// What a request says. All words are folded; what is absent is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Traits {
    /// Where the viewer is.
    pub geo: Geo,
    /// What plays.
    pub device: Device,
    /// What is played.
    pub content: Content,
    /// Who watches.
    pub audience: Audience,
    /// The wall clock of the viewer.
    pub zone: Option<Zone>,
    /// By key, sorted, each with its values.
    pub key_values: Vec<(String, Vec<String>)>,
}

/// Where the viewer is.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Geo {
    /// ISO 3166-1 alpha-2, upper case.
    pub country: Option<String>,
    /// The second part of ISO 3166-2, upper case: `CA`.
    pub region: Option<String>,
    /// Folded name.
    pub city: Option<String>,
    /// Nielsen designated market area.
    pub dma: Option<u16>,
    /// Folded, without blanks.
    pub postal: Option<String>,
}

impl Geo {
    /// Every place the viewer is in, from the widest to the narrowest.
    pub fn places(&self) -> impl Iterator<Item = Place> + '_ {
        let country = self.country.as_deref();
        let region = country
            .zip(self.region.as_deref())
            .map(|(country, region)| format!("{country}-{region}"));
        let city = |within: &str| {
            self.city.as_ref().map(|name| Place::City {
                within: within.to_owned(),
                name: name.clone(),
            })
        };
        let postal = country.zip(self.postal.as_ref());
        [
            country.map(|country| Place::Country(country.to_owned())),
            region.clone().map(Place::Region),
            country.and_then(city),
            region.as_deref().and_then(city),
            self.dma.map(Place::Dma),
            postal.map(|(country, code)| Place::Postal {
                country: country.to_owned(),
                code: code.clone(),
            }),
        ]
        .into_iter()
        .flatten()
    }
}

/// What plays.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Device {
    /// Such as `smart_tv`, `streaming_stick`, `set_top_box`, `console`, `phone`, `tablet`, `desktop`.
    pub kind: Option<String>,
    /// Such as `samsung`.
    pub brand: Option<String>,
    /// Such as `tizen`.
    pub os: Option<String>,
}

/// What is played.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Content {
    /// The content itself, as the publisher names it.
    pub id: Option<String>,
    /// Categories.
    pub categories: Vec<String>,
    /// Genres.
    pub genres: Vec<String>,
    /// Rating.
    pub rating: Option<String>,
}

/// Who watches.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Audience {
    /// Years.
    pub age: Option<u32>,
    /// Gender.
    pub gender: Option<String>,
    /// Income of the household a year.
    pub income: Option<u32>,
    /// Segments.
    pub segments: Vec<String>,
}
