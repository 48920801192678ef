//! The whole daemon: it refuses a bad database, reads a new one when told, and keeps no raw id.

use std::fs::{self, File};
use std::io::Read as _;
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;

use adserve::host::Clock;
use serde_json::{Value, json};

use super::Station;
use crate::support::daemon::exchange;
use crate::support::mmdb;

/// How long a line of the log may take to come.
const PATIENCE: Duration = Duration::from_secs(30);

/// A daemon whose whole log is kept.
struct Logged {
    child: Child,
    log: std::path::PathBuf,
    data: tempfile::TempDir,
}

impl Logged {
    fn start(data: tempfile::TempDir, environment: &[(&str, &str)]) -> Self {
        let log = data.path().join("log");
        let child = Command::new(env!("CARGO_BIN_EXE_adserved"))
            .arg("run")
            .env("ADSERVED_SERVER__DATA_DIR", data.path().join("data"))
            .env("ADSERVED_SERVER__LISTEN", "127.0.0.1:0")
            .env("ADSERVED_SERVER__TRUSTED_PROXIES", "127.0.0.1")
            .envs(environment.iter().copied())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        Self { child, log, data }
    }

    /// Waits for a line of the log with this message.
    fn line(&self, message: &str) -> Value {
        let clock = Clock::real();
        let end = clock.monotonic() + PATIENCE;
        loop {
            let text = fs::read_to_string(&self.log).unwrap();
            let mut lines = text
                .lines()
                .filter_map(|line| serde_json::from_str(line).ok());
            if let Some(line) = lines.rfind(|line: &Value| line["msg"] == message) {
                return line;
            }
            assert!(clock.monotonic() < end, "{message} not in\n{text}");
            std::thread::yield_now();
        }
    }

    /// Makes a tenant, so that requests are decided.
    fn with_tenant(self) -> Self {
        let mut socket = UnixStream::connect(self.data.path().join("data/admin.sock")).unwrap();
        let headers = ["Content-Type: application/json"];
        let tenant = br#"{"name": "acme"}"#;
        let answer = exchange(&mut socket, "POST", "/api/v1/tenants", &headers, tenant);
        assert_eq!(answer.status, 201, "{}", answer.text());
        self
    }

    fn signal(&self, signal: rustix::process::Signal) {
        let pid = i32::try_from(self.child.id()).unwrap();
        let pid = rustix::process::Pid::from_raw(pid).unwrap();
        rustix::process::kill_process(pid, signal).unwrap();
    }
}

impl Drop for Logged {
    fn drop(&mut self) {
        // It may have ended already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn countries(code: &str) -> Vec<u8> {
    mmdb::database(
        "GeoLite2-Country",
        &[("203.0.113.0/24", json!({"country": {"iso_code": code}}))],
    )
}

#[test]
fn a_bad_database_is_refused_at_the_start_and_by_check() {
    let data = tempfile::tempdir().unwrap();
    let path = data.path().join("geo.mmdb");
    for (bytes, says) in [
        (None, "No such file"),
        (Some(&b"garbage"[..]), "not a sound"),
    ] {
        if let Some(bytes) = bytes {
            fs::write(&path, bytes).unwrap();
        }
        for command in ["run", "check"] {
            let output = Command::new(env!("CARGO_BIN_EXE_adserved"))
                .arg(command)
                .env("ADSERVED_SERVER__DATA_DIR", data.path().join("data"))
                .env("ADSERVED_SERVER__LISTEN", "127.0.0.1:0")
                .env("ADSERVED_GEO__DATABASE", &path)
                .output()
                .unwrap();
            let text = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(!output.status.success(), "{command}");
            assert!(
                text.contains(says) && text.contains("geo.mmdb"),
                "{command}: {text}"
            );
        }
    }
}

#[test]
fn a_new_database_is_read_when_told_and_a_broken_one_is_complained_about() {
    let data = tempfile::tempdir().unwrap();
    let path = data.path().join("geo.mmdb");
    fs::write(&path, countries("DE")).unwrap();
    let setting = path.to_str().unwrap().to_owned();
    let daemon = Logged::start(data, &[("ADSERVED_GEO__DATABASE", &setting)]);
    daemon.line("serving");
    fs::write(&path, b"half").unwrap();
    daemon.signal(rustix::process::Signal::HUP);
    let line = daemon.line("the geo database of before stays in use");
    assert!(line.to_string().contains("not a sound"), "{line}");
    fs::write(&path, countries("FR")).unwrap();
    daemon.signal(rustix::process::Signal::HUP);
    daemon.line("the geo database was read again");
}

/// What a request says of its viewer, all of it easy to find again.
const NEEDLES: [&str; 4] = [
    "needle-user-1",
    "needle-house-2",
    "needle-ifa-3",
    "needle-session-4",
];

#[test]
fn no_raw_id_or_address_is_kept_or_logged() {
    let daemon = Logged::start(
        tempfile::tempdir().unwrap(),
        &[("ADSERVED_LOG__LEVEL", "trace")],
    );
    let address = daemon.line("serving")["address"]
        .as_str()
        .unwrap()
        .to_owned();
    let daemon = daemon.with_tenant();
    let [user, household, ifa, session] = NEEDLES;
    let body = json!({
        "session": session, "user": {"id": user, "household": household}, "device": {"ifa": ifa},
    });
    let body = body.to_string();
    let query = format!("/api/v1/vast?did={ifa}&ppid={user}&sid={session}&household={household}");
    for (method, target, body) in [
        ("POST", "/api/v2/ad-request", body.as_bytes()),
        ("GET", &query, &b""[..]),
    ] {
        let mut stream = TcpStream::connect(&address).unwrap();
        let from = ["X-Forwarded-For: 203.0.113.77"];
        let answer = exchange(&mut stream, method, target, &from, body);
        assert_eq!(answer.status, 200, "{}", answer.text());
    }
    daemon.signal(rustix::process::Signal::TERM);
    daemon.line("ended");
    let mut files = 0;
    for needle in NEEDLES.into_iter().chain(["203.0.113.77"]) {
        files += search(daemon.data.path(), needle.as_bytes());
    }
    assert!(files > 10, "only {files} files were read");
}

/// Reads every file below a folder and fails on one that holds the needle; how many it read.
fn search(folder: &Path, needle: &[u8]) -> usize {
    let mut files = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files += search(&path, needle);
        } else if let Ok(mut file) = File::open(&path) {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            let found = bytes.windows(needle.len()).any(|window| window == needle);
            assert!(
                !found,
                "{} holds {}",
                path.display(),
                String::from_utf8_lossy(needle)
            );
            files += 1;
        }
    }
    files
}

#[test]
fn the_key_of_viewers_is_made_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let station = Station::open(&[]);
    let key = station.data.path().join("keys/viewers");
    let mode = fs::metadata(&key).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
