//! How a campaign spreads what it may deliver over its time: curves, controller, status.

pub mod controller;
pub mod course;
pub mod profile;
pub mod rates;
mod share;
pub mod status;

pub use controller::{Need, Odds};
pub use course::Course;
pub use profile::{Profile, Traffic};
pub use rates::{Measure, Observed, Rates};
pub use share::{Share, WHOLE};
pub use status::{Filtered, PacingStatus};

#[cfg(test)]
mod tests;
