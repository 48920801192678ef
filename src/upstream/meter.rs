//! The figures of fetching, looked up once so that counting is one addition.

use std::sync::Arc;
use std::time::Duration;

use prometheus_client::metrics::counter::Counter;

use super::error::Cause;
use crate::telemetry::Metrics;
use crate::telemetry::metrics::{Outcome as OutcomeLabel, Reason};

/// How a caller's question was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// From what is fresh.
    Cached,
    /// By a fetch that brought something new or nothing new.
    Fetched,
    /// By a fetch that somebody else had begun.
    Joined,
    /// With the last good answer, since the fetch failed.
    Stale,
    /// Not at all.
    Failed,
}

impl Outcome {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Cached, "cached"),
        (Self::Fetched, "fetched"),
        (Self::Joined, "joined"),
        (Self::Stale, "stale"),
        (Self::Failed, "failed"),
    ];
}

/// Counts what is fetched.
#[derive(Debug)]
pub(super) struct Meter {
    metrics: Arc<Metrics>,
    outcomes: [Counter; Outcome::ALL.len()],
    failures: [(&'static str, Counter); Cause::WORDS.len()],
}

impl Meter {
    pub(super) fn new(metrics: Arc<Metrics>) -> Self {
        let outcomes = Outcome::ALL.map(|(_, outcome)| {
            let label = OutcomeLabel { outcome };
            metrics.upstream_answers.get_or_create_owned(&label)
        });
        let failures = Cause::WORDS.map(|reason| {
            let counter = metrics
                .upstream_failures
                .get_or_create_owned(&Reason { reason });
            (reason, counter)
        });
        Self {
            metrics,
            outcomes,
            failures,
        }
    }

    /// A caller was answered.
    pub(super) fn answered(&self, outcome: Outcome) {
        if let Some(counter) = self.outcomes.get(outcome as usize) {
            counter.inc();
        }
    }

    /// A fetch ended.
    pub(super) fn fetched(&self, took: Duration) {
        self.metrics.upstream_seconds.observe(took.as_secs_f64());
    }

    /// A fetch failed.
    pub(super) fn failed(&self, cause: &Cause) {
        let word = cause.as_str();
        if let Some((_, counter)) = self.failures.iter().find(|(known, _)| *known == word) {
            counter.inc();
        }
    }

    /// What is kept.
    pub(super) fn kept(&self, entries: usize, bytes: usize) {
        let gauge = |value| i64::try_from(value).unwrap_or(i64::MAX);
        self.metrics.upstream_cache_entries.set(gauge(entries));
        self.metrics.upstream_cache_bytes.set(gauge(bytes));
    }

    /// A channel went over to another of its origins.
    pub(super) fn switched(&self) {
        self.metrics.upstream_switches.inc();
    }
}
