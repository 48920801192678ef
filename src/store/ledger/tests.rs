//! The ledger on a real file: what is written is read back, counted right, and kept.

use std::collections::BTreeMap;
use std::path::PathBuf;

use proptest::prelude::*;

use super::*;
use crate::api::StatsBy;
use crate::ledger::{
    Book, Cell, Due, Entry, Figures, Hour, Metric, PAGE_ADS, PageKey, Postings, Settlement,
    Verdict, decode, is_billable,
};
use crate::model::zone::Day;
use crate::model::{
    CampaignId, ChannelId, CreativeId, Event, EventKind, Millis, Nanos, OrderId, PriceModel,
    ServedAd, ServedAdId, TenantId, Timestamp, Zone,
};

const START: Timestamp = Timestamp::from_millis(1_772_323_200_000);
const HOUR: u64 = 3_600_000;
const ORDER: OrderId = OrderId::new(5);

fn tenant(id: u32) -> TenantId {
    TenantId::new(id)
}

/// An ad whose cell follows from its id: two tenants, each with three campaigns of two creatives.
fn ad(id: u64) -> ServedAd {
    let small = u32::try_from(id % 60).unwrap();
    let (tenant, campaign) = (1 + small % 2, 1 + small % 2 + 2 * (small % 3));
    let price_model = PriceModel::ALL[campaign as usize % 4];
    let charge = if price_model == PriceModel::Flat {
        0
    } else {
        5_000_000 + i64::from(campaign)
    };
    ServedAd {
        id: ServedAdId::new(id),
        tenant: TenantId::new(tenant),
        channel: (small % 5 != 0).then(|| ChannelId::new(tenant + 2 * (small % 4))),
        campaign: CampaignId::new(campaign),
        creative: CreativeId::new(campaign * 10 + small % 4 / 2),
        price_model,
        charge: Nanos(charge),
        decided_at: START,
        duration: Millis(15_000),
    }
}

fn event(id: u64, kind: EventKind, hours: u64) -> Event {
    let code = (kind == EventKind::Error).then(|| 300 + u16::try_from(id % 3).unwrap());
    Event {
        ad: ad(id),
        kind,
        error_code: code,
        at: START.plus(Millis(hours * HOUR + id)),
    }
}

/// Settled as the limits might: every ninth billable event finds no room.
fn settled(event: Event) -> Entry {
    let due = match (is_billable(&event), event.ad.id.get() % 9) {
        (false, _) => Due::Nothing,
        (true, 0) => Due::Unbilled,
        (true, _) => Due::Billed(Zone::UTC.day(event.at)),
    };
    let unit = event.kind == EventKind::Impression && due != Due::Unbilled;
    // Every third campaign is in one order, whose day began an hour earlier.
    let day = Zone::UTC.day(event.at);
    let day = Day {
        start: day.start.minus(Millis(HOUR)),
        end: day.end.minus(Millis(HOUR)),
    };
    let in_order = event.ad.campaign.get().is_multiple_of(3);
    let is_settled = unit || matches!(due, Due::Billed(_));
    let order = (in_order && is_settled).then_some((ORDER, day));
    Entry {
        event,
        settlement: Settlement { unit, due, order },
    }
}

fn post(entries: &[Entry]) -> Postings {
    let mut postings = Postings::default();
    for entry in entries {
        postings.post(entry);
    }
    postings
}

struct Place {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    Place {
        _folder: folder,
        path,
    }
}

impl Place {
    fn open(&self) -> (Ledger, LedgerReader, Recovered) {
        Ledger::open(&self.path, START).unwrap()
    }

    /// Changes the file behind the back of the ledger.
    fn meddle(&self, sql: &str) {
        let connection = rusqlite::Connection::open(&self.path).unwrap();
        connection.execute_batch(sql).unwrap();
    }

    /// Every entry in the file, in order.
    fn raw(&self) -> Vec<Entry> {
        let connection = rusqlite::Connection::open(&self.path).unwrap();
        let mut query = connection
            .prepare("SELECT events FROM batches ORDER BY id")
            .unwrap();
        let batches = query.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
        batches
            .flat_map(|batch| decode(&batch.unwrap()).unwrap())
            .collect()
    }
}

fn write(ledger: &mut Ledger, entries: &[Entry]) {
    let postings = post(entries);
    ledger.write(&batch(entries, &postings)).unwrap();
}

fn batch<'a>(entries: &'a [Entry], postings: &'a Postings) -> Batch<'a> {
    Batch {
        at: START,
        entries,
        postings: Some(postings),
        checkpoint: None,
        next_segment: None,
    }
}

/// A batch that keeps the pages of `book`.
fn checkpoint(book: &Book, floor: PageKey, since: Timestamp) -> Batch<'_> {
    static NOTHING: std::sync::LazyLock<Postings> = std::sync::LazyLock::new(Postings::default);
    Batch {
        checkpoint: Some(Checkpoint {
            book,
            floor,
            batches_since: since,
        }),
        ..batch(&[], &NOTHING)
    }
}

fn query(tenant: u32, by: StatsBy) -> StatsQuery {
    StatsQuery {
        tenant: TenantId::new(tenant),
        campaign: None,
        since: Hour(i64::MIN),
        until: Hour(i64::MAX),
        by,
        zone: "America/New_York".parse().unwrap(),
        fees: Vec::new(),
    }
}

/// The report, made by going through all entries one by one.
fn scan(entries: &[Entry], query: &StatsQuery) -> Report {
    let mut report = Report::default();
    let mut codes: BTreeMap<u16, u64> = BTreeMap::new();
    if query.by == StatsBy::Total {
        report.rows.insert(Group::Total, Figures::default());
    }
    let meant = entries.iter().filter(|entry| {
        let hour = Hour::of(entry.event.at);
        entry.event.ad.tenant == query.tenant
            && query
                .campaign
                .is_none_or(|only| only == entry.event.ad.campaign)
            && hour >= query.since
            && hour < query.until
    });
    for entry in meant {
        let (event, ad) = (&entry.event, &entry.event.ad);
        let mut figures = Figures::default();
        figures.add(Metric::of(event.kind), 1);
        match entry.settlement.due {
            Due::Nothing => {}
            Due::Billed(_) => {
                figures.add(Metric::Billable, 1);
                figures.charge(ad.charge);
            }
            Due::Unbilled => figures.add(Metric::Unbilled, 1),
        }
        if let Some(code) = event.error_code {
            *codes.entry(code).or_default() += 1;
        }
        let hour = event.at.hour();
        let group = match query.by {
            StatsBy::Total => Group::Total,
            StatsBy::Hour => Group::Hour(hour),
            StatsBy::Day => Group::Day(query.zone.day(hour).start),
            StatsBy::Campaign => Group::Campaign(ad.campaign),
            StatsBy::Creative => Group::Creative(ad.creative),
            StatsBy::Channel => Group::Channel(ad.channel),
        };
        report.totals.merge(&figures);
        report.rows.entry(group).or_default().merge(&figures);
    }
    report.errors = codes.into_iter().collect();
    report
        .errors
        .sort_by_key(|&(code, count)| (std::cmp::Reverse(count), code));
    report
}

const GROUPS: [StatsBy; 6] = [
    StatsBy::Total,
    StatsBy::Hour,
    StatsBy::Day,
    StatsBy::Campaign,
    StatsBy::Creative,
    StatsBy::Channel,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn reports_equal_a_scan_of_the_raw_events(
        history in prop::collection::vec(
            (0..240_u64, prop::sample::select(EventKind::ALL), 0..80_u64), 0..400),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
        since in 0..90_i64,
        length in 0..90_i64,
    ) {
        let place = place();
        let (mut ledger, reader, _) = place.open();
        let mut book = Book::default();
        let fresh: Vec<Entry> = history.into_iter()
            .map(|(id, kind, hours)| event(id, kind, hours))
            .filter(|event| book.apply(event) == Verdict::Fresh)
            .map(settled).collect();
        let mut ends: Vec<usize> = cuts.iter().map(|cut| cut.index(fresh.len() + 1)).collect();
        ends.extend([0, fresh.len()]);
        ends.sort_unstable();
        for ends in ends.windows(2) {
            write(&mut ledger, &fresh[ends[0]..ends[1]]);
        }
        let raw = place.raw();
        prop_assert_eq!(&raw, &fresh);
        let first = Hour::of(START).0;
        for by in GROUPS {
            for campaign in [None, Some(1), Some(4), Some(99)] {
                for range in [None, Some((first + since, first + since + length))] {
                    let mut query = query(2, by);
                    query.campaign = campaign.map(CampaignId::new);
                    if let Some((since, until)) = range {
                        (query.since, query.until) = (Hour(since), Hour(until));
                    }
                    let report = reader.report_blocking(&query).unwrap();
                    prop_assert_eq!(report, scan(&raw, &query));
                }
            }
        }
    }
}

#[test]
fn the_columns_of_the_counts_are_the_metrics() {
    let place = place();
    drop(place.open());
    let connection = rusqlite::Connection::open(&place.path).unwrap();
    let mut query = connection
        .prepare("SELECT name FROM pragma_table_info('counts')")
        .unwrap();
    let names = query.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let names: Vec<String> = names.map(Result::unwrap).collect();
    let keys = ["tenant_id", "hour", "cell_id"];
    let metrics = Metric::ALL.iter().map(|metric| metric.as_str());
    let expected: Vec<&str> = keys
        .into_iter()
        .chain(metrics)
        .chain(["spend_nanos"])
        .collect();
    assert_eq!(names, expected);
}

/// What is settled in orders is what these entries say.
fn assert_orders(recovered: &Recovered, entries: &[Entry]) {
    let is_in_order = |entry: &&Entry| entry.settlement.order.is_some();
    let entries: Vec<Entry> = entries.iter().filter(is_in_order).copied().collect();
    let postings = post(&entries);
    let [in_order] = recovered.spent_orders.as_slice() else {
        panic!("{:?}", recovered.spent_orders);
    };
    let expected = &postings.orders[&ORDER];
    assert_eq!(in_order.id, ORDER);
    assert_eq!(in_order.impressions, expected.impressions);
    assert_eq!(in_order.spend, expected.spend);
    assert_eq!(in_order.days, expected.days);
}

#[test]
fn everything_is_found_again_after_a_restart() {
    let place = place();
    let (mut ledger, _, fresh_start) = place.open();
    assert_eq!((fresh_start.replayed, fresh_start.next_segment), (0, 0));
    let first: Vec<Entry> = (0..50)
        .map(|id| settled(event(id, EventKind::Impression, 0)))
        .collect();
    let second: Vec<Entry> = (0..50)
        .map(|id| settled(event(id, EventKind::Start, 1)))
        .collect();
    write(&mut ledger, &first);
    let mut book = Book::default();
    for entry in &first {
        book.apply(&entry.event);
    }
    ledger
        .write(&checkpoint(&book, PageKey(0), Timestamp::default()))
        .unwrap();
    write(&mut ledger, &second);
    let postings = Postings::default();
    let claim = Batch {
        next_segment: Some(9),
        ..batch(&[], &postings)
    };
    ledger.write(&claim).unwrap();
    // Dropped without closing, as a crash would.
    drop(ledger);

    let (mut ledger, _, mut recovered) = place.open();
    assert_eq!(
        (
            recovered.replayed,
            recovered.rebuilt,
            recovered.next_segment
        ),
        (1, false, 9)
    );
    for entry in first.iter().chain(&second) {
        assert_eq!(recovered.book.apply(&entry.event), Verdict::Duplicate);
    }
    assert_eq!(
        recovered.book.apply(&event(0, EventKind::Complete, 2)),
        Verdict::Fresh
    );
    let units: u64 = recovered.spent.iter().map(|spent| spent.impressions).sum();
    let expected = first.iter().filter(|entry| entry.settlement.unit).count();
    assert_eq!(units, expected as u64);
    let spend: i64 = recovered.spent.iter().map(|spent| spent.spend.0).sum();
    let by_day: i64 = recovered
        .spent
        .iter()
        .flat_map(|spent| &spent.days)
        .map(|(_day, spend)| spend.0)
        .sum();
    let charged: i64 = first.iter().map(|entry| entry.charged().0).sum();
    assert_eq!((spend, by_day), (charged, charged));
    assert_orders(&recovered, &first);

    // The replayed batch was kept, and the numbers of batches go on.
    write(&mut ledger, &[settled(event(0, EventKind::Complete, 2))]);
    drop(ledger);
    let (_, _, again) = place.open();
    assert_eq!(again.replayed, 1);
}

#[test]
fn counts_that_a_crash_left_behind_are_made_up_from_the_batches() {
    let place = place();
    let (mut ledger, ..) = place.open();
    let entries: Vec<Entry> = (0..60)
        .map(|id| settled(event(id, EventKind::Impression, id % 3)))
        .collect();
    write(&mut ledger, &entries[..20]);
    let none = Postings::default();
    for part in [&entries[20..40], &entries[40..]] {
        let batch = Batch {
            postings: None,
            ..batch(part, &none)
        };
        ledger.write(&batch).unwrap();
    }
    drop(ledger);
    // Whether the pages are kept or made again, each event is counted once.
    for damage in [
        "SELECT 1",
        "INSERT OR REPLACE INTO seen_pages VALUES (0, x'00')",
    ] {
        place.meddle(damage);
        let (ledger, reader, recovered) = place.open();
        for tenant in [1, 2] {
            let query = query(tenant, StatsBy::Total);
            assert_eq!(
                reader.report_blocking(&query).unwrap(),
                scan(&entries, &query)
            );
        }
        let units: u64 = recovered.spent.iter().map(|spent| spent.impressions).sum();
        let expected = entries.iter().filter(|entry| entry.settlement.unit).count();
        assert_eq!(units, expected as u64);
        drop(ledger);
    }
}

#[test]
fn damaged_pages_are_made_again_from_the_batches() {
    for damage in [
        "UPDATE seen_pages SET page = zeroblob(length(page))",
        "UPDATE seen_pages SET page = substr(page, 2)",
    ] {
        let place = place();
        let (mut ledger, _, mut recovered) = place.open();
        let entries: Vec<Entry> = (0..3 * PAGE_ADS as u64)
            .step_by(100)
            .map(|id| settled(event(id, EventKind::Start, 0)))
            .collect();
        write(&mut ledger, &entries);
        for entry in &entries {
            recovered.book.apply(&entry.event);
        }
        ledger
            .write(&checkpoint(
                &recovered.book,
                PageKey(1),
                Timestamp::default(),
            ))
            .unwrap();
        drop(ledger);
        place.meddle(damage);
        let (ledger, _, mut recovered) = place.open();
        assert!(recovered.rebuilt);
        for entry in &entries {
            let forgotten = PageKey::of(entry.event.ad.id) < PageKey(1);
            let expected = if forgotten {
                Verdict::Forgotten
            } else {
                Verdict::Duplicate
            };
            assert_eq!(recovered.book.apply(&entry.event), expected);
        }
        drop(ledger);
        let (_, _, again) = place.open();
        assert!(!again.rebuilt, "the new pages were kept");
    }
}

#[test]
fn a_damaged_ledger_is_refused_by_the_number_of_the_batch() {
    let cases = [
        (
            "UPDATE batches SET events = zeroblob(9) WHERE id = 2",
            "batch 2",
        ),
        (
            "UPDATE batches SET events = substr(events, 1, 20) WHERE id = 3",
            "batch 3",
        ),
        ("DELETE FROM batches WHERE id = 2", "batch 2"),
        (
            "UPDATE batches SET events = (SELECT events FROM batches WHERE id = 1) WHERE id = 3",
            "batch 3",
        ),
    ];
    for (damage, named) in cases {
        let place = place();
        let (mut ledger, _, _) = place.open();
        for id in 0..3 {
            write(&mut ledger, &[settled(event(id, EventKind::Start, 0))]);
        }
        drop(ledger);
        place.meddle(damage);
        let error = Ledger::open(&place.path, START).unwrap_err().to_string();
        assert!(error.contains(named), "{damage}: {error}");
    }
}

#[test]
fn old_batches_and_pages_are_dropped_and_the_numbers_go_on() {
    let place = place();
    let (mut ledger, _, mut recovered) = place.open();
    for id in 0..10 {
        let entry = settled(event(id * PAGE_ADS as u64, EventKind::Start, 0));
        recovered.book.apply(&entry.event);
        write(&mut ledger, &[entry]);
    }
    let rows = || {
        let connection = rusqlite::Connection::open(&place.path).unwrap();
        let count = |table: &str| -> u32 {
            let sql = format!("SELECT count(*) FROM {table}");
            connection.query_row(&sql, [], |row| row.get(0)).unwrap()
        };
        (count("batches"), count("seen_pages"))
    };
    ledger
        .write(&checkpoint(&recovered.book, PageKey(0), START))
        .unwrap();
    assert_eq!(rows(), (10, 10), "nothing is older than its own instant");
    ledger
        .write(&checkpoint(
            &recovered.book,
            PageKey(7),
            START.plus(Millis(1)),
        ))
        .unwrap();
    assert_eq!(rows(), (1, 3));
    recovered.book.mark_kept();
    drop(ledger);
    let (mut ledger, _, mut recovered) = place.open();
    assert_eq!(recovered.replayed, 0);
    assert_eq!(
        recovered.book.apply(&event(0, EventKind::Start, 0)),
        Verdict::Forgotten
    );
    write(
        &mut ledger,
        &[settled(event(9 * PAGE_ADS as u64, EventKind::Complete, 0))],
    );
    drop(ledger);
    let (_, _, recovered) = place.open();
    assert_eq!(recovered.replayed, 1);
}

#[test]
fn a_checkpoint_drops_more_batches_than_came_since_the_last() {
    let place = place();
    let (mut ledger, _, mut recovered) = place.open();
    // As on a node whose batches are small: more of them than one checkpoint drops at least.
    for id in 0..600 {
        let entry = settled(event(id, EventKind::Start, 0));
        recovered.book.apply(&entry.event);
        write(&mut ledger, &[entry]);
    }
    let later = START.plus(Millis(1));
    ledger
        .write(&checkpoint(&recovered.book, PageKey(0), later))
        .unwrap();
    let connection = rusqlite::Connection::open(&place.path).unwrap();
    let left: u32 = connection
        .query_row("SELECT count(*) FROM batches", [], |row| row.get(0))
        .unwrap();
    assert_eq!(left, 1, "raw events would be kept for ever");
}

#[test]
fn a_full_disk_refuses_the_whole_batch_and_heals() {
    let place = place();
    let (mut ledger, reader, _) = place.open();
    let entries: Vec<Entry> = (0..20_000)
        .map(|id| settled(event(id, EventKind::Start, id % 50)))
        .collect();
    write(&mut ledger, &entries[..10]);
    let pages: i64 = ledger
        .connection
        .query_row("PRAGMA page_count", [], |row| row.get(0))
        .unwrap();
    ledger
        .connection
        .pragma_update(None, "max_page_count", pages + 2)
        .unwrap();
    let postings = post(&entries[10..]);
    for _ in 0..3 {
        let error = ledger.write(&batch(&entries[10..], &postings)).unwrap_err();
        assert!(matches!(error, WriteError::Refused(_)), "{error:?}");
    }
    let total = |reader: &LedgerReader| {
        let starts = |tenant| {
            let report = reader
                .report_blocking(&query(tenant, StatsBy::Total))
                .unwrap();
            report.totals.of(Metric::Starts)
        };
        starts(1) + starts(2)
    };
    assert_eq!(total(&reader), 10);
    ledger
        .connection
        .pragma_update(None, "max_page_count", 1_000_000)
        .unwrap();
    ledger.write(&batch(&entries[10..], &postings)).unwrap();
    assert_eq!(total(&reader), 20_000);
    assert_eq!(place.raw().len(), 20_000);
}

#[test]
fn calls_are_reported_by_channel_and_never_by_campaign() {
    let place = place();
    let (mut ledger, reader, _) = place.open();
    let mut postings = Postings::default();
    let channel = Some(ChannelId::new(7));
    let hour = Hour::of(START);
    for _ in 0..3 {
        postings.request(Cell::of_request(tenant(1), channel), hour, None);
        postings.request(Cell::of_request(tenant(1), None), hour, Some("budget"));
    }
    postings.request(Cell::of_request(tenant(2), None), hour, Some("no_demand"));
    let ad = ServedAd {
        channel,
        tenant: tenant(1),
        ..ad(1)
    };
    postings.serve(&ad);
    ledger.write(&batch(&[], &postings)).unwrap();

    let report = |by| reader.report_blocking(&query(1, by)).unwrap();
    let by_channel = report(StatsBy::Channel);
    assert_eq!(by_channel.totals.of(Metric::Requests), 6);
    assert_eq!(by_channel.totals.fill_rate(), Some(1.0 / 6.0));
    assert_eq!(
        by_channel.rows[&Group::Channel(channel)].of(Metric::Requests),
        3
    );
    assert_eq!(
        by_channel.rows[&Group::Channel(channel)].of(Metric::Served),
        1
    );
    assert_eq!(
        by_channel.rows[&Group::Channel(None)].of(Metric::Requests),
        3
    );
    assert_eq!(by_channel.no_fill, [("budget".to_owned(), 3)]);
    let by_campaign = report(StatsBy::Campaign);
    assert_eq!(by_campaign.totals.of(Metric::Requests), 6);
    let rows: Vec<_> = by_campaign.rows.keys().copied().collect();
    assert_eq!(rows, [Group::Campaign(ad.campaign)]);
}

#[test]
fn a_flat_fee_is_spent_once_where_the_first_impression_was() {
    let place = place();
    let (mut ledger, reader, _) = place.open();
    let flat: Vec<u64> = (0..60)
        .filter(|&id| ad(id).price_model == PriceModel::Flat)
        .collect();
    let campaign = ad(flat[0]).campaign;
    let owner = ad(flat[0]).tenant;
    // Started first, seen two hours later.
    write(&mut ledger, &[settled(event(flat[0], EventKind::Start, 0))]);
    for hours in [2, 3] {
        let entries: Vec<Entry> = flat
            .iter()
            .map(|&id| settled(event(id + 600 * hours, EventKind::Impression, hours)))
            .filter(|entry| entry.event.ad.campaign == campaign)
            .collect();
        write(&mut ledger, &entries);
    }
    let fee = Nanos(7_000_000_000);
    let ask = |by, hours: Option<(u64, u64)>| {
        let mut query = query(owner.get(), by);
        query.fees = vec![(campaign, fee), (CampaignId::new(999), fee)];
        if let Some((since, until)) = hours {
            let hour = |hours| Hour::of(START.plus(Millis(hours * HOUR)));
            (query.since, query.until) = (hour(since), hour(until));
        }
        reader.report_blocking(&query).unwrap()
    };
    assert_eq!(ask(StatsBy::Total, None).totals.spend, fee);
    assert_eq!(ask(StatsBy::Total, Some((0, 2))).totals.spend, Nanos::ZERO);
    assert_eq!(ask(StatsBy::Total, Some((3, 9))).totals.spend, Nanos::ZERO);
    let hour = Group::Hour(START.plus(Millis(2 * HOUR)));
    assert_eq!(ask(StatsBy::Hour, None).rows[&hour].spend, fee);
    for by in GROUPS {
        let report = ask(by, None);
        let rows: i64 = report.rows.values().map(|row| row.spend.0).sum();
        assert_eq!((report.totals.spend, rows), (fee, fee.0), "{by:?}");
    }
    // Another tenant cannot make it spend by naming it.
    let mut foreign = query(3 - owner.get(), StatsBy::Total);
    foreign.fees = vec![(campaign, fee)];
    assert_eq!(
        reader.report_blocking(&foreign).unwrap().totals.spend,
        Nanos::ZERO
    );
}

#[test]
fn one_campaign_is_found_through_its_index() {
    let place = place();
    let (ledger, _, _) = place.open();
    let mut query = query(1, StatsBy::Total);
    query.campaign = Some(CampaignId::new(2));
    for table in ["counts", "error_counts"] {
        let source = stats::source(table, &query);
        let sql = format!("EXPLAIN QUERY PLAN SELECT 1 {source}");
        let mut statement = ledger.connection.prepare(&sql).unwrap();
        let mut plan = String::new();
        let mut steps = statement.raw_query();
        while let Some(step) = steps.next().unwrap() {
            plan += &step.get::<_, String>(3).unwrap();
        }
        let index = format!("{table}_by_cell (cell_id=? AND hour>? AND hour<?)");
        assert!(plan.contains(&index), "{plan}");
        assert!(!plan.contains("SCAN"), "{plan}");
    }
}
