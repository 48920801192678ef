//! Amounts: money, counts, prices and goals, exact and without floats.

use super::InputError;
use crate::model::PriceModel;

/// Millionths of a unit: what the API counts money in.
const MICRO_DIGITS: u32 = 6;

/// Money such as `120000`, `24.50` or `1.5M`, in micros. Exact: a seventh decimal is refused.
pub(crate) fn parse_money(text: &str) -> Result<i64, InputError> {
    let wrong = || {
        InputError::new(format!(
            "`{}` is not an amount: write 120000, 24.50 or 1.5M, with at most six decimals",
            shorten(text)
        ))
    };
    let micros = parse_decimal(text, MICRO_DIGITS).ok_or_else(wrong)?;
    i64::try_from(micros).map_err(|_too_large| wrong())
}

/// A whole number such as `5000000`, `5_000_000` or `5M`.
pub(crate) fn parse_count(text: &str) -> Result<u64, InputError> {
    parse_decimal(text, 0).ok_or_else(|| {
        InputError::new(format!(
            "`{}` is not a whole number: write 5000000, 5_000_000 or 5M",
            shorten(text)
        ))
    })
}

/// A goal such as `5M` or `5M:impressions`.
pub(crate) fn parse_goal(text: &str) -> Result<u64, InputError> {
    match text.split_once(':') {
        None | Some((_, "impressions")) => parse_count(text.split(':').next().unwrap_or_default()),
        Some((_, other)) => Err(InputError::new(format!(
            "`{}` is not something a goal counts: write 5M:impressions",
            shorten(other)
        ))),
    }
}

/// A price such as `cpm:24` or `flat:5000`: what is bought, and its price in micros.
pub(crate) fn parse_rate(text: &str) -> Result<(PriceModel, i64), InputError> {
    let wrong = || {
        InputError::new(format!(
            "`{}` is not a price: write cpm:24, cpc:0.35, cpv:0.02 or flat:5000",
            shorten(text)
        ))
    };
    let (model, amount) = text.split_once(':').ok_or_else(wrong)?;
    let model = model.parse().map_err(|_unknown| wrong())?;
    Ok((model, parse_money(amount)?))
}

/// A decimal number times ten to the power of `digits`; none when that is not whole, does not
/// fit, or the text is no plain number. `k`, `M` and `G` stand for thousands, millions, billions.
fn parse_decimal(text: &str, digits: u32) -> Option<u64> {
    let (number, power) = match text.char_indices().next_back()? {
        (end, 'k') => (text.get(..end)?, digits + 3),
        (end, 'M') => (text.get(..end)?, digits + 6),
        (end, 'G') => (text.get(..end)?, digits + 9),
        _ => (text, digits),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let (whole, fraction) = (digits_of(whole)?, digits_of(fraction)?);
    let value: u64 = whole.parse().ok()?;
    let value = value.checked_mul(10_u64.checked_pow(power)?)?;
    // Zeros behind the point say nothing, however many there are.
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() {
        return Some(value);
    }
    let kept = u32::try_from(fraction.len()).ok()?;
    let part: u64 = fraction.parse().ok()?;
    let scale = 10_u64.checked_pow(power.checked_sub(kept)?)?;
    value.checked_add(part.checked_mul(scale)?)
}

/// The digits of a text that is nothing else, but for single underscores between them.
fn digits_of(text: &str) -> Option<String> {
    let is_grouped = !text.starts_with('_') && !text.ends_with('_') && !text.contains("__");
    let is_plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'_');
    (!text.is_empty() && is_grouped && is_plain).then(|| text.replace('_', ""))
}

fn shorten(text: &str) -> String {
    text.chars().take(64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn money_is_read_to_the_micro() {
        for (text, micros) in [
            ("120000", 120_000_000_000),
            ("24.50", 24_500_000),
            ("24.5", 24_500_000),
            ("0.000001", 1),
            ("0", 0),
            ("1.5M", 1_500_000_000_000),
            ("120k", 120_000_000_000),
            ("1_000.25", 1_000_250_000),
            ("24.50000000000000000000000000", 24_500_000),
            ("9223372036854.775807", i64::MAX),
        ] {
            assert_eq!(parse_money(text), Ok(micros), "{text}");
        }
    }

    #[test]
    fn anything_that_is_not_exact_is_refused() {
        for text in [
            "",
            ".",
            "1.",
            ".5",
            "-1",
            "+1",
            "1e3",
            "1,000",
            "$5",
            "5 USD",
            "0.0000001",
            "NaN",
            "inf",
            "1.2.3",
            "_1",
            "1_",
            "1__0",
            "k",
            "9223372036854.775808",
            "١٢",
            "1m",
            " 1",
            "99999999999999999999",
            "1.00000000000000000000000x",
        ] {
            assert!(parse_money(text).is_err(), "{text}");
        }
    }

    #[test]
    fn goals_and_prices_are_read() {
        assert_eq!(parse_goal("5M:impressions"), Ok(5_000_000));
        assert_eq!(parse_goal("1.5k"), Ok(1_500));
        assert!(parse_goal("5M:clicks").is_err());
        assert!(parse_goal("1.5").is_err());
        assert_eq!(parse_rate("cpm:24"), Ok((PriceModel::Cpm, 24_000_000)));
        assert_eq!(parse_rate("flat:5k"), Ok((PriceModel::Flat, 5_000_000_000)));
        for text in ["24", "cpm", "cpm:", "CPM:24", "cpx:1", "cpm:-1"] {
            assert!(parse_rate(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_amount_survives_its_decimal_text(micros in 0..=i64::MAX) {
            let text = format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000);
            prop_assert_eq!(parse_money(&text), Ok(micros));
        }

        #[test]
        fn no_text_makes_it_panic(text in "[0-9kMG._-]{0,30}|\\PC{0,20}") {
            let _value = (parse_money(&text), parse_goal(&text), parse_rate(&text));
        }

        #[test]
        fn a_count_is_the_number_itself(count: u64) {
            prop_assert_eq!(parse_count(&count.to_string()), Ok(count));
        }
    }
}
