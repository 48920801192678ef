//! Conditioning in motion: what streams are made of is learned, and what is missing for them is
//! made, a few sets at a time, for as long as the daemon runs.
//!
//! The queue is what the catalog says is missing, so it cannot be lost: a set whose making was
//! cut off by the end of the process is missing as before. Only a set that is whole in the object
//! store gets its row, and only what has its row is put into the library.

mod figures;
mod make;
mod shelf;
mod study;

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinSet;
use url::Url;

pub use figures::ConditioningFigures;

use super::CatalogCell;
use super::streams::Library;
use crate::host::{Clock, Shutdown};
use crate::media::Conditioner;
use crate::model::rendition::{Loudness, RenditionSet, StreamProfile};
use crate::model::{Channel, ChannelId, Millis, RenditionPlace, Source, TenantId, Timestamp};
use crate::store::blobs::Blobs;
use crate::store::catalog::{CatalogStore, KnownProfile, StoreError, WantedRendition};
use crate::upstream::Origins;
use study::Study;

/// How often it looks for something to do.
const PERIOD: Duration = Duration::from_secs(1);
/// How long after a failure ffmpeg is looked for again, and a stream is looked at again.
const AGAIN_AFTER: Millis = Millis::from_seconds(30);
/// Streams that are studied at one time.
const STUDIES_MAX: usize = 4;

/// What conditioning stands on.
pub struct ConditioningParts {
    /// Where the queue and the results are.
    pub store: CatalogStore,
    /// Where films come from and renditions go.
    pub blobs: Blobs,
    /// Makes renditions.
    pub conditioner: Conditioner,
    /// Sets it runs at one time.
    pub jobs: usize,
    /// How loud streams are.
    pub loudness: Loudness,
    /// What can be stitched.
    pub library: Library,
    /// The channels and what is on offer.
    pub catalog: CatalogCell,
    /// Fetches the playlists of streams.
    pub origins: Origins,
    /// What is counted.
    pub figures: ConditioningFigures,
    /// The time.
    pub clock: Clock,
}

/// Makes what is missing. Cheap to clone.
#[derive(Clone)]
pub struct Conditioning(Arc<Inner>);

struct Inner {
    parts: ConditioningParts,
    live: Mutex<Live>,
    wake: Notify,
}

impl fmt::Debug for ConditioningParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConditioningParts").finish_non_exhaustive()
    }
}

impl fmt::Debug for Conditioning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Conditioning").finish_non_exhaustive()
    }
}

/// What is in memory alone.
#[derive(Default)]
struct Live {
    /// How far each set is that is being made. Percent.
    running: HashMap<RenditionPlace, u8>,
    profiles: HashMap<ChannelId, Arc<StreamProfile>>,
    learned_at: HashMap<ChannelId, Timestamp>,
    sets: HashMap<RenditionPlace, Arc<RenditionSet>>,
    studies: HashMap<ChannelId, Studied>,
    /// What the programs lack.
    lacks: Option<(String, Timestamp)>,
    /// Whether the library is to be filled anew.
    is_stale: bool,
    shelved_revision: Option<u64>,
}

/// The last look at a stream.
#[derive(Debug, Clone, Default)]
struct Studied {
    is_running: bool,
    again_at: Timestamp,
    failure: Option<String>,
}

/// How conditioning of a tenant stands, beside what the catalog says.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// How far a set is that is being made. Percent.
    pub running: HashMap<RenditionPlace, u8>,
    /// Why the stream of a channel could not be studied.
    pub unknown: HashMap<ChannelId, String>,
    /// Why nothing at all is made now.
    pub lacks: Option<String>,
}

/// What a task of ours has done.
enum Done {
    Made(RenditionPlace, Option<Arc<RenditionSet>>),
    Studied(KnownChannel, Result<StreamProfile, String>),
}

#[derive(Debug, Clone, Copy)]
struct KnownChannel {
    tenant: TenantId,
    channel: ChannelId,
}

impl Conditioning {
    /// Puts into the library what an earlier process has made. Nothing new is made yet: see
    /// [`Conditioning::run`]. Blocks.
    pub fn open(parts: ConditioningParts) -> Result<Self, StoreError> {
        let inner = Inner {
            parts,
            live: Mutex::default(),
            wake: Notify::new(),
        };
        inner.load()?;
        inner.shelve();
        Ok(Self(Arc::new(inner)))
    }

    /// How it stands.
    pub fn standing(&self) -> Standing {
        let live = self.0.live();
        let unknown = live
            .studies
            .iter()
            .filter_map(|(channel, studied)| Some((*channel, studied.failure.clone()?)));
        Standing {
            running: live.running.clone(),
            unknown: unknown.collect(),
            lacks: live.lacks.as_ref().map(|(what, _at)| what.clone()),
        }
    }

    /// Looks for something to do at once.
    pub fn wake(&self) {
        let mut live = self.0.live();
        live.lacks = None;
        for studied in live.studies.values_mut() {
            studied.again_at = Timestamp::default();
            studied.failure = None;
        }
        drop(live);
        self.0.wake.notify_one();
    }

    /// Learns and makes until the end of the program; what is under way then is given up.
    pub async fn run(self, mut shutdown: Shutdown) {
        let mut tasks = JoinSet::new();
        let requeued = self
            .0
            .parts
            .store
            .requeue_renditions(self.0.parts.clock.now());
        if let Err(error) = requeued.await {
            tracing::warn!(%error, "the queue of renditions cannot be written");
        }
        while !shutdown.is_requested() {
            let turned = self.turn(&mut tasks).await;
            if let Err(error) = turned {
                tracing::warn!(%error, "the queue of renditions cannot be read");
            }
            tokio::select! {
                () = tokio::time::sleep(PERIOD) => {}
                () = self.0.wake.notified() => {}
                Some(done) = tasks.join_next(), if !tasks.is_empty() => self.take(done).await,
                () = shutdown.requested() => {}
            }
        }
        tasks.shutdown().await;
    }

    async fn turn(&self, tasks: &mut JoinSet<Done>) -> Result<(), StoreError> {
        self.0.shelve();
        self.study(tasks);
        self.make(tasks).await
    }

    /// Begins to study streams that are not known, or whose channels changed since.
    fn study(&self, tasks: &mut JoinSet<Done>) {
        let catalog = self.0.parts.catalog.load_full();
        let now = self.0.parts.clock.now();
        for tenant in catalog.tenants() {
            for channel in tenant.channels() {
                let Some(url) = self.0.to_study(channel, now) else {
                    continue;
                };
                let known = KnownChannel {
                    tenant: tenant.id,
                    channel: channel.id,
                };
                let inner = Arc::clone(&self.0);
                tasks.spawn(async move {
                    let study = Study {
                        origins: &inner.parts.origins,
                        conditioner: &inner.parts.conditioner,
                        loudness: inner.parts.loudness,
                    };
                    let found = study.stream(&url).await;
                    Done::Studied(known, found.map_err(|error| error.to_string()))
                });
            }
        }
    }

    /// Begins to make what is missing, as many at a time as may be.
    async fn make(&self, tasks: &mut JoinSet<Done>) -> Result<(), StoreError> {
        let now = self.0.parts.clock.now();
        let running: HashSet<_> = self.0.live().running.keys().copied().collect();
        let free = self.0.parts.jobs.saturating_sub(running.len());
        let limit = u32::try_from(running.len() + free).unwrap_or(u32::MAX);
        let wanted = self.0.parts.store.wanted_renditions(now, limit).await?;
        self.0.parts.figures.waiting(wanted.len());
        let wanted = wanted.into_iter().filter(|one| !running.contains(&one.key));
        let wanted: Vec<_> = wanted.take(free).collect();
        if wanted.is_empty() || !self.0.can_work(now).await {
            return Ok(());
        }
        for one in wanted {
            self.0.live().running.insert(one.key, 0);
            tasks.spawn(made(Arc::clone(&self.0), one));
        }
        Ok(())
    }

    async fn take(&self, done: Result<Done, tokio::task::JoinError>) {
        match done {
            Ok(Done::Made(key, set)) => {
                let mut live = self.0.live();
                live.running.remove(&key);
                if let Some(set) = set {
                    live.sets.insert(key, set);
                    live.is_stale = true;
                }
            }
            Ok(Done::Studied(known, found)) => self.0.learned(known, found).await,
            // It was reported where it happened; what it was about is missing as before.
            Err(_panicked) => self.0.live().running.clear(),
        }
    }
}

async fn made(inner: Arc<Inner>, wanted: WantedRendition) -> Done {
    let set = inner.make(&wanted).await;
    Done::Made(wanted.key, set)
}

impl Inner {
    fn live(&self) -> MutexGuard<'_, Live> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hear(&self, key: RenditionPlace, percent: u8) {
        if let Some(progress) = self.live().running.get_mut(&key) {
            *progress = percent;
        }
    }

    /// Where a channel's stream is to be studied; none if that is not needed now.
    fn to_study(&self, channel: &Channel, now: Timestamp) -> Option<Url> {
        let stream = channel.spec.stream.as_ref()?;
        let mut live = self.live();
        let learned_at = live.learned_at.get(&channel.id);
        if learned_at.is_some_and(|&at| at >= channel.updated_at) {
            return None;
        }
        let first = match &stream.source {
            Source::Origins(urls) | Source::Loop(urls) => urls.first()?,
        };
        let url = if first.ends_with('/') {
            self.parts.library.sighting(channel.id)?
        } else {
            Url::parse(first).ok()?
        };
        let busy = live
            .studies
            .values()
            .filter(|studied| studied.is_running)
            .count();
        let studied = live.studies.entry(channel.id).or_default();
        if studied.is_running || studied.again_at > now || busy >= STUDIES_MAX {
            return None;
        }
        studied.is_running = true;
        Some(url)
    }

    async fn learned(&self, of: KnownChannel, found: Result<StreamProfile, String>) {
        let now = self.parts.clock.now();
        let stored = match found {
            Ok(profile) => {
                let known = KnownProfile {
                    tenant: of.tenant,
                    channel: of.channel,
                    profile: profile.clone(),
                    learned_at: now,
                };
                let stored = self.parts.store.learn_profile(known).await;
                stored
                    .map(|_is_news| profile)
                    .map_err(|error| error.to_string())
            }
            Err(failure) => Err(failure),
        };
        let mut live = self.live();
        let studied = live.studies.entry(of.channel).or_default();
        studied.is_running = false;
        match stored {
            Ok(profile) => {
                studied.failure = None;
                tracing::info!(channel = %of.channel, profile = %profile.key(), "a stream is known");
                live.learned_at.insert(of.channel, now);
                live.profiles.insert(of.channel, Arc::new(profile));
                live.is_stale = true;
            }
            Err(failure) => {
                studied.again_at = now.plus(AGAIN_AFTER);
                if studied.failure.as_ref() != Some(&failure) {
                    tracing::warn!(channel = %of.channel, failure, "a stream cannot be studied");
                }
                studied.failure = Some(failure);
            }
        }
    }

    /// Whether the programs are there; asked again some time after they were not.
    async fn can_work(&self, now: Timestamp) -> bool {
        let asked = self.live().lacks.as_ref().map(|(_what, at)| *at);
        if asked.is_some_and(|at| now < at.plus(AGAIN_AFTER)) {
            return false;
        }
        let checked = self.parts.conditioner.check().await;
        self.parts.figures.programs(&checked);
        let mut live = self.live();
        match checked {
            Ok(()) => {
                live.lacks = None;
                true
            }
            Err(error) => {
                if live.lacks.is_none() {
                    tracing::warn!(%error, "creatives cannot be made to fit streams");
                }
                live.lacks = Some((error.to_string(), now));
                false
            }
        }
    }
}
