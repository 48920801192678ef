//! What players say when they ask for ads, over real sockets.

mod geo;
mod tag;
mod v2;
mod whole;

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::daemon::{Answer, Daemon};

/// A daemon with a tenant, a channel `News` and, unless told otherwise, one campaign.
struct Station {
    daemon: Daemon,
    data: tempfile::TempDir,
}

impl Station {
    fn open(environment: &[(&str, &str)]) -> Self {
        let data = tempfile::tempdir().unwrap();
        let daemon = Daemon::start(data.path(), environment);
        daemon.admin("POST", "/api/v1/tenants", &json!({"name": "acme"}));
        daemon.admin("POST", "/api/v1/advertisers", &json!({"name": "motorco"}));
        daemon.admin("POST", "/api/v1/channels", &json!({"name": "News"}));
        Self { daemon, data }
    }

    fn with_campaign() -> Self {
        let station = Self::open(&[]);
        let fields = json!({
            "name": "spring",
            "advertiser": "motorco",
            "total_budget_micros": 1_000_000_000,
            "price_micros": 20_000_000,
            "start": "2020-01-01T00:00:00Z",
            "end": "2100-01-01T00:00:00Z",
            "status": "active",
        });
        let campaign = station.daemon.admin("POST", "/api/v1/campaigns", &fields);
        let spot = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/media/spring-06s.mp4");
        let id = campaign["id"].as_str().unwrap();
        station.daemon.upload(id, "spot", &spot);
        station
    }

    fn ask(&self, body: &Value) -> Answer {
        let body = body.to_string();
        self.daemon
            .ask("POST", "/api/v2/ad-request", &[], body.as_bytes())
    }
}
