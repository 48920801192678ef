//! Running out: of connections, of descriptors, of luck in a handler.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use adserve::host::http::{Incident, Limits, raise_descriptor_limit};
use rustix::process::{Resource, Rlimit, setrlimit};

use super::{Client, Site, limits, now};

/// Set in the child process of the descriptor test.
const CHILD: &str = "ADSERVE_TEST_FEW_DESCRIPTORS";
const DESCRIPTORS: u64 = 80;

#[test]
fn at_the_cap_the_open_ones_are_served_and_the_next_waits() {
    let site = Site::start(Limits {
        connections_max: 4,
        idle_timeout: Duration::from_secs(30),
        head_timeout: Duration::from_secs(30),
        ..limits()
    });
    let mut open: Vec<_> = (0..4).map(|_| site.connect()).collect();
    for client in &mut open {
        client.get("/").unwrap();
    }
    site.wait_for(Incident::AtCapacity, 1);
    let mut next = site.connect();
    next.send(b"GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
    for client in &mut open {
        client.get("/").unwrap();
    }
    assert_eq!(site.asked("/next"), 0);
    open.pop();
    assert!(next.read_response().unwrap().ends_with("ok"));
}

#[test]
fn out_of_descriptors_it_goes_on_and_recovers_within_a_second() {
    if std::env::var_os(CHILD).is_some() {
        serve_with_few_descriptors();
        return;
    }
    let name = "http::scarce::out_of_descriptors_it_goes_on_and_recovers_within_a_second";
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([name, "--exact", "--nocapture"])
        .env(CHILD, "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut line = |key: &str| loop {
        let line = lines.next().unwrap().unwrap();
        if let Some((_, value)) = line.split_once(key) {
            break value.trim().to_owned();
        }
    };
    let address = line("address ").parse().unwrap();
    let mut first = Client::connect(address).unwrap();
    first.get("/").unwrap();
    let hoard: Vec<_> = (0..DESCRIPTORS)
        .map(|_| Client::connect(address).unwrap())
        .collect();
    // The child says so when accept has failed.
    line("exhausted");
    // Who is in is served all the while.
    assert!(first.get("/").unwrap().ends_with("ok"));

    let mut waiting = Client::connect(address).unwrap();
    waiting.send(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    let freed = now();
    drop(hoard);
    assert!(waiting.read_response().unwrap().ends_with("ok"));
    assert!(
        freed.elapsed() < Duration::from_secs(1),
        "took {:?}",
        freed.elapsed()
    );
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
}

fn serve_with_few_descriptors() {
    let few = Rlimit {
        current: Some(DESCRIPTORS),
        maximum: Some(DESCRIPTORS),
    };
    setrlimit(Resource::Nofile, few).unwrap();
    // The cap is above what there is, so that accept meets EMFILE.
    let site = Site::start(Limits {
        connections_max: 10_000,
        head_timeout: Duration::from_secs(30),
        ..limits()
    });
    let mut out = std::io::stdout();
    writeln!(out, "address {}", site.address).unwrap();
    site.wait_for(Incident::AcceptFailed, 1);
    writeln!(out, "exhausted").unwrap();
    // Until the parent is done.
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
}

#[test]
fn two_thousand_idle_connections_cost_little_and_stop_nobody() {
    const CONNECTIONS: usize = 2_000;
    const KIB_EACH_MAX: usize = 40;
    assert!(
        raise_descriptor_limit() > 2 * CONNECTIONS as u64 + 100,
        "raise the limit of open files (ulimit -Hn) for this test"
    );
    let site = Site::start(Limits {
        connections_max: CONNECTIONS + 10,
        idle_timeout: Duration::from_mins(1),
        head_timeout: Duration::from_mins(1),
        ..limits()
    });
    site.serves();
    let before = resident_kib();
    let mut idle: Vec<_> = (0..CONNECTIONS).map(|_| site.connect()).collect();
    for client in &mut idle {
        client.get("/").unwrap();
    }
    assert!(site.count(Incident::Opened) > CONNECTIONS);
    let each = (resident_kib() - before) / CONNECTIONS;
    assert!(each <= KIB_EACH_MAX, "{each} KiB each");
    site.serves();
    assert!(idle[CONNECTIONS / 2].get("/").unwrap().ends_with("ok"));
}

fn resident_kib() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.unwrap()
        .trim()
        .trim_end_matches(" kB")
        .parse()
        .unwrap()
}

#[test]
fn a_panic_is_one_500_and_not_the_end() {
    let site = Site::start(limits());
    let answer = site.connect().get("/panic").unwrap();
    assert!(answer.starts_with("HTTP/1.1 500 "), "{answer}");
    assert!(!answer.contains("a bug in a handler"), "{answer}");
    assert_eq!(site.count(Incident::Panicked), 1);
    site.serves();
}

#[test]
fn a_connection_ends_after_its_share_of_requests() {
    let site = Site::start(Limits {
        requests_per_connection_max: 3,
        ..limits()
    });
    let mut client = site.connect();
    assert!(!client.get("/").unwrap().contains("connection: close"));
    assert!(!client.get("/").unwrap().contains("connection: close"));
    assert!(client.get("/").unwrap().contains("connection: close"));
    assert_eq!(client.read_to_end(), "");
}
