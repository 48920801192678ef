//! The one task that carries facts into rooms, and tells what is looked at now and then.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::counts::{ByTenant, Counts, Second};
use super::fact::{Entry, Fact};
use super::lanes::Gate;
use super::{Hub, Pulse};
use crate::api::{LiveHealth, LiveLatency, LiveMetrics, Topic};
use crate::host::Shutdown;
use crate::model::{Millis, TenantId};
use crate::store::catalog::{CatalogStore, StoreError};

/// How often it comes by while somebody listens.
const ROUND: Duration = Duration::from_millis(50);
/// How often while nobody does.
const IDLE_ROUND: Duration = Duration::from_secs(1);
/// How long everything is taken after the last listener left: it may only be reconnecting.
const LINGER: Duration = Duration::from_mins(1);
/// How often it is looked at what was written.
const HISTORY_EVERY: Duration = Duration::from_millis(200);
/// Writes of before the start that can be told.
const HISTORY_BEFORE: u64 = 200;
/// Writes that are read at one time.
const HISTORY_PAGE: u32 = 500;
/// How often it is looked at how the daemon is, while somebody listens.
const HEALTH_EVERY: Duration = Duration::from_secs(2);

/// Knows what is not counted but looked at.
#[async_trait::async_trait]
pub trait Vitals: Send + Sync {
    /// How the daemon is.
    async fn health(&self) -> LiveHealth;

    /// How many viewers each tenant has.
    fn sessions(&self) -> HashMap<TenantId, u64>;
}

/// Carries facts into rooms.
pub struct Pump {
    hub: Arc<Hub>,
    catalog: CatalogStore,
    vitals: Arc<dyn Vitals>,
    /// Sums since the start.
    totals: ByTenant,
    /// Number of the last write that was told; none before the first look.
    written: Option<u64>,
    due: Due,
}

impl std::fmt::Debug for Pump {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pump").finish_non_exhaustive()
    }
}

/// When something is to be done again.
#[derive(Debug)]
struct Due {
    trickle: Instant,
    history: Instant,
    /// Until when everything is taken of decisions, and of beacons.
    open: [Instant; 2],
}

impl Pump {
    /// Of a pulse, with the writes of `catalog`.
    pub fn new(pulse: &Pulse, catalog: CatalogStore, vitals: Arc<dyn Vitals>) -> Self {
        let hub = Arc::clone(&pulse.0);
        let now = hub.clock.monotonic();
        Self {
            hub,
            catalog,
            vitals,
            totals: ByTenant::default(),
            written: None,
            due: Due {
                trickle: now,
                history: now,
                open: [now; 2],
            },
        }
    }

    /// Works until the end of the program, and ends all streams then.
    pub async fn run(self, shutdown: Shutdown) {
        // Beside the rest: an object store that hangs must not hold up what happens.
        let health = watch_health(
            Arc::clone(&self.hub),
            Arc::clone(&self.vitals),
            shutdown.clone(),
        );
        tokio::join!(self.carry(shutdown), health);
    }

    async fn carry(mut self, mut shutdown: Shutdown) {
        while !shutdown.is_requested() {
            self.round().await;
            let pause = if self.hub.is_heard() {
                ROUND
            } else {
                IDLE_ROUND
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = self.hub.wanted.notified() => {}
                () = shutdown.requested() => {}
            }
        }
        self.hub.close();
    }

    async fn round(&mut self) {
        let now = self.hub.clock.monotonic();
        self.set_gates(now);
        let mut any = self.hub.collect();
        let second = self.hub.counting().take();
        if let Some(second) = second {
            self.tell_second(&second);
            any = true;
        }
        if now >= self.due.history {
            self.due.history = now + HISTORY_EVERY;
            any |= self.tell_history().await;
        }
        if any {
            self.hub.tell();
        }
    }

    /// Takes everything that is wanted, or was until a while ago; a few of the rest.
    fn set_gates(&mut self, now: Instant) {
        let hub = &self.hub;
        hub.set_gates();
        let due = now >= self.due.trickle;
        if due {
            self.due.trickle = now + IDLE_ROUND;
        }
        let gates: [(&Gate, _); 2] = [
            (&hub.lanes.decisions, &hub.decisions),
            (&hub.lanes.beacons, &hub.beacons),
        ];
        for ((gate, wanted), until) in gates.into_iter().zip(&mut self.due.open) {
            if wanted.load(Ordering::SeqCst) > 0 {
                *until = now + LINGER;
            } else if now >= *until && due {
                gate.trickle();
            }
        }
    }

    fn tell_second(&mut self, second: &Second) {
        for (tenant, counts) in &second.counts {
            self.totals.entry(*tenant).or_default().add(counts);
        }
        let hub = Arc::clone(&self.hub);
        let mut rooms = hub.rooms();
        let mut sessions = None;
        let since = second.end.minus(millis(second.span));
        let nothing = Counts::default();
        for (tenant, room) in rooms.heard() {
            let sessions = sessions.get_or_insert_with(|| self.vitals.sessions());
            let counts = second.counts.get(&tenant).unwrap_or(&nothing);
            let totals = self.totals.get(&tenant).unwrap_or(&nothing);
            let metrics = Arc::new(LiveMetrics {
                at: second.end.to_string(),
                span_ms: millis(second.span).0,
                counts: counts.shown(),
                totals: totals.shown(),
                no_fill: counts.reasons(),
                sessions: sessions.get(&tenant).copied().unwrap_or_default(),
                latency: latency(room.decisions_since(since).collect()),
            });
            room.metrics = Some(Arc::clone(&metrics));
            room.enter(Entry::at(second.end, Fact::Counted(metrics)));
        }
    }

    /// Tells what was written since it was looked at last.
    async fn tell_history(&mut self) -> bool {
        let last = match self.written {
            Some(last) => last,
            None => match self.catalog.last_operation().await {
                Ok(last) => last.saturating_sub(HISTORY_BEFORE),
                Err(error) => return Self::unread(&error),
            },
        };
        let is_first = self.written.is_none();
        let written = match self.catalog.operations_since(last, HISTORY_PAGE).await {
            Ok(written) => written,
            Err(error) => return Self::unread(&error),
        };
        let end = written.last().map(|(_tenant, operation)| operation.id);
        self.written = Some(end.map_or(last, |id| id.get().into()));
        let any = end.is_some();
        let mut rooms = self.hub.rooms();
        for (tenant, operation) in written {
            let (at, fact) = (operation.at, Fact::Written(Arc::new(operation)));
            let room = rooms.room(tenant, at);
            room.enter(Entry::at(at, fact));
            if is_first {
                room.settle(Topic::Audit);
            }
        }
        any
    }

    fn unread(error: &StoreError) -> bool {
        tracing::debug!(%error, "the history cannot be read now; it is tried again");
        false
    }
}

/// Tells how the daemon is when that changes, while somebody listens.
async fn watch_health(hub: Arc<Hub>, vitals: Arc<dyn Vitals>, mut shutdown: Shutdown) {
    while !shutdown.is_requested() {
        if hub.is_heard() {
            let health = tokio::select! {
                health = vitals.health() => Arc::new(health),
                () = shutdown.requested() => return,
            };
            let now = hub.clock.now();
            let mut rooms = hub.rooms();
            if rooms.health().is_none_or(|before| differs(before, &health)) {
                rooms.set_health(now, &health);
                hub.tell();
            }
        }
        tokio::select! {
            () = tokio::time::sleep(HEALTH_EVERY) => {}
            () = hub.asked.notified() => {}
            () = shutdown.requested() => return,
        }
    }
}

/// Whether anything changed that is worth telling; a queue that comes and goes is not.
fn differs(before: &LiveHealth, now: &LiveHealth) -> bool {
    before.state != now.state
        || before.dependencies != now.dependencies
        || before.catalog_revision != now.catalog_revision
        || (before.queue == 0) != (now.queue == 0)
}

fn millis(span: Duration) -> Millis {
    Millis(u64::try_from(span.as_millis()).unwrap_or(u64::MAX))
}

/// How long decisions took, if there were any.
fn latency(mut took: Vec<u64>) -> Option<LiveLatency> {
    took.sort_unstable();
    let at = |permille: usize| {
        let place = (took.len() * permille).div_ceil(1_000).saturating_sub(1);
        took.get(place).copied()
    };
    Some(LiveLatency {
        decisions: took.len() as u64,
        p50_us: at(500)?,
        p99_us: at(990)?,
        max_us: at(1_000)?,
    })
}
