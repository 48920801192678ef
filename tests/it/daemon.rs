//! The program `adserved` from outside: its commands, exit codes and signals.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use adserve::store::decisions::is_in_memory;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

/// A folder to run in, with nothing in the environment.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, text: &str, mode: u32) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        path
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_adserved"));
        command
            .args(arguments)
            .env_clear()
            .current_dir(self.0.path());
        command
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        described(&self.command(arguments).output().unwrap())
    }

    fn serve(&self) -> Running {
        let mut child = self
            .command(&["--listen", "127.0.0.1:0"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let address = loop {
            let mut line = String::new();
            assert!(
                log.read_line(&mut line).unwrap() > 0,
                "it ended: {:?}",
                child.wait()
            );
            let line: Value = serde_json::from_str(&line).unwrap();
            if let Some(address) = line["address"].as_str() {
                break address.parse().unwrap();
            }
        };
        Running {
            child,
            log,
            address,
        }
    }
}

fn described(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let code = output.status.code().unwrap();
    (code, text(&output.stdout), text(&output.stderr))
}

struct Running {
    child: Child,
    log: BufReader<std::process::ChildStderr>,
    address: SocketAddr,
}

impl Running {
    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn signal(&self, signal: Signal) {
        let pid = Pid::from_raw(i32::try_from(self.child.id()).unwrap()).unwrap();
        kill_process(pid, signal).unwrap();
    }

    /// Its exit code and the rest of its log.
    fn wait(&mut self) -> (Option<i32>, String) {
        let mut log = String::new();
        self.log.read_to_string(&mut log).unwrap();
        (self.child.wait().unwrap().code(), log)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Ended already is as good.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[test]
fn check_prints_one_line_a_problem_and_ends_with_78() {
    let place = Place::new();
    place.write(
        "adserved.toml",
        "[server]\nlisen = 1\nworkers = 99\n",
        0o644,
    );
    for arguments in [&["check"][..], &["run"], &[], &["config", "print"]] {
        let (code, out, err) = place.run(arguments);
        assert_eq!((code, out.as_str()), (78, ""), "{err}");
        let lines: Vec<_> = err.lines().collect();
        assert_eq!(lines.len(), 3, "{err}");
        assert!(
            lines[0].starts_with("adserved.toml:2:1: server.lisen: "),
            "{err}"
        );
        assert!(
            lines[1].starts_with("adserved.toml:3:11: server.workers: "),
            "{err}"
        );
        assert_eq!(lines[2], "adserved: the configuration has 2 problems");
    }
}

#[test]
fn check_tries_what_the_configuration_names() {
    let place = Place::new();
    let made = |name: &str| {
        let pair = rcgen::generate_simple_self_signed(vec![name.to_owned()]).unwrap();
        (pair.cert.pem(), pair.signing_key.serialize_pem())
    };
    let ((certificate, _), (_, other_key)) = (made("a.example"), made("b.example"));
    place.write("cert", &certificate, 0o644);
    place.write("key", &other_key, 0o644);
    place.write("token", &"t".repeat(40), 0o600);
    place.write("file", "", 0o600);
    let config = "
        [server]
        data_dir = 'file'
        listen = '198.51.100.7:80'
        limits.connections_max = 1_000_000
        [admin]
        socket = 'file/admin.sock'
        listen = '127.0.0.1:0'
        token_file = 'token'
        tls_cert = 'cert'
        tls_key = 'key'
        [decisions]
        memory_dir = 'file'
    ";
    place.write("adserved.toml", config, 0o644);
    let (code, out, err) = place.run(&["check"]);
    assert_eq!((code, out.as_str()), (78, ""));
    for part in [
        "server.data_dir: file: is not a folder",
        "server.listen: cannot listen on 198.51.100.7:80",
        "server.limits.connections_max: 1000000 connections need a limit of open files above",
        "admin.socket: file: is not a folder",
        "admin.tls_key: key: every user can use it (mode 644)",
        "admin.tls_cert: cert and key do not work together",
        "decisions.memory_dir: file: is not a folder",
        "the configuration has 7 problems",
    ] {
        assert!(
            err.lines().any(|line| line.contains(part)),
            "{part} not in\n{err}"
        );
    }
    assert!(!place.0.path().join("data").exists());
}

#[test]
fn check_says_when_other_users_cannot_reach_the_socket_that_is_for_them() {
    let place = Place::new();
    for (folder, mode) in [("open", 0o711), ("closed", 0o700)] {
        let path = place.0.path().join(folder);
        fs::create_dir(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    }
    let own = rustix::process::geteuid().as_raw();
    for (admin, closed) in [
        ("socket_uids = [4242]", Some("server.data_dir")),
        (
            "socket = 'data/a.sock'\nsocket_uids = [4242]",
            Some("server.data_dir"),
        ),
        (
            "socket = 'closed/a.sock'\nsocket_uids = [4242]",
            Some("closed"),
        ),
        ("socket = 'open/a.sock'\nsocket_uids = [4242]", None),
        (&format!("socket_uids = [0, {own}]"), None),
    ] {
        let config =
            format!("[server]\ndata_dir = 'data'\nlisten = '127.0.0.1:0'\n[admin]\n{admin}\n");
        place.write("adserved.toml", &config, 0o644);
        let (code, out, err) = place.run(&["check"]);
        match closed {
            Some(folder) => {
                let said = format!("admin.socket_uids: these users cannot enter {folder},");
                assert!(code == 78 && err.contains(&said), "{admin}: {err}");
            }
            None => assert_eq!(
                (code, out.as_str()),
                (0, "the configuration is fine\n"),
                "{err}"
            ),
        }
    }
}

#[test]
fn check_of_a_good_configuration_changes_nothing() {
    let place = Place::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    // In use, as it is when the daemon of before still runs.
    let listen = taken.local_addr().unwrap().to_string();
    let (code, out, err) = place.run(&["check", "--listen", &listen, "--data-dir", "a/b/c"]);
    assert_eq!(
        (code, out.as_str(), err.as_str()),
        (0, "the configuration is fine\n", "")
    );
    assert_eq!(fs::read_dir(place.0.path()).unwrap().count(), 0);
}

#[test]
fn what_is_handed_out_stands_in_memory_where_there_is_any_and_whoever_waits_is_told() {
    let place = Place::new();
    let system = Path::new("/dev/shm");
    let mut daemon = place.serve();
    let mark = fs::read_to_string(place.0.path().join("data/decisions/memory")).unwrap();
    let folder = Path::new(mark.split_once('\n').unwrap().1);
    assert!(folder.is_dir());
    if is_in_memory(system) {
        assert_eq!(folder.parent(), Some(system));
    }
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.wait().0, Some(0));
    assert!(!folder.exists(), "an orderly end leaves nothing in memory");

    let elsewhere = place.0.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    let setting = format!("decisions.memory_dir={}", elsewhere.display());
    let (code, _, err) = place.run(&["check", "--set", &setting]);
    let is_told = err.contains("is not in memory; whoever asks for an ad may wait for the disk");
    assert_eq!((code, is_told), (0, !is_in_memory(&elsewhere)), "{err}");
}

#[test]
fn the_configuration_is_shown_with_its_origins_and_without_its_secrets() {
    let place = Place::new();
    place.write("adserved.toml", "[server]\nworkers = 2\n", 0o644);
    let output = place
        .command(&["config", "print", "--show-origin", "--listen", "[::1]:9"])
        .env("ADSERVED_ADMIN__TOKEN", "canary-".repeat(9))
        .output()
        .unwrap();
    let (code, out, err) = described(&output);
    assert_eq!((code, err.as_str()), (0, ""));
    for line in [
        "workers = 2  # adserved.toml:2:11",
        "listen = \"[::1]:9\"  # --listen",
        "token = \"********\"  # $ADSERVED_ADMIN__TOKEN",
    ] {
        assert!(
            out.lines().any(|found| found == line),
            "{line} not in\n{out}"
        );
    }
    assert!(!out.contains("canary"), "{out}");
}

#[test]
fn usage_version_and_help() {
    let place = Place::new();
    let version = format!("adserved {}\n", env!("CARGO_PKG_VERSION"));
    for arguments in [&["version"][..], &["--version"]] {
        assert_eq!(place.run(arguments), (0, version.clone(), String::new()));
    }
    let (code, out, err) = place.run(&["serv"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("unrecognized subcommand"), "{err}");
    assert!(place.run(&["--help"]).1.contains("Exit codes:"));
    assert_eq!(
        place.run(&["config", "default"]).1,
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/dist/adserved.toml")).unwrap()
    );
}

#[test]
fn it_serves_tells_how_it_is_and_ends_when_asked() {
    let place = Place::new();
    let mut running = place.serve();
    assert!(running.get("/livez").starts_with("HTTP/1.1 200 "));
    let metrics = running.get("/metrics");
    assert!(
        metrics.contains("\nadserved_build_info{version="),
        "{metrics}"
    );
    assert!(
        metrics.contains("adserved_connections_open{listener=\"public\"} "),
        "{metrics}"
    );
    let listen = running.address.to_string();
    assert_eq!(
        place.run(&["healthcheck", "--listen", &listen]),
        (0, String::new(), String::new())
    );

    running.signal(Signal::HUP);
    assert!(running.get("/livez").starts_with("HTTP/1.1 200 "));
    running.signal(Signal::TERM);
    let (code, log) = running.wait();
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("SIGHUP: files are looked at again"), "{log}");
    for line in log.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        assert!(
            line["ts"].is_string() && line["level"].is_string(),
            "{line}"
        );
    }
    let (code, _, err) = place.run(&["healthcheck", "--listen", &listen]);
    assert!(code == 1 && err.contains("does not answer"), "{code} {err}");
}

#[test]
fn a_request_that_was_begun_is_answered_after_sigterm_and_cut_by_a_second() {
    for (signals, is_answered) in [(1, true), (2, false)] {
        let place = Place::new();
        let mut running = place.serve();
        let mut stream = TcpStream::connect(running.address).unwrap();
        stream
            .write_all(b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
            .unwrap();
        let mut answer = vec![0; 12];
        stream.read_exact(&mut answer).unwrap();
        // The connection is kept; its next request is half sent when the end is asked for.
        stream.write_all(b"GET /livez HTTP/1.1\r\nHost: ").unwrap();
        for _ in 0..signals {
            running.signal(Signal::TERM);
            // Each must be seen: two at once are one to the kernel.
            let mut line = String::new();
            running.log.read_line(&mut line).unwrap();
            assert!(line.contains("asked to end"), "{line}");
        }
        stream.write_all(b"a\r\n\r\n").ok();
        let mut rest = String::new();
        stream.read_to_string(&mut rest).ok();
        assert_eq!(rest.contains("connection: close"), is_answered, "{rest}");
        assert_eq!(running.wait().0, Some(0));
    }
}

#[test]
fn an_address_that_is_taken_ends_it_with_71() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = taken.local_addr().unwrap().to_string();
    let (code, out, err) = Place::new().run(&["--listen", &listen]);
    assert_eq!((code, out.as_str()), (71, ""));
    assert!(
        err.contains(&format!(
            "cannot listen on {listen}: Address already in use"
        )),
        "{err}"
    );
}
