//! Fetching for many: one fetch for all who ask for a URL at a time, fresh answers kept, and the
//! last good one for when the origin fails.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, watch};
use url::Url;

use super::cache::{Ask, Brought, Cache, End, Flight, Good, Landing};
use super::circuit::Circuits;
use super::error::{Cause, FetchError, origin_of};
use super::fetcher::{Answer, FetchLimits, Fetcher, Known};
use super::guard::{Guard, GuardRules};
use super::meter::{Meter, Outcome};
use super::resolve::Resolve;
use crate::host::tls::TlsError;
use crate::host::{Clock, Entropy};
use crate::telemetry::Metrics;

/// Fetches under way at one time, over all origins. Whoever comes beyond is told so at once.
const FLIGHTS_MAX: usize = 256;
/// Entries of the cache. Viewers may name assets, so that the number of URLs has no other bound.
const ENTRIES_MAX: usize = 16_384;

/// How old an answer may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Freshness {
    /// Without asking the origin: half a target duration of a live playlist.
    pub fresh: Duration,
    /// When the origin fails: three target durations of a live playlist.
    pub stale: Duration,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// The body, decompressed. Shared with everybody who fetched it.
    pub bytes: Bytes,
    /// Where it was found after redirects: what relative addresses in it are relative to.
    pub final_url: Arc<Url>,
    /// Another number is another text: with the same one nothing need be parsed again.
    pub version: u64,
    /// Since the origin last said that it is so.
    pub age: Duration,
    /// Since it came to be so, as far as we saw. A live playlist that stands still is a sick
    /// origin, however well it answers.
    pub unchanged_for: Duration,
    /// How old it was when it came, by the word of caches on the way.
    pub upstream_age: Duration,
    /// Why it is not fresh, if it is not.
    pub stale: Option<FetchError>,
}

/// What an operator says about fetching.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What may be fetched.
    pub rules: GuardRules,
    /// The bounds of one fetch.
    pub limits: FetchLimits,
    /// Bytes of answers that are kept.
    pub cache_bytes_max: usize,
}

/// What [`Origins`] are made of, beside their settings.
#[derive(Debug)]
pub struct Parts {
    /// Knows the addresses of names.
    pub resolver: Arc<dyn Resolve>,
    /// Where fetches run: they outlive whoever asked for them.
    pub runtime: Handle,
    /// The time.
    pub clock: Clock,
    /// Dice, for pauses.
    pub entropy: Entropy,
    /// What is counted.
    pub metrics: Arc<Metrics>,
}

/// Fetches for many. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Origins(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    fetcher: Fetcher,
    cache: Mutex<Cache>,
    circuits: Mutex<Circuits>,
    slots: Semaphore,
    meter: Meter,
    runtime: Handle,
    clock: Clock,
    entropy: Entropy,
}

impl Origins {
    /// Nothing is fetched yet. Fails if the file of certificates is of no use.
    pub fn new(settings: Settings, parts: Parts) -> Result<Self, TlsError> {
        let guard = Guard::new(settings.rules, parts.resolver);
        Ok(Self(Arc::new(Shared {
            fetcher: Fetcher::new(guard, settings.limits)?,
            cache: Mutex::new(Cache::new(ENTRIES_MAX, settings.cache_bytes_max)),
            circuits: Mutex::new(Circuits::default()),
            slots: Semaphore::new(FLIGHTS_MAX),
            meter: Meter::new(parts.metrics),
            runtime: parts.runtime,
            clock: parts.clock,
            entropy: parts.entropy,
        })))
    }

    /// Fetches a URL, or finds it fetched. Any number of callers at one time cause one fetch; it
    /// goes on when they hang up. If the origin fails, the last good answer within
    /// [`Freshness::stale`] is given, with the failure in [`Fetched::stale`].
    pub async fn fetch(&self, url: &Url, freshness: Freshness) -> Result<Fetched, FetchError> {
        self.fetch_numbered(url, freshness).await.1
    }

    /// The same, with the number of the fetch that the answer is from: two callers who get the
    /// same number have seen one fetch and not two.
    pub(super) async fn fetch_numbered(
        &self,
        url: &Url,
        freshness: Freshness,
    ) -> (Option<u64>, Result<Fetched, FetchError>) {
        let mut url = url.clone();
        url.set_fragment(None);
        let shared = &self.0;
        let key: Arc<str> = url.as_str().into();
        let ask = lock(&shared.cache).ask(&key, freshness.fresh, shared.clock.monotonic());
        let (landing, outcome) = match ask {
            Ask::Known(landing) => (Some(landing), Outcome::Cached),
            Ask::Join(flight) => (landed(flight).await, Outcome::Joined),
            Ask::Begin {
                flight,
                landing,
                good,
            } => {
                let origin: Arc<str> = origin_of(&url).into();
                let journey = Journey {
                    shared: Arc::clone(shared),
                    url: url.clone(),
                    key,
                    origin,
                    good,
                };
                shared.runtime.spawn(journey.fly(landing, freshness.fresh));
                (landed(flight).await, Outcome::Fetched)
            }
        };
        match landing {
            Some(landing) => (
                Some(landing.number),
                shared.answer(landing.end, freshness, outcome),
            ),
            None => (None, Err(FetchError::at(&url, Cause::Ended))),
        }
    }

    /// Where fetches run.
    pub(super) fn runtime(&self) -> &Handle {
        &self.0.runtime
    }

    /// The time, as fetches see it.
    pub(super) fn clock(&self) -> &Clock {
        &self.0.clock
    }

    pub(super) fn meter(&self) -> &Meter {
        &self.0.meter
    }
}

/// Waits for a fetch. Nothing if its task is gone.
async fn landed(mut flight: Flight) -> Option<Landing> {
    let landing = flight.wait_for(Option::is_some).await.ok()?;
    landing.clone()
}

impl Shared {
    fn answer(
        &self,
        end: End,
        freshness: Freshness,
        outcome: Outcome,
    ) -> Result<Fetched, FetchError> {
        let now = self.clock.monotonic();
        let age = |good: &Good| now.saturating_duration_since(good.confirmed_at);
        let (good, stale, outcome) = match end {
            End::Good(good) => (good, None, outcome),
            End::Failed { error, good } => {
                let Some(good) = good.filter(|good| age(good) <= freshness.stale) else {
                    self.meter.answered(Outcome::Failed);
                    return Err(error);
                };
                (good, Some(error), Outcome::Stale)
            }
        };
        self.meter.answered(outcome);
        Ok(Fetched {
            age: age(&good),
            unchanged_for: now.saturating_duration_since(good.changed_at),
            upstream_age: good.upstream_age,
            bytes: good.bytes,
            final_url: good.url,
            version: good.version,
            stale,
        })
    }
}

/// One fetch on behalf of everybody who waits for it.
#[derive(Debug)]
struct Journey {
    shared: Arc<Shared>,
    url: Url,
    key: Arc<str>,
    origin: Arc<str>,
    good: Option<Good>,
}

impl Journey {
    async fn fly(self, landing: watch::Sender<Option<Landing>>, fresh: Duration) {
        let brought = self.bring().await;
        let shared = &self.shared;
        if let Brought::Failed(error) = &brought {
            shared.meter.failed(&error.cause);
        }
        let now = shared.clock.monotonic();
        let (landed, (entries, bytes)) = {
            let mut cache = lock(&shared.cache);
            let landed = cache.land(&self.key, brought, fresh, now);
            (landed, cache.size())
        };
        shared.meter.kept(entries, bytes);
        landing.send_replace(Some(landed));
    }

    async fn bring(&self) -> Brought {
        let shared = &self.shared;
        let failed = |cause| Brought::Failed(FetchError::at(&self.url, cause));
        let Ok(_slot) = shared.slots.try_acquire() else {
            return failed(Cause::Busy);
        };
        let started = shared.clock.monotonic();
        let admitted = lock(&shared.circuits).admit(&self.origin, started);
        if let Err(retry_in) = admitted {
            return failed(Cause::Backoff { retry_in });
        }
        let known = self.good.as_ref().map(|good| Known {
            url: &good.url,
            validators: &good.validators,
        });
        let answer = shared.fetcher.get(&self.url, known).await;
        let ended = shared.clock.monotonic();
        shared
            .meter
            .fetched(ended.saturating_duration_since(started));
        let mut circuits = lock(&shared.circuits);
        match answer {
            Ok(answer) => {
                circuits.is_well(&self.origin);
                match (answer, &self.good) {
                    (Answer::Whole(whole), _) => Brought::Whole(whole),
                    (Answer::Unchanged { age }, Some(good)) => Brought::Unchanged {
                        good: good.clone(),
                        age,
                    },
                    (Answer::Unchanged { .. }, None) => {
                        failed(Cause::Protocol("304 to no condition".to_owned()))
                    }
                }
            }
            Err(error) => {
                if error.cause.is_illness() {
                    circuits.failed(&self.origin, ended, shared.entropy.roll());
                } else {
                    circuits.is_well(&self.origin);
                }
                drop(circuits);
                note(&error);
                Brought::Failed(error)
            }
        }
    }
}

/// Viewers may ask for what does not exist; that is no news.
fn note(error: &FetchError) {
    let (origin, reason) = (&error.origin, error.cause.as_str());
    if error.cause.is_not_found() {
        tracing::debug!(%origin, reason, "nothing was found");
    } else {
        tracing::info!(%origin, reason, cause = %error.cause, "a fetch failed");
    }
}

/// A panic of another thread leaves counts and entries, each whole by itself.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
