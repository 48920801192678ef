//! Keys for what lies over the screen.

use crossterm::event::KeyCode;

use super::{Effect, actions, forms, palette};
use crate::cli::tui::key::Key;
use crate::cli::tui::keymap::{Intent, Scope, intent};
use crate::cli::tui::state::{Overlay, State, Weight};

/// Lines of a page of the help.
const PAGE: usize = 10;

/// Takes a key while something lies over the screen.
pub(super) fn press(state: &mut State, key: Key) -> Option<Effect> {
    match state.overlay.as_mut()? {
        Overlay::Help(offset) => {
            let is_over = match key.code {
                KeyCode::Char('?') | KeyCode::Enter => true,
                _ => scroll(offset, key),
            };
            if is_over {
                state.overlay = None;
            }
            None
        }
        Overlay::Palette(_) => palette::press(state, key),
        Overlay::Confirm(_) => confirm(state, key),
        Overlay::Form(_) => forms::press(state, key),
        Overlay::Log(back) => {
            let is_over = match intent(&[Scope::Scroll, Scope::Anywhere], key) {
                Some(Intent::Back | Intent::Quit | Intent::Log) => true,
                Some(Intent::Up) => {
                    *back = (*back + 1).min(state.log.entries.len().saturating_sub(1));
                    false
                }
                Some(Intent::Down) => {
                    *back = back.saturating_sub(1);
                    false
                }
                _ => false,
            };
            if is_over {
                state.overlay = None;
            }
            None
        }
    }
}

/// Runs the line that is shown, or does not.
fn confirm(state: &mut State, key: Key) -> Option<Effect> {
    let Some(Overlay::Confirm(shown)) = &state.overlay else {
        return None;
    };
    let is_agreed = match key.code {
        KeyCode::Char('y' | 'Y') => true,
        // What removes something wants a key of its own.
        KeyCode::Enter => shown.weight == Weight::Mild,
        _ => false,
    };
    let is_over = matches!(key.code, KeyCode::Esc | KeyCode::Char('n' | 'N' | 'q'));
    let job = shown.job.clone();
    if is_agreed || is_over {
        state.overlay = None;
    }
    is_agreed.then(|| actions::run(state, job))
}

/// Moves through the help; says whether it is to be closed.
fn scroll(offset: &mut usize, key: Key) -> bool {
    match intent(&[Scope::Scroll, Scope::Anywhere], key) {
        Some(Intent::Down) => *offset += 1,
        Some(Intent::Up) => *offset = offset.saturating_sub(1),
        Some(Intent::PageDown) => *offset += PAGE,
        Some(Intent::PageUp) => *offset = offset.saturating_sub(PAGE),
        Some(Intent::First) => *offset = 0,
        Some(Intent::Back | Intent::Quit) => return true,
        _ => {}
    }
    *offset = (*offset).min(crate::cli::tui::view::help_lines().saturating_sub(1));
    false
}
