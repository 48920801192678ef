//! Where workers leave what happened without ever waiting: a lane each, bounded.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError, TryLockError};

use super::fact::Fact;
use crate::api::Topic;
use crate::model::{TenantId, Timestamp};

/// Lanes that threads share, each mostly its own.
const LANES: usize = 16;
/// Facts that wait in one lane for the pump.
const LANE_MAX: usize = 2_048;
/// Facts of each topic that are taken in a second while nobody listens.
const IDLE_PER_SECOND: i64 = 20;

/// All lanes, and the gates before them.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    pub(super) decisions: Gate,
    pub(super) beacons: Gate,
    all: [Mutex<Lane>; LANES],
    /// Counts what was left, to tell its order.
    order: AtomicU64,
    /// What was left after the order of the rest was looked at, for the next time.
    held: Mutex<Vec<Waiting>>,
}

/// How many facts of a topic may still be taken. Looking at it is all that the hot path pays
/// while nobody listens.
#[derive(Debug, Default)]
pub(super) struct Gate {
    left: AtomicI64,
    /// Whether facts may have passed by unseen since the last look at this.
    shut: AtomicBool,
}

impl Gate {
    pub(super) fn is_open(&self) -> bool {
        self.left.load(Ordering::Relaxed) > 0
    }

    /// Takes everything from now on.
    pub(super) fn open(&self) {
        self.give(i64::MAX / 2);
    }

    /// Takes a few from now on, until it is called again.
    pub(super) fn trickle(&self) {
        self.give(IDLE_PER_SECOND);
    }

    fn give(&self, left: i64) {
        if self.left.swap(left, Ordering::Relaxed) <= 0 {
            self.shut.store(true, Ordering::Relaxed);
        }
    }

    /// Whether something may have passed by unseen since this was asked last.
    pub(super) fn was_shut(&self) -> bool {
        self.shut.swap(false, Ordering::Relaxed)
    }
}

/// A fact on its way.
#[derive(Debug)]
struct Waiting {
    order: u64,
    at: Timestamp,
    tenant: TenantId,
    fact: Fact,
}

#[derive(Debug, Default)]
struct Lane {
    facts: Vec<Waiting>,
    /// What found no room.
    lost: Vec<(TenantId, Topic, u64)>,
}

impl Lane {
    fn lose(&mut self, tenant: TenantId, topic: Topic) {
        let known = self
            .lost
            .iter_mut()
            .find(|(of, about, _count)| (*of, *about) == (tenant, topic));
        match known {
            Some((_of, _about, count)) => *count += 1,
            None => self.lost.push((tenant, topic, 1)),
        }
    }
}

/// What a drain brought.
#[derive(Debug, Default)]
pub(super) struct Drained {
    pub(super) any: bool,
    pub(super) lost: Vec<(TenantId, Topic, u64)>,
}

impl Lanes {
    /// Leaves a fact. Nobody is waited for: where all lanes are in use, it is as if it had come
    /// while nobody listened.
    pub(super) fn push(&self, topic: Topic, at: Timestamp, (tenant, fact): (TenantId, Fact)) {
        let gate = match topic {
            Topic::Decisions => &self.decisions,
            _ => &self.beacons,
        };
        gate.left.fetch_sub(1, Ordering::Relaxed);
        let order = self.order.fetch_add(1, Ordering::SeqCst);
        let own = own_lane();
        let after = self.all.iter().skip(own);
        for lane in after.chain(self.all.iter().take(own)) {
            let mut lane = match lane.try_lock() {
                Ok(lane) => lane,
                Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
                Err(TryLockError::WouldBlock) => continue,
            };
            if lane.facts.len() < LANE_MAX {
                lane.facts.push(Waiting {
                    order,
                    at,
                    tenant,
                    fact,
                });
            } else {
                lane.lose(tenant, topic);
            }
            return;
        }
        gate.shut.store(true, Ordering::Relaxed);
    }

    /// Takes out what waits, in the order in which it was left.
    pub(super) fn drain(&self, mut take: impl FnMut(Timestamp, TenantId, Fact)) -> Drained {
        let mut drained = Drained::default();
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let mut facts = std::mem::take(&mut *held);
        // A lane is looked at after another: what came meanwhile may follow from something that
        // was left where it was looked already.
        let end = self.order.load(Ordering::SeqCst);
        for lane in &self.all {
            let (waiting, lost) = {
                let mut lane = lane.lock().unwrap_or_else(PoisonError::into_inner);
                (
                    std::mem::take(&mut lane.facts),
                    std::mem::take(&mut lane.lost),
                )
            };
            facts.extend(waiting);
            drained.lost.extend(lost);
        }
        facts.sort_unstable_by_key(|waiting| waiting.order);
        *held = facts.split_off(facts.partition_point(|waiting| waiting.order < end));
        drained.any = !facts.is_empty() || !drained.lost.is_empty();
        for waiting in facts {
            take(waiting.at, waiting.tenant, waiting.fact);
        }
        drained
    }
}

/// The lane of this thread.
fn own_lane() -> usize {
    static THREADS: AtomicUsize = AtomicUsize::new(0);
    thread_local! {
        static LANE: usize = THREADS.fetch_add(1, Ordering::Relaxed) % LANES;
    }
    LANE.with(|lane| *lane)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::pulse::fact::{ReportedFact, ReportedResult};
    use crate::model::{CampaignId, CreativeId, EventKind, Millis, ServedAdId};

    fn fact(number: u64) -> Fact {
        Fact::Reported(ReportedFact {
            kind: EventKind::Start,
            error_code: None,
            ad: ServedAdId::new(number),
            channel: None,
            campaign: CampaignId::new(1),
            creative: CreativeId::new(1),
            after: Millis(0),
            result: ReportedResult::Duplicate,
        })
    }

    fn now() -> Timestamp {
        Timestamp::from_millis(1)
    }

    #[test]
    fn nothing_is_taken_before_the_gate_opens_and_a_trickle_ends() {
        let lanes = Lanes::default();
        assert!(!lanes.beacons.is_open());
        lanes.beacons.trickle();
        assert!(lanes.beacons.was_shut(), "it was shut until now");
        let mut taken = 0;
        while lanes.beacons.is_open() {
            lanes.push(Topic::Beacons, now(), (TenantId::new(1), fact(taken)));
            taken += 1;
        }
        assert_eq!(i64::try_from(taken), Ok(IDLE_PER_SECOND));
        assert!(!lanes.beacons.was_shut());
        lanes.beacons.trickle();
        assert!(lanes.beacons.was_shut(), "something may have passed by");
        lanes.beacons.trickle();
        assert!(!lanes.beacons.was_shut(), "some were left");
    }

    #[test]
    fn a_full_lane_counts_what_it_drops_by_tenant() {
        let lanes = Lanes::default();
        lanes.beacons.open();
        for number in 0..LANE_MAX as u64 + 30 {
            let tenant = TenantId::new(if number % 3 == 0 { 2 } else { 1 });
            lanes.push(Topic::Beacons, now(), (tenant, fact(number)));
        }
        let mut taken = 0;
        let drained = lanes.drain(|_at, _tenant, _fact| taken += 1);
        assert_eq!(taken, LANE_MAX);
        let lost: u64 = drained.lost.iter().map(|(_, _, count)| count).sum();
        assert_eq!(lost, 30);
        assert_eq!(drained.lost.len(), 2);
        assert!(!lanes.drain(|_, _, _| panic!("taken twice")).any);
    }

    #[test]
    fn threads_lose_nothing_while_there_is_room() {
        let lanes = Lanes::default();
        lanes.beacons.open();
        std::thread::scope(|scope| {
            for thread in 0..20 {
                let lanes = &lanes;
                scope.spawn(move || {
                    for number in 0..50 {
                        let fact = fact(thread * 50 + number);
                        lanes.push(Topic::Beacons, now(), (TenantId::new(1), fact));
                    }
                });
            }
        });
        let mut seen = std::collections::BTreeSet::new();
        lanes.drain(|_at, _tenant, fact| {
            let Fact::Reported(reported) = fact else {
                panic!("another fact");
            };
            assert!(seen.insert(reported.ad));
        });
        assert_eq!(seen.len(), 1_000);
    }
}
