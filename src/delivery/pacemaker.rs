//! Drives the pacing: a tick a second, and every hour what the past says of the traffic.

use std::sync::Arc;
use std::time::Duration;

use super::publish::CatalogCell;
use crate::decision::pacing::Profile;
use crate::host::{Clock, Shutdown};
use crate::ledger::Hour;
use crate::limits::Pacer;
use crate::model::{Millis, Pacing, Timestamp};
use crate::store::ledger::{LedgerReader, ReportError};

/// How often the odds are worked out anew.
const PERIOD: Duration = Duration::from_secs(1);
/// How often the traffic of the past is looked at.
const LEARN_EVERY: Millis = Millis::from_seconds(3_600);
/// How far back it is looked at: four weeks.
const LEARN_FROM: Millis = Millis::from_seconds(28 * 86_400);

/// Looks after the pacing until the end of the program.
#[derive(Debug, Clone)]
pub struct Pacemaker {
    pacer: Arc<Pacer>,
    reader: LedgerReader,
    catalog: CatalogCell,
}

impl Pacemaker {
    /// Drives `pacer` for what `catalog` has on offer, with the past that `reader` knows.
    pub const fn new(pacer: Arc<Pacer>, reader: LedgerReader, catalog: CatalogCell) -> Self {
        Self {
            pacer,
            reader,
            catalog,
        }
    }

    /// Runs until the end of the program.
    pub async fn run(self, clock: Clock, mut shutdown: Shutdown) {
        let mut learned: Option<Timestamp> = None;
        while !shutdown.is_requested() {
            let now = clock.now();
            // A clock that was set back learns again as well: what it learned was of the future.
            let is_due = |at: Timestamp| now < at || now.since(at) >= LEARN_EVERY;
            if learned.is_none_or(is_due) {
                learned = Some(now);
                if let Err(error) = self.learn(now).await {
                    tracing::warn!(%error, "the traffic of the past cannot be read; pacing goes by what it knew");
                }
            }
            self.pacer.tick(&self.catalog.load(), now);
            tokio::select! {
                () = tokio::time::sleep(PERIOD) => {}
                () = shutdown.requested() => {}
            }
        }
    }

    /// Learns the traffic of every tenant that paces anything.
    pub async fn learn(&self, now: Timestamp) -> Result<(), ReportError> {
        let catalog = self.catalog.load_full();
        // The running hour is not over.
        let range = (Hour::of(now.minus(LEARN_FROM)), Hour::of(now));
        for tenant in catalog.tenants() {
            let is_paced = tenant
                .offers()
                .iter()
                .any(|offer| offer.pacing != Pacing::Asap);
            if !is_paced {
                continue;
            }
            let hours = self.reader.requests(tenant.id, range).await?;
            if let Some(profile) = Profile::learn(&tenant.zone, &hours, range.1.start()) {
                self.pacer.learn(tenant.id, profile);
            }
        }
        Ok(())
    }
}
