//! Brings a database up to date, one migration in one transaction.
//!
//! Each applied migration is recorded with the checksum of its text; a text that changed
//! afterwards is refused. `PRAGMA user_version` is the number of the last one.

use rusqlite::Connection;
use sha2::{Digest as _, Sha256};

use super::{Source, SqliteError};
use crate::model::Timestamp;

/// One step of a schema.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Its place, from 1.
    pub number: u32,
    /// What it does, in the words of its file name.
    pub name: &'static str,
    /// Its statements. The transaction around them is ours.
    pub sql: &'static str,
}

impl Migration {
    /// SHA-256 of the statements.
    fn checksum(&self) -> [u8; 32] {
        Sha256::digest(self.sql.as_bytes()).into()
    }
}

/// Refuses a file that is another's, or newer than this program. Changes nothing.
pub(super) fn check_identity(connection: &Connection, source: &Source) -> Result<(), SqliteError> {
    let pragma = |name: &str| -> rusqlite::Result<i32> {
        connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0))
    };
    let found = pragma("application_id")?;
    let tables: u32 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let blank = found == 0 && tables == 0;
    if !blank && found != source.schema.application_id {
        return Err(SqliteError::WrongFile {
            path: source.path.clone(),
            wanted: source.schema.name,
            found,
        });
    }
    // A negative version is none of ours either; read as unsigned it is newer than any.
    let version = pragma("user_version")?.cast_unsigned();
    let known = source.schema.version();
    if version > known {
        return Err(SqliteError::Newer {
            path: source.path.clone(),
            found: version,
            known,
        });
    }
    Ok(())
}

/// Applies what is missing, after checking that what is there is what this program would apply.
pub(super) fn migrate(
    connection: &mut Connection,
    source: &Source,
    now: Timestamp,
) -> Result<(), SqliteError> {
    check_applied(connection, source)?;
    let version: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    // A table is rebuilt by dropping it, which would take the rows that refer to it along;
    // references are checked as a whole instead, before the commit.
    connection.pragma_update(None, "foreign_keys", false)?;
    let missing = source
        .schema
        .migrations
        .iter()
        .filter(|migration| migration.number > version);
    for migration in missing {
        apply(connection, source.schema.application_id, migration, now).map_err(|error| {
            SqliteError::Migration {
                number: migration.number,
                name: migration.name,
                source: Box::new(error),
            }
        })?;
    }
    Ok(())
}

fn apply(
    connection: &mut Connection,
    application_id: i32,
    migration: &Migration,
    now: Timestamp,
) -> Result<(), SqliteError> {
    let unit = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    unit.execute_batch(
        "CREATE TABLE IF NOT EXISTS migrations (
             number INTEGER PRIMARY KEY,
             name TEXT NOT NULL,
             checksum BLOB NOT NULL,
             applied_at INTEGER NOT NULL
         ) STRICT",
    )?;
    unit.execute_batch(migration.sql)?;
    check_references(&unit)?;
    unit.execute(
        "INSERT INTO migrations (number, name, checksum, applied_at) VALUES (?1, ?2, ?3, ?4)",
        (
            migration.number,
            migration.name,
            migration.checksum(),
            now.millis(),
        ),
    )?;
    unit.pragma_update(None, "application_id", application_id)?;
    unit.pragma_update(None, "user_version", migration.number)?;
    unit.commit()?;
    Ok(())
}

/// Refuses rows that point at rows that do not exist.
pub(super) fn check_references(connection: &Connection) -> Result<(), SqliteError> {
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let tables: Vec<String> = statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    match tables.first() {
        None => Ok(()),
        Some(table) => Err(SqliteError::Dangling {
            table: table.clone(),
            count: tables.len(),
        }),
    }
}

/// Refuses migrations that were edited after they were applied. Changes nothing.
pub(super) fn check_applied(connection: &Connection, source: &Source) -> Result<(), SqliteError> {
    if !connection.table_exists(None, "migrations")? {
        return Ok(());
    }
    let mut statement =
        connection.prepare("SELECT number, name, checksum FROM migrations ORDER BY number")?;
    let applied = statement.query_map([], |row| {
        Ok((
            row.get::<_, u32>(0)?,
            row.get(1)?,
            row.get::<_, [u8; 32]>(2)?,
        ))
    })?;
    for row in applied {
        let (number, name, checksum) = row?;
        let known = source
            .schema
            .migrations
            .iter()
            .find(|migration| migration.number == number);
        if known.is_none_or(|migration| migration.checksum() != checksum) {
            return Err(SqliteError::Edited {
                path: source.path.clone(),
                number,
                name,
            });
        }
    }
    Ok(())
}
