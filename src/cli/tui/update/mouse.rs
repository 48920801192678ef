//! The mouse: the wheel moves, a click chooses, a second one on the same row opens.

use super::{Click, Effect, go, step};
use crate::cli::tui::keymap::Intent;
use crate::cli::tui::state::State;
use crate::cli::tui::view::{Spot, spot};

/// Lets the mouse do something at a column and row.
pub(super) fn act(state: &mut State, click: Click, at: (u16, u16)) -> Option<Effect> {
    if state.overlay.is_some() {
        return None;
    }
    match click {
        Click::WheelUp => step(state, Intent::Up),
        Click::WheelDown => step(state, Intent::Down),
        Click::Press => return press(state, spot(state, at)?),
    }
    None
}

fn press(state: &mut State, spot: Spot) -> Option<Effect> {
    match spot {
        Spot::Screen(place) => go(state, place),
        Spot::Back => return super::act(state, Intent::Back),
        Spot::Notice(place) => {
            if place == state.notice_cursor {
                return super::act(state, Intent::Open);
            }
            state.notice_cursor = place.min(state.notices.len().saturating_sub(1));
        }
        Spot::Row(place) => {
            let is_chosen = state.sheet().is_some_and(|sheet| sheet.cursor == place);
            if is_chosen {
                return super::act(state, Intent::Open);
            }
            if let Some(sheet) = state.sheet_mut()
                && place < sheet.shown.len()
            {
                sheet.cursor = place;
            }
        }
        Spot::Title(column) => {
            if let Some(sheet) = state.sheet_mut() {
                if sheet.sort == column {
                    sheet.turn_around();
                } else {
                    sheet.sort_by(column);
                }
            }
        }
    }
    None
}
