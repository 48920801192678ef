//! Findings: what was broken, where, and what was seen.

use std::collections::HashSet;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher as _};

use super::Invariant;
use crate::model::Timestamp;

/// Most findings that are kept; the rest is counted.
const FINDINGS_MAX: usize = 1000;

/// From whom a playlist came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source<'a> {
    /// The stream before ads.
    Origin,
    /// The playback of one viewer.
    Session(&'a str),
}

impl Source<'_> {
    /// The name of the session; none for the origin.
    pub(super) fn key(self) -> Option<String> {
        match self {
            Self::Origin => None,
            Self::Session(name) => Some(name.to_owned()),
        }
    }
}

/// An invariant that was broken, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was broken.
    pub invariant: Invariant,
    /// The session it was seen in; none for the origin itself.
    pub session: Option<String>,
    /// The rendition it was seen in.
    pub rendition: String,
    /// Which playlist of this rendition, counted from one.
    pub reload: u32,
    /// When that was fetched.
    pub at: Timestamp,
    /// The line of it, counted from one; 0 where no line says it.
    pub line: u32,
    /// What was seen.
    pub seen: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            invariant,
            session,
            rendition,
            reload,
            line,
            seen,
            ..
        } = self;
        let session = session.as_deref().unwrap_or("origin");
        let (number, name) = (invariant.number(), invariant.name());
        write!(
            f,
            "{number} {name}: {session} {rendition} reload {reload} line {line}: {seen}"
        )
    }
}

/// Which playlist is being looked at.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) session: Option<String>,
    pub(super) rendition: String,
    pub(super) reload: u32,
    pub(super) at: Timestamp,
}

/// Gathers findings; the same one is told once, however many reloads show it.
#[derive(Debug, Default)]
pub(super) struct Report {
    place: Option<Place>,
    findings: Vec<Finding>,
    told: HashSet<u64>,
    left_out: u64,
}

impl Report {
    /// Everything told from now on is about this playlist.
    pub(super) fn place(&mut self, place: Place) {
        self.place = Some(place);
    }

    /// Tells that an invariant is broken. `subject` is what it is broken for: the same invariant
    /// and subject of one rendition is one finding.
    pub(super) fn tell(
        &mut self,
        invariant: Invariant,
        line: u32,
        subject: impl Hash,
        seen: impl FnOnce() -> String,
    ) {
        let Some(place) = &self.place else {
            return;
        };
        let mut hasher = DefaultHasher::new();
        (invariant, &place.session, &place.rendition).hash(&mut hasher);
        subject.hash(&mut hasher);
        if !self.told.insert(hasher.finish()) {
            return;
        }
        if self.findings.len() == FINDINGS_MAX {
            // The memory of what was told stays bounded with it.
            self.told.clear();
            self.left_out += 1;
            return;
        }
        self.findings.push(Finding {
            invariant,
            session: place.session.clone(),
            rendition: place.rendition.clone(),
            reload: place.reload,
            at: place.at,
            line,
            seen: seen(),
        });
    }

    pub(super) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    pub(super) const fn left_out(&self) -> u64 {
        self.left_out
    }
}
