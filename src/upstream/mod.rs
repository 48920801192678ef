//! Floor 4: what we fetch from others: playlists of origins.
//!
//! Everything outbound goes through one [`Guard`]. [`Fetcher`] gets one URL; [`Origins`] fetch for
//! many, each thing once; a [`Lineup`] is one thing at several origins.
//!
//! What is fetched is never a segment, a key or an address that a viewer chose freely.

mod body;
mod cache;
mod circuit;
mod dial;
mod error;
mod failover;
mod fetcher;
mod guard;
mod lineup;
mod meter;
mod origins;
mod resolve;

pub use error::{Cause, FetchError, Misdirection, Part, Phase};
pub use failover::Outcome;
pub use fetcher::{Answer, FetchLimits, Fetcher, Known, Validators, Whole};
pub use guard::{AllowRule, AllowRuleError, Forbidden, Guard, GuardRules, Kind};
pub use lineup::{Lineup, LineupError, Served};
pub use origins::{Fetched, Freshness, Origins, Parts, Settings};
pub use resolve::{Resolve, SystemResolver};
