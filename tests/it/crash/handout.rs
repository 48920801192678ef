//! The daemon itself is killed while players ask for ads: what was handed out stays reserved.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use adserve::host::Entropy;
use rustix::process::Signal;
use serde_json::{Value, json};

use crate::support::daemon::Daemon;

/// Kills unless the environment says otherwise.
const ROUNDS_DEFAULT: u64 = 20;
const ROUNDS: &str = "ADSERVE_CRASH_ROUNDS";
/// Players at one time. A kill may cut off the answer of each.
const PLAYERS: usize = 4;
/// Impressions of the one campaign, and what the money of a day buys of the other.
const GOAL: usize = 600;
const OF_A_DAY: usize = 400;
/// Ads of both together.
const ALL: usize = GOAL + OF_A_DAY;
/// What 20 for a thousand makes of one impression, in micros.
const CHARGE_MICROS: usize = 20_000;

/// Players and what they were given, over all runs of a daemon.
struct Audience {
    data: tempfile::TempDir,
    entropy: Entropy,
    /// By the token of an ad: its campaign, and where its impression is reported.
    handed: Mutex<BTreeMap<String, (String, String)>>,
    reported: Mutex<BTreeSet<String>>,
    goal: String,
}

/// What a run of players came to.
#[derive(Debug, Default)]
struct Run {
    handed: AtomicU64,
    /// Answers that nothing can be handed out now.
    refused: AtomicU64,
    /// Ads that were handed out after the last refusal.
    healed: AtomicU64,
}

impl Audience {
    /// A data directory with two campaigns: one with a goal, one with a daily budget.
    fn new() -> Self {
        let data = tempfile::tempdir().unwrap();
        let daemon = Daemon::start(data.path(), &[]);
        daemon.admin("POST", "/api/v1/tenants", &json!({"name": "acme"}));
        daemon.admin("POST", "/api/v1/advertisers", &json!({"name": "motorco"}));
        daemon.admin("POST", "/api/v1/channels", &json!({"name": "news"}));
        let goal = campaign(&daemon, "goal", &json!({"impression_goal": GOAL}));
        let daily = OF_A_DAY * CHARGE_MICROS;
        campaign(&daemon, "daily", &json!({"daily_budget_micros": daily}));
        daemon.signal(Signal::TERM);
        assert!(daemon.wait().success());
        Self {
            data,
            entropy: Entropy::real(),
            handed: Mutex::default(),
            reported: Mutex::default(),
            goal,
        }
    }

    /// Players ask until `enough` says so, every ad is handed out, or nobody answers any more.
    fn play(&self, address: SocketAddr, enough: impl Fn(&Run) -> bool + Sync) -> Run {
        let run = Run::default();
        std::thread::scope(|scope| {
            for _ in 0..PLAYERS {
                scope.spawn(|| while !enough(&run) && self.ask(address, &run).is_ok() {});
            }
        });
        run
    }

    /// Asks for one ad and now and then reports that it was seen. An error ends the player.
    fn ask(&self, address: SocketAddr, run: &Run) -> io::Result<()> {
        let body = json!({"request_id": "r", "duration": 30, "channel": "ch_1"}).to_string();
        let (status, answer) = exchange(address, "POST", "/api/v1/ad-request", &body)?;
        if status == 503 {
            run.refused.fetch_add(1, Ordering::SeqCst);
            run.healed.store(0, Ordering::SeqCst);
            return Ok(());
        }
        let answer: Value = serde_json::from_slice(&answer)?;
        if !answer["no_ad"].is_null() {
            return Err(io::Error::other("everything is handed out"));
        }
        run.handed.fetch_add(1, Ordering::SeqCst);
        run.healed.fetch_add(1, Ordering::SeqCst);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let (token, campaign) = (text(&answer["token"]), text(&answer["campaign_id"]));
        let beacon = text(&answer["tracking"]["impression"]);
        let before = self
            .handed
            .lock()
            .unwrap()
            .insert(token.clone(), (campaign, beacon.clone()));
        assert_eq!(before, None, "an ad was handed out twice");
        if self.entropy.roll().is_multiple_of(4) {
            self.report(address, &token, &beacon)?;
        }
        Ok(())
    }

    fn report(&self, address: SocketAddr, token: &str, beacon: &str) -> io::Result<()> {
        let url = url::Url::parse(beacon).unwrap();
        let target = format!("{}?{}", url.path(), url.query().unwrap_or_default());
        let (status, _) = exchange(address, "GET", &target, "")?;
        assert_eq!(status, 204);
        self.reported.lock().unwrap().insert(token.to_owned());
        Ok(())
    }

    /// How many ads of the campaign with the goal were handed out, and of the other.
    fn handed(&self) -> (usize, usize) {
        let handed = self.handed.lock().unwrap();
        let goal = handed
            .values()
            .filter(|(campaign, _)| *campaign == self.goal);
        let goal = goal.count();
        (goal, handed.len() - goal)
    }

    fn start(&self) -> Daemon {
        Daemon::start(self.data.path(), &[])
    }

    /// The folder of the log.
    fn log(&self) -> PathBuf {
        self.data.path().join("decisions")
    }

    /// Where the daemon makes its folder in memory.
    fn memory(&self) -> PathBuf {
        self.data.path().join("memory")
    }

    /// Segments of the log that are to come, and parts of them in memory.
    fn to_come(&self) -> (Vec<PathBuf>, Vec<PathBuf>) {
        let numbers = fs::read_dir(self.log()).unwrap().filter_map(|entry| {
            let path = entry.unwrap().path();
            path.file_stem().unwrap().to_str().unwrap().parse().ok()
        });
        let next = numbers.max().map_or(1, |last: u64| last + 1);
        let segments = (next..next + 10).map(|number| self.log().join(format!("{number:012}.log")));
        let mark = fs::read_to_string(self.log().join("memory")).unwrap();
        let folder = Path::new(mark.split_once('\n').unwrap().1);
        let parts = (1..=100).map(|part| folder.join(format!("{next:012}-{part:08}.part")));
        (segments.collect(), parts.collect())
    }

    /// Hands out what is left, lets every ad be seen, and answers what the ledger says.
    fn see_all(&self) -> Value {
        let daemon = self.start();
        self.play(daemon.address(), |_run| false);
        for (token, (_campaign, beacon)) in self.handed.lock().unwrap().iter() {
            // Whether the answer to the first try was lost in a kill does not matter.
            if !self.reported.lock().unwrap().contains(token) {
                let url = url::Url::parse(beacon).unwrap();
                let target = format!("{}?{}", url.path(), url.query().unwrap_or_default());
                assert_eq!(daemon.get(&target).status, 204);
            }
        }
        daemon.admin("GET", "/api/v1/stats", &Value::Null)["totals"].take()
    }
}

/// One request on one connection, which may break at any byte.
pub(super) fn exchange(
    address: SocketAddr,
    method: &str,
    target: &str,
    body: &str,
) -> io::Result<(u16, Vec<u8>)> {
    let mut stream = TcpStream::connect(address)?;
    let length = body.len();
    write!(
        stream,
        "{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    )?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let cut = || io::Error::from(io::ErrorKind::UnexpectedEof);
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.ok_or_else(cut)?;
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    let status = head.split(' ').nth(1).ok_or_else(cut)?.parse().unwrap();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.map_or(0, |length| length.parse().unwrap());
    let body = bytes[end + 4..].to_vec();
    if body.len() < length {
        return Err(cut());
    }
    Ok((status, body))
}

pub(super) fn campaign(daemon: &Daemon, name: &str, with: &Value) -> String {
    let mut fields = json!({
        "name": name,
        "advertiser": "motorco",
        "total_budget_micros": 1_000_000_000,
        "price_micros": 20_000_000,
        "start": "2020-01-01T00:00:00Z",
        "end": "2100-01-01T00:00:00Z",
        "status": "active",
    });
    for (field, value) in with.as_object().unwrap() {
        fields[field] = value.clone();
    }
    let campaign = daemon.admin("POST", "/api/v1/campaigns", &fields);
    let id = campaign["id"].as_str().unwrap().to_owned();
    let spot = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/media/spring-06s.mp4");
    daemon.upload(&id, "spot", &spot);
    id
}

/// Kills the daemon in the middle of `rounds` runs, lets `between` touch its folder, and answers
/// how many kills fired.
fn torment(audience: &Audience, rounds: u64, between: impl Fn(&Audience)) -> u64 {
    let mut kills = 0;
    for _ in 0..rounds {
        between(audience);
        let daemon = audience.start();
        let until = 1 + audience.entropy.roll() % (ALL as u64 * 2 / rounds);
        let address = daemon.address();
        std::thread::scope(|scope| {
            let (reached, reach) = std::sync::mpsc::channel();
            let enough = move |run: &Run| {
                if run.handed.load(Ordering::SeqCst) >= until {
                    // Only the first is waited for; the others play on into the kill.
                    reached.send(()).ok();
                }
                false
            };
            let players = scope.spawn(move || audience.play(address, enough));
            // It also ends when everything is handed out before.
            reach.recv().ok();
            daemon.signal(Signal::KILL);
            players.join().unwrap();
        });
        let status = daemon.wait();
        kills += u64::from(std::os::unix::process::ExitStatusExt::signal(&status) == Some(9));
    }
    kills
}

fn rounds() -> u64 {
    std::env::var(ROUNDS).map_or(ROUNDS_DEFAULT, |text| {
        text.parse()
            .unwrap_or_else(|_| panic!("{ROUNDS} is not a number: {text}"))
    })
}

#[test]
fn slow_no_budget_forgets_through_kills_what_was_handed_out() {
    let (audience, rounds) = (Audience::new(), rounds());
    let kills = torment(&audience, rounds, |audience| {
        let (goal, daily) = audience.handed();
        assert!(goal <= GOAL && daily <= OF_A_DAY, "{goal}, {daily}");
    });
    assert_eq!(kills, rounds, "every run must have been killed");
    let totals = audience.see_all();
    let (goal, daily) = audience.handed();
    assert!(goal <= GOAL && daily <= OF_A_DAY, "{goal}, {daily}");
    // Only answers that a kill cut off are missing: one a player and kill.
    let cut = usize::try_from(kills).unwrap() * PLAYERS;
    let missing = ALL - goal - daily;
    assert!(missing <= cut, "{missing} of {ALL} were never handed out");
    assert_eq!(totals["impressions"], goal + daily);
    assert_eq!(totals["unbilled"], 0, "all were seen while they were held");
    assert_eq!(totals["spend_micros"], (goal + daily) * CHARGE_MICROS);
    eprintln!(
        "{kills} kills: {goal} of {GOAL} and {daily} of {OF_A_DAY} handed out, none unbilled, \
         {missing} answers cut off"
    );
}

/// A control of the test above: what is not on the disk yet is in memory alone.
#[test]
fn slow_without_what_stands_in_memory_the_kills_are_seen_to_overspend() {
    let audience = Audience::new();
    let wipe = |audience: &Audience| {
        for folder in fs::read_dir(audience.memory()).unwrap() {
            fs::remove_dir_all(folder.unwrap().path()).unwrap();
        }
    };
    torment(&audience, 8, wipe);
    wipe(&audience);
    let totals = audience.see_all();
    let (goal, daily) = audience.handed();
    assert!(goal > GOAL || daily > OF_A_DAY, "{goal}, {daily}");
    assert!(totals["unbilled"].as_u64() > Some(0), "{totals}");
}

/// The control of both: it must see what a daemon without its log does.
#[test]
fn slow_without_the_log_the_kills_are_seen_to_overspend() {
    let audience = Audience::new();
    let wipe = |audience: &Audience| {
        for segment in fs::read_dir(audience.log()).unwrap() {
            fs::remove_file(segment.unwrap().path()).unwrap();
        }
    };
    torment(&audience, 8, wipe);
    wipe(&audience);
    let totals = audience.see_all();
    let (goal, daily) = audience.handed();
    assert!(goal > GOAL || daily > OF_A_DAY, "{goal}, {daily}");
    assert!(totals["unbilled"].as_u64() > Some(0), "{totals}");
}

/// Runs players on a daemon whose `files` fail in some system calls; answers what they came to
/// and how many calls failed.
fn with_fault(audience: &Audience, files: &[PathBuf], fault: &str) -> (Run, usize) {
    let trace = audience.data.path().join("strace.log");
    let calls = fault.split(':').next().unwrap();
    let mut under = vec![
        "strace".to_owned(),
        "-f".to_owned(),
        "-q".to_owned(),
        format!("-o{}", trace.display()),
        format!("-etrace={calls}"),
        format!("-einject={fault}"),
    ];
    under.extend(files.iter().map(|file| format!("-P{}", file.display())));
    let workers = ("ADSERVED_SERVER__WORKERS", "1");
    let daemon = Daemon::start_under(&under, audience.data.path(), &[workers]);
    let enough = |run: &Run| {
        let load = |count: &AtomicU64| count.load(Ordering::SeqCst);
        load(&run.refused) > 0 && load(&run.healed) >= 50
    };
    let run = audience.play(daemon.address(), enough);
    daemon.kill_by_its_own_pid();
    let trace = fs::read_to_string(&trace).unwrap();
    let fired = trace.lines().filter(|line| line.contains("(INJECTED)"));
    (run, fired.count())
}

/// Whatever happened: after it, exactly what is left is handed out, and all of it is billed.
fn nothing_is_over(audience: &Audience, cut: usize) {
    let totals = audience.see_all();
    let (goal, daily) = audience.handed();
    assert!(goal <= GOAL && daily <= OF_A_DAY, "{goal}, {daily}");
    assert!(ALL - goal - daily <= cut, "{goal}, {daily}");
    assert_eq!(totals["unbilled"], 0);
    assert_eq!(totals["spend_micros"], (goal + daily) * CHARGE_MICROS);
}

#[test]
fn slow_with_full_memory_nothing_is_handed_out_that_a_restart_would_forget() {
    for error in ["ENOSPC", "EIO", "EROFS"] {
        let audience = Audience::new();
        let fault = format!("pwrite64:error={error}:when=20..40");
        let (run, fired) = with_fault(&audience, &audience.to_come().1, &fault);
        assert_eq!(fired, 21, "not all writes failed: the test tests nothing");
        assert_eq!(run.refused.into_inner(), 21, "{error}");
        nothing_is_over(&audience, PLAYERS);
    }
}

#[test]
fn slow_on_a_full_disk_ads_are_refused_until_all_of_it_stands() {
    let audience = Audience::new();
    let fault = "pwrite64:error=ENOSPC:when=1..3";
    let (run, fired) = with_fault(&audience, &audience.to_come().0, fault);
    assert_eq!(fired, 3, "not all writes failed: the test tests nothing");
    assert!(run.refused.into_inner() > 0, "nothing was refused");
    nothing_is_over(&audience, PLAYERS);
}

#[test]
fn slow_after_a_failed_sync_ads_are_refused_until_all_of_it_stands_again() {
    let audience = Audience::new();
    let segments = audience.to_come().0;
    let (run, fired) = with_fault(&audience, &segments, "fdatasync:error=EIO:when=1");
    assert_eq!(fired, 1, "no sync failed: the test tests nothing");
    assert!(run.refused.into_inner() > 0, "nothing was refused");
    nothing_is_over(&audience, PLAYERS);
}

/// Viewers with a cap, and how often each may see an ad.
const VIEWERS: u64 = 60;
const CAP: usize = 3;

/// What each viewer was shown, over all runs of a daemon.
struct Capped {
    data: tempfile::TempDir,
    entropy: Entropy,
    seen: Mutex<BTreeMap<u64, usize>>,
}

impl Capped {
    /// A data directory with one campaign that each viewer may see three times an hour.
    fn new() -> Self {
        let data = tempfile::tempdir().unwrap();
        let daemon = Daemon::start(data.path(), &[]);
        daemon.admin("POST", "/api/v1/tenants", &json!({"name": "acme"}));
        daemon.admin("POST", "/api/v1/advertisers", &json!({"name": "motorco"}));
        daemon.admin("POST", "/api/v1/channels", &json!({"name": "news"}));
        let window = json!({"max": CAP, "rolling_seconds": 3_600});
        let caps = json!({"caps": [{"scope": "user", "windows": [window]}]});
        campaign(&daemon, "capped", &caps);
        daemon.signal(Signal::TERM);
        assert!(daemon.wait().success());
        Self {
            data,
            entropy: Entropy::real(),
            seen: Mutex::default(),
        }
    }

    /// One viewer asks. An error ends the player.
    fn ask(&self, address: SocketAddr, viewer: u64) -> io::Result<()> {
        let user = json!({"id": format!("u-{viewer}")});
        let body = json!({"request_id": "r", "channel": "ch_1", "pod_duration": 30, "user": user});
        let body = body.to_string();
        let (status, answer) = exchange(address, "POST", "/api/v2/ad-request", &body)?;
        let text = String::from_utf8_lossy(&answer).into_owned();
        assert_eq!(status, 200, "{text}");
        let answer: Value = serde_json::from_str(&text)?;
        let ads = answer["ads"].as_array().map_or(0, Vec::len);
        *self.seen.lock().unwrap().entry(viewer).or_default() += ads;
        Ok(())
    }

    /// Runs that are killed after a while, and one that asks for every viewer until there is
    /// nothing more. Answers how often a run was killed.
    fn torment(&self, rounds: u64, between: impl Fn(&Self)) -> u64 {
        let mut kills = 0;
        for _ in 0..rounds {
            between(self);
            let daemon = Daemon::start(self.data.path(), &[]);
            let address = daemon.address();
            let asked = AtomicU64::new(0);
            let until = 1 + self.entropy.roll() % 40;
            std::thread::scope(|scope| {
                for _ in 0..PLAYERS {
                    scope.spawn(|| {
                        while self.ask(address, self.entropy.roll() % VIEWERS).is_ok() {
                            asked.fetch_add(1, Ordering::SeqCst);
                        }
                    });
                }
                while asked.load(Ordering::SeqCst) < until {
                    std::thread::yield_now();
                }
                daemon.signal(Signal::KILL);
            });
            let status = daemon.wait();
            kills += u64::from(std::os::unix::process::ExitStatusExt::signal(&status) == Some(9));
        }
        between(self);
        let daemon = Daemon::start(self.data.path(), &[]);
        for viewer in 0..VIEWERS {
            for _ in 0..=CAP {
                self.ask(daemon.address(), viewer).unwrap();
            }
        }
        kills
    }

    fn most(&self) -> usize {
        self.seen.lock().unwrap().values().copied().max().unwrap()
    }
}

#[test]
fn slow_no_viewer_sees_more_through_kills_than_the_cap_allows() {
    let capped = Capped::new();
    let kills = capped.torment(12, |capped| {
        let seen = capped.seen.lock().unwrap();
        assert!(seen.values().all(|&ads| ads <= CAP), "{seen:?}");
    });
    assert_eq!(kills, 12, "every run must have been killed");
    assert_eq!(capped.most(), CAP);
    let all: usize = capped.seen.lock().unwrap().values().sum();
    let allowed = usize::try_from(VIEWERS).unwrap() * CAP;
    // Only answers that a kill cut off are missing: each of them a pod.
    let missing = allowed - all;
    let cut = usize::try_from(kills).unwrap() * PLAYERS * CAP;
    assert!(missing <= cut, "{missing} of {allowed} were never seen");
}

/// The control of the test above.
#[test]
fn slow_without_the_log_the_kills_are_seen_to_pass_the_cap() {
    let capped = Capped::new();
    capped.torment(6, |capped| {
        let folder = capped.data.path().join("decisions");
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_file() {
                fs::remove_file(path).unwrap();
            }
        }
    });
    assert!(capped.most() > CAP, "{}", capped.most());
}
