//! From rules to the one text that is theirs.

use std::fmt;

use super::{EVERYONE, is_word};
use crate::model::ChannelId;
use crate::model::targeting::{Clause, Rule, Sense, Targeting, Value};

/// A text that would be wider, in characters, is broken into lines.
const LINE_CHARS_MAX: usize = 100;

/// The text in the language, which reads as the same rules where they are
/// [normalised](Targeting::normalised) and have no [problems](Targeting::problems).
///
/// What fits stands on one line. Else every rule begins a line; a rule that does not fit has a
/// line for every clause, and a list that does not fit is broken between values.
impl fmt::Display for Targeting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text_naming(&nameless))
    }
}

/// The names of channels, as far as they are known.
pub type ChannelNames<'n> = dyn Fn(ChannelId) -> Option<String> + 'n;

/// Where no name of a channel is known.
fn nameless(_channel: ChannelId) -> Option<String> {
    None
}

impl Targeting {
    /// The text with channels by name, in the order of their names, so that it is the same
    /// wherever channels of these names are. [`Targeting::parse_naming`] reads it.
    pub fn text_naming(&self, names: &ChannelNames<'_>) -> String {
        if self.rules.is_empty() {
            return EVERYONE.to_owned();
        }
        let one_line = |rule: &Rule| on_one_line(rule, names);
        let rules: Vec<String> = self.rules.iter().map(one_line).collect();
        let line = rules.join(" or ");
        if fits(&line) {
            return line;
        }
        let mut text = String::new();
        for (place, (rule, line)) in self.rules.iter().zip(rules).enumerate() {
            text.push_str(if place == 0 { "" } else { "\nor " });
            if line.chars().count() + 3 <= LINE_CHARS_MAX {
                text.push_str(&line);
            } else {
                text.push_str(&on_lines(rule, names));
            }
        }
        text
    }
}

/// The text of the rule alone.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = on_one_line(self, &nameless);
        if fits(&line) {
            f.write_str(&line)
        } else {
            f.write_str(&on_lines(self, &nameless))
        }
    }
}

fn fits(line: &str) -> bool {
    line.chars().count() <= LINE_CHARS_MAX
}

fn on_one_line(rule: &Rule, names: &ChannelNames<'_>) -> String {
    let clauses = rule.clauses.iter().map(|clause| {
        let values = values_of(clause, names);
        match values.as_slice() {
            [only] => format!("{}{only}", head(clause)),
            several => format!("{}({})", head(clause), several.join(", ")),
        }
    });
    clauses.collect::<Vec<_>>().join(" and ")
}

fn on_lines(rule: &Rule, names: &ChannelNames<'_>) -> String {
    let mut text = String::new();
    for clause in &rule.clauses {
        if !text.is_empty() {
            text.push_str("\n  and ");
        }
        text.push_str(&head(clause));
        let values = values_of(clause, names);
        if let [only] = values.as_slice() {
            text.push_str(only);
            continue;
        }
        text.push('(');
        let mut column = text.lines().last().unwrap_or_default().chars().count();
        for (place, value) in values.iter().enumerate() {
            let last = place + 1 == values.len();
            // With the sign after it.
            let width = value.chars().count() + 1;
            if place > 0 && column + 1 + width > LINE_CHARS_MAX {
                text.push_str("\n    ");
                column = 4;
            } else if place > 0 {
                text.push(' ');
                column += 1;
            }
            text.push_str(value);
            text.push(if last { ')' } else { ',' });
            column += width;
        }
    }
    text
}

/// Dimension and operator.
fn head(clause: &Clause) -> String {
    let dimension = quoted(clause.dimension.to_string());
    let operator = match (clause.sense, clause.values.len()) {
        (Sense::Include, 1) => "=",
        (Sense::Exclude, 1) => "!=",
        (Sense::Include, _) => "in",
        (Sense::Exclude, _) => "not in",
    };
    format!("{dimension} {operator} ")
}

/// The values of a clause as they are written.
fn values_of(clause: &Clause, names: &ChannelNames<'_>) -> Vec<String> {
    let mut values: Vec<String> = clause.values.iter().map(|one| value(one, names)).collect();
    // Ids have an order of their own; names that were put in their place have another.
    if clause.values.iter().any(|one| named(one, names).is_some()) {
        values.sort_unstable();
    }
    values
}

fn named(value: &Value, names: &ChannelNames<'_>) -> Option<String> {
    match value {
        Value::Channel(channel) => names(*channel),
        _ => None,
    }
}

fn value(value: &Value, names: &ChannelNames<'_>) -> String {
    if let Some(name) = named(value, names) {
        return quoted(name);
    }
    match value {
        // Its blanks and commas belong to it.
        Value::Daypart(part) => part.to_string(),
        other => quoted(other.to_string()),
    }
}

fn quoted(text: String) -> String {
    if is_word(&text) {
        return text;
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
