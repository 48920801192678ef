//! Requests that two parsers could read differently, that are too large, or that are fine.

use adserve::host::http::Incident;

use super::{ECHO_BYTES_MAX, Site, limits};

/// Sent after every hostile request: it must never run.
const SECOND: &str = "GET /second HTTP/1.1\r\nHost: a\r\n\r\n";

#[test]
fn smuggling_is_answered_400_and_the_second_request_never_runs() {
    let site = Site::start(limits());
    let post = "POST /echo HTTP/1.1\r\nHost: a\r\n";
    let long = "9".repeat(40);
    for hostile in [
        format!("{post}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        format!("{post}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"),
        format!("{post}Content-Length: 0\r\nContent-Length: 0\r\n\r\n"),
        format!("{post}Content-Length: 0\r\nContent-Length: 40\r\n\r\n"),
        format!("{post}Content-Length: +0\r\n\r\n"),
        format!("{post}Content-Length: 0, 0\r\n\r\n"),
        format!("{post}Content-Length: -1\r\n\r\n"),
        format!("{post}Content-Length: 0x0\r\n\r\n"),
        format!("{post}Content-Length: {long}\r\n\r\n"),
        format!("{post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        format!("{post}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        format!("{post}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"),
        format!("{post}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
        format!("{post}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        format!("{post}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
        format!("{post}Content-Length : 0\r\n\r\n"),
        format!("{post}: empty\r\n\r\n"),
        format!("{post}X: a\r\n folded\r\n\r\n"),
        format!("{post}X: a\r\n\tfolded\r\n\r\n"),
        format!("{post}X: a\nY: b\r\n\r\n"),
        format!("{post}X: a\rY: b\r\n\r\n"),
        format!("{post}X: a\0b\r\n\r\n"),
        format!("{post}Host: b\r\n\r\n"),
        "POST /echo HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".into(),
        "GET /echo HTTP/1.1\r\n\r\n".into(),
        "GET /echo HTTP/1.1\nHost: a\n\n".into(),
        "GET  /echo HTTP/1.1\r\nHost: a\r\n\r\n".into(),
        "GET /echo HTTP/1.1 \r\nHost: a\r\n\r\n".into(),
        "GET /echo\r\n\r\n".into(),
        "GET /ec ho HTTP/1.1\r\nHost: a\r\n\r\n".into(),
        "GET /echo HTTP/3.1\r\nHost: a\r\n\r\n".into(),
        "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n".into(),
        "\u{16}\u{3}\u{1}\u{2}\u{0}\r\n\r\n".into(),
    ] {
        let answer = site.exchange(&format!("{hostile}{SECOND}"));
        assert!(
            answer.starts_with("HTTP/1.1 400 "),
            "{hostile:?}: {answer:?}"
        );
        assert_eq!(
            answer.matches("HTTP/1.1 ").count(),
            1,
            "{hostile:?}: {answer:?}"
        );
    }
    assert_eq!(site.asked("/second"), 0);
    assert_eq!(site.asked("/echo"), 0);
    assert!(site.count(Incident::Ambiguous) > 0 && site.count(Incident::Refused) > 0);
    site.serves();
}

#[test]
fn malformed_chunks_are_answered_400_and_nothing_follows() {
    let site = Site::start(limits());
    for chunks in [
        "zz\r\nhello\r\n0\r\n\r\n",
        "\r\nhello\r\n0\r\n\r\n",
        "-1\r\nhello\r\n0\r\n\r\n",
        "0x5\r\nhello\r\n0\r\n\r\n",
        "5\nhello\r\n0\r\n\r\n",
        "5\r\nhelloX\r\n0\r\n\r\n",
        "5\r\nhello0\r\n\r\n",
        "FFFFFFFFFFFFFFFF1\r\nhello\r\n0\r\n\r\n",
        "10000000000000000\r\nhello\r\n0\r\n\r\n",
    ] {
        let head = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
        let answer = site.exchange(&format!("{head}{chunks}{SECOND}"));
        assert!(
            answer.starts_with("HTTP/1.1 400 "),
            "{chunks:?}: {answer:?}"
        );
        assert_eq!(
            answer.matches("HTTP/1.1 ").count(),
            1,
            "{chunks:?}: {answer:?}"
        );
    }
    assert_eq!(site.asked("/second"), 0);
}

fn status(answer: &str) -> String {
    answer.chars().skip("HTTP/1.1 ".len()).take(3).collect()
}

#[test]
fn http_2_without_tls_is_not_spoken() {
    let site = Site::start(limits());
    let answer = site.exchange("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    assert_eq!(answer, "");
    site.serves();
}

#[test]
fn sizes_are_held_to_the_byte() {
    let site = Site::start(limits());
    let get = |path: &str, fields: &str| {
        let head = format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{fields}\r\n");
        let answer = site.exchange(&head);
        (head.len(), status(&answer))
    };
    let path = |bytes: usize| format!("/{}", "p".repeat(bytes - 1));
    assert_eq!(get(&path(8_192), "").1, "200");
    assert_eq!(get(&path(8_193), "").1, "414");
    assert_eq!(get(&path(64 * 1_024), "").1, "431");

    // Host and Connection are two.
    assert_eq!(get("/", &"x: y\r\n".repeat(98)).1, "200");
    assert_eq!(get("/", &"x: y\r\n".repeat(99)).1, "431");

    let (empty, _) = get("/", "x: \r\n");
    let filled = |bytes: usize| format!("x: {}\r\n", "y".repeat(bytes - empty));
    assert_eq!(
        get("/", &filled(16 * 1_024)),
        (16 * 1_024, "200".to_owned())
    );
    assert_eq!(get("/", &filled(16 * 1_024 + 1)).1, "431");
    assert_eq!(get("/", &filled(1_024 * 1_024)).1, "431");
    site.serves();
}

#[test]
fn a_body_over_the_limit_is_answered_413_without_being_read() {
    let site = Site::start(limits());
    let post = |framing: &str, body: &str| {
        let head = format!("POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{framing}\r\n");
        status(&site.exchange(&format!("{head}\r\n{body}")))
    };
    let whole = "b".repeat(ECHO_BYTES_MAX + 1);
    let fits = "b".repeat(ECHO_BYTES_MAX);
    assert_eq!(
        post(&format!("Content-Length: {ECHO_BYTES_MAX}"), &fits),
        "200"
    );
    // Answered from the declared length: the body is never sent.
    assert_eq!(post("Content-Length: 1001", ""), "413");
    assert_eq!(post("Content-Length: 1001", &whole), "413");
    assert_eq!(post("Content-Length: 18446744073709551000", ""), "413");
    let chunk = |body: &str| format!("{:x}\r\n{body}\r\n", body.len());
    let chunked = "Transfer-Encoding: chunked";
    assert_eq!(post(chunked, &format!("{}0\r\n\r\n", chunk(&fits))), "200");
    assert_eq!(post(chunked, &format!("{}0\r\n\r\n", chunk(&whole))), "413");
    // Endless: the last chunk never comes.
    assert_eq!(post(chunked, &chunk("0123456789").repeat(10_000)), "413");
    site.serves();
}

#[test]
fn pipelined_requests_with_bodies_are_answered_in_order() {
    let site = Site::start(limits());
    let all = "\r\nPOST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nfirst\
               GET /id HTTP/1.1\r\nHost: a\r\nX-Request-Id: second\r\n\r\n\
               POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nConnection: close\r\n\r\nthird";
    // However the bytes are cut, the answers are the same.
    for piece in [1, 7, 64, all.len()] {
        let mut client = site.connect();
        for bytes in all.as_bytes().chunks(piece) {
            client.send(bytes);
        }
        let answer = client.read_to_end();
        let at = |text: &str| {
            answer
                .find(text)
                .unwrap_or_else(|| panic!("{text}: {answer}"))
        };
        assert_eq!(answer.matches("HTTP/1.1 200 ").count(), 3, "{answer}");
        assert!(at("\r\n\r\nfirst") < at("\r\n\r\nsecond"), "{answer}");
        assert!(at("\r\n\r\nsecond") < at("\r\n\r\nthird"), "{answer}");
    }
}

#[test]
fn a_smuggled_head_after_a_body_is_refused_too() {
    let site = Site::start(limits());
    let answer = site.exchange(
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nfirst\
         POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n\
         0\r\n\r\n",
    );
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(answer.contains("HTTP/1.1 400 "), "{answer}");
    assert_eq!(site.asked("/echo"), 1);
}

#[test]
fn a_chunked_body_is_read_and_ends_the_connection() {
    let site = Site::start(limits());
    let answer = site.exchange(
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\
         3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n",
    );
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(answer.contains("connection: close\r\n") && answer.ends_with("\r\n\r\nabcde"));
}

#[test]
fn a_client_that_waits_for_100_continue_gets_it() {
    let site = Site::start(limits());
    let mut client = site.connect();
    client.send(
        b"POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n",
    );
    assert_eq!(
        client.read_response().unwrap(),
        "HTTP/1.1 100 Continue\r\n\r\n"
    );
    client.send(b"hi");
    assert!(client.read_response().unwrap().ends_with("hi"));
    assert!(client.get("/").unwrap().ends_with("ok"));
}

#[test]
fn every_answer_carries_a_request_id() {
    let site = Site::start(limits());
    let ask = |fields: &str| {
        let head = format!("GET /id HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{fields}\r\n");
        let answer = site.exchange(&head);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let echoed = head
            .lines()
            .find_map(|line| line.strip_prefix("x-request-id: "));
        assert_eq!(echoed, Some(body), "{answer}");
        body.to_owned()
    };
    assert_eq!(ask("X-Request-Id: tv-1.a_B\r\n"), "tv-1.a_B");
    let made = ask("X-Request-Id: a b\r\n");
    assert!(made.len() == 16 && made != ask(""), "{made}");
    // Refusals have one too.
    let refused = site.exchange("GET / HTTP/1.1\r\n\r\n");
    assert!(refused.contains("\r\nx-request-id: "), "{refused}");
}
