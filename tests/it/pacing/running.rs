//! Requests, limits and pacer together, second by second.

use std::sync::Arc;

use adserve::decision::pacing::{Measure, PacingStatus, Profile};
use adserve::decision::{
    AdRequest, Catalog, Exclusion, Headroom, Inquiry, LimitsView as _, Offer, Roll, TenantFacts,
    decide,
};
use adserve::limits::{Embedded, Pacer, Wanted};
use adserve::model::viewer::Identified;
use adserve::model::{
    AdvertiserId, Campaign, CampaignId, CampaignSpec, CampaignStatus, Cap, CapFallback, CapScope,
    CapSpan, CapWindow, Container, Creative, CreativeId, CreativeSpec, CreativeStatus, Event,
    EventKind, Identity, Media, Millis, Nanos, Pacing, Position, Price, PriceModel, Receiver,
    ServedAd, ServedAdId, Targeting, Tenant, TenantId, TenantSpec, Tier, Timestamp, ViewerKey,
    Zone,
};

const TENANT: TenantId = TenantId::new(1);
const CHARGE: Nanos = Nanos(20_000_000);
const HOLD: Millis = Millis::from_seconds(300);

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A campaign of a CPM of 20, with a goal or a daily budget in impressions.
fn campaign(flight: (Timestamp, Timestamp), goal: Option<u64>, daily: Option<i64>) -> Campaign {
    let micros = |impressions: i64| impressions * CHARGE.0 / 1_000;
    let spec = CampaignSpec {
        advertiser: AdvertiserId::new(1),
        name: "spring".to_owned(),
        description: String::new(),
        total_budget_micros: micros(1_000_000),
        daily_budget_micros: daily.map(micros),
        impression_goal: goal,
        start: flight.0,
        end: flight.1,
        price: Price {
            model: PriceModel::Cpm,
            micros: CHARGE.0,
        },
        tier: Tier::Standard,
        weight: 1,
        order: None,
        targeting: Targeting::default(),
        caps: Vec::new(),
        pacing: Pacing::Even,
        categories: Vec::new(),
        position: Position::Any,
        share_of_voice: None,
    };
    Campaign {
        id: CampaignId::new(1),
        tenant: TENANT,
        revision: 1,
        created_at: flight.0,
        updated_at: flight.0,
        status: CampaignStatus::Active,
        spec,
    }
}

fn catalog(campaign: &Campaign, zone: &Zone) -> Catalog {
    let media = Media {
        sha256: [7; 32],
        bytes: 20_000_000,
        container: Container::Mp4,
        duration: Millis(15_000),
        width: 1920,
        height: 1080,
        rotation: 0,
        video_codec: "avc1.64001f".to_owned(),
        audio_codec: None,
        frame_rate: None,
    };
    let creative = Creative {
        id: CreativeId::new(1),
        tenant: TENANT,
        campaign: campaign.id,
        revision: 1,
        created_at: campaign.created_at,
        updated_at: campaign.created_at,
        spec: CreativeSpec::of("spot".to_owned()),
        status: CreativeStatus::Active,
        failure: None,
        media: Some(media),
    };
    let tenant = Tenant {
        id: TENANT,
        revision: 1,
        created_at: campaign.created_at,
        updated_at: campaign.created_at,
        spec: TenantSpec {
            name: "tenant".to_owned(),
            zone: zone.clone(),
            currency: "USD".parse().unwrap(),
            quota_rps: None,
        },
    };
    let facts = TenantFacts {
        tenant,
        channels: Vec::new(),
        advertisers: Vec::new(),
        orders: Vec::new(),
        categories: Vec::new(),
        pods: Vec::new(),
        campaigns: vec![campaign.clone()],
        creatives: vec![creative],
    };
    Catalog::compile(1, vec![facts])
}

/// A node whose time is told.
struct Stage {
    campaign: Campaign,
    zone: Zone,
    catalog: Catalog,
    limits: Arc<Embedded>,
    pacer: Pacer,
    ids: u64,
    paced: u64,
}

impl Stage {
    fn new(campaign: Campaign, zone: &Zone) -> Self {
        let limits = Arc::new(Embedded::new(HOLD));
        Self {
            catalog: catalog(&campaign, zone),
            pacer: Pacer::new(Arc::clone(&limits)),
            limits,
            campaign,
            zone: zone.clone(),
            ids: 0,
            paced: 0,
        }
    }

    /// The program ends and starts again: the ledger knows what was settled, and nothing else.
    fn restart(&mut self, now: Timestamp) {
        let usage = self.limits.usage(self.campaign.id);
        let today = self.limits.usage_on_day(self.campaign.id, now);
        let days: Vec<_> = today.iter().map(|today| (today.day, today.spend)).collect();
        self.limits = Arc::new(Embedded::new(HOLD));
        let settled = (usage.impressions, usage.spend);
        self.limits.restore(self.campaign.id, settled, &days);
        self.pacer = Pacer::new(Arc::clone(&self.limits));
    }

    fn offer(&self) -> &Offer {
        &self.catalog.tenant(TENANT).unwrap().offers()[0]
    }

    /// One second with some requests; who gets an ad sees it at once.
    fn second(&mut self, now: Timestamp, requests: u64) {
        self.pacer.tick(&self.catalog, now);
        for _ in 0..requests {
            self.ids += 1;
            let roll = Roll(self.ids.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            match self.limits.headroom(self.offer(), now, roll) {
                Ok(Headroom { urgency_milli }) => {
                    assert!((500..=4_000).contains(&urgency_milli));
                    self.serve(now);
                }
                Err(Exclusion::Paced) => self.paced += 1,
                Err(_full) => {}
            }
        }
        self.limits.expire(now);
    }

    fn ad(&self, now: Timestamp) -> ServedAd {
        ServedAd {
            id: ServedAdId::new(self.ids),
            tenant: TENANT,
            channel: None,
            campaign: self.campaign.id,
            creative: CreativeId::new(1),
            price_model: PriceModel::Cpm,
            charge: CHARGE,
            decided_at: now,
            duration: Millis(15_000),
            receiver: Receiver::UNKNOWN,
        }
    }

    fn serve(&self, now: Timestamp) {
        let ad = self.ad(now);
        let booked = self.limits.reserve(&ad, self.offer(), &self.zone, now);
        // One in ten is never seen.
        if booked.is_ok() && !self.ids.is_multiple_of(10) {
            let event = Event {
                ad,
                kind: EventKind::Impression,
                error_code: None,
                at: now,
            };
            assert!(self.limits.settle(&event).settlement.unit);
        }
    }

    /// One second with one request of one viewer, decided whole.
    fn watch(&mut self, now: Timestamp, viewer: ViewerKey) {
        self.pacer.tick(&self.catalog, now);
        self.ids += 1;
        let user = Identified {
            key: viewer,
            before: None,
        };
        let identity = Identity {
            user: Some(user),
            ..Identity::default()
        };
        let request = AdRequest {
            identity,
            ..AdRequest::of(TENANT)
        };
        let inquiry = Inquiry {
            request: &request,
            limits: self.limits.as_ref(),
            now,
            roll: Roll(self.ids.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
        };
        let decision = decide(&self.catalog, &inquiry);
        self.limits.hear(&decision.limited);
        let Ok(ads) = &decision.outcome else { return };
        let ad = self.ad(now);
        let wanted = Wanted {
            ad,
            offer: ads[0].offer,
            spot: ads[0].spot,
        };
        let taken = self
            .limits
            .reserve_all(&[wanted], &identity, &self.zone, now);
        taken.unwrap();
        self.limits.settle(&Event {
            ad,
            kind: EventKind::Impression,
            error_code: None,
            at: now,
        });
    }

    /// Runs from one instant to another with so many requests a second.
    fn run(&mut self, (from, to): (Timestamp, Timestamp), requests: u64) {
        let mut now = from;
        while now < to {
            self.second(now, requests);
            now = now.plus(Millis(1_000));
        }
    }

    fn delivered(&self) -> u64 {
        self.limits.usage(self.campaign.id).impressions
    }
}

fn hours(start: Timestamp, hours: u64) -> Timestamp {
    start.plus(Millis::from_seconds(3_600 * hours))
}

#[track_caller]
fn assert_near(count: u64, expected: u64, slack: u64) {
    assert!(count.abs_diff(expected) <= slack, "{count}, not {expected}");
}

#[test]
fn an_even_campaign_is_spread_over_its_flight_from_the_first_minutes_on() {
    let start = at("2026-07-01T08:00:00Z");
    let flight = (start, hours(start, 6));
    let campaign = campaign(flight, Some(6_000), None);
    let mut stage = Stage::new(campaign.clone(), &Zone::UTC);
    for hour in 0..6 {
        stage.run((hours(start, hour), hours(start, hour + 1)), 1);
        // It begins without knowing anything of the traffic, and is a little ahead on purpose.
        let expected = 1_000 * (hour + 1);
        if hour < 5 {
            assert_near(stage.delivered(), expected + 60, 160);
        }
    }
    assert!(stage.paced > 10_000, "only {} were spared", stage.paced);
    let usage = stage.limits.usage(campaign.id);
    assert!(usage.impressions + usage.impressions_reserved <= 6_000);
    assert!(usage.impressions >= 5_940, "{usage:?}");
    let report = stage.pacer.report(&campaign, &Zone::UTC, flight.1).unwrap();
    assert_eq!(report.status, PacingStatus::Complete);
    assert_eq!((report.measure, report.goal), (Measure::Impressions, 6_000));
}

#[test]
fn a_restart_goes_on_where_the_ledger_says() {
    let start = at("2026-07-01T08:00:00Z");
    let flight = (start, hours(start, 6));
    let mut stage = Stage::new(campaign(flight, Some(6_000), None), &Zone::UTC);
    stage.run((start, hours(start, 3)), 1);
    let before = stage.delivered();
    stage.restart(hours(start, 3));
    stage.run((hours(start, 3), hours(start, 4)), 1);
    assert_near(stage.delivered() - before, 1_000, 150);
    stage.run((hours(start, 4), flight.1), 1);
    assert!((5_940..=6_000).contains(&stage.delivered()));
}

#[test]
fn a_campaign_without_enough_requests_is_told_apart_from_one_that_is_held_back() {
    let start = at("2026-07-01T08:00:00Z");
    let flight = (start, hours(start, 6));
    let campaign = campaign(flight, Some(30_000), None);
    let mut stage = Stage::new(campaign.clone(), &Zone::UTC);
    stage.pacer.learn(TENANT, Profile::even(Zone::UTC, 3_600));
    stage.run((start, hours(start, 2)), 1);
    let now = hours(start, 2);
    let report = stage.pacer.report(&campaign, &Zone::UTC, now).unwrap();
    assert_eq!(report.status, PacingStatus::SupplyLimited);
    assert_eq!(
        (report.expected, report.odds_permille),
        (10_000, Some(1_000))
    );
    assert_near(report.delivered, 6_480, 10);
    let paused = Campaign {
        status: CampaignStatus::Paused,
        ..campaign.clone()
    };
    let report = stage.pacer.report(&paused, &Zone::UTC, now).unwrap();
    assert_eq!(report.status, PacingStatus::AtRisk);
    let draft = Campaign {
        status: CampaignStatus::Draft,
        ..campaign
    };
    let report = stage.pacer.report(&draft, &Zone::UTC, now).unwrap();
    assert_eq!(report.status, PacingStatus::NotStarted);
}

#[test]
fn each_day_is_paced_in_the_zone_of_the_tenant_through_a_change_of_the_clocks() {
    let zone: Zone = "America/New_York".parse().unwrap();
    for (day, hours_of_day) in [
        ("2026-03-08T00:00:00-05:00", 23),
        ("2026-11-01T00:00:00-04:00", 25),
    ] {
        let start = at(day);
        let flight = (
            start.minus(Millis(1)),
            start.plus(Millis::from_seconds(30 * 86_400)),
        );
        let mut stage = Stage::new(campaign(flight, None, Some(1_000)), &zone);
        stage
            .pacer
            .learn(TENANT, Profile::even(zone.clone(), 3_600));
        let end = hours(start, hours_of_day);
        let noon = hours(start, 12);
        stage.run((start, noon), 1);
        assert_near(stage.delivered(), 1_000 * 12 / hours_of_day, 60);
        stage.run((noon, end), 1);
        let today = stage.delivered();
        assert!((985..=1_000).contains(&today), "{today}");
        // The next day begins slowly again.
        stage.run((end, hours(end, 1)), 1);
        assert_near(stage.delivered() - today, 42, 30);
    }
}

#[test]
fn a_clock_that_jumps_ahead_and_back_costs_no_budget_and_little_of_the_pace() {
    let zone = Zone::UTC;
    let start = at("2026-07-01T00:00:00Z");
    let flight = (start, start.plus(Millis::from_seconds(40 * 86_400)));
    let mut stage = Stage::new(campaign(flight, None, Some(1_000)), &zone);
    stage.pacer.learn(TENANT, Profile::even(zone, 3_600));
    stage.run((start, hours(start, 6)), 1);
    let before = stage.delivered();
    // For half a minute it is ten days later.
    let ahead = hours(start, 246);
    stage.run((ahead, ahead.plus(Millis(30_000))), 1);
    let there = stage.delivered() - before;
    assert!(there <= 31, "{there}");
    // Then it is an hour earlier than it was: this hour was paid for already.
    stage.run((hours(start, 5), hours(start, 24)), 1);
    let day = zone_day_spend(&stage, hours(start, 12));
    assert!((985..=1_000).contains(&day), "{day}");
    let there_day = zone_day_spend(&stage, ahead);
    assert!(there_day <= 31, "{there_day}");
}

/// What was charged on the day of an instant, in impressions.
fn zone_day_spend(stage: &Stage, at: Timestamp) -> i64 {
    let day = stage.limits.usage_on_day(stage.campaign.id, at);
    day.map_or(0, |day| day.spend.0 / CHARGE.0)
}

/// One viewer of a few asks each second for an ad of a campaign that is capped.
fn watched(max: u16) -> PacingStatus {
    let start = at("2026-07-01T08:00:00Z");
    let mut campaign = campaign((start, hours(start, 10)), Some(10_000), None);
    campaign.spec.caps.push(Cap {
        scope: CapScope::User,
        windows: vec![CapWindow {
            max,
            span: CapSpan::Rolling(36_000),
        }],
        fallback: CapFallback::Next,
    });
    let mut stage = Stage::new(campaign.clone(), &Zone::UTC);
    let now = hours(start, 2);
    for second in 0..7_200 {
        stage.watch(
            start.plus(Millis(second * 1_000)),
            ViewerKey(1 + second % 20),
        );
    }
    let report = stage.pacer.report(&campaign, &Zone::UTC, now).unwrap();
    report.status
}

#[test]
fn a_campaign_that_its_caps_hold_back_is_said_to_be() {
    assert_eq!(watched(5), PacingStatus::CapLimited);
    let free = watched(1_000);
    assert_ne!(free, PacingStatus::CapLimited);
}
