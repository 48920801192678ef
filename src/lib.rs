//! `adserved` and `adctl`: a connected-TV and FAST-channel ad server run from a terminal.
//!
//! The modules are floors; imports point down only, and a test reads them.
//! ARCHITECTURE.md has the map and the walkthroughs.

// Floor 0: facts.
pub mod model;

// Floor 1: pure, unaware of one another.
pub mod api;
pub mod decision;
pub mod format;
pub mod ledger;

// Floor 2: pure, composes floors 0 and 1.
pub mod intake;
pub mod render;
pub mod stitch;

// Floor 3: capabilities of the machine.
pub mod host;
pub mod telemetry;

// Floor 4: adapters.
pub mod limits;
pub mod media;
pub mod store;
pub mod upstream;

// Floor 5: facts in motion, and facts put away.
pub mod backup;
pub mod delivery;

// Floor 6: doors.
pub mod admin;
pub mod client;
pub mod edge;

// Floor 7: programs.
pub mod cli;
pub mod daemon;
