//! Attribute lists, decimal seconds and dates as playlists write them (RFC 8216bis §4.2).

/// One attribute of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute {
    pub(super) name: String,
    /// As it is written, quotes and all.
    pub(super) raw: String,
}

impl Attribute {
    /// The value without its quotes.
    pub(super) fn value(&self) -> &str {
        let inner = self.raw.strip_prefix('"');
        inner
            .and_then(|inner| inner.strip_suffix('"'))
            .unwrap_or(&self.raw)
    }
}

/// Splits `A=1,B="x,y"`. What has no `=` is left out.
pub(super) fn attributes(list: &str) -> Vec<Attribute> {
    let mut found = Vec::new();
    let mut rest = list;
    while !rest.is_empty() {
        let end = end_of_first(rest);
        let (first, after) = rest.split_at(end);
        rest = after.strip_prefix(',').unwrap_or(after);
        if let Some((name, raw)) = first.split_once('=') {
            found.push(Attribute {
                name: name.trim().to_owned(),
                raw: raw.trim().to_owned(),
            });
        }
    }
    found
}

/// Where the first attribute ends: at a comma outside quotes.
fn end_of_first(list: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in list.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => return at,
            _ => {}
        }
    }
    list.len()
}

/// The value of an attribute, without its quotes.
pub(super) fn find<'a>(list: &'a [Attribute], name: &str) -> Option<&'a str> {
    list.iter()
        .find(|attribute| attribute.name == name)
        .map(Attribute::value)
}

/// Longest span that is believed, three years: sums of any history stay in range.
const SECONDS_MAX: i64 = 100_000_000;

/// Decimal seconds as microseconds; digits after the sixth are cut off.
pub(super) fn micros(text: &str) -> Option<i64> {
    let text = text.trim();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(part) || (whole.is_empty() && part.is_empty()) {
        return None;
    }
    let whole: i64 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let mut fraction = 0;
    for at in 0..6 {
        let digit = part.as_bytes().get(at).map_or(0, |byte| byte - b'0');
        fraction = fraction * 10 + i64::from(digit);
    }
    (whole < SECONDS_MAX).then(|| whole * 1_000_000 + fraction)
}

/// An ISO 8601 instant as microseconds since 1970; one without a zone is UTC.
pub(super) fn date(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Ok(instant) = text.parse::<jiff::Timestamp>() {
        return Some(instant.as_microsecond());
    }
    let civil = text.parse::<jiff::civil::DateTime>().ok()?;
    let zoned = civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(zoned.timestamp().as_microsecond())
}

/// An initialisation vector, `0x` and hexadecimal digits.
pub(super) fn vector(text: &str) -> Option<u128> {
    let digits = text
        .strip_prefix("0x")
        .or_else(|| text.strip_prefix("0X"))?;
    u128::from_str_radix(digits, 16).ok()
}

/// Microseconds for people: `6.006 s`.
pub(super) fn seconds(micros: i64) -> String {
    let sign = if micros < 0 { "-" } else { "" };
    let micros = micros.unsigned_abs();
    format!("{sign}{}.{:03} s", micros / 1_000_000, micros / 1000 % 1000)
}
