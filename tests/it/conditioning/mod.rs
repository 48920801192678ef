//! Creatives made to fit the stream of a channel, by the real daemon with the real ffmpeg.

mod origin;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use adserve::host::Clock;
use serde_json::{Value, json};

use crate::support::daemon::Daemon;
use origin::Origin;

/// How long a job may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(2);

/// A daemon with a channel whose stream it can reach, and a campaign with one film.
struct Studio {
    data: tempfile::TempDir,
    origin: Origin,
    daemon: Option<Daemon>,
    more: Vec<(&'static str, &'static str)>,
    creative: String,
}

impl Studio {
    fn open(more: &[(&'static str, &'static str)]) -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut studio = Self {
            origin: Origin::start(),
            data,
            daemon: None,
            more: more.to_vec(),
            creative: String::new(),
        };
        studio.start();
        let daemon = studio.daemon();
        daemon.admin("POST", "/api/v1/tenants", &json!({"name": "acme"}));
        daemon.admin("POST", "/api/v1/advertisers", &json!({"name": "motorco"}));
        let stream = json!({ "origins": [studio.origin.url()] });
        let channel = json!({ "name": "news", "stream": stream });
        daemon.admin("POST", "/api/v1/channels", &channel);
        let campaign = json!({
            "name": "spring",
            "advertiser": "motorco",
            "total_budget_micros": 1_000_000_000,
            "price_micros": 20_000_000,
            "start": "2020-01-01T00:00:00Z",
            "end": "2100-01-01T00:00:00Z",
            "status": "active",
        });
        let campaign = daemon.admin("POST", "/api/v1/campaigns", &campaign);
        let film = film(studio.data.path());
        let made = daemon.upload(campaign["id"].as_str().unwrap(), "spot", &film);
        made["id"]
            .as_str()
            .unwrap()
            .clone_into(&mut studio.creative);
        studio
    }

    fn start(&mut self) {
        let mut environment = vec![("ADSERVED_UPSTREAM__ALLOW", "127.0.0.0/8")];
        environment.extend(&self.more);
        let data = self.data.path().join("data");
        self.daemon = Some(Daemon::start(&data, &environment));
    }

    fn daemon(&self) -> &Daemon {
        self.daemon.as_ref().unwrap()
    }

    /// How far the film is for the channel.
    fn rendition(&self) -> Value {
        let path = format!("/api/v1/creatives/{}/renditions", self.creative);
        let found = self.daemon().admin("GET", &path, &Value::Null);
        found["renditions"][0].clone()
    }

    /// Waits until the film is as `fits` wants it.
    fn wait(&self, fits: impl Fn(&Value) -> bool) -> Value {
        let clock = Clock::real();
        let begun = clock.monotonic();
        loop {
            let found = self.rendition();
            if fits(&found) {
                return found;
            }
            assert!(
                clock.monotonic().duration_since(begun) < PATIENCE,
                "{found}"
            );
            std::thread::park_timeout(Duration::from_millis(20));
        }
    }

    fn files(&self, below: &str) -> Vec<PathBuf> {
        fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                if entry.path().is_dir() {
                    walk(&entry.path(), found);
                } else {
                    found.push(entry.path());
                }
            }
        }
        let mut found = Vec::new();
        walk(&self.data.path().join("data").join(below), &mut found);
        found
    }
}

/// A spot of three seconds.
fn film(folder: &Path) -> PathBuf {
    let path = folder.join("film.mp4");
    origin::ffmpeg(
        "-f lavfi -i testsrc2=s=320x180:r=25:d=3 -f lavfi -i sine=440:r=48000:d=3 \
         -c:v libx264 -preset ultrafast -c:a aac -shortest",
        &path,
    );
    path
}

fn is_ready(rendition: &Value) -> bool {
    assert_ne!(rendition["status"], "failed", "{rendition}");
    rendition["status"] == "ready"
}

#[test]
fn slow_a_film_is_made_to_fit_the_channel_and_can_be_fetched() {
    let studio = Studio::open(&[]);
    let ready = studio.wait(is_ready);
    assert_eq!(
        (&ready["progress"], &ready["tracks"]),
        (&json!(100), &json!(2)),
        "{ready}"
    );
    let duration = ready["duration_ms"].as_u64().unwrap();
    assert!(duration.abs_diff(3_000) <= 20, "{ready}");
    // Every file of it is there, and players get it.
    let files = studio.files("blobs/renditions");
    let segment = files.iter().find(|path| path.ends_with("0/0.m4s")).unwrap();
    let blobs = studio.data.path().join("data/blobs");
    let path = segment.strip_prefix(std::fs::canonicalize(blobs).unwrap());
    let path = path.unwrap_or(segment).to_str().unwrap().to_owned();
    let from = path.find("renditions/").unwrap();
    let answer = studio
        .daemon()
        .get(&format!("/media/{}", path.get(from..).unwrap()));
    assert_eq!(answer.status, 200, "{}", answer.head);
    assert_eq!(answer.body, std::fs::read(segment).unwrap());
    assert!(studio.files("scratch").is_empty());
    assert!(
        studio
            .daemon()
            .metric("adserved_conditioning_jobs_total{outcome=\"ready\"}")
            >= 1
    );
    // adctl says the same, and has nothing to wait for.
    let said = Command::new(env!("CARGO_BIN_EXE_adctl"))
        .arg("--server")
        .arg(studio.data.path().join("data/admin.sock"))
        .args([
            "creatives",
            "condition",
            &studio.creative,
            "--channel",
            "news",
        ])
        .args(["--wait", "-o", "json"])
        .output()
        .unwrap();
    assert!(said.status.success(), "{said:?}");
    let said: Value = serde_json::from_slice(&said.stdout).unwrap();
    assert_eq!(said["renditions"][0]["status"], "ready");
}

#[test]
fn slow_a_job_that_is_killed_with_the_daemon_is_done_after_the_restart() {
    let mut studio = Studio::open(&[]);
    studio.wait(|found| found["status"] == "running" || found["status"] == "ready");
    let daemon = studio.daemon.take().unwrap();
    daemon.signal(rustix::process::Signal::KILL);
    daemon.wait();
    studio.start();
    studio.wait(is_ready);
    assert!(studio.files("scratch").is_empty());
}

#[test]
fn without_ffmpeg_films_wait_with_a_reason_and_are_served_whole() {
    let studio = Studio::open(&[("ADSERVED_CONDITIONING__FFMPEG", "/nonexistent/ffmpeg")]);
    let waits = studio.wait(|found| found["status"] == "queued" && found["failure"].is_string());
    let why = waits["failure"].as_str().unwrap();
    assert!(why.starts_with("needs ffmpeg 5 or later"), "{why}");
    let request = json!({"request_id": "r1", "duration": 30, "channel": "ch_1"}).to_string();
    let daemon = studio.daemon();
    let answer = daemon.ask("POST", "/api/v1/ad-request", &[], request.as_bytes());
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.json()["creative_id"],
        studio.creative.as_str(),
        "{}",
        answer.text()
    );
}
