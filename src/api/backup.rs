//! Backups: what is asked for, what was made, and the list inside of the file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a backup is to be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BackupFields {
    /// Where it is made, on the machine of the daemon: an absolute path of a file that is not
    /// there, or of a folder, in which it gets a name with its instant.
    pub to: Option<String>,
    /// Whether the films of creatives are put into it, where they are kept in files.
    pub with_media: Option<bool>,
}

/// A backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Backup {
    /// The file.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// When it was begun: everything that was acknowledged before is in it.
    pub made_at: String,
    /// Version of the `adserved` that made it.
    pub version: String,
    /// Schema of its catalog.
    pub catalog_schema: u32,
    /// Schema of its ledger.
    pub ledger_schema: u32,
    /// The last change of its catalog.
    pub catalog_revision: u64,
    /// The last batch of events of its ledger.
    pub last_batch: u64,
    /// How many files of the data directory are in it.
    pub files: u64,
    /// How many films its catalog has.
    pub media: u64,
    /// How many of them are in it.
    pub media_copied: u64,
    /// Those that were not where they should be, by their place.
    pub media_missing: Vec<String>,
}

/// What is in a backup: its first entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupManifest {
    /// The layout of the file; 1.
    pub format: u32,
    /// As in [`Backup`].
    pub made_at: String,
    /// As in [`Backup`].
    pub version: String,
    /// As in [`Backup`].
    pub catalog_schema: u32,
    /// As in [`Backup`].
    pub ledger_schema: u32,
    /// As in [`Backup`].
    pub catalog_revision: u64,
    /// As in [`Backup`].
    pub last_batch: u64,
    /// The files that follow, in their order.
    pub files: Vec<BackupFile>,
    /// Every film that the catalog has.
    pub media: Vec<BackupMedia>,
}

/// One file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupFile {
    /// Its place in the data directory.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of what it holds, in hexadecimal digits.
    pub sha256: String,
}

/// One film.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupMedia {
    /// Its place in the store of films; its name is its SHA-256.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// Where it was.
    pub state: MediaState,
}

/// Where a film of a backup is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaState {
    /// In the backup.
    Copied,
    /// Not in the backup, and in its place when it was made.
    Referenced,
    /// Not in the backup, and in an object store that was not asked.
    Remote,
    /// Not where it should be.
    Missing,
}
