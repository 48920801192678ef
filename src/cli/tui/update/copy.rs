//! What is copied: ids and commands, by the terminal itself. It is shown as well, since not every
//! terminal takes it.

use super::Effect;
use crate::cli::tui::look::Tone;
use crate::cli::tui::state::{Screen, State};

/// Copies the id of what is chosen.
pub(super) fn id(state: &mut State) -> Option<Effect> {
    let id = chosen(state).map(|(_noun, id)| id);
    copy(state, id)
}

/// Copies the command that shows what is chosen.
pub(super) fn command(state: &mut State) -> Option<Effect> {
    let notice = match (state.screen, &state.open) {
        (Screen::Home, None) => state.notices.get(state.notice_cursor),
        _ => None,
    };
    let line = match notice {
        Some(notice) => Some(notice.line.clone()),
        None => chosen(state).map(|(noun, id)| match noun {
            "history" => format!("adctl history --subject {id}"),
            noun => format!("adctl {noun} get {id}"),
        }),
    };
    copy(state, line)
}

/// The noun and the id of what is chosen.
fn chosen(state: &State) -> Option<(&'static str, String)> {
    if let Some(open) = &state.open {
        return Some(("campaigns", open.clone()));
    }
    if state.screen == Screen::Home {
        let notice = state.notices.get(state.notice_cursor)?;
        return Some(("campaigns", notice.campaign.clone()?));
    }
    let id = state.sheet()?.chosen()?.id.clone();
    let noun = match state.screen {
        Screen::Campaigns => "campaigns",
        Screen::Creatives => "creatives",
        Screen::Sessions => "sessions",
        Screen::Channels => "channels",
        _ => "history",
    };
    Some((noun, id))
}

fn copy(state: &mut State, text: Option<String>) -> Option<Effect> {
    let Some(text) = text else {
        state.say("nothing is chosen", Tone::Muted);
        return None;
    };
    state.say(format!("sent to terminal: {text}"), Tone::Primary);
    Some(Effect::Copy(text))
}
