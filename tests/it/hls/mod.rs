//! Streams: the checker for operators, and players that people use.

/// `adctl hls check` over live streams, good and bad.
mod check;
/// The real daemon, checked and watched.
mod daemon;
/// The player itself: that it plays, and that it notices what is broken.
mod player;
/// A daemon with a channel and ads that fit it.
mod studio;
