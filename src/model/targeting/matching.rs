//! Whether a request is meant: the slow and obvious reading of the rules, clause by clause.
//!
//! It is what the index of the decision is compared with, and what explains a single request.

use super::{
    Clause, Daypart, DaypartZone, Dimension, Moment, Rule, Sense, Targeting, Traits, Value,
};
use crate::model::ChannelId;

/// What targeting is matched against: one request at one moment.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// What the request says.
    pub traits: &'a Traits,
    /// The channel that asks, where it is known.
    pub channel: Option<ChannelId>,
    /// When.
    pub moment: Moment,
}

impl Targeting {
    /// Whether any rule matches, or there is none.
    pub fn matches(&self, subject: &Subject<'_>) -> bool {
        self.failing(subject).is_none()
    }

    /// Where no rule matches, the dimension in which the first one fails.
    pub fn failing(&self, subject: &Subject<'_>) -> Option<&Dimension> {
        let first = self.rules.first()?.failing(subject)?;
        let others = self.rules.iter().skip(1);
        others
            .map(|rule| rule.failing(subject))
            .all(|failing| failing.is_some())
            .then_some(first)
    }
}

impl Rule {
    /// The first dimension in which it fails; in one dimension what is wanted is asked before
    /// what is refused.
    pub fn failing(&self, subject: &Subject<'_>) -> Option<&Dimension> {
        let failing = self.clauses.iter().find(|clause| !clause.holds(subject))?;
        Some(&failing.dimension)
    }
}

impl Clause {
    /// Whether the request has one of the values that are wanted, or none that is refused.
    pub fn holds(&self, subject: &Subject<'_>) -> bool {
        let has = |value| subject.has(&self.dimension, value);
        match self.sense {
            Sense::Include => self.values.iter().any(has),
            Sense::Exclude => !self.values.iter().any(has),
        }
    }
}

impl Subject<'_> {
    /// Whether it has a value in a dimension. A value that does not belong there it never has.
    pub fn has(&self, dimension: &Dimension, value: &Value) -> bool {
        match value {
            Value::Word(word) => self.has_word(dimension, word),
            Value::Place(wanted) => {
                *dimension == Dimension::Geo
                    && self.traits.geo.places().any(|place| place == *wanted)
            }
            Value::Span(span) => self
                .number(dimension)
                .is_some_and(|number| span.contains(number)),
            Value::Daypart(part) => *dimension == Dimension::Daypart && self.is_in(*part),
            Value::Channel(channel) => {
                *dimension == Dimension::Channel && self.channel == Some(*channel)
            }
        }
    }

    fn has_word(&self, dimension: &Dimension, word: &str) -> bool {
        let Traits {
            device,
            content,
            audience,
            key_values,
            ..
        } = self.traits;
        let is = |said: &Option<String>| said.as_deref() == Some(word);
        let among = |said: &[String]| said.iter().any(|said| said == word);
        match dimension {
            Dimension::Device => is(&device.kind) || is(&device.brand) || is(&device.os),
            Dimension::DeviceType => is(&device.kind),
            Dimension::Brand => is(&device.brand),
            Dimension::Os => is(&device.os),
            Dimension::Category => among(&content.categories),
            Dimension::Genre => among(&content.genres),
            Dimension::Rating => is(&content.rating),
            Dimension::Gender => is(&audience.gender),
            Dimension::Segment => among(&audience.segments),
            Dimension::Key(key) => key_values
                .iter()
                .any(|(said, values)| said == key && among(values)),
            Dimension::Geo
            | Dimension::Channel
            | Dimension::Age
            | Dimension::Income
            | Dimension::Daypart => false,
        }
    }

    fn number(&self, dimension: &Dimension) -> Option<u32> {
        match dimension {
            Dimension::Age => self.traits.audience.age,
            Dimension::Income => self.traits.audience.income,
            _ => None,
        }
    }

    fn is_in(&self, part: Daypart) -> bool {
        match part.zone {
            DaypartZone::Campaign => part.contains(self.moment.campaign),
            DaypartZone::Viewer => self
                .moment
                .viewer
                .is_some_and(|minute| part.contains(minute)),
        }
    }
}
