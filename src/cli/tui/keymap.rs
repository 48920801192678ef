//! The one table of keys: handling, help, palette and the hints of the footer are all made of it.

use crossterm::event::KeyCode;

use super::key::Key;

/// Where a binding holds. A screen has several, and the first that knows a key decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Campaigns, alone or in a list.
    Campaign,
    /// Where something is chosen.
    Choice,
    /// Any list.
    List,
    /// What is longer than the screen.
    Scroll,
    /// Everywhere.
    Anywhere,
}

impl Scope {
    /// Its heading in the help.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Campaign => "Campaigns",
            Self::Choice => "Choosing",
            Self::List => "Lists",
            Self::Scroll => "Moving",
            Self::Anywhere => "Everywhere",
        }
    }
}

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    /// Leave the dashboard, at once.
    Leave,
    /// Leave, or go back to where one came from.
    Quit,
    /// Go back.
    Back,
    /// Show the keys.
    Help,
    /// Type a command.
    Palette,
    /// Go to the screen at this place, from 1.
    Go(u8),
    /// The screen to the right.
    NextScreen,
    /// The screen to the left.
    PreviousScreen,
    /// One row on.
    Down,
    /// One row back.
    Up,
    /// One page on.
    PageDown,
    /// One page back.
    PageUp,
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// Open what is chosen.
    Open,
    /// Search in the list.
    Search,
    /// Next status to filter by.
    Filter,
    /// Sort by the next column.
    Sort,
    /// Turn the order around.
    TurnAround,
    /// Mark the row.
    Mark,
    /// Mark all that is shown, or nothing.
    MarkAll,
    /// Ask the daemon now.
    Refresh,
    /// Work for the next tenant.
    NextTenant,
    /// Stop the program until it is brought back.
    Suspend,
}

/// One row of the table.
#[derive(Debug)]
pub struct Binding {
    /// The keys, each alone.
    pub keys: &'static [Key],
    /// What they ask for.
    pub intent: Intent,
    /// Where.
    pub scope: Scope,
    /// What it does, for the help and the palette.
    pub about: &'static str,
    /// What it is called in the footer, where it stands there.
    pub hint: Option<&'static str>,
}

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

/// What a key asks for where these scopes hold, nearest first.
pub fn intent(scopes: &[Scope], key: Key) -> Option<Intent> {
    let of = |scope: &Scope| {
        let mut bindings = BINDINGS.iter();
        bindings.find(|binding| binding.scope == *scope && binding.keys.contains(&key))
    };
    scopes.iter().find_map(of).map(|binding| binding.intent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_key_means_two_things_in_one_scope() {
        let mut seen = HashSet::new();
        for binding in BINDINGS {
            for key in binding.keys {
                assert!(
                    seen.insert((binding.scope.title(), *key)),
                    "{key} in {:?}",
                    binding.scope
                );
            }
        }
    }

    #[test]
    fn ctrl_c_leaves_from_everywhere() {
        for scopes in [
            &[Scope::Anywhere][..],
            &[Scope::Campaign, Scope::List, Scope::Scroll, Scope::Anywhere],
        ] {
            assert_eq!(intent(scopes, Key::ctrl('c')), Some(Intent::Leave));
        }
        assert_eq!(intent(&[Scope::Anywhere], Key::char('/')), None);
    }
}
