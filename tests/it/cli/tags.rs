//! `adctl tags test`: a tag that works, and each way in which one does not.

use serde_json::{Value, json};

use super::desk::Desk;
use crate::fake_daemon::{FakeDaemon, Reply};

/// A desk whose daemon names `public` as the address of every tag.
fn desk(public: &FakeDaemon, format: &str) -> (FakeDaemon, Desk) {
    let url = format!(
        "{}/api/v1/vast?channel=ch_1&cb=[CACHEBUSTING]",
        public.address()
    );
    let (method, body) = match format {
        "json" => (
            "POST",
            json!({"channel": "ch_1", "request_id": "[CACHEBUSTING]"}),
        ),
        _ => ("GET", Value::Null),
    };
    let tag = json!({
        "target": "ch_1", "format": format, "url": url, "method": method, "body": body,
    });
    let daemon = FakeDaemon::tcp(move |_number| Reply::json(200, &tag.to_string()));
    let desk = Desk::at(daemon.address());
    (daemon, desk)
}

fn answer(kind: &str, body: &str) -> Reply {
    let length = body.len();
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n");
    Reply::Raw(format!("{head}\r\n{body}").into_bytes())
}

fn vast(media: &str) -> String {
    format!(
        r#"<VAST version="4.2"><Ad id="1"><InLine><AdSystem>a</AdSystem><AdTitle>t</AdTitle>
        <Impression>http://127.0.0.1:1/</Impression><Creatives><Creative><Linear>
        <Duration>00:00:06</Duration><MediaFiles><MediaFile type="video/mp4" width="1" height="1"
        delivery="progressive"><![CDATA[{media}]]></MediaFile></MediaFiles></Linear></Creative>
        </Creatives></InLine></Ad></VAST>"#
    )
}

#[test]
fn a_tag_that_works_passes_every_check() {
    let media = FakeDaemon::tcp(|_number| answer("video/mp4", "film"));
    let document = vast(&format!("{}/film.mp4", media.address()));
    let public = FakeDaemon::tcp(move |_number| answer("application/xml", &document));
    let (_daemon, desk) = desk(&public, "vast");
    let ran = desk.must(&["tags", "test", "--channel", "news", "-o", "json"]);
    let checks = ran.json();
    let results: Vec<&Value> = checks
        .as_array()
        .unwrap()
        .iter()
        .map(|c| &c["result"])
        .collect();
    assert_eq!(results, ["ok", "ok", "ok"], "{checks:#}");
    assert!(ran.err.contains("0 of 3 checks failed"), "{}", ran.err);
    assert!(
        public.requests()[0].contains("cb=12345678"),
        "{:?}",
        public.requests()
    );
    assert!(media.requests()[0].starts_with("GET /film.mp4 "));
}

#[test]
fn each_fault_of_a_tag_is_a_no() {
    let gone = vast("http://127.0.0.1:1/film.mp4");
    for (reply, part) in [
        (Reply::Close, "broke"),
        (Reply::json(500, "{}"), "status 500"),
        (answer("text/html", "<html></html>"), "not XML"),
        (
            answer("application/xml", "<VAST version=\"4.2\"><Ad>"),
            "ends inside",
        ),
        (answer("application/xml", &gone), "127.0.0.1:1/film.mp4"),
        (
            answer("application/json", "[]"),
            "not an answer of version 1",
        ),
    ] {
        let public = FakeDaemon::tcp(move |_number| reply.clone());
        let (_daemon, desk) = desk(&public, "vast");
        let ran = desk.run(&["tags", "test", "--channel", "news"]);
        assert_eq!(ran.code, 1, "{part}: {ran:?}");
        assert!(ran.out.contains(part), "{part}: {ran:?}");
    }
}

#[test]
fn a_json_tag_is_posted_with_its_body() {
    let no_ad = r#"{"request_id":"r","no_ad":{"reason":"no_demand"}}"#;
    let public = FakeDaemon::tcp(move |_number| answer("application/json", no_ad));
    let (_daemon, desk) = desk(&public, "json");
    let ran = desk.must(&["tags", "test", "--channel", "news", "--format", "json"]);
    assert!(ran.out.contains("no ad: no_demand"), "{}", ran.out);
    let request = &public.requests()[0];
    assert!(request.starts_with("POST "), "{request}");
    assert!(
        request.ends_with(r#"{"channel":"ch_1","request_id":"12345678"}"#),
        "{request}"
    );
}
