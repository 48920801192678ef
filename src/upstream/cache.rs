//! What was fetched lately: the last good answer of each URL, why the last fetch failed, and the
//! fetch that is under way, so that everybody who asks meanwhile gets its answer.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::sync::watch;
use url::Url;

use super::error::{Cause, FetchError};
use super::fetcher::{Validators, Whole};

/// What an entry costs beside its texts.
const ENTRY_BYTES: usize = 512;
/// Who was not asked for in this time goes.
const IDLE_MAX: Duration = Duration::from_mins(10);
/// Asks between two looks for the idle.
const ASKS_PER_SWEEP: u32 = 1_024;
/// A failure is not tried again before this, so that a crowd costs one fetch...
const FAILED_MIN: Duration = Duration::from_millis(100);
/// ...and after this it is.
const FAILED_MAX: Duration = Duration::from_secs(2);
/// What does not exist may come to exist: a live origin that starts.
const MISSING_MAX: Duration = Duration::from_secs(5);

/// The last good answer of a URL.
#[derive(Debug, Clone)]
pub(super) struct Good {
    pub(super) bytes: Bytes,
    pub(super) url: Arc<Url>,
    pub(super) validators: Arc<Validators>,
    /// Another number is another text.
    pub(super) version: u64,
    /// When the origin said last that it is so.
    pub(super) confirmed_at: Instant,
    /// When it came to be so, as far as we saw.
    pub(super) changed_at: Instant,
    /// How old it was when it came.
    pub(super) upstream_age: Duration,
}

/// How a fetch ended, for all who wait for it.
#[derive(Debug, Clone)]
pub(super) struct Landing {
    /// Of all fetches: who looks twice at one knows it again.
    pub(super) number: u64,
    pub(super) end: End,
}

/// What a fetch came to.
#[derive(Debug, Clone)]
pub(super) enum End {
    Good(Good),
    Failed {
        error: FetchError,
        /// What was good before.
        good: Option<Good>,
    },
}

/// A fetch under way.
pub(super) type Flight = watch::Receiver<Option<Landing>>;

/// What is to be done for whoever asks.
#[derive(Debug)]
pub(super) enum Ask {
    /// It is known, or known to fail.
    Known(Landing),
    /// Somebody fetches it.
    Join(Flight),
    /// Fetch it, with what is known of it, and land.
    Begin {
        flight: Flight,
        landing: watch::Sender<Option<Landing>>,
        good: Option<Good>,
    },
}

/// What a fetch brought.
#[derive(Debug)]
pub(super) enum Brought {
    Whole(Box<Whole>),
    /// What was known is true still.
    Unchanged {
        good: Good,
        age: Duration,
    },
    Failed(FetchError),
}

#[derive(Debug, Default)]
struct Entry {
    good: Option<Good>,
    failed: Option<(FetchError, Instant)>,
    flight: Option<Flight>,
    /// The number of the last fetch that ended.
    landed: u64,
    used_at: u64,
    asked_at: Option<Instant>,
}

/// The entries, bounded in number and bytes.
#[derive(Debug)]
pub(super) struct Cache {
    entries: HashMap<Arc<str>, Entry>,
    entries_max: usize,
    bytes: usize,
    bytes_max: usize,
    /// Counts asks; who was asked for longest ago goes first.
    asks: u64,
    until_sweep: u32,
    versions: u64,
    landings: u64,
}

impl Cache {
    /// An empty one.
    pub(super) fn new(entries_max: usize, bytes_max: usize) -> Self {
        Self {
            entries: HashMap::new(),
            entries_max,
            bytes: 0,
            bytes_max,
            asks: 0,
            until_sweep: ASKS_PER_SWEEP,
            versions: 0,
            landings: 0,
        }
    }

    /// Entries and their bytes.
    pub(super) fn size(&self) -> (usize, usize) {
        (self.entries.len(), self.bytes)
    }

    /// What is to be done for somebody who takes an answer that was confirmed at most `fresh` ago.
    pub(super) fn ask(&mut self, key: &Arc<str>, fresh: Duration, now: Instant) -> Ask {
        self.sweep_at_times(now);
        self.asks += 1;
        if !self.entries.contains_key(key) {
            self.bytes += ENTRY_BYTES + key.len();
        }
        let entry = self.entries.entry(Arc::clone(key)).or_default();
        entry.used_at = self.asks;
        entry.asked_at = Some(now);
        let is_fresh = |good: &&Good| now.saturating_duration_since(good.confirmed_at) <= fresh;
        if let Some(good) = entry.good.as_ref().filter(is_fresh) {
            return Ask::Known(Landing {
                number: entry.landed,
                end: End::Good(good.clone()),
            });
        }
        // A fetch whose task is gone without a word will never land.
        if let Some(flight) = &entry.flight
            && flight.has_changed().is_ok()
        {
            return Ask::Join(flight.clone());
        }
        if let Some((error, until)) = &entry.failed
            && now < *until
        {
            return Ask::Known(Landing {
                number: entry.landed,
                end: End::Failed {
                    error: error.clone(),
                    good: entry.good.clone(),
                },
            });
        }
        let (landing, flight) = watch::channel(None);
        entry.flight = Some(flight.clone());
        Ask::Begin {
            flight,
            landing,
            good: entry.good.clone(),
        }
    }

    /// Keeps what a fetch brought, and says what to tell those who wait for it. `fresh` is how
    /// long its caller takes an answer for fresh: failures are kept no longer.
    pub(super) fn land(
        &mut self,
        key: &Arc<str>,
        brought: Brought,
        fresh: Duration,
        now: Instant,
    ) -> Landing {
        // Thrown out while it was fetched: it comes back.
        if !self.entries.contains_key(key) {
            self.bytes += ENTRY_BYTES + key.len();
        }
        let entry = self.entries.entry(Arc::clone(key)).or_default();
        entry.flight = None;
        entry.failed = None;
        self.landings += 1;
        let number = self.landings;
        entry.landed = number;
        let good = match brought {
            Brought::Whole(whole) => {
                let before = entry.good.take();
                self.bytes -= before.as_ref().map_or(0, |good| good.bytes.len());
                successor(before, *whole, &mut self.versions, now)
            }
            Brought::Unchanged { good, age } => {
                let before = entry.good.take();
                self.bytes -= before.map_or(0, |good| good.bytes.len());
                Good {
                    confirmed_at: now,
                    upstream_age: age,
                    ..good
                }
            }
            Brought::Failed(error) => {
                entry.failed = Some((error.clone(), now + pause(&error.cause, fresh)));
                let good = entry.good.clone();
                self.shrink();
                let end = End::Failed { error, good };
                return Landing { number, end };
            }
        };
        self.bytes += good.bytes.len();
        entry.good = Some(good.clone());
        self.shrink();
        Landing {
            number,
            end: End::Good(good),
        }
    }

    /// Forgets who nobody asks for.
    fn sweep_at_times(&mut self, now: Instant) {
        self.until_sweep -= 1;
        if self.until_sweep > 0 {
            return;
        }
        self.until_sweep = ASKS_PER_SWEEP;
        self.keep_if(|entry| {
            let is_asked = |at: Instant| now.saturating_duration_since(at) < IDLE_MAX;
            entry.flight.is_some() || entry.asked_at.is_some_and(is_asked)
        });
    }

    /// Throws out who was asked for longest ago, an eighth at a time, until there is room.
    fn shrink(&mut self) {
        while self.entries.len() > self.entries_max || self.bytes > self.bytes_max {
            let idle = self.entries.values().filter(|entry| entry.flight.is_none());
            let mut used: Vec<u64> = idle.map(|entry| entry.used_at).collect();
            if used.is_empty() {
                return;
            }
            let eighth = used.len() / 8;
            let (_, last, _) = used.select_nth_unstable(eighth);
            let last = *last;
            self.keep_if(|entry| entry.flight.is_some() || entry.used_at > last);
        }
    }

    fn keep_if(&mut self, is_kept: impl Fn(&Entry) -> bool) {
        let mut freed = 0;
        self.entries.retain(|key, entry| {
            let is_kept = is_kept(entry);
            if !is_kept {
                let body = entry.good.as_ref().map_or(0, |good| good.bytes.len());
                freed += ENTRY_BYTES + key.len() + body;
            }
            is_kept
        });
        self.bytes -= freed;
    }
}

/// The answer after `before`. The same bytes are the same text, whatever else was said.
fn successor(before: Option<Good>, whole: Whole, versions: &mut u64, now: Instant) -> Good {
    let same = before.filter(|good| good.bytes == whole.bytes && *good.url == whole.url);
    let (bytes, url, version, changed_at) = if let Some(good) = same {
        (good.bytes, good.url, good.version, good.changed_at)
    } else {
        *versions += 1;
        (whole.bytes, Arc::new(whole.url), *versions, now)
    };
    Good {
        bytes,
        url,
        validators: Arc::new(whole.validators),
        version,
        confirmed_at: now,
        changed_at,
        upstream_age: whole.age,
    }
}

/// How long a failure stands.
fn pause(cause: &Cause, fresh: Duration) -> Duration {
    match cause {
        // They know best.
        Cause::Status {
            retry_after: Some(span),
            ..
        } => (*span).max(FAILED_MIN),
        // Nothing was asked; the next may get through.
        Cause::Busy | Cause::Ended => Duration::ZERO,
        Cause::Backoff { retry_in } => (*retry_in).min(FAILED_MIN),
        cause if cause.is_not_found() => fresh.clamp(FAILED_MIN, MISSING_MAX),
        _ => (fresh / 2).clamp(FAILED_MIN, FAILED_MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRESH: Duration = Duration::from_secs(3);

    fn start() -> Instant {
        crate::host::Clock::real().monotonic()
    }

    fn whole(text: &'static str) -> Brought {
        Brought::Whole(Box::new(Whole {
            bytes: Bytes::from_static(text.as_bytes()),
            url: "http://a/live".parse().unwrap(),
            validators: Validators::default(),
            age: Duration::ZERO,
            date: None,
        }))
    }

    fn failure(cause: Cause) -> Brought {
        Brought::Failed(FetchError {
            origin: Arc::from("http://a"),
            cause,
        })
    }

    fn begins(ask: &Ask) -> bool {
        matches!(ask, Ask::Begin { .. })
    }

    fn version(ask: Ask) -> u64 {
        match ask {
            Ask::Known(landing) => good(landing).version,
            other => panic!("{other:?}"),
        }
    }

    fn good(landing: Landing) -> Good {
        match landing.end {
            End::Good(good) => good,
            End::Failed { error, .. } => panic!("{error}"),
        }
    }

    #[test]
    fn one_fetches_and_the_others_wait_until_it_is_no_longer_fresh() {
        let (start, key) = (start(), Arc::from("k"));
        let mut cache = Cache::new(10, 1 << 20);
        let first = cache.ask(&key, FRESH, start);
        assert!(begins(&first));
        assert!(matches!(cache.ask(&key, FRESH, start), Ask::Join(_)));
        cache.land(&key, whole("one"), FRESH, start);
        let known = version(cache.ask(&key, FRESH, start + FRESH));
        let late = start + FRESH + Duration::from_millis(1);
        let second = cache.ask(&key, FRESH, late);
        assert!(begins(&second));
        // The same text keeps its number, another gets another.
        cache.land(&key, whole("one"), FRESH, late);
        assert_eq!(version(cache.ask(&key, FRESH, late)), known);
        cache.land(&key, whole("two"), FRESH, late);
        assert_ne!(version(cache.ask(&key, FRESH, late)), known);
    }

    #[test]
    fn a_fetch_that_vanished_is_begun_again() {
        let (start, key) = (start(), Arc::from("k"));
        let mut cache = Cache::new(10, 1 << 20);
        let Ask::Begin { landing, .. } = cache.ask(&key, FRESH, start) else {
            panic!("nothing is known");
        };
        assert!(matches!(cache.ask(&key, FRESH, start), Ask::Join(_)));
        drop(landing);
        assert!(begins(&cache.ask(&key, FRESH, start)));
    }

    #[test]
    fn a_failure_stands_for_a_moment_and_leaves_the_last_good_answer() {
        let (start, key) = (start(), Arc::from("k"));
        let mut cache = Cache::new(10, 1 << 20);
        cache.land(&key, whole("one"), FRESH, start);
        let later = start + FRESH * 2;
        let _flight = cache.ask(&key, FRESH, later);
        let landing = cache.land(&key, failure(Cause::Truncated), FRESH, later);
        assert!(matches!(&landing.end, End::Failed { good: Some(_), .. }));
        let Ask::Known(again) = cache.ask(&key, FRESH, later) else {
            panic!("it was asked again at once");
        };
        assert_eq!(again.number, landing.number);
        assert!(matches!(again.end, End::Failed { good: Some(_), .. }));
        assert!(begins(&cache.ask(&key, FRESH, later + FRESH)));
    }

    #[test]
    fn an_unchanged_answer_is_fresh_again_and_as_old_as_it_was() {
        let (start, key) = (start(), Arc::from("k"));
        let mut cache = Cache::new(10, 1 << 20);
        let first = good(cache.land(&key, whole("one"), FRESH, start));
        let later = start + FRESH * 2;
        let age = Duration::from_secs(9);
        // Even if it was thrown out meanwhile.
        for is_gone in [false, true] {
            if is_gone {
                cache.keep_if(|_entry| false);
            }
            let brought = Brought::Unchanged {
                good: first.clone(),
                age,
            };
            let landing = cache.land(&key, brought, FRESH, later);
            assert_eq!(good(landing).confirmed_at, later);
            assert_eq!(cache.size(), (1, ENTRY_BYTES + 1 + 3));
        }
        let Ask::Known(landing) = cache.ask(&key, FRESH, later) else {
            panic!("it is fresh");
        };
        let good = good(landing);
        assert_eq!((good.confirmed_at, good.changed_at), (later, start));
        assert_eq!(good.upstream_age, age);
    }

    #[test]
    fn it_stays_within_its_bounds_and_forgets_the_longest_unasked() {
        let start = start();
        let mut cache = Cache::new(100, 1 << 20);
        let favourite: Arc<str> = Arc::from("favourite");
        cache.land(&favourite, whole("kept"), FRESH, start);
        for number in 0..1_000 {
            let key = Arc::from(format!("{number}"));
            assert!(begins(&cache.ask(&key, FRESH, start)));
            cache.land(&key, whole("x"), FRESH, start);
            assert!(!begins(&cache.ask(&favourite, FRESH, start)));
            assert!(cache.size().0 <= 100);
        }
        // By bytes, counted exactly.
        let mut small = Cache::new(1_000, 10 * (ENTRY_BYTES + 1 + 4));
        for number in 0..10_u8 {
            let key = Arc::from((number as char).to_string());
            small.land(&key, whole("four"), FRESH, start);
        }
        assert_eq!(small.size(), (10, small.bytes_max));
        small.land(&Arc::from("z"), whole("four"), FRESH, start);
        assert!(small.size().0 < 11 && small.size().1 <= small.bytes_max);
        small.keep_if(|_entry| false);
        assert_eq!(small.size(), (0, 0));
    }

    #[test]
    fn who_nobody_asks_for_goes() {
        let start = start();
        let mut cache = Cache::new(100, 1 << 20);
        cache.land(&Arc::from("old"), whole("x"), FRESH, start);
        let later = start + IDLE_MAX;
        for _ in 0..=ASKS_PER_SWEEP {
            let _ask = cache.ask(&Arc::from("new"), FRESH, later);
        }
        assert_eq!(cache.size().0, 1);
    }

    #[test]
    fn what_an_origin_says_about_trying_again_is_heeded() {
        let status = |status: u16, retry_after| Cause::Status {
            status: status.try_into().unwrap(),
            retry_after,
        };
        let asked = Duration::from_secs(7);
        assert_eq!(pause(&status(503, Some(asked)), FRESH), asked);
        assert_eq!(pause(&status(500, None), FRESH), FRESH / 2);
        assert_eq!(pause(&status(404, None), FRESH), FRESH);
        assert_eq!(pause(&Cause::Busy, FRESH), Duration::ZERO);
    }
}
