//! The lists of the dashboard: which columns they have, and their rows made of what is known.

mod audit;
mod campaigns;
mod channels;
mod creatives;
mod sessions;

pub use audit::{AUDIT, audit};
pub use campaigns::{CAMPAIGNS, campaigns};
pub use channels::{CHANNELS, channels};
pub use creatives::{CREATIVES, creatives};
pub use sessions::{SESSIONS, sessions};

use super::sheet::{Heading, SortKey};
use crate::model::Timestamp;

/// A column of texts that takes what is left.
const fn growing(title: &'static str, width: u16, rank: u8) -> Heading {
    Heading {
        title,
        width,
        grows: true,
        right: false,
        rank,
    }
}

/// A column of texts.
const fn left(title: &'static str, width: u16, rank: u8) -> Heading {
    Heading {
        title,
        width,
        grows: false,
        right: false,
        rank,
    }
}

/// A column of figures.
const fn right(title: &'static str, width: u16, rank: u8) -> Heading {
    Heading {
        title,
        width,
        grows: false,
        right: true,
        rank,
    }
}

/// What instants sort by.
fn instant_key(text: &str) -> SortKey {
    let instant = text.parse::<Timestamp>();
    instant.map_or(SortKey::Nothing, |instant| {
        SortKey::number(instant.millis())
    })
}

/// What may be missing sorts by.
fn number_key(number: Option<u64>) -> SortKey {
    number.map_or(SortKey::Nothing, SortKey::number)
}

/// What is searched in.
fn found_by(parts: &[&str]) -> String {
    parts.join(" ").to_lowercase()
}
