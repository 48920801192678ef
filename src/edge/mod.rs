//! Floor 6: public HTTP, for players.
