//! Rows with declared columns: what a list can show, as typed facts.

use std::borrow::Cow;

use serde::Serialize;

use super::{Colour, View};
use crate::api::nearest;
use crate::cli::failure::Failure;
use crate::client::human;

/// A thing that is printed as a row.
pub(crate) trait Row: Serialize + 'static {
    /// Its columns. The order and the names stay; new ones come last.
    const COLUMNS: &'static [Column<Self>];

    /// What `-o name` prints.
    fn id(&self) -> &str;
}

/// One column.
#[derive(Debug)]
pub(crate) struct Column<T: ?Sized + 'static> {
    /// The name for `--columns` and headers of CSV and TSV: the field of the API.
    pub(crate) name: &'static str,
    /// The title in a table.
    pub(crate) title: &'static str,
    /// Whether it is always shown.
    pub(crate) place: Place,
    /// Its fact in a row.
    pub(crate) value: for<'a> fn(&'a T) -> Value<'a>,
}

impl<T: ?Sized> Column<T> {
    /// A column that every format shows.
    pub(crate) const fn shown(
        name: &'static str,
        title: &'static str,
        value: for<'a> fn(&'a T) -> Value<'a>,
    ) -> Self {
        Self {
            name,
            title,
            place: Place::Table,
            value,
        }
    }

    /// A column that every format shows, but a table without room for all leaves out before
    /// others; of several the one with the highest rank first.
    pub(crate) const fn spare(
        rank: u8,
        name: &'static str,
        title: &'static str,
        value: for<'a> fn(&'a T) -> Value<'a>,
    ) -> Self {
        Self {
            name,
            title,
            place: Place::Spare(rank),
            value,
        }
    }

    /// A column that the table and the pipe leave out.
    pub(crate) const fn wide(
        name: &'static str,
        title: &'static str,
        value: for<'a> fn(&'a T) -> Value<'a>,
    ) -> Self {
        Self {
            name,
            title,
            place: Place::Wide,
            value,
        }
    }
}

/// Which formats show a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// All of them.
    Table,
    /// All of them, the table only where there is room.
    Spare(u8),
    /// All but the table and the pipe.
    Wide,
}

/// One fact of a row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    /// Nothing is there.
    Nothing,
    /// Any text.
    Text(Cow<'a, str>),
    /// One of a closed list of words, which may have a colour.
    Word(&'a str),
    /// How many.
    Count(u64),
    /// How many more, or fewer.
    Signed(i64),
    /// Money in millionths of a unit, with its currency.
    Micros(i64, &'a str),
    /// RFC 3339, shown by the calendar.
    Instant(&'a str),
    /// RFC 3339, shown as a distance from now.
    Ago(&'a str),
    /// RFC 3339 of the start of a day, and the IANA zone whose day it is.
    Day(&'a str, &'a str),
    /// Milliseconds.
    Span(u64),
    /// Size of a file.
    Bytes(u64),
    /// Part of a whole, 0 to 1.
    Ratio(f64),
}

impl<'a> Value<'a> {
    /// A text.
    pub(crate) const fn text(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    /// A text that is made for this, such as a number that counts nothing.
    pub(crate) fn text_of(text: &(impl ToString + ?Sized)) -> Self {
        Self::Text(Cow::Owned(text.to_string()))
    }

    /// Several texts.
    pub(crate) fn list(texts: &[String]) -> Self {
        Self::Text(Cow::Owned(texts.join(",")))
    }

    /// Several facts, each as its text.
    pub(crate) fn texts(facts: &[impl ToString]) -> Self {
        let texts: Vec<String> = facts.iter().map(ToString::to_string).collect();
        Self::Text(Cow::Owned(texts.join(" ")))
    }

    /// A fact that may be missing.
    pub(crate) fn of<V>(value: Option<V>, make: impl FnOnce(V) -> Self) -> Self {
        value.map_or(Self::Nothing, make)
    }

    /// As programs read it: integers, RFC 3339, nothing rounded. Not cleaned.
    pub(super) fn exact(&self) -> Cow<'a, str> {
        match self {
            Self::Nothing => Cow::Borrowed(""),
            Self::Text(text) => text.clone(),
            Self::Word(text) | Self::Instant(text) | Self::Ago(text) | Self::Day(text, _) => {
                Cow::Borrowed(text)
            }
            Self::Count(number) | Self::Span(number) | Self::Bytes(number) => {
                Cow::Owned(number.to_string())
            }
            Self::Micros(number, _) | Self::Signed(number) => Cow::Owned(number.to_string()),
            Self::Ratio(ratio) => Cow::Owned(ratio.to_string()),
        }
    }

    /// As people read it. Not cleaned.
    pub(crate) fn shown(&self, view: &View) -> Cow<'a, str> {
        match self {
            Self::Nothing => Cow::Borrowed("–"),
            Self::Text(text) if text.is_empty() => Cow::Borrowed("–"),
            Self::Text(text) => text.clone(),
            Self::Word(word) => Cow::Borrowed(word),
            Self::Count(number) => Cow::Owned(human::count(*number)),
            Self::Signed(number) => {
                let sign = if *number < 0 { "-" } else { "" };
                Cow::Owned(format!("{sign}{}", human::count(number.unsigned_abs())))
            }
            Self::Micros(micros, currency) => Cow::Owned(human::money(*micros, currency)),
            Self::Instant(text) => Cow::Owned(human::instant(text, view)),
            Self::Ago(text) => Cow::Owned(human::distance(text, view)),
            Self::Day(text, zone) => Cow::Owned(human::day(text, zone)),
            Self::Span(millis) => Cow::Owned(human::span(*millis)),
            Self::Bytes(number) => Cow::Owned(human::bytes(*number)),
            Self::Ratio(ratio) => Cow::Owned(human::percent(*ratio)),
        }
    }

    /// As people read it where there is little room. Not cleaned.
    pub(super) fn short(&self, view: &View) -> Cow<'a, str> {
        match self {
            Self::Instant(text) => Cow::Owned(human::date(text, view)),
            _ => self.shown(view),
        }
    }

    /// Whether it stands at the right edge of its column.
    pub(super) const fn is_number(&self) -> bool {
        matches!(
            self,
            Self::Count(_)
                | Self::Signed(_)
                | Self::Micros(..)
                | Self::Span(_)
                | Self::Bytes(_)
                | Self::Ratio(_)
        )
    }

    /// Whether it may be cut where there is no room. A number without its end is another number.
    pub(super) const fn may_be_cut(&self) -> bool {
        matches!(self, Self::Text(_))
    }

    /// The colour of a word.
    pub(super) fn colour(&self) -> Option<Colour> {
        let Self::Word(word) = self else {
            return None;
        };
        match *word {
            "active" | "ok" | "created" | "on_track" | "complete" => Some(Colour::Green),
            "paused" | "processing" | "behind" => Some(Colour::Yellow),
            "failed" | "deleted" | "at_risk" => Some(Colour::Red),
            "draft" | "completed" | "inactive" | "exists" => Some(Colour::Dim),
            _ => None,
        }
    }
}

/// The columns to print: those that were asked for, else those of the place.
pub(super) fn choose<T: Row>(
    wanted: Option<&[String]>,
    place: Place,
) -> Result<Vec<&'static Column<T>>, Failure> {
    let Some(wanted) = wanted else {
        let shown = |column: &&Column<T>| place == Place::Wide || column.place != Place::Wide;
        return Ok(T::COLUMNS.iter().filter(shown).collect());
    };
    let find = |name: &String| {
        let found = T::COLUMNS.iter().find(|column| column.name == *name);
        found.ok_or_else(|| unknown_column::<T>(name))
    };
    wanted.iter().map(find).collect()
}

fn unknown_column<T: Row>(name: &str) -> Failure {
    let known: Vec<&str> = T::COLUMNS.iter().map(|column| column.name).collect();
    let hint = match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the columns are {}", known.join(", ")),
    };
    Failure::usage(format!("there is no column `{name}`")).hint(hint)
}
