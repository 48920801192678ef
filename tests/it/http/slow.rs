//! Clients that take their time: each is ended in its time, and the others do not notice.

use std::io::{Read, Write};
use std::time::Duration;

use adserve::host::http::{Incident, Limits};

use super::{BIG_BYTES, Site, limits, now, wait_until};

#[test]
fn two_hundred_half_requests_are_closed_in_time_while_others_are_served() {
    let site = Site::start(limits());
    let mut slow: Vec<_> = (0..200).map(|_| site.connect()).collect();
    let begun = now();
    for client in &mut slow {
        client.send(b"GET / HTTP/1.1\r\nHost: a\r\nX: ");
    }
    // They drip on, as slowloris does: progress must not buy time.
    while site.count(Incident::HeadTimeout) < 200 {
        assert!(
            begun.elapsed() < Duration::from_secs(5),
            "after {:?}",
            begun.elapsed()
        );
        site.serves();
        for client in slow.iter_mut().step_by(10) {
            client.send(b"y");
        }
    }
    slow.iter_mut().for_each(super::Client::wait_for_end);
    assert_eq!(site.count(Incident::HeadTimeout), 200);
}

#[test]
fn a_client_that_connects_and_says_nothing_is_closed() {
    let site = Site::start(limits());
    let begun = now();
    site.connect().wait_for_end();
    assert!(begun.elapsed() >= limits().head_timeout);
    assert_eq!(site.count(Incident::HeadTimeout), 1);
}

#[test]
fn a_request_that_begins_after_a_pause_has_the_whole_time_and_no_more() {
    let limits = Limits {
        idle_timeout: Duration::from_secs(30),
        ..limits()
    };
    let site = Site::start(limits.clone());
    let mut client = site.connect();
    client.get("/").unwrap();
    let begun = now();
    client.send(b"GET / HT");
    client.wait_for_end();
    let took = begun.elapsed();
    assert!(
        took >= limits.head_timeout && took < limits.head_timeout * 5,
        "{took:?}"
    );
    assert_eq!(site.count(Incident::HeadTimeout), 1);
}

#[test]
fn an_idle_connection_is_closed_in_good_order() {
    let site = Site::start(limits());
    let mut client = site.connect();
    client.get("/").unwrap();
    let begun = now();
    assert_eq!(client.read_to_end(), "");
    assert!(
        begun.elapsed() >= limits().idle_timeout / 2,
        "{:?}",
        begun.elapsed()
    );
    assert_eq!(site.count(Incident::IdleTimeout), 1);
    assert_eq!(site.count(Incident::HeadTimeout), 0);
}

#[test]
fn a_slow_body_is_answered_408() {
    let site = Site::start(limits());
    let mut client = site.connect();
    client.send(b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n");
    let mut dripping = client.0.try_clone().unwrap();
    let drip = std::thread::spawn(move || {
        // A byte now and then, until the server has enough of it.
        let mut sent = 0;
        while dripping.write_all(b"x").is_ok() && sent < 900 {
            sent += 1;
            let waited = now();
            while waited.elapsed() < Duration::from_millis(50) {
                std::thread::yield_now();
            }
        }
        sent
    });
    let answer = client.read_to_end();
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert_eq!(site.count(Incident::BodyTimeout), 1);
    drop(client);
    assert!(drip.join().unwrap() < 900, "the whole body was taken");
    site.serves();
}

#[test]
fn a_body_at_a_fair_rate_may_take_longer_than_the_timeout() {
    let site = Site::start(Limits {
        body_rate_min: 500,
        ..limits()
    });
    let mut client = site.connect();
    let begun = now();
    client.send(b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n");
    for _ in 0..9 {
        client.send(&[b'x'; 100]);
        let waited = now();
        wait_until("a tenth of a second", || {
            waited.elapsed() >= Duration::from_millis(100)
        });
    }
    assert!(client.read_response().unwrap().starts_with("HTTP/1.1 200 "));
    assert!(begun.elapsed() > limits().body_timeout * 2);
}

#[test]
fn a_client_that_does_not_read_is_cut() {
    let site = Site::start(limits());
    let mut client = site.connect();
    client.send(b"GET /big HTTP/1.1\r\nHost: a\r\n\r\n");
    site.wait_for(Incident::WriteTimeout, 1);
    site.wait_for(Incident::Closed, 1);
    site.serves();
}

#[test]
fn a_client_that_reads_slowly_but_steadily_gets_everything() {
    let site = Site::start(limits());
    let mut client = site.connect();
    client.send(b"GET /big HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    let begun = now();
    let mut read = 0;
    let mut bytes = vec![0; 1024 * 1024];
    loop {
        let piece = client.0.read(&mut bytes).unwrap();
        if piece == 0 {
            break;
        }
        read += piece;
        let waited = now();
        wait_until("a moment", || waited.elapsed() >= Duration::from_millis(15));
    }
    assert!(read > BIG_BYTES);
    assert!(
        begun.elapsed() > limits().write_timeout,
        "too fast to show anything"
    );
    assert_eq!(site.count(Incident::WriteTimeout), 0);
}

#[test]
fn a_handler_may_take_longer_than_any_timeout_of_the_client() {
    let site = Site::start(limits());
    let begun = now();
    assert!(site.connect().get("/wait").unwrap().ends_with("waited"));
    assert!(begun.elapsed() > limits().head_timeout);
}
