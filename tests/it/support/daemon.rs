//! The real `adserved`, as a process of its own, and the simplest client that can talk to it.

use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::Value;

/// How long a daemon may take to start or to end before the test fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running daemon; killed when dropped.
#[derive(Debug)]
pub(crate) struct Daemon {
    child: Child,
    address: SocketAddr,
    socket: PathBuf,
}

impl Daemon {
    /// Starts on a free port with its data in `data`, and with more environment if needed. What
    /// others keep in the memory of the system is there too, so that it goes with the test.
    pub(crate) fn start(data: &Path, environment: &[(&str, &str)]) -> Self {
        Self::start_under(&[], data, environment)
    }

    /// The same under another program, which is given before it with its arguments.
    pub(crate) fn start_under(under: &[String], data: &Path, environment: &[(&str, &str)]) -> Self {
        const ADSERVED: &str = env!("CARGO_BIN_EXE_adserved");
        let mut command = match under.split_first() {
            Some((program, arguments)) => {
                let mut command = Command::new(program);
                command.args(arguments).arg(ADSERVED);
                command
            }
            None => Command::new(ADSERVED),
        };
        let memory = data.join("memory");
        std::fs::create_dir_all(&memory).unwrap();
        let mut child = command
            .arg("run")
            .env("ADSERVED_SERVER__DATA_DIR", data)
            .env("ADSERVED_DECISIONS__MEMORY_DIR", memory)
            .env("ADSERVED_SERVER__LISTEN", "127.0.0.1:0")
            .envs(environment.iter().copied())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let address = address_in(child.stderr.take().unwrap());
        Self {
            child,
            address,
            socket: data.join("admin.sock"),
        }
    }

    /// Where players reach it.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Asks the public side.
    pub(crate) fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, &[], b"")
    }

    /// Asks the public side with method, headers and body.
    pub(crate) fn ask(&self, method: &str, target: &str, headers: &[&str], body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        exchange(&mut stream, method, target, headers, body)
    }

    /// Asks the admin API, and expects it to agree.
    pub(crate) fn admin(&self, method: &str, target: &str, body: &Value) -> Value {
        let mut stream = UnixStream::connect(&self.socket).unwrap();
        let body = if body.is_null() {
            Vec::new()
        } else {
            body.to_string().into_bytes()
        };
        let headers = ["Content-Type: application/json"];
        let answer = exchange(&mut stream, method, target, &headers, &body);
        assert!(answer.status < 300, "{method} {target}: {}", answer.text());
        if answer.body.is_empty() {
            Value::Null
        } else {
            answer.json()
        }
    }

    /// Asks the admin API about one of several tenants, and expects it to agree.
    pub(crate) fn admin_of(&self, tenant: &str, method: &str, target: &str, body: &Value) -> Value {
        let mut stream = UnixStream::connect(&self.socket).unwrap();
        let tenant = format!("X-Tenant: {tenant}");
        let mut headers = vec![tenant.as_str()];
        let body = if body.is_null() {
            Vec::new()
        } else {
            headers.push("Content-Type: application/json");
            body.to_string().into_bytes()
        };
        let answer = exchange(&mut stream, method, target, &headers, &body);
        assert!(answer.status < 300, "{method} {target}: {}", answer.text());
        answer.json()
    }

    /// Uploads a file as a creative of a campaign, and expects it to be taken.
    pub(crate) fn upload(&self, campaign: &str, name: &str, file: &Path) -> Value {
        const BOUNDARY: &str = "part-of-a-test";
        let mut body = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n{name}\r\n\
             --{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; \
             filename=\"spot.mp4\"\r\nContent-Type: video/mp4\r\n\r\n"
        )
        .into_bytes();
        body.extend(std::fs::read(file).unwrap());
        body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
        let kind = format!("Content-Type: multipart/form-data; boundary={BOUNDARY}");
        let target = format!("/api/v1/campaigns/{campaign}/creatives");
        let mut stream = UnixStream::connect(&self.socket).unwrap();
        let answer = exchange(&mut stream, "POST", &target, &[&kind], &body);
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()
    }

    /// The value of one line of the metrics, zero when it is not there.
    pub(crate) fn metric(&self, series: &str) -> u64 {
        let text = self.get("/metrics").text();
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
        line.map_or(0, |value| value.trim().parse().unwrap())
    }

    /// Sends a signal by its number.
    pub(crate) fn signal(&self, signal: rustix::process::Signal) {
        let pid = i32::try_from(self.child.id()).unwrap();
        let pid = rustix::process::Pid::from_raw(pid).unwrap();
        rustix::process::kill_process(pid, signal).unwrap();
    }

    /// Kills the daemon itself where it runs under another program, and waits for the end of both.
    pub(crate) fn kill_by_its_own_pid(self) {
        let status = self.admin("GET", "/api/v1/status", &Value::Null);
        let pid = i32::try_from(status["pid"].as_i64().unwrap()).unwrap();
        let pid = rustix::process::Pid::from_raw(pid).unwrap();
        rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
        self.wait();
    }

    /// Waits for its end.
    pub(crate) fn wait(mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // It may have ended already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Reads the log until it says where it serves, and goes on reading so that it never blocks.
#[expect(clippy::print_stderr, reason = "shown with the test that fails")]
fn address_in(log: ChildStderr) -> SocketAddr {
    let (found, address) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(log).lines().map_while(Result::ok) {
            let Ok(line) = serde_json::from_str::<Value>(&line) else {
                // Not a line of the log: a panic, or why it did not start.
                eprintln!("{line}");
                continue;
            };
            if line["msg"] == "serving" {
                let address = line["address"].as_str().unwrap().parse().unwrap();
                // Only the first is waited for.
                found.send(address).ok();
            }
        }
    });
    address
        .recv_timeout(PATIENCE)
        .expect("adserved did not start")
}

/// What was answered.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Status line and headers.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{}", self.text()))
    }

    /// The value of a header, by its lower-case name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(": ")?;
            found.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

/// One request on one connection.
pub(crate) fn exchange(
    stream: &mut (impl Read + Write),
    method: &str,
    target: &str,
    headers: &[&str],
    body: &[u8],
) -> Answer {
    let more: String = headers
        .iter()
        .flat_map(|header| [*header, "\r\n"])
        .collect();
    let length = body.len();
    let head = format!(
        "{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
         Content-Length: {length}\r\n{more}\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let end = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .expect("no head");
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let body = bytes[end + 4..].to_vec();
    Answer { status, head, body }
}
