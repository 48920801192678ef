//! Counts of why offers were not candidates, from what was left after each dimension.

use super::Rows;
use super::bits::{clear, clear_outside, count_common, has, next};
use super::fields::DIMENSIONS;
use super::rows::Stretch;
use super::scan::{NONE, Scan};
use crate::model::Tier;

/// What became of all offers of an index, as far as they were looked at. All counts together are
/// the number of offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// For each dimension, by [`dimension_number`](super::dimension_number): offers none of whose
    /// rules match and whose first rule fails there first.
    pub failed: [u32; DIMENSIONS],
    /// Offers that were left out by [`LiveBits`](super::LiveBits).
    pub resting: u32,
    /// For each tier: offers that match, pulled or not.
    pub matched: [u32; Tier::ALL.len()],
    /// For each tier: offers that nobody looked at, because what was pulled before was enough.
    pub unseen: [u32; Tier::ALL.len()],
}

impl Tally {
    /// Before the first look.
    pub(super) fn of(rows: &Rows) -> Self {
        let mut tally = Self::default();
        for &tier in Tier::ALL {
            let offers = rows.offers_in(tier);
            tally.unseen[tier as usize] = offers.end - offers.start;
        }
        tally
    }

    /// One offer matched before its whole stretch was looked at.
    pub(super) fn meet(&mut self, tier: Tier) {
        self.matched[tier as usize] += 1;
        self.unseen[tier as usize] -= 1;
    }

    /// Forgets so many meetings: now the stretches are looked at, and all is counted there.
    pub(super) fn forget(&mut self, tier: Tier, meetings: u32) {
        self.matched[tier as usize] -= meetings;
        self.unseen[tier as usize] += meetings;
    }

    /// Counts a stretch that was just looked at in stages.
    pub(super) fn count(&mut self, rows: &Rows, stretch: &Stretch, scan: &Scan) {
        let blocks = stretch.window.blocks;
        let firsts = rows.firsts(stretch.window);
        let mut told = NONE;
        told[..blocks].copy_from_slice(firsts);
        let live = &scan.awake[..blocks];
        let offers = stretch.offers.end - stretch.offers.start;
        let mut left = count_common(live, firsts);
        self.resting += offers - left;
        if stretch.several {
            self.count_others(rows, stretch, (scan, &mut told[..blocks]));
            left = count_common(live, &told[..blocks]);
        }
        for (dimension, stage) in &scan.stages {
            let now = count_common(&stage[..blocks], &told[..blocks]);
            self.failed[*dimension] += left - now;
            left = now;
        }
        for &tier in Tier::ALL {
            let all = rows.offers_in(tier);
            let from = all.start.max(stretch.offers.start);
            let to = all.end.min(stretch.offers.end);
            if from >= to {
                continue;
            }
            self.unseen[tier as usize] -= to - from;
            self.matched[tier as usize] += if to - from == offers {
                left
            } else {
                let mut of_tier = scan.passed;
                let start = stretch.window.rows().start;
                let begins = rows.of_offer(from).start - start;
                let ends = rows.of_offer(to - 1).end - start;
                clear_outside(&mut of_tier, begins as usize..ends as usize);
                count_common(&of_tier[..blocks], firsts)
            };
        }
    }

    /// Offers whose first rule fails but another matches: their first rule tells nothing.
    fn count_others(
        &mut self,
        rows: &Rows,
        stretch: &Stretch,
        (scan, told): (&Scan, &mut [super::bits::Block]),
    ) {
        let start = stretch.window.rows().start;
        let end = (stretch.window.rows().end - start) as usize;
        let mut row = 0;
        while let Some(found) = next(&scan.passed, row, end) {
            let offer = rows.offer(start + super::bits::narrow(found));
            let of_offer = rows.of_offer(offer);
            let first = (of_offer.start - start) as usize;
            row = (of_offer.end - start) as usize;
            if found == first {
                continue;
            }
            let tier = rows.group(rows.group_of(offer)).tier;
            self.matched[tier as usize] += 1;
            if has(&scan.awake, first) {
                clear(told, first);
            } else {
                self.resting -= 1;
            }
        }
    }
}
