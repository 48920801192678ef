//! The rules of the catalog, on databases in memory.

mod decisioning;
mod disk;
mod isolation;
mod lists;
mod oracle;
mod past;
mod renditions;
mod repeats;
mod rules;
mod steps;
mod undo;

use std::cell::RefCell;

use super::*;
use crate::model::{
    Advertiser, AdvertiserSpec, Campaign, CampaignId, CampaignSpec, CampaignStatus, Channel,
    ChannelSpec, Container, Creative, CreativeSpec, CreativeStatus, Media, Millis, Pacing,
    Position, Price, PriceModel, Source, Stream, Targeting, Tenant, TenantId, TenantSpec, Tier,
};

const NOW: Timestamp = Timestamp::from_millis(1_750_000_000_000);

/// A catalog in memory.
struct World {
    connection: RefCell<Connection>,
}

impl World {
    fn new() -> Self {
        let database = Database::open(Path::new(":memory:"), &SCHEMA, NOW).unwrap();
        Self {
            connection: RefCell::new(database.into_connection()),
        }
    }

    fn write<T>(
        &self,
        scope: Scope,
        change: impl FnOnce(&mut Unit<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.write_as(&context(scope), change)
    }

    fn write_as<T>(
        &self,
        context: &WriteContext,
        change: impl FnOnce(&mut Unit<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        transact(&mut self.connection.borrow_mut(), context, change)
    }

    fn read<T>(
        &self,
        scope: Scope,
        query: impl FnOnce(&Reader<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        query(&Reader::new(&self.connection.borrow(), scope))
    }

    fn history(&self, scope: Scope) -> Vec<Operation> {
        let query = HistoryQuery {
            limit: crate::api::PAGE_MAX,
            ..HistoryQuery::default()
        };
        self.read(scope, |reader| reader.history(&query))
            .unwrap()
            .items
    }

    fn tenant(&self, name: &str) -> Scope {
        let spec = tenant_spec(name);
        let tenant = self.write(Scope::Tenants, |unit| unit.insert::<Tenant>(spec));
        Scope::Tenant(tenant.unwrap().id)
    }
}

fn context(scope: Scope) -> WriteContext {
    WriteContext {
        scope,
        actor: "uid:1000".to_owned(),
        request_id: "r-1".to_owned(),
        now: NOW,
        dry_run: false,
    }
}

fn tenant_spec(name: &str) -> TenantSpec {
    TenantSpec {
        name: name.to_owned(),
        zone: "Europe/Prague".parse().unwrap(),
        currency: "EUR".parse().unwrap(),
        quota_rps: None,
    }
}

fn advertiser(name: &str) -> AdvertiserSpec {
    AdvertiserSpec {
        name: name.to_owned(),
        domain: Some("example.com".to_owned()),
        categories: vec!["IAB2-3".to_owned()],
    }
}

fn campaign(advertiser: &Advertiser, name: &str) -> NewCampaign {
    let spec = CampaignSpec {
        advertiser: advertiser.id,
        name: name.to_owned(),
        description: "two\nlines".to_owned(),
        total_budget_micros: 5_000_000,
        daily_budget_micros: Some(1_000_000),
        impression_goal: Some(1_000),
        start: NOW,
        end: NOW.plus(Millis::from_seconds(3600)),
        price: Price {
            model: PriceModel::Cpm,
            micros: 24_000_000,
        },
        tier: Tier::Standard,
        weight: 3,
        order: None,
        targeting: Targeting::default(),
        caps: Vec::new(),
        pacing: Pacing::Asap,
        categories: Vec::new(),
        position: Position::Any,
        share_of_voice: None,
    };
    NewCampaign {
        spec,
        status: CampaignStatus::Active,
    }
}

fn creative(campaign: CampaignId, name: &str) -> NewCreative {
    NewCreative {
        campaign,
        spec: CreativeSpec {
            name: name.to_owned(),
            weight: 1,
            click_url: Some("https://example.com/".to_owned()),
            ..CreativeSpec::of(name.to_owned())
        },
        status: CreativeStatus::Active,
        failure: None,
        media: Some(media(7)),
    }
}

fn media(seed: u8) -> Media {
    Media {
        sha256: [seed; 32],
        bytes: 1_000_000,
        container: Container::Mp4,
        duration: Millis(30_000),
        width: 1_920,
        height: 1_080,
        rotation: 0,
        video_codec: "avc1.64001f".to_owned(),
        audio_codec: None,
        frame_rate: Some(crate::model::creative::FrameRate {
            numerator: 30_000,
            denominator: 1_001,
        }),
    }
}

/// One of each kind in a tenant: advertiser, campaign with two creatives, channel.
fn furnish(world: &World, scope: Scope) -> (Advertiser, Campaign, Vec<Creative>, Channel) {
    let all = world.write(scope, |unit| {
        let acme = unit.insert::<Advertiser>(advertiser("Acme"))?;
        let spring = unit.insert::<Campaign>(campaign(&acme, "Spring"))?;
        let spots = vec![
            unit.insert::<Creative>(creative(spring.id, "short"))?,
            unit.insert::<Creative>(creative(spring.id, "long"))?,
        ];
        let channel = unit.insert::<Channel>(ChannelSpec {
            name: "News".to_owned(),
            description: String::new(),
            slot: Some(Millis(30_000)),
            pod: None,
            stream: Some(Stream {
                fill_min: 250,
                ..Stream::of(Source::Origins(vec!["https://a.example/x.m3u8".to_owned()]))
            }),
        })?;
        Ok((acme, spring, spots, channel))
    });
    all.unwrap()
}
