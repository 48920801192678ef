//! The formats of answers, and colour.

use clap::ValueEnum;

/// In which form answers are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Columns for people, cut to the terminal [default on a terminal]
    Table,
    /// Every column for people
    Wide,
    /// One JSON array or object
    Json,
    /// One JSON object a line
    Jsonl,
    /// One YAML document
    Yaml,
    /// One TOML document, of one thing
    Toml,
    /// Every column, with a header, safe to open in a spreadsheet
    Csv,
    /// Every column, with a header, separated by tabs
    Tsv,
    /// Ids alone, one a line
    Name,
    /// The columns of the table, exact and without a header [default in a pipe]
    #[value(skip)]
    Plain,
}

impl Format {
    /// Whether programs read it, errors included.
    pub(crate) const fn is_document(self) -> bool {
        matches!(self, Self::Json | Self::Jsonl | Self::Yaml | Self::Toml)
    }

    /// Whether people read it.
    pub(crate) const fn is_for_people(self) -> bool {
        matches!(self, Self::Table | Self::Wide)
    }
}

/// Whether a stream takes colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// It does.
    Coloured,
    /// It does not.
    Plain,
}

/// The few colours there are. None of them carries meaning alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Colour {
    /// Titles.
    Bold,
    /// Failure.
    Red,
    /// It works.
    Green,
    /// Look here.
    Yellow,
    /// Help.
    Cyan,
    /// Not now.
    Dim,
}

impl Colour {
    /// The escape sequences around a text (ECMA-48 §8.3.117).
    pub(super) const fn around(self) -> (&'static str, &'static str) {
        match self {
            Self::Bold => ("\u{1b}[1m", "\u{1b}[22m"),
            Self::Red => ("\u{1b}[1;31m", "\u{1b}[22;39m"),
            Self::Green => ("\u{1b}[32m", "\u{1b}[39m"),
            Self::Yellow => ("\u{1b}[33m", "\u{1b}[39m"),
            Self::Cyan => ("\u{1b}[36m", "\u{1b}[39m"),
            Self::Dim => ("\u{1b}[2m", "\u{1b}[22m"),
        }
    }
}

impl Style {
    /// The text in a colour, where there is colour.
    pub(crate) fn paint(self, colour: Colour, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Coloured => {
                let (before, after) = colour.around();
                format!("{before}{text}{after}")
            }
        }
    }
}
