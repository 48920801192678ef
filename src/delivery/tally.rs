//! Counts calls for an ad, ads handed out and calls without an ad, in memory.
//!
//! The writer adds them to the ledger once a second. Of these counts, and of these alone, a crash
//! loses what was not added yet: at most a second. Events are in the ledger before they are
//! acknowledged.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::decision::NoFill;
use crate::ledger::{Call, Hour, Postings};
use crate::model::{ServedAd, Timestamp};

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
    pub fn served<'a>(&self, call: &Call, ads: impl Iterator<Item = &'a ServedAd>, now: Timestamp) {
        let mut shard = self.shard();
        shard.postings.request(call, Hour::of(now), None);
        shard.totals.requests += 1;
        for ad in ads {
            shard.postings.serve(call, ad);
            shard.totals.served += 1;
        }
    }

    /// Counts a call that got no ad.
    pub fn unfilled(&self, call: &Call, why: NoFill, now: Timestamp) {
        let mut shard = self.shard();
        shard
            .postings
            .request(call, Hour::of(now), Some(why.as_str()));
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
    use crate::ledger::{Cell, Metric};
    use crate::model::{Millis, Receiver, TenantId};

    #[test]
    fn all_threads_are_summed_and_taken_once() {
        let tally = Tally::default();
        let call = Call {
            tenant: TenantId::new(1),
            channel: None,
            receiver: Receiver::UNKNOWN,
            wanted: Some(Millis(30_000)),
        };
        let now = Timestamp::from_millis(7);
        std::thread::scope(|scope| {
            for _ in 0..20 {
                scope.spawn(|| {
                    (0..50).for_each(|_| tally.unfilled(&call, NoFill::NoDemand, now));
                });
            }
        });
        let key = (Hour(0), Cell::of_call(&call));
        let taken = tally.take();
        assert_eq!(taken.figures[&key].of(Metric::Requests), 1_000);
        assert_eq!(taken.figures[&key].of(Metric::Unfilled), 1_000);
        assert_eq!(taken.figures[&key].of(Metric::AskedMs), 30_000_000);
        assert_eq!(taken.no_fill.values().copied().collect::<Vec<_>>(), [1_000]);
        assert!(tally.take().is_empty());
        assert_eq!(tally.totals().requests, 1_000);
    }
}
