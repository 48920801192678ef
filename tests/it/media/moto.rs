//! A real server that speaks S3, and a proxy before it that fails as told.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What one exchange with the server may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// moto, with the bucket `ads`. Ends with the value.
pub(super) struct Moto {
    child: Child,
    pub(super) address: SocketAddr,
}

impl Moto {
    pub(super) fn start() -> Self {
        let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join(".venv/bin/moto_server");
        let program = if ours.exists() {
            ours
        } else {
            "moto_server".into()
        };
        let mut child = Command::new(program)
            .args(["-H", "127.0.0.1", "-p", "0"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("moto_server: {error}; run scripts/bootstrap test"));
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = loop {
            let line = lines
                .next()
                .expect("moto_server says where it listens")
                .unwrap();
            if let Some((_, address)) = line.split_once("http://") {
                break address.trim().parse().unwrap();
            }
        };
        // Its log must be read, or it stops at a full pipe.
        thread::spawn(move || lines.for_each(drop));
        let moto = Self { child, address };
        assert_eq!(moto.ask("PUT", "/ads").0, 200);
        moto
    }

    /// Status and body of a request of its own.
    pub(super) fn ask(&self, method: &str, path: &str) -> (u16, Vec<u8>) {
        let (head, body) = exchange(self.address, &format!("{method} {path}"), "");
        (status(&head), body)
    }

    /// Keys in the bucket.
    pub(super) fn keys(&self) -> Vec<String> {
        let (_, xml) = self.ask("GET", "/ads?list-type=2");
        between(&String::from_utf8(xml).unwrap(), "<Key>", "</Key>")
    }

    /// Uploads in parts that were neither completed nor given up.
    pub(super) fn open_uploads(&self) -> usize {
        let (_, xml) = self.ask("GET", "/ads?uploads");
        between(&String::from_utf8(xml).unwrap(), "<UploadId>", "<").len()
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Sends a request without a body and reads the whole answer: its head and its body.
pub(super) fn exchange(address: SocketAddr, line: &str, headers: &str) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let fixed = "Host: 127.0.0.1\r\nContent-Length: 0\r\nConnection: close\r\n";
    write!(stream, "{line} HTTP/1.1\r\n{fixed}{headers}\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap();
    let body = answer.split_off(end + 4);
    (String::from_utf8(answer).unwrap(), body)
}

pub(super) fn status(head: &str) -> u16 {
    head.split(' ').nth(1).unwrap().parse().unwrap()
}

fn between(text: &str, start: &str, end: &str) -> Vec<String> {
    let parts = text.split(start).skip(1);
    parts
        .map(|part| part.split(end).next().unwrap().to_owned())
        .collect()
}

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It reaches the server, and the answer the client.
    Passes,
    /// It is answered with this status and reaches nobody.
    Answered(u16),
    /// It is never answered.
    Hangs,
    /// The connection breaks after this many bytes of its body.
    Cut(usize),
    /// The server does it, and the answer is lost.
    AnswerLost,
}

type Rule = Box<dyn FnMut(&str) -> Fate + Send>;

/// A proxy before the server. Ends with the test.
pub(super) struct Proxy {
    pub(super) address: SocketAddr,
    rule: Arc<Mutex<Rule>>,
    fired: Arc<Mutex<usize>>,
}

impl Proxy {
    pub(super) fn before(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let rule: Arc<Mutex<Rule>> = Arc::new(Mutex::new(Box::new(|_| Fate::Passes)));
        let fired = Arc::new(Mutex::new(0));
        let (shared, count) = (Arc::clone(&rule), Arc::clone(&fired));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (rule, fired) = (Arc::clone(&shared), Arc::clone(&count));
                // A broken connection is what the proxy is for.
                thread::spawn(move || relay(stream.unwrap(), server, &rule, &fired).ok());
            }
        });
        Self {
            address,
            rule,
            fired,
        }
    }

    /// From now on `rule` decides by the request line, such as `PUT /ads/…?partNumber=1 HTTP/1.1`.
    pub(super) fn set(&self, rule: impl FnMut(&str) -> Fate + Send + 'static) {
        *self.rule.lock().unwrap() = Box::new(rule);
        *self.fired.lock().unwrap() = 0;
    }

    /// How many requests did not pass since the rule was set.
    pub(super) fn fired(&self) -> usize {
        *self.fired.lock().unwrap()
    }
}

/// One request, one answer, one connection.
fn relay(
    mut client: TcpStream,
    server: SocketAddr,
    rule: &Mutex<Rule>,
    fired: &Mutex<usize>,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(client.try_clone()?);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        if line == "\r\n" {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        head.push_str(&line);
    }
    let first = head.lines().next().unwrap_or_default().to_owned();
    let fate = rule.lock().unwrap()(&first);
    if fate != Fate::Passes {
        *fired.lock().unwrap() += 1;
    }
    if let Fate::Cut(bytes) = fate {
        length = length.min(bytes);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    match fate {
        Fate::Cut(_) => return client.shutdown(std::net::Shutdown::Both),
        Fate::Answered(status) => {
            let headers = "Content-Length: 0\r\nConnection: close";
            return write!(client, "HTTP/1.1 {status} As told\r\n{headers}\r\n\r\n");
        }
        Fate::Hangs => {
            // Until the client gives up.
            reader.read_to_end(&mut body)?;
            return Ok(());
        }
        Fate::Passes | Fate::AnswerLost => {}
    }
    let mut upstream = TcpStream::connect(server)?;
    write!(upstream, "{head}Connection: close\r\n\r\n")?;
    upstream.write_all(&body)?;
    let mut answer = Vec::new();
    upstream.read_to_end(&mut answer)?;
    if fate == Fate::AnswerLost {
        return client.shutdown(std::net::Shutdown::Both);
    }
    client.write_all(&answer)
}
