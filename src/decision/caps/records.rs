//! The counts of one viewer, packed: what is stored of them, byte by byte.
//!
//! Everything is a word of 48 bits, little endian. A record is a header and its instants, oldest
//! first, all different: header = counter (34 bits), class of the horizon (4), number of instants
//! (10). Eleven impressions under four or five caps are about 93 bytes.

use super::counter::Packed;
use super::{Bounds, CapCounter};
use crate::model::cap::COUNT_MAX;
use crate::model::{Timestamp, ViewerKey};

const WORD: usize = 6;
const LEN_MASK: u64 = (1 << 10) - 1;
const CLASS_SHIFT: u32 = 10;
const COUNTER_SHIFT: u32 = 14;
/// Latest instant that a word holds, in the year 10889.
const INSTANT_MAX: u64 = (1 << 48) - 1;

const _: () = assert!(COUNT_MAX as u64 <= LEN_MASK && Packed::BITS + COUNTER_SHIFT <= 48);

/// How long an instant may matter, rounded up to one of sixteen classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Horizon(u8);

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

    fn millis(self) -> u64 {
        Self::HOURS[usize::from(self.0 & 15)] * 3_600_000
    }
}

fn word(bytes: &[u8]) -> u64 {
    let mut word = [0; 8];
    let len = bytes.len().min(WORD);
    word[..len].copy_from_slice(&bytes[..len]);
    u64::from_le_bytes(word)
}

fn bytes_of(word: u64) -> [u8; WORD] {
    let mut bytes = [0; WORD];
    bytes.copy_from_slice(&word.to_le_bytes()[..WORD]);
    bytes
}

/// The instants of one count, oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ring<'a>(&'a [u8]);

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
struct Header {
    counter: Packed,
    horizon: Horizon,
    len: usize,
}

impl Header {
    fn read(word: u64) -> Self {
        let class = (word >> CLASS_SHIFT) & 15;
        Self {
            counter: Packed(word >> COUNTER_SHIFT),
            horizon: Horizon(class.to_le_bytes()[0]),
            len: usize::try_from(word & LEN_MASK).unwrap_or(0),
        }
    }

    fn word(self) -> u64 {
        (self.counter.0 << COUNTER_SHIFT)
            | (u64::from(self.horizon.0) << CLASS_SHIFT)
            | (self.len as u64 & LEN_MASK)
    }

    fn bytes(self) -> usize {
        (self.len + 1) * WORD
    }
}

/// The counts of one viewer, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Records<'a>(&'a [u8]);

impl<'a> Records<'a> {
    /// Takes bytes that a [`Draft`] has made.
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

    fn place(self, packed: Packed) -> Option<(usize, Header)> {
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

    fn each(self) -> impl Iterator<Item = (Header, Ring<'a>)> {
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

/// The counts of one viewer, being changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft(Vec<u8>);

impl Draft {
    /// A copy of what is stored, with room for some more.
    pub fn of(records: Records<'_>) -> Self {
        let mut bytes = Vec::with_capacity(records.0.len() + 8 * WORD);
        bytes.extend_from_slice(records.0);
        Self(bytes)
    }

    /// What is left behind by counts that went to another key at `at`.
    pub fn moved(to: ViewerKey, at: Timestamp) -> Self {
        let header = Header {
            counter: Packed::MOVED,
            horizon: Horizon(0),
            len: 3,
        };
        let words = [
            header.word(),
            to.0 & INSTANT_MAX,
            to.0 >> 48,
            Ring::instant(at),
        ];
        Self(words.into_iter().flat_map(bytes_of).collect())
    }

    /// As it would be stored.
    pub fn records(&self) -> Records<'_> {
        Records(&self.0)
    }

    /// Adds an instant to a count: `at`, or right after the newest if that is not earlier. Keeps
    /// the newest `keep`, of which at least the new one. Answers the instant that was added; none
    /// when the counter cannot be stored or time is at its end.
    pub fn stamp(
        &mut self,
        counter: CapCounter,
        bounds: Bounds,
        at: Timestamp,
    ) -> Option<Timestamp> {
        let newest = self.records().ring(counter)?.newest();
        let at = newest.map_or(Ring::instant(at), |newest| {
            Ring::instant(at).max(newest + 1)
        });
        if at > INSTANT_MAX {
            return None;
        }
        self.put(counter.pack()?, bounds, at);
        Some(Timestamp::from_millis(at.cast_signed()))
    }

    /// Adds exactly this instant, unless it is there already.
    pub fn restore(&mut self, counter: CapCounter, bounds: Bounds, at: Timestamp) {
        if let Some(packed) = counter.pack() {
            self.put(packed, bounds, Ring::instant(at));
        }
    }

    fn put(&mut self, packed: Packed, bounds: Bounds, at: u64) {
        let Bounds { keep, horizon } = bounds;
        let keep = usize::from(keep.clamp(1, COUNT_MAX));
        let Some((start, mut header)) = self.records().place(packed) else {
            let header = Header {
                counter: packed,
                horizon,
                len: 1,
            };
            self.0.extend(bytes_of(header.word()));
            self.0.extend(bytes_of(at));
            return;
        };
        let first = start + WORD;
        let ring = Ring(&self.0[first..start + header.bytes()]);
        let place = ring.partition_point(|other| other < at);
        let there = ring.iter().nth(place) == Some(at);
        if !there {
            let place = first + place * WORD;
            self.0.splice(place..place, bytes_of(at));
            header.len += 1;
        }
        let surplus = header.len.saturating_sub(keep);
        self.0.drain(first..first + surplus * WORD);
        header.len -= surplus;
        header.horizon = header.horizon.max(horizon);
        self.set_header(start, header);
    }

    fn set_header(&mut self, start: usize, header: Header) {
        self.0[start..start + WORD].copy_from_slice(&bytes_of(header.word()));
    }

    /// Removes one instant from a count. Answers whether it was there.
    #[must_use]
    pub fn remove(&mut self, counter: CapCounter, at: Timestamp) -> bool {
        let at = Ring::instant(at);
        let found = counter
            .pack()
            .and_then(|packed| self.records().place(packed));
        let Some((start, mut header)) = found else {
            return false;
        };
        let ring = Ring(&self.0[start + WORD..start + header.bytes()]);
        let place = ring.partition_point(|other| other < at);
        if ring.iter().nth(place) != Some(at) {
            return false;
        }
        if header.len == 1 {
            self.0.drain(start..start + header.bytes());
            return true;
        }
        let gone = start + (place + 1) * WORD;
        self.0.drain(gone..gone + WORD);
        header.len -= 1;
        self.set_header(start, header);
        true
    }

    /// Adds everything that is counted under another key of the same viewer. An instant that both
    /// have is the same impression.
    pub fn union(&mut self, other: Records<'_>) {
        for (header, ring) in other.each() {
            let bounds = Bounds {
                keep: COUNT_MAX,
                horizon: header.horizon,
            };
            for at in ring.iter() {
                self.put(header.counter, bounds, at);
            }
        }
    }

    /// Drops the instants that are outside every window of their cap.
    pub fn expire(&mut self, now: Timestamp) {
        let now = Ring::instant(now);
        let mut start = 0;
        while start < self.0.len() {
            let mut header = Header::read(word(&self.0[start..]));
            let end = start + header.bytes();
            let ring = Ring(&self.0[start + WORD..end]);
            let over = over(header, ring, now);
            if over == header.len {
                self.0.drain(start..end);
                continue;
            }
            if over > 0 {
                self.0.drain(start + WORD..start + (over + 1) * WORD);
                header.len -= over;
                self.set_header(start, header);
            }
            start += header.bytes();
        }
    }
}

/// How many of the oldest instants matter no more.
fn over(header: Header, ring: Ring<'_>, now: u64) -> usize {
    let is_over = |at: u64| at + header.horizon.millis() <= now;
    // What is counted by the sitting matters as a whole, for as long as its newest does; a move
    // has its instant last.
    if header.is_whole() {
        let newest = ring.newest().unwrap_or(0);
        return if is_over(newest) { ring.len() } else { 0 };
    }
    ring.partition_point(is_over)
}

impl Header {
    fn is_whole(self) -> bool {
        let by_session = CapCounter::from_bits(self.counter.0)
            .is_some_and(|counter| counter.scope == crate::model::CapScope::Session);
        by_session || self.counter == Packed::MOVED
    }
}
