//! What a killed process left in memory: brought to the disk before anything else is done.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use super::record::{Frame, read_frame};
use super::segment::{self, MAGIC};

const SUFFIX: &str = "part";

/// What was brought to the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Settled {
    /// Records that the disk did not have.
    pub(super) records: u64,
    /// Bytes at ends of parts that were not written whole.
    pub(super) torn: u64,
}

/// What a part of a segment is called.
pub(super) fn name_of(segment: u64, part: u64) -> String {
    format!("{segment:012}-{part:08}.{SUFFIX}")
}

/// Adds to the segments in `folder` what parts in `memory` have beyond them, and syncs it. Done
/// again it changes nothing.
pub(super) fn settle(memory: &Path, folder: &Path) -> io::Result<Settled> {
    let mut settled = Settled::default();
    for (number, parts) in list(memory)? {
        add(number, &parts, folder, &mut settled)?;
    }
    File::open(folder)?.sync_all()?;
    Ok(settled)
}

/// The parts of each segment, in order.
fn list(memory: &Path) -> io::Result<BTreeMap<u64, Vec<PathBuf>>> {
    let mut parts: BTreeMap<u64, Vec<PathBuf>> = BTreeMap::new();
    for entry in fs::read_dir(memory)? {
        let path = entry?.path();
        let is_part = path.extension().is_some_and(|suffix| suffix == SUFFIX);
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        let number = stem.and_then(|stem| stem.split_once('-')?.0.parse().ok());
        if let Some(number) = number.filter(|_part| is_part) {
            parts.entry(number).or_default().push(path);
        }
    }
    for paths in parts.values_mut() {
        paths.sort();
    }
    Ok(parts)
}

fn add(number: u64, parts: &[PathBuf], folder: &Path, settled: &mut Settled) -> io::Result<()> {
    let path = segment::path_of(folder, number);
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&path)?;
    let found = fs::read(&path)?;
    let mut known = HashSet::new();
    let whole = frames(&found, &mut |sequence, _frame| known.extend(sequence));
    let mut new = Vec::new();
    if whole == 0 {
        new.extend(MAGIC);
    }
    for part in parts {
        let bytes = fs::read(part)?;
        let taken = frames(&bytes, &mut |sequence, frame| {
            // What cannot be read may be there twice.
            if sequence.is_none_or(|sequence| known.insert(sequence)) {
                settled.records += 1;
                new.extend(frame);
            }
        });
        settled.torn += (bytes.len() - taken) as u64;
    }
    file.set_len(whole as u64)?;
    file.write_all_at(&new, whole as u64)?;
    file.sync_all()
}

/// Tells `visit` every whole frame with its sequence, if it has one that is known. Answers how
/// many bytes that were from the begin.
fn frames(bytes: &[u8], visit: &mut dyn FnMut(Option<u64>, &[u8])) -> usize {
    let Some(mut rest) = bytes.strip_prefix(MAGIC) else {
        return 0;
    };
    loop {
        let (sequence, taken) = match read_frame(rest) {
            Frame::Record(sequence, _record, taken) => (Some(sequence), taken),
            Frame::Unknown(taken) => (None, taken),
            Frame::Torn => return bytes.len() - rest.len(),
        };
        let (frame, after) = rest.split_at(taken);
        visit(sequence, frame);
        rest = after;
    }
}
