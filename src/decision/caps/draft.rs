//! The counts of one viewer, being changed: byte by byte, in the form that is stored.

use super::counter::Packed;
use super::records::{Header, INSTANT_MAX, LEN_MAX, WORD, bytes_of, word};
use super::{Bounds, CapCounter, Horizon, Records, Ring};
use crate::model::{CapScope, Timestamp, ViewerKey};

/// The counts of one viewer, being changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft(Vec<u8>);

impl Draft {
    /// A copy of what is stored, with room for some more.
    pub fn of(records: Records<'_>) -> Self {
        let mut bytes = Vec::with_capacity(records.as_bytes().len() + 8 * WORD);
        bytes.extend_from_slice(records.as_bytes());
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
        Records::new(&self.0)
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
        let packed = counter.pack()?;
        let found = self.records().place(packed);
        let newest = found.and_then(|(start, header)| self.ring_at(start, header).newest());
        let at = newest.map_or(Ring::instant(at), |newest| {
            Ring::instant(at).max(newest + 1)
        });
        if at > INSTANT_MAX {
            return None;
        }
        self.put(packed, found, bounds, at);
        Some(Timestamp::from_millis(at.cast_signed()))
    }

    /// Adds exactly this instant, unless it is there already.
    ///
    /// Nothing is dropped for it: what is replayed may be released later in the log, and then
    /// what it had displaced would be missing. The next [`Draft::stamp`] keeps what is needed.
    pub fn restore(&mut self, counter: CapCounter, horizon: Horizon, at: Timestamp) {
        let bounds = Bounds {
            keep: LEN_MAX,
            horizon,
        };
        if let Some(packed) = counter.pack() {
            let found = self.records().place(packed);
            self.put(packed, found, bounds, Ring::instant(at));
        }
    }

    fn ring_at(&self, start: usize, header: Header) -> Ring<'_> {
        Ring(&self.0[start + WORD..start + header.bytes()])
    }

    /// Adds an instant to the record that was found at a place, or to a new one at the end.
    fn put(&mut self, packed: Packed, found: Option<(usize, Header)>, bounds: Bounds, at: u64) {
        let Bounds { keep, horizon } = bounds;
        let keep = usize::from(keep.clamp(1, LEN_MAX));
        let Some((start, mut header)) = found else {
            let header = Header {
                counter: packed,
                horizon,
                len: 1,
            };
            self.0.extend_from_slice(&bytes_of(header.word()));
            self.0.extend_from_slice(&bytes_of(at));
            return;
        };
        let first = start + WORD;
        let ring = self.ring_at(start, header);
        let place = if ring.newest().is_some_and(|newest| newest < at) {
            header.len
        } else {
            ring.partition_point(|other| other < at)
        };
        if ring.iter().nth(place) != Some(at) {
            self.insert(first + place * WORD, at);
            header.len += 1;
        }
        let surplus = header.len.saturating_sub(keep);
        self.delete(first, surplus * WORD);
        header.len -= surplus;
        header.horizon = header.horizon.max(horizon);
        self.set_header(start, header);
    }

    /// Makes room for one word and writes it: far cheaper than the general splice.
    fn insert(&mut self, place: usize, word: u64) {
        let end = self.0.len();
        self.0.extend_from_slice(&[0; WORD]);
        self.0.copy_within(place..end, place + WORD);
        self.0[place..place + WORD].copy_from_slice(&bytes_of(word));
    }

    fn delete(&mut self, place: usize, len: usize) {
        if len > 0 {
            let end = self.0.len();
            self.0.copy_within(place + len..end, place);
            self.0.truncate(end - len);
        }
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
        let ring = self.ring_at(start, header);
        let place = ring.partition_point(|other| other < at);
        if ring.iter().nth(place) != Some(at) {
            return false;
        }
        if header.len == 1 {
            self.delete(start, header.bytes());
            return true;
        }
        self.delete(start + (place + 1) * WORD, WORD);
        header.len -= 1;
        self.set_header(start, header);
        true
    }

    /// Adds everything that is counted under another key of the same viewer. An instant that both
    /// have is the same impression.
    pub fn union(&mut self, other: Records<'_>) {
        for (header, ring) in other.each() {
            let bounds = Bounds {
                keep: LEN_MAX,
                horizon: header.horizon,
            };
            for at in ring.iter() {
                let found = self.records().place(header.counter);
                self.put(header.counter, found, bounds, at);
            }
        }
    }

    /// Drops the instants that are outside every window of their cap.
    pub fn expire(&mut self, now: Timestamp) {
        let now = Ring::instant(now);
        let mut start = 0;
        while start < self.0.len() {
            let mut header = Header::read(word(&self.0[start..]));
            let over = over(header, self.ring_at(start, header), now);
            if over == header.len {
                self.delete(start, header.bytes());
                continue;
            }
            if over > 0 {
                self.delete(start + WORD, over * WORD);
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
    if !ring.iter().next().is_some_and(is_over) {
        return 0;
    }
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
            .is_some_and(|counter| counter.scope == CapScope::Session);
        by_session || self.counter == Packed::MOVED
    }
}
