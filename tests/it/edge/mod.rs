//! The public side of the real daemon, over real sockets.

mod bad_input;
mod beacons;
mod budget;
mod clicks;
mod data;
mod drain;
mod pods;
mod quotas;
mod replay;
mod viewers;
mod why;

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::daemon::Daemon;

/// A daemon with one tenant, one advertiser and one channel.
struct Station {
    daemon: Daemon,
    data: tempfile::TempDir,
}

impl Station {
    fn open() -> Self {
        Self::open_with(&[])
    }

    /// The same with more environment.
    fn open_with(environment: &[(&str, &str)]) -> Self {
        let data = tempfile::tempdir().unwrap();
        let daemon = Daemon::start(data.path(), environment);
        daemon.admin("POST", "/api/v1/tenants", &json!({"name": "acme"}));
        daemon.admin("POST", "/api/v1/advertisers", &json!({"name": "motorco"}));
        daemon.admin("POST", "/api/v1/channels", &json!({"name": "news"}));
        Self { daemon, data }
    }

    /// Makes an active campaign with one spot of six seconds; `with` changes its fields.
    fn campaign(&self, name: &str, with: &Value) -> String {
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
        let campaign = self.daemon.admin("POST", "/api/v1/campaigns", &fields);
        let id = campaign["id"].as_str().unwrap().to_owned();
        self.daemon.upload(&id, "spot", &spot());
        id
    }

    /// Asks for an ad and expects one.
    fn ad(&self) -> Value {
        let answer = self.request_ad();
        assert_eq!(answer["no_ad"], Value::Null, "{answer}");
        answer
    }

    fn request_ad(&self) -> Value {
        let body = json!({"request_id": "r1", "duration": 30, "channel": "ch_1"}).to_string();
        let answer = self
            .daemon
            .ask("POST", "/api/v1/ad-request", &[], body.as_bytes());
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    /// What the ledger counted for the tenant.
    fn totals(&self) -> Value {
        self.daemon.admin("GET", "/api/v1/stats", &Value::Null)["totals"].take()
    }
}

/// The shortest film of the fixtures.
fn spot() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/media/spring-06s.mp4")
}

/// Path and query of an address of ours.
fn target(url: &Value) -> String {
    let url = url::Url::parse(url.as_str().unwrap()).unwrap();
    format!("{}?{}", url.path(), url.query().unwrap_or_default())
}
