//! One record of the log as bytes: a frame that is whole or is not there.
//!
//! | bytes | what, little endian |
//! |---|---|
//! | 4 | length of what follows the checksum |
//! | 4 | CRC-32C of what follows |
//! | 1 | version of the layout of this kind |
//! | 1 | kind: 1 reserved, 2 released |
//! | 8 | sequence: whatever the records of one process caused stands in this order |
//! | the rest | of numbers of fixed width; changes of caps last, as the caps write them |
//!
//! A frame holds all ads of one answer, so that a pod is there whole or not at all: 27 bytes, and
//! 49 for each ad, or 61 for one of an order.

use crc_fast::{CrcAlgorithm, checksum};

use crate::model::zone::Day;
use crate::model::{
    CampaignId, CreativeId, Millis, Nanos, OrderId, PriceModel, ServedAdId, TenantId, Timestamp,
};

/// Bytes before what the checksum covers.
const FRAME_HEAD: usize = 8;
/// Bytes of a frame at most: what is longer was never written.
pub(super) const FRAME_MAX: usize = 4 << 20;
/// The one layout of both kinds.
const VERSION: u8 = 1;
const RESERVED: u8 = 1;
const RELEASED: u8 = 2;
/// Ads of one answer at most.
pub const ADS_MAX: usize = u8::MAX as usize;

/// What the ads of one answer take from budgets and caps: enough to take it again after a crash.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Handout {
    /// When it was decided.
    pub at: Timestamp,
    /// The ads, in the order of the answer; at most [`ADS_MAX`].
    pub ads: Vec<Reservation>,
    /// What it changed of caps, as they write it.
    pub caps: Vec<u8>,
}

/// What one ad takes from budgets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reservation {
    /// The ad.
    pub ad: ServedAdId,
    /// Whose it is.
    pub tenant: TenantId,
    /// Which buy it serves.
    pub campaign: CampaignId,
    /// The order of that, whose budget it takes from as well, and the day of it.
    pub order: Option<(OrderId, Day)>,
    /// Which spot was handed out.
    pub creative: CreativeId,
    /// What the price buys.
    pub price_model: PriceModel,
    /// What the billable event costs.
    pub charge: Nanos,
    /// The day whose budget it takes from.
    pub day: Day,
    /// When it is given back unless it was seen.
    pub expires: Timestamp,
}

/// What is given back before its time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Release {
    /// When the last of its reservations would have expired: until then it must not be forgotten.
    pub until: Timestamp,
    /// Ads whose reservations are over.
    pub ads: Vec<ServedAdId>,
    /// What it changed of caps, as they write it.
    pub caps: Vec<u8>,
}

/// What the log says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// Ads were about to be handed out.
    Reserved(Handout),
    /// Ads were not handed out after all, or their time was over.
    Released(Release),
}

/// A record, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// The number of its segment.
    pub segment: u64,
    /// Its place in the order of causes, over all segments and processes.
    pub sequence: u64,
    /// What it says.
    pub record: Record,
}

/// What the bytes at one place of a segment are.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// A record with its sequence, and the bytes it takes.
    Record(u64, Record, usize),
    /// A whole record of a kind or layout that this program does not know, and its bytes.
    Unknown(usize),
    /// Nothing that was written whole.
    Torn,
}

/// A frame is longer than [`FRAME_MAX`], or holds more than [`ADS_MAX`] ads.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLong;

/// Adds what is reserved to what is about to be written.
pub(super) fn put_reserved(
    bytes: &mut Vec<u8>,
    sequence: u64,
    handout: &Handout,
) -> Result<(), TooLong> {
    put(bytes, (RESERVED, sequence), |bytes| {
        bytes.extend(handout.at.millis().to_le_bytes());
        bytes.push(u8::try_from(handout.ads.len()).map_err(|_more| TooLong)?);
        for reservation in &handout.ads {
            put_reservation(bytes, reservation, handout.at);
        }
        bytes.extend(&handout.caps);
        Ok(())
    })
}

/// The same for what is given back.
pub(super) fn put_released(
    bytes: &mut Vec<u8>,
    sequence: u64,
    release: &Release,
) -> Result<(), TooLong> {
    put(bytes, (RELEASED, sequence), |bytes| {
        bytes.extend(release.until.millis().to_le_bytes());
        bytes.push(u8::try_from(release.ads.len()).map_err(|_more| TooLong)?);
        for ad in &release.ads {
            bytes.extend(ad.get().to_le_bytes());
        }
        bytes.extend(&release.caps);
        Ok(())
    })
}

fn put(
    bytes: &mut Vec<u8>,
    (kind, sequence): (u8, u64),
    fill: impl FnOnce(&mut Vec<u8>) -> Result<(), TooLong>,
) -> Result<(), TooLong> {
    let body = Body {
        version: VERSION,
        kind,
    };
    put_body(bytes, body, |bytes| {
        bytes.extend(sequence.to_le_bytes());
        fill(bytes)
    })
}

/// What every body begins with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Body {
    pub(super) version: u8,
    pub(super) kind: u8,
}

/// Adds a frame whose body goes on with what `fill` adds.
pub(super) fn put_body(
    bytes: &mut Vec<u8>,
    Body { version, kind }: Body,
    fill: impl FnOnce(&mut Vec<u8>) -> Result<(), TooLong>,
) -> Result<(), TooLong> {
    let start = bytes.len();
    bytes.extend([0; FRAME_HEAD]);
    bytes.extend([version, kind]);
    fill(bytes)?;
    let body = bytes.get(start + FRAME_HEAD..).unwrap_or_default();
    if body.len() > FRAME_MAX {
        return Err(TooLong);
    }
    let (length, sum) = (small(body.len() as u64), crc(body));
    if let Some(head) = bytes.get_mut(start..start + FRAME_HEAD) {
        let (to_length, to_sum) = head.split_at_mut(4);
        to_length.copy_from_slice(&length.to_le_bytes());
        to_sum.copy_from_slice(&sum.to_le_bytes());
    }
    Ok(())
}

fn put_reservation(bytes: &mut Vec<u8>, reservation: &Reservation, at: Timestamp) {
    let Reservation {
        ad,
        tenant,
        campaign,
        order,
        creative,
        price_model,
        charge,
        day,
        expires,
    } = reservation;
    bytes.extend(ad.get().to_le_bytes());
    for number in [
        tenant.get(),
        campaign.get(),
        // Ids begin at 1.
        order.map_or(0, |(order, _day)| order.get()),
        creative.get(),
        small(expires.since(at).0),
    ] {
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend(charge.0.to_le_bytes());
    bytes.push(*price_model as u8);
    put_day(bytes, *day);
    if let Some((_order, day)) = order {
        put_day(bytes, *day);
    }
}

fn put_day(bytes: &mut Vec<u8>, day: Day) {
    bytes.extend(day.start.millis().to_le_bytes());
    // It is 25 hours at most.
    bytes.extend(small(day.end.since(day.start).0).to_le_bytes());
}

fn read_day(body: &mut &[u8]) -> Option<Day> {
    let start = Timestamp::from_millis(i64::from_le_bytes(take(body)?));
    let length = Millis(u64::from(u32::from_le_bytes(take(body)?)));
    let end = start.plus(length);
    Some(Day { start, end })
}

fn small(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Reads the frame that `bytes` begin with.
pub(super) fn read_frame(bytes: &[u8]) -> Frame {
    let Some((body, total)) = checked(bytes) else {
        return Frame::Torn;
    };
    match read_record(body) {
        Some((sequence, record)) => Frame::Record(sequence, record, total),
        None => Frame::Unknown(total),
    }
}

/// What the checksum covers, if it fits, and the bytes of the whole frame.
pub(super) fn checked(bytes: &[u8]) -> Option<(&[u8], usize)> {
    let (length, rest) = bytes.split_first_chunk()?;
    let (sum, rest) = rest.split_first_chunk()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    if length == 0 || length > FRAME_MAX {
        return None;
    }
    let body = rest.get(..length)?;
    (crc(body) == u32::from_le_bytes(*sum)).then_some((body, FRAME_HEAD + length))
}

fn read_record(mut body: &[u8]) -> Option<(u64, Record)> {
    let [version, kind] = take(&mut body)?;
    if version != VERSION {
        return None;
    }
    let sequence = u64::from_le_bytes(take(&mut body)?);
    let record = match kind {
        RESERVED => Record::Reserved(read_handout(body)?),
        RELEASED => Record::Released(read_release(body)?),
        _ => return None,
    };
    Some((sequence, record))
}

fn read_handout(mut body: &[u8]) -> Option<Handout> {
    let at = Timestamp::from_millis(i64::from_le_bytes(take(&mut body)?));
    let [count] = take(&mut body)?;
    let ads = (0..count).map(|_| read_reservation(&mut body, at));
    Some(Handout {
        at,
        ads: ads.collect::<Option<_>>()?,
        caps: body.to_vec(),
    })
}

fn read_release(mut body: &[u8]) -> Option<Release> {
    let until = Timestamp::from_millis(i64::from_le_bytes(take(&mut body)?));
    let [count] = take(&mut body)?;
    let ads = (0..count).map(|_| Some(ServedAdId::new(u64::from_le_bytes(take(&mut body)?))));
    Some(Release {
        until,
        ads: ads.collect::<Option<_>>()?,
        caps: body.to_vec(),
    })
}

fn read_reservation(body: &mut &[u8], at: Timestamp) -> Option<Reservation> {
    let ad = ServedAdId::new(u64::from_le_bytes(take(body)?));
    let mut word = || Some(u32::from_le_bytes(take(body)?));
    let tenant = TenantId::new(word()?);
    let campaign = CampaignId::new(word()?);
    let order = Some(word()?).filter(|&id| id != 0).map(OrderId::new);
    let creative = CreativeId::new(word()?);
    let hold = Millis(u64::from(word()?));
    let charge = Nanos(i64::from_le_bytes(take(body)?));
    let [price_model] = take(body)?;
    let day = read_day(body)?;
    let order = match order {
        Some(order) => Some((order, read_day(body)?)),
        None => None,
    };
    Some(Reservation {
        ad,
        tenant,
        campaign,
        order,
        creative,
        price_model: *PriceModel::ALL.get(usize::from(price_model))?,
        charge,
        day,
        expires: at.plus(hold),
    })
}

/// The next bytes of a body.
pub(super) fn take<const N: usize>(body: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, rest) = body.split_first_chunk()?;
    *body = rest;
    Some(*taken)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the checksum of a 32-bit algorithm has 32 bits"
)]
pub(super) fn crc(bytes: &[u8]) -> u32 {
    checksum(CrcAlgorithm::Crc32Iscsi, bytes) as u32
}
