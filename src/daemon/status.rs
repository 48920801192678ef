//! How the daemon is, for `adctl status`.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use crate::admin::StatusSource;
use crate::api::{LiveHealth, ServerStatus};
use crate::decision::TenantCatalog;
use crate::delivery::pulse::Vitals;
use crate::delivery::streams::Streams;
use crate::delivery::{CatalogCell, Journal, Tally};
use crate::host::Clock;
use crate::model::{TenantId, Timestamp};
use crate::store::blobs::Blobs;
use crate::store::decisions::DecisionLog;

/// Knows the parts that tell how the daemon is.
#[derive(Debug)]
pub(super) struct Status {
    pub(super) started_at: Timestamp,
    pub(super) data_dir: PathBuf,
    pub(super) public_url: String,
    pub(super) catalog: CatalogCell,
    pub(super) journal: Journal,
    pub(super) decisions: DecisionLog,
    pub(super) tally: Arc<Tally>,
    pub(super) blobs: Blobs,
}

#[async_trait::async_trait]
impl StatusSource for Status {
    async fn status(&self) -> ServerStatus {
        let blobs = match self.blobs.check().await {
            Ok(()) => "ok".to_owned(),
            Err(error) => error.to_string(),
        };
        let writable = |is_open| if is_open { "ok" } else { "not writable" };
        let (catalog, figures, totals) = (
            self.catalog.load(),
            self.journal.figures(),
            self.tally.totals(),
        );
        let offers = |tenant: &TenantCatalog| tenant.offers().len() as u64;
        ServerStatus {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            pid: std::process::id(),
            started_at: self.started_at.to_string(),
            data_dir: self.data_dir.display().to_string(),
            public_url: self.public_url.clone(),
            catalog_revision: catalog.revision(),
            offers: catalog.tenants().map(offers).sum(),
            requests: totals.requests,
            served: totals.served,
            events: figures.counted,
            duplicates: figures.duplicates,
            refused: figures.expired + figures.refused,
            queue: figures.queued,
            dependencies: BTreeMap::from([
                ("catalog".to_owned(), "ok".to_owned()),
                (
                    "decisions".to_owned(),
                    writable(self.decisions.is_open()).to_owned(),
                ),
                (
                    "ledger".to_owned(),
                    writable(self.journal.is_open()).to_owned(),
                ),
                ("blobs".to_owned(), blobs),
            ]),
        }
    }
}

/// What those are told who listen to what happens.
#[derive(Debug)]
pub(super) struct Vital {
    pub(super) status: Arc<Status>,
    pub(super) streams: Streams,
    pub(super) clock: Clock,
}

#[async_trait::async_trait]
impl Vitals for Vital {
    async fn health(&self) -> LiveHealth {
        let status = self.status.status().await;
        let works = status.dependencies.values().all(|state| state == "ok");
        LiveHealth {
            at: self.clock.now().to_string(),
            state: if works { "ok" } else { "degraded" }.to_owned(),
            dependencies: status.dependencies,
            catalog_revision: status.catalog_revision,
            queue: status.queue,
            version: status.version,
            started_at: status.started_at,
        }
    }

    fn sessions(&self) -> HashMap<TenantId, u64> {
        let mut counts = HashMap::new();
        for session in self.streams.sessions() {
            *counts.entry(session.facts.request.tenant).or_default() += 1;
        }
        counts
    }
}
