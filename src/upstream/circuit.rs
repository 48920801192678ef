//! Leaves an origin alone that fails again and again: longer each time, with one try in between.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Failures in a row, over all URLs of the origin, before it is left alone.
const FAILURES_MAX: u32 = 5;
/// For how long at first. Twice as long after each try that failed too.
const PAUSE_MIN: Duration = Duration::from_millis(500);
/// And at most: a playlist is kept for longer than this while its origin is away.
const PAUSE_MAX: Duration = Duration::from_secs(8);
/// A try that never said how it ended is forgotten after this.
const TRY_MAX: Duration = Duration::from_mins(1);
/// Origins that are remembered.
const ORIGINS_MAX: usize = 1_024;

/// How one origin does.
#[derive(Debug, Clone, Copy, Default)]
struct Circuit {
    failures: u32,
    /// Nothing is asked before.
    shut_until: Option<Instant>,
    /// Somebody tries since.
    trying_since: Option<Instant>,
}

/// How all origins do that failed lately. An origin that is well is not in it.
#[derive(Debug, Default)]
pub(super) struct Circuits {
    by_origin: HashMap<Arc<str>, Circuit>,
}

impl Circuits {
    /// Whether an origin may be asked now, or after how long. Whoever is let through must say how
    /// it ended.
    pub(super) fn admit(&mut self, origin: &str, now: Instant) -> Result<(), Duration> {
        let Some(circuit) = self.by_origin.get_mut(origin) else {
            return Ok(());
        };
        let Some(until) = circuit.shut_until else {
            return Ok(());
        };
        if now < until {
            return Err(until - now);
        }
        let is_tried = |since: Instant| now.saturating_duration_since(since) < TRY_MAX;
        if circuit.trying_since.is_some_and(is_tried) {
            return Err(PAUSE_MIN);
        }
        circuit.trying_since = Some(now);
        Ok(())
    }

    /// An origin answered.
    pub(super) fn is_well(&mut self, origin: &str) {
        self.by_origin.remove(origin);
    }

    /// An origin failed. `roll` is a fair roll: who was sent away together does not come back
    /// together.
    pub(super) fn failed(&mut self, origin: &Arc<str>, now: Instant, roll: u64) {
        if self.by_origin.len() >= ORIGINS_MAX && !self.by_origin.contains_key(origin) {
            self.by_origin
                .retain(|_origin, circuit| circuit.shut_until.is_some_and(|until| now < until));
            if self.by_origin.len() >= ORIGINS_MAX {
                return;
            }
        }
        let circuit = self.by_origin.entry(Arc::clone(origin)).or_default();
        circuit.failures = circuit.failures.saturating_add(1);
        circuit.trying_since = None;
        if let Some(times) = circuit.failures.checked_sub(FAILURES_MAX) {
            circuit.shut_until = Some(now + pause(times, roll));
        }
    }
}

/// How long to leave an origin alone after so many failed tries: doubled each time, and from three
/// quarters to five quarters of that.
fn pause(times: u32, roll: u64) -> Duration {
    let whole = PAUSE_MIN.saturating_mul(1 << times.min(16)).min(PAUSE_MAX);
    let spread = u32::try_from(roll % 513).unwrap_or_default();
    whole * 3 / 4 + whole * spread / 1_024
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start() -> Instant {
        crate::host::Clock::real().monotonic()
    }

    #[test]
    fn it_shuts_after_a_row_of_failures_and_one_success_opens_it() {
        let (start, origin) = (start(), Arc::from("http://a"));
        let mut circuits = Circuits::default();
        for _ in 1..FAILURES_MAX {
            circuits.failed(&origin, start, 0);
            assert_eq!(circuits.admit(&origin, start), Ok(()));
        }
        circuits.is_well(&origin);
        for _ in 1..FAILURES_MAX {
            circuits.failed(&origin, start, 0);
        }
        assert_eq!(circuits.admit(&origin, start), Ok(()), "the row was broken");
        circuits.failed(&origin, start, 0);
        let wait = circuits.admit(&origin, start).unwrap_err();
        assert_eq!(wait, PAUSE_MIN * 3 / 4);
        assert_eq!(circuits.admit("http://b", start), Ok(()));

        // One try when the pause is over, and one only.
        let later = start + wait;
        assert_eq!(circuits.admit(&origin, later), Ok(()));
        assert!(circuits.admit(&origin, later).is_err());
        // It failed: twice as long.
        circuits.failed(&origin, later, 0);
        assert_eq!(circuits.admit(&origin, later), Err(wait * 2));
        // It worked.
        let later = later + wait * 2;
        assert_eq!(circuits.admit(&origin, later), Ok(()));
        circuits.is_well(&origin);
        assert_eq!(circuits.admit(&origin, later), Ok(()));
        assert_eq!(circuits.admit(&origin, later), Ok(()));
    }

    #[test]
    fn a_try_that_got_lost_does_not_shut_it_for_good() {
        let (start, origin) = (start(), Arc::from("http://a"));
        let mut circuits = Circuits::default();
        for _ in 0..FAILURES_MAX {
            circuits.failed(&origin, start, 0);
        }
        let later = start + PAUSE_MAX;
        assert_eq!(circuits.admit(&origin, later), Ok(()));
        assert!(circuits.admit(&origin, later + TRY_MAX / 2).is_err());
        assert_eq!(circuits.admit(&origin, later + TRY_MAX), Ok(()));
    }

    #[test]
    fn pauses_double_are_bounded_and_spread() {
        let mut before = Duration::ZERO;
        for times in 0..40 {
            let (least, longest) = (pause(times, 0), pause(times, 512));
            assert!(least >= before && longest <= PAUSE_MAX * 5 / 4, "{times}");
            assert_eq!(longest, least * 5 / 3, "{times}");
            before = least;
        }
        assert_eq!(before, PAUSE_MAX * 3 / 4);
    }

    #[test]
    fn it_remembers_so_many_origins_and_no_more() {
        let start = start();
        let mut circuits = Circuits::default();
        for number in 0..3 * ORIGINS_MAX {
            let origin = Arc::from(format!("http://{number}"));
            circuits.failed(&origin, start, 0);
        }
        assert!(circuits.by_origin.len() <= ORIGINS_MAX);
    }
}
