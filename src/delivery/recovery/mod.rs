//! What a start puts back: reservations of ads that may yet be seen, and what viewers have seen.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::io;

use crate::decision::caps::CapCounter;
use crate::ledger::Book;
use crate::limits::caps::{CapChange, CapStore};
use crate::limits::{Booked, Embedded, Outstanding};
use crate::model::{EventKind, ServedAdId, Timestamp, ViewerKey};
use crate::store::decisions::{DecisionLog, Handout, Record, Replayed, Reservation, Snapshots};

/// What a start has put back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Restored {
    /// What the log held.
    pub replayed: Replayed,
    /// Ads that are held again.
    pub held: u64,
    /// Changes of caps that came after the snapshots.
    pub cap_changes: u64,
}

/// Where it is read from.
#[derive(Debug, Clone, Copy)]
pub struct Kept<'a> {
    /// What was handed out.
    pub log: &'a DecisionLog,
    /// What viewers had seen, now and then.
    pub snapshots: &'a Snapshots,
    /// What the ledger has seen of which ad.
    pub book: &'a Book,
}

/// Reserves again what the process before had handed out and the ledger has not seen, as far as
/// it has not expired at `now`, and counts again what viewers have seen.
///
/// The ledger says in one breath what was seen and what was settled, so no ad is both settled and
/// held: together they stay within every budget they were within before the end.
pub fn restore(kept: &Kept<'_>, limits: &Embedded, now: Timestamp) -> io::Result<Restored> {
    let Kept {
        log,
        snapshots,
        book,
    } = kept;
    let caps = limits.caps();
    snapshots.read(&mut |part| {
        let loaded = caps.load(part);
        loaded.map(drop).map_err(io::Error::other)
    })?;
    let needed_from = snapshots.needed_from();
    let mut withdrawn: HashSet<ServedAdId> = HashSet::new();
    let mut unseen = Vec::new();
    let mut changes: Vec<(u64, Vec<u8>)> = Vec::new();
    let replayed = log.replay(&mut |logged| {
        let of_caps = match logged.record {
            Record::Reserved(handout) => {
                for reservation in &handout.ads {
                    limits.restore_hold(&outstanding(reservation, book), now);
                }
                unseen.extend(uncounted(&handout, book));
                handout.caps
            }
            // It may stand in a segment before that of its reservation, when another worker
            // wrote it.
            Record::Released(release) => {
                withdrawn.extend(release.ads);
                release.caps
            }
        };
        if logged.segment >= needed_from && !of_caps.is_empty() {
            changes.push((logged.sequence, of_caps));
        }
    })?;
    for &ad in &withdrawn {
        limits.release(ad);
    }
    let cap_changes = replay(&caps, changes);
    unseen.retain(|one: &Unseen| !withdrawn.contains(&one.ad));
    unseen.sort_by_key(|one| one.expires);
    for Unseen {
        ad,
        expires,
        counted,
    } in unseen
    {
        limits.restore_unseen(ad, expires, counted);
    }
    Ok(Restored {
        replayed,
        held: limits.held() as u64,
        cap_changes,
    })
}

/// An ad that nobody has seen yet, and what was counted for its viewer.
struct Unseen {
    ad: ServedAdId,
    expires: Timestamp,
    counted: Box<[CapChange]>,
}

/// The ads of an answer that nobody has seen, as far as something was counted for them.
fn uncounted<'a>(handout: &'a Handout, book: &'a Book) -> impl Iterator<Item = Unseen> + 'a {
    let changes: Vec<_> = read_changes(&handout.caps).collect();
    handout.ads.iter().zip(0_u8..).filter_map(move |(one, place)| {
        let is_of = |change: &&CapChange| matches!(change, CapChange::Granted { ad, .. } if *ad == place);
        let counted: Box<[_]> = changes.iter().filter(is_of).copied().collect();
        let is_unseen = book.has_seen(one.ad, EventKind::Impression) == Some(false);
        (is_unseen && !counted.is_empty()).then_some(Unseen {
            ad: one.ad,
            expires: one.expires,
            counted,
        })
    })
}

fn read_changes(mut bytes: &[u8]) -> impl Iterator<Item = CapChange> {
    std::iter::from_fn(move || CapChange::read(&mut bytes))
}

/// Does again what was done to caps, in its order. Answers how many changes that were.
fn replay(caps: &CapStore, mut logged: Vec<(u64, Vec<u8>)>) -> u64 {
    logged.sort_unstable_by_key(|&(sequence, _)| sequence);
    let mut changes = Vec::new();
    for (_sequence, bytes) in &logged {
        changes.extend(read_changes(bytes));
    }
    leave_out_released(&mut changes);
    for &change in &changes {
        caps.replay(change);
    }
    changes.len() as u64
}

/// Leaves out grants that are released further on: a snapshot that is younger than both may hold
/// what was granted in their place, and full counts let go of their oldest instant.
fn leave_out_released(changes: &mut Vec<CapChange>) {
    let moves: HashMap<ViewerKey, ViewerKey> = changes
        .iter()
        .filter_map(|change| match *change {
            CapChange::Moved { from, to, .. } => Some((from, to)),
            CapChange::Granted { .. } | CapChange::Released { .. } => None,
        })
        .collect();
    // A release names the key of its grant, whatever that has moved to since. Keys never move
    // back; the bound keeps a log that says so harmless.
    let last = |mut key: ViewerKey| {
        for _ in 0..moves.len() {
            let Some(&to) = moves.get(&key) else { break };
            key = to;
        }
        key
    };
    let mut released: HashSet<(ViewerKey, CapCounter, Timestamp)> = HashSet::new();
    let mut kept = Vec::with_capacity(changes.len());
    for change in changes.drain(..).rev() {
        match change {
            CapChange::Released {
                viewer,
                counter,
                at,
            } => {
                released.insert((last(viewer), counter, at));
            }
            CapChange::Granted {
                viewer,
                counter,
                at,
                ..
            } if released.contains(&(last(viewer), counter, at)) => continue,
            CapChange::Granted { .. } | CapChange::Moved { .. } => {}
        }
        kept.push(change);
    }
    changes.extend(kept.into_iter().rev());
}

/// What of a reservation nobody has claimed. What cannot be known any more counts as claimed.
fn outstanding(reservation: &Reservation, book: &Book) -> Outstanding {
    let is_open = |kind: EventKind| book.has_seen(reservation.ad, kind) == Some(false);
    let billable = reservation.price_model.billable();
    Outstanding {
        ad: reservation.ad,
        campaign: reservation.campaign,
        unit: is_open(EventKind::Impression),
        charge: is_open(billable).then_some(reservation.charge),
        booked: Booked {
            day: reservation.day,
            expires: reservation.expires,
            order: reservation.order,
        },
    }
}
