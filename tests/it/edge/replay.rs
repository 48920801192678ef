//! Decisions of the daemon, decided again from their traces and the history of the catalog.

use std::collections::BTreeSet;

use adserve::decision::{Catalog, Summary, Trace};
use adserve::host::Clock;
use adserve::model::{Millis, Timestamp};
use adserve::store::catalog::CatalogStore;
use adserve::store::decisions::{TraceLog, TraceSettings, Wanted};
use rustix::process::Signal;
use serde_json::json;

use super::Station;
use crate::support::daemon::Daemon;

/// Every trace that was left in a data directory.
fn traces(data: &std::path::Path) -> Vec<Trace> {
    let settings = TraceSettings {
        keep: Millis::from_seconds(3_600),
        bytes_max: 1 << 30,
    };
    let log = TraceLog::open(&data.join("traces"), settings).unwrap();
    let mut traces = Vec::new();
    log.recent(Timestamp::default(), &mut |traced| {
        let found = log.find(traced.decision).unwrap().unwrap();
        assert_eq!(found.trace, traced.trace);
        traces.push(serde_json::from_slice(&traced.trace).unwrap());
        Wanted::More
    })
    .unwrap();
    traces
}

#[test]
fn what_the_daemon_decided_is_decided_again_after_edits_and_a_kill() {
    let data = tempfile::tempdir().unwrap();
    let all = [("ADSERVED_DECISIONS__TRACE_EVERY", "1")];
    let station = Station {
        daemon: Daemon::start(data.path(), &all),
        data,
    };
    let daemon = &station.daemon;
    daemon.admin("POST", "/api/v1/tenants", &json!({"name": "acme"}));
    daemon.admin("POST", "/api/v1/advertisers", &json!({"name": "motorco"}));
    daemon.admin("POST", "/api/v1/channels", &json!({"name": "news"}));
    let caps = json!([{"scope": "user", "windows": [{"max": 2, "rolling_seconds": 3600}]}]);
    let spring = station.campaign("spring", &json!({"caps": caps, "impression_goal": 20}));
    let summer = station.campaign("summer", &json!({"tier": "bulk", "weight": 3}));
    let mut last = String::new();
    for turn in 0..60 {
        let body = json!({
            "request_id": "r", "channel": "ch_1", "user": {"id": format!("u-{}", turn % 7)},
            "pod_duration": 20,
        });
        let body = body.to_string();
        let answer = daemon.ask("POST", "/api/v2/ad-request", &[], body.as_bytes());
        assert_eq!(answer.status, 200, "{}", answer.text());
        last = answer.json()["decision_id"].as_str().unwrap().to_owned();
        let edit = match turn {
            15 => json!({"name": "late spring", "weight": 7}),
            30 => json!({"tier": "house"}),
            45 => json!({"impression_goal": 1}),
            _ => continue,
        };
        daemon.admin("PATCH", &format!("/api/v1/campaigns/{spring}"), &edit);
    }
    daemon.admin(
        "DELETE",
        &format!("/api/v1/campaigns/{summer}"),
        &json!(null),
    );
    // Whoever asks for one finds it, and then all stand on the disk, or else within 0.2 seconds.
    daemon.admin("GET", &format!("/api/v1/decisions/{last}"), &json!(null));
    daemon.signal(Signal::KILL);
    let Station { daemon, data } = station;
    daemon.wait();
    let traces = traces(data.path());
    assert_eq!(traces.len(), 60);
    let store = CatalogStore::open(&data.path().join("catalog.db"), Clock::real().now()).unwrap();
    let (mut revisions, mut filled) = (BTreeSet::new(), 0);
    for trace in &traces {
        let (tenant, revision) = (trace.request.tenant, trace.catalog_revision);
        let facts = store.facts_at(tenant, revision).unwrap().unwrap();
        let catalog = Catalog::compile(revision, vec![facts]);
        trace.prepare(&catalog);
        let again = Summary::of(&trace.replay(&catalog));
        let [expected, found] = [&trace.result, &again].map(serde_json::to_vec);
        assert_eq!(found.unwrap(), expected.unwrap(), "{trace:?}");
        revisions.insert(revision);
        filled += usize::from(!again.ads.is_empty());
    }
    assert_eq!(revisions.len(), 4, "before, between and after the edits");
    assert!(filled > 20, "{filled}");
}

/// The daemon lets campaigns rest that have not begun: a try at another time must not.
#[test]
fn a_try_at_a_later_time_gives_what_begins_until_then() {
    let station = Station::open();
    let next = json!({"start": "2099-01-01T00:00:00Z"});
    let campaign = station.campaign("next century", &next);
    let clock = Clock::real();
    // It is tended once a second.
    let deadline = clock.monotonic() + std::time::Duration::from_millis(1_500);
    let target = "/api/v1/decisions/try?at=2099-06-01T00:00:00Z";
    while clock.monotonic() < deadline {
        let body = json!({"request_id": "r", "channel": "ch_1", "duration": 30});
        let tried = station.daemon.admin("POST", target, &body);
        assert_eq!(tried["ads"][0]["campaign_id"], campaign.as_str(), "{tried}");
    }
}
