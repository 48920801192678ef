//! Floor 5: facts in motion: events to the ledger, changes to the catalog that decides.

pub mod lifecycle;
pub mod publish;

pub use lifecycle::Lifecycle;
pub use publish::{CatalogCell, PublishError, Publisher};
