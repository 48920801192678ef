//! Completes campaigns that are over, as an operator would: past their end, or spent.
//!
//! A decision does not wait for it: dates and budgets are checked for each. This keeps what
//! people read true.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::publish::{PublishError, Publisher};
use crate::decision::Budget;
use crate::host::{Clock, Shutdown};
use crate::model::{Campaign, CampaignId, CampaignStatus, Nanos, TenantId, Timestamp};
use crate::store::catalog::{CatalogStore, SYSTEM, Scope, StoreError, Unit, WriteContext};

/// How often it looks.
const PERIOD: Duration = Duration::from_secs(1);
/// Campaigns past their end that one look completes; the next look takes more.
const DUE_MAX: u32 = 1_000;

/// Whether so much of a budget is settled that not one more ad of this charge can ever be paid.
/// What is only reserved may come back and does not count.
pub type SpentCheck = Arc<dyn Fn(CampaignId, Budget, Nanos) -> bool + Send + Sync>;

/// Looks after the ends of campaigns.
#[derive(Clone)]
pub struct Lifecycle {
    store: CatalogStore,
    publisher: Publisher,
    is_spent: SpentCheck,
}

impl fmt::Debug for Lifecycle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lifecycle").finish_non_exhaustive()
    }
}

/// Why campaigns that are over are not completed yet.
#[derive(Debug, thiserror::Error)]
pub enum LifecycleError {
    /// The catalog cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It does not decide yet.
    #[error(transparent)]
    Publish(#[from] PublishError),
}

impl Lifecycle {
    /// Looks after the campaigns of `store`.
    pub fn new(store: CatalogStore, publisher: Publisher, is_spent: SpentCheck) -> Self {
        Self {
            store,
            publisher,
            is_spent,
        }
    }

    /// Looks once a second until the end of the program. A look that fails is tried again.
    pub async fn run(self, clock: Clock, mut shutdown: Shutdown) {
        let mut failing = false;
        while !shutdown.is_requested() {
            let outcome = self.tick(clock.now()).await;
            match &outcome {
                Ok(0) => {}
                Ok(completed) => tracing::info!(completed, "campaigns completed"),
                // A full disk fails every second; one line tells as much as a thousand.
                Err(error) if !failing => {
                    tracing::warn!(error = %error, "campaigns that are over cannot be completed");
                }
                Err(_again) => {}
            }
            failing = outcome.is_err();
            tokio::select! {
                () = tokio::time::sleep(PERIOD) => {}
                () = shutdown.requested() => {}
            }
        }
    }

    /// Completes what is over at `now` and publishes it, and lets rest in the catalog what cannot
    /// be served now. Returns how many campaigns it completed, or the first failure when all that
    /// can be completed is.
    pub async fn tick(&self, now: Timestamp) -> Result<usize, LifecycleError> {
        self.publisher.cell().load().tend(now);
        let mut completed = 0;
        let mut failed = None;
        for (tenant, campaigns) in self.candidates(now).await? {
            // What is wrong with one tenant is not to keep the campaigns of another.
            match self.complete(tenant, campaigns, now).await {
                Ok(count) => completed += count,
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        // Without a change this costs one small read, and a publish that failed is made up for.
        self.publisher.publish().await?;
        failed.map_or(Ok(completed), |error| Err(error.into()))
    }

    /// Campaigns that seem to be over, by tenant.
    async fn candidates(
        &self,
        now: Timestamp,
    ) -> Result<BTreeMap<TenantId, Vec<CampaignId>>, LifecycleError> {
        let mut candidates: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for due in self.store.due_campaigns(now, DUE_MAX).await? {
            candidates.entry(due.tenant).or_default().push(due.campaign);
        }
        let catalog = self.publisher.cell().load_full();
        for tenant in catalog.tenants() {
            let spent = tenant
                .offers()
                .iter()
                .filter(|offer| (self.is_spent)(offer.campaign, offer.budget, offer.charge))
                .map(|offer| offer.campaign);
            let spent: Vec<_> = spent.collect();
            if !spent.is_empty() {
                candidates.entry(tenant.id).or_default().extend(spent);
            }
        }
        Ok(candidates)
    }

    async fn complete(
        &self,
        tenant: TenantId,
        campaigns: Vec<CampaignId>,
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        let context = WriteContext {
            scope: Scope::Tenant(tenant),
            actor: SYSTEM.to_owned(),
            request_id: format!("lifecycle-{}", now.millis()),
            now,
            dry_run: false,
        };
        let is_spent = Arc::clone(&self.is_spent);
        let change = move |unit: &mut Unit<'_>| {
            let mut completed = 0;
            for id in campaigns {
                // Judged again inside the transaction: an operator may have moved the end or the
                // budget out meanwhile, or deleted the campaign.
                let campaign = match unit.reader().load::<Campaign>(id) {
                    Err(StoreError::NotFound { .. }) => continue,
                    found => found?,
                };
                if is_over(&campaign, &is_spent, now) {
                    unit.begin_group();
                    unit.set_campaign_status(id, None, CampaignStatus::Completed)?;
                    completed += 1;
                }
            }
            Ok(completed)
        };
        match self.store.write(context, change).await {
            // The tenant went away with all it had.
            Err(StoreError::NotFound { .. }) => Ok(0),
            completed => completed,
        }
    }
}

fn is_over(campaign: &Campaign, is_spent: &SpentCheck, now: Timestamp) -> bool {
    let spent = || {
        is_spent(
            campaign.id,
            Budget::of(campaign),
            campaign.spec.price.charge(),
        )
    };
    match campaign.status {
        CampaignStatus::Active => campaign.spec.end <= now || spent(),
        CampaignStatus::Paused => campaign.spec.end <= now,
        CampaignStatus::Draft | CampaignStatus::Completed => false,
    }
}
