//! The shards of one reservation, locked together, and the counts in them.

use std::sync::MutexGuard;

use smallvec::SmallVec;

use super::change::{CapChange, NO_AD, Receipt};
use super::reserve::Seat;
use super::shard::Shard;
use super::{CapStore, MOVES_MAX, shard_of};
use crate::decision::caps::{Draft, PLACES, Place, Records};
use crate::model::viewer::Identified;
use crate::model::{Timestamp, ViewerKey};

/// The identities that are to be counted by, each at its place.
pub(super) type Wanted = [Option<Identified>; PLACES.len()];

/// Shards, locked in the order of their numbers so that no two reservations wait for each other.
#[derive(Debug)]
pub(super) struct Locked<'a> {
    store: &'a CapStore,
    shards: SmallVec<[(usize, MutexGuard<'a, Shard>); SEATS]>,
}

/// Keys that a reservation most often counts under: more need memory of their own.
const SEATS: usize = 2;

impl<'a> Locked<'a> {
    /// Locks the shards of all keys of these identities, also of those that they moved to.
    pub(super) fn lock(store: &'a CapStore, wanted: &Wanted) -> Self {
        let mut keys: SmallVec<[ViewerKey; 2 * PLACES.len()]> = SmallVec::new();
        for identified in wanted.iter().flatten() {
            keys.push(identified.key);
            keys.extend(identified.before);
        }
        let mut locked = Self::of(store, &mut keys);
        // Where a key moved to is only seen under its lock, and may lie in a shard that is not
        // locked: then all are locked anew with that one.
        for _ in 0..MOVES_MAX {
            let missing = keys.iter().filter_map(|&key| locked.leads_out(key));
            let missing: SmallVec<[ViewerKey; SEATS]> = missing.collect();
            if missing.is_empty() {
                break;
            }
            keys.extend(missing);
            drop(locked);
            locked = Self::of(store, &mut keys);
        }
        locked
    }

    fn of(store: &'a CapStore, keys: &mut [ViewerKey]) -> Self {
        keys.sort_unstable_by_key(|&key| shard_of(key));
        let mut shards: SmallVec<[(usize, MutexGuard<'a, Shard>); SEATS]> = SmallVec::new();
        for &mut key in keys {
            let index = shard_of(key);
            if shards.last().is_none_or(|(last, _shard)| *last != index) {
                shards.push((index, store.lock_at(index)));
            }
        }
        Self { store, shards }
    }

    fn shard(&self, key: ViewerKey) -> Option<&Shard> {
        let index = shard_of(key);
        let found = self.shards.iter().find(|(place, _shard)| *place == index);
        found.map(|(_place, shard)| &**shard)
    }

    fn shard_mut(&mut self, key: ViewerKey) -> Option<&mut Shard> {
        let index = shard_of(key);
        let mut shards = self.shards.iter_mut();
        let found = shards.find(|(place, _shard)| *place == index);
        found.map(|(_place, shard)| &mut **shard)
    }

    fn records(&self, key: ViewerKey) -> Records<'_> {
        let shard = self.shard(key);
        shard.map_or_else(Records::default, |shard| shard.records(key))
    }

    /// Follows the moves of a key as far as the locks go.
    fn resolve(&self, mut key: ViewerKey) -> ViewerKey {
        for _ in 0..MOVES_MAX {
            match self.records(key).moved_to() {
                Some(to) if self.shard(to).is_some() => key = to,
                _ => break,
            }
        }
        key
    }

    /// The key, not locked yet, that a key moved to.
    fn leads_out(&self, key: ViewerKey) -> Option<ViewerKey> {
        let to = self.records(key).moved_to()?;
        match self.shard(to) {
            Some(_locked) => self.records(self.resolve(to)).moved_to(),
            None => Some(to),
        }
    }

    /// The counts of each identity, with what no longer matters at `now` left out and what is
    /// counted under the key before taken along.
    pub(super) fn seats(&self, wanted: &Wanted, now: Timestamp) -> SmallVec<[Seat; SEATS]> {
        let mut seats: SmallVec<[Seat; SEATS]> = SmallVec::new();
        for (place, identified) in named(wanted) {
            let key = self.resolve(identified.key);
            if let Some(seat) = seats.iter_mut().find(|seat| seat.key == key) {
                seat.places[place as usize] = true;
                continue;
            }
            let mut seat = Seat {
                places: Default::default(),
                key,
                draft: Draft::of(self.records(key)),
                from: None,
            };
            seat.places[place as usize] = true;
            seats.push(seat);
        }
        for (place, identified) in named(wanted) {
            let before = identified.before.map(|before| self.resolve(before));
            let is_taken = |key| {
                seats
                    .iter()
                    .any(|seat| seat.key == key || seat.from == Some(key))
            };
            let Some(before) = before.filter(|&before| !is_taken(before)) else {
                continue;
            };
            let records = self.records(before);
            let seat = seats.iter_mut().find(|seat| seat.has(place));
            if let Some(seat) = seat.filter(|_| !records.is_empty()) {
                seat.draft.union(records);
                seat.from = Some(before);
            }
        }
        for seat in &mut seats {
            seat.draft.expire(now);
        }
        seats
    }

    /// Stores what a reservation has made of the counts, and notes for the log what has moved.
    pub(super) fn put(&mut self, seat: &Seat, now: Timestamp, receipt: &mut Receipt) {
        let bytes_max = self.store.shard_bytes_max;
        if let Some(from) = seat.from {
            note_move(self.records(from), (from, seat.key), now, receipt);
            self.leave_behind(from, seat.key, now);
        }
        if let Some(shard) = self.shard_mut(seat.key) {
            shard.put(seat.key, seat.draft.records());
            shard.make_room(bytes_max, now);
        }
    }

    /// Notes under a key that its counts are elsewhere.
    pub(super) fn leave_behind(&mut self, from: ViewerKey, to: ViewerKey, at: Timestamp) {
        let from = self.resolve(from);
        if let Some(shard) = self.shard_mut(from).filter(|_| from != to) {
            shard.put(from, Draft::moved(to, at).records());
        }
    }
}

fn named(wanted: &Wanted) -> impl Iterator<Item = (Place, Identified)> {
    let places = PLACES.into_iter().zip(wanted);
    places.filter_map(|(place, identified)| Some((place, (*identified)?)))
}

/// A snapshot of the shard that counts move to may be older than the move, and one of the shard
/// they come from younger: so the log says again what they are.
fn note_move(
    records: Records<'_>,
    (from, to): (ViewerKey, ViewerKey),
    at: Timestamp,
    receipt: &mut Receipt,
) {
    receipt.push(CapChange::Moved { from, to, at });
    for (counter, horizon, ring) in records.iter() {
        for at in ring.iter() {
            receipt.push(CapChange::Granted {
                ad: NO_AD,
                viewer: to,
                counter,
                horizon,
                at: Timestamp::from_millis(at.cast_signed()),
            });
        }
    }
}
