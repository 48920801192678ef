//! The daemon ends without failing a request, and what was counted is there afterwards.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use serde_json::json;

use super::{Station, target};
use crate::support::daemon::Daemon;

/// Sends one target again and again on one connection until the daemon says it will close it;
/// how many were answered with `status`.
fn keep_asking(station: &Station, target: &str, status: &str, stop: &AtomicBool) -> u64 {
    let mut answered = 0;
    while !stop.load(Ordering::SeqCst) {
        let Ok(stream) = TcpStream::connect(station.daemon.address()) else {
            break;
        };
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut writer = stream;
        loop {
            let request = format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n");
            writer
                .write_all(request.as_bytes())
                .expect("an open connection takes a request");
            let (mut length, mut closes, mut first) = (0, false, String::new());
            reader.read_line(&mut first).unwrap();
            assert!(first.contains(status), "{first:?}");
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                let line = line.trim_end().to_ascii_lowercase();
                if let Some(value) = line.strip_prefix("content-length: ") {
                    length = value.parse().unwrap();
                }
                closes |= line == "connection: close";
                if line.is_empty() {
                    break;
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            answered += 1;
            if closes {
                break;
            }
        }
    }
    answered
}

#[test]
fn no_request_fails_when_the_daemon_is_asked_to_end() {
    let station = Station::open();
    station.campaign("spring", &json!({}));
    let ad = station.ad();
    let beacon = target(&ad["tracking"]["impression"]);
    let (stop, answered) = (AtomicBool::new(false), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for tag in [
            "/api/v1/vast?channel=ch_1",
            &beacon,
            "/api/v1/vast?channel=ch_1",
            &beacon,
        ] {
            let status = if tag == beacon { "204" } else { "200" };
            let (station, stop, answered) = (&station, &stop, &answered);
            scope.spawn(move || {
                answered.fetch_add(keep_asking(station, tag, status, stop), Ordering::SeqCst);
            });
        }
        while station
            .daemon
            .metric("adserved_requests_total{endpoint=\"vast\",outcome=\"ok\"}")
            < 50
        {
            std::thread::yield_now();
        }
        station.daemon.signal(rustix::process::Signal::TERM);
        stop.store(true, Ordering::SeqCst);
    });
    assert!(answered.load(Ordering::SeqCst) > 50);
    let Station { daemon, data } = station;
    assert_eq!(daemon.wait().code(), Some(0));

    let again = Daemon::start(data.path(), &[]);
    let stats = again.admin("GET", "/api/v1/stats", &serde_json::Value::Null);
    assert_eq!(stats["totals"]["impressions"], 1, "{stats}");
}

#[test]
fn what_was_answered_is_counted_after_a_kill() {
    let station = Station::open();
    station.campaign("spring", &json!({}));
    let beacons: Vec<String> = (0..20)
        .map(|_| target(&station.ad()["tracking"]["impression"]))
        .collect();
    for beacon in &beacons {
        assert_eq!(station.daemon.get(beacon).status, 204);
    }
    station.daemon.signal(rustix::process::Signal::KILL);
    let Station { daemon, data } = station;
    assert!(!daemon.wait().success());
    let again = Daemon::start(data.path(), &[]);
    for beacon in &beacons {
        assert_eq!(again.get(beacon).status, 204);
    }
    let stats = again.admin("GET", "/api/v1/stats", &serde_json::Value::Null);
    assert_eq!(stats["totals"]["impressions"], 20, "{stats}");
}
