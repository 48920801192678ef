//! Sessions of an earlier process, to go on with.

use std::collections::HashMap;
use std::sync::Arc;

use super::Parts;
use super::entry::{Entry, ShownNote, entries_of};
use super::registry::Registry;
use super::session::{Session, SessionFacts};
use crate::model::SessionId;

/// Sessions of an earlier process, while its log is read.
#[derive(Debug, Default)]
pub struct Earlier {
    facts: HashMap<SessionId, SessionFacts>,
    shown: HashMap<SessionId, ShownNote>,
}

impl Earlier {
    /// Hears one entry of the log.
    pub fn hear(&mut self, entry: Entry) {
        match entry {
            Entry::Begun(facts) => {
                self.facts.insert(facts.id, *facts);
            }
            Entry::Shown { session, shown } => {
                self.shown.insert(session, shown);
            }
        }
    }

    /// The sessions as they were, to be found by their names.
    pub fn restore(mut self, parts: &Parts) -> Sessions {
        let registry = Registry::new();
        for (id, facts) in self.facts {
            let session = Session::new(facts);
            if let Some(shown) = self.shown.remove(&id) {
                let find = |profile, source| parts.library.made_of(source, profile);
                *session.state() = shown.restore(&find);
            }
            session.touch(parts.clock.now());
            if registry.insert(session).is_err() {
                break;
            }
        }
        Sessions(Arc::new(registry))
    }
}

/// All sessions, before there are streams for them.
#[derive(Debug, Clone)]
pub struct Sessions(pub(super) Arc<Registry>);

impl Sessions {
    /// What a log must say so that they can go on after a restart.
    pub fn entries(&self) -> Vec<Entry> {
        let sessions = self.0.all();
        sessions
            .iter()
            .flat_map(|session| entries_of(session))
            .collect()
    }
}
