//! Random targetings and requests over few words, so that they often meet.

use std::collections::BTreeMap;

use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::model::ChannelId;
use crate::model::targeting::{
    Audience, Clause, Content, Daypart, DaypartZone, Device, Dimension, Geo, Moment, Place, Rule,
    Sense, Span, Subject, Targeting, Traits, Value,
};

/// A request that owns what it says.
#[derive(Debug, Clone)]
pub(super) struct Asker {
    traits: Traits,
    channel: Option<ChannelId>,
    moment: Moment,
}

impl Asker {
    /// With this income.
    pub(super) fn earn(&mut self, income: u32) {
        self.traits.audience.income = Some(income);
    }

    /// With these keys, each saying yes.
    pub(super) fn say(&mut self, keys: impl Iterator<Item = String>) {
        self.traits.key_values = keys.map(|key| (key, vec!["yes".to_owned()])).collect();
    }

    pub(super) fn subject(&self) -> Subject<'_> {
        Subject {
            traits: &self.traits,
            channel: self.channel,
            moment: self.moment,
        }
    }
}

const WORDS: [&str; 8] = [
    "a",
    "b",
    "c",
    "drama",
    "tv-pg-a",
    "tv-pg-b",
    "o",
    "longer than 8",
];
const KEYS: [&str; 6] = ["k", "l", "m", "n", "show", "a"];

fn word() -> impl Strategy<Value = String> {
    select(&WORDS[..]).prop_map(str::to_owned)
}

fn country() -> impl Strategy<Value = String> {
    select(&["US", "FR"][..]).prop_map(str::to_owned)
}

fn region() -> impl Strategy<Value = String> {
    select(&["CA", "NY"][..]).prop_map(str::to_owned)
}

fn place() -> impl Strategy<Value = Place> {
    prop_oneof![
        country().prop_map(Place::Country),
        (country(), region()).prop_map(|(c, r)| Place::Region(format!("{c}-{r}"))),
        (country(), word()).prop_map(|(within, name)| Place::City { within, name }),
        (country(), region(), word()).prop_map(|(c, r, name)| Place::City {
            within: format!("{c}-{r}"),
            name
        }),
        (500u16..503).prop_map(Place::Dma),
        (country(), word()).prop_map(|(country, code)| Place::Postal { country, code }),
    ]
}

fn daypart() -> impl Strategy<Value = Daypart> {
    let zone = select(&[DaypartZone::Campaign, DaypartZone::Viewer][..]);
    (1u8..128, 0u16..96, 1u16..96, zone).prop_map(|(days, from, length, zone)| {
        let to = (from + length - 1) % 96 + 1;
        Daypart {
            days,
            from: from * 15,
            to: to * 15,
            zone,
        }
    })
}

fn span() -> impl Strategy<Value = Span> {
    (0u32..60, prop_oneof![4 => 0u32..40, 1 => Just(u32::MAX)]).prop_map(|(from, more)| Span {
        from,
        to: from.saturating_add(more),
    })
}

fn dimension() -> impl Strategy<Value = Dimension> {
    let key = select(&KEYS[..]).prop_map(|key| Dimension::Key(key.to_owned()));
    prop_oneof![4 => select(Dimension::NAMED), 1 => key]
}

/// Mostly of the kind that the dimension knows.
fn value(dimension: &Dimension) -> BoxedStrategy<Value> {
    let right = match dimension {
        Dimension::Geo => place().prop_map(Value::Place).boxed(),
        Dimension::Age | Dimension::Income => span().prop_map(Value::Span).boxed(),
        Dimension::Daypart => daypart().prop_map(Value::Daypart).boxed(),
        Dimension::Channel => (1u32..4)
            .prop_map(|id| Value::Channel(ChannelId::new(id)))
            .boxed(),
        _ => word().prop_map(Value::Word).boxed(),
    };
    let wrong = prop_oneof![
        word().prop_map(Value::Word),
        place().prop_map(Value::Place),
        span().prop_map(Value::Span),
    ];
    prop_oneof![30 => right, 1 => wrong].boxed()
}

fn clause() -> impl Strategy<Value = Clause> {
    let sense = prop_oneof![2 => Just(Sense::Include), 1 => Just(Sense::Exclude)];
    (dimension(), sense).prop_flat_map(|(dimension, sense)| {
        btree_set(value(&dimension), 1..4).prop_map(move |values| Clause {
            dimension: dimension.clone(),
            sense,
            values: values.into_iter().collect(),
        })
    })
}

fn rule() -> impl Strategy<Value = Rule> {
    vec(clause(), 0..5).prop_map(|clauses| {
        let by_place: BTreeMap<_, _> = clauses
            .into_iter()
            .map(|clause| ((clause.dimension.clone(), clause.sense), clause))
            .collect();
        Rule {
            clauses: by_place.into_values().collect(),
        }
    })
}

pub(super) fn targeting() -> impl Strategy<Value = Targeting> {
    prop_oneof![
        3 => vec(rule(), 0..2),
        1 => vec(rule(), 2..6),
    ]
    .prop_map(|rules| Targeting { rules })
}

fn geo() -> impl Strategy<Value = Geo> {
    let dma = option::of(500u16..504);
    (
        option::of(country()),
        option::of(region()),
        option::of(word()),
        dma,
        option::of(word()),
    )
        .prop_map(|(country, region, city, dma, postal)| Geo {
            country,
            region,
            city,
            dma,
            postal,
        })
}

fn traits() -> impl Strategy<Value = Traits> {
    let device = (option::of(word()), option::of(word()), option::of(word()))
        .prop_map(|(kind, brand, os)| Device { kind, brand, os });
    let content = (vec(word(), 0..4), vec(word(), 0..3), option::of(word())).prop_map(
        |(categories, genres, rating)| Content {
            id: None,
            categories,
            genres,
            rating,
        },
    );
    let number = || option::of(prop_oneof![8 => 0u32..100, 1 => Just(u32::MAX)]);
    let audience = (number(), option::of(word()), number(), vec(word(), 0..4)).prop_map(
        |(age, gender, income, segments)| Audience {
            age,
            gender,
            income,
            segments,
        },
    );
    let key = select(&KEYS[..]).prop_map(str::to_owned);
    let key_values = vec((key, vec(word(), 0..3)), 0..4);
    (geo(), device, content, audience, key_values).prop_map(
        |(geo, device, content, audience, key_values)| Traits {
            geo,
            device,
            content,
            audience,
            zone: None,
            key_values,
        },
    )
}

pub(super) fn asker() -> impl Strategy<Value = Asker> {
    let channel = option::of((1u32..5).prop_map(ChannelId::new));
    let moment = (0u16..10_080, option::of(0u16..10_080))
        .prop_map(|(campaign, viewer)| Moment { campaign, viewer });
    (traits(), channel, moment).prop_map(|(traits, channel, moment)| Asker {
        traits,
        channel,
        moment,
    })
}
