//! JSON by the piece: times are decimal text of whole microseconds, which no float could keep.

use std::io::Write as _;

/// Written text never fails.
const INFALLIBLE: &str = "a Vec takes any bytes";

/// A text in quotes.
pub(super) fn text(value: &str, out: &mut Vec<u8>) {
    serde_json::to_writer(out, value).expect(INFALLIBLE);
}

/// A text in quotes that somebody else writes.
pub(super) fn written(write: impl FnOnce(&mut Vec<u8>), out: &mut Vec<u8>) {
    let start = out.len();
    write(out);
    let value = String::from_utf8_lossy(out.get(start..).unwrap_or_default()).into_owned();
    out.truncate(start);
    text(&value, out);
}

/// Whatever shows itself as JSON.
pub(super) fn shown(value: impl std::fmt::Display, out: &mut Vec<u8>) {
    write!(out, "{value}").expect(INFALLIBLE);
}

/// Microseconds as decimal seconds.
pub(super) fn seconds(micros: i64, out: &mut Vec<u8>) {
    let (whole, part) = (
        micros.unsigned_abs() / 1_000_000,
        micros.unsigned_abs() % 1_000_000,
    );
    let sign = if micros < 0 { "-" } else { "" };
    write!(out, "{sign}{whole}").expect(INFALLIBLE);
    if part > 0 {
        let digits = format!("{part:06}");
        write!(out, ".{}", digits.trim_end_matches('0')).expect(INFALLIBLE);
    }
}

/// `"NAMEInSeconds":1.5,"NAME":"PT1.5S"`: as a number, and as an ISO 8601 duration.
pub(super) fn span(name: &str, micros: i64, out: &mut Vec<u8>) {
    write!(out, "\"{name}InSeconds\":").expect(INFALLIBLE);
    seconds(micros, out);
    write!(out, ",\"{name}\":\"").expect(INFALLIBLE);
    if micros < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(b"PT");
    seconds(micros.saturating_abs(), out);
    out.extend_from_slice(b"S\"");
}

/// `[a,b]`.
pub(super) fn list<T>(
    items: impl IntoIterator<Item = T>,
    out: &mut Vec<u8>,
    mut write: impl FnMut(T, &mut Vec<u8>),
) {
    out.push(b'[');
    for (place, item) in items.into_iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        write(item, out);
    }
    out.push(b']');
}
