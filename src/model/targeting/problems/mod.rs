//! What is wrong with targeting as a whole: too much of it, and rules that nobody can match.

mod contradiction;

use std::collections::BTreeMap;

use super::{Clause, Dimension, RULES_MAX, Rule, Sense, Targeting, VALUES_MAX, Value};
use crate::model::Problem;

/// Most problems that are told of one targeting.
const PROBLEMS_MAX: usize = 100;

impl Targeting {
    /// Everything wrong with it: the field is a path in the form of the API, where lists count from
    /// 0; the message has the number of the rule, as it is addressed, from 1.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let rules = self.rules.len();
        if rules > RULES_MAX {
            let message = format!("has {rules} rules; at most {RULES_MAX} are allowed");
            problems.push(Problem::new("targeting", message));
        }
        let clauses = self.rules.iter().flat_map(|rule| &rule.clauses);
        let values: usize = clauses.map(|clause| clause.values.len()).sum();
        if values > VALUES_MAX {
            let message = format!("has {values} values; at most {VALUES_MAX} are allowed");
            problems.push(Problem::new("targeting", message));
        }
        if !problems.is_empty() {
            return problems;
        }
        for (number, rule) in (1..).zip(&self.rules) {
            if problems.len() >= PROBLEMS_MAX {
                break;
            }
            rule.add_problems(number, &mut problems);
        }
        problems.truncate(PROBLEMS_MAX);
        problems
    }

    /// The same with each rule [normalised](Rule::normalised), the rules in the order they had.
    #[must_use]
    pub fn normalised(self) -> Self {
        let rules = self.rules.into_iter().map(Rule::normalised).collect();
        Self { rules }
    }
}

impl Rule {
    /// The same with clauses and values sorted and without repeats. What is refused in several
    /// clauses of a dimension is refused in one; several clauses of wanted values stay, for they
    /// mean another thing than one, and are a problem.
    #[must_use]
    pub fn normalised(self) -> Self {
        let mut refused: BTreeMap<Dimension, Vec<Value>> = BTreeMap::new();
        let mut clauses = Vec::with_capacity(self.clauses.len());
        for clause in self.clauses {
            match clause.sense {
                Sense::Include => clauses.push(clause),
                Sense::Exclude => {
                    let values = refused.entry(clause.dimension).or_default();
                    values.extend(clause.values);
                }
            }
        }
        clauses.extend(refused.into_iter().map(|(dimension, values)| Clause {
            dimension,
            sense: Sense::Exclude,
            values,
        }));
        for clause in &mut clauses {
            clause.values.sort_unstable();
            clause.values.dedup();
        }
        clauses.sort_unstable();
        clauses.dedup();
        Self { clauses }
    }

    /// The clause of a dimension and sense.
    pub fn clause(&self, dimension: &Dimension, sense: Sense) -> Option<&Clause> {
        let mut clauses = self.clauses.iter();
        clauses.find(|clause| clause.sense == sense && clause.dimension == *dimension)
    }

    fn add_problems(&self, number: usize, problems: &mut Vec<Problem>) {
        if self.clauses.is_empty() {
            let message = format!("rule {number} says nothing, which would mean everyone");
            problems.push(Problem::new(
                format!("targeting.rules[{}]", number - 1),
                message,
            ));
        }
        let before = problems.len();
        for (place, clause) in self.clauses.iter().enumerate() {
            let mut tell = |message: String| {
                let field = format!("targeting.rules[{}].{}", number - 1, clause.dimension);
                problems.push(Problem::new(field, format!("rule {number} {message}")));
            };
            let dimension = &clause.dimension;
            if clause.values.is_empty() {
                tell(format!("has no values for {dimension}"));
            }
            let earlier = self.clauses.iter().take(place);
            let same =
                |other: &Clause| other.dimension == clause.dimension && other.sense == clause.sense;
            if earlier.filter(|other| same(other)).count() == 1 {
                tell(format!(
                    "speaks of {dimension} twice; put the values into one list, or into two rules"
                ));
            }
            if let Some((value, fault)) = clause.values.iter().find_map(|value| {
                let fault = fault_of(dimension, value)?;
                Some((value, fault))
            }) {
                tell(format!("has `{value}` for {dimension}, which {fault}"));
            }
        }
        if problems.len() == before {
            for contradiction in contradiction::all(self) {
                let field = format!(
                    "targeting.rules[{}].{}",
                    number - 1,
                    contradiction.dimension
                );
                let message = format!("rule {number} can never match: {}", contradiction.why);
                problems.push(Problem::new(field, message));
            }
        }
    }
}

/// What is wrong with a value that was not read from text.
fn fault_of(dimension: &Dimension, value: &Value) -> Option<&'static str> {
    if !value.belongs_in(dimension) {
        return Some("does not belong there");
    }
    match value {
        Value::Span(span) if span.from > span.to => Some("is reversed"),
        Value::Daypart(part) => part.fault(),
        _ => None,
    }
}
