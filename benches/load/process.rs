//! What processes have used, as the kernel counts it.

use std::fs;
use std::io;
use std::time::Duration;

use anyhow::Context as _;

/// One tick of the times in /proc/PID/stat: `USER_HZ` is 100 on every Linux.
const TICK: Duration = Duration::from_millis(10);

/// User and system time that `pids` have spent together (proc(5), fields 14 and 15 of stat).
pub(crate) fn cpu(pids: &[u32]) -> anyhow::Result<Duration> {
    pids.iter().map(|pid| cpu_of(*pid)).sum()
}

fn cpu_of(pid: u32) -> anyhow::Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))
        .with_context(|| format!("no process {pid}"))?;
    // The second field is a name in parentheses and may hold anything.
    let (_, rest) = stat.rsplit_once(')').context("stat has no name")?;
    let ticks = rest
        .split_ascii_whitespace()
        .skip(11)
        .take(2)
        .map(str::parse::<u32>)
        .sum::<Result<u32, _>>()?;
    Ok(TICK * ticks)
}

/// Memory of a process in KiB.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Memory {
    /// Resident now.
    pub(crate) resident: u64,
    /// Resident at most, so far.
    pub(crate) peak: u64,
}

/// `VmRSS` and `VmHWM` of a process.
pub(crate) fn memory(pid: u32) -> io::Result<Memory> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_ascii_whitespace().next()?.parse().ok()
    };
    Ok(Memory {
        resident: field("VmRSS:").unwrap_or_default(),
        peak: field("VmHWM:").unwrap_or_default(),
    })
}
