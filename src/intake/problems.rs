//! Everything that is wrong with a request, to be told at once.

use crate::api::FieldProblem;

/// Most problems of one answer.
const PROBLEMS_MAX: usize = 50;

/// What is wrong, in the order in which it was found.
#[derive(Debug, Default)]
pub(super) struct Problems(Vec<FieldProblem>);

impl Problems {
    pub(super) fn add(&mut self, field: &str, message: impl Into<String>) {
        if self.0.len() < PROBLEMS_MAX {
            self.0.push(FieldProblem {
                field: field.chars().take(64).collect(),
                message: message.into(),
            });
        }
    }

    /// All of them, if there are any.
    pub(super) fn told(self) -> Result<(), Vec<FieldProblem>> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(self.0)
        }
    }
}
