//! What is counted of conditioning.

use std::sync::Arc;
use std::time::Duration;

use crate::model::rendition::RenditionStatus;
use crate::telemetry::Metrics;
use crate::telemetry::metrics::{Dependency, Outcome};

/// Counts of conditioning. Cheap to clone.
#[derive(Debug, Clone)]
pub struct ConditioningFigures(Arc<Metrics>);

impl ConditioningFigures {
    /// Counts in `metrics`.
    pub const fn new(metrics: Arc<Metrics>) -> Self {
        Self(metrics)
    }

    /// A job came to its end.
    pub(super) fn ended(&self, status: RenditionStatus, took: Duration) {
        let outcome = status.as_str();
        let counted = self
            .0
            .conditioning_jobs
            .get_or_create_owned(&Outcome { outcome });
        counted.inc();
        self.0.conditioning_seconds.observe(took.as_secs_f64());
    }

    /// So many sets are being made or could be at once.
    pub(super) fn waiting(&self, sets: usize) {
        let sets = i64::try_from(sets).unwrap_or(i64::MAX);
        self.0.conditioning_waiting.set(sets);
    }

    /// Whether the programs are there.
    pub(super) fn programs<E>(&self, checked: &Result<(), E>) {
        let name = "ffmpeg";
        let up = self
            .0
            .dependency_up
            .get_or_create_owned(&Dependency { name });
        up.set(i64::from(checked.is_ok()));
    }
}
