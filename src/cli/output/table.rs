//! Tables for people, cut to the width of the terminal.

use tabled::builder::Builder;
use tabled::settings::object::{Columns, Object as _, Rows};
use tabled::settings::peaker::PriorityMax;
use tabled::settings::{Alignment, Padding, Style as TableStyle, Width};
use unicode_width::UnicodeWidthStr as _;

use super::column::{Column, Row, Value};
use super::{Colour, Settings, Style, View};
use crate::client::clean;

/// Below this width cutting would leave nothing to read; the terminal wraps instead.
const WIDTH_MIN: usize = 20;

/// Rows under titles; nothing at all for no rows.
pub(super) fn table<T: Row>(
    rows: &[T],
    columns: &[&'static Column<T>],
    settings: &Settings,
) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let cells: Vec<Vec<Value<'_>>> = rows
        .iter()
        .map(|row| columns.iter().map(|column| (column.value)(row)).collect())
        .collect();
    let mut builder = Builder::default();
    builder.push_record(columns.iter().map(|column| column.title));
    for row in &cells {
        let shown = row.iter().map(|value| value.shown(&settings.view));
        builder.push_record(shown.map(|text| clean(&text).into_owned()));
    }
    let mut table = builder.build();
    table
        .with(TableStyle::empty())
        .with(Padding::new(0, 2, 0, 0));
    for place in 0..columns.len() {
        if cells
            .iter()
            .any(|row| row.get(place).is_some_and(Value::is_number))
        {
            table.modify(Columns::one(place), Alignment::right());
        }
    }
    if let Some(width) = settings.width.filter(|&width| width >= WIDTH_MIN) {
        // Two more: the padding behind the last column falls away below.
        let cut = Width::truncate(width + 2)
            .suffix("…")
            .priority(PriorityMax::right());
        table.with(cut);
    }
    if settings.style == Style::Coloured {
        table.modify(Rows::first(), painted(Colour::Bold));
        for (line, row) in cells.iter().enumerate() {
            for (place, value) in row.iter().enumerate() {
                if let Some(colour) = value.colour() {
                    let cell = Rows::one(line + 1).intersect(Columns::one(place));
                    table.modify(cell, painted(colour));
                }
            }
        }
    }
    let mut text = String::new();
    for line in table.to_string().lines() {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn painted(colour: Colour) -> tabled::settings::Color {
    let (before, after) = colour.around();
    tabled::settings::Color::new(before, after)
}

/// One thing, a field a line, nothing cut.
pub(super) fn fields<T: Row>(item: &T, view: &View, style: Style) -> String {
    let widest = T::COLUMNS.iter().map(|column| column.title.width()).max();
    let widest = widest.unwrap_or_default();
    let mut text = String::new();
    for column in T::COLUMNS {
        let value = (column.value)(item);
        let shown = value.shown(view);
        let shown = clean(&shown);
        let shown = match value.colour() {
            Some(colour) => style.paint(colour, &shown),
            None => shown.into_owned(),
        };
        let gap = " ".repeat(widest - column.title.width() + 2);
        let title = style.paint(Colour::Bold, column.title);
        text.push_str(format!("{title}{gap}{shown}").trim_end());
        text.push('\n');
    }
    text
}
