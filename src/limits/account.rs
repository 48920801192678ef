//! The account of one campaign or one order: what is settled and reserved, in all and by day.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::pace::Pace;
use crate::decision::{Budget, Exclusion};
use crate::model::time::Day;
use crate::model::{Millis, Nanos, OrderId, Timestamp, Zone};

/// Days after which an account forgets those that are surely over.
const DAYS_KEPT: usize = 8;
/// Days an account remembers at most.
const DAYS_MAX: usize = 32;
/// Of two days at most this far apart, the clock walked from the one to the other; over a longer
/// way it jumped, and may jump back.
const WALK_MAX: Millis = Millis::from_seconds(8 * 86_400);
/// Later days to which the clock must have walked before a day is surely over.
const DAYS_OVER: usize = 2;

/// What bounds a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds {
    /// What may be spent and shown.
    pub budget: Budget,
    /// The zone of its days.
    pub zone: Zone,
    /// The order that it shares another budget in; none for an order itself.
    pub order: Option<OrderId>,
}

/// How much of a campaign or an order is settled and reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    /// Impressions that were seen.
    pub impressions: u64,
    /// Impressions that were handed out and may yet be seen.
    pub impressions_reserved: u64,
    /// What was charged.
    pub spend: Nanos,
    /// What may yet be charged for ads that were handed out.
    pub spend_reserved: Nanos,
}

/// How much of one day's budget is settled and reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayUsage {
    /// The day.
    pub day: Day,
    /// What was charged on it.
    pub spend: Nanos,
    /// What may yet be charged for ads that were handed out on it.
    pub spend_reserved: Nanos,
}

impl DayUsage {
    /// A day of which nothing is used.
    pub(super) const fn unused(day: Day) -> Self {
        Self {
            day,
            spend: Nanos::ZERO,
            spend_reserved: Nanos::ZERO,
        }
    }
}

/// One impression, or none, and one charge, or none: what one step moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Amount {
    pub(super) unit: bool,
    pub(super) charge: Option<Nanos>,
}

impl Amount {
    pub(super) const fn is_nothing(self) -> bool {
        !self.unit && self.charge.is_none()
    }

    fn units(self) -> u64 {
        u64::from(self.unit)
    }

    fn money(self) -> Nanos {
        self.charge.unwrap_or_default()
    }
}

/// Whether what is undone is reserved again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    /// It may yet be seen.
    Again,
    /// Its time is over, or it never was reserved.
    Over,
}

/// The account of one campaign or order. All changes are made under its lock; what a decision needs to
/// know is published beside it, so that reading takes no lock.
#[derive(Debug, Default)]
pub(super) struct Account {
    /// Of a campaign; that of an order is not used.
    pub(super) pace: Pace,
    published: Published,
    books: Mutex<Books>,
}

/// What is used, as of the last change. Read one by one: an answer may mix two neighbouring
/// states, which [`Books::reserve`] then sets right.
#[derive(Debug, Default)]
struct Published {
    units: AtomicU64,
    money: AtomicI64,
    day_start: AtomicI64,
    day_end: AtomicI64,
    day_money: AtomicI64,
}

/// The exact state of an account.
#[derive(Debug, Default)]
pub(super) struct Books {
    settled: Sums,
    reserved: Sums,
    days: Vec<DayBook>,
    bounds: Option<Bounds>,
    /// Whether the bounds come from the catalog itself and not from an offer that passed by.
    told: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    units: u64,
    money: Nanos,
}

#[derive(Debug, Clone, Copy)]
struct DayBook {
    day: Day,
    settled: Nanos,
    reserved: Nanos,
}

impl Account {
    /// Whether one more ad at `charge` fits, as of the last change.
    pub(super) fn headroom(
        &self,
        budget: &Budget,
        charge: Nanos,
        now: Timestamp,
    ) -> Result<(), Exclusion> {
        let seen = &self.published;
        let (units, money) = (
            seen.units.load(Ordering::Relaxed),
            Nanos(seen.money.load(Ordering::Relaxed)),
        );
        let day = Day {
            start: Timestamp::from_millis(seen.day_start.load(Ordering::Relaxed)),
            end: Timestamp::from_millis(seen.day_end.load(Ordering::Relaxed)),
        };
        let today = if day.contains(now) {
            Nanos(seen.day_money.load(Ordering::Relaxed))
        } else {
            Nanos::ZERO
        };
        let amount = Amount {
            unit: true,
            charge: Some(charge),
        };
        check(budget, amount, (units, money, today))
    }

    /// Changes the account, and publishes what a decision needs of it.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut Books) -> T) -> T {
        let mut books = self.lock();
        let answer = change(&mut books);
        let day = self.published.day_start.load(Ordering::Relaxed);
        self.publish(&books, |book| book.day.start.millis() == day);
        answer
    }

    /// The same, for a decision at `now`: its day is the one to be published from now on.
    pub(super) fn change_at<T>(&self, now: Timestamp, change: impl FnOnce(&mut Books) -> T) -> T {
        let mut books = self.lock();
        let answer = change(&mut books);
        self.publish(&books, |book| book.day.contains(now));
        answer
    }

    /// Reads the exact state.
    pub(super) fn read<T>(&self, read: impl FnOnce(&Books) -> T) -> T {
        read(&self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, Books> {
        // Nothing panics under the lock; were it to, sums are never left half changed.
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn publish(&self, books: &Books, is_day: impl Fn(&DayBook) -> bool) {
        let seen = &self.published;
        seen.units.store(books.units(), Ordering::Relaxed);
        seen.money.store(books.money().0, Ordering::Relaxed);
        if let Some(today) = books.days.iter().rfind(|book| is_day(book)) {
            let (start, end) = (today.day.start.millis(), today.day.end.millis());
            seen.day_start.store(start, Ordering::Relaxed);
            seen.day_end.store(end, Ordering::Relaxed);
            seen.day_money.store(today.used().0, Ordering::Relaxed);
        }
    }
}

/// Whether `amount` fits beside what is used: impressions, money, money of the day.
fn check(
    budget: &Budget,
    amount: Amount,
    (units, money, today): (u64, Nanos, Nanos),
) -> Result<(), Exclusion> {
    if amount.unit && budget.impressions.is_some_and(|goal| units >= goal) {
        return Err(Exclusion::Goal);
    }
    let Some(charge) = amount.charge else {
        return Ok(());
    };
    let fits = |used: Nanos, bound: Nanos| used.checked_add(charge).is_some_and(|sum| sum <= bound);
    if !fits(money, budget.total) {
        return Err(Exclusion::Budget);
    }
    if budget.daily.is_some_and(|daily| !fits(today, daily)) {
        return Err(Exclusion::DailyBudget);
    }
    Ok(())
}

impl Books {
    /// Takes the bounds from the catalog.
    pub(super) fn tell(&mut self, bounds: Bounds) {
        self.bounds = Some(bounds);
        self.told = true;
    }

    /// Takes the bounds of an offer that is being served, unless the catalog told them.
    pub(super) fn overhear(&mut self, (budget, zone): (&Budget, &Zone), order: Option<OrderId>) {
        let is_known =
            |known: &Bounds| known.budget == *budget && known.zone == *zone && known.order == order;
        if !self.told && !self.bounds.as_ref().is_some_and(is_known) {
            self.bounds = Some(Bounds {
                budget: *budget,
                zone: zone.clone(),
                order,
            });
        }
    }

    /// The order it is in, as far as the bounds say.
    pub(super) fn order(&self) -> Option<OrderId> {
        self.bounds.as_ref().and_then(|bounds| bounds.order)
    }

    /// Starts from what was settled before the start of the program.
    pub(super) fn restore(&mut self, units: u64, money: Nanos, days: &[(Day, Nanos)]) {
        self.settled = Sums { units, money };
        self.days = days
            .iter()
            .map(|&(day, settled)| DayBook {
                day,
                settled,
                reserved: Nanos::ZERO,
            })
            .collect();
        self.days.sort_by_key(|book| book.day.start);
    }

    /// Reserves on the day of `now`, if it fits in all bounds. Answers the day.
    pub(super) fn reserve(
        &mut self,
        amount: Amount,
        bounds: (&Budget, &Zone),
        now: Timestamp,
    ) -> Result<Day, Exclusion> {
        let (units, money) = (self.units(), self.money());
        let today = day_book(&mut self.days, now, bounds.1);
        check(bounds.0, amount, (units, money, today.used()))?;
        today.reserved = plus(today.reserved, amount.money());
        self.reserved.add(amount);
        Ok(today.day)
    }

    /// Reserves again what was reserved on `day` before the start of the program: it was within
    /// all bounds then.
    pub(super) fn restore_reserved(&mut self, amount: Amount, day: Day) {
        self.reserved.add(amount);
        let known = self
            .days
            .iter()
            .rposition(|book| book.day.start == day.start);
        let place = known.unwrap_or_else(|| begin_day(&mut self.days, day));
        if let Some(book) = self.days.get_mut(place) {
            book.reserved = plus(book.reserved, amount.money());
        }
    }

    /// Gives back what was reserved on the day that began at `day`.
    pub(super) fn release(&mut self, amount: Amount, day: Timestamp) {
        self.reserved.remove(amount);
        if let Some(book) = self.day_began(day) {
            book.reserved = book.reserved.minus(amount.money());
        }
    }

    /// Settles at `at` what was reserved on the day that began at `held`, or what was not
    /// reserved at all. Answers the day, or none when there is no room.
    ///
    /// What was reserved fits, unless the budget was cut since; then the first to be seen are
    /// billed. What was not reserved must find room beside everything else, and so must a charge
    /// on a day other than the one it was reserved on: each day is billed within its own budget.
    pub(super) fn settle(
        &mut self,
        amount: Amount,
        held: Option<Timestamp>,
        at: Timestamp,
    ) -> Option<Day> {
        if let Some(day) = held {
            self.release(amount, day);
        }
        let (units, money) = match held {
            Some(_) => (self.settled.units, self.settled.money),
            None => (self.units(), self.money()),
        };
        let bounds = self.bounds.as_ref()?;
        let today = day_book(&mut self.days, at, &bounds.zone);
        let used = if held == Some(today.day.start) {
            today.settled
        } else {
            today.used()
        };
        check(&bounds.budget, amount, (units, money, used)).ok()?;
        today.settled = plus(today.settled, amount.money());
        self.settled.add(amount);
        Some(today.day)
    }

    /// Takes back what was settled on a day, and reserves it there again when it is still held.
    pub(super) fn undo(&mut self, amount: Amount, day: Timestamp, hold: Hold) {
        self.settled.remove(amount);
        let money = amount.money();
        if let Some(book) = self.day_began(day) {
            book.settled = book.settled.minus(money);
        }
        if hold == Hold::Again {
            self.reserved.add(amount);
            if let Some(book) = self.day_began(day) {
                book.reserved = plus(book.reserved, money);
            }
        }
    }

    /// The bound that what is settled has reached for good, whatever is given back yet.
    pub(super) fn finished(&self, budget: &Budget, charge: Nanos) -> Option<Exclusion> {
        let amount = Amount {
            unit: true,
            charge: Some(charge),
        };
        let settled = (self.settled.units, self.settled.money, Nanos::ZERO);
        let without_days = Budget {
            daily: None,
            ..*budget
        };
        check(&without_days, amount, settled).err()
    }

    pub(super) const fn usage(&self) -> Usage {
        Usage {
            impressions: self.settled.units,
            impressions_reserved: self.reserved.units,
            spend: self.settled.money,
            spend_reserved: self.reserved.money,
        }
    }

    /// The day of `at`, where it has begun, with what is settled and reserved of it.
    pub(super) fn day_of(&self, at: Timestamp) -> Option<DayUsage> {
        let today = self.days.iter().rfind(|book| book.day.contains(at))?;
        Some(DayUsage {
            day: today.day,
            spend: today.settled,
            spend_reserved: today.reserved,
        })
    }

    const fn units(&self) -> u64 {
        self.settled.units + self.reserved.units
    }

    const fn money(&self) -> Nanos {
        plus(self.settled.money, self.reserved.money)
    }

    fn day_began(&mut self, day: Timestamp) -> Option<&mut DayBook> {
        self.days.iter_mut().rfind(|book| book.day.start == day)
    }
}

/// The day of `at`, begun when it is new. While a day runs it stays as it is, even when the zone
/// is edited.
fn day_book<'a>(days: &'a mut Vec<DayBook>, at: Timestamp, zone: &Zone) -> &'a mut DayBook {
    let known = days.iter().rposition(|book| book.day.contains(at));
    let place = known.unwrap_or_else(|| begin_day(days, zone.day(at)));
    days.get_mut(place)
        .expect("the day was just found or put there")
}

fn begin_day(days: &mut Vec<DayBook>, day: Day) -> usize {
    if days.len() >= DAYS_KEPT {
        forget_day(days);
    }
    let place = days.partition_point(|book| book.day.start < day.start);
    let book = DayBook {
        day,
        settled: Nanos::ZERO,
        reserved: Nanos::ZERO,
    };
    days.insert(place, book);
    place
}

/// Makes room for one more day: the oldest that is surely over goes. A day that the clock jumped
/// away from stays, so that it is not opened a second time when the clock jumps back.
///
/// Days with reservations stay: there are no more of them than a hold is long.
fn forget_day(days: &mut Vec<DayBook>) {
    let is_free = |book: &DayBook| book.reserved == Nanos::ZERO;
    let is_over = |place: usize, book: &DayBook| {
        let later = days.iter().skip(place + 1);
        let near = later.take_while(|later| later.day.start.since(book.day.end) <= WALK_MAX);
        near.count() >= DAYS_OVER
    };
    let over = days
        .iter()
        .enumerate()
        .position(|(place, book)| is_free(book) && is_over(place, book));
    let full = days.len() >= DAYS_MAX;
    let goes = over.or_else(|| days.iter().position(|book| full && is_free(book)));
    goes.map(|goes| days.remove(goes));
}

impl Sums {
    fn add(&mut self, amount: Amount) {
        self.units += amount.units();
        self.money = plus(self.money, amount.money());
    }

    fn remove(&mut self, amount: Amount) {
        self.units = self.units.saturating_sub(amount.units());
        self.money = self.money.minus(amount.money());
    }
}

impl DayBook {
    const fn used(&self) -> Nanos {
        plus(self.settled, self.reserved)
    }
}

/// Sums stay below twice the largest budget, far from the end of the numbers.
const fn plus(sum: Nanos, more: Nanos) -> Nanos {
    Nanos(sum.0.saturating_add(more.0))
}
