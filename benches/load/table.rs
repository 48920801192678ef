//! The tables of figures and goals: medians with the least and the most of all runs.

use std::fmt::Write as _;
use std::io::Write;

use anyhow::Context as _;

use super::record::{Load, Record};

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

/// Prints both tables, in Markdown.
pub(crate) fn print(records: &[Record], out: &mut dyn Write) -> anyhow::Result<()> {
    write!(out, "{}\n{}", figures(records), goals(records))?;
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

enum Bound {
    AtLeast(f64),
    Below(f64),
}

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
        };
        let measured = goal.measured.map(|spread| spread.show(2));
        let verdict = match (&measured, met) {
            (None, _) => "not measured",
            (Some(_), true) => "met",
            (Some(_), false) => "MISSED",
        };
        let measured = measured.unwrap_or_else(|| "-".to_owned());
        let what = goal.what;
        write(
            &mut text,
            format_args!("| {what} | {wanted} | {measured} | {verdict} |\n"),
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

fn measured_goals(records: &[Record]) -> [Goal; 7] {
    let half = |subject| spread(records, subject, |load| load.latency.p99 / 1e3);
    let resident = records.iter().filter_map(|record| match record {
        Record::Memory { peak_kib, .. } => Some(*peak_kib as f64 / 1024.0),
        _ => None,
    });
    let ready = records.iter().filter_map(|record| match record {
        Record::Ready { ms, .. } => Some(*ms),
        _ => None,
    });
    [
        Goal {
            what: "VAST, requests/s beside nginx",
            bound: Bound::AtLeast(0.8),
            unit: "",
            measured: ratio(records, "VAST adserved", "VAST nginx file"),
        },
        Goal {
            what: "VAST, requests/s beside nginx at its fastest (no sendfile)",
            bound: Bound::AtLeast(0.8),
            unit: "",
            measured: ratio(records, "VAST adserved", "VAST nginx no sendfile"),
        },
        Goal {
            what: "beacons, requests/s beside nginx",
            bound: Bound::AtLeast(0.6),
            unit: "",
            measured: ratio(records, "beacon adserved", "beacon nginx gif"),
        },
        Goal {
            what: "VAST p99 at half of peak",
            bound: Bound::Below(2.0),
            unit: " ms",
            measured: half("VAST at half"),
        },
        Goal {
            what: "beacon p99 at half of peak",
            bound: Bound::Below(2.0),
            unit: " ms",
            measured: half("beacon at half"),
        },
        Goal {
            what: "memory, 1,000 campaigns, at most since the start",
            bound: Bound::Below(40.0),
            unit: " MiB",
            measured: Spread::of(resident),
        },
        Goal {
            what: "ready with 10,000 campaigns",
            bound: Bound::Below(100.0),
            unit: " ms",
            measured: Spread::of(ready),
        },
    ]
}

/// Run by run, since what slows a machine slows both.
fn ratio(records: &[Record], ours: &str, theirs: &str) -> Option<Spread> {
    let pairs = loads(records, ours).zip(loads(records, theirs));
    Spread::of(pairs.map(|(ours, theirs)| ours.per_second / theirs.per_second))
}

fn write(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    text.write_fmt(arguments)
        .expect("writing to a string does not fail");
}
