//! How long the disk itself takes to sync: the floor under every answer that waits for it.

use std::fs::OpenOptions;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::time::Duration;

use adserve::host::Clock;
use hdrhistogram::Histogram;

/// The file is written over from its begin after so many bytes, as a log that is used again.
const FILE_BYTES: u64 = 4 << 20;
/// Longest a sync may take that is told apart from longer ones.
const SYNC_MAX: u64 = 60_000_000_000;

/// Writes and syncs `bytes` of a file, again and again for so long; answers nanoseconds each.
pub(crate) fn measure(file: &Path, bytes: usize, seconds: f64) -> anyhow::Result<Histogram<u64>> {
    let span = Duration::from_secs_f64(seconds);
    let clock = Clock::real();
    let mut took = Histogram::new_with_max(SYNC_MAX, 3)?;
    let options = OpenOptions::new().write(true).create_new(true).open(file)?;
    let content = vec![7; bytes];
    let (begin, mut at) = (clock.monotonic(), 0);
    while clock.monotonic() - begin < span {
        let before = clock.monotonic();
        options.write_all_at(&content, at % FILE_BYTES)?;
        options.sync_data()?;
        let nanos = (clock.monotonic() - before).as_nanos();
        took.saturating_record(u64::try_from(nanos)?);
        at += bytes as u64;
    }
    std::fs::remove_file(file)?;
    Ok(took)
}
