//! A daemon for the demo: `adserved` in a temporary directory, on a port that is free.

use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::time::Duration;

use anyhow::{Context as _, bail};
use hyper::Method;
use rustix::process::{Pid, Signal, kill_process};

use super::web::Web;
use crate::host::Clock;

/// How long the daemon may take until it is ready.
const READY_TIMEOUT: Duration = Duration::from_secs(20);
/// Wait between two looks whether it is.
const READY_POLL: Duration = Duration::from_millis(20);
/// How much of its log is shown when it fails. Bytes.
const LOG_TAIL_BYTES: usize = 2_000;

/// A running daemon. It ends, and its directory goes, when this is dropped.
pub(super) struct Daemon {
    child: Child,
    folder: tempfile::TempDir,
    /// Where players reach it.
    pub(super) public_url: String,
}

impl Daemon {
    /// Starts the `adserved` that lies beside this `adctl`. `player` is for browsers that do not
    /// play HLS themselves.
    pub(super) fn start(player: Option<&Path>) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("adserve-demo-").tempdir()?;
        // The port is free again when the listener goes; that nobody takes it in the meantime is
        // likely enough for a demo.
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let public_url = format!("http://{address}");
        // A file of its own, so that none of this machine is read.
        let config = folder.path().join("adserved.toml");
        fs::write(
            &config,
            settings(&folder.path().join("data"), (&address, &public_url), player),
        )?;
        let log = File::create(folder.path().join("adserved.log"))?;
        let child = without(Command::new(beside("adserved")?), "ADSERVED_")
            .args(["run", "--config"])
            .arg(&config)
            .stdin(std::process::Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("adserved does not start")?;
        Ok(Self {
            child,
            folder,
            public_url,
        })
    }

    /// Waits until it says that it is ready.
    pub(super) async fn wait_ready(&mut self, web: &Web, clock: &Clock) -> anyhow::Result<()> {
        let uri = format!("{}/readyz", self.public_url);
        let begun = clock.monotonic();
        loop {
            if let Some(status) = self.child.try_wait()? {
                bail!("adserved ended with {status}:\n{}", self.log_tail());
            }
            if let Ok(reply) = web.call(Method::GET, &uri).await
                && reply.status.is_success()
            {
                return Ok(());
            }
            if clock.monotonic().duration_since(begun) > READY_TIMEOUT {
                bail!(
                    "adserved is not ready after {READY_TIMEOUT:?}:\n{}",
                    self.log_tail()
                );
            }
            tokio::time::sleep(READY_POLL).await;
        }
    }

    /// Where operators reach it.
    pub(super) fn socket(&self) -> PathBuf {
        self.folder.path().join("data/admin.sock")
    }

    /// Where its data, configuration and log are.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The end of its log.
    fn log_tail(&self) -> String {
        let log = fs::read(self.folder.path().join("adserved.log")).unwrap_or_default();
        let from = log.len().saturating_sub(LOG_TAIL_BYTES);
        String::from_utf8_lossy(&log[from..]).into_owned()
    }

    /// Asks it to end, and waits for that: everything acknowledged is in its ledger then.
    pub(super) fn stop(&mut self) -> anyhow::Result<ExitStatus> {
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        kill_process(pid.context("a process without id")?, Signal::TERM)?;
        Ok(self.child.wait()?)
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // Whoever wanted to know how it ended has called `stop`; here only nothing may be left.
        if let Ok(None) = self.child.try_wait() {
            drop(self.stop());
        }
    }
}

/// What the configuration of the daemon says.
fn settings(
    data_dir: &Path,
    (address, public_url): (&SocketAddr, &str),
    player: Option<&Path>,
) -> String {
    let text = |text: &str| toml::Value::from(text).to_string();
    let player = player.map(|player| text(&player.to_string_lossy()));
    let player = player.map_or_else(String::new, |player| format!("player = {player}\n"));
    // The origin of the live channel is on this machine, too.
    format!(
        "[server]\ndata_dir = {}\nlisten = {}\npublic_url = {}\n{player}\
         [upstream]\nallow = [\"127.0.0.0/8\"]\n",
        text(&data_dir.to_string_lossy()),
        text(&address.to_string()),
        text(public_url)
    )
}

/// A command that does not see the variables of this process that begin like this.
pub(super) fn without(mut command: Command, prefix: &str) -> Command {
    for (name, _value) in std::env::vars_os() {
        if name.to_string_lossy().starts_with(prefix) {
            command.env_remove(name);
        }
    }
    command
}

/// A program that lies beside this one.
fn beside(name: &str) -> anyhow::Result<PathBuf> {
    let program = std::env::current_exe()?.with_file_name(name);
    if !program.is_file() {
        bail!(
            "there is no {}; build it with `cargo build --bins`",
            program.display()
        );
    }
    Ok(program)
}
