//! Facts as people read them: short, rounded, near.

use jiff::fmt::strtime;
use jiff::tz::TimeZone;

use crate::model::Timestamp;

/// How facts are shown to people.
#[derive(Debug, Clone)]
pub struct View {
    /// The present.
    pub now: Timestamp,
    /// The zone of instants.
    pub zone: TimeZone,
}

/// A count with its thousands apart: `5,000,000`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Money: `$18.40`, `EUR 1,200.00`; smaller parts only where there are any.
pub fn money(micros: i64, currency: &str) -> String {
    let sign = if micros < 0 { "-" } else { "" };
    let (whole, part) = (
        micros.unsigned_abs() / 1_000_000,
        micros.unsigned_abs() % 1_000_000,
    );
    let digits = format!("{part:06}");
    let cut = digits.trim_end_matches('0').len().max(2);
    let fraction = digits.get(..cut).unwrap_or(&digits);
    let symbol = match currency {
        "USD" => "$".to_owned(),
        "" => String::new(),
        other => format!("{other} "),
    };
    format!("{sign}{symbol}{}.{fraction}", count(whole))
}

/// A size: `84.2 MiB`.
pub fn bytes(number: u64) -> String {
    const UNITS: [&str; 5] = ["KiB", "MiB", "GiB", "TiB", "PiB"];
    if number < 1024 {
        return format!("{number} B");
    }
    let mut power = 1;
    while power < UNITS.len() && number >> (10 * (power + 1)) > 0 {
        power += 1;
    }
    // Tenths in integers: exact, and no carry is lost.
    let tenths = (u128::from(number) * 10) >> (10 * power);
    let unit = UNITS.get(power - 1).copied().unwrap_or_default();
    format!("{}.{} {unit}", tenths / 10, tenths % 10)
}

/// A span: `30.03s`, `1m 30s`, `250ms`.
pub fn span(millis: u64) -> String {
    if millis < 1_000 {
        return format!("{millis}ms");
    }
    let (hours, minutes, rest) = (millis / 3_600_000, millis / 60_000 % 60, millis % 60_000);
    let (seconds, part) = (rest / 1_000, rest % 1_000);
    let fraction = format!("{part:03}");
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    let seconds = format!("{seconds}{point}{fraction}s");
    match (hours, minutes) {
        (0, 0) => seconds,
        (0, minutes) => format!("{minutes}m {seconds}"),
        (hours, minutes) => format!("{hours}h {minutes}m {seconds}"),
    }
}

/// A ratio: `93.4%`.
#[expect(
    clippy::float_arithmetic,
    reason = "rounded for the eye, after all counting is done"
)]
pub fn percent(ratio: f64) -> String {
    format!("{:.1}%", ratio * 100.0)
}

/// An instant by the calendar of the view: `2026-07-01 14:02 EDT`.
pub fn instant(text: &str, view: &View) -> String {
    calendar(text, view.zone.clone())
}

/// An instant by the calendar of an IANA zone; as it is where the zone is unknown.
pub fn instant_in(text: &str, zone: &str) -> String {
    TimeZone::get(zone).map_or_else(|_unknown| text.to_owned(), |zone| calendar(text, zone))
}

/// The day of an instant by the calendar of the view, where there is no room for its time.
pub fn date(text: &str, view: &View) -> String {
    text.parse::<jiff::Timestamp>().map_or_else(
        |_unreadable| text.to_owned(),
        |instant| instant.to_zoned(view.zone.clone()).date().to_string(),
    )
}

/// The time of day of an instant in a zone: `14:02:07`.
pub fn clock_time(instant: Timestamp, zone: &TimeZone) -> String {
    let instant = jiff::Timestamp::from_millisecond(instant.millis()).unwrap_or_default();
    let local = instant.to_zoned(zone.clone());
    local.strftime("%H:%M:%S").to_string()
}

fn calendar(text: &str, zone: TimeZone) -> String {
    let Ok(instant) = text.parse::<jiff::Timestamp>() else {
        return text.to_owned();
    };
    let local = instant.to_zoned(zone);
    let pattern = if local.second() == 0 {
        "%Y-%m-%d %H:%M %Z"
    } else {
        "%Y-%m-%d %H:%M:%S %Z"
    };
    strtime::format(pattern, &local).unwrap_or_else(|_unformattable| text.to_owned())
}

/// The day that begins at an instant, by the calendar of its own zone: `2026-07-01`.
pub fn day(text: &str, zone: &str) -> String {
    let instant = text.parse::<jiff::Timestamp>();
    match (instant, TimeZone::get(zone)) {
        (Ok(instant), Ok(zone)) => instant.to_zoned(zone).date().to_string(),
        _ => text.to_owned(),
    }
}

/// An instant as a distance from now: `3h ago`, `in 5d`.
pub fn distance(text: &str, view: &View) -> String {
    let Ok(instant) = text.parse::<jiff::Timestamp>() else {
        return text.to_owned();
    };
    let seconds = (view.now.millis() - instant.as_millisecond()).div_euclid(1_000);
    let size = match seconds.unsigned_abs() {
        0..=4 => return "now".to_owned(),
        size @ 5..=89 => format!("{size}s"),
        size @ 90..=5_399 => format!("{}m", size / 60),
        size @ 5_400..=172_799 => format!("{}h", size / 3_600),
        size => format!("{}d", size / 86_400),
    };
    if seconds < 0 {
        format!("in {size}")
    } else {
        format!("{size} ago")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_well() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(5_000_000), "5,000,000");
        assert_eq!(money(18_400_000, "USD"), "$18.40");
        assert_eq!(money(-1_200_000_001, "EUR"), "-EUR 1,200.000001");
        assert_eq!(bytes(1023), "1023 B");
        assert_eq!(bytes(88_300_000), "84.2 MiB");
        assert_eq!(bytes(u64::MAX), "16383.9 PiB");
        assert_eq!(span(30_030), "30.03s");
        assert_eq!(span(90_000), "1m 30s");
        assert_eq!(span(3_600_000), "1h 0m 0s");
        assert_eq!(percent(0.934), "93.4%");
    }

    #[test]
    fn instants_are_near_or_by_the_calendar() {
        let view = View {
            now: "2026-07-01T12:00:00Z".parse().unwrap(),
            zone: TimeZone::get("America/New_York").unwrap(),
        };
        assert_eq!(
            instant("2026-07-01T12:00:00Z", &view),
            "2026-07-01 08:00 EDT"
        );
        assert_eq!(date("2026-07-01T03:00:00.000Z", &view), "2026-06-30");
        assert_eq!(date("garbage", &view), "garbage");
        assert_eq!(distance("2026-07-01T09:00:00Z", &view), "3h ago");
        assert_eq!(distance("2026-07-06T13:00:00Z", &view), "in 5d");
        assert_eq!(distance("2026-07-01T11:59:59Z", &view), "now");
        assert_eq!(distance("garbage", &view), "garbage");
        assert_eq!(
            instant_in("2026-07-01T12:00:00Z", "Asia/Tokyo"),
            "2026-07-01 21:00 JST"
        );
        assert_eq!(
            day("2026-07-01T04:00:00Z", "America/New_York"),
            "2026-07-01"
        );
        assert_eq!(
            day("2026-07-01T04:00:00Z", "No/Where"),
            "2026-07-01T04:00:00Z"
        );
    }
}
