//! The tour of README, line by line: from a daemon without data to a counted impression.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::support::daemon::Daemon;

/// The shell of the steps of README, from the second to the last; the first builds and starts.
fn steps() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let tour = readme.split("## ").find(|part| part.starts_with("By hand"));
    let blocks = tour.unwrap().split("```sh\n").skip(1);
    let shell = blocks.map(|block| block.split("```").next().unwrap());
    let steps: Vec<_> = shell.skip(1).map(str::to_owned).collect();
    assert_eq!(steps.len(), 4, "{steps:?}");
    steps
}

#[test]
fn the_tour_leads_to_a_counted_impression() {
    let place = tempfile::tempdir().unwrap();
    let _daemon = Daemon::start(&place.path().join("data"), &[]);
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    std::os::unix::fs::symlink(fixtures, place.path().join("fixtures")).unwrap();
    // README has the release on its path; here it is what was just built.
    let built = Path::new(env!("CARGO_BIN_EXE_adctl")).parent().unwrap();
    fs::create_dir(place.path().join("target")).unwrap();
    std::os::unix::fs::symlink(built, place.path().join("target/release")).unwrap();
    let output = Command::new("bash")
        .args(["-euo", "pipefail", "-c", &steps().concat()])
        .current_dir(place.path())
        .env("HOME", place.path())
        .output()
        .unwrap();
    let (said, complaints) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{complaints}\n{said}");
    assert_eq!(said.matches("HTTP/1.1 204").count(), 2, "{said}");
    let stats: Vec<_> = said.lines().last().unwrap().split('\t').collect();
    // Group, name, requests, served, impressions, completions, clicks, spend in micros.
    let expected = ["cmp_1", "spring-launch", "0", "1", "1", "0", "0", "24000"];
    assert_eq!(stats[..8], expected, "{complaints}\n{said}");
}
