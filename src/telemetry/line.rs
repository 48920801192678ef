//! One log event as one line: JSON for machines, text for a person at a terminal.

use std::fmt::{self, Write};

use serde_json::{Map, Value};
use tracing::field::{Field, Visit};
use tracing::{Level, Metadata};

use super::logs::LogFormat;
use crate::model::Timestamp;

/// A value longer than this is cut: a client decides how long its headers are.
const VALUE_BYTES_MAX: usize = 1_024;
/// More fields than this are left out.
const FIELDS_MAX: usize = 32;

/// The fields of an event or of a span, by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    fn put(&mut self, field: &Field, value: impl Into<Value>) {
        if self.0.len() < FIELDS_MAX {
            self.0.insert(field.name().to_owned(), value.into());
        }
    }

    /// Adds what `other` has and this has not.
    pub(super) fn inherit(&mut self, other: &Self) {
        for (name, value) in &other.0 {
            if self.0.len() < FIELDS_MAX && !self.0.contains_key(name) {
                self.0.insert(name.clone(), value.clone());
            }
        }
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let mut text = Capped(String::new());
        // Fails only when the cap is reached, which is what it is for.
        write!(text, "{value:?}").ok();
        self.put(field, text.0);
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        let mut text = Capped(String::new());
        text.write_str(value).ok();
        self.put(field, text.0);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field, value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field, value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, value);
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.put(field, value);
    }

    fn record_error(&mut self, field: &Field, value: &(dyn std::error::Error + 'static)) {
        let mut text = Capped(String::new());
        let mut next = Some(value);
        let mut separator = "";
        while let Some(error) = next {
            if write!(text, "{separator}{error}").is_err() {
                break;
            }
            separator = ": ";
            next = error.source();
        }
        self.put(field, text.0);
    }
}

/// Takes text up to the cap and no further, without making the rest first.
struct Capped(String);

impl Write for Capped {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = VALUE_BYTES_MAX - self.0.len();
        if text.len() <= room {
            self.0.push_str(text);
            return Ok(());
        }
        let (fits, _rest) = text.split_at(text.floor_char_boundary(room));
        self.0.push_str(fits);
        self.0.push('…');
        Err(fmt::Error)
    }
}

/// Writes the line, with its end.
pub(super) fn write_line(
    format: LogFormat,
    at: Timestamp,
    metadata: &Metadata<'_>,
    fields: Fields,
) -> String {
    match format {
        LogFormat::Json => json(at, metadata, fields),
        LogFormat::Text => text(at, metadata, &fields),
    }
}

/// Time and level first: whoever reads the raw lines looks there.
fn json(at: Timestamp, metadata: &Metadata<'_>, mut fields: Fields) -> String {
    let message = fields.0.remove("message").unwrap_or_default();
    let level = word(*metadata.level());
    let target = Value::from(metadata.target());
    let mut line =
        format!("{{\"ts\":\"{at}\",\"level\":\"{level}\",\"msg\":{message},\"target\":{target}");
    let reserved = ["ts", "level", "msg", "target"];
    for (name, value) in fields.0 {
        if !reserved.contains(&name.as_str()) {
            let name = Value::from(name);
            write!(line, ",{name}:{value}").expect("writing to a string does not fail");
        }
    }
    line.push_str("}\n");
    line
}

fn text(at: Timestamp, metadata: &Metadata<'_>, fields: &Fields) -> String {
    let level = word(*metadata.level());
    let mut line = format!("{at} {level:5}");
    if let Some(message) = fields.0.get("message") {
        line.push(' ');
        push_visible(&mut line, message.as_str().unwrap_or_default());
    }
    for (name, value) in fields.0.iter().filter(|(name, _)| *name != "message") {
        line.push(' ');
        line.push_str(name);
        line.push('=');
        match value.as_str() {
            Some(value) => push_visible(&mut line, value),
            None => line.push_str(&value.to_string()),
        }
    }
    line.push('\n');
    line
}

/// Text from outside must not move the cursor, hide, or pass for another line.
fn push_visible(line: &mut String, text: &str) {
    for c in text.chars() {
        let hidden = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
        if c.is_control() || hidden {
            line.extend(c.escape_unicode());
        } else {
            line.push(c);
        }
    }
}

const fn word(level: Level) -> &'static str {
    match level {
        Level::ERROR => "error",
        Level::WARN => "warn",
        Level::INFO => "info",
        Level::DEBUG => "debug",
        Level::TRACE => "trace",
    }
}
