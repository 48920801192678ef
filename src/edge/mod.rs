//! Floor 6: public HTTP, for players.

pub mod media;
mod range;
