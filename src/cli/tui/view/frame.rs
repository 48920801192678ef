//! What stands around every screen: who and where above, what can be pressed below.

use jiff::fmt::strtime;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr as _;

use super::paper::{Paper, cut_left, cut_top, first_row, row_of, with_width};
use crate::cli::tui::data::{Freshness, Link};
use crate::cli::tui::facts::{attention, fill_permille};
use crate::cli::tui::figure::{percent, short};
use crate::cli::tui::keymap::{BINDINGS, Scope};
use crate::cli::tui::look::Tone;
use crate::cli::tui::state::{Screen, State};

/// From so many columns on all screens are named.
const TABS_WIDTH: u16 = 79;
/// From so many rows on there is room for a rule below the names.
const RULE_HEIGHT: u16 = 18;

/// The parts of the screen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chrome {
    header: Rect,
    tabs: Option<Rect>,
    rule: Option<Rect>,
    /// What the screen itself has.
    pub(super) body: Rect,
    footer: Option<Rect>,
}

/// Cuts the screen into its parts.
pub(super) fn chrome(area: Rect) -> Chrome {
    let header = first_row(area);
    let mut body = cut_top(area, 1);
    let footer = (area.height >= 6).then(|| row_of(area, area.height - 1));
    body.height -= footer.map_or(0, |footer| footer.height).min(body.height);
    let mut row = |wanted: bool| {
        let row = wanted.then(|| first_row(body));
        body = cut_top(body, u16::from(wanted));
        row
    };
    let tabs = row(area.width >= TABS_WIDTH && area.height >= 10);
    let rule = row(area.height >= RULE_HEIGHT);
    Chrome {
        header,
        tabs,
        rule,
        body,
        footer,
    }
}

/// Draws everything but the body.
pub(super) fn draw(state: &State, paper: &mut Paper<'_>, chrome: &Chrome) {
    header(state, paper, chrome);
    if let Some(row) = chrome.tabs {
        tabs(state, paper, row);
    }
    if let Some(row) = chrome.rule {
        paper.rule(row);
    }
    if let Some(row) = chrome.footer {
        footer(state, paper, row);
    }
}

fn header(state: &State, paper: &mut Paper<'_>, chrome: &Chrome) {
    let row = chrome.header;
    let tenant = state
        .data
        .tenant
        .as_ref()
        .map_or("", |tenant| tenant.name.as_str());
    let clock = clock(state);
    let (sign, tone) = freshness(state);
    let right = format!("{sign}  {clock}");
    let wide = u16::try_from(right.width())
        .unwrap_or(u16::MAX)
        .saturating_add(1);
    let room = row.width.saturating_sub(wide).saturating_sub(2);
    let left = with_width(cut_left(row, 1), room);
    let mut used = 0;
    if row.width >= 50 {
        used += paper.pieces(left, &[("adctl", Tone::Primary), ("  ", Tone::Text)]);
    }
    used += paper.text(cut_left(left, used), tenant, Tone::Strong);
    if chrome.tabs.is_none() {
        let place = format!("  {}", screen_name(state));
        used += paper.text(cut_left(left, used), &place, Tone::Primary);
    }
    if row.width >= 90 && !state.place.is_empty() {
        let place = format!("  {}", state.place);
        paper.text(cut_left(left, used), &place, Tone::Muted);
    }
    let place = cut_left(row, row.width.saturating_sub(wide));
    paper.pieces(
        place,
        &[(&sign, tone), ("  ", Tone::Text), (&clock, Tone::Muted)],
    );
}

fn screen_name(state: &State) -> String {
    let place = Screen::ALL
        .iter()
        .position(|screen| *screen == state.screen);
    format!("{} {}", place.unwrap_or_default() + 1, state.screen)
}

/// The wall clock where the tenant is.
fn clock(state: &State) -> String {
    let zone = state.data.zone();
    let now = jiff::Timestamp::from_millisecond(state.now.millis()).unwrap_or_default();
    let pattern = if state.size.0 >= 80 {
        "%H:%M:%S %Z"
    } else {
        "%H:%M"
    };
    strtime::format(pattern, &now.to_zoned(zone)).unwrap_or_default()
}

/// How true what is shown is, as a glyph and words.
fn freshness(state: &State) -> (String, Tone) {
    let look = state.look;
    match state.data.freshness(state.now) {
        Freshness::Connecting => (format!("{} connecting", look.pick("◌", ".")), Tone::Muted),
        Freshness::Live => (format!("{} live", look.pick("●", "*")), Tone::Good),
        Freshness::Stale(seconds) => (
            format!("{} stale {seconds}s", look.pick("◐", "!")),
            Tone::Warn,
        ),
        Freshness::Reconnecting(0) => (format!("{} reconnecting", look.pick("○", "o")), Tone::Bad),
        Freshness::Reconnecting(seconds) => (
            format!("{} reconnecting in {seconds}s", look.pick("○", "o")),
            Tone::Bad,
        ),
    }
}

/// The screen whose name stands here, from 0.
pub(super) fn tab_at(chrome: &Chrome, x: u16, y: u16) -> Option<usize> {
    let row = chrome.tabs.filter(|row| row.y == y)?;
    let mut from = row.x.saturating_add(1);
    for (place, screen) in Screen::ALL.iter().enumerate() {
        let width = tab(place, *screen).width();
        let to = from.saturating_add(u16::try_from(width).unwrap_or(u16::MAX));
        if (from..to).contains(&x) {
            return Some(place);
        }
        from = to;
    }
    None
}

/// The name of a screen as it stands in the row of names.
fn tab(place: usize, screen: Screen) -> String {
    format!(" {} {screen} ", place + 1)
}

fn tabs(state: &State, paper: &mut Paper<'_>, row: Rect) {
    let mut used = 1;
    for (place, screen) in Screen::ALL.iter().enumerate() {
        let is_here = *screen == state.screen;
        let tone = if is_here { Tone::Strong } else { Tone::Muted };
        let start = used;
        let label = tab(place, *screen);
        used += paper.text(cut_left(row, used), &label, tone);
        if is_here {
            let width = used.saturating_sub(start);
            paper.choose(with_width(cut_left(row, start), width));
        }
    }
}

/// What just happened, else what can be pressed here.
fn footer(state: &State, paper: &mut Paper<'_>, row: Rect) {
    let row = cut_left(row, 1);
    if let Some(toast) = &state.toast {
        paper.text(row, &toast.text, toast.tone);
        return;
    }
    if let Link::Lost { why, .. } = &state.data.link {
        let keys = "  r tries now  q quits";
        paper.pieces(row, &[(why, Tone::Bad), (keys, Tone::Muted)]);
        return;
    }
    if state.searching {
        paper.pieces(
            row,
            &[
                ("Enter", Tone::Primary),
                (" keeps  ", Tone::Muted),
                ("Esc", Tone::Primary),
                (" clears  ", Tone::Muted),
                ("!word", Tone::Primary),
                (" leaves out", Tone::Muted),
            ],
        );
        return;
    }
    let mut used = 0;
    for (key, hint) in hints(state) {
        let wide = u16::try_from(key.width() + hint.width() + 3).unwrap_or(u16::MAX);
        if used + wide > row.width {
            break;
        }
        let pieces = [
            (key.as_str(), Tone::Primary),
            (" ", Tone::Text),
            (hint, Tone::Muted),
            ("  ", Tone::Text),
        ];
        used += paper.pieces(cut_left(row, used), &pieces);
    }
}

/// The keys that the footer names here: those of everywhere that must not be missed first where
/// there is little room.
fn hints(state: &State) -> Vec<(String, &'static str)> {
    let scopes = state.scopes();
    let of = |scope: Scope| {
        let bindings = BINDINGS
            .iter()
            .filter(move |binding| binding.scope == scope);
        bindings.filter_map(|binding| Some((binding.keys.first()?.to_string(), binding.hint?)))
    };
    let here: Vec<_> = scopes.iter().copied().flat_map(of).collect();
    let wide: usize = here
        .iter()
        .map(|(key, hint)| key.width() + hint.width() + 3)
        .sum();
    if wide <= usize::from(state.size.0) {
        return here;
    }
    let is_vital = |hint: &str| matches!(hint, "help" | "quit");
    let (mut vital, rest): (Vec<_>, Vec<_>) =
        here.into_iter().partition(|(_key, hint)| is_vital(hint));
    vital.extend(rest);
    vital
}

/// How things stand in one line, for a terminal that has room for nothing else.
pub(super) fn tiny(state: &State, paper: &mut Paper<'_>, area: Rect) {
    let (sign, tone) = freshness(state);
    let glyph: String = sign.chars().take(1).collect();
    let notices = attention(&state.data, state.now).len();
    let fill = state.data.today.as_ref().and_then(fill_permille);
    let today = state.data.today.as_ref().map(|stats| &stats.totals);
    let fill = fill.map_or_else(|| "-".to_owned(), percent);
    let seen = today.map_or_else(|| "-".to_owned(), |today| short(today.impressions));
    let mark = if notices > 0 {
        format!("!{notices} ")
    } else {
        String::new()
    };
    paper.pieces(
        first_row(area),
        &[
            (&glyph, tone),
            (" ", Tone::Text),
            (&mark, Tone::Warn),
            (&fill, Tone::Strong),
            (" ", Tone::Text),
            (&seen, Tone::Text),
        ],
    );
}
