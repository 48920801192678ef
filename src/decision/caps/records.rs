//! The counts of one viewer, packed: what is stored of them, byte by byte.
//!
//! Everything is a word of 48 bits, little endian. A record is a header and its instants, oldest
//! first, all different: header = counter (34 bits), class of the horizon (4), number of instants
//! (10). Eleven impressions under four or five caps are about 93 bytes.

use super::CapCounter;
use super::counter::Packed;
use crate::model::cap::COUNT_MAX;
use crate::model::{Timestamp, ViewerKey};

pub(super) const WORD: usize = 6;
/// Most instants of one record.
pub(super) const LEN_MAX: u16 = (1 << 10) - 1;
const LEN_MASK: u64 = LEN_MAX as u64;
const CLASS_SHIFT: u32 = 10;
const COUNTER_SHIFT: u32 = 14;
/// Latest instant that a word holds, in the year 10889.
pub(super) const INSTANT_MAX: u64 = (1 << 48) - 1;

const _: () = assert!(COUNT_MAX < LEN_MAX && Packed::BITS + COUNTER_SHIFT <= 48);

/// How long an instant may matter, rounded up to one of sixteen classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Horizon(pub(super) u8);

impl Horizon {
    /// Hours of the classes. The longest is 90 days, which is the longest window.
    const HOURS: [u64; 16] = [
        1, 2, 3, 6, 12, 26, 50, 74, 98, 170, 340, 746, 1_080, 1_464, 1_800, 2_162,
    ];

    /// The smallest class over a number of seconds.
    pub fn over(seconds: u64) -> Self {
        let class = Self::HOURS
            .iter()
            .take_while(|&&hours| hours * 3_600 < seconds)
            .count();
        Self(u8::try_from(class.min(15)).unwrap_or(15))
    }

    /// From the number that stands for a class.
    pub fn from_class(class: u8) -> Option<Self> {
        (class < 16).then_some(Self(class))
    }

    /// The number that stands for the class, below 16.
    pub const fn class(self) -> u8 {
        self.0
    }

    pub(super) fn millis(self) -> u64 {
        Self::HOURS[usize::from(self.0 & 15)] * 3_600_000
    }
}

pub(super) fn word(bytes: &[u8]) -> u64 {
    // A fixed length is a load; what is cut short reads as a header without instants.
    let mut word = [0; 8];
    word[..WORD].copy_from_slice(bytes.first_chunk::<WORD>().unwrap_or(&[0; WORD]));
    u64::from_le_bytes(word)
}

pub(super) fn bytes_of(word: u64) -> [u8; WORD] {
    let mut bytes = [0; WORD];
    bytes.copy_from_slice(&word.to_le_bytes()[..WORD]);
    bytes
}

/// The instants of one count, oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ring<'a>(pub(super) &'a [u8]);

impl<'a> Ring<'a> {
    /// How many there are.
    pub const fn len(self) -> usize {
        self.0.len() / WORD
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// An instant as it is stored: milliseconds since 1970, at most what a word holds.
    pub fn instant(at: Timestamp) -> u64 {
        u64::try_from(at.millis()).unwrap_or(0).min(INSTANT_MAX)
    }

    /// The newest, if any.
    pub fn newest(self) -> Option<u64> {
        self.newest_but(0)
    }

    /// The one that `newer` others are newer than.
    pub fn newest_but(self, newer: usize) -> Option<u64> {
        let start = self.0.len().checked_sub((newer + 1) * WORD)?;
        Some(word(&self.0[start..]))
    }

    /// How many of the oldest fulfil what no younger one fulfils after one that does not.
    pub fn partition_point(self, is_before: impl Fn(u64) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if is_before(word(&self.0[middle * WORD..])) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// All instants, oldest first.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = u64> + 'a {
        self.0.chunks_exact(WORD).map(word)
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Header {
    pub(super) counter: Packed,
    pub(super) horizon: Horizon,
    pub(super) len: usize,
}

impl Header {
    pub(super) fn read(word: u64) -> Self {
        let class = (word >> CLASS_SHIFT) & 15;
        Self {
            counter: Packed(word >> COUNTER_SHIFT),
            horizon: Horizon(class.to_le_bytes()[0]),
            len: usize::try_from(word & LEN_MASK).unwrap_or(0),
        }
    }

    pub(super) fn word(self) -> u64 {
        (self.counter.0 << COUNTER_SHIFT)
            | (u64::from(self.horizon.0) << CLASS_SHIFT)
            | (self.len as u64 & LEN_MASK)
    }

    pub(super) fn bytes(self) -> usize {
        (self.len + 1) * WORD
    }
}

/// The counts of one viewer, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Records<'a>(&'a [u8]);

impl<'a> Records<'a> {
    /// Takes bytes that a `Draft` has made.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Whether bytes from outside are records: whole, in order, and each counter once.
    pub fn are_well_formed(bytes: &[u8]) -> bool {
        if Records(bytes).moved_to().is_some() {
            return true;
        }
        let mut rest = bytes;
        let mut seen = Vec::new();
        while !rest.is_empty() {
            if rest.len() < WORD {
                return false;
            }
            let header = Header::read(word(rest));
            let known = CapCounter::from_bits(header.counter.0).is_some();
            if !known || rest.len() < header.bytes() || seen.contains(&header.counter) {
                return false;
            }
            let ring = Ring(&rest[WORD..header.bytes()]);
            if ring.is_empty() || ring.iter().zip(ring.iter().skip(1)).any(|(a, b)| a >= b) {
                return false;
            }
            seen.push(header.counter);
            rest = &rest[header.bytes()..];
        }
        true
    }

    /// Whether nothing is counted.
    pub const fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// As bytes.
    pub const fn as_bytes(self) -> &'a [u8] {
        self.0
    }

    /// The instants of one count, which may be none; no ring for a counter that is not stored.
    pub fn ring(self, counter: CapCounter) -> Option<Ring<'a>> {
        let found = self.place(counter.pack()?);
        Some(found.map_or_else(Ring::default, |(start, header)| {
            Ring(&self.0[start + WORD..start + header.bytes()])
        }))
    }

    pub(super) fn place(self, packed: Packed) -> Option<(usize, Header)> {
        let mut start = 0;
        while start < self.0.len() {
            let header = Header::read(word(&self.0[start..]));
            if header.counter == packed {
                return Some((start, header));
            }
            start += header.bytes();
        }
        None
    }

    pub(super) fn each(self) -> impl Iterator<Item = (Header, Ring<'a>)> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let header = (!rest.is_empty()).then(|| Header::read(word(rest)))?;
            let (record, after) = rest.split_at(header.bytes().min(rest.len()));
            rest = after;
            Some((header, Ring(&record[WORD..])))
        })
    }

    /// All counts with how long they may matter.
    pub fn iter(self) -> impl Iterator<Item = (CapCounter, Horizon, Ring<'a>)> {
        self.each().filter_map(|(header, ring)| {
            Some((
                CapCounter::from_bits(header.counter.0)?,
                header.horizon,
                ring,
            ))
        })
    }

    /// A bit for each counter; see [`Records::may_hold`].
    pub(super) fn filter(self) -> u64 {
        self.each()
            .fold(0, |filter, (header, _ring)| filter | bit(header.counter))
    }

    /// Whether a counter may be among the records of a filter. What is not stored may, so that
    /// it is looked at and refused.
    pub(super) fn may_hold(filter: u64, counter: CapCounter) -> bool {
        counter
            .pack()
            .is_none_or(|packed| filter & bit(packed) != 0)
    }

    /// How many instants are counted.
    pub fn stamps(self) -> usize {
        self.each().map(|(_header, ring)| ring.len()).sum()
    }

    /// The newest instant of all counts, or that of the move.
    pub fn newest(self) -> u64 {
        let newest = self.each().filter_map(|(_header, ring)| ring.newest());
        newest.max().unwrap_or(0)
    }

    /// The key that the counts of this one went to, if they did.
    pub fn moved_to(self) -> Option<ViewerKey> {
        let header = Header::read(word(self.0));
        let moved = header.counter == Packed::MOVED && self.0.len() == 4 * WORD;
        moved.then(|| {
            let (low, high) = (word(&self.0[WORD..]), word(&self.0[2 * WORD..]));
            ViewerKey((high << 48) | low)
        })
    }
}

/// One bit of 64 for a counter, spread by Fibonacci hashing.
const fn bit(counter: Packed) -> u64 {
    1 << (counter.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 58)
}
