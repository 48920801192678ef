//! What kind of device an ad was decided for and in which country: all of it that is counted.

use std::fmt;

use super::word::words;

/// A type of device, as far as counts keep them apart. The order is stored in tokens and in the
/// ledger: append, never insert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeviceType {
    /// Nothing said.
    Unknown,
    /// A television set that runs the player itself.
    SmartTv,
    /// A stick or box for streaming.
    StreamingStick,
    /// A box of a cable, satellite or IPTV provider.
    SetTopBox,
    /// A games console.
    Console,
    /// A phone.
    Phone,
    /// A tablet.
    Tablet,
    /// A computer.
    Desktop,
    /// A type that is none of these, or one of too many to keep apart.
    Other,
}
words!(DeviceType {
    Unknown = "unknown",
    SmartTv = "smart_tv",
    StreamingStick = "streaming_stick",
    SetTopBox = "set_top_box",
    Console = "console",
    Phone = "phone",
    Tablet = "tablet",
    Desktop = "desktop",
    Other = "other",
});

impl DeviceType {
    /// The type that a request names, in the words of targeting.
    pub fn said(word: Option<&str>) -> Self {
        let Some(word) = word else {
            return Self::Unknown;
        };
        word.parse().unwrap_or(Self::Other)
    }
}

/// A country by its two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(u16);

/// Two letters have this many values.
const PAIRS: u16 = 26 * 26;

impl Country {
    /// Nothing said.
    pub const UNKNOWN: Self = Self(0);
    /// One of too many to keep apart.
    pub const OTHER: Self = Self(PAIRS + 1);

    /// The country that a request names; what is not two upper-case letters is other.
    pub const fn said(code: Option<&str>) -> Self {
        let Some(code) = code else {
            return Self::UNKNOWN;
        };
        match *code.as_bytes() {
            [first @ b'A'..=b'Z', second @ b'A'..=b'Z'] => {
                Self((first - b'A') as u16 * 26 + (second - b'A') as u16 + 1)
            }
            _ => Self::OTHER,
        }
    }

    /// Its number, from which [`Country::numbered`] makes it again.
    pub const fn number(self) -> u16 {
        self.0
    }

    /// The country with this number.
    pub fn numbered(number: u16) -> Self {
        if number <= Self::OTHER.0 {
            Self(number)
        } else {
            Self::OTHER
        }
    }

    /// Reads what `Display` writes; letters in either case.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "unknown" => Some(Self::UNKNOWN),
            "other" => Some(Self::OTHER),
            letters => {
                let code = Self::said(Some(&letters.to_ascii_uppercase()));
                (code != Self::OTHER).then_some(code)
            }
        }
    }
}

/// Its letters, `unknown` or `other`.
impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = |number: u16| char::from(b'A' + number.to_le_bytes()[0]);
        match *self {
            Self::UNKNOWN => f.write_str("unknown"),
            Self::OTHER => f.write_str("other"),
            Self(number) => {
                let pair = number - 1;
                write!(f, "{}{}", letter(pair / 26), letter(pair % 26))
            }
        }
    }
}

/// Type of device and country in two bytes: a token and every event of an ad carry them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Receiver(u16);

/// Bits of the country; above them is the type of device.
const COUNTRY_BITS: u32 = 10;

impl Receiver {
    /// Nothing said. What was decided before receivers were counted has this one.
    pub const UNKNOWN: Self = Self(0);
    /// One of too many to keep apart.
    pub const OTHER: Self = Self::new(DeviceType::Other, Country::OTHER);

    /// Both together.
    pub const fn new(device: DeviceType, country: Country) -> Self {
        Self((device as u16) << COUNTRY_BITS | country.0)
    }

    /// Reads what [`Receiver::bits`] gave; none for what it never gives.
    pub fn from_bits(bits: u16) -> Option<Self> {
        let is_device = usize::from(bits >> COUNTRY_BITS) < DeviceType::ALL.len();
        let is_country = bits % (1 << COUNTRY_BITS) <= Country::OTHER.0;
        (is_device && is_country).then_some(Self(bits))
    }

    /// As a number; 0 when nothing was said.
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// The type of device.
    pub fn device(self) -> DeviceType {
        let number = usize::from(self.0 >> COUNTRY_BITS);
        DeviceType::ALL
            .get(number)
            .copied()
            .unwrap_or(DeviceType::Unknown)
    }

    /// The country.
    pub const fn country(self) -> Country {
        Country(self.0 % (1 << COUNTRY_BITS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_receiver_survives_its_two_bytes() {
        let mut seen = 0;
        for bits in 0..=u16::MAX {
            let Some(receiver) = Receiver::from_bits(bits) else {
                continue;
            };
            seen += 1;
            assert_eq!(receiver.bits(), bits);
            assert_eq!(
                Receiver::new(receiver.device(), receiver.country()),
                receiver
            );
            let text = receiver.country().to_string();
            assert_eq!(Country::parse(&text), Some(receiver.country()), "{text}");
        }
        assert_eq!(seen, DeviceType::ALL.len() * (usize::from(PAIRS) + 2));
    }

    #[test]
    fn what_a_request_says_is_one_of_a_closed_list() {
        assert_eq!(DeviceType::said(None), DeviceType::Unknown);
        assert_eq!(DeviceType::said(Some("set_top_box")), DeviceType::SetTopBox);
        assert_eq!(DeviceType::said(Some("fridge")), DeviceType::Other);
        let country = |code| Country::said(code).to_string();
        assert_eq!(country(None), "unknown");
        assert_eq!(country(Some("US")), "US");
        assert_eq!(country(Some("ZZ")), "ZZ");
        for odd in ["us", "USA", "", "É", "U1"] {
            assert_eq!(country(Some(odd)), "other", "{odd}");
        }
        assert_eq!(Country::parse("de"), Some(Country::said(Some("DE"))));
        assert_eq!(Country::parse("germany"), None);
    }
}
