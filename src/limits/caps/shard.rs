//! One map of viewers, behind one lock.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::decision::caps::{Draft, Records};
use crate::model::{Timestamp, ViewerKey};

/// What a viewer costs beside its block: a slot of a map that is two thirds full, and what the
/// allocator rounds up.
const VIEWER_OVERHEAD: usize = 48;
/// One in how many viewers is forgotten when there is no room.
const FORGET_ONE_IN: usize = 16;

/// Keys are keyed hashes already: mixing them is enough.
#[derive(Debug, Default)]
pub(super) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = mix(self.0 ^ u64::from(byte));
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = mix(key);
    }
}

/// Spreads small differences over all bits (the multiplier of Fibonacci hashing).
pub(super) const fn mix(key: u64) -> u64 {
    let product = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    product ^ (product >> 29)
}

/// Blocks of bytes by viewer key.
#[derive(Debug, Default)]
pub(super) struct Shard {
    viewers: HashMap<ViewerKey, Box<[u8]>, BuildHasherDefault<KeyHasher>>,
    /// Of the blocks alone.
    block_bytes: usize,
    forgotten: u64,
}

impl Shard {
    pub(super) fn records(&self, key: ViewerKey) -> Records<'_> {
        let block = self.viewers.get(&key);
        block.map_or_else(Records::default, |block| Records::new(block))
    }

    /// Stores the records of a key; nothing is stored of empty ones.
    pub(super) fn put(&mut self, key: ViewerKey, records: Records<'_>) {
        let bytes = records.as_bytes();
        if bytes.is_empty() {
            let gone = self.viewers.remove(&key);
            self.block_bytes -= gone.map_or(0, |block| block.len());
            return;
        }
        let block = self.viewers.entry(key).or_default();
        self.block_bytes -= block.len();
        self.block_bytes += bytes.len();
        if block.len() == bytes.len() {
            block.copy_from_slice(bytes);
        } else {
            *block = Box::from(bytes);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.viewers.len()
    }

    pub(super) fn bytes(&self) -> usize {
        self.block_bytes + self.viewers.len() * VIEWER_OVERHEAD
    }

    pub(super) const fn forgotten(&self) -> u64 {
        self.forgotten
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (ViewerKey, Records<'_>)> {
        let viewers = self.viewers.iter();
        viewers.map(|(&key, block)| (key, Records::new(block)))
    }

    /// Drops what matters no more. Answers of how many viewers that was all.
    pub(super) fn expire(&mut self, now: Timestamp) -> usize {
        let before = self.viewers.len();
        let mut bytes = 0;
        self.viewers.retain(|_key, block| {
            let mut draft = Draft::of(Records::new(block));
            draft.expire(now);
            let left = draft.records().as_bytes();
            if left.len() != block.len() {
                *block = Box::from(left);
            }
            bytes += left.len();
            !left.is_empty()
        });
        self.block_bytes = bytes;
        if self.viewers.capacity() > 64 && self.viewers.len() < self.viewers.capacity() / 4 {
            self.viewers.shrink_to_fit();
        }
        before - self.viewers.len()
    }

    /// Makes room when there is more than `bytes_max`: first what matters no more goes, then the
    /// viewers that saw nothing for the longest time. The newest always stays.
    pub(super) fn make_room(&mut self, bytes_max: usize, now: Timestamp) {
        if self.bytes() <= bytes_max {
            return;
        }
        self.expire(now);
        if self.bytes() <= bytes_max || self.viewers.len() < 2 {
            return;
        }
        let mut ages: Vec<_> = self
            .iter()
            .map(|(key, records)| (records.newest(), key))
            .collect();
        let count = (ages.len() / FORGET_ONE_IN).max(1);
        ages.select_nth_unstable(count);
        for &(_newest, key) in &ages[..count] {
            let moved = self.records(key).moved_to().is_some();
            self.put(key, Records::default());
            self.forgotten += u64::from(!moved);
        }
    }
}
