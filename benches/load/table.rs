//! The tables of figures and goals: medians with the least and the most of all runs.

use std::fmt::Write as _;
use std::io::Write;

use anyhow::Context as _;

use super::record::{Load, Quantiles, Record};

/// A figure over several runs.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Spread {
    median: f64,
    min: f64,
    max: f64,
}

impl Spread {
    /// None without values.
    fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        let middle = values.len() / 2;
        let median = match values.len() {
            0 => return None,
            odd if odd % 2 == 1 => values[middle],
            _ => f64::midpoint(values[middle - 1], values[middle]),
        };
        Some(Self {
            median,
            min: values[0],
            max: values[values.len() - 1],
        })
    }

    fn show(self, digits: usize) -> String {
        let Self { median, min, max } = self;
        if min.total_cmp(&max).is_eq() {
            format!("{median:.digits$}")
        } else {
            format!("{median:.digits$} ({min:.digits$} to {max:.digits$})")
        }
    }
}

/// Prints the tables, in Markdown.
pub(crate) fn print(records: &[Record], out: &mut dyn Write) -> anyhow::Result<()> {
    let (pods, goals) = (pods(records), goals(records));
    write!(out, "{}\n{pods}{goals}", figures(records))?;
    Ok(())
}

/// Median requests a second of a subject.
pub(crate) fn peak(records: &[Record], subject: &str) -> anyhow::Result<f64> {
    spread(records, subject, |load| load.per_second)
        .map(|spread| spread.median)
        .with_context(|| format!("no run of {subject}"))
}

fn loads<'a>(records: &'a [Record], subject: &'a str) -> impl Iterator<Item = &'a Load> {
    records.iter().filter_map(move |record| match record {
        Record::Load(load) if load.subject == subject => Some(load),
        _ => None,
    })
}

fn spread(records: &[Record], subject: &str, figure: fn(&Load) -> f64) -> Option<Spread> {
    Spread::of(loads(records, subject).map(figure))
}

/// A column: its heading, its figure of a run, its decimals.
type Column = (&'static str, fn(&Load) -> f64, usize);

const COLUMNS: [Column; 11] = [
    ("requests/s", |load| load.per_second, 0),
    ("p50 ms", |load| load.latency.p50 / 1e3, 2),
    ("p90 ms", |load| load.latency.p90 / 1e3, 2),
    ("p99 ms", |load| load.latency.p99 / 1e3, 2),
    ("p99.9 ms", |load| load.latency.p999 / 1e3, 2),
    ("max ms", |load| load.latency.max / 1e3, 1),
    ("CPU µs each", |load| load.server_cpu_each, 2),
    ("server busy %", |load| load.server_busy * 100.0, 0),
    ("client busy %", |load| load.client_busy * 100.0, 0),
    ("bytes each", |load| load.bytes_each, 0),
    ("errors", |load| load.errors as f64, 0),
];

fn figures(records: &[Record]) -> String {
    let mut subjects: Vec<&str> = Vec::new();
    for record in records {
        if let Record::Load(load) = record
            && !subjects.contains(&load.subject.as_str())
        {
            subjects.push(&load.subject);
        }
    }
    let mut text = String::from("| what | runs | connections | due/s |");
    for (heading, ..) in COLUMNS {
        write(&mut text, format_args!(" {heading} |"));
    }
    write(
        &mut text,
        format_args!("\n|---|{}\n", "---:|".repeat(COLUMNS.len() + 3)),
    );
    for subject in subjects {
        let runs = loads(records, subject).count();
        let first = loads(records, subject).next();
        let connections = first.map_or(0, |load| load.connections);
        let due = first
            .and_then(|load| load.rate)
            .map_or("-".to_owned(), |rate| rate.to_string());
        write(
            &mut text,
            format_args!("| {subject} | {runs} | {connections} | {due} |"),
        );
        for (_, figure, digits) in COLUMNS {
            let cell = spread(records, subject, figure).map(|spread| spread.show(digits));
            write(&mut text, format_args!(" {} |", cell.unwrap_or_default()));
        }
        text.push('\n');
    }
    text
}

/// What pods held, if any were asked for.
fn pods(records: &[Record]) -> String {
    let mut text = String::new();
    for record in records {
        let Record::Pods {
            subject,
            ads_each,
            seconds_each,
            empty,
        } = record
        else {
            continue;
        };
        if text.is_empty() {
            text.push_str(
                "| pods | ads each | seconds each | without ads |\n|---|---:|---:|---:|\n",
            );
        }
        let empty = empty * 100.0;
        let cells = format_args!("{ads_each:.2} | {seconds_each:.1} | {empty:.1} %");
        write(&mut text, format_args!("| {subject} | {cells} |\n"));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

#[derive(Debug, Clone, Copy)]
enum Bound {
    AtLeast(f64),
    Below(f64),
    /// Nothing is wanted; it is told for what else it tells.
    None,
}

#[derive(Debug, Clone, Copy)]
struct Goal {
    what: &'static str,
    bound: Bound,
    unit: &'static str,
    measured: Option<Spread>,
}

fn goals(records: &[Record]) -> String {
    let mut text = String::from("| goal | wanted | measured | |\n|---|---:|---:|---|\n");
    for goal in measured_goals(records) {
        let (wanted, met) = match goal.bound {
            Bound::AtLeast(bound) => (
                format!("at least {bound}{}", goal.unit),
                goal.measured.is_some_and(|spread| spread.median >= bound),
            ),
            Bound::Below(bound) => (
                format!("below {bound}{}", goal.unit),
                goal.measured.is_some_and(|spread| spread.median < bound),
            ),
            Bound::None => ("-".to_owned(), true),
        };
        let measured = goal.measured.map(|spread| spread.show(2));
        let verdict = match (&measured, &goal.bound) {
            (None, _) => "not measured",
            (Some(_), Bound::None) => "for information",
            (Some(_), _) if met => "met",
            (Some(_), _) => "MISSED",
        };
        let unit = match (&measured, &goal.bound) {
            (Some(_), Bound::None) => goal.unit,
            _ => "",
        };
        let measured = measured.unwrap_or_else(|| "-".to_owned());
        let what = goal.what;
        write(
            &mut text,
            format_args!("| {what} | {wanted} | {measured}{unit} | {verdict} |\n"),
        );
    }
    for record in records {
        if let Record::Count {
            subject,
            accepted,
            counted,
        } = record
        {
            let verdict = if accepted == counted { "met" } else { "MISSED" };
            write(
                &mut text,
                format_args!("| {subject}, counted | {accepted} | {counted} | {verdict} |\n"),
            );
        }
    }
    text
}

impl Goal {
    const fn of(
        what: &'static str,
        bound: Bound,
        unit: &'static str,
        measured: Option<Spread>,
    ) -> Self {
        Self {
            what,
            bound,
            unit,
            measured,
        }
    }
}

fn measured_goals(records: &[Record]) -> Vec<Goal> {
    [
        http_goals(records),
        pod_goals(records),
        playlist_goals(records),
        start_goals(records),
    ]
    .concat()
}

fn http_goals(records: &[Record]) -> Vec<Goal> {
    vec![
        Goal::of(
            "VAST, requests/s beside nginx",
            Bound::AtLeast(0.8),
            "",
            ratio(records, "VAST adserved", "VAST nginx file"),
        ),
        Goal::of(
            "VAST, requests/s beside nginx at its fastest (no sendfile)",
            Bound::AtLeast(0.8),
            "",
            ratio(records, "VAST adserved", "VAST nginx no sendfile"),
        ),
        Goal::of(
            "beacons, requests/s beside nginx",
            Bound::AtLeast(0.6),
            "",
            ratio(records, "beacon adserved", "beacon nginx gif"),
        ),
        Goal::of(
            "VAST p99 at half of peak",
            Bound::Below(2.0),
            " ms",
            p99(records, "VAST at half"),
        ),
        Goal::of(
            "beacon p99 at half of peak",
            Bound::Below(2.0),
            " ms",
            p99(records, "beacon at half"),
        ),
        // An answer to a beacon waits for one sync, and on average for half of the one before.
        Goal::of(
            "the disk itself: p50 of a sync beside beacons at half",
            Bound::None,
            " ms",
            syncs(records, "beacon at half", |took| took.p50),
        ),
        Goal::of(
            "the disk itself: p99 of a sync beside beacons at half",
            Bound::None,
            " ms",
            syncs(records, "beacon at half", |took| took.p99),
        ),
    ]
}

fn pod_goals(records: &[Record]) -> Vec<Goal> {
    vec![
        Goal::of(
            "pods, requests/s beside nginx",
            Bound::AtLeast(0.6),
            "",
            ratio(records, "pod adserved", "pod nginx file"),
        ),
        Goal::of(
            "pods a second on one core",
            Bound::AtLeast(20_000.0),
            "",
            spread(records, "pod adserved", |load| load.per_second),
        ),
        Goal::of(
            "pod p99 at half of peak",
            Bound::Below(3.0),
            " ms",
            p99(records, "pod at half"),
        ),
        Goal::of(
            "pods, CPU each with 100,000 campaigns beside 100",
            Bound::Below(1.5),
            " times",
            quotient(
                records,
                ["pod, 100,000 campaigns", "pod, 100 campaigns"],
                |load| load.server_cpu_each,
            ),
        ),
    ]
}

fn playlist_goals(records: &[Record]) -> Vec<Goal> {
    vec![
        Goal::of(
            "playlists, requests/s beside nginx",
            Bound::AtLeast(0.9),
            "",
            ratio(records, "playlist adserved", "playlist nginx file"),
        ),
        Goal::of(
            "playlist p99, every session polling",
            Bound::Below(5.0),
            " ms",
            p99(records, "playlist, all sessions poll"),
        ),
        // The slowest answer of all that were due while breaks began.
        Goal::of(
            "playlist at the slowest, every session polling through breaks",
            Bound::None,
            " ms",
            spread(records, "playlist, all sessions poll", |load| {
                load.latency.max / 1e3
            }),
        ),
        Goal::of(
            "playlist p99, fetched from the origin for the request",
            Bound::Below(50.0),
            " ms",
            p99(records, "playlist, first of its asset"),
        ),
        Goal::of(
            "memory, all sessions with their breaks, beside none",
            Bound::None,
            " MiB",
            growth(
                records,
                ["streams without sessions", "streams with sessions"],
            ),
        ),
    ]
}

fn start_goals(records: &[Record]) -> Vec<Goal> {
    let ready = records.iter().filter_map(|record| match record {
        Record::Ready { ms, .. } => Some(*ms),
        _ => None,
    });
    vec![
        Goal::of(
            "memory, 1,000 campaigns, after light load",
            Bound::Below(40.0),
            " MiB",
            memory(records, "light load", |resident, _peak| resident),
        ),
        Goal::of(
            "memory, 1,000 campaigns, at most in all load",
            Bound::None,
            " MiB",
            memory(records, "all load", |_resident, peak| peak),
        ),
        Goal::of(
            "ready with 10,000 campaigns",
            Bound::Below(100.0),
            " ms",
            Spread::of(ready),
        ),
    ]
}

fn p99(records: &[Record], subject: &str) -> Option<Spread> {
    spread(records, subject, |load| load.latency.p99 / 1e3)
}

/// A figure of the syncs that were measured beside a subject, in milliseconds.
fn syncs(records: &[Record], wanted: &str, figure: fn(&Quantiles) -> f64) -> Option<Spread> {
    Spread::of(records.iter().filter_map(|record| match record {
        Record::Syncs { subject, took } if subject == wanted => Some(figure(took) / 1e3),
        _ => None,
    }))
}

/// A figure of the resident memory and of its peak, in MiB.
fn memory(records: &[Record], wanted: &str, figure: fn(u64, u64) -> u64) -> Option<Spread> {
    let of = |record: &Record| match record {
        Record::Memory {
            subject,
            resident_kib,
            peak_kib,
        } if subject == wanted => Some(figure(*resident_kib, *peak_kib) as f64 / 1024.0),
        _ => None,
    };
    Spread::of(records.iter().filter_map(of))
}

/// What the memory grew by from one subject to another, in MiB.
fn growth(records: &[Record], [from, to]: [&str; 2]) -> Option<Spread> {
    let resident = |subject| memory(records, subject, |resident, _peak| resident);
    let (from, to) = (resident(from)?, resident(to)?);
    Spread::of([to.median - from.median])
}

fn ratio(records: &[Record], ours: &str, theirs: &str) -> Option<Spread> {
    quotient(records, [ours, theirs], |load| load.per_second)
}

/// Run by run, since what slows a machine slows both.
fn quotient(records: &[Record], [of, by]: [&str; 2], figure: fn(&Load) -> f64) -> Option<Spread> {
    let pairs = loads(records, of).zip(loads(records, by));
    Spread::of(pairs.map(|(of, by)| figure(of) / figure(by)))
}

fn write(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    text.write_fmt(arguments)
        .expect("writing to a string does not fail");
}
