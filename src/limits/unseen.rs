//! Ads that were handed out under caps and not seen yet: what was counted for them, to be taken
//! back when their time is over.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::caps::CapChange;
use crate::model::id_hash::IdHash;
use crate::model::{ServedAdId, Timestamp};

/// Ads remembered in one shard at most. Of more, the oldest stay counted, seen or not: a cap then
/// lets fewer ads through, never more.
const ADS_MAX: usize = 1 << 18;
/// Neighbouring ids lie in different shards, so that workers do not wait for one another.
const SHARDS: usize = 16;

/// What was counted for ads that nobody has seen yet.
#[derive(Debug, Default)]
pub(super) struct Unseen {
    shards: [Mutex<Shard>; SHARDS],
}

#[derive(Debug, Default)]
struct Shard {
    ads: HashMap<ServedAdId, Box<[CapChange]>, IdHash>,
    /// In the order in which they were handed out; those that were seen are not in `ads`.
    due: VecDeque<(Timestamp, ServedAdId)>,
}

impl Unseen {
    /// Remembers what was counted for an ad until `expires`.
    pub(super) fn put(&self, ad: ServedAdId, expires: Timestamp, counted: Box<[CapChange]>) {
        let mut shard = self.lock(ad);
        if shard.due.len() >= ADS_MAX
            && let Some((_expires, oldest)) = shard.due.pop_front()
        {
            shard.ads.remove(&oldest);
        }
        shard.due.push_back((expires, ad));
        shard.ads.insert(ad, counted);
    }

    /// Forgets an ad, and answers what was counted for it.
    pub(super) fn take(&self, ad: ServedAdId) -> Box<[CapChange]> {
        self.lock(ad).ads.remove(&ad).unwrap_or_default()
    }

    /// Takes the ads whose time is over at `now`, with what was counted for each.
    pub(super) fn take_expired(&self, now: Timestamp) -> Vec<(ServedAdId, Box<[CapChange]>)> {
        let mut expired = Vec::new();
        for shard in &self.shards {
            let mut shard = lock(shard);
            while let Some(&(expires, ad)) = shard.due.front()
                && expires <= now
            {
                shard.due.pop_front();
                expired.extend(shard.ads.remove(&ad).map(|counted| (ad, counted)));
            }
        }
        expired
    }

    fn lock(&self, ad: ServedAdId) -> MutexGuard<'_, Shard> {
        let [first, ..] = &self.shards;
        let place = usize::try_from(ad.get() % SHARDS as u64).unwrap_or_default();
        lock(self.shards.get(place).unwrap_or(first))
    }
}

fn lock(shard: &Mutex<Shard>) -> MutexGuard<'_, Shard> {
    // Nothing panics under the lock.
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}
