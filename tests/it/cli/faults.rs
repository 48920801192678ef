//! Daemons that hang, close and talk garbage; readers that go away; signals.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Stdio;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use super::desk::{Desk, Ran};
use crate::fake_daemon::{FakeDaemon, Reply};

#[test]
fn a_daemon_that_misbehaves_is_named_and_told_apart() {
    for (reply, code, part) in [
        (Reply::Hang, 7, "did not answer within 200 ms"),
        (Reply::Close, 7, "broke"),
        (Reply::Raw(b"SSH-2.0-OpenSSH_9.6\r\n".to_vec()), 7, "broke"),
        (Reply::json(200, "<html>"), 1, "not of the admin API"),
        (Reply::json(200, "[1,2]"), 1, "not of the admin API"),
        (Reply::json(500, "oops"), 1, "status 500"),
        (Reply::json(302, ""), 1, "status 302"),
        (Reply::Endless, 1, "larger than 32 MiB"),
    ] {
        let daemon = FakeDaemon::tcp(move |_number| reply.clone());
        let desk = Desk::at(daemon.address());
        let timeout = if part.contains("200 ms") {
            "200ms"
        } else {
            "30s"
        };
        let ran = desk.run(&["channels", "list", "--timeout", timeout]);
        assert_eq!(ran.code, code, "{part}: {ran:?}");
        assert!(ran.err.contains(part), "{part}: {ran:?}");
        assert_eq!(ran.out, "");
    }
}

/// A page that is far larger than a pipe holds.
fn large_page() -> String {
    let channel = json!({
        "id": "ch_1", "name": "n".repeat(200), "description": "d".repeat(4_000), "slot_ms": null,
        "revision": 1, "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
    });
    let items: Vec<Value> = std::iter::repeat_n(channel, 500).collect();
    json!({"items": items, "total": 500, "next_cursor": null}).to_string()
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let page = large_page();
    let daemon = FakeDaemon::tcp(move |_number| Reply::json(200, &page));
    let desk = Desk::at(daemon.address());
    for format in ["table", "json", "jsonl", "yaml", "csv", "tsv", "name"] {
        let mut command = desk.command(&["channels", "list", "-o", format]);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut reader = BufReader::with_capacity(512, child.stdout.take().unwrap());
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        drop(reader);
        let ran = Ran::of(child.wait_with_output().unwrap());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{format}");
    }
    for arguments in ["help", "completions bash", "man campaigns", "--help"] {
        let mut command = desk.command(&arguments.split(' ').collect::<Vec<_>>());
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let ran = Ran::of(child.wait_with_output().unwrap());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments}");
    }
}

#[test]
fn a_full_disk_is_an_error() {
    let desk = Desk::at("/nowhere");
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let ran = Ran::of(
        desk.command(&["completions", "bash"])
            .stdout(full)
            .output()
            .unwrap(),
    );
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("cannot write the answer"), "{}", ran.err);
}

#[test]
fn signals_end_it_with_their_number() {
    for (signal, code, word) in [
        (Signal::INT, 130, "interrupted"),
        (Signal::TERM, 143, "terminated"),
    ] {
        let daemon = FakeDaemon::tcp(|_number| Reply::Hang);
        let desk = Desk::at(daemon.address());
        // The trace says when the call is under way, and so the signals are taken.
        let mut command = desk.command(&["status", "--debug"]);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut errors = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        while !line.contains("GET /api/v1/status") {
            line.clear();
            assert!(errors.read_line(&mut line).unwrap() > 0);
        }
        let pid = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
        kill_process(pid, signal).unwrap();
        let mut rest = String::new();
        errors.read_to_string(&mut rest).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(code));
        assert!(rest.contains(word), "{rest}");
    }
}

#[test]
fn a_daemon_over_tls_is_trusted_by_its_certificate_alone() {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let address = tls_daemon(&made);
    let desk = Desk::at(&format!("https://localhost:{}", address.port()));
    let ran = desk.run(&["version", "-o", "json"]);
    assert_eq!(ran.json()["server"], json!(null), "{ran:?}");
    let file = desk.file("ca.pem", made.cert.pem().as_bytes());
    let ran = desk.json(&["version", "--ca-file", &file]);
    assert_eq!(ran["server"]["version"], "1.2.3");
    let none = desk.file("none.pem", b"no certificate");
    let ran = desk.run(&["status", "--ca-file", &none]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("holds no certificate"), "{}", ran.err);
}

/// Answers every connection over TLS with a version.
fn tls_daemon(made: &rcgen::CertifiedKey<rcgen::KeyPair>) -> std::net::SocketAddr {
    use std::io::Write as _;
    let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let config = std::sync::Arc::new(config);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let session = rustls::ServerConnection::new(std::sync::Arc::clone(&config)).unwrap();
            let mut stream = rustls::StreamOwned::new(session, stream.unwrap());
            let mut request = [0; 1024];
            // A client that does not trust us says so and goes.
            if stream.read(&mut request).is_ok_and(|count| count > 0) {
                let body = r#"{"version":"1.2.3","catalog_schema":1,"ledger_schema":1}"#;
                let Reply::Raw(bytes) = Reply::json(200, body) else {
                    unreachable!("json makes a whole answer");
                };
                stream.write_all(&bytes).unwrap();
                stream.conn.send_close_notify();
                stream.flush().unwrap();
            }
        }
    });
    address
}

#[test]
fn the_token_of_a_context_reaches_no_other_daemon() {
    let page = r#"{"items":[],"total":0,"next_cursor":null}"#;
    let own = FakeDaemon::tcp(move |_nth| Reply::json(200, page));
    let other = FakeDaemon::tcp(move |_nth| Reply::json(200, page));
    let desk = Desk::at("");
    let token = desk.file("token", b"top-secret-top-secret-top-secret");
    let run = |arguments: &[&str]| {
        let mut command = desk.command(arguments);
        let output = command.env_remove("ADCTL_SERVER").output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
    };
    run(&[
        "context",
        "add",
        "own",
        "--server",
        own.address(),
        "--token-file",
        &token,
    ]);
    run(&["tenants", "list"]);
    run(&["tenants", "list", "--server", other.address()]);
    run(&["tenants", "list", "--server", own.address()]);
    let sent = |daemon: &FakeDaemon| {
        let requests = daemon.requests();
        let told = requests
            .iter()
            .map(|request| request.contains("Bearer top-secret"));
        told.collect::<Vec<_>>()
    };
    assert_eq!(sent(&own), [true, true]);
    assert_eq!(sent(&other), [false]);
}

#[test]
fn a_refusal_says_what_to_do_on_the_command_line() {
    let desk = Desk::start();
    let ran = desk.run(&["channels", "list"]);
    assert!(ran.err.contains("hint: name it with --tenant"), "{ran:?}");
    let refusal = |status, code: &str| {
        let body = format!(
            r#"{{"error":{{"code":"{code}","message":"no","hint":"GET it","request_id":"r"}}}}"#
        );
        let daemon = FakeDaemon::unix(move |_nth| Reply::json(status, &body));
        Desk::at(daemon.address()).run(&["status"])
    };
    let ran = refusal(401, "unauthenticated");
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.err.contains("--token-file"), "{ran:?}");
    let ran = refusal(404, "unknown_route");
    assert!(ran.err.contains("hint: --server must be"), "{ran:?}");
    let ran = refusal(409, "conflict");
    assert!(ran.err.contains("hint: GET it"), "{ran:?}");
}

#[test]
fn a_file_name_with_control_characters_does_not_spoil_an_upload() {
    let desk = Desk::furnished();
    desk.campaign("spring");
    let path = desk.file("odd\u{1b}\"name.mp4", b"no film at all");
    let ran = desk.run(&["creatives", "upload", &path, "--campaign", "spring"]);
    assert_eq!(ran.code, 6, "{ran:?}");
    assert!(ran.err.contains("file: "), "{ran:?}");
}
