//! Which of several origins is asked: the first that does, without going back and forth.
//!
//! An origin is left after two failures in a row. A better one is tried in the background and
//! taken again only when it did well for a while, so that one which comes and goes is not followed.

use std::time::{Duration, Instant};

/// Failures in a row after which an origin is left.
const FAILURES_MAX: u32 = 2;
/// Between two tries of a better origin.
const TRY_EVERY: Duration = Duration::from_secs(5);
/// It is taken again after so many good tries in a row...
const TRIES_GOOD: u32 = 3;
/// ...over at least this time.
const GOOD_FOR: Duration = Duration::from_secs(20);

/// How an origin did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It gave what it should.
    Good,
    /// It did not, or only what it gave before: also a live playlist that stands still.
    Failed,
}

/// How one origin does, as far as it was asked.
#[derive(Debug, Clone, Copy, Default)]
struct Record {
    /// Failures in a row.
    failures: u32,
    failed_at: Option<Instant>,
    /// Good tries in a row, while another is asked.
    tries_good: u32,
    good_since: Option<Instant>,
    /// The last fetch that was noted.
    fetch: Option<u64>,
}

/// The choice among origins, by their number: the first is the best.
#[derive(Debug)]
pub(super) struct Failover {
    records: Vec<Record>,
    current: usize,
    next_try: Option<Instant>,
}

/// Whether the choice changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    None,
    Switched,
}

impl Failover {
    /// The first of so many is chosen.
    pub(super) fn new(origins: usize) -> Self {
        Self {
            records: vec![Record::default(); origins],
            current: 0,
            next_try: None,
        }
    }

    /// Who is asked.
    pub(super) fn current(&self) -> usize {
        self.current
    }

    /// A better one to try now, if it is time to. Whoever asks must try it.
    pub(super) fn due_try(&mut self, now: Instant) -> Option<usize> {
        if self.current == 0 || self.next_try.is_some_and(|at| now < at) {
            return None;
        }
        self.next_try = Some(now + TRY_EVERY);
        // In turn, the best more often: whoever failed longest ago, or never.
        let better = self.records.iter().take(self.current).enumerate();
        better
            .min_by_key(|(_, record)| record.failed_at)
            .map(|(origin, _)| origin)
    }

    /// The origins after `current` in the order in which they should be asked when it failed: by
    /// how long ago they failed, then by preference.
    pub(super) fn others(&self) -> Vec<usize> {
        let others = (0..self.records.len()).filter(|origin| *origin != self.current);
        let mut others: Vec<_> = others.collect();
        others.sort_by_key(|origin| self.records.get(*origin).and_then(|it| it.failed_at));
        others
    }

    /// How a fetch from an origin went. All who waited for it may say so; it is noted once.
    pub(super) fn note_fetch(
        &mut self,
        origin: usize,
        fetch: Option<u64>,
        outcome: Outcome,
        now: Instant,
    ) -> Change {
        if let (Some(record), Some(_)) = (self.records.get_mut(origin), fetch) {
            if record.fetch == fetch {
                return Change::None;
            }
            record.fetch = fetch;
        }
        self.note(origin, outcome, now)
    }

    /// How the chosen origin, or a better one that was tried, did.
    pub(super) fn note(&mut self, origin: usize, outcome: Outcome, now: Instant) -> Change {
        let is_current = origin == self.current;
        let Some(record) = self.records.get_mut(origin) else {
            return Change::None;
        };
        match outcome {
            Outcome::Good => {
                record.failures = 0;
                record.tries_good = record.tries_good.saturating_add(1);
                let since = *record.good_since.get_or_insert(now);
                let is_proven = record.tries_good >= TRIES_GOOD
                    && now.saturating_duration_since(since) >= GOOD_FOR;
                if origin < self.current && is_proven {
                    return self.choose(origin, now);
                }
                Change::None
            }
            Outcome::Failed => {
                record.failures = record.failures.saturating_add(1);
                record.failed_at = Some(now);
                record.tries_good = 0;
                record.good_since = None;
                let is_left = is_current && record.failures >= FAILURES_MAX;
                match self.others().first() {
                    Some(next) if is_left => self.choose(*next, now),
                    _ => Change::None,
                }
            }
        }
    }

    /// Takes an origin that just gave what the chosen one could not.
    pub(super) fn choose(&mut self, origin: usize, now: Instant) -> Change {
        if origin == self.current || origin >= self.records.len() {
            return Change::None;
        }
        self.current = origin;
        self.next_try = Some(now + TRY_EVERY);
        for record in &mut self.records {
            record.tries_good = 0;
            record.good_since = None;
        }
        if let Some(record) = self.records.get_mut(origin) {
            record.failures = 0;
        }
        Change::Switched
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Outcome::{Failed, Good};

    struct Play {
        failover: Failover,
        now: Instant,
        switches: u32,
    }

    impl Play {
        fn new(origins: usize) -> Self {
            Self {
                failover: Failover::new(origins),
                now: crate::host::Clock::real().monotonic(),
                switches: 0,
            }
        }

        /// One round of a channel every 3 seconds: who is well by number.
        fn round(&mut self, well: &[bool]) -> usize {
            self.now += Duration::from_secs(3);
            let of = |origin: usize| if well[origin] { Good } else { Failed };
            if let Some(tried) = self.failover.due_try(self.now) {
                self.note(tried, of(tried));
            }
            let current = self.failover.current();
            self.note(current, of(current));
            self.failover.current()
        }

        fn note(&mut self, origin: usize, outcome: Outcome) {
            if self.failover.note(origin, outcome, self.now) == Change::Switched {
                self.switches += 1;
            }
        }
    }

    #[test]
    fn two_failures_in_a_row_leave_an_origin_and_one_does_not() {
        let mut play = Play::new(2);
        assert_eq!(play.round(&[false, true]), 0);
        assert_eq!(play.round(&[true, true]), 0);
        assert_eq!(play.round(&[false, true]), 0);
        assert_eq!(play.round(&[false, true]), 1);
    }

    #[test]
    fn the_better_one_is_taken_again_when_it_did_well_for_a_while() {
        let mut play = Play::new(2);
        play.round(&[false, true]);
        assert_eq!(play.round(&[false, true]), 1);
        let back = play.now;
        let mut rounds = 0;
        while play.round(&[true, true]) == 1 {
            rounds += 1;
            assert!(rounds < 100, "it is never taken again");
        }
        assert!(play.now - back >= GOOD_FOR, "{rounds}");
        assert_eq!(play.switches, 2);
    }

    #[test]
    fn one_that_comes_and_goes_is_not_followed() {
        let mut play = Play::new(2);
        // Well for 12 seconds, away for 12.
        for round in 0..1_000 {
            play.round(&[round / 4 % 2 == 1, true]);
        }
        assert_eq!((play.switches, play.failover.current()), (1, 1));
    }

    #[test]
    fn the_last_resort_is_left_for_whoever_failed_longest_ago() {
        let mut play = Play::new(3);
        for _ in 0..2 {
            play.round(&[false, false, true]);
        }
        assert_eq!(play.failover.current(), 1);
        for _ in 0..2 {
            play.round(&[false, false, true]);
        }
        assert_eq!(play.failover.current(), 2);
        // Everybody fails for a while; whoever is well again first is found at once.
        for well in [
            [true, false, false],
            [false, true, false],
            [false, false, true],
        ] {
            for _ in 0..20 {
                play.round(&[false; 3]);
            }
            let found = (0..4).any(|_| {
                let origin = play.round(&well);
                well[origin]
            });
            assert!(found, "{well:?}");
        }
    }

    #[test]
    fn a_fetch_that_many_waited_for_counts_once() {
        let mut play = Play::new(2);
        for fetch in [1, 1, 1, 2] {
            assert_eq!(play.failover.current(), 0, "{fetch}");
            play.failover.note_fetch(0, Some(fetch), Failed, play.now);
        }
        assert_eq!(play.failover.current(), 1);
    }

    #[test]
    fn alone_there_is_nothing_to_choose() {
        let mut play = Play::new(1);
        for _ in 0..10 {
            assert_eq!(play.round(&[false]), 0);
        }
        assert_eq!(play.switches, 0);
        assert!(play.failover.others().is_empty());
    }
}
