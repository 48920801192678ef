//! A desk with `adctl` on it: a home of its own, nothing else in the environment, and a daemon
//! behind a unix socket.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, mpsc};
use std::thread;

use adserve::admin::{Door, Transport, Uploads};
use adserve::host::http::{Limits, Listener, Observer, Server};
use adserve::host::{Clock, Entropy, ShutdownTrigger};
use adserve::model::Millis;
use adserve::store::blobs::Blobs;
use adserve::store::spool::Spool;
use serde_json::Value;

use crate::support::admin::{Admin, folder};

/// The largest film that is taken here: small, so that a test can pass it.
const FILM_BYTES_MAX: u64 = 4_000_000;

/// `adctl` with a home of its own.
pub(crate) struct Desk {
    home: tempfile::TempDir,
    server: String,
    _daemon: Option<ShutdownTrigger>,
}

/// What a command came to.
#[derive(Debug, Clone)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// The answer as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The answer without the end of its last line.
    pub(crate) fn line(&self) -> &str {
        self.out.trim_end_matches('\n')
    }

    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Desk {
    /// With an admin API of its own, in this process, behind a unix socket.
    pub(crate) fn start() -> Self {
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.unwrap().block_on(serve(&tell));
        });
        let (socket, trigger): (PathBuf, ShutdownTrigger) = told.recv().unwrap();
        Self {
            _daemon: Some(trigger),
            ..Self::at(socket.to_str().unwrap())
        }
    }

    /// With a tenant, an advertiser `motorco` and a channel `news`.
    pub(crate) fn furnished() -> Self {
        let desk = Self::start();
        desk.must(&[
            "tenants",
            "create",
            "acme",
            "--timezone",
            "America/New_York",
        ]);
        desk.must(&["advertisers", "create", "motorco"]);
        desk.must(&["channels", "create", "news"]);
        desk
    }

    /// Talking to the daemon at an address.
    pub(crate) fn at(server: &str) -> Self {
        Self::in_home(tempfile::tempdir().unwrap(), server)
    }

    /// Talking to the daemon at an address, from this home.
    pub(crate) fn in_home(home: tempfile::TempDir, server: &str) -> Self {
        Self {
            home,
            server: server.to_owned(),
            _daemon: None,
        }
    }

    pub(crate) fn server(&self) -> &str {
        &self.server
    }

    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// The command, ready to run.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_adctl"));
        command
            .args(arguments)
            .env_clear()
            .env("HOME", self.home())
            .env("TMPDIR", self.home())
            .env("TZ", "UTC")
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("ADCTL_SERVER", &self.server)
            .current_dir(self.home())
            .stdin(Stdio::null());
        command
    }

    /// Runs a command without a terminal and without input.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).output().unwrap())
    }

    /// Runs a command that must go well; its answer.
    pub(crate) fn must(&self, arguments: &[&str]) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "adctl {arguments:?}: {ran:#?}");
        ran
    }

    /// Runs a command that must go well; its answer as JSON.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let mut all = arguments.to_vec();
        all.extend(["-o", "json"]);
        self.must(&all).json()
    }

    /// Runs a command that reads this on standard input.
    pub(crate) fn fed(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut command = self.command(arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A command may end before it has read everything.
        stdin.write_all(input).ok();
        drop(stdin);
        Ran::of(child.wait_with_output().unwrap())
    }

    /// Writes a file into the home; its path.
    pub(crate) fn file(&self, name: &str, content: &[u8]) -> String {
        let path = self.home().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Makes a campaign that could be served now.
    pub(crate) fn campaign(&self, name: &str) -> Value {
        self.json(&[
            "campaigns",
            "create",
            name,
            "--advertiser",
            "motorco",
            "--budget",
            "1200",
            "--rate",
            "cpm:24",
            "--start",
            "2026-01-01",
            "--end",
            "2027-01-01",
        ])
    }
}

async fn serve(tell: &mpsc::Sender<(PathBuf, ShutdownTrigger)>) {
    // Films as long as a daemon takes by default.
    let admin = Admin::start_with(|directory| {
        let blobs = Blobs::local(&folder(directory, "blobs")).unwrap();
        let spool = Spool::open(&folder(directory, "spool")).unwrap();
        Uploads::new(spool, blobs, FILM_BYTES_MAX, Millis::from_seconds(120))
    });
    let (trigger, shutdown) = ShutdownTrigger::new();
    let limits = Limits::for_descriptors(8_192);
    let server = Server::new(limits, Clock::real(), Entropy::real(), Observer::new(drop));
    let socket = admin.directory().join("admin.sock");
    let listener = Listener::bind_unix(&socket, 0o600).unwrap();
    let door = Arc::new(Door::new(&admin.state(), Transport::Plain));
    tell.send((socket, trigger)).unwrap();
    server.run(listener, door, shutdown).await.unwrap();
}
