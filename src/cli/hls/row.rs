//! One finding as a row.

use serde::Serialize;

use crate::cli::output::{Column, Row, Value};
use crate::format::hls::history::Finding;

/// One finding.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FindingRow {
    /// Number of the rule.
    number: u8,
    /// Name of the rule.
    rule: &'static str,
    /// `origin`, or the session, counted from 1.
    source: String,
    /// `variant-1`, `audio-1`.
    rendition: String,
    /// Which look at this rendition, counted from 1.
    reload: u32,
    /// The line, where one is at fault.
    line: Option<u32>,
    /// When that was seen.
    at: String,
    /// What was seen.
    seen: String,
    /// Why it matters.
    why: &'static str,
}

impl From<&Finding> for FindingRow {
    fn from(finding: &Finding) -> Self {
        Self {
            number: finding.invariant.number(),
            rule: finding.invariant.name(),
            source: finding.session.as_deref().unwrap_or("origin").to_owned(),
            rendition: finding.rendition.clone(),
            reload: finding.reload,
            line: (finding.line > 0).then_some(finding.line),
            at: finding.at.to_string(),
            seen: finding.seen.clone(),
            why: finding.invariant.why(),
        }
    }
}

impl Row for FindingRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::wide("number", "NO", |row| Value::Count(row.number.into())),
        Column::shown("rule", "RULE", |row| Value::text(row.rule)),
        Column::shown("source", "SOURCE", |row| Value::text(&row.source)),
        Column::shown("rendition", "RENDITION", |row| Value::text(&row.rendition)),
        Column::shown("reload", "RELOAD", |row| Value::Count(row.reload.into())),
        Column::shown("line", "LINE", |row| {
            row.line
                .map_or(Value::Nothing, |line| Value::Count(line.into()))
        }),
        Column::wide("at", "AT", |row| Value::Instant(&row.at)),
        Column::shown("seen", "SEEN", |row| Value::text(&row.seen)),
        Column::wide("why", "WHY", |row| Value::text(row.why)),
    ];

    fn id(&self) -> &str {
        self.rule
    }
}
