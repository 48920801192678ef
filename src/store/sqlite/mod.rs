//! One SQLite file: opened safely, brought up to date, written by one thread and read by many.
//!
//! [`Database::open`] refuses a file that is not ours, is newer than the program or was migrated
//! by different text. What is in the tables is the business of the callers.

mod copy;
mod error;
mod migration;
mod readers;
#[cfg(test)]
mod tests;
mod writer;

pub use copy::check;
pub use error::SqliteError;
pub use migration::Migration;
pub use readers::Readers;
pub use writer::Writer;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::model::Timestamp;

/// 3.51.3 repaired a race of checkpoint and write that could damage a database in WAL mode.
const LIBRARY_MIN: (i32, &str) = (3_051_003, "3.51.3");
/// How long a statement waits for a lock of another process before it fails.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// The write-ahead log is cut back to this size after a checkpoint. Bytes.
const WAL_BYTES_MAX: i64 = 64 << 20;
/// Prepared statements kept by each connection.
const STATEMENTS_MAX: usize = 256;

/// When a commit counts as kept (<https://www.sqlite.org/pragma.html#pragma_synchronous>).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Synchronous {
    /// At the next checkpoint: a power cut may take the last commits back, a crash may not.
    Normal,
    /// At once: every commit syncs the log.
    Full,
}

/// What a database file is: how it is recognised and how it came to be.
#[derive(Debug)]
pub struct Schema {
    /// Its name for people.
    pub name: &'static str,
    /// The mark in its header (`PRAGMA application_id`), so that a wrong file is refused.
    pub application_id: i32,
    /// When a commit counts as kept.
    pub synchronous: Synchronous,
    /// How it is brought up to date; numbered from 1 without gaps.
    pub migrations: &'static [Migration],
}

impl Schema {
    /// The number of the last migration: the version that this program writes.
    pub fn version(&self) -> u32 {
        self.migrations
            .last()
            .map_or(0, |migration| migration.number)
    }
}

/// Where a database is and how to connect to it again.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    path: PathBuf,
    schema: &'static Schema,
}

/// An open database, migrated and ready.
#[derive(Debug)]
pub struct Database {
    source: Source,
    connection: Connection,
}

impl Database {
    /// Opens or creates the file, checks that it is what it should be, and applies the migrations
    /// that it lacks. `now` is recorded beside each.
    ///
    /// A file that is refused is not changed.
    pub fn open(path: &Path, schema: &'static Schema, now: Timestamp) -> Result<Self, SqliteError> {
        if rusqlite::version_number() < LIBRARY_MIN.0 {
            return Err(SqliteError::Library {
                found: rusqlite::version(),
                needed: LIBRARY_MIN.1,
            });
        }
        let source = Source {
            path: path.to_owned(),
            schema,
        };
        let mut connection = source.connect(OpenFlags::SQLITE_OPEN_CREATE)?;
        migration::check_identity(&connection, &source)?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.pragma_update(None, "journal_size_limit", WAL_BYTES_MAX)?;
        connection.pragma_update(None, "synchronous", schema.synchronous.pragma())?;
        migration::migrate(&mut connection, &source, now)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        Ok(Self { source, connection })
    }

    /// The connection that may write, for a caller with a thread of its own.
    pub fn into_connection(self) -> Connection {
        self.connection
    }

    /// Starts the thread that writes. There is one for each database.
    pub fn into_writer(self) -> Result<Writer, std::io::Error> {
        Writer::start(self.connection, self.source.schema.name)
    }

    /// Connections that read.
    pub fn readers(&self) -> Readers {
        Readers::new(self.source.clone())
    }

    /// One connection that can only read, for a caller with a thread of its own.
    pub fn reader(&self) -> Result<Connection, SqliteError> {
        self.source.reader()
    }
}

impl Synchronous {
    const fn pragma(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Full => "full",
        }
    }
}

impl Source {
    /// A connection that trusts neither the file nor the text of a statement.
    fn connect(&self, create: OpenFlags) -> Result<Connection, SqliteError> {
        // Each connection is used by one thread at a time, which the borrow checker sees to.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | create;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
        for (option, value) in [
            (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
            (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
            // A misspelt column in double quotes is an error, not a text.
            (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
            (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        ] {
            connection.set_db_config(option, value)?;
        }
        Ok(connection)
    }

    fn reader(&self) -> Result<Connection, SqliteError> {
        let connection = self.connect(OpenFlags::empty())?;
        connection.pragma_update(None, "query_only", true)?;
        Ok(connection)
    }
}
