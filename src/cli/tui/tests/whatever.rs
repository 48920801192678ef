//! What holds for every input: no byte that steers a terminal, no panic at any size.

use crossterm::event::KeyCode;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::stage::{detail, news, now, rich};
use crate::cli::tui::data::News;
use crate::cli::tui::key::Key;
use crate::cli::tui::keymap::BINDINGS;
use crate::cli::tui::state::{Screen, State};
use crate::cli::tui::update::Click;
use crate::cli::tui::{Event, update, view};
use crate::model::Millis;

fn draw(state: &State) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, state.size.0, state.size.1));
    view(state, &mut buffer);
    buffer
}

/// Keys of the table, and some that type.
fn any_key() -> impl Strategy<Value = Key> {
    let table: Vec<Key> = BINDINGS
        .iter()
        .flat_map(|binding| binding.keys)
        .copied()
        .collect();
    prop_oneof![
        prop::sample::select(table),
        any::<char>().prop_map(Key::char),
        Just(Key::code(KeyCode::Enter)),
        Just(Key::code(KeyCode::Esc)),
        Just(Key::code(KeyCode::Delete)),
    ]
}

fn any_event() -> impl Strategy<Value = Event> {
    let heard = news();
    prop_oneof![
        6 => any_key().prop_map(Event::Key),
        1 => any::<String>().prop_map(Event::Paste),
        2 => (prop::sample::select(vec![Click::Press, Click::WheelUp, Click::WheelDown]), 0_u16..250, 0_u16..80)
            .prop_map(|(click, x, y)| Event::Mouse(click, x, y)),
        1 => (any::<String>(), prop::collection::vec(any::<String>(), 0..4))
            .prop_map(|(start, paths)| Event::Paths(start, paths)),
        2 => (1_u16..250, 1_u16..80).prop_map(|(columns, rows)| Event::Resize(columns, rows)),
        1 => (0_u64..100_000).prop_map(|later| Event::Tick(now().plus(Millis(later)))),
        2 => prop::sample::select(heard).prop_map(|news| Event::News(Box::new(news), now())),
        1 => Just(Event::News(Box::new(News::Detail(detail())), now())),
        1 => Just(Event::News(Box::new(News::Lost { why: "gone".to_owned(), again: now() }), now())),
        1 => Just(Event::News(Box::new(News::Campaigns(Vec::new())), now())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_sequence_of_events_panics_at_any_size(
        size in (1_u16..=250, 1_u16..=80), events in prop::collection::vec(any_event(), 1..40)
    ) {
        let mut state = rich(size);
        for event in events {
            update(&mut state, event);
            draw(&state);
        }
    }

    #[test]
    fn every_screen_draws_at_every_size(size in (0_u16..=250, 0_u16..=80), place in 0..Screen::ALL.len()) {
        let mut state = rich(size);
        state.screen = Screen::ALL[place];
        state.rebuild();
        draw(&state);
        state.data.learn(News::Detail(detail()), now());
        state.open = Some("cmp_1a".to_owned());
        draw(&state);
    }
}

/// Texts that would like to steer the terminal, cleaned as the feed does it.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "\u{1b}[2J",
        "\u{1b}]52;c;aGk=\u{7}",
        "\u{9b}31m",
        "\u{202e}",
        "\u{200b}",
        "\n",
        "\r",
        "\t",
        "\u{0}",
        "e\u{301}",
        "\u{1f468}\u{200d}\u{1f469}",
        "春",
        "\u{fe0f}",
        "name",
    ]);
    let texts = prop::collection::vec(
        prop_oneof![pieces.prop_map(str::to_owned), any::<String>()],
        0..6,
    );
    texts.prop_map(|texts| crate::client::clean(&texts.concat()).into_owned())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_cell_ever_holds_a_control_character(text in hostile(), size in (20_u16..=200, 6_u16..=60)) {
        let mut state = rich(size);
        for campaign in state.data.campaigns.iter_mut().flatten() {
            campaign.name.clone_from(&text);
            campaign.description.clone_from(&text);
        }
        if let Some(tenant) = &mut state.data.tenant {
            tenant.name.clone_from(&text);
        }
        let mut about = *detail();
        about.campaign.name.clone_from(&text);
        about.campaign.categories = vec![text.clone()];
        about.creatives[0].name.clone_from(&text);
        state.data.learn(News::Detail(Box::new(about)), now());
        state.say(text.clone(), crate::cli::tui::look::Tone::Bad);
        for screen in Screen::ALL {
            state.screen = *screen;
            state.rebuild();
            for open in [None, Some("cmp_1a".to_owned())] {
                state.open = open;
                for cell in draw(&state).content() {
                    prop_assert!(!cell.symbol().chars().any(char::is_control), "{:?}", cell.symbol());
                }
            }
        }
    }
}
