//! The tables of figures: medians with the least and the most of all runs.

use std::fmt::Write as _;
use std::io::Write;

use anyhow::Context as _;

use super::goals::goals;
use super::record::{Load, Record};

/// A figure over several runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spread {
    pub(crate) median: f64,
    min: f64,
    max: f64,
}

impl Spread {
    /// None without values.
    pub(crate) fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
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

    pub(crate) fn show(self, digits: usize) -> String {
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

pub(crate) fn loads<'a>(records: &'a [Record], subject: &'a str) -> impl Iterator<Item = &'a Load> {
    records.iter().filter_map(move |record| match record {
        Record::Load(load) if load.subject == subject => Some(load),
        _ => None,
    })
}

pub(crate) fn spread(
    records: &[Record],
    subject: &str,
    figure: fn(&Load) -> f64,
) -> Option<Spread> {
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

pub(crate) fn write(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    text.write_fmt(arguments)
        .expect("writing to a string does not fail");
}
