//! Forms: fields that are flags of a line of `adctl`, tried out with `--dry-run` as they are
//! filled in, so that the daemon itself says what is wrong with each.

mod made;

pub use made::{create, edit, upload};

use crate::cli::tui::field::Field;
use crate::cli::tui::jobs::Ran;
use crate::cli::tui::key::Key;

/// A field of a form.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What it is called.
    pub label: &'static str,
    /// The flag that it fills in; the word itself for a name that stands alone.
    pub flag: &'static str,
    /// How the API names it in what is wrong.
    pub names: &'static [&'static str],
    /// What may be typed.
    pub hint: &'static str,
    /// What is typed.
    pub field: Field,
    /// What it was at first; only what differs is sent.
    pub before: String,
    /// Whether one has been there.
    pub is_visited: bool,
    /// What is wrong with it.
    pub problem: Option<String>,
}

/// How far a form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// It is filled in.
    Typing,
    /// It is tried, and shown for confirmation when nothing is wrong.
    Submitting,
}

/// A form that is filled in.
#[derive(Debug, Clone)]
pub struct Form {
    /// What it does: `Edit campaign spring-launch`.
    pub title: String,
    /// The words of the line before its flags.
    pub words: Vec<String>,
    /// Words after its flags.
    pub after: Vec<String>,
    /// Its fields.
    pub entries: Vec<Entry>,
    /// The field that is typed in.
    pub cursor: usize,
    /// How far it is.
    pub progress: Progress,
    /// The number of the line that tries it now.
    pub trying: Option<u64>,
    /// Paths that begin with what is typed.
    pub paths: Vec<String>,
    /// What is wrong with no field in particular.
    pub problem: Option<String>,
    /// What came of the last try, once it was good.
    pub is_good: bool,
    /// Whether leaving was asked for while something is typed.
    pub is_leaving: bool,
}

impl Form {
    /// Whether anything differs from what it was.
    pub fn is_changed(&self) -> bool {
        self.entries.iter().any(Entry::is_changed)
    }

    /// The words of the line that it makes.
    pub fn line(&self) -> Vec<String> {
        let mut words = self.words.clone();
        // What stands alone goes before the flags.
        for entry in self.entries.iter().filter(|entry| entry.flag.is_empty()) {
            let text = entry.field.text();
            words.extend((!text.is_empty()).then_some(text));
        }
        let flags = self
            .entries
            .iter()
            .filter(|entry| !entry.flag.is_empty() && entry.is_changed());
        for entry in flags {
            let text = entry.field.text();
            // Several caps are several flags.
            let values: Vec<&str> = if entry.flag == "--cap" {
                text.split_whitespace().collect()
            } else {
                vec![text.as_str()]
            };
            for value in values {
                words.push(entry.flag.to_owned());
                words.push(value.to_owned());
            }
        }
        words.extend(self.after.iter().cloned());
        words
    }

    /// Whether it is about a file.
    pub fn is_upload(&self) -> bool {
        self.words.iter().any(|word| word == "upload")
    }

    /// What is typed in the field.
    pub fn typed(&self) -> String {
        self.entries
            .get(self.cursor)
            .map(|entry| entry.field.text())
            .unwrap_or_default()
    }

    /// Takes a key that edits the field.
    pub fn press(&mut self, key: Key) {
        if let Some(entry) = self.entries.get_mut(self.cursor)
            && entry.field.press(key)
        {
            entry.problem = None;
            self.paths.clear();
        }
    }

    /// What changes, a line each: before and after.
    pub fn summary(&self) -> Vec<String> {
        let changed = self.entries.iter().filter(|entry| entry.is_changed());
        let line = |entry: &Entry| {
            let after = entry.field.text();
            if entry.before.is_empty() {
                format!("{}: {after}", entry.label)
            } else {
                format!("{}: {} -> {after}", entry.label, entry.before)
            }
        };
        changed.map(line).collect()
    }

    /// Completes the path as far as all of `paths` agree, and shows them.
    pub fn complete(&mut self, paths: &[String]) {
        let common = paths.split_first().map(|(first, rest)| {
            let agreed = |end: &usize| {
                let start = first.get(..*end);
                start.is_some_and(|start| rest.iter().all(|path| path.starts_with(start)))
            };
            let mut ends = first.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
            let end = ends.find(agreed).unwrap_or_default();
            first.get(..end).unwrap_or_default().to_owned()
        });
        if let (Some(common), Some(entry)) = (common, self.entries.get_mut(self.cursor))
            && common.len() >= entry.field.text().len()
        {
            entry.field = Field::holding(&common);
        }
        self.paths = if paths.len() > 1 {
            paths.to_vec()
        } else {
            Vec::new()
        };
    }

    /// Moves to another field, and remembers that one was here.
    pub fn step(&mut self, by: isize) {
        if let Some(entry) = self.entries.get_mut(self.cursor) {
            entry.is_visited = true;
        }
        let count = self.entries.len().max(1);
        let to = self.cursor.saturating_add_signed(by);
        self.cursor = if by < 0 && self.cursor == 0 {
            count - 1
        } else {
            to % count
        };
    }

    /// Takes in what came of trying it.
    pub fn tried(&mut self, number: u64, ran: Ran) {
        if self.trying != Some(number) {
            return;
        }
        self.trying = None;
        self.is_good = ran.code == 0;
        self.problem = None;
        for entry in &mut self.entries {
            entry.problem = None;
        }
        if self.is_good {
            return;
        }
        let is_submitted = self.progress == Progress::Submitting;
        self.progress = Progress::Typing;
        let mut problems = ran.problems;
        if problems.is_empty() {
            let flag = flag_in(&ran.message).unwrap_or_default();
            // What the command line says before the cause stands in the form already.
            let cause = ran.message.split_once(">': ");
            let cause = cause.map(|(_before, cause)| cause.to_owned());
            problems.push((flag, cause.unwrap_or(ran.message)));
        }
        let mut first = None;
        for (field, why) in problems {
            let is_it = |entry: &Entry| {
                entry
                    .names
                    .iter()
                    .any(|name| field.split(['.', '[']).next() == Some(*name))
                    || (!field.is_empty() && entry.flag == field)
            };
            match self.entries.iter().position(is_it) {
                Some(place) => {
                    let entry = self.entries.get_mut(place);
                    let shown = entry.filter(|entry| entry.is_visited || is_submitted);
                    if let Some(entry) = shown {
                        entry.problem = Some(why);
                        first.get_or_insert(place);
                    }
                }
                None if is_submitted => self.problem = Some(why),
                None => {}
            }
        }
        if let (true, Some(first)) = (is_submitted, first) {
            self.cursor = first;
        }
    }
}

/// The flag that a message about the command line names: `'--budget <AMOUNT>'`.
fn flag_in(message: &str) -> Option<String> {
    let start = message.find("--")?;
    let flag = message.get(start..)?;
    let end = flag.find(|c: char| !(c.is_ascii_lowercase() || c == '-'));
    Some(flag.get(..end.unwrap_or(flag.len()))?.to_owned())
}

impl Entry {
    fn is_changed(&self) -> bool {
        self.field.text() != self.before
    }
}
