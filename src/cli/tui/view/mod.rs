//! The dashboard as cells: a pure function of its state. Drawing changes nothing.

mod cards;
mod chart;
mod detail;
mod dialog;
mod form;
mod frame;
mod health;
mod help;
mod home;
mod list;
mod palette;
mod paper;

pub use help::help_lines;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::state::{Overlay, Screen, State};
use paper::Paper;

/// Below so many columns or rows there is one line that says how things stand.
const TINY: (u16, u16) = (20, 5);

/// Draws the dashboard; says where the cursor belongs while something is typed.
pub fn view(state: &State, buffer: &mut Buffer) -> Option<Position> {
    let area = buffer.area;
    let paper = &mut Paper {
        buffer,
        look: state.look,
    };
    if area.width < TINY.0 || area.height < TINY.1 {
        frame::tiny(state, paper, area);
        return None;
    }
    let chrome = frame::chrome(area);
    frame::draw(state, paper, &chrome);
    let mut cursor = None;
    if state.open.is_some() {
        detail::draw(state, paper, chrome.body);
    } else if let Some(sheet) = state.sheet() {
        cursor = list::draw(state, sheet, paper, chrome.body);
    } else {
        match state.screen {
            Screen::Health => health::draw(state, paper, chrome.body),
            _ => home::draw(state, paper, chrome.body),
        }
    }
    match &state.overlay {
        None => cursor,
        Some(Overlay::Help(offset)) => {
            help::draw(state, paper, area, *offset);
            None
        }
        Some(Overlay::Confirm(shown)) => {
            dialog::confirm(shown, paper, area);
            None
        }
        Some(Overlay::Form(shown)) => Some(form::draw(shown, paper, area)),
        Some(Overlay::Log(back)) => {
            dialog::log(state, paper, area, *back);
            None
        }
        Some(Overlay::Palette(shown)) => Some(palette::draw(shown, paper, area)),
    }
}

/// What stands at a place of the screen, for the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// The name of the screen at this place, from 0.
    Screen(usize),
    /// The way back out of what is open.
    Back,
    /// A row of the list, by its place in what is shown.
    Row(usize),
    /// The title of a column.
    Title(usize),
    /// One of what needs attention.
    Notice(usize),
}

/// What stands at a column and row.
pub fn spot(state: &State, (x, y): (u16, u16)) -> Option<Spot> {
    let chrome = frame::chrome(Rect::new(0, 0, state.size.0, state.size.1));
    if let Some(place) = frame::tab_at(&chrome, x, y) {
        return Some(Spot::Screen(place));
    }
    let body = chrome.body;
    if !body.contains(Position::new(x, y)) {
        return None;
    }
    if state.open.is_some() {
        return (y == body.y).then_some(Spot::Back);
    }
    match state.sheet() {
        Some(sheet) => list::spot(sheet, body, x, y),
        None if state.screen == Screen::Home => home::spot(state, body, x, y),
        None => None,
    }
}

/// Rows of a list that the screen has room for.
pub fn list_rows(state: &State) -> usize {
    let area = Rect::new(0, 0, state.size.0, state.size.1);
    list::rows(frame::chrome(area).body)
}

/// How far the open campaign can be scrolled.
pub fn open_offset_max(state: &State) -> usize {
    let area = Rect::new(0, 0, state.size.0, state.size.1);
    let body = frame::chrome(area).body;
    let high = detail::height(body.width);
    // The title stays.
    usize::from(high.saturating_sub(body.height.saturating_sub(1)))
}
