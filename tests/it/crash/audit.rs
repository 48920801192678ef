//! What is in a ledger, read apart from the code that wrote it, against what was acknowledged.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use adserve::ledger::{
    Dimension, Due, Entry, Figures, GroupKey, Metric, Postings, Verdict, decode,
};
use adserve::model::{CampaignId, Nanos, TenantId};
use adserve::store::ledger::{CutQuery, Ledger, LedgerReader, Recovered};

use super::worker::{CHARGE, History, Key, SMALL_BUDGET};

/// What an audit found.
#[derive(Debug)]
pub(super) struct Audit {
    /// Events in the ledger.
    pub(super) events: usize,
    /// Acknowledged events that are not in it.
    pub(super) lost: Vec<Key>,
}

/// Opens the ledger as a restart would, and goes through all of it. Fails on anything but the
/// loss of acknowledged events, which it answers.
pub(super) fn audit(folder: &Path, history: &History) -> Audit {
    let path = folder.join("ledger.db");
    let now = adserve::host::Clock::real().now();
    let (ledger, reader, mut recovered) = Ledger::open(&path, now).unwrap();
    let entries = raw(&path);
    let mut found = BTreeSet::new();
    for entry in &entries {
        let key = (entry.event.ad.id.get(), entry.event.kind as u8);
        assert!(found.insert(key), "{key:?} is in the ledger twice");
        assert!(history.sent.contains(&key), "{key:?} was never sent");
    }
    let mut postings = Postings::default();
    for entry in &entries {
        postings.post(entry);
    }
    for tenant in [1, 2] {
        check_cuts(&reader, &postings, TenantId::new(tenant));
    }
    check_spent(&entries, &recovered);
    for entry in &entries {
        assert_eq!(recovered.book.apply(&entry.event), Verdict::Duplicate);
    }
    ledger.close().unwrap();
    Audit {
        events: entries.len(),
        lost: history.acked.difference(&found).copied().collect(),
    }
}

/// What is reported of a tenant, in all and by type of device and country, is what the entries say.
fn check_cuts(reader: &LedgerReader, postings: &Postings, tenant: TenantId) {
    let own = postings.figures.iter();
    let own = own.filter(|((_hour, cell), _figures)| cell.tenant == tenant);
    let mut totals = Figures::default();
    let mut by_receiver: BTreeMap<GroupKey, Figures> = BTreeMap::new();
    for ((_hour, cell), figures) in own {
        totals.merge(figures);
        let (device, country) = (cell.receiver.device(), cell.receiver.country());
        let key = GroupKey::from_slice(&[device as i64, country.number().into()]);
        by_receiver.entry(key).or_default().merge(figures);
    }
    let mut query = CutQuery::all(tenant);
    assert_eq!(reader.report_blocking(&query).unwrap().totals, totals);
    query.cut.dimensions = vec![Dimension::Device, Dimension::Country];
    let found = reader.report_blocking(&query).unwrap();
    assert_eq!((found.groups, found.totals), (by_receiver, totals));
}

/// Every entry of the file in order, after SQLite itself found nothing wrong.
fn raw(path: &Path) -> Vec<Entry> {
    let connection = rusqlite::Connection::open(path).unwrap();
    let verdict: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(verdict, "ok");
    let mut query = connection
        .prepare("SELECT events FROM batches ORDER BY id")
        .unwrap();
    let batches = query.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
    batches
        .flat_map(|batch| decode(&batch.unwrap()).unwrap())
        .collect()
}

/// The settled totals are those of the entries, and no budget is passed.
fn check_spent(entries: &[Entry], recovered: &Recovered) {
    let mut expected: BTreeMap<CampaignId, (u64, Nanos)> = BTreeMap::new();
    for entry in entries
        .iter()
        .filter(|entry| entry.settlement.due != Due::Nothing)
    {
        let sum = expected.entry(entry.event.ad.campaign).or_default();
        sum.0 += u64::from(entry.settlement.unit);
        sum.1.0 += entry.charged().0;
    }
    let found = recovered.spent.iter();
    let found: BTreeMap<_, _> = found
        .map(|spent| (spent.id, (spent.impressions, spent.spend)))
        .collect();
    assert_eq!(found, expected);
    let spent = found
        .get(&CampaignId::new(1))
        .map_or(0, |(_units, spend)| spend.0);
    let given_away = entries
        .iter()
        .any(|entry| entry.settlement.due == Due::Unbilled);
    assert!(spent <= CHARGE.0 * SMALL_BUDGET, "the budget is overspent");
    assert!(
        !given_away || spent == CHARGE.0 * SMALL_BUDGET,
        "something was given away although there was room"
    );
}

/// How many impressions of the campaign with the small budget were given away.
pub(super) fn unbilled(folder: &Path) -> usize {
    let entries = raw(&folder.join("ledger.db"));
    let unbilled = entries.iter().filter(|entry| {
        let metric = Metric::of(entry.event.kind);
        metric == Metric::Impressions && entry.settlement.due == Due::Unbilled
    });
    unbilled.count()
}
