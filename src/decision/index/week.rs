//! Day parts as values: the quarters of an hour of a week, as far as any rule tells them apart.

use crate::model::targeting::Daypart;
use crate::model::targeting::value::WEEK_MINUTES;

/// Minutes of a quarter: day parts begin and end on them.
const QUARTER_MINUTES: u16 = 15;
const QUARTERS: usize = (WEEK_MINUTES / QUARTER_MINUTES) as usize;
const DAY_QUARTERS: usize = QUARTERS / 7;

/// The times of a week on one clock, cut wherever a day part begins or ends.
#[derive(Debug, Default)]
pub(super) struct Week {
    /// For each quarter the part of the week it is in; empty when nobody asks.
    parts: Vec<u16>,
    /// A minute of each part.
    samples: Vec<u16>,
}

impl Week {
    /// Cut at the ends of these.
    pub(super) fn of(dayparts: impl Iterator<Item = Daypart>) -> Self {
        let mut cuts = [false; QUARTERS];
        let mut any = false;
        for daypart in dayparts {
            any = true;
            for day in (0..7).filter(|day| daypart.days >> day & 1 == 1) {
                let from = usize::from(daypart.from / QUARTER_MINUTES);
                let to = usize::from(daypart.to / QUARTER_MINUTES);
                let to = if from < to { to } else { to + DAY_QUARTERS };
                cuts[(day * DAY_QUARTERS + from) % QUARTERS] = true;
                cuts[(day * DAY_QUARTERS + to) % QUARTERS] = true;
            }
        }
        let mut week = Self::default();
        if !any {
            return week;
        }
        for (minute, cut) in (0..).step_by(usize::from(QUARTER_MINUTES)).zip(cuts) {
            if cut || week.samples.is_empty() {
                week.samples.push(minute);
            }
            let part = u16::try_from(week.samples.len() - 1).expect("a week has 672 quarters");
            week.parts.push(part);
        }
        week
    }

    /// How many parts.
    pub(super) fn len(&self) -> usize {
        self.samples.len()
    }

    /// The part a minute is in.
    pub(super) fn part(&self, minute: u16) -> Option<u32> {
        let part = self.parts.get(usize::from(minute / QUARTER_MINUTES));
        part.copied().map(u32::from)
    }

    /// The parts of a day part.
    pub(super) fn within(&self, daypart: Daypart) -> impl Iterator<Item = u32> + '_ {
        let parts = (0..).zip(&self.samples);
        parts
            .filter(move |&(_part, &minute)| daypart.contains(minute))
            .map(|(part, _minute)| part)
    }

    /// Bytes on the heap.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(self.parts.as_slice()) + size_of_val(self.samples.as_slice())
    }
}
