//! What several suites start from.

/// The admin API in this process.
pub(crate) mod admin;
/// A small judge of JSON Schema.
pub(crate) mod schema;
