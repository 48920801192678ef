//! Counts calls for an ad, ads handed out and calls without an ad, in memory.
//!
//! The writer adds them to the ledger once a second. Of these counts, and of these alone, a crash
//! loses what was not added yet: at most a second. Events are in the ledger before they are
//! acknowledged.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::decision::NoFill;
use crate::ledger::{Cell, Hour, Postings};
use crate::model::{ChannelId, ServedAd, TenantId, Timestamp};

/// Parts that threads count in, each in its own, so that they do not wait for one another.
const SHARDS: usize = 16;

/// The counts since they were last taken.
#[derive(Debug, Default)]
pub struct Tally {
    shards: [Mutex<Shard>; SHARDS],
}

#[derive(Debug, Default)]
struct Shard {
    postings: Postings,
    totals: Totals,
}

/// What was counted since the start of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Calls for an ad.
    pub requests: u64,
    /// Ads handed out.
    pub served: u64,
}

impl Tally {
    /// Counts a call that was answered with ads.
    pub fn served<'a>(&self, ads: impl Iterator<Item = &'a ServedAd>, now: Timestamp) {
        let mut shard = self.shard();
        for (place, ad) in ads.enumerate() {
            if place == 0 {
                let cell = Cell::of_request(ad.tenant, ad.channel);
                shard.postings.request(cell, Hour::of(now), None);
                shard.totals.requests += 1;
            }
            shard.postings.serve(ad);
            shard.totals.served += 1;
        }
    }

    /// Counts a call that got no ad.
    pub fn unfilled(
        &self,
        tenant: TenantId,
        channel: Option<ChannelId>,
        why: NoFill,
        now: Timestamp,
    ) {
        let mut shard = self.shard();
        let cell = Cell::of_request(tenant, channel);
        shard
            .postings
            .request(cell, Hour::of(now), Some(why.as_str()));
        shard.totals.requests += 1;
    }

    /// What was counted since the start of the program.
    pub fn totals(&self) -> Totals {
        let mut sum = Totals::default();
        for shard in &self.shards {
            let totals = lock(shard).totals;
            sum.requests += totals.requests;
            sum.served += totals.served;
        }
        sum
    }

    /// Takes all counts, to be added to the ledger.
    pub(super) fn take(&self) -> Postings {
        let mut all = Postings::default();
        for shard in &self.shards {
            let postings = std::mem::take(&mut lock(shard).postings);
            all.merge(postings);
        }
        all
    }

    fn shard(&self) -> MutexGuard<'_, Shard> {
        static THREADS: AtomicUsize = AtomicUsize::new(0);
        thread_local! {
            static THREAD: usize = THREADS.fetch_add(1, Ordering::Relaxed);
        }
        let place = THREAD.with(|thread| thread % SHARDS);
        let [first, ..] = &self.shards;
        lock(self.shards.get(place).unwrap_or(first))
    }
}

fn lock(shard: &Mutex<Shard>) -> MutexGuard<'_, Shard> {
    // Additions do not panic; were one to, the counts are still sums.
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Metric;

    #[test]
    fn all_threads_are_summed_and_taken_once() {
        let tally = Tally::default();
        let (tenant, now) = (TenantId::new(1), Timestamp::from_millis(7));
        std::thread::scope(|scope| {
            for _ in 0..20 {
                scope.spawn(|| {
                    (0..50).for_each(|_| tally.unfilled(tenant, None, NoFill::NoDemand, now));
                });
            }
        });
        let key = (Hour(0), Cell::of_request(tenant, None));
        let taken = tally.take();
        assert_eq!(taken.figures[&key].of(Metric::Requests), 1_000);
        assert_eq!(taken.no_fill.values().copied().collect::<Vec<_>>(), [1_000]);
        assert!(tally.take().is_empty());
        assert_eq!(tally.totals().requests, 1_000);
    }
}
