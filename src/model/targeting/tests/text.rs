//! Values and dimensions in every spelling, and every wrong one.

use proptest::prelude::*;

use super::any;
use crate::model::targeting::{Daypart, DaypartZone, Dimension, Place, Span, Value};

fn dimension(name: &str) -> Dimension {
    Dimension::parse(name).unwrap()
}

/// Dimension, what is written, what is stored.
const SPELLINGS: &[(&str, &str, &str)] = &[
    ("geo", "us", "US"),
    ("geo", " US ", "US"),
    ("geo", "us-ca", "US-CA"),
    ("geo", "IN", "IN"),
    ("geo", "XK", "XK"),
    ("geo", "city:us-ca/Los  ANGELES", "city:US-CA/los angeles"),
    ("geo", "CITY:fr/Paris", "city:FR/paris"),
    ("geo", "dma:501", "dma:501"),
    ("geo", "dma:001", "dma:1"),
    ("geo", "postal:gb/SW1A 1AA", "postal:GB/sw1a1aa"),
    ("age", "18-34", "18-34"),
    ("age", "18 - 34", "18-34"),
    ("age", "21-21", "21"),
    ("age", "0", "0"),
    ("income", "55+", "55+"),
    ("income", "007", "7"),
    (
        "daypart",
        "mon-fri 18:00-23:00 viewer",
        "mon-fri 18:00-23:00 viewer",
    ),
    (
        "daypart",
        "MON-FRI 8:00-9:15",
        "mon-fri 08:00-09:15 campaign",
    ),
    (
        "daypart",
        "sat,sun 00:00-24:00 campaign",
        "sat,sun 00:00-24:00 campaign",
    ),
    (
        "daypart",
        "weekends 00:00-24:00",
        "sat,sun 00:00-24:00 campaign",
    ),
    (
        "daypart",
        "weekdays 06:00-10:00",
        "mon-fri 06:00-10:00 campaign",
    ),
    (
        "daypart",
        "daily 06:00-10:00",
        "mon-sun 06:00-10:00 campaign",
    ),
    (
        "daypart",
        "sat-mon 06:00-10:00",
        "mon,sat,sun 06:00-10:00 campaign",
    ),
    (
        "daypart",
        "fri-mon 06:00-10:00",
        "mon,fri-sun 06:00-10:00 campaign",
    ),
    (
        "daypart",
        "Monday, wed 23:00-00:00",
        "mon,wed 23:00-24:00 campaign",
    ),
    (
        "daypart",
        "fri 22:00-02:00 VIEWER",
        "fri 22:00-02:00 viewer",
    ),
    ("channel", "ch_1a", "ch_1a"),
    ("device", "  Smart   TV ", "smart tv"),
    ("genre", "Télé-réalité", "télé-réalité"),
    ("key.Tier", "Premium", "premium"),
];

/// Dimension and what is no value of it.
const WRONG: &[(&str, &str)] = &[
    ("geo", "UK"),
    ("geo", "Germany"),
    ("geo", "ZY"),
    ("geo", ""),
    ("geo", "US-"),
    ("geo", "US-CALI"),
    ("geo", "US_CA"),
    ("geo", "UK-ENG"),
    ("geo", "city:paris"),
    ("geo", "city:FR/"),
    ("geo", "city:UK/london"),
    ("geo", "zip:US/90210"),
    ("geo", "dma:0"),
    ("geo", "dma:1000"),
    ("geo", "dma:-5"),
    ("geo", "dma:+5"),
    ("geo", "postal:90210"),
    ("geo", "postal:US/"),
    ("geo", "postal:US/9021'0"),
    ("age", "34-18"),
    ("age", "young"),
    ("age", "18-"),
    ("age", "+18"),
    ("age", "-5"),
    ("age", "18.5"),
    ("age", "4294967295"),
    ("daypart", ""),
    ("daypart", "mon-fri"),
    ("daypart", "18:00-23:00"),
    ("daypart", "mon-fir 18:00-23:00"),
    ("daypart", ", 18:00-23:00"),
    ("daypart", "everyday 18:00-23:00"),
    ("daypart", "mon 18-23"),
    ("daypart", "mon 18:00"),
    ("daypart", "mon 18:00-24:15"),
    ("daypart", "mon 24:00-02:00"),
    ("daypart", "mon 18:00-23:10"),
    ("daypart", "mon 18:60-23:00"),
    ("daypart", "mon 25:00-23:00"),
    ("daypart", "mon 18:00-18:00"),
    ("daypart", "mon 00:00-00:00"),
    ("daypart", "mon 18:00-23:00 viewers"),
    ("daypart", "mon 18:00-23:00 UTC"),
    ("daypart", "mon 18:00-23:00 viewer please"),
    ("channel", "news"),
    ("channel", "ch_01"),
    ("genre", "   "),
    ("genre", "a\u{1b}[2J"),
    ("genre", "a\nb"),
    ("genre", "a\u{202e}b"),
];

#[test]
fn every_spelling_is_stored_as_one() {
    for (name, text, stored) in SPELLINGS {
        let dimension = dimension(name);
        let value = Value::parse(&dimension, text).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(value.to_string(), *stored, "{name} {text}");
        assert_eq!(Value::parse(&dimension, stored), Ok(value), "{stored}");
    }
}

#[test]
fn what_is_no_value_is_refused_with_a_hint_at_its_place() {
    let long = "x".repeat(10_240);
    let rows = WRONG.iter().copied().chain([("segment", long.as_str())]);
    let lines: Vec<String> = rows
        .map(|(name, text)| {
            let error = Value::parse(&dimension(name), text).unwrap_err();
            let told = error.to_string();
            assert!(!told.chars().any(char::is_control), "{told:?}");
            assert!(told.len() < 300, "{told}");
            let at = text.get(error.at).unwrap();
            if at == text {
                format!("{name}: {told}")
            } else {
                format!("{name}: {told} @ {at}")
            }
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn dimensions_have_one_name() {
    for named in Dimension::NAMED {
        assert_eq!(Dimension::parse(&named.to_string()).as_ref(), Ok(named));
    }
    let key = Dimension::Key("my key".to_owned());
    assert_eq!(Dimension::parse("key.my key"), Ok(key.clone()));
    assert_eq!(Dimension::parse("KEY. My  Key"), Ok(key.clone()));
    assert_eq!(key.to_string(), "key.my key");
    let told = |text: &str| Dimension::parse(text).unwrap_err().to_string();
    assert_eq!(told("gao"), "`gao` is not a dimension; did you mean `geo`?");
    assert_eq!(
        told("dayparts"),
        "`dayparts` is not a dimension; did you mean `daypart`?"
    );
    assert!(
        told("weather").ends_with("segment, daypart and key.NAME"),
        "{}",
        told("weather")
    );
    assert!(told("key.").contains("blank"));
    assert!(told("key").contains("not a dimension"));
}

#[test]
fn order_of_values_is_that_of_their_kind() {
    let country = Value::Place(Place::Country("US".to_owned()));
    let dma = Value::Place(Place::Dma(501));
    assert!(country < dma);
    let span = Span { from: 1, to: 2 };
    assert!(span.contains(2) && !span.contains(3));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn every_value_survives_its_text(
        (dimension, value) in any::dimension()
            .prop_flat_map(|dimension| (Just(dimension.clone()), any::value(&dimension)))
    ) {
        let text = value.to_string();
        let parsed = Value::parse(&dimension, &text);
        prop_assert_eq!(parsed.as_ref(), Ok(&value), "{}", text);
        prop_assert_eq!(Dimension::parse(&dimension.to_string()), Ok(dimension));
    }

    #[test]
    fn whatever_is_read_is_written_in_one_way(
        dimension in any::dimension(),
        text in prop_oneof![
            any::<String>(),
            "[a-z]{1,3}(-[a-z]{3})?,? ?[0-2]?[0-9]:[03]0-[0-2]?[0-9]:(00|15) ?(viewer)?",
            "(city|dma|postal|x):[A-Za-z]{2}(-[A-Z0-9]{1,3})?/.{0,10}",
            "[0-9]{1,10}[-+]?[0-9]{0,10}",
        ]
    ) {
        match Value::parse(&dimension, &text) {
            Ok(value) => {
                let stored = value.to_string();
                prop_assert_eq!(Value::parse(&dimension, &stored), Ok(value));
            }
            Err(error) => {
                prop_assert!(text.get(error.at.clone()).is_some(), "{:?}", error);
                prop_assert!(error.part.chars().count() <= 64);
            }
        }
    }

    #[test]
    fn the_days_of_a_week_have_one_text(days in 1..128_u8) {
        let part = Daypart { days, from: 0, to: 1_440, zone: DaypartZone::Viewer };
        let text = part.to_string();
        prop_assert_eq!(
            Value::parse(&Dimension::Daypart, &text),
            Ok(Value::Daypart(part)),
            "{}", text
        );
    }
}
