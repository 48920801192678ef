//! No decision that starts after an acknowledged change disagrees with it, under load.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use adserve::delivery::CatalogCell;
use adserve::model::{Campaign, CampaignStatus};
use adserve::store::catalog::{Scope, StoreError, Unit};

use crate::support::catalog::{NOW, Sold, serves};

/// Threads that decide all the time.
const DECIDERS: usize = 3;
/// Changes that are made meanwhile.
const CHANGES: u64 = 100;
/// Changes that are enough to find a fault.
const CHANGES_WITH_FAULT: u64 = 8;

/// The change that stands, and whether the campaign may be served.
#[derive(Clone, Copy, PartialEq)]
struct Standing {
    change: u64,
    serves: bool,
}

/// What was acknowledged last. Even: it stands; odd: the next change is under way. The second
/// bit says whether the campaign may be served.
struct Acknowledged(AtomicU64);

impl Acknowledged {
    fn starts(&self) {
        self.0.fetch_or(1, Ordering::SeqCst);
    }

    fn ends(&self, standing: Standing) {
        let word = (standing.change << 2) | (u64::from(standing.serves) << 1);
        self.0.store(word, Ordering::SeqCst);
    }

    /// What stands; none between changes.
    fn standing(&self) -> Option<Standing> {
        let word = self.0.load(Ordering::SeqCst);
        (word & 1 == 0).then_some(Standing {
            change: word >> 2,
            serves: word & 2 != 0,
        })
    }
}

/// What the deciding threads found.
#[derive(Default)]
struct Findings {
    judged: AtomicU64,
    wrong: AtomicU64,
}

/// Decides until told to stop. A decision is judged when no change was under way from its start
/// to its end: then it must agree with the last acknowledged one.
fn decide_all_the_time(
    cell: &CatalogCell,
    campaign: &Campaign,
    acknowledged: &Acknowledged,
    (findings, stop): (&Findings, &AtomicBool),
) {
    while !stop.load(Ordering::SeqCst) {
        let before = acknowledged.standing();
        let served = serves(&cell.load(), campaign, NOW);
        let Some(standing) = before.filter(|_| before == acknowledged.standing()) else {
            continue;
        };
        findings.judged.fetch_add(1, Ordering::SeqCst);
        if served != standing.serves {
            findings.wrong.fetch_add(1, Ordering::SeqCst);
        }
    }
}

/// Pauses, activates, deletes and brings back. Returns whether it may be served afterwards.
fn change(unit: &mut Unit<'_>, campaign: &Campaign, number: u64) -> Result<bool, StoreError> {
    let mut set = |status| {
        unit.set_campaign_status(campaign.id, None, status)
            .map(drop)
    };
    match number % 4 {
        0 => set(CampaignStatus::Paused).map(|()| false),
        1 => set(CampaignStatus::Active).map(|()| true),
        2 => unit
            .delete::<Campaign>(campaign.id, None)
            .map(|_gone| false),
        _ => unit.undo(None).map(|_operations| true),
    }
}

/// What happens between the commit of a change and its acknowledgement.
#[derive(Clone, Copy, PartialEq)]
enum Fault {
    None,
    /// The change is acknowledged without a publish.
    NoPublish,
    /// The publish is asked for before the change, not after it.
    PublishTooEarly,
}

async fn run(fault: Fault) -> (u64, u64) {
    let sold = Sold::new();
    let tenant = sold.tenant("Nova").await;
    let campaign = sold.campaign(tenant, "Spring").await;
    sold.publisher.publish().await.unwrap();
    let acknowledged = Arc::new(Acknowledged(AtomicU64::new(2)));
    let findings = Arc::new(Findings::default());
    let stop = Arc::new(AtomicBool::new(false));
    let deciders: Vec<_> = (0..DECIDERS)
        .map(|_| {
            let (cell, campaign) = (sold.publisher.cell(), campaign.clone());
            let (acknowledged, findings, stop) = (
                Arc::clone(&acknowledged),
                Arc::clone(&findings),
                Arc::clone(&stop),
            );
            thread::spawn(move || {
                decide_all_the_time(&cell, &campaign, &acknowledged, (&findings, &stop));
            })
        })
        .collect();
    let changes = if fault == Fault::None {
        CHANGES
    } else {
        CHANGES_WITH_FAULT
    };
    for number in 0..changes {
        acknowledged.starts();
        if fault == Fault::PublishTooEarly {
            sold.publisher.publish().await.unwrap();
        }
        let subject = campaign.clone();
        let scope = Scope::Tenant(tenant);
        let serves = sold.write(scope, move |unit| change(unit, &subject, number));
        let serves = serves.await.unwrap();
        if fault == Fault::None {
            sold.publisher.publish().await.unwrap();
        }
        let judged = findings.judged.load(Ordering::SeqCst);
        let change = number + 1;
        acknowledged.ends(Standing { change, serves });
        wait_until(|| findings.judged.load(Ordering::SeqCst) > judged + 10);
    }
    stop.store(true, Ordering::SeqCst);
    for decider in deciders {
        decider.join().unwrap();
    }
    let count = |counter: &AtomicU64| counter.load(Ordering::SeqCst);
    (count(&findings.judged), count(&findings.wrong))
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test waits for its threads, with a deadline"
)]
fn wait_until(condition: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !condition() {
        assert!(
            Instant::now() < deadline,
            "the deciding threads stand still"
        );
        thread::yield_now();
    }
}

#[tokio::test]
async fn no_decision_after_an_acknowledged_change_disagrees_with_it() {
    let (judged, wrong) = run(Fault::None).await;
    assert!(judged > CHANGES * 10, "only {judged} decisions were judged");
    assert_eq!(wrong, 0, "of {judged}");
}

#[tokio::test]
async fn the_checker_finds_a_change_that_was_not_published() {
    let (_judged, wrong) = run(Fault::NoPublish).await;
    assert!(wrong > 0);
}

#[tokio::test]
async fn the_checker_finds_a_publish_that_came_before_the_change() {
    let (_judged, wrong) = run(Fault::PublishTooEarly).await;
    assert!(wrong > 0);
}

#[tokio::test]
async fn many_publishes_at_once_all_end_with_what_was_committed_before_them() {
    let sold = Arc::new(Sold::new());
    let tenant = sold.tenant("Nova").await;
    let tasks: Vec<_> = (0..50)
        .map(|number| {
            let sold = Arc::clone(&sold);
            tokio::spawn(async move {
                let campaign = sold.campaign(tenant, &format!("campaign {number}")).await;
                let revision = sold.publisher.publish().await.unwrap();
                let catalog = sold.publisher.cell().load_full();
                assert!(catalog.revision() >= revision);
                assert!(serves(&catalog, &campaign, NOW), "{}", campaign.spec.name);
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

#[tokio::test]
async fn a_deleted_tenant_leaves_the_catalog_and_comes_back() {
    let sold = Sold::new();
    let (nova, luna) = (sold.tenant("Nova").await, sold.tenant("Luna").await);
    let kept = sold.campaign(luna, "kept").await;
    sold.publisher.publish().await.unwrap();
    let gone = sold.write(Scope::Tenants, move |unit| {
        unit.delete::<adserve::model::Tenant>(nova, None)
    });
    gone.await.unwrap();
    sold.publisher.publish().await.unwrap();
    let cell = sold.publisher.cell();
    assert!(cell.load().tenant(nova).is_none());
    assert!(serves(&cell.load(), &kept, NOW));
    sold.write(Scope::Tenants, |unit| unit.undo(None))
        .await
        .unwrap();
    sold.publisher.publish().await.unwrap();
    assert!(cell.load().tenant(nova).is_some());
}

#[tokio::test]
async fn revisions_grow_with_every_change_and_over_restarts() {
    let sold = Sold::new();
    let tenant = sold.tenant("Nova").await;
    let first = sold.publisher.publish().await.unwrap();
    let campaign = sold.campaign(tenant, "Spring").await;
    let second = sold.publisher.publish().await.unwrap();
    assert!(second > first, "{first} {second}");
    assert_eq!(sold.publisher.publish().await.unwrap(), second);
    let Sold {
        store,
        publisher,
        folder,
    } = sold;
    publisher.close();
    store.close();
    let path = folder.path().join("catalog.db");
    let store = adserve::store::catalog::CatalogStore::open(&path, NOW).unwrap();
    let publisher = adserve::delivery::Publisher::start(store, Arc::default()).unwrap();
    let catalog = publisher.cell().load_full();
    assert_eq!(catalog.revision(), second);
    assert!(serves(&catalog, &campaign, NOW));
}
