//! Checks a history of playlists, as players see it, against what a stitched stream must keep to.
//!
//! Feed every playlist that was answered, in order of time, to [`History::see`]: reload after
//! reload, rendition after rendition, and, where there is one, the origin that was stitched
//! *before* the session's playlist that was made from it. What is broken comes back as
//! [`Finding`]s. The checker knows nothing of how playlists are made, and reads them with a
//! reader of its own.

mod across;
mod assets;
mod attributes;
mod invariant;
mod origin;
mod playlist;
mod presentation;
mod ranges;
mod read;
mod reload;
mod report;
mod single;
mod tags;
mod track;
mod whole;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

pub use assets::{AssetList, Resumes};
pub use invariant::{Invariant, document};
pub use presentation::{
    Asked, Listed, RENDITIONS_MAX, asset_lists, has_ended, is_multivariant, pace, renditions,
};
pub use report::{Finding, Source};

use crate::model::Timestamp;
use report::{Place, Report};
use track::Track;

/// Most renditions of all sources that are followed; what comes beyond is not looked at.
pub const TRACKS_MAX: usize = 256;

/// Largest playlist that is read, in bytes; of a larger one only that it is too large is told.
pub const PLAYLIST_BYTES_MAX: usize = 16 << 20;

/// How ads stand in the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// They take the place of content, as live.
    #[default]
    Replace,
    /// They push content back, as on demand.
    Insert,
}

/// Whether the query of an address says which segment it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Queries {
    /// It does.
    #[default]
    Compared,
    /// It is a token that may change.
    Ignored,
}

/// What is known of a stream beforehand.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// How ads stand in the content.
    pub mode: Mode,
    /// Whether the query of an address says which segment it is.
    pub queries: Queries,
    /// A part of the addresses by which a server counts what was seen: each of those must be one
    /// of a kind.
    pub counted: Option<String>,
    /// Longest break, in microseconds, where there is a bound.
    pub break_max: Option<u64>,
    /// How late what is fetched may come because of the way, in milliseconds.
    pub slack: u64,
}

/// One playlist as it was answered.
#[derive(Debug, Clone, Copy)]
pub struct Sight<'a> {
    /// When it was fetched.
    pub at: Timestamp,
    /// From whom: the origin or a session.
    pub source: Source<'a>,
    /// Which rendition; the same name at the origin and in every session.
    pub rendition: &'a str,
    /// The address it was fetched from, so that what is relative in it can be resolved. May be
    /// empty.
    pub url: &'a str,
    /// The playlist.
    pub text: &'a str,
}

/// Everything that was seen of a stream, and what was found in it.
#[derive(Debug)]
pub struct History {
    rules: Rules,
    tracks: Vec<Track>,
    places: HashMap<(Option<String>, String), usize>,
    variables: HashMap<Option<String>, playlist::Variables>,
    report: Report,
}

impl History {
    /// An empty history.
    pub fn new(rules: Rules) -> Self {
        Self {
            rules,
            tracks: Vec::new(),
            places: HashMap::new(),
            variables: HashMap::new(),
            report: Report::default(),
        }
    }

    /// Takes a media playlist in and checks it against everything before. Playlists come in order
    /// of time; one of the origin comes before those that were made from it.
    pub fn see(&mut self, sight: &Sight<'_>) {
        let Some(index) = self.track(sight) else {
            return;
        };
        let key = sight.source.key();
        let empty = playlist::Variables::new();
        let variables = self.variables.get(&key).unwrap_or(&empty);
        let readable = if sight.text.len() > PLAYLIST_BYTES_MAX {
            ""
        } else {
            sight.text
        };
        let playlist = read::read(readable, sight.url, variables);
        let (before, rest) = self.tracks.split_at_mut(index);
        let Some((track, after)) = rest.split_first_mut() else {
            return;
        };
        track.reloads += 1;
        self.report.place(Place {
            session: key,
            rendition: sight.rendition.to_owned(),
            reload: track.reloads,
            at: sight.at,
        });
        let others: Vec<&Track> = before.iter().chain(after.iter()).collect();
        let origin = others
            .iter()
            .find(|other| other.session.is_none() && other.rendition == track.rendition)
            .copied()
            .filter(|_| track.session.is_some());
        if !tags::check(&playlist, &mut self.report) {
            return;
        }
        single::check(&playlist, &mut self.report);
        ranges::check(&playlist, self.rules.mode, &mut self.report);
        let step = reload::Step {
            playlist: &playlist,
            at: sight.at,
            rules: &self.rules,
            origin,
        };
        reload::check(track, &step, &mut self.report);
        ranges::follow(track, &step, &mut self.report);
        let fresh = track.take(&playlist, origin);
        if let Some(origin) = origin {
            // Breaks are measured in the rendition that is seen first.
            let rank = if before.iter().any(|other| other.session == track.session) {
                origin::Rank::Follower
            } else {
                origin::Rank::Leader
            };
            origin::check(track, origin, &step, (&fresh, rank), &mut self.report);
        }
        across::check(track, &others, &step, &fresh, &mut self.report);
        track.finish(playlist, sight.at);
    }

    /// Takes in a multivariant playlist: its variables may be imported by media playlists, and it
    /// has rules of its own.
    pub fn see_multivariant(&mut self, sight: &Sight<'_>) {
        let key = sight.source.key();
        self.report.place(Place {
            session: key.clone(),
            rendition: sight.rendition.to_owned(),
            reload: 1,
            at: sight.at,
        });
        let playlist = read::read(sight.text, sight.url, &playlist::Variables::new());
        tags::check_lines(&playlist, &mut self.report);
        let variables = tags::variables(&playlist);
        self.variables.insert(key, variables);
    }

    /// Takes in the list of assets of an interstitial.
    pub fn see_assets(&mut self, list: &AssetList<'_>) {
        self.report.place(Place {
            session: list.session.map(ToOwned::to_owned),
            rendition: list.id.to_owned(),
            reload: 1,
            at: list.at,
        });
        assets::check(list, self.rules.mode, &mut self.report);
    }

    /// Notes that a playlist was asked for and did not come.
    pub fn see_failure(&mut self, sight: &Sight<'_>) {
        let index = self.track(sight);
        let track = index.and_then(|index| self.tracks.get_mut(index));
        let reload = track.map_or(1, |track| {
            track.reloads += 1;
            track.reloads
        });
        self.report.place(Place {
            session: sight.source.key(),
            rendition: sight.rendition.to_owned(),
            reload,
            at: sight.at,
        });
        self.report.tell(Invariant::Available, 0, reload, || {
            format!("{}: {}", sight.url, sight.text)
        });
    }

    /// What was found so far, in the order in which it was.
    pub fn findings(&self) -> &[Finding] {
        self.report.findings()
    }

    /// How many findings were left out because there were too many.
    pub const fn left_out(&self) -> u64 {
        self.report.left_out()
    }

    /// The track of a rendition, made at first sight; nothing when there are too many.
    fn track(&mut self, sight: &Sight<'_>) -> Option<usize> {
        let key = (sight.source.key(), sight.rendition.to_owned());
        if let Some(index) = self.places.get(&key) {
            return Some(*index);
        }
        if self.tracks.len() == TRACKS_MAX {
            return None;
        }
        let index = self.tracks.len();
        self.tracks
            .push(Track::new(key.0.clone(), &key.1, sight.at));
        self.places.insert(key, index);
        Some(index)
    }
}
