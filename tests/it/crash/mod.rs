//! Crashes, power cuts and failing disks under load: what was acknowledged is counted once.
//!
//! A worker process (this test binary, started again for one test) records events and reports
//! over a socket what was acknowledged. It is killed, its disk is cut off or made to fail; then
//! the next one starts on what is left. Every test proves that its fault really happened.

/// A document is applied.
mod apply;
/// What is in a ledger, read apart from the code that wrote it.
mod audit;
/// Backups under load, put back elsewhere.
mod backup;
/// The disk fails: sync errors and a full disk.
mod faults;
/// The daemon is killed, or its log fails, while ads are handed out.
mod handout;
/// The process is killed.
mod kill;
/// The power is cut.
mod power;
/// The process that is tormented.
mod worker;
