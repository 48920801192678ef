//! Backups taken under load, put back elsewhere; and files that are no good backup.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use adserve::backup::{BackupError, verify};
use adserve::host::{Clock, Entropy};
use rustix::process::Signal;
use serde_json::{Value, json};

use super::apply::adctl;
use super::handout::{campaign, exchange};
use crate::support::daemon::Daemon;

const PLAYERS: usize = 4;
const ADS_BEFORE: usize = 300;
const ADS_AFTER: usize = 50;

/// What players were given, by token: the address of the impression, and whether it was answered.
type Handed = Mutex<BTreeMap<String, (String, bool)>>;

/// A data directory with one campaign, and a folder beside it for backups.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> (Self, Daemon) {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        fs::create_dir(place.at("backups")).unwrap();
        let daemon = Daemon::start(&place.at("data"), &[]);
        daemon.admin("POST", "/api/v1/tenants", &json!({"name": "acme"}));
        daemon.admin("POST", "/api/v1/advertisers", &json!({"name": "motorco"}));
        daemon.admin("POST", "/api/v1/channels", &json!({"name": "news"}));
        campaign(&daemon, "all", &json!({"impression_goal": 40_000}));
        (place, daemon)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn adctl(&self, arguments: &[&str]) -> Output {
        let mut command = adctl(&self.at("data"), arguments);
        command.current_dir(self.folder.path()).output().unwrap()
    }

    fn must(&self, arguments: &[&str]) -> Value {
        let output = self.adctl(&[arguments, &["-o", "json"]].concat());
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Everything in the folder, for a look at what was left behind.
    fn names(&self) -> Vec<String> {
        names(self.folder.path())
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Asks for one ad; none when nobody answers any more.
fn ask(daemon: &Daemon, handed: &Handed) -> Option<String> {
    let body = json!({"request_id": "r", "duration": 30, "channel": "ch_1"}).to_string();
    let answer = exchange(daemon.address(), "POST", "/api/v1/ad-request", &body);
    let (status, answer) = answer.ok()?;
    assert_eq!(status, 200);
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let token = text(&answer["token"]);
    let beacon = text(&answer["tracking"]["impression"]);
    let before = handed
        .lock()
        .unwrap()
        .insert(token.clone(), (beacon, false));
    assert_eq!(before, None, "an ad was handed out twice");
    Some(token)
}

/// Reports the impression of an ad; none when nobody answers any more.
fn report(daemon: &Daemon, handed: &Handed, token: &str) -> Option<()> {
    let beacon = handed.lock().unwrap()[token].0.clone();
    let url = url::Url::parse(&beacon).unwrap();
    let target = format!("{}?{}", url.path(), url.query().unwrap_or_default());
    let (status, _) = exchange(daemon.address(), "GET", &target, "").ok()?;
    assert_eq!(status, 204);
    handed.lock().unwrap().get_mut(token).unwrap().1 = true;
    Some(())
}

fn impressions(daemon: &Daemon) -> usize {
    let stats = daemon.admin("GET", "/api/v1/stats", &Value::Null);
    usize::try_from(stats["totals"]["impressions"].as_u64().unwrap()).unwrap()
}

#[test]
fn slow_a_backup_under_load_has_each_event_acknowledged_before_it_once() {
    let (place, daemon) = Place::new();
    let (handed, entropy) = (Handed::default(), Entropy::real());
    let (reported, done) = (AtomicUsize::new(0), AtomicBool::new(false));
    let file = place.at("backups/monday.tar");
    let acknowledged = std::thread::scope(|scope| {
        for _ in 0..PLAYERS {
            scope.spawn(|| {
                while let Some(token) = ask(&daemon, &handed) {
                    if entropy.roll().is_multiple_of(3) {
                        continue;
                    }
                    if report(&daemon, &handed, &token).is_none() {
                        break;
                    }
                    reported.fetch_add(1, Ordering::SeqCst);
                }
                assert!(done.load(Ordering::SeqCst), "the load ended too early");
            });
        }
        while reported.load(Ordering::SeqCst) < ADS_BEFORE {
            std::thread::yield_now();
        }
        let before: Vec<String> = seen(&handed);
        let count = reported.load(Ordering::SeqCst);
        let made = place.must(&["backup", "create", file.to_str().unwrap()]);
        assert!(made["last_batch"].as_u64().unwrap() > 0);
        let during = reported.load(Ordering::SeqCst) - count;
        assert!(
            during > 0,
            "nothing was reported while the backup was taken"
        );
        done.store(true, Ordering::SeqCst);
        daemon.signal(Signal::KILL);
        before
    });
    daemon.wait();
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    place.must(&["backup", "verify", "backups/monday.tar"]);
    place.must(&["backup", "restore", "backups/monday.tar", "--to", "new"]);
    after(&place, &handed, &acknowledged);
}

/// What a daemon on the restored directory has counted, and counts of what players still have.
fn after(place: &Place, handed: &Handed, acknowledged: &[String]) {
    let daemon = Daemon::start(&place.at("new"), &[]);
    let kept = impressions(&daemon);
    assert!(
        kept >= acknowledged.len(),
        "{kept} of {}",
        acknowledged.len()
    );
    assert!(
        kept < seen(handed).len() + PLAYERS,
        "more than were reported"
    );
    for token in acknowledged {
        report(&daemon, handed, token).unwrap();
    }
    assert_eq!(
        impressions(&daemon),
        kept,
        "an event from before was lost, or counted twice"
    );
    let all: Vec<String> = handed.lock().unwrap().keys().cloned().collect();
    for token in &all {
        report(&daemon, handed, token).unwrap();
    }
    assert_eq!(
        impressions(&daemon),
        all.len(),
        "tokens from before count, each once"
    );
    for _ in 0..ADS_AFTER {
        let fresh = ask(&daemon, handed).unwrap();
        report(&daemon, handed, &fresh).unwrap();
    }
    assert_eq!(
        impressions(&daemon),
        all.len() + ADS_AFTER,
        "new ads count for themselves"
    );
}

fn seen(handed: &Handed) -> Vec<String> {
    let handed = handed.lock().unwrap();
    let seen = handed.iter().filter(|(_token, (_beacon, seen))| *seen);
    seen.map(|(token, _ad)| token.clone()).collect()
}

#[test]
fn slow_files_that_were_cut_off_changed_or_are_something_else_are_refused() {
    let (place, daemon) = Place::new();
    place.must(&["backup", "create", "good.tar"]);
    let in_use = place.adctl(&["backup", "restore", "good.tar", "--to", "data"]);
    let pid = format!("(pid {})", daemon.pid());
    assert_eq!(in_use.status.code(), Some(5), "{}", said(&in_use));
    assert!(said(&in_use).contains(&pid), "{}", said(&in_use));
    let again = place.adctl(&["backup", "create", "good.tar"]);
    assert_eq!(again.status.code(), Some(5), "{}", said(&again));
    assert!(
        said(&again).contains("is there already"),
        "{}",
        said(&again)
    );

    let good = fs::read(place.at("good.tar")).unwrap();
    let (entropy, now) = (Entropy::real(), Clock::real().now());
    let bad = place.at("bad.tar");
    for _ in 0..40 {
        let place = usize::try_from(entropy.roll() % good.len() as u64).unwrap();
        fs::write(&bad, &good[..place]).unwrap();
        let error = verify(&bad, now).unwrap_err();
        assert!(matches!(error, BackupError::Foreign(_)), "{place}: {error}");
        let mut flipped = good.clone();
        flipped[place] ^= 1 << (entropy.roll() % 8);
        fs::write(&bad, &flipped).unwrap();
        let error = verify(&bad, now).unwrap_err();
        let is_refused = matches!(error, BackupError::Foreign(_) | BackupError::Damaged { .. });
        assert!(is_refused, "{place}: {error}");
    }
    for content in [b"".as_slice(), b"no backup", &[0; 4096]] {
        fs::write(&bad, content).unwrap();
        for command in [
            &["verify", "bad.tar"][..],
            &["restore", "bad.tar", "--to", "new"],
        ] {
            let ran = place.adctl(&[&["backup"], command].concat());
            assert_eq!(ran.status.code(), Some(6), "{}", said(&ran));
            assert!(
                said(&ran).contains("is not a backup of adserved"),
                "{}",
                said(&ran)
            );
        }
    }
    fs::create_dir_all(place.at("full/of")).unwrap();
    let full = place.adctl(&["backup", "restore", "good.tar", "--to", "full"]);
    assert_eq!(full.status.code(), Some(5), "{}", said(&full));
    assert!(said(&full).contains("is not empty"), "{}", said(&full));
    let left = ["backups", "bad.tar", "data", "full", "good.tar"];
    assert_eq!(place.names(), left, "nothing is left behind");
}

/// Runs what follows where a folder, the first argument, is a disk of 64 KiB.
fn on_a_small_disk(folder: &Path) -> Vec<String> {
    const MOUNT: &str = "mount -t tmpfs -o size=64k small \"$0\" && exec \"$@\"";
    let folder = folder.to_str().unwrap();
    let under = ["unshare", "-rm", "sh", "-c", MOUNT, folder];
    under.map(str::to_owned).to_vec()
}

#[test]
fn slow_a_full_disk_leaves_no_half_backup_and_no_half_directory() {
    let (place, daemon) = Place::new();
    place.must(&["backup", "create", "good.tar"]);
    daemon.signal(Signal::TERM);
    assert!(daemon.wait().success());

    let small = place.at("backups");
    let daemon = Daemon::start_under(&on_a_small_disk(&small), &place.at("data"), &[]);
    let ran = place.adctl(&["backup", "create", "backups"]);
    assert_eq!(ran.status.code(), Some(5), "{}", said(&ran));
    let inside = format!("/proc/{}/root{}", daemon.pid(), small.display());
    assert_eq!(names(Path::new(&inside)), [""; 0], "{}", said(&ran));
    let status = daemon.admin("GET", "/api/v1/status", &Value::Null);
    assert_eq!(status["dependencies"]["ledger"], "ok", "it serves on");

    let restore = format!(
        "{} backup restore good.tar --to backups/new; code=$?; ls -A backups; exit $code",
        env!("CARGO_BIN_EXE_adctl")
    );
    let under = on_a_small_disk(&small);
    let (program, arguments) = under.split_first().unwrap();
    let mut command = std::process::Command::new(program);
    command.args(arguments).args(["sh", "-c", &restore]);
    let ran = command.current_dir(place.folder.path()).output().unwrap();
    assert_eq!(ran.status.code(), Some(1), "{}", said(&ran));
    assert!(said(&ran).contains("No space left"), "{}", said(&ran));
    assert_eq!(
        String::from_utf8_lossy(&ran.stdout),
        "",
        "nothing is left behind"
    );
}

/// The commands of docs/backup-and-recovery.md, in its order and with the places of this test.
#[test]
fn slow_the_steps_of_the_document_lead_from_a_lost_disk_to_a_daemon_that_serves() {
    const PAGE: &str = include_str!("../../../docs/backup-and-recovery.md");
    let (place, daemon) = Place::new();
    let handed = Handed::default();
    let token = ask(&daemon, &handed).unwrap();
    report(&daemon, &handed, &token).unwrap();
    let steps: Vec<&str> = PAGE
        .split("```sh\n")
        .skip(1)
        .map(|block| block.split_once("```").unwrap().0.trim())
        .collect();
    let [create, verify, restore] = steps[..] else {
        panic!("a step came or went: {steps:?}")
    };
    let run = |step: &str, with: &[&str]| {
        let step = step
            .replace(
                "/var/backups/adserved",
                place.at("backups").to_str().unwrap(),
            )
            .replace("/var/lib/adserved", place.at("lib").to_str().unwrap());
        let words: Vec<&str> = step
            .split_whitespace()
            .chain(with.iter().copied())
            .collect();
        assert_eq!(words[0], "adctl");
        place.must(&words[1..])
    };
    let made = run(create, &["--with-media"]);
    assert_eq!(
        (&made["media"], &made["media_copied"]),
        (&json!(1), &json!(1))
    );
    fs::rename(
        made["file"].as_str().unwrap(),
        place.at("backups/monday.tar"),
    )
    .unwrap();
    run(verify, &[]);
    daemon.signal(Signal::KILL);
    daemon.wait();
    fs::remove_dir_all(place.at("data")).unwrap();
    run(restore, &[]);
    let daemon = Daemon::start(&place.at("lib"), &[]);
    assert_eq!(impressions(&daemon), 1);
    let creatives = daemon.admin("GET", "/api/v1/creatives", &Value::Null);
    let url = creatives["items"][0]["media"]["url"].as_str();
    if let Some(url) = url {
        let url = url::Url::parse(url).unwrap();
        assert_eq!(daemon.get(url.path()).status, 200);
    }
    let again = ask(&daemon, &handed).unwrap();
    report(&daemon, &handed, &again).unwrap();
    assert_eq!(impressions(&daemon), 2);
}
