//! The language in which people write targeting: it is read from and printed as text.
//!
//! ```text
//! targeting = "everyone" | any
//! any       = all { "or" all }                      weaker than "and"
//! all       = one { "and" one }
//! one       = "(" any ")" | clause
//! clause    = dimension ( "=" | "!=" | "in" | "not in" ) ( value | "(" value { "," value } ")" )
//! ```
//!
//! What `or` stands inside of `and` is multiplied out into rules, up to the limit of a targeting.
//! Keywords and dimensions are read in either case. A value with blanks or other signs, or one
//! that is a keyword in lower case, stands in double quotes, in which `\"` and `\\` stand for the
//! sign itself.

mod error;
mod lex;
mod parse;
mod print;

pub use error::LanguageError;
pub use print::ChannelNames;

use std::str::FromStr;

use super::{Names, Targeting};

/// Longest text of one targeting in bytes.
pub const TEXT_BYTES_MAX: usize = 2 << 20;
/// Most parentheses inside of one another.
pub const DEPTH_MAX: usize = 16;

/// What is not a value without quotes, in lower case.
const KEYWORDS: [&str; 4] = ["and", "in", "not", "or"];
/// The text of targeting without rules.
const EVERYONE: &str = "everyone";

/// Signs that mean something or may do so one day: words that have them are quoted.
const SIGNS: &str = "()[]{}<>,;=!|&\"`\\";

impl FromStr for Targeting {
    type Err = LanguageError;

    /// Reads the text of a targeting; the rules are [normalised](Targeting::normalised).
    fn from_str(text: &str) -> Result<Self, LanguageError> {
        Self::parse_naming(text, &|_name| None)
    }
}

impl Targeting {
    /// The same; a channel may also be given by a name that `names` knows.
    pub fn parse_naming(text: &str, names: &Names<'_>) -> Result<Self, LanguageError> {
        if text.len() > TEXT_BYTES_MAX {
            let message = format!(
                "the text has {} bytes; at most {TEXT_BYTES_MAX} are allowed",
                text.len()
            );
            return Err(LanguageError::new(text, 0..0, message));
        }
        parse::parse(text, names)
    }
}

/// Whether a character may stand in a word without quotes.
fn is_bare(c: char) -> bool {
    !c.is_whitespace() && !crate::model::name::is_unprintable(c) && !SIGNS.contains(c)
}

/// Whether a text is read as one word without quotes.
fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(is_bare)
        && !text.starts_with('\'')
        && !KEYWORDS.contains(&text)
}
