//! The books of an account: what bounds it, and what of it is settled and reserved, in all and by
//! day.

use super::days::{DayBook, begin_day, day_book, plus};
use crate::decision::{Budget, Exclusion};
use crate::model::zone::Day;
use crate::model::{Nanos, OrderId, Timestamp, Zone};

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

    /// Its days, in order.
    pub(super) fn days(&self) -> &[DayBook] {
        &self.days
    }

    /// Impressions settled and reserved.
    pub(super) const fn units(&self) -> u64 {
        self.settled.units + self.reserved.units
    }

    /// Money settled and reserved.
    pub(super) const fn money(&self) -> Nanos {
        plus(self.settled.money, self.reserved.money)
    }

    fn day_began(&mut self, day: Timestamp) -> Option<&mut DayBook> {
        self.days.iter_mut().rfind(|book| book.day.start == day)
    }
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

/// Whether `amount` fits beside what is used: impressions, money, money of the day.
pub(super) fn check(
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
