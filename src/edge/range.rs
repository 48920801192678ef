//! Which bytes of a file a request wants (RFC 9110 §13, §14): preconditions and ranges.

use http::header::{IF_NONE_MATCH, IF_RANGE, RANGE};
use http::{HeaderMap, Method};

/// What to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of it.
    Whole,
    /// The bytes from `first` to `last`, both included.
    Part {
        /// Counted from 0.
        first: u64,
        /// Below the size of the file.
        last: u64,
    },
    /// Bytes that the file does not have.
    Nothing,
    /// What the caller has is what we have.
    Unchanged,
}

/// What a request wants of a file of `length` bytes whose entity tag is `tag`.
///
/// Several ranges at once are answered with the whole file, as a server may (§14.2): players ask
/// for one, and many small ones are a known way to make a server work.
pub(super) fn wanted(method: &Method, headers: &HeaderMap, tag: &str, length: u64) -> Wanted {
    if names_tag(headers, tag) {
        return Wanted::Unchanged;
    }
    let mut ranges = headers.get_all(RANGE).iter();
    let (Some(range), None) = (ranges.next(), ranges.next()) else {
        return Wanted::Whole;
    };
    // A range means nothing to HEAD, and nothing when the caller holds other bytes.
    let other = headers
        .get(IF_RANGE)
        .is_some_and(|held| held.as_bytes() != tag.as_bytes());
    if method != Method::GET || other {
        return Wanted::Whole;
    }
    let parsed = range.to_str().ok().and_then(|text| parse(text, length));
    parsed.unwrap_or(Wanted::Whole)
}

/// Whether `If-None-Match` names our tag; weak tags compare as strong ones here (§13.1.2).
fn names_tag(headers: &HeaderMap, tag: &str) -> bool {
    let lists = headers.get_all(IF_NONE_MATCH).iter();
    let mut tags = lists
        .filter_map(|list| list.to_str().ok())
        .flat_map(|list| list.split(','));
    tags.any(|held| {
        let held = held.trim();
        held == "*" || held.strip_prefix("W/").unwrap_or(held) == tag
    })
}

/// One range of bytes; none for whatever is not exactly that.
fn parse(text: &str, length: u64) -> Option<Wanted> {
    let (unit, range) = text.split_once('=')?;
    if !unit.eq_ignore_ascii_case("bytes") {
        return None;
    }
    let (first, last) = range.trim().split_once('-')?;
    let number = |digits: &str| {
        let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        // More digits than a number has are a number larger than any file.
        plain.then(|| digits.parse().unwrap_or(u64::MAX))
    };
    let end = length.checked_sub(1);
    let (first, last) = match (first, last) {
        ("", suffix) => match number(suffix)? {
            0 => return Some(Wanted::Nothing),
            suffix => (length.saturating_sub(suffix), end),
        },
        (first, "") => (number(first)?, end),
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            if last < first {
                return None;
            }
            (first, end.map(|end| last.min(end)))
        }
    };
    match last {
        Some(last) if first <= last => Some(Wanted::Part { first, last }),
        _ => Some(Wanted::Nothing),
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};
    use proptest::prelude::*;

    use super::*;

    const TAG: &str = "\"abc\"";

    fn asked(method: &Method, entries: &[(HeaderName, &str)], length: u64) -> Wanted {
        let mut headers = HeaderMap::new();
        for (name, value) in entries {
            headers.append(name, HeaderValue::from_str(value).unwrap());
        }
        wanted(method, &headers, TAG, length)
    }

    #[test]
    fn ranges_are_read_as_written() {
        let part = |first, last| Wanted::Part { first, last };
        for (range, answer) in [
            ("bytes=0-0", part(0, 0)),
            ("bytes=0-", part(0, 99)),
            ("bytes=10-19", part(10, 19)),
            ("Bytes= 10-19 ", part(10, 19)),
            ("bytes=90-1000", part(90, 99)),
            ("bytes=99-99999999999999999999999", part(99, 99)),
            ("bytes=-1", part(99, 99)),
            ("bytes=-100", part(0, 99)),
            ("bytes=-1000", part(0, 99)),
            ("bytes=100-", Wanted::Nothing),
            ("bytes=100-200", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=99999999999999999999999-", Wanted::Nothing),
            ("bytes=19-10", Wanted::Whole),
            ("bytes=0-1,5-6", Wanted::Whole),
            ("bytes=", Wanted::Whole),
            ("bytes=-", Wanted::Whole),
            ("bytes=a-b", Wanted::Whole),
            ("bytes=+1-2", Wanted::Whole),
            ("bytes=1 -2", Wanted::Whole),
            ("lines=0-1", Wanted::Whole),
            ("bytes 0-1", Wanted::Whole),
        ] {
            assert_eq!(
                asked(&Method::GET, &[(RANGE, range)], 100),
                answer,
                "{range}"
            );
        }
        assert_eq!(
            asked(&Method::GET, &[(RANGE, "bytes=0-")], 0),
            Wanted::Nothing
        );
        let twice = [(RANGE, "bytes=0-0"), (RANGE, "bytes=1-1")];
        assert_eq!(asked(&Method::GET, &twice, 100), Wanted::Whole);
        assert_eq!(asked(&Method::HEAD, &twice[..1], 100), Wanted::Whole);
    }

    #[test]
    fn a_range_of_other_bytes_is_the_whole() {
        for (held, answer) in [
            (TAG, Wanted::Part { first: 0, last: 0 }),
            ("\"abd\"", Wanted::Whole),
            ("W/\"abc\"", Wanted::Whole),
            ("Wed, 01 Jul 2026 00:00:00 GMT", Wanted::Whole),
        ] {
            let entries = [(RANGE, "bytes=0-0"), (IF_RANGE, held)];
            assert_eq!(asked(&Method::GET, &entries, 100), answer, "{held}");
        }
    }

    #[test]
    fn what_the_caller_has_is_not_sent_again() {
        for (held, same) in [
            (TAG, true),
            ("*", true),
            ("W/\"abc\"", true),
            ("\"x\", \"abc\"", true),
            ("abc", false),
            ("\"x\"", false),
        ] {
            let entries = [(IF_NONE_MATCH, held), (RANGE, "bytes=0-0")];
            let unchanged = asked(&Method::GET, &entries, 100) == Wanted::Unchanged;
            assert_eq!(unchanged, same, "{held}");
        }
    }

    proptest! {
        #[test]
        fn a_part_is_always_within_the_file(range in "bytes=[0-9]{0,3}-[0-9]{0,3}", length in 0_u64..300) {
            if let Wanted::Part { first, last } = asked(&Method::GET, &[(RANGE, &range)], length) {
                prop_assert!(first <= last && last < length);
            }
        }
    }
}
