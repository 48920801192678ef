//! The days of an account: which are kept, and how much of each is used.

use crate::model::zone::Day;
use crate::model::{Millis, Nanos, Timestamp, Zone};

/// Days after which an account forgets those that are surely over.
const DAYS_KEPT: usize = 8;
/// Days an account remembers at most.
const DAYS_MAX: usize = 32;
/// Of two days at most this far apart, the clock walked from the one to the other; over a longer
/// way it jumped, and may jump back.
const WALK_MAX: Millis = Millis::from_seconds(8 * 86_400);
/// Later days to which the clock must have walked before a day is surely over.
const DAYS_OVER: usize = 2;

/// What of one day is settled and reserved.
#[derive(Debug, Clone, Copy)]
pub(super) struct DayBook {
    pub(super) day: Day,
    pub(super) settled: Nanos,
    pub(super) reserved: Nanos,
}

impl DayBook {
    /// Both together.
    pub(super) const fn used(&self) -> Nanos {
        plus(self.settled, self.reserved)
    }
}

/// The day of `at`, begun when it is new. While a day runs it stays as it is, even when the zone
/// is edited.
pub(super) fn day_book<'a>(
    days: &'a mut Vec<DayBook>,
    at: Timestamp,
    zone: &Zone,
) -> &'a mut DayBook {
    let known = days.iter().rposition(|book| book.day.contains(at));
    let place = known.unwrap_or_else(|| begin_day(days, zone.day(at)));
    days.get_mut(place)
        .expect("the day was just found or put there")
}

/// Begins a day, and answers its place.
pub(super) fn begin_day(days: &mut Vec<DayBook>, day: Day) -> usize {
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

/// Sums stay below twice the largest budget, far from the end of the numbers.
pub(super) const fn plus(sum: Nanos, more: Nanos) -> Nanos {
    Nanos(sum.0.saturating_add(more.0))
}
