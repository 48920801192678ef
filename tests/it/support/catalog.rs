//! A catalog with its publisher in a directory that goes away, and the things to put in it.

use adserve::decision::caps::Exposures;
use adserve::decision::{
    AdRequest, Catalog, Exclusion, Headroom, Inquiry, LimitsView, Offer, Roll, decide,
};
use adserve::delivery::Publisher;
use adserve::model::{
    Advertiser, AdvertiserSpec, Campaign, CampaignId, CampaignSpec, CampaignStatus, Container,
    Creative, CreativeSpec, CreativeStatus, Identity, Media, Millis, Pacing, Position, Price,
    PriceModel, Targeting, Tenant, TenantId, TenantSpec, Tier, Timestamp,
};
use adserve::store::catalog::{
    CatalogStore, NewCampaign, NewCreative, Scope, StoreError, Unit, WriteContext,
};

/// When these tests happen.
pub(crate) const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);

/// A catalog that is written and published.
pub(crate) struct Sold {
    pub(crate) store: CatalogStore,
    pub(crate) publisher: Publisher,
    pub(crate) folder: tempfile::TempDir,
}

impl Sold {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = CatalogStore::open(&folder.path().join("catalog.db"), NOW).unwrap();
        let publisher = Publisher::start(store.clone(), std::sync::Arc::default()).unwrap();
        Self {
            store,
            publisher,
            folder,
        }
    }

    /// Writes without publishing.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        scope: Scope,
        change: impl FnOnce(&mut Unit<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.store.write(context(scope), change).await
    }

    /// A tenant with nothing in it.
    pub(crate) async fn tenant(&self, name: &str) -> TenantId {
        let spec = TenantSpec {
            name: name.to_owned(),
            zone: "Europe/Prague".parse().unwrap(),
            currency: "EUR".parse().unwrap(),
            quota_rps: None,
        };
        let made = self.write(Scope::Tenants, |unit| unit.insert::<Tenant>(spec));
        made.await.unwrap().id
    }

    /// An active campaign of `name` with one active spot, and who pays for it.
    pub(crate) async fn campaign(&self, tenant: TenantId, name: &str) -> Campaign {
        let name = name.to_owned();
        let made = self.write(Scope::Tenant(tenant), move |unit| {
            let payer = unit.insert::<Advertiser>(AdvertiserSpec {
                name: format!("who pays for {name}"),
                ..AdvertiserSpec::default()
            })?;
            let spec = campaign_spec(&payer, &name);
            let status = CampaignStatus::Active;
            let campaign = unit.insert::<Campaign>(NewCampaign { spec, status })?;
            unit.insert::<Creative>(new_creative(campaign.id, "spot"))?;
            Ok(campaign)
        });
        made.await.unwrap()
    }
}

pub(crate) fn context(scope: Scope) -> WriteContext {
    WriteContext {
        scope,
        actor: "uid:1000".to_owned(),
        request_id: "r-1".to_owned(),
        now: NOW,
        dry_run: false,
    }
}

pub(crate) fn campaign_spec(payer: &Advertiser, name: &str) -> CampaignSpec {
    CampaignSpec {
        advertiser: payer.id,
        name: name.to_owned(),
        description: String::new(),
        total_budget_micros: 5_000_000,
        daily_budget_micros: None,
        impression_goal: None,
        start: NOW,
        end: NOW.plus(Millis::from_seconds(3_600)),
        price: Price {
            model: PriceModel::Cpm,
            micros: 24_000_000,
        },
        tier: Tier::Standard,
        weight: 1,
        order: None,
        targeting: Targeting::default(),
        caps: Vec::new(),
        pacing: Pacing::Asap,
        categories: Vec::new(),
        position: Position::Any,
        share_of_voice: None,
    }
}

pub(crate) fn new_creative(campaign: CampaignId, name: &str) -> NewCreative {
    let media = Media {
        sha256: [7; 32],
        bytes: 1_000_000,
        container: Container::Mp4,
        duration: Millis(30_000),
        width: 1_920,
        height: 1_080,
        rotation: 0,
        video_codec: "avc1.64001f".to_owned(),
        audio_codec: Some("mp4a.40.2".to_owned()),
        frame_rate: None,
    };
    NewCreative {
        campaign,
        spec: CreativeSpec::of(name.to_owned()),
        status: CreativeStatus::Active,
        failure: None,
        media: Some(media),
    }
}

/// Limits that never bind.
pub(crate) struct Unlimited;

impl LimitsView for Unlimited {
    fn headroom(
        &self,
        _offer: &Offer,
        _now: Timestamp,
        _roll: Roll,
    ) -> Result<Headroom, Exclusion> {
        Ok(Headroom::CALM)
    }

    fn exposures(&self, identity: &Identity, _now: Timestamp) -> Exposures {
        Exposures::none_of(identity)
    }
}

/// Whether the catalog gives an ad of this campaign to a request for it at `now`.
pub(crate) fn serves(catalog: &Catalog, campaign: &Campaign, now: Timestamp) -> bool {
    let request = AdRequest {
        campaign: Some(campaign.id),
        ..AdRequest::of(campaign.tenant)
    };
    let inquiry = Inquiry {
        request: &request,
        limits: &Unlimited,
        now,
        roll: Roll(1),
    };
    decide(catalog, &inquiry).outcome.is_ok()
}
