//! What is wrong with a text, and where.

use std::fmt;
use std::ops::Range;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::model::name::is_unprintable;

/// Widest part of a line that is shown around a fault, in columns.
const SHOWN_COLUMNS: usize = 100;
/// Columns that are kept before the fault when the line is cut.
const BEFORE_COLUMNS: usize = 60;

/// Why a text is not targeting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct LanguageError {
    /// What is wrong, and what was expected.
    pub message: String,
    /// What was probably meant, or how it is written.
    pub hint: Option<String>,
    /// Where, in bytes of the text.
    pub at: Range<usize>,
    /// Line of it, from 1.
    pub line: usize,
    /// Character of the line at which it begins, from 1.
    pub column: usize,
}

impl fmt::Display for LanguageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: ", self.line, self.column)?;
        f.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

impl LanguageError {
    /// The fault of a part of a text.
    pub(super) fn new(text: &str, at: Range<usize>, message: impl Into<String>) -> Self {
        let before = text.get(..at.start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let in_line = before.get(line_start..).unwrap_or_default();
        Self {
            message: message.into(),
            hint: None,
            line: before.matches('\n').count() + 1,
            column: in_line.chars().count() + 1,
            at,
        }
    }

    /// With how it is meant or written.
    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The line of the fault with carets under it, for a terminal.
    ///
    /// `text` is the text that was read. Signs that would disturb a terminal are replaced.
    pub fn excerpt(&self, text: &str) -> String {
        let start = self.at.start.min(text.len());
        let before = text.get(..start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let rest = text.get(start..).unwrap_or_default();
        let line_end = rest
            .find('\n')
            .map_or(text.len(), |newline| start + newline);
        let shown = |range: Range<usize>| -> String {
            let part = text.get(range).unwrap_or_default();
            part.chars().map(printable).collect()
        };
        let end = self.at.end.clamp(start, line_end);
        let before = keep_end(&shown(line_start..start), BEFORE_COLUMNS);
        let fault = keep_start(&shown(start..end), SHOWN_COLUMNS - BEFORE_COLUMNS);
        let room = SHOWN_COLUMNS.saturating_sub(before.width() + fault.width());
        let after = keep_start(&shown(end..line_end), room);
        let number = self.line.to_string();
        let margin = " ".repeat(number.len());
        let blank = " ".repeat(before.width());
        let carets = "^".repeat(fault.width().max(1));
        format!("{number} | {before}{fault}{after}\n{margin} | {blank}{carets}")
    }
}

fn printable(c: char) -> char {
    match c {
        '\t' | '\r' => ' ',
        c if is_unprintable(c) => '\u{fffd}',
        c => c,
    }
}

fn keep_start(text: &str, columns: usize) -> String {
    let mut left = columns;
    let kept = text.chars().take_while(|c| {
        let width = c.width().unwrap_or(0);
        let fits = width <= left;
        left = left.saturating_sub(width);
        fits
    });
    kept.collect()
}

fn keep_end(text: &str, columns: usize) -> String {
    let mut skipped = text.width();
    let kept = text.chars().skip_while(|c| {
        let skip = skipped > columns;
        if skip {
            skipped -= c.width().unwrap_or(0).min(skipped);
        }
        skip
    });
    kept.collect()
}
