//! The one place that reads the clocks of the machine.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::model::time::{TIMESTAMP_MAX, TIMESTAMP_MIN};
use crate::model::{Millis, Timestamp};

/// A cheap handle on the time: wall clock for facts, monotonic clock for spans.
#[derive(Debug, Clone)]
pub struct Clock(Source);

#[derive(Debug, Clone)]
enum Source {
    Real,
    Fake(Arc<FakeState>),
}

impl Clock {
    /// The clocks of the machine.
    pub const fn real() -> Self {
        Self(Source::Real)
    }

    /// The wall clock, held within the range of [`Timestamp`]. It may jump either way: never
    /// measure a span with it.
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::Real => wall(),
            Source::Fake(state) => Timestamp::from_millis(state.wall.load(Ordering::SeqCst)),
        }
    }

    /// The clock that only goes forward, for deadlines and measurements.
    pub fn monotonic(&self) -> Instant {
        match &self.0 {
            Source::Real => steady(),
            Source::Fake(state) => {
                state.origin + Duration::from_millis(state.elapsed.load(Ordering::SeqCst))
            }
        }
    }
}

/// Sets what its clocks say. For tests, replay and simulation.
#[derive(Debug, Clone)]
pub struct FakeClock(Arc<FakeState>);

#[derive(Debug)]
struct FakeState {
    origin: Instant,
    /// Milliseconds since the Unix epoch.
    wall: AtomicI64,
    /// Milliseconds since `origin`.
    elapsed: AtomicU64,
}

impl FakeClock {
    /// A clock that stands still at `now`.
    pub fn at(now: Timestamp) -> Self {
        Self(Arc::new(FakeState {
            origin: steady(),
            wall: AtomicI64::new(now.millis()),
            elapsed: AtomicU64::new(0),
        }))
    }

    /// A handle for the code under test.
    pub fn clock(&self) -> Clock {
        Clock(Source::Fake(Arc::clone(&self.0)))
    }

    /// Lets `span` pass on both clocks.
    pub fn advance(&self, span: Millis) {
        let millis = i64::try_from(span.0).unwrap_or(i64::MAX);
        self.0.wall.fetch_add(millis, Ordering::SeqCst);
        self.0.elapsed.fetch_add(span.0, Ordering::SeqCst);
    }

    /// Makes the wall clock jump, as an administrator or a time service would: the monotonic
    /// clock does not move.
    pub fn set(&self, now: Timestamp) {
        self.0.wall.store(now.millis(), Ordering::SeqCst);
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one read of the wall clock; everything else holds a Clock"
)]
fn wall() -> Timestamp {
    let since_epoch = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let millis = i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX);
    Timestamp::from_millis(millis.clamp(TIMESTAMP_MIN.millis(), TIMESTAMP_MAX.millis()))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one read of the monotonic clock; everything else holds a Clock"
)]
fn steady() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_real_clock_is_in_this_century_and_goes_forward() {
        let clock = Clock::real();
        assert!(clock.now() > "2026-01-01T00:00:00Z".parse().unwrap());
        let first = clock.monotonic();
        assert!(clock.monotonic() >= first);
    }

    #[test]
    fn a_fake_clock_moves_only_when_told() {
        let fake = FakeClock::at(Timestamp::from_millis(5_000));
        let clock = fake.clock();
        let start = clock.monotonic();
        assert_eq!(clock.now(), Timestamp::from_millis(5_000));

        fake.advance(Millis(250));
        assert_eq!(clock.now(), Timestamp::from_millis(5_250));
        assert_eq!(clock.monotonic() - start, Duration::from_millis(250));

        fake.set(Timestamp::from_millis(1_000));
        assert_eq!(clock.now(), Timestamp::from_millis(1_000));
        assert_eq!(clock.monotonic() - start, Duration::from_millis(250));
    }
}
