//! Counting the ads of a pod, all or nothing, and taking them back.

use super::change::{CapChange, Receipt};
use super::locked::{Locked, Wanted};
use super::{CapStore, MOVES_MAX, VIEWER_BYTES_MAX};
use crate::decision::caps::{
    Bounds, Calendar, CapCounter, CapSubject, Draft, PLACES, Place, Refusal, RefusalCause, allows,
    counted_by,
};
use crate::model::viewer::Identified;
use crate::model::{Cap, CapScope, Identity, Timestamp, ViewerKey};

/// What is to be counted for one ad: its campaign, its order or its creative, each for itself.
#[derive(Debug, Clone, Copy)]
pub struct Grant<'a> {
    /// Which ad of the pod, from 0; for [`Receipt::of_ad`].
    pub ad: u8,
    /// What has the caps.
    pub subject: CapSubject,
    /// All of its caps.
    pub caps: &'a [Cap],
}

/// The first grant that finds no room. Nothing was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loser {
    /// Its place in the list.
    pub grant: usize,
    /// Its ad.
    pub ad: u8,
    /// What stands against it.
    pub refusal: Refusal,
}

/// The counts of one key of the request, while they are changed.
#[derive(Debug)]
pub(super) struct Seat {
    /// The identities that have the key, by place: one, unless two are mixed up.
    pub(super) places: [bool; PLACES.len()],
    pub(super) key: ViewerKey,
    pub(super) draft: Draft,
    /// The key that the counts came from, when they do not stay there.
    pub(super) from: Option<ViewerKey>,
}

impl Seat {
    pub(super) fn has(&self, place: Place) -> bool {
        self.places[place as usize]
    }
}

impl CapStore {
    /// Counts every grant under the identities that its caps count by, or none of them, checking
    /// each after those before it: two ads of one campaign in a pod need room for two.
    ///
    /// What is counted under a key before is moved to the key of now.
    pub fn reserve(
        &self,
        identity: &Identity,
        grants: &[Grant<'_>],
        calendar: &Calendar,
    ) -> Result<Receipt, Loser> {
        let wanted = wanted(identity, grants);
        let mut locked = Locked::lock(self, &wanted);
        // Only now, under the locks: what was dropped here before was dropped at this time.
        let calendar = calendar.not_before(self.advance(calendar.now()));
        let now = calendar.now();
        let mut receipt = Receipt::with_room_for(grants.len());
        let mut seats = locked.seats(&wanted, now);
        for (place, grant) in grants.iter().enumerate() {
            let counted = count(&mut seats, grant, &calendar, &mut receipt);
            counted.map_err(|refusal| Loser {
                grant: place,
                ad: grant.ad,
                refusal,
            })?;
        }
        let mut moves = Receipt::default();
        for seat in seats {
            locked.put(&seat, now, &mut moves);
        }
        if moves.is_empty() {
            return Ok(receipt);
        }
        // The log must move what was counted before it counts anything more.
        moves.append(receipt);
        Ok(moves)
    }

    /// Takes back exactly these grants: the instants are not counted any more, wherever they have
    /// moved to since. Answers for the log what was taken back.
    pub fn release(&self, grants: impl IntoIterator<Item = CapChange>) -> Vec<CapChange> {
        let mut released = Vec::new();
        for grant in grants {
            let CapChange::Granted {
                viewer,
                counter,
                at,
                ..
            } = grant
            else {
                continue;
            };
            if self.remove(viewer, counter, at) {
                released.push(CapChange::Released {
                    viewer,
                    counter,
                    at,
                });
            }
        }
        released
    }

    pub(super) fn remove(&self, viewer: ViewerKey, counter: CapCounter, at: Timestamp) -> bool {
        self.edit(viewer, |draft| draft.remove(counter, at))
    }

    /// Changes what is counted under a key, wherever it moved to, if `edit` says it did.
    pub(super) fn edit(&self, mut key: ViewerKey, edit: impl FnOnce(&mut Draft) -> bool) -> bool {
        for _ in 0..MOVES_MAX {
            let mut shard = self.lock(key);
            let records = shard.records(key);
            if let Some(to) = records.moved_to() {
                key = to;
                continue;
            }
            let mut draft = Draft::of(records);
            let changed = edit(&mut draft);
            if changed {
                shard.put(key, draft.records());
                shard.make_room(self.shard_bytes_max, self.instant(Timestamp::default()));
            }
            return changed;
        }
        false
    }

    /// Moves what is counted under one key to another, and leaves behind where it went.
    pub(super) fn move_counts(&self, from: ViewerKey, to: ViewerKey, at: Timestamp) {
        let identified = Identified {
            key: to,
            before: Some(from),
        };
        let mut wanted = Wanted::default();
        wanted[Place::User as usize] = Some(identified);
        let mut locked = Locked::lock(self, &wanted);
        for seat in locked.seats(&wanted, Timestamp::default()) {
            locked.put(&seat, at, &mut Receipt::default());
            locked.leave_behind(from, seat.key, at);
        }
    }
}

/// The identities that the caps of some grant count by.
fn wanted(identity: &Identity, grants: &[Grant<'_>]) -> Wanted {
    let mut is_wanted = [false; PLACES.len()];
    for cap in grants.iter().flat_map(|grant| grant.caps) {
        if cap.scope == CapScope::Pod {
            continue;
        }
        if let Some(place) = counted_by(cap, |place| place.of(identity).is_some()) {
            is_wanted[place as usize] = true;
        }
    }
    PLACES.map(|place| place.of(identity).filter(|_| is_wanted[place as usize]))
}

/// Checks one grant, and counts it.
fn count(
    seats: &mut [Seat],
    grant: &Grant<'_>,
    calendar: &Calendar,
    receipt: &mut Receipt,
) -> Result<(), Refusal> {
    let subject = grant.subject;
    let records = |place, _scope| {
        let seat = seats.iter().find(|seat| seat.has(place))?;
        Some(seat.draft.records())
    };
    allows(subject, grant.caps, calendar, records)?;
    for (index, cap) in grant.caps.iter().enumerate() {
        let scope = cap.scope;
        let same = |other: &&Cap| other.scope == scope;
        let is_again = grant.caps[..index].iter().any(|other| same(&other));
        if scope == CapScope::Pod || is_again {
            continue;
        }
        let bounds = grant.caps.iter().filter(same).map(Bounds::of);
        let bounds = bounds.reduce(Bounds::and).filter(|bounds| bounds.keep > 0);
        let Some(bounds) = bounds else { continue };
        let refusal = |cause| Refusal {
            subject,
            scope,
            cause,
        };
        let seat = counted_by(cap, |place| seats.iter().any(|seat| seat.has(place)))
            .and_then(|place| seats.iter_mut().find(|seat| seat.has(place)));
        let seat = seat.ok_or(refusal(RefusalCause::Unidentified))?;
        let counter = CapCounter { subject, scope };
        let at = seat.draft.stamp(counter, bounds, calendar.now());
        let fits = seat.draft.records().as_bytes().len() <= VIEWER_BYTES_MAX;
        let at = at
            .filter(|_| fits)
            .ok_or(refusal(RefusalCause::Uncountable))?;
        receipt.push(CapChange::Granted {
            ad: grant.ad,
            viewer: seat.key,
            counter,
            horizon: bounds.horizon,
            at,
        });
    }
    Ok(())
}
