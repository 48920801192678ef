//! Clicks while the disk takes nothing: the viewer is led on all the same.

use serde_json::{Value, json};

use super::{Station, target};
use crate::support::daemon::Daemon;

const ADVERTISER: &str = "https://motorco.example/spring";
/// Clicks until the first that is lost, at most.
const CLICKS_MAX: u64 = 400;

#[test]
fn slow_a_click_leads_on_while_nothing_can_be_written_down() {
    let station = Station::open();
    let campaign = station.campaign("spring", &json!({}));
    let path = format!("/api/v1/creatives?campaign={campaign}");
    let listed = station.daemon.admin("GET", &path, &Value::Null);
    let path = format!(
        "/api/v1/creatives/{}",
        listed["items"][0]["id"].as_str().unwrap()
    );
    station
        .daemon
        .admin("PATCH", &path, &json!({ "click_url": ADVERTISER }));
    let Station { daemon, data } = station;
    daemon.signal(rustix::process::Signal::TERM);
    daemon.wait();

    // The ledger cannot grow any more soon after the start.
    let trace = data.path().join("strace.log");
    let wal = data.path().join("ledger.db-wal");
    let under = [
        "strace".to_owned(),
        "-f".to_owned(),
        "-q".to_owned(),
        format!("-o{}", trace.display()),
        "-etrace=pwrite64".to_owned(),
        "-einject=pwrite64:error=ENOSPC:when=20+".to_owned(),
        format!("-P{}", wal.display()),
    ];
    let station = Station {
        daemon: Daemon::start_under(&under, data.path(), &[]),
        data,
    };
    let lost = || {
        let daemon = &station.daemon;
        daemon.metric("adserved_beacons_refused_total{reason=\"lost_click\"}")
    };
    let mut clicks = 0;
    while lost() == 0 {
        clicks += 1;
        assert!(
            clicks < CLICKS_MAX,
            "no click was lost: the test tests nothing"
        );
        let ad = station.ad();
        let answer = station.daemon.get(&target(&ad["click_url"]));
        assert_eq!(answer.status, 302, "{}", answer.text());
        assert_eq!(answer.header("location"), Some(ADVERTISER));
    }
    // What a player can send again is refused as ever.
    let seen = target(&station.ad()["tracking"]["impression"]);
    assert_eq!(station.daemon.get(&seen).status, 503);
    station.daemon.kill_by_its_own_pid();
}
