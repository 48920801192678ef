//! Floor 2: decisions as bytes for players: VAST, JSON, and the signed addresses in them.
