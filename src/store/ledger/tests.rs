//! The ledger on a real file: what is written is read back, counted right, and kept.

use std::path::PathBuf;

use proptest::prelude::*;

use super::*;
use crate::ledger::{
    Book, Call, Cut, CutError, Dimension, Due, Entry, Figures, Filter, GroupKey, Hour, Metric,
    PAGE_ADS, PageKey, Postings, Settlement, Sums, Verdict, decode, is_billable,
};
use crate::model::zone::Day;
use crate::model::{
    CampaignId, ChannelId, Country, CreativeId, DeviceType, Event, EventKind, Millis, Nanos,
    OrderId, PriceModel, Receiver, ServedAd, ServedAdId, TenantId, Timestamp, Zone,
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
        receiver: receiver(small),
    }
}

/// Some say nothing, some of the country alone.
fn receiver(small: u32) -> Receiver {
    let country = Country::said([None, Some("US"), Some("DE")][small as usize % 3]);
    match small % 7 {
        0 => Receiver::UNKNOWN,
        1 => Receiver::new(DeviceType::Unknown, country),
        2 => Receiver::OTHER,
        device => Receiver::new(DeviceType::ALL[device as usize], country),
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

fn query(tenant: u32, dimensions: &[Dimension]) -> CutQuery {
    let all = CutQuery::all(TenantId::new(tenant));
    CutQuery {
        cut: Cut {
            dimensions: dimensions.to_vec(),
            zone: "America/New_York".parse().unwrap(),
            ..all.cut
        },
        ..all
    }
}

/// Where an event stands, found the slow way.
fn standing(query: &CutQuery, dimension: Dimension, event: &Event) -> i64 {
    let (ad, hour, zone) = (&event.ad, event.at.hour(), &query.cut.zone);
    match dimension {
        Dimension::Hour => hour.millis(),
        Dimension::Day => zone.periods(hour).day.millis(),
        Dimension::Week => zone.periods(hour).week.millis(),
        Dimension::Campaign => ad.campaign.get().into(),
        Dimension::Creative => ad.creative.get().into(),
        Dimension::Channel => ad.channel.map_or(0, |channel| channel.get().into()),
        Dimension::Device => ad.receiver.device() as i64,
        Dimension::Country => ad.receiver.country().number().into(),
    }
}

fn is_meant(query: &CutQuery, event: &Event) -> bool {
    let (ad, filter, hour) = (&event.ad, &query.cut.filter, Hour::of(event.at));
    let channel = ad.channel.map_or(0, ChannelId::get);
    let among =
        |only: &Option<Vec<u32>>, id: u32| only.as_ref().is_none_or(|only| only.contains(&id));
    let devices = filter.devices.as_ref();
    let countries = filter.countries.as_ref();
    ad.tenant == query.tenant
        && among(&filter.campaigns, ad.campaign.get())
        && among(&filter.creatives, ad.creative.get())
        && among(&filter.channels, channel)
        && devices.is_none_or(|only| only.contains(&ad.receiver.device()))
        && countries.is_none_or(|only| only.contains(&ad.receiver.country()))
        && hour >= query.cut.since
        && hour < query.cut.until
}

/// The report, made by going through all entries one by one.
fn scan(entries: &[Entry], query: &CutQuery) -> Sums {
    let mut sums = Sums::default();
    let meant = entries.iter().filter(|entry| is_meant(query, &entry.event));
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
            *sums.errors.entry(code).or_default() += 1;
        }
        let dimensions = query.cut.dimensions.iter();
        let key: GroupKey = dimensions
            .map(|&dimension| standing(query, dimension, event))
            .collect();
        sums.totals.merge(&figures);
        sums.groups.entry(key).or_default().merge(&figures);
    }
    sums
}

const CUTS: &[&[Dimension]] = &[
    &[],
    &[Dimension::Hour],
    &[Dimension::Day],
    &[Dimension::Week],
    &[Dimension::Campaign],
    &[Dimension::Creative],
    &[Dimension::Channel],
    &[Dimension::Device],
    &[Dimension::Country],
    &[Dimension::Country, Dimension::Day],
    &[Dimension::Hour, Dimension::Campaign, Dimension::Device],
    &[
        Dimension::Channel,
        Dimension::Week,
        Dimension::Creative,
        Dimension::Country,
    ],
];

fn filters() -> Vec<Filter> {
    let none = Filter::default;
    let campaigns = |ids: &[u32]| Filter {
        campaigns: Some(ids.to_vec()),
        ..none()
    };
    vec![
        none(),
        campaigns(&[1]),
        campaigns(&[4]),
        campaigns(&[99]),
        campaigns(&[2, 4, 6]),
        Filter {
            channels: Some(vec![0, 4]),
            devices: Some(vec![DeviceType::Console, DeviceType::Unknown]),
            ..none()
        },
        Filter {
            countries: Some(vec![Country::said(Some("DE"))]),
            creatives: Some(vec![20, 41, 61]),
            ..none()
        },
    ]
}

/// What happens to a ledger between two batches.
#[derive(Debug, Clone, Copy)]
enum Pause {
    Nothing,
    /// It is opened anew.
    Restart,
    /// All hours that are over after so many of them are packed.
    Seal(u64),
}

fn any_pause() -> impl Strategy<Value = Pause> {
    prop_oneof![
        Just(Pause::Nothing),
        Just(Pause::Restart),
        (0..1_200_u64).prop_map(Pause::Seal),
    ]
}

fn seal(ledger: &mut Ledger, now: Timestamp) {
    // As after a restart: hours that came late are looked for again.
    ledger.sealed_to = Hour(i64::MIN);
    while ledger.seal(now).unwrap() == Sealed::Some {}
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Over weeks, through both changes of the clocks of New York in 2026 where the hours reach
    /// that far: the first is on 8 March.
    #[test]
    fn reports_equal_a_scan_of_the_raw_events(
        history in prop::collection::vec(
            (0..240_u64, prop::sample::select(EventKind::ALL), 0..400_u64), 0..400),
        pauses in prop::collection::vec((any::<prop::sample::Index>(), any_pause()), 0..8),
        since in 0..300_i64,
        length in 0..300_i64,
        pick in any::<prop::sample::Index>(),
    ) {
        let place = place();
        let (mut ledger, mut reader, _) = place.open();
        let mut book = Book::default();
        let fresh: Vec<Entry> = history.into_iter()
            .map(|(id, kind, hours)| event(id, kind, hours))
            .filter(|event| book.apply(event) == Verdict::Fresh)
            .map(settled).collect();
        let mut ends: Vec<(usize, Pause)> = pauses
            .iter()
            .map(|(cut, pause)| (cut.index(fresh.len() + 1), *pause))
            .collect();
        ends.extend([(0, Pause::Nothing), (fresh.len(), Pause::Nothing)]);
        ends.sort_by_key(|&(end, _pause)| end);
        for pair in ends.windows(2) {
            write(&mut ledger, &fresh[pair[0].0..pair[1].0]);
            match pair[1].1 {
                Pause::Nothing => {}
                Pause::Restart => {
                    drop(ledger);
                    (ledger, reader, _) = place.open();
                }
                Pause::Seal(hours) => seal(&mut ledger, START.plus(Millis(hours * HOUR))),
            }
        }
        let raw = place.raw();
        prop_assert_eq!(&raw, &fresh);
        let first = Hour::of(START).0;
        for cut in CUTS {
            for filter in [Filter::default(), pick.get(&filters()).clone()] {
                for range in [None, Some((first + since, first + since + length))] {
                    let mut query = query(2, cut);
                    query.cut.filter = filter.clone();
                    if let Some((since, until)) = range {
                        (query.cut.since, query.cut.until) = (Hour(since), Hour(until));
                    }
                    let report = reader.report_blocking(&query).unwrap();
                    prop_assert_eq!(report, scan(&raw, &query));
                }
            }
        }
    }
}

#[test]
fn hours_that_are_over_become_one_digest_a_day() {
    let place = place();
    let (mut ledger, reader, _) = place.open();
    let entries: Vec<Entry> = (0..600)
        .map(|id| settled(event(id, EventKind::Error, id % 60)))
        .collect();
    write(&mut ledger, &entries);
    let count = |table: &str| -> i64 {
        let sql = format!("SELECT count(*) FROM {table}");
        let connection = rusqlite::Connection::open(&place.path).unwrap();
        connection.query_row(&sql, [], |row| row.get(0)).unwrap()
    };
    let now = START.plus(Millis(50 * HOUR));
    seal(&mut ledger, now);
    // Two whole days are packed by the day, what is left of the third by the hour, and the
    // running hour and those after it are rows.
    let running = entries
        .iter()
        .filter(|entry| entry.event.at.hour() >= now.minus(Millis(HOUR)));
    assert!(count("counts") <= i64::try_from(running.count()).unwrap());
    assert!(count("counts") > 0 && count("error_counts") > 0);
    let kinds = |hours: i64| count(&format!("digests WHERE hours = {hours}"));
    // Even hours are all of one tenant.
    assert_eq!((kinds(24), kinds(1)), (4, 1));
    for tenant in [1, 2] {
        let query = query(tenant, &[Dimension::Hour, Dimension::Device]);
        let report = reader.report_blocking(&query).unwrap();
        assert_eq!(report, scan(&entries, &query));
    }
    // Counts that come late, and an hour that is packed twice, are added.
    let late: Vec<Entry> = (600..700)
        .map(|id| settled(event(id, EventKind::Start, id % 60)))
        .collect();
    write(&mut ledger, &late);
    seal(&mut ledger, START.plus(Millis(99 * HOUR)));
    assert_eq!((count("counts"), count("error_counts")), (0, 0));
    let all = [entries, late].concat();
    for tenant in [1, 2] {
        let query = query(tenant, &[Dimension::Hour, Dimension::Country]);
        let report = reader.report_blocking(&query).unwrap();
        assert_eq!(report, scan(&all, &query));
    }
}

/// What the version before receivers were counted left behind.
const BEFORE: &str = "
    INSERT INTO cells VALUES (1, 1, 0, 0, 7), (2, 1, 3, 30, 7), (3, 2, 0, 0, 0);
    INSERT INTO counts (tenant_id, hour, cell_id, requests) VALUES (1, 492312, 1, 10);
    INSERT INTO counts (tenant_id, hour, cell_id, requests) VALUES (1, 492313, 1, 5);
    INSERT INTO counts (tenant_id, hour, cell_id, requests) VALUES (2, 492312, 3, 4);
    INSERT INTO counts (tenant_id, hour, cell_id, served, impressions, errors, spend_nanos)
        VALUES (1, 492312, 2, 6, 5, 1, 120000);
    INSERT INTO error_counts VALUES (1, 492312, 2, 402, 1);
    INSERT INTO no_fill_counts VALUES (1, 492312, 1, 'budget', 3), (1, 492312, 1, 'paced', 1);
    INSERT INTO no_fill_counts VALUES (2, 492312, 3, 'no_demand', 4);
    INSERT INTO spent VALUES (3, 1, 5, 120000, 492312, 2);
";

#[test]
fn a_ledger_of_the_version_before_is_brought_up_to_date_with_all_that_it_counted() {
    let place = place();
    let before = Box::leak(Box::new(crate::store::sqlite::Schema {
        migrations: &SCHEMA.migrations[..3],
        ..SCHEMA
    }));
    let old = crate::store::sqlite::Database::open(&place.path, before, START).unwrap();
    drop(old);
    place.meddle(BEFORE);
    let (mut ledger, reader, recovered) = place.open();
    assert_eq!(recovered.spent.len(), 1);
    let check = || {
        let report = reader
            .report_blocking(&query(1, &[Dimension::Device]))
            .unwrap();
        let totals = &report.totals;
        let counts = [
            Metric::Requests,
            Metric::Unfilled,
            Metric::Served,
            Metric::Impressions,
        ];
        assert_eq!(counts.map(|metric| totals.of(metric)), [15, 4, 6, 5]);
        assert_eq!(totals.spend, Nanos(120_000));
        assert_eq!(report.errors, [(402, 1)].into());
        let reasons = [("budget".to_owned(), 3), ("paced".to_owned(), 1)];
        assert_eq!(report.no_fill, reasons.into());
        let unknown = GroupKey::from_slice(&[DeviceType::Unknown as i64]);
        assert_eq!(report.groups.keys().collect::<Vec<_>>(), [&unknown]);
        let mut fees = query(1, &[Dimension::Campaign]);
        fees.fees = vec![(CampaignId::new(3), Nanos(7))];
        let report = reader.report_blocking(&fees).unwrap();
        let campaign = GroupKey::from_slice(&[3]);
        assert_eq!(report.groups[&campaign].spend, Nanos(120_007));
        let other = reader.report_blocking(&query(2, &[])).unwrap();
        assert_eq!(other.totals.of(Metric::Unfilled), 4);
    };
    check();
    seal(&mut ledger, START.plus(Millis(72 * HOUR)));
    check();
    drop(ledger);
    let (_ledger, _reader, again) = place.open();
    assert_eq!(again.replayed, 0);
    check();
}

#[test]
fn a_damaged_digest_is_reported_and_changes_nothing() {
    let place = place();
    let (mut ledger, reader, _) = place.open();
    write(&mut ledger, &[settled(event(2, EventKind::Start, 0))]);
    seal(&mut ledger, START.plus(Millis(3 * HOUR)));
    place.meddle("UPDATE digests SET packed = substr(packed, 1, 9)");
    let error = reader.report_blocking(&query(1, &[])).unwrap_err();
    assert!(
        matches!(error, ReportError::Cut(CutError::Damaged(_))),
        "{error}"
    );
    write(&mut ledger, &[settled(event(4, EventKind::Start, 0))]);
    ledger.sealed_to = Hour(i64::MIN);
    let error = ledger.seal(START.plus(Millis(3 * HOUR))).unwrap_err();
    assert!(matches!(error, SealError::Damaged(_)), "{error}");
    // The writer goes on.
    write(&mut ledger, &[settled(event(6, EventKind::Start, 3))]);
}

#[test]
fn too_many_receivers_of_an_hour_are_counted_as_others_and_said() {
    let place = place();
    let (mut ledger, reader, _) = place.open();
    let hour = Hour::of(START);
    let call = |channel: u32, device: usize| Call {
        tenant: tenant(1),
        channel: Some(ChannelId::new(channel)),
        receiver: Receiver::new(DeviceType::ALL[1 + device], Country::said(Some("US"))),
        wanted: Some(Millis(1_000)),
    };
    let channels = u32::try_from(RECEIVER_CELLS_MAX).unwrap() / 4 + 100;
    for device in 0..4 {
        let mut postings = Postings::default();
        for channel in 1..=channels {
            postings.request(&call(channel, device), hour, Some("budget"));
        }
        ledger.write(&batch(&[], &postings)).unwrap();
        drop(ledger);
        (ledger, ..) = place.open();
    }
    let all = u64::from(channels) * 4;
    let folded = all - RECEIVER_CELLS_MAX as u64;
    let report = reader
        .report_blocking(&query(1, &[Dimension::Device]))
        .unwrap();
    assert_eq!(report.totals.of(Metric::Requests), all);
    assert_eq!(report.totals.of(Metric::AskedMs), all * 1_000);
    assert_eq!(report.totals.of(Metric::Folded), folded);
    assert_eq!(report.no_fill, [("budget".to_owned(), all)].into());
    let other = GroupKey::from_slice(&[DeviceType::Other as i64]);
    assert_eq!(report.groups[&other].of(Metric::Requests), folded);
    // The next hour, and another tenant, have room of their own.
    let mut postings = Postings::default();
    postings.request(&call(1, 5), Hour(hour.0 + 1), None);
    let foreign = Call {
        tenant: tenant(2),
        ..call(1, 5)
    };
    postings.request(&foreign, hour, None);
    ledger.write(&batch(&[], &postings)).unwrap();
    let apart = GroupKey::from_slice(&[DeviceType::ALL[6] as i64]);
    for owner in [1, 2] {
        let report = reader
            .report_blocking(&query(owner, &[Dimension::Device]))
            .unwrap();
        assert_eq!(report.groups[&apart].of(Metric::Requests), 1);
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
    let mut expected: Vec<&str> = keys
        .into_iter()
        .chain(metrics)
        .chain(["spend_nanos"])
        .collect();
    let mut names = names;
    names.sort_unstable();
    expected.sort_unstable();
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
            let query = query(tenant, &[]);
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
            let report = reader.report_blocking(&query(tenant, &[])).unwrap();
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
    let call = |owner: u32, channel| Call {
        tenant: tenant(owner),
        channel,
        receiver: Receiver::UNKNOWN,
        wanted: None,
    };
    for _ in 0..3 {
        postings.request(&call(1, channel), hour, None);
        postings.request(&call(1, None), hour, Some("budget"));
    }
    postings.request(&call(2, None), hour, Some("no_demand"));
    let ad = ServedAd {
        channel,
        tenant: tenant(1),
        ..ad(1)
    };
    postings.serve(&call(1, channel), &ad);
    ledger.write(&batch(&[], &postings)).unwrap();

    let report = |by| reader.report_blocking(&query(1, &[by])).unwrap();
    let by_channel = report(Dimension::Channel);
    assert_eq!(by_channel.totals.of(Metric::Requests), 6);
    assert_eq!(by_channel.totals.of(Metric::Unfilled), 3);
    let key = |id: u32| GroupKey::from_slice(&[id.into()]);
    assert_eq!(by_channel.groups[&key(7)].of(Metric::Requests), 3);
    assert_eq!(by_channel.groups[&key(7)].of(Metric::Served), 1);
    assert_eq!(by_channel.groups[&key(0)].of(Metric::Requests), 3);
    assert_eq!(by_channel.no_fill, [("budget".to_owned(), 3)].into());
    let by_campaign = report(Dimension::Campaign);
    assert_eq!(by_campaign.totals.of(Metric::Requests), 6);
    let rows: Vec<_> = by_campaign.groups.into_keys().collect();
    assert_eq!(rows, [key(ad.campaign.get())]);
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
    let ask = |by: &[Dimension], hours: Option<(u64, u64)>| {
        let mut query = query(owner.get(), by);
        query.fees = vec![(campaign, fee), (CampaignId::new(999), fee)];
        if let Some((since, until)) = hours {
            let hour = |hours| Hour::of(START.plus(Millis(hours * HOUR)));
            (query.cut.since, query.cut.until) = (hour(since), hour(until));
        }
        reader.report_blocking(&query).unwrap()
    };
    assert_eq!(ask(&[], None).totals.spend, fee);
    assert_eq!(ask(&[], Some((0, 2))).totals.spend, Nanos::ZERO);
    assert_eq!(ask(&[], Some((3, 9))).totals.spend, Nanos::ZERO);
    let hour = GroupKey::from_slice(&[START.plus(Millis(2 * HOUR)).millis()]);
    let by_hour = ask(&[Dimension::Hour], None);
    assert_eq!(by_hour.groups[&hour].spend, fee);
    for by in CUTS {
        let report = ask(by, None);
        let rows: i64 = report.groups.values().map(|row| row.spend.0).sum();
        assert_eq!((report.totals.spend, rows), (fee, fee.0), "{by:?}");
    }
    // Another tenant cannot make it spend by naming it.
    let mut foreign = query(3 - owner.get(), &[]);
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
    let mut query = query(1, &[]);
    query.cut.filter.campaigns = Some(vec![2]);
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
