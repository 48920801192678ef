//! Floor 1: what counts. Pure folding of events into counts; the database is `store`.
//!
//! An event goes through three steps: the [`Book`] says whether it is new, the limits say what it
//! does to the budget (that makes it an [`Entry`]), and [`Postings`] fold entries into counts.
//! A batch of entries is kept as it is ([`encode`], [`decode`]), so that every count can be made
//! again from the entries alone.

mod book;
mod codec;
mod cut;
mod digest;
mod figures;
pub mod measure;
mod posting;
#[cfg(test)]
mod tests;
mod varint;

pub use book::{Book, PAGE_ADS, Page, PageError, PageKey, Verdict};
pub use codec::{CodecError, decode, encode};
pub use cut::{
    Cut, CutError, Cutting, DIMENSIONS_MAX, Dimension, Filter, GROUPS_MAX, GroupKey, Sums, Wanted,
};
pub use digest::{CellKey, Column, DIGEST_HOURS, Digest, Packed};
pub use figures::{Figures, Metric};
pub use posting::{Call, Cell, Hour, NoFillKey, Postings, Spending};

use crc_fast::{CrcAlgorithm, checksum};

use crate::model::zone::Day;
use crate::model::{Event, EventKind, Nanos, OrderId};

/// What an event did to the budget of its campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settlement {
    /// Whether it took one impression of the goal.
    pub unit: bool,
    /// What became of the charge.
    pub due: Due,
    /// The order that the same was settled in, and the day of it that a charge counts to.
    pub order: Option<(OrderId, Day)>,
}

/// What became of the charge of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Due {
    /// The event is not what the price buys.
    #[default]
    Nothing,
    /// It was charged to the budget, and to the budget of this day.
    Billed(Day),
    /// It came too late to find room in the budget, and is given away.
    Unbilled,
}

/// An accepted event: new, and settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The event.
    pub event: Event,
    /// What it did to the budget.
    pub settlement: Settlement,
}

impl Entry {
    /// What was charged for it.
    pub const fn charged(&self) -> Nanos {
        match self.settlement.due {
            Due::Billed(_day) => self.event.ad.charge,
            Due::Nothing | Due::Unbilled => Nanos::ZERO,
        }
    }
}

/// Whether this is the event that the price of its ad buys.
pub fn is_billable(event: &Event) -> bool {
    event.kind == event.ad.price_model.billable()
}

/// Whether this event moves a budget: it takes an impression of the goal, or is charged.
pub fn is_settled(event: &Event) -> bool {
    event.kind == EventKind::Impression || is_billable(event)
}

/// CRC-32C, over what is kept: a damaged disk must not change a count unnoticed.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the checksum of a 32-bit algorithm has 32 bits"
)]
fn crc(bytes: &[u8]) -> u32 {
    checksum(CrcAlgorithm::Crc32Iscsi, bytes) as u32
}
