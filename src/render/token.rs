//! The signed token of a served ad: everything a beacon needs to be counted, in 80 characters.
//!
//! The events of one ad share one token, because the event is named beside it: a player that
//! holds one address of an ad holds them all. Sixty bytes are exactly eighty digits of base64,
//! so no bit is spare and each token has one text.
//!
//! | bytes | what, big endian |
//! |---|---|
//! | 0 | version of this layout, 2 |
//! | 1 | id of the key |
//! | 2 | price model, and whether a channel is known |
//! | 3..11 | [`ServedAd::id`] |
//! | 11..15 | tenant |
//! | 15..19 | channel, 0 when unknown |
//! | 19..23 | campaign |
//! | 23..27 | creative |
//! | 27..35 | charge in nano-units |
//! | 35..39 | seconds since the epoch at the decision, until 2106 |
//! | 39..42 | duration in milliseconds, up to four hours and a half |
//! | 42..44 | [`Receiver`]: type of device and country |
//! | 44..60 | first half of the HMAC-SHA-256 of bytes 0..44 |
//!
//! Version 1 has no receiver, five bytes for the seconds and four for the duration. It is read
//! for as long as a token lives, and no longer made.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use crate::model::{
    CampaignId, ChannelId, CreativeId, Millis, Nanos, PriceModel, Receiver, ServedAd, ServedAdId,
    TenantId, Timestamp,
};

/// How long after its decision an ad may report events.
pub const TOKEN_LIFE: Millis = Millis::from_seconds(24 * 60 * 60);
/// How far the clock that decided may have been ahead of ours: that of another node, or our own
/// before it was corrected. What was served before a correction is still to be counted.
pub const CLOCK_SKEW_MAX: Millis = Millis::from_seconds(60 * 60);
/// Characters of a token.
pub const TOKEN_LEN: usize = 80;
/// Bytes of a key: as many as the digest has, more add nothing.
pub const KEY_LEN: usize = 32;

const VERSION: u8 = 2;
const VERSION_BEFORE: u8 = 1;
const PAYLOAD_LEN: usize = 44;
const TAG_LEN: usize = 16;
const SIGNED_LEN: usize = PAYLOAD_LEN + TAG_LEN;
/// Bit of byte 2 that says a channel follows; the bits below are the price model.
const HAS_CHANNEL: u8 = 0b100;
/// Largest second that four bytes hold, in the year 2106.
const SECONDS_MAX: i64 = (1 << 32) - 1;
/// Longest ad that three bytes hold. Milliseconds.
const DURATION_MAX: u32 = (1 << 24) - 1;

/// A secret and the id that tokens name it by.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey {
    /// Told apart from the previous key by this; counts up and starts again after 255.
    pub id: u8,
    /// Known to the nodes of one deployment alone.
    pub secret: [u8; KEY_LEN],
}

/// Names the key without its secret.
impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey {{ id: {}, secret: *** }}", self.id)
    }
}

/// The keys that sign and check tokens, with their schedules computed once.
#[derive(Clone)]
pub struct TokenKeys {
    current: Schedule,
    previous: Option<Schedule>,
}

#[derive(Clone)]
struct Schedule {
    id: u8,
    mac: Hmac<Sha256>,
}

impl fmt::Debug for TokenKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let previous = self.previous.as_ref().map(|key| key.id);
        write!(
            f,
            "TokenKeys {{ current: {}, previous: {previous:?} }}",
            self.current.id
        )
    }
}

/// A token as text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Token([u8; TOKEN_LEN]);

impl Token {
    /// Its characters: letters, digits, `-` and `_`.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("base64 digits are ASCII")
    }

    /// The same as bytes.
    pub const fn as_bytes(&self) -> &[u8; TOKEN_LEN] {
        &self.0
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Shows no digit: whoever has a token can report for the ad.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(***)")
    }
}

/// Why a token is refused. For metrics; a player is never told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum TokenRefusal {
    /// Not the one text of a token of this version.
    #[error("malformed")]
    Malformed,
    /// Signed with a key that is neither the current nor the previous.
    #[error("unknown_key")]
    UnknownKey,
    /// Not signed by us, or changed since.
    #[error("bad_signature")]
    BadSignature,
    /// Decided more than [`CLOCK_SKEW_MAX`] from now.
    #[error("from_the_future")]
    FromTheFuture,
    /// Decided [`TOKEN_LIFE`] ago or longer.
    #[error("expired")]
    Expired,
}

impl TokenKeys {
    /// Prepares the key that signs, and the one before it that is still honoured.
    pub fn new(current: &SigningKey, previous: Option<&SigningKey>) -> Self {
        Self {
            current: Schedule::new(current),
            previous: previous.map(Schedule::new),
        }
    }

    /// Signs a served ad. The decision is kept to the second, rounded down.
    pub fn mint(&self, ad: &ServedAd) -> Token {
        let mut signed = [0; SIGNED_LEN];
        let (payload, tag) = signed.split_at_mut(PAYLOAD_LEN);
        payload.copy_from_slice(&pack(ad, self.current.id));
        tag.copy_from_slice(&self.current.tag(payload));
        let mut text = [0; TOKEN_LEN];
        URL_SAFE_NO_PAD
            .encode_slice(signed, &mut text)
            .expect("60 bytes are 80 digits of base64");
        Token(text)
    }

    /// The served ad that a token speaks for, if the token is ours and still lives at `now`.
    pub fn verify(&self, text: &str, now: Timestamp) -> Result<ServedAd, TokenRefusal> {
        let signed = decode(text)?;
        let (payload, tag) = signed.split_at(PAYLOAD_LEN);
        let [version, key, ..] = signed;
        if version != VERSION && version != VERSION_BEFORE {
            return Err(TokenRefusal::Malformed);
        }
        let key = self.find(key).ok_or(TokenRefusal::UnknownKey)?;
        if !bool::from(key.tag(payload).ct_eq(tag)) {
            return Err(TokenRefusal::BadSignature);
        }
        let ad = unpack(payload).ok_or(TokenRefusal::Malformed)?;
        if ad.decided_at > now.plus(CLOCK_SKEW_MAX) {
            return Err(TokenRefusal::FromTheFuture);
        }
        if now.since(ad.decided_at) >= TOKEN_LIFE {
            return Err(TokenRefusal::Expired);
        }
        Ok(ad)
    }

    fn find(&self, id: u8) -> Option<&Schedule> {
        std::iter::once(&self.current)
            .chain(&self.previous)
            .find(|key| key.id == id)
    }
}

impl Schedule {
    fn new(key: &SigningKey) -> Self {
        Self {
            id: key.id,
            mac: Hmac::new_from_slice(&key.secret).expect("HMAC takes a key of any length"),
        }
    }

    fn tag(&self, payload: &[u8]) -> [u8; TAG_LEN] {
        let mut mac = self.mac.clone();
        mac.update(payload);
        let digest = mac.finalize().into_bytes();
        let mut tag = [0; TAG_LEN];
        tag.copy_from_slice(&digest[..TAG_LEN]);
        tag
    }
}

/// The one text of 60 bytes: no padding, no other alphabet, no other length.
fn decode(text: &str) -> Result<[u8; SIGNED_LEN], TokenRefusal> {
    if text.len() != TOKEN_LEN {
        return Err(TokenRefusal::Malformed);
    }
    let mut signed = [0; SIGNED_LEN];
    let written = URL_SAFE_NO_PAD
        .decode_slice(text, &mut signed)
        .map_err(|_not_base64| TokenRefusal::Malformed)?;
    if written == SIGNED_LEN {
        Ok(signed)
    } else {
        Err(TokenRefusal::Malformed)
    }
}

fn pack(ad: &ServedAd, key: u8) -> [u8; PAYLOAD_LEN] {
    let model = match ad.price_model {
        PriceModel::Cpm => 0,
        PriceModel::Cpc => 1,
        PriceModel::Cpv => 2,
        PriceModel::Flat => 3,
    };
    let flags = model | if ad.channel.is_some() { HAS_CHANNEL } else { 0 };
    let seconds = ad.decided_at.seconds().clamp(0, SECONDS_MAX);
    let duration = u32::try_from(ad.duration.0).map_or(DURATION_MAX, |ms| ms.min(DURATION_MAX));
    let mut payload = [0; PAYLOAD_LEN];
    let mut rest = payload.as_mut_slice();
    let mut put = |bytes: &[u8]| {
        let (to, after) = std::mem::take(&mut rest).split_at_mut(bytes.len());
        to.copy_from_slice(bytes);
        rest = after;
    };
    put(&[VERSION, key, flags]);
    put(&ad.id.get().to_be_bytes());
    put(&ad.tenant.get().to_be_bytes());
    put(&ad.channel.map_or(0, ChannelId::get).to_be_bytes());
    put(&ad.campaign.get().to_be_bytes());
    put(&ad.creative.get().to_be_bytes());
    put(&ad.charge.0.to_be_bytes());
    put(&seconds.to_be_bytes()[4..]);
    put(&duration.to_be_bytes()[1..]);
    put(&ad.receiver.bits().to_be_bytes());
    payload
}

/// Reads what [`pack`] wrote, also before; none for a payload that it would never write.
fn unpack(payload: &[u8]) -> Option<ServedAd> {
    let (&[version, _key, flags], rest) = payload.split_first_chunk()?;
    let (&id, rest) = rest.split_first_chunk()?;
    let (&tenant, rest) = rest.split_first_chunk()?;
    let (&channel, rest) = rest.split_first_chunk()?;
    let (&campaign, rest) = rest.split_first_chunk()?;
    let (&creative, rest) = rest.split_first_chunk()?;
    let (&charge, rest) = rest.split_first_chunk()?;
    let (seconds_len, duration_len) = if version == VERSION { (4, 3) } else { (5, 4) };
    let (seconds, rest) = number(rest, seconds_len)?;
    let (duration, rest) = number(rest, duration_len)?;
    let receiver = match rest.split_first_chunk() {
        Some((&bits, _end)) => Receiver::from_bits(u16::from_be_bytes(bits))?,
        None => Receiver::UNKNOWN,
    };
    let price_model = match flags & !HAS_CHANNEL {
        0 => PriceModel::Cpm,
        1 => PriceModel::Cpc,
        2 => PriceModel::Cpv,
        3 => PriceModel::Flat,
        _ => return None,
    };
    let channel = ChannelId::new(u32::from_be_bytes(channel));
    Some(ServedAd {
        id: ServedAdId::new(u64::from_be_bytes(id)),
        tenant: TenantId::new(u32::from_be_bytes(tenant)),
        channel: (flags & HAS_CHANNEL != 0).then_some(channel),
        campaign: CampaignId::new(u32::from_be_bytes(campaign)),
        creative: CreativeId::new(u32::from_be_bytes(creative)),
        price_model,
        charge: Nanos(i64::from_be_bytes(charge)),
        decided_at: Timestamp::from_millis(seconds.cast_signed().saturating_mul(1000)),
        duration: Millis(duration),
        receiver,
    })
}

/// The number in the first `len` bytes, at most eight, and what follows them.
fn number(bytes: &[u8], len: usize) -> Option<(u64, &[u8])> {
    let (digits, rest) = bytes.split_at_checked(len)?;
    let value = digits
        .iter()
        .fold(0, |sum: u64, &digit| sum << 8 | u64::from(digit));
    Some((value, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Country, DeviceType};
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_000_000);

    fn key(id: u8) -> SigningKey {
        SigningKey {
            id,
            secret: [id ^ 0x5a; KEY_LEN],
        }
    }

    fn keys() -> TokenKeys {
        TokenKeys::new(&key(2), Some(&key(1)))
    }

    fn ad() -> ServedAd {
        ServedAd {
            id: ServedAdId::compose(1, 2, 3),
            tenant: TenantId::new(1),
            channel: Some(ChannelId::new(4)),
            campaign: CampaignId::new(5),
            creative: CreativeId::new(6),
            price_model: PriceModel::Cpm,
            charge: Nanos(24_000_000),
            decided_at: NOW,
            duration: Millis(30_030),
            receiver: Receiver::new(DeviceType::SmartTv, Country::said(Some("US"))),
        }
    }

    /// A token that was made before tokens told of device and country.
    const OLD: &str =
        "AQIEABAAAAAgAAMAAAABAAAABAAAAAUAAAAGAAAAAAFuNgAAarE7gAAAdU5t-osoiTodr95zDrzBqipc";

    fn any_ad() -> impl Strategy<Value = ServedAd> {
        let ids = (
            any::<u64>(),
            any::<u32>(),
            any::<Option<u32>>(),
            any::<u32>(),
        );
        let money = (0..4_usize, any::<i64>());
        let times = (0..=SECONDS_MAX, 0..=DURATION_MAX);
        let receiver = any::<u16>().prop_filter_map("no receiver", Receiver::from_bits);
        let times = (times, receiver);
        (ids, any::<u32>(), money, times).prop_map(|(ids, creative, money, times)| ServedAd {
            id: ServedAdId::new(ids.0),
            tenant: TenantId::new(ids.1),
            channel: ids.2.map(ChannelId::new),
            campaign: CampaignId::new(ids.3),
            creative: CreativeId::new(creative),
            price_model: PriceModel::ALL[money.0],
            charge: Nanos(money.1),
            decided_at: Timestamp::from_millis(times.0.0 * 1000),
            duration: Millis(u64::from(times.0.1)),
            receiver: times.1,
        })
    }

    #[test]
    fn a_token_is_eighty_url_safe_characters() {
        let token = keys().mint(&ad());
        assert_eq!(token.as_str().len(), TOKEN_LEN);
        let safe = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        assert!(token.as_str().chars().all(safe), "{}", token.as_str());
    }

    #[test]
    fn a_token_of_the_version_before_is_read() {
        let before = ServedAd {
            receiver: Receiver::UNKNOWN,
            ..ad()
        };
        assert_eq!(keys().verify(OLD, NOW), Ok(before));
        // It cannot be passed off as one of this version.
        let mut signed = decode(OLD).unwrap();
        signed[0] = VERSION;
        let text = URL_SAFE_NO_PAD.encode(signed);
        assert_eq!(keys().verify(&text, NOW), Err(TokenRefusal::BadSignature));
    }

    #[test]
    fn every_flipped_bit_is_refused() {
        let keys = keys();
        let signed = decode(keys.mint(&ad()).as_str()).unwrap();
        for bit in 0..SIGNED_LEN * 8 {
            let mut forged = signed;
            forged[bit / 8] ^= 1 << (bit % 8);
            let text = URL_SAFE_NO_PAD.encode(forged);
            let refusal = keys.verify(&text, NOW).unwrap_err();
            let expected = match bit / 8 {
                0 => TokenRefusal::Malformed,
                // 2 with its lowest two bits flipped is 3 or 0: neither is known.
                1 => TokenRefusal::UnknownKey,
                _ => TokenRefusal::BadSignature,
            };
            assert_eq!(refusal, expected, "bit {bit}");
        }
    }

    #[test]
    fn every_changed_character_is_refused() {
        let keys = keys();
        let token = keys.mint(&ad());
        for place in 0..TOKEN_LEN {
            for other in [b'A', b'z', b'_', b'-', b'+', b'/', b'=', b'%', b' ', 0] {
                let mut forged = token.0;
                if forged[place] == other {
                    continue;
                }
                forged[place] = other;
                let text = std::str::from_utf8(&forged).unwrap();
                assert!(keys.verify(text, NOW).is_err(), "{place} {other}");
            }
        }
    }

    #[test]
    fn other_texts_of_a_token_are_refused() {
        let keys = keys();
        let token = keys.mint(&ad());
        let token = token.as_str();
        let mut texts: Vec<String> = (0..TOKEN_LEN)
            .map(|end| token.chars().take(end).collect())
            .collect();
        texts.extend([
            format!("{token}="),
            format!("{token}=="),
            format!("{token}A"),
            format!(" {token}"),
            format!("{token}\n"),
            format!("{token}{token}"),
            "A".repeat(TOKEN_LEN),
            "é".repeat(TOKEN_LEN / 2),
            "x".repeat(100_000),
        ]);
        for text in texts {
            let refusal = keys.verify(&text, NOW).unwrap_err();
            assert_eq!(refusal, TokenRefusal::Malformed, "{text}");
        }
    }

    #[test]
    fn another_key_and_a_retired_key_are_refused() {
        let token = keys().mint(&ad());
        let stranger = SigningKey {
            id: 2,
            secret: [9; KEY_LEN],
        };
        let check = |keys: &TokenKeys| keys.verify(token.as_str(), NOW);
        assert_eq!(
            check(&TokenKeys::new(&stranger, None)),
            Err(TokenRefusal::BadSignature)
        );
        assert_eq!(check(&TokenKeys::new(&key(3), Some(&key(2)))), Ok(ad()));
        assert_eq!(
            check(&TokenKeys::new(&key(4), Some(&key(3)))),
            Err(TokenRefusal::UnknownKey)
        );
    }

    #[test]
    fn a_token_lives_for_a_day_and_not_a_second_longer() {
        let token = keys().mint(&ad());
        let at = |now| keys().verify(token.as_str(), now);
        let second = Millis::from_seconds(1);
        let end = NOW.plus(TOKEN_LIFE);
        assert_eq!(at(end.minus(second)), Ok(ad()));
        assert_eq!(at(end), Err(TokenRefusal::Expired));
        assert_eq!(at(end.plus(second)), Err(TokenRefusal::Expired));
        let early = NOW.minus(CLOCK_SKEW_MAX);
        assert_eq!(at(early), Ok(ad()));
        assert_eq!(at(early.minus(second)), Err(TokenRefusal::FromTheFuture));
    }

    #[test]
    fn debug_shows_no_secret() {
        let key = key(7);
        let keys = TokenKeys::new(&key, Some(&key));
        let token = keys.mint(&ad());
        let shown = format!("{key:?} {keys:?} {token:?}");
        assert_eq!(
            shown,
            "SigningKey { id: 7, secret: *** } TokenKeys { current: 7, previous: Some(7) } \
             Token(***)"
        );
    }

    proptest! {
        #[test]
        fn every_ad_survives_its_token(ad in any_ad()) {
            let token = keys().mint(&ad);
            prop_assert_eq!(keys().verify(token.as_str(), ad.decided_at), Ok(ad));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,100}") {
            prop_assert!(keys().verify(&text, NOW).is_err());
        }
    }
}
