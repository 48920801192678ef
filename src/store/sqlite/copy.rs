//! Copies of a database that is in use, and the check of a copy.

use std::path::Path;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::{Readers, Schema, Source, SqliteError, migration};

/// All pages in one step: the copy is of one instant, whatever is written meanwhile.
const ALL_PAGES: i32 = -1;

impl Readers {
    /// Copies the database as it is at one instant into the empty file at `to`. What was committed
    /// before the call is in it. Nobody who writes waits. Blocks.
    pub fn copy_blocking(&self, to: &Path) -> Result<(), SqliteError> {
        self.read_blocking(|connection| {
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let mut copy = Connection::open_with_flags(to, flags)?;
            // Whoever copies syncs what he makes of it; a copy that is not whole is thrown away.
            copy.pragma_update(None, "synchronous", "off")?;
            copy.pragma_update(None, "journal_mode", "off")?;
            let step = Backup::new(connection, &mut copy)?.step(ALL_PAGES)?;
            match step {
                StepResult::Done => Ok(()),
                _ => Err(SqliteError::Busy),
            }
        })
    }
}

/// Checks that a file is a database of `schema` that this program can open, and that nothing in
/// it is damaged. Gives the number of its last migration. Blocks, for as long as it takes to read
/// all of it.
pub fn check(path: &Path, schema: &'static Schema) -> Result<u32, SqliteError> {
    let source = Source {
        path: path.to_owned(),
        schema,
    };
    let connection = source.connect(OpenFlags::empty())?;
    migration::check_identity(&connection, &source)?;
    migration::check_applied(&connection, &source)?;
    let found: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if found != "ok" {
        return Err(SqliteError::Unsound {
            path: path.to_owned(),
            found,
        });
    }
    migration::check_references(&connection)?;
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}
