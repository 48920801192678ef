//! The one table of keys: handling, help, palette and the hints of the footer are all made of it.

pub use super::bindings::BINDINGS;
use super::key::Key;

/// Where a binding holds. A screen has several, and the first that knows a key decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// What can be changed: campaigns and creatives.
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
            Self::Campaign => "Changing",
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
    /// Stop serving what is meant.
    Pause,
    /// Serve what is meant.
    Activate,
    /// Delete what is meant.
    Delete,
    /// Take back a change.
    Undo,
    /// Make a campaign.
    New,
    /// Change a campaign.
    Edit,
    /// Upload a creative.
    Upload,
    /// Show the lines that were run.
    Log,
    /// Copy the id of what is chosen.
    CopyId,
    /// Copy the command that shows what is chosen.
    CopyCommand,
    /// Take the mouse, or leave it to the terminal.
    Mouse,
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
