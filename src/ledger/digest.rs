//! The counts of a tenant in up to a day of hours, as bytes: a year of them is read in the time
//! that rows take for a week.
//!
//! | bytes | what |
//! |---|---|
//! | 1 | version of this layout, 1 |
//! | 4 | CRC-32C of everything after it, little endian |
//! | varint | number of cells |
//! | four varints a cell | campaign, creative, channel (0 where none), receiver; in order |
//! | the rest | the columns: their head, the length of their values, the values |
//!
//! A column is one thing that is counted, so that a report reads those alone that it shows. Its
//! values are, for each cell that has any: how far it is from the last, a mask of the hours, and
//! a number for each hour of it. Numbers are LEB128 varints, money zigzag.

use std::collections::BTreeMap;

use super::varint::{Reader, put, put_signed};
use super::{Cell, CodecError, Figures, Metric, crc};
use crate::model::{CampaignId, ChannelId, CreativeId, Receiver, TenantId};

const VERSION: u8 = 1;
/// Hours of one digest at most.
pub const DIGEST_HOURS: u8 = 24;
const METRIC: u8 = 0;
const SPEND: u8 = 1;
const ERROR: u8 = 2;
const NO_FILL: u8 = 3;

/// One thing that is counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// A metric.
    Metric(Metric),
    /// What was charged, in nanos.
    Spend,
    /// Errors of this VAST code.
    Error(u16),
    /// Calls without an ad for this reason.
    NoFill(String),
}

/// What digests and rows keep apart, besides tenant and hour; 0 where a dimension does not apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct CellKey {
    /// Campaign.
    pub campaign: u32,
    /// Creative.
    pub creative: u32,
    /// Channel.
    pub channel: u32,
    /// Type of device and country.
    pub receiver: u16,
}

impl CellKey {
    /// Of a cell.
    pub fn of(cell: &Cell) -> Self {
        Self {
            campaign: cell.campaign.map_or(0, CampaignId::get),
            creative: cell.creative.map_or(0, CreativeId::get),
            channel: cell.channel.map_or(0, ChannelId::get),
            receiver: cell.receiver.bits(),
        }
    }

    /// The cell of a tenant.
    pub fn cell(self, tenant: TenantId) -> Cell {
        let some = |id: u32| (id != 0).then_some(id);
        Cell {
            tenant,
            campaign: some(self.campaign).map(CampaignId::new),
            creative: some(self.creative).map(CreativeId::new),
            channel: some(self.channel).map(ChannelId::new),
            receiver: Receiver::from_bits(self.receiver).unwrap_or(Receiver::OTHER),
        }
    }
}

/// A digest in the making: values in any order, the same place as often as wanted.
#[derive(Debug, Default)]
pub struct Digest {
    cells: BTreeMap<CellKey, u32>,
    columns: BTreeMap<Column, Vec<Value>>,
}

/// A number of a cell (by the order in which cells came) in an hour.
type Value = (u32, u8, i64);

impl Digest {
    /// Adds all figures of a cell in an hour, counted from the first of the digest.
    pub fn add_figures(&mut self, cell: CellKey, hour: u8, figures: &Figures) {
        for &metric in Metric::ALL {
            let count = i64::try_from(figures.of(metric)).unwrap_or(i64::MAX);
            self.add(Column::Metric(metric), (cell, hour), count);
        }
        self.add(Column::Spend, (cell, hour), figures.spend.0);
    }

    /// Adds a number; one of 0 is none.
    pub fn add(&mut self, column: Column, (cell, hour): (CellKey, u8), number: i64) {
        if number != 0 {
            let place = self.place(cell);
            let values = self.columns.entry(column).or_default();
            values.push((place, hour, number));
        }
    }

    /// Adds all of another whose first hour is this many hours after that of this one.
    pub fn merge(&mut self, packed: &Packed<'_>, later: u8) -> Result<(), CodecError> {
        let places: Vec<u32> = packed.cells.iter().map(|&cell| self.place(cell)).collect();
        for column in packed.columns() {
            let (column, values) = column?;
            let sum = self.columns.entry(column).or_default();
            let mut fits = true;
            let read = values.each(|cell, hour, number| {
                let hour = hour.saturating_add(later);
                match places.get(cell) {
                    Some(&place) if hour < DIGEST_HOURS => sum.push((place, hour, number)),
                    _ => fits = false,
                }
            });
            if !fits || read.is_none() {
                return Err(CodecError::Malformed);
            }
        }
        Ok(())
    }

    /// The place of a cell in the order in which cells came.
    fn place(&mut self, cell: CellKey) -> u32 {
        let next = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
        *self.cells.entry(cell).or_insert(next)
    }

    /// Packs it; values of one place are summed.
    pub fn pack(self) -> Vec<u8> {
        let mut body = Vec::new();
        put(&mut body, self.cells.len() as u64);
        // From the order in which cells came to their order.
        let mut places = vec![0; self.cells.len()];
        for (place, (key, &came)) in (0_u32..).zip(&self.cells) {
            for id in [key.campaign, key.creative, key.channel, key.receiver.into()] {
                put(&mut body, u64::from(id));
            }
            if let Some(slot) = places.get_mut(came as usize) {
                *slot = place;
            }
        }
        for (column, mut values) in self.columns {
            for value in &mut values {
                value.0 = places.get(value.0 as usize).copied().unwrap_or_default();
            }
            // Stable, because it is fast where runs are in order: those of merged digests are.
            values.sort_by_key(|&(cell, hour, _number)| (cell, hour));
            put_head(&mut body, &column);
            let packed = pack_values(&values, &column);
            put(&mut body, packed.len() as u64);
            body.extend(packed);
        }
        let mut bytes = Vec::with_capacity(body.len() + 5);
        bytes.push(VERSION);
        bytes.extend(crc(&body).to_le_bytes());
        bytes.append(&mut body);
        bytes
    }
}

fn put_head(body: &mut Vec<u8>, column: &Column) {
    match column {
        Column::Metric(metric) => body.extend([METRIC, *metric as u8]),
        Column::Spend => body.push(SPEND),
        Column::Error(code) => {
            body.push(ERROR);
            put(body, u64::from(*code));
        }
        Column::NoFill(reason) => {
            body.push(NO_FILL);
            put(body, reason.len() as u64);
            body.extend(reason.as_bytes());
        }
    }
}

/// The values of one column, in order.
fn pack_values(values: &[Value], column: &Column) -> Vec<u8> {
    let is_money = *column == Column::Spend;
    let mut bytes = Vec::with_capacity(values.len() * 2);
    let mut next = 0;
    for of_cell in values.chunk_by(|one, other| one.0 == other.0) {
        let Some(&(cell, ..)) = of_cell.first() else {
            continue;
        };
        put(&mut bytes, u64::from(cell - next));
        next = cell + 1;
        let hours = of_cell.iter().map(|&(_cell, hour, _number)| hour);
        let mask = hours.fold(0, |mask: u64, hour| mask | 1 << hour);
        put(&mut bytes, mask);
        for of_hour in of_cell.chunk_by(|one, other| one.1 == other.1) {
            let numbers = of_hour.iter().map(|&(.., number)| number);
            let sum = numbers.fold(0, i64::saturating_add);
            if is_money {
                put_signed(&mut bytes, sum);
            } else {
                put(&mut bytes, sum.cast_unsigned());
            }
        }
    }
    bytes
}

/// A digest as it was packed, its cells read and its columns not yet.
#[derive(Debug)]
pub struct Packed<'a> {
    /// What is kept apart, in order.
    pub cells: Vec<CellKey>,
    columns: Reader<'a>,
}

/// The values of one column.
#[derive(Debug, Clone, Copy)]
pub struct Values<'a> {
    numbers: Reader<'a>,
    is_money: bool,
}

impl<'a> Packed<'a> {
    /// Checks the bytes and reads the cells.
    pub fn read(bytes: &'a [u8]) -> Result<Self, CodecError> {
        let (&version, rest) = bytes.split_first().ok_or(CodecError::Malformed)?;
        if version != VERSION {
            return Err(CodecError::Version(version));
        }
        let (sum, body) = rest.split_first_chunk().ok_or(CodecError::Malformed)?;
        if crc(body) != u32::from_le_bytes(*sum) {
            return Err(CodecError::Checksum);
        }
        let mut columns = Reader(body);
        let cells = read_cells(&mut columns).ok_or(CodecError::Malformed)?;
        Ok(Self { cells, columns })
    }

    /// The columns with their values; the end is an error at one that cannot be read.
    pub fn columns(&self) -> impl Iterator<Item = Result<(Column, Values<'a>), CodecError>> {
        let mut rest = self.columns;
        std::iter::from_fn(move || {
            if rest.0.is_empty() {
                return None;
            }
            let column = read_column(&mut rest);
            if column.is_none() {
                rest = Reader(&[]);
            }
            Some(column.ok_or(CodecError::Malformed))
        })
    }
}

fn read_cells(body: &mut Reader<'_>) -> Option<Vec<CellKey>> {
    let count = usize::try_from(body.number()?).ok()?;
    // A damaged count is caught by the checksum; the bound keeps a forged one harmless.
    let mut cells = Vec::with_capacity(count.min(body.0.len()));
    for _ in 0..count {
        cells.push(CellKey {
            campaign: body.small()?,
            creative: body.small()?,
            channel: body.small()?,
            receiver: u16::try_from(body.number()?).ok()?,
        });
    }
    Some(cells)
}

fn read_column<'a>(body: &mut Reader<'a>) -> Option<(Column, Values<'a>)> {
    let column = match body.byte()? {
        METRIC => Column::Metric(*Metric::ALL.get(usize::from(body.byte()?))?),
        SPEND => Column::Spend,
        ERROR => Column::Error(u16::try_from(body.number()?).ok()?),
        NO_FILL => {
            let len = usize::try_from(body.number()?).ok()?;
            let reason = std::str::from_utf8(body.bytes(len)?).ok()?;
            Column::NoFill(reason.to_owned())
        }
        _ => return None,
    };
    let len = usize::try_from(body.number()?).ok()?;
    let values = Values {
        numbers: Reader(body.bytes(len)?),
        is_money: column == Column::Spend,
    };
    Some((column, values))
}

impl Values<'_> {
    /// Tells each number with the place of its cell and its hour; none if it cannot be read.
    pub fn each(self, mut tell: impl FnMut(usize, u8, i64)) -> Option<()> {
        self.each_cell(|cell, hours| {
            for &(hour, number) in hours {
                tell(cell, hour, number);
            }
        })
    }

    /// Tells the hours of each cell that has any, with its place; none if they cannot be read.
    pub fn each_cell(self, mut tell: impl FnMut(usize, &[(u8, i64)])) -> Option<()> {
        let mut rest = self.numbers;
        let mut next: usize = 0;
        let mut hours = Vec::with_capacity(DIGEST_HOURS.into());
        while !rest.0.is_empty() {
            let cell = next.checked_add(usize::try_from(rest.number()?).ok()?)?;
            next = cell.checked_add(1)?;
            let mut mask = rest.small()?;
            hours.clear();
            while mask != 0 {
                let hour = u8::try_from(mask.trailing_zeros()).ok()?;
                mask &= mask - 1;
                let number = if self.is_money {
                    rest.signed()?
                } else {
                    i64::try_from(rest.number()?).ok()?
                };
                hours.push((hour, number));
            }
            tell(cell, &hours);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    type Place = (Column, CellKey, u8);

    fn any_place() -> impl Strategy<Value = Place> {
        let cell = (0..4_u32, 0..3_u32, 0..3_u32, 0..3_u16);
        let column = prop_oneof![
            (0..Metric::ALL.len()).prop_map(|place| Column::Metric(Metric::ALL[place])),
            Just(Column::Spend),
            (100..104_u16).prop_map(Column::Error),
            "[a-z]{1,3}".prop_map(Column::NoFill),
        ];
        (column, cell, 0..12_u8).prop_map(|(column, cell, hour)| {
            let (campaign, creative, channel, receiver) = cell;
            let cell = CellKey {
                campaign,
                creative,
                channel,
                receiver,
            };
            (column, cell, hour)
        })
    }

    fn unpacked(bytes: &[u8]) -> BTreeMap<Place, i64> {
        let packed = Packed::read(bytes).unwrap();
        assert!(packed.cells.is_sorted());
        let mut found = BTreeMap::new();
        for column in packed.columns() {
            let (column, values) = column.unwrap();
            let read = values.each(|cell, hour, number| {
                let place = (column.clone(), packed.cells[cell], hour);
                assert_eq!(found.insert(place, number), None, "a place comes once");
            });
            assert_eq!(read, Some(()));
        }
        found
    }

    proptest! {
        #[test]
        fn what_is_packed_is_the_sum_of_what_was_added(
            values in prop::collection::vec((any_place(), 0..100_000_i64), 0..200),
            later in 0..12_u8,
        ) {
            let (mut first, mut second) = (Digest::default(), Digest::default());
            let mut sums: BTreeMap<Place, i64> = BTreeMap::new();
            for (place, ((column, cell, hour), number)) in values.into_iter().enumerate() {
                let is_second = place % 3 == 0;
                let digest = if is_second { &mut second } else { &mut first };
                digest.add(column.clone(), (cell, hour), number);
                let hour = if is_second { hour + later } else { hour };
                *sums.entry((column, cell, hour)).or_default() += number;
            }
            sums.retain(|_place, number| *number != 0);
            let (first, second) = (first.pack(), second.pack());
            let mut both = Digest::default();
            both.merge(&Packed::read(&first).unwrap(), 0).unwrap();
            both.merge(&Packed::read(&second).unwrap(), later).unwrap();
            prop_assert_eq!(unpacked(&both.pack()), sums);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let mut sealed = vec![VERSION];
            sealed.extend(crc(&bytes).to_le_bytes());
            sealed.extend(&bytes);
            for bytes in [&bytes, &sealed] {
                let Ok(packed) = Packed::read(bytes) else { continue };
                let _may_fail = Digest::default().merge(&packed, 23);
            }
        }
    }

    #[test]
    fn damage_is_noticed() {
        let mut digest = Digest::default();
        digest.add(Column::Spend, (CellKey::default(), 3), 7);
        let bytes = digest.pack();
        for place in 0..bytes.len() {
            let mut bad = bytes.clone();
            bad[place] ^= 1;
            assert!(Packed::read(&bad).is_err(), "byte {place}");
        }
    }
}
