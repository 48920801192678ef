//! What a filter means, and what it says of one that it cannot read.

use proptest::prelude::*;

use super::*;
use crate::api::{LiveHeartbeat, NoFillCount};

fn ad(number: u32) -> LiveAd {
    LiveAd {
        id: format!("ad_{number}"),
        campaign_id: format!("cmp_{number}"),
        campaign: Some(format!("Spring {number}")),
        creative_id: format!("cr_{number}"),
        creative: None,
        duration_ms: 30_000,
    }
}

fn decision(reason: Option<&str>, ads: Vec<LiveAd>) -> LiveEvent {
    LiveEvent::Decision(LiveDecision {
        at: "2026-07-01T00:00:00Z".to_owned(),
        id: "dec_1".to_owned(),
        channel_id: Some("ch_1".to_owned()),
        channel: Some("news".to_owned()),
        outcome: if ads.is_empty() { "nofill" } else { "filled" }.to_owned(),
        reason: reason.map(str::to_owned),
        reasons: vec![NoFillCount {
            reason: "paced".to_owned(),
            count: 2,
        }],
        room_ms: None,
        ads,
        took_us: 5_000,
    })
}

fn beacon(event: &str, code: Option<u16>) -> LiveEvent {
    LiveEvent::Beacon(LiveBeacon {
        at: "2026-07-01T00:00:00Z".to_owned(),
        event: event.to_owned(),
        result: "accepted".to_owned(),
        reason: None,
        error_code: code,
        ad_id: "ad_7".to_owned(),
        channel_id: None,
        channel: None,
        campaign_id: "cmp_1".to_owned(),
        campaign: None,
        creative_id: "cr_1".to_owned(),
        creative: None,
        after_ms: 1_900,
        charged_micros: 20,
    })
}

fn holds(text: &str, event: &LiveEvent) -> bool {
    let filter: Filter = text
        .parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"));
    filter.matches(event)
}

#[test]
fn what_a_filter_means() {
    let filled = decision(None, vec![ad(1), ad(2)]);
    let empty = decision(Some("cap_user"), Vec::new());
    let error = beacon("error", Some(402));
    for (text, expected) in [
        ("outcome=filled", [true, false, false]),
        ("outcome != filled", [false, true, true]),
        ("channel=ch_1 and outcome!=filled", [false, true, false]),
        ("channel = NEWS", [true, true, false]),
        ("campaign=cmp_2", [true, false, false]),
        ("campaign = \"spring 2\"", [true, false, false]),
        ("campaign in (cmp_1, cmp_9)", [true, false, true]),
        ("campaign not in (cmp_1)", [false, true, false]),
        ("reason=cap_user", [false, true, false]),
        ("ads>1", [true, false, false]),
        ("ads < 1 or event = error", [false, true, true]),
        ("took >= 5ms and took<=5000us", [true, true, false]),
        ("took > 5ms", [false, false, false]),
        ("not took > 4ms", [false, false, true]),
        ("code=402", [false, false, true]),
        ("code!=402", [true, true, false]),
        ("topic=beacons", [false, false, true]),
        ("id=dec_1 or id=ad_7", [true, true, true]),
        // `and` binds more tightly than `or`, parentheses more than both.
        (
            "topic=beacons or outcome=nofill and ads>0",
            [false, false, true],
        ),
        (
            "(topic=beacons or outcome=nofill) and not ads>0",
            [false, true, true],
        ),
        ("result == accepted", [false, false, true]),
    ] {
        let found = [&filled, &empty, &error].map(|event| holds(text, event));
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn what_is_about_the_stream_is_never_filtered() {
    let beat = LiveEvent::Heartbeat(LiveHeartbeat { at: String::new() });
    assert!(holds("outcome=filled", &beat));
}

#[test]
fn what_is_wrong_is_pointed_at() {
    for (text, part, at, says) in [
        ("chanel=x", "chanel", 0, "did you mean `channel`?"),
        ("weather=x", "weather", 0, "there are topic, channel"),
        ("outcome=filed", "filed", 8, "did you mean `filled`?"),
        ("outcome<filled", "<", 7, "does not go with outcome"),
        ("took=5", "5", 5, "write 300us, 5ms or 1s"),
        ("code=x", "x", 5, "whole number"),
        ("channel", "channel", 7, "ends where"),
        ("", "", 0, "ends where a test"),
        ("channel in ch_1", "ch_1", 11, "where `(` should"),
        ("channel=(", "(", 8, "is not a value"),
        ("channel=a channel=b", "channel", 10, "and, or"),
        ("channel=\"a", "\"a", 8, "closing quote"),
        ("channel is a", "is", 8, "is no comparison"),
        ("channel ! a", "!", 8, "is no comparison"),
        ("\"channel\"=a", "\"channel\"", 0, "is not a field"),
    ] {
        let error = text.parse::<Filter>().unwrap_err();
        assert_eq!((error.part.as_str(), error.at.start), (part, at), "{error}");
        assert!(error.to_string().contains(says), "{text}: {error}");
    }
    let deep = format!("{}outcome=filled{}", "(".repeat(40), ")".repeat(40));
    assert!(deep.parse::<Filter>().is_err());
    let long = format!("channel={}", "a".repeat(FILTER_BYTES_MAX));
    assert!(long.parse::<Filter>().is_err());
}

#[test]
fn names_are_looked_up_once() {
    let mut filter: Filter = "campaign in (spring, summer) and channel=news and reason=paced"
        .parse()
        .unwrap();
    let resolved = filter.resolve(|field, name| match name {
        "summer" => Err(format!("no {field} {name}")),
        name => Ok(format!("{field}:{name}")),
    });
    assert_eq!(resolved, Err("no campaign summer".to_owned()));
    filter
        .resolve(|field, name| Ok::<_, ()>(format!("{field}:{name}")))
        .unwrap();
    assert_eq!(filter.texts_of(Field::Channel), ["channel:news"]);
    assert_eq!(filter.texts_of(Field::Reason), ["paced"]);
}

/// What a filter means, said the slow way: as the tests it is made of.
#[derive(Debug, Clone)]
enum Meant {
    Test(&'static str, bool),
    Not(Box<Meant>),
    Both(Box<Meant>, Box<Meant>),
    Either(Box<Meant>, Box<Meant>),
}

impl Meant {
    fn text(&self) -> String {
        match self {
            Self::Test(text, _) => (*text).to_owned(),
            Self::Not(inner) => format!("not ({})", inner.text()),
            Self::Both(one, other) => format!("({}) and ({})", one.text(), other.text()),
            Self::Either(one, other) => format!("({}) or ({})", one.text(), other.text()),
        }
    }

    fn holds(&self) -> bool {
        match self {
            Self::Test(_, holds) => *holds,
            Self::Not(inner) => !inner.holds(),
            Self::Both(one, other) => one.holds() && other.holds(),
            Self::Either(one, other) => one.holds() || other.holds(),
        }
    }
}

fn meant() -> impl Strategy<Value = Meant> {
    let test = prop_oneof![
        Just(Meant::Test("outcome=filled", true)),
        Just(Meant::Test("ads=2", true)),
        Just(Meant::Test("channel=\"news\"", true)),
        Just(Meant::Test("campaign not in (cmp_1,cmp_5)", false)),
        Just(Meant::Test("took<1ms", false)),
        Just(Meant::Test("event=error", false)),
    ];
    test.prop_recursive(4, 24, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|one| Meant::Not(Box::new(one))),
            (inner.clone(), inner.clone())
                .prop_map(|(one, other)| Meant::Both(Box::new(one), Box::new(other))),
            (inner.clone(), inner)
                .prop_map(|(one, other)| Meant::Either(Box::new(one), Box::new(other))),
        ]
    })
}

proptest! {
    #[test]
    fn composed_filters_mean_what_their_parts_do(meant in meant()) {
        let event = decision(None, vec![ad(1), ad(2)]);
        prop_assert_eq!(holds(&meant.text(), &event), meant.holds(), "{}", meant.text());
    }

    #[test]
    fn no_text_is_too_much(text in "[a-z=!<>(), \"µ\\n💥]{0,60}") {
        if let Err(error) = text.parse::<Filter>() {
            prop_assert!(text.get(error.at.clone()).is_some(), "{:?}", error.at);
        }
    }
}
