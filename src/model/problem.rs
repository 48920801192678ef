//! What is wrong with one field of an input. Checks collect all of them before they refuse.

use std::fmt;

/// One fault of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field as the API names it, with a path where it is nested: `media.width`.
    pub field: String,
    /// What is wrong and what would be right, for a person.
    pub message: String,
}

impl Problem {
    /// A fault of `field`.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            message: message.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.message)
    }
}
