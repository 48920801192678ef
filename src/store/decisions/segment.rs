//! Segments: the files of the log, by number. One is written by one lane from its begin to its
//! end, and never again after a restart.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use super::record::{Frame, Record, read_frame};

/// What every segment begins with; the last number is the layout of frames.
pub(super) const MAGIC: &[u8; 8] = b"adsdec\0\x01";
const SUFFIX: &str = "log";

/// What reading a segment found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Found {
    /// Records that were visited.
    pub(super) records: u64,
    /// Whole records of a kind or layout that this program does not know.
    pub(super) unknown: u64,
    /// Bytes at the end that were not written whole.
    pub(super) torn: u64,
}

/// Where the segment with this number is.
pub(super) fn path_of(folder: &Path, number: u64) -> PathBuf {
    folder.join(format!("{number:012}.{SUFFIX}"))
}

/// The numbers of all segments, in order.
pub(super) fn list(folder: &Path) -> io::Result<Vec<u64>> {
    let mut numbers = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_segment = path.extension().is_some_and(|suffix| suffix == SUFFIX);
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        if let Some(number) = stem.filter(|_stem| is_segment) {
            numbers.extend(number.parse::<u64>().ok());
        }
    }
    numbers.sort_unstable();
    Ok(numbers)
}

/// Makes a new segment.
pub(super) fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}

/// Visits every record of a segment with its sequence, and cuts off what a crash left half written at its end.
pub(super) fn read(path: &Path, visit: &mut dyn FnMut(u64, Record)) -> io::Result<Found> {
    let bytes = fs::read(path)?;
    let mut found = Found::default();
    // A segment that does not begin like one was being made when the program ended.
    let mut rest = bytes.strip_prefix(MAGIC).unwrap_or_default();
    loop {
        let taken = match read_frame(rest) {
            Frame::Record(sequence, record, taken) => {
                found.records += 1;
                visit(sequence, record);
                taken
            }
            Frame::Unknown(taken) => {
                found.unknown += 1;
                taken
            }
            Frame::Torn => break,
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    if !bytes.starts_with(MAGIC) {
        rest = &bytes;
    }
    found.torn = rest.len() as u64;
    if found.torn > 0 {
        let whole = bytes.len() - rest.len();
        OpenOptions::new()
            .write(true)
            .open(path)?
            .set_len(whole as u64)?;
    }
    Ok(found)
}
