//! Which events were seen of which ad: exact, with one bit for each kind and no hashing of events.
//!
//! The ids of served ads are dense, so what was seen of [`PAGE_ADS`] neighbours is one array of
//! masks. Pages are made when the first event for them comes, and are forgotten, lowest ids first,
//! when the tokens of their ads have expired. A forgotten page never comes back: later events for
//! it are refused, so that not even a clock that jumped can make one count twice.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::crc;
use crate::model::{Event, EventKind, ServedAdId, Timestamp};

/// Served ads of one page.
pub const PAGE_ADS: usize = 1 << PAGE_BITS;
const PAGE_BITS: u32 = 12;
/// Bytes of a packed page: checksum, latest decision, masks.
const PAGE_BYTES: usize = 4 + 8 + PAGE_ADS * size_of::<u32>();

/// Names a page: all bits of a served-ad id but the lowest 12.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct PageKey(pub u64);

impl PageKey {
    /// The page of an ad.
    pub const fn of(id: ServedAdId) -> Self {
        Self(id.get() >> PAGE_BITS)
    }
}

/// What the book says to an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Not seen before; it is noted now.
    Fresh,
    /// Seen before.
    Duplicate,
    /// About an ad of a forgotten page: nobody can say whether it was seen.
    Forgotten,
}

/// What was seen of [`PAGE_ADS`] ads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    masks: Box<[u32; PAGE_ADS]>,
    /// The latest decision of an ad that an event came for.
    decided_last: Timestamp,
    /// Whether it changed since it was last kept.
    dirty: bool,
}

/// Why stored bytes are not a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a page of seen events is damaged")]
pub struct PageError;

impl Page {
    fn new() -> Self {
        Self {
            masks: Box::new([0; PAGE_ADS]),
            decided_last: Timestamp::default(),
            dirty: false,
        }
    }

    /// The page as bytes, little endian: CRC-32C of the rest, latest decision, masks.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(PAGE_BYTES);
        bytes.extend([0; 4]);
        bytes.extend(self.decided_last.millis().to_le_bytes());
        for mask in self.masks.iter() {
            bytes.extend(mask.to_le_bytes());
        }
        let (sum, body) = bytes.split_at_mut(4);
        sum.copy_from_slice(&crc(body).to_le_bytes());
        bytes
    }

    /// Reads what [`Page::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PageError> {
        let (sum, body) = bytes.split_first_chunk().ok_or(PageError)?;
        let (decided_last, masks) = body.split_first_chunk().ok_or(PageError)?;
        if bytes.len() != PAGE_BYTES || crc(body) != u32::from_le_bytes(*sum) {
            return Err(PageError);
        }
        let mut page = Self::new();
        let (words, _none) = masks.as_chunks();
        for (mask, word) in page.masks.iter_mut().zip(words) {
            *mask = u32::from_le_bytes(*word);
        }
        page.decided_last = Timestamp::from_millis(i64::from_le_bytes(*decided_last));
        Ok(page)
    }
}

/// What was seen of all ads that may still report.
#[derive(Debug, Default)]
pub struct Book {
    pages: BTreeMap<PageKey, Page>,
    /// Pages below this one are forgotten.
    floor: PageKey,
}

impl Book {
    /// A book that has forgotten every page below `floor`.
    pub fn new(floor: PageKey) -> Self {
        Self {
            pages: BTreeMap::new(),
            floor,
        }
    }

    /// Puts a kept page back.
    pub fn restore(&mut self, key: PageKey, page: Page) {
        self.pages.insert(key, page);
    }

    /// Notes an event unless it was noted before.
    pub fn apply(&mut self, event: &Event) -> Verdict {
        let key = PageKey::of(event.ad.id);
        if key < self.floor {
            return Verdict::Forgotten;
        }
        let page = self.pages.entry(key).or_insert_with(Page::new);
        let Some(mask) = page.masks.get_mut(slot(event.ad.id)) else {
            return Verdict::Forgotten;
        };
        let bit = event.kind.bit();
        if *mask & bit != 0 {
            return Verdict::Duplicate;
        }
        *mask |= bit;
        page.dirty = true;
        page.decided_last = page.decided_last.max(event.ad.decided_at);
        Verdict::Fresh
    }

    /// Whether an event of this kind was noted for an ad; none when its page is forgotten.
    pub fn has_seen(&self, id: ServedAdId, kind: EventKind) -> Option<bool> {
        let key = PageKey::of(id);
        if key < self.floor {
            return None;
        }
        let page = self.pages.get(&key);
        let mask = page.and_then(|page| page.masks.get(slot(id)));
        Some(mask.is_some_and(|mask| mask & kind.bit() != 0))
    }

    /// Takes back an event that [`Book::apply`] called fresh, because it could not be kept.
    pub fn undo(&mut self, event: &Event) {
        let page = self.pages.get_mut(&PageKey::of(event.ad.id));
        if let Some(mask) = page.and_then(|page| page.masks.get_mut(slot(event.ad.id))) {
            *mask &= !event.kind.bit();
        }
    }

    /// The pages that changed since [`Book::mark_kept`], by key.
    pub fn dirty(&self) -> impl Iterator<Item = (PageKey, &Page)> {
        self.pages
            .iter()
            .filter(|(_key, page)| page.dirty)
            .map(|(&key, page)| (key, page))
    }

    /// Says that all pages are kept as they are now.
    pub fn mark_kept(&mut self) {
        for page in self.pages.values_mut() {
            page.dirty = false;
        }
    }

    /// The page below which nothing can be reported any more, when only ads that were decided
    /// within `alive` can. Changes nothing yet: [`Book::forget`] does.
    ///
    /// What was seen of a page does not say how young its other ads are. But ids are given out
    /// in the order of time: of a page whose ads are too old, all pages below are too old, and
    /// nothing more is known. It stops at the first page that is alive, so that a clock that is
    /// behind for a while costs nothing, and passes those of the future, which a clock left
    /// behind that was ahead.
    pub fn floor_at(&self, alive: &RangeInclusive<Timestamp>) -> PageKey {
        let mut floor = self.floor;
        for (&key, page) in &self.pages {
            if page.decided_last < *alive.start() {
                floor = key.max(floor);
            } else if alive.contains(&page.decided_last) {
                break;
            }
        }
        floor
    }

    /// Forgets every page below `floor`, for good.
    pub fn forget(&mut self, floor: PageKey) {
        if floor > self.floor {
            self.pages = self.pages.split_off(&floor);
            self.floor = floor;
        }
    }

    /// Pages below this one are forgotten.
    pub const fn floor(&self) -> PageKey {
        self.floor
    }

    /// How many pages are held in memory.
    pub fn pages(&self) -> usize {
        self.pages.len()
    }
}

/// The place of an ad in its page.
const fn slot(id: ServedAdId) -> usize {
    id.sequence() as usize & (PAGE_ADS - 1)
}
