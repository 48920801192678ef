//! The list of changes: who did what, and what took it back.

use super::{found_by, growing, instant_key, left, right};
use crate::api::Operation;
use crate::cli::tui::data::Data;
use crate::cli::tui::look::Tone;
use crate::cli::tui::sheet::{Cell, Direction, Kind, Line, SortKey};
use crate::client::human;
use crate::model::Timestamp;

/// What the list of changes is.
pub static AUDIT: Kind = Kind {
    plural: "changes",
    headings: &[
        right("WHEN", 8, 1),
        left("CHANGE", 9, 5),
        growing("WHO", 10, 3),
        left("ACTION", 7, 2),
        left("KIND", 10, 4),
        growing("NAME", 14, 0),
        growing("FIELDS", 12, 6),
        left("UNDONE", 9, 7),
    ],
    statuses: &["create", "update", "delete", "undo"],
    nothing: (
        "Nothing was ever changed here.",
        "adctl seed fixtures/demo.yaml",
    ),
    sorted: (0, Direction::Down),
};

/// The rows of the list of changes.
pub fn audit(data: &Data, now: Timestamp) -> Option<Vec<Line>> {
    let view = data.view(now);
    let operations = data.audit.as_ref()?.iter();
    Some(operations.map(|operation| line(operation, &view)).collect())
}

fn line(operation: &Operation, view: &human::View) -> Line {
    let tone = match operation.action.as_str() {
        "delete" => Tone::Bad,
        "undo" => Tone::Warn,
        "create" => Tone::Good,
        _ => Tone::Primary,
    };
    let fields = changed(operation).join(", ");
    let undone = operation.undone_by.as_deref().unwrap_or("");
    Line {
        id: operation.id.clone(),
        name: operation.subject_name.clone(),
        status: operation.action.clone(),
        cells: vec![
            (
                Cell::muted(human::distance(&operation.at, view)),
                instant_key(&operation.at),
            ),
            (Cell::text(&operation.id), SortKey::text(&operation.id)),
            (
                Cell::text(&operation.actor),
                SortKey::text(&operation.actor),
            ),
            (
                Cell::Text(operation.action.clone(), tone),
                SortKey::text(&operation.action),
            ),
            (Cell::text(&operation.kind), SortKey::text(&operation.kind)),
            (
                Cell::text(&operation.subject_name),
                SortKey::text(&operation.subject_name),
            ),
            (Cell::muted(&fields), SortKey::text(&fields)),
            (Cell::muted(undone), SortKey::text(undone)),
        ],
        found_by: found_by(&[
            &operation.subject_name,
            &operation.subject_id,
            &operation.id,
            &operation.actor,
            &operation.kind,
        ]),
    }
}

/// Names of the fields that an update changed.
fn changed(operation: &Operation) -> Vec<&str> {
    let (Some(before), Some(after)) = (&operation.before, &operation.after) else {
        return Vec::new();
    };
    let (Some(before), Some(after)) = (before.as_object(), after.as_object()) else {
        return Vec::new();
    };
    let is_news = |name: &str| !matches!(name, "revision" | "updated_at");
    let changed = after
        .iter()
        .filter(|(name, value)| before.get(*name) != Some(value));
    changed
        .map(|(name, _value)| name.as_str())
        .filter(|name| is_news(name))
        .collect()
}
