//! Instants and spans. Integers only; the clock itself lives in `host`.

use std::fmt;
use std::str::FromStr;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
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
pub struct Timestamp(i64);

/// Earliest instant accepted from outside, 1970-01-01.
pub const TIMESTAMP_MIN: Timestamp = Timestamp(0);
/// Latest instant accepted from outside, 9999-12-31T00:00:00Z (RFC 3339 has four digits).
pub const TIMESTAMP_MAX: Timestamp = Timestamp(253_402_214_400_000);

impl Timestamp {
    /// From milliseconds since the Unix epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the Unix epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since the Unix epoch, rounded down.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// This instant moved later; stays at the end of time instead of wrapping.
    #[must_use]
    pub const fn plus(self, span: Millis) -> Self {
        Self(self.0.saturating_add_unsigned(span.0))
    }

    /// This instant moved earlier; stays at the start of time instead of wrapping.
    #[must_use]
    pub const fn minus(self, span: Millis) -> Self {
        Self(self.0.saturating_sub_unsigned(span.0))
    }

    /// How long since `earlier`; zero when `earlier` is later.
    pub const fn since(self, earlier: Self) -> Millis {
        let span = self.0.saturating_sub(earlier.0);
        Millis(if span < 0 { 0 } else { span.unsigned_abs() })
    }

    /// The start of the UTC hour this instant is in.
    #[must_use]
    pub const fn hour(self) -> Self {
        Self(self.0 - self.0.rem_euclid(3_600_000))
    }

    /// The same instant for `jiff`, at most its last.
    pub(super) fn jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::MAX)
    }
}

/// RFC 3339 in UTC, always with three decimals, so that instants sort as texts.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}", self.jiff())
    }
}

/// Why a text is not an instant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not an RFC 3339 instant such as 2026-07-01T00:00:00Z, from 1970 to 9999")]
pub struct TimestampError {
    /// What was given, cut to 64 characters.
    pub text: String,
}

/// RFC 3339 with an offset or `Z`; fractions below a millisecond are cut off.
impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, TimestampError> {
        let error = || TimestampError {
            text: text.chars().take(64).collect(),
        };
        let parsed: jiff::Timestamp = text.parse().map_err(|_unreadable| error())?;
        let instant = Self(parsed.as_millisecond());
        (TIMESTAMP_MIN..=TIMESTAMP_MAX)
            .contains(&instant)
            .then_some(instant)
            .ok_or_else(error)
    }
}

/// A span of time in milliseconds.
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
pub struct Millis(pub u64);

impl Millis {
    /// From whole seconds.
    pub const fn from_seconds(seconds: u64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// The sum, at most the largest span.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The same span for `std`.
    pub const fn std(self) -> std::time::Duration {
        std::time::Duration::from_millis(self.0)
    }
}

/// `HH:MM:SS.mmm`, the form of VAST durations (VAST 4.2 §3.8, xs:time).
impl fmt::Display for Millis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0 / 1000;
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        write!(
            f,
            "{hours:02}:{minutes:02}:{:02}.{:03}",
            seconds % 60,
            self.0 % 1000
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_read_and_print_as_rfc_3339() {
        let at: Timestamp = "2026-07-01T02:00:00.250+02:00".parse().unwrap();
        assert_eq!(at.to_string(), "2026-07-01T00:00:00.250Z");
        assert_eq!(at.to_string().parse(), Ok(at));
    }

    #[test]
    fn instants_sort_as_texts_as_they_do_in_time() {
        let mut millis = vec![0, 1, 9, 10, 99, 100, 250, 999, 1_000, 1_001, 59_999, 60_000];
        millis.push(TIMESTAMP_MAX.millis());
        let instants = millis.into_iter().map(Timestamp::from_millis);
        let texts: Vec<String> = instants.map(|at| at.to_string()).collect();
        assert!(texts.is_sorted(), "{texts:?}");
        assert!(
            texts.iter().all(|text| text.len() == texts[0].len()),
            "{texts:?}"
        );
    }

    #[test]
    fn other_spellings_and_far_years_are_refused() {
        for text in [
            "",
            "tomorrow",
            "2026-07-01",
            "1969-12-31T23:59:59Z",
            "+010000-01-01T00:00:00Z",
        ] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
    }

    #[test]
    fn durations_print_as_vast_wants_them() {
        assert_eq!(Millis(0).to_string(), "00:00:00.000");
        assert_eq!(Millis(3_723_004).to_string(), "01:02:03.004");
    }
}
