//! Values and dimensions as text: what an operator writes, the API carries and the catalog keeps.
//!
//! What is read in several spellings is written in one: reading what was written gives the same
//! value, and writing what was read gives the only stored text of it.

use std::fmt;
use std::ops::Range;

use super::traits::WORD_MAX;
use super::value::fold_word;
use super::{Daypart, Dimension, Place, Span, Value};
use crate::model::ChannelId;
use crate::model::name::is_unprintable;
use crate::model::suggest::nearest;

/// Longest part of a wrong text that an error repeats, in characters.
const SHOWN_CHARS_MAX: usize = 64;

/// Why a text is not a value of its dimension, or not a dimension.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{part}` {fault}")]
pub struct ValueError {
    /// The wrong part of the text, cut to 64 characters.
    pub part: String,
    /// What is wrong with it, and what would be right.
    pub fault: String,
    /// Where it stands in the text, in bytes.
    pub at: Range<usize>,
}

/// What is wrong with a part of a text.
#[derive(Debug)]
pub(super) struct Fault<'a> {
    part: &'a str,
    fault: String,
}

impl<'a> Fault<'a> {
    /// The fault of a part, which must be a slice of the text that is read.
    pub(super) fn at(part: &'a str, fault: impl Into<String>) -> Self {
        let fault = fault.into();
        Self { part, fault }
    }

    /// The error, with the place of the part in the whole.
    fn within(self, whole: &str) -> ValueError {
        let distance = (self.part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize);
        let start = distance.min(whole.len());
        let end = (start + self.part.len()).min(whole.len());
        // Of what is missing only the place is known.
        let part = if self.part.is_empty() {
            whole
        } else {
            self.part
        };
        let shown = part.chars().take(SHOWN_CHARS_MAX);
        ValueError {
            part: shown
                .map(|c| if is_unprintable(c) { '\u{fffd}' } else { c })
                .collect(),
            fault: self.fault,
            at: start..end,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Place(place) => place.fmt(f),
            Self::Span(span) => span.fmt(f),
            Self::Daypart(part) => part.fmt(f),
            Self::Channel(channel) => channel.fmt(f),
        }
    }
}

/// Finds a channel by its name. Texts have ids alone; names are for who types them.
pub type Names<'n> = dyn Fn(&str) -> Option<ChannelId> + 'n;

impl Value {
    /// Reads a value of a dimension.
    pub fn parse(dimension: &Dimension, text: &str) -> Result<Self, ValueError> {
        let value = match dimension {
            Dimension::Geo => Place::read(text).map(Self::Place),
            Dimension::Channel => channel(text).map(Self::Channel),
            Dimension::Age | Dimension::Income => Span::read(text).map(Self::Span),
            Dimension::Daypart => Daypart::read(text).map(Self::Daypart),
            _ => folded_word(text).map(Self::Word),
        };
        value.map_err(|fault| fault.within(text))
    }

    /// The same; a channel may also be given by a name that `names` knows.
    pub fn parse_naming(
        dimension: &Dimension,
        text: &str,
        names: &Names<'_>,
    ) -> Result<Self, ValueError> {
        let read = Self::parse(dimension, text);
        match read {
            Err(error) if *dimension == Dimension::Channel => {
                names(text).map(Self::Channel).ok_or(error)
            }
            read => read,
        }
    }

    /// Whether it is of the kind that its dimension has.
    pub(super) const fn belongs_in(&self, dimension: &Dimension) -> bool {
        match self {
            Self::Place(_) => matches!(dimension, Dimension::Geo),
            Self::Channel(_) => matches!(dimension, Dimension::Channel),
            Self::Span(_) => matches!(dimension, Dimension::Age | Dimension::Income),
            Self::Daypart(_) => matches!(dimension, Dimension::Daypart),
            Self::Word(_) => !matches!(
                dimension,
                Dimension::Geo
                    | Dimension::Channel
                    | Dimension::Age
                    | Dimension::Income
                    | Dimension::Daypart
            ),
        }
    }
}

impl Dimension {
    /// Reads the name of a dimension, in either case; `key.NAME` for key-values.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        Self::read(text).map_err(|fault| fault.within(text))
    }

    fn read(text: &str) -> Result<Self, Fault<'_>> {
        let folded = text.trim().to_ascii_lowercase();
        if let Some(named) = Self::NAMED.iter().find(|named| named.name() == folded) {
            return Ok(named.clone());
        }
        if let Some((key, name)) = text.split_once('.')
            && key.trim().eq_ignore_ascii_case("key")
        {
            return folded_word(name).map(Self::Key);
        }
        let names = Self::NAMED.iter().map(Self::name);
        let hint = match nearest(&folded, names.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "they are {} and key.NAME",
                names.collect::<Vec<_>>().join(", ")
            ),
        };
        Err(Fault::at(text, format!("is not a dimension; {hint}")))
    }
}

/// A word in its folded form.
pub(super) fn folded_word(text: &str) -> Result<String, Fault<'_>> {
    if let Some(c) = text.chars().find(|&c| is_unprintable(c)) {
        let fault = format!("has the unprintable character U+{:04X}", u32::from(c));
        return Err(Fault::at(text, fault));
    }
    let folded = fold_word(text);
    if folded.is_empty() {
        return Err(Fault::at(text, "is blank; write a word"));
    }
    if folded.len() > WORD_MAX {
        let fault = format!(
            "… has {} bytes; at most {WORD_MAX} are allowed",
            folded.len()
        );
        return Err(Fault::at(text, fault));
    }
    Ok(folded)
}

fn channel(text: &str) -> Result<ChannelId, Fault<'_>> {
    let not_an_id = |_error| Fault::at(text, "is not the id of a channel such as ch_1a");
    text.trim().parse().map_err(not_an_id)
}

/// `18-34`, `55+` without an end, `21` for a single number.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (from, u32::MAX) => write!(f, "{from}+"),
            (from, to) if from == to => write!(f, "{from}"),
            (from, to) => write!(f, "{from}-{to}"),
        }
    }
}

impl Span {
    fn read(text: &str) -> Result<Self, Fault<'_>> {
        let text = text.trim();
        if let Some(from) = text.strip_suffix('+') {
            let from = number(from)?;
            return Ok(Self { from, to: u32::MAX });
        }
        let Some((from, to)) = text.split_once('-') else {
            let only = number(text)?;
            return Ok(Self {
                from: only,
                to: only,
            });
        };
        let (from, to) = (number(from)?, number(to)?);
        if from > to {
            let fault = format!("is reversed; write {to}-{from}");
            return Err(Fault::at(text, fault));
        }
        Ok(Self { from, to })
    }
}

/// A whole number below [`u32::MAX`], which stands for no end.
fn number(text: &str) -> Result<u32, Fault<'_>> {
    let text = text.trim();
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number: Option<u32> = text.parse().ok().filter(|_| digits);
    number.filter(|number| *number < u32::MAX).ok_or_else(|| {
        Fault::at(
            text,
            "is not a span of whole numbers such as 18-34, 55+ or 21",
        )
    })
}
