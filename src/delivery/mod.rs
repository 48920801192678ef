//! Floor 5: facts in motion: events to the ledger, changes to the catalog that decides.

pub mod conditioning;
mod courier;
pub mod ids;
pub mod journal;
pub mod keeper;
pub mod lifecycle;
pub mod pacemaker;
pub mod placement;
pub mod publish;
pub mod pulse;
pub mod recorder;
pub mod recovery;
pub mod streams;
pub mod tally;
#[cfg(test)]
mod tests;
mod tracer;
mod writer;

pub use conditioning::{Conditioning, ConditioningFigures, ConditioningParts, Standing};
pub use ids::ServedAdIds;
pub use journal::{Journal, JournalError, JournalFigures, Outcome};
pub use keeper::{Keeper, Upkeep};
pub use lifecycle::Lifecycle;
pub use pacemaker::Pacemaker;
pub use placement::{NotRecorded, Placed, PlacedAd, Placement, Unfilled};
pub use publish::{CatalogCell, PublishError, Publisher};
pub use pulse::Pulse;
pub use recorder::{Recorder, RecorderError, RecorderHandle, RecorderSettings};
pub use recovery::{Kept, Restored, restore};
pub use tally::Tally;
pub use tracer::Tracer;
