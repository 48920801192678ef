//! What several suites start from.

/// The admin API in this process.
pub(crate) mod admin;
/// A catalog with its publisher.
pub(crate) mod catalog;
/// The real daemon as a process.
pub(crate) mod daemon;
/// Streams: media, an origin, a player.
pub(crate) mod hls;
/// Databases of where addresses are.
pub(crate) mod mmdb;
/// Users and keys.
pub(crate) mod people;
/// A small judge of JSON Schema.
pub(crate) mod schema;
