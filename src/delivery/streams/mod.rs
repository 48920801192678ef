//! Streams in motion, and the sessions of those who watch them.
//!
//! ```text
//! origin ─▶ feed ─▶ timeline ─▶ snapshot ──┐            one task a stream, equal for everybody
//!                                          ├─▶ compose ─▶ player
//! session ─▶ fills (decided once) ─────────┘            one decision a session and break
//! ```
//!
//! What a session was shown is written down before a playlist says it, so that a restart goes on
//! with the same ads and the same numbers.

mod earlier;
mod entry;
mod error;
mod feed;
mod fills;
mod library;
mod links;
mod registry;
mod roster;
mod session;
mod stage;

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use bytes::Bytes;
use tokio::runtime::Handle;

pub use earlier::{Earlier, Sessions};
pub use entry::Entry;
pub use error::{BeginError, OpenError, PlayError};
pub use library::{Library, Shelves};
pub use registry::{SESSIONS_MAX, TooManySessions};
pub use roster::{Carries, Listed, Roster, RosterError};
pub use session::{Session, SessionFacts};
pub use stage::{Screen, Stage};

use super::{CatalogCell, Placement};
use crate::host::{Clock, Entropy, Shutdown};
use crate::model::{
    ChannelId, Insertion, Micros, Millis, Reporting, SessionId, Source, Stream, Timestamp,
};
use crate::render::token::TokenKeys;
use crate::stitch;
use crate::stitch::guided::{self, Inserted, Lists, Restrict, Signals};
use crate::store::sessions::SessionLog;
use crate::store::timelines::Timelines;
use crate::upstream::Origins;
use entry::ShownNote;
use fills::{Decided, Deciding};
use links::SessionLinks;
use registry::Registry;
use stage::Dark;

/// Streams that can be in motion at one time.
const STAGES_MAX: usize = 4_096;
/// How long a session lives after something of it was asked for last.
pub const SESSION_IDLE: Millis = Millis::from_seconds(10 * 60);
/// How often sessions and streams are looked through for those that nobody asks for.
const SWEEP_EVERY: Duration = Duration::from_secs(30);
/// How long the last good playlists are shown when the origin fails: target durations.
const STALE_TARGETS: u64 = 3;
/// Room for a media playlist without growing.
const PLAYLIST_BYTES: usize = 8 * 1024;

/// A stream: a channel, or one of its assets.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct StageKey {
    /// Which channel.
    pub channel: ChannelId,
    /// Which asset, where the channel is a folder of them.
    pub asset: Option<Box<str>>,
}

/// What streams are made with.
#[derive(Debug)]
pub struct Parts {
    /// Fetches playlists.
    pub origins: Origins,
    /// Decides and reserves.
    pub placement: Placement,
    /// What is sold, and the channels.
    pub catalog: CatalogCell,
    /// Signs what is served.
    pub tokens: TokenKeys,
    /// Where players reach us, without a slash at its end.
    pub public_url: String,
    /// What can be stitched.
    pub library: Library,
    /// Where timelines are kept.
    pub timelines: Timelines,
    /// The time.
    pub clock: Clock,
    /// The dice.
    pub entropy: Entropy,
}

/// Streams in motion and all sessions. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Streams(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    parts: Arc<Parts>,
    stages: RwLock<HashMap<StageKey, Arc<Stage>>>,
    sessions: Arc<Registry>,
    log: SessionLog<Entry>,
    runtime: Handle,
    shutdown: Shutdown,
}

impl Streams {
    /// Nothing is in motion yet. Tasks run on `runtime` until `shutdown`.
    pub fn start(
        parts: Parts,
        sessions: &Sessions,
        log: SessionLog<Entry>,
        (runtime, shutdown): (Handle, Shutdown),
    ) -> Self {
        let streams = Self(Arc::new(Inner {
            parts: Arc::new(parts),
            stages: RwLock::default(),
            sessions: Arc::clone(&sessions.0),
            log,
            runtime: runtime.clone(),
            shutdown: shutdown.clone(),
        }));
        runtime.spawn(streams.clone().sweep(shutdown));
        streams
    }

    /// The session of a name, if it lives.
    pub fn session(&self, id: SessionId) -> Option<Arc<Session>> {
        let session = self.0.sessions.find(id)?;
        session.touch(self.0.parts.clock.now());
        Some(session)
    }

    /// What can be stitched.
    pub fn library(&self) -> &Library {
        &self.0.parts.library
    }

    /// All sessions that live.
    pub fn sessions(&self) -> Vec<Arc<Session>> {
        self.0.sessions.all()
    }

    /// How many sessions live.
    pub fn session_count(&self) -> usize {
        self.0.sessions.len()
    }

    /// Begins a session. After this it survives a kill.
    pub async fn begin(&self, facts: SessionFacts) -> Result<Arc<Session>, BeginError> {
        let id = facts.id;
        let entry = Entry::Begun(Box::new(facts.clone()));
        let session = self.0.sessions.insert(Session::new(facts))?;
        if let Err(error) = self.0.log.keep(&entry).await {
            self.0.sessions.remove(id);
            return Err(error.into());
        }
        Ok(session)
    }

    /// Where the playlist of a key is without us; none for one that is made of files.
    pub fn original(&self, key: &StageKey) -> Option<String> {
        let (stream, _epoch) = self.0.parts.stream(key)?;
        original(&stream, key)
    }

    /// The stream of a key, in motion and with something to see.
    pub async fn open(&self, key: &StageKey) -> Result<Arc<Stage>, OpenError> {
        let (stream, _epoch) = self.0.parts.stream(key).ok_or(OpenError::NoStream)?;
        let stage = self.stage(key)?;
        match stage.lit().await {
            Ok(_screen) => Ok(stage),
            Err(Dark { is_not_found: true }) if key.asset.is_some() => Err(OpenError::NoAsset),
            Err(_dark) => Err(OpenError::Origin {
                original: original(&stream, key).ok_or(OpenError::NoStream)?,
            }),
        }
    }

    fn stage(&self, key: &StageKey) -> Result<Arc<Stage>, OpenError> {
        let now = self.0.parts.clock.now();
        let stages = self.0.stages.read();
        let known = stages
            .unwrap_or_else(PoisonError::into_inner)
            .get(key)
            .cloned();
        if let Some(stage) = known {
            stage.touch(now);
            return Ok(stage);
        }
        let mut stages = self
            .0
            .stages
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(stage) = stages.get(key) {
            return Ok(Arc::clone(stage));
        }
        if stages.len() >= STAGES_MAX {
            return Err(OpenError::TooMany);
        }
        let stage = Arc::new(Stage::new(key.clone(), now));
        stages.insert(key.clone(), Arc::clone(&stage));
        let run = Arc::clone(&stage).run(Arc::clone(&self.0.parts), self.0.shutdown.clone());
        let (streams, ended) = (self.clone(), Arc::clone(&stage));
        self.0.runtime.spawn(async move {
            run.await;
            streams.forget(&ended);
        });
        Ok(stage)
    }

    /// Takes a stream out that is not in motion any more.
    fn forget(&self, stage: &Arc<Stage>) {
        let mut stages = self
            .0
            .stages
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        if stages
            .get(&stage.key)
            .is_some_and(|known| Arc::ptr_eq(known, stage))
        {
            stages.remove(&stage.key);
        }
    }

    /// The media playlist of a rendition, for a session.
    pub async fn playlist(
        &self,
        session: &Arc<Session>,
        rendition: u16,
    ) -> Result<Bytes, PlayError> {
        let screen = self.decided(session).await?;
        let rendition = usize::from(rendition);
        if rendition >= screen.roster.listed.len() {
            return Err(PlayError::NoRendition);
        }
        let mut text = Vec::with_capacity(PLAYLIST_BYTES);
        let state = session.state();
        let view = state.view.as_ref().ok_or(PlayError::NotKept)?;
        let mut links = SessionLinks::new(&self.0.parts, &session.facts, &state);
        let composed = match session.facts.insertion {
            Insertion::Stitched => {
                stitch::compose(&screen.snapshot, rendition, view, &mut links, &mut text)
            }
            Insertion::Guided => {
                let tags: (_, &mut dyn Lists) = (Restrict::default(), &mut links);
                guided::compose(&screen.snapshot, rendition, view, tags, &mut text)
            }
        };
        composed?;
        Ok(Bytes::from(text))
    }

    /// The ads of a break, for the interstitial that stands for it; only those after `offset`,
    /// which a player names that joins within.
    pub async fn assets(
        &self,
        session: &Arc<Session>,
        no: u32,
        offset: Micros,
    ) -> Result<Vec<u8>, PlayError> {
        let screen = self.decided(session).await?;
        let state = session.state();
        let view = state.view.as_ref().ok_or(PlayError::NotKept)?;
        let of = screen.snapshot.find(no).ok_or(PlayError::NoBreak)?;
        let fill = view.fills().iter().find(|(filled, _fill)| *filled == no);
        let (_no, fill) = fill.ok_or(PlayError::NoBreak)?;
        let signals = match session.facts.reporting {
            Reporting::Server => Signals::Apart,
            Reporting::Client => Signals::Inside,
        };
        let mut links = SessionLinks::new(&self.0.parts, &session.facts, &state);
        let mut text = Vec::with_capacity(PLAYLIST_BYTES);
        guided::asset_list((of, fill), offset, signals, &mut links, &mut text);
        Ok(text)
    }

    /// What a player that reports itself is to call, of breaks from the number `since` on.
    pub async fn tracking(&self, session: &Arc<Session>, since: u32) -> Result<Vec<u8>, PlayError> {
        let screen = self.decided(session).await?;
        let state = session.state();
        let view = state.view.as_ref().ok_or(PlayError::NotKept)?;
        let inserted = match session.facts.insertion {
            Insertion::Stitched => Inserted::ByServer,
            Insertion::Guided => Inserted::ByPlayer,
        };
        let mut links = SessionLinks::new(&self.0.parts, &session.facts, &state);
        let mut text = Vec::with_capacity(PLAYLIST_BYTES);
        guided::tracking(
            &screen.snapshot,
            view,
            (inserted, since),
            &mut links,
            &mut text,
        );
        Ok(text)
    }

    /// What is on for a session, with everything decided that it sees.
    async fn decided(&self, session: &Arc<Session>) -> Result<Arc<Screen>, PlayError> {
        let parts = &self.0.parts;
        let key = &session.facts.stage;
        let stage = self.stage(key).map_err(|_none| PlayError::NoStream)?;
        let screen = stage.lit().await.map_err(|_dark| PlayError::Stale)?;
        let target = Millis::from_seconds(u64::from(screen.snapshot.target()));
        let patience = Millis(target.0.saturating_mul(STALE_TARGETS));
        if !screen.snapshot.has_ended() && parts.clock.now().since(screen.at) > patience {
            return Err(PlayError::Stale);
        }
        let is_decided = |view: &stitch::SessionView| view.undecided(&screen.snapshot).is_none();
        if session.state().view.as_ref().is_some_and(is_decided) {
            return Ok(screen);
        }
        let _turn = session.turn().await;
        let (stream, _epoch) = parts.stream(key).ok_or(PlayError::NoStream)?;
        let note = {
            let catalog = parts.catalog.load();
            let mut shown = session.state();
            let deciding = Deciding {
                parts,
                catalog: &catalog,
                facts: &session.facts,
                stream: &stream,
                screen: &screen,
            };
            let decided = deciding
                .all(&mut shown)
                .map_err(|_full| PlayError::NotKept)?;
            match decided {
                Decided::Nothing => None,
                Decided::Something => ShownNote::of(&shown),
            }
        };
        if let Some(shown) = note {
            let entry = Entry::Shown {
                session: session.facts.id,
                shown,
            };
            self.0
                .log
                .keep(&entry)
                .await
                .map_err(|_not_kept| PlayError::NotKept)?;
        }
        Ok(screen)
    }

    /// Lets go of sessions that nobody asks for, now and then.
    async fn sweep(self, mut shutdown: Shutdown) {
        loop {
            tokio::select! {
                () = tokio::time::sleep(SWEEP_EVERY) => {}
                () = shutdown.requested() => return,
            }
            let gone = self
                .0
                .sessions
                .sweep(self.0.parts.clock.now(), SESSION_IDLE);
            tracing::debug!(gone, "sessions ended");
        }
    }
}

impl Parts {
    /// How ads get into a stream, as the catalog has it now, and when its channel was made.
    fn stream(&self, key: &StageKey) -> Option<(Stream, Timestamp)> {
        let catalog = self.catalog.load();
        let channel = catalog
            .tenant_of_channel(key.channel)?
            .channel(key.channel)?;
        let stream = channel.spec.stream.clone()?;
        let is_folder = matches!(&stream.source, Source::Origins(urls) if urls.iter().all(|url| url.ends_with('/')));
        (is_folder == key.asset.is_some()).then_some((stream, channel.created_at))
    }
}

/// Where the playlist of a stream is at its own origin.
fn original(stream: &Stream, key: &StageKey) -> Option<String> {
    let Source::Origins(urls) = &stream.source else {
        return None;
    };
    let asset = key.asset.as_deref().unwrap_or_default();
    Some(format!("{}{asset}", urls.first()?))
}
