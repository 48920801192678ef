//! Every metric of `adserved`, by name, in one struct. docs/metrics.md is made from it.
//!
//! Labels are closed lists: nothing a client sends becomes a label. On the hot path a handle is
//! taken once (`Family::get_or_create_owned`) and kept.

use std::fmt::Write as _;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Metric, Registry};

use super::process::Process;

/// The content type of [`Metrics::text`].
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Upper bounds in seconds, from what a decision in memory takes to what a stuck disk takes.
const SECONDS: [f64; 14] = [
    0.000_01, 0.000_025, 0.000_1, 0.000_25, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25,
    1.0, 5.0,
];

/// Declares a label set: names and values are fixed at compile time.
macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($label:ident),+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
        #[expect(missing_docs, reason = "the names of the labels say it")]
        pub struct $name { $(pub $label: &'static str),+ }

        impl $name {
            const NAMES: &'static [&'static str] = &[$(stringify!($label)),+];
        }
    };
}

labels!(
    /// Which answer was given where.
    Answer { endpoint, outcome }
);
labels!(
    /// Which part of the public or admin API.
    Endpoint { endpoint }
);
labels!(
    /// What came of something.
    Outcome { outcome }
);
labels!(
    /// Why something did not happen; the words are those of the API.
    Reason { reason }
);
labels!(
    /// What a beacon reported.
    Reported { event }
);
labels!(
    /// What the daemon needs.
    Dependency { name }
);
labels!(
    /// Which listener: `public`, `admin_socket` or `admin_tcp`.
    Listener { listener }
);
labels!(
    /// What a listener met.
    Incident { listener, kind }
);
labels!(
    /// Which binary this is.
    Build { version, commit, schema }
);

/// Declares [`Metrics`]: each field with its name, its labels and its start. The first line of its
/// documentation is also its help text, so that code, scrape and document say the same.
macro_rules! metrics {
    ($(
        #[doc = $help:literal]
        $field:ident: $type:ty = $name:literal, $labels:expr, $start:expr;
    )+) => {
        /// Everything that is measured.
        #[derive(Debug)]
        pub struct Metrics {
            registry: Registry,
            definitions: Vec<Definition>,
            process: Process,
            $(#[doc = $help] pub $field: $type,)+
        }

        impl Metrics {
            fn zero() -> Self {
                let mut book = Book::default();
                $(let $field: $type = book.add($name, $labels, $help, $start);)+
                let process = Process::new(&mut book);
                let Book { registry, definitions } = book;
                Self { registry, definitions, process, $($field,)+ }
            }
        }
    };
}

metrics! {
    /// The version, commit and schema of the running binary; always 1.
    build_info: Family<Build, Gauge> = "adserved_build_info", Build::NAMES, Family::default();
    /// Requests answered, by endpoint and by what came of them.
    requests: Family<Answer, Counter> = "adserved_requests", Answer::NAMES, Family::default();
    /// Requests that came faster than the quota of their tenant allows, by endpoint.
    limited: Family<Endpoint, Counter> = "adserved_requests_limited", Endpoint::NAMES, Family::default();
    /// Time from the head of a request to its answer.
    request_seconds: Family<Endpoint, Histogram, fn() -> Histogram> =
        "adserved_request_seconds", Endpoint::NAMES, Family::new_with_constructor(seconds);
    /// Time to decide and reserve one ad.
    decision_seconds: Histogram = "adserved_decision_seconds", &[], seconds();
    /// Ad requests that got no ad, by the check that the last campaigns did not pass.
    unfilled: Family<Reason, Counter> = "adserved_unfilled", Reason::NAMES, Family::default();
    /// Campaigns that were left out of decisions, by the check that they did not pass.
    exclusions: Family<Reason, Counter> = "adserved_exclusions", Reason::NAMES, Family::default();
    /// Events counted, each once.
    beacons: Family<Reported, Counter> = "adserved_beacons", Reported::NAMES, Family::default();
    /// Beacons that were not counted: repeated, forged, expired, or too many at once.
    beacons_refused: Family<Reason, Counter> =
        "adserved_beacons_refused", Reason::NAMES, Family::default();
    /// Beacons that wait for their batch to be durable.
    beacon_queue_depth: Gauge = "adserved_beacon_queue_depth", &[], Gauge::default();
    /// Time to make one batch of events durable.
    ledger_commit_seconds: Histogram = "adserved_ledger_commit_seconds", &[], seconds();
    /// Events in one batch.
    ledger_batch_events: Histogram =
        "adserved_ledger_batch_events", &[],
        Histogram::new([1.0, 4.0, 16.0, 64.0, 256.0, 1_024.0, 4_096.0]);
    /// 1 while something the daemon needs works, 0 while it does not.
    dependency_up: Family<Dependency, Gauge> =
        "adserved_dependency_up", Dependency::NAMES, Family::default();
    /// Viewer keys of which frequency caps keep something.
    cap_viewers: Gauge = "adserved_cap_viewers", &[], Gauge::default();
    /// Memory that the counts of frequency caps use, estimated. Bytes.
    cap_bytes: Gauge = "adserved_cap_bytes", &[], Gauge::default();
    /// Viewers whose counts were dropped for want of memory while they still mattered.
    cap_forgotten: Gauge = "adserved_cap_forgotten", &[], Gauge::default();
    /// By how much the clock is behind what it said before, during which time stands still for caps. Milliseconds.
    cap_clock_behind: Gauge = "adserved_cap_clock_behind_milliseconds", &[], Gauge::default();
    /// The revision of the catalog that decisions are made from.
    catalog_revision: Gauge = "adserved_catalog_revision", &[], Gauge::default();
    /// Time to make a catalog from the database and put it in place.
    catalog_compile_seconds: Histogram = "adserved_catalog_compile_seconds", &[], seconds();
    /// Renditions of creatives and slates for streams, by what came of making them.
    conditioning_jobs: Family<Outcome, Counter> =
        "adserved_conditioning_jobs", Outcome::NAMES, Family::default();
    /// Time to make one set of renditions.
    conditioning_seconds: Histogram =
        "adserved_conditioning_seconds", &[],
        Histogram::new([1.0, 3.0, 10.0, 30.0, 60.0, 180.0, 600.0]);
    /// Sets of renditions that are being made or are next; never more than jobs at one time.
    conditioning_waiting: Gauge = "adserved_conditioning_waiting", &[], Gauge::default();
    /// Questions to origins, by how they were answered: from the cache, by a fetch or not at all.
    upstream_answers: Family<Outcome, Counter> =
        "adserved_upstream_answers", Outcome::NAMES, Family::default();
    /// Fetches from origins that failed, by what was wrong.
    upstream_failures: Family<Reason, Counter> =
        "adserved_upstream_failures", Reason::NAMES, Family::default();
    /// Time of a fetch from an origin, redirects and body included.
    upstream_seconds: Histogram = "adserved_upstream_seconds", &[], seconds();
    /// Answers of origins that are kept.
    upstream_cache_entries: Gauge = "adserved_upstream_cache_entries", &[], Gauge::default();
    /// What they take, in bytes.
    upstream_cache_bytes: Gauge = "adserved_upstream_cache_bytes", &[], Gauge::default();
    /// Times a channel went over to another of its origins.
    upstream_switches: Counter = "adserved_upstream_switches", &[], Counter::default();
    /// Open connections.
    connections_open: Family<Listener, Gauge> =
        "adserved_connections_open", Listener::NAMES, Family::default();
    /// What happened to connections: opened, closed, timed out, refused, cut.
    connection_incidents: Family<Incident, Counter> =
        "adserved_connection_incidents", Incident::NAMES, Family::default();
    /// Panics. Each is a bug of the daemon that cost one request or task.
    panics: Counter = "adserved_panics", &[], Counter::default();
    /// Log lines lost because whoever reads the log was too slow.
    log_lines_dropped: Counter = "adserved_log_lines_dropped", &[], Counter::default();
}

fn seconds() -> Histogram {
    Histogram::new(SECONDS)
}

/// One metric as documented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The name in the exposition, suffix included.
    pub name: String,
    /// `counter`, `gauge` or `histogram`.
    pub kind: &'static str,
    /// Its labels.
    pub labels: &'static [&'static str],
    /// What it says.
    pub help: &'static str,
}

impl Metrics {
    /// All metrics at zero.
    pub fn new(build: &Build) -> Self {
        let metrics = Self::zero();
        metrics.build_info.get_or_create(build).set(1);
        metrics
    }

    /// What a scrape gets, in the `OpenMetrics` text format.
    pub fn text(&self) -> String {
        self.process.read();
        let mut text = String::new();
        encode(&mut text, &self.registry).expect("writing to a string does not fail");
        text
    }

    /// docs/metrics.md.
    pub fn document(&self) -> String {
        let mut text = String::from(PREFACE);
        for metric in &self.definitions {
            let labels = metric.labels.iter().map(|label| format!("`{label}`"));
            let labels = labels.collect::<Vec<_>>().join(", ");
            let Definition {
                name, kind, help, ..
            } = metric;
            writeln!(text, "| `{name}` | {kind} | {labels} | {help} |")
                .expect("writing to a string does not fail");
        }
        text
    }
}

const PREFACE: &str = "\
# Metrics

`GET /metrics` on the public listener answers in the OpenMetrics text format, which Prometheus reads.
Labels are closed lists, so the number of series does not grow with traffic, campaigns or viewers.
The words of `reason` and `event` are those of the API. A histogram has `_bucket`, `_sum` and `_count`.

| name | kind | labels | what it says |
|---|---|---|---|
";

/// Registers metrics and remembers how they are documented.
#[derive(Debug, Default)]
pub(super) struct Book {
    registry: Registry,
    definitions: Vec<Definition>,
}

impl Book {
    pub(super) fn add<M: Metric + Clone>(
        &mut self,
        name: &'static str,
        labels: &'static [&'static str],
        help: &'static str,
        metric: M,
    ) -> M {
        let (kind, suffix) = match metric.metric_type() {
            MetricType::Counter => ("counter", "_total"),
            MetricType::Histogram => ("histogram", ""),
            MetricType::Gauge | MetricType::Info | MetricType::Unknown => ("gauge", ""),
        };
        let help = help.trim();
        self.definitions.push(Definition {
            name: format!("{name}{suffix}"),
            kind,
            labels,
            help,
        });
        // The registry ends the sentence itself.
        let sentence = help.trim_end_matches('.');
        self.registry.register(name, sentence, metric.clone());
        metric
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metrics() -> Metrics {
        Metrics::new(&Build {
            version: "1.2.3",
            commit: "abc",
            schema: "4",
        })
    }

    #[test]
    fn a_scrape_shows_what_was_counted() {
        let metrics = metrics();
        let vast = Answer {
            endpoint: "vast",
            outcome: "filled",
        };
        let filled = metrics.requests.get_or_create_owned(&vast);
        filled.inc();
        filled.inc();
        metrics.decision_seconds.observe(0.000_05);
        metrics.catalog_revision.set(42);
        let text = metrics.text();
        for line in [
            "adserved_requests_total{endpoint=\"vast\",outcome=\"filled\"} 2",
            "adserved_decision_seconds_bucket{le=\"0.0001\"} 1",
            "adserved_decision_seconds_bucket{le=\"0.000025\"} 0",
            "adserved_catalog_revision 42",
            "adserved_build_info{version=\"1.2.3\",commit=\"abc\",schema=\"4\"} 1",
            "# EOF",
        ] {
            assert!(
                text.lines().any(|found| found == line),
                "{line} not in\n{text}"
            );
        }
        let resident = text
            .lines()
            .find_map(|line| line.strip_prefix("process_resident_memory_bytes "));
        assert!(resident.unwrap().parse::<u64>().unwrap() > 1_000_000);
    }

    #[test]
    fn names_are_unique_and_of_the_family() {
        let metrics = metrics();
        let names: std::collections::BTreeSet<_> = metrics
            .definitions
            .iter()
            .map(|metric| &metric.name)
            .collect();
        assert_eq!(names.len(), metrics.definitions.len());
        for name in names {
            assert!(
                name.starts_with("adserved_") || name.starts_with("process_"),
                "{name}"
            );
        }
    }
}
