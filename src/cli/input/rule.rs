//! Rules as they are typed: caps, pacing, lists, and values that `none` takes away.

use super::{Clearable, InputError, parse_goal, parse_money, parse_span};
use crate::api;
use crate::model::problem::TextError;
use crate::model::{Cap, ChannelId, Pacing, Targeting};

/// A cap such as `user:3/1h,10/7d`, or `none`.
pub(crate) fn parse_clearable_cap(text: &str) -> Result<Clearable<Cap>, InputError> {
    Clearable::parse(text, parse_cap)
}

/// A cap such as `user:3/1h,10/7d`.
pub(crate) fn parse_cap(text: &str) -> Result<Cap, InputError> {
    text.parse().map_err(|error| pointed(text, &error))
}

/// A pacing such as `even` or `custom:500=700`.
pub(crate) fn parse_pacing(text: &str) -> Result<Pacing, InputError> {
    text.parse().map_err(|error| pointed(text, &error))
}

/// Targeting in the language, such as `geo in (US-CA, dma:501) and device = roku`, without a
/// daemon: whether there are channels of the names that it gives is not known.
pub(crate) fn parse_targeting(text: &str) -> Result<Targeting, InputError> {
    // Any will do: only whether it can be read is asked.
    let any_channel = |_name: &str| Some(ChannelId::new(1));
    Targeting::parse_naming(text, &any_channel)
        .map_err(|error| InputError::new(format!("{error}\n{}", error.excerpt(text))))
}

/// A filter of events such as `channel=news and outcome!=filled`, as it was typed.
pub(crate) fn parse_filter(text: &str) -> Result<String, InputError> {
    let filter: Result<api::Filter, _> = text.parse();
    filter
        .map(|_filter| text.to_owned())
        .map_err(|error| pointed(text, &error))
}

/// What is wrong, with the text and carets under the wrong part.
fn pointed(text: &str, error: &TextError) -> InputError {
    let before = text.get(..error.at.start).unwrap_or_default();
    let wrong = text.get(error.at.clone()).unwrap_or_default();
    let blank = " ".repeat(before.chars().count());
    let carets = "^".repeat(wrong.chars().count().max(1));
    InputError::new(format!("{error}\n  {text}\n  {blank}{carets}"))
}

/// The caps that were given; `none` takes all away.
pub(crate) fn given_caps(given: Vec<Clearable<Cap>>) -> Vec<api::Cap> {
    let caps = given.into_iter().filter_map(Clearable::into_option);
    caps.map(|cap| api::Cap::of(&cap)).collect()
}

/// The words that were given; `none` alone takes all away.
pub(crate) fn listed(given: Vec<String>) -> Vec<String> {
    if given == ["none"] { Vec::new() } else { given }
}

/// Milliseconds of a time such as `30s`, or `none`.
pub(crate) fn parse_clearable_span(text: &str) -> Result<Clearable<u64>, InputError> {
    Clearable::parse(text, |text| parse_span(text).map(|span| span.0))
}

/// Micros of an amount such as `24.50`, or `none`.
pub(crate) fn parse_clearable_money(text: &str) -> Result<Clearable<i64>, InputError> {
    Clearable::parse(text, parse_money)
}

/// A goal such as `5M`, or `none`.
pub(crate) fn parse_clearable_goal(text: &str) -> Result<Clearable<u64>, InputError> {
    Clearable::parse(text, parse_goal)
}

/// A percentage such as `25` or `25%`, or `none`.
pub(crate) fn parse_clearable_percent(text: &str) -> Result<Clearable<u8>, InputError> {
    Clearable::parse(text, |text| {
        let digits = text.strip_suffix('%').unwrap_or(text);
        let percent = digits.parse().ok();
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        percent.filter(|_percent| plain).ok_or_else(|| {
            let shown: String = text.chars().take(64).collect();
            InputError::new(format!("`{shown}` is not a percentage: write 25 or 25%"))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_cap_is_pointed_at() {
        let error = parse_cap("user:3/1h,10/7y").unwrap_err().to_string();
        let lines: Vec<&str> = error.lines().collect();
        assert!(lines[0].starts_with("`7y` is not a span"), "{error}");
        assert_eq!(lines[1..], ["  user:3/1h,10/7y", "               ^^"]);
        let end = parse_cap("pod:").unwrap_err().to_string();
        assert!(end.ends_with("\n  pod:\n      ^"), "{end}");
    }

    #[test]
    fn none_takes_away() {
        let caps = |texts: &[&str]| {
            let given = texts.iter().map(|text| parse_clearable_cap(text).unwrap());
            given_caps(given.collect()).len()
        };
        assert_eq!((caps(&["none"]), caps(&["pod:1", "user:1/day"])), (0, 2));
        assert_eq!(listed(vec!["none".to_owned()]), [""; 0]);
        assert_eq!(parse_clearable_percent("none"), Ok(Clearable::None));
        assert_eq!(parse_clearable_percent("25%"), Ok(Clearable::Some(25)));
        for text in ["", "%", "-1", "+5", "300", "2.5"] {
            assert!(parse_clearable_percent(text).is_err(), "{text}");
        }
    }
}
