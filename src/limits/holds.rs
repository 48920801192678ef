//! The reservations of ads that were handed out and not yet seen, by served-ad id.
//!
//! Ids are dense and given out in order of time, so a page of neighbours is one array, and the
//! pages expire roughly in order. A hold is 32 bytes: a flood of ads costs little memory.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use super::books::Amount;
use crate::model::zone::Day;
use crate::model::{CampaignId, Millis, Nanos, OrderId, ServedAdId, Timestamp};

const PAGE_BITS: u32 = 10;
const PAGE_ADS: usize = 1 << PAGE_BITS;
/// Pages held at most: 16.7 million ads in 540 MB. Beyond, the oldest page expires at once, and
/// its beacons must find room again like any late ones.
const PAGES_MAX: usize = 1 << 14;

/// What is held for one ad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) campaign: CampaignId,
    /// What is still open.
    pub(super) amount: Amount,
    /// First instant of the day that the charge is reserved on.
    pub(super) day: Timestamp,
    /// When it is given back.
    pub(super) expires: Timestamp,
    /// The order in which the same is held.
    pub(super) order: Option<Shared>,
}

/// What is held in an order: the same amount, on a day of the order's own account. It is another
/// day than that of the campaign when the zone was edited between the two beginning it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shared {
    pub(super) order: OrderId,
    pub(super) day: Timestamp,
}

impl Shared {
    pub(super) const fn of((order, day): (OrderId, Day)) -> Self {
        Self {
            order,
            day: day.start,
        }
    }
}

/// All holds.
#[derive(Debug, Default)]
pub(super) struct Holds {
    pages: RwLock<BTreeMap<u64, Arc<Mutex<Page>>>>,
}

#[derive(Debug)]
struct Page {
    /// The instant that those of the slots are relative to.
    base: Timestamp,
    /// No hold of the page expires before.
    due: Timestamp,
    /// Slots that hold something.
    open: usize,
    slots: Box<[Slot]>,
}

/// A hold, packed.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    charge: Nanos,
    campaign: u32,
    /// Seconds after the base of the page, rounded up.
    expires: u32,
    /// Seconds from the base of the page to the first instant of the day.
    day: i32,
    /// No order has the number zero.
    order: Option<NonZeroU32>,
    /// The same for the day of the order.
    order_day: i32,
    unit_open: bool,
    charge_open: bool,
}

impl Holds {
    /// Notes what is held for an ad. What was held for it before is handed back, and so is the
    /// oldest page when there are too many.
    pub(super) fn put(&self, id: ServedAdId, held: Held) -> Vec<Held> {
        let (key, place) = split(id);
        let mut dropped = Vec::new();
        loop {
            let pages = self.pages.read().unwrap_or_else(PoisonError::into_inner);
            if let Some(page) = pages.get(&key) {
                let before = lock(page).put(place, &held);
                dropped.extend(before);
                return dropped;
            }
            drop(pages);
            dropped.extend(self.make(key, held.expires));
        }
    }

    /// Puts back what was taken, beside what is still held for the ad.
    pub(super) fn put_back(&self, id: ServedAdId, mut held: Held) -> Vec<Held> {
        // Whoever puts back is the only one that takes: the ledger's writer.
        if let Some(rest) = self.take(id, EVERYTHING) {
            held.amount.unit |= rest.amount.unit;
            if held.amount.charge.is_none() {
                held.amount.charge = rest.amount.charge;
                held.day = rest.day;
                held.order = rest.order;
            }
        }
        self.put(id, held)
    }

    fn make(&self, key: u64, at: Timestamp) -> Vec<Held> {
        let mut pages = self.pages.write().unwrap_or_else(PoisonError::into_inner);
        if pages.contains_key(&key) {
            return Vec::new();
        }
        // Room is made before the page is there, so that it is never the one to go.
        let oldest = if pages.len() < PAGES_MAX {
            None
        } else {
            pages.pop_first()
        };
        pages.insert(key, Arc::new(Mutex::new(Page::new(at))));
        oldest.map_or_else(Vec::new, |(_key, page)| lock(&page).take_all())
    }

    /// Takes what an event claims of the hold of its ad, as far as it is still there. Answers
    /// what was taken.
    pub(super) fn take(&self, id: ServedAdId, wanted: Amount) -> Option<Held> {
        let (key, place) = split(id);
        let pages = self.pages.read().unwrap_or_else(PoisonError::into_inner);
        lock(pages.get(&key)?).take(place, wanted)
    }

    /// Takes all holds that expire outside `future`: their time is over, or they were made when
    /// the clock was ahead.
    pub(super) fn take_expired(&self, future: &RangeInclusive<Timestamp>) -> Vec<Held> {
        let mut expired = Vec::new();
        let mut empty = Vec::new();
        let pages = self.pages.read().unwrap_or_else(PoisonError::into_inner);
        for (&key, page) in pages.iter() {
            let mut page = lock(page);
            if !future.contains(&page.due) {
                expired.append(&mut page.take_due(future));
            }
            if page.open == 0 {
                empty.push(key);
            }
        }
        drop(pages);
        self.drop_empty(&empty);
        expired
    }

    fn drop_empty(&self, keys: &[u64]) {
        if keys.is_empty() {
            return;
        }
        let mut pages = self.pages.write().unwrap_or_else(PoisonError::into_inner);
        for key in keys {
            // It may have been filled since; under the write lock nobody else is looking.
            if pages.get(key).is_some_and(|page| lock(page).open == 0) {
                pages.remove(key);
            }
        }
    }

    /// How many ads are held.
    pub(super) fn len(&self) -> usize {
        let pages = self.pages.read().unwrap_or_else(PoisonError::into_inner);
        pages.values().map(|page| lock(page).open).sum()
    }
}

fn lock(page: &Mutex<Page>) -> MutexGuard<'_, Page> {
    // Nothing panics under the lock.
    page.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The page of an ad and its place there.
const fn split(id: ServedAdId) -> (u64, usize) {
    (
        id.get() >> PAGE_BITS,
        id.sequence() as usize & (PAGE_ADS - 1),
    )
}

impl Page {
    fn new(at: Timestamp) -> Self {
        Self {
            // Whole seconds, as the first instants of days are in every zone.
            base: Timestamp::from_millis(at.seconds().saturating_mul(1_000)),
            due: at,
            open: 0,
            slots: vec![Slot::default(); PAGE_ADS].into_boxed_slice(),
        }
    }

    fn put(&mut self, place: usize, held: &Held) -> Option<Held> {
        let before = self.take(place, EVERYTHING);
        let packed = Slot::pack(held, self.base);
        if let Some(slot) = self.slots.get_mut(place) {
            *slot = packed;
        }
        self.due = if self.open == 0 {
            held.expires
        } else {
            self.due.min(held.expires)
        };
        self.open += 1;
        before
    }

    fn take(&mut self, place: usize, wanted: Amount) -> Option<Held> {
        let base = self.base;
        let slot = self.slots.get_mut(place)?;
        let amount = Amount {
            unit: slot.unit_open && wanted.unit,
            charge: (slot.charge_open && wanted.charge.is_some()).then_some(slot.charge),
        };
        if amount.is_nothing() {
            return None;
        }
        let held = Held {
            amount,
            ..slot.unpack(base)
        };
        slot.unit_open &= !amount.unit;
        slot.charge_open &= amount.charge.is_none();
        if !slot.is_open() {
            self.open -= 1;
        }
        Some(held)
    }

    fn take_all(&mut self) -> Vec<Held> {
        let places = 0..self.slots.len();
        places
            .filter_map(|place| self.take(place, EVERYTHING))
            .collect()
    }

    /// Takes what expires outside `future`.
    fn take_due(&mut self, future: &RangeInclusive<Timestamp>) -> Vec<Held> {
        let base = self.base;
        let mut taken = Vec::new();
        let mut due: Option<Timestamp> = None;
        for slot in &mut self.slots {
            if !slot.is_open() {
                continue;
            }
            let held = slot.unpack(base);
            if future.contains(&held.expires) {
                due = Some(due.map_or(held.expires, |due| due.min(held.expires)));
            } else {
                slot.unit_open = false;
                slot.charge_open = false;
                self.open -= 1;
                taken.push(held);
            }
        }
        self.due = due.unwrap_or(self.due);
        taken
    }
}

/// Names whatever is open.
pub(super) const EVERYTHING: Amount = Amount {
    unit: true,
    charge: Some(Nanos::ZERO),
};

impl Slot {
    fn pack(held: &Held, base: Timestamp) -> Self {
        let seconds = held.expires.since(base).0.div_ceil(1_000);
        let relative = |day: Timestamp| {
            let day = (day.millis().saturating_sub(base.millis())).div_euclid(1_000);
            i32::try_from(day).unwrap_or(i32::MIN)
        };
        Self {
            charge: held.amount.charge.unwrap_or_default(),
            campaign: held.campaign.get(),
            expires: u32::try_from(seconds).unwrap_or(u32::MAX),
            day: relative(held.day),
            order: held
                .order
                .and_then(|shared| NonZeroU32::new(shared.order.get())),
            order_day: held.order.map_or(0, |shared| relative(shared.day)),
            unit_open: held.amount.unit,
            charge_open: held.amount.charge.is_some(),
        }
    }

    fn unpack(&self, base: Timestamp) -> Held {
        let day = |seconds: i32| {
            Timestamp::from_millis(base.millis().saturating_add(i64::from(seconds) * 1_000))
        };
        Held {
            campaign: CampaignId::new(self.campaign),
            amount: Amount {
                unit: self.unit_open,
                charge: self.charge_open.then_some(self.charge),
            },
            day: day(self.day),
            order: self.order.map(|order| Shared {
                order: OrderId::new(order.get()),
                day: day(self.order_day),
            }),
            expires: base.plus(Millis::from_seconds(u64::from(self.expires))),
        }
    }

    const fn is_open(&self) -> bool {
        self.unit_open || self.charge_open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_page_makes_room_and_an_older_one_still_finds_it() {
        let holds = Holds::default();
        let held = Held {
            campaign: CampaignId::new(1),
            amount: EVERYTHING,
            day: Timestamp::from_millis(0),
            order: None,
            expires: Timestamp::from_millis(1_000),
        };
        let first = |page: u64| ServedAdId::new(page << PAGE_BITS);
        let most = PAGES_MAX as u64;
        for page in 1..=most {
            assert!(holds.put(first(page), held).is_empty());
        }
        assert_eq!(holds.put(first(most + 1), held), [held]);
        // What is put back for an ad below all others must not be thrown out for itself.
        assert_eq!(holds.put(first(0), held), [held]);
        assert_eq!(holds.take(first(0), EVERYTHING), Some(held));
        assert_eq!(holds.len(), PAGES_MAX - 1);
    }
}
