//! Time zones, and the periods of the calendar that an instant is in.

use std::str::FromStr;

use jiff::tz::TimeZone;

use super::suggest::nearest;
use super::time::{Millis, Timestamp};

/// A time zone by its IANA name, with the rules bundled into the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// By its name.
impl serde::Serialize for Zone {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> serde::Deserialize<'de> for Zone {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        name.parse().map_err(serde::de::Error::custom)
    }
}

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

    /// The name of a zone that a wrong one was probably meant to be. Looks at all of them: it is
    /// for people, not for requests.
    pub fn near(name: &str) -> Option<String> {
        let known: Vec<String> = jiff::tz::db()
            .available()
            .map(|known| known.to_string())
            .collect();
        nearest(name, known.iter().map(String::as_str)).map(str::to_owned)
    }

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
            let start = at.millis() - at.millis().rem_euclid(86_400_000);
            Day {
                start: Timestamp::from_millis(start),
                end: Timestamp::from_millis(start.saturating_add(86_400_000)),
            }
        })
    }

    /// The local week that contains `at`, from Monday: its first instant and the first of the next.
    pub fn week(&self, at: Timestamp) -> Day {
        let start = self.periods(at).week;
        // No change of a clock is as long as half a day.
        let next = start.plus(Millis::from_seconds(7 * 86_400 + 43_200));
        Day {
            start,
            end: self.periods(next).week,
        }
    }

    /// The minute of the week on its wall clock, Monday 00:00 being 0, below 10,080.
    pub fn minute_of_week(&self, at: Timestamp) -> u16 {
        let wall = self.0.to_datetime(at.jiff());
        let day = wall.weekday().to_monday_zero_offset().unsigned_abs();
        let hour = wall.hour().unsigned_abs();
        let minute = wall.minute().unsigned_abs();
        (u16::from(day) * 24 + u16::from(hour)) * 60 + u16::from(minute)
    }

    /// How far the clocks of the zone are ahead of UTC at `at`, and until when they stay so.
    pub fn stretch(&self, at: Timestamp) -> Stretch {
        let instant = at.jiff();
        let ahead = i64::from(self.0.to_offset(instant).seconds()) * 1_000;
        let change = self.0.following(instant).next();
        let end = change.map_or(Timestamp::from_millis(i64::MAX), |change| {
            Timestamp::from_millis(change.timestamp().as_millisecond())
        });
        Stretch { ahead, end }
    }

    fn local_day(&self, at: Timestamp) -> Option<Day> {
        let start = at.jiff().to_zoned(self.0.clone()).start_of_day().ok()?;
        let end = start.tomorrow().ok()?;
        let millis =
            |zoned: &jiff::Zoned| Timestamp::from_millis(zoned.timestamp().as_millisecond());
        Some(Day {
            start: millis(&start),
            end: millis(&end),
        })
    }
}

impl Zone {
    /// The local hour, day, week and month that contain `at`.
    ///
    /// An hour begins when the clock on the wall shows another hour, or the same one again: where
    /// it is set back by an hour, two hours of one name follow one another.
    pub fn periods(&self, at: Timestamp) -> Periods {
        self.local_periods(at).unwrap_or_else(|| {
            // The very first and last days of the calendar: UTC is near enough.
            let day = at.minus(Millis(at.millis().rem_euclid(86_400_000).unsigned_abs()));
            Periods {
                hour: at.hour(),
                day,
                week: day,
                month: day,
                until: at.hour().plus(Millis(3_600_000)),
            }
        })
    }

    fn local_periods(&self, at: Timestamp) -> Option<Periods> {
        let zone = &self.0;
        let instant = at.jiff();
        let local = zone.to_datetime(instant);
        let date = local.date();
        let midnight = |date: jiff::civil::Date| {
            let start = zone.to_timestamp(date.at(0, 0, 0, 0)).ok()?;
            Some(Timestamp::from_millis(start.as_millisecond()))
        };
        let since_monday = i64::from(date.weekday().to_monday_zero_offset());
        let monday = date
            .checked_sub(jiff::Span::new().days(since_monday))
            .ok()?;
        let hour = self.hour_start(instant)?;
        let full = Timestamp::from_millis(instant.as_millisecond() - past_hour(local) + 3_600_000);
        let change = zone.following(instant).next();
        let change =
            change.map(|change| Timestamp::from_millis(change.timestamp().as_millisecond()));
        Some(Periods {
            hour: Timestamp::from_millis(hour.as_millisecond()),
            day: midnight(date)?,
            week: midnight(monday)?,
            month: midnight(date.first_of_month())?,
            // An hour with a change in it is looked at anew after the change.
            until: change
                .map_or(full, |change| change.min(full))
                .max(at.plus(Millis(1))),
        })
    }

    fn hour_start(&self, at: jiff::Timestamp) -> Option<jiff::Timestamp> {
        let zone = &self.0;
        let local = zone.to_datetime(at);
        let past = past_hour(local);
        let start = jiff::Timestamp::from_millisecond(at.as_millisecond() - past).ok()?;
        if zone.to_offset(start) == zone.to_offset(at) {
            return Some(start);
        }
        // The clock was set in this hour, by less than an hour or from the hour before.
        let past_at = jiff::Timestamp::from_millisecond(at.as_millisecond() + 1).ok()?;
        let change = zone.preceding(past_at).next()?.timestamp();
        let before = jiff::Timestamp::from_millisecond(change.as_millisecond() - 1).ok()?;
        if zone.to_datetime(before).hour() == local.hour() {
            return self.hour_start(before);
        }
        Some(change)
    }
}

/// Milliseconds since the clock on the wall showed a full hour.
fn past_hour(local: jiff::civil::DateTime) -> i64 {
    let seconds = i64::from(local.minute()) * 60 + i64::from(local.second());
    seconds * 1_000 + i64::from(local.millisecond())
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

/// A time through which the clocks of a zone are not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// How far they are ahead of UTC; negative west of it. Milliseconds.
    pub ahead: i64,
    /// When they are changed next.
    pub end: Timestamp,
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

/// First instants of the periods of the calendar that contain one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Periods {
    /// Of its hour.
    pub hour: Timestamp,
    /// Of its day, midnight or what is left of it after a clock change.
    pub day: Timestamp,
    /// Of its week, Monday.
    pub week: Timestamp,
    /// Of its month, the first.
    pub month: Timestamp,
    /// Until when, at least, all of this stays true: up to an hour after the instant.
    pub until: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn weeks_follow_one_another_through_clock_changes() {
        for name in ["UTC", "America/New_York", "Africa/Cairo", "Pacific/Apia"] {
            let zone: Zone = name.parse().unwrap();
            let mut at: Timestamp = "2025-12-30T13:00:00Z".parse().unwrap();
            for _ in 0..60 {
                let week = zone.week(at);
                assert!(week.contains(at), "{at} in {name}");
                assert_eq!(zone.minute_of_week(week.start) % 1_440, 0, "{at} in {name}");
                assert_eq!(zone.week(week.end).start, week.end, "{at} in {name}");
                assert_eq!(zone.week(week.end.minus(Millis(1))), week, "{at} in {name}");
                at = week.end.plus(Millis::from_seconds(100_000));
            }
        }
    }

    #[test]
    fn a_misspelled_zone_is_understood() {
        for (name, near) in [
            ("Europe/Belin", Some("Europe/Berlin")),
            ("america/new_yrok", Some("America/New_York")),
            ("Mars/Base", None),
            ("", None),
        ] {
            assert_eq!(Zone::near(name).as_deref(), near, "{name}");
        }
    }

    /// Zone, instant, and the first instants of its hour, day, week and month, all of 2026.
    ///
    /// In New York a day, week and month begin under another offset than now, and one o'clock
    /// comes twice and is two hours. On Lord Howe half an hour is put back, into an hour of an
    /// hour and a half, and ahead, into one of half an hour. In Cairo a midnight is left out.
    const PERIODS: &str = "
        UTC 07-01T10:20:30.4Z 07-01T10:00:00Z 07-01T00:00:00Z 06-29T00:00:00Z 07-01T00:00:00Z
        Asia/Kolkata 07-01T15:50:30+05:30 07-01T15:00:00+05:30 07-01T00:00:00+05:30 06-29T00:00:00+05:30 07-01T00:00:00+05:30
        America/New_York 03-08T12:30:00-04:00 03-08T12:00:00-04:00 03-08T00:00:00-05:00 03-02T00:00:00-05:00 03-01T00:00:00-05:00
        America/New_York 03-08T03:30:00-04:00 03-08T03:00:00-04:00 03-08T00:00:00-05:00 03-02T00:00:00-05:00 03-01T00:00:00-05:00
        America/New_York 11-01T01:30:00-04:00 11-01T01:00:00-04:00 11-01T00:00:00-04:00 10-26T00:00:00-04:00 11-01T00:00:00-04:00
        America/New_York 11-01T01:30:00-05:00 11-01T01:00:00-05:00 11-01T00:00:00-04:00 10-26T00:00:00-04:00 11-01T00:00:00-04:00
        Australia/Lord_Howe 04-05T01:45:00+10:30 04-05T01:00:00+11:00 04-05T00:00:00+11:00 03-30T00:00:00+11:00 04-01T00:00:00+11:00
        Australia/Lord_Howe 10-04T02:45:00+11:00 10-04T02:30:00+11:00 10-04T00:00:00+10:30 09-28T00:00:00+10:30 10-01T00:00:00+10:30
        Africa/Cairo 04-24T12:00:00+03:00 04-24T12:00:00+03:00 04-24T01:00:00+03:00 04-20T00:00:00+02:00 04-01T00:00:00+02:00
    ";

    #[test]
    fn periods_begin_on_the_clock_of_the_zone() {
        for line in PERIODS.lines().filter(|line| line.contains('T')) {
            let mut words = line.split_whitespace();
            let zone: Zone = words.next().unwrap().parse().unwrap();
            let read = |text: &str| -> Timestamp { format!("2026-{text}").parse().unwrap() };
            let at = read(words.next().unwrap());
            let periods = zone.periods(at);
            let starts = [periods.hour, periods.day, periods.week, periods.month];
            assert_eq!(
                starts.to_vec(),
                words.map(read).collect::<Vec<_>>(),
                "{line}"
            );
            assert!(periods.until > at, "{line}");
        }
    }

    #[test]
    fn periods_stay_true_until_they_say() {
        for name in [
            "UTC",
            "America/New_York",
            "Australia/Lord_Howe",
            "Africa/Cairo",
            "Asia/Kathmandu",
        ] {
            let zone: Zone = name.parse().unwrap();
            let mut at: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
            let mut held = zone.periods(at);
            // Nine minutes, thirteen seconds: meets every minute of the hour in the year.
            for _ in 0..57_000 {
                at = at.plus(Millis(553_000));
                let fresh = zone.periods(at);
                if at < held.until {
                    assert_eq!(
                        (fresh.hour, fresh.day),
                        (held.hour, held.day),
                        "{at} in {name}"
                    );
                    assert_eq!(
                        (fresh.week, fresh.month),
                        (held.week, held.month),
                        "{at} in {name}"
                    );
                }
                assert!(
                    fresh.hour <= at && fresh.day <= fresh.hour,
                    "{at} in {name}"
                );
                assert!(at.since(fresh.hour).0 < 5_400_000, "{at} in {name}");
                held = fresh;
            }
        }
    }
}
