//! What keys do: the whole way from a press to the state and the effect.

use crossterm::event::KeyCode;

use super::stage::{campaigns, now, rich};
use crate::cli::tui::data::{Freshness, News};
use crate::cli::tui::glance::frame;
use crate::cli::tui::key::Key;
use crate::cli::tui::state::{Overlay, Screen, State};
use crate::cli::tui::{Effect, Event, update};
use crate::model::Millis;

fn press(state: &mut State, keys: &str) -> Option<Effect> {
    let mut effect = None;
    for c in keys.chars() {
        let key = match c {
            '\n' => Key::code(KeyCode::Enter),
            '\u{1b}' => Key::code(KeyCode::Esc),
            '\t' => Key::code(KeyCode::Tab),
            c => Key::char(c),
        };
        effect = update(state, Event::Key(key));
    }
    effect
}

#[test]
fn numbers_and_tab_go_to_screens() {
    let mut state = rich((120, 40));
    press(&mut state, "2");
    assert_eq!(state.screen, Screen::Campaigns);
    press(&mut state, "\t");
    assert_eq!(state.screen, Screen::Creatives);
    update(&mut state, Event::Key(Key::code(KeyCode::BackTab)));
    update(&mut state, Event::Key(Key::code(KeyCode::BackTab)));
    assert_eq!(state.screen, Screen::Home);
    update(&mut state, Event::Key(Key::code(KeyCode::BackTab)));
    assert_eq!(Some(&state.screen), Screen::ALL.last());
}

#[test]
fn a_search_narrows_while_it_is_typed_and_esc_shows_all_again() {
    let mut state = rich((120, 40));
    press(&mut state, "2/spr");
    assert_eq!(state.campaigns.shown.len(), 1);
    assert!(frame(&state).contains("1 of 6 campaigns"));
    // What would be commands elsewhere are letters here.
    press(&mut state, "q?:");
    assert_eq!(
        (state.campaigns.search.text().as_str(), state.searching),
        ("sprq?:", true)
    );
    press(&mut state, "\u{1b}");
    assert_eq!((state.campaigns.shown.len(), state.searching), (6, false));
    press(&mut state, "/spr\n");
    assert!(!state.searching && state.campaigns.shown.len() == 1);
    press(&mut state, "\u{1b}");
    assert_eq!(state.campaigns.shown.len(), 6);
}

#[test]
fn enter_opens_a_campaign_from_wherever_it_is_named_and_q_goes_back() {
    let mut state = rich((120, 40));
    assert_eq!(state.notices[0].subject, "bank-brand");
    press(&mut state, "\n");
    assert_eq!(state.open.as_deref(), Some("cmp_6a"));
    assert_eq!(state.wanted().campaign.as_deref(), Some("cmp_6a"));
    assert_eq!(press(&mut state, "q"), None);
    assert_eq!(state.open, None);
    press(&mut state, "2jj\n");
    let chosen = state.open.clone();
    press(&mut state, "\u{1b}");
    assert_eq!(state.campaigns.chosen().map(|line| line.id.clone()), chosen);
    assert_eq!(press(&mut state, "q"), Some(Effect::Leave));
}

#[test]
fn the_palette_finds_screens_campaigns_and_keys() {
    let mut state = rich((120, 40));
    press(&mut state, ":go heal\n");
    assert_eq!(state.screen, Screen::Health);
    press(&mut state, ":open spring\n");
    assert_eq!(state.open.as_deref(), Some("cmp_1a"));
    press(&mut state, "\u{1b}:ask the daemon\n");
    assert!(state.overlay.is_none());
    press(&mut state, ":zzzzqqq\n");
    assert!(state.overlay.is_none());
    assert_eq!(press(&mut state, ":quit at once\n"), Some(Effect::Leave));
}

#[test]
fn ctrl_c_leaves_from_everywhere_and_ctrl_z_suspends() {
    for keys in ["", "2/", ":", "?", "2\n"] {
        let mut state = rich((80, 24));
        press(&mut state, keys);
        assert_eq!(
            update(&mut state, Event::Key(Key::ctrl('c'))),
            Some(Effect::Leave),
            "{keys:?}"
        );
    }
    let mut state = rich((80, 24));
    assert_eq!(
        update(&mut state, Event::Key(Key::ctrl('z'))),
        Some(Effect::Suspend)
    );
}

#[test]
fn a_paste_never_submits() {
    let mut state = rich((80, 24));
    press(&mut state, ":");
    update(&mut state, Event::Paste("quit at once\nq\n".to_owned()));
    assert!(
        matches!(&state.overlay, Some(Overlay::Palette(palette)) if palette.field.text() == "quit at once q ")
    );
    press(&mut state, "\u{1b}");
    update(&mut state, Event::Paste("q\n".to_owned()));
    assert_eq!(state.screen, Screen::Home);
}

#[test]
fn the_choice_survives_new_rows_and_marks_are_kept() {
    let mut state = rich((120, 40));
    press(&mut state, "2j ");
    let marked = state.campaigns.marked.clone();
    let chosen = state.campaigns.chosen().map(|line| line.id.clone());
    let mut fewer = campaigns();
    fewer.retain(|campaign| campaign.name != "auto-q3");
    update(
        &mut state,
        Event::News(Box::new(News::Campaigns(fewer)), now()),
    );
    update(&mut state, Event::News(Box::new(News::Fresh), now()));
    assert_eq!(state.campaigns.shown.len(), 5);
    assert_eq!(state.campaigns.marked, marked);
    assert_eq!(state.campaigns.chosen().map(|line| line.id.clone()), chosen);
}

#[test]
fn the_header_says_how_true_it_all_is() {
    let mut state = rich((120, 40));
    assert!(frame(&state).contains("● live"));
    update(&mut state, Event::Tick(now().plus(Millis(12_000))));
    assert_eq!(state.data.freshness(state.now), Freshness::Stale(12));
    assert!(frame(&state).contains("◐ stale 12s"));
    let again = state.now.plus(Millis(4_000));
    let lost = News::Lost {
        why: "no answer from adserved".to_owned(),
        again,
    };
    let then = state.now;
    update(&mut state, Event::News(Box::new(lost), then));
    let text = frame(&state);
    assert!(
        text.contains("○ reconnecting in 4s") && text.contains("no answer from adserved"),
        "{text}"
    );
    // What was known stays on the screen.
    assert!(text.contains("bank-brand"), "{text}");
    update(&mut state, Event::News(Box::new(News::Fresh), then));
    assert!(frame(&state).contains("● live"));
}

#[test]
fn another_tenant_starts_from_nothing() {
    let mut state = rich((120, 40));
    press(&mut state, "2 ");
    press(&mut state, "T");
    assert!(frame(&state).contains("there is one tenant only"));
    let mut other = state.data.tenants[0].clone();
    other.id = "ten_2".to_owned();
    other.name = "zeta".to_owned();
    state.data.tenants.push(other);
    press(&mut state, "T");
    assert_eq!(state.wanted().tenant.as_deref(), Some("zeta"));
    assert!(state.campaigns.lines.is_none() && state.campaigns.marked.is_empty());
    assert!(!frame(&state).contains("spring-launch"));
}
