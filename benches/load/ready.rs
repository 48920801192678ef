//! How long a server takes from exec to its first 200.

use std::ffi::OsString;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use adserve::host::Clock;
use anyhow::{Context as _, bail};
use rustix::process::{Pid, Signal, kill_process};

use super::process;
use super::wire;

/// A server that is not ready after this long never will be.
const READY_MAX: Duration = Duration::from_mins(1);
/// Longest wait for one byte of an answer.
const READ_MAX: Duration = Duration::from_secs(5);

/// What one start showed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Start {
    pub(crate) ready: Duration,
    /// Memory when it was ready, before any load.
    pub(crate) memory: process::Memory,
}

/// Starts `command`, asks for `path` until the answer is 200, and stops it with SIGTERM.
pub(crate) fn measure(
    target: SocketAddr,
    path: &str,
    command: &[OsString],
) -> anyhow::Result<Start> {
    let (program, arguments) = command.split_first().context("no command to start")?;
    let clock = Clock::real();
    let start = clock.monotonic();
    let mut child = Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .stdin(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start {}", program.display()))?;
    let ready = loop {
        if is_ready(target, path) {
            break clock.monotonic() - start;
        }
        if let Some(status) = child.try_wait()? {
            bail!("the server ended with {status} before it was ready");
        }
        if clock.monotonic() - start > READY_MAX {
            stop(&mut child)?;
            bail!("the server was not ready after {} s", READY_MAX.as_secs());
        }
        thread::yield_now();
    };
    let memory = process::memory(child.id())?;
    stop(&mut child)?;
    Ok(Start { ready, memory })
}

fn is_ready(target: SocketAddr, path: &str) -> bool {
    let ask = || -> std::io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect_timeout(&target, READ_MAX)?;
        stream.set_read_timeout(Some(READ_MAX))?;
        stream.write_all(&wire::get(target, path))?;
        let mut answer = vec![0; 4096];
        let read = stream.read(&mut answer)?;
        answer.truncate(read);
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.starts_with(b"HTTP/1.1 200 "))
}

fn stop(child: &mut Child) -> anyhow::Result<()> {
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    kill_process(pid.context("the server has no process id")?, Signal::TERM)?;
    child.wait()?;
    Ok(())
}
