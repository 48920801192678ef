//! A list on the screen: a caption, titles, and as many columns as there is room for.

use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr as _;

use super::Spot;
use super::paper::{Paper, cut_left, cut_top, first_row, row_of, with_width};
use crate::cli::tui::look::Tone;
use crate::cli::tui::sheet::{Cell, Direction, Heading, Line, Sheet};
use crate::cli::tui::state::State;

/// Cells before the first column: where the cursor is, and what is marked.
const GUTTER: u16 = 3;
/// Cells between two columns.
const GAP: u16 = 2;
/// Rows of caption and titles.
const HEAD: u16 = 2;

/// Rows that a list has room for in an area.
pub(super) fn rows(body: Rect) -> usize {
    usize::from(body.height.saturating_sub(HEAD)).max(1)
}

/// Draws a list; says where the cursor belongs while a search is typed.
pub(super) fn draw(
    state: &State,
    sheet: &Sheet,
    paper: &mut Paper<'_>,
    body: Rect,
) -> Option<Position> {
    let cursor = caption(state, sheet, paper, first_row(body));
    let Some(lines) = &sheet.lines else {
        paper.text(
            cut_left(row_of(body, 2), GUTTER),
            "asking the daemon",
            Tone::Muted,
        );
        return cursor;
    };
    if lines.is_empty() {
        let (sentence, command) = sheet.kind.nothing;
        paper.text(cut_left(row_of(body, 2), GUTTER), sentence, Tone::Text);
        paper.text(cut_left(row_of(body, 3), GUTTER), command, Tone::Primary);
        return cursor;
    }
    let places = columns(sheet.kind.headings, body.width.saturating_sub(GUTTER));
    titles(sheet, paper, row_of(body, 1), &places);
    if sheet.shown.is_empty() {
        let text = format!(
            "none of {} {} match; Esc shows all",
            lines.len(),
            sheet.kind.plural
        );
        paper.text(cut_left(row_of(body, 2), GUTTER), &text, Tone::Muted);
        return cursor;
    }
    let table = cut_top(body, HEAD);
    for place in 0..rows(body) {
        let Some(line) = sheet.line(sheet.offset + place) else {
            break;
        };
        let row = row_of(table, u16::try_from(place).unwrap_or(u16::MAX));
        let is_chosen = sheet.offset + place == sheet.cursor;
        draw_line(sheet, line, paper, row, &places);
        if is_chosen {
            paper.text(row, paper.look.pick("▸", ">"), Tone::Primary);
            paper.choose(row);
        }
    }
    cursor
}

/// What stands at a column and row of a list.
pub(super) fn spot(sheet: &Sheet, body: Rect, x: u16, y: u16) -> Option<Spot> {
    let row = usize::from(y.checked_sub(body.y)?);
    match row {
        0 => None,
        1 => {
            let places = columns(sheet.kind.headings, body.width.saturating_sub(GUTTER));
            let x = x.checked_sub(body.x)?;
            let mut places = places.into_iter();
            let found = places.find(|(_place, from, width)| (*from..from + width).contains(&x));
            found.map(|(place, _from, _width)| Spot::Title(place))
        }
        row => {
            let place = sheet.offset + row - usize::from(HEAD);
            (place < sheet.shown.len()).then_some(Spot::Row(place))
        }
    }
}

/// What is shown of what, and why not all: on the first row.
fn caption(state: &State, sheet: &Sheet, paper: &mut Paper<'_>, row: Rect) -> Option<Position> {
    let row = cut_left(row, 1);
    let total = sheet.lines.as_ref().map_or(0, Vec::len);
    let count = if sheet.shown.len() == total {
        format!("{total} {}", sheet.kind.plural)
    } else {
        format!("{} of {total} {}", sheet.shown.len(), sheet.kind.plural)
    };
    let mut used = paper.text(row, &count, Tone::Strong);
    let mut chip = |paper: &mut Paper<'_>, text: &str, tone: Tone| {
        let dot = paper.look.pick("  ·  ", "  |  ");
        used += paper.pieces(cut_left(row, used), &[(dot, Tone::Line), (text, tone)]);
        used
    };
    if !sheet.marked.is_empty() {
        chip(
            paper,
            &format!("{} marked", sheet.marked.len()),
            Tone::Primary,
        );
    }
    if let Some(status) = sheet.status_word() {
        chip(paper, &format!("only {status}"), Tone::Primary);
    }
    let search = sheet.search.text();
    let mut cursor = None;
    if state.searching || !search.is_empty() {
        let end = chip(paper, &format!("/{search}"), Tone::Primary);
        if state.searching {
            let after = search
                .width()
                .saturating_sub(sheet.search.before_cursor().width());
            let after = u16::try_from(after).unwrap_or(u16::MAX);
            let x = row.x.saturating_add(end.saturating_sub(after));
            cursor = Some(Position::new(x.min(row.right().saturating_sub(1)), row.y));
        }
    }
    let heading = sheet
        .kind
        .headings
        .get(sheet.sort)
        .map_or("", |heading| heading.title);
    let sorted = format!("by {} {} ", heading.to_lowercase(), arrow(sheet, paper));
    let wide = u16::try_from(sorted.width()).unwrap_or(u16::MAX);
    let place = row.width.saturating_sub(wide);
    // The end of the row is only for what has room beside the rest.
    let is_free = (0..wide.saturating_add(2)).all(|x| {
        let at = (row.x + place.saturating_sub(2) + x, row.y);
        paper
            .buffer
            .cell(at)
            .is_none_or(|cell| cell.symbol() == " ")
    });
    if is_free && place > 2 {
        paper.text(cut_left(row, place), &sorted, Tone::Muted);
    }
    cursor
}

const fn arrow(sheet: &Sheet, paper: &Paper<'_>) -> &'static str {
    match sheet.direction {
        Direction::Up => paper.look.pick("▲", "^"),
        Direction::Down => paper.look.pick("▼", "v"),
    }
}

/// Which columns there is room for: their place, where they start, how wide they are.
fn columns(headings: &[Heading], room: u16) -> Vec<(usize, u16, u16)> {
    let mut by_rank: Vec<usize> = (0..headings.len()).collect();
    by_rank.sort_by_key(|place| headings.get(*place).map(|heading| heading.rank));
    let mut kept = Vec::new();
    let mut used = 0;
    for place in by_rank {
        let Some(heading) = headings.get(place) else {
            continue;
        };
        let gap = if kept.is_empty() { 0 } else { GAP };
        // What is missed least goes first: nothing of a higher rank stays when this has no room.
        if used + gap + heading.width > room && !kept.is_empty() {
            break;
        }
        used += gap + heading.width;
        kept.push(place);
    }
    kept.sort_unstable();
    let grows = |place: &usize| headings.get(*place).is_some_and(|heading| heading.grows);
    let growing = u16::try_from(kept.iter().filter(|place| grows(place)).count()).unwrap_or(1);
    let spare = room.saturating_sub(used);
    let mut x = GUTTER;
    let mut places = Vec::new();
    for place in kept {
        let width = headings.get(place).map_or(0, |heading| heading.width);
        // A name of 40 cells is long; more would only push figures out of sight.
        let more = if grows(&place) {
            (spare / growing.max(1)).min(28)
        } else {
            0
        };
        places.push((place, x, (width + more).min(room)));
        x += width + more + GAP;
    }
    places
}

fn titles(sheet: &Sheet, paper: &mut Paper<'_>, row: Rect, places: &[(usize, u16, u16)]) {
    for (place, x, width) in places {
        let Some(heading) = sheet.kind.headings.get(*place) else {
            continue;
        };
        let cell = with_width(cut_left(row, *x), *width);
        let tone = if *place == sheet.sort {
            Tone::Primary
        } else {
            Tone::Muted
        };
        if heading.right {
            paper.right(cell, heading.title, tone);
        } else {
            paper.text(cell, heading.title, tone);
        }
    }
}

fn draw_line(
    sheet: &Sheet,
    line: &Line,
    paper: &mut Paper<'_>,
    row: Rect,
    places: &[(usize, u16, u16)],
) {
    if sheet.marked.contains(&line.id) {
        paper.text(cut_left(row, 1), paper.look.pick("✓", "x"), Tone::Primary);
    }
    for (place, x, width) in places {
        let is_right = sheet
            .kind
            .headings
            .get(*place)
            .is_some_and(|heading| heading.right);
        let room = row.width.saturating_sub(*x);
        let cell = with_width(cut_left(row, *x), (*width).min(room));
        match line.cells.get(*place).map(|(cell, _key)| cell) {
            None | Some(Cell::Empty) => {}
            Some(Cell::Text(text, tone)) if is_right => paper.right(cell, text, *tone),
            Some(Cell::Text(text, tone)) => {
                paper.text(cell, text, *tone);
            }
            Some(Cell::Badge(badge)) => {
                paper.badge(cell, *badge);
            }
            Some(Cell::Sign(badge, text)) => {
                let glyph = paper.glyph(*badge);
                paper.pieces(
                    cell,
                    &[(glyph, badge.tone), (" ", Tone::Text), (text, badge.tone)],
                );
            }
            Some(Cell::Bar(permille, tone)) => paper.bar(cell, *permille, *tone),
        }
    }
}
