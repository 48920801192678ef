//! What screens draw with: texts that are cut and never wrap, rules, bars and boxes.
//!
//! Nothing here can leave its area: every call is cut to the buffer that is drawn on.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr as _;

use crate::cli::tui::badge::Badge;
use crate::cli::tui::figure::whole_percent;
use crate::cli::tui::look::{Glyphs, Look, Tone};

/// A buffer, and how things look on it.
#[derive(Debug)]
pub(super) struct Paper<'a> {
    /// What is drawn on.
    pub(super) buffer: &'a mut Buffer,
    /// How things look.
    pub(super) look: Look,
}

/// Pieces of one line with their meanings.
pub(super) type Pieces<'a> = [(&'a str, Tone)];

impl Paper<'_> {
    /// Draws a text from the left of a row, cut with an ellipsis; says how wide it became.
    pub(super) fn text(&mut self, row: Rect, text: &str, tone: Tone) -> u16 {
        self.styled(row, text, self.look.style(tone))
    }

    fn styled(&mut self, row: Rect, text: &str, style: Style) -> u16 {
        let row = row.intersection(self.buffer.area);
        if row.is_empty() {
            return 0;
        }
        let room = usize::from(row.width);
        if text.width() <= room {
            let (end, _y) = self.buffer.set_stringn(row.x, row.y, text, room, style);
            return end.saturating_sub(row.x);
        }
        let (end, _y) = self.buffer.set_stringn(row.x, row.y, text, room - 1, style);
        let dots = self.look.pick("…", "~");
        self.buffer.set_stringn(end, row.y, dots, 1, style);
        (end + 1).saturating_sub(row.x)
    }

    /// Draws a text that ends where the row ends. A figure that is too long is not cut, since a
    /// part of a number is a wrong number: a mark stands in its place.
    pub(super) fn right(&mut self, row: Rect, text: &str, tone: Tone) {
        let row = row.intersection(self.buffer.area);
        let width = u16::try_from(text.width()).unwrap_or(u16::MAX);
        if width > row.width {
            self.text(row, self.look.pick("…", "~"), tone);
            return;
        }
        self.text(cut_left(row, row.width - width), text, tone);
    }

    /// Draws pieces one after another; says how wide they became.
    pub(super) fn pieces(&mut self, row: Rect, pieces: &Pieces<'_>) -> u16 {
        let mut used = 0;
        for (text, tone) in pieces {
            used += self.text(cut_left(row, used), text, *tone);
        }
        used
    }

    /// The glyph of a badge.
    pub(super) const fn glyph(&self, badge: Badge) -> &'static str {
        self.look.pick(badge.glyph, badge.ascii)
    }

    /// Draws a glyph with its word.
    pub(super) fn badge(&mut self, row: Rect, badge: Badge) -> u16 {
        let glyph = self.glyph(badge);
        self.pieces(
            row,
            &[
                (glyph, badge.tone),
                (" ", Tone::Text),
                (badge.word, badge.tone),
            ],
        )
    }

    /// Draws a heading on a rule, with a text at its end where there is room.
    pub(super) fn heading(&mut self, row: Rect, title: &str, end: &str) {
        self.rule(row);
        let used = self.pieces(
            cut_left(row, 1),
            &[(" ", Tone::Text), (title, Tone::Strong), (" ", Tone::Text)],
        );
        let width = u16::try_from(end.width())
            .unwrap_or(u16::MAX)
            .saturating_add(2);
        if !end.is_empty() && used.saturating_add(width).saturating_add(4) < row.width {
            let place = cut_left(row, row.width - width - 1);
            self.pieces(
                place,
                &[(" ", Tone::Text), (end, Tone::Muted), (" ", Tone::Text)],
            );
        }
    }

    /// Draws a line across a row.
    pub(super) fn rule(&mut self, row: Rect) {
        let line = self.look.pick("─", "-").repeat(usize::from(row.width));
        self.text(first_row(row), &line, Tone::Line);
    }

    /// Draws a bar filled by thousandths, with the percentage at its end.
    pub(super) fn bar(&mut self, row: Rect, permille: u64, tone: Tone) {
        let row = first_row(row);
        let label = whole_percent(permille);
        let label = if permille >= 10_000 {
            ">999%".to_owned()
        } else {
            label
        };
        let width = row.width.saturating_sub(5);
        if width >= 4 {
            self.gauge(with_width(row, width), permille, tone);
            self.right(cut_left(row, width), &label, Tone::Text);
        } else {
            self.right(row, &label, Tone::Text);
        }
    }

    /// Draws a bar filled by thousandths.
    pub(super) fn gauge(&mut self, row: Rect, permille: u64, tone: Tone) {
        let cells = u64::from(row.width);
        let filled = (permille.min(1_000) * cells).div_ceil(1_000);
        let filled = u16::try_from(filled).unwrap_or(row.width);
        let full = self.look.pick("█", "#").repeat(usize::from(filled));
        let rest = self
            .look
            .pick("░", ".")
            .repeat(usize::from(row.width.saturating_sub(filled)));
        self.pieces(row, &[(&full, tone), (&rest, Tone::Line)]);
    }

    /// Empties an area and draws a box around it; what is inside of it is left.
    pub(super) fn boxed(&mut self, area: Rect, title: &str) -> Rect {
        let area = area.intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
        if area.width < 2 || area.height < 2 {
            return area;
        }
        let [left_top, right_top, left_low, right_low, across, down] = match self.look.glyphs {
            Glyphs::Unicode => ["╭", "╮", "╰", "╯", "─", "│"],
            Glyphs::Ascii => ["+", "+", "+", "+", "-", "|"],
        };
        let line = across.repeat(usize::from(area.width - 2));
        let (first, last) = (first_row(area), row_of(area, area.height - 1));
        self.pieces(
            first,
            &[
                (left_top, Tone::Line),
                (&line, Tone::Line),
                (right_top, Tone::Line),
            ],
        );
        self.pieces(
            last,
            &[
                (left_low, Tone::Line),
                (&line, Tone::Line),
                (right_low, Tone::Line),
            ],
        );
        for y in 1..area.height - 1 {
            let row = row_of(area, y);
            self.text(with_width(row, 1), down, Tone::Line);
            self.text(cut_left(row, row.width - 1), down, Tone::Line);
        }
        let place = with_width(cut_left(first, 2), area.width.saturating_sub(4));
        let title = format!(" {title} ");
        self.text(place, &title, Tone::Strong);
        inset(area)
    }

    /// Puts the colour of what is chosen under a row.
    pub(super) fn choose(&mut self, row: Rect) {
        self.buffer.set_style(row, self.look.chosen());
    }
}

/// An area of another width.
pub(super) const fn with_width(area: Rect, width: u16) -> Rect {
    Rect { width, ..area }
}

/// An area of another height.
pub(super) const fn with_height(area: Rect, height: u16) -> Rect {
    Rect { height, ..area }
}

/// A row or area without its first cells.
pub(super) fn cut_left(area: Rect, cells: u16) -> Rect {
    let cells = cells.min(area.width);
    Rect {
        x: area.x.saturating_add(cells),
        width: area.width - cells,
        ..area
    }
}

/// An area without its first rows.
pub(super) fn cut_top(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect {
        y: area.y.saturating_add(rows),
        height: area.height - rows,
        ..area
    }
}

/// The first row of an area.
pub(super) fn first_row(area: Rect) -> Rect {
    row_of(area, 0)
}

/// A row of an area, empty where it has no such row.
pub(super) fn row_of(area: Rect, row: u16) -> Rect {
    let height = u16::from(row < area.height);
    Rect {
        y: area.y.saturating_add(row),
        height,
        ..area
    }
}

/// What lies inside a box, with a space at either side.
fn inset(area: Rect) -> Rect {
    Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height - 2,
    }
}

/// An area in the middle of another, no larger than it.
pub(super) fn middle(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 2,
        width,
        height,
    }
}

/// An area cut in two beside each other, with a gap between; `part` is the share of the first in
/// percent.
pub(super) fn halves(area: Rect, part: u16, gap: u16) -> (Rect, Rect) {
    let width = u16::try_from(u32::from(area.width) * u32::from(part) / 100).unwrap_or(area.width);
    let left = with_width(area, width.saturating_sub(gap));
    (left, cut_left(area, width))
}
