//! Tables for people, cut to the width of the terminal.

use tabled::builder::Builder;
use tabled::settings::object::{Columns, Object as _, Rows};
use tabled::settings::{Alignment, Padding, Style as TableStyle};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::column::{Column, Place, Row, Value};
use super::{Colour, Settings, Style, View};
use crate::client::clean;

/// What is left of a text at least; narrower columns tell nothing.
const TEXT_WIDTH_MIN: usize = 12;

/// Space between two columns.
const GAP: usize = 2;

/// A text of a table: what is shown of it, and what was left out.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// The lines.
    pub(super) text: String,
    /// What had no room: titles of columns, and the times of day.
    pub(super) left_out: Vec<&'static str>,
}

/// How instants stand in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Instants {
    /// With the time of day.
    Whole,
    /// The day alone.
    Days,
}

/// Rows under titles; nothing at all for no rows. Where there is no room, texts are cut; where
/// that is not enough, instants lose their time of day, then spare columns are left out, and at
/// last the last columns, since half of a number is a wrong number.
///
/// Columns that were asked for by name are all meant: none of them is spare.
pub(super) fn table<T: Row>(
    rows: &[T],
    columns: &[&'static Column<T>],
    room: Option<usize>,
    settings: &Settings,
) -> Table {
    if rows.is_empty() {
        return Table::default();
    }
    let mut columns = columns.to_vec();
    let mut left_out = Vec::new();
    let mut cells = cells_of(rows, &columns);
    let mut texts = texts_of(&cells, &columns, Instants::Whole, settings);
    let Some(room) = room else {
        return Table {
            text: draw(texts, &cells, columns.len(), settings),
            left_out,
        };
    };
    if !fits(&texts, &flexible(&cells), room) {
        let short = texts_of(&cells, &columns, Instants::Days, settings);
        if short != texts {
            left_out.push("times of day");
        }
        texts = short;
    }
    while !fits(&texts, &flexible(&cells), room) {
        let Some(place) = sparest(&columns, settings) else {
            break;
        };
        left_out.push(columns.remove(place).title);
        cells = cells_of(rows, &columns);
        texts = texts_of(&cells, &columns, Instants::Days, settings);
    }
    let shown = shrink(&mut texts, &flexible(&cells), room);
    left_out.extend(columns.iter().skip(shown).map(|column| column.title));
    Table {
        text: draw(texts, &cells, shown, settings),
        left_out,
    }
}

fn cells_of<'a, T: Row>(rows: &'a [T], columns: &[&'static Column<T>]) -> Vec<Vec<Value<'a>>> {
    let cells = |row| columns.iter().map(|column| (column.value)(row)).collect();
    rows.iter().map(cells).collect()
}

/// The titles, and under them what is shown of each cell.
fn texts_of<T: Row>(
    cells: &[Vec<Value<'_>>],
    columns: &[&'static Column<T>],
    instants: Instants,
    settings: &Settings,
) -> Vec<Vec<String>> {
    let titles = columns.iter().map(|column| column.title.to_owned());
    let mut texts = vec![titles.collect()];
    texts.extend(cells.iter().map(|row| {
        let shown = row.iter().map(|value| match instants {
            Instants::Whole => value.shown(&settings.view),
            Instants::Days => value.short(&settings.view),
        });
        shown.map(|text| clean(&text).into_owned()).collect()
    }));
    texts
}

/// The column that may be missed most easily, if any may.
fn sparest<T>(columns: &[&'static Column<T>], settings: &Settings) -> Option<usize> {
    if settings.columns.is_some() {
        return None;
    }
    let spare = columns.iter().enumerate().filter_map(|(place, column)| {
        let Place::Spare(rank) = column.place else {
            return None;
        };
        Some((rank, place))
    });
    spare.max().map(|(_rank, place)| place)
}

/// Which columns may be cut.
fn flexible(cells: &[Vec<Value<'_>>]) -> Vec<bool> {
    let places = cells.first().map_or(0, Vec::len);
    let may = |place: usize| cells.iter().filter_map(move |row| row.get(place));
    (0..places)
        .map(|place| may(place).any(Value::may_be_cut))
        .collect()
}

/// How wide each column is.
fn widths(texts: &[Vec<String>]) -> Vec<usize> {
    let widest = |place: usize| {
        let all = texts.iter().filter_map(|row| row.get(place));
        all.map(|text| text.width()).max().unwrap_or_default()
    };
    let places = texts.first().map_or(0, Vec::len);
    (0..places).map(widest).collect()
}

/// How wide a column is at least.
fn floor(flexible: &[bool], place: usize, width: usize) -> usize {
    match flexible.get(place) {
        Some(true) => width.min(TEXT_WIDTH_MIN),
        _ => width,
    }
}

/// How many columns have room when their texts are cut.
fn fitting(widths: &[usize], flexible: &[bool], room: usize) -> usize {
    let mut taken = 0;
    let fitting = widths.iter().enumerate().take_while(|&(place, &width)| {
        taken += floor(flexible, place, width) + if place == 0 { 0 } else { GAP };
        taken <= room
    });
    fitting.count()
}

/// Whether all columns have room when their texts are cut.
fn fits(texts: &[Vec<String>], flexible: &[bool], room: usize) -> bool {
    let widths = widths(texts);
    fitting(&widths, flexible, room) == widths.len()
}

/// Cuts texts so that as many columns as possible have room; how many that are.
fn shrink(texts: &mut [Vec<String>], flexible: &[bool], room: usize) -> usize {
    let mut widths = widths(texts);
    // One column stays in any case, however narrow the terminal is.
    let shown = fitting(&widths, flexible, room).max(1);
    widths.truncate(shown);
    let mut excess = (widths.iter().sum::<usize>() + GAP * (shown - 1)).saturating_sub(room);
    while excess > 0 {
        let longest = widths
            .iter()
            .enumerate()
            .filter(|&(place, &width)| width > floor(flexible, place, width));
        let Some((place, _width)) = longest.max_by_key(|&(_place, &width)| width) else {
            break;
        };
        if let Some(width) = widths.get_mut(place) {
            *width -= 1;
        }
        excess -= 1;
    }
    for row in texts {
        row.truncate(shown);
        for (text, width) in row.iter_mut().zip(&widths) {
            cut(text, *width);
        }
    }
    shown
}

/// Cuts a text to a width, with a sign that something is missing.
fn cut(text: &mut String, width: usize) {
    if text.width() <= width {
        return;
    }
    let room = width.saturating_sub(1);
    let mut taken = 0;
    let end = text.char_indices().find_map(|(start, letter)| {
        taken += letter.width().unwrap_or_default();
        (taken > room).then_some(start)
    });
    text.truncate(end.unwrap_or(text.len()));
    text.push('…');
}

/// The lines of a table.
fn draw(
    texts: Vec<Vec<String>>,
    cells: &[Vec<Value<'_>>],
    shown: usize,
    settings: &Settings,
) -> String {
    let mut builder = Builder::default();
    for row in texts {
        builder.push_record(row);
    }
    let mut table = builder.build();
    table
        .with(TableStyle::empty())
        .with(Padding::new(0, GAP, 0, 0));
    for place in 0..shown {
        if cells
            .iter()
            .any(|row| row.get(place).is_some_and(Value::is_number))
        {
            table.modify(Columns::one(place), Alignment::right());
        }
    }
    if settings.style == Style::Coloured {
        table.modify(Rows::first(), painted(Colour::Bold));
        for (line, row) in cells.iter().enumerate() {
            for (place, value) in row.iter().enumerate().take(shown) {
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
