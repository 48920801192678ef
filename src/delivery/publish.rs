//! Publication of the catalog: what is committed becomes what decides.
//!
//! One thread reads the tenants that changed, compiles them and swaps the whole. A publish is
//! answered by a catalog whose read began after it was asked for, so that a change which was
//! committed before is in it. Requests that come meanwhile share the next one.

use std::sync::Arc;
use std::thread::JoinHandle;

use arc_swap::ArcSwap;
use tokio::sync::{mpsc, oneshot};

use crate::decision::{Budget, Catalog};
use crate::host::background;
use crate::limits::{Bounds, Embedded};
use crate::store::catalog::{CatalogStore, Facts, StoreError};

/// Publishes that may wait for one compilation; one more waits before the queue.
const WAITING_MAX: usize = 1_024;

/// The catalog that decides now. Reading it never waits.
pub type CatalogCell = Arc<ArcSwap<Catalog>>;

/// Asks for publications. When the last handle is dropped, the thread ends.
#[derive(Debug, Clone)]
pub struct Publisher {
    cell: CatalogCell,
    requests: mpsc::Sender<Reply>,
    thread: Arc<JoinHandle<()>>,
}

type Reply = oneshot::Sender<Result<u64, PublishError>>;

/// Why a committed change does not decide yet.
#[derive(Debug, Clone, thiserror::Error)]
pub enum PublishError {
    /// The catalog cannot be read. What decided before goes on deciding.
    #[error("the change is stored but does not decide yet: {0}")]
    Load(#[source] Arc<StoreError>),
    /// The system gives no thread.
    #[error("cannot start the publisher of the catalog")]
    Thread(#[source] Arc<std::io::Error>),
    /// The program is shutting down.
    #[error("the publisher has stopped")]
    Stopped,
}

impl Publisher {
    /// Compiles everything there is, and then starts to keep it up to date. Blocks.
    ///
    /// `limits` hears the bounds of every campaign before a catalog with them decides, so that
    /// late events of paused campaigns are measured by them too.
    pub fn start(store: CatalogStore, limits: Arc<Embedded>) -> Result<Self, PublishError> {
        let cell = CatalogCell::default();
        catch_up(&store, &limits, &cell)?;
        let (requests, queue) = mpsc::channel(WAITING_MAX);
        let published = Arc::clone(&cell);
        let work = move || run(&store, &limits, &published, queue);
        let thread = background::spawn("publisher", work)
            .map_err(|error| PublishError::Thread(Arc::new(error)))?;
        Ok(Self {
            cell,
            requests,
            thread: Arc::new(thread),
        })
    }

    /// Where the catalog that decides is found.
    pub fn cell(&self) -> CatalogCell {
        Arc::clone(&self.cell)
    }

    /// Returns once everything that was committed before the call decides; the answer is the
    /// revision of that catalog or of a later one.
    pub async fn publish(&self) -> Result<u64, PublishError> {
        let (reply, answer) = oneshot::channel();
        self.requests
            .send(reply)
            .await
            .map_err(|_closed| PublishError::Stopped)?;
        answer.await.map_err(|_ended| PublishError::Stopped)?
    }

    /// Gives this handle back; the last one waits for the end of the thread.
    pub fn close(self) {
        let Self {
            requests, thread, ..
        } = self;
        drop(requests);
        if let Some(thread) = Arc::into_inner(thread) {
            // A panic was reported where it happened; waiters were told.
            thread.join().ok();
        }
    }
}

fn run(
    store: &CatalogStore,
    limits: &Embedded,
    cell: &CatalogCell,
    mut queue: mpsc::Receiver<Reply>,
) {
    let mut waiting = Vec::new();
    while queue.blocking_recv_many(&mut waiting, WAITING_MAX) > 0 {
        // Every request taken so far was made before this read begins.
        let answer = catch_up(store, limits, cell);
        for reply in waiting.drain(..) {
            // Who no longer waits needs no answer.
            reply.send(answer.clone()).ok();
        }
    }
}

/// Compiles what changed since the catalog that decides now, and swaps it.
fn catch_up(
    store: &CatalogStore,
    limits: &Embedded,
    cell: &CatalogCell,
) -> Result<u64, PublishError> {
    let current = cell.load_full();
    let facts = store
        .load_facts_since(current.revision())
        .map_err(|error| PublishError::Load(Arc::new(error)))?;
    let revision = facts.revision;
    if revision != current.revision() {
        tell_bounds(limits, &facts);
        cell.store(Arc::new(compile(&current, facts)));
    }
    Ok(revision)
}

fn tell_bounds(limits: &Embedded, facts: &Facts) {
    for (id, tenant) in &facts.tenants {
        let rate = tenant
            .as_ref()
            .and_then(|facts| facts.tenant.spec.quota_rps);
        limits.quotas.tell(*id, rate);
    }
    for tenant in facts
        .tenants
        .iter()
        .filter_map(|(_id, facts)| facts.as_ref())
    {
        let zone = &tenant.tenant.spec.zone;
        for order in &tenant.orders {
            limits.tell_order(order.id, Budget::of_order(&order.spec), zone.clone());
        }
        for campaign in &tenant.campaigns {
            let bounds = Bounds {
                budget: Budget::of(campaign),
                zone: zone.clone(),
                order: campaign.spec.order,
            };
            limits.tell(campaign.id, bounds);
        }
    }
}

fn compile(current: &Catalog, facts: Facts) -> Catalog {
    if current.revision() == 0 {
        let tenants = facts.tenants.into_iter().filter_map(|(_id, facts)| facts);
        return Catalog::compile(facts.revision, tenants.collect());
    }
    let mut tenants = facts.tenants.into_iter();
    let Some((id, first)) = tenants.next() else {
        // Operations without a tenant do not exist; the revision alone moves on.
        return current.clone();
    };
    tenants.fold(
        current.with_tenant(facts.revision, id, first),
        |catalog, (id, tenant)| catalog.with_tenant(facts.revision, id, tenant),
    )
}
