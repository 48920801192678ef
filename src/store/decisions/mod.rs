//! The log of decisions: what was handed out, written down before it is, so that neither budgets
//! nor caps forget it when the process is killed.
//!
//! A worker appends to a segment of its own and answers when the kernel has the bytes, which
//! survives `kill -9`. Syncs follow a few times a second and bound what a power cut may forget.

mod lane;
mod log;
mod record;
mod segment;
mod snapshots;
#[cfg(test)]
mod tests;
mod traces;

pub use log::{DecisionLog, LogFigures, Refused, Replayed};
pub use record::{ADS_MAX, Handout, Logged, Record, Release, Reservation};
pub use snapshots::{SNAPSHOT_GROUPS, Snapshots};
pub use traces::{TraceFigures, TraceLog, TraceSettings, Traced, Wanted};
