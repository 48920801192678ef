//! The numbers of one digest, each brought to its group.

use std::collections::HashMap;

use smallvec::SmallVec;

use super::{Calendar, CutError, Cutting, DIMENSIONS_MAX};
use crate::ledger::digest::{CellKey, Column, DIGEST_HOURS, Packed};
use crate::ledger::{CodecError, Dimension, Hour};
use crate::model::Nanos;

/// Where the numbers of one digest go, found once for all of its columns.
pub(super) struct Lines {
    /// For each cell the line it is on; none for what is not let through.
    cells: Vec<Option<u32>>,
    /// One cell of each line: cells of one line stand alike in every dimension but time.
    samples: Vec<CellKey>,
    /// For each hour of the digest the moment it is in; none for what is not asked about.
    hours: [Option<u8>; DIGEST_HOURS as usize],
    /// One hour of each moment: hours of one moment stand alike in every dimension of time.
    moments: Vec<Hour>,
    /// For each line, and in it for each moment, the group, once it is known.
    slots: Vec<Slot>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Slot {
    Unknown,
    /// It is counted nowhere.
    Out,
    Loose,
    Group(u32),
}

type Standing = SmallVec<[Option<i64>; DIMENSIONS_MAX]>;

impl Lines {
    pub(super) fn of(cutting: &Cutting<'_>, first: Hour, packed: &Packed<'_>) -> Self {
        let cut = cutting.cut;
        let mut calendar = Calendar::default();
        let mut standing = |meant: fn(Dimension) -> bool, place: (Hour, CellKey)| -> Standing {
            let dimensions = cut.dimensions.iter();
            let meant = dimensions.filter(|&&dimension| meant(dimension));
            meant
                .map(|&dimension| calendar.value(&cut.zone, dimension, place))
                .collect()
        };
        let mut moments: Vec<Hour> = Vec::new();
        let mut last: Option<Standing> = None;
        let mut hours = [None; DIGEST_HOURS as usize];
        for (later, moment) in (0..).zip(&mut hours) {
            let hour = Hour(first.0.saturating_add(later));
            if !(cut.since..cut.until).contains(&hour) {
                continue;
            }
            let own = standing(Dimension::is_time, (hour, CellKey::default()));
            if last.as_ref() != Some(&own) {
                last = Some(own);
                moments.push(hour);
            }
            *moment = u8::try_from(moments.len() - 1).ok();
        }
        let mut found: HashMap<Standing, u32> = HashMap::new();
        let mut samples = Vec::new();
        let mut cells = Vec::with_capacity(packed.cells.len());
        for &cell in &packed.cells {
            if !cut.filter.lets(cell) {
                cells.push(None);
                continue;
            }
            let line = found.entry(standing(Dimension::is_place, (first, cell)));
            let line = *line.or_insert_with(|| {
                samples.push(cell);
                u32::try_from(samples.len() - 1).unwrap_or(u32::MAX)
            });
            cells.push(Some(line));
        }
        Self {
            cells,
            hours,
            slots: vec![Slot::Unknown; samples.len() * moments.len()],
            samples,
            moments,
        }
    }

    /// Adds the numbers of one column in the hours of one cell.
    pub(super) fn tell(
        &mut self,
        cutting: &mut Cutting<'_>,
        column: &Column,
        (cell, hours): (usize, &[(u8, i64)]),
    ) -> Result<(), CutError> {
        let Some(line) = self.cells.get(cell).copied().ok_or(CodecError::Malformed)? else {
            return Ok(());
        };
        let line = line as usize;
        // Neighbouring hours are mostly of one group: they are added at once.
        let (mut group, mut sum) = (Slot::Out, 0_i64);
        for &(hour, number) in hours {
            let moment = self.hours.get(usize::from(hour)).copied();
            let Some(moment) = moment.ok_or(CodecError::Malformed)?.map(usize::from) else {
                continue;
            };
            let place = line * self.moments.len() + moment;
            let slot = self.slots.get_mut(place).ok_or(CodecError::Malformed)?;
            if *slot == Slot::Unknown {
                let sample = self.samples.get(line).copied().unwrap_or_default();
                let at = self.moments.get(moment).copied();
                *slot = cutting.find(at.ok_or(CodecError::Malformed)?, sample)?;
            }
            if *slot == group {
                sum = sum.saturating_add(number);
            } else {
                cutting.count(group, column, sum);
                (group, sum) = (*slot, number);
            }
        }
        cutting.count(group, column, sum);
        Ok(())
    }
}

impl Cutting<'_> {
    /// Adds a number of one column to a group.
    fn count(&mut self, group: Slot, column: &Column, number: i64) {
        let figures = match group {
            Slot::Unknown | Slot::Out => return,
            Slot::Loose => Some(&mut self.loose),
            Slot::Group(group) => self.groups.get_mut(group as usize),
        };
        let count = number.unsigned_abs();
        match (column, figures) {
            (Column::Metric(metric), Some(figures)) => figures.add(*metric, count),
            (Column::Spend, Some(figures)) => figures.charge(Nanos(number)),
            (Column::Error(code), _) => *self.errors.entry(*code).or_default() += count,
            (Column::NoFill(reason), _) => {
                *self.no_fill.entry(reason.clone()).or_default() += count;
            }
            (Column::Metric(_) | Column::Spend, None) => {}
        }
    }

    fn find(&mut self, hour: Hour, cell: CellKey) -> Result<Slot, CutError> {
        let group = self.slot(hour, cell)?;
        Ok(group.map_or(Slot::Loose, |slot| {
            Slot::Group(u32::try_from(slot).unwrap_or(u32::MAX))
        }))
    }
}
