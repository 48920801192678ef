//! What is wrong with one field of an input. Checks collect all of them before they refuse.

use std::fmt;
use std::ops::Range;

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

/// What is wrong with a text that people write, and where in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{part}` {fault}")]
pub struct TextError {
    /// The wrong part, cut to 64 characters.
    pub part: String,
    /// What is wrong with it, and what would be right.
    pub fault: String,
    /// Where it stands in the text, in bytes.
    pub at: Range<usize>,
}

impl TextError {
    /// A fault of a part, which must be a slice of the text.
    pub fn at(text: &str, part: &str, fault: impl Into<String>) -> Self {
        let distance = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        let start = distance.min(text.len());
        let end = (start + part.len()).min(text.len());
        Self {
            part: part.chars().take(64).collect(),
            fault: fault.into(),
            at: start..end,
        }
    }
}
