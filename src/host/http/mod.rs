//! HTTP/1.1 served defensively: the accept loop and the guard around every handler, for both
//! listeners.
//!
//! [`Server::run`] takes a bound [`Listener`], a [`Handler`] and a [`Shutdown`](super::Shutdown);
//! it binds nothing and reads no configuration. What it does for every handler: caps and times
//! out everything a client can stretch, refuses requests that two parsers could read differently,
//! names each request, turns a panic into a 500, and ends without losing a request.
//!
//! It does not route, authenticate or compress.

mod body;
mod client;
mod connection;
mod cors;
mod guard;
mod limits;
mod reply;
mod serve;
mod stream;
mod strict;
mod wire;

pub use body::{BodyError, RequestBody};
pub use client::{AddressRange, AddressRangeError, REQUEST_ID, TrustedProxies, request_id};
pub use cors::{allow_any_origin, preflight};
pub use guard::Handler;
pub use limits::{Incident, Limits, Observer, raise_descriptor_limit};
pub use reply::{ReplyBody, empty, secure, text};
pub use serve::{Drained, Server, Workers};
pub use stream::{Listener, Peer, UnixPeer};
