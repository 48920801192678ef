//! What an event does to the dashboard: the only place that changes its state. No clock, no IO.

mod actions;
mod copy;
mod forms;
mod mouse;
mod overlay;
pub(super) mod palette;

use super::data::News;
use super::facts::Notice;
use super::jobs::{Job, Ran};
use super::key::Key;
use super::keymap::{Intent, intent};
use super::look::Tone;
use super::state::{Mouse, Overlay, Screen, State};
use crate::model::Timestamp;

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Click {
    /// The left button was pressed.
    Press,
    /// The wheel was turned away.
    WheelUp,
    /// The wheel was turned near.
    WheelDown,
}

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// The mouse did something at this column and row.
    Mouse(Click, u16, u16),
    /// A text was pasted.
    Paste(String),
    /// The terminal has so many columns and rows now.
    Resize(u16, u16),
    /// It is so late now.
    Tick(Timestamp),
    /// The daemon said something.
    News(Box<News>, Timestamp),
    /// A line of `adctl` came to its end.
    Ran(Box<(Job, Ran)>),
    /// These paths begin with what was asked for.
    Paths(String, Vec<String>),
}

/// What has to be done outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// End the dashboard.
    Leave,
    /// Stop the program until the shell brings it back.
    Suspend,
    /// Ask the daemon now.
    Refresh,
    /// Run a line of `adctl`.
    Run(Job),
    /// Find the paths that begin like this.
    Find(String),
    /// Hand a text to the terminal, to be pasted elsewhere.
    Copy(String),
    /// Take the mouse, or leave it to the terminal, as the state says.
    Mouse,
}

/// Lets an event happen; says what has to be done outside because of it.
pub fn update(state: &mut State, event: Event) -> Option<Effect> {
    match event {
        Event::Key(key) => press(state, key),
        Event::Mouse(click, column, row) => mouse::act(state, click, (column, row)),
        Event::Paste(text) => {
            paste(state, &text);
            None
        }
        Event::Resize(columns, rows) => {
            state.size = (columns, rows);
            state.rebuild();
            None
        }
        Event::Tick(now) => {
            tick(state, now);
            None
        }
        Event::Ran(ended) => {
            let (job, ran) = *ended;
            actions::ended(state, &job, ran)
        }
        Event::Paths(start, paths) => {
            forms::complete(state, &start, &paths);
            None
        }
        Event::News(news, now) => {
            tick(state, now);
            learn(state, *news);
            None
        }
    }
}

fn tick(state: &mut State, now: Timestamp) {
    state.now = now;
    if state.toast.as_ref().is_some_and(|toast| toast.until <= now) {
        state.toast = None;
    }
}

fn learn(state: &mut State, news: News) {
    if let News::Refused(why) = &news {
        state.say(why.clone(), Tone::Bad);
    }
    // Lists are made once a round, when all that they are made of is there.
    let is_whole = matches!(news, News::Fresh | News::Lost { .. });
    state.data.learn(news, state.now);
    if is_whole {
        state.rebuild();
    }
}

fn paste(state: &mut State, text: &str) {
    if let Some(overlay) = &mut state.overlay {
        match overlay {
            Overlay::Palette(palette) => {
                palette.field.paste(text);
                palette::offer(state);
            }
            Overlay::Form(form) => form.paste(text),
            Overlay::Help(_) | Overlay::Confirm(_) | Overlay::Log(_) => {}
        }
    } else if state.searching
        && let Some(sheet) = state.sheet_mut()
    {
        sheet.search.paste(text);
        sheet.rearrange();
    }
}

fn press(state: &mut State, key: Key) -> Option<Effect> {
    if key == Key::ctrl('c') {
        return Some(Effect::Leave);
    }
    state.toast = None;
    if state.overlay.is_some() {
        return overlay::press(state, key);
    }
    if state.searching {
        search(state, key);
        return None;
    }
    let intent = intent(state.scopes(), key)?;
    act(state, intent)
}

/// Takes a key while a search is being typed.
fn search(state: &mut State, key: Key) {
    use crossterm::event::KeyCode;
    let rows = super::view::list_rows(state);
    let Some(sheet) = state.sheet_mut() else {
        state.searching = false;
        return;
    };
    let is_over = match key.code {
        KeyCode::Enter => true,
        KeyCode::Esc => {
            sheet.search.clear();
            true
        }
        KeyCode::Down => {
            sheet.step(1, rows);
            false
        }
        KeyCode::Up => {
            sheet.step(-1, rows);
            false
        }
        _ => {
            sheet.search.press(key);
            false
        }
    };
    sheet.rearrange();
    sheet.scroll(rows);
    state.searching = !is_over;
}

/// Does what a key or a command asks for.
pub(super) fn act(state: &mut State, intent: Intent) -> Option<Effect> {
    match intent {
        Intent::Leave => return Some(Effect::Leave),
        Intent::Suspend => return Some(Effect::Suspend),
        Intent::Refresh => {
            state.say("asking the daemon", Tone::Muted);
            return Some(Effect::Refresh);
        }
        Intent::Quit if state.open.is_none() => return Some(Effect::Leave),
        Intent::Quit | Intent::Back => back(state),
        Intent::Help => state.overlay = Some(Overlay::Help(0)),
        Intent::Palette => palette::open(state),
        Intent::Go(place) => go(state, usize::from(place).saturating_sub(1)),
        Intent::NextScreen => step_screen(state, 1),
        Intent::PreviousScreen => step_screen(state, Screen::ALL.len() - 1),
        Intent::NextTenant => next_tenant(state),
        Intent::Open => open(state),
        Intent::Log => state.overlay = Some(Overlay::Log(0)),
        Intent::CopyId => return copy::id(state),
        Intent::CopyCommand => return copy::command(state),
        Intent::Mouse => {
            let (mouse, who) = match state.mouse {
                Mouse::Taken => (Mouse::Left, "the terminal"),
                Mouse::Left => (Mouse::Taken, "the dashboard"),
            };
            state.mouse = mouse;
            state.say(format!("the mouse is with {who}"), Tone::Muted);
            return Some(Effect::Mouse);
        }
        Intent::Pause
        | Intent::Activate
        | Intent::Delete
        | Intent::Undo
        | Intent::New
        | Intent::Edit
        | Intent::Upload => actions::act(state, intent),
        Intent::Up
        | Intent::Down
        | Intent::PageUp
        | Intent::PageDown
        | Intent::First
        | Intent::Last => step(state, intent),
        Intent::Search
        | Intent::Filter
        | Intent::Sort
        | Intent::TurnAround
        | Intent::Mark
        | Intent::MarkAll => arrange(state, intent),
    }
    None
}

fn go(state: &mut State, place: usize) {
    if let Some(screen) = Screen::ALL.get(place) {
        state.screen = *screen;
        state.open = None;
        state.searching = false;
        state.rebuild();
    }
}

fn step_screen(state: &mut State, by: usize) {
    let here = Screen::ALL
        .iter()
        .position(|screen| *screen == state.screen);
    go(state, (here.unwrap_or_default() + by) % Screen::ALL.len());
}

/// Works for a tenant from now on.
pub(super) fn use_tenant(state: &mut State, name: &str) {
    state.tenant = Some(name.to_owned());
    state.open = None;
    state.data.forget_tenant();
    for sheet in [
        &mut state.campaigns,
        &mut state.creatives,
        &mut state.sessions,
        &mut state.channels,
        &mut state.audit,
    ] {
        sheet.empty();
    }
    state.rebuild();
    state.say(format!("working for {name}"), Tone::Primary);
}

fn next_tenant(state: &mut State) {
    let here = state.data.tenant.as_ref().map(|tenant| tenant.id.as_str());
    let tenants = &state.data.tenants;
    let place = tenants
        .iter()
        .position(|tenant| Some(tenant.id.as_str()) == here);
    let next = place.map_or(0, |place| (place + 1) % tenants.len());
    match tenants.get(next).filter(|_next| tenants.len() > 1) {
        Some(next) => {
            let name = next.name.clone();
            use_tenant(state, &name);
        }
        None => state.say("there is one tenant only", Tone::Muted),
    }
}

/// Goes back by one: out of what is open, then out of the search, then to where nothing is marked.
fn back(state: &mut State) {
    if state.open.take().is_some() {
        state.open_offset = 0;
        state.rebuild();
        return;
    }
    let Some(sheet) = state.sheet_mut() else {
        return;
    };
    if sheet.is_narrowed() {
        sheet.search.clear();
        sheet.status = None;
        sheet.rearrange();
    } else {
        sheet.marked.clear();
    }
}

fn open(state: &mut State) {
    let campaign = match state.screen {
        Screen::Home => {
            let notice: Option<&Notice> = state.notices.get(state.notice_cursor);
            notice.and_then(|notice| notice.campaign.clone())
        }
        Screen::Campaigns => state.campaigns.chosen().map(|line| line.id.clone()),
        Screen::Creatives => {
            let chosen = state.creatives.chosen().map(|line| line.id.clone());
            let all = state.data.creatives.iter().flatten();
            let mut found = all.filter(|creative| Some(&creative.id) == chosen.as_ref());
            found.next().map(|creative| creative.campaign_id.clone())
        }
        Screen::Audit => {
            let chosen = state.audit.chosen().map(|line| line.id.clone());
            let all = state.data.audit.iter().flatten();
            let mut found = all.filter(|operation| Some(&operation.id) == chosen.as_ref());
            found
                .next()
                .map(|operation| operation.subject_id.clone())
                .filter(|id| id.starts_with("cmp_"))
        }
        Screen::Sessions | Screen::Channels | Screen::Health => None,
    };
    match campaign {
        Some(campaign) => open_campaign(state, campaign),
        None => state.say("there is nothing more to show of it", Tone::Muted),
    }
}

/// Opens a campaign over the screen.
pub(super) fn open_campaign(state: &mut State, id: String) {
    state.open = Some(id);
    state.open_offset = 0;
    state.searching = false;
}

fn step(state: &mut State, intent: Intent) {
    let rows = super::view::list_rows(state);
    let page = isize::try_from(rows.saturating_sub(1).max(1)).unwrap_or(isize::MAX);
    let by = match intent {
        Intent::Up => -1,
        Intent::Down => 1,
        Intent::PageUp => -page,
        Intent::PageDown => page,
        Intent::First => isize::MIN,
        _ => isize::MAX,
    };
    if state.open.is_some() {
        let last = super::view::open_offset_max(state);
        state.open_offset = state.open_offset.saturating_add_signed(by).min(last);
    } else if let Some(sheet) = state.sheet_mut() {
        sheet.step(by, rows);
    } else if state.screen == Screen::Home {
        let last = state.notices.len().saturating_sub(1);
        state.notice_cursor = state.notice_cursor.saturating_add_signed(by).min(last);
    }
}

fn arrange(state: &mut State, intent: Intent) {
    let rows = super::view::list_rows(state);
    let Some(sheet) = state.sheet_mut() else {
        return;
    };
    match intent {
        Intent::Filter => sheet.next_status(),
        Intent::Sort => sheet.next_sort(),
        Intent::TurnAround => sheet.turn_around(),
        Intent::Mark => {
            sheet.mark();
            sheet.step(1, rows);
        }
        Intent::MarkAll => sheet.mark_all(),
        _ => {}
    }
    sheet.scroll(rows);
    if intent == Intent::Search {
        state.searching = true;
    }
}
