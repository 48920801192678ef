//! The admin API over the sockets that callers really use.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use adserve::admin::{Door, Transport};
use adserve::host::http::{Limits, Listener, Observer, Server};
use adserve::host::{Clock, Entropy, ShutdownTrigger};
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpStream, UnixStream};

use crate::support::admin::{Admin, Ask, TOKEN, own_uid};

/// What a test waits for at most: far more than anything takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// The API on a unix socket and on a TCP port.
struct Site {
    admin: Admin,
    socket: PathBuf,
    address: SocketAddr,
    _trigger: ShutdownTrigger,
}

impl Site {
    async fn start() -> Self {
        let admin = Admin::with_tenant().await;
        let (trigger, shutdown) = ShutdownTrigger::new();
        let limits = Limits {
            body_timeout: Duration::from_millis(300),
            ..Limits::for_descriptors(8_192)
        };
        let server = Server::new(limits, Clock::real(), Entropy::real(), Observer::new(drop));
        let socket = admin.directory().join("admin.sock");
        let unix = Listener::bind_unix(&socket, 0o600).unwrap();
        let tcp = Listener::bind_tcp("127.0.0.1:0".parse().unwrap()).unwrap();
        let address = tcp.address().unwrap();
        let door = Arc::new(Door::new(&admin.state(), Transport::Plain));
        for listener in [unix, tcp] {
            let serving = Arc::clone(&server).run(listener, Arc::clone(&door), shutdown.clone());
            tokio::spawn(async move { serving.await.unwrap() });
        }
        Self {
            admin,
            socket,
            address,
            _trigger: trigger,
        }
    }

    async fn unix(&self, request: &[u8]) -> Answer {
        say(UnixStream::connect(&self.socket).await.unwrap(), request).await
    }

    async fn tcp(&self, request: &[u8]) -> Answer {
        say(TcpStream::connect(self.address).await.unwrap(), request).await
    }
}

/// What came back over a socket.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: Value,
}

/// Says something, and reads until the other end closes.
async fn say(mut stream: impl AsyncRead + AsyncWrite + Unpin, request: &[u8]) -> Answer {
    let mut bytes = Vec::new();
    let talk = async {
        // An answer may come, and the connection end, before all of it was said.
        stream.write_all(request).await.ok();
        stream.read_to_end(&mut bytes).await.ok();
    };
    tokio::time::timeout(PATIENCE, talk).await.unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    Answer {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head: head.to_owned(),
        body: serde_json::from_str(body).unwrap_or(Value::Null),
    }
}

fn request(line: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "{line} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{headers}\
         content-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

const JSON: &str = "content-type: application/json\r\n";

#[tokio::test]
async fn the_kernel_says_who_calls_over_the_socket() {
    let site = Site::start().await;
    assert_eq!(mode(&site.socket), 0o600);
    let body = json!({ "name": "sport" }).to_string();
    let made = site
        .unix(&request("POST /api/v1/channels", JSON, &body))
        .await;
    assert_eq!(made.status, 201, "{made:?}");
    assert!(made.head.contains("x-request-id: "), "{made:?}");
    let history = site
        .admin
        .must(Ask::get("/api/v1/operations?limit=1"))
        .await;
    assert_eq!(history.items("actor"), [format!("uid:{}", own_uid())]);
    // What the caller says about itself changes nothing, but a token that is nobody's is refused.
    for (claim, status) in [
        ("x-forwarded-for: 10.0.0.1\r\n", 200),
        ("authorization: Bearer wrong\r\n", 401),
    ] {
        let claimed = site.unix(&request("GET /api/v1/version", claim, "")).await;
        assert_eq!(claimed.status, status, "{claim}");
    }
}

fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn tcp_asks_for_the_token() {
    let site = Site::start().await;
    let bearer = |token: &str| format!("authorization: Bearer {token}\r\n");
    for (headers, status) in [
        (String::new(), 401),
        (bearer("wrong"), 401),
        (bearer(TOKEN), 200),
        (bearer(TOKEN) + "origin: http://localhost\r\n", 403),
    ] {
        let answer = site
            .tcp(&request("GET /api/v1/campaigns", &headers, ""))
            .await;
        assert_eq!(answer.status, status, "{headers}: {answer:?}");
    }
    let body = json!({ "name": "sport" }).to_string();
    let headers = bearer(TOKEN) + JSON;
    let made = site
        .tcp(&request("POST /api/v1/channels", &headers, &body))
        .await;
    assert_eq!(made.status, 201, "{made:?}");
    let history = site
        .admin
        .must(Ask::get("/api/v1/operations?limit=1"))
        .await;
    assert_eq!(history.items("actor"), ["token"]);
    let rebound = format!(
        "GET /api/v1/version HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n{}\r\n",
        bearer(TOKEN)
    );
    assert_eq!(site.tcp(rebound.as_bytes()).await.status, 403);
}

#[tokio::test]
async fn bodies_that_are_too_long_or_too_slow_are_refused_in_the_one_shape() {
    let site = Site::start().await;
    let long = "x".repeat(2 << 20);
    let announced = site
        .unix(&request("POST /api/v1/channels", JSON, &long))
        .await;
    assert_eq!(announced.status, 413, "{announced:?}");
    assert_eq!(announced.body["error"]["code"], "too_large");
    let chunked = format!(
        "POST /api/v1/channels HTTP/1.1\r\nhost: localhost\r\n{JSON}\
         transfer-encoding: chunked\r\n\r\n{:x}\r\n{long}\r\n0\r\n\r\n",
        long.len()
    );
    let chunked = site.unix(chunked.as_bytes()).await;
    assert_eq!(chunked.status, 413, "{chunked:?}");
    let begun = format!(
        "POST /api/v1/channels HTTP/1.1\r\nhost: localhost\r\n{JSON}content-length: 50\r\n\r\n{{"
    );
    let slow = site.unix(begun.as_bytes()).await;
    assert_eq!(slow.status, 408, "{slow:?}");
    assert_eq!(slow.body["error"]["code"], "too_slow");
    assert_eq!(
        site.admin.must(Ask::get("/api/v1/channels")).await.body["total"],
        1
    );
}

#[tokio::test]
async fn a_database_that_fails_is_our_fault_and_not_described() {
    let site = Site::start().await;
    let path = site.admin.directory().join("catalog.db");
    let other = rusqlite::Connection::open(path).unwrap();
    other
        .execute_batch("ALTER TABLE channels RENAME TO elsewhere")
        .unwrap();
    let broken = site
        .unix(&request(
            "GET /api/v1/channels",
            "x-request-id: req-9\r\n",
            "",
        ))
        .await;
    assert_eq!(broken.status, 500, "{broken:?}");
    assert_eq!(broken.body["error"]["code"], "internal");
    assert_eq!(broken.body["error"]["request_id"], "req-9");
    assert!(!broken.body.to_string().contains("channels"), "{broken:?}");
    // The rest goes on.
    assert_eq!(
        site.unix(&request("GET /api/v1/campaigns", "", ""))
            .await
            .status,
        200
    );
}
