//! What is allowed in targeting and probably not meant.

use super::known::known_words;
use super::{Clause, Sense, Targeting, Value};
use crate::model::suggest::nearest;

/// Most hints about one targeting.
const HINTS_MAX: usize = 20;

impl Targeting {
    /// Words that look like a slip of a common one, and values that another makes needless.
    pub fn hints(&self) -> Vec<String> {
        let clauses = (1..)
            .zip(&self.rules)
            .flat_map(|(number, rule)| rule.clauses.iter().map(move |clause| (number, clause)));
        let hints = clauses.flat_map(|(number, clause)| {
            let hint = move |value| hint_of(clause, value);
            let hints = clause.values.iter().filter_map(hint);
            hints.map(move |hint| format!("rule {number}: {hint}"))
        });
        hints.take(HINTS_MAX).collect()
    }
}

fn hint_of(clause: &Clause, value: &Value) -> Option<String> {
    match value {
        Value::Word(word) => {
            let known = known_words(&clause.dimension);
            if known.contains(&word.as_str()) {
                return None;
            }
            let near = nearest(word, known.iter().copied())?;
            let dimension = &clause.dimension;
            Some(format!(
                "`{word}` is no common {dimension}; did you mean `{near}`?"
            ))
        }
        Value::Place(place) => {
            let wider = place.with_wider().into_iter().skip(1).map(Value::Place);
            let wider = wider
                .into_iter()
                .find(|wider| clause.values.contains(wider))?;
            let listed = match clause.sense {
                Sense::Include => "wanted",
                Sense::Exclude => "refused",
            };
            Some(format!(
                "`{value}` lies in `{wider}`, which is {listed} too"
            ))
        }
        Value::Span(_) | Value::Daypart(_) | Value::Channel(_) => None,
    }
}
