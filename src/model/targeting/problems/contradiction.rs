//! Rules that no request can match: what is wanted is refused, in the same dimension or around it.
//!
//! The answer is exact for what one rule says of one kind of fact, whatever the zones of tenant
//! and viewer are.

use std::fmt::Display;

use super::super::value::WEEK_MINUTES;
use super::super::{Daypart, DaypartZone, Dimension, Rule, Sense, Span, Value};

/// Day parts begin and end on multiples of this many minutes.
const GRID: usize = 15;

/// Why a rule can never match.
pub(super) struct Contradiction {
    /// The dimension in which it fails.
    pub(super) dimension: Dimension,
    /// In words that follow a colon.
    pub(super) why: String,
}

/// All contradictions of a rule whose clauses are sound each by itself.
pub(super) fn all(rule: &Rule) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for clause in &rule.clauses {
        let dimension = &clause.dimension;
        let refused = values(rule, dimension, Sense::Exclude).unwrap_or_default();
        let why = match (dimension, clause.sense) {
            (Dimension::Daypart, Sense::Include) => week(&clause.values, refused),
            (Dimension::Daypart, Sense::Exclude) => refused_week(&clause.values),
            (_, Sense::Exclude) => None,
            (Dimension::Geo, Sense::Include) => places(&clause.values, refused),
            (Dimension::Age | Dimension::Income, Sense::Include) => spans(&clause.values, refused),
            (_, Sense::Include) => words(&clause.values, refused),
        };
        found.extend(why.map(|why| Contradiction {
            dimension: dimension.clone(),
            why,
        }));
    }
    if found.is_empty() {
        found.extend(devices(rule));
    }
    found
}

fn values<'a>(rule: &'a Rule, dimension: &Dimension, sense: Sense) -> Option<&'a [Value]> {
    let clause = rule.clause(dimension, sense)?;
    Some(&clause.values)
}

/// `why`, unless one of the wanted values is left.
fn unless_any_left(
    wanted: &[Value],
    refused_by: impl Fn(&Value) -> Option<String>,
) -> Option<String> {
    let mut first = None;
    for value in wanted {
        let why = refused_by(value)?;
        first.get_or_insert(why);
    }
    first
}

fn words(wanted: &[Value], refused: &[Value]) -> Option<String> {
    unless_any_left(wanted, |value| {
        let is_refused = refused.contains(value);
        is_refused.then(|| format!("`{value}` is both wanted and refused"))
    })
}

fn places(wanted: &[Value], refused: &[Value]) -> Option<String> {
    unless_any_left(wanted, |value| {
        let Value::Place(place) = value else {
            return None;
        };
        let wider = place.with_wider();
        let refused = wider
            .into_iter()
            .map(Value::Place)
            .find(|place| refused.contains(place))?;
        Some(if refused == *value {
            format!("`{value}` is both wanted and refused")
        } else {
            format!("`{value}` lies in `{refused}`, which is refused")
        })
    })
}

fn spans(wanted: &[Value], refused: &[Value]) -> Option<String> {
    let mut refused: Vec<Span> = refused.iter().filter_map(span).collect();
    refused.sort_unstable();
    unless_any_left(wanted, |value| {
        let wanted = span(value)?;
        let mut next = u64::from(wanted.from);
        for refused in &refused {
            if u64::from(refused.from) <= next {
                next = next.max(u64::from(refused.to) + 1);
            }
        }
        let is_refused = next > u64::from(wanted.to);
        is_refused.then(|| format!("all of `{value}` is refused"))
    })
}

const fn span(value: &Value) -> Option<Span> {
    match value {
        Value::Span(span) => Some(*span),
        _ => None,
    }
}

/// Minutes of a week on the clock of one zone that lie in any of the parts.
struct Week(Vec<bool>);

impl Week {
    fn of(values: &[Value], zone: DaypartZone) -> Self {
        let parts: Vec<Daypart> = values
            .iter()
            .filter_map(|value| match value {
                Value::Daypart(part) if part.zone == zone => Some(*part),
                _ => None,
            })
            .collect();
        let minutes = (0..WEEK_MINUTES).step_by(GRID);
        Self(
            minutes
                .map(|minute| parts.iter().any(|part| part.contains(minute)))
                .collect(),
        )
    }

    fn is_whole(&self) -> bool {
        self.0.iter().all(|is_in| *is_in)
    }

    fn lies_in(&self, other: &Self) -> bool {
        self.0
            .iter()
            .zip(&other.0)
            .all(|(here, there)| !here || *there)
    }
}

fn week(wanted: &[Value], refused: &[Value]) -> Option<String> {
    let left = |zone| !Week::of(wanted, zone).lies_in(&Week::of(refused, zone));
    let any_left = left(DaypartZone::Campaign) || left(DaypartZone::Viewer);
    (!any_left).then(|| format!("all of `{}` is refused", text_of(wanted)))
}

/// The clock of the campaign is always known, so its whole week refused is every request refused.
fn refused_week(refused: &[Value]) -> Option<String> {
    let whole = Week::of(refused, DaypartZone::Campaign).is_whole();
    whole.then(|| "every minute of the week is refused".to_owned())
}

/// The three facts of a device, and the clause that looks at all of them.
fn devices(rule: &Rule) -> Option<Contradiction> {
    const FACTS: [Dimension; 3] = [Dimension::DeviceType, Dimension::Brand, Dimension::Os];
    let refused = |dimension: &Dimension, word: &Value| {
        let refused = values(rule, dimension, Sense::Exclude);
        refused.is_some_and(|refused| refused.contains(word))
    };
    let can_be = |fact: &Dimension, word: &Value| {
        let wanted = values(rule, fact, Sense::Include);
        wanted.is_none_or(|wanted| wanted.contains(word))
            && !refused(fact, word)
            && !refused(&Dimension::Device, word)
    };
    for fact in &FACTS {
        if let Some(wanted) = values(rule, fact, Sense::Include)
            && !wanted.iter().any(|word| can_be(fact, word))
        {
            return Some(Contradiction {
                dimension: fact.clone(),
                why: format!("`{}` is refused by device", text_of(wanted)),
            });
        }
    }
    let wanted = values(rule, &Dimension::Device, Sense::Include)?;
    let any_left = wanted
        .iter()
        .any(|word| FACTS.iter().any(|fact| can_be(fact, word)));
    (!any_left).then(|| Contradiction {
        dimension: Dimension::Device,
        why: format!(
            "`{}` can be neither device_type nor brand nor os",
            text_of(wanted)
        ),
    })
}

/// The first of some values, and how many more there are.
fn text_of(values: &[impl Display]) -> String {
    match values {
        [] => String::new(),
        [only] => only.to_string(),
        [first, others @ ..] => format!("{first} and {} more", others.len()),
    }
}
