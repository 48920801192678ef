//! Which decisions are kept whole, so that they can be made again and explained.

use std::sync::Arc;

use crate::decision::Trace;
use crate::model::{DecisionId, Timestamp};
use crate::store::decisions::{TraceLog, Traced};

/// Keeps a share of all decisions. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Tracer {
    log: Arc<TraceLog>,
    every: u64,
}

impl Tracer {
    /// Keeps one of `every` decisions in `log`; none for 0.
    pub const fn new(log: Arc<TraceLog>, every: u64) -> Self {
        Self { log, every }
    }

    /// Whether a decision is one of those that are kept: it follows from its id alone.
    pub fn wants(&self, decision: DecisionId) -> bool {
        // Spread over all channels and hours, though ids are given one after the other.
        let spread = decision
            .get()
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
            .rotate_left(32);
        spread.checked_rem(self.every) == Some(0)
    }

    /// Keeps a decision. What cannot be written is counted and forgotten.
    pub fn keep(&self, decision: DecisionId, at: Timestamp, trace: &Trace) {
        let trace = serde_json::to_vec(trace).unwrap_or_default();
        self.log.write(Traced {
            decision,
            at,
            trace,
        });
    }

    /// Where they are kept.
    pub fn log(&self) -> Arc<TraceLog> {
        Arc::clone(&self.log)
    }
}
