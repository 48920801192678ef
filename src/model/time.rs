//! Instants, spans and zones. Integers only; the clock itself lives in `host`.

use std::fmt;
use std::str::FromStr;

use jiff::tz::TimeZone;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
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

    fn jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::MAX)
    }
}

/// RFC 3339 in UTC, with milliseconds only when there are any.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.jiff())
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
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

/// A time zone by its IANA name, with the rules bundled into the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// Why a text is not a time zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is not an IANA time zone such as America/New_York")]
pub struct ZoneError {
    /// What was given, cut to 64 characters.
    pub name: String,
}

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(TimeZone::UTC);

    /// The IANA name.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The local calendar day that contains `at`: its first instant and the first of the next.
    ///
    /// A day of a daylight-saving change is 23 or 25 hours long.
    pub fn day(&self, at: Timestamp) -> Day {
        self.local_day(at).unwrap_or_else(|| {
            // The very first and last days of the calendar: a UTC day is near enough.
            let start = at.0 - at.0.rem_euclid(86_400_000);
            Day {
                start: Timestamp(start),
                end: Timestamp(start.saturating_add(86_400_000)),
            }
        })
    }

    /// The minute of the week on its wall clock, Monday 00:00 being 0, below 10,080.
    pub fn minute_of_week(&self, at: Timestamp) -> u16 {
        let wall = self.0.to_datetime(at.jiff());
        let day = wall.weekday().to_monday_zero_offset().unsigned_abs();
        let hour = wall.hour().unsigned_abs();
        let minute = wall.minute().unsigned_abs();
        (u16::from(day) * 24 + u16::from(hour)) * 60 + u16::from(minute)
    }

    fn local_day(&self, at: Timestamp) -> Option<Day> {
        let start = at.jiff().to_zoned(self.0.clone()).start_of_day().ok()?;
        let end = start.tomorrow().ok()?;
        let millis = |zoned: &jiff::Zoned| Timestamp(zoned.timestamp().as_millisecond());
        Some(Day {
            start: millis(&start),
            end: millis(&end),
        })
    }
}

impl FromStr for Zone {
    type Err = ZoneError;

    fn from_str(name: &str) -> Result<Self, ZoneError> {
        let error = || ZoneError {
            name: name.chars().take(64).collect(),
        };
        if name.len() > 64 {
            return Err(error());
        }
        jiff::tz::db()
            .get(name)
            .map(Self)
            .map_err(|_unknown| error())
    }
}

/// One calendar day of a zone, half open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Day {
    /// First instant of the day.
    pub start: Timestamp,
    /// First instant after the day.
    pub end: Timestamp,
}

impl Day {
    /// Whether the instant is in this day.
    pub fn contains(&self, at: Timestamp) -> bool {
        (self.start..self.end).contains(&at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_read_and_print_as_rfc_3339() {
        let at: Timestamp = "2026-07-01T02:00:00.250+02:00".parse().unwrap();
        assert_eq!(at.to_string(), "2026-07-01T00:00:00.25Z");
        assert_eq!(at.to_string().parse(), Ok(at));
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

    #[test]
    fn a_day_of_a_clock_change_has_23_or_25_hours() {
        let zone: Zone = "America/New_York".parse().unwrap();
        let hours = |text: &str| {
            let day = zone.day(text.parse().unwrap());
            day.end.since(day.start).0 / 3_600_000
        };
        assert_eq!(hours("2026-03-08T12:00:00-04:00"), 23);
        assert_eq!(hours("2026-11-01T12:00:00-05:00"), 25);
        assert_eq!(hours("2026-07-01T12:00:00-04:00"), 24);
    }
}
