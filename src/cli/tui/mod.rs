//! The dashboard `adctl top`, full of cells and without any IO in most of its files.
//!
//! `update` changes the `state` when an event comes, `view` makes cells of it; both are pure and
//! tested without a terminal. `run` brings them together with the `terminal`, the keys and the
//! `feed`, which asks the daemon through `client` and cleans all texts before anybody sees them.
//! `keymap` is the one table of keys.

pub mod badge;
pub mod bindings;
pub mod data;
pub mod facts;
pub mod feed;
pub mod field;
pub mod figure;
pub mod form;
pub mod glance;
pub mod jobs;
pub mod key;
pub mod keymap;
pub mod lines;
pub mod look;
mod run;
pub mod runner;
pub mod sheet;
pub mod sheets;
pub mod state;
mod terminal;
pub mod update;
pub mod view;

#[cfg(test)]
mod tests;

pub use run::{Ended, RunError, run};
pub use state::{Screen, Setup, State};
pub use update::{Effect, Event, update};
pub use view::view;
