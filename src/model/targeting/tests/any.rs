//! Any targeting and any request, from few enough words that they often meet.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::model::targeting::value::fold_word;
use crate::model::targeting::{
    Audience, Clause, Content, Daypart, DaypartZone, Device, Dimension, Geo, Moment, Place, Rule,
    Sense, Span, Targeting, Traits, Value,
};
use crate::model::{ChannelId, Zone};

pub(super) const ZONES: &[&str] = &["UTC", "America/New_York", "Asia/Kathmandu"];

pub(super) fn dimension() -> impl Strategy<Value = Dimension> {
    prop_oneof![
        10 => select(Dimension::NAMED),
        1 => select(&["tier", "show", "my key"][..]).prop_map(|key| Dimension::Key(key.to_owned())),
    ]
}

pub(super) fn value(dimension: &Dimension) -> BoxedStrategy<Value> {
    match dimension {
        Dimension::Geo => place().prop_map(Value::Place).boxed(),
        Dimension::Channel => (0..4_u32)
            .prop_map(|raw| Value::Channel(ChannelId::new(raw)))
            .boxed(),
        Dimension::Age | Dimension::Income => span().prop_map(Value::Span).boxed(),
        Dimension::Daypart => daypart().prop_map(Value::Daypart).boxed(),
        _ => word().prop_map(Value::Word).boxed(),
    }
}

fn word() -> impl Strategy<Value = String> {
    let known = select(&["roku", "a", "b", "tv-pg", "smart_tv"][..]).prop_map(str::to_owned);
    let odd = "[ -~éßÅ春]{1,12}".prop_filter_map("blank", |text| {
        let folded = fold_word(&text);
        (!folded.is_empty()).then_some(folded)
    });
    let reserved = select(&["and", "or", "not", "in", "everyone", "a\"b", "a\\", "(x)"][..]);
    prop_oneof![6 => known, 1 => odd, 1 => reserved.prop_map(str::to_owned)]
}

fn place() -> impl Strategy<Value = Place> {
    let country = || select(&["US", "FR", "IN", "NO"][..]);
    let region = || select(&["US-CA", "US-OR", "FR-IDF"][..]);
    let within = prop_oneof![country(), region()];
    let name = select(&["paris", "los angeles", "são paulo", "a/b"][..]);
    prop_oneof![
        country().prop_map(|code| Place::Country(code.to_owned())),
        region().prop_map(|code| Place::Region(code.to_owned())),
        (within, name).prop_map(|(within, name)| Place::City {
            within: within.to_owned(),
            name: name.to_owned(),
        }),
        (500..504_u16).prop_map(Place::Dma),
        (country(), 0..3_u8).prop_map(|(country, code)| Place::Postal {
            country: country.to_owned(),
            code: format!("9021{code}"),
        }),
    ]
}

fn span() -> impl Strategy<Value = Span> {
    let closed = (0..60_u32, 0..40_u32).prop_map(|(from, more)| Span {
        from,
        to: from + more,
    });
    let open = (0..60_u32).prop_map(|from| Span { from, to: u32::MAX });
    prop_oneof![4 => closed, 1 => open]
}

pub(super) fn daypart() -> impl Strategy<Value = Daypart> {
    let zone = select(&[DaypartZone::Campaign, DaypartZone::Viewer][..]);
    let quarters = (0..96_u16, 1..=96_u16);
    (1..128_u8, quarters, zone).prop_filter_map("empty", |(days, (from, to), zone)| {
        let (from, to) = (from * 15, to * 15);
        (from != to).then_some(Daypart {
            days,
            from,
            to,
            zone,
        })
    })
}

fn clause() -> impl Strategy<Value = Clause> {
    let sense = select(&[Sense::Include, Sense::Include, Sense::Exclude][..]);
    (dimension(), sense).prop_flat_map(|(dimension, sense)| {
        prop::collection::vec(value(&dimension), 1..5).prop_map(move |values| Clause {
            dimension: dimension.clone(),
            sense,
            values,
        })
    })
}

/// A rule in its normal form, with at most one clause for each dimension and sense.
pub(super) fn rule() -> impl Strategy<Value = Rule> {
    prop::collection::vec(clause(), 1..6).prop_map(|mut clauses| {
        clauses.sort();
        clauses.dedup_by(|a, b| a.dimension == b.dimension && a.sense == b.sense);
        Rule { clauses }.normalised()
    })
}

pub(super) fn targeting() -> impl Strategy<Value = Targeting> {
    prop::collection::vec(rule(), 0..5).prop_map(|rules| Targeting { rules })
}

/// A request that says some of what some rules want.
pub(super) fn traits() -> impl Strategy<Value = Traits> {
    let words = || prop::collection::vec(word(), 0..3);
    let maybe = || prop::option::of(word());
    let geo = (
        prop::option::of(select(&["US", "FR", "IN"][..])),
        prop::option::of(select(&["CA", "OR", "IDF"][..])),
        prop::option::of(select(&["paris", "los angeles"][..])),
        prop::option::of(500..504_u16),
        prop::option::of(select(&["90210", "90211"][..])),
    );
    let audience = (
        prop::option::of(0..100_u32),
        maybe(),
        prop::option::of(0..100_u32),
        words(),
    );
    let content = (words(), words(), maybe());
    let device = (maybe(), maybe(), maybe());
    let key_values = prop::collection::vec((select(&["tier", "show"][..]), words()), 0..2);
    let rest = (prop::option::of(select(ZONES)), key_values);
    (geo, device, content, audience, rest).prop_map(|(geo, device, content, audience, rest)| {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let (zone, key_values) = rest;
        Traits {
            geo: Geo {
                country: owned(geo.0),
                region: owned(geo.1),
                city: owned(geo.2),
                dma: geo.3,
                postal: owned(geo.4),
            },
            device: Device {
                kind: device.0,
                brand: device.1,
                os: device.2,
            },
            content: Content {
                id: None,
                categories: content.0,
                genres: content.1,
                rating: content.2,
            },
            audience: Audience {
                age: audience.0,
                gender: audience.1,
                income: audience.2,
                segments: audience.3,
            },
            zone: zone.map(|name| name.parse::<Zone>().unwrap()),
            key_values: key_values
                .into_iter()
                .map(|(key, values)| (key.to_owned(), values))
                .collect(),
        }
    })
}

pub(super) fn moment() -> impl Strategy<Value = Moment> {
    (any::<Index>(), prop::option::of(any::<Index>())).prop_map(|(campaign, viewer)| {
        let minute = |index: Index| u16::try_from(index.index(10_080)).unwrap();
        Moment {
            campaign: minute(campaign),
            viewer: viewer.map(minute),
        }
    })
}
