//! The figures of the public side, looked up once so that counting is one addition.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use prometheus_client::metrics::counter::Counter;

use super::Endpoint;
use crate::decision::{Exclusion, ExclusionCounts, NoFill};
use crate::model::EventKind;
use crate::telemetry::Metrics;
use crate::telemetry::metrics::{Answer, Endpoint as Asked, Reason, Reported};

/// What came of a request, for metrics.
const OUTCOMES: [&str; 3] = ["ok", "refused", "failed"];

/// Counts what the public side does.
#[derive(Debug)]
pub(super) struct Meter {
    metrics: Arc<Metrics>,
    /// By endpoint, then by outcome.
    answers: Vec<[Counter; OUTCOMES.len()]>,
    /// By endpoint.
    limited: Vec<Counter>,
    beacons: Vec<Counter>,
    /// By reason, in the order of the closed list.
    exclusions: Vec<Counter>,
}

impl Meter {
    pub(super) fn new(metrics: Arc<Metrics>) -> Self {
        let counter = |endpoint: &'static str, outcome| {
            metrics
                .requests
                .get_or_create_owned(&Answer { endpoint, outcome })
        };
        let answers = Endpoint::NAMES.map(|name| OUTCOMES.map(|outcome| counter(name, outcome)));
        let limited =
            |endpoint: &'static str| metrics.limited.get_or_create_owned(&Asked { endpoint });
        let beacon = |kind: &EventKind| {
            metrics.beacons.get_or_create_owned(&Reported {
                event: kind.as_str(),
            })
        };
        let beacons = EventKind::ALL.iter().map(beacon).collect();
        let exclusion = |why: &Exclusion| {
            metrics.exclusions.get_or_create_owned(&Reason {
                reason: why.as_str(),
            })
        };
        Self {
            answers: answers.to_vec(),
            limited: Endpoint::NAMES.map(limited).to_vec(),
            beacons,
            exclusions: Exclusion::ALL.iter().map(exclusion).collect(),
            metrics,
        }
    }

    /// The exposition of everything that is measured.
    pub(super) fn text(&self) -> String {
        self.metrics.text()
    }

    /// A request was answered.
    pub(super) fn answered(&self, endpoint: Endpoint, status: StatusCode) {
        let outcome = match status.as_u16() {
            ..400 => 0,
            400..500 => 1,
            500.. => 2,
        };
        if let Some(counter) = self
            .answers
            .get(endpoint as usize)
            .and_then(|it| it.get(outcome))
        {
            counter.inc();
        }
    }

    /// A request came faster than the quota of its tenant allows.
    pub(super) fn limited(&self, endpoint: Endpoint) {
        if let Some(counter) = self.limited.get(endpoint as usize) {
            counter.inc();
        }
    }

    /// Ads were decided and reserved, or none, and campaigns left out.
    pub(super) fn decided(
        &self,
        took: Duration,
        unfilled: Option<NoFill>,
        exclusions: &ExclusionCounts,
    ) {
        self.metrics.decision_seconds.observe(took.as_secs_f64());
        for (why, count) in exclusions.iter() {
            if let Some(counter) = self.exclusions.get(why as usize) {
                counter.inc_by(u64::from(count));
            }
        }
        if let Some(why) = unfilled {
            self.metrics
                .unfilled
                .get_or_create(&Reason {
                    reason: why.as_str(),
                })
                .inc();
        }
    }

    /// An event was counted.
    pub(super) fn beacon_counted(&self, kind: EventKind) {
        if let Some(counter) = self.beacons.get(kind as usize) {
            counter.inc();
        }
    }

    /// A beacon was not counted.
    pub(super) fn beacon_refused(&self, reason: &'static str) {
        self.metrics
            .beacons_refused
            .get_or_create(&Reason { reason })
            .inc();
    }
}
