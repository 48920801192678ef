//! What a start puts back: reservations of ads that may yet be seen, and what viewers have seen.

#[cfg(test)]
mod tests;

use std::io;

use crate::ledger::Book;
use crate::limits::caps::{CapChange, CapStore};
use crate::limits::{Booked, Embedded, Outstanding};
use crate::model::{EventKind, ServedAdId, Timestamp};
use crate::store::decisions::{DecisionLog, Record, Replayed, Reservation, Snapshots};

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
pub fn restore(
    kept: &Kept<'_>,
    limits: &Embedded,
    caps: &CapStore,
    now: Timestamp,
) -> io::Result<Restored> {
    let Kept {
        log,
        snapshots,
        book,
    } = kept;
    snapshots.read(&mut |part| {
        let loaded = caps.load(part);
        loaded.map(drop).map_err(io::Error::other)
    })?;
    let needed_from = snapshots.needed_from();
    let mut withdrawn: Vec<ServedAdId> = Vec::new();
    let mut changes: Vec<(u64, Vec<u8>)> = Vec::new();
    let replayed = log.replay(&mut |logged| {
        let of_caps = match logged.record {
            Record::Reserved(handout) => {
                for reservation in &handout.ads {
                    limits.restore_hold(&outstanding(reservation, book), now);
                }
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
    for ad in withdrawn {
        limits.release(ad);
    }
    Ok(Restored {
        replayed,
        held: limits.held() as u64,
        cap_changes: replay(caps, changes),
    })
}

/// Does again what was done to caps, in its order. Answers how many changes that were.
fn replay(caps: &CapStore, mut changes: Vec<(u64, Vec<u8>)>) -> u64 {
    changes.sort_unstable_by_key(|&(sequence, _)| sequence);
    let mut count = 0;
    for (_sequence, bytes) in &changes {
        let mut rest = bytes.as_slice();
        while let Some(change) = CapChange::read(&mut rest) {
            caps.replay(change);
            count += 1;
        }
    }
    count
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
