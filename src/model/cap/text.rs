//! Caps as text: what is written on the command line and shown in tables.
//!
//! ```text
//! cap    = scope ":" window { "," window } [ "," ( "skip" | "next" ) ]
//! scope  = "user" | "device" | "household" | "address" | "session" | "pod"
//! window = count [ "/" span ]                   without a span: in the session or pod itself
//! span   = "hour" | "day" | "week" | "month"    of the calendar
//!        | number ( "s" | "m" | "h" | "d" | "w" )    before now
//! ```

use std::fmt;
use std::str::FromStr;

use super::{Cap, CapFallback, CapPeriod, CapScope, CapSpan, CapWindow};
use crate::model::problem::TextError;

/// Units of rolling spans and their seconds, the longest that is written first.
const UNITS: &[(char, u32)] = &[('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];
/// A unit that is read but not written: `7d` says the same.
const WEEK: (char, u32) = ('w', 7 * 86_400);

impl fmt::Display for Cap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.scope)?;
        for (place, window) in self.windows.iter().enumerate() {
            if place > 0 {
                f.write_str(",")?;
            }
            window.fmt(f)?;
        }
        match self.fallback {
            CapFallback::Next => Ok(()),
            CapFallback::Skip => write!(f, ",{}", self.fallback),
        }
    }
}

impl fmt::Display for CapWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.max)?;
        match self.span {
            CapSpan::Scope => Ok(()),
            CapSpan::Calendar(period) => write!(f, "/{period}"),
            CapSpan::Rolling(seconds) => {
                let whole = |&&(_unit, length): &&(char, u32)| seconds.is_multiple_of(length);
                let (unit, length) = UNITS.iter().find(whole).copied().unwrap_or(('s', 1));
                write!(f, "/{}{unit}", seconds / length)
            }
        }
    }
}

/// Reads the form above; whether the numbers are sensible is for [`Cap::check`].
impl FromStr for Cap {
    type Err = TextError;

    fn from_str(text: &str) -> Result<Self, TextError> {
        let fault = |part: &str, message: String| TextError::at(text, part, message);
        let Some((scope, rest)) = text.split_once(':') else {
            let message = "says by whom it counts first, such as user:3/1h or pod:1".to_owned();
            return Err(fault(text, message));
        };
        let scope = scope
            .parse::<CapScope>()
            .map_err(|error| fault(scope, error.to_string()))?;
        let mut parts: Vec<&str> = rest.split(',').collect();
        let last = parts.last().copied().unwrap_or_default();
        let fallback = last.parse::<CapFallback>().ok();
        if fallback.is_some() {
            parts.pop();
        }
        if parts.is_empty() {
            let message = "says no window before it, such as 3/1h".to_owned();
            return Err(fault(last, message));
        }
        let windows = parts
            .into_iter()
            .map(|part| read_window(part).map_err(|(wrong, message)| fault(wrong, message)));
        Ok(Self {
            scope,
            windows: windows.collect::<Result<_, _>>()?,
            fallback: fallback.unwrap_or_default(),
        })
    }
}

fn read_window(part: &str) -> Result<CapWindow, (&str, String)> {
    let (count, span) = match part.split_once('/') {
        Some((count, span)) => (count, Some(span)),
        None => (part, None),
    };
    let max = whole_number(count).and_then(|count| u16::try_from(count).ok());
    let Some(max) = max else {
        let message = "is not how often, such as the 3 of 3/1h".to_owned();
        return Err((if count.is_empty() { part } else { count }, message));
    };
    let span = span.map_or(Ok(CapSpan::Scope), read_span)?;
    Ok(CapWindow { max, span })
}

fn read_span(text: &str) -> Result<CapSpan, (&str, String)> {
    if let Ok(period) = text.parse::<CapPeriod>() {
        return Ok(CapSpan::Calendar(period));
    }
    let seconds = || {
        let (end, unit) = text.char_indices().next_back()?;
        let known = UNITS.iter().chain([&WEEK]);
        let (_unit, length) = known.into_iter().find(|(known, _)| *known == unit)?;
        whole_number(text.get(..end)?)?.checked_mul(*length)
    };
    seconds().map(CapSpan::Rolling).ok_or_else(|| {
        let message = "is not a span: write hour, day, week or month for the calendar, or a \
                       number with s, m, h, d or w for the time before now";
        (text, message.to_owned())
    })
}

/// A number of digits alone: no sign, no blank.
fn whole_number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_form_is_read_and_written() {
        for (text, written) in [
            ("user:3/1h", "user:3/1h"),
            ("user:3/1h,10/7d", "user:3/1h,10/7d"),
            ("device:10/1w,next", "device:10/7d"),
            ("household:5/day", "household:5/day"),
            ("address:1/90s,skip", "address:1/90s,skip"),
            ("session:2", "session:2"),
            ("session:2,1/10m", "session:2,1/10m"),
            ("pod:1", "pod:1"),
            ("user:3/60m", "user:3/1h"),
            ("user:0/0s", "user:0/0d"),
        ] {
            let cap: Cap = text.parse().unwrap();
            assert_eq!(cap.to_string(), written);
            assert_eq!(written.parse(), Ok(cap), "{text}");
        }
    }

    #[test]
    fn a_calendar_word_and_a_number_of_hours_are_two_things() {
        let span = |text: &str| text.parse::<Cap>().unwrap().windows[0].span;
        assert_eq!(span("user:1/hour"), CapSpan::Calendar(CapPeriod::Hour));
        assert_eq!(span("user:1/1h"), CapSpan::Rolling(3_600));
    }

    #[test]
    fn a_fault_names_the_part_that_is_wrong() {
        for (text, part) in [
            ("", ""),
            ("3/1h", "3/1h"),
            ("viewer:3/1h", "viewer"),
            ("user:", ""),
            ("user:skip", "skip"),
            ("user:x/1h", "x"),
            ("user:-1/1h", "-1"),
            ("user:3/1h,", ""),
            ("user:3/1h,,2/1d", ""),
            ("user:3/1h,/day", "/day"),
            ("user:3/1y", "1y"),
            ("user:3/", ""),
            ("user:3/h", "h"),
            ("user:3/+1h", "+1h"),
            ("user:3/99999999999d", "99999999999d"),
            ("user:70000/1h", "70000"),
            ("user:3/1h,skip,2/1d", "skip"),
            ("User:3/1h", "User"),
            (" user:3/1h", " user"),
            ("user:3/1 h", "1 h"),
        ] {
            let error = text.parse::<Cap>().unwrap_err();
            assert_eq!(text.get(error.at.clone()), Some(part), "{text}: {error}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_reads_back(
            scope in proptest::sample::select(CapScope::ALL),
            fallback in proptest::sample::select(CapFallback::ALL),
            windows in proptest::collection::vec((any::<u16>(), span()), 1..6),
        ) {
            let windows = windows.into_iter().map(|(max, span)| CapWindow { max, span });
            let cap = Cap { scope, fallback, windows: windows.collect() };
            prop_assert_eq!(cap.to_string().parse::<Cap>(), Ok(cap));
        }

        #[test]
        fn no_text_makes_it_panic(text in "[a-z0-9:,/é]{0,24}|\\PC{0,20}") {
            if let Err(error) = text.parse::<Cap>() {
                prop_assert!(text.get(error.at).is_some());
            }
        }
    }

    fn span() -> impl Strategy<Value = CapSpan> {
        prop_oneof![
            any::<u32>().prop_map(CapSpan::Rolling),
            proptest::sample::select(CapPeriod::ALL).prop_map(CapSpan::Calendar),
            Just(CapSpan::Scope),
        ]
    }
}
