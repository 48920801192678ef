//! The time of a pod: its fixed slots, the free time behind them, and how the bound counts both.

use super::ITEMS_MAX;
use super::field::{Ad, Field, bits};
use crate::model::{Millis, PodShape};

/// Most cells of one row of the bound's table; finer grids are made coarser, which keeps the
/// bound true and makes it a little higher.
const CELLS_MAX: usize = 4096;
/// Most amounts of free time that it tells apart.
const COLUMNS_MAX: usize = 256;
/// A cell is even enough when rounding down to it loses no more than one part in this many.
const EVEN: u64 = 200;
/// Most layers of it.
const LAYERS_MAX: usize = 256;
/// No such layer.
const NOWHERE: u16 = u16::MAX;
/// Spans are counted in 32 bits: a pod of more than 24 days is cut to that.
const SPAN_MAX: u32 = i32::MAX.unsigned_abs();

/// A span in milliseconds, cut to [`SPAN_MAX`].
pub(super) fn span(millis: Millis) -> u32 {
    u32::try_from(millis.0).map_or(SPAN_MAX, |millis| millis.min(SPAN_MAX))
}

/// A cell for lengths that have no common measure, such as 14.98 and 30.03 s: the shortest length
/// or a simple part of it, so that little is lost when lengths are rounded down. At least `least`.
fn even_cell(ads: &[Ad], shortest: u32, least: u32) -> u32 {
    let all: u64 = ads.iter().map(|ad| u64::from(ad.ms)).sum();
    let mut best = (u64::MAX, least);
    for part in 1..=shortest / least.max(1) {
        let cell = shortest / part;
        let lost: u64 = ads.iter().map(|ad| u64::from(ad.ms % cell)).sum();
        best = best.min((lost, cell));
        if lost <= all / EVEN {
            break;
        }
    }
    best.1.max(1)
}

/// A fixed slot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub(super) start: u32,
    pub(super) length: u32,
}

/// The time of a pod.
#[derive(Debug, Default)]
pub(super) struct Room {
    pub(super) slots: Vec<Slot>,
    /// Where the free time starts, and how much of it there is.
    pub(super) free_from: u32,
    pub(super) free: u32,
    pub(super) min_ads: u32,
    pub(super) max_ads: u32,
    /// Milliseconds of a cell of the bound's grid.
    pub(super) cell: u32,
    /// Cells of the grid, from no time left to all of it.
    pub(super) columns: usize,
    /// States of what else the bound counts: ads left, or slots left by length.
    pub(super) layers: usize,
    /// Slot lengths that the layers tell apart, ascending, with how many slots are as long.
    steps: Vec<(u32, usize)>,
    /// The layer after an ad went into a slot, by step and layer.
    next: Vec<u16>,
    lengths: Vec<u32>,
    /// States of the count of ads left in a layer; 1 where ads are not counted.
    counts: usize,
}

impl Room {
    /// Lays out slots and free time. A slot reaches to the end of the pod at most.
    pub(super) fn lay_out(&mut self, shape: &PodShape) {
        let end = span(shape.duration);
        let mut start = 0;
        self.slots.clear();
        for &length in &shape.slots {
            let length = span(length).min(end - start);
            self.slots.push(Slot { start, length });
            start += length;
        }
        self.free_from = start;
        self.free = end - start;
        self.min_ads = u32::from(shape.min_ads);
        self.max_ads = u32::from(shape.max_ads);
        if self.free == 0 {
            let slots = u32::try_from(self.slots.len()).unwrap_or(u32::MAX);
            self.max_ads = self.max_ads.min(slots);
        }
    }

    /// The end of the pod.
    pub(super) const fn end(&self) -> u32 {
        self.free_from + self.free
    }

    /// The longest ad that goes anywhere.
    pub(super) fn longest(&self) -> u32 {
        let slots = self.slots.iter().map(|slot| slot.length);
        slots.max().unwrap_or(0).max(self.free)
    }

    /// Chooses grid and layers for these ads, of which `shortest` and `unit` are the shortest
    /// length and the greatest common divisor of lengths.
    pub(super) fn grid(&mut self, ads: &[Ad], shortest: u32, unit: u32) {
        self.steps.clear();
        self.next.clear();
        let columns = (self.free / unit.max(1)) as usize + 1;
        let in_slots = if self.slots.is_empty() {
            1
        } else {
            self.stack_slots()
        };
        let in_free = (self.free / shortest.max(1)) as usize;
        let most = ads.len().min(in_free.saturating_add(self.slots.len()));
        let max_ads = self.max_ads as usize;
        let counted = in_slots * (max_ads.min(ads.len()) + 1);
        // Slots count by themselves; beside them the count of ads is left to the search where it
        // would make the table too large.
        let worthwhile = self.slots.is_empty() || counted * columns <= CELLS_MAX;
        self.counts = if self.free > 0 && max_ads < most && worthwhile {
            max_ads + 1
        } else {
            1
        };
        self.layers = in_slots * self.counts;
        let columns_max = (CELLS_MAX / self.layers).clamp(2, COLUMNS_MAX);
        self.cell = unit.max(1);
        if (self.free / self.cell) as usize >= columns_max {
            let cells = u32::try_from(columns_max - 1).unwrap_or(1);
            self.cell = even_cell(ads, shortest, self.free.div_ceil(cells));
        }
        self.columns = (self.free / self.cell) as usize + 1;
    }

    /// Layers that count, for each slot length, how many slots of at least that length are left.
    ///
    /// Ads fit slots exactly if for every length there are no more ads that need it than slots
    /// that have it, so these counts are the whole truth, unless there are too many of them:
    /// then some lengths are left out and the bound is higher than it could be.
    fn stack_slots(&mut self) -> usize {
        self.lengths.clear();
        let usable = self.slots.iter().filter(|slot| slot.length > 0);
        self.lengths.extend(usable.map(|slot| slot.length));
        self.lengths.sort_unstable();
        let most = (self.max_ads as usize).min(ITEMS_MAX);
        let all = self.lengths.len();
        let mut place = 0;
        while let Some(&length) = self.lengths.get(place) {
            self.steps.push((length, (all - place).min(most)));
            place += self.lengths[place..]
                .iter()
                .take_while(|&&other| other == length)
                .count();
        }
        let layers = |steps: &[(u32, usize)]| {
            let radix = steps.iter().map(|&(_length, count)| count + 1);
            radix.fold(1_usize, usize::saturating_mul)
        };
        while self.steps.len() > 1 && layers(&self.steps) > LAYERS_MAX {
            self.steps.remove(1);
        }
        let layers = layers(&self.steps);
        for step in 0..self.steps.len() {
            for layer in 0..layers {
                let next = self.layer_after(step, layer);
                self.next.push(next);
            }
        }
        layers
    }

    /// The layer below `layer` when one slot of the first `step + 1` counts is taken.
    fn layer_after(&self, step: usize, layer: usize) -> u16 {
        let (mut radix, mut after, mut rest) = (1, layer, layer);
        for (place, &(_length, count)) in self.steps.iter().enumerate() {
            if place <= step {
                if rest % (count + 1) == 0 {
                    return NOWHERE;
                }
                after -= radix;
            }
            rest /= count + 1;
            radix *= count + 1;
        }
        u16::try_from(after).unwrap_or(NOWHERE)
    }

    /// The counts that an ad in a slot lowers: those of slots no longer than it needs.
    pub(super) fn step_of(&self, ms: u32) -> Option<usize> {
        let lengths = self.slots.iter().map(|slot| slot.length);
        let need = lengths.filter(|&length| length >= ms).min()?;
        self.steps
            .iter()
            .rposition(|&(length, _count)| length <= need)
    }

    /// The layer after an ad took a slot.
    pub(super) fn after_slot(&self, step: usize, layer: usize) -> Option<usize> {
        let layer = if self.counts > 1 {
            self.after_free(layer)?
        } else {
            layer
        };
        let (slots, count) = (layer / self.counts, layer % self.counts);
        let next = self.next.get(step * (self.layers / self.counts) + slots)?;
        (*next != NOWHERE).then(|| usize::from(*next) * self.counts + count)
    }

    /// The layer after an ad took free time.
    pub(super) const fn after_free(&self, layer: usize) -> Option<usize> {
        if self.counts == 1 {
            Some(layer)
        } else if layer.is_multiple_of(self.counts) {
            None
        } else {
            Some(layer - 1)
        }
    }

    /// Cells of one row of the bound's table.
    pub(super) const fn cells(&self) -> usize {
        self.layers * self.columns
    }

    /// Whether these ads fit the slots from `slot` on and the free time from `clock` on, were
    /// there no other rules.
    ///
    /// Longest first, each into any slot that holds it: what holds a longer one holds a shorter
    /// one too, so that leaves the least for free time.
    pub(super) fn holds(&self, field: &Field, ads: u64, slot: usize, clock: u32) -> bool {
        let slots = self.slots.get(slot..).unwrap_or_default();
        let (mut taken, mut free) = (0, self.end().saturating_sub(clock.max(self.free_from)));
        for &ad in &field.by_length {
            if ads & (1 << ad) == 0 {
                continue;
            }
            let ms = field.ads[ad].ms;
            let fitting = slots.iter().filter(|slot| slot.length >= ms).count();
            if fitting > taken {
                taken += 1;
            } else if ms <= free {
                free -= ms;
            } else {
                return false;
            }
        }
        true
    }

    /// Whether one more ad has room beside these, were there no other rules.
    pub(super) fn has_room(&self, field: &Field, ads: u64, ad: usize) -> bool {
        if ads.count_ones() >= self.max_ads {
            return false;
        }
        if self.slots.is_empty() {
            let used: u32 = bits(ads).map(|ad| field.ads[ad].ms).sum();
            return field.ads[ad].ms <= self.free.saturating_sub(used);
        }
        self.holds(field, ads | 1 << ad, 0, 0)
    }
}
