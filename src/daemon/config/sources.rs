//! Gathers what was set, from the file, the environment and the flags; the later wins. What
//! nobody knows is refused with the nearest known name.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{KEYS, SECTIONS, Value, find, is_section};
use super::problem::{ConfigProblem, Origin};
use crate::api::nearest;

/// The variable that names the file.
pub(super) const FILE_VARIABLE: &str = "ADSERVED_CONFIG";
const PREFIX: &str = "ADSERVED_";
/// Looked for in this order when nobody names a file.
const FILES: [&str; 2] = ["adserved.toml", "/etc/adserved/adserved.toml"];
/// Longer files are no configuration.
const FILE_BYTES_MAX: u64 = 1024 * 1024;

/// What the program was started with. Tests make their own; nothing reads the process itself.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The file that was named on the command line.
    pub file: Option<PathBuf>,
    /// The environment.
    pub environment: BTreeMap<String, String>,
    /// Settings on the command line: the flag as typed, the setting, its value.
    pub flags: Vec<(String, String, String)>,
}

/// A value as it was written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Raw {
    Text(String),
    Integer(i64),
    List(Vec<Raw>),
    /// From a variable or a flag, where everything is text.
    Typed(String),
    /// Something no setting takes, by the name TOML has for it.
    Other(&'static str),
}

/// What was set, each with where.
pub(super) type Given = BTreeMap<&'static str, (Raw, Origin)>;

/// Everything that was set, and everything that is no setting.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) given: Given,
    pub(super) problems: Vec<ConfigProblem>,
}

impl Sources {
    pub(super) fn gather(&self) -> Gathered {
        let mut gathered = Gathered::default();
        if let Some(path) = self.find_file() {
            gathered.take_file(&path);
        }
        for (name, value) in &self.environment {
            if name != FILE_VARIABLE && name.starts_with(PREFIX) {
                gathered.take_variable(name, value);
            }
        }
        for (flag, key, value) in &self.flags {
            gathered.take_flag(flag, key, value);
        }
        gathered
    }

    fn find_file(&self) -> Option<PathBuf> {
        let variable = self
            .environment
            .get(FILE_VARIABLE)
            .filter(|path| !path.is_empty());
        let named = self.file.clone().or_else(|| variable.map(PathBuf::from));
        let found = || FILES.iter().map(PathBuf::from).find(|path| path.exists());
        named.or_else(found)
    }
}

impl Gathered {
    fn take_file(&mut self, path: &Path) {
        let text = match read_text(path) {
            Ok(text) => text,
            Err(message) => {
                self.problems.push(ConfigProblem {
                    origin: None,
                    key: None,
                    message,
                });
                return;
            }
        };
        let (table, errors) = DeTable::parse_recoverable(&text);
        let at = |span: Range<usize>| {
            let (line, column) = position(&text, span.start);
            let path = path.to_owned();
            Origin::File { path, line, column }
        };
        for error in &errors {
            self.problems.push(ConfigProblem {
                origin: Some(at(error.span().unwrap_or_default())),
                key: None,
                message: format!("is not valid TOML: {}", error.message()),
            });
        }
        // What a broken file means is a guess; its errors are enough.
        if errors.is_empty() {
            self.take_table("", table.get_ref(), &at);
        }
    }

    fn take_table(
        &mut self,
        prefix: &str,
        table: &DeTable<'_>,
        at: &impl Fn(Range<usize>) -> Origin,
    ) {
        for (name, value) in table {
            let path = match prefix {
                "" => name.get_ref().to_string(),
                prefix => format!("{prefix}.{}", name.get_ref()),
            };
            match (value.get_ref(), find(&path)) {
                (_, Some(key)) => {
                    let origin = at(value.span());
                    self.given.insert(key.path, (raw(value.get_ref()), origin));
                }
                (DeValue::Table(inner), None) if is_section(&path) => {
                    self.take_table(&path, inner, at);
                }
                (other, None) => {
                    let origin = at(name.span());
                    let message = if is_section(&path) {
                        format!("is a section, not {}", described(other))
                    } else {
                        unknown(&path)
                    };
                    self.problems
                        .push(ConfigProblem::new(Some(&origin), &path, message));
                }
            }
        }
    }

    fn take_variable(&mut self, name: &str, value: &str) {
        let origin = Origin::Variable(name.to_owned());
        if let Some(key) = KEYS.iter().find(|key| key.variable() == name) {
            let given = (Raw::Typed(value.to_owned()), origin);
            self.given.insert(key.path, given);
            return;
        }
        let known: Vec<_> = KEYS.iter().map(super::keys::Key::variable).collect();
        let known = known.iter().map(String::as_str).chain([FILE_VARIABLE]);
        let message = match nearest(name, known) {
            Some(meant) => format!("sets nothing; did you mean {meant}?"),
            None => "sets nothing; variables are named ADSERVED_SECTION__KEY".to_owned(),
        };
        self.problems.push(ConfigProblem {
            origin: Some(origin),
            key: None,
            message,
        });
    }

    fn take_flag(&mut self, flag: &str, path: &str, value: &str) {
        let origin = Origin::Flag(flag.to_owned());
        let problem = match find(path) {
            Some(key) if key.value == Value::Secret => format!(
                "every user can see the arguments of a program; use {}",
                key.variable()
            ),
            Some(key) => {
                self.given
                    .insert(key.path, (Raw::Typed(value.to_owned()), origin));
                return;
            }
            None => unknown(path),
        };
        self.problems
            .push(ConfigProblem::new(Some(&origin), path, problem));
    }
}

fn read_text(path: &Path) -> Result<String, String> {
    let named = |what: &dyn std::fmt::Display| format!("{}: {what}", path.display());
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| named(&error))?;
    file.take(FILE_BYTES_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| named(&error))?;
    if bytes.len() as u64 > FILE_BYTES_MAX {
        return Err(named(&"is larger than 1 MiB"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let start = error.utf8_error().valid_up_to();
        named(&format_args!("is not UTF-8 at byte {start}"))
    })
}

fn unknown(path: &str) -> String {
    let all = || {
        KEYS.iter()
            .map(|key| key.path)
            .chain(SECTIONS.iter().map(|(name, _)| *name))
    };
    // The right name in the wrong place, a slip in a place that exists, or a slip anywhere.
    let last = path.rsplit('.').next().unwrap_or_default();
    let mut elsewhere = KEYS
        .iter()
        .filter(|key| key.parts().1 == last)
        .map(|key| key.path);
    let inside = || {
        let (section, name) = path.rsplit_once('.')?;
        let siblings = KEYS.iter().filter(|key| key.parts().0 == section);
        let meant = nearest(name, siblings.map(|key| key.parts().1))?;
        Some(format!("{section}.{meant}"))
    };
    let meant = elsewhere.next().map(str::to_owned).or_else(inside);
    let meant = meant.or_else(|| nearest(path, all()).map(str::to_owned));
    match meant {
        Some(meant) => format!("there is no such setting; did you mean {meant}?"),
        None => "there is no such setting; adserved config print shows all".to_owned(),
    }
}

fn raw(value: &DeValue<'_>) -> Raw {
    match value {
        DeValue::String(text) => Raw::Text(text.to_string()),
        DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix())
            .map_or(Raw::Other("an integer out of range"), Raw::Integer),
        DeValue::Array(items) => Raw::List(items.iter().map(Spanned::get_ref).map(raw).collect()),
        other => Raw::Other(described(other)),
    }
}

fn described(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a section",
    }
}

/// Line and column of a byte, both counted from 1, the column in characters.
fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count()
        + 1;
    (line, column)
}
