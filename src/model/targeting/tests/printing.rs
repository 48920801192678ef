//! What is printed reads the same, and any text is read or refused, on very many of them.

use proptest::prelude::*;

use super::any;
use crate::model::targeting::Targeting;

fn some_text() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        proptest::sample::select(
            &[
                "geo",
                "device",
                "daypart",
                "age",
                "key.a",
                "in",
                "not",
                "and",
                "or",
                "=",
                "!=",
                "(",
                ")",
                ",",
                "US",
                "US-CA",
                "mon-fri",
                "18:00-23:00",
                "viewer",
                "18-34",
                "55+",
                "\"",
                "\\",
                "everyone",
                "roku",
                "'",
                "春",
                "\u{301}",
                "\n",
                "\u{7}",
                "&&",
            ][..]
        )
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    let tokens = prop::collection::vec(token, 0..24).prop_map(|tokens| tokens.join(" "));
    let garbled = (
        any::targeting(),
        any::<proptest::sample::Index>(),
        any::<char>(),
    )
        .prop_map(|(targeting, place, c)| {
            let mut chars: Vec<char> = targeting.to_string().chars().collect();
            let place = place.index(chars.len());
            chars[place] = c;
            chars.into_iter().collect()
        });
    prop_oneof![2 => tokens, 2 => garbled, 1 => any::<String>()]
}

fn printed_reads_the_same(targeting: &Targeting) -> Result<(), TestCaseError> {
    let text = targeting.to_string();
    match text.parse::<Targeting>() {
        Ok(read) => prop_assert_eq!(&read, targeting, "{}", text),
        Err(error) => prop_assert!(false, "{}\n{}", error, error.excerpt(&text)),
    }
    let lines = text.lines().map(|line| line.chars().count());
    prop_assert!(lines.max().unwrap_or(0) <= 160, "{}", text);
    Ok(())
}

fn any_text_is_read_or_refused(text: &str) -> Result<(), TestCaseError> {
    match text.parse::<Targeting>() {
        Ok(targeting) => {
            let printed = targeting.to_string();
            let again = printed.parse::<Targeting>();
            prop_assert_eq!(again.as_ref(), Ok(&targeting));
            prop_assert_eq!(printed, targeting.to_string());
        }
        Err(error) => {
            prop_assert!(text.get(error.at.clone()).is_some(), "{:?}", error);
            let shown = error.excerpt(text);
            prop_assert_eq!(shown.lines().count(), 2, "{}", shown);
            let clean = !error.to_string().chars().any(char::is_control);
            prop_assert!(clean);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn what_is_printed_reads_the_same(targeting in any::targeting()) {
        printed_reads_the_same(&targeting)?;
    }

    #[test]
    fn any_text_is_read_or_refused_with_a_place(text in some_text()) {
        any_text_is_read_or_refused(&text)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(50_000))]

    #[test]
    fn slow_of_50_000_each_prints_as_it_reads(targeting in any::targeting()) {
        printed_reads_the_same(&targeting)?;
    }

    #[test]
    fn slow_of_another_50_000_each_prints_as_it_reads(targeting in any::targeting()) {
        printed_reads_the_same(&targeting)?;
    }

    #[test]
    fn slow_each_of_50_000_texts_is_read_or_refused(text in some_text()) {
        any_text_is_read_or_refused(&text)?;
    }

    #[test]
    fn slow_each_of_another_50_000_texts_is_read_or_refused(text in some_text()) {
        any_text_is_read_or_refused(&text)?;
    }
}
