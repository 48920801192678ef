//! The recorder on a real file: many senders, a locked database, a broken one, restarts.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use futures_util::future::join_all;

use super::journal::QUEUE_MAX;
use super::*;
use crate::decision::{Budget, NoFill};
use crate::host::{Clock, FakeClock};
use crate::ledger::{Call, Metric, Sums};
use crate::limits::{Bounds, Embedded, HOLD_DEFAULT};
use crate::model::{
    CampaignId, CreativeId, Event, EventKind, Millis, Nanos, PriceModel, Receiver, ServedAd,
    ServedAdId, TenantId, Timestamp, Zone,
};
use crate::store::ledger::CutQuery;

const NOW: Timestamp = Timestamp::from_millis(1_772_323_200_000);
const CHARGE: Nanos = Nanos(10_000_000);

struct Place {
    _folder: tempfile::TempDir,
    path: PathBuf,
    clock: FakeClock,
    limits: Arc<Embedded>,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            path: folder.path().join("ledger.db"),
            _folder: folder,
            clock: FakeClock::at(NOW),
            limits: limits(),
        }
    }

    fn start(&self) -> Recorder {
        let settings = RecorderSettings::default();
        let clock: Clock = self.clock.clock();
        Recorder::start(&self.path, settings, Arc::clone(&self.limits), clock).unwrap()
    }

    /// Another program that has the file open.
    fn other(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(&self.path).unwrap()
    }
}

fn limits() -> Arc<Embedded> {
    let limits = Embedded::new(HOLD_DEFAULT);
    let budget = Budget {
        total: Nanos(CHARGE.0 * 1_000_000),
        daily: None,
        impressions: None,
    };
    let zone = Zone::UTC;
    limits.tell(
        CampaignId::new(1),
        Bounds {
            budget,
            zone,
            order: None,
        },
    );
    Arc::new(limits)
}

fn event(id: u64, kind: EventKind) -> Event {
    Event {
        ad: ServedAd {
            id: ServedAdId::new(id),
            tenant: TenantId::new(1),
            channel: None,
            campaign: CampaignId::new(1),
            creative: CreativeId::new(1),
            price_model: PriceModel::Cpm,
            charge: CHARGE,
            decided_at: NOW,
            duration: Millis(15_000),
            receiver: Receiver::UNKNOWN,
        },
        kind,
        error_code: None,
        at: NOW,
    }
}

async fn report(recorder: &Recorder) -> Sums {
    // Counts follow the events within a second, or when they are asked for.
    recorder.journal.flush().await.unwrap();
    let query = CutQuery::all(TenantId::new(1));
    recorder.reader.report(query).await.unwrap()
}

#[tokio::test]
async fn a_storm_of_repeats_is_counted_once() {
    let place = Place::new();
    let recorder = place.start();
    let senders = (0..16).map(|_| {
        let journal = recorder.journal.clone();
        tokio::spawn(async move {
            let events = (0..500).map(|n| event(n % 10, EventKind::Impression));
            join_all(events.map(|event| journal.record(event))).await
        })
    });
    let outcomes = join_all(senders).await.into_iter().flat_map(Result::unwrap);
    let counted = outcomes
        .filter(|outcome| *outcome == Ok(Outcome::Counted))
        .count();
    assert_eq!(counted, 10);
    let figures = recorder.journal.figures();
    assert_eq!((figures.counted, figures.duplicates), (10, 7_990));
    assert_eq!(report(&recorder).await.totals.of(Metric::Impressions), 10);
    assert_eq!(
        place.limits.usage(CampaignId::new(1)).spend,
        Nanos(CHARGE.0 * 10)
    );
    recorder.handle.stop();
}

#[tokio::test]
async fn a_locked_ledger_fills_the_queue_and_loses_nothing() {
    let place = Place::new();
    let recorder = place.start();
    let mut other = place.other();
    let lock = other
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .unwrap();
    let journal = recorder.journal.clone();
    let mut waiting = Vec::new();
    // What the writer holds, what waits, and one more.
    let full = loop {
        let event = event(waiting.len() as u64, EventKind::Start);
        let mut record = Box::pin(journal.record(event));
        match futures_util::poll!(&mut record) {
            std::task::Poll::Pending => waiting.push(record),
            std::task::Poll::Ready(answer) => break (event, answer),
        }
        assert!(waiting.len() <= 2 * QUEUE_MAX, "the queue has no bound");
    };
    assert_eq!(
        full.1,
        Err(JournalError::Full),
        "nothing is acknowledged under the lock"
    );
    lock.rollback().unwrap();
    let events = waiting.len() as u64 + 1;
    let outcomes = join_all(waiting).await;
    assert!(
        outcomes
            .into_iter()
            .all(|outcome| outcome == Ok(Outcome::Counted))
    );
    assert_eq!(journal.record(full.0).await, Ok(Outcome::Counted));
    assert_eq!(report(&recorder).await.totals.of(Metric::Starts), events);
    recorder.handle.stop();
}

#[tokio::test]
async fn after_an_error_of_unknown_effect_nothing_is_acknowledged_any_more() {
    let place = Place::new();
    let mut recorder = place.start();
    let journal = recorder.journal.clone();
    assert_eq!(
        journal.record(event(1, EventKind::Start)).await,
        Ok(Outcome::Counted)
    );
    // Stands for any error that is not known to be harmless.
    let broken =
        "CREATE TRIGGER broken BEFORE INSERT ON batches BEGIN SELECT RAISE(ABORT, 'x'); END";
    place.other().execute_batch(broken).unwrap();
    let lost = journal.record(event(2, EventKind::Impression)).await;
    assert_eq!(lost, Err(JournalError::Stopped));
    let why = recorder.handle.ended().await.unwrap().unwrap_err();
    assert!(
        matches!(why, crate::store::ledger::WriteError::Lost(_)),
        "{why:?}"
    );
    assert!(!journal.is_open());
    assert_eq!(
        journal.record(event(1, EventKind::Start)).await,
        Err(JournalError::Stopped)
    );
    assert_eq!(journal.flush().await, Err(JournalError::Stopped));
    let usage = place.limits.usage(CampaignId::new(1));
    assert_eq!(
        (usage.spend, usage.spend_reserved),
        (Nanos::ZERO, Nanos::ZERO)
    );
}

#[tokio::test]
async fn calls_for_an_ad_are_in_the_ledger_after_a_flush_and_after_a_stop() {
    let place = Place::new();
    let recorder = place.start();
    let ad = event(1, EventKind::Start).ad;
    let call = Call {
        tenant: TenantId::new(1),
        channel: None,
        receiver: Receiver::UNKNOWN,
        wanted: None,
    };
    recorder.tally.served(&call, std::iter::once(&ad), NOW);
    recorder.tally.unfilled(&call, NoFill::NoDemand, NOW);
    recorder.journal.flush().await.unwrap();
    let seen = report(&recorder).await;
    assert_eq!(
        (
            seen.totals.of(Metric::Requests),
            seen.totals.of(Metric::Served)
        ),
        (2, 1)
    );
    assert_eq!(seen.no_fill, [("no_demand".to_owned(), 1)].into());
    recorder.tally.unfilled(&call, NoFill::NoDemand, NOW);
    recorder.handle.stop();
    let recorder = place.start();
    assert_eq!(report(&recorder).await.totals.of(Metric::Requests), 3);
    recorder.handle.stop();
}

#[tokio::test]
async fn a_restart_knows_what_was_counted_and_spent_and_gives_new_ids() {
    let mut place = Place::new();
    let mut ids = HashSet::new();
    for run in 0..3_u64 {
        place.limits = limits();
        let recorder = place.start();
        for _ in 0..100 {
            assert!(
                ids.insert(recorder.ids.next().unwrap()),
                "an id is given twice"
            );
        }
        let spent = place.limits.usage(CampaignId::new(1));
        assert_eq!(
            (spent.impressions, spent.spend),
            (run * 5, Nanos(CHARGE.0 * 5 * run.cast_signed()))
        );
        for id in 0..run * 5 {
            let outcome = recorder
                .journal
                .record(event(id, EventKind::Impression))
                .await;
            assert_eq!(outcome, Ok(Outcome::Duplicate));
        }
        for id in run * 5..(run + 1) * 5 {
            let outcome = recorder
                .journal
                .record(event(id, EventKind::Impression))
                .await;
            assert_eq!(outcome, Ok(Outcome::Counted));
        }
        // Dropped without a stop, as a crash would: the thread ends with its queue.
        if run == 1 {
            recorder.handle.stop();
        }
    }
}

#[tokio::test]
async fn an_ad_is_forgotten_after_its_token_and_refused_ever_after() {
    let place = Place::new();
    let recorder = place.start();
    let page = crate::ledger::PAGE_ADS as u64;
    let record = |id, kind| recorder.journal.record(event(id, kind));
    assert_eq!(record(1, EventKind::Start).await, Ok(Outcome::Counted));
    // An ad of a later page, as old: it proves that all of the first page are too old.
    assert_eq!(
        record(2 * page, EventKind::Start).await,
        Ok(Outcome::Counted)
    );
    place.clock.advance(Millis::from_seconds(26 * 3_600));
    // A younger ad of a later page; then the upkeep that is due forgets the first page.
    let mut young = event(5 * page, EventKind::Start);
    young.ad.decided_at = place.clock.clock().now();
    assert_eq!(recorder.journal.record(young).await, Ok(Outcome::Counted));
    recorder.journal.flush().await.unwrap();
    assert_eq!(record(1, EventKind::Start).await, Ok(Outcome::Expired));
    assert_eq!(recorder.journal.figures().expired, 1);
    // Not even a clock that is set back makes it count again.
    place.clock.set(NOW);
    assert_eq!(record(1, EventKind::Start).await, Ok(Outcome::Expired));
    recorder.handle.stop();
    let recorder = place.start();
    let again = recorder.journal.record(event(1, EventKind::Start)).await;
    assert_eq!(again, Ok(Outcome::Expired));
    recorder.handle.stop();
}
