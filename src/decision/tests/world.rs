//! Random catalogs with everything in them, against readings of the rules that are slow and
//! obvious: whoever is chosen may be, nobody better is left out, and every reason is true.

use proptest::prelude::*;

use super::*;
use crate::model::targeting::{Moment, Subject};
use crate::model::{
    Advertiser, AdvertiserSpec, Cap, CapFallback, CapPeriod, CapScope, CapSpan, CapWindow,
    Category, CategoryId, CategorySpec, PodGoal, PodShape, Targeting, Traits,
};

/// A campaign with more to it than a [`Buy`].
#[derive(Debug, Clone)]
pub(super) struct Line {
    buy: Buy,
    micros: i64,
    advertiser: u32,
    urgency: u32,
    share: Option<u8>,
    targeting: Targeting,
    spot_targeting: Targeting,
    /// A cap that cannot be counted, because the request does not say who watches.
    capped: bool,
    position: Position,
    category: Option<&'static str>,
}

/// What a request may say.
#[derive(Debug, Clone)]
pub(super) struct Said {
    country: Option<&'static str>,
    segments: Vec<&'static str>,
    rating: Option<&'static str>,
}

fn targeting() -> impl Strategy<Value = Targeting> {
    let texts = [
        "",
        "geo = US",
        "geo = FR or segment = auto",
        "segment in (auto, home) and rating != tv-ma",
        "rating not in (tv-ma, r)",
        "geo = US and geo != US-CA or rating = tv-pg",
    ];
    prop::sample::select(texts.map(rules).to_vec())
}

/// The few rules above, made by hand: the language has its own tests.
fn rules(text: &str) -> Targeting {
    use crate::model::targeting::{Clause, Dimension, Rule, Sense, Value};
    let clause = |text: &str| {
        let (dimension, rest) = text.split_once(' ').unwrap();
        let (sense, values) = if let Some(values) = rest.strip_prefix("not in ") {
            (Sense::Exclude, values)
        } else if let Some(values) = rest.strip_prefix("!= ") {
            (Sense::Exclude, values)
        } else {
            let values = rest.strip_prefix("in ").or(rest.strip_prefix("= "));
            (Sense::Include, values.unwrap())
        };
        let dimension = Dimension::parse(dimension).unwrap();
        let mut values: Vec<Value> = values
            .trim_matches(['(', ')'])
            .split(", ")
            .map(|value| Value::parse(&dimension, value).unwrap())
            .collect();
        values.sort();
        Clause {
            dimension,
            sense,
            values,
        }
    };
    let rule = |text: &str| {
        let mut clauses: Vec<Clause> = text.split(" and ").map(clause).collect();
        clauses.sort();
        Rule { clauses }
    };
    let rules = text.split(" or ").filter(|rule| !rule.is_empty());
    Targeting {
        rules: rules.map(rule).collect(),
    }
}

pub(super) fn any_line() -> impl Strategy<Value = Line> {
    let values = (
        prop::sample::select(vec![1_i64, 5, 5, 20]),
        1..5_u32,
        prop::sample::select(vec![500_u32, 1_000, 1_000, 1_000, 4_000]),
        prop_oneof![4 => Just(None), 1 => (1..101_u8).prop_map(Some)],
    );
    let company = (
        prop::bool::weighted(0.1),
        prop::sample::select(Position::ALL.to_vec()),
        prop::sample::select(vec![None, Some("auto"), Some("auto.luxury"), Some("food")]),
    );
    (any_buy(), values, targeting(), targeting(), company).prop_map(
        |(buy, (micros, advertiser, urgency, share), targeting, spot_targeting, company)| Line {
            buy,
            micros,
            advertiser,
            urgency,
            share,
            targeting,
            spot_targeting,
            capped: company.0,
            position: company.1,
            category: company.2,
        },
    )
}

pub(super) fn any_said() -> impl Strategy<Value = Said> {
    (
        prop::sample::select(vec![None, Some("US"), Some("FR")]),
        prop::sample::subsequence(vec!["auto", "home", "pets"], 0..3),
        prop::sample::select(vec![None, Some("tv-ma"), Some("tv-pg")]),
    )
        .prop_map(|(country, segments, rating)| Said {
            country,
            segments,
            rating,
        })
}

fn category(id: u32, code: &str, parent: Option<&str>) -> Category {
    Category {
        id: CategoryId::new(id),
        tenant: TenantId::new(1),
        revision: 1,
        created_at: NOW,
        updated_at: NOW,
        spec: CategorySpec {
            code: code.to_owned(),
            name: code.to_owned(),
            parent: parent.map(str::to_owned),
            exclusive: code == "auto",
            separation: (code == "food").then_some(Millis(20_000)),
        },
    }
}

fn advertiser(id: u32) -> Advertiser {
    Advertiser {
        id: AdvertiserId::new(id),
        tenant: TenantId::new(1),
        revision: 1,
        created_at: NOW,
        updated_at: NOW,
        spec: AdvertiserSpec {
            name: format!("a{id}"),
            ..AdvertiserSpec::default()
        },
    }
}

pub(super) fn world(lines: &[Line]) -> Catalog {
    let numbered = || (1..).zip(lines);
    let campaigns = numbered().map(|(id, line)| {
        let mut campaign = campaign(id, &line.buy);
        let spec = &mut campaign.spec;
        spec.advertiser = AdvertiserId::new(line.advertiser);
        spec.price.micros = line.micros;
        spec.share_of_voice = line.share;
        spec.targeting = line.targeting.clone();
        spec.position = line.position;
        spec.categories = line.category.map(str::to_owned).into_iter().collect();
        if line.capped {
            spec.caps.push(Cap {
                scope: CapScope::User,
                windows: vec![CapWindow {
                    max: 1,
                    span: CapSpan::Calendar(CapPeriod::Day),
                }],
                fallback: CapFallback::Next,
            });
        }
        campaign
    });
    let creatives = numbered().flat_map(|(id, line)| {
        (0..).zip(&line.buy.spots).map(move |(place, &spot)| {
            let mut creative = creative(id * 10 + place, id, spot);
            creative.spec.targeting = line.spot_targeting.clone();
            creative
        })
    });
    let facts = TenantFacts {
        tenant: tenant(),
        channels: Vec::new(),
        advertisers: (1..5).map(advertiser).collect(),
        orders: Vec::new(),
        categories: vec![
            category(1, "auto", None),
            category(2, "auto.luxury", Some("auto")),
            category(3, "food", None),
        ],
        pods: Vec::new(),
        campaigns: campaigns.collect(),
        creatives: creatives.collect(),
    };
    Catalog::compile(7, vec![facts])
}

pub(super) struct Given<'a>(pub(super) &'a [Line]);

impl LimitsView for Given<'_> {
    fn headroom(&self, offer: &Offer, _now: Timestamp, _roll: Roll) -> Result<Headroom, Exclusion> {
        let line = &self.0[offer.campaign.get() as usize - 1];
        let urgency_milli = line.urgency;
        line.buy.room.map(|()| Headroom { urgency_milli })
    }

    fn urgency_max(&self) -> u32 {
        let urgencies = self.0.iter().map(|line| line.urgency);
        urgencies.max().unwrap_or(Headroom::URGENCY_NORMAL)
    }

    fn exposures(&self, identity: &Identity, _now: Timestamp) -> Exposures {
        Exposures::none_of(identity)
    }
}

pub(super) fn traits(said: &Said) -> Traits {
    let mut traits = Traits::default();
    traits.geo.country = said.country.map(str::to_owned);
    traits.audience.segments = said.segments.iter().map(|&word| word.to_owned()).collect();
    traits.content.rating = said.rating.map(str::to_owned);
    traits
}

/// The verdict on one campaign if it stood alone.
fn alone(line: &Line, traits: &Traits, longest: Option<u64>) -> Result<(), Exclusion> {
    let subject = Subject {
        traits,
        channel: None,
        moment: Moment::at(NOW, &Zone::UTC, None),
    };
    let verdict = oracle(&line.buy, longest);
    if let Err(why @ (Exclusion::Inactive | Exclusion::CreativeNotReady)) = verdict {
        return Err(why);
    }
    if let Some(dimension) = line.targeting.failing(&subject) {
        return Err(Exclusion::targeting(dimension));
    }
    if verdict == Err(Exclusion::Flight) {
        return Err(Exclusion::Flight);
    }
    // Behind the flight come the creatives: each with the check it fails first.
    if !line.spot_targeting.matches(&subject) {
        return Err(Exclusion::CreativeTargeting);
    }
    verdict?;
    if line.capped {
        Err(Exclusion::Unidentified)
    } else {
        Ok(())
    }
}

fn score(line: &Line) -> i64 {
    line.micros * i64::from(line.urgency)
}

fn histogram(verdicts: &[Verdict]) -> ExclusionCounts {
    let mut counts = ExclusionCounts::default();
    for why in verdicts.iter().filter_map(|verdict| verdict.outcome.err()) {
        counts.add(why, 1);
    }
    counts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn the_winner_of_a_slot_is_the_best_there_is(
        lines in prop::collection::vec(any_line(), 0..12),
        said in any_said(),
        seed: u64,
    ) {
        let catalog = world(&lines);
        let traits = traits(&said);
        let request = AdRequest { traits: traits.clone(), ..request(Some(30_000)) };
        let given = Given(&lines);
        let inquiry = Inquiry { request: &request, limits: &given, now: NOW, roll: Roll(seed) };
        let decision = decide(&catalog, &inquiry);
        let fits = |line: &&Line| alone(line, &traits, Some(30_000)).is_ok();
        let open = || lines.iter().filter(fits);
        // A campaign with a share is served by the draw or not at all.
        let without = open().filter(|line| line.share.is_none());
        let first_tier = without.clone().map(|line| line.buy.tier).min();
        let chosen = first(&decision).map(|chosen| chosen.offer.campaign.get());
        let winner = chosen.map(|id| &lines[id as usize - 1]);
        match winner {
            None => prop_assert_eq!(first_tier, None),
            Some(winner) => {
                prop_assert!(fits(&winner));
                prop_assert!(first_tier.is_none_or(|tier| winner.buy.tier <= tier));
                if winner.share.is_none() {
                    let rivals = without.filter(|line| line.buy.tier == winner.buy.tier);
                    prop_assert_eq!(rivals.map(score).max(), Some(score(winner)));
                }
            }
        }
        let verdicts = explain(&catalog, &inquiry);
        prop_assert_eq!(histogram(&verdicts), decision.exclusions);
        for verdict in verdicts {
            let line = &lines[verdict.campaign.get() as usize - 1];
            let alone = alone(line, &traits, Some(30_000));
            match verdict.outcome {
                Ok(()) => prop_assert_eq!(Some(verdict.campaign.get()), chosen),
                Err(Exclusion::ShareOfVoice) => {
                    prop_assert!(alone.is_ok() && line.share.is_some());
                }
                Err(Exclusion::LostPriority) => {
                    prop_assert!(winner.is_some_and(|winner| winner.buy.tier < line.buy.tier));
                }
                Err(Exclusion::LostRotation) => {
                    let winner = winner.unwrap();
                    prop_assert_eq!(winner.buy.tier, line.buy.tier);
                    prop_assert!(winner.share.is_some() || score(line) <= score(winner));
                }
                why => prop_assert_eq!(why, alone),
            }
        }
    }

    #[test]
    fn a_pod_keeps_its_rules_and_every_reason_is_true(
        lines in prop::collection::vec(any_line(), 0..14),
        said in any_said(),
        seconds in 15..120_u64,
        goal in prop::sample::select(PodGoal::ALL.to_vec()),
        seed: u64,
    ) {
        let catalog = world(&lines);
        let traits = traits(&said);
        let shape = PodShape { goal, ..PodShape::of(Millis::from_seconds(seconds)) };
        let request = AdRequest {
            traits: traits.clone(),
            opening: Opening::Pod(shape),
            ..request(None)
        };
        let given = Given(&lines);
        let inquiry = Inquiry { request: &request, limits: &given, now: NOW, roll: Roll(seed) };
        let decision = decide(&catalog, &inquiry);
        let ads = decision.outcome.clone().unwrap_or_default();
        let longest = Some(seconds * 1_000);
        let line = |chosen: &Chosen<'_>| &lines[chosen.offer.campaign.get() as usize - 1];
        let mut end = 0;
        for (place, ad) in ads.iter().enumerate() {
            prop_assert_eq!(alone(line(ad), &traits, longest), Ok(()));
            prop_assert!(ad.start.0 >= end);
            end = ad.start.0 + ad.spot.media.duration.0 - ad.spot.media.duration.0 % 1_000;
            for other in &ads[..place] {
                prop_assert_ne!(line(ad).advertiser, line(other).advertiser);
                let auto = |ad| line(ad).category.is_some_and(|code| code.starts_with("auto"));
                prop_assert!(!(auto(ad) && auto(other)));
            }
            let is_first = place == 0;
            let is_last = place + 1 == ads.len();
            let wanted = match line(ad).position {
                Position::Any => true,
                Position::First => is_first,
                Position::Last => is_last,
                Position::Edge => is_first || is_last,
            };
            prop_assert!(wanted);
        }
        prop_assert!(end <= seconds * 1_000);
        let verdicts = explain(&catalog, &inquiry);
        prop_assert_eq!(histogram(&verdicts), decision.exclusions);
        for verdict in verdicts {
            let line = &lines[verdict.campaign.get() as usize - 1];
            let alone = alone(line, &traits, longest);
            match verdict.outcome {
                Ok(()) => prop_assert!(
                    ads.iter().any(|ad| ad.offer.campaign == verdict.campaign)
                ),
                Err(
                    Exclusion::ShareOfVoice
                    | Exclusion::Advertiser
                    | Exclusion::Separation
                    | Exclusion::PositionTaken
                    | Exclusion::PodNoFit
                    | Exclusion::LostRotation,
                ) => prop_assert_eq!(alone, Ok(())),
                // A lower tier is not looked into where the higher ones have enough.
                Err(Exclusion::LostPriority) => prop_assert!(!ads.is_empty()),
                why => prop_assert_eq!(why, alone),
            }
        }
    }
}

#[test]
fn shares_of_voice_are_drawn_as_often_as_they_say() {
    let line = |share, targeting: &str| Line {
        buy: Buy::default(),
        micros: 5,
        advertiser: 1,
        urgency: 1_000,
        share,
        targeting: rules(targeting),
        spot_targeting: Targeting::default(),
        capped: false,
        position: Position::Any,
        category: None,
    };
    let count = |lines: &[Line]| {
        let catalog = world(lines);
        let request = request(None);
        let mut seen = BTreeMap::new();
        for seed in 0..200_000 {
            let given = Given(lines);
            let inquiry = Inquiry {
                request: &request,
                limits: &given,
                now: NOW,
                roll: Roll(seed),
            };
            let campaign = first(&decide(&catalog, &inquiry)).unwrap().offer.campaign;
            *seen.entry(campaign.get()).or_default() += 1;
        }
        seen
    };
    // The third is meant for another country: its share falls to those without one.
    let some = [
        line(Some(30), ""),
        line(Some(20), ""),
        line(Some(40), "geo = FR"),
        line(None, ""),
    ];
    let seen = count(&some);
    assert!(
        chi_squared(&seen, &[(1, 30), (2, 20), (4, 50)]) < 13.8,
        "{seen:?}"
    );
    // More than everything is scaled down alike.
    let seen = count(&[line(Some(90), ""), line(Some(60), ""), line(None, "")]);
    assert!(chi_squared(&seen, &[(1, 90), (2, 60)]) < 10.8, "{seen:?}");
}
