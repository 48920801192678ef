//! The account of one campaign or one order: its exact books under a lock, and beside them what
//! decisions read without one.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::books::{Amount, Books, check};
use super::days::DayBook;
use super::pace::Pace;
use crate::decision::{Budget, Exclusion};
use crate::model::zone::Day;
use crate::model::{Nanos, Timestamp};

/// The account of one campaign or order. All changes are made under its lock; what a decision
/// needs to know is published beside it, so that reading takes no lock.
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
        if let Some(today) = books.days().iter().rfind(|book| is_day(book)) {
            let (start, end) = (today.day.start.millis(), today.day.end.millis());
            seen.day_start.store(start, Ordering::Relaxed);
            seen.day_end.store(end, Ordering::Relaxed);
            seen.day_money.store(today.used().0, Ordering::Relaxed);
        }
    }
}
