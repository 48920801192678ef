//! The same server behind TLS.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use adserve::host::http::{Incident, Listener};
use adserve::host::tls::server_config;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use super::{Site, limits};

struct Tls {
    site: Site,
    roots: RootCertStore,
}

impl Tls {
    fn start() -> Self {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (certificate, key) = (folder.path().join("crt"), folder.path().join("key"));
        std::fs::write(&certificate, made.cert.pem()).unwrap();
        std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
        let config = server_config(&certificate, &key).unwrap();
        let listener = Listener::bind_tcp("127.0.0.1:0".parse().unwrap()).unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(made.cert.der().clone()).unwrap();
        Self {
            site: Site::start_on(&listener.with_tls(config), limits()),
            roots,
        }
    }

    fn connect(&self) -> StreamOwned<ClientConnection, TcpStream> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(self.roots.clone())
            .with_no_client_auth();
        let name = ServerName::try_from("localhost").unwrap();
        let connection = ClientConnection::new(Arc::new(config), name).unwrap();
        StreamOwned::new(connection, self.site.connect().0)
    }
}

#[test]
fn requests_are_answered_over_tls_and_it_closes_properly() {
    let tls = Tls::start();
    let mut stream = tls.connect();
    let body = "b".repeat(900);
    for connection in ["keep-alive", "close"] {
        write!(
            stream,
            "POST /echo HTTP/1.1\r\nHost: a\r\nConnection: {connection}\r\nContent-Length: 900\r\n\r\n{body}"
        )
        .unwrap();
    }
    // Without a close_notify this is an error: somebody could have cut the answer short.
    let mut answers = String::new();
    stream.read_to_string(&mut answers).unwrap();
    assert_eq!(answers.matches("HTTP/1.1 200 ").count(), 2);
    assert_eq!(answers.matches(&body).count(), 2);
}

#[test]
fn plain_http_and_silence_are_ended_in_time_while_others_are_served() {
    let tls = Tls::start();
    let mut silent = tls.site.connect();
    let mut plain = tls.site.connect();
    plain.send(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    let mut stream = tls.connect();
    write!(
        stream,
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    silent.wait_for_end();
    plain.wait_for_end();
    tls.site.wait_for(Incident::HandshakeFailed, 2);
}

#[test]
fn a_client_that_takes_nothing_is_cut_behind_tls_too() {
    let tls = Tls::start();
    let mut stream = tls.connect();
    write!(stream, "GET /big HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    stream.flush().unwrap();
    tls.site.wait_for(Incident::WriteTimeout, 1);
    tls.site.wait_for(Incident::Closed, 1);
}
