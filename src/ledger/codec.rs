//! A batch of entries as bytes: what the ledger keeps as the raw truth.
//!
//! | bytes | what |
//! |---|---|
//! | 1 | version of this layout, 1 |
//! | 4 | CRC-32C of everything after it, little endian |
//! | varint | number of entries |
//! | zigzag varint | instant that the others are relative to, in milliseconds |
//! | the rest | the entries |
//!
//! Numbers are LEB128 varints, signed ones zigzag. An entry is about 25 bytes: its neighbours
//! share most of what is in it, so ids and instants are differences.

use super::varint::{Reader, put, put_signed};
use super::{Due, Entry, Settlement, crc};
use crate::model::zone::Day;
use crate::model::{
    CampaignId, ChannelId, CreativeId, Event, EventKind, Millis, Nanos, OrderId, PriceModel,
    Receiver, ServedAd, ServedAdId, TenantId, Timestamp,
};

const VERSION: u8 = 1;
/// Bit of the first tag, above the kind of event. Entries from before receivers were counted lack it.
const HAS_RECEIVER: u8 = 0b1000_0000;
/// Bits of the second tag, above the two of the price model.
const BILLED: u8 = 0b0100;
const UNBILLED: u8 = 0b1000;
const UNIT: u8 = 0b1_0000;
const HAS_CHANNEL: u8 = 0b10_0000;
const HAS_CODE: u8 = 0b100_0000;
const HAS_ORDER: u8 = 0b1000_0000;

/// Why bytes are not a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodecError {
    /// Written by a version of the program that this one does not know.
    #[error("has the unknown layout {0}")]
    Version(u8),
    /// Changed since it was written.
    #[error("is damaged: its checksum does not fit")]
    Checksum,
    /// Cut short, or holding what was never written.
    #[error("is malformed")]
    Malformed,
}

/// Packs entries, in order.
pub fn encode(entries: &[Entry]) -> Vec<u8> {
    let base = entries.first().map_or(0, |entry| entry.event.at.millis());
    let mut body = Vec::with_capacity(16 + entries.len() * 32);
    put(&mut body, entries.len() as u64);
    put_signed(&mut body, base);
    let mut previous = 0;
    for entry in entries {
        put_entry(&mut body, entry, (base, previous));
        previous = entry.event.ad.id.get();
    }
    let mut bytes = Vec::with_capacity(body.len() + 5);
    bytes.push(VERSION);
    bytes.extend(crc(&body).to_le_bytes());
    bytes.append(&mut body);
    bytes
}

/// Unpacks what [`encode`] wrote.
pub fn decode(bytes: &[u8]) -> Result<Vec<Entry>, CodecError> {
    let (&version, rest) = bytes.split_first().ok_or(CodecError::Malformed)?;
    if version != VERSION {
        return Err(CodecError::Version(version));
    }
    let (sum, body) = rest.split_first_chunk().ok_or(CodecError::Malformed)?;
    if crc(body) != u32::from_le_bytes(*sum) {
        return Err(CodecError::Checksum);
    }
    Reader(body).entries().ok_or(CodecError::Malformed)
}

fn put_entry(body: &mut Vec<u8>, entry: &Entry, (base, previous): (i64, u64)) {
    let (event, ad) = (&entry.event, &entry.event.ad);
    let relative = |at: Timestamp| at.millis().wrapping_sub(base);
    let has_receiver = ad.receiver != Receiver::UNKNOWN;
    let flag = if has_receiver { HAS_RECEIVER } else { 0 };
    body.push(event.kind as u8 | flag);
    body.push(tag(entry));
    put_signed(body, ad.id.get().wrapping_sub(previous).cast_signed());
    put(body, u64::from(ad.tenant.get()));
    put(body, u64::from(ad.campaign.get()));
    put(body, u64::from(ad.creative.get()));
    put_signed(body, ad.charge.0);
    put_signed(body, relative(ad.decided_at));
    put(body, ad.duration.0);
    put_signed(body, relative(event.at));
    if has_receiver {
        put(body, u64::from(ad.receiver.bits()));
    }
    if let Some(channel) = ad.channel {
        put(body, u64::from(channel.get()));
    }
    if let Some(code) = event.error_code {
        put(body, u64::from(code));
    }
    if let Due::Billed(day) = entry.settlement.due {
        put_signed(body, relative(day.start));
        put_signed(body, relative(day.end));
    }
    if let Some((order, day)) = entry.settlement.order {
        put(body, u64::from(order.get()));
        put_signed(body, relative(day.start));
        put_signed(body, relative(day.end));
    }
}

fn tag(entry: &Entry) -> u8 {
    let model = entry.event.ad.price_model as u8;
    let due = match entry.settlement.due {
        Due::Nothing => 0,
        Due::Billed(_day) => BILLED,
        Due::Unbilled => UNBILLED,
    };
    let flag = |set: bool, bit: u8| if set { bit } else { 0 };
    model
        | due
        | flag(entry.settlement.unit, UNIT)
        | flag(entry.event.ad.channel.is_some(), HAS_CHANNEL)
        | flag(entry.event.error_code.is_some(), HAS_CODE)
        | flag(entry.settlement.order.is_some(), HAS_ORDER)
}

impl Reader<'_> {
    fn entries(mut self) -> Option<Vec<Entry>> {
        let count = usize::try_from(self.number()?).ok()?;
        let base = self.signed()?;
        // A damaged count is caught by the checksum; the bound keeps a forged one harmless.
        let mut entries = Vec::with_capacity(count.min(self.0.len()));
        let mut previous = 0;
        for _ in 0..count {
            let entry = self.entry((base, previous))?;
            previous = entry.event.ad.id.get();
            entries.push(entry);
        }
        self.0.is_empty().then_some(entries)
    }

    fn entry(&mut self, (base, previous): (i64, u64)) -> Option<Entry> {
        let first = self.byte()?;
        let kind = *EventKind::ALL.get(usize::from(first & !HAS_RECEIVER))?;
        let tag = self.byte()?;
        let price_model = *PriceModel::ALL.get(usize::from(tag & 0b11))?;
        let id = previous.wrapping_add(self.signed()?.cast_unsigned());
        let tenant = TenantId::new(self.small()?);
        let campaign = CampaignId::new(self.small()?);
        let creative = CreativeId::new(self.small()?);
        let charge = Nanos(self.signed()?);
        let decided_at = self.instant(base)?;
        let duration = Millis(self.number()?);
        let at = self.instant(base)?;
        let receiver = match self.optional(first & HAS_RECEIVER, Self::small)? {
            Some(bits) => Receiver::from_bits(u16::try_from(bits).ok()?)?,
            None => Receiver::UNKNOWN,
        };
        let channel = self.optional(tag & HAS_CHANNEL, Self::small)?;
        let code = self.optional(tag & HAS_CODE, Self::small)?;
        let due = self.due(tag, base)?;
        let order = if tag & HAS_ORDER == 0 {
            None
        } else {
            Some((OrderId::new(self.small()?), self.day(base)?))
        };
        let ad = ServedAd {
            id: ServedAdId::new(id),
            tenant,
            channel: channel.map(ChannelId::new),
            campaign,
            creative,
            price_model,
            charge,
            decided_at,
            duration,
            receiver,
        };
        let error_code = code.map(u16::try_from).transpose().ok()?;
        Some(Entry {
            event: Event {
                ad,
                kind,
                error_code,
                at,
            },
            settlement: Settlement {
                unit: tag & UNIT != 0,
                due,
                order,
            },
        })
    }

    fn due(&mut self, tag: u8, base: i64) -> Option<Due> {
        match tag & (BILLED | UNBILLED) {
            0 => Some(Due::Nothing),
            UNBILLED => Some(Due::Unbilled),
            BILLED => Some(Due::Billed(self.day(base)?)),
            _ => None,
        }
    }

    fn day(&mut self, base: i64) -> Option<Day> {
        Some(Day {
            start: self.instant(base)?,
            end: self.instant(base)?,
        })
    }

    /// Reads a value that is there when the flag is set; the outer none is the end of the bytes.
    fn optional<T>(&mut self, flag: u8, read: fn(&mut Self) -> Option<T>) -> Option<Option<T>> {
        if flag == 0 {
            return Some(None);
        }
        read(self).map(Some)
    }

    fn instant(&mut self, base: i64) -> Option<Timestamp> {
        Some(Timestamp::from_millis(base.wrapping_add(self.signed()?)))
    }
}
