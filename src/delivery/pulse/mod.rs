//! What happens now, for those who listen: requests, beacons, writes and counts of each tenant.
//!
//! Workers and the writer of the ledger leave facts in lanes that never make them wait: a full
//! lane drops what comes, and counts it. One task, the pump, carries them into a room for each
//! tenant, which remembers the last of them. A listener reads its room at its own pace; one that
//! is too slow finds that the room went on without it, and how much it missed. So a listener costs
//! a place in a room, and nobody waits for it.
//!
//! While nobody listens the lanes take a few facts a second, so that there is something to show
//! to whoever begins to; for all others the price is one relaxed load.

mod counts;
mod fact;
mod lanes;
mod listener;
mod place;
mod pump;
mod room;
#[cfg(test)]
mod tests;

pub use counts::Counts;
pub use fact::{DecidedAd, DecidedFact, Entry, Fact, ReportedFact, ReportedResult};
pub use listener::{Listener, Start, Told, TooManyListeners};
pub use place::{Place, PlaceError};
pub use pump::{Pump, Vitals};
pub use room::Missing;

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::{Notify, watch};

use counts::Counting;
use lanes::Lanes;
use room::Rooms;

use crate::api::Topic;
use crate::decision::AdRequest;
use crate::host::Clock;
use crate::ledger::{Entry as LedgerEntry, Postings};
use crate::model::{Event, TenantId, Timestamp};

use super::{Placed, Unfilled};

/// Streams that can be open at one time.
pub const LISTENERS_MAX: u32 = 64;

/// What happens now. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Pulse(Arc<Hub>);

#[derive(Debug)]
struct Hub {
    clock: Clock,
    lanes: Lanes,
    rooms: Mutex<Rooms>,
    counting: Mutex<Counting>,
    /// Counts the rounds of the pump that brought something; closed with the program.
    news: watch::Sender<u64>,
    /// How many listen to what.
    decisions: AtomicU32,
    beacons: AtomicU32,
    listeners: AtomicU32,
    closed: AtomicBool,
    /// Wakes the pump for the first listener.
    wanted: Notify,
    /// The same for who looks at how the daemon is.
    asked: Notify,
}

impl Pulse {
    /// Nothing has happened yet.
    pub fn new(clock: Clock) -> Self {
        let started = clock.now();
        Self(Arc::new(Hub {
            lanes: Lanes::default(),
            rooms: Mutex::new(Rooms::new(started)),
            counting: Mutex::new(Counting::new(clock.monotonic())),
            news: watch::Sender::new(0),
            decisions: AtomicU32::new(0),
            beacons: AtomicU32::new(0),
            listeners: AtomicU32::new(0),
            closed: AtomicBool::new(false),
            wanted: Notify::new(),
            asked: Notify::new(),
            clock,
        }))
    }

    /// Begins to time a decision, if anybody wants to know.
    pub fn watch(&self) -> Option<Instant> {
        let wanted = self.0.lanes.decisions.is_open();
        wanted.then(|| self.0.clock.monotonic())
    }

    /// An ad request was answered, and began to be when [`Pulse::watch`] said so.
    pub fn decided(
        &self,
        began: Instant,
        (request, now): (&AdRequest, Timestamp),
        placed: &Result<Placed<'_>, Unfilled>,
    ) {
        let took = self.0.clock.monotonic().saturating_duration_since(began);
        let fact = DecidedFact::of(request, placed, took);
        let entry = (request.tenant, Fact::Decided(fact));
        self.0.lanes.push(Topic::Decisions, now, entry);
    }

    /// Whether anybody wants to know of beacons.
    pub fn wants_beacons(&self) -> bool {
        self.0.lanes.beacons.is_open()
    }

    /// An event was judged; `charged` is what it cost.
    pub fn reported(&self, event: &Event, result: ReportedResult) {
        if self.wants_beacons() {
            let entry = (
                event.ad.tenant,
                Fact::Reported(ReportedFact::of(event, result)),
            );
            self.0.lanes.push(Topic::Beacons, event.at, entry);
        }
    }

    /// An event could not be written down.
    pub(super) fn refused(&self, event: &Event) {
        self.reported(event, ReportedResult::Unavailable);
        let mut counting = self.0.counting();
        counting.rest(event.ad.tenant, &ReportedResult::Unavailable);
    }

    /// Counts calls for ads.
    pub(super) fn count_calls(&self, calls: &Postings) {
        self.0.counting().calls(calls);
    }

    /// Counts a batch: what was accepted, and what was not.
    pub(super) fn count_batch<'a>(
        &self,
        accepted: &[LedgerEntry],
        rest: impl Iterator<Item = (TenantId, ReportedResult)> + 'a,
    ) {
        let mut counting = self.0.counting();
        for entry in accepted {
            counting.accepted(entry);
        }
        for (tenant, result) in rest {
            counting.rest(tenant, &result);
        }
    }

    /// Ends the second, if it is about time.
    pub(super) fn count_second(&self) {
        let (now, steady) = (self.0.clock.now(), self.0.clock.monotonic());
        self.0.counting().end_second(now, steady);
    }
}

impl Hub {
    fn rooms(&self) -> MutexGuard<'_, Rooms> {
        // Whatever a room holds after a panic is a prefix of what happened.
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn counting(&self) -> MutexGuard<'_, Counting> {
        // Additions do not panic; were one to, the counts are still sums.
        self.counting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Carries what waits in the lanes into the rooms; whether there was anything.
    fn collect(&self) -> bool {
        let mut rooms = self.rooms();
        let taken = self.lanes.drain(|now, tenant, fact| {
            rooms.enter(tenant, Entry::at(now, fact));
        });
        for (tenant, topic, lost) in taken.lost {
            rooms.skip(tenant, topic, lost);
        }
        taken.any
    }

    /// Opens the gates of what is wanted.
    fn set_gates(&self) {
        let lanes = &self.lanes;
        for (gate, topic, wanted) in [
            (&lanes.decisions, Topic::Decisions, &self.decisions),
            (&lanes.beacons, Topic::Beacons, &self.beacons),
        ] {
            if wanted.load(Ordering::SeqCst) > 0 {
                gate.open();
            }
            if gate.was_shut() {
                self.rooms().blink(topic);
            }
        }
    }

    /// Tells all listeners that there is something new.
    fn tell(&self) {
        self.news.send_modify(|round| *round += 1);
    }

    fn is_heard(&self) -> bool {
        self.listeners.load(Ordering::SeqCst) > 0
    }

    /// Ends all streams.
    fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
        self.tell();
    }
}
