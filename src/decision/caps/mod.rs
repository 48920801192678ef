//! What a frequency cap means, and whether one viewer's exposures leave room under it.
//!
//! Each cap keeps its own count: the instants at which it let an ad through, under one identity.
//! An impression is one instant in the count of each cap of its campaign, order and creative, so
//! no cap counts it twice, and a cap never counts what another cap let through. A cap that does
//! not find the identity it counts by counts under the one it falls back to, apart from what the
//! native cap of that identity counts there.
//!
//! Instants are milliseconds. The instants of one count differ: of two ads in one millisecond the
//! second is taken to be shown a millisecond later, so that an instant names one ad. A rolling
//! window of span W at `now` holds the instants after `now` - W, and all that the clock, set
//! back, has not reached yet.

mod calendar;
mod counter;
mod draft;
mod exposures;
mod records;
mod window;

#[cfg(test)]
mod tests;

pub use calendar::Calendar;
pub use counter::{CapCounter, CapSubject, SUBJECT_ID_MAX};
pub use draft::Draft;
pub use exposures::{Exposures, PLACES, Place, Refusal, RefusalCause, allows, counted_by};
pub use records::{Horizon, Records, Ring};
pub use window::{Bounds, SITTING, first_full, pod_room, room};
