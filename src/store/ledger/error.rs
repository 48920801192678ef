//! What can go wrong with the ledger: what may be tried again, and what must stop the program.

use rusqlite::ErrorCode;
use rusqlite::ffi;

use crate::ledger::{CodecError, PageError};
use crate::store::sqlite::SqliteError;

/// Why the ledger cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file is refused, or cannot be read or written.
    #[error(transparent)]
    Database(#[from] SqliteError),
    /// A batch is not what was written.
    #[error("batch {id} of the ledger {source}; restore a backup")]
    Batch {
        /// Which batch.
        id: i64,
        /// What is wrong with it.
        source: CodecError,
    },
    /// A batch that must be there is not.
    #[error("the ledger lacks batch {expected}; restore a backup")]
    Gap {
        /// Which batch.
        expected: i64,
    },
    /// A batch holds an event that an earlier one holds too.
    #[error("batch {id} of the ledger counts an event a second time; restore a backup")]
    Twice {
        /// Which batch.
        id: i64,
    },
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error.into())
    }
}

/// Why a page of seen events cannot be used; it is made again from the batches.
#[derive(Debug, thiserror::Error)]
pub(super) enum SeenError {
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
    #[error(transparent)]
    Page(#[from] PageError),
}

/// Why a batch was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// It is certain that nothing was written, and the next try may succeed: the disk is full or
    /// read-only, a write failed, another process holds the lock.
    #[error("the ledger cannot be written now: {0}")]
    Refused(#[source] SqliteError),
    /// Nobody can say what is on the disk: a sync failed. The kernel may have dropped what was
    /// to be written and report success the next time, so nothing may be acknowledged any more.
    /// Opening the ledger again says what was kept, and writes it again.
    #[error("the ledger may have lost what was written: {0}")]
    Lost(#[source] SqliteError),
}

impl From<rusqlite::Error> for WriteError {
    fn from(error: rusqlite::Error) -> Self {
        if is_harmless(&error) {
            Self::Refused(error.into())
        } else {
            Self::Lost(error.into())
        }
    }
}

/// Why hours that are over were not packed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// It was not written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// What is packed already is not what was written.
    #[error("a digest of counts {0}; restore a backup")]
    Damaged(#[from] CodecError),
}

impl From<rusqlite::Error> for SealError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Write(error.into())
    }
}

/// Whether an error leaves no doubt that the transaction is not in the file.
fn is_harmless(error: &rusqlite::Error) -> bool {
    let rusqlite::Error::SqliteFailure(failure, _text) = error else {
        return false;
    };
    match failure.code {
        ErrorCode::DiskFull
        | ErrorCode::DatabaseBusy
        | ErrorCode::DatabaseLocked
        | ErrorCode::ReadOnly
        | ErrorCode::CannotOpen
        | ErrorCode::OutOfMemory => true,
        // A write that failed before the sync: the log is not valid beyond the last commit.
        ErrorCode::SystemIoFailure => matches!(
            failure.extended_code,
            ffi::SQLITE_IOERR_WRITE
                | ffi::SQLITE_IOERR_SHMSIZE
                | ffi::SQLITE_IOERR_SHMOPEN
                | ffi::SQLITE_IOERR_SHMMAP
                | ffi::SQLITE_IOERR_LOCK
                | ffi::SQLITE_IOERR_NOMEM
        ),
        _ => false,
    }
}
