//! The load client of the benches measures what it says: a stall of the server shows in full.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::thread;
use std::time::Duration;

use adserve::host::Clock;

#[path = "../../benches/load/engine.rs"]
mod engine;
#[path = "../../benches/load/traffic.rs"]
mod traffic;
#[path = "../../benches/load/wire.rs"]
mod wire;

use engine::{Outcome, Pace, Plan, Traffic as _};
use traffic::{Harvest, List, Repeat, Sessions};

const STALL: Duration = Duration::from_millis(300);
const CONNECTIONS: usize = 4;

/// A server that answers at once on one thread, but before answer number `stall_at` lets all of
/// its connections wait for [`STALL`].
fn stalling_server(stall_at: usize) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let mut connections: Vec<_> = (0..CONNECTIONS)
            .map(|_| {
                let (stream, _) = listener.accept().unwrap();
                stream.set_nonblocking(true).unwrap();
                stream
            })
            .collect();
        let mut answers = 0;
        let mut request = [0; 4096];
        loop {
            for stream in &mut connections {
                match stream.read(&mut request) {
                    Ok(0) => return,
                    Err(error) if error.kind() == ErrorKind::WouldBlock => continue,
                    read => assert!(request[..read.unwrap()].ends_with(b"\r\n\r\n")),
                }
                answers += 1;
                if answers == stall_at {
                    stall();
                }
                stream
                    .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                    .unwrap();
            }
            thread::yield_now();
        }
    });
    address
}

/// The fault under test: nothing happens for a while.
fn stall() {
    let clock = Clock::real();
    let end = clock.monotonic() + STALL;
    while clock.monotonic() < end {
        thread::park_timeout(end - clock.monotonic());
    }
}

/// A thousand requests past one stall.
fn run(pace: Pace) -> Outcome {
    let target = stalling_server(200);
    let plan = Plan {
        target,
        connections: CONNECTIONS,
        pace,
        span: Duration::from_mins(1),
    };
    engine::run(&plan, &mut Repeat::new(target, "/", 1_000)).unwrap()
}

fn slower_than(outcome: &Outcome, floor: Duration) -> u64 {
    let floor = u64::try_from(floor.as_nanos()).unwrap();
    outcome.latency.count_between(floor, u64::MAX)
}

/// 1,000 requests a second and a stall of 300 ms: the 300 requests due in it waited for what was
/// left of it, whether or not a connection was free to carry them.
#[test]
fn an_open_loop_charges_a_stall_to_every_request_that_was_due_in_it() {
    let outcome = run(Pace::Open { per_second: 1_000 });
    assert_eq!(
        (outcome.accepted(), outcome.failures, outcome.unanswered),
        (1_000, 0, 0)
    );
    assert_eq!(outcome.latency.len(), 1_000);
    assert!(Duration::from_nanos(outcome.latency.max()) >= STALL);
    for (waited, least) in [(50, 240), (150, 140), (250, 40)] {
        let late = slower_than(&outcome, Duration::from_millis(waited));
        assert!(
            late >= least,
            "{late} requests waited {waited} ms, {least} had to"
        );
    }
}

/// The same stall in a closed loop touches only the requests in flight: why peaks are found with
/// one and latencies with the other.
#[test]
fn a_closed_loop_hides_a_stall_from_all_but_the_requests_in_flight() {
    let outcome = run(Pace::Closed);
    assert_eq!(
        (outcome.accepted(), outcome.failures, outcome.unanswered),
        (1_000, 0, 0)
    );
    let late = slower_than(&outcome, STALL);
    assert!(
        (1..=CONNECTIONS as u64).contains(&late),
        "{late} requests saw the stall"
    );
}

#[test]
fn broken_connections_are_counted_and_replaced() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let target = listener.local_addr().unwrap();
    thread::spawn(move || {
        let connections: [&[&[u8]]; 3] = [
            &[
                b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
                b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort",
            ],
            &[b"no protocol\r\n\r\n"],
            &[b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"],
        ];
        for answers in connections {
            let (mut stream, _) = listener.accept().unwrap();
            for answer in answers {
                let mut request = [0; 4096];
                assert!(stream.read(&mut request).unwrap() > 0);
                stream.write_all(answer).unwrap();
            }
        }
        listener.accept().unwrap();
    });
    let plan = Plan {
        target,
        connections: 1,
        pace: Pace::Closed,
        span: Duration::from_mins(1),
    };
    let outcome = engine::run(&plan, &mut Repeat::new(target, "/", 4)).unwrap();
    assert_eq!(outcome.answered(), 2);
    assert_eq!(
        outcome.statuses.into_iter().collect::<Vec<_>>(),
        [(200, 1), (503, 1)]
    );
    assert_eq!(outcome.failures, 2);
}

#[test]
fn a_response_is_complete_when_its_last_byte_is_there() {
    let text = b"HTTP/1.1 200 OK\r\nContent-Type: a/b\r\ncontent-length: 5\r\n\r\nhello";
    for end in 0..text.len() {
        assert_eq!(wire::response(&text[..end]), Ok(None), "{end} bytes");
    }
    let whole = wire::Response {
        status: 200,
        head: text.len() - 5,
        len: text.len(),
        closes: false,
    };
    assert_eq!(wire::response(text), Ok(Some(whole)));
}

#[test]
fn a_status_without_body_ends_with_its_head() {
    let text = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
    let whole = wire::Response {
        status: 204,
        head: text.len(),
        len: text.len(),
        closes: true,
    };
    assert_eq!(wire::response(text), Ok(Some(whole)));
}

#[test]
fn bodies_of_unknown_length_and_other_protocols_are_refused() {
    for text in [
        &b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"[..],
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        b"SSH-2.0-x\r\n\r\n",
    ] {
        assert_eq!(wire::response(text), Err(wire::Malformed));
    }
}

const AD: &str = "<Impression><![CDATA[http://h:1/api/v1/track?event=impression&t=a-b]]>\
    </Impression><Error>http://h:1/api/v1/track?event=error&amp;t=a-b&amp;code=[ERRORCODE]\
    </Error><Tracking event=\"start\">http://h:1/api/v1/track?event=start&amp;t=a-b</Tracking>";

#[test]
fn beacons_are_taken_from_cdata_and_escaped_text_without_errors() {
    let mut harvest = Harvest::new(Repeat::new("127.0.0.1:1".parse().unwrap(), "/", 0));
    harvest.answered(200, AD.as_bytes());
    let mut text = Vec::new();
    harvest.write(1, &mut text).unwrap();
    assert_eq!(
        str::from_utf8(&text).unwrap(),
        "/api/v1/track?event=impression&t=a-b\n/api/v1/track?event=start&t=a-b\n"
    );
}

#[test]
fn a_harvest_is_written_event_by_event_within_its_window() {
    let target = "127.0.0.1:1".parse().unwrap();
    let mut harvest = Harvest::new(Repeat::new(target, "/", 0));
    for token in ["a", "b", "c"] {
        harvest.answered(200, AD.replace("a-b", token).as_bytes());
    }
    harvest.answered(503, AD.as_bytes());
    let mut text = Vec::new();
    assert_eq!(harvest.write(2, &mut text).unwrap(), 6);
    let order: Vec<_> = str::from_utf8(&text)
        .unwrap()
        .lines()
        .map(|line| line.trim_start_matches("/api/v1/track?event="))
        .collect();
    let expected = ["impression&t=a", "impression&t=b", "start&t=a", "start&t=b"];
    assert_eq!(order[..4], expected);
    assert_eq!(order[4..], ["impression&t=c", "start&t=c"]);
}

#[test]
fn each_line_of_a_list_is_asked_for_once_a_round() {
    let target = "127.0.0.1:1".parse().unwrap();
    let rounds = |rounds| {
        let mut list = List::read(target, &b"/a\n/b\n"[..], rounds).unwrap();
        let mut request = Vec::new();
        while list.next(&mut request) {}
        let text = String::from_utf8(request).unwrap();
        let asked = text.lines().filter_map(|line| line.strip_prefix("GET "));
        asked.map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(rounds(1), "/a HTTP/1.1 /b HTTP/1.1");
    assert_eq!(rounds(2), [rounds(1), rounds(1)].join(" "));
}

#[test]
fn sessions_are_found_in_multivariant_playlists() {
    let target = "127.0.0.1:1".parse().unwrap();
    let list = List::read(target, &b"/hls/ch_1/index.m3u8\n"[..], 1).unwrap();
    let mut sessions = Sessions::new(list);
    let multivariant = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n";
    sessions.answered(200, format!("{multivariant}/hls/s/a/0.m3u8\n").as_bytes());
    sessions.answered(
        200,
        format!("{multivariant}http://ads:1/hls/s/b/0.m3u8\n").as_bytes(),
    );
    sessions.answered(404, b"/hls/s/c/0.m3u8");
    sessions.answered(200, b"#EXTM3U\n");
    let mut written = Vec::new();
    assert_eq!(sessions.write(&mut written).unwrap(), 2);
    assert_eq!(written, b"/hls/s/a/0.m3u8\n/hls/s/b/0.m3u8\n");
}
