//! The instant of a decision with the periods of the calendar it lies in.

use crate::model::zone::Periods;
use crate::model::{CapPeriod, Timestamp, Zone};

/// An instant and the first instants of its hour, day, week and month in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    now: Timestamp,
    periods: Periods,
}

impl Calendar {
    /// The calendar at `now`. Once a decision is enough; see [`Calendar::at`] for the next one.
    pub fn of(now: Timestamp, zone: &Zone) -> Self {
        let periods = zone.periods(now);
        Self { now, periods }
    }

    /// The same calendar at another instant, if all its periods are still those: nearly always
    /// within the same hour, and far cheaper than asking the zone.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Option<Self> {
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
