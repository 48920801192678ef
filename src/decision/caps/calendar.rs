//! The instant of a decision with the periods of the calendar it lies in.

use std::cell::RefCell;

use crate::model::zone::Periods;
use crate::model::{CapPeriod, Timestamp, Zone};

/// An instant and the first instants of its hour, day, week and month in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    now: Timestamp,
    periods: Periods,
}

/// Zones whose calendars a thread remembers.
const ZONES_MAX: usize = 8;

thread_local! {
    /// The last calendar of each zone, nearly always that of the next request too. Memory only:
    /// it says nothing that the zone would not say.
    static LATEST: RefCell<Vec<(Zone, Calendar)>> = const { RefCell::new(Vec::new()) };
}

impl Calendar {
    /// The calendar at `now`. The zone is asked once an hour, and when time goes back.
    pub fn of(now: Timestamp, zone: &Zone) -> Self {
        LATEST.with_borrow_mut(|latest| {
            let known = latest
                .iter_mut()
                .find(|(known, _calendar)| known.name() == zone.name());
            if let Some((_zone, calendar)) = known {
                *calendar = calendar.at(now).unwrap_or_else(|| Self::asked(now, zone));
                return *calendar;
            }
            if latest.len() >= ZONES_MAX {
                latest.clear();
            }
            let calendar = Self::asked(now, zone);
            latest.push((zone.clone(), calendar));
            calendar
        })
    }

    fn asked(now: Timestamp, zone: &Zone) -> Self {
        let periods = zone.periods(now);
        Self { now, periods }
    }

    /// The same calendar at another instant, if all its periods are still those: nearly always
    /// within the same hour, and far cheaper than asking the zone.
    pub(super) fn at(&self, now: Timestamp) -> Option<Self> {
        let periods = self.periods;
        (self.now <= now && now < periods.until).then_some(Self { now, periods })
    }

    /// The instant.
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// This calendar at `floor` if that is later. Its periods stay, which lets windows hold more
    /// and never less.
    #[must_use]
    pub fn not_before(mut self, floor: Timestamp) -> Self {
        self.now = self.now.max(floor);
        self
    }

    /// First instant of the period of now.
    pub const fn start(&self, period: CapPeriod) -> Timestamp {
        match period {
            CapPeriod::Hour => self.periods.hour,
            CapPeriod::Day => self.periods.day,
            CapPeriod::Week => self.periods.week,
            CapPeriod::Month => self.periods.month,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Millis;

    /// More zones than are remembered, and instants that go ahead, over changes of the clock, and
    /// back again.
    #[test]
    fn what_is_remembered_is_what_the_zone_says() {
        let zones = [
            "UTC",
            "America/New_York",
            "Australia/Lord_Howe",
            "Africa/Cairo",
            "Asia/Kathmandu",
            "Asia/Kolkata",
            "Europe/Berlin",
            "America/St_Johns",
            "Pacific/Auckland",
            "Asia/Tehran",
        ];
        let zones = zones.map(|name| name.parse::<Zone>().unwrap());
        let start: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let mut seed = 1_u64;
        for step in 0..60_000_u64 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let zone = &zones[(seed >> 33) as usize % if step % 100 < 50 { 3 } else { 10 }];
            let back = Millis(if seed >> 60 == 0 { 90_000_000 } else { 0 });
            let at = start.plus(Millis(step * 300_000)).minus(back);
            assert_eq!(Calendar::of(at, zone), Calendar::asked(at, zone), "{at}");
        }
    }
}
