//! What a request said, before it is judged: each field once, from a body or a query alike.

use std::borrow::Cow;

use super::fields::{EXTRAS, FIELDS, Field, Named, Target, of_parameter};
use super::problems::Problems;
use crate::model::targeting::traits::{KEYS_MAX, LIST_MAX};

/// A value as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Given<'a> {
    /// Not at all, or an unfilled macro.
    #[default]
    Absent,
    /// A text, or a number as its digits.
    Text(Cow<'a, str>),
    /// True or false.
    Flag(bool),
    /// Several texts or numbers.
    List(Vec<Cow<'a, str>>),
    /// More than a list may have.
    TooMany,
    /// Something no field can be, and why.
    Wrong(&'static str),
}

/// Where it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// In a JSON body: a text is one value.
    Body,
    /// In a query: commas part the values of a list.
    Query,
}

/// All that a request said.
#[derive(Debug)]
pub(super) struct Said<'a> {
    pub(super) origin: Origin,
    /// By the place of the field: its value, and the name under which it came.
    values: Vec<(Given<'a>, &'static str)>,
    /// Keys with their values, in the order in which they came.
    pub(super) pairs: Vec<(Cow<'a, str>, Given<'a>)>,
    pub(super) problems: Problems,
}

/// A player that does not know a macro leaves it in place, in the form of whoever wrote the tag:
/// `[MACRO]`, `{MACRO}`, `{{MACRO}}`, `%%MACRO%%`, `${MACRO}`, or nothing at all.
pub(super) fn is_unfilled(text: &str) -> bool {
    let text = text.trim();
    let within = |open: &str, close: &str| {
        text.len() >= open.len() + close.len() && text.starts_with(open) && text.ends_with(close)
    };
    text.is_empty()
        || within("[", "]")
        || within("{", "}")
        || within("${", "}")
        || within("%%", "%%")
}

/// What players send for a value that they do not know or may not tell (VAST 4.2 §6). Times and
/// counts of ads are theirs to decide, and sections of GPP have a meaning of their own for -1.
fn is_withheld(text: &str, target: Target) -> bool {
    const NEVER: [Field; 8] = [
        Field::Duration,
        Field::PodDuration,
        Field::MinAds,
        Field::MaxAds,
        Field::MinAd,
        Field::MaxAd,
        Field::UtcOffset,
        Field::GppSid,
    ];
    matches!(text, "-1" | "-2") && !matches!(target, Target::Field(field) if NEVER.contains(&field))
}

impl<'a> Said<'a> {
    pub(super) fn new(origin: Origin) -> Self {
        Self {
            origin,
            values: vec![(Given::Absent, ""); FIELDS],
            pairs: Vec::new(),
            problems: Problems::default(),
        }
    }

    /// Notes a value; what is absent is forgotten at once.
    pub(super) fn note(&mut self, (name, target): Named, given: Given<'a>) {
        let given = match given {
            Given::Text(text) if is_unfilled(&text) => Given::Absent,
            Given::Text(text) if is_withheld(&text, target) => Given::Absent,
            other => other,
        };
        let field = match target {
            Target::Extra(key) => return self.note_pair(Cow::Borrowed(key), given),
            Target::Field(field) => field,
        };
        let Some(slot) = self.values.get_mut(field as usize) else {
            return;
        };
        if slot.0 != Given::Absent && given != Given::Absent && (slot.1 == name || slot.0 != given)
        {
            self.problems.add(name, "is given twice");
        } else if given != Given::Absent {
            *slot = (given, name);
        }
    }

    /// Notes a key-value.
    pub(super) fn note_pair(&mut self, key: Cow<'a, str>, given: Given<'a>) {
        if given == Given::Absent {
            return;
        }
        if self.pairs.len() > KEYS_MAX + EXTRAS.len() + LIST_MAX {
            self.problems
                .add("key_values", format!("has more than {KEYS_MAX} keys"));
            return;
        }
        self.pairs.push((key, given));
    }

    /// The value of a field, and the name under which it came.
    pub(super) fn get(&self, field: Field) -> (&Given<'a>, &'static str) {
        const NOTHING: &Given<'static> = &Given::Absent;
        let slot = self.values.get(field as usize);
        slot.map_or((NOTHING, ""), |(given, name)| (given, *name))
    }
}

/// Prefix of the parameters that are key-values: `kv.tier=premium`.
const PAIR_PREFIX: &str = "kv.";
/// The parameter that holds a query of key-values, as Google's tags have it.
const PAIRS: &str = "cust_params";

/// Reads a query. Parameters that no field has are ignored: players and stitchers add their own.
pub(super) fn of_query(query: &str) -> Said<'_> {
    let mut said = Said::new(Origin::Query);
    let mut seen: Vec<&'static str> = Vec::new();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        if let Some(named) = of_parameter(&name) {
            if seen.contains(&named.0) && matches!(named.1, Target::Field(_)) {
                said.problems.add(named.0, "is given twice");
                continue;
            }
            seen.push(named.0);
            said.note(named, Given::Text(value));
        } else if let Some(key) = name.strip_prefix(PAIR_PREFIX) {
            if !is_unfilled(&value) {
                said.note_pair(Cow::Owned(key.to_owned()), Given::Text(value));
            }
        } else if name == PAIRS && !is_unfilled(&value) {
            for (key, value) in url::form_urlencoded::parse(value.as_bytes()) {
                if !is_unfilled(&value) {
                    let value = Given::Text(Cow::Owned(value.into_owned()));
                    said.note_pair(Cow::Owned(key.into_owned()), value);
                }
            }
        }
    }
    said
}

impl Said<'_> {
    /// Notes a text under the name of a parameter.
    pub(super) fn say(&mut self, name: &str, text: String) {
        if let Some(named) = of_parameter(name) {
            self.note(named, Given::Text(Cow::Owned(text)));
        }
    }
}
