//! A daemon that misbehaves as told: for faults of the transport alone.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::net::UnixListener;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What the daemon does with a connection.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// Reads the request, then answers with these bytes and closes.
    Raw(Vec<u8>),
    /// Answers before the body is read, then closes.
    Early(u16, String),
    /// Reads the request without keeping it, then answers.
    Sink(u16, String),
    /// Reads the request and closes without an answer.
    Close,
    /// Takes the connection and does nothing.
    Hang,
    /// Reads the request and answers without end.
    Endless,
}

impl Reply {
    /// A complete JSON answer.
    pub(crate) fn json(status: u16, body: &str) -> Self {
        let length = body.len();
        Self::Raw(
            format!(
                "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n\
                 content-length: {length}\r\n\r\n{body}"
            )
            .into_bytes(),
        )
    }

    /// The same answer with a header more.
    pub(crate) fn with(self, header: &str) -> Self {
        let Self::Raw(bytes) = self else {
            unreachable!("only whole answers have headers");
        };
        let text = String::from_utf8(bytes).unwrap();
        Self::Raw(
            text.replacen("\r\n", &format!("\r\n{header}\r\n"), 1)
                .into_bytes(),
        )
    }
}

/// A listening daemon; it serves until the test process ends.
#[derive(Debug)]
pub(crate) struct FakeDaemon {
    address: String,
    swallowed: Arc<AtomicU64>,
    requests: Arc<Mutex<Vec<Vec<u8>>>>,
    _folder: Option<tempfile::TempDir>,
}

impl FakeDaemon {
    /// Listens on a free port; `reply` gets the number of the connection.
    pub(crate) fn tcp(reply: impl Fn(usize) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let accept = move || {
            let stream = listener.accept().unwrap().0;
            stream
                .set_read_timeout(Some(Duration::from_secs(30)))
                .unwrap();
            stream
        };
        Self::serve(address, None, accept, reply)
    }

    /// Listens on a unix socket in a folder of its own.
    pub(crate) fn unix(reply: impl Fn(usize) -> Reply + Send + 'static) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("admin.sock");
        let listener = UnixListener::bind(&path).unwrap();
        let address = path.to_str().unwrap().to_owned();
        Self::serve(
            address,
            Some(folder),
            move || listener.accept().unwrap().0,
            reply,
        )
    }

    fn serve<S: Read + Write + Send + 'static>(
        address: String,
        folder: Option<tempfile::TempDir>,
        accept: impl Fn() -> S + Send + 'static,
        reply: impl Fn(usize) -> Reply + Send + 'static,
    ) -> Self {
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&requests);
        let swallowed = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&swallowed);
        thread::spawn(move || {
            let mut hung = Vec::new();
            for number in 0.. {
                let mut stream = accept();
                match reply(number) {
                    Reply::Sink(status, body) => {
                        count.fetch_add(swallow(&mut stream), Ordering::SeqCst);
                        let Reply::Raw(bytes) = Reply::json(status, &body) else {
                            unreachable!("json makes a whole answer");
                        };
                        stream.write_all(&bytes).unwrap();
                    }
                    other => hung.extend(answer(stream, other, &log)),
                }
            }
        });
        Self {
            address,
            swallowed,
            requests,
            _folder: folder,
        }
    }

    /// Where it listens, as `--server` takes it.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Bytes of bodies that went into a sink.
    pub(crate) fn swallowed(&self) -> u64 {
        self.swallowed.load(Ordering::SeqCst)
    }

    /// The requests so far, as text.
    pub(crate) fn requests(&self) -> Vec<String> {
        let requests = self.requests.lock().unwrap();
        requests
            .iter()
            .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
            .collect()
    }

    /// One request as it came.
    pub(crate) fn request_bytes(&self, number: usize) -> Vec<u8> {
        self.requests.lock().unwrap()[number].clone()
    }
}

/// Acts on one connection; gives it back when it is to stay open.
fn answer<S: Read + Write>(mut stream: S, reply: Reply, log: &Mutex<Vec<Vec<u8>>>) -> Option<S> {
    match reply {
        Reply::Hang => return Some(stream),
        Reply::Early(status, body) => {
            let Reply::Raw(bytes) = Reply::json(status, &body) else {
                unreachable!("json makes a whole answer");
            };
            let mut start = [0; 64];
            stream.read_exact(&mut start).unwrap();
            stream.write_all(&bytes).unwrap();
            // Closing with unread bytes would reset the connection and drop the answer.
            drain(&mut stream);
            return None;
        }
        Reply::Raw(_) | Reply::Sink(..) | Reply::Close | Reply::Endless => {}
    }
    let request = read_request(&mut stream);
    log.lock().unwrap().push(request);
    match reply {
        Reply::Raw(bytes) => stream.write_all(&bytes).unwrap(),
        Reply::Endless => {
            stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n")
                .unwrap();
            let spaces = vec![b' '; 65_536];
            while stream.write_all(&spaces).is_ok() {}
        }
        Reply::Sink(..) | Reply::Close | Reply::Hang | Reply::Early(..) => {}
    }
    None
}

fn drain(stream: &mut impl Read) {
    let mut buffer = vec![0; 65_536];
    while stream.read(&mut buffer).is_ok_and(|count| count > 0) {}
}

/// Reads a request to the end of its body; the bytes of the body.
fn swallow(stream: &mut impl Read) -> u64 {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    let length = content_length(&head).unwrap();
    let mut body = stream.take(length);
    std::io::copy(&mut body, &mut std::io::sink()).unwrap()
}

fn content_length(head: &[u8]) -> Option<u64> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    length.map(|text| text.trim().parse().unwrap())
}

/// The head, and the body that its content length announces.
fn read_request(stream: &mut impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut buffer = vec![0; 65_536];
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let length = content_length(&bytes[..end]).unwrap_or(0);
            let length = usize::try_from(length).unwrap();
            if bytes.len() >= end + 4 + length {
                return bytes;
            }
        }
        let count = stream.read(&mut buffer).unwrap();
        if count == 0 {
            return bytes;
        }
        bytes.extend_from_slice(&buffer[..count]);
    }
}
