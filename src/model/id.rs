//! Typed identifiers and their text form: a prefix and lower-case Crockford base 32.
//!
//! `cmp_1a` can be read out on the telephone: the alphabet has no `i`, `l`, `o` or `u`.
//! There is exactly one text for each id, so that an id can be compared as text.

use std::fmt;
use std::str::FromStr;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Longest digits of a 64-bit id in base 32.
const DIGITS_MAX: usize = 13;

/// Why a text is not an id of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not an id of the form `{prefix}_…`")]
pub struct IdError {
    /// The prefix that was wanted, without the underscore.
    pub prefix: &'static str,
    /// The text that was given, cut to 64 characters.
    pub text: String,
}

/// The digits of a number, and where they begin.
fn base32(mut value: u64) -> ([u8; DIGITS_MAX], usize) {
    let mut digits = [0_u8; DIGITS_MAX];
    let mut start = DIGITS_MAX;
    loop {
        start -= 1;
        digits[start] = ALPHABET[usize::from((value & 31) as u8)];
        value >>= 5;
        if value == 0 {
            break;
        }
    }
    (digits, start)
}

fn write_base32(f: &mut fmt::Formatter<'_>, prefix: &str, value: u64) -> fmt::Result {
    let (digits, start) = base32(value);
    let text = std::str::from_utf8(&digits[start..]).map_err(|_ascii_only| fmt::Error)?;
    f.write_str(prefix)?;
    f.write_str("_")?;
    f.write_str(text)
}

fn put_base32(out: &mut Vec<u8>, prefix: &str, value: u64) {
    let (digits, start) = base32(value);
    out.extend_from_slice(prefix.as_bytes());
    out.push(b'_');
    out.extend_from_slice(&digits[start..]);
}

fn parse_base32(text: &str, prefix: &'static str) -> Result<u64, IdError> {
    let error = || IdError {
        prefix,
        text: text.chars().take(64).collect(),
    };
    let digits = text
        .strip_prefix(prefix)
        .and_then(|rest| rest.strip_prefix('_'))
        .ok_or_else(error)?;
    let leading_zero = digits.len() > 1 && digits.starts_with('0');
    if digits.is_empty() || digits.len() > DIGITS_MAX || leading_zero {
        return Err(error());
    }
    let mut value: u64 = 0;
    for byte in digits.bytes() {
        let digit = ALPHABET
            .iter()
            .position(|&known| known == byte)
            .ok_or_else(error)?;
        value = value.checked_mul(32).ok_or_else(error)? | digit as u64;
    }
    Ok(value)
}

macro_rules! typed_id {
    ($(#[$doc:meta])* $name:ident, $raw:ty, $prefix:literal) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        pub struct $name($raw);

        impl $name {
            /// The prefix of the text form, without the underscore.
            pub const PREFIX: &'static str = $prefix;

            /// Wraps a raw number from the database or from a signed token.
            pub const fn new(raw: $raw) -> Self {
                Self(raw)
            }

            /// The raw number.
            pub const fn get(self) -> $raw {
                self.0
            }

            /// Appends the text form, which is ASCII without anything to escape.
            pub fn put(self, out: &mut Vec<u8>) {
                put_base32(out, $prefix, u64::from(self.0));
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_base32(f, $prefix, u64::from(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                let value = parse_base32(text, $prefix)?;
                <$raw>::try_from(value).map(Self).map_err(|_too_large| IdError {
                    prefix: $prefix,
                    text: text.chars().take(64).collect(),
                })
            }
        }
    };
}

typed_id!(
    /// A media owner. Everything else belongs to exactly one.
    TenantId, u32, "ten"
);
typed_id!(
    /// Who pays for a campaign.
    AdvertiserId, u32, "adv"
);
typed_id!(
    /// One buy: dates, budget, price and tier.
    CampaignId, u32, "cmp"
);
typed_id!(
    /// One spot of a campaign.
    CreativeId, u32, "cr"
);
typed_id!(
    /// One stream that asks for ads.
    ChannelId, u32, "ch"
);
typed_id!(
    /// Campaigns that share a budget.
    OrderId, u32, "ord"
);
typed_id!(
    /// A competitive category.
    CategoryId, u32, "cat"
);
typed_id!(
    /// A kind of pod.
    PodId, u32, "pod"
);
typed_id!(
    /// One who works for a tenant.
    UserId, u32, "us"
);
typed_id!(
    /// What a program calls the admin API with.
    KeyId, u32, "key"
);
typed_id!(
    /// One write to the catalog, as history and audit keep it.
    OperationId, u32, "op"
);
typed_id!(
    /// One answer of the decision, filled or not; shares its numbers with [`ServedAdId`].
    DecisionId, u64, "dec"
);
typed_id!(
    /// One ad handed to one viewer: 12 bits of node, 32 bits of segment, 20 bits of sequence.
    ///
    /// A segment is claimed durably before its first id is used, so no number is ever given
    /// twice, and the ids of a segment are dense, so that what was seen of them is a bitmap.
    ServedAdId, u64, "ad"
);

/// Bits of [`ServedAdId`] that count within a segment.
pub const SEQUENCE_BITS: u32 = 20;
/// Bits of [`ServedAdId`] that name a segment of one node.
pub const SEGMENT_BITS: u32 = 32;

impl ServedAdId {
    /// Composes an id; the sequence must be below 2^[`SEQUENCE_BITS`], the node below 2^12.
    pub const fn compose(node: u16, segment: u32, sequence: u32) -> Self {
        let node = (node as u64 & 0xfff) << (SEGMENT_BITS + SEQUENCE_BITS);
        let sequence = sequence as u64 & ((1 << SEQUENCE_BITS) - 1);
        Self(node | ((segment as u64) << SEQUENCE_BITS) | sequence)
    }

    /// The segment of this id on its node.
    pub const fn segment(self) -> u32 {
        ((self.0 >> SEQUENCE_BITS) & 0xffff_ffff) as u32
    }

    /// The place of this id in its segment.
    pub const fn sequence(self) -> u32 {
        (self.0 & ((1 << SEQUENCE_BITS) - 1)) as u32
    }

    /// The decision whose first ad this is.
    pub const fn decision(self) -> DecisionId {
        DecisionId(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_texts_parse_and_print() {
        for (raw, text) in [
            (0, "cmp_0"),
            (1, "cmp_1"),
            (42, "cmp_1a"),
            (u32::MAX, "cmp_3zzzzzz"),
        ] {
            assert_eq!(CampaignId::new(raw).to_string(), text);
            assert_eq!(text.parse(), Ok(CampaignId::new(raw)));
            let mut out = b"id ".to_vec();
            CampaignId::new(raw).put(&mut out);
            assert_eq!(out, format!("id {text}").as_bytes());
        }
    }

    #[test]
    fn a_second_text_for_an_id_is_refused() {
        for text in [
            "",
            "cmp",
            "cmp_",
            "cmp_01",
            "cmp_1A",
            "cr_1",
            "cmp_u",
            "cmp_4000000",
            "cmp_-1",
        ] {
            assert!(text.parse::<CampaignId>().is_err(), "{text}");
        }
    }

    #[test]
    fn parts_of_a_served_ad_id_come_back() {
        let id = ServedAdId::compose(3, 7, 9);
        assert_eq!((id.segment(), id.sequence()), (7, 9));
        assert_eq!(id.get() >> 52, 3);
    }

    proptest! {
        #[test]
        fn every_id_survives_its_text(raw: u64) {
            let id = ServedAdId::new(raw);
            prop_assert_eq!(id.to_string().parse::<ServedAdId>(), Ok(id));
        }

        #[test]
        fn whatever_parses_prints_as_it_was_written(text in "(ad|dec)_[0-9a-z]{1,14}") {
            if let Ok(id) = text.parse::<ServedAdId>() {
                prop_assert_eq!(id.to_string(), text);
            }
        }
    }
}
