//! The admin API as its callers see it.

/// Every route x who calls.
mod access;
/// Everything wrong that can be sent.
mod analytics;
mod bad_input;
/// What the decision engine is told.
mod decisioning;
/// Decisions that are asked for in wrong ways.
mod decisions;
/// Who is let in, at every route of the table.
mod door;
/// Over real sockets.
mod listeners;
/// Registering, logging in and out, and what comes of trying too often.
mod logins;
/// Make, look, change, copy, delete.
mod nouns;
/// Search, filter, sort, pages.
mod pages;
/// What was delivered, and to whom it is told.
mod stats;
/// The route table, the router and the document are one.
mod table;
/// Targeting, as rules and as text.
mod targeting;
/// No tenant sees another's.
mod tenants;
/// Done once, tried out, taken back, many at a time.
mod writes;
