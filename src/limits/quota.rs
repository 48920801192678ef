//! How many requests a second a tenant may send: one bucket of tokens a tenant, shared by all
//! workers without a lock.
//!
//! A bucket is one number: the instant at which it would be full again. A request moves it on by
//! the time that one token takes, and is refused where that would be more than a second ahead
//! (the generic cell rate algorithm, ITU-T I.371). So in any span of `t` seconds at most
//! `rate * t + rate` requests pass, and who keeps to the rate is never refused.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;

use crate::model::TenantId;

const SECOND: u64 = 1_000_000_000;

/// The buckets of all tenants that have a quota.
#[derive(Debug, Default)]
pub struct Quotas {
    /// The first instant that was asked about.
    origin: OnceLock<Instant>,
    /// Whether there are any; all that is looked at where there are none.
    any: AtomicBool,
    buckets: ArcSwap<HashMap<TenantId, Arc<Bucket>>>,
}

#[derive(Debug)]
struct Bucket {
    /// Tokens a second; never zero.
    rate: AtomicU32,
    /// When it would be full again, in nanoseconds since the origin.
    full_at: AtomicU64,
}

impl Quotas {
    /// Sets how many requests a second a tenant may send; none and 0 are as many as there are.
    /// What was taken stays taken. Told by one thread.
    pub fn tell(&self, tenant: TenantId, rate: Option<u32>) {
        let buckets = self.buckets.load();
        let rate = rate.filter(|&rate| rate > 0);
        match (buckets.get(&tenant), rate) {
            (None, None) => return,
            (Some(bucket), Some(rate)) => return bucket.rate.store(rate, Ordering::Relaxed),
            (Some(_), None) | (None, Some(_)) => {}
        }
        let mut changed = HashMap::clone(&buckets);
        match rate {
            None => _ = changed.remove(&tenant),
            Some(rate) => {
                let bucket = Bucket {
                    rate: AtomicU32::new(rate),
                    full_at: AtomicU64::new(0),
                };
                changed.insert(tenant, Arc::new(bucket));
            }
        }
        let any = !changed.is_empty();
        self.buckets.store(Arc::new(changed));
        self.any.store(any, Ordering::Relaxed);
    }

    /// Takes a token of a tenant, or says how long until there is one.
    pub fn take(&self, tenant: TenantId, now: impl FnOnce() -> Instant) -> Result<(), Duration> {
        if !self.any.load(Ordering::Relaxed) {
            return Ok(());
        }
        let buckets = self.buckets.load();
        let Some(bucket) = buckets.get(&tenant) else {
            return Ok(());
        };
        let now = now();
        let origin = *self.origin.get_or_init(|| now);
        let now = now.saturating_duration_since(origin).as_nanos();
        bucket.take(u64::try_from(now).unwrap_or(u64::MAX))
    }
}

impl Bucket {
    fn take(&self, now: u64) -> Result<(), Duration> {
        let rate = u64::from(self.rate.load(Ordering::Relaxed)).max(1);
        // Rounded up, so that never more than the rate passes.
        let token = SECOND.div_ceil(rate);
        let mut full_at = self.full_at.load(Ordering::Relaxed);
        loop {
            let next = full_at.max(now).saturating_add(token);
            if let Some(ahead) = next.checked_sub(now.saturating_add(SECOND.max(token)))
                && ahead > 0
            {
                return Err(Duration::from_nanos(ahead));
            }
            let moved = self.full_at.compare_exchange_weak(
                full_at,
                next,
                Ordering::Relaxed,
                Ordering::Relaxed,
            );
            match moved {
                Ok(_before) => return Ok(()),
                Err(other) => full_at = other,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn origin() -> Instant {
        crate::host::Clock::real().monotonic()
    }

    fn at(origin: Instant, nanos: u64) -> Instant {
        origin + Duration::from_nanos(nanos)
    }

    const ONE: TenantId = TenantId::new(1);
    const OTHER: TenantId = TenantId::new(2);

    #[test]
    fn without_a_quota_everything_passes() {
        let start = origin();
        let quotas = Quotas::default();
        quotas.origin.set(start).unwrap();
        quotas.tell(OTHER, Some(1));
        for _ in 0..1_000 {
            assert_eq!(quotas.take(ONE, || start), Ok(()));
        }
        quotas.tell(OTHER, None);
        assert!(!quotas.any.load(Ordering::Relaxed));
        assert_eq!(quotas.take(OTHER, || start), Ok(()));
    }

    #[test]
    fn a_second_of_requests_may_come_at_once_and_then_one_for_each_token() {
        let start = origin();
        let quotas = Quotas::default();
        quotas.origin.set(start).unwrap();
        quotas.tell(ONE, Some(10));
        for _ in 0..10 {
            assert_eq!(quotas.take(ONE, || start), Ok(()));
        }
        let wait = quotas.take(ONE, || start).unwrap_err();
        assert_eq!(wait, Duration::from_millis(100));
        assert!(quotas.take(ONE, || at(start, 99_999_999)).is_err());
        assert_eq!(quotas.take(ONE, || at(start, 100_000_000)), Ok(()));
        assert!(quotas.take(ONE, || at(start, 100_000_000)).is_err());
        // One tenant's flood is not another's.
        quotas.tell(OTHER, Some(10));
        assert_eq!(quotas.take(OTHER, || start), Ok(()));
        // A larger quota counts from now on, and forgives nothing.
        quotas.tell(ONE, Some(100));
        assert!(quotas.take(ONE, || at(start, 100_000_000)).is_err());
        assert_eq!(quotas.take(ONE, || at(start, 110_000_000)), Ok(()));
    }

    #[test]
    fn who_keeps_to_the_rate_is_never_refused() {
        let start = origin();
        let quotas = Quotas::default();
        quotas.origin.set(start).unwrap();
        for rate in [1, 3, 7, 1_000, 30_000] {
            let tenant = TenantId::new(rate);
            quotas.tell(tenant, Some(rate));
            let token = SECOND.div_ceil(u64::from(rate));
            for number in 0..5_000 {
                let now = at(start, number * token);
                assert_eq!(quotas.take(tenant, || now), Ok(()), "{rate} {number}");
            }
        }
    }

    #[test]
    fn many_workers_take_exactly_what_is_there() {
        let start = origin();
        let quotas = Quotas::default();
        quotas.origin.set(start).unwrap();
        quotas.tell(ONE, Some(5_000));
        let taken: usize = std::thread::scope(|scope| {
            let worker = || {
                let count = |_: &u64| quotas.take(ONE, || start).is_ok();
                (0..10_000_u64).filter(count).count()
            };
            let workers: Vec<_> = (0..4).map(|_| scope.spawn(worker)).collect();
            workers
                .into_iter()
                .map(|worker| worker.join().unwrap())
                .sum()
        });
        assert_eq!(taken, 5_000);
    }

    proptest! {
        /// Against every pair of requests that passed: no span holds more than it may.
        #[test]
        fn no_span_holds_more_than_its_tokens_and_a_second_of_them(
            rate in 1_u32..50,
            steps in proptest::collection::vec(0_u64..300_000_000, 1..200),
        ) {
            let start = origin();
            let quotas = Quotas::default();
        quotas.origin.set(start).unwrap();
            quotas.tell(ONE, Some(rate));
            let mut now = 0;
            let mut passed = Vec::new();
            for step in steps {
                now += step;
                match quotas.take(ONE, || at(start, now)) {
                    Ok(()) => passed.push(now),
                    Err(wait) => {
                        // Whoever waits as long as is said is heard, and no earlier.
                        let wait = u64::try_from(wait.as_nanos()).unwrap();
                        prop_assert!(wait > 0);
                        prop_assert!(quotas.take(ONE, || at(start, now + wait - 1)).is_err());
                    }
                }
            }
            for (first, begin) in passed.iter().enumerate() {
                for (last, end) in passed.iter().enumerate().skip(first) {
                    let count = (last - first + 1) as u64;
                    let span = u128::from(end - begin);
                    let most = span * u128::from(rate) / u128::from(SECOND) + u128::from(rate);
                    prop_assert!(u128::from(count) <= most.max(1));
                }
            }
        }
    }
}
