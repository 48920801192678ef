//! Floor 6: the local admin API, for operators.
//!
//! `routes/` lists every address; `router.rs` serves the list and `openapi.rs` documents it.
//! A handler is a table of contents: read, find, change, answer. All writes go through
//! `work.rs`, and every refusal becomes HTTP in `respond.rs`.

mod advertisers;
mod analytics;
mod answer;
mod asked;
mod auth;
mod backups;
mod body;
mod call;
mod campaigns;
mod categories;
mod channels;
mod creatives;
mod decisions;
mod declare;
mod events;
mod form;
mod gate;
mod guard;
mod identity;
mod input;
mod keys;
mod list;
mod listen;
mod media;
mod openapi;
mod operations;
mod orders;
mod pods;
mod renditions;
mod resource;
mod respond;
mod route;
mod router;
mod routes;
mod rules;
mod secret;
mod server;
mod sessions;
mod state;
mod stats;
mod tags;
mod targeting;
mod tenancy;
mod tenants;
mod upload;
mod users;
mod work;

pub use backups::BackupSource;
pub use body::{JSON_BYTES_MAX, JSON_DEPTH_MAX};
pub use call::{Call, KEY_CHARS_MAX};
pub use declare::DOCUMENT_BYTES_MAX;
pub use gate::{Advertisers, Gate};
pub use identity::{Access, Actor, Login, Peer, Remote};
pub use listen::{Door, Transport};
pub use openapi::document;
pub use renditions::Conditions;
pub use respond::{Answer, Refusal};
pub use route::{Form, Input, Kind, Outcome, Parameter, Route, SchemaOf, Scope};
pub use router::router;
pub use routes::routes;
pub use server::StatusSource;
pub use sessions::Audience;
pub use state::{Parts, State};
pub use tags::Format;
pub use upload::Uploads;
