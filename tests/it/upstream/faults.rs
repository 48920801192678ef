//! Origins that are slow, silent, endless, broken off, too large or no origins at all: each costs
//! what its limit says, is named, and leaves nothing behind.

use std::io::Write as _;
use std::time::Duration;

use adserve::upstream::{Cause, Part, Phase};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::site::{Act, Site, ok, with};
use super::{BYTES_MAX, Desk, HEAD, WHOLE, timed, wait_for};

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn head(lines: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\n{lines}\r\n").into_bytes()
}

const GZIP: &str = "Content-Encoding: gzip\r\n";
const PLAYLIST: &str = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n";

fn too_large(part: Part) -> Cause {
    let max = match part {
        Part::Head => 32 * 1_024,
        Part::Wire | Part::Content => BYTES_MAX,
    };
    Cause::TooLarge { part, max }
}

/// A fault: where it is, what the origin does, and what it is called.
type Fault = (&'static str, Act, Cause);

const CHUNKED: &str = "Transfer-Encoding: chunked\r\n";

fn faults() -> Vec<Fault> {
    [too_slow(), too_much(), broken_off(), wrongly_coded()].concat()
}

fn too_slow() -> Vec<Fault> {
    let late = |phase| Cause::Timeout { phase };
    let pause = Duration::from_millis(20);
    vec![
        ("/silent", Act::Hang(Vec::new()), late(Phase::Head)),
        (
            "/slow-head",
            Act::Endless(b"HTTP/1.1 200 OK\r\n".to_vec(), b"X".to_vec(), pause),
            late(Phase::Head),
        ),
        (
            "/drip",
            Act::Endless(head("Content-Length: 9000\r\n"), b"#".to_vec(), pause),
            late(Phase::Whole),
        ),
        (
            "/half",
            Act::Hang([&head("Content-Length: 90\r\n"), PLAYLIST.as_bytes()].concat()),
            late(Phase::Whole),
        ),
    ]
}

fn too_much() -> Vec<Fault> {
    let none = Duration::ZERO;
    let bomb = gzip(&vec![b'#'; 100 * BYTES_MAX]);
    assert!(bomb.len() < BYTES_MAX);
    let megabyte = [b"100000\r\n", &vec![b'x'; 1 << 20][..], b"\r\n"].concat();
    vec![
        (
            "/endless-header",
            Act::Endless(head("")[..17].to_vec(), vec![b'a'; 4_096], none),
            too_large(Part::Head),
        ),
        (
            "/many-headers",
            Act::Close(head(&"X-A: b\r\n".repeat(200))),
            too_large(Part::Head),
        ),
        (
            "/huge",
            Act::Hang(head("Content-Length: 99999999\r\n")),
            too_large(Part::Wire),
        ),
        (
            "/endless",
            Act::Endless(head(CHUNKED), megabyte, none),
            too_large(Part::Wire),
        ),
        (
            "/endless-close",
            Act::Endless(head(""), vec![b'x'; 65_536], none),
            too_large(Part::Wire),
        ),
        (
            "/bomb",
            Act::Send(with("200 OK", GZIP, &bomb)),
            too_large(Part::Content),
        ),
    ]
}

fn broken_off() -> Vec<Fault> {
    vec![
        (
            "/short",
            Act::Close([&head("Content-Length: 90\r\n"), PLAYLIST.as_bytes()].concat()),
            Cause::Truncated,
        ),
        (
            "/short-chunks",
            Act::Close([&head(CHUNKED), &b"20\r\n#EXTM3U\n"[..]].concat()),
            Cause::Truncated,
        ),
        (
            "/no-last-chunk",
            Act::Close([&head(CHUNKED), &b"8\r\n#EXTM3U\n\r\n"[..]].concat()),
            Cause::Truncated,
        ),
        (
            "/reset",
            Act::Reset([&head("Content-Length: 90\r\n"), PLAYLIST.as_bytes()].concat()),
            Cause::Truncated,
        ),
        ("/nothing", Act::Close(Vec::new()), Cause::Truncated),
        (
            "/half-a-head",
            Act::Close(b"HTTP/1.1 200 OK\r\nContent-".to_vec()),
            Cause::Truncated,
        ),
    ]
}

fn wrongly_coded() -> Vec<Fault> {
    let packed = gzip(PLAYLIST.as_bytes());
    let cut = &packed[..packed.len() - 4];
    vec![
        (
            "/gzip-cut",
            Act::Send(with("200 OK", GZIP, cut)),
            Cause::Gzip,
        ),
        (
            "/gzip-not",
            Act::Send(with("200 OK", GZIP, PLAYLIST.as_bytes())),
            Cause::Gzip,
        ),
        (
            "/gzip-twice",
            Act::Send(with(
                "200 OK",
                "Content-Encoding: gzip, gzip\r\n",
                &gzip(&packed),
            )),
            Cause::Coding,
        ),
        (
            "/brotli",
            Act::Send(with("200 OK", "Content-Encoding: br\r\n", b"x")),
            Cause::Coding,
        ),
    ]
}

#[tokio::test]
async fn every_fault_is_named_and_costs_no_more_than_its_limit() {
    let script = faults();
    let site = Site::start(move |path, _head| {
        let fault = script.iter().find(|(name, ..)| *name == path);
        fault.map_or_else(|| Act::Send(ok(PLAYLIST)), |(_, act, _)| act.clone())
    })
    .await;
    let mut cut = 0;
    for (path, act, expected) in faults() {
        // One failing origin must not be left alone before all was tried.
        let desk = Desk::new();
        let (error, took) = timed(desk.fetch(&site.url(path))).await;
        let error = error.unwrap_err();
        assert_eq!(error.cause, expected, "{path}");
        let limit = match &expected {
            Cause::Timeout { phase: Phase::Head } => HEAD,
            _ => WHOLE,
        };
        assert!(
            took < limit + Duration::from_millis(500),
            "{path}: {took:?}"
        );
        assert_eq!(site.count(path), 1, "{path}: the fault was there");
        if matches!(act, Act::Hang(_) | Act::Endless(..)) {
            cut += 1;
            wait_for("the connection is closed", || site.cut() == cut).await;
        }
        // Nothing stays: the next fetch is as good as any.
        assert_eq!(desk.text(&site.url("/good")).await, PLAYLIST, "{path}");
        let word = expected.as_str();
        let name = format!("adserved_upstream_failures_total{{reason=\"{word}\"}}");
        assert_eq!(desk.figure(&name), 1, "{path}");
    }
    assert!(cut >= 8, "{cut}");
}

#[tokio::test]
async fn what_is_not_http_is_called_so() {
    let site = Site::start(|_path, _head| Act::Close(b"-ERR unknown command\r\n".to_vec())).await;
    let error = Desk::new().fetch(&site.url("/")).await.unwrap_err();
    assert!(matches!(error.cause, Cause::Protocol(_)), "{error}");
    assert_eq!(site.count("/"), 1);
}

#[tokio::test]
async fn odd_statuses_are_no_answers() {
    let site = Site::start(|path, _head| {
        let status = path.trim_start_matches('/');
        let headers = match status {
            "503" => "Retry-After: 7\r\n",
            "429" => "Retry-After: Fri, 20 Nov 2026 10:00:00 GMT\r\n",
            "304" => "ETag: \"x\"\r\n",
            _ => "",
        };
        let body: &[u8] = if matches!(status, "204" | "304") {
            b""
        } else {
            b"#EXTM3U\n"
        };
        let mut answer = with(&format!("{status} X"), headers, body);
        if body.is_empty() {
            answer = format!("HTTP/1.1 {status} X\r\n{headers}\r\n").into_bytes();
        }
        Act::Send(answer)
    })
    .await;
    for status in [
        "201", "203", "204", "206", "226", "300", "304", "305", "400", "401", "403", "404", "410",
        "418", "429", "451", "500", "502", "503", "504", "599",
    ] {
        let desk = Desk::new();
        let error = desk
            .fetch(&site.url(&format!("/{status}")))
            .await
            .unwrap_err();
        let Cause::Status {
            status: found,
            retry_after,
        } = error.cause
        else {
            panic!("{status}: {error}");
        };
        assert_eq!(found.as_str(), status);
        let asked = (status == "503").then_some(Duration::from_secs(7));
        assert_eq!(retry_after, asked, "{status}");
        assert_eq!(site.count(&format!("/{status}")), 1);
    }
}

#[tokio::test]
async fn a_length_that_is_too_small_ends_the_body_and_the_connection() {
    let site = Site::start(|path, _head| match path {
        "/long" => {
            let more = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged";
            Act::Send([&ok(PLAYLIST), &more[..]].concat())
        }
        _ => Act::Send(ok("true")),
    })
    .await;
    let desk = Desk::new();
    assert_eq!(desk.text(&site.url("/long")).await, PLAYLIST);
    // What came behind is not taken for the next answer.
    assert_eq!(desk.text(&site.url("/next")).await, "true");
    assert_eq!(site.count("/next"), 1);
}

#[tokio::test]
async fn two_lengths_or_a_length_and_chunks_are_never_read_two_ways() {
    let site = Site::start(|path, _head| {
        let lines = match path {
            "/two" => "Content-Length: 4\r\nContent-Length: 40\r\n",
            "/list" => "Content-Length: 4, 40\r\n",
            "/plus" => "Content-Length: +4\r\n",
            _ => "Content-Length: x\r\n",
        };
        Act::Close([&head(lines), &b"true"[..]].concat())
    })
    .await;
    for path in ["/two", "/list", "/plus", "/word"] {
        let error = Desk::new().fetch(&site.url(path)).await.unwrap_err();
        let is_named = matches!(error.cause, Cause::Protocol(_) | Cause::Truncated);
        assert!(is_named, "{path}: {error}");
        assert_eq!(site.count(path), 1);
    }
}

#[tokio::test]
async fn gzip_plain_chunked_and_until_close_read_alike() {
    let site = Site::start(|path, head| {
        assert!(head.to_lowercase().contains("accept-encoding: gzip\r\n"));
        match path {
            "/gzip" => Act::Send(with("200 OK", GZIP, &gzip(PLAYLIST.as_bytes()))),
            "/chunks" => {
                let mut answer = self::head("Transfer-Encoding: chunked\r\n");
                for byte in PLAYLIST.bytes() {
                    write!(answer, "1\r\n{}\r\n", byte as char).unwrap();
                }
                answer.extend_from_slice(b"0\r\n\r\n");
                Act::Send(answer)
            }
            "/close" => Act::Close([&self::head(""), PLAYLIST.as_bytes()].concat()),
            "/old" => Act::Close([b"HTTP/1.0 200 OK\r\n\r\n", PLAYLIST.as_bytes()].concat()),
            _ => Act::Send(ok(PLAYLIST)),
        }
    })
    .await;
    let desk = Desk::new();
    for path in ["/plain", "/gzip", "/chunks", "/close", "/old"] {
        assert_eq!(desk.text(&site.url(path)).await, PLAYLIST, "{path}");
    }
    // Exactly as much as is taken, and a byte more.
    for (more, is_taken) in [(0, true), (1, false)] {
        let body = "x".repeat(BYTES_MAX + more);
        let site = Site::start(move |_path, _head| Act::Send(ok(&body))).await;
        let fetched = Desk::new().fetch(&site.url("/")).await;
        assert_eq!(fetched.is_ok(), is_taken, "{more}");
    }
}

#[tokio::test]
async fn errors_and_figures_tell_no_secret_of_the_url() {
    let site = Site::start(|_path, _head| Act::Send(with("500 X", "", b""))).await;
    let desk = Desk::new();
    let url = site.url("/hunter2/live.m3u8?token=hunter2#hunter2");
    let error = desk.fetch(&url).await.unwrap_err();
    let expected = format!(
        "http://127.0.0.1:{}: answered 500 Internal Server Error",
        site.port()
    );
    assert_eq!(error.to_string(), expected);
    assert!(!format!("{error:?}").contains("hunter2"));
    assert!(!desk.metrics.text().contains("hunter2"));
    // The fragment is ours, the query is the origin's.
    assert_eq!(site.count("/hunter2/live.m3u8?token=hunter2"), 1);
}
