//! Floor 3: logs and metrics.
//!
//! What may be logged at `info` and above: ids, counts, times, reasons. Never addresses of
//! viewers, device ids, tokens or whole URLs: those carry tokens.

mod line;
pub mod logs;
pub mod metrics;
mod process;
mod queue;

pub use logs::{LogFormat, LogSettings, Logs};
pub use metrics::Metrics;
