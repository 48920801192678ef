//! The reading of rules against a second, independent one and by example.

use proptest::prelude::*;

use super::any;
use crate::model::ChannelId;
use crate::model::targeting::{
    Audience, Clause, Device, Dimension, Geo, Moment, Rule, Sense, Subject, Targeting, Traits,
    Value,
};

const MOMENT: Moment = Moment {
    campaign: 0,
    viewer: None,
};

fn clause(dimension: &str, sense: Sense, values: &[&str]) -> Clause {
    let dimension = Dimension::parse(dimension).unwrap();
    let values = values
        .iter()
        .map(|text| Value::parse(&dimension, text).unwrap());
    Clause {
        values: values.collect(),
        dimension,
        sense,
    }
}

fn rule(clauses: Vec<Clause>) -> Rule {
    Rule { clauses }.normalised()
}

fn californian() -> Traits {
    Traits {
        geo: Geo {
            country: Some("US".to_owned()),
            region: Some("CA".to_owned()),
            city: Some("los angeles".to_owned()),
            dma: Some(803),
            postal: Some("90210".to_owned()),
        },
        device: Device {
            kind: Some("smart_tv".to_owned()),
            brand: Some("roku".to_owned()),
            os: None,
        },
        audience: Audience {
            age: Some(35),
            segments: vec!["auto".to_owned(), "golf".to_owned()],
            ..Audience::default()
        },
        key_values: vec![("tier".to_owned(), vec!["premium".to_owned()])],
        ..Traits::default()
    }
}

#[test]
fn each_dimension_sees_its_fact_and_no_other() {
    let traits = californian();
    let subject = Subject {
        traits: &traits,
        channel: Some(ChannelId::new(1)),
        moment: MOMENT,
    };
    for (dimension, value, has) in [
        ("geo", "US", true),
        ("geo", "US-CA", true),
        ("geo", "city:US/los angeles", true),
        ("geo", "city:US-CA/los angeles", true),
        ("geo", "city:US-NV/los angeles", false),
        ("geo", "dma:803", true),
        ("geo", "dma:501", false),
        ("geo", "postal:US/90210", true),
        ("geo", "postal:CA/90210", false),
        ("geo", "CA", false),
        ("device", "smart_tv", true),
        ("device", "roku", true),
        ("device_type", "roku", false),
        ("brand", "roku", true),
        ("os", "roku", false),
        ("channel", "ch_1", true),
        ("channel", "ch_2", false),
        ("age", "35", true),
        ("age", "36+", false),
        ("income", "0+", false),
        ("segment", "golf", true),
        ("genre", "golf", false),
        ("key.tier", "premium", true),
        ("key.show", "premium", false),
        ("daypart", "mon 00:00-00:15", true),
        ("daypart", "mon 00:00-00:15 viewer", false),
    ] {
        let dimension = Dimension::parse(dimension).unwrap();
        let parsed = Value::parse(&dimension, value).unwrap();
        assert_eq!(subject.has(&dimension, &parsed), has, "{dimension} {value}");
    }
}

#[test]
fn a_request_says_its_places_and_its_two_clocks() {
    let traits = californian();
    let subject = Subject {
        traits: &traits,
        channel: None,
        moment: Moment {
            campaign: 6 * 1_440 + 23 * 60 + 5,
            viewer: Some(20 * 60),
        },
    };
    let geo = subject.says(&Dimension::Geo);
    assert_eq!(geo[..2], ["US", "US-CA"]);
    assert_eq!(geo[4..], ["dma:803", "postal:US/90210"]);
    let clocks = ["sun 23:05 campaign", "mon 20:00 viewer"];
    assert_eq!(subject.says(&Dimension::Daypart), clocks);
    let tier = Dimension::Key("tier".to_owned());
    assert_eq!(subject.says(&tier), ["premium"]);
    assert_eq!(subject.says(&Dimension::Channel), [] as [&str; 0]);
}

#[test]
fn what_is_absent_fails_an_include_and_passes_an_exclude() {
    let traits = Traits::default();
    let subject = Subject {
        traits: &traits,
        channel: None,
        moment: MOMENT,
    };
    for (dimension, value) in [
        ("geo", "US"),
        ("device", "roku"),
        ("device_type", "phone"),
        ("brand", "lg"),
        ("os", "tizen"),
        ("channel", "ch_0"),
        ("category", "news"),
        ("genre", "news"),
        ("rating", "tv-pg"),
        ("age", "0+"),
        ("gender", "female"),
        ("income", "0+"),
        ("segment", "auto"),
        ("daypart", "daily 00:00-24:00 viewer"),
        ("key.tier", "premium"),
    ] {
        assert!(
            !clause(dimension, Sense::Include, &[value]).holds(&subject),
            "{dimension}"
        );
        assert!(
            clause(dimension, Sense::Exclude, &[value]).holds(&subject),
            "{dimension}"
        );
    }
}

#[test]
fn the_reason_is_the_first_failing_dimension_of_the_first_rule() {
    let traits = californian();
    let subject = Subject {
        traits: &traits,
        channel: None,
        moment: MOMENT,
    };
    let first = rule(vec![
        clause("segment", Sense::Include, &["yoga"]),
        clause("brand", Sense::Exclude, &["roku"]),
        clause("geo", Sense::Include, &["US"]),
    ]);
    let second = rule(vec![clause("geo", Sense::Exclude, &["US"])]);
    let third = rule(vec![clause("age", Sense::Include, &["18-34", "35-49"])]);
    assert_eq!(first.failing(&subject), Some(&Dimension::Brand));
    let nobody = Targeting {
        rules: vec![first, second],
    };
    assert_eq!(nobody.failing(&subject), Some(&Dimension::Brand));
    let mut somebody = nobody.clone();
    somebody.rules.push(third);
    assert_eq!(somebody.failing(&subject), None);
    assert!(
        Targeting::default().matches(&subject),
        "no rules mean everyone"
    );
}

/// The same question asked backwards: what the request says, as texts, is gathered first.
fn said(subject: &Subject<'_>, dimension: &Dimension) -> Vec<String> {
    let traits = subject.traits;
    let one = |said: &Option<String>| said.iter().cloned().collect::<Vec<_>>();
    match dimension {
        Dimension::Geo => traits.geo.places().map(|place| place.to_string()).collect(),
        Dimension::Device => [&traits.device.kind, &traits.device.brand, &traits.device.os]
            .into_iter()
            .flat_map(one)
            .collect(),
        Dimension::DeviceType => one(&traits.device.kind),
        Dimension::Brand => one(&traits.device.brand),
        Dimension::Os => one(&traits.device.os),
        Dimension::Channel => subject.channel.iter().map(ToString::to_string).collect(),
        Dimension::Category => traits.content.categories.clone(),
        Dimension::Genre => traits.content.genres.clone(),
        Dimension::Rating => one(&traits.content.rating),
        Dimension::Gender => one(&traits.audience.gender),
        Dimension::Segment => traits.audience.segments.clone(),
        Dimension::Age => traits
            .audience
            .age
            .iter()
            .map(ToString::to_string)
            .collect(),
        Dimension::Income => traits
            .audience
            .income
            .iter()
            .map(ToString::to_string)
            .collect(),
        Dimension::Key(key) => traits
            .key_values
            .iter()
            .filter(|(said, _values)| said == key)
            .flat_map(|(_key, values)| values.clone())
            .collect(),
        Dimension::Daypart => {
            let viewer = subject
                .moment
                .viewer
                .map(|minute| format!("viewer {minute}"));
            let campaign = format!("campaign {}", subject.moment.campaign);
            viewer.into_iter().chain([campaign]).collect()
        }
    }
}

fn is_said(said: &[String], value: &Value) -> bool {
    said.iter().any(|said| match value {
        Value::Span(span) => span.contains(said.parse().unwrap()),
        Value::Daypart(part) => {
            let (zone, minute) = said.split_once(' ').unwrap();
            zone == part.zone.to_string() && part.contains(minute.parse().unwrap())
        }
        other => *said == other.to_string(),
    })
}

fn fails<'a>(rule: &'a Rule, subject: &Subject<'_>) -> Option<&'a Dimension> {
    let failing = rule.clauses.iter().filter(|clause| {
        let said = said(subject, &clause.dimension);
        let any = clause.values.iter().any(|value| is_said(&said, value));
        any == (clause.sense == Sense::Exclude)
    });
    failing.map(|clause| &clause.dimension).min()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn rules_mean_what_the_definition_says(
        targeting in any::targeting(),
        traits in any::traits(),
        channel in prop::option::of(0..4_u32),
        moment in any::moment(),
    ) {
        let channel = channel.map(ChannelId::new);
        let subject = Subject { traits: &traits, channel, moment };
        for dimension in Dimension::NAMED.iter().filter(|it| **it != Dimension::Daypart) {
            prop_assert_eq!(subject.says(dimension), said(&subject, dimension));
        }
        let reasons: Vec<Option<&Dimension>> = targeting.rules.iter().map(|rule| fails(rule, &subject)).collect();
        for (rule, reason) in targeting.rules.iter().zip(&reasons) {
            prop_assert_eq!(rule.failing(&subject), *reason);
        }
        let matches = reasons.is_empty() || reasons.contains(&None);
        prop_assert_eq!(targeting.matches(&subject), matches);
        let expected = if matches { None } else { reasons[0] };
        prop_assert_eq!(targeting.failing(&subject), expected);
    }
}
