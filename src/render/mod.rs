//! Floor 2: decisions as bytes for players: VAST, JSON, tracking addresses and their tokens.

pub mod token;
