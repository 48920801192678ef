//! Charts of cells: columns of blocks, and curves of braille dots.

use ratatui::layout::Rect;

use super::paper::Paper;
use crate::cli::tui::look::{Glyphs, Tone};

/// Draws columns over time. What is not known is a light shade; what is zero is empty.
pub(super) fn columns(paper: &mut Paper<'_>, area: Rect, values: &[Option<u64>], tone: Tone) {
    let area = area.intersection(paper.buffer.area);
    let cells = fitted(values, usize::from(area.width));
    let most = cells.iter().flatten().copied().max().unwrap_or_default();
    let (style, muted) = (paper.look.style(tone), paper.look.style(Tone::Line));
    let ramp = paper.look.ramp();
    let steps = u64::from(area.height) * 8;
    for (x, value) in (area.left()..area.right()).zip(cells) {
        let Some(value) = value else {
            let shade = paper.look.pick("░", ".");
            paper
                .buffer
                .set_stringn(x, area.bottom().saturating_sub(1), shade, 1, muted);
            continue;
        };
        // Something is never drawn as nothing.
        let high = u128::from(value) * u128::from(steps) / u128::from(most.max(1));
        let high = u64::try_from(high)
            .unwrap_or(steps)
            .max(u64::from(value > 0));
        for row in 0..area.height {
            let below = u64::from(area.height - 1 - row) * 8;
            let part = usize::try_from(high.saturating_sub(below).min(8)).unwrap_or(8);
            let glyph = ramp.get(part).copied().unwrap_or(" ");
            if part > 0 {
                paper.buffer.set_stringn(x, area.y + row, glyph, 1, style);
            }
        }
    }
}

/// As many values as there are cells: the largest of those that share one, or each several times.
fn fitted(values: &[Option<u64>], cells: usize) -> Vec<Option<u64>> {
    let count = values.len();
    let at = |cell: usize| {
        let from = cell * count / cells;
        let to = ((cell + 1) * count / cells).max(from + 1).min(count);
        let shared = values.get(from..to).unwrap_or_default();
        shared.iter().copied().flatten().max()
    };
    (0..cells).map(at).collect()
}

/// Points of a curve: x and y in thousandths of the chart.
pub(super) type Points = Vec<(u64, u64)>;

/// Draws two curves, the second over the first: what was meant, and what became.
pub(super) fn curves(paper: &mut Paper<'_>, area: Rect, meant: &Points, became: &Points) {
    let area = area.intersection(paper.buffer.area);
    if area.is_empty() {
        return;
    }
    let (wide, high) = (u64::from(area.width) * 2, u64::from(area.height) * 4);
    let mut dots = vec![(0_u8, Tone::Line); usize::from(area.width) * usize::from(area.height)];
    let mut set = |x: u64, y: u64, tone: Tone| {
        let y = (high - 1).saturating_sub(y.min(high - 1));
        let cell = usize::try_from((y / 4) * (wide / 2) + x / 2).unwrap_or(usize::MAX);
        if let Some((bits, of)) = dots.get_mut(cell) {
            *bits |= dot(x % 2, y % 4);
            *of = tone;
        }
    };
    // What was meant is dotted.
    for (x, y) in heights(meant, wide, high).into_iter().step_by(2) {
        set(x, y, Tone::Muted);
    }
    let mut before = None;
    for (x, y) in heights(became, wide, high) {
        let from = before.unwrap_or(y);
        for between in from.min(y)..=from.max(y) {
            set(x, between, Tone::Primary);
        }
        before = Some(y);
    }
    for (place, (bits, tone)) in dots.into_iter().enumerate() {
        let place = u16::try_from(place).unwrap_or(u16::MAX);
        let (x, y) = (area.x + place % area.width, area.y + place / area.width);
        if bits == 0 {
            continue;
        }
        let glyph = match (paper.look.glyphs, tone) {
            (Glyphs::Unicode, _) => char::from_u32(0x2800 + u32::from(bits)).unwrap_or(' '),
            (Glyphs::Ascii, Tone::Muted) => '.',
            (Glyphs::Ascii, _) => '*',
        };
        let style = paper.look.style(tone);
        paper.buffer.set_stringn(x, y, glyph.to_string(), 1, style);
    }
}

/// The bit of a dot of a braille cell, two wide and four high (Unicode 16 §21.1).
const fn dot(x: u64, y: u64) -> u8 {
    match (x, y) {
        (0, 0) => 0x01,
        (0, 1) => 0x02,
        (0, 2) => 0x04,
        (1, 0) => 0x08,
        (1, 1) => 0x10,
        (1, 2) => 0x20,
        (0, _) => 0x40,
        (_, _) => 0x80,
    }
}

/// The height of a curve at each column of dots between its first and last point.
fn heights(points: &Points, wide: u64, high: u64) -> Vec<(u64, u64)> {
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return Vec::new();
    };
    let column = |x: u64| x.min(1_000) * (wide - 1) / 1_000;
    let at = |dot: u64| {
        let x = dot * 1_000 / (wide - 1).max(1);
        let after = points
            .iter()
            .position(|point| point.0 >= x)
            .unwrap_or(points.len() - 1);
        let (right, left) = (points.get(after)?, points.get(after.saturating_sub(1))?);
        let span = right.0.saturating_sub(left.0).max(1);
        let gone = x.saturating_sub(left.0).min(span);
        let y = if right.1 >= left.1 {
            left.1 + (right.1 - left.1) * gone / span
        } else {
            left.1 - (left.1 - right.1) * gone / span
        };
        Some((dot, y.min(1_000) * (high - 1) / 1_000))
    };
    (column(first.0)..=column(last.0)).filter_map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::tui::look::{Look, Palette};
    use ratatui::buffer::Buffer;

    fn drawn(
        width: u16,
        height: u16,
        glyphs: Glyphs,
        draw: impl FnOnce(&mut Paper<'_>, Rect),
    ) -> Vec<String> {
        let area = Rect::new(0, 0, width, height);
        let mut buffer = Buffer::empty(area);
        let look = Look {
            palette: Palette::None,
            glyphs,
        };
        draw(
            &mut Paper {
                buffer: &mut buffer,
                look,
            },
            area,
        );
        let row = |y| {
            (0..width)
                .map(|x| buffer[(x, y)].symbol())
                .collect::<String>()
        };
        (0..height).map(row).collect()
    }

    #[test]
    fn columns_show_gaps_zeros_and_little_things() {
        let values = [None, Some(0), Some(1), Some(400), Some(800)];
        let row = drawn(5, 1, Glyphs::Unicode, |paper, area| {
            columns(paper, area, &values, Tone::Text);
        });
        assert_eq!(row, ["░ ▁▄█"]);
        let rows = drawn(5, 2, Glyphs::Ascii, |paper, area| {
            columns(paper, area, &values, Tone::Text);
        });
        assert_eq!(rows, ["    #", ". _##"]);
    }

    #[test]
    fn many_hours_keep_their_peak_and_few_are_stretched() {
        let values: Vec<_> = (0..100)
            .map(|n| Some(if n == 50 { 9 } else { 0 }))
            .collect();
        assert_eq!(fitted(&values, 10).into_iter().flatten().max(), Some(9));
        assert_eq!(
            fitted(&[Some(1), Some(2)], 4),
            [Some(1), Some(1), Some(2), Some(2)]
        );
        assert_eq!(fitted(&[], 3), [None, None, None]);
    }

    #[test]
    fn a_curve_goes_from_corner_to_corner() {
        let plan = vec![(0, 0), (1_000, 1_000)];
        let rows = drawn(4, 2, Glyphs::Ascii, |paper, area| {
            curves(paper, area, &plan, &Vec::new());
        });
        assert_eq!(rows, ["   .", "... "]);
    }
}
