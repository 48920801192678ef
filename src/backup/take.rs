//! Takes a backup while everything goes on.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::archive::{create_folders, describe, pack};
use super::{BackupError, FORMAT, told};
use crate::api::{Backup, BackupManifest, BackupMedia, MediaState};
use crate::format::media::MediaKey;
use crate::model::Timestamp;
use crate::store::catalog::{self, CatalogStore};
use crate::store::copy::{copy_folder, copy_private, create_private};
use crate::store::decisions::DecisionLog;
use crate::store::ledger::{self, LedgerReader};

/// What a backup is taken of.
#[derive(Debug, Clone)]
pub struct Source {
    /// The data directory.
    pub data: PathBuf,
    /// What was handed out.
    pub log: DecisionLog,
    /// What happened.
    pub ledger: LedgerReader,
    /// What is sold.
    pub catalog: CatalogStore,
    /// Where films are.
    pub films: Films,
}

/// Where films are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Films {
    /// In files below this folder.
    Folder(PathBuf),
    /// In an object store, which has backups of its own.
    Remote,
}

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The file to be, or a folder for it; absolute.
    pub to: PathBuf,
    /// Whether films are put into it.
    pub films: bool,
    /// When it is begun.
    pub now: Timestamp,
}

/// Takes a backup. It appears under its name when it is whole and on the disk; until then nothing
/// does but a folder beside it, which goes with an error. Blocks.
pub fn create(source: &Source, wanted: &Wanted) -> Result<Backup, BackupError> {
    if !wanted.to.is_absolute() {
        return Err(BackupError::Relative(wanted.to.clone()));
    }
    if wanted.films && source.films == Films::Remote {
        return Err(BackupError::FilmsElsewhere);
    }
    let file = if wanted.to.is_dir() {
        let at = wanted.now.to_string().replace([':', '.'], "-");
        wanted.to.join(format!("adserved-{at}.tar"))
    } else {
        wanted.to.clone()
    };
    if file.exists() {
        return Err(BackupError::Exists(file));
    }
    let folder = file.parent().unwrap_or(Path::new("/"));
    let stage = tempfile::Builder::new()
        .prefix(".adserved-backup-")
        .tempdir_in(folder)
        .map_err(BackupError::io("write into", folder))?;
    let copies = stage.path().join("data");
    create_folders(&copies).map_err(BackupError::io("make", &copies))?;
    let manifest = copy(source, wanted, &copies)?;
    let packed = stage.path().join("packed");
    let failed = |error| BackupError::io("write", &file)(error);
    let bytes = create_private(&packed)
        .and_then(|to| pack(&manifest, &copies, to))
        .map_err(failed)?;
    // Linked, not renamed: what came under this name meanwhile is not written over.
    fs::hard_link(&packed, &file)
        .or_else(|_no_links_here| fs::rename(&packed, &file))
        .and_then(|()| File::open(folder)?.sync_all())
        .map_err(failed)?;
    Ok(told(&file, bytes, &manifest))
}

/// Copies everything into `to`, in the order that the floor's first page explains.
fn copy(source: &Source, wanted: &Wanted, to: &Path) -> Result<BackupManifest, BackupError> {
    for (name, suffix) in [("sessions", "sessions"), ("timelines", "json")] {
        let (from, to) = (source.data.join(name), make(to, name)?);
        copy_folder(&from, suffix, &to).map_err(BackupError::io("copy", &from))?;
    }
    let log = make(to, "decisions")?;
    let copied = source.log.copy_blocking(&log);
    copied.map_err(BackupError::io("copy into", &log))?;
    let (ledger, catalog) = (to.join("ledger.db"), to.join("catalog.db"));
    create_private(&ledger).map_err(BackupError::io("make", &ledger))?;
    source.ledger.copy_blocking(&ledger)?;
    create_private(&catalog).map_err(BackupError::io("make", &catalog))?;
    source.catalog.copy_blocking(&catalog)?;
    let keys = make(to, "keys")?;
    for name in ["token", "viewers"] {
        let from = source.data.join("keys").join(name);
        let copied = copy_private(&from, &keys.join(name));
        copied.map_err(BackupError::io("copy", &from))?;
    }
    list(source, wanted, to)
}

fn make(to: &Path, name: &str) -> Result<PathBuf, BackupError> {
    let folder = to.join(name);
    create_folders(&folder).map_err(BackupError::io("make", &folder))?;
    Ok(folder)
}

fn list(source: &Source, wanted: &Wanted, to: &Path) -> Result<BackupManifest, BackupError> {
    let last_batch = ledger::last_batch(&to.join("ledger.db"), wanted.now)?;
    let copied = CatalogStore::open(&to.join("catalog.db"), wanted.now)?;
    let facts = copied.load_facts_since(0);
    copied.close();
    let facts = facts?;
    let creatives = facts.tenants.iter().flat_map(|(tenant, facts)| {
        let creatives = facts.iter().flat_map(|facts| &facts.creatives);
        let media = creatives.filter_map(|creative| creative.media.as_ref());
        media.map(|media| (MediaKey::of(*tenant, media).blob_path(), media.bytes))
    });
    let mut media: Vec<(String, u64)> = creatives.collect();
    media.sort_unstable();
    media.dedup();
    let media = media.into_iter().map(|(path, bytes)| {
        let state = film(&source.films, (&path, bytes), wanted.films.then_some(to))?;
        Ok(BackupMedia { path, bytes, state })
    });
    let media: Vec<BackupMedia> = media.collect::<Result<_, BackupError>>()?;
    let mut paths = Vec::new();
    walk(to, "", &mut paths).map_err(BackupError::io("read", to))?;
    let files = paths.iter().map(|path| describe(to, path));
    let files: Result<_, _> = files.collect();
    Ok(BackupManifest {
        format: FORMAT,
        made_at: wanted.now.to_string(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        catalog_schema: catalog::SCHEMA.version(),
        ledger_schema: ledger::SCHEMA.version(),
        catalog_revision: facts.revision,
        last_batch,
        files: files.map_err(BackupError::io("read", to))?,
        media,
    })
}

/// Looks for a film, and copies it if it is to be in the backup. One that was deleted since the
/// catalog was copied is missing, as it would be without a backup.
fn film(
    films: &Films,
    (path, bytes): (&str, u64),
    into: Option<&Path>,
) -> Result<MediaState, BackupError> {
    let Films::Folder(folder) = films else {
        return Ok(MediaState::Remote);
    };
    let from = folder.join(path);
    let is_whole = fs::metadata(&from).is_ok_and(|found| found.len() == bytes);
    let Some(into) = into.filter(|_wanted| is_whole) else {
        let state = [MediaState::Missing, MediaState::Referenced];
        return Ok(state[usize::from(is_whole)]);
    };
    let to = into.join("blobs").join(path);
    let folder = to.parent().unwrap_or(into);
    create_folders(folder)
        .and_then(|()| copy_private(&from, &to))
        .map_err(BackupError::io("copy", &from))?;
    Ok(MediaState::Copied)
}

/// The files below `folder`, by their path in it, in an order that is always the same.
fn walk(folder: &Path, prefix: &str, paths: &mut Vec<String>) -> std::io::Result<()> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &format!("{path}/"), paths)?;
        } else {
            paths.push(path);
        }
    }
    Ok(())
}
