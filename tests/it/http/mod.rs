//! The HTTP server attacked through sockets: a site with a few known answers, and its clients.

mod drain;
mod framing;
mod scarce;
mod slow;
mod tls;

use std::collections::HashMap;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::num::NonZeroU16;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use adserve::host::http::{
    Handler, Incident, Limits, Listener, Observer, Peer, ReplyBody, RequestBody, Server, Workers,
    request_id, text,
};
use adserve::host::{Clock, Entropy, Shutdown, ShutdownTrigger};
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::Full;

/// What a test waits for at most: far more than anything takes.
const PATIENCE: Duration = Duration::from_secs(20);
/// What `/echo` takes.
const ECHO_BYTES_MAX: usize = 1_000;
/// What `/big` gives: more than all buffers of a connection hold.
const BIG_BYTES: usize = 32 * 1024 * 1024;

type Counts<K> = Arc<Mutex<HashMap<K, usize>>>;

/// Known answers, and how often each path was asked for.
struct Answers {
    seen: Counts<String>,
    shutdown: Shutdown,
}

impl Handler for Answers {
    type Body = Full<Bytes>;

    async fn handle(
        &self,
        peer: &Peer,
        request: Request<RequestBody>,
    ) -> Response<ReplyBody<Full<Bytes>>> {
        let path = request.uri().path().to_owned();
        *self.seen.lock().unwrap().entry(path.clone()).or_default() += 1;
        match path.as_str() {
            "/echo" => match request.into_body().collect(ECHO_BYTES_MAX).await {
                Ok(body) => text(StatusCode::OK, body),
                Err(error) => text(error.status(), error.to_string()),
            },
            "/id" => text(StatusCode::OK, request_id(request.headers()).to_owned()),
            "/peer" => text(StatusCode::OK, format!("{peer:?}")),
            "/big" => text(StatusCode::OK, vec![b'x'; BIG_BYTES]),
            "/panic" => bug(),
            "/wait" => {
                tokio::time::sleep(Duration::from_millis(700)).await;
                text(StatusCode::OK, "waited")
            }
            "/until-drain" => {
                self.shutdown.clone().requested().await;
                text(StatusCode::OK, "drained")
            }
            "/never" => std::future::pending().await,
            _ => text(StatusCode::OK, "ok"),
        }
    }
}

#[expect(clippy::panic, reason = "it is what the test is about")]
fn bug() -> ! {
    panic!("a bug in a handler")
}

/// A running server.
struct Site {
    address: SocketAddr,
    trigger: ShutdownTrigger,
    workers: Workers,
    incidents: Counts<Incident>,
    seen: Counts<String>,
}

/// Limits a test can wait for.
fn limits() -> Limits {
    Limits {
        head_timeout: Duration::from_millis(400),
        body_timeout: Duration::from_millis(400),
        write_timeout: Duration::from_millis(400),
        idle_timeout: Duration::from_millis(800),
        drain_idle: Duration::from_millis(400),
        ..Limits::for_descriptors(8_192)
    }
}

impl Site {
    fn start(limits: Limits) -> Self {
        let listener = Listener::bind_tcp("127.0.0.1:0".parse().unwrap()).unwrap();
        Self::start_on(&listener, limits)
    }

    fn start_on(listener: &Listener, limits: Limits) -> Self {
        let incidents: Counts<Incident> = Counts::default();
        let noted = Arc::clone(&incidents);
        let observer = Observer::new(move |incident| {
            *noted.lock().unwrap().entry(incident).or_default() += 1;
        });
        let (trigger, shutdown) = ShutdownTrigger::new();
        let seen = Counts::default();
        let answers = Arc::new(Answers {
            seen: Arc::clone(&seen),
            shutdown: shutdown.clone(),
        });
        let server = Server::new(limits, Clock::real(), Entropy::real(), observer);
        let two = NonZeroU16::new(2).unwrap();
        let workers = server.spawn(two, listener, &answers, &shutdown).unwrap();
        Self {
            address: listener.address().unwrap_or(([0, 0, 0, 0], 0).into()),
            trigger,
            workers,
            incidents,
            seen,
        }
    }

    fn connect(&self) -> Client {
        Client::connect(self.address).unwrap()
    }

    /// What a new connection gets for these bytes, up to the end of the connection.
    fn exchange(&self, request: &str) -> String {
        let mut client = self.connect();
        client.send(request.as_bytes());
        client.read_to_end()
    }

    /// Asserts that a client of good manners is served, and quickly.
    fn serves(&self) {
        let asked = now();
        let answer = self.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        assert!(
            asked.elapsed() < Duration::from_secs(2),
            "took {:?}",
            asked.elapsed()
        );
    }

    fn count(&self, incident: Incident) -> usize {
        self.incidents
            .lock()
            .unwrap()
            .get(&incident)
            .copied()
            .unwrap_or_default()
    }

    fn asked(&self, path: &str) -> usize {
        self.seen
            .lock()
            .unwrap()
            .get(path)
            .copied()
            .unwrap_or_default()
    }

    /// Waits until an incident was noted so many times.
    fn wait_for(&self, incident: Incident, times: usize) {
        wait_until(&format!("{times} times {incident}"), || {
            self.count(incident) >= times
        });
    }
}

/// A client that speaks in raw bytes.
struct Client(TcpStream);

impl Client {
    fn connect(address: SocketAddr) -> std::io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        Ok(Self(stream))
    }

    fn send(&mut self, bytes: &[u8]) {
        // A server that has already refused may close while we still write.
        self.0.write_all(bytes).ok();
    }

    fn get(&mut self, path: &str) -> std::io::Result<String> {
        write!(self.0, "GET {path} HTTP/1.1\r\nHost: a\r\n\r\n")?;
        self.read_response()
    }

    /// One whole response with a `Content-Length`, head and body.
    fn read_response(&mut self) -> std::io::Result<String> {
        let mut response = Vec::new();
        let mut byte = [0];
        while !response.ends_with(b"\r\n\r\n") {
            self.0.read_exact(&mut byte)?;
            response.push(byte[0]);
        }
        let head = String::from_utf8(response).unwrap();
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
        self.0.read_exact(&mut body)?;
        Ok(head + std::str::from_utf8(&body).unwrap())
    }

    /// Everything until the server closes. A reset fails the test: it may cost the client its
    /// response.
    fn read_to_end(&mut self) -> String {
        let mut bytes = Vec::new();
        self.0.read_to_end(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Waits for the end of the connection, however it comes.
    fn wait_for_end(&mut self) {
        let mut bytes = [0; 4_096];
        loop {
            match self.0.read(&mut bytes) {
                Ok(0) => return,
                Err(error) => return assert_eq!(error.kind(), ErrorKind::ConnectionReset),
                Ok(_) => {}
            }
        }
    }
}

fn now() -> Instant {
    Clock::real().monotonic()
}

fn wait_until(what: &str, mut condition: impl FnMut() -> bool) {
    let begun = now();
    while !condition() {
        assert!(begun.elapsed() < PATIENCE, "never came: {what}");
        std::thread::yield_now();
    }
}
