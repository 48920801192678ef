//! Hashing of what we number ourselves: nobody outside chooses it, so a multiplication for each
//! number is enough, a tenth of what a hash costs that withstands an attack.

use std::hash::{BuildHasherDefault, Hasher};

/// For maps by ids of ours. Never for what a request says.
pub type IdHash = BuildHasherDefault<IdHasher>;

/// 2^64 divided by the golden ratio, odd.
const ODD: u64 = 0x9e37_79b9_7f4a_7c15;

/// The state of one hash.
#[derive(Debug, Clone, Copy, Default)]
pub struct IdHasher(u64);

impl IdHasher {
    fn add(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(23) ^ number).wrapping_mul(ODD);
    }
}

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        // The upper bits of a product depend on all bits before, the lower ones on few.
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let mut number = [0; 8];
            number[..part.len()].copy_from_slice(part);
            self.add(u64::from_le_bytes(number));
        }
        self.add(bytes.len() as u64);
    }

    fn write_u8(&mut self, number: u8) {
        self.add(number.into());
    }

    fn write_u16(&mut self, number: u16) {
        self.add(number.into());
    }

    fn write_u32(&mut self, number: u32) {
        self.add(number.into());
    }

    fn write_u64(&mut self, number: u64) {
        self.add(number);
    }

    fn write_i64(&mut self, number: i64) {
        self.add(number.cast_unsigned());
    }

    fn write_isize(&mut self, number: isize) {
        self.add(number.cast_unsigned() as u64);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::hash::{BuildHasher as _, Hash};

    use super::*;

    /// How many of these share the bits that a table of so many slots looks at.
    fn crowd(keys: impl Iterator<Item = impl Hash>, slots: u64) -> usize {
        let mut crowd = vec![0; usize::try_from(slots).unwrap()];
        for key in keys {
            let slot = IdHash::default().hash_one(key) % slots;
            crowd[usize::try_from(slot).unwrap()] += 1;
        }
        crowd.into_iter().max().unwrap()
    }

    #[test]
    fn neighbouring_ids_are_spread() {
        assert!(crowd(0..4_096_u32, 4_096) < 12);
        assert!(crowd((0..4_096_u64).map(|id| id << 20), 4_096) < 12);
        let cells = (0..64_u32).flat_map(|one| (0..64_u32).map(move |two| (7_i64, one, Some(two))));
        assert!(crowd(cells, 4_096) < 12);
    }

    #[test]
    fn what_differs_hashes_differently() {
        let of = |key: (i64, u32, Option<u32>, &str)| IdHash::default().hash_one(key);
        let keys = [
            (0, 0, None, ""),
            (0, 0, Some(0), ""),
            (0, 1, Some(0), ""),
            (1, 0, Some(0), ""),
            (1, 0, Some(0), "a"),
            (1, 0, Some(0), "a\0"),
            (1, 0, Some(0), "longer than eight"),
        ];
        assert_eq!(HashSet::from(keys.map(of)).len(), keys.len());
    }
}
