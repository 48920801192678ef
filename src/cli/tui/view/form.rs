//! A form: its fields, what may be typed, and what is wrong with it.

use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr as _;

use super::paper::{Paper, cut_left, middle, row_of, with_width};
use crate::cli::tui::form::{Entry, Form, Progress};
use crate::cli::tui::jobs::line_of;
use crate::cli::tui::look::Tone;

/// Cells for the names of fields.
const LABEL: u16 = 16;
/// Paths that are offered at once.
const PATHS: usize = 6;

/// Draws a form; says where the cursor belongs.
pub(super) fn draw(form: &Form, paper: &mut Paper<'_>, area: Rect) -> Position {
    let fields = u16::try_from(form.entries.len()).unwrap_or(u16::MAX);
    let paths = u16::try_from(form.paths.len().min(PATHS)).unwrap_or_default();
    let height = fields.saturating_add(paths).saturating_add(6);
    let width = area.width.saturating_sub(2).min(100);
    let inner = paper.boxed(middle(area, width, height), &form.title);
    let rows = inner.height.saturating_sub(4).saturating_sub(paths).max(1);
    let cursor = u16::try_from(form.cursor).unwrap_or(u16::MAX);
    let offset = (cursor + 1).saturating_sub(rows);
    let mut at = Position::new(inner.x, inner.y);
    let shown = form.entries.iter().enumerate();
    for (place, entry) in shown.skip(usize::from(offset)).take(usize::from(rows)) {
        let y = u16::try_from(place)
            .unwrap_or(u16::MAX)
            .saturating_sub(offset);
        let row = row_of(inner, y);
        if place == form.cursor {
            paper.choose(row);
            paper.text(row, paper.look.pick("▸", ">"), Tone::Primary);
            at = draw_entry(entry, Where::Here, paper, row);
        } else {
            draw_entry(entry, Where::Elsewhere, paper, row);
        }
    }
    let mut y = rows.min(fields);
    for path in form.paths.iter().take(usize::from(paths)) {
        paper.text(cut_left(row_of(inner, y), LABEL), path, Tone::Muted);
        y += 1;
    }
    foot(
        form,
        paper,
        Rect {
            y: inner.y.saturating_add(y),
            height: inner.height.saturating_sub(y),
            ..inner
        },
    );
    at
}

/// Whether a field is typed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    Here,
    Elsewhere,
}

/// Draws a field with what is wrong with it; says where its cursor belongs.
fn draw_entry(entry: &Entry, place: Where, paper: &mut Paper<'_>, row: Rect) -> Position {
    let is_here = place == Where::Here;
    let tone = if is_here { Tone::Primary } else { Tone::Muted };
    let label = with_width(cut_left(row, 2), LABEL.saturating_sub(2).min(row.width));
    paper.text(label, entry.label, tone);
    let value = cut_left(row, LABEL);
    let room = (value.width - value.width / 2).max(10).min(value.width);
    let before = entry.field.before_cursor();
    let shown = tail(&before, usize::from(room).saturating_sub(1));
    // A long text is seen where it is typed, else from its start.
    let is_scrolled = is_here && shown.len() < before.len();
    let text = if is_scrolled {
        shown.clone()
    } else {
        entry.field.text()
    };
    paper.text(with_width(value, room), &text, Tone::Strong);
    let side = cut_left(value, room.saturating_add(1));
    if let Some(problem) = &entry.problem {
        let mark = paper.look.pick("✗ ", "x ");
        paper.pieces(side, &[(mark, Tone::Bad), (problem, Tone::Bad)]);
    } else if is_here {
        paper.text(side, entry.hint, Tone::Muted);
    }
    let x = value
        .x
        .saturating_add(u16::try_from(shown.width()).unwrap_or(u16::MAX));
    Position::new(x.min(row.right().saturating_sub(1)), row.y)
}

/// The line that it makes, how far it is, and its keys.
fn foot(form: &Form, paper: &mut Paper<'_>, area: Rect) {
    let (text, tone) = match (&form.problem, form.progress, form.trying, form.is_good) {
        _ if form.is_leaving => (
            "Leave without saving? y leaves, any other key goes on".to_owned(),
            Tone::Warn,
        ),
        (Some(problem), ..) => (problem.clone(), Tone::Bad),
        (None, Progress::Submitting, Some(_), _) => ("asking the daemon".to_owned(), Tone::Primary),
        (None, _, _, true) => ("nothing is wrong so far".to_owned(), Tone::Good),
        _ => (String::new(), Tone::Muted),
    };
    paper.text(row_of(area, 1), &text, tone);
    let line = line_of(&form.line());
    paper.pieces(
        row_of(area, 2),
        &[("$ ", Tone::Muted), (&line, Tone::Primary)],
    );
    let keys = [
        ("Tab", Tone::Primary),
        (" next  ", Tone::Muted),
        ("Shift-Tab", Tone::Primary),
        (" back  ", Tone::Muted),
        ("Ctrl-s", Tone::Primary),
        (" done  ", Tone::Muted),
        ("Esc", Tone::Primary),
        (" leaves", Tone::Muted),
    ];
    paper.pieces(row_of(area, 3), &keys);
}

/// The end of a text that has room in so many cells.
fn tail(text: &str, cells: usize) -> String {
    let mut shown = text;
    while shown.width() > cells {
        let Some(first) = shown.chars().next() else {
            break;
        };
        shown = shown.get(first.len_utf8()..).unwrap_or_default();
    }
    shown.to_owned()
}
