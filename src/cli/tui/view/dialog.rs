//! What is asked before a line is run, and the lines that were run.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr as _;

use super::paper::{Paper, cut_left, first_row, middle, row_of};
use crate::cli::tui::jobs::line_of;
use crate::cli::tui::look::Tone;
use crate::cli::tui::state::{Confirm, State, Weight};
use crate::client::human;

/// Draws a line before it is run.
pub(super) fn confirm(shown: &Confirm, paper: &mut Paper<'_>, area: Rect) {
    let line = line_of(&shown.job.words);
    let width = area.width.saturating_sub(4).min(90);
    let inner_width = usize::from(width.saturating_sub(4)).max(1);
    let lines = folded(&line, inner_width);
    let names = shown.names.len().min(usize::from(area.height / 2));
    let height = u16::try_from(names + lines.len() + 6).unwrap_or(u16::MAX);
    let action = &shown.job.action;
    let inner = paper.boxed(middle(area, width, height), &format!("{action}?"));
    let mut y = 0;
    let mut row = || {
        y += 1;
        row_of(inner, y - 1)
    };
    for name in shown.names.iter().take(names) {
        paper.text(row(), name, Tone::Strong);
    }
    row();
    paper.text(row(), "This line is run:", Tone::Muted);
    for line in &lines {
        paper.text(row(), line, Tone::Primary);
    }
    row();
    let (yes, tone) = match shown.weight {
        Weight::Mild => ("Enter or y", Tone::Primary),
        Weight::Severe => ("y", Tone::Bad),
    };
    let pieces = [
        (yes, tone),
        (" runs it   ", Tone::Muted),
        ("Esc", Tone::Primary),
        (" does not", Tone::Muted),
    ];
    paper.pieces(row(), &pieces);
}

/// A text in pieces no wider than so many cells.
fn folded(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        for piece in cut(word, width) {
            let last = lines.last_mut().expect("there is always a line");
            let gap = usize::from(!last.is_empty());
            if last.width() + gap + piece.width() > width && !last.is_empty() {
                lines.push(piece);
            } else {
                if gap > 0 {
                    last.push(' ');
                }
                last.push_str(&piece);
            }
        }
    }
    lines
}

/// A word in pieces no wider than so many cells.
fn cut(word: &str, width: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for c in word.chars() {
        let last = pieces.last_mut().expect("there is always a piece");
        if last.width() >= width.max(2) - 1 {
            pieces.push(c.to_string());
        } else {
            last.push(c);
        }
    }
    pieces
}

/// Draws the lines that were run, the last at the end.
pub(super) fn log(state: &State, paper: &mut Paper<'_>, area: Rect, back: usize) {
    let place = middle(
        area,
        area.width.saturating_sub(4).min(110),
        area.height.saturating_sub(4).max(4),
    );
    let inner = paper.boxed(place, "Lines that were run");
    let entries = &state.log.entries;
    if entries.is_empty() {
        paper.text(
            first_row(inner),
            "None yet. Everything that you change here is such a line.",
            Tone::Muted,
        );
        return;
    }
    let view = state.data.view(state.now);
    let rows = usize::from(inner.height / 2).max(1);
    let end = entries.len().saturating_sub(back).max(1);
    let start = end.saturating_sub(rows);
    for (place, entry) in entries.iter().skip(start).take(end - start).enumerate() {
        let y = u16::try_from(place * 2).unwrap_or(u16::MAX);
        paper.pieces(
            row_of(inner, y),
            &[("$ ", Tone::Muted), (&entry.line, Tone::Primary)],
        );
        let ago = human::distance(&entry.at.to_string(), &view);
        let (text, tone) = match &entry.ran {
            None => ("runs".to_owned(), Tone::Primary),
            Some(ran) if ran.code == 0 => (ran.message.clone(), Tone::Good),
            Some(ran) => (format!("exit {}: {}", ran.code, ran.message), Tone::Bad),
        };
        let below = cut_left(row_of(inner, y.saturating_add(1)), 2);
        paper.pieces(
            below,
            &[(&ago, Tone::Muted), ("  ", Tone::Text), (&text, tone)],
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_folded_without_losing_a_word() {
        let line = "adctl campaigns update cmp_1 --rename 'a very long name of a campaign'";
        for width in 2..40 {
            let lines = folded(line, width);
            assert!(
                lines.iter().all(|line| line.width() <= width),
                "{width} {lines:?}"
            );
            let all: String = lines.concat().replace(' ', "");
            assert_eq!(all, line.replace(' ', ""));
        }
    }
}
