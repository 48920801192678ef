//! Values of the right kind out of what was said; what is wrong is noted and left out.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::fields::Field;
use super::said::{Given, Origin, Said};
use crate::model::Millis;
use crate::model::channel::SLOT_MAX;
use crate::model::name::is_unprintable;
use crate::model::targeting::traits::{KEYS_MAX, LIST_MAX, WORD_MAX};
use crate::model::targeting::value::fold_word;

/// Longest id of a user, a device, a household, a session or a request, in bytes.
pub const ID_MAX: usize = 256;
/// Longest user agent that is looked at, in bytes; the rest is cut off.
const USER_AGENT_MAX: usize = 512;

impl<'a> Said<'a> {
    /// One text, whatever it holds.
    pub(super) fn text(&mut self, field: Field) -> Option<Cow<'a, str>> {
        let (given, name) = self.get(field);
        let message = match given {
            Given::Absent => return None,
            Given::Text(text) => return Some(text.clone()),
            Given::Flag(_) => "must be a text",
            Given::List(_) | Given::TooMany => "must be one value, not a list",
            Given::Wrong(why) => why,
        };
        self.problems.add(name, message);
        None
    }

    /// Notes that a field is wrong.
    pub(super) fn refuse(&mut self, field: Field, message: impl Into<String>) {
        let name = self.get(field).1;
        self.problems.add(name, message);
    }

    /// One text of at most so many bytes that can be shown.
    pub(super) fn short(&mut self, field: Field, bytes_max: usize) -> Option<Cow<'a, str>> {
        let text = self.text(field)?;
        match fault(&text, bytes_max) {
            None => Some(text),
            Some(message) => {
                self.refuse(field, message);
                None
            }
        }
    }

    /// An id, as it is but for blanks around it.
    pub(super) fn id(&mut self, field: Field) -> Option<Cow<'a, str>> {
        let text = self.short(field, ID_MAX)?;
        match text.trim() {
            "" => None,
            trimmed if trimmed.len() == text.len() => Some(text),
            trimmed => Some(Cow::Owned(trimmed.to_owned())),
        }
    }

    /// A word in the folded form of targeting.
    pub(super) fn word(&mut self, field: Field) -> Option<String> {
        let text = self.short(field, WORD_MAX)?;
        Some(fold_word(&text)).filter(|word| !word.is_empty())
    }

    /// Folded words, each once, in the order in which they came.
    pub(super) fn words(&mut self, field: Field) -> Vec<String> {
        let (given, name) = self.get(field);
        let (words, problem) = self.folded(given);
        if let Some(message) = problem {
            self.problems.add(name, message);
        }
        words
    }

    /// The words as far as they are right, and what is wrong with the others.
    fn folded(&self, given: &Given<'a>) -> (Vec<String>, Option<String>) {
        let mut words = Vec::new();
        let mut add = |text: &str| -> Result<(), String> {
            if let Some(message) = fault(text, WORD_MAX) {
                return Err(message);
            }
            let word = fold_word(text);
            if !word.is_empty() && !words.contains(&word) {
                if words.len() >= LIST_MAX {
                    return Err(too_many());
                }
                words.push(word);
            }
            Ok(())
        };
        let read = match given {
            Given::Absent => Ok(()),
            Given::Text(text) if self.origin == Origin::Query => text.split(',').try_for_each(add),
            Given::Text(text) => add(text),
            Given::List(texts) => texts.iter().try_for_each(|text| add(text)),
            Given::Flag(flag) => add(if *flag { "true" } else { "false" }),
            Given::TooMany => Err(too_many()),
            Given::Wrong(why) => Err((*why).to_owned()),
        };
        (words, read.err())
    }

    /// The key-values, sorted by key, the values of a key that came twice together.
    pub(super) fn key_values(&mut self) -> Vec<(String, Vec<String>)> {
        let mut all: Vec<(String, Vec<String>)> = Vec::new();
        for (key, given) in std::mem::take(&mut self.pairs) {
            let name = || format!("key_values.{key}");
            if let Some(message) = fault(&key, WORD_MAX) {
                self.problems.add(&name(), format!("as a key {message}"));
                continue;
            }
            let (words, problem) = self.folded(&given);
            if let Some(message) = problem {
                self.problems.add(&name(), message);
            }
            let key = fold_word(&key);
            if key.is_empty() || words.is_empty() {
                continue;
            }
            let place = all.binary_search_by(|(known, _values)| known.cmp(&key));
            match place {
                Ok(place) => {
                    let more = words.into_iter();
                    if let Some((_key, values)) = all.get_mut(place) {
                        values.extend(more);
                        values.sort_unstable();
                        values.dedup();
                    }
                }
                Err(place) => all.insert(place, (key, words)),
            }
        }
        if all.iter().any(|(_key, values)| values.len() > LIST_MAX) {
            self.problems.add("key_values", too_many());
        }
        if all.len() > KEYS_MAX + super::fields::EXTRAS.len() {
            self.problems
                .add("key_values", format!("has more than {KEYS_MAX} keys"));
        }
        all
    }

    /// A whole number.
    pub(super) fn number(&mut self, field: Field, range: RangeInclusive<u32>) -> Option<u32> {
        let text = self.text(field)?;
        let number = text.trim().parse().ok().filter(|it| range.contains(it));
        if number.is_none() {
            let (least, most) = (range.start(), range.end());
            self.refuse(
                field,
                format!("must be a whole number from {least} to {most}"),
            );
        }
        number
    }

    /// Yes or no.
    pub(super) fn flag(&mut self, field: Field) -> Option<bool> {
        if let (Given::Flag(flag), _name) = self.get(field) {
            return Some(*flag);
        }
        let text = self.text(field)?;
        let flag = match text.trim() {
            "1" | "true" | "TRUE" => Some(true),
            "0" | "false" | "FALSE" => Some(false),
            _ => None,
        };
        if flag.is_none() {
            self.refuse(field, "must be 0 or 1");
        }
        flag
    }

    /// A span in seconds.
    pub(super) fn seconds(&mut self, field: Field) -> Option<Millis> {
        let text = self.text(field)?;
        let span = seconds(text.trim());
        if span.is_none() {
            self.refuse(field, not_seconds());
        }
        span
    }

    /// Spans in seconds.
    pub(super) fn spans(&mut self, field: Field) -> Vec<Millis> {
        let (given, name) = self.get(field);
        let read = |text: &str| seconds(text.trim()).ok_or_else(not_seconds);
        let spans: Result<Vec<_>, String> = match given {
            Given::Absent => Ok(Vec::new()),
            Given::Text(text) => text.split(',').take(LIST_MAX + 1).map(read).collect(),
            Given::List(texts) => texts.iter().map(|text| read(text)).collect(),
            Given::TooMany => Err(too_many()),
            Given::Flag(_) => Err(not_seconds()),
            Given::Wrong(why) => Err((*why).to_owned()),
        };
        spans.unwrap_or_else(|message| {
            self.problems.add(name, message);
            Vec::new()
        })
    }

    /// The user agent, cut to what is looked at.
    pub(super) fn user_agent(&mut self) -> Option<Cow<'a, str>> {
        self.text(Field::UserAgent)
    }
}

/// As much of a user agent as is looked at.
pub(super) fn cut(agent: &str) -> &str {
    let end = agent.floor_char_boundary(USER_AGENT_MAX);
    agent.get(..end).unwrap_or_default()
}

fn too_many() -> String {
    format!("has more than {LIST_MAX} values")
}

pub(super) fn not_seconds() -> String {
    let longest = SLOT_MAX.0 / 1000;
    format!("must be 0.001 to {longest} seconds, such as 30 or 15.5")
}

/// What is wrong with a text, if anything.
fn fault(text: &str, bytes_max: usize) -> Option<String> {
    if text.len() > bytes_max {
        return Some(format!("has more than {bytes_max} bytes"));
    }
    // Nearly all texts are plain ASCII, which is looked at several bytes at a time.
    let is_plain = |byte: u8| (0x20..0x7f).contains(&byte);
    if text.bytes().fold(true, |all, byte| all & is_plain(byte)) {
        return None;
    }
    text.chars()
        .any(is_unprintable)
        .then(|| "has characters that cannot be shown".to_owned())
}

/// Whole or decimal seconds as milliseconds; more than three decimals are cut off.
pub(super) fn seconds(text: &str) -> Option<Millis> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| {
        (1..=17).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let whole: u64 = whole.parse().ok()?;
    let thousandths = fraction.bytes().chain(*b"000").take(3);
    let thousandths = thousandths.fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0'));
    let span = Millis::from_seconds(whole).plus(Millis(thousandths));
    (span.0 > 0 && span <= SLOT_MAX).then_some(span)
}
