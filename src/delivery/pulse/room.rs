//! What is remembered of each tenant, and what a listener at some place in it finds.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use super::fact::{Entry, Fact};
use super::place::{Place, SAMPLED};
use crate::api::{LiveHealth, LiveMetrics, Topic};
use crate::model::id_hash::IdHash;
use crate::model::{TenantId, Timestamp};

/// Tenants of which something is remembered.
const ROOMS_MAX: usize = 128;

/// Facts of a topic that a room remembers.
const fn remembered(topic: Topic) -> usize {
    match topic {
        Topic::Decisions | Topic::Beacons => 2_048,
        Topic::Audit => 512,
        Topic::Metrics => 120,
        Topic::Health => 30,
    }
}

/// All rooms.
#[derive(Debug)]
pub(super) struct Rooms {
    all: HashMap<TenantId, Room, IdHash>,
    /// Names the next room: no two have the same name, also over restarts.
    name: u64,
    health: Option<Arc<LiveHealth>>,
}

/// What is remembered of one tenant.
#[derive(Debug)]
pub(super) struct Room {
    name: u64,
    /// By sampled topic: changes whenever facts may have passed by that nobody took.
    blinks: [u64; SAMPLED.len()],
    /// Counts facts of all topics, to tell their order.
    order: u64,
    rings: [Ring; Topic::ALL.len()],
    /// Listeners that are in it.
    pub(super) listeners: u32,
    /// When something happened last.
    touched: Timestamp,
    pub(super) metrics: Option<Arc<LiveMetrics>>,
}

/// The last facts of one topic, numbered.
#[derive(Debug, Default)]
struct Ring {
    facts: VecDeque<Numbered>,
    /// Number of the next fact.
    next: u64,
    /// Number of the first that happened since the daemon started.
    fresh: u64,
}

#[derive(Debug)]
struct Numbered {
    number: u64,
    order: u64,
    entry: Entry,
}

/// Why facts are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// The room went on while the listener did not read.
    Slow,
    /// The listener came back too late.
    TooOld,
    /// The listener was in a room of an earlier start.
    Restarted,
    /// The daemon had no time to take them.
    Busy,
}

impl Missing {
    /// The word of the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Slow => "slow",
            Self::TooOld => "too_old",
            Self::Restarted => "restarted",
            Self::Busy => "busy",
        }
    }
}

/// The next fact for a listener, and how many of its topic are missing before it.
#[derive(Debug, Clone)]
pub(super) struct Next {
    pub(super) topic: Topic,
    pub(super) entry: Entry,
    /// The place before it.
    pub(super) before: Place,
    pub(super) lost: u64,
    pub(super) why: Missing,
}

impl Rooms {
    pub(super) fn new(started: Timestamp) -> Self {
        Self {
            all: HashMap::default(),
            // A thousand rooms a millisecond of the last run would have to be opened for two to
            // have the same name.
            name: started.millis().unsigned_abs().saturating_mul(1_000),
            health: None,
        }
    }

    /// The room of a tenant, opened if need be. The one that was quiet for longest makes place.
    pub(super) fn room(&mut self, tenant: TenantId, now: Timestamp) -> &mut Room {
        if !self.all.contains_key(&tenant) && self.all.len() >= ROOMS_MAX {
            let empty = self.all.iter().filter(|(_id, room)| room.listeners == 0);
            let quiet = empty.min_by_key(|(_id, room)| room.touched);
            if let Some(quiet) = quiet.map(|(id, _room)| *id) {
                self.all.remove(&quiet);
            }
        }
        let name = &mut self.name;
        self.all.entry(tenant).or_insert_with(|| {
            *name += 1;
            Room {
                name: *name,
                blinks: [0; SAMPLED.len()],
                order: 0,
                rings: Default::default(),
                listeners: 0,
                touched: now,
                metrics: None,
            }
        })
    }

    /// The room of a tenant, if anything happened there.
    pub(super) fn known(&mut self, tenant: TenantId) -> Option<&mut Room> {
        self.all.get_mut(&tenant)
    }

    /// Those that somebody listens in.
    pub(super) fn heard(&mut self) -> impl Iterator<Item = (TenantId, &mut Room)> {
        let rooms = self.all.iter_mut();
        rooms
            .filter(|(_id, room)| room.listeners > 0)
            .map(|(id, room)| (*id, room))
    }

    pub(super) fn enter(&mut self, tenant: TenantId, entry: Entry) {
        self.room(tenant, entry.at).enter(entry);
    }

    /// Facts of a topic found no place.
    pub(super) fn skip(&mut self, tenant: TenantId, topic: Topic, lost: u64) {
        if let Some(ring) = self.known(tenant).and_then(|room| room.ring_mut(topic)) {
            ring.next += lost;
        }
    }

    /// Facts of a sampled topic may have passed by unseen, nobody knows of whom.
    pub(super) fn blink(&mut self, topic: Topic) {
        for room in self.all.values_mut() {
            let blinks = SAMPLED.iter().zip(&mut room.blinks);
            for (_topic, count) in blinks.filter(|(of, _count)| **of == topic) {
                *count += 1;
            }
        }
    }

    pub(super) const fn health(&self) -> Option<&Arc<LiveHealth>> {
        self.health.as_ref()
    }

    /// How the daemon is now; those who listen hear it.
    pub(super) fn set_health(&mut self, now: Timestamp, health: &Arc<LiveHealth>) {
        self.health = Some(Arc::clone(health));
        for (_tenant, room) in self.heard() {
            room.enter(Entry::at(now, Fact::Health(Arc::clone(health))));
        }
    }
}

impl Room {
    fn ring(&self, topic: Topic) -> Option<&Ring> {
        self.rings.get(topic as usize)
    }

    fn ring_mut(&mut self, topic: Topic) -> Option<&mut Ring> {
        self.rings.get_mut(topic as usize)
    }

    pub(super) fn enter(&mut self, entry: Entry) {
        let topic = entry.fact.topic();
        self.touched = entry.at;
        self.order += 1;
        let order = self.order;
        if let Some(ring) = self.ring_mut(topic) {
            ring.push(order, entry, remembered(topic));
        }
    }

    /// What was entered of a topic until now happened before the daemon started.
    pub(super) fn settle(&mut self, topic: Topic) {
        if let Some(ring) = self.ring_mut(topic) {
            ring.fresh = ring.next;
        }
    }

    /// The decisions that are remembered of after an instant.
    pub(super) fn decisions_since(&self, since: Timestamp) -> impl Iterator<Item = u64> {
        let facts = self.ring(Topic::Decisions).into_iter();
        let facts = facts.flat_map(|ring| ring.facts.iter().rev());
        facts
            .take_while(move |fact| fact.entry.at > since)
            .filter_map(|fact| match &fact.entry.fact {
                Fact::Decided(decided) => Some(decided.took_us),
                _ => None,
            })
    }

    /// The place after all that is remembered.
    pub(super) fn end(&self) -> Place {
        let mut place = Place {
            room: self.name,
            blinks: self.blinks,
            next: [0; Topic::ALL.len()],
        };
        for (&topic, ring) in Topic::ALL.iter().zip(&self.rings) {
            place.set(topic, ring.next);
        }
        place
    }

    /// The place before the last `count` facts of these topics.
    pub(super) fn before_last(&self, count: usize, topics: &[Topic]) -> Place {
        let rings = topics.iter().filter_map(|&topic| self.ring(topic));
        let facts = rings.flat_map(|ring| ring.facts.iter().rev().take(count));
        let mut orders: Vec<u64> = facts.map(|fact| fact.order).collect();
        orders.sort_unstable();
        let from = orders.len().saturating_sub(count);
        let first = orders.get(from).copied().unwrap_or(u64::MAX);
        let mut place = self.end();
        for &topic in topics {
            let ring = self.ring(topic).into_iter();
            let mut shown = ring
                .flat_map(|ring| &ring.facts)
                .filter(|fact| fact.order >= first);
            if let Some(fact) = shown.next() {
                place.set(topic, fact.number);
            }
        }
        place
    }

    /// Goes on behind a place, if it is one of this room.
    pub(super) fn resume(&self, old: &Place) -> Result<Place, Place> {
        let mut place = self.end();
        if old.room != self.name {
            for (&topic, ring) in Topic::ALL.iter().zip(&self.rings) {
                place.set(topic, ring.fresh.max(ring.first()));
            }
            return Err(place);
        }
        place.blinks = old.blinks;
        for (&topic, ring) in Topic::ALL.iter().zip(&self.rings) {
            place.set(topic, old.of(topic).min(ring.next));
        }
        Ok(place)
    }

    /// The sampled topics of which facts may have passed by unseen since a place, which then
    /// knows.
    pub(super) fn blinked(&self, place: &mut Place) -> Vec<Topic> {
        let before = std::mem::replace(&mut place.blinks, self.blinks);
        let blinks = SAMPLED.iter().zip(before.iter().zip(&self.blinks));
        let changed = blinks.filter(|(_topic, (before, now))| before != now);
        changed.map(|(topic, _counts)| *topic).collect()
    }

    /// The next fact of these topics after a place, which then is behind it. None when there is
    /// none.
    pub(super) fn next(&self, place: &mut Place, topics: &[Topic]) -> Option<Next> {
        let heads = topics.iter().filter_map(|&topic| {
            let ring = self.ring(topic)?;
            let (fact, why) = ring.after(place.of(topic))?;
            Some((topic, fact, why))
        });
        let (topic, fact, why) = heads.min_by_key(|(_topic, fact, _why)| fact.order)?;
        let lost = fact.number - place.of(topic);
        place.set(topic, fact.number);
        let before = *place;
        place.set(topic, fact.number + 1);
        Some(Next {
            topic,
            entry: fact.entry.clone(),
            before,
            lost,
            why,
        })
    }

    /// How many facts of a topic are missing at the very end.
    pub(super) fn lost_at_end(&self, place: &mut Place, topic: Topic) -> u64 {
        let next = self.ring(topic).map_or(0, |ring| ring.next);
        let lost = next.saturating_sub(place.of(topic));
        place.set(topic, next.max(place.of(topic)));
        lost
    }
}

impl Ring {
    fn push(&mut self, order: u64, entry: Entry, max: usize) {
        if self.facts.len() >= max {
            self.facts.pop_front();
        }
        self.facts.push_back(Numbered {
            number: self.next,
            order,
            entry,
        });
        self.next += 1;
    }

    /// Number of the first that is remembered.
    fn first(&self) -> u64 {
        self.facts.front().map_or(self.next, |fact| fact.number)
    }

    /// The first fact at or after a number, and why there is none in between.
    fn after(&self, number: u64) -> Option<(&Numbered, Missing)> {
        let place = self.facts.partition_point(|fact| fact.number < number);
        let why = if place == 0 {
            Missing::Slow
        } else {
            Missing::Busy
        };
        self.facts.get(place).map(|fact| (fact, why))
    }
}
