//! Says whether a backup is good, and puts one into a new data directory. Needs no daemon.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::archive::{create_folders, unpack};
use super::{BackupError, told};
use crate::api::{Backup, BackupManifest};
use crate::model::Timestamp;
use crate::store::DataDir;
use crate::store::decisions::Snapshots;
use crate::store::{catalog, ledger, sqlite};

/// Checks a backup as a start would: every byte, both databases, and that the ledger recovers.
/// It is unpacked for that below the folder for temporary files. Blocks.
pub fn verify(file: &Path, now: Timestamp) -> Result<Backup, BackupError> {
    let stage =
        tempfile::tempdir().map_err(BackupError::io("write into", &std::env::temp_dir()))?;
    let (manifest, bytes) = unpack(file, stage.path())?;
    judge(file, stage.path(), (&manifest, now))?;
    Ok(told(file, bytes, &manifest))
}

/// Checks a backup and makes it the data directory `to`, which must be empty or not there. It
/// appears under its name when all of it is on the disk. Blocks.
pub fn restore(file: &Path, to: &Path, now: Timestamp) -> Result<Backup, BackupError> {
    check_place(to)?;
    let to = std::path::absolute(to).map_err(BackupError::io("find", to))?;
    let parent = to.parent().unwrap_or(Path::new("/"));
    create_folders(parent).map_err(BackupError::io("make", parent))?;
    let stage = tempfile::Builder::new()
        .prefix(".adserved-restore-")
        .tempdir_in(parent)
        .map_err(BackupError::io("write into", parent))?;
    let data = stage.path().join("data");
    create_folders(&data).map_err(BackupError::io("make", &data))?;
    let (manifest, bytes) = unpack(file, &data)?;
    judge(file, &data, (&manifest, now))?;
    ledger::pass_over_ids(&data.join("ledger.db"), now)?;
    let failed = |error| BackupError::io("write", &to)(error);
    sync_folders(&data).map_err(failed)?;
    // Takes the place of an empty folder, and of nothing else.
    fs::rename(&data, &to)
        .and_then(|()| File::open(parent)?.sync_all())
        .map_err(failed)?;
    Ok(told(file, bytes, &manifest))
}

/// Refuses a place in which there is something.
fn check_place(to: &Path) -> Result<(), BackupError> {
    let mut entries = match fs::read_dir(to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(BackupError::io("read", to))?,
    };
    if entries.next().is_none() {
        return Ok(());
    }
    if to.join("adserved.lock").exists() {
        // Says which daemon has it, if one does.
        drop(DataDir::lock(to)?);
    }
    Err(BackupError::NotEmpty(to.to_owned()))
}

/// Opens what was unpacked as a start would.
fn judge(
    file: &Path,
    data: &Path,
    (manifest, now): (&BackupManifest, Timestamp),
) -> Result<(), BackupError> {
    for part in ["keys/token", "keys/viewers", "catalog.db", "ledger.db"] {
        if !data.join(part).is_file() {
            return Err(BackupError::damaged(file, format!("{part} is not in it")));
        }
    }
    let catalog = sqlite::check(&data.join("catalog.db"), &catalog::SCHEMA)?;
    let ledger = sqlite::check(&data.join("ledger.db"), &ledger::SCHEMA)?;
    if (catalog, ledger) != (manifest.catalog_schema, manifest.ledger_schema) {
        return Err(BackupError::damaged(file, "its schemas are not as listed"));
    }
    let standing = ledger::try_recovery(&data.join("ledger.db"), now)?;
    if standing != manifest.last_batch {
        let what = format!(
            "its ledger ends with batch {standing}, and not with {}",
            manifest.last_batch
        );
        return Err(BackupError::damaged(file, what));
    }
    let log = data.join("decisions");
    create_folders(&log).map_err(BackupError::io("make", &log))?;
    let read = Snapshots::open(&log).and_then(|kept| kept.read(&mut |_part| Ok(())));
    read.map_err(BackupError::io("read", &log))
}

fn sync_folders(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_folders(&entry.path())?;
        } else {
            // The databases were written again since they were unpacked.
            File::open(entry.path())?.sync_all()?;
        }
    }
    File::open(folder)?.sync_all()
}
