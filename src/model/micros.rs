//! Media time as integers: spans of microseconds, never a float.

use std::fmt;

use super::time::Millis;

/// A span of media time in microseconds: the finest unit playlists are written in.
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
pub struct Micros(pub u64);

impl Micros {
    /// No time.
    pub const ZERO: Self = Self(0);

    /// From whole seconds; saturates.
    pub const fn from_seconds(seconds: u64) -> Self {
        Self(seconds.saturating_mul(1_000_000))
    }

    /// From milliseconds; saturates.
    pub const fn from_millis(millis: Millis) -> Self {
        Self(millis.0.saturating_mul(1000))
    }

    /// In milliseconds, rounded down.
    pub const fn millis(self) -> Millis {
        Millis(self.0 / 1000)
    }

    /// In seconds, rounded to the nearest: what must not exceed the target duration
    /// (rfc8216bis §4.4.3.1).
    pub const fn rounded_seconds(self) -> u64 {
        self.0.saturating_add(500_000) / 1_000_000
    }

    /// The sum, at most the largest span.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The difference, at least nothing.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// The distance of two spans.
    #[must_use]
    pub const fn distance(self, other: Self) -> Self {
        Self(self.0.abs_diff(other.0))
    }

    /// For sums with instants, which may lie before 1970; at most the largest.
    pub fn signed(self) -> i64 {
        i64::try_from(self.0).unwrap_or(i64::MAX)
    }
}

/// Decimal seconds as playlists write them: `6`, `6.006`, `5.005333`; reads back as the same span.
impl fmt::Display for Micros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, rest) = (self.0 / 1_000_000, self.0 % 1_000_000);
        if rest == 0 {
            return write!(f, "{seconds}");
        }
        let digits = format!("{rest:06}");
        write!(f, "{seconds}.{}", digits.trim_end_matches('0'))
    }
}

impl std::iter::Sum for Micros {
    fn sum<I: Iterator<Item = Self>>(spans: I) -> Self {
        spans.fold(Self::ZERO, Self::plus)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_print_as_decimal_seconds_without_idle_zeros() {
        for (micros, text) in [
            (0, "0"),
            (6_000_000, "6"),
            (6_006_000, "6.006"),
            (5_005_333, "5.005333"),
            (40, "0.00004"),
        ] {
            assert_eq!(Micros(micros).to_string(), text);
        }
    }

    #[test]
    fn a_span_rounds_to_the_nearest_second() {
        assert_eq!(Micros(6_499_999).rounded_seconds(), 6);
        assert_eq!(Micros(6_500_000).rounded_seconds(), 7);
    }

    #[test]
    fn sums_stay_in_range() {
        let spans = [Micros(u64::MAX), Micros(1)];
        assert_eq!(spans.into_iter().sum::<Micros>(), Micros(u64::MAX));
        assert_eq!(Micros(1).minus(Micros(2)), Micros::ZERO);
    }
}
