//! Targeting that is refused, and what is said of it.

use crate::model::ChannelId;
use crate::model::targeting::{
    Clause, Daypart, DaypartZone, Dimension, RULES_MAX, Rule, Sense, Span, Targeting, VALUES_MAX,
    Value,
};

fn told(rules: Vec<Rule>) -> String {
    let problems = Targeting { rules }.problems();
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

fn clause(dimension: &str, sense: Sense, values: &str) -> Clause {
    let dimension = Dimension::parse(dimension).unwrap();
    let values = values.split(';').filter(|text| !text.is_empty());
    Clause {
        values: values
            .map(|text| Value::parse(&dimension, text).unwrap())
            .collect(),
        dimension,
        sense,
    }
}

fn include(dimension: &str, values: &str) -> Clause {
    clause(dimension, Sense::Include, values)
}

fn exclude(dimension: &str, values: &str) -> Clause {
    clause(dimension, Sense::Exclude, values)
}

#[test]
fn ten_thousand_rules_are_refused_and_not_looked_at() {
    let rule = Rule {
        clauses: vec![include("geo", "US")],
    };
    let rules = vec![rule; 10_000];
    assert_eq!(
        told(rules),
        format!(
            "targeting: has 10000 rules; at most {RULES_MAX} are allowed\n\
             targeting: has 10000 values; at most {VALUES_MAX} are allowed"
        )
    );
    let values = (0..=VALUES_MAX)
        .map(|n| Value::Word(n.to_string()))
        .collect();
    let clause = Clause {
        dimension: Dimension::Segment,
        sense: Sense::Include,
        values,
    };
    let rules = vec![Rule {
        clauses: vec![clause],
    }];
    assert_eq!(
        told(rules),
        "targeting: has 5001 values; at most 5000 are allowed"
    );
}

#[test]
fn what_can_never_match_is_named() {
    let rules = [
        vec![],
        vec![include("geo", "")],
        vec![include("geo", "US"), include("geo", "FR")],
        vec![include("geo", "US;FR"), exclude("geo", "FR;US")],
        vec![
            include("geo", "city:US-CA/los angeles"),
            exclude("geo", "US-CA"),
        ],
        vec![
            include("geo", "city:US-CA/reno"),
            exclude("geo", "city:US/reno"),
        ],
        vec![
            include("geo", "postal:US/90210;US-CA"),
            exclude("geo", "US"),
        ],
        vec![include("age", "20-30;35"), exclude("age", "18-24;25-40")],
        vec![include("segment", "auto"), exclude("segment", "auto")],
        vec![
            include("daypart", "mon 10:00-12:00"),
            exclude("daypart", "daily 09:00-13:00"),
        ],
        vec![exclude("daypart", "daily 00:00-12:00;daily 12:00-24:00")],
        vec![include("device_type", "phone"), exclude("device", "phone")],
        vec![
            include("device", "roku"),
            exclude("device_type", "roku"),
            exclude("brand", "roku"),
            include("os", "tizen"),
        ],
        vec![include("channel", "ch_1"), exclude("channel", "ch_1;ch_2")],
    ];
    let rules = rules.map(|clauses| Rule { clauses }).to_vec();
    insta::assert_snapshot!(told(rules));
}

#[test]
fn what_can_match_is_left_alone() {
    let rules = [
        vec![include("geo", "US;FR"), exclude("geo", "FR")],
        vec![include("geo", "US"), exclude("geo", "US-CA;dma:501")],
        vec![include("geo", "dma:501"), exclude("geo", "US")],
        vec![include("age", "18-34"), exclude("age", "18-33")],
        vec![include("segment", "auto;golf"), exclude("segment", "auto")],
        vec![
            include("daypart", "mon 10:00-12:00"),
            exclude("daypart", "mon 10:00-12:00 viewer"),
        ],
        vec![exclude("daypart", "daily 00:00-24:00 viewer")],
        vec![exclude("daypart", "daily 00:00-23:45")],
        vec![include("device", "roku"), exclude("device_type", "roku")],
    ];
    let rules = rules.map(|clauses| Rule { clauses }).to_vec();
    assert_eq!(told(rules), "");
    assert_eq!(told(vec![]), "");
}

#[test]
fn values_that_no_text_gives_are_refused_too() {
    let part = Daypart {
        days: 1,
        from: 0,
        to: 60,
        zone: DaypartZone::Viewer,
    };
    let faults = [
        (Dimension::Geo, Value::Word("us".to_owned())),
        (Dimension::Genre, Value::Channel(ChannelId::new(1))),
        (Dimension::Age, Value::Span(Span { from: 2, to: 1 })),
        (
            Dimension::Daypart,
            Value::Daypart(Daypart { days: 0, ..part }),
        ),
        (
            Dimension::Daypart,
            Value::Daypart(Daypart { days: 128, ..part }),
        ),
        (
            Dimension::Daypart,
            Value::Daypart(Daypart { to: 1_455, ..part }),
        ),
        (
            Dimension::Daypart,
            Value::Daypart(Daypart {
                from: 1_440,
                ..part
            }),
        ),
        (
            Dimension::Daypart,
            Value::Daypart(Daypart { to: 50, ..part }),
        ),
        (
            Dimension::Daypart,
            Value::Daypart(Daypart { to: 0, ..part }),
        ),
        (
            Dimension::Daypart,
            Value::Daypart(Daypart { from: 60, ..part }),
        ),
    ];
    for (dimension, value) in faults {
        let clause = Clause {
            dimension,
            sense: Sense::Include,
            values: vec![value],
        };
        let rule = Rule {
            clauses: vec![clause.clone()],
        };
        assert_eq!(told(vec![rule]).lines().count(), 1, "{clause:?}");
    }
}

#[test]
fn normalising_sorts_and_merges_what_is_refused() {
    let rule = Rule {
        clauses: vec![
            exclude("geo", "US;FR"),
            include("age", "30;20;30"),
            exclude("geo", "FR;DE"),
        ],
    };
    let expected = vec![exclude("geo", "DE;FR;US"), include("age", "20;30")];
    assert_eq!(rule.normalised().clauses, expected);
}

#[test]
fn what_is_probably_not_meant_is_hinted_at() {
    let rules = [
        vec![
            include("device", "rokku;roku;fridge"),
            include("genre", "rokku"),
        ],
        vec![
            include("geo", "US;US-CA;dma:501"),
            exclude("geo", "city:US-CA/reno"),
        ],
        vec![exclude("geo", "FR;postal:FR/75001")],
    ];
    let rules = rules.map(|clauses| Rule { clauses }.normalised()).to_vec();
    let expected = [
        "rule 1: `rokku` is no common device; did you mean `roku`?",
        "rule 2: `US-CA` lies in `US`, which is wanted too",
        "rule 3: `postal:FR/75001` lies in `FR`, which is refused too",
    ];
    assert_eq!(Targeting { rules }.hints(), expected);
}
