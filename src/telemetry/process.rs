//! What the process itself takes, under the names every Prometheus client library uses.

use std::fs;

use prometheus_client::metrics::gauge::Gauge;

use super::metrics::Book;

/// Read from /proc at each scrape.
#[derive(Debug)]
pub(super) struct Process {
    resident_memory_bytes: Gauge,
    open_descriptors: Gauge,
}

impl Process {
    pub(super) fn new(book: &mut Book) -> Self {
        Self {
            resident_memory_bytes: book.add(
                "process_resident_memory_bytes",
                &[],
                "Memory in use.",
                Gauge::default(),
            ),
            open_descriptors: book.add(
                "process_open_fds",
                &[],
                "Open files and sockets.",
                Gauge::default(),
            ),
        }
    }

    /// Where there is no /proc the last values stay.
    pub(super) fn read(&self) {
        if let Some(bytes) = resident_memory_bytes() {
            self.resident_memory_bytes.set(bytes);
        }
        if let Ok(open) = fs::read_dir("/proc/self/fd") {
            let open = i64::try_from(open.count()).unwrap_or(i64::MAX);
            self.open_descriptors.set(open);
        }
    }
}

fn resident_memory_bytes() -> Option<i64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: i64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    kib.checked_mul(1_024)
}
