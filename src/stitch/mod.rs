//! Floor 2: a channel's playlists, its breaks and a session's ads put together; pure.
//!
//! [`Timeline`] takes in what the origin answers, round by round, and gives out an immutable
//! [`Snapshot`] of the channel: content as text ready to copy, and its [`Break`]s. All of it is
//! the same for every viewer. A [`SessionView`] holds what one viewer gets in the breaks, one
//! [`Fill`] each, decided once. [`compose()`] makes the viewer's playlist from both and nothing
//! else, so the same window, breaks and fills are the same bytes on any machine.
//!
//! Numbers: a content segment has the origin's media sequence number moved by what the session
//! saw in its earlier breaks, less what these replaced in the rendition. Discontinuity numbers
//! go alike. What was replaced is a fact of the channel, what was seen one of the session.
//!
//! Time: everything is placed on the channel's axis, microseconds along the first rendition, the
//! leader. A segment of another rendition is before an instant if its middle is: that finds the
//! nearest boundary in each, without looking ahead.

mod breaks;
mod compose;
mod fill;
pub mod guided;
pub mod looped;
mod session;
mod timeline;

#[cfg(test)]
mod tests;

pub use breaks::{Break, BreakKind, Ended};
pub use compose::{AdLinks, ComposeError, Piece, Spot, compose};
pub use fill::{Fill, FillError, Remainder};
pub use session::{Join, Opportunity, Past, SessionView};
pub use timeline::{Changes, CuePolicy, Policy, Scheduled, Snapshot, Timeline};
