//! A text of the targeting language on the command line: itself, a file, or standard input.

use std::convert::Infallible;
use std::str::FromStr;

use crate::cli::failure::Failure;
use crate::cli::input::Source;
use crate::model::Targeting;
use crate::model::targeting::LanguageError;

/// Where a text comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) enum Text {
    /// The argument itself.
    Given(String),
    /// `-` or `@FILE`.
    Read(Source),
}

impl FromStr for Text {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text.strip_prefix('@') {
            Some(path) => Self::Read(Source::Path(path.into())),
            None if text == "-" => Self::Read(Source::Stdin),
            None => Self::Given(text.to_owned()),
        })
    }
}

impl Text {
    /// What it says, or where and why it cannot be so.
    pub(in crate::cli) fn targeting(&self) -> Result<Targeting, Failure> {
        let text = match self {
            Self::Given(text) => text.clone(),
            Self::Read(source) => source.read()?,
        };
        let targeting: Targeting = text.parse().map_err(|error| refused(&error, &text))?;
        let problems = targeting.problems();
        if problems.is_empty() {
            return Ok(targeting);
        }
        Err(Failure {
            problems: problems.into_iter().map(Into::into).collect(),
            ..Failure::invalid("the rules contradict themselves")
        })
    }
}

/// The failure with the place in the text.
fn refused(error: &LanguageError, text: &str) -> Failure {
    let (line, column) = (error.line, error.column);
    let excerpt = error.excerpt(text);
    let hint = error.hint.as_deref();
    Failure {
        causes: vec![format!("line {line}, column {column}\n{excerpt}")],
        ..Failure::invalid(error.message.clone())
            .hint(hint.unwrap_or("adctl help targeting describes the language"))
    }
}
