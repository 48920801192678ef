//! Every word of the rules once, found by one hash.

use super::bits::narrow;

/// A space of words: the same word in two of them is two words.
pub(super) type Space = u32;

/// Words by number, in the order in which they came.
#[derive(Debug)]
pub(super) struct Words {
    /// Open addressing, a power of two, at most half full: hash in the upper, number + 1 in the
    /// lower half.
    slots: Vec<u64>,
    entries: Vec<Entry>,
    text: Vec<u8>,
}

#[derive(Debug)]
struct Entry {
    space: Space,
    from: u32,
    to: u32,
}

const SLOTS_MIN: usize = 16;

impl Words {
    /// None.
    pub(super) fn new() -> Self {
        Self {
            slots: vec![0; SLOTS_MIN],
            entries: Vec::new(),
            text: Vec::new(),
        }
    }

    /// The number of a word, if it is known.
    pub(super) fn find(&self, space: Space, word: &[u8]) -> Option<u32> {
        self.probe(hash(space, word), space, word).ok()
    }

    /// The number of a word, which is known from now on.
    pub(super) fn intern(&mut self, space: Space, word: &[u8]) -> u32 {
        let hash = hash(space, word);
        let place = match self.probe(hash, space, word) {
            Ok(number) => return number,
            Err(place) => place,
        };
        let number = narrow(self.entries.len());
        let from = narrow(self.text.len());
        self.text.extend_from_slice(word);
        self.entries.push(Entry {
            space,
            from,
            to: narrow(self.text.len()),
        });
        self.slots[place] = u64::from(hash) << 32 | u64::from(number + 1);
        if self.entries.len() * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    /// The number of a word, or the slot where it would stand.
    fn probe(&self, hash: u32, space: Space, word: &[u8]) -> Result<u32, usize> {
        let mask = self.slots.len() - 1;
        let mut place = hash as usize & mask;
        loop {
            let slot = self.slots[place];
            if slot == 0 {
                return Err(place);
            }
            if slot >> 32 == u64::from(hash) {
                let number = (slot & u64::from(u32::MAX)) - 1;
                let number = u32::try_from(number).expect("32 bits were left");
                let entry = &self.entries[number as usize];
                let known = &self.text[entry.from as usize..entry.to as usize];
                if entry.space == space && same(known, word) {
                    return Ok(number);
                }
            }
            place = (place + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        let mut slots = vec![0; mask + 1];
        for &slot in self.slots.iter().filter(|&&slot| slot != 0) {
            let hash = u32::try_from(slot >> 32).expect("32 bits were left");
            let mut place = hash as usize & mask;
            while slots[place] != 0 {
                place = (place + 1) & mask;
            }
            slots[place] = slot;
        }
        self.slots = slots;
    }

    /// Gives back what was set aside for more.
    pub(super) fn shrink(&mut self) {
        self.entries.shrink_to_fit();
        self.text.shrink_to_fit();
    }

    /// Bytes on the heap.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(self.slots.as_slice()) + size_of_val(self.entries.as_slice()) + self.text.len()
    }
}

/// Folded multiplication over eight bytes at a time. It need not withstand an attack: only an
/// operator's words are stored, a request's words are merely looked for.
fn hash(space: Space, word: &[u8]) -> u32 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut state = mix(
        u64::from(space) ^ ODD,
        word.len() as u64 ^ ODD.rotate_left(32),
    );
    if let Some(last) = word.last_chunk::<8>() {
        let (wholes, _rest) = word.as_chunks::<8>();
        for whole in wholes {
            state = mix(state ^ u64::from_le_bytes(*whole), ODD);
        }
        state = mix(state ^ u64::from_le_bytes(*last), ODD);
    } else {
        state = mix(state ^ short(word), ODD);
    }
    u32::try_from(state >> 32).expect("32 bits were left")
}

/// All bytes of a word of fewer than eight.
fn short(word: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (word.first_chunk::<4>(), word.last_chunk::<4>()) {
        return u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last));
    }
    match word {
        [one, two, three] => u64::from(u32::from_le_bytes([*one, *two, *three, 0])),
        [one, two] => u64::from(u16::from_le_bytes([*one, *two])),
        [one] => u64::from(*one),
        _ => 0,
    }
}

/// Whether two words are one; most are so short that a call would cost more than the comparison.
fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    match (one.last_chunk::<8>(), other.last_chunk::<8>()) {
        (Some(last), Some(other_last)) => {
            last == other_last && one.as_chunks::<8>().0 == other.as_chunks::<8>().0
        }
        _ => short(one) == short(other),
    }
}

fn mix(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    let low = u64::try_from(product & u128::from(u64::MAX)).expect("64 bits were left");
    let high = u64::try_from(product >> 64).expect("64 bits were left");
    low ^ high
}
