//! Money as integers: nano-units of a currency, so that one CPM micro is one nano an impression.

use std::fmt;
use std::str::FromStr;

/// Billionths of one unit of a currency. Never a float.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    serde::Serialize,
    serde::Deserialize,
)]
pub struct Nanos(pub i64);

/// Largest amount accepted from outside, in micros: nine milliards of units, which fits
/// [`Nanos`] with room to add two of them.
pub const MICROS_MAX: i64 = 4_000_000_000_000_000;

impl Nanos {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// From millionths of a unit; saturates far outside what validation lets in.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros.saturating_mul(1000))
    }

    /// In millionths of a unit, rounded down.
    pub const fn micros(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The sum, or `None` when it does not fit.
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        if let Some(sum) = self.0.checked_add(other.0) {
            Some(Self(sum))
        } else {
            None
        }
    }

    /// The difference, at least the smallest amount.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// An ISO 4217 currency code.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency([u8; 3]);

/// Why a text is not a currency.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not an ISO 4217 code of three capital letters such as USD")]
pub struct CurrencyError {
    /// What was given, cut to 16 characters.
    pub text: String,
}

impl Currency {
    /// The dollar of the United States: the currency of a tenant that names none.
    pub const USD: Self = Self(*b"USD");

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = CurrencyError;

    fn from_str(text: &str) -> Result<Self, CurrencyError> {
        match *text.as_bytes() {
            [a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Ok(Self([a, b, c])),
            _ => Err(CurrencyError {
                text: text.chars().take(16).collect(),
            }),
        }
    }
}
