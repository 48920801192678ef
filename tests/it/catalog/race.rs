//! Writers that run against one another, and the lock that keeps a second daemon out.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use adserve::model::{Advertiser, AdvertiserSpec, Campaign};
use adserve::store::catalog::{Answer, Idempotency, Scope, StoreError, Written};
use adserve::store::{DataDir, DataDirError};

use crate::support::catalog::{Sold, context};

/// Writers at one time.
const WRITERS: u32 = 64;

fn spec(name: &str) -> AdvertiserSpec {
    AdvertiserSpec {
        name: name.to_owned(),
        ..AdvertiserSpec::default()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_changes_from_one_revision_exactly_one_wins() {
    let sold = Arc::new(Sold::new());
    let tenant = sold.tenant("Nova").await;
    let campaign = sold.campaign(tenant, "Spring").await;
    let tasks: Vec<_> = (0..WRITERS)
        .map(|number| {
            let (sold, id) = (Arc::clone(&sold), campaign.id);
            let mut spec = campaign.spec.clone();
            spec.name = format!("changed by {number}");
            tokio::spawn(async move {
                let change = sold.write(Scope::Tenant(tenant), move |unit| {
                    unit.update::<Campaign>(id, Some(1), spec)
                });
                change.await
            })
        })
        .collect();
    let mut winners = Vec::new();
    for task in tasks {
        match task.await.unwrap() {
            Ok(winner) => winners.push(winner),
            Err(StoreError::Conflict {
                expected: 1,
                found: 2,
                ..
            }) => {}
            Err(other) => unreachable!("{other}"),
        }
    }
    assert_eq!(winners.len(), 1);
    let id = campaign.id;
    let now = sold.store.read(Scope::Tenant(tenant), move |reader| {
        reader.load::<Campaign>(id)
    });
    assert_eq!(now.await.unwrap(), winners[0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_new_ones_with_one_name_exactly_one_is_made() {
    let sold = Arc::new(Sold::new());
    let tenant = sold.tenant("Nova").await;
    let tasks: Vec<_> = (0..WRITERS)
        .map(|_| {
            let sold = Arc::clone(&sold);
            tokio::spawn(async move {
                let made = sold.write(Scope::Tenant(tenant), |unit| {
                    unit.insert::<Advertiser>(spec("Acme"))
                });
                made.await
            })
        })
        .collect();
    let mut made = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_one) => made += 1,
            Err(StoreError::NameTaken { .. }) => {}
            Err(other) => unreachable!("{other}"),
        }
    }
    assert_eq!(made, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_repeats_of_one_request_exactly_one_is_done() {
    let sold = Arc::new(Sold::new());
    let tenant = sold.tenant("Nova").await;
    let tasks: Vec<_> = (0..WRITERS)
        .map(|number| {
            let sold = Arc::clone(&sold);
            let once = Idempotency {
                key: "k".to_owned(),
                request_hash: [1; 32],
            };
            tokio::spawn(async move {
                let change = sold.store.write_once(
                    context(Scope::Tenant(tenant)),
                    Some(once),
                    move |unit| {
                        let made = unit.insert::<Advertiser>(spec(&format!("made by {number}")))?;
                        let body = made.id.to_string();
                        Ok(Answer { status: 201, body })
                    },
                );
                change.await.unwrap()
            })
        })
        .collect();
    let (mut done, mut answers) = (0, Vec::new());
    for task in tasks {
        match task.await.unwrap() {
            Written::Done(answer) => {
                done += 1;
                answers.push(answer);
            }
            Written::Replayed(answer) => answers.push(answer),
        }
    }
    answers.dedup();
    assert_eq!((done, answers.len()), (1, 1));
}

/// A process that holds the lock of a data directory as a daemon would.
struct Holder(Child);

impl Holder {
    fn start(folder: &std::path::Path) -> Self {
        let mut flock = Command::new("flock");
        flock
            .args(["--no-fork", "--exclusive"])
            .arg(folder.join("adserved.lock"))
            .arg("cat")
            .stdin(Stdio::piped());
        let started = flock.spawn();
        Self(started.expect("flock of util-linux is missing; run scripts/bootstrap"))
    }
}

impl Drop for Holder {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a test waits for another process, with a deadline"
)]
fn a_second_daemon_is_kept_out_until_the_first_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("adserved.lock"), "4242\n").unwrap();
    let holder = Holder::start(folder.path());
    let deadline = Instant::now() + Duration::from_secs(30);
    let refusal = loop {
        fs::write(folder.path().join("adserved.lock"), "4242\n").unwrap();
        if let Err(refusal) = DataDir::lock(folder.path()) {
            break refusal;
        }
        assert!(Instant::now() < deadline, "the lock was never taken");
        std::thread::yield_now();
    };
    assert!(
        matches!(
            refusal,
            DataDirError::InUse {
                pid: Some(4242),
                ..
            }
        ),
        "{refusal:?}"
    );
    drop(holder);
    DataDir::lock(folder.path()).unwrap();
}
