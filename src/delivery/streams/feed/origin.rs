//! Playlists of an origin, live or on demand, fetched round by round.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use url::Url;

use super::{FeedError, Round, shown};
use crate::delivery::streams::roster::{Roster, RosterError};
use crate::format::hls::{
    Ground, Limits, LowLatency, MediaPlaylist, Multivariant, PlaylistError, Variables,
};
use crate::upstream::{Fetched, Freshness, Lineup, Origins, Outcome};

/// How often the multivariant playlist is looked at again.
const INDEX_EVERY: Duration = Duration::from_secs(30);
/// How old a multivariant playlist may be when its origin fails.
const INDEX_STALE: Duration = Duration::from_mins(10);
/// What a media playlist may be old before any of it was read.
const TARGET_FIRST: u32 = 2;

/// Playlists of an origin.
#[derive(Debug)]
pub(in crate::delivery::streams) struct Origin {
    urls: Vec<String>,
    index: Lineup,
    known: Option<Known>,
}

#[derive(Debug)]
struct Known {
    roster: Arc<Roster>,
    variables: Variables,
    /// Which origin it is of.
    origin: usize,
    version: u64,
    /// None to look again at once.
    looked_at: Option<Instant>,
    /// By rendition: what was read last.
    read: Vec<Option<Read>>,
}

#[derive(Debug)]
struct Read {
    version: u64,
    target: u32,
}

impl Origin {
    /// At these addresses; `asset` names one in folders.
    pub(super) fn new(urls: &[String], asset: Option<&str>) -> Option<Self> {
        let parsed = urls.iter().map(|url| {
            let url = Url::parse(url).ok()?;
            match asset {
                Some(asset) => url.join(asset).ok(),
                None => Some(url),
            }
        });
        Some(Self {
            urls: urls.to_vec(),
            index: Lineup::new(parsed.collect::<Option<Vec<_>>>()?),
            known: None,
        })
    }

    /// Whether it is at these addresses.
    pub(super) fn is_of(&self, urls: &[String]) -> bool {
        self.urls == urls
    }

    /// Fetches what is new.
    pub(super) async fn round(
        &mut self,
        origins: &Origins,
        now: Instant,
    ) -> Result<Round, FeedError> {
        self.look(origins, now).await?;
        let Some(known) = &mut self.known else {
            return Err(RosterError::Empty.into());
        };
        let fetches = known.roster.listed.iter().zip(&known.read);
        let fetches = fetches.map(|(listed, read)| {
            let target = read.as_ref().map_or(TARGET_FIRST, |read| read.target);
            origins.fetch(&listed.url, freshness(target))
        });
        let answers = join_all(fetches).await;
        let mut round = Round {
            roster: Arc::clone(&known.roster),
            playlists: Vec::with_capacity(answers.len()),
        };
        let mut faults = Vec::new();
        for (place, answer) in answers.into_iter().enumerate() {
            let read = answer
                .map_err(|error| error.to_string())
                .and_then(|fetched| {
                    known
                        .take(place, &fetched)
                        .map_err(|error| error.to_string())
                });
            match read {
                Ok(playlist) => round.playlists.push(playlist),
                Err(fault) => {
                    faults.push(fault);
                    round.playlists.push(None);
                }
            }
        }
        let (missing, listed) = (known.missing(), known.read.len());
        let outcome = if faults.is_empty() {
            Outcome::Good
        } else {
            Outcome::Failed
        };
        self.index.report(origins, known.origin, outcome);
        match faults.into_iter().next() {
            Some(first) if missing > 0 => Err(FeedError::Incomplete {
                missing,
                listed,
                first,
            }),
            Some(fault) => {
                tracing::debug!(%fault, "a media playlist could not be read");
                // Perhaps another origin is better.
                known.looked_at = None;
                Ok(round)
            }
            None => Ok(round),
        }
    }

    /// Looks at the multivariant playlist, if it is time or another origin is asked.
    async fn look(&mut self, origins: &Origins, now: Instant) -> Result<(), FeedError> {
        let current = self.index.current();
        if let Some(known) = &self.known {
            let is_due = known
                .looked_at
                .is_none_or(|at| now.saturating_duration_since(at) >= INDEX_EVERY);
            if !is_due && known.origin == current {
                return Ok(());
            }
        }
        let freshness = Freshness {
            fresh: INDEX_EVERY,
            stale: INDEX_STALE,
        };
        let served = match self.index.fetch(origins, freshness).await {
            Ok(served) => served,
            // The media playlists may still be there.
            Err(error) if self.known.is_some() => {
                tracing::info!(%error, "the multivariant playlist cannot be had");
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        };
        if let Some(known) = &mut self.known {
            known.looked_at = Some(now);
            if known.origin == served.origin && known.version == served.fetched.version {
                return Ok(());
            }
        }
        self.learn(&served.fetched, served.origin, now)
    }

    fn learn(&mut self, fetched: &Fetched, origin: usize, now: Instant) -> Result<(), FeedError> {
        let limits = Limits::DEFAULT;
        let base: &Url = &fetched.final_url;
        let wrong = |error| FeedError::Playlist {
            url: shown(base),
            error,
        };
        let playlist = Multivariant::parse(fetched.bytes.clone(), &limits).map_err(wrong)?;
        let variables = playlist.variables(base);
        let grounded = playlist.ground(base, &limits).map_err(wrong)?;
        let roster = Arc::new(Roster::of(grounded)?);
        if let Some(known) = &mut self.known {
            if !known.roster.has_shape_of(&roster) {
                tracing::warn!("the origin lists other renditions; those of before are kept");
                return Ok(());
            }
            known.read.fill_with(|| None);
            known.roster = roster;
            known.variables = variables;
            known.origin = origin;
            known.version = fetched.version;
            return Ok(());
        }
        self.known = Some(Known {
            read: roster.listed.iter().map(|_| None).collect(),
            roster,
            variables,
            origin,
            version: fetched.version,
            looked_at: Some(now),
        });
        Ok(())
    }
}

impl Known {
    /// Reads a media playlist, if it is another one than before.
    fn take(
        &mut self,
        place: usize,
        fetched: &Fetched,
    ) -> Result<Option<Arc<MediaPlaylist>>, PlaylistError> {
        let before = self.read.get(place).and_then(Option::as_ref);
        if before.is_some_and(|read| read.version == fetched.version) {
            return Ok(None);
        }
        let limits = Limits::DEFAULT;
        let playlist = MediaPlaylist::parse(fetched.bytes.clone(), &limits)?;
        let playlist = playlist.ground(
            &Ground {
                base: &fetched.final_url,
                imports: &self.variables,
                low_latency: LowLatency::Strip,
            },
            &limits,
        )?;
        if let Some(read) = self.read.get_mut(place) {
            *read = Some(Read {
                version: fetched.version,
                target: playlist.target,
            });
        }
        Ok(Some(Arc::new(playlist)))
    }

    /// How many media playlists were never read.
    fn missing(&self) -> usize {
        self.read.iter().filter(|read| read.is_none()).count()
    }
}

/// How old a media playlist with this target duration may be.
fn freshness(target: u32) -> Freshness {
    let target = Duration::from_secs(u64::from(target.max(1)));
    Freshness {
        fresh: target / 8,
        stale: target * 3,
    }
}
