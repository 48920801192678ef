//! What viewers have seen, in memory: copied for a decision, reserved all or nothing, persisted.
//!
//! The counts of one viewer key are one small block of bytes in one of [`SHARDS`] maps. A
//! decision copies the blocks of its viewer ([`CapStore::exposures`]) and asks the copy without
//! locks. Only [`CapStore::reserve`] is binding: it checks again and counts under the locks of all
//! blocks it changes, taken in the order of the shards.
//!
//! **Time.** The store never lets time go back: what is counted or expired at an instant makes it
//! the earliest at which anything is counted later. A clock that is set back can so neither open a
//! window again nor lock a viewer out for longer than it was set back.
//!
//! **Memory.** Beyond its bound the store forgets the viewers that saw nothing for the longest
//! time, a sixteenth of a shard at once, and counts them: [`CapFigures::forgotten`]. A forgotten
//! viewer may see again as much as the caps allow one who is new, and that once each time.

mod change;
mod locked;
mod persist;
mod reserve;
mod shard;

#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use self::shard::Shard;
use crate::decision::caps::{Draft, Exposures, PLACES, Records};
use crate::model::{Identity, Millis, Timestamp, ViewerKey};

pub use change::{CHANGE_BYTES_MAX, CapChange, Receipt};
pub use persist::LoadError;
pub use reserve::{Grant, Loser};

/// Maps that the viewers are spread over.
pub const SHARDS: usize = 1 << SHARD_BITS;
const SHARD_BITS: u32 = 10;
/// Memory for what viewers have seen, unless configured: about seven million viewers with eleven
/// impressions each.
pub const CAP_BYTES_DEFAULT: usize = 1 << 30;
/// Most bytes stored of one viewer key: 43,000 impressions that still count. Beyond it, what has
/// a cap is not served to the viewer.
pub const VIEWER_BYTES_MAX: usize = 1 << 18;
/// How many moves from key to key are followed: one is left by each rotation, for an hour.
const MOVES_MAX: usize = 8;

/// The counts of all caps of all viewers.
#[derive(Debug)]
pub struct CapStore {
    shards: Box<[Mutex<Shard>]>,
    /// Milliseconds before which nothing is counted any more.
    floor: AtomicI64,
    /// The shard that is swept next.
    sweep: AtomicUsize,
    shard_bytes_max: usize,
}

/// Sizes and losses, for metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CapFigures {
    /// Viewer keys of which something is stored.
    pub viewers: usize,
    /// Memory in use, estimated.
    pub bytes: usize,
    /// Viewers whose counts were dropped for want of memory while they still mattered.
    pub forgotten: u64,
}

/// What one sweep did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Swept {
    /// Viewers looked at.
    pub seen: usize,
    /// Viewers of whom nothing mattered any more.
    pub expired: usize,
}

/// With room for [`CAP_BYTES_DEFAULT`].
impl Default for CapStore {
    fn default() -> Self {
        Self::new(CAP_BYTES_DEFAULT)
    }
}

impl CapStore {
    /// An empty store that uses at most about this much memory.
    pub fn new(bytes_max: usize) -> Self {
        Self {
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
            floor: AtomicI64::new(0),
            sweep: AtomicUsize::new(0),
            shard_bytes_max: bytes_max / SHARDS,
        }
    }

    /// The instant at which caps are counted when the clock says `now`: the same, or the latest
    /// that anything was counted at when the clock was set back since. Calendars are to be made
    /// for this one.
    pub fn instant(&self, now: Timestamp) -> Timestamp {
        now.max(Timestamp::from_millis(self.floor.load(Ordering::Relaxed)))
    }

    /// By how much the clock is behind what it said before. Until it has caught up, time stands
    /// still for caps.
    pub fn behind(&self, now: Timestamp) -> Millis {
        self.instant(now).since(now)
    }

    /// Notes that time has come to `now`. Called under the lock of every shard that is about to
    /// lose instants, so that whoever locks it next sees the time it was done.
    fn advance(&self, now: Timestamp) -> Timestamp {
        if now.millis() > self.floor.load(Ordering::Relaxed) {
            self.floor.fetch_max(now.millis(), Ordering::Relaxed);
        }
        self.instant(now)
    }

    /// Everything that is counted under the identities of a request.
    pub fn exposures(&self, identity: &Identity) -> Exposures {
        let mut exposures = Exposures::default();
        self.copy_exposures(identity, &mut exposures);
        exposures
    }

    /// The same, into a value that is used again.
    pub fn copy_exposures(&self, identity: &Identity, exposures: &mut Exposures) {
        exposures.clear(self.instant(Timestamp::default()));
        for place in PLACES {
            let Some(identified) = place.of(identity) else {
                continue;
            };
            let before = identified
                .before
                .filter(|&before| before != identified.key)
                .map(|before| self.copy(before))
                .filter(|before| !before.records().is_empty());
            match before {
                None => self.read(identified.key, |records| exposures.add(place, records)),
                Some(before) => self.read(identified.key, |records| {
                    exposures.add_union(place, records, before.records());
                }),
            }
        }
    }

    fn copy(&self, key: ViewerKey) -> Draft {
        self.read(key, Draft::of)
    }

    /// Reads what is counted under a key, wherever it moved to.
    fn read<T>(&self, mut key: ViewerKey, read: impl FnOnce(Records<'_>) -> T) -> T {
        for _ in 0..MOVES_MAX {
            let shard = self.lock(key);
            let records = shard.records(key);
            match records.moved_to() {
                None => return read(records),
                Some(to) => key = to,
            }
        }
        read(Records::default())
    }

    fn lock(&self, key: ViewerKey) -> MutexGuard<'_, Shard> {
        self.lock_at(shard_of(key))
    }

    fn lock_at(&self, index: usize) -> MutexGuard<'_, Shard> {
        // Blocks are replaced whole, so a thread that died in between left nothing half done.
        self.shards[index]
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Drops what matters no more, shard after shard, until about `viewers` were looked at; the
    /// next call goes on from there. To be called from a tick.
    pub fn sweep(&self, now: Timestamp, viewers: usize) -> Swept {
        let mut swept = Swept::default();
        for _ in 0..SHARDS {
            if swept.seen >= viewers {
                break;
            }
            let index = self.sweep.fetch_add(1, Ordering::Relaxed) % SHARDS;
            let mut shard = self.lock_at(index);
            let now = self.advance(now);
            swept.seen += shard.len();
            swept.expired += shard.expire(now);
        }
        swept
    }

    /// Sizes and losses, for metrics.
    pub fn figures(&self) -> CapFigures {
        let mut figures = CapFigures::default();
        for index in 0..SHARDS {
            let shard = self.lock_at(index);
            figures.viewers += shard.len();
            figures.bytes += shard.bytes();
            figures.forgotten += shard.forgotten();
        }
        figures
    }
}

/// The shard of a key: bits that the maps inside the shards do not look at.
fn shard_of(key: ViewerKey) -> usize {
    let mixed = shard::mix(key.0);
    usize::try_from((mixed >> 32) & (SHARDS as u64 - 1)).unwrap_or(0)
}
