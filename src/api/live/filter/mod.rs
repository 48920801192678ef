//! Which events of a stream are wanted: `channel=news and outcome!=filled`.
//!
//! ```text
//! filter = all { "or" all }        all = one { "and" one }
//! one    = "not" one | "(" filter ")" | test
//! test   = FIELD ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) VALUE
//!        | FIELD [ "not" ] "in" "(" VALUE { "," VALUE } ")"
//! ```
//!
//! A field that an event does not have is equal to nothing. `metrics` and `health` are never
//! filtered.

mod parse;
#[cfg(test)]
mod tests;

use super::{LiveAd, LiveBeacon, LiveDecision, LiveEvent, LiveOperation};
use crate::model::EventKind;
use crate::model::problem::TextError;
use crate::model::word::words;

/// Longest filter. Bytes.
const FILTER_BYTES_MAX: usize = 2_000;
/// How deep `not` and parentheses may stand in one another.
const DEPTH_MAX: u32 = 32;

/// What is wrong with a filter, and where.
pub type FilterError = TextError;

/// What a filter can ask about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// `decisions`, `beacons` or `audit`.
    Topic,
    /// Channel, by id or name.
    Channel,
    /// Campaign of any of the ads, by id or name.
    Campaign,
    /// Creative of any of the ads, by id or name.
    Creative,
    /// What became of a decision: `filled` or `nofill`.
    Outcome,
    /// Why there is no ad, or why a beacon was refused.
    Reason,
    /// What a beacon reports.
    Event,
    /// What became of a beacon: `accepted`, `duplicate` or `refused`.
    Result,
    /// VAST code of an error.
    Code,
    /// How many ads a decision has.
    Ads,
    /// How long a decision took, such as `5ms`.
    Took,
    /// Who wrote.
    Actor,
    /// What was done: `create`, `update`, `delete` or `undo`.
    Action,
    /// To what kind of thing.
    Kind,
    /// To what: its id or name.
    Subject,
    /// The id of the decision, of an ad, or of the operation.
    Id,
}
words!(Field {
    Topic = "topic",
    Channel = "channel",
    Campaign = "campaign",
    Creative = "creative",
    Outcome = "outcome",
    Reason = "reason",
    Event = "event",
    Result = "result",
    Code = "code",
    Ads = "ads",
    Took = "took",
    Actor = "actor",
    Action = "action",
    Kind = "kind",
    Subject = "subject",
    Id = "id",
});

impl Field {
    /// Whether its values are things with an id and a name.
    pub const fn is_reference(self) -> bool {
        matches!(self, Self::Channel | Self::Campaign | Self::Creative)
    }

    const fn is_number(self) -> bool {
        matches!(self, Self::Code | Self::Ads | Self::Took)
    }

    /// The only values it can have, where they are few.
    fn words(self) -> Option<Vec<&'static str>> {
        let words = match self {
            Self::Topic => vec!["decisions", "beacons", "audit"],
            Self::Outcome => vec!["filled", "nofill"],
            Self::Result => vec!["accepted", "duplicate", "refused"],
            Self::Action => vec!["create", "update", "delete", "undo"],
            Self::Event => EventKind::ALL.iter().map(|kind| kind.as_str()).collect(),
            _ => return None,
        };
        Some(words)
    }
}

/// How a field is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    Equal,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
}

/// A value to compare with.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    /// A word, an id or a name.
    Text(String),
    /// A number; of times, microseconds.
    Number(u64),
}

/// One comparison of a field with values, of which one must fit.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Test {
    field: Field,
    relation: Relation,
    values: Vec<Value>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Expression {
    All(Vec<Expression>),
    Any(Vec<Expression>),
    Not(Box<Expression>),
    Test(Test),
}

/// Which events are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter(Expression);

impl std::str::FromStr for Filter {
    type Err = FilterError;

    fn from_str(text: &str) -> Result<Self, FilterError> {
        parse::parse(text).map(Self)
    }
}

impl Filter {
    /// Whether an event is wanted.
    pub fn matches(&self, event: &LiveEvent) -> bool {
        match event {
            LiveEvent::Decision(_) | LiveEvent::Beacon(_) | LiveEvent::Operation(_) => {
                self.0.holds(event)
            }
            _ => true,
        }
    }

    /// Replaces names and ids of things by what `find` says, so that they are looked up once.
    pub fn resolve<E>(
        &mut self,
        mut find: impl FnMut(Field, &str) -> Result<String, E>,
    ) -> Result<(), E> {
        self.0.resolve(&mut find)
    }

    /// The texts that a field is compared with.
    pub fn texts_of(&self, field: Field) -> Vec<&str> {
        let mut texts = Vec::new();
        self.0.visit(&mut |test| {
            if test.field == field {
                texts.extend(test.values.iter().filter_map(|value| match value {
                    Value::Text(text) => Some(text.as_str()),
                    Value::Number(_) => None,
                }));
            }
        });
        texts
    }
}

impl Expression {
    fn holds(&self, event: &LiveEvent) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(event)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(event)),
            Self::Not(part) => !part.holds(event),
            Self::Test(test) => test.holds(event),
        }
    }

    fn resolve<E>(
        &mut self,
        find: &mut impl FnMut(Field, &str) -> Result<String, E>,
    ) -> Result<(), E> {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                parts.iter_mut().try_for_each(|part| part.resolve(find))
            }
            Self::Not(part) => part.resolve(find),
            Self::Test(test) if test.field.is_reference() => {
                for value in &mut test.values {
                    if let Value::Text(text) = value {
                        *text = find(test.field, text)?;
                    }
                }
                Ok(())
            }
            Self::Test(_) => Ok(()),
        }
    }

    fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Test)) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.visit(see)),
            Self::Not(part) => part.visit(see),
            Self::Test(test) => see(test),
        }
    }
}

impl Test {
    fn holds(&self, event: &LiveEvent) -> bool {
        let mut holds = false;
        let mut see = |found: Found<'_>| holds |= self.values.iter().any(|v| self.fits(&found, v));
        match event {
            LiveEvent::Decision(decision) => of_decision(self.field, decision, &mut see),
            LiveEvent::Beacon(beacon) => of_beacon(self.field, beacon, &mut see),
            LiveEvent::Operation(operation) => of_operation(self.field, operation, &mut see),
            _ => {}
        }
        holds
    }

    fn fits(&self, found: &Found<'_>, value: &Value) -> bool {
        match (found, value) {
            (Found::Text(found), Value::Text(text)) => found == text,
            (Found::Name(found), Value::Text(text)) => same_name(found, text),
            (Found::Number(found), Value::Number(number)) => match self.relation {
                Relation::Equal => found == number,
                Relation::Less => found < number,
                Relation::LessOrEqual => found <= number,
                Relation::More => found > number,
                Relation::MoreOrEqual => found >= number,
            },
            _ => false,
        }
    }
}

fn same_name(found: &str, text: &str) -> bool {
    let lower = |text: &str| {
        text.chars()
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    found == text || lower(found) == lower(text)
}

/// What an event has in a field.
enum Found<'e> {
    Text(&'e str),
    /// A name, whose case does not matter.
    Name(&'e str),
    Number(u64),
}

fn text<'e>(found: Option<&'e String>, see: &mut impl FnMut(Found<'e>)) {
    if let Some(found) = found {
        see(Found::Text(found));
    }
}

/// A thing by its id and by its name.
fn thing<'e>(id: Option<&'e String>, name: Option<&'e String>, see: &mut impl FnMut(Found<'e>)) {
    text(id, see);
    if let Some(name) = name {
        see(Found::Name(name));
    }
}

fn of_decision<'e>(field: Field, decision: &'e LiveDecision, see: &mut impl FnMut(Found<'e>)) {
    let mut ads = |ad: fn(&'e LiveAd) -> (&'e String, Option<&'e String>)| {
        for (id, name) in decision.ads.iter().map(ad) {
            thing(Some(id), name, see);
        }
    };
    match field {
        Field::Campaign => ads(|ad| (&ad.campaign_id, ad.campaign.as_ref())),
        Field::Creative => ads(|ad| (&ad.creative_id, ad.creative.as_ref())),
        Field::Id => {
            ads(|ad| (&ad.id, None));
            see(Found::Text(&decision.id));
        }
        Field::Topic => see(Found::Text("decisions")),
        Field::Channel => thing(decision.channel_id.as_ref(), decision.channel.as_ref(), see),
        Field::Outcome => see(Found::Text(&decision.outcome)),
        Field::Reason => text(decision.reason.as_ref(), see),
        Field::Ads => see(Found::Number(decision.ads.len() as u64)),
        Field::Took => see(Found::Number(decision.took_us)),
        Field::Event
        | Field::Result
        | Field::Code
        | Field::Actor
        | Field::Action
        | Field::Kind
        | Field::Subject => {}
    }
}

fn of_beacon<'e>(field: Field, beacon: &'e LiveBeacon, see: &mut impl FnMut(Found<'e>)) {
    match field {
        Field::Topic => see(Found::Text("beacons")),
        Field::Channel => thing(beacon.channel_id.as_ref(), beacon.channel.as_ref(), see),
        Field::Campaign => thing(Some(&beacon.campaign_id), beacon.campaign.as_ref(), see),
        Field::Creative => thing(Some(&beacon.creative_id), beacon.creative.as_ref(), see),
        Field::Reason => text(beacon.reason.as_ref(), see),
        Field::Event => see(Found::Text(&beacon.event)),
        Field::Result => see(Found::Text(&beacon.result)),
        Field::Id => see(Found::Text(&beacon.ad_id)),
        Field::Code => {
            if let Some(code) = beacon.error_code {
                see(Found::Number(code.into()));
            }
        }
        Field::Outcome
        | Field::Ads
        | Field::Took
        | Field::Actor
        | Field::Action
        | Field::Kind
        | Field::Subject => {}
    }
}

fn of_operation<'e>(field: Field, event: &'e LiveOperation, see: &mut impl FnMut(Found<'e>)) {
    let operation = &event.operation;
    match field {
        Field::Topic => see(Found::Text("audit")),
        Field::Actor => see(Found::Text(&operation.actor)),
        Field::Action => see(Found::Text(&operation.action)),
        Field::Kind => see(Found::Text(&operation.kind)),
        Field::Subject => thing(
            Some(&operation.subject_id),
            Some(&operation.subject_name),
            see,
        ),
        Field::Id => see(Found::Text(&operation.id)),
        // What was done to a campaign is of that campaign.
        Field::Channel | Field::Campaign | Field::Creative => {
            if operation.kind == field.as_str() {
                thing(
                    Some(&operation.subject_id),
                    Some(&operation.subject_name),
                    see,
                );
            }
        }
        Field::Outcome
        | Field::Reason
        | Field::Event
        | Field::Result
        | Field::Code
        | Field::Ads
        | Field::Took => {}
    }
}
