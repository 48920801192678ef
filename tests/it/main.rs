//! The one integration binary: each module below is a suite.

#![expect(
    clippy::unwrap_used,
    reason = "a helper of a test may fail the test; the in-tests switches cover only test bodies"
)]

/// The client against daemons that misbehave.
mod client;
/// A daemon that misbehaves as told.
mod fake_daemon;
/// Imports point down the floors.
mod layers;
/// What a reviewer would send back.
mod tidy;
