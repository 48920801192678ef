//! One thing at several origins: asks the best that does, and returns to a better one with care.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use url::Url;

use super::error::FetchError;
use super::failover::{Change, Failover, Outcome};
use super::origins::{Fetched, Freshness, Origins, lock};

/// Origins of one thing. Cheap to clone; clones choose together.
#[derive(Debug, Clone)]
pub struct Lineup(Arc<Chosen>);

#[derive(Debug)]
struct Chosen {
    urls: Vec<Url>,
    failover: Mutex<Failover>,
}

/// An answer, and whose it is.
#[derive(Debug, Clone)]
pub struct Served {
    /// The number of the origin in the list.
    pub origin: usize,
    /// The answer.
    pub fetched: Fetched,
}

/// No origin gave anything.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no origin answers: {}", describe(errors))]
pub struct LineupError {
    /// What each that was asked did, in the order in which they were.
    pub errors: Vec<FetchError>,
}

fn describe(errors: &[FetchError]) -> String {
    let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
    errors.join("; ")
}

impl Lineup {
    /// The same thing at each of these URLs, the preferred first. The first is chosen.
    pub fn new(urls: Vec<Url>) -> Self {
        let failover = Mutex::new(Failover::new(urls.len()));
        Self(Arc::new(Chosen { urls, failover }))
    }

    /// The number of the origin that is chosen now.
    pub fn current(&self) -> usize {
        lock(&self.0.failover).current()
    }

    /// Fetches from the chosen origin. If it gives nothing usable, every other is asked at once,
    /// and the first that answers is chosen. An answer of before is usable, but counts against
    /// the origin. If it is time to try a better one, that is done beside.
    pub async fn fetch(
        &self,
        origins: &Origins,
        freshness: Freshness,
    ) -> Result<Served, LineupError> {
        self.try_better(origins, freshness);
        let mut errors = Vec::new();
        let current = self.current();
        let mut stale = match self.ask(origins, current, freshness).await {
            Ok(served) if served.fetched.stale.is_none() => return Ok(served),
            Ok(served) => Some(served),
            Err(error) => {
                errors.extend(error);
                None
            }
        };
        // Something of before will do, until the origin is left.
        if stale.is_some() && self.current() == current {
            return stale.ok_or(LineupError { errors });
        }
        for origin in self.after(current) {
            match self.ask(origins, origin, freshness).await {
                Ok(served) if served.fetched.stale.is_none() => {
                    self.choose(origins, origin);
                    return Ok(served);
                }
                Ok(served) => stale = stale.or(Some(served)),
                Err(error) => errors.extend(error),
            }
        }
        stale.ok_or(LineupError { errors })
    }

    /// Says how an origin did with what was fetched from it otherwise: its renditions, or a
    /// playlist that stands still.
    pub fn report(&self, origins: &Origins, origin: usize, outcome: Outcome) {
        let now = origins.clock().monotonic();
        let change = lock(&self.0.failover).note(origin, outcome, now);
        self.tell(origins, change);
    }

    /// Who is asked when `failed` gave nothing: whoever is chosen now, then the others.
    fn after(&self, failed: usize) -> Vec<usize> {
        let failover = lock(&self.0.failover);
        let order = [failover.current()].into_iter().chain(failover.others());
        order.filter(|origin| *origin != failed).collect()
    }

    /// The error is absent if there is no such origin.
    async fn ask(
        &self,
        origins: &Origins,
        origin: usize,
        freshness: Freshness,
    ) -> Result<Served, Option<FetchError>> {
        let url = self.0.urls.get(origin).ok_or(None)?;
        let (number, answer) = origins.fetch_numbered(url, freshness).await;
        let outcome = match &answer {
            Ok(fetched) if fetched.stale.is_none() => Outcome::Good,
            _ => Outcome::Failed,
        };
        let now = origins.clock().monotonic();
        let change = lock(&self.0.failover).note_fetch(origin, number, outcome, now);
        self.tell(origins, change);
        let fetched = answer.map_err(Some)?;
        Ok(Served { origin, fetched })
    }

    fn choose(&self, origins: &Origins, origin: usize) {
        let now = origins.clock().monotonic();
        let change = lock(&self.0.failover).choose(origin, now);
        self.tell(origins, change);
    }

    fn tell(&self, origins: &Origins, change: Change) {
        if change == Change::Switched {
            origins.meter().switched();
            tracing::warn!(origin = self.current(), "another origin is asked");
        }
    }

    /// Nobody waits for it: a better origin that hangs delays no answer.
    fn try_better(&self, origins: &Origins, freshness: Freshness) {
        let now = origins.clock().monotonic();
        let due = lock(&self.0.failover).due_try(now);
        if let Some(origin) = due {
            let (lineup, asked) = (self.clone(), origins.clone());
            let freshness = Freshness {
                fresh: Duration::ZERO,
                ..freshness
            };
            origins.runtime().spawn(async move {
                lineup.ask(&asked, origin, freshness).await.ok();
            });
        }
    }
}
