//! Why there is no backup, or none that is good.

use std::io;
use std::path::{Path, PathBuf};

use crate::store::catalog::{self, StoreError};
use crate::store::ledger;
use crate::store::sqlite::SqliteError;

/// Why a backup cannot be made, read or put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file system says no. What was begun is removed.
    #[error("cannot {doing} {path}: {source}", path = .path.display())]
    Io {
        /// What was tried.
        doing: &'static str,
        /// With what.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// It does not begin like one, or ends without its seal.
    #[error("{path} is not a backup of adserved, or was cut off", path = .0.display())]
    Foreign(PathBuf),
    /// It is a backup, and not what was written.
    #[error("{path} is damaged: {what}", path = .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// A newer program has written it.
    #[error("{path} has format {found}, and this program knows {known}; use the adctl of its version", path = .path.display(), known = super::FORMAT)]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: u32,
    },
    /// It would be written over.
    #[error("{path} is there already; choose another name", path = .0.display())]
    Exists(PathBuf),
    /// It must be put into a new directory.
    #[error("{path} is not empty; a backup is put into a new directory", path = .0.display())]
    NotEmpty(PathBuf),
    /// The daemon has another working directory.
    #[error("{path} is not an absolute path", path = .0.display())]
    Relative(PathBuf),
    /// Films are not in files.
    #[error("films are kept in an object store, so they cannot be put into the backup")]
    FilmsElsewhere,
    /// The daemon works there.
    #[error(transparent)]
    InUse(#[from] crate::store::DataDirError),
    /// A database says no.
    #[error(transparent)]
    Database(#[from] SqliteError),
    /// The catalog cannot be read.
    #[error("the catalog cannot be read: {0}")]
    Catalog(#[from] StoreError),
    /// The catalog cannot be opened.
    #[error("the catalog cannot be opened: {0}")]
    OpenCatalog(#[from] catalog::OpenError),
    /// The ledger does not recover.
    #[error("the ledger does not recover: {0}")]
    Ledger(#[from] ledger::OpenError),
}

impl BackupError {
    /// An error of the file system, with what was tried.
    pub(super) fn io<'a>(
        doing: &'static str,
        path: &'a Path,
    ) -> impl FnOnce(io::Error) -> Self + 'a {
        move |source| Self::Io {
            doing,
            path: path.to_owned(),
            source,
        }
    }

    /// Something is not as it was written.
    pub(super) fn damaged(path: &Path, what: impl Into<String>) -> Self {
        Self::Damaged {
            path: path.to_owned(),
            what: what.into(),
        }
    }
}
