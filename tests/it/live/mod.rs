//! What happens now: the real daemon, real ads and beacons, and those who listen.

mod stream;
mod tail;

use std::path::{Path, PathBuf};
use std::time::Duration;

use adserve::api::{LiveEvent, Topic};
use adserve::client::{Client, LiveAsk, LiveStream, Settings, Target, Told};
use adserve::host::Entropy;
use serde_json::{Value, json};

use crate::support::daemon::Daemon;

/// How long anything may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// A daemon with a tenant `acme`, its channel `news` and a campaign `spring` with one spot.
struct Station {
    daemon: Daemon,
    data: tempfile::TempDir,
}

impl Station {
    fn open() -> Self {
        let data = tempfile::tempdir().unwrap();
        let daemon = Daemon::start(data.path(), &[]);
        let station = Self { daemon, data };
        let admin = |target: &str, body: Value| station.daemon.admin("POST", target, &body);
        admin("/api/v1/tenants", json!({"name": "acme"}));
        admin("/api/v1/advertisers", json!({"name": "motorco"}));
        admin("/api/v1/channels", json!({"name": "news"}));
        admin(
            "/api/v1/campaigns",
            json!({
                "name": "spring", "advertiser": "motorco", "status": "active",
                "total_budget_micros": 1_000_000_000, "price_micros": 20_000_000,
                "start": "2020-01-01T00:00:00Z", "end": "2100-01-01T00:00:00Z",
            }),
        );
        station.daemon.upload("spring", "spot", &spot());
        station
    }

    /// Ends the daemon and starts it anew with what it has.
    fn restarted(self) -> Self {
        let Self { daemon, data } = self;
        daemon.signal(rustix::process::Signal::TERM);
        assert!(daemon.wait().success());
        let daemon = Daemon::start(data.path(), &[]);
        Self { daemon, data }
    }

    fn socket(&self) -> PathBuf {
        self.data.path().join("admin.sock")
    }

    fn client(&self) -> Client {
        client(&self.socket(), None)
    }

    /// Asks for an ad on `news`.
    fn ask(&self) -> Value {
        let body = json!({"request_id": "r", "duration": 30, "channel": "ch_1"}).to_string();
        let asked = self
            .daemon
            .ask("POST", "/api/v1/ad-request", &[], body.as_bytes());
        assert_eq!(asked.status, 200, "{}", asked.text());
        asked.json()
    }

    /// Asks for an ad and reports the impression; the id of neither is told.
    fn seen(&self) -> Value {
        let ad = self.ask();
        self.report(&ad, "impression");
        ad
    }

    /// Calls an address of an ad.
    fn report(&self, ad: &Value, event: &str) {
        let url = ad["tracking"][event]
            .as_str()
            .unwrap_or_else(|| panic!("no {event} in {ad}"));
        let url = url::Url::parse(url).unwrap();
        let target = format!("{}?{}", url.path(), url.query().unwrap_or_default());
        assert_eq!(self.daemon.get(&target).status, 204);
    }
}

/// The shortest film of the fixtures.
fn spot() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/media/spring-06s.mp4")
}

fn client(socket: &Path, tenant: Option<&str>) -> Client {
    let settings = Settings {
        target: Target::Unix(socket.to_owned()),
        token: None,
        ca_file: None,
        tenant: tenant.map(str::to_owned),
        login: None,
        timeout: PATIENCE,
        trace: None,
    };
    Client::new(settings, Entropy::seeded(1)).unwrap()
}

fn ask(topics: &[Topic]) -> LiveAsk {
    LiveAsk {
        topics: topics.to_vec(),
        ..LiveAsk::default()
    }
}

/// The next event that is about a topic, or a gap.
async fn next(stream: &mut LiveStream) -> Told {
    let next = async {
        loop {
            let told = stream.next().await.unwrap().expect("the stream ended");
            if told.event.topic().is_some() || matches!(told.event, LiveEvent::Gap(_)) {
                return told;
            }
        }
    };
    let next = tokio::time::timeout(PATIENCE, next).await;
    next.expect("nothing was told in time")
}

/// The next so many events.
async fn take(stream: &mut LiveStream, count: usize) -> Vec<Told> {
    let mut told = Vec::new();
    while told.len() < count {
        told.push(next(stream).await);
    }
    told
}

/// What a decision or a beacon is about, as a word: `dec_…`, or `impression ad_…`.
fn word(told: &Told) -> String {
    match &told.event {
        LiveEvent::Decision(decision) => decision.id.clone(),
        LiveEvent::Beacon(beacon) => format!("{} {}", beacon.event, beacon.ad_id),
        other => panic!("{other:?}"),
    }
}
