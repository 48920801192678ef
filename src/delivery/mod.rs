//! Floor 5: facts in motion: events to the ledger, changes to the catalog that decides.

mod courier;
pub mod ids;
pub mod journal;
pub mod lifecycle;
pub mod placement;
pub mod publish;
pub mod recorder;
pub mod tally;
#[cfg(test)]
mod tests;
mod writer;

pub use ids::ServedAdIds;
pub use journal::{Journal, JournalError, JournalFigures, Outcome};
pub use lifecycle::Lifecycle;
pub use placement::{NoIds, Placed, Placement, Unfilled};
pub use publish::{CatalogCell, PublishError, Publisher};
pub use recorder::{Recorder, RecorderError, RecorderHandle, RecorderSettings};
pub use tally::Tally;
