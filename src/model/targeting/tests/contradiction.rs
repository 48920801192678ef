//! A rule is called contradictory if and only if no request there can be matches it.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::model::targeting::{
    Audience, Clause, Daypart, DaypartZone, Device, Dimension, Geo, Moment, Place, Rule, Sense,
    Span, Subject, Targeting, Traits, Value,
};

const WORDS: [&str; 2] = ["a", "b"];
const DIMENSIONS: [Dimension; 7] = [
    Dimension::Geo,
    Dimension::Device,
    Dimension::DeviceType,
    Dimension::Brand,
    Dimension::Os,
    Dimension::Age,
    Dimension::Daypart,
];

/// All values of the small world.
fn values(dimension: &Dimension) -> Vec<Value> {
    match dimension {
        Dimension::Geo => {
            let mut everywhere: Vec<Value> = geos()
                .iter()
                .flat_map(|geo| geo.places().collect::<Vec<_>>())
                .map(Value::Place)
                .collect();
            everywhere.sort();
            everywhere.dedup();
            everywhere
        }
        Dimension::Age => (0..3_u32)
            .flat_map(|from| {
                [from, 2, u32::MAX].map(|to| {
                    Value::Span(Span {
                        from,
                        to: to.max(from),
                    })
                })
            })
            .collect(),
        Dimension::Daypart => [DaypartZone::Campaign, DaypartZone::Viewer]
            .into_iter()
            .flat_map(|zone| {
                [(0, 720), (720, 1_440), (360, 1_080), (720, 360), (0, 1_440)].map(|(from, to)| {
                    Value::Daypart(Daypart {
                        days: 0b111_1111,
                        from,
                        to,
                        zone,
                    })
                })
            })
            .collect(),
        _ => WORDS.map(|word| Value::Word(word.to_owned())).to_vec(),
    }
}

fn geos() -> Vec<Geo> {
    let text = |text: &str| Some(text.to_owned());
    let mut geos = vec![Geo::default()];
    for country in [None, text("US")] {
        for region in [None, text("CA")] {
            for city in [None, text("x")] {
                for dma in [None, Some(501)] {
                    for postal in [None, text("9")] {
                        geos.push(Geo {
                            country: country.clone(),
                            region: region.clone(),
                            city: city.clone(),
                            dma,
                            postal,
                        });
                    }
                }
            }
        }
    }
    geos
}

/// Whether any request of the small world matches: facts of different kinds are independent, so
/// each kind is tried by itself.
fn can_match(rule: &Rule) -> bool {
    let part = |of: &[Dimension]| {
        let clauses = rule.clauses.iter();
        let clauses = clauses.filter(|clause| of.contains(&clause.dimension));
        Rule {
            clauses: clauses.cloned().collect(),
        }
    };
    let matches = |rule: &Rule, traits: &Traits, campaign: u16, viewer: Option<u16>| {
        let moment = Moment { campaign, viewer };
        let subject = Subject {
            traits,
            channel: None,
            moment,
        };
        rule.failing(&subject).is_none()
    };
    let of_geo = part(&[Dimension::Geo]);
    let geo = geos().into_iter().any(|geo| {
        let traits = Traits {
            geo,
            ..Traits::default()
        };
        matches(&of_geo, &traits, 0, None)
    });
    let words = [
        None,
        Some("a".to_owned()),
        Some("b".to_owned()),
        Some("other".to_owned()),
    ];
    let of_device = part(&DIMENSIONS[1..5]);
    let device = words.iter().any(|kind| {
        words.iter().any(|brand| {
            words.iter().any(|os| {
                let device = Device {
                    kind: kind.clone(),
                    brand: brand.clone(),
                    os: os.clone(),
                };
                let traits = Traits {
                    device,
                    ..Traits::default()
                };
                matches(&of_device, &traits, 0, None)
            })
        })
    });
    let of_age = part(&[Dimension::Age]);
    let age = [None, Some(0), Some(1), Some(2), Some(3), Some(u32::MAX)];
    let age = age.into_iter().any(|age| {
        let audience = Audience {
            age,
            ..Audience::default()
        };
        let traits = Traits {
            audience,
            ..Traits::default()
        };
        matches(&of_age, &traits, 0, None)
    });
    let of_day = part(&[Dimension::Daypart]);
    let traits = Traits::default();
    let minutes = || (0..10_080).step_by(360);
    let viewers = || [None].into_iter().chain(minutes().map(Some));
    let day = minutes()
        .any(|campaign| viewers().any(|viewer| matches(&of_day, &traits, campaign, viewer)));
    geo && device && age && day
}

fn clause() -> impl Strategy<Value = Clause> {
    (select(&DIMENSIONS[..]), any::<bool>()).prop_flat_map(|(dimension, wanted)| {
        let all = values(&dimension);
        let most = all.len().min(8);
        subsequence(all, 1..=most).prop_map(move |values| Clause {
            dimension: dimension.clone(),
            sense: if wanted {
                Sense::Include
            } else {
                Sense::Exclude
            },
            values,
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn a_rule_is_refused_exactly_when_nothing_can_match_it(
        clauses in prop::collection::vec(clause(), 1..7)
    ) {
        let mut clauses = clauses;
        clauses.sort();
        clauses.dedup_by(|a, b| a.dimension == b.dimension && a.sense == b.sense);
        let rule = Rule { clauses }.normalised();
        let problems = Targeting { rules: vec![rule.clone()] }.problems();
        prop_assert_eq!(problems.is_empty(), can_match(&rule), "{:?} {:?}", rule, problems);
    }
}

#[test]
fn the_small_world_has_every_kind_of_place() {
    let places = values(&Dimension::Geo);
    assert!(places.contains(&Value::Place(Place::Country("US".to_owned()))));
    assert_eq!(places.len(), 6, "{places:?}");
}
