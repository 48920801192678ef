//! What the screens look like: frames at four sizes, in colour, without, and in ASCII.

use std::fmt::Write as _;

use insta::assert_snapshot;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::stage::{detail, now, rich, stage};
use crate::cli::tui::data::News;
use crate::cli::tui::glance::frame;
use crate::cli::tui::key::Key;
use crate::cli::tui::look::{Glyphs, Palette};
use crate::cli::tui::state::{Screen, State};
use crate::cli::tui::{Event, update, view};

const SIZES: [(u16, u16); 4] = [(60, 20), (80, 24), (120, 40), (200, 60)];

fn name(screen: &str, (columns, rows): (u16, u16)) -> String {
    format!("{screen}_{columns}x{rows}")
}

fn on(size: (u16, u16), screen: Screen) -> State {
    let mut state = rich(size);
    state.screen = screen;
    state.rebuild();
    state
}

fn opened(size: (u16, u16)) -> State {
    let mut state = on(size, Screen::Campaigns);
    state.open = Some("cmp_1a".to_owned());
    state.data.learn(News::Detail(detail()), now());
    state
}

#[test]
fn home_at_every_size() {
    for size in SIZES {
        assert_snapshot!(name("home", size), frame(&rich(size)));
    }
    assert_snapshot!("home_20x5", frame(&rich((20, 5))));
    assert_snapshot!("home_19x2", frame(&rich((19, 2))));
}

#[test]
fn campaigns_at_every_size() {
    for size in SIZES {
        assert_snapshot!(name("campaigns", size), frame(&on(size, Screen::Campaigns)));
    }
}

#[test]
fn a_campaign_at_every_size() {
    for size in SIZES {
        assert_snapshot!(name("campaign", size), frame(&opened(size)));
    }
}

#[test]
fn everything_in_ascii() {
    for (screen, state) in [
        ("home", stage((80, 24), Palette::None, Glyphs::Ascii)),
        ("campaign", {
            let mut state = opened((120, 40));
            state.look.glyphs = Glyphs::Ascii;
            state
        }),
    ] {
        let mut state = state;
        state
            .data
            .campaigns
            .iter_mut()
            .flatten()
            .for_each(|campaign| {
                campaign.name = campaign.name.replace(|c: char| !c.is_ascii(), "?");
            });
        let busy = state
            .data
            .busiest
            .iter_mut()
            .flat_map(|stats| &mut stats.rows);
        busy.for_each(|row| {
            row.name = row
                .name
                .take()
                .map(|name| name.replace(|c: char| !c.is_ascii(), "?"));
        });
        state.rebuild();
        let text = frame(&state);
        assert!(text.is_ascii(), "{text}");
        assert_snapshot!(format!("{screen}_ascii"), text);
    }
}

#[test]
fn overlays_lie_over_what_is_there() {
    let mut state = on((80, 24), Screen::Campaigns);
    update(&mut state, Event::Key(Key::char('?')));
    assert_snapshot!("help_80x24", frame(&state));
    update(&mut state, Event::Key(Key::char('?')));
    update(&mut state, Event::Key(Key::char(':')));
    update(&mut state, Event::Paste("camp spr".to_owned()));
    assert_snapshot!("palette_80x24", frame(&state));
}

/// Styles of a frame, a letter for each: what a reader without colours still tells apart.
fn styles(state: &State) -> String {
    let area = Rect::new(0, 0, state.size.0, state.size.1);
    let mut buffer = Buffer::empty(area);
    view(state, &mut buffer);
    let mut known: Vec<String> = Vec::new();
    let mut text = String::new();
    for y in 0..area.height {
        for x in 0..area.width {
            let style = buffer[(x, y)].style();
            let style = format!("{:?} {:?} {:?}", style.fg, style.bg, style.add_modifier);
            let place = known
                .iter()
                .position(|one| *one == style)
                .unwrap_or_else(|| {
                    known.push(style);
                    known.len() - 1
                });
            text.push(char::from(b'a' + u8::try_from(place).unwrap()));
        }
        text.push('\n');
    }
    for (place, style) in known.iter().enumerate() {
        let letter = char::from(b'a' + u8::try_from(place).unwrap());
        writeln!(text, "{letter} {style}").unwrap();
    }
    text
}

#[test]
fn colours_in_every_palette() {
    for palette in Palette::ALL {
        let state = stage((80, 24), *palette, Glyphs::Unicode);
        assert_snapshot!(format!("styles_{palette}"), styles(&state));
    }
}

/// The text of the first block of the document, and what stands around it.
fn block(document: &str) -> (&str, &str, &str) {
    const FENCE: &str = "```text\n";
    let (before, rest) = document.split_once(FENCE).unwrap();
    let (text, after) = rest.split_once("```").unwrap();
    (before, text, after)
}

#[test]
fn the_document_shows_the_real_thing() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/dashboard.md");
    let document = std::fs::read_to_string(path).unwrap();
    let made = frame(&rich((100, 30)));
    let (before, text, after) = block(&document);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, format!("{before}```text\n{made}```{after}")).unwrap();
        return;
    }
    assert!(
        text == made,
        "docs/dashboard.md is old: run the tests with UPDATE=1"
    );
}
