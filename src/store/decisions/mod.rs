//! The log of decisions: what was handed out, written down before it is, so that neither budgets
//! nor caps forget it when the process is killed.
//!
//! A worker appends to a file of its own in memory and answers when the kernel has the bytes, which
//! survives `kill -9` and waits for no disk. A few times a second one thread adds what came to a
//! segment on the disk and syncs it, which bounds what a power cut may forget; then it is let go
//! of in memory. A start first brings to the disk what a kill left in memory.

mod copy;
mod durable;
mod lane;
mod leftover;
mod log;
mod memory;
mod record;
mod segment;
mod snapshots;
#[cfg(test)]
mod tests;
mod traces;

pub use log::{DecisionLog, LogFigures, Refused, Replayed};
pub use memory::is_in_memory;
pub use record::{ADS_MAX, Handout, Logged, Record, Release, Reservation};
pub use snapshots::{SNAPSHOT_GROUPS, Snapshots};
pub use traces::{TraceFigures, TraceLog, TraceSettings, Traced, Wanted};
