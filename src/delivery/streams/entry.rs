//! What the log of sessions says of each: enough to go on with it after a restart.

use std::sync::Arc;

use super::session::{Session, SessionAds, SessionFacts, SessionState};
use crate::model::rendition::{RenditionSet, SourceHash};
use crate::model::{ProfileKey, SessionId};
use crate::stitch::{Fill, Past, Remainder, SessionView};

/// One line of the log.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub enum Entry {
    /// A session began.
    Begun(Box<SessionFacts>),
    /// What it was shown so far, whole.
    Shown {
        /// Which session.
        session: SessionId,
        /// What it was shown.
        shown: ShownNote,
    },
}

/// What a session was shown.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct ShownNote {
    next: u32,
    past: Past,
    fills: Vec<FillNote>,
}

/// What a break was filled with.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
struct FillNote {
    no: u32,
    profile: Option<ProfileKey>,
    /// What the ads were made of.
    sources: Vec<SourceHash>,
    slate: Option<SourceHash>,
    from: u16,
    carry: i32,
    remainder: Remainder,
    ads: SessionAds,
}

impl ShownNote {
    /// What a session was shown; nothing for one that saw no playlist.
    pub(super) fn of(state: &SessionState) -> Option<Self> {
        let view = state.view.as_ref()?;
        let fills = view.fills().iter().map(|(no, fill)| {
            let first = fill.ads().first().or(fill.slate());
            FillNote {
                no: *no,
                profile: first.map(|set| set.profile),
                sources: fill.ads().iter().map(|set| set.source).collect(),
                slate: fill.slate().map(|set| set.source),
                from: fill.from(),
                carry: fill.carry(),
                remainder: fill.remainder(),
                ads: state.ads_of(*no).cloned().unwrap_or_default(),
            }
        });
        Some(Self {
            next: view.next(),
            past: view.past().clone(),
            fills: fills.collect(),
        })
    }

    /// The session as it was. A fill of which something is gone shows content.
    pub(super) fn restore(
        self,
        find: &dyn Fn(ProfileKey, SourceHash) -> Option<Arc<RenditionSet>>,
    ) -> SessionState {
        let mut ads = Vec::new();
        let mut fills = Vec::new();
        for note in self.fills {
            let (no, served) = (note.no, note.ads.clone());
            if let Some(fill) = note.restore(find) {
                fills.push((no, Arc::new(fill)));
                ads.push((no, served));
            }
        }
        SessionState {
            view: Some(SessionView::resume(self.next, self.past, fills)),
            ads,
        }
    }
}

impl FillNote {
    fn restore(
        self,
        find: &dyn Fn(ProfileKey, SourceHash) -> Option<Arc<RenditionSet>>,
    ) -> Option<Fill> {
        let profile = self.profile?;
        let sets: Option<Vec<_>> = self
            .sources
            .iter()
            .map(|source| find(profile, *source))
            .collect();
        let slate = match self.slate {
            Some(source) => Some(find(profile, source)?),
            None => None,
        };
        let fill = Fill::new(sets?)
            .starting(self.from, self.carry)
            .with_slate(slate, self.remainder);
        Some(fill)
    }
}

/// Everything that must be said of a session to go on with it.
pub(super) fn entries_of(session: &Session) -> Vec<Entry> {
    let begun = Entry::Begun(Box::new(session.facts.clone()));
    let shown = ShownNote::of(&session.state());
    let shown = shown.map(|shown| Entry::Shown {
        session: session.facts.id,
        shown,
    });
    std::iter::once(begun).chain(shown).collect()
}
