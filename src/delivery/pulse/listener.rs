//! Somebody who listens: a place in a room, moved on at its own pace.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::sync::watch;

use super::fact::Entry;
use super::place::Place;
use super::room::Missing;
use super::{Hub, LISTENERS_MAX, Pulse};
use crate::api::{LiveHealth, LiveMetrics, Topic};
use crate::model::TenantId;

/// Where to begin.
#[derive(Debug, Clone, Copy)]
pub enum Start {
    /// With the last so many facts that are remembered.
    Recent(u32),
    /// Behind what was seen.
    After(Place),
}

/// As many listen as may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{LISTENERS_MAX} streams of events are open already")]
pub struct TooManyListeners;

/// What a listener hears.
#[derive(Debug, Clone)]
pub enum Told {
    /// Something happened.
    Happened(Entry),
    /// Facts of a topic are missing here; none when nobody knows how many.
    Missing {
        /// Of which topic.
        topic: Topic,
        /// How many.
        lost: Option<u64>,
        /// Why.
        why: Missing,
    },
}

/// Hears what happens to one tenant.
#[derive(Debug)]
pub struct Listener {
    hub: Arc<Hub>,
    tenant: TenantId,
    topics: Vec<Topic>,
    place: Place,
    /// What is to be told first.
    first: Vec<Told>,
    /// Whether it has caught up since it came back.
    caught_up: bool,
    news: watch::Receiver<u64>,
}

impl Pulse {
    /// Begins to listen to what happens to a tenant.
    pub fn listen(
        &self,
        tenant: TenantId,
        topics: Vec<Topic>,
        start: Start,
    ) -> Result<Listener, TooManyListeners> {
        let hub = &self.0;
        let one_more = |count: u32| (count < LISTENERS_MAX).then_some(count + 1);
        hub.listeners
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_more)
            .map_err(|_full| TooManyListeners)?;
        let place = {
            let mut rooms = hub.rooms();
            let room = rooms.room(tenant, hub.clock.now());
            room.listeners += 1;
            room.end()
        };
        let mut listener = Listener {
            hub: Arc::clone(hub),
            tenant,
            topics,
            place,
            first: Vec::new(),
            caught_up: matches!(start, Start::Recent(_)),
            news: hub.news.subscribe(),
        };
        // The lanes take everything before it is found out what was there already, so that
        // nothing is missed in between.
        listener.weigh(1);
        hub.set_gates();
        hub.collect();
        listener.begin(start);
        hub.wanted.notify_one();
        hub.asked.notify_one();
        Ok(listener)
    }
}

impl Listener {
    fn begin(&mut self, start: Start) {
        let hub = Arc::clone(&self.hub);
        let mut rooms = hub.rooms();
        let Some(room) = rooms.known(self.tenant) else {
            return;
        };
        match start {
            Start::Recent(count) => {
                let count = usize::try_from(count).unwrap_or(usize::MAX);
                self.place = room.before_last(count, &self.topics);
            }
            Start::After(old) => match room.resume(&old) {
                Ok(place) => {
                    self.place = place;
                    let unseen = room.blinked(&mut self.place);
                    self.miss(&unseen, Missing::TooOld);
                }
                Err(place) => {
                    self.place = place;
                    self.miss(Topic::ALL, Missing::Restarted);
                }
            },
        }
    }

    /// Nobody knows how many facts of some topics are missing.
    fn miss(&mut self, topics: &[Topic], why: Missing) {
        let asked = topics.iter().filter(|topic| self.topics.contains(topic));
        self.first.extend(asked.map(|&topic| Told::Missing {
            topic,
            lost: None,
            why,
        }));
    }

    /// Where it is: behind everything it was told.
    pub const fn place(&self) -> Place {
        self.place
    }

    /// The last second of its tenant.
    pub fn metrics(&self) -> Option<Arc<LiveMetrics>> {
        self.hub.rooms().known(self.tenant)?.metrics.clone()
    }

    /// How the daemon is.
    pub fn health(&self) -> Option<Arc<LiveHealth>> {
        self.hub.rooms().health().cloned()
    }

    /// What happened since, at most so much at a time, each with the place behind it.
    pub fn take(&mut self, max: usize) -> Vec<(Place, Told)> {
        let hub = Arc::clone(&self.hub);
        let mut rooms = hub.rooms();
        let Some(room) = rooms.known(self.tenant) else {
            return Vec::new();
        };
        let unseen = room.blinked(&mut self.place);
        self.miss(&unseen, Missing::Busy);
        let place = self.place;
        let mut told: Vec<_> = self.first.drain(..).map(|told| (place, told)).collect();
        while told.len() < max {
            let Some(next) = room.next(&mut self.place, &self.topics) else {
                self.caught_up = true;
                break;
            };
            if next.lost > 0 {
                let why = match next.why {
                    Missing::Slow if !self.caught_up => Missing::TooOld,
                    why => why,
                };
                told.push((next.before, missing(next.topic, next.lost, why)));
            }
            told.push((self.place, Told::Happened(next.entry)));
        }
        if told.len() < max {
            for &topic in &self.topics {
                let lost = room.lost_at_end(&mut self.place, topic);
                if lost > 0 {
                    told.push((self.place, missing(topic, lost, Missing::Busy)));
                }
            }
        }
        told
    }

    /// Waits until there may be more; false when the program ends.
    pub async fn news(&mut self) -> bool {
        !self.hub.closed.load(Ordering::SeqCst)
            && self.news.changed().await.is_ok()
            && !self.hub.closed.load(Ordering::SeqCst)
    }

    /// Adds itself to those that want what it wants, or takes itself out.
    fn weigh(&self, by: i32) {
        let add = |count: &AtomicU32| {
            if by > 0 {
                count.fetch_add(1, Ordering::SeqCst);
            } else {
                count.fetch_sub(1, Ordering::SeqCst);
            }
        };
        // How long decisions take is told with the metrics.
        let wants = |topics: &[Topic]| topics.iter().any(|topic| self.topics.contains(topic));
        if wants(&[Topic::Decisions, Topic::Metrics]) {
            add(&self.hub.decisions);
        }
        if wants(&[Topic::Beacons]) {
            add(&self.hub.beacons);
        }
    }
}

const fn missing(topic: Topic, lost: u64, why: Missing) -> Told {
    Told::Missing {
        topic,
        lost: Some(lost),
        why,
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.weigh(-1);
        if let Some(room) = self.hub.rooms().known(self.tenant) {
            room.listeners = room.listeners.saturating_sub(1);
        }
        self.hub.listeners.fetch_sub(1, Ordering::SeqCst);
    }
}
