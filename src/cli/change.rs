//! What was done to one thing: the answer of commands that act on several.

use serde::Serialize;

use super::output::{Column, Row, Value};

/// What was done to one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Change {
    /// `created`, `exists`, `deleted`, …
    pub(crate) action: &'static str,
    /// `campaign`, …
    pub(crate) kind: &'static str,
    /// Its id; empty where a dry run gave none.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
}

impl Row for Change {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("action", "ACTION", |row| Value::Word(row.action)),
        Column::shown("kind", "KIND", |row| Value::text(row.kind)),
        Column::shown("id", "ID", |row| Value::text(&row.id)),
        Column::shown("name", "NAME", |row| Value::text(&row.name)),
    ];

    fn id(&self) -> &str {
        &self.id
    }
}
