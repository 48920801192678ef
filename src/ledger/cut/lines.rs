//! The numbers of one digest, each brought to its group.

use std::collections::HashMap;

use smallvec::SmallVec;

use super::{Calendar, CutError, Cutting, DIMENSIONS_MAX};
use crate::ledger::digest::{CellKey, Column, DIGEST_HOURS, Packed};
use crate::ledger::{CodecError, Hour};
use crate::model::{Nanos, Zone};

/// Where the numbers of one digest go, found once for all of its columns.
pub(super) struct Lines {
    first: Hour,
    /// For each cell the line it is on; none for what is not let through.
    cells: Vec<Option<u32>>,
    /// One cell of each line: cells of one line stand alike in every dimension but time.
    samples: Vec<CellKey>,
    /// For each line and hour the group, once it is known.
    slots: Vec<[Slot; DIGEST_HOURS as usize]>,
}

#[derive(Clone, Copy)]
enum Slot {
    Unknown,
    /// The hour is not asked about.
    Out,
    Loose,
    Group(u32),
}

impl Lines {
    pub(super) fn of(cutting: &Cutting<'_>, first: Hour, packed: &Packed<'_>) -> Self {
        let mut found = HashMap::new();
        let mut lines = Vec::new();
        let mut calendar = Calendar::default();
        let cells = packed.cells.iter().map(|&cell| {
            if !cutting.cut.filter.lets(cell) {
                return None;
            }
            let standing: SmallVec<[Option<i64>; DIMENSIONS_MAX]> = cutting
                .cut
                .dimensions
                .iter()
                .filter(|dimension| !dimension.is_time())
                .map(|&dimension| calendar.value(&Zone::UTC, dimension, (first, cell)))
                .collect();
            let line = *found.entry(standing).or_insert_with(|| {
                lines.push(cell);
                u32::try_from(lines.len() - 1).unwrap_or(u32::MAX)
            });
            Some(line)
        });
        let cells = cells.collect();
        let slots = vec![[Slot::Unknown; DIGEST_HOURS as usize]; lines.len()];
        Self {
            first,
            cells,
            samples: lines,
            slots,
        }
    }

    pub(super) fn tell(
        &mut self,
        cutting: &mut Cutting<'_>,
        (cell, hour): (usize, u8),
        (column, number): (&Column, i64),
    ) -> Result<(), CutError> {
        let Some(line) = self.cells.get(cell).copied().ok_or(CodecError::Malformed)? else {
            return Ok(());
        };
        let slot = self.slots.get_mut(line as usize);
        let slot = slot.and_then(|slots| slots.get_mut(usize::from(hour)));
        let slot = slot.ok_or(CodecError::Malformed)?;
        if matches!(slot, Slot::Unknown) {
            let at = Hour(self.first.0.saturating_add(hour.into()));
            let cell = self.samples.get(line as usize).copied().unwrap_or_default();
            *slot = cutting.find(at, cell)?;
        }
        let count = number.unsigned_abs();
        let figures = match *slot {
            Slot::Unknown | Slot::Out => return Ok(()),
            Slot::Loose => Some(&mut cutting.loose),
            Slot::Group(group) => cutting.groups.get_mut(group as usize),
        };
        match (column, figures) {
            (Column::Metric(metric), Some(figures)) => figures.add(*metric, count),
            (Column::Spend, Some(figures)) => figures.charge(Nanos(number)),
            (Column::Error(code), _) => *cutting.errors.entry(*code).or_default() += count,
            (Column::NoFill(reason), _) => {
                *cutting.no_fill.entry(reason.clone()).or_default() += count;
            }
            (Column::Metric(_) | Column::Spend, None) => {}
        }
        Ok(())
    }
}

impl Cutting<'_> {
    fn find(&mut self, hour: Hour, cell: CellKey) -> Result<Slot, CutError> {
        if !(self.cut.since..self.cut.until).contains(&hour) {
            return Ok(Slot::Out);
        }
        let group = self.slot(hour, cell)?;
        Ok(group.map_or(Slot::Loose, |slot| {
            Slot::Group(u32::try_from(slot).unwrap_or(u32::MAX))
        }))
    }
}
