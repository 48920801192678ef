//! One look at some rows: which of them pass every dimension of a request.

use std::ops::Range;

use super::ask::{Asked, Reader, Sense};
use super::bits::{
    BLOCK_WORDS, Block, CHUNK_BLOCKS, Pane, Window, add, keep, keep_either, narrow, remove, set,
};
use super::{Index, LiveBits};

/// The bits of one window.
pub(super) type Bits = [Block; CHUNK_BLOCKS];

/// No bit on.
pub(super) const NONE: Bits = [[0; BLOCK_WORDS]; CHUNK_BLOCKS];

/// Rows that pass, and what is needed to find them. Made once and used for many requests.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// The request.
    pub(super) asked: Asked,
    /// After a look: the rows that pass, from the first of the window.
    pub(super) passed: Bits,
    /// After a look in stages: the rows that were awake.
    pub(super) awake: Bits,
    /// After a look in stages: the rows that were left after each dimension, with its number.
    pub(super) stages: Vec<(usize, Bits)>,
    united: Bits,
}

impl Scan {
    /// Looks at a window.
    pub(super) fn look(&mut self, index: &Index, live: &LiveBits, window: Window) {
        live.read(window, &mut self.passed[..window.blocks]);
        let pane = index.bits.pane(window);
        for place in 0..self.asked.terms.len() {
            if !self.apply(index, place, (pane, window)) {
                break;
            }
        }
    }

    /// The same, with what was left after each dimension.
    pub(super) fn look_in_stages(&mut self, index: &Index, live: &LiveBits, window: Window) {
        live.read(window, &mut self.passed[..window.blocks]);
        let pane = index.bits.pane(window);
        self.awake = self.passed;
        self.stages.clear();
        for place in 0..self.asked.terms.len() {
            let left = self.apply(index, place, (pane, window));
            let dimension = self.asked.terms[place].dimension;
            let next = self.asked.terms.get(place + 1);
            if !left || next.is_none_or(|next| next.dimension != dimension) {
                self.stages.push((dimension, self.passed));
            }
            if !left {
                break;
            }
        }
    }

    /// Keeps the rows that pass one term; says whether any are left.
    fn apply(&mut self, index: &Index, place: usize, at: (Pane<'_>, Window)) -> bool {
        let (pane, window) = at;
        let term = &self.asked.terms[place];
        let dense = &self.asked.dense[term.dense.clone()];
        let passed = &mut self.passed[..window.blocks];
        if term.lists.is_empty() && term.sense == Sense::In {
            match dense {
                [one] => return keep(passed, pane.of(*one)),
                [one, other] => return keep_either(passed, pane.of(*one), pane.of(*other)),
                _ => {}
            }
        }
        let united = &mut self.united[..window.blocks];
        match dense.split_first() {
            Some((first, _)) => united.copy_from_slice(pane.of(*first)),
            None => united.copy_from_slice(&NONE[..window.blocks]),
        }
        for &bitmap in dense.iter().skip(1) {
            add(united, pane.of(bitmap));
        }
        let lists = term.lists.clone();
        for reader in &mut self.asked.lists[lists] {
            reader.mark(&index.lists, window.rows(), united);
        }
        if term.sense == Sense::In {
            return keep(passed, united);
        }
        remove(passed, united);
        true
    }
}

impl Reader {
    /// Turns the bits of its rows within some rows on, which come later than those before.
    fn mark(&mut self, lists: &[u32], rows: Range<u32>, bits: &mut [Block]) {
        let list = &lists[self.list.start as usize..self.list.end as usize];
        let mut next = self.next as usize;
        if next > 0 && list[next - 1] >= rows.start {
            next = 0;
        }
        if list.get(next).is_some_and(|&row| row < rows.start) {
            next += list[next..].partition_point(|&row| row < rows.start);
        }
        while let Some(&row) = list.get(next)
            && row < rows.end
        {
            set(bits, (row - rows.start) as usize);
            next += 1;
        }
        self.next = narrow(next);
    }
}
