//! Campaigns that are over are completed, on the record, and not a moment before.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use adserve::delivery::Lifecycle;
use adserve::host::{FakeClock, ShutdownTrigger};
use adserve::model::{Campaign, CampaignStatus, Millis};
use adserve::store::catalog::{HistoryQuery, Scope};

use crate::support::catalog::{NOW, Sold, serves};

async fn status(sold: &Sold, campaign: &Campaign) -> CampaignStatus {
    let id = campaign.id;
    let scope = Scope::Tenant(campaign.tenant);
    let found = sold
        .store
        .read(scope, move |reader| reader.load::<Campaign>(id));
    found.await.unwrap().status
}

fn never_spent(sold: &Sold) -> Lifecycle {
    let (store, publisher) = (sold.store.clone(), sold.publisher.clone());
    Lifecycle::new(store, publisher, Arc::new(|_id, _budget, _charge| false))
}

#[tokio::test]
async fn a_campaign_is_completed_at_its_end_and_that_is_in_the_history() {
    let sold = Sold::new();
    let tenant = sold.tenant("Nova").await;
    let campaign = sold.campaign(tenant, "Spring").await;
    let lifecycle = never_spent(&sold);
    let end = campaign.spec.end;
    assert_eq!(lifecycle.tick(end.minus(Millis(1))).await.unwrap(), 0);
    assert_eq!(status(&sold, &campaign).await, CampaignStatus::Active);
    assert_eq!(lifecycle.tick(end).await.unwrap(), 1);
    assert_eq!(status(&sold, &campaign).await, CampaignStatus::Completed);
    assert!(!serves(&sold.publisher.cell().load(), &campaign, NOW));
    assert_eq!(lifecycle.tick(end).await.unwrap(), 0);
    let history = sold.store.read(Scope::Tenant(tenant), |reader| {
        reader.history(&HistoryQuery {
            actor: Some("adserved".to_owned()),
            ..HistoryQuery::default()
        })
    });
    let history = history.await.unwrap();
    assert_eq!(history.total, 1);
    assert_eq!(history.items[0].at, end);
}

#[tokio::test]
async fn paused_campaigns_end_too_and_drafts_wait() {
    let sold = Sold::new();
    let tenant = sold.tenant("Nova").await;
    let paused = sold.campaign(tenant, "paused").await;
    let draft = sold.campaign(tenant, "draft").await;
    let (paused_id, draft_id) = (paused.id, draft.id);
    let copy = sold.write(Scope::Tenant(tenant), move |unit| {
        unit.set_campaign_status(paused_id, None, CampaignStatus::Paused)?;
        unit.clone_campaign(draft_id, "copy".to_owned())
    });
    let copy = copy.await.unwrap();
    let completed = never_spent(&sold).tick(paused.spec.end).await.unwrap();
    assert_eq!(completed, 2);
    assert_eq!(status(&sold, &paused).await, CampaignStatus::Completed);
    assert_eq!(status(&sold, &copy).await, CampaignStatus::Draft);
}

#[tokio::test]
async fn a_spent_campaign_is_completed_and_runs_again_with_a_larger_budget() {
    let sold = Sold::new();
    let tenant = sold.tenant("Nova").await;
    let campaign = sold.campaign(tenant, "Spring").await;
    sold.publisher.publish().await.unwrap();
    let spent = campaign.spec.total_budget_micros;
    let lifecycle = Lifecycle::new(
        sold.store.clone(),
        sold.publisher.clone(),
        Arc::new(move |_id, budget, _charge| budget.total.micros() <= spent),
    );
    assert_eq!(lifecycle.tick(NOW).await.unwrap(), 1);
    assert_eq!(status(&sold, &campaign).await, CampaignStatus::Completed);
    let (id, mut spec) = (campaign.id, campaign.spec.clone());
    spec.total_budget_micros += 1;
    let again = sold.write(Scope::Tenant(tenant), move |unit| {
        unit.update::<Campaign>(id, None, spec)?;
        unit.set_campaign_status(id, None, CampaignStatus::Active)
    });
    again.await.unwrap();
    sold.publisher.publish().await.unwrap();
    assert_eq!(lifecycle.tick(NOW).await.unwrap(), 0);
    assert!(serves(&sold.publisher.cell().load(), &campaign, NOW));
}

#[tokio::test]
async fn a_budget_that_was_raised_meanwhile_is_not_completed() {
    let sold = Sold::new();
    let tenant = sold.tenant("Nova").await;
    let campaign = sold.campaign(tenant, "Spring").await;
    sold.publisher.publish().await.unwrap();
    // Spent when the catalog is looked at, and no longer when the transaction is.
    let asked = AtomicBool::new(false);
    let lifecycle = Lifecycle::new(
        sold.store.clone(),
        sold.publisher.clone(),
        Arc::new(move |_id, _budget, _charge| !asked.swap(true, Ordering::SeqCst)),
    );
    assert_eq!(lifecycle.tick(NOW).await.unwrap(), 0);
    assert_eq!(status(&sold, &campaign).await, CampaignStatus::Active);
}

#[tokio::test]
async fn what_is_wrong_with_one_tenant_does_not_keep_the_campaigns_of_another() {
    let sold = Sold::new();
    let (broken, sound) = (sold.tenant("Nova").await, sold.tenant("Sol").await);
    sold.campaign(broken, "Winter").await;
    let campaign = sold.campaign(sound, "Spring").await;
    sold.publisher.publish().await.unwrap();
    let database = rusqlite::Connection::open(sold.folder.path().join("catalog.db")).unwrap();
    let damage = "UPDATE campaigns SET caps = '{' WHERE tenant_id = ?1";
    assert_eq!(database.execute(damage, [broken.get()]).unwrap(), 1);
    let looked = never_spent(&sold).tick(campaign.spec.end).await;
    assert!(looked.is_err(), "{looked:?}");
    assert_eq!(status(&sold, &campaign).await, CampaignStatus::Completed);
    assert!(!serves(&sold.publisher.cell().load(), &campaign, NOW));
}

#[tokio::test]
async fn it_looks_by_itself_until_the_shutdown() {
    let sold = Sold::new();
    let tenant = sold.tenant("Nova").await;
    let campaign = sold.campaign(tenant, "Spring").await;
    let clock = FakeClock::at(campaign.spec.end);
    let (trigger, shutdown) = ShutdownTrigger::new();
    let task = tokio::spawn(never_spent(&sold).run(clock.clock(), shutdown));
    let completed = async {
        while status(&sold, &campaign).await != CampaignStatus::Completed {
            tokio::task::yield_now().await;
        }
    };
    let limit = Duration::from_secs(30);
    tokio::time::timeout(limit, completed).await.unwrap();
    trigger.drain();
    tokio::time::timeout(limit, task).await.unwrap().unwrap();
}
