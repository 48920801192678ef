//! CSV (RFC 4180), TSV and bare ids: exact facts, cleaned of what a terminal could obey.

use super::Header;
use super::column::{Column, Row, Value};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::client::clean;

/// What a spreadsheet takes for the start of a formula, also in its wide forms.
const FORMULA_STARTS: &[char] = &['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Comma separated. A text that a spreadsheet would run begins with an apostrophe.
pub(super) fn csv<T: Row>(
    rows: &[T],
    columns: &[&'static Column<T>],
    header: Header,
) -> Result<String, Failure> {
    let failed = |error: csv::Error| {
        Failure::new(Exit::Bug, "csv", "the answer cannot be written as CSV").because(&error)
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    if header == Header::Shown {
        writer
            .write_record(columns.iter().map(|column| column.name))
            .map_err(failed)?;
    }
    for row in rows {
        let cells = columns.iter().map(|column| safe_cell(&(column.value)(row)));
        writer.write_record(cells).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| {
        Failure::new(Exit::Bug, "csv", "the answer cannot be written as CSV").because(&error)
    })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn safe_cell(value: &Value<'_>) -> String {
    let exact = value.exact();
    let text = clean(&exact);
    let is_formula = !value.is_number() && exact.starts_with(FORMULA_STARTS);
    if is_formula {
        format!("'{text}")
    } else {
        text.into_owned()
    }
}

/// Tab separated; cleaning leaves no tab or line end inside a cell.
pub(super) fn tsv<T: Row>(rows: &[T], columns: &[&'static Column<T>], header: Header) -> String {
    let mut text = String::new();
    if header == Header::Shown {
        let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
        text.push_str(&names.join("\t"));
        text.push('\n');
    }
    for row in rows {
        let cells = columns
            .iter()
            .map(|column| clean(&(column.value)(row).exact()).into_owned());
        text.push_str(&cells.collect::<Vec<_>>().join("\t"));
        text.push('\n');
    }
    text
}

/// Ids, one a line.
pub(super) fn names<T: Row>(rows: &[T]) -> String {
    let ids: Vec<_> = rows.iter().map(|row| clean(row.id())).collect();
    ids.iter()
        .flat_map(|id| {
            [
                id, "
",
            ]
        })
        .collect()
}
