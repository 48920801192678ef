//! What is wanted, beside what was measured.

use super::record::{Load, Quantiles, Record};
use super::table::{Spread, loads, spread, write};

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

/// The table of goals.
pub(crate) fn goals(records: &[Record]) -> String {
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
