//! The daemon is killed while a document is applied: it has the old catalog or the new one.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use adserve::host::{Clock, Entropy};
use rustix::process::Signal;

use crate::support::daemon::Daemon;

const ROUNDS: u64 = 32;
const CAMPAIGNS: u32 = 60;

fn document(budget: u64) -> String {
    let campaigns = (0..CAMPAIGNS).map(|number| {
        format!(
            "{{name: c{number}, advertiser: a, budget: {budget}, rate: 'cpm:{budget}', \
             start: 2026-01-01, end: 2099-01-01, targeting: channel = n{}}}",
            number % 4
        )
    });
    let channels = (0..4).map(|number| format!("{{name: n{number}, description: '{budget}'}}"));
    let (campaigns, channels): (Vec<_>, Vec<_>) = (campaigns.collect(), channels.collect());
    format!(
        "tenants: [{{name: acme, advertisers: [{{name: a, domain: b{budget}.example}}], \
         channels: [{}], campaigns: [{}]}}]",
        channels.join(", "),
        campaigns.join(", ")
    )
}

pub(super) fn adctl(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_adctl"));
    command
        .args(arguments)
        .env("HOME", data)
        .env("ADCTL_SERVER", data.join("admin.sock"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn export(data: &Path) -> String {
    let Output { status, stdout, .. } = adctl(data, &["export"]).output().unwrap();
    assert!(status.success());
    String::from_utf8(stdout).unwrap()
}

#[test]
fn slow_a_kill_while_a_document_is_applied_leaves_the_old_catalog_or_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let file = |budget: u64| {
        let path = folder.path().join(format!("{budget}.yaml"));
        std::fs::write(&path, document(budget)).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let mut daemon = Daemon::start(&data, &[]);
    let applied = adctl(&data, &["apply", "-f", &file(1)]).output().unwrap();
    assert!(applied.status.success(), "{applied:?}");
    let clock = Clock::real();
    let begun = clock.monotonic();
    let applied = adctl(&data, &["apply", "-f", &file(2)]).output().unwrap();
    assert!(applied.status.success(), "{applied:?}");
    let whole = clock.monotonic().duration_since(begun);
    let entropy = Entropy::real();
    let mut before = export(&data);
    let (mut old, mut new) = (0, 0);
    for round in 0..ROUNDS {
        let path = file(round + 3);
        let running = adctl(&data, &["apply", "-f", &path]).spawn().unwrap();
        let share = u32::try_from(entropy.roll() % 1_200).unwrap();
        wait(whole * share / 1_000);
        daemon.signal(Signal::KILL);
        daemon.wait();
        let said = running.wait_with_output().unwrap();
        daemon = Daemon::start(&data, &[]);
        let after = export(&data);
        if after == before {
            old += 1;
            assert!(
                !said.status.success(),
                "{round}: it was acknowledged and is gone"
            );
            continue;
        }
        new += 1;
        // All of it is there, so the same again is nothing.
        let again = adctl(&data, &["diff", "-f", &path]).output().unwrap();
        assert_eq!(again.status.code(), Some(0), "{round}: {again:?}\n{said:?}");
        before = after;
    }
    assert!(
        old > 0 && new > 0,
        "{old} kills before the end, {new} after it"
    );
    eprintln!("{ROUNDS} kills: {old} times the old catalog, {new} times the new one");
}

/// Passes time without sleeping through it: the moment of a kill is random, not a condition.
fn wait(time: Duration) {
    let (_tell, told) = std::sync::mpsc::channel::<()>();
    told.recv_timeout(time).unwrap_err();
}
