//! One line of JSON for everything measured, so that runs can be put together later.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use hdrhistogram::Histogram;
use serde::{Deserialize, Serialize};

use super::process::Memory;

/// What was measured.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum Record {
    /// One run of the load client.
    Load(Load),
    /// One start of a server.
    Ready {
        subject: String,
        ms: f64,
        resident_kib: u64,
    },
    /// Memory of a server under or after load.
    Memory {
        subject: String,
        resident_kib: u64,
        peak_kib: u64,
    },
    /// What pods held, on average.
    Pods {
        subject: String,
        ads_each: f64,
        /// Of advertising.
        seconds_each: f64,
        /// The share without an ad.
        empty: f64,
    },
    /// How long the disk took to sync.
    Syncs { subject: String, took: Quantiles },
    /// What the client saw accepted beside what the server counted.
    Count {
        subject: String,
        accepted: u64,
        counted: u64,
    },
}

/// Figures of one run. Times in microseconds, shares of one core.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Load {
    pub(crate) subject: String,
    pub(crate) connections: usize,
    /// Requests a second that were due; none in a closed loop.
    pub(crate) rate: Option<u32>,
    /// Answers of status 200 to 299, and those of the warm-up too.
    pub(crate) accepted: u64,
    pub(crate) answered: u64,
    /// Answers of other statuses, broken connections and requests never answered.
    pub(crate) errors: u64,
    pub(crate) statuses: String,
    pub(crate) bytes_each: f64,
    pub(crate) per_second: f64,
    pub(crate) latency: Quantiles,
    /// How late the client itself was, 99th percentile.
    pub(crate) slip_p99: f64,
    pub(crate) server_cpu_each: f64,
    pub(crate) server_busy: f64,
    pub(crate) client_busy: f64,
    pub(crate) memory_kib: u64,
}

/// Latencies in microseconds.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Quantiles {
    pub(crate) p50: f64,
    pub(crate) p90: f64,
    pub(crate) p99: f64,
    pub(crate) p999: f64,
    pub(crate) max: f64,
}

impl From<&Histogram<u64>> for Quantiles {
    fn from(nanos: &Histogram<u64>) -> Self {
        let at = |quantile| micros(nanos.value_at_quantile(quantile));
        Self {
            p50: at(0.5),
            p90: at(0.9),
            p99: at(0.99),
            p999: at(0.999),
            max: micros(nanos.max()),
        }
    }
}

impl Record {
    pub(crate) fn memory(subject: String, memory: Memory) -> Self {
        Self::Memory {
            subject,
            resident_kib: memory.resident,
            peak_kib: memory.peak,
        }
    }

    /// Adds the record to the file.
    pub(crate) fn append(&self, path: &Path) -> anyhow::Result<()> {
        let mut line = serde_json::to_string(self)?;
        line.push('\n');
        let mut file = OpenOptions::new().create(true).append(true).open(path)?;
        file.write_all(line.as_bytes())?;
        Ok(())
    }

    /// All records of the file.
    pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<Self>> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        text.lines()
            .map(|line| Ok(serde_json::from_str(line)?))
            .collect()
    }
}

/// Nanoseconds as microseconds.
pub(crate) fn micros(nanos: u64) -> f64 {
    nanos as f64 / 1_000.0
}
