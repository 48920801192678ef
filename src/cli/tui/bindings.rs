//! Every key of the dashboard: the rows of the table in `keymap`.

use crossterm::event::KeyCode;

use super::key::Key;
use super::keymap::{Binding, Intent, Scope};

const fn bind(
    scope: Scope,
    keys: &'static [Key],
    intent: Intent,
    about: &'static str,
    hint: Option<&'static str>,
) -> Binding {
    Binding {
        keys,
        intent,
        scope,
        about,
        hint,
    }
}

const fn char(c: char) -> Key {
    Key::char(c)
}

const fn code(code: KeyCode) -> Key {
    Key::code(code)
}

/// Every key there is.
pub const BINDINGS: &[Binding] = &[
    bind(
        Scope::Campaign,
        &[char('P')],
        Intent::Pause,
        "pause campaigns, deactivate creatives",
        Some("pause"),
    ),
    bind(
        Scope::Campaign,
        &[char('A')],
        Intent::Activate,
        "activate",
        Some("activate"),
    ),
    bind(
        Scope::Campaign,
        &[char('D')],
        Intent::Delete,
        "delete",
        None,
    ),
    bind(
        Scope::Campaign,
        &[char('e')],
        Intent::Edit,
        "edit the campaign",
        Some("edit"),
    ),
    bind(
        Scope::Campaign,
        &[char('U')],
        Intent::Upload,
        "upload a creative",
        None,
    ),
    bind(
        Scope::Choice,
        &[code(KeyCode::Enter), code(KeyCode::Right), char('l')],
        Intent::Open,
        "open what is chosen",
        Some("open"),
    ),
    bind(
        Scope::List,
        &[char('/')],
        Intent::Search,
        "search: every word must match, !word must not",
        Some("search"),
    ),
    bind(
        Scope::List,
        &[char('f')],
        Intent::Filter,
        "filter by the next status",
        Some("filter"),
    ),
    bind(
        Scope::List,
        &[char('s')],
        Intent::Sort,
        "sort by the next column",
        Some("sort"),
    ),
    bind(
        Scope::List,
        &[char('S')],
        Intent::TurnAround,
        "turn the order around",
        None,
    ),
    bind(
        Scope::List,
        &[char(' ')],
        Intent::Mark,
        "mark or unmark the row",
        Some("mark"),
    ),
    bind(
        Scope::List,
        &[Key::ctrl('a')],
        Intent::MarkAll,
        "mark all rows that are shown, or none",
        None,
    ),
    bind(
        Scope::Scroll,
        &[code(KeyCode::Down), char('j')],
        Intent::Down,
        "one row down",
        None,
    ),
    bind(
        Scope::Scroll,
        &[code(KeyCode::Up), char('k')],
        Intent::Up,
        "one row up",
        None,
    ),
    bind(
        Scope::Scroll,
        &[code(KeyCode::PageDown), Key::ctrl('d'), Key::ctrl('f')],
        Intent::PageDown,
        "one page down",
        None,
    ),
    bind(
        Scope::Scroll,
        &[code(KeyCode::PageUp), Key::ctrl('u'), Key::ctrl('b')],
        Intent::PageUp,
        "one page up",
        None,
    ),
    bind(
        Scope::Scroll,
        &[code(KeyCode::Home), char('g')],
        Intent::First,
        "to the first row",
        None,
    ),
    bind(
        Scope::Scroll,
        &[code(KeyCode::End), char('G')],
        Intent::Last,
        "to the last row",
        None,
    ),
    bind(
        Scope::Anywhere,
        &[
            code(KeyCode::Esc),
            code(KeyCode::Left),
            char('h'),
            code(KeyCode::Backspace),
        ],
        Intent::Back,
        "go back; clear search and marks",
        None,
    ),
    bind(Scope::Anywhere, &[char('1')], Intent::Go(1), "Home", None),
    bind(
        Scope::Anywhere,
        &[char('2')],
        Intent::Go(2),
        "Campaigns",
        None,
    ),
    bind(
        Scope::Anywhere,
        &[char('3')],
        Intent::Go(3),
        "Creatives",
        None,
    ),
    bind(
        Scope::Anywhere,
        &[char('4')],
        Intent::Go(4),
        "Sessions",
        None,
    ),
    bind(
        Scope::Anywhere,
        &[char('5')],
        Intent::Go(5),
        "Channels",
        None,
    ),
    bind(Scope::Anywhere, &[char('6')], Intent::Go(6), "Health", None),
    bind(Scope::Anywhere, &[char('7')], Intent::Go(7), "Audit", None),
    bind(
        Scope::Anywhere,
        &[code(KeyCode::Tab)],
        Intent::NextScreen,
        "the next screen",
        None,
    ),
    bind(
        Scope::Anywhere,
        &[code(KeyCode::BackTab)],
        Intent::PreviousScreen,
        "the screen before",
        None,
    ),
    bind(
        Scope::Anywhere,
        &[char(':')],
        Intent::Palette,
        "type a command",
        Some("command"),
    ),
    bind(
        Scope::Anywhere,
        &[char('?')],
        Intent::Help,
        "show the keys",
        Some("help"),
    ),
    bind(
        Scope::Anywhere,
        &[char('n')],
        Intent::New,
        "make a campaign",
        None,
    ),
    bind(
        Scope::Anywhere,
        &[char('u')],
        Intent::Undo,
        "undo: the chosen change in Audit, else the latest",
        None,
    ),
    bind(
        Scope::Anywhere,
        &[char('L')],
        Intent::Log,
        "show the lines that were run",
        None,
    ),
    bind(
        Scope::Anywhere,
        &[char('y')],
        Intent::CopyId,
        "copy the id of what is chosen",
        None,
    ),
    bind(
        Scope::Anywhere,
        &[char('Y')],
        Intent::CopyCommand,
        "copy the command that shows it",
        None,
    ),
    bind(
        Scope::Anywhere,
        &[char('m')],
        Intent::Mouse,
        "take the mouse, or leave it to the terminal",
        None,
    ),
    bind(
        Scope::Anywhere,
        &[char('T')],
        Intent::NextTenant,
        "work for the next tenant",
        None,
    ),
    bind(
        Scope::Anywhere,
        &[char('r')],
        Intent::Refresh,
        "ask the daemon now",
        None,
    ),
    bind(
        Scope::Anywhere,
        &[Key::ctrl('z')],
        Intent::Suspend,
        "stop until you type fg",
        None,
    ),
    bind(
        Scope::Anywhere,
        &[char('q')],
        Intent::Quit,
        "go back, or quit",
        Some("quit"),
    ),
    bind(
        Scope::Anywhere,
        &[Key::ctrl('c')],
        Intent::Leave,
        "quit at once",
        None,
    ),
];
