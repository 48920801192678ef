//! How long one decision takes, and how long a catalog takes to compile, by number of campaigns.
//!
//! Run with `cargo bench --bench decide`. Every campaign is active, in one of four tiers with
//! odds 1:4:4:1, has two spots of 15 or 30 seconds and is inside its flight; the slot is 30 s and
//! no budget binds, so that the whole best tier takes part in every draw: the worst case.

use adserve::decision::caps::Exposures;
use adserve::decision::{
    AdRequest, Catalog, Exclusion, Headroom, Inquiry, LimitsView, Offer, Opening, Roll,
    TenantFacts, decide,
};
use adserve::model::{
    AdvertiserId, Campaign, CampaignId, CampaignSpec, CampaignStatus, Container, Creative,
    CreativeId, CreativeSpec, CreativeStatus, Identity, Media, Millis, Pacing, Position, Price,
    PriceModel, Targeting, Tenant, TenantId, TenantSpec, Tier, Timestamp, Zone,
};
use divan::Bencher;

const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);
const SIZES: &[u32] = &[10, 1_000, 100_000];

fn main() {
    divan::main();
}

struct Unlimited;

impl LimitsView for Unlimited {
    fn headroom(
        &self,
        _offer: &Offer,
        _now: Timestamp,
        _roll: Roll,
    ) -> Result<Headroom, Exclusion> {
        Ok(Headroom::CALM)
    }

    fn urgency_max(&self) -> u32 {
        Headroom::URGENCY_NORMAL
    }

    fn exposures(&self, identity: &Identity, _now: Timestamp) -> Exposures {
        Exposures::none_of(identity)
    }
}

fn campaign(id: u32) -> Campaign {
    let tier = match id % 10 {
        0 => Tier::Sponsorship,
        1..=4 => Tier::Standard,
        5..=8 => Tier::Bulk,
        _ => Tier::House,
    };
    let spec = CampaignSpec {
        advertiser: AdvertiserId::new(id % 50 + 1),
        name: format!("campaign {id}"),
        description: String::new(),
        total_budget_micros: 1_000_000_000,
        daily_budget_micros: None,
        impression_goal: None,
        start: NOW,
        end: NOW.plus(Millis::from_seconds(86_400)),
        price: Price {
            model: PriceModel::Cpm,
            micros: 20_000_000,
        },
        tier,
        weight: id % 7 + 1,
        order: None,
        targeting: Targeting::default(),
        caps: Vec::new(),
        pacing: Pacing::Asap,
        categories: Vec::new(),
        position: Position::Any,
        share_of_voice: None,
    };
    Campaign {
        id: CampaignId::new(id),
        tenant: TenantId::new(1),
        revision: 1,
        created_at: NOW,
        updated_at: NOW,
        status: CampaignStatus::Active,
        spec,
    }
}

fn creative(id: u32, campaign: u32) -> Creative {
    let media = Media {
        sha256: [7; 32],
        bytes: 20_000_000,
        container: Container::Mp4,
        duration: Millis(if id.is_multiple_of(2) { 15_000 } else { 30_030 }),
        width: 1920,
        height: 1080,
        rotation: 0,
        video_codec: "avc1.64001f".to_owned(),
        audio_codec: Some("mp4a.40.2".to_owned()),
        frame_rate: None,
    };
    Creative {
        id: CreativeId::new(id),
        tenant: TenantId::new(1),
        campaign: CampaignId::new(campaign),
        revision: 1,
        created_at: NOW,
        updated_at: NOW,
        status: CreativeStatus::Active,
        failure: None,
        media: Some(media),
        spec: CreativeSpec::of(format!("spot {id}")),
    }
}

fn facts(campaigns: u32) -> TenantFacts {
    let currency = "USD".parse().expect("three capital letters");
    let spec = TenantSpec {
        name: "bench".to_owned(),
        zone: Zone::UTC,
        currency,
        quota_rps: None,
    };
    let tenant = Tenant {
        id: TenantId::new(1),
        revision: 1,
        created_at: NOW,
        updated_at: NOW,
        spec,
    };
    let pair = |id| [creative(2 * id, id), creative(2 * id + 1, id)];
    TenantFacts {
        tenant,
        channels: Vec::new(),
        advertisers: Vec::new(),
        orders: Vec::new(),
        categories: Vec::new(),
        pods: Vec::new(),
        campaigns: (1..=campaigns).map(campaign).collect(),
        creatives: (1..=campaigns).flat_map(pair).collect(),
    }
}

#[divan::bench(args = SIZES)]
fn one_decision(bencher: Bencher<'_, '_>, campaigns: u32) {
    let catalog = Catalog::compile(1, vec![facts(campaigns)]);
    let request = AdRequest {
        opening: Opening::Slot(Some(Millis::from_seconds(30))),
        ..AdRequest::of(TenantId::new(1))
    };
    let mut seed = 0;
    bencher.bench_local(|| {
        seed += 1;
        let inquiry = Inquiry {
            request: &request,
            limits: &Unlimited,
            now: NOW,
            roll: Roll(seed),
        };
        let decision = decide(&catalog, &inquiry);
        decision
            .outcome
            .expect("every campaign is eligible")
            .first()
            .map(|ad| ad.spot.creative)
    });
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn compile(bencher: Bencher<'_, '_>, campaigns: u32) {
    let facts = facts(campaigns);
    let inputs = || vec![facts.clone()];
    bencher
        .with_inputs(inputs)
        .bench_values(|facts| Catalog::compile(1, facts));
}
