//! The layout of bits: one bit a row, 512 rows a block, eight blocks a chunk.
//!
//! All bitmaps of a chunk lie side by side, so that a request which stops after the first chunk
//! has touched one small piece of memory, whatever the number of rows. Loops run over whole
//! blocks, which the compiler turns into vector instructions.

use std::ops::Range;

/// Words of one block.
pub(super) const BLOCK_WORDS: usize = 8;
/// Rows of one block: one cache line of bits.
pub(super) const BLOCK_ROWS: usize = BLOCK_WORDS * 64;
/// Blocks of one chunk.
pub(super) const CHUNK_BLOCKS: usize = 4;
/// Rows of one chunk.
pub(super) const CHUNK_ROWS: usize = CHUNK_BLOCKS * BLOCK_ROWS;

/// The bits of 512 rows.
pub(super) type Block = [u64; BLOCK_WORDS];

/// A count as it is stored; there are never more than 2^32 rows, offers or tokens.
pub(super) fn narrow(count: usize) -> u32 {
    u32::try_from(count).expect("an index has fewer than 2^32 rows and values")
}

/// Some blocks in a row, all of one chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    /// The first block.
    pub(super) first: usize,
    /// How many, at most [`CHUNK_BLOCKS`].
    pub(super) blocks: usize,
}

impl Window {
    /// Its rows.
    pub(super) fn rows(self) -> Range<u32> {
        narrow(self.first * BLOCK_ROWS)..narrow((self.first + self.blocks) * BLOCK_ROWS)
    }
}

/// Bitmaps over the same rows, by number.
#[derive(Debug)]
pub(super) struct Bitmaps {
    blocks: Vec<Block>,
    /// How many bitmaps.
    count: usize,
    /// Blocks of each.
    height: usize,
}

impl Bitmaps {
    /// All bits off.
    pub(super) fn new(count: usize, height: usize) -> Self {
        Self {
            blocks: vec![[0; BLOCK_WORDS]; count * height],
            count,
            height,
        }
    }

    /// What of them lies in a window.
    pub(super) fn pane(&self, window: Window) -> Pane<'_> {
        let chunk = window.first / CHUNK_BLOCKS;
        let width = self.width(chunk);
        let start = chunk * CHUNK_BLOCKS * self.count;
        Pane {
            blocks: &self.blocks[start..start + width * self.count],
            width,
            skip: window.first % CHUNK_BLOCKS,
            take: window.blocks,
        }
    }

    fn width(&self, chunk: usize) -> usize {
        CHUNK_BLOCKS.min(self.height - chunk * CHUNK_BLOCKS)
    }

    fn word(&mut self, bitmap: u32, row: u32) -> &mut u64 {
        let block = row as usize / BLOCK_ROWS;
        let chunk = block / CHUNK_BLOCKS;
        let start = chunk * CHUNK_BLOCKS * self.count + bitmap as usize * self.width(chunk);
        &mut self.blocks[start + block % CHUNK_BLOCKS][row as usize / 64 % BLOCK_WORDS]
    }

    /// Turns a bit on.
    pub(super) fn set(&mut self, bitmap: u32, row: u32) {
        *self.word(bitmap, row) |= 1 << (row % 64);
    }

    /// Turns a bit off.
    pub(super) fn clear(&mut self, bitmap: u32, row: u32) {
        *self.word(bitmap, row) &= !(1 << (row % 64));
    }

    /// Gives one bitmap the bits of `blocks`.
    pub(super) fn fill(&mut self, bitmap: u32, blocks: &[Block]) {
        for (chunk, part) in blocks.chunks(CHUNK_BLOCKS).enumerate() {
            let start = chunk * CHUNK_BLOCKS * self.count + bitmap as usize * self.width(chunk);
            self.blocks[start..start + part.len()].copy_from_slice(part);
        }
    }

    /// Gives the bitmaps of a range the bits of another, which lies before them.
    pub(super) fn spread(&mut self, from: u32, to: Range<u32>) {
        for chunk in 0..self.height.div_ceil(CHUNK_BLOCKS) {
            let width = self.width(chunk);
            let start = chunk * CHUNK_BLOCKS * self.count;
            let source = start + from as usize * width;
            for bitmap in to.clone() {
                let target = start + bitmap as usize * width;
                self.blocks.copy_within(source..source + width, target);
            }
        }
    }

    /// Bytes on the heap.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(self.blocks.as_slice())
    }
}

/// All bitmaps in one window.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pane<'a> {
    blocks: &'a [Block],
    width: usize,
    skip: usize,
    take: usize,
}

impl<'a> Pane<'a> {
    /// One of them.
    pub(super) fn of(&self, bitmap: u32) -> &'a [Block] {
        &self.blocks[bitmap as usize * self.width + self.skip..][..self.take]
    }
}

/// Keeps the bits that are also in `other`; says whether any are left.
pub(super) fn keep(bits: &mut [Block], other: &[Block]) -> bool {
    let mut left = [0; BLOCK_WORDS];
    for (bits, other) in bits.iter_mut().zip(other) {
        for word in 0..BLOCK_WORDS {
            bits[word] &= other[word];
            left[word] |= bits[word];
        }
    }
    left != [0; BLOCK_WORDS]
}

/// Keeps the bits that are in one of two others; says whether any are left.
pub(super) fn keep_either(bits: &mut [Block], one: &[Block], other: &[Block]) -> bool {
    let mut left = [0; BLOCK_WORDS];
    for ((bits, one), other) in bits.iter_mut().zip(one).zip(other) {
        for word in 0..BLOCK_WORDS {
            bits[word] &= one[word] | other[word];
            left[word] |= bits[word];
        }
    }
    left != [0; BLOCK_WORDS]
}

/// Adds the bits of `other`.
pub(super) fn add(bits: &mut [Block], other: &[Block]) {
    for (bits, other) in bits.iter_mut().zip(other) {
        for word in 0..BLOCK_WORDS {
            bits[word] |= other[word];
        }
    }
}

/// Takes the bits of `other` away.
pub(super) fn remove(bits: &mut [Block], other: &[Block]) {
    for (bits, other) in bits.iter_mut().zip(other) {
        for word in 0..BLOCK_WORDS {
            bits[word] &= !other[word];
        }
    }
}

/// How many bits are on in both.
pub(super) fn count_common(bits: &[Block], mask: &[Block]) -> u32 {
    let mut count = 0;
    for (bits, mask) in bits.iter().zip(mask) {
        for word in 0..BLOCK_WORDS {
            count += (bits[word] & mask[word]).count_ones();
        }
    }
    count
}

/// Whether the bit of a row is on, counted from the first row of `bits`.
pub(super) fn has(bits: &[Block], row: usize) -> bool {
    bits[row / BLOCK_ROWS][row / 64 % BLOCK_WORDS] >> (row % 64) & 1 == 1
}

/// Turns the bit of a row on, counted from the first row of `bits`.
pub(super) fn set(bits: &mut [Block], row: usize) {
    bits[row / BLOCK_ROWS][row / 64 % BLOCK_WORDS] |= 1 << (row % 64);
}

/// Turns the bit of a row off, counted from the first row of `bits`.
pub(super) fn clear(bits: &mut [Block], row: usize) {
    bits[row / BLOCK_ROWS][row / 64 % BLOCK_WORDS] &= !(1 << (row % 64));
}

/// Turns off all bits outside of some rows.
pub(super) fn clear_outside(bits: &mut [Block], rows: Range<usize>) {
    for (place, word) in bits.as_flattened_mut().iter_mut().enumerate() {
        let from = rows.start.saturating_sub(place * 64).min(64);
        let to = rows.end.saturating_sub(place * 64).min(64);
        *word &= below(to) & !below(from);
    }
}

/// The first bit that is on from `row` to before `end`.
pub(super) fn next(bits: &[Block], row: usize, end: usize) -> Option<usize> {
    let words = bits.as_flattened();
    let mut place = row / 64;
    let mut word = *words.get(place)? & !below(row % 64);
    while word == 0 {
        place += 1;
        if place * 64 >= end {
            return None;
        }
        word = *words.get(place)?;
    }
    let found = place * 64 + word.trailing_zeros() as usize;
    (found < end).then_some(found)
}

/// Calls back for each bit that is on in a range of rows, from the first to the last.
pub(super) fn for_each(bits: &[Block], rows: Range<usize>, mut call: impl FnMut(usize)) {
    let words = rows.start / 64..rows.end.div_ceil(64);
    let first = words.start;
    for (place, word) in (first..).zip(&bits.as_flattened()[words]) {
        let mut word = *word;
        if place == first {
            word &= !below(rows.start % 64);
        }
        word &= below(rows.end - place * 64);
        while word != 0 {
            call(place * 64 + word.trailing_zeros() as usize);
            word &= word - 1;
        }
    }
}

/// The lowest `count` bits, 64 at most.
const fn below(count: usize) -> u64 {
    if count >= 64 {
        u64::MAX
    } else {
        (1 << count) - 1
    }
}
