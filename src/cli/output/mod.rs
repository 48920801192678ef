//! Everything `adctl` prints: answers to standard output in the format that was asked for,
//! all prose to standard error.
//!
//! Texts from outside are cleaned here, once, on their way to people; JSON and YAML stay exact
//! and escape what a terminal could obey.

mod column;
mod delimited;
mod document;
mod format;
mod table;

#[cfg(test)]
mod tests;

pub(crate) use crate::client::human::{View, bytes, clock_time, count, instant_in, money, percent};
pub(crate) use column::{Column, Place, Row, Value};
pub(crate) use format::{Colour, Format, Style};

use std::io::{self, Write};

use serde::Serialize;

use super::failure::Failure;
use crate::api;
use crate::client::clean;

/// Whether a delimited format begins with the names of its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Header {
    /// It does.
    Shown,
    /// It does not.
    Left,
}

/// Whether prose is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Talk {
    /// Ids and errors alone.
    Quiet,
    /// What matters.
    Normal,
    /// And what it did to get there.
    Verbose,
}

/// How answers are to be printed.
#[derive(Debug)]
pub(crate) struct Settings {
    /// The format.
    pub(crate) format: Format,
    /// The columns that were asked for.
    pub(crate) columns: Option<Vec<String>>,
    /// Whether CSV and TSV begin with names.
    pub(crate) header: Header,
    /// How much prose there is.
    pub(crate) talk: Talk,
    /// Width of the terminal, when the answer goes to one. Tables fit into it, wide ones do not.
    pub(crate) width: Option<usize>,
    /// How facts look.
    pub(crate) view: View,
    /// Style of standard output.
    pub(crate) style: Style,
    /// Style of standard error.
    pub(crate) error_style: Style,
}

/// The two streams and how to write to them.
pub(crate) struct Out {
    settings: Settings,
    answers: Box<dyn Write + Send>,
    prose: Box<dyn Write + Send>,
}

impl std::fmt::Debug for Out {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.settings.fmt(f)
    }
}

impl Out {
    /// Writes to these streams.
    pub(crate) fn new(
        settings: Settings,
        answers: Box<dyn Write + Send>,
        prose: Box<dyn Write + Send>,
    ) -> Self {
        Self {
            settings,
            answers,
            prose,
        }
    }

    /// The settings.
    pub(crate) const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Prints a list: an array, or a row each.
    pub(crate) fn list<T: Row>(&mut self, rows: &[T]) -> Result<(), Failure> {
        match self.settings.format {
            Format::Json => self.json(&rows),
            Format::Yaml => self.yaml(&rows),
            Format::Toml => Err(Failure::usage(
                "TOML has no document that is a list; take json or yaml",
            )),
            Format::Jsonl => rows
                .iter()
                .try_for_each(|row| self.line(&document::json(row)?)),
            _ => self.rows(rows),
        }
    }

    /// Prints rows that belong to those that were printed before: every one is whole for itself,
    /// and only the first has a header.
    pub(crate) fn append<T: Row>(&mut self, rows: &[T], header: Header) -> Result<(), Failure> {
        match self.settings.format {
            Format::Json | Format::Jsonl => rows
                .iter()
                .try_for_each(|row| self.line(&document::json(row)?)),
            Format::Yaml => rows.iter().try_for_each(|row| {
                self.write("---\n")?;
                self.yaml(row)
            }),
            format => {
                let before = (format, self.settings.header);
                // A table cannot grow: the widths of its columns are those of all rows.
                if format.is_for_people() {
                    self.settings.format = Format::Plain;
                }
                if header == Header::Left {
                    self.settings.header = header;
                }
                let printed = self.rows(rows);
                (self.settings.format, self.settings.header) = before;
                printed
            }
        }
    }

    /// Prints one thing: an object, or all its fields.
    pub(crate) fn item<T: Row>(&mut self, item: &T) -> Result<(), Failure> {
        match self.settings.format {
            Format::Table | Format::Wide if self.settings.columns.is_none() => {
                let text = table::fields(item, &self.settings.view, self.settings.style);
                self.write(&text)
            }
            _ => self.report(item, std::slice::from_ref(item)),
        }
    }

    /// Prints an object that people see as rows.
    pub(crate) fn report<T: Row>(
        &mut self,
        object: &impl Serialize,
        rows: &[T],
    ) -> Result<(), Failure> {
        match self.settings.format {
            format if format.is_document() => self.document(object),
            _ => self.rows(rows),
        }
    }

    /// Prints an object that people see as rows, of which these columns are shown unless others
    /// were asked for.
    pub(crate) fn report_columns<T: Row>(
        &mut self,
        object: &impl Serialize,
        rows: &[T],
        columns: &[&str],
    ) -> Result<(), Failure> {
        if self.settings.columns.is_some() {
            return self.report(object, rows);
        }
        let names = columns.iter().map(|&name| name.to_owned());
        self.settings.columns = Some(names.collect());
        let written = self.report(object, rows);
        self.settings.columns = None;
        written
    }

    /// Prints an object that has no rows, in one of the formats for documents.
    pub(crate) fn document(&mut self, object: &impl Serialize) -> Result<(), Failure> {
        match self.settings.format {
            Format::Yaml => self.yaml(object),
            Format::Toml => self.toml(object),
            Format::Json => self.json(object),
            _ => self.line(&document::json(object)?),
        }
    }

    /// Prints an object that people keep in a file: YAML unless another document was asked for.
    pub(crate) fn keepsake(&mut self, object: &impl Serialize) -> Result<(), Failure> {
        if self.settings.format.is_document() {
            return self.document(object);
        }
        let text = document::readable_yaml(object)?;
        self.write(&text)
    }

    /// Prints an answer that is one text: as it is for people and pipes, a string in documents.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), Failure> {
        match self.settings.format {
            Format::Json | Format::Jsonl => self.line(&document::json(&text)?),
            Format::Yaml => self.yaml(&text),
            Format::Toml => Err(Failure::usage(
                "TOML has no document that is a text; take json or yaml",
            )),
            _ => self.line(&clean(text)),
        }
    }

    /// Prints a text of our own as it stands: help, completions, man pages.
    pub(crate) fn raw(&mut self, text: &[u8]) -> Result<(), Failure> {
        Ok(self.answers.write_all(text)?)
    }

    /// Tells people a text of our own that has lines and colours already.
    pub(crate) fn prose(&mut self, text: &str) {
        self.unheard(|prose| prose.write_all(text.as_bytes()));
    }

    /// Tells people something, on standard error.
    pub(crate) fn note(&mut self, text: &str) {
        if self.settings.talk >= Talk::Normal {
            self.tell("", text);
        }
    }

    /// Tells people how it went about it, when they asked.
    pub(crate) fn detail(&mut self, text: &str) {
        if self.settings.talk >= Talk::Verbose {
            self.tell("", text);
        }
    }

    /// Warns people, also when they asked for quiet.
    pub(crate) fn warn(&mut self, text: &str) {
        let label = self.settings.error_style.paint(Colour::Yellow, "warning:");
        self.tell(&format!("{label} "), text);
    }

    /// Asks people something; the answer is read elsewhere.
    pub(crate) fn ask(&mut self, question: &str) {
        let text = format!("{} ", clean(question));
        self.unheard(|prose| prose.write_all(text.as_bytes()));
    }

    /// Says why the command failed.
    pub(crate) fn failure(&mut self, failure: &Failure) {
        if failure.message.is_empty() {
            return;
        }
        if self.settings.format.is_document() {
            if let Ok(line) = document::json(&failure_object(failure)) {
                self.unheard(|prose| writeln!(prose, "{line}"));
            }
            return;
        }
        let style = self.settings.error_style;
        let label = |colour, text: &str| format!("{} ", style.paint(colour, text));
        let problem = |problem: &api::FieldProblem| {
            format!("{}: {}", flag_of(&problem.field), problem.message)
        };
        let error = label(Colour::Red, "error:");
        if let [only] = failure.problems.as_ref() {
            self.tell_lines(&error, &problem(only));
        } else {
            self.tell(&error, &failure.message);
            for each in &failure.problems {
                self.tell_lines("  ", &problem(each));
            }
        }
        for cause in &failure.causes {
            // A message of a parser may point into the text with lines of its own.
            for (place, line) in cause.lines().enumerate() {
                let start = if place == 0 {
                    label(Colour::Bold, "cause:")
                } else {
                    "  ".to_owned()
                };
                self.tell(&start, line);
            }
        }
        if let Some(hint) = &failure.hint {
            self.tell(&label(Colour::Cyan, "hint:"), hint);
        }
        if let Some(id) = &failure.request_id {
            self.tell("", &format!("request id: {id}"));
        }
    }

    /// Writes what is held back, so that it is seen now.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.answers.flush()?)
    }

    /// Writes what is still held back.
    pub(crate) fn finish(&mut self) -> Result<(), Failure> {
        Ok(self.answers.flush()?)
    }

    fn rows<T: Row>(&mut self, rows: &[T]) -> Result<(), Failure> {
        let settings = &self.settings;
        let place = match settings.format {
            Format::Table | Format::Plain => Place::Table,
            _ => Place::Wide,
        };
        let columns = column::choose::<T>(settings.columns.as_deref(), place)?;
        let text = match settings.format {
            Format::Csv => delimited::csv(rows, &columns, settings.header)?,
            Format::Tsv => delimited::tsv(rows, &columns, settings.header),
            Format::Plain => delimited::tsv(rows, &columns, Header::Left),
            Format::Name => delimited::names(rows),
            Format::Wide => table::table(rows, &columns, None, settings).text,
            _ => return self.table(rows, &columns),
        };
        self.write(&text)
    }

    fn table<T: Row>(&mut self, rows: &[T], columns: &[&'static Column<T>]) -> Result<(), Failure> {
        let table = table::table(rows, columns, self.settings.width, &self.settings);
        self.write(&table.text)?;
        if !table.left_out.is_empty() {
            let left_out = table.left_out.join(", ");
            self.note(&format!("no room for {left_out}; -o wide shows everything"));
        }
        Ok(())
    }

    fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        let text = document::pretty_json(value)?;
        self.line(&text)
    }

    fn yaml(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        let text = document::yaml(value)?;
        self.write(&text)
    }

    fn toml(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        let text = document::toml(value)?;
        self.write(&text)
    }

    fn line(&mut self, text: &str) -> Result<(), Failure> {
        self.write(text)?;
        self.write("\n")
    }

    fn write(&mut self, text: &str) -> Result<(), Failure> {
        Ok(self.answers.write_all(text.as_bytes())?)
    }

    /// Writes one line of prose: our own start, then a text that is cleaned.
    fn tell(&mut self, start: &str, text: &str) {
        // An answer that was written before comes first, also where both streams are one.
        let flushed = self.answers.flush();
        let text = clean(text);
        self.unheard(|prose| writeln!(prose, "{start}{text}"));
        drop(flushed);
    }

    /// The same for a text that points into another with lines of its own.
    fn tell_lines(&mut self, start: &str, text: &str) {
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        self.tell(start, first);
        for line in rest.lines() {
            self.tell("  ", line);
        }
    }

    /// Prose that nobody can read is no reason to fail.
    fn unheard(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        let result = write(&mut self.prose).and_then(|()| self.prose.flush());
        drop(result);
    }
}

#[derive(Serialize)]
struct FailureObject<'a> {
    error: FailureDetail<'a>,
}

#[derive(Serialize)]
struct FailureDetail<'a> {
    code: &'a str,
    exit: u8,
    message: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    causes: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    problems: &'a [api::FieldProblem],
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
}

fn failure_object(failure: &Failure) -> FailureObject<'_> {
    FailureObject {
        error: FailureDetail {
            code: &failure.code,
            exit: failure.exit.code(),
            message: &failure.message,
            causes: &failure.causes,
            hint: failure.hint.as_deref(),
            problems: &failure.problems,
            request_id: failure.request_id.as_deref(),
        },
    }
}

/// A field of the API beside the flag that sets it, where they differ.
fn flag_of(field: &str) -> String {
    // What is wrong inside of a field is set by the flag of the whole.
    let whole = field.split(['.', '[']).next().unwrap_or_default();
    let flag = match whole {
        "total_budget_micros" => "--budget",
        "daily_budget_micros" => "--daily-budget",
        "impression_goal" => "--goal",
        "price_micros" | "price_model" => "--rate",
        "slot_ms" | "slots_ms" => "--slot",
        "duration_ms" => "--duration",
        "separation_ms" => "--separation",
        "min_ad_ms" => "--min-ad",
        "max_ad_ms" => "--max-ad",
        "advertiser_gap_ms" => "--advertiser-gap",
        "caps" => "--cap",
        "categories" => "--category",
        "pacing" => "--pacing",
        "share_of_voice" => "--share-of-voice",
        "min_ads" => "--min-ads",
        "max_ads" => "--max-ads",
        "per_advertiser" => "--per-advertiser",
        _ => return field.to_owned(),
    };
    format!("{field} ({flag})")
}
