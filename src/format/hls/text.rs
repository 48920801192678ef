//! Numbers and dates of playlists, read from bytes into integers.

use crate::model::Micros;

const WHITE: [u8; 2] = [b' ', b'\t'];

/// Without blanks at either end.
pub(super) fn trim(mut text: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = text
        && WHITE.contains(first)
    {
        text = rest;
    }
    trim_end(text)
}

/// Without blanks at the end.
pub(super) fn trim_end(mut text: &[u8]) -> &[u8] {
    while let [rest @ .., last] = text
        && WHITE.contains(last)
    {
        text = rest;
    }
    text
}

/// A decimal integer that is the whole text, at most twenty digits.
pub(super) fn unsigned(text: &[u8]) -> Option<u64> {
    let (value, length) = digits(text)?;
    (length == text.len()).then_some(value)
}

/// Decimal digits at the start of the text: their value and how many.
fn digits(text: &[u8]) -> Option<(u64, usize)> {
    let mut value: u64 = 0;
    let mut length = 0;
    for byte in text {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        value = value.checked_mul(10)?.checked_add(u64::from(digit))?;
        length += 1;
    }
    (length > 0).then_some((value, length))
}

/// Decimal seconds that are the whole text.
pub(super) fn seconds(text: &[u8]) -> Option<Micros> {
    let (span, length) = seconds_at_start(text)?;
    (length == text.len()).then_some(span)
}

/// Decimal seconds at the start of the text, to the nearest microsecond, and how many bytes they
/// are: `6`, `6.`, `6.006`, `.5`. No sign, no exponent.
pub(super) fn seconds_at_start(text: &[u8]) -> Option<(Micros, usize)> {
    let (whole, mut length) = digits(text).unwrap_or((0, 0));
    if length == 0 && !matches!(text, [b'.', b'0'..=b'9', ..]) {
        return None;
    }
    if length == 0 && text.first().is_some_and(u8::is_ascii_digit) {
        // Digits that do not fit.
        return None;
    }
    let mut micros = 0;
    if text.get(length) == Some(&b'.') {
        let fraction = text.get(length + 1..).unwrap_or_default();
        let (value, digits) = fraction_micros(fraction);
        micros = value;
        length += 1 + digits;
    }
    let total = whole.checked_mul(1_000_000)?.checked_add(micros)?;
    Some((Micros(total), length))
}

/// Digits after a decimal point as millionths, rounded to the nearest, and how many they are.
#[inline]
fn fraction_micros(text: &[u8]) -> (u64, usize) {
    let mut value = 0;
    let mut length = 0;
    for byte in text {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        match length {
            0..6 => value = value * 10 + u64::from(digit),
            6 if digit >= 5 => value += 1,
            _ => {}
        }
        length += 1;
    }
    for _ in length..6 {
        value *= 10;
    }
    (value, length)
}

/// An instant as ISO 8601 writes it, in microseconds since 1970.
///
/// Any number of fraction digits, the offset as `Z`, `+01:00`, `+0100` (as ffmpeg does) or `+01`;
/// without one it is UTC. Years 1 to 9999.
#[inline]
pub(super) fn date(text: &[u8]) -> Option<i64> {
    let (whole, rest) = text.split_first_chunk::<19>()?;
    let two = |at: usize| -> Option<i64> {
        let (tens, ones) = (
            whole[at].wrapping_sub(b'0'),
            whole[at + 1].wrapping_sub(b'0'),
        );
        (tens <= 9 && ones <= 9).then(|| i64::from(tens) * 10 + i64::from(ones))
    };
    let marks = [whole[4], whole[7], whole[13], whole[16]];
    if marks != *b"--::" || !matches!(whole[10], b'T' | b't' | b' ') {
        return None;
    }
    let (year, month, day) = (two(0)? * 100 + two(2)?, two(5)?, two(8)?);
    let (hour, minute, second) = (two(11)?, two(14)?, two(17)?);
    let valid = year > 0
        && (1..=12).contains(&month)
        && (1..=days_of_month(year, month)).contains(&day)
        && hour <= 23
        && minute <= 59
        && second <= 60;
    if !valid {
        return None;
    }
    let (micros, zone) = match rest {
        [b'.' | b',', fraction @ ..] => {
            let (micros, length) = fraction_micros(fraction);
            (micros, fraction.get(length..).unwrap_or_default())
        }
        _ => (0, rest),
    };
    let seconds = days_since_1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
    let utc = seconds - offset_seconds(zone)?;
    Some(utc * 1_000_000 + i64::try_from(micros).ok()?)
}

/// Seconds that the clocks of a written offset are ahead of UTC.
#[inline]
fn offset_seconds(zone: &[u8]) -> Option<i64> {
    let number = |text: &[u8]| unsigned(text).and_then(|value| i64::try_from(value).ok());
    let (sign, hours, minutes) = match zone {
        [] | [b'Z' | b'z'] => return Some(0),
        [sign, hours @ ..] if hours.len() == 2 => (sign, number(hours)?, 0),
        [sign, h1, h2, minutes @ ..] if minutes.len() == 2 => {
            (sign, number(&[*h1, *h2])?, number(minutes)?)
        }
        [sign, h1, h2, b':', minutes @ ..] if minutes.len() == 2 => {
            (sign, number(&[*h1, *h2])?, number(minutes)?)
        }
        _ => return None,
    };
    if hours > 23 || minutes > 59 {
        return None;
    }
    let ahead = hours * 3600 + minutes * 60;
    match sign {
        b'+' => Some(ahead),
        b'-' => Some(-ahead),
        _ => None,
    }
}

#[inline]
fn days_of_month(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a date of the Gregorian calendar.
///
/// Years begin in March here, so that the leap day is the last day of one.
#[inline]
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let days_in_year = (153 * month + 2) / 5 + day - 1;
    year * 365 + year / 4 - year / 100 + year / 400 + days_in_year - 719_468
}

/// Bytes from hexadecimal digits after `0x`.
pub(super) fn hex(text: &[u8]) -> Option<Vec<u8>> {
    let digits = text
        .strip_prefix(b"0x")
        .or_else(|| text.strip_prefix(b"0X"))?;
    let (pairs, rest) = digits.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    let nibble = |digit: u8| char::from(digit).to_digit(16);
    pairs
        .iter()
        .map(|[high, low]| u8::try_from(nibble(*high)? * 16 + nibble(*low)?).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn seconds_are_read_to_the_microsecond_and_never_as_floats() {
        for (text, expected) in [
            ("6", Some(6_000_000)),
            ("6.", Some(6_000_000)),
            ("6.006", Some(6_006_000)),
            ("1234.567891", Some(1_234_567_891)),
            ("0.0000004", Some(0)),
            ("0.0000005", Some(1)),
            ("9.9999996", Some(10_000_000)),
            (".5", Some(500_000)),
            ("18446744073709", Some(18_446_744_073_709_000_000)),
            ("18446744073710", None),
            ("99999999999999999999999", None),
            ("99999999999999999999999.5", None),
            ("", None),
            (".", None),
            ("-1", None),
            ("1e3", None),
            ("6 ", None),
        ] {
            let read = seconds(text.as_bytes()).map(|span| span.0);
            assert_eq!(read, expected, "{text}");
        }
    }

    #[test]
    fn dates_are_read_in_the_spellings_packagers_use() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("2026-11-20T12:00:00.123456Z", Some(1_795_176_000_123_456)),
            (
                "2026-11-20T12:00:00.1234567+00:00",
                Some(1_795_176_000_123_457),
            ),
            ("2026-11-20T13:00:00.000+0100", Some(1_795_176_000_000_000)),
            ("2026-11-20T13:00:00+01", Some(1_795_176_000_000_000)),
            ("2026-11-20 06:30:00-05:30", Some(1_795_176_000_000_000)),
            ("2026-11-20T12:00:00", Some(1_795_176_000_000_000)),
            ("1969-12-31T23:59:59.5Z", Some(-500_000)),
            ("2026-02-29T00:00:00Z", None),
            ("2026-11-20T24:00:00Z", None),
            ("2026-11-20", None),
            ("2026-11-20T12:00:00.5CET", None),
            ("2026-11-20T12:00:00+1", None),
            ("yesterday at noon, UTC", None),
        ] {
            assert_eq!(date(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn hexadecimal_needs_its_prefix_and_whole_bytes() {
        assert_eq!(hex(b"0xFC30"), Some(vec![0xFC, 0x30]));
        assert_eq!(hex(b"0Xfc"), Some(vec![0xFC]));
        for text in ["FC30", "0xF", "0xG0", "0x+1"] {
            assert_eq!(hex(text.as_bytes()), None, "{text}");
        }
    }

    proptest! {
        /// Spans print and read back as themselves.
        #[test]
        fn spans_survive_their_text(micros in 0_u64..1 << 60) {
            let text = Micros(micros).to_string();
            prop_assert_eq!(seconds(text.as_bytes()), Some(Micros(micros)));
        }

        /// A library of dates agrees on every instant it can write.
        #[test]
        fn dates_agree_with_a_library(
            micros in -62_000_000_000_000_000_i64..253_000_000_000_000_000,
            hours in -23_i8..24,
        ) {
            let instant = jiff::Timestamp::from_microsecond(micros).unwrap();
            let offset = jiff::tz::Offset::constant(hours);
            let text = instant.display_with_offset(offset).to_string();
            prop_assert_eq!(date(text.as_bytes()), Some(micros), "{}", text);
            let ffmpeg = text.replace(&format!("{hours:+03}:00"), &format!("{hours:+03}00"));
            prop_assert_eq!(date(ffmpeg.as_bytes()), Some(micros), "{}", ffmpeg);
        }

        /// No bytes make the readers panic.
        #[test]
        fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = (date(&bytes), seconds(&bytes), hex(&bytes), unsigned(&bytes), trim(&bytes));
        }
    }
}
