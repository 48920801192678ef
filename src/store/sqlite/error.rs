//! What can go wrong with a database, told apart by what the caller can do about it.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// Why a database cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum SqliteError {
    /// The SQLite built into this program has a known fault that loses data.
    #[error("SQLite {found} is too old; {needed} or newer is needed")]
    Library {
        /// The version built in.
        found: &'static str,
        /// The oldest good one.
        needed: &'static str,
    },
    /// The file is a database, but not this one.
    #[error(
        "{path} is not a {wanted} database of adserved (application id {found:#010x})",
        path = .path.display()
    )]
    WrongFile {
        /// The file.
        path: PathBuf,
        /// What it should be.
        wanted: &'static str,
        /// What its header says it is.
        found: i32,
    },
    /// A newer version of the program has written it.
    #[error(
        "{path} has schema {found}, and this program knows up to {known}; \
         start the version that wrote it, or restore a backup",
        path = .path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// The newest this program knows.
        known: u32,
    },
    /// A migration that was applied differs from the one in this program.
    #[error(
        "migration {number:04}_{name} of {path} was edited after it was applied; \
         applied migrations never change",
        path = .path.display()
    )]
    Edited {
        /// The file.
        path: PathBuf,
        /// Which migration.
        number: u32,
        /// Its name.
        name: String,
    },
    /// A migration failed; the database is as it was before it.
    #[error("migration {number:04}_{name} failed and was rolled back")]
    Migration {
        /// Which migration.
        number: u32,
        /// Its name.
        name: &'static str,
        /// Why.
        #[source]
        source: Box<SqliteError>,
    },
    /// Rows point at rows that do not exist.
    #[error("{count} rows of table {table} refer to rows that do not exist")]
    Dangling {
        /// The table of the first such row.
        table: String,
        /// How many there are.
        count: usize,
    },
    /// A check of the whole file found something.
    #[error("{path} is damaged: {found}", path = .path.display())]
    Unsound {
        /// The file.
        path: PathBuf,
        /// The first that was found.
        found: String,
    },
    /// The disk is full. Nothing was written; it may be tried again.
    #[error("the disk is full")]
    Full,
    /// The file or its file system cannot be written.
    #[error("the database is read-only")]
    ReadOnly,
    /// The file is damaged or not a database at all.
    #[error("the database is damaged or not a database: {0}")]
    Corrupt(#[source] rusqlite::Error),
    /// Another process holds it.
    #[error("the database is locked by another process")]
    Busy,
    /// The file system failed. After a failed sync nothing may be taken for kept.
    #[error("the file system failed under the database: {0}")]
    Io(#[source] rusqlite::Error),
    /// A rule of the schema forbids it.
    #[error("a rule of the schema forbids it: {0}")]
    Constraint(#[source] rusqlite::Error),
    /// Anything else: a fault of this program.
    #[error("the statement failed: {0}")]
    Statement(#[source] rusqlite::Error),
    /// The writer is gone: the program is shutting down, or the job panicked.
    #[error("the database writer has stopped")]
    Stopped,
}

impl From<rusqlite::Error> for SqliteError {
    fn from(error: rusqlite::Error) -> Self {
        // A value that is not what its column holds: the file was damaged, or edited by hand.
        if matches!(
            error,
            rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::InvalidColumnType(..)
        ) {
            return Self::Corrupt(error);
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt(error),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => Self::Io(error),
            Some(ErrorCode::ConstraintViolation) => Self::Constraint(error),
            Some(_) | None => Self::Statement(error),
        }
    }
}
