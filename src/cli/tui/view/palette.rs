//! The command that is being typed, and what it may mean.

use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr as _;

use super::paper::{Paper, cut_left, cut_top, first_row, row_of, with_width};
use crate::cli::tui::look::Tone;
use crate::cli::tui::state::Palette;

/// How wide the palette is where there is room.
const WIDTH: u16 = 70;
/// How many choices are shown where there is room.
const CHOICES: u16 = 12;

/// Draws the palette; says where the cursor belongs.
pub(super) fn draw(palette: &Palette, paper: &mut Paper<'_>, area: Rect) -> Position {
    let width = WIDTH.min(area.width);
    let height = (CHOICES + 3).min(area.height);
    let top = if area.height > height + 4 { 2 } else { 0 };
    let place = Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + top,
        width,
        height,
    };
    let inner = paper.boxed(place, "Command");
    let row = first_row(inner);
    let used = paper.pieces(
        row,
        &[(": ", Tone::Primary), (&palette.field.text(), Tone::Strong)],
    );
    let list = cut_top(inner, 1);
    let rows = usize::from(list.height).max(1);
    let offset = (palette.cursor + 1).saturating_sub(rows);
    if palette.choices.is_empty() {
        paper.text(first_row(list), "nothing is called like that", Tone::Muted);
    }
    for (place, choice) in palette.choices.iter().enumerate().skip(offset).take(rows) {
        let row = row_of(list, u16::try_from(place - offset).unwrap_or(u16::MAX));
        let about = u16::try_from(choice.about.width())
            .unwrap_or(u16::MAX)
            .min(row.width / 2);
        let text = with_width(cut_left(row, 2), row.width.saturating_sub(about + 3));
        paper.text(text, &choice.text, Tone::Text);
        paper.right(
            cut_left(row, row.width.saturating_sub(about)),
            &choice.about,
            Tone::Muted,
        );
        if place == palette.cursor {
            paper.text(row, paper.look.pick("▸", ">"), Tone::Primary);
            paper.choose(row);
        }
    }
    let before = u16::try_from(palette.field.before_cursor().width()).unwrap_or(u16::MAX);
    let x = row.x.saturating_add(2).saturating_add(before);
    Position::new(
        x.min(row.x + used.max(2).min(row.width.saturating_sub(1))),
        row.y,
    )
}
