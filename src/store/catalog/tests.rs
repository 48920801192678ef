//! The rules of the catalog: references, names, revisions, audit, undo, repeats and tenants.

use super::*;
use crate::model::{
    Advertiser, AdvertiserSpec, Campaign, CampaignId, CampaignSpec, CampaignStatus, Channel,
    ChannelSpec, Container, Creative, CreativeSpec, CreativeStatus, Media, Millis, Price,
    PriceModel, Tenant, TenantSpec, Tier,
};

const NOW: Timestamp = Timestamp::from_millis(1_750_000_000_000);

/// A catalog in a directory that goes away with it.
struct World {
    store: CatalogStore,
    _temp: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        let temp = tempfile::tempdir().unwrap();
        let store = CatalogStore::open(&temp.path().join("catalog.db"), NOW).unwrap();
        Self { store, _temp: temp }
    }

    fn write<T: Send + 'static>(
        &self,
        scope: Scope,
        change: impl FnOnce(&mut Unit<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let context = context(scope);
        self.store
            .writer
            .run_blocking(move |connection| transact(connection, &context, change))?
    }

    fn read<T>(&self, scope: Scope, query: impl FnOnce(&Reader<'_>) -> Result<T, StoreError>) -> T {
        self.store.read_blocking(scope, query).unwrap()
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
        })?;
        Ok((acme, spring, spots, channel))
    });
    all.unwrap()
}

#[test]
fn what_was_written_is_read_back_the_same() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let (acme, spring, spots, channel) = furnish(&world, scope);
    world.read(scope, |reader| {
        assert_eq!(reader.load::<Advertiser>(acme.id)?, acme);
        assert_eq!(reader.load::<Campaign>(spring.id)?, spring);
        assert_eq!(reader.creatives_of(spring.id)?, spots);
        assert_eq!(reader.load::<Channel>(channel.id)?, channel);
        assert_eq!(reader.find::<Campaign>("sPRING")?, spring);
        assert_eq!(reader.find::<Campaign>(&spring.id.to_string())?, spring);
        assert_eq!(reader.tenant()?.spec, tenant_spec("Nova"));
        Ok(())
    });
}

#[test]
fn a_failed_change_and_a_dry_run_leave_nothing() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let before = world.read(scope, |reader| reader.history(&HistoryQuery::default()));
    let failed = world.write(scope, |unit| {
        unit.insert::<Advertiser>(advertiser("Acme"))?;
        unit.insert::<Advertiser>(advertiser("ACME"))
    });
    assert!(
        matches!(failed, Err(StoreError::NameTaken { .. })),
        "{failed:?}"
    );
    let mut dry = context(scope);
    dry.dry_run = true;
    let made = world.store.writer.run_blocking(move |connection| {
        transact(connection, &dry, |unit| {
            unit.insert::<Advertiser>(advertiser("Acme"))
        })
    });
    assert_eq!(made.unwrap().unwrap().spec.name, "Acme");
    let after = world.read(scope, |reader| {
        assert_eq!(reader.list::<Advertiser>(&ListQuery::default())?.total, 0);
        reader.history(&HistoryQuery::default())
    });
    assert_eq!(after, before);
}

#[test]
fn a_deleted_campaign_comes_back_with_its_creatives() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let (acme, spring, spots, _channel) = furnish(&world, scope);
    let id = spring.id;
    let refused = world.write(scope, move |unit| unit.delete::<Advertiser>(acme.id, None));
    assert!(
        matches!(
            &refused,
            Err(StoreError::InUse {
                dependents: Kind::Campaign,
                count: 1,
                ..
            })
        ),
        "{refused:?}"
    );
    world
        .write(scope, move |unit| unit.delete::<Campaign>(id, None))
        .unwrap();
    world.read(scope, |reader| {
        assert_eq!(reader.list::<Creative>(&ListQuery::default())?.total, 0);
        Ok(())
    });
    let undone = world.write(scope, |unit| unit.undo(None)).unwrap();
    assert_eq!(undone.len(), 3);
    world.read(scope, |reader| {
        let back = reader.load::<Campaign>(id)?;
        assert_eq!((back.spec, back.status), (spring.spec, spring.status));
        let names = |spots: Vec<Creative>| -> Vec<_> {
            spots
                .into_iter()
                .map(|spot| (spot.id, spot.media, spot.spec))
                .collect()
        };
        assert_eq!(names(reader.creatives_of(id)?), names(spots));
        Ok(())
    });
}

#[test]
fn undoing_goes_back_step_by_step_and_forth_again() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let made = world
        .write(scope, |unit| unit.insert::<Advertiser>(advertiser("one")))
        .unwrap();
    let id = made.id;
    for name in ["two", "three"] {
        world
            .write(scope, move |unit| {
                unit.update::<Advertiser>(id, None, advertiser(name))
            })
            .unwrap();
    }
    let name = || {
        world.read(scope, |reader| {
            Ok(reader
                .load_if_any::<Advertiser>(id)?
                .map(|one| one.spec.name))
        })
    };
    let mut undone = Vec::new();
    for expected in [Some("two"), Some("one"), None] {
        undone.extend(world.write(scope, |unit| unit.undo(None)).unwrap());
        assert_eq!(name().as_deref(), expected);
    }
    for expected in ["one", "two", "three"] {
        let last = undone.pop().unwrap().id;
        world
            .write(scope, move |unit| unit.undo(Some(last)))
            .unwrap();
        assert_eq!(name().as_deref(), Some(expected));
    }
}
