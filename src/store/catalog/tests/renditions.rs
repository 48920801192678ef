//! Renditions and stream profiles: the queue is what is missing.

use super::*;
use crate::model::creative::FrameRate;
use crate::model::rendition::{
    Loudness, Packaging, RenditionSet, RenditionStatus, SourceHash, StreamProfile, TrackKind,
    TrackProfile,
};
use crate::model::{ChannelId, Micros, RenditionPlace};

struct Shop {
    store: CatalogStore,
    tenant: TenantId,
    channels: [ChannelId; 2],
    campaign: CampaignId,
    _folder: tempfile::TempDir,
}

fn named(name: &str) -> ChannelSpec {
    ChannelSpec {
        name: name.to_owned(),
        description: String::new(),
        slot: None,
        pod: None,
        stream: None,
    }
}

fn profile(segment: u64) -> StreamProfile {
    StreamProfile {
        packaging: Packaging::Ts,
        frame_rate: FrameRate {
            numerator: 25,
            denominator: 1,
        },
        segment_max: Micros(segment),
        tracks: vec![TrackProfile {
            kind: TrackKind::Subtitles,
            name: "text".to_owned(),
        }],
        loudness: Loudness::EBU,
    }
}

impl Shop {
    /// A tenant with two channels and one creative in an active campaign.
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = CatalogStore::open(&folder.path().join("catalog.db"), NOW).unwrap();
        let tenants = context(Scope::Tenants);
        let tenant = store.write(tenants, |unit| unit.insert::<Tenant>(tenant_spec("Nova")));
        let tenant = tenant.await.unwrap().id;
        let made = store.write(context(Scope::Tenant(tenant)), |unit| {
            let one = unit.insert::<Channel>(named("one"))?.id;
            let two = unit.insert::<Channel>(named("two"))?.id;
            let advertiser = unit.insert::<Advertiser>(advertiser("Acme"))?;
            let mut new = campaign(&advertiser, "Spring");
            new.status = CampaignStatus::Active;
            let campaign = unit.insert::<Campaign>(new)?;
            unit.insert::<Creative>(creative(campaign.id, "spot"))?;
            Ok(([one, two], campaign.id))
        });
        let (channels, campaign) = made.await.unwrap();
        Self {
            store,
            tenant,
            channels,
            campaign,
            _folder: folder,
        }
    }

    async fn learn(&self, channel: usize, profile: StreamProfile) -> bool {
        let known = KnownProfile {
            tenant: self.tenant,
            channel: self.channels[channel],
            profile,
            learned_at: NOW,
        };
        self.store.learn_profile(known).await.unwrap()
    }

    async fn wanted(&self) -> Vec<WantedRendition> {
        self.store.wanted_renditions(NOW, 100).await.unwrap()
    }

    async fn note(&self, wanted: &WantedRendition, status: RenditionStatus) {
        let set = RenditionSet {
            profile: wanted.key.profile,
            source: wanted.key.source,
            tracks: Vec::new(),
        };
        let row = RenditionRow {
            key: wanted.key,
            status,
            attempts: wanted.attempts + 1,
            failure: (status == RenditionStatus::Failed).then(|| "no".to_owned()),
            retry_at: None,
            set: (status == RenditionStatus::Ready).then_some(set),
            updated_at: NOW,
        };
        self.store.note_rendition(row).await.unwrap();
    }
}

fn sources(wanted: &[WantedRendition]) -> Vec<bool> {
    let blank = SourceHash::blank();
    wanted.iter().map(|one| one.key.source == blank).collect()
}

#[tokio::test]
async fn nothing_is_wanted_before_a_stream_is_known() {
    let shop = Shop::open().await;
    assert_eq!(shop.wanted().await, []);
    assert!(shop.learn(0, profile(1)).await);
    assert!(!shop.learn(0, profile(1)).await, "no news");
    let wanted = shop.wanted().await;
    assert_eq!(sources(&wanted), [true, false], "the slate first");
    assert_eq!(wanted[1].profile, profile(1));
    // Channels with the same profile share; another profile is made for itself.
    shop.learn(1, profile(1)).await;
    assert_eq!(shop.wanted().await.len(), 2);
    shop.learn(1, profile(2)).await;
    assert_eq!(shop.wanted().await.len(), 4);
}

#[tokio::test]
async fn what_is_ready_or_failed_for_good_is_not_wanted_and_what_was_cut_off_is() {
    let shop = Shop::open().await;
    shop.learn(0, profile(1)).await;
    let wanted = shop.wanted().await;
    let (slate, spot) = (&wanted[0], &wanted[1]);
    shop.note(slate, RenditionStatus::Ready).await;
    shop.note(spot, RenditionStatus::Running).await;
    let left = shop.wanted().await;
    assert_eq!((left.len(), left[0].attempts), (1, 1));
    assert_eq!(shop.store.requeue_renditions(NOW).await.unwrap(), 1);
    shop.note(spot, RenditionStatus::Failed).await;
    assert_eq!(shop.wanted().await, []);
    let ready = shop.store.ready_renditions().unwrap();
    assert_eq!((ready.len(), ready[0].1.source), (1, SourceHash::blank()));
    // An operator asks for it again.
    assert!(shop.store.retry_rendition(spot.key, NOW).await.unwrap());
    assert_eq!(shop.wanted().await.len(), 1);
    assert!(!shop.store.retry_rendition(slate.key, NOW).await.unwrap());
}

#[tokio::test]
async fn a_failure_that_may_pass_is_due_again_at_its_time() {
    let shop = Shop::open().await;
    shop.learn(0, profile(1)).await;
    let spot = shop.wanted().await.remove(1);
    let row = RenditionRow {
        key: spot.key,
        status: RenditionStatus::Failed,
        attempts: 1,
        failure: Some("busy".to_owned()),
        retry_at: Some(NOW.plus(Millis(1_000))),
        set: None,
        updated_at: NOW,
    };
    shop.store.note_rendition(row).await.unwrap();
    assert_eq!(sources(&shop.wanted().await), [true]);
    let later = NOW.plus(Millis(1_000));
    assert_eq!(
        shop.store
            .wanted_renditions(later, 100)
            .await
            .unwrap()
            .len(),
        2
    );
}

#[tokio::test]
async fn another_tenant_shares_nothing_and_a_channel_takes_its_profile_along() {
    let shop = Shop::open().await;
    shop.learn(0, profile(1)).await;
    let stranger = KnownProfile {
        tenant: TenantId::new(99),
        channel: shop.channels[1],
        profile: profile(3),
        learned_at: NOW,
    };
    assert!(!shop.store.learn_profile(stranger).await.unwrap());
    let spot = shop.wanted().await.remove(1);
    let key = RenditionPlace {
        tenant: TenantId::new(99),
        ..spot.key
    };
    let foreign = WantedRendition {
        key,
        ..spot.clone()
    };
    shop.note(&foreign, RenditionStatus::Ready).await;
    assert_eq!(shop.store.ready_renditions().unwrap(), []);
    let (scope, channel) = (Scope::Tenant(shop.tenant), shop.channels[0]);
    let deleted = shop.store.write(context(scope), move |unit| {
        unit.delete::<Channel>(channel, None).map(drop)
    });
    deleted.await.unwrap();
    assert_eq!(shop.wanted().await, []);
    let campaign = shop.campaign;
    let found = shop.store.read(scope, move |reader| {
        let creatives = reader.creatives_of(campaign)?;
        let source = SourceHash(creatives[0].media.as_ref().unwrap().sha256);
        Ok((reader.stream_profiles()?, reader.renditions_of(source)?))
    });
    assert_eq!(found.await.unwrap(), (Vec::new(), Vec::new()));
}
