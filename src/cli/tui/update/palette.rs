//! The command palette: everything that can be done, found by a few letters.

use crossterm::event::KeyCode;

use super::{Effect, act, open_campaign, use_tenant};
use crate::cli::tui::key::Key;
use crate::cli::tui::keymap::{BINDINGS, Intent};
use crate::cli::tui::state::{Action, Choice, Overlay, Palette, State};

/// Most choices that are offered.
const CHOICES_MAX: usize = 50;

/// Opens the palette.
pub(in crate::cli::tui) fn open(state: &mut State) {
    state.overlay = Some(Overlay::Palette(Palette::default()));
    offer(state);
}

/// Takes a key while a command is being typed.
pub(super) fn press(state: &mut State, key: Key) -> Option<Effect> {
    let Some(Overlay::Palette(palette)) = &mut state.overlay else {
        return None;
    };
    match key.code {
        KeyCode::Esc => state.overlay = None,
        KeyCode::Up => palette.cursor = palette.cursor.saturating_sub(1),
        KeyCode::Down | KeyCode::Tab => {
            let last = palette.choices.len().saturating_sub(1);
            palette.cursor = (palette.cursor + 1).min(last);
        }
        KeyCode::Enter => {
            let chosen = palette.choices.get(palette.cursor).cloned();
            state.overlay = None;
            return chosen.and_then(|choice| take(state, choice.action));
        }
        KeyCode::Backspace if palette.field.is_empty() => state.overlay = None,
        _ => {
            palette.field.press(key);
            offer(state);
        }
    }
    None
}

fn take(state: &mut State, action: Action) -> Option<Effect> {
    match action {
        Action::Intent(intent) => return act(state, intent),
        Action::Campaign(id) => open_campaign(state, id),
        Action::Tenant(name) => use_tenant(state, &name),
    }
    None
}

/// Offers what the typed text may mean.
pub(in crate::cli::tui) fn offer(state: &mut State) {
    let Some(Overlay::Palette(palette)) = &state.overlay else {
        return;
    };
    let typed = palette.field.text().to_lowercase();
    let mut found: Vec<(u32, Choice)> = Vec::new();
    for choice in all(state) {
        let rank = rank(&choice.text.to_lowercase(), &typed);
        found.extend(rank.map(|rank| (rank, choice)));
    }
    found.sort_by_key(|(rank, _choice)| *rank);
    found.truncate(CHOICES_MAX);
    if let Some(Overlay::Palette(palette)) = &mut state.overlay {
        palette.choices = found.into_iter().map(|(_rank, choice)| choice).collect();
        palette.cursor = 0;
    }
}

/// Everything that can be done now.
fn all(state: &State) -> impl Iterator<Item = Choice> + '_ {
    let bindings = BINDINGS.iter().filter_map(|binding| {
        let text = match binding.intent {
            Intent::Go(_) => format!("go to {}", binding.about),
            // What only makes sense as a key.
            Intent::Palette | Intent::Up | Intent::Down | Intent::Open | Intent::Back => {
                return None;
            }
            _ if !state.scopes().contains(&binding.scope) => return None,
            _ => binding.about.to_owned(),
        };
        let key = binding.keys.first().map(ToString::to_string);
        Some(Choice {
            text,
            about: key.unwrap_or_default(),
            action: Action::Intent(binding.intent),
        })
    });
    let tenants = state.data.tenants.iter().map(|tenant| Choice {
        text: format!("tenant {}", tenant.name),
        about: tenant.id.clone(),
        action: Action::Tenant(tenant.name.clone()),
    });
    let campaigns = state
        .data
        .campaigns
        .iter()
        .flatten()
        .map(|campaign| Choice {
            text: format!("open campaign {}", campaign.name),
            about: campaign.id.clone(),
            action: Action::Campaign(campaign.id.clone()),
        });
    bindings.chain(tenants).chain(campaigns)
}

/// How well a text fits what was typed, best 0; none where it does not. All words as they are
/// beat letters in their order.
fn rank(text: &str, typed: &str) -> Option<u32> {
    if typed.split_whitespace().all(|word| text.contains(word)) {
        let starts = typed.split_whitespace().all(|word| {
            text.split([' ', '-', '_'])
                .any(|part| part.starts_with(word))
        });
        return Some(u32::from(!starts));
    }
    let mut letters = text.chars();
    let mut wanted = typed.chars().filter(|c| !c.is_whitespace());
    wanted
        .all(|c| letters.any(|letter| letter == c))
        .then_some(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_beat_letters_and_beginnings_beat_middles() {
        assert_eq!(rank("open campaign spring-launch", "launch"), Some(0));
        assert_eq!(rank("open campaign spring-launch", "aunch camp"), Some(1));
        assert_eq!(rank("open campaign spring-launch", "ocsl"), Some(2));
        assert_eq!(rank("open campaign spring-launch", "zebra"), None);
        assert_eq!(rank("anything", ""), Some(0));
    }
}
