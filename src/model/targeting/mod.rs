//! Targeting: for whom and when a campaign or a creative may be served.
//!
//! A [`Targeting`] has rules and is matched when any of them is. A rule has at most one clause
//! for each dimension and sense; all its clauses must hold. An `Include` clause holds when the
//! request has any of its values in that dimension, an `Exclude` clause when it has none.
//! A request that says nothing in a dimension therefore fails every `Include` and passes every
//! `Exclude` there: absent is absent, nothing is guessed.

mod country;
mod daypart;
mod hints;
pub mod known;
pub mod language;
mod matching;
mod moment;
mod place;
mod problems;
mod said;
mod text;
pub mod traits;
pub mod value;

pub use language::{ChannelNames, LanguageError};
pub use matching::Subject;
pub use moment::Moment;
pub use text::{Names, ValueError};
pub use traits::{Audience, Content, Device, Geo, Traits};
pub use value::{Daypart, DaypartZone, Place, Span, Value};

use std::fmt;

/// Most rules of one targeting.
pub const RULES_MAX: usize = 200;
/// Most values in all clauses of one targeting.
pub const VALUES_MAX: usize = 5_000;

/// The rules of a campaign or a creative. Without rules everyone is meant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Targeting {
    /// Matched when any of them is.
    pub rules: Vec<Rule>,
}

impl Targeting {
    /// Whether everyone is meant.
    pub const fn is_everyone(&self) -> bool {
        self.rules.is_empty()
    }
}

/// One rule: all its clauses must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rule {
    /// Sorted by dimension and sense, at most one for each such pair, none without values.
    pub clauses: Vec<Clause>,
}

/// A statement about one dimension.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clause {
    /// What it looks at.
    pub dimension: Dimension,
    /// Whether its values are wanted or refused.
    pub sense: Sense,
    /// Sorted and without repeats.
    pub values: Vec<Value>,
}

/// Whether values are wanted or refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sense {
    /// The request must have one of them.
    Include,
    /// The request must have none of them.
    Exclude,
}

/// What a clause looks at. The order is that in which a failing rule names its reason.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Places: country, region, city, DMA and postal code in one hierarchy.
    Geo,
    /// Any word for the device: its type, its brand or its operating system.
    Device,
    /// The type alone.
    DeviceType,
    /// The brand alone.
    Brand,
    /// The operating system alone.
    Os,
    /// The channel that asks.
    Channel,
    /// Category of the content.
    Category,
    /// Genre of the content.
    Genre,
    /// Rating of the content, such as `tv-pg`.
    Rating,
    /// Age of the viewer in years.
    Age,
    /// Gender of the viewer.
    Gender,
    /// Income of the household a year, in whole units of currency.
    Income,
    /// Audience segments of the viewer.
    Segment,
    /// When: days and times of day.
    Daypart,
    /// A key-value that the request carries, by its key.
    Key(String),
}

impl Dimension {
    /// All dimensions with a name of their own, in order.
    pub const NAMED: &'static [Self] = &[
        Self::Geo,
        Self::Device,
        Self::DeviceType,
        Self::Brand,
        Self::Os,
        Self::Channel,
        Self::Category,
        Self::Genre,
        Self::Rating,
        Self::Age,
        Self::Gender,
        Self::Income,
        Self::Segment,
        Self::Daypart,
    ];

    /// The name in the language, the API and the reasons, without the key of a key-value.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Geo => "geo",
            Self::Device => "device",
            Self::DeviceType => "device_type",
            Self::Brand => "brand",
            Self::Os => "os",
            Self::Channel => "channel",
            Self::Category => "category",
            Self::Genre => "genre",
            Self::Rating => "rating",
            Self::Age => "age",
            Self::Gender => "gender",
            Self::Income => "income",
            Self::Segment => "segment",
            Self::Daypart => "daypart",
            Self::Key(_) => "key",
        }
    }
}

/// `key.NAME` for key-values, the plain name for all others.
impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => write!(f, "key.{key}"),
            named => f.write_str(named.name()),
        }
    }
}

#[cfg(test)]
mod tests;
