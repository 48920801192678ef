//! The orderly end, under load and with clients that do not go.

use std::io::{ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use adserve::host::http::{Drained, Incident, Limits, Listener};

use super::{Client, Site, limits, now, wait_until};

/// What one client saw: answered requests, and what went wrong.
type Seen = (usize, Vec<String>);

#[test]
fn draining_under_load_fails_no_request() {
    let site = Site::start(limits());
    let stop = Arc::new(AtomicBool::new(false));
    let clients: Vec<_> = (0..16)
        .map(|number| {
            let (address, stop) = (site.address, Arc::clone(&stop));
            let per_connection = if number % 2 == 0 { usize::MAX } else { 1 };
            std::thread::spawn(move || ask_until_refused(address, per_connection, &stop))
        })
        .collect();
    wait_until("load", || site.asked("/") > 500);
    site.trigger.drain();
    let drained = site.workers.join(|| {}).unwrap();
    stop.store(true, Ordering::SeqCst);
    assert_eq!(drained, Drained { cut: 0 });
    let mut answered = 0;
    for client in clients {
        let (good, bad) = client.join().unwrap();
        assert_eq!(bad, Vec::<String>::new());
        answered += good;
    }
    // Every request that reached a handler was also answered.
    let asked = site.seen.lock().unwrap()["/"];
    assert_eq!(answered, asked);
}

/// Asks as fast as it can until connecting is refused. A connection that was made and then not
/// answered is a failure; so is an answer cut short.
fn ask_until_refused(address: SocketAddr, per_connection: usize, stop: &AtomicBool) -> Seen {
    let mut seen: Seen = (0, Vec::new());
    let mut client: Option<(Client, usize)> = None;
    while !stop.load(Ordering::SeqCst) {
        let (mut current, asked) = match client.take() {
            Some(current) => current,
            None => match connect_briefly(address) {
                Ok(fresh) => (fresh, 0),
                Err(_refused) => break,
            },
        };
        match current.get("/") {
            Ok(answer) if answer.starts_with("HTTP/1.1 200 ") => {
                seen.0 += 1;
                if asked + 1 < per_connection && !answer.contains("connection: close") {
                    client = Some((current, asked + 1));
                }
            }
            other => seen.1.push(format!("{other:?}")),
        }
    }
    seen
}

fn connect_briefly(address: SocketAddr) -> std::io::Result<Client> {
    let stream = std::net::TcpStream::connect_timeout(&address, Duration::from_millis(300))?;
    stream.set_read_timeout(Some(super::PATIENCE))?;
    Ok(Client(stream))
}

#[test]
fn what_was_begun_is_finished_and_what_never_ends_is_cut() {
    let site = Site::start(Limits {
        drain_timeout: Duration::from_secs(1),
        ..limits()
    });
    let (mut good, mut stuck) = (site.connect(), site.connect());
    good.send(b"GET /until-drain HTTP/1.1\r\nHost: a\r\n\r\n");
    stuck.send(b"GET /never HTTP/1.1\r\nHost: a\r\n\r\n");
    wait_until("both", || {
        site.asked("/until-drain") + site.asked("/never") == 2
    });
    site.trigger.drain();
    let answer = good.read_response().unwrap();
    assert!(answer.contains("connection: close"), "{answer}");
    assert!(answer.ends_with("drained"), "{answer}");
    drop(good);
    assert_eq!(site.workers.join(|| {}).unwrap(), Drained { cut: 1 });
    stuck.wait_for_end();
    assert_eq!(site.incidents.lock().unwrap()[&Incident::Cut], 1);
}

#[test]
fn a_silent_connection_may_still_ask_once_while_draining() {
    let site = Site::start(Limits {
        drain_idle: Duration::from_secs(5),
        ..limits()
    });
    let (mut idle, mut fresh) = (site.connect(), site.connect());
    idle.get("/").unwrap();
    site.wait_for(Incident::Opened, 2);
    site.trigger.drain();
    for client in [&mut idle, &mut fresh] {
        let answer = client.get("/").unwrap();
        assert!(answer.contains("connection: close"), "{answer}");
    }
    let begun = now();
    assert_eq!(site.workers.join(|| {}).unwrap(), Drained { cut: 0 });
    assert!(
        begun.elapsed() < Duration::from_secs(4),
        "waited for nobody"
    );
}

#[test]
fn a_second_call_ends_everything_at_once() {
    let site = Site::start(limits());
    let mut stuck = site.connect();
    stuck.send(b"GET /never HTTP/1.1\r\nHost: a\r\n\r\n");
    wait_until("the request", || site.asked("/never") == 1);
    let begun = now();
    site.trigger.drain();
    site.trigger.now();
    site.workers.join(|| {}).unwrap();
    stuck.wait_for_end();
    assert!(
        begun.elapsed() < Duration::from_secs(2),
        "{:?}",
        begun.elapsed()
    );
}

#[test]
fn a_unix_socket_serves_its_owner_and_is_gone_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("admin.sock");
    // Left behind by a run that was killed.
    drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
    let listener = Listener::bind_unix(&path, 0o600).unwrap();
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    let site = Site::start_on(&listener, limits());
    drop(listener);
    let mut stream = UnixStream::connect(&path).unwrap();
    stream
        .write_all(b"GET /peer HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let uid = rustix::process::getuid().as_raw();
    assert!(answer.contains(&format!("uid: {uid}")), "{answer}");

    site.trigger.drain();
    site.workers.join(|| {}).unwrap();
    let refused = UnixStream::connect(&path).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::NotFound);
}
