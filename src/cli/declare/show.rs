//! What becomes of things, for people: a line each, and below it what changes.

use serde_json::{Map, Value};

use super::engine::Brought;
use super::text;
use crate::api::DeclaredChange;
use crate::cli::failure::Failure;
use crate::cli::output::{Colour, Style};
use crate::cli::session::Session;
use crate::client::clean;

/// Longest value that is shown.
const VALUE_CHARS_MAX: usize = 200;

/// Whether it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    /// It was.
    Done,
    /// It would be.
    Would,
}

/// Prints what became of every tenant: a document, or lines for people and pipes.
pub(super) fn show(
    session: &mut Session,
    brought: &[Brought],
    tense: Tense,
) -> Result<(), Failure> {
    if session.out.settings().format.is_document() {
        let tenants = serde_json::json!({ "tenants": brought });
        session.out.document(&tenants)?;
    } else {
        let style = session.out.settings().style;
        for one in brought {
            let text = lines(one, style);
            session.out.raw(text.as_bytes())?;
        }
    }
    for one in brought {
        let said = summary(one, tense);
        session.out.note(&said);
    }
    Ok(())
}

/// How many of what, for one tenant.
fn summary(brought: &Brought, tense: Tense) -> String {
    let count = |action: &str| {
        let all = brought.report.changes.iter();
        all.filter(|change| change.action == action).count()
    };
    let (created, updated, replaced) = (count("create"), count("update"), count("replace"));
    let tenant = &brought.tenant;
    let as_is = count("none");
    let revision = match brought.report.revision {
        0 => String::new(),
        _ if tense == Tense::Would => format!(" (revision {})", brought.report.base_revision),
        revision => format!(" (revision {revision})"),
    };
    if created + updated + replaced == 0 {
        return format!("{tenant}: nothing to do, {as_is} are as the files say{revision}");
    }
    let mut parts = Vec::new();
    let words = match tense {
        Tense::Done => ["created", "changed", "replaced"],
        Tense::Would => ["to create", "to change", "to replace"],
    };
    for (count, word) in [created, updated, replaced].into_iter().zip(words) {
        if count > 0 {
            parts.push(format!("{count} {word}"));
        }
    }
    parts.push(format!("{as_is} as they are"));
    format!("{tenant}: {}{revision}", parts.join(", "))
}

fn lines(brought: &Brought, style: Style) -> String {
    let mut text = String::new();
    for change in brought.changed() {
        let (sign, colour) = match change.action.as_str() {
            "create" => ("+", Colour::Green),
            "replace" => ("±", Colour::Yellow),
            _ => ("~", Colour::Yellow),
        };
        let name = match &change.campaign {
            Some(campaign) => format!("{campaign}/{}", change.name),
            None => change.name.clone(),
        };
        let head = format!("{sign} {} {}", change.kind, clean(&name));
        text.push_str(&style.paint(colour, &head));
        text.push('\n');
        if change.before.is_none() {
            continue;
        }
        for (field, before, after) in differences(change) {
            let line = format!("    {field}: {} → {}\n", shown(&before), shown(&after));
            text.push_str(&line);
        }
    }
    text
}

/// The fields that differ, as files name them, before and after.
fn differences(change: &DeclaredChange) -> Vec<(String, Value, Value)> {
    let before = change
        .before
        .clone()
        .and_then(|value| as_file(&change.kind, value));
    let after = change
        .after
        .clone()
        .and_then(|value| as_file(&change.kind, value));
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let value = |of: &Map<String, Value>, name: &str| of.get(name).cloned().unwrap_or_default();
    let pairs = names.into_iter().map(|name| {
        let (was, is) = (value(&before, name), value(&after, name));
        (name.clone(), was, is)
    });
    pairs.filter(|(_name, was, is)| was != is).collect()
}

/// A thing as a file would list it.
fn as_file(kind: &str, value: Value) -> Option<Map<String, Value>> {
    let listed = match kind {
        "tenant" => serde_json::to_value(text::tenant(read(value)?)),
        "advertiser" => serde_json::to_value(text::advertiser(read(value)?)),
        "category" => serde_json::to_value(text::category(read(value)?)),
        "pod" => serde_json::to_value(text::pod(read(value)?)),
        "channel" => serde_json::to_value(text::channel(read(value)?)),
        "order" => serde_json::to_value(text::order(read(value)?)),
        "campaign" => serde_json::to_value(text::campaign(read(value)?)),
        "creative" => serde_json::to_value(text::creative(read(value)?)),
        _ => Ok(value),
    };
    match listed {
        Ok(Value::Object(fields)) => Some(fields),
        _ => None,
    }
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> Option<T> {
    serde_json::from_value(value).ok()
}

/// A value on one line; what is not there as `none`.
fn shown(value: &Value) -> String {
    let text = match value {
        Value::Null => "none".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(values) if values.iter().all(Value::is_string) => {
            let texts: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
            texts.join(", ")
        }
        other => other.to_string(),
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = text.chars().take(VALUE_CHARS_MAX).collect();
    let cut = if short.len() < text.len() { "…" } else { "" };
    format!("{}{cut}", clean(&short))
}
