//! Floor 6: `adctl`'s only door to the daemon.
