//! The keys, made of the table of keys; what holds here comes first.

use ratatui::layout::Rect;

use super::paper::{Paper, cut_left, first_row, middle, row_of, with_width};
use crate::cli::tui::keymap::{BINDINGS, Binding, Scope};
use crate::cli::tui::look::Tone;
use crate::cli::tui::state::State;

/// Every scope, in the order of the help where none is nearer.
const SCOPES: [Scope; 5] = [
    Scope::Campaign,
    Scope::Choice,
    Scope::List,
    Scope::Scroll,
    Scope::Anywhere,
];
/// Cells for the keys.
const KEYS: u16 = 22;

/// Lines of the whole help.
pub fn help_lines() -> usize {
    BINDINGS.len() + 2 * SCOPES.len()
}

/// Draws the keys from line `offset` on.
pub(super) fn draw(state: &State, paper: &mut Paper<'_>, area: Rect, offset: usize) {
    let mut lines: Vec<(Option<String>, &str)> = Vec::new();
    let here = state.scopes();
    let far = SCOPES.iter().filter(|scope| !here.contains(scope));
    for scope in here.iter().chain(far) {
        let bindings: Vec<&Binding> = BINDINGS
            .iter()
            .filter(|binding| binding.scope == *scope)
            .collect();
        if bindings.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push((None, ""));
        }
        lines.push((None, scope.title()));
        for binding in bindings {
            let keys: Vec<String> = binding.keys.iter().map(ToString::to_string).collect();
            lines.push((Some(keys.join(" ")), binding.about));
        }
    }
    let wanted = u16::try_from(lines.len())
        .unwrap_or(u16::MAX)
        .saturating_add(2);
    let place = middle(area, 72, wanted.min(area.height.saturating_sub(2).max(4)));
    let inner = paper.boxed(place, "Keys");
    let offset = offset.min(lines.len().saturating_sub(usize::from(inner.height)));
    let keys_wide = KEYS.min(inner.width / 2);
    for (y, (keys, text)) in lines
        .iter()
        .skip(offset)
        .take(usize::from(inner.height))
        .enumerate()
    {
        let row = row_of(inner, u16::try_from(y).unwrap_or(u16::MAX));
        match keys {
            None => {
                paper.text(row, text, Tone::Strong);
            }
            Some(keys) => {
                paper.text(
                    with_width(row, keys_wide.saturating_sub(1)),
                    keys,
                    Tone::Primary,
                );
                paper.text(cut_left(row, keys_wide), text, Tone::Text);
            }
        }
    }
    if lines.len() > usize::from(inner.height) && place.height > 2 {
        let more = first_row(Rect {
            y: place.bottom() - 1,
            height: 1,
            ..place
        });
        let more = with_width(more, more.width.saturating_sub(3));
        paper.right(more, " j and k scroll, Esc closes ", Tone::Muted);
    }
}
