//! What is published piece by piece is what a restart compiles, also after a publish that failed.

use std::collections::BTreeMap;

use adserve::decision::Catalog;
use adserve::delivery::PublishError;
use adserve::model::{Campaign, CampaignStatus, Creative, Tenant, TenantId};
use adserve::store::catalog::{ListQuery, Scope, StoreError, Unit};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use crate::support::catalog::{NOW, Sold, new_creative, serves};

/// All that decides, in an order.
fn contents(catalog: &Catalog) -> BTreeMap<TenantId, String> {
    let text = |tenant: &adserve::decision::TenantCatalog| {
        let channels: BTreeMap<_, _> = tenant.channels().map(|one| (one.id, one)).collect();
        let parts = (&tenant.zone, channels, tenant.offers(), tenant.dormant());
        format!("{parts:?}")
    };
    let tenants = catalog.tenants();
    tenants.map(|tenant| (tenant.id, text(tenant))).collect()
}

/// What a daemon that starts now would compile.
fn compiled_anew(sold: &Sold) -> Catalog {
    let facts = sold.store.load_facts_since(0).unwrap();
    let tenants = facts.tenants.into_iter().filter_map(|(_id, facts)| facts);
    Catalog::compile(facts.revision, tenants.collect())
}

/// One write on one of the campaigns of a tenant; what cannot be done is not.
fn change(unit: &mut Unit<'_>, number: u32, place: usize) -> Result<(), StoreError> {
    let all = unit.reader().list::<Campaign>(&ListQuery::default())?.items;
    let Some(campaign) = all.get(place % all.len().max(1)) else {
        return unit.undo(None).map(drop);
    };
    let id = campaign.id;
    match number % 7 {
        0 => unit
            .set_campaign_status(id, None, CampaignStatus::Paused)
            .map(drop),
        1 => unit
            .set_campaign_status(id, None, CampaignStatus::Active)
            .map(drop),
        2 => unit.delete::<Campaign>(id, None).map(drop),
        3 => unit
            .insert::<Creative>(new_creative(id, &format!("spot {number}")))
            .map(drop),
        4 => unit.undo(None).map(drop),
        _ => unit.clone_campaign(id, format!("copy {number}")).map(drop),
    }
}

#[tokio::test]
async fn pieces_add_up_to_the_whole() {
    let sold = Sold::new();
    let mut tenants = Vec::new();
    for name in ["Nova", "Luna", "Vega"] {
        let tenant = sold.tenant(name).await;
        sold.campaign(tenant, "first").await;
        sold.campaign(tenant, "second").await;
        tenants.push(tenant);
    }
    let steps = proptest::collection::vec((0..3_usize, 0..1_000_u32, 0..50_usize), 150);
    let steps = steps.new_tree(&mut TestRunner::deterministic()).unwrap();
    let mut done = 0;
    for (place, (tenant, number, chosen)) in steps.current().into_iter().enumerate() {
        let scope = Scope::Tenant(tenants[tenant]);
        let outcome = sold.write(scope, move |unit| change(unit, number, chosen));
        let outcome = outcome.await;
        done += usize::from(outcome.is_ok());
        // Several changes, of several tenants, often share one publish.
        if place % 3 == 0 {
            sold.publisher.publish().await.unwrap();
            let published = sold.publisher.cell().load_full();
            let anew = compiled_anew(&sold);
            assert_eq!(published.revision(), anew.revision());
            assert_eq!(contents(&published), contents(&anew), "step {place}");
        }
    }
    assert!(done > 80, "only {done} changes were possible");
}

#[tokio::test]
async fn a_publish_that_cannot_read_says_so_and_the_next_one_makes_up_for_it() {
    let sold = Sold::new();
    let tenant = sold.tenant("Nova").await;
    let campaign = sold.campaign(tenant, "Spring").await;
    sold.publisher.publish().await.unwrap();
    let id = campaign.id;
    let paused = sold.write(Scope::Tenant(tenant), move |unit| {
        unit.set_campaign_status(id, None, CampaignStatus::Paused)
    });
    paused.await.unwrap();
    // The row of the tenant is damaged, and then repaired.
    let database = rusqlite::Connection::open(sold.folder.path().join("catalog.db")).unwrap();
    let set_zone = |zone: &str| {
        let changed = database.execute("UPDATE tenants SET timezone = ?1", [zone]);
        assert_eq!(changed.unwrap(), 1);
    };
    set_zone("No/Where");
    let refused = sold.publisher.publish().await;
    assert!(matches!(refused, Err(PublishError::Load(_))), "{refused:?}");
    assert!(serves(&sold.publisher.cell().load(), &campaign, NOW));
    set_zone("Europe/Prague");
    sold.publisher.publish().await.unwrap();
    assert!(!serves(&sold.publisher.cell().load(), &campaign, NOW));
}

#[tokio::test]
async fn a_dry_run_is_never_published() {
    let sold = Sold::new();
    let tenant = sold.tenant("Nova").await;
    let campaign = sold.campaign(tenant, "Spring").await;
    let before = sold.publisher.publish().await.unwrap();
    let mut context = crate::support::catalog::context(Scope::Tenant(tenant));
    context.dry_run = true;
    let id = campaign.id;
    let change = sold.store.write(context, move |unit| {
        unit.delete::<Campaign>(id, None)?;
        unit.reader().load::<Tenant>(tenant)
    });
    change.await.unwrap();
    assert_eq!(sold.publisher.publish().await.unwrap(), before);
    assert!(serves(&sold.publisher.cell().load(), &campaign, NOW));
}
