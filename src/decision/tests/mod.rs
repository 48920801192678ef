//! The decision against a slow, obvious oracle, and against the odds that the weights promise.

mod company;
mod conditioned;
mod replay;
mod world;

use std::collections::{BTreeMap, HashSet};

use proptest::prelude::*;

use super::*;
use crate::model::{
    AdvertiserId, Campaign, CampaignSpec, CampaignStatus, Channel, Container, Creative, CreativeId,
    CreativeSpec, CreativeStatus, Currency, Media, Pacing, Position, Price, PriceModel, Targeting,
    Tenant, TenantId, TenantSpec, Tier, Zone,
};

const NOW: Timestamp = Timestamp::from_millis(1_000_000);

/// A campaign in the words of a test: what the decision looks at, and nothing else.
#[derive(Debug, Clone)]
struct Buy {
    status: CampaignStatus,
    tier: Tier,
    weight: u32,
    start: i64,
    end: i64,
    /// What the budget says about it.
    room: Result<(), Exclusion>,
    /// Duration in ms, weight and whether it is active, of each creative.
    spots: Vec<(u64, u32, CreativeStatus)>,
}

impl Default for Buy {
    fn default() -> Self {
        Self {
            status: CampaignStatus::Active,
            tier: Tier::Standard,
            weight: 1,
            start: 0,
            end: 2_000_000,
            room: Ok(()),
            spots: vec![(30_000, 1, CreativeStatus::Active)],
        }
    }
}

fn tenant() -> Tenant {
    Tenant {
        id: TenantId::new(1),
        revision: 1,
        created_at: NOW,
        updated_at: NOW,
        spec: TenantSpec {
            name: "t".to_owned(),
            zone: Zone::UTC,
            currency: "USD".parse::<Currency>().unwrap(),
            quota_rps: None,
        },
    }
}

fn campaign(id: u32, buy: &Buy) -> Campaign {
    Campaign {
        id: CampaignId::new(id),
        tenant: TenantId::new(1),
        revision: 1,
        created_at: NOW,
        updated_at: NOW,
        status: buy.status,
        spec: CampaignSpec {
            advertiser: AdvertiserId::new(1),
            name: format!("c{id}"),
            description: String::new(),
            total_budget_micros: 1,
            daily_budget_micros: None,
            impression_goal: None,
            start: Timestamp::from_millis(buy.start),
            end: Timestamp::from_millis(buy.end),
            price: Price {
                model: PriceModel::Cpm,
                micros: 1,
            },
            tier: buy.tier,
            weight: buy.weight,
            order: None,
            targeting: Targeting::default(),
            caps: Vec::new(),
            pacing: Pacing::Asap,
            categories: Vec::new(),
            position: Position::Any,
            share_of_voice: None,
        },
    }
}

fn creative(id: u32, campaign: u32, spot: (u64, u32, CreativeStatus)) -> Creative {
    let (duration, weight, status) = spot;
    Creative {
        id: CreativeId::new(id),
        tenant: TenantId::new(1),
        campaign: CampaignId::new(campaign),
        revision: 1,
        created_at: NOW,
        updated_at: NOW,
        status,
        failure: None,
        media: Some(Media {
            sha256: [0; 32],
            bytes: 1,
            container: Container::Mp4,
            duration: Millis(duration),
            width: 1,
            height: 1,
            rotation: 0,
            video_codec: String::new(),
            audio_codec: None,
            frame_rate: None,
        }),
        spec: CreativeSpec {
            weight,
            ..CreativeSpec::of(format!("s{id}"))
        },
    }
}

/// Compiles the buys as campaigns 1, 2, 3, …; creative ids are `campaign * 10 + place`.
fn compile(buys: &[Buy]) -> Catalog {
    let numbered = || (1..).zip(buys);
    let creatives = numbered().flat_map(|(id, buy)| {
        (0..)
            .zip(&buy.spots)
            .map(move |(place, &spot)| creative(id * 10 + place, id, spot))
    });
    Catalog::compile(
        7,
        vec![TenantFacts {
            tenant: tenant(),
            channels: Vec::<Channel>::new(),
            advertisers: Vec::new(),
            orders: Vec::new(),
            categories: Vec::new(),
            pods: Vec::new(),
            campaigns: numbered().map(|(id, buy)| campaign(id, buy)).collect(),
            creatives: creatives.collect(),
        }],
    )
}

/// Budgets as the test dictates them.
struct Rooms<'a>(&'a [Buy]);

impl LimitsView for Rooms<'_> {
    fn headroom(&self, offer: &Offer, _now: Timestamp, _roll: Roll) -> Result<Headroom, Exclusion> {
        let room = self.0[offer.campaign.get() as usize - 1].room;
        room.map(|()| Headroom::CALM)
    }

    fn exposures(&self, identity: &Identity, _now: Timestamp) -> Exposures {
        Exposures::none_of(identity)
    }
}

/// The ad of a decision for one slot.
fn first<'c>(decision: &Decision<'c>) -> Option<Chosen<'c>> {
    decision.outcome.as_ref().ok().map(|ads| ads[0])
}

fn request(slot: Option<u64>) -> AdRequest {
    AdRequest {
        opening: Opening::Slot(slot.map(Millis)),
        ..AdRequest::of(TenantId::new(1))
    }
}

fn ask<'a, 'b>(request: &'a AdRequest, rooms: &'a Rooms<'b>, seed: u64) -> Inquiry<'a, Rooms<'b>> {
    Inquiry {
        request,
        limits: rooms,
        now: NOW,
        roll: Roll(seed),
    }
}

/// The verdict on one campaign if it stood alone, told without the compiled catalog.
fn oracle(buy: &Buy, slot: Option<u64>) -> Result<(), Exclusion> {
    let fits = |ms: u64| slot.is_none_or(|slot| ms <= slot + 100);
    let active: Vec<_> = buy
        .spots
        .iter()
        .filter(|spot| spot.2 == CreativeStatus::Active)
        .collect();
    if buy.status != CampaignStatus::Active {
        Err(Exclusion::Inactive)
    } else if active.is_empty() {
        Err(Exclusion::CreativeNotReady)
    } else if NOW.millis() < buy.start || NOW.millis() >= buy.end {
        Err(Exclusion::Flight)
    } else if !active.iter().any(|spot| fits(spot.0)) {
        Err(Exclusion::DurationNoFit)
    } else {
        buy.room
    }
}

fn any_buy() -> impl Strategy<Value = Buy> {
    let status = prop_oneof![4 => Just(CampaignStatus::Active), 1 => Just(CampaignStatus::Paused)];
    let tier = prop_oneof![
        Just(Tier::Sponsorship),
        Just(Tier::Standard),
        Just(Tier::House)
    ];
    let edge = prop_oneof![Just(0), Just(999_999), Just(1_000_000), Just(1_000_001)];
    let room = prop_oneof![
        4 => Just(Ok(())),
        1 => Just(Err(Exclusion::Goal)),
        1 => Just(Err(Exclusion::Budget)),
        1 => Just(Err(Exclusion::DailyBudget)),
    ];
    let ready = prop_oneof![3 => Just(CreativeStatus::Active), 1 => Just(CreativeStatus::Inactive)];
    let spot = (
        prop_oneof![Just(15_000_u64), Just(30_000), Just(30_100), Just(30_101)],
        1..5_u32,
        ready,
    );
    let spots = prop::collection::vec(spot, 0..4);
    (status, tier, 1..5_u32, edge.clone(), edge, room, spots).prop_map(
        |(status, tier, weight, start, length, room, spots)| Buy {
            status,
            tier,
            weight,
            start,
            end: start + length,
            room,
            spots,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn every_verdict_equals_the_oracle(
        buys in prop::collection::vec(any_buy(), 0..8),
        slot in prop_oneof![Just(None), Just(Some(30_000_u64)), Just(Some(10_000))],
        seed: u64,
    ) {
        let catalog = compile(&buys);
        let request = request(slot);
        let rooms = Rooms(&buys);
        let inquiry = ask(&request, &rooms, seed);
        let decision = decide(&catalog, &inquiry);
        let chosen = first(&decision);

        // The winner is eligible, of the best eligible tier, with an active spot that fits.
        let best = buys.iter().filter(|buy| oracle(buy, slot).is_ok()).map(|buy| buy.tier).min();
        prop_assert_eq!(chosen.map(|chosen| chosen.offer.tier), best);
        if let Some(chosen) = chosen {
            let id = chosen.offer.campaign.get();
            let buy = &buys[id as usize - 1];
            prop_assert_eq!(oracle(buy, slot), Ok(()));
            let spot = buy.spots[(chosen.spot.creative.get() - id * 10) as usize];
            prop_assert_eq!(spot.2, CreativeStatus::Active);
            prop_assert!(slot.is_none_or(|slot| spot.0 <= slot + 100));
        }

        // Everybody else has the oracle's reason, or the reason of having lost.
        let mut counts = ExclusionCounts::default();
        for Verdict { campaign, outcome: verdict } in explain(&catalog, &inquiry) {
            let buy = &buys[campaign.get() as usize - 1];
            let alone = oracle(buy, slot);
            let expected = match (best, alone) {
                _ if chosen.is_some_and(|chosen| chosen.offer.campaign == campaign) => Ok(()),
                // What cannot be offered at all is said first; then whether the tier was asked.
                (_, Err(why @ (Exclusion::Inactive | Exclusion::CreativeNotReady))) => Err(why),
                (Some(best), _) if best < buy.tier => Err(Exclusion::LostPriority),
                (Some(_), Ok(())) => Err(Exclusion::LostRotation),
                (_, alone) => alone,
            };
            prop_assert_eq!(verdict, expected, "{}", campaign);
            if let Err(why) = verdict {
                counts.add(why, 1);
            }
        }
        prop_assert_eq!(counts, decision.exclusions);
    }

    #[test]
    fn the_same_question_gets_the_same_answer(
        buys in prop::collection::vec(any_buy(), 1..8),
        seed: u64,
    ) {
        let answer = || {
            let catalog = compile(&buys);
            let request = request(None);
            let rooms = Rooms(&buys);
            let inquiry =
                ask(&request, &rooms, seed);
            let decision = decide(&catalog, &inquiry);
            let chosen = first(&decision).map(|it| (it.offer.campaign, it.spot.creative));
            (chosen, decision.exclusions)
        };
        prop_assert_eq!(answer(), answer());
    }

    #[test]
    fn a_request_for_one_campaign_sees_only_that_one(
        buys in prop::collection::vec(any_buy(), 1..8),
        wanted in 1..9_u32,
        seed: u64,
    ) {
        let catalog = compile(&buys);
        let request = AdRequest { campaign: Some(CampaignId::new(wanted)), ..request(None) };
        let rooms = Rooms(&buys);
        let inquiry = ask(&request, &rooms, seed);
        let verdicts = explain(&catalog, &inquiry);
        let Some(buy) = buys.get(wanted as usize - 1) else {
            prop_assert!(verdicts.is_empty());
            prop_assert_eq!(decide(&catalog, &inquiry).outcome.err(), Some(NoFill::NoDemand));
            return Ok(());
        };
        let verdict = Verdict { campaign: CampaignId::new(wanted), outcome: oracle(buy, None) };
        prop_assert_eq!(verdicts, vec![verdict]);
        prop_assert_eq!(decide(&catalog, &inquiry).outcome.is_ok(), oracle(buy, None).is_ok());
    }
}

/// Pearson's statistic of observed counts against weights.
#[expect(clippy::float_arithmetic, reason = "statistics of a test")]
fn chi_squared(observed: &BTreeMap<u32, u32>, weights: &[(u32, u32)]) -> f64 {
    let draws: u32 = observed.values().sum();
    let whole: u32 = weights.iter().map(|&(_id, weight)| weight).sum();
    let terms = weights.iter().map(|&(id, weight)| {
        let expected = f64::from(draws) * f64::from(weight) / f64::from(whole);
        let seen = f64::from(observed.get(&id).copied().unwrap_or_default());
        (seen - expected).powi(2) / expected
    });
    terms.sum()
}

#[test]
fn draws_follow_the_weights_of_campaigns_and_of_creatives() {
    let spot = |weight| (30_000, weight, CreativeStatus::Active);
    let buy = |weight| Buy {
        weight,
        ..Buy::default()
    };
    let mut buys = vec![buy(1), buy(2), buy(7)];
    buys[2].spots = vec![spot(1), spot(3), spot(4)];
    let catalog = compile(&buys);
    let request = request(None);
    let (mut campaigns, mut creatives) = (BTreeMap::new(), BTreeMap::new());
    for seed in 0..300_000 {
        let rooms = Rooms(&buys);
        let inquiry = ask(&request, &rooms, seed);
        let chosen = first(&decide(&catalog, &inquiry)).unwrap();
        *campaigns.entry(chosen.offer.campaign.get()).or_default() += 1;
        if chosen.offer.campaign.get() == 3 {
            *creatives.entry(chosen.spot.creative.get()).or_default() += 1;
        }
    }
    // 13.8 is the 0.1 % bound of chi squared with two degrees of freedom.
    assert!(
        chi_squared(&campaigns, &[(1, 1), (2, 2), (3, 7)]) < 13.8,
        "{campaigns:?}"
    );
    assert!(
        chi_squared(&creatives, &[(30, 1), (31, 3), (32, 4)]) < 13.8,
        "{creatives:?}"
    );
    // The statistic does notice a wrong weight.
    assert!(chi_squared(&campaigns, &[(1, 1), (2, 2), (3, 8)]) > 100.0);
}

/// A good buy with one thing changed.
fn but(change: impl FnOnce(&mut Buy)) -> Buy {
    let mut buy = Buy::default();
    change(&mut buy);
    buy
}

#[test]
fn every_reason_is_reported_by_its_name() {
    let long = (60_000, 1, CreativeStatus::Active);
    let cases = [
        (but(|buy| buy.status = CampaignStatus::Draft), "inactive"),
        (but(|buy| buy.spots.clear()), "creative_not_ready"),
        (but(|buy| buy.start = 1_000_001), "flight"),
        (but(|buy| buy.end = 1_000_000), "flight"),
        (but(|buy| buy.spots = vec![long]), "duration_no_fit"),
        (but(|buy| buy.room = Err(Exclusion::Goal)), "goal"),
        (but(|buy| buy.room = Err(Exclusion::Budget)), "budget"),
        (
            but(|buy| buy.room = Err(Exclusion::DailyBudget)),
            "daily_budget",
        ),
    ];
    for (buy, reason) in cases {
        let buys = [buy];
        let catalog = compile(&buys);
        let request = request(Some(30_000));
        let rooms = Rooms(&buys);
        let inquiry = ask(&request, &rooms, 1);
        let decision = decide(&catalog, &inquiry);
        assert_eq!(decision.outcome.unwrap_err().as_str(), reason);
        assert_eq!(decision.catalog_revision, 7);
    }
    let words: HashSet<_> = Exclusion::ALL.iter().map(|why| why.meaning()).collect();
    assert_eq!(words.len(), Exclusion::ALL.len());
}

#[test]
fn a_spot_a_little_longer_than_its_slot_still_fits() {
    let fits = |duration| {
        let buys = [Buy {
            spots: vec![(duration, 1, CreativeStatus::Active)],
            ..Buy::default()
        }];
        let request = request(Some(30_000));
        let rooms = Rooms(&buys);
        let inquiry = ask(&request, &rooms, 1);
        decide(&compile(&buys), &inquiry).outcome.is_ok()
    };
    assert!(fits(30_030) && fits(30_100) && !fits(30_101));
}
