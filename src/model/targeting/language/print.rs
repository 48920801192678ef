//! From rules to the one text that is theirs.

use std::fmt;

use super::{EVERYONE, is_word};
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
        if self.rules.is_empty() {
            return f.write_str(EVERYONE);
        }
        let rules: Vec<String> = self.rules.iter().map(on_one_line).collect();
        let line = rules.join(" or ");
        if fits(&line) {
            return f.write_str(&line);
        }
        for (place, (rule, line)) in self.rules.iter().zip(rules).enumerate() {
            let or = if place == 0 { "" } else { "\nor " };
            f.write_str(or)?;
            if line.chars().count() + 3 <= LINE_CHARS_MAX {
                f.write_str(&line)?;
            } else {
                f.write_str(&on_lines(rule))?;
            }
        }
        Ok(())
    }
}

/// The text of the rule alone.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = on_one_line(self);
        if fits(&line) {
            f.write_str(&line)
        } else {
            f.write_str(&on_lines(self))
        }
    }
}

fn fits(line: &str) -> bool {
    line.chars().count() <= LINE_CHARS_MAX
}

fn on_one_line(rule: &Rule) -> String {
    let clauses = rule.clauses.iter().map(|clause| {
        let values: Vec<String> = clause.values.iter().map(value).collect();
        match values.as_slice() {
            [only] => format!("{}{only}", head(clause)),
            several => format!("{}({})", head(clause), several.join(", ")),
        }
    });
    clauses.collect::<Vec<_>>().join(" and ")
}

fn on_lines(rule: &Rule) -> String {
    let mut text = String::new();
    for clause in &rule.clauses {
        if !text.is_empty() {
            text.push_str("\n  and ");
        }
        text.push_str(&head(clause));
        let values: Vec<String> = clause.values.iter().map(value).collect();
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

fn value(value: &Value) -> String {
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
