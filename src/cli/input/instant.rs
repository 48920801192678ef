//! Instants and spans as people write them. Pure: `now` and the zone are arguments.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan as _, Zoned};

use super::InputError;
use crate::model::{Millis, Timestamp};

/// An instant: RFC 3339, a date or local time in `zone`, `now`, `today`, `yesterday`,
/// `tomorrow`, or a distance from now such as `+3d`, `-90m` or `+1d12h`.
///
/// Days and weeks are those of the calendar of `zone`, so `+1d` over a clock change keeps the
/// time of day; hours and less are exact.
pub(crate) fn parse_instant(
    text: &str,
    now: Timestamp,
    zone: &TimeZone,
) -> Result<Timestamp, InputError> {
    let wrong = || {
        InputError::new(format!(
            "`{}` is not a time from 1970 to 9999: write 2026-07-01, 2026-07-01T18:00, \
             2026-07-01T18:00:00Z, today, +3d or -1h",
            text.chars().take(64).collect::<String>()
        ))
    };
    let found = jiff::Timestamp::from_millisecond(now.millis())
        .ok()
        .and_then(|now| find(text, &now.to_zoned(zone.clone())))
        .ok_or_else(wrong)?;
    // Printing and reading again applies the bounds of the model.
    let instant = Timestamp::from_millis(found.timestamp().as_millisecond());
    instant.to_string().parse().map_err(|_outside| wrong())
}

fn find(text: &str, now: &Zoned) -> Option<Zoned> {
    let day = |days: i32| now.start_of_day().ok()?.checked_add(days.days()).ok();
    match text {
        "now" => return Some(now.clone()),
        "today" => return day(0),
        "yesterday" => return day(-1),
        "tomorrow" => return day(1),
        _ => {}
    }
    if let Some(rest) = text.strip_prefix('+') {
        return now.checked_add(parse_parts(rest)?).ok();
    }
    if let Some(rest) = text.strip_prefix('-') {
        return now.checked_sub(parse_parts(rest)?).ok();
    }
    if let Ok(instant) = text.parse::<Timestamp>() {
        let instant = jiff::Timestamp::from_millisecond(instant.millis()).ok()?;
        return Some(instant.to_zoned(now.time_zone().clone()));
    }
    // A text with an offset or zone that is not RFC 3339 must not pass for a local time.
    let is_local = text
        .bytes()
        .all(|b| b.is_ascii_digit() || b"-:T .".contains(&b));
    let local = is_local && text.len() >= 10;
    let date: Option<Date> = if local && text.len() == 10 {
        text.parse().ok()
    } else {
        None
    };
    let time: Option<DateTime> = if local && text.len() > 10 {
        text.parse().ok()
    } else {
        None
    };
    let time = time.or_else(|| date.map(|date| date.at(0, 0, 0, 0)))?;
    time.to_zoned(now.time_zone().clone()).ok()
}

/// A span such as `30s`, `1m30s`, `500ms` or `2h`.
pub(crate) fn parse_span(text: &str) -> Result<Millis, InputError> {
    let wrong = || {
        InputError::new(format!(
            "`{}` is not a duration: write 500ms, 30s, 1m30s or 2h",
            text.chars().take(64).collect::<String>()
        ))
    };
    let mut total: u64 = 0;
    for (count, unit) in parts(text).ok_or_else(wrong)? {
        let millis = match unit {
            "ms" => 1,
            "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            _ => return Err(wrong()),
        };
        let part = u64::from(count).checked_mul(millis);
        total = part
            .and_then(|part| total.checked_add(part))
            .ok_or_else(wrong)?;
    }
    Ok(Millis(total))
}

/// The longest time that something may take: any span but none at all.
pub(crate) fn parse_timeout(text: &str) -> Result<Millis, InputError> {
    match parse_span(text)? {
        Millis(0) => Err(InputError::new(
            "nothing can be done in no time: write 5s or 1m30s",
        )),
        span => Ok(span),
    }
}

/// The parts of a distance from now.
fn parse_parts(text: &str) -> Option<Span> {
    let mut span = Span::new();
    for (count, unit) in parts(text)? {
        let count = i64::from(count);
        span = match unit {
            "w" => span.try_weeks(count),
            "d" => span.try_days(count),
            "h" => span.try_hours(count),
            "m" => span.try_minutes(count),
            "s" => span.try_seconds(count),
            _ => return None,
        }
        .ok()?;
    }
    Some(span)
}

/// Numbers with their units, largest unit first, each at most once.
fn parts(text: &str) -> Option<Vec<(u32, &str)>> {
    const ORDER: [&str; 6] = ["w", "d", "h", "m", "s", "ms"];
    let mut found: Vec<(u32, &str)> = Vec::new();
    let mut rest = text;
    let mut earliest = 0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let (count, after) = rest.split_at(digits);
        let letters = after
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(after.len());
        let (unit, next) = after.split_at(letters);
        let place = ORDER.iter().position(|&known| known == unit)?;
        if place < earliest {
            return None;
        }
        earliest = place + 1;
        found.push((count.parse().ok()?, unit));
        rest = next;
    }
    (!found.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn zone() -> TimeZone {
        TimeZone::get("America/New_York").unwrap()
    }

    fn read(text: &str) -> Option<String> {
        let now: Timestamp = "2026-07-04T16:30:00Z".parse().unwrap();
        parse_instant(text, now, &zone())
            .ok()
            .map(|at| at.to_string())
    }

    #[test]
    fn instants_are_read_in_every_form() {
        for (text, instant) in [
            ("2026-07-01T00:00:00Z", "2026-07-01T00:00:00.000Z"),
            ("2026-07-01T00:00:00+02:00", "2026-06-30T22:00:00.000Z"),
            ("2026-07-01", "2026-07-01T04:00:00.000Z"),
            ("2026-07-01T18:00", "2026-07-01T22:00:00.000Z"),
            ("2026-07-01 18:00:30", "2026-07-01T22:00:30.000Z"),
            ("now", "2026-07-04T16:30:00.000Z"),
            ("today", "2026-07-04T04:00:00.000Z"),
            ("yesterday", "2026-07-03T04:00:00.000Z"),
            ("tomorrow", "2026-07-05T04:00:00.000Z"),
            ("+3d", "2026-07-07T16:30:00.000Z"),
            ("-1h", "2026-07-04T15:30:00.000Z"),
            ("+1w2d3h4m5s", "2026-07-13T19:34:05.000Z"),
        ] {
            assert_eq!(read(text).as_deref(), Some(instant), "{text}");
        }
    }

    #[test]
    fn a_day_over_a_clock_change_keeps_the_time_of_day() {
        let now: Timestamp = "2026-03-07T17:00:00Z".parse().unwrap();
        let read = |text| parse_instant(text, now, &zone()).unwrap().to_string();
        assert_eq!(read("+1d"), "2026-03-08T16:00:00.000Z");
        assert_eq!(read("+24h"), "2026-03-08T17:00:00.000Z");
        // 02:30 does not exist on that day: the hour that was skipped is added.
        assert_eq!(read("2026-03-08T02:30"), "2026-03-08T07:30:00.000Z");
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "+",
            "-",
            "3d",
            "+3",
            "+d",
            "+3x",
            "+1h1d",
            "+1d1d",
            "2026",
            "2026-7-1",
            "2026-07-32",
            "20260701",
            "noon",
            "2026-07-01T25:00",
            "1969-12-31",
            "2026-07-01T00:00[UTC]",
            "+999999w",
            "-99999w",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn spans_are_read() {
        for (text, millis) in [
            ("500ms", 500),
            ("30s", 30_000),
            ("1m30s", 90_000),
            ("2h", 7_200_000),
        ] {
            assert_eq!(parse_span(text), Ok(Millis(millis)), "{text}");
        }
        for text in ["", "30", "s", "1d", "-1s", "1s1m", "1.5s", "99999999999s"] {
            assert!(parse_span(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(millis in 0_i64..253_402_214_400_000) {
            let at = Timestamp::from_millis(millis);
            let now = Timestamp::from_millis(0);
            prop_assert_eq!(parse_instant(&at.to_string(), now, &TimeZone::UTC), Ok(at));
        }

        #[test]
        fn no_text_makes_it_panic(text in "[0-9wdhmsTZ:. +-]{0,24}|\\PC{0,16}") {
            let now = Timestamp::from_millis(1_800_000_000_000);
            let _value = (parse_instant(&text, now, &zone()), parse_span(&text));
        }
    }
}
