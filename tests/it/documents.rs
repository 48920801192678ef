//! Documents made from the code: each is compared, and written anew with `UPDATE=1`.

use std::fs;
use std::path::Path;

use adserve::telemetry::metrics::{Build, Metrics};

fn check(path: &str, made: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, made).unwrap();
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == made,
        "{path} is not what the code writes; run the tests with UPDATE=1"
    );
}

#[test]
fn the_metrics_are_documented() {
    let metrics = Metrics::new(&Build {
        version: "",
        commit: "",
        schema: "",
    });
    check("docs/metrics.md", &metrics.document());
}

#[test]
fn the_default_configuration_is_written_out() {
    check(
        "dist/adserved.toml",
        &adserve::daemon::config::default_file(),
    );
}

#[test]
fn the_rules_of_streams_are_documented() {
    check(
        "docs/hls-check.md",
        &adserve::format::hls::history::document(),
    );
}

#[test]
fn the_metrics_of_reports_are_documented() {
    check(
        "docs/report-metrics.md",
        &adserve::ledger::measure::document(),
    );
}
