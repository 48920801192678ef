//! What is counted of a tenant, second by second.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::NoFillCount;

/// One second of a tenant, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LiveMetrics {
    /// Its end: RFC 3339.
    pub at: String,
    /// Its length, which is about a second. Milliseconds.
    pub span_ms: u64,
    /// What was counted in it.
    pub counts: LiveCounts,
    /// What was counted since the daemon started.
    pub totals: LiveCounts,
    /// Why requests of this second got no ad, most first, at most five.
    pub no_fill: Vec<NoFillCount>,
    /// Viewers of streams with ads now.
    pub sessions: u64,
    /// How long decisions took; none while none were looked at.
    pub latency: Option<LiveLatency>,
}

/// What is counted of a tenant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct LiveCounts {
    /// Calls for ads.
    pub requests: u64,
    /// Calls that got at least one.
    pub filled: u64,
    /// Calls that got none.
    pub no_fills: u64,
    /// Ads handed out.
    pub served: u64,
    /// Events that were counted, of any kind.
    pub beacons: u64,
    /// Events that had been counted before.
    pub duplicates: u64,
    /// Events that were refused: too old, or not to be written.
    pub refused: u64,
    /// Impressions.
    pub impressions: u64,
    /// Plays to the end.
    pub completions: u64,
    /// Clicks.
    pub clicks: u64,
    /// Errors of players.
    pub errors: u64,
    /// What was charged. Micros, rounded down.
    pub spend_micros: i64,
}

impl LiveCounts {
    /// `filled` / `requests`, if anything was asked for.
    pub fn fill_rate(&self) -> Option<f64> {
        ratio(self.filled, self.requests)
    }
}

#[expect(
    clippy::cast_precision_loss,
    clippy::float_arithmetic,
    reason = "a ratio to be shown, of counts far below 2^53"
)]
fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// How long decisions took, from the question to ads that are reserved. Microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LiveLatency {
    /// How many were looked at; in a busy second not all.
    pub decisions: u64,
    /// Half of them took no longer.
    pub p50_us: u64,
    /// 99 of 100 of them took no longer.
    pub p99_us: u64,
    /// The longest.
    pub max_us: u64,
}
