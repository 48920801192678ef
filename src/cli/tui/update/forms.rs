//! Keys of forms: typing, going on, trying with the daemon, and leaving without losing work.

use crossterm::event::KeyCode;

use super::{Effect, actions};
use crate::cli::tui::form::{Form, Progress};
use crate::cli::tui::jobs::{Job, Purpose, Ran};
use crate::cli::tui::key::Key;
use crate::cli::tui::look::Tone;
use crate::cli::tui::state::{Overlay, State, Weight};

/// Takes a key while a form is filled in.
pub(super) fn press(state: &mut State, key: Key) -> Option<Effect> {
    let Some(Overlay::Form(form)) = &mut state.overlay else {
        return None;
    };
    if form.is_leaving {
        match key.code {
            KeyCode::Char('y' | 'Y') => state.overlay = None,
            _ => form.is_leaving = false,
        }
        return None;
    }
    let is_last = form.cursor + 1 >= form.entries.len();
    match (key.code, key.ctrl) {
        (KeyCode::Esc, _) if form.is_changed() => form.is_leaving = true,
        (KeyCode::Esc, _) => state.overlay = None,
        (KeyCode::Char('s'), true) => return submit(state),
        (KeyCode::Enter, _) if is_last => return submit(state),
        (KeyCode::Tab, _) if form.is_path() => {
            return Some(Effect::Find(form.typed()));
        }
        (KeyCode::Tab | KeyCode::Down | KeyCode::Enter, _) => return step(state, 1),
        (KeyCode::BackTab | KeyCode::Up, _) => return step(state, -1),
        _ => form.press(key),
    }
    None
}

/// Goes to another field, and has the daemon look at what is typed so far.
fn step(state: &mut State, by: isize) -> Option<Effect> {
    if let Some(Overlay::Form(form)) = &mut state.overlay {
        form.step(by);
    }
    trial(state, Progress::Typing)
}

fn submit(state: &mut State) -> Option<Effect> {
    let Some(Overlay::Form(form)) = &state.overlay else {
        return None;
    };
    if !form.is_changed() {
        state.say("nothing was changed", Tone::Muted);
        return None;
    }
    trial(state, Progress::Submitting)
}

/// The line of the form with `--dry-run`: the daemon says what is wrong, and nothing is written.
fn trial(state: &mut State, progress: Progress) -> Option<Effect> {
    let number = state.log.next();
    let tenant = actions::of_tenant(state);
    let Some(Overlay::Form(form)) = &mut state.overlay else {
        return None;
    };
    if !form.is_changed() {
        return None;
    }
    // A file is looked at when it is sent; only its line is tried at the end.
    if form.is_upload() && progress == Progress::Typing {
        return None;
    }
    form.progress = progress;
    form.trying = Some(number);
    let mut words = form.line();
    words.push("--dry-run".to_owned());
    words.extend(tenant);
    let action = form.title.clone();
    Some(Effect::Run(Job {
        number,
        action,
        words,
        purpose: Purpose::Try,
    }))
}

/// Takes in what came of a try; a form that is good and was submitted becomes a line to agree to.
pub(super) fn tried(state: &mut State, number: u64, ran: Ran) {
    let Some(Overlay::Form(form)) = &mut state.overlay else {
        return;
    };
    form.tried(number, ran);
    if form.is_good && form.progress == Progress::Submitting && form.trying.is_none() {
        let (title, words) = (form.title.clone(), form.line());
        let names = form.summary();
        actions::confirm(state, title.to_lowercase(), names, words, Weight::Mild);
    }
}

/// Completes a path as a shell does: as far as all that begin like it agree.
pub(super) fn complete(state: &mut State, start: &str, paths: &[String]) {
    let Some(Overlay::Form(form)) = &mut state.overlay else {
        return;
    };
    if form.is_path() && form.typed() == start {
        form.complete(paths);
    }
}

impl Form {
    /// Whether a path is typed now.
    fn is_path(&self) -> bool {
        self.is_upload() && self.cursor == 0
    }

    /// Puts a pasted text into the field.
    pub(super) fn paste(&mut self, text: &str) {
        if let Some(entry) = self.entries.get_mut(self.cursor) {
            entry.field.paste(text);
        }
    }
}
