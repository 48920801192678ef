//! What an index looks at: dimensions, spaces of words, and where the rows of each value are.

use super::bits::narrow;
use super::words::Space;
use crate::model::targeting::{DaypartZone, Dimension, Place};

/// How many dimensions are told apart in counts: those with a name, and all keys as one.
pub const DIMENSIONS: usize = Dimension::NAMED.len() + 1;

/// The number of a dimension in counts: its place in [`Dimension::NAMED`]; all keys come after.
pub const fn dimension_number(dimension: &Dimension) -> usize {
    match dimension {
        Dimension::Geo => 0,
        Dimension::Device => 1,
        Dimension::DeviceType => 2,
        Dimension::Brand => 3,
        Dimension::Os => 4,
        Dimension::Channel => 5,
        Dimension::Category => 6,
        Dimension::Genre => 7,
        Dimension::Rating => 8,
        Dimension::Age => 9,
        Dimension::Gender => 10,
        Dimension::Income => 11,
        Dimension::Segment => 12,
        Dimension::Daypart => 13,
        Dimension::Key(_) => KEYS,
    }
}

/// The number of key-values in counts, and the field of the first of them.
pub(super) const KEYS: usize = DIMENSIONS - 1;

pub(super) const GEO: usize = dimension_number(&Dimension::Geo);
pub(super) const DEVICE: usize = dimension_number(&Dimension::Device);
pub(super) const DEVICE_TYPE: usize = dimension_number(&Dimension::DeviceType);
pub(super) const BRAND: usize = dimension_number(&Dimension::Brand);
pub(super) const OS: usize = dimension_number(&Dimension::Os);
pub(super) const CHANNEL: usize = dimension_number(&Dimension::Channel);
pub(super) const CATEGORY: usize = dimension_number(&Dimension::Category);
pub(super) const GENRE: usize = dimension_number(&Dimension::Genre);
pub(super) const RATING: usize = dimension_number(&Dimension::Rating);
pub(super) const AGE: usize = dimension_number(&Dimension::Age);
pub(super) const GENDER: usize = dimension_number(&Dimension::Gender);
pub(super) const INCOME: usize = dimension_number(&Dimension::Income);
pub(super) const SEGMENT: usize = dimension_number(&Dimension::Segment);
pub(super) const DAYPART: usize = dimension_number(&Dimension::Daypart);

/// Dimensions in which a request has one value at most.
pub(super) const SINGLE: [usize; 7] = [DEVICE_TYPE, BRAND, OS, RATING, AGE, GENDER, INCOME];

/// Words of a dimension are in the space of its number; these come after.
pub(super) const COUNTRY: Space = 32;
pub(super) const REGION: Space = 33;
pub(super) const DMA: Space = 34;
pub(super) const KEY_NAME: Space = 35;
/// Plus the length of what stands before the name.
pub(super) const CITY: Space = 1 << 8;
/// Plus the length of the country.
pub(super) const POSTAL: Space = 1 << 16;
/// Plus the number of the key.
pub(super) const KEY_VALUE: Space = 1 << 24;

/// One dimension, or some keys that no rule wants together.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Field {
    /// Whether any rule looks at it.
    pub(super) used: bool,
    /// Whether each value has one bitmap of all rows that pass with it.
    pub(super) fused: bool,
    /// The rows that want nothing here; none where that is all of them.
    pub(super) any: Option<u32>,
}

/// Rows: a bitmap, or a sorted list where they are few.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Posting {
    /// None at all.
    None,
    /// A bitmap by its number.
    Dense(u32),
    /// A piece of the lists.
    Sparse {
        /// Its start.
        from: u32,
        /// How many rows.
        len: u32,
    },
}

/// What a value means for the rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value {
    /// In which field.
    pub(super) field: u32,
    /// The rows that want it; in a fused field the rows that pass with it.
    pub(super) wanted: Posting,
    /// The rows that refuse it.
    pub(super) refused: Posting,
}

/// The word of a place and the space it is in; `text` is used where it has two parts.
pub(super) fn place_word<'a>(place: &'a Place, text: &'a mut Vec<u8>) -> (Space, &'a [u8]) {
    let mut join = |one: &str, other: &str| {
        text.clear();
        text.extend_from_slice(one.as_bytes());
        text.extend_from_slice(other.as_bytes());
    };
    let space = match place {
        Place::Country(country) => return (COUNTRY, country.as_bytes()),
        Place::Region(region) => return (REGION, region.as_bytes()),
        Place::Dma(dma) => {
            text.clear();
            text.extend_from_slice(&dma.to_le_bytes());
            DMA
        }
        Place::City { within, name } => {
            join(within, name);
            CITY + joined(within.len())
        }
        Place::Postal { country, code } => {
            join(country, code);
            POSTAL + joined(country.len())
        }
    };
    (space, text)
}

/// What the length of a first part adds to a space: two texts joined stay two texts.
pub(super) fn joined(len: usize) -> Space {
    narrow(len.min(usize::from(u8::MAX)))
}

/// Which of two weeks a zone reads.
pub(super) const fn clock(zone: DaypartZone) -> usize {
    match zone {
        DaypartZone::Campaign => 0,
        DaypartZone::Viewer => 1,
    }
}
