//! The stream itself: exactly once, in order, resumed, apart by tenant, and never in the way.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;

use adserve::api::{LiveEvent, Topic};
use adserve::client::{ClientError, Happening, Live, LiveAsk, Until};
use adserve::host::Clock;
use serde_json::{Value, json};

use super::{PATIENCE, Station, ask, client, next, take, word};

const SEEN: &[Topic] = &[Topic::Decisions, Topic::Beacons];

#[tokio::test]
async fn each_decision_and_beacon_is_told_once_and_in_order() {
    let station = Station::open();
    let mut stream = station.client().listen(&ask(SEEN)).await.unwrap();
    let first = stream.next().await.unwrap().unwrap();
    let LiveEvent::Snapshot(snapshot) = first.event else {
        panic!("{first:?}");
    };
    assert_eq!(
        (snapshot.tenant.as_str(), snapshot.resumed),
        ("acme", false)
    );
    for _ in 0..10 {
        let ad = station.seen();
        station.report(&ad, "impression");
    }
    let told = take(&mut stream, 30).await;
    for three in told.chunks(3) {
        let [decision, counted, again] = three else {
            panic!("{three:?}");
        };
        let LiveEvent::Decision(decision) = &decision.event else {
            panic!("{decision:?}");
        };
        let [ad] = decision.ads.as_slice() else {
            panic!("{decision:?}");
        };
        assert_eq!(decision.outcome, "filled");
        assert_eq!(decision.channel.as_deref(), Some("news"));
        assert_eq!(ad.campaign.as_deref(), Some("spring"));
        assert_eq!(ad.creative.as_deref(), Some("spot"));
        assert_eq!(decision.room_ms, Some(30_000));
        for (beacon, result, charged) in [(counted, "accepted", 20_000), (again, "duplicate", 0)] {
            let LiveEvent::Beacon(beacon) = &beacon.event else {
                panic!("{beacon:?}");
            };
            assert_eq!(
                (beacon.event.as_str(), beacon.result.as_str()),
                ("impression", result)
            );
            assert_eq!((&beacon.ad_id, beacon.charged_micros), (&ad.id, charged));
            assert_eq!(beacon.campaign.as_deref(), Some("spring"));
        }
    }
    let ids: BTreeSet<_> = told.iter().map(|told| told.id.clone()).collect();
    assert_eq!(ids.len(), told.len(), "every event has an id of its own");
}

#[tokio::test]
async fn writes_and_their_consequences_are_told() {
    let station = Station::open();
    let topics = [Topic::Audit, Topic::Decisions];
    let mut stream = station.client().listen(&ask(&topics)).await.unwrap();
    // Whatever the fixture wrote may still be on its way.
    station.daemon.admin(
        "PUT",
        "/api/v1/campaigns/spring/status",
        &json!({"status": "paused"}),
    );
    station.ask();
    let (mut paused, mut refused) = (false, false);
    while !(paused && refused) {
        match next(&mut stream).await.event {
            LiveEvent::Operation(written) if written.changed == ["status"] => {
                assert_eq!(written.operation.subject_name, "spring");
                assert_eq!(written.operation.after.unwrap()["status"], "paused");
                paused = true;
            }
            LiveEvent::Operation(_) => {}
            LiveEvent::Decision(decision) => {
                assert_eq!(decision.outcome, "nofill");
                assert_eq!(decision.reason.as_deref(), Some("inactive"));
                assert_eq!(decision.reasons[0].count, 1);
                refused = true;
            }
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_cut_stream_goes_on_behind_what_it_saw() {
    let station = Station::open();
    let client = station.client();
    let mut stream = client.listen(&ask(SEEN)).await.unwrap();
    let mut whole = client.listen(&ask(SEEN)).await.unwrap();
    (0..6).for_each(|_| drop(station.seen()));
    let mut heard = take(&mut stream, 5).await;
    drop(stream);
    (0..6).for_each(|_| drop(station.seen()));
    let after = heard.last().map(|told| told.id.clone());
    let resumed = LiveAsk { after, ..ask(SEEN) };
    let mut stream = client.listen(&resumed).await.unwrap();
    heard.extend(take(&mut stream, 19).await);
    let words = |told: &[_]| told.iter().map(word).collect::<Vec<_>>();
    let all = take(&mut whole, 24).await;
    assert_eq!(words(&heard), words(&all));
    assert_eq!(words(&all).iter().collect::<BTreeSet<_>>().len(), 24);
}

#[tokio::test]
async fn a_filter_chooses_on_the_server_and_refuses_what_nothing_has() {
    let station = Station::open();
    let filtered = |filter: &str| LiveAsk {
        filter: Some(filter.to_owned()),
        ..ask(SEEN)
    };
    let client = station.client();
    let filter = "channel=News and campaign=spring and event=impression";
    let mut stream = client.listen(&filtered(filter)).await.unwrap();
    (0..3).for_each(|_| drop(station.seen()));
    for told in take(&mut stream, 3).await {
        assert!(word(&told).starts_with("impression "), "{told:?}");
    }
    for (filter, says) in [
        ("campaign=sprng", "sprng"),
        ("reason=cap_usr", "did you mean `cap_user`?"),
        ("chanel=news", "did you mean `channel`?"),
    ] {
        let error = client.listen(&filtered(filter)).await.unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(text.contains(says), "{filter}: {text}");
        assert!(matches!(error, ClientError::Api { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn nobody_hears_what_happens_to_others() {
    let station = Station::open();
    station
        .daemon
        .admin("POST", "/api/v1/tenants", &json!({"name": "other"}));
    let other = client(&station.socket(), Some("other"));
    let acme = client(&station.socket(), Some("acme"));
    let mut own = acme.listen(&ask(Topic::ALL)).await.unwrap();
    let mut strange = other.listen(&ask(Topic::ALL)).await.unwrap();
    (0..5).for_each(|_| drop(station.seen()));
    let mut seconds = 0;
    // Two seconds are counted after acme has heard of everything.
    let mut beacons = 0;
    while beacons < 5 {
        beacons += usize::from(matches!(next(&mut own).await.event, LiveEvent::Beacon(_)));
    }
    while seconds < 2 {
        match next(&mut strange).await.event {
            LiveEvent::Metrics(metrics) => {
                assert_eq!(metrics.totals.requests + metrics.totals.beacons, 0);
                seconds += 1;
            }
            LiveEvent::Health(_) => {}
            LiveEvent::Operation(written) => {
                assert_eq!(written.operation.subject_name, "other");
            }
            event => panic!("{event:?}"),
        }
    }
    // An id of another's stream is a place in none.
    let after = next(&mut own).await.id;
    let stolen = LiveAsk {
        after: Some(after),
        until: Until::Now,
        ..ask(SEEN)
    };
    let mut stream = other.listen(&stolen).await.unwrap();
    while let Some(told) = stream.next().await.unwrap() {
        assert!(told.event.topic().is_none(), "{told:?}");
    }
    let filter = Some("campaign=cmp_1".to_owned());
    let named = LiveAsk {
        filter,
        ..ask(SEEN)
    };
    assert!(other.listen(&named).await.unwrap_err().is_not_found());
    let none = client(&station.socket(), Some("nobody"));
    assert!(none.listen(&ask(SEEN)).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn a_second_is_counted_and_totals_go_on() {
    let station = Station::open();
    let topics = [Topic::Metrics, Topic::Health];
    let mut stream = station.client().listen(&ask(&topics)).await.unwrap();
    (0..4).for_each(|_| drop(station.seen()));
    let (mut requests, mut impressions, mut spent) = (0, 0, 0);
    let mut healthy = false;
    while impressions < 4 || requests < 4 || !healthy {
        match next(&mut stream).await.event {
            LiveEvent::Metrics(metrics) => {
                requests += metrics.counts.requests;
                impressions += metrics.counts.impressions;
                spent += metrics.counts.spend_micros;
                assert_eq!(metrics.totals.requests, requests);
                assert_eq!(metrics.totals.impressions, impressions);
                assert!(metrics.span_ms >= 900, "{metrics:?}");
                assert_eq!(metrics.latency.is_some(), metrics.counts.requests > 0);
            }
            LiveEvent::Health(health) => {
                assert_eq!(health.state, "ok");
                healthy = true;
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((requests, impressions, spent), (4, 4, 80_000));
}

#[tokio::test]
async fn a_restart_is_survived_and_said() {
    let station = Station::open();
    let mut live = Live::new(station.client(), ask(&[Topic::Beacons]));
    assert!(matches!(live.next().await.unwrap(), Happening::Opened));
    station.seen();
    let heard = |happening: Happening, words: &mut Vec<String>| match happening {
        Happening::Told(told) => match &told.event {
            LiveEvent::Beacon(_) => words.push(word(&told)),
            LiveEvent::Gap(gap) => words.push(format!("gap {}", gap.why)),
            _ => {}
        },
        Happening::Opened => words.push("opened".to_owned()),
        // Whether anybody looked while the daemon was away is chance.
        Happening::Lost { .. } => {}
        Happening::Ended => panic!("ended"),
    };
    let mut words = Vec::new();
    while words.is_empty() {
        heard(live.next().await.unwrap(), &mut words);
    }
    let station = station.restarted();
    while words.last().is_none_or(|word| !word.starts_with("gap")) {
        heard(live.next().await.unwrap(), &mut words);
    }
    station.seen();
    while words.len() < 4 {
        heard(live.next().await.unwrap(), &mut words);
    }
    let kinds: Vec<&str> = words
        .iter()
        .map(|word| word.split(' ').next().unwrap())
        .collect();
    assert_eq!(kinds, ["impression", "opened", "gap", "impression"]);
    assert_eq!(words[2], "gap restarted");
    assert_ne!(words[0], words[3]);
}

#[tokio::test]
async fn what_is_wrong_with_a_stream_is_said() {
    let station = Station::open();
    let client = station.client();
    let faulty = [
        LiveAsk {
            after: Some("yesterday".to_owned()),
            ..ask(SEEN)
        },
        LiveAsk {
            filter: Some("(".repeat(50)),
            ..ask(SEEN)
        },
    ];
    for ask in faulty {
        let error = client.listen(&ask).await.unwrap_err();
        assert!(
            matches!(error, ClientError::Api { status: 422, .. }),
            "{error:?}"
        );
    }
}

/// Opens a stream as bytes, and reads nothing of it.
fn open_unread(station: &Station) -> UnixStream {
    let mut socket = UnixStream::connect(station.socket()).unwrap();
    let head = "GET /api/v1/events?topics=decisions HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.write_all(head.as_bytes()).unwrap();
    socket
}

/// Sends no-fill requests over kept connections as fast as they are answered.
fn flood(station: &Station, requests: usize) {
    let body = json!({"request_id": "r", "duration": 30, "channel": "ch_1"}).to_string();
    let request = format!(
        "POST /api/v1/ad-request HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    // Pipelined, twenty at a time.
    let mut socket = std::net::TcpStream::connect(station.daemon.address()).unwrap();
    let mut sent = 0;
    let mut buffer = vec![0; 64 * 1024];
    while sent < requests {
        if sent % 5_000 == 0 {
            // No connection is kept for ever.
            socket = std::net::TcpStream::connect(station.daemon.address()).unwrap();
        }
        let many = request.repeat(20);
        socket.write_all(many.as_bytes()).unwrap();
        let mut answers = 0;
        while answers < 20 {
            let count = socket.read(&mut buffer).unwrap();
            assert!(count > 0, "cut off after {sent} requests");
            answers += buffer[..count]
                .windows(13)
                .filter(|part| part == b"HTTP/1.1 200 ")
                .count();
        }
        sent += 20;
    }
}

fn resident_kib(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Thousands of decisions a second, somebody who listens, and somebody who never reads.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_a_flood_is_sampled_counted_and_costs_no_memory() {
    const REQUESTS: usize = 30_000;
    let station = Station::open();
    station.daemon.admin(
        "PUT",
        "/api/v1/campaigns/spring/status",
        &json!({"status": "paused"}),
    );
    let unread = open_unread(&station);
    let mut stream = station
        .client()
        .listen(&ask(&[Topic::Decisions]))
        .await
        .unwrap();
    flood(&station, 2_000);
    let before = resident_kib(station.daemon.pid());
    let clock = Clock::real();
    let began = clock.monotonic();
    let station = std::sync::Arc::new(station);
    let flooded = {
        let station = std::sync::Arc::clone(&station);
        tokio::task::spawn_blocking(move || flood(&station, REQUESTS))
    };
    let (mut told, mut dropped, mut lost) = (0_u64, 0_u64, 0_u64);
    let all = (REQUESTS + 2_000) as u64;
    while told + dropped + lost < all {
        let next = tokio::time::timeout(PATIENCE, stream.next()).await;
        match next
            .expect("the counts never add up")
            .unwrap()
            .unwrap()
            .event
        {
            LiveEvent::Decision(_) => told += 1,
            // What was told of this second was counted one by one.
            LiveEvent::Sampled(sampled) => dropped += sampled.dropped,
            LiveEvent::Gap(gap) => lost += gap.total().unwrap(),
            _ => {}
        }
    }
    flooded.await.unwrap();
    assert_eq!(told + dropped + lost, all, "each is told, left out or lost");
    let seconds = (clock.monotonic() - began).as_secs() + 3;
    assert!(told <= 50 * seconds + 100, "{told} in {seconds} s");
    let after = resident_kib(station.daemon.pid());
    assert!(
        after < before + 24 * 1024,
        "{before} KiB grew to {after} KiB"
    );
    drop(unread);
}

#[tokio::test]
async fn one_stream_too_many_is_refused_and_a_closed_one_makes_room() {
    let station = Station::open();
    let client = station.client();
    let mut open = Vec::new();
    let error = loop {
        match client.listen(&ask(&[Topic::Health])).await {
            Ok(stream) => open.push(stream),
            Err(error) => break error,
        }
        assert!(open.len() < 1_000);
    };
    assert_eq!(open.len(), 64);
    assert!(
        matches!(error, ClientError::Api { status: 429, .. }),
        "{error:?}"
    );
    assert!(error.may_pass());
    drop(open);
    let again = async {
        while client.listen(&ask(&[Topic::Health])).await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, again).await.unwrap();
}

#[tokio::test]
async fn the_stream_is_what_the_standard_says() {
    let station = Station::open();
    let mut socket = UnixStream::connect(station.socket()).unwrap();
    let head = "GET /api/v1/events?topics=audit&recent=2&follow=false HTTP/1.1\r\n\
                Host: localhost\r\nConnection: close\r\n\r\n";
    // The writes of the fixture are told once they were read.
    let client = station.client();
    let mut stream = client
        .listen(&LiveAsk {
            recent: 100,
            ..ask(&[Topic::Audit])
        })
        .await
        .unwrap();
    while !matches!(next(&mut stream).await.event, LiveEvent::Operation(written) if written.operation.kind == "creative")
    {
    }
    socket.write_all(head.as_bytes()).unwrap();
    let mut text = String::new();
    socket.read_to_string(&mut text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let head = head.to_lowercase();
    assert!(head.contains("content-type: text/event-stream"), "{head}");
    assert!(head.contains("cache-control: no-store"), "{head}");
    let lines: Vec<&str> = body.lines().filter(|line| line.contains(": ")).collect();
    for (place, field) in ["id: ", "event: ", "data: "].iter().enumerate() {
        for line in lines.iter().skip(place).step_by(3) {
            assert!(line.starts_with(field), "{line}");
        }
    }
    let names: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.strip_prefix("event: "))
        .collect();
    assert_eq!(names, ["snapshot", "audit", "audit"]);
    let data = lines.iter().filter_map(|line| line.strip_prefix("data: "));
    for data in data {
        let data: Value = serde_json::from_str(data).unwrap();
        assert!(data["type"].is_string(), "{data}");
    }
}
