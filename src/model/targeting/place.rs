//! Places as text: `US`, `US-CA`, `city:US-CA/los angeles`, `dma:803`, `postal:US/90210`.

use std::fmt;

use super::Place;
use super::country::{is_country, meant_country};
use super::text::{Fault, folded_word};

/// Longest postal code in bytes.
const POSTAL_BYTES_MAX: usize = 16;
/// Nielsen numbers its markets with three digits.
const DMA_MAX: u16 = 999;

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Country(code) | Self::Region(code) => f.write_str(code),
            Self::City { within, name } => write!(f, "city:{within}/{name}"),
            Self::Dma(number) => write!(f, "dma:{number}"),
            Self::Postal { country, code } => write!(f, "postal:{country}/{code}"),
        }
    }
}

impl Place {
    /// Reads a place; letters of codes in either case.
    pub(super) fn read(text: &str) -> Result<Self, Fault<'_>> {
        let text = text.trim();
        let Some((kind, rest)) = text.split_once(':') else {
            return area(text);
        };
        match kind.trim().to_ascii_lowercase().as_str() {
            "city" => city(rest),
            "dma" => dma(rest),
            "postal" => postal(rest),
            _ => Err(Fault::at(
                kind,
                "is not a kind of place; they are city:, dma: and postal:",
            )),
        }
    }

    /// All places in which everyone is who is in this one, itself included.
    pub(super) fn with_wider(&self) -> Vec<Self> {
        let mut places = vec![self.clone()];
        let within = match self {
            Self::Country(_) | Self::Dma(_) => return places,
            Self::Region(region) => region,
            Self::City { within, name } => {
                if let Some((country, _region)) = within.split_once('-') {
                    places.push(Self::Region(within.clone()));
                    places.push(Self::City {
                        within: country.to_owned(),
                        name: name.clone(),
                    });
                }
                within
            }
            Self::Postal { country, .. } => country,
        };
        let country = within.split('-').next().unwrap_or(within);
        places.push(Self::Country(country.to_owned()));
        places
    }
}

/// A country or a region.
fn area(text: &str) -> Result<Place, Fault<'_>> {
    let code = area_code(text)?;
    Ok(if code.contains('-') {
        Place::Region(code)
    } else {
        Place::Country(code)
    })
}

fn area_code(text: &str) -> Result<String, Fault<'_>> {
    let Some((country, region)) = text.split_once('-') else {
        return country_code(text);
    };
    let country = country_code(country)?;
    let is_code =
        (1..=3).contains(&region.len()) && region.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_code {
        let fault = "is not a region of ISO 3166-2 such as US-CA";
        return Err(Fault::at(text, fault));
    }
    Ok(format!("{country}-{}", region.to_ascii_uppercase()))
}

fn country_code(text: &str) -> Result<String, Fault<'_>> {
    const WANTED: &str = "is not a country of ISO 3166-1 such as US";
    let upper = text.to_ascii_uppercase();
    if is_country(&upper) {
        return Ok(upper);
    }
    let fault = match meant_country(&upper) {
        Some(meant) => format!("{WANTED}; did you mean `{meant}`?"),
        None if upper.len() == 2 || text.is_empty() => WANTED.to_owned(),
        None => "is not a place; write US, US-CA, city:US-CA/los angeles, dma:803 or \
                 postal:US/90210"
            .to_owned(),
    };
    Err(Fault::at(text, fault))
}

fn city(rest: &str) -> Result<Place, Fault<'_>> {
    let Some((within, name)) = rest.split_once('/') else {
        return Err(Fault::at(
            rest,
            "lacks the country of the city; write city:US-CA/los angeles or city:FR/paris",
        ));
    };
    let within = area_code(within.trim())?;
    let name = folded_word(name)?;
    Ok(Place::City { within, name })
}

fn dma(rest: &str) -> Result<Place, Fault<'_>> {
    let number = rest.trim();
    let digits =
        (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    let number = number.parse().ok().filter(|_| digits);
    number
        .filter(|dma| (1..=DMA_MAX).contains(dma))
        .map(Place::Dma)
        .ok_or_else(|| {
            Fault::at(
                rest,
                "is not a Nielsen market from 1 to 999, such as dma:803",
            )
        })
}

fn postal(rest: &str) -> Result<Place, Fault<'_>> {
    let Some((country, code)) = rest.split_once('/') else {
        return Err(Fault::at(
            rest,
            "lacks the country of the postal code; write postal:US/90210",
        ));
    };
    let country = country_code(country.trim())?;
    let folded: String = code
        .chars()
        .filter(|c| *c != ' ')
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let is_code = (1..=POSTAL_BYTES_MAX).contains(&folded.len())
        && folded
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !is_code {
        return Err(Fault::at(
            code,
            "is not a postal code of up to 16 letters, digits and hyphens",
        ));
    }
    Ok(Place::Postal {
        country,
        code: folded,
    })
}
