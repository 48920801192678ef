//! The one integration binary: each module below is a suite.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper of a test may fail the test; the in-tests switches cover only test bodies"
)]

/// The admin API as its callers see it.
mod admin;
/// What is sold: written, published, decided upon, completed, and kept apart.
mod catalog;
/// `adctl` as people and scripts run it.
mod cli;
/// The client against daemons that misbehave.
mod client;
/// Creatives made to fit the stream of a channel.
mod conditioning;
/// Crashes, power cuts and failing disks.
mod crash;
/// The program `adserved` from outside.
mod daemon;
/// The demo, small, from start to end.
mod demo;
/// Documents made from the code.
mod documents;
/// The public side of the real daemon.
mod edge;
/// A daemon that misbehaves as told.
mod fake_daemon;
/// Mutated inputs of every parser.
mod fuzz;
/// Streams as players see them.
mod hls;
/// The HTTP server, attacked through sockets.
mod http;
/// Imports point down the floors.
mod layers;
/// What happens now, for those who listen.
mod live;
/// The load client of the benches is honest.
mod load;
/// Creatives' files, from upload to serving.
mod media;
/// Campaigns spread their delivery, in simulated time.
mod pacing;
/// What holds for every input of a parser.
#[path = "../properties/mod.rs"]
mod properties;
/// README is true: its tour leads to a counted impression.
mod readme;
/// What players say when they ask for ads.
mod requests;
/// What several suites start from.
mod support;
/// What a reviewer would send back.
mod tidy;
/// Fetching from origins that fail in every way.
mod upstream;
/// VAST documents against schemas, a linter, hostile text and a client of players.
mod vast;
/// VMAP documents against their schema and a client of players.
mod vmap;
