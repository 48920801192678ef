//! The eligibility index: which offers a request is meant for, in the order in which they are
//! considered, without looking at most of them.
//!
//! Offers are sorted by tier and static value and get one bit for each of their rules (`rows`).
//! For each value that any rule names there are the rows that want it and the rows that refuse it
//! (`fields`, `build`), as bitmaps or, where they are few, as lists. A request is looked up once
//! (`ask`); then 4,096 rows at a time are what is left after one AND for each dimension (`scan`).
//! Candidates are pulled one by one (`order`), so that a request which is content with the best
//! costs the same whatever the number of offers.

mod ask;
mod bits;
mod build;
mod chance;
mod fields;
mod live;
mod order;
mod pool;
mod queue;
mod read;
mod rows;
mod scan;
mod spans;
mod tally;
mod week;
mod words;

#[cfg(test)]
mod tests;

pub use fields::{DIMENSIONS, dimension_number};
pub use live::LiveBits;
pub use order::{Candidate, Candidates, Scratch};
pub use tally::Tally;

use super::Roll;
use crate::model::targeting::Subject;
use crate::model::{Targeting, Tier};
use fields::{Field, Value};
use rows::Rows;
use spans::Line;
use week::Week;
use words::Words;

/// One offer as the index sees it.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// Rank class.
    pub tier: Tier,
    /// Static rank inside the tier: the higher, the earlier.
    pub value: i64,
    /// Share among equals of one tier and value, 1 to 1,000,000.
    pub weight: u32,
    /// For whom and when.
    pub targeting: &'a Targeting,
}

/// Offers by what they target. Immutable; [`LiveBits`] beside it are not.
#[derive(Debug)]
pub struct Index {
    rows: Rows,
    bits: bits::Bitmaps,
    words: Words,
    /// Rows of values that few rows name, list after list.
    lists: Vec<u32>,
    values: Vec<Value>,
    fields: Vec<Field>,
    /// Ages and incomes, each with its field.
    lines: [(usize, Line); 2],
    /// Of the tenant and of the viewer.
    weeks: [Week; 2],
    /// The value of the first word.
    first_word: u32,
    /// Where the values of lines and weeks begin.
    first_values: read::FirstValues,
}

/// One question to an index.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// Who asks, and when.
    pub subject: &'a Subject<'a>,
    /// The dice for the order among equals.
    pub roll: Roll,
    /// Which offers rest; made by the same index.
    pub live: &'a LiveBits,
    /// Whether reasons are counted.
    pub counting: Counting,
}

/// Whether reasons are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// [`Candidates::tally`] says what became of every offer.
    On,
    /// It says nothing of use.
    Off,
}

impl Index {
    /// The index of some offers. They may come in any order; everything that is said of them
    /// names them by their place in this list.
    pub fn build(entries: &[Entry<'_>]) -> Self {
        build::build(entries)
    }

    /// Bits for this index, every offer awake.
    pub fn live_bits(&self) -> LiveBits {
        LiveBits::of(self)
    }

    /// The offers a request is meant for, from the first to the last, pulled one by one.
    pub fn candidates<'a>(&'a self, ask: &Ask<'a>, scratch: &'a mut Scratch) -> Candidates<'a> {
        Candidates::new(self, ask, scratch)
    }

    /// How many offers there are.
    pub fn offers(&self) -> usize {
        self.rows.offers()
    }

    /// Bytes on the heap, without [`LiveBits`].
    pub fn bytes(&self) -> usize {
        let lines: usize = self.lines.iter().map(|(_field, line)| line.bytes()).sum();
        let weeks: usize = self.weeks.iter().map(Week::bytes).sum();
        self.rows.bytes()
            + self.bits.bytes()
            + self.words.bytes()
            + size_of_val(self.lists.as_slice())
            + size_of_val(self.values.as_slice())
            + size_of_val(self.fields.as_slice())
            + lines
            + weeks
    }

    /// The rows of the offer at a place of the list; none when there is no such place.
    fn rows_at(&self, place: u32) -> impl Iterator<Item = u32> + '_ {
        let offer = self.rows.offer_at(place);
        offer
            .into_iter()
            .flat_map(|offer| self.rows.of_offer(offer))
    }
}
