//! All sessions that live, found by name without one waiting for another.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::session::Session;
use crate::model::{Millis, SessionId, Timestamp};

/// Parts of the map, each with a lock of its own.
const SHARDS: usize = 64;
/// Sessions that can live at one time: some two kilobytes each.
pub const SESSIONS_MAX: usize = 500_000;

/// As many sessions live as can.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{SESSIONS_MAX} sessions live already")]
pub struct TooManySessions;

/// Sessions by name.
type Shard = HashMap<SessionId, Arc<Session>>;

/// All sessions that live.
#[derive(Debug)]
pub(super) struct Registry {
    shards: Box<[Mutex<Shard>]>,
    hasher: RandomState,
}

impl Registry {
    pub(super) fn new() -> Self {
        Self {
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
            hasher: RandomState::new(),
        }
    }

    fn shard(&self, id: SessionId) -> MutexGuard<'_, Shard> {
        let hash = usize::try_from(self.hasher.hash_one(id) >> 32).unwrap_or(0);
        let shard = self.shards.get(hash % SHARDS).expect("there are so many");
        shard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The session of a name.
    pub(super) fn find(&self, id: SessionId) -> Option<Arc<Session>> {
        self.shard(id).get(&id).map(Arc::clone)
    }

    /// One more.
    pub(super) fn insert(&self, session: Session) -> Result<Arc<Session>, TooManySessions> {
        let session = Arc::new(session);
        let mut shard = self.shard(session.facts.id);
        if shard.len() >= SESSIONS_MAX / SHARDS {
            return Err(TooManySessions);
        }
        shard.insert(session.facts.id, Arc::clone(&session));
        Ok(session)
    }

    /// Takes one out.
    pub(super) fn remove(&self, id: SessionId) {
        self.shard(id).remove(&id);
    }

    /// Everyone, one shard after another.
    pub(super) fn all(&self) -> Vec<Arc<Session>> {
        let shards = self.shards.iter();
        let shards = shards.map(|shard| shard.lock().unwrap_or_else(PoisonError::into_inner));
        shards
            .flat_map(|shard| shard.values().map(Arc::clone).collect::<Vec<_>>())
            .collect()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        let shards = self.shards.iter();
        let shards = shards.map(|shard| shard.lock().unwrap_or_else(PoisonError::into_inner));
        shards.map(|shard| shard.len()).sum()
    }

    /// Takes out those that nobody asked for since `idle` before `now`. How many they were.
    pub(super) fn sweep(&self, now: Timestamp, idle: Millis) -> usize {
        let mut gone = 0;
        for shard in &self.shards {
            let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
            let before = shard.len();
            shard.retain(|_id, session| now.since(session.asked_at()) <= idle);
            gone += before - shard.len();
        }
        gone
    }
}
