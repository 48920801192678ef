//! What people type, read into what the API takes. Pure but for `document`, which reads files.

mod amount;
mod document;
mod instant;
mod rule;

pub(crate) use amount::{parse_goal, parse_money, parse_rate};
pub(crate) use document::{Document, Source};
pub(crate) use instant::{parse_instant, parse_span, parse_timeout};
pub(crate) use rule::{
    given_caps, listed, parse_cap, parse_clearable_cap, parse_clearable_goal,
    parse_clearable_money, parse_clearable_percent, parse_clearable_span, parse_filter,
    parse_pacing, parse_targeting,
};

/// Why a typed value cannot be understood: one sentence that says what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct InputError(String);

impl InputError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

/// A value, or the word `none`, which takes away what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clearable<T> {
    /// Nothing.
    None,
    /// This.
    Some(T),
}

impl<T> Clearable<T> {
    /// Reads `none` or a value.
    pub(crate) fn parse(
        text: &str,
        read: impl FnOnce(&str) -> Result<T, InputError>,
    ) -> Result<Self, InputError> {
        if text == "none" {
            return Ok(Self::None);
        }
        read(text).map(Self::Some)
    }

    /// The value, where there is one.
    pub(crate) fn into_option(self) -> Option<T> {
        match self {
            Self::None => None,
            Self::Some(value) => Some(value),
        }
    }
}

/// A text, or nothing for the word `none`.
pub(crate) fn clearable(text: String) -> Option<String> {
    (text != "none").then_some(text)
}
