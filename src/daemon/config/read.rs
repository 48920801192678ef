//! Turns what was written into typed values, and remembers everything that is wrong on the way.

use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;

use tracing_subscriber::filter::{LevelFilter, Targets};
use url::Url;

use super::keys::{Value, find};
use super::problem::{ConfigProblem, Origin};
use super::secret::{Secret, read_secret};
use super::sources::{Gathered, Given, Raw};
use crate::api::nearest;
use crate::store::blobs::CdnRule;

/// Reads settings by name. A bad value is noted and its default returned, so that the next can be
/// read too; nothing of it is used when there was a problem.
#[derive(Debug)]
pub(super) struct Reader {
    given: Given,
    pub(super) problems: Vec<ConfigProblem>,
}

/// The words of `log.level`.
const LEVELS: [&str; 6] = ["error", "warn", "info", "debug", "trace", "off"];

/// A type that a setting can have.
pub(super) trait FromRaw: Sized {
    fn from_raw(raw: &Raw) -> Result<Self, String>;
}

impl Reader {
    pub(super) fn new(gathered: Gathered) -> Self {
        Self {
            given: gathered.given,
            problems: gathered.problems,
        }
    }

    /// A setting that always has a value.
    pub(super) fn get<T: FromRaw>(&mut self, path: &'static str) -> T {
        self.try_get(path).unwrap_or_else(|| default(path))
    }

    /// A setting that may be absent.
    pub(super) fn try_get<T: FromRaw>(&mut self, path: &'static str) -> Option<T> {
        debug_assert!(
            find(path).is_some(),
            "{path} is not in the table of settings"
        );
        let (raw, origin) = self.given.get(path)?;
        match T::from_raw(raw) {
            Ok(value) => Some(value),
            Err(message) => {
                let problem = ConfigProblem::new(Some(origin), path, message);
                self.problems.push(problem);
                None
            }
        }
    }

    /// A number within a range.
    pub(super) fn number(&mut self, path: &'static str, range: RangeInclusive<u64>) -> u64 {
        let value = self.get(path);
        if !range.contains(&value) {
            let (least, most) = (range.start(), range.end());
            self.refuse(path, format!("{value} is not from {least} to {most}"));
        }
        value
    }

    /// One of a few words.
    pub(super) fn choice<'w>(&mut self, path: &'static str, words: &[&'w str]) -> &'w str {
        let word: String = self.get(path);
        let known = words.iter().copied().find(|known| *known == word);
        known.unwrap_or_else(|| {
            let meant = nearest(&word, words.iter().copied());
            let meant = meant.map(|meant| format!("; did you mean {meant}?"));
            let (words, meant) = (words.join(", "), meant.unwrap_or_default());
            self.refuse(path, format!("`{word}` is not one of {words}{meant}"));
            ""
        })
    }

    /// A secret from its own setting, which only the environment may set, or from the file that
    /// another names.
    pub(super) fn secret(&mut self, path: &'static str, file_path: &'static str) -> Option<Secret> {
        if matches!(self.origin(path), Some(Origin::File { .. })) {
            let message = format!(
                "a secret does not belong in this file; put it into one of its own and name that \
                 in {file_path}"
            );
            self.refuse(path, message);
            return None;
        }
        self.text_or_file(path, file_path)
    }

    /// A text from its own setting or from the file that another names.
    pub(super) fn text_or_file(
        &mut self,
        path: &'static str,
        file_path: &'static str,
    ) -> Option<Secret> {
        let text: Option<String> = self.try_get(path);
        let file: Option<PathBuf> = self.try_get(file_path);
        match (text, file) {
            (Some(_), Some(_)) => {
                self.refuse(file_path, format!("{path} is set too: which one is meant?"));
                None
            }
            (Some(text), None) => Some(Secret::new(text)),
            (None, Some(file)) => match read_secret(&file) {
                Ok(secret) => Some(secret),
                Err(message) => {
                    self.refuse(file_path, message);
                    None
                }
            },
            (None, None) => None,
        }
    }

    /// Notes that a setting is wrong, at the place where it was set.
    pub(super) fn refuse(&mut self, path: &'static str, message: impl Into<String>) {
        let problem = ConfigProblem::new(self.origin(path), path, message);
        self.problems.push(problem);
    }

    pub(super) fn origin(&self, path: &str) -> Option<&Origin> {
        self.given.get(path).map(|(_raw, origin)| origin)
    }

    pub(super) fn into_given(self) -> Given {
        self.given
    }
}

/// The default of a setting, as its table has it.
fn default<T: FromRaw>(path: &'static str) -> T {
    let raw = default_raw(path).expect("get is for settings with a default");
    T::from_raw(&raw).expect("a test reads every default")
}

pub(super) fn default_raw(path: &str) -> Option<Raw> {
    let Value::Default(text) = find(path)?.value else {
        return None;
    };
    let text = text.trim_matches('"');
    Some(match text {
        "[]" => Raw::List(Vec::new()),
        text => Raw::Typed(text.to_owned()),
    })
}

impl FromRaw for String {
    fn from_raw(raw: &Raw) -> Result<Self, String> {
        match raw {
            Raw::Text(text) | Raw::Typed(text) if text.trim().is_empty() => {
                Err("is empty".to_owned())
            }
            Raw::Text(text) | Raw::Typed(text) => Ok(text.clone()),
            other => Err(mismatch("a text in quotes", other)),
        }
    }
}

impl FromRaw for u64 {
    fn from_raw(raw: &Raw) -> Result<Self, String> {
        let number = match raw {
            Raw::Integer(number) => Self::try_from(*number).ok(),
            Raw::Typed(text) => text.replace('_', "").parse().ok(),
            other => return Err(mismatch("a whole number", other)),
        };
        number.ok_or_else(|| mismatch("a whole number, 0 or more", raw))
    }
}

impl FromRaw for u32 {
    fn from_raw(raw: &Raw) -> Result<Self, String> {
        let number = u64::from_raw(raw)?;
        Self::try_from(number).map_err(|_large| format!("{number} is too large"))
    }
}

impl<T: FromRaw> FromRaw for Vec<T> {
    fn from_raw(raw: &Raw) -> Result<Self, String> {
        match raw {
            Raw::List(items) => items.iter().map(T::from_raw).collect(),
            Raw::Typed(text) => text
                .split(',')
                .map(str::trim)
                .filter(|item| !item.is_empty())
                .map(|item| T::from_raw(&Raw::Typed(item.to_owned())))
                .collect(),
            other => Err(mismatch("a list", other)),
        }
    }
}

impl FromRaw for PathBuf {
    fn from_raw(raw: &Raw) -> Result<Self, String> {
        let text = String::from_raw(raw)?;
        if text.contains('\0') {
            return Err("a path has no NUL".to_owned());
        }
        Ok(Self::from(text))
    }
}

impl FromRaw for SocketAddr {
    fn from_raw(raw: &Raw) -> Result<Self, String> {
        let text = String::from_raw(raw)?;
        text.parse().map_err(|_unreadable| {
            format!("`{text}` is not an address and port such as 127.0.0.1:8080 or [::1]:8080")
        })
    }
}

impl FromRaw for Url {
    fn from_raw(raw: &Raw) -> Result<Self, String> {
        let text = String::from_raw(raw)?;
        let url = Self::parse(&text).map_err(|error| format!("`{text}` is not a URL: {error}"))?;
        let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
        if !is_web {
            return Err(format!("`{text}` does not begin with http:// or https://"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(format!(
                "`{text}` must end before ? and #: more is appended to it"
            ));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("a URL that is handed out must not hold a user or a password".to_owned());
        }
        Ok(url)
    }
}

impl FromRaw for CdnRule {
    fn from_raw(raw: &Raw) -> Result<Self, String> {
        Parsed::from_raw(raw).map(|Parsed(rule)| rule)
    }
}

impl FromRaw for Targets {
    fn from_raw(raw: &Raw) -> Result<Self, String> {
        let text = String::from_raw(raw)?;
        let mut levels = Self::new();
        for part in text.split(',').map(str::trim) {
            let (target, level) = part.split_once('=').unwrap_or(("", part));
            // The parser of the library would take an unknown word for the name of a target.
            if !LEVELS.contains(&level) {
                let known = LEVELS.join(", ");
                return Err(format!("`{level}` is not one of {known}"));
            }
            let level: LevelFilter = level.parse().expect("it is one of the known levels");
            levels = if target.is_empty() {
                levels.with_default(level)
            } else {
                levels.with_target(target, level)
            };
        }
        Ok(levels)
    }
}

/// Whatever says itself what is wrong with a text.
#[derive(Debug)]
pub(super) struct Parsed<T>(pub(super) T);

impl<T: FromStr<Err: std::fmt::Display>> FromRaw for Parsed<T> {
    fn from_raw(raw: &Raw) -> Result<Self, String> {
        let text = String::from_raw(raw)?;
        text.parse()
            .map(Self)
            .map_err(|error: T::Err| error.to_string())
    }
}

fn mismatch(wanted: &str, raw: &Raw) -> String {
    let found = match raw {
        Raw::Text(text) | Raw::Typed(text) => {
            format!("`{}`", text.chars().take(64).collect::<String>())
        }
        Raw::Integer(number) => number.to_string(),
        Raw::List(_) => "a list".to_owned(),
        Raw::Other(described) => (*described).to_owned(),
    };
    format!("should be {wanted}, not {found}")
}
