//! Draws from many equals without a list of them: a point on the sum of all weights, again where
//! it falls on an offer that does not match or was drawn before.
//!
//! Each draw that counts is one by weight among the offers that are left, whatever was drawn in
//! vain before: so it is exact, and it stays so when the rest is put in order by waits instead.

use std::ops::Range;

use super::Roll;
use super::bits::{
    BLOCK_ROWS, Block, Window, clear, clear_outside, count_common, has, narrow, next,
};
use super::rows::Rows;

/// Draws for points use keys of their own, apart from those of waits.
const POINTS: u64 = 3 << 40;
/// What a draw costs compared with a wait, which is computed for each offer that matches.
const DRAWS_PER_WAIT: u64 = 2;

/// The rows of one group and what is known of them.
#[derive(Debug, Default)]
pub(super) struct Pool {
    bits: Vec<Block>,
    /// For each block whether it was looked at.
    known: Vec<bool>,
    /// The row of the first bit.
    first: u32,
    offers: Range<u32>,
    roll: Option<Roll>,
    draws: u64,
    /// Draws in vain that are left before another way is cheaper.
    patience: u64,
    /// What was drawn.
    taken: Vec<u32>,
}

/// What came of trying to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Draw {
    /// An offer that matches, which is out of the pool now.
    Offer(u32),
    /// A block has to be looked at first.
    Unknown(Window),
    /// Too many draws were in vain.
    Tired,
}

impl Pool {
    /// For a group, nothing of which is known yet.
    pub(super) fn open(&mut self, rows: &Rows, group: u32, roll: Roll) {
        let range = rows.rows_of(group);
        let first = range.start as usize / BLOCK_ROWS;
        let end = (range.end as usize).div_ceil(BLOCK_ROWS);
        self.bits.clear();
        self.bits.resize(end - first, [0; 8]);
        self.known.clear();
        self.known.resize(end - first, false);
        self.first = narrow(first * BLOCK_ROWS);
        self.offers = rows.offers_of(group);
        self.roll = Some(Roll(roll.draw(POINTS | u64::from(group))));
        self.draws = 0;
        // Looking at one block costs a few draws; what is drawn is never in vain.
        self.patience = (end - first) as u64 / 8 + 4;
        self.taken.clear();
    }

    /// Learns what passed in a window.
    pub(super) fn learn(&mut self, window: Window, passed: &[Block]) {
        let start = window.first * BLOCK_ROWS;
        for (place, block) in passed.iter().take(window.blocks).enumerate() {
            let row = start + place * BLOCK_ROWS;
            let at = row
                .checked_sub(self.first as usize)
                .map(|row| row / BLOCK_ROWS);
            if let Some(at) = at
                && let Some(bits) = self.bits.get_mut(at)
            {
                *bits = *block;
                self.known[at] = true;
            }
        }
    }

    /// All was looked at. Says how many draws in vain are worth while: none where it is cheaper
    /// to put all that is left in order.
    pub(super) fn learnt(&mut self, rows: &Rows, group: u32) {
        let range = rows.rows_of(group);
        let own = (range.start - self.first) as usize..(range.end - self.first) as usize;
        clear_outside(&mut self.bits, own);
        for &offer in &self.taken {
            wipe(&mut self.bits, rows.of_offer(offer), self.first);
        }
        let matching = u64::from(count_common(&self.bits, &self.bits));
        let all = u64::from(range.end - range.start);
        let few = matching * matching <= 128 * all;
        self.patience = if few { 0 } else { matching / DRAWS_PER_WAIT };
    }

    /// What was drawn so far.
    pub(super) fn taken(&self) -> &[u32] {
        &self.taken
    }

    /// Draws one offer.
    pub(super) fn draw(&mut self, rows: &Rows) -> Draw {
        let Some(roll) = self.roll else {
            return Draw::Tired;
        };
        let from = rows.weight_before(self.offers.start);
        let all = rows.weight_before(self.offers.end) - from;
        while self.patience > 0 {
            // Scaling 64 bits to a sum below 2^52 shifts the odds of an offer by less than 2^-64.
            let scaled = (u128::from(roll.draw(self.draws)) * u128::from(all)) >> 64;
            let point = u64::try_from(scaled).expect("below the sum");
            let offer = rows.offer_on(from + point);
            let of_offer = rows.of_offer(offer);
            if let Some(window) = self.unknown(of_offer.clone()) {
                return Draw::Unknown(window);
            }
            self.draws += 1;
            let mut own = of_offer.clone().map(|row| (row - self.first) as usize);
            if own.any(|row| has(&self.bits, row)) {
                wipe(&mut self.bits, of_offer, self.first);
                self.taken.push(offer);
                return Draw::Offer(offer);
            }
            self.patience -= 1;
        }
        Draw::Tired
    }

    fn unknown(&self, rows: Range<u32>) -> Option<Window> {
        let first = (rows.start - self.first) as usize / BLOCK_ROWS;
        let last = (rows.end - 1 - self.first) as usize / BLOCK_ROWS;
        let block = (first..=last).find(|&block| !self.known[block])?;
        Some(Window {
            first: self.first as usize / BLOCK_ROWS + block,
            blocks: 1,
        })
    }

    /// The offers that match and were not drawn.
    pub(super) fn rest<'a>(&'a self, rows: &'a Rows) -> impl Iterator<Item = u32> + 'a {
        let end = self.bits.len() * BLOCK_ROWS;
        let mut row = 0;
        std::iter::from_fn(move || {
            let found = next(&self.bits, row, end)?;
            let offer = rows.offer(self.first + narrow(found));
            row = (rows.of_offer(offer).end - self.first) as usize;
            Some(offer)
        })
    }
}

fn wipe(bits: &mut [Block], rows: Range<u32>, first: u32) {
    for row in rows {
        clear(bits, (row - first) as usize);
    }
}
