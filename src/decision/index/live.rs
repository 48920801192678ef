//! The bits that change while an index is in use: which offers are surely not servable now.

use std::sync::atomic::{AtomicU64, Ordering};

use super::Index;
use super::bits::{BLOCK_WORDS, Block, Window};

/// One bit for each row of one index: off for offers that have not begun, are over, or have spent
/// all they ever will.
///
/// It is asked before anything else, so that such offers cost nothing. Whoever pulls candidates
/// still checks what it stands for: a bit that is on too long costs that check and nothing more.
/// A bit that is off too long keeps an ad from being served: wake first, then say it is so.
#[derive(Debug)]
pub struct LiveBits {
    words: Vec<AtomicU64>,
}

impl LiveBits {
    /// For an index: every offer is awake.
    pub(super) fn of(index: &Index) -> Self {
        let words = index.rows.height() * BLOCK_WORDS;
        let bits = Self {
            words: (0..words).map(|_word| AtomicU64::new(0)).collect(),
        };
        for row in index.rows.owned() {
            bits.words[row as usize / 64].fetch_or(1 << (row % 64), Ordering::Relaxed);
        }
        bits
    }

    /// Lets the offer at a place of the list that `index` was made of be found again.
    pub fn wake(&self, index: &Index, place: u32) {
        for row in index.rows_at(place) {
            // Relaxed: no other memory is read because of a bit.
            self.words[row as usize / 64].fetch_or(1 << (row % 64), Ordering::Relaxed);
        }
    }

    /// Leaves the offer at a place of the list that `index` was made of out from now on.
    pub fn rest(&self, index: &Index, place: u32) {
        for row in index.rows_at(place) {
            self.words[row as usize / 64].fetch_and(!(1 << (row % 64)), Ordering::Relaxed);
        }
    }

    /// Whether the offer at a place is awake.
    pub fn is_awake(&self, index: &Index, place: u32) -> bool {
        index.rows_at(place).next().is_some_and(|row| {
            self.words[row as usize / 64].load(Ordering::Relaxed) >> (row % 64) & 1 == 1
        })
    }

    /// Copies what lies in a window.
    pub(super) fn read(&self, window: Window, into: &mut [Block]) {
        let words = &self.words[window.first * BLOCK_WORDS..];
        for (into, word) in into.as_flattened_mut().iter_mut().zip(words) {
            *into = word.load(Ordering::Relaxed);
        }
    }
}
