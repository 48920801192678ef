//! What a year of counts costs to report.
//!
//! Run with `cargo bench --bench reports`. One tenant has 200 campaigns that are shown in every
//! hour of a year, each on another channel, type of device and country every day: 1.75 million
//! cells and hours. Each figure is one report, from the file to the sums, warm.

use std::sync::OnceLock;

use adserve::ledger::measure::Measure;
use adserve::ledger::{Cell, Cut, Dimension, Figures, Filter, Hour, Metric, Postings, Wanted};
use adserve::model::{
    CampaignId, ChannelId, Country, CreativeId, DeviceType, Nanos, Receiver, TenantId, Timestamp,
};
use adserve::store::ledger::{Batch, CutQuery, Ledger, LedgerReader, Sealed};
use divan::{Bencher, black_box};

const CAMPAIGNS: u32 = 200;
const FIRST: Hour = Hour(490_896);
const HOURS: i64 = 365 * 24;
const COUNTRIES: [&str; 8] = ["US", "CA", "MX", "DE", "FR", "GB", "ES", "IT"];

fn main() {
    divan::main();
}

struct Year {
    reader: LedgerReader,
    _folder: tempfile::TempDir,
}

fn cell(creative: u32, hour: i64) -> Cell {
    let turn = u32::try_from(hour).expect("hours of a year are few") / 24 + creative;
    let device = DeviceType::ALL[1 + turn as usize % 5];
    let country = COUNTRIES[(turn / 5) as usize % COUNTRIES.len()];
    Cell {
        tenant: TenantId::new(1),
        campaign: Some(CampaignId::new(1 + creative)),
        creative: Some(CreativeId::new(1 + creative)),
        channel: Some(ChannelId::new(1 + turn % 10)),
        receiver: Receiver::new(device, Country::said(Some(country))),
    }
}

fn figures(creative: u32, hour: i64) -> Figures {
    let mut figures = Figures::default();
    let shown = 50 + u64::from(creative) + hour.unsigned_abs() % 24 * 10;
    for (metric, count) in [
        (Metric::Served, shown + 5),
        (Metric::FilledMs, (shown + 5) * 30_000),
        (Metric::Impressions, shown),
        (Metric::Starts, shown),
        (Metric::FirstQuartiles, shown - 2),
        (Metric::Midpoints, shown - 4),
        (Metric::ThirdQuartiles, shown - 6),
        (Metric::Completions, shown - 9),
        (Metric::Clicks, shown % 3),
        (Metric::Billable, shown),
    ] {
        figures.add(metric, count);
    }
    figures.charge(Nanos(
        24_000_000 * i64::try_from(shown).expect("it is small"),
    ));
    figures
}

/// The year, made once.
fn year() -> &'static Year {
    static YEAR: OnceLock<Year> = OnceLock::new();
    YEAR.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary directory");
        let path = folder.path().join("ledger.db");
        let now = Hour(FIRST.0 + HOURS + 2).start();
        let opened = Ledger::open(&path, now).expect("a new ledger");
        let (mut ledger, reader, _recovered) = opened;
        for day in 0..HOURS / 24 {
            let mut postings = Postings::default();
            for hour in day * 24..(day + 1) * 24 {
                for creative in 0..CAMPAIGNS {
                    let key = (Hour(FIRST.0 + hour), cell(creative, hour));
                    postings.figures.insert(key, figures(creative, hour));
                }
            }
            write(&mut ledger, &postings);
            seal(&mut ledger, Hour(FIRST.0 + (day + 1) * 24 + 1).start());
        }
        ledger.close().expect("the disk takes it");
        Year {
            reader,
            _folder: folder,
        }
    })
}

fn write(ledger: &mut Ledger, postings: &Postings) {
    let batch = Batch {
        at: Timestamp::default(),
        entries: &[],
        postings: Some(postings),
        checkpoint: None,
        next_segment: None,
    };
    ledger.write(&batch).expect("the disk takes it");
}

fn seal(ledger: &mut Ledger, now: Timestamp) {
    while ledger.seal(now).expect("the disk takes it") == Sealed::Some {}
}

fn report(bencher: Bencher<'_, '_>, dimensions: &[Dimension], metrics: &[&str], filter: Filter) {
    let year = year();
    let measures: Vec<Measure> = metrics
        .iter()
        .map(|name| Measure::named(name).expect("a metric"))
        .collect();
    let all = CutQuery::all(TenantId::new(1));
    let query = CutQuery {
        cut: Cut {
            dimensions: dimensions.to_vec(),
            zone: "America/New_York".parse().expect("a zone"),
            wanted: Wanted::of(&measures),
            filter,
            ..all.cut
        },
        ..all
    };
    bencher.bench_local(|| {
        let sums = year.reader.report_blocking(black_box(&query));
        sums.expect("the year is there").groups.len()
    });
}

const CARDS: &[&str] = &["impressions", "completions", "spend_micros"];

#[divan::bench]
fn totals(bencher: Bencher<'_, '_>) {
    report(bencher, &[], CARDS, Filter::default());
}

#[divan::bench]
fn by_hour(bencher: Bencher<'_, '_>) {
    report(bencher, &[Dimension::Hour], CARDS, Filter::default());
}

#[divan::bench]
fn by_day_of_new_york(bencher: Bencher<'_, '_>) {
    report(bencher, &[Dimension::Day], CARDS, Filter::default());
}

#[divan::bench]
fn by_campaign(bencher: Bencher<'_, '_>) {
    report(bencher, &[Dimension::Campaign], CARDS, Filter::default());
}

#[divan::bench]
fn by_campaign_and_week(bencher: Bencher<'_, '_>) {
    let cut = [Dimension::Campaign, Dimension::Week];
    report(bencher, &cut, CARDS, Filter::default());
}

#[divan::bench]
fn by_device_and_country(bencher: Bencher<'_, '_>) {
    let cut = [Dimension::Device, Dimension::Country];
    report(bencher, &cut, CARDS, Filter::default());
}

#[divan::bench]
fn one_campaign_by_hour(bencher: Bencher<'_, '_>) {
    let one = Filter {
        campaigns: Some(vec![7]),
        ..Filter::default()
    };
    report(bencher, &[Dimension::Hour], CARDS, one);
}

#[divan::bench]
fn every_metric_by_campaign(bencher: Bencher<'_, '_>) {
    let all: Vec<&str> = Measure::all().map(Measure::name).collect();
    report(bencher, &[Dimension::Campaign], &all, Filter::default());
}
