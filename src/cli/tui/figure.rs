//! Figures short enough for a card: `4.12M`, `93.4%`, `$18.4k`. Integers alone, rounded down.

/// A count in at most five characters above ten thousand: `9,999`, `12.3k`, `4.12M`.
pub fn short(number: u64) -> String {
    const UNITS: [(u64, &str); 5] = [
        (1_000_000_000_000_000_000, "E"),
        (1_000_000_000_000, "T"),
        (1_000_000_000, "B"),
        (1_000_000, "M"),
        (1_000, "k"),
    ];
    if number < 10_000 {
        return crate::client::human::count(number);
    }
    let unit = UNITS.iter().find(|(size, _name)| number >= *size);
    let Some((size, name)) = unit else {
        return number.to_string();
    };
    let hundredths = number / (size / 100);
    match hundredths {
        0..=999 => format!("{}.{:02}{name}", hundredths / 100, hundredths % 100),
        1_000..=9_999 => format!("{}.{}{name}", hundredths / 100, hundredths % 100 / 10),
        _ => format!("{}{name}", hundredths / 100),
    }
}

/// Money: cents below one thousand, whole below ten thousand, then as [`short`].
pub fn money(micros: i64, currency: &str) -> String {
    let sign = if micros < 0 { "-" } else { "" };
    let symbol = match currency {
        "USD" => "$".to_owned(),
        other => format!("{other} "),
    };
    let micros = micros.unsigned_abs();
    let whole = micros / 1_000_000;
    if whole >= 10_000 {
        return format!("{sign}{symbol}{}", short(whole));
    }
    if whole >= 1_000 {
        return format!("{sign}{symbol}{}", crate::client::human::count(whole));
    }
    let cents = micros % 1_000_000 / 10_000;
    format!(
        "{sign}{symbol}{}.{cents:02}",
        crate::client::human::count(whole)
    )
}

/// `part` of `whole` in thousandths; none of nothing.
pub fn permille(part: u64, whole: u64) -> Option<u64> {
    let ratio = u128::from(part) * 1_000 / u128::from(whole).max(1);
    (whole > 0).then(|| u64::try_from(ratio).unwrap_or(u64::MAX))
}

/// Thousandths as percent with one decimal: `93.4%`.
pub fn percent(permille: u64) -> String {
    format!("{}.{}%", permille / 10, permille % 10)
}

/// Thousandths as whole percent: `93%`.
pub fn whole_percent(permille: u64) -> String {
    format!("{}%", permille / 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stay_short_and_never_round_up() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (9_999, "9,999"),
            (10_000, "10.0k"),
            (12_399, "12.3k"),
            (999_999, "999k"),
            (4_129_999, "4.12M"),
            (41_299_999, "41.2M"),
            (1_000_000_000, "1.00B"),
            (u64::MAX, "18.4E"),
        ] {
            assert_eq!(short(number), text);
            assert!(number < 10_000 || text.len() <= 5);
        }
        assert_eq!(money(18_409_999, "USD"), "$18.40");
        assert_eq!(money(9_000_999_999, "USD"), "$9,000");
        assert_eq!(money(-55_400_000_000, "SEK"), "-SEK 55.4k");
        assert_eq!(money(i64::MIN, "USD"), "-$9.22T");
        assert_eq!(permille(934, 1_000), Some(934));
        assert_eq!(permille(1, 0), None);
        assert_eq!(permille(u64::MAX, u64::MAX), Some(1_000));
        assert_eq!(percent(934), "93.4%");
        assert_eq!(whole_percent(1_089), "108%");
    }
}
