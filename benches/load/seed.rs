//! Writes the market of [`super::workload`] into a data directory that no daemon has yet, through
//! the store: with its checks and its history, some thousand campaigns in a transaction.

use std::path::Path;

use adserve::host::Clock;
use adserve::model::{
    Advertiser, AdvertiserId, Campaign, CampaignStatus, Category, Channel, ChannelSpec, Creative,
    CreativeSpec, CreativeStatus, Currency, Order, OrderId, Tenant, TenantId, TenantSpec, Zone,
};
use adserve::store::DataDir;
use adserve::store::catalog::{
    CatalogStore, NewCampaign, NewCreative, Scope, StoreError, Unit, WriteContext,
};

use super::workload::{self, Dice};

/// Campaigns in one transaction.
const BATCH: u32 = 5_000;
const SEED: u64 = 11;

/// Makes a tenant with so many active campaigns, one creative each.
pub(crate) fn run(folder: &Path, campaigns: u32, clock: &Clock) -> anyhow::Result<()> {
    let data = DataDir::lock(folder)?;
    let store = CatalogStore::open(&data.catalog_db(), clock.now())?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    runtime.block_on(fill(&store, campaigns, clock))?;
    store.close();
    Ok(())
}

async fn fill(store: &CatalogStore, campaigns: u32, clock: &Clock) -> Result<(), StoreError> {
    let context = |scope| WriteContext {
        scope,
        actor: "bench".to_owned(),
        request_id: String::new(),
        now: clock.now(),
        dry_run: false,
    };
    let tenant = store.write(context(Scope::Tenants), tenant).await?;
    let mine = context(Scope::Tenant(tenant));
    let payers = store.write(mine.clone(), payers).await?;
    let mut dice = Dice::of(SEED);
    for first in (0..campaigns).step_by(BATCH as usize) {
        let numbers = first..campaigns.min(first + BATCH);
        let payers = payers.clone();
        let made = store.write(mine.clone(), move |unit| {
            for number in numbers {
                let payer = payers[number as usize % payers.len()];
                campaign(unit, &mut dice, number, payer)?;
            }
            Ok(dice)
        });
        dice = made.await?;
    }
    Ok(())
}

fn zone() -> Zone {
    "UTC".parse().expect("it is the name of a zone")
}

fn tenant(unit: &mut Unit<'_>) -> Result<TenantId, StoreError> {
    let made: Tenant = unit.insert(TenantSpec {
        name: "pods".to_owned(),
        zone: zone(),
        currency: Currency::USD,
        quota_rps: None,
    })?;
    Ok(made.id)
}

/// Channels, categories, advertisers and an order of each.
fn payers(unit: &mut Unit<'_>) -> Result<Vec<(AdvertiserId, OrderId)>, StoreError> {
    for number in 0..workload::CHANNELS {
        unit.insert::<Channel>(ChannelSpec {
            name: workload::channel(number),
            ..ChannelSpec::default()
        })?;
    }
    for category in workload::categories() {
        unit.insert::<Category>(category)?;
    }
    let payer = |number| {
        let advertiser: Advertiser = unit.insert(workload::advertiser(number))?;
        let order: Order = unit.insert(workload::order(advertiser.id, number))?;
        Ok((advertiser.id, order.id))
    };
    (0..workload::ADVERTISERS).map(payer).collect()
}

fn campaign(
    unit: &mut Unit<'_>,
    dice: &mut Dice,
    number: u32,
    payer: (AdvertiserId, OrderId),
) -> Result<(), StoreError> {
    let name = format!("Campaign {number}");
    let now = unit.context().now;
    let campaign: Campaign = unit.insert(NewCampaign {
        spec: workload::campaign(dice, name, payer, now),
        status: CampaignStatus::Active,
    })?;
    let mut spec = CreativeSpec::of("spot".to_owned());
    spec.click_url = Some(format!("https://shop.example/{number}"));
    unit.insert::<Creative>(NewCreative {
        campaign: campaign.id,
        spec,
        status: CreativeStatus::Active,
        failure: None,
        media: Some(workload::media(dice, number)),
    })?;
    Ok(())
}
