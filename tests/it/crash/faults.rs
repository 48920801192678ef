//! The disk fails: every sync may be the one that fails, and the disk may be full.

use std::fs;
use std::path::Path;

use super::audit::{audit, unbilled};
use super::worker::{EXIT_LOST, End, History, Launch};

/// Runs a worker with faults injected into system calls on its ledger, and counts them.
fn run_with(
    folder: &Path,
    inject: &str,
    end: End,
    history: &mut History,
) -> (super::worker::Run, usize) {
    let log = folder.join("strace.log");
    let mut launch = Launch::new(folder, end);
    let calls = inject.split(':').next().unwrap();
    let (text, calls) = (log.display().to_string(), format!("trace={calls}"));
    let mut under = vec!["strace", "-f", "-q", "-o", &text, "-e", &calls, "-e"];
    let inject = format!("inject={inject}");
    under.push(&inject);
    let files = ["ledger.db", "ledger.db-wal"].map(|name| folder.join(name).display().to_string());
    for file in &files {
        under.extend(["-P", file]);
    }
    launch.under = under.into_iter().map(str::to_owned).collect();
    let run = launch.run(history);
    let log = fs::read_to_string(&log).unwrap();
    let fired = log
        .lines()
        .filter(|line| line.contains("(INJECTED)") || line.contains("killed by SIGKILL"))
        .count();
    (run, fired)
}

/// A folder with a ledger that is already in use, so that faults hit the work and not the start.
fn used(history: &mut History) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let run = Launch::new(folder.path(), End::StopAfter(200)).run(history);
    assert!(run.status.success());
    folder
}

#[test]
fn slow_after_a_failed_sync_nothing_is_acknowledged() {
    // SQLite may use either call, so both fail. The first syncs are those of the start.
    for nth in [4, 5, 8, 20] {
        let mut history = History::default();
        let folder = used(&mut history);
        let fault = format!("fsync,fdatasync:error=EIO:when={nth}");
        let (run, fired) = run_with(folder.path(), &fault, End::ByItself, &mut history);
        assert!(fired > 0, "no sync failed: the test tests nothing");
        assert_eq!(run.status.code(), Some(EXIT_LOST), "{run:?}");
        assert_eq!(run.refused, 0, "a lost batch is not to be tried again");
        // What was not acknowledged may be there or not; it is counted once when sent again.
        assert_eq!(audit(folder.path(), &history).lost, []);
        let again = Launch::new(folder.path(), End::StopAfter(300)).run(&mut history);
        assert!(again.status.success(), "{again:?}");
        assert_eq!(audit(folder.path(), &history).lost, []);
    }
}

#[test]
fn slow_a_full_disk_refuses_and_heals_without_a_restart() {
    let mut history = History::default();
    let folder = used(&mut history);
    let fault = "pwrite64,write:error=ENOSPC:when=30..60";
    let (run, fired) = run_with(folder.path(), fault, End::StopHealed(9_000), &mut history);
    assert!(fired > 0, "no write failed: the test tests nothing");
    assert!(run.refused > 0, "nothing was refused");
    // What was refused was given back: the small budget is used to the last charge.
    assert!(unbilled(folder.path()) > 0);
    assert!(run.healed >= 9_000 && run.status.success(), "{run:?}");
    assert_eq!(audit(folder.path(), &history).lost, []);
}

#[test]
fn slow_a_kill_at_any_write_or_sync_loses_nothing() {
    let mut history = History::default();
    let folder = used(&mut history);
    let mut kills = 0;
    for (call, nth) in [
        ("pwrite64,write", 1),
        ("pwrite64,write", 2),
        ("pwrite64,write", 7),
        ("pwrite64,write", 31),
        ("pwrite64,write", 57),
        ("fsync,fdatasync", 1),
        ("fsync,fdatasync", 3),
        ("fsync,fdatasync", 6),
    ] {
        let fault = format!("{call}:signal=KILL:when={nth}");
        let (run, fired) = run_with(folder.path(), &fault, End::ByItself, &mut history);
        assert!(fired > 0, "{fault} never fired");
        kills += u32::from(!run.status.success());
        assert_eq!(audit(folder.path(), &history).lost, [], "{fault}");
    }
    assert_eq!(kills, 8);
}
