//! `catalog.db`: what is sold, every change to it, and the way back.
//!
//! A write is one transaction ([`Unit`]): the changes, their audit rows and, when the caller gave
//! a key, the answer to repeat. A read is of one instant ([`Reader`]). Both see one tenant only.

mod entity;
mod error;
mod facts;
mod history;
mod idempotency;
mod list;
mod logins;
mod past;
mod reader;
mod references;
mod renditions;
mod rows;
mod schema;
mod secrets;
mod suggest;
#[cfg(test)]
mod tests;
mod undo;
mod unit;

pub use entity::{Entity, EntityId, Kind, Meta};
pub use error::StoreError;
pub use facts::{DueCampaign, Facts};
pub use history::{Action, HistoryQuery, Operation, SYSTEM};
pub use idempotency::{Answer, Idempotency, Written};
pub use list::{Filter, ListQuery, Listed, Order, Sort};
pub use logins::{Attempt, AttemptKey, AttemptRules, Ending, TokenPair, Traded};
pub use reader::{Reader, Scope};
pub use renditions::{
    Footage, KnownProfile, RenditionKey, RenditionRow, RenditionSetOf, WantedRendition,
};
pub use rows::{NewCampaign, NewCreative};
pub use schema::SCHEMA;
pub use secrets::{Candidate, LoginId, SecretHash};
pub use unit::{Unit, WriteContext};

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::sqlite::{Database, Readers, SqliteError, Writer};
use crate::model::Timestamp;

/// The catalog database. Cheap to clone.
#[derive(Debug, Clone)]
pub struct CatalogStore {
    writer: Writer,
    readers: Readers,
}

/// Why the catalog cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file is refused.
    #[error(transparent)]
    Database(#[from] SqliteError),
    /// The system gives no thread.
    #[error("cannot start the writer of the catalog")]
    Thread(#[source] std::io::Error),
}

impl CatalogStore {
    /// Opens or creates the file and brings it up to date.
    pub fn open(path: &Path, now: Timestamp) -> Result<Self, OpenError> {
        let database = Database::open(path, &SCHEMA, now)?;
        let readers = database.readers();
        let writer = database.into_writer().map_err(OpenError::Thread)?;
        Ok(Self { writer, readers })
    }

    /// Changes the catalog. When `change` fails, or on a dry run, nothing is kept.
    ///
    /// What is read afterwards sees the change; decisions see it after a publish.
    pub async fn write<T, F>(&self, context: WriteContext, change: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Unit<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.writer
            .run(move |connection| transact(connection, &context, change))
            .await?
    }

    /// Changes the catalog once for each key: a repeat is answered from memory.
    /// Without a key it is [`CatalogStore::write`]; a dry run neither asks nor fills the memory.
    ///
    /// A replayed answer, too, may be told only after a publish: the first try may have ended
    /// between its commit and its own.
    pub async fn write_once<F>(
        &self,
        context: WriteContext,
        once: Option<Idempotency>,
        change: F,
    ) -> Result<Written, StoreError>
    where
        F: FnOnce(&mut Unit<'_>) -> Result<Answer, StoreError> + Send + 'static,
    {
        self.writer
            .run(move |connection| transact_once(connection, &context, once, change))
            .await?
    }

    /// Reads the catalog as it is at one instant.
    pub async fn read<T, F>(&self, scope: Scope, query: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Reader<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.readers
            .read(move |connection| query(&Reader::new(connection, scope)))
            .await
    }

    /// [`CatalogStore::read`] for a thread that may block.
    pub fn read_blocking<T, F>(&self, scope: Scope, query: F) -> Result<T, StoreError>
    where
        F: FnOnce(&Reader<'_>) -> Result<T, StoreError>,
    {
        self.readers
            .read_blocking(|connection| query(&Reader::new(connection, scope)))
    }

    /// Copies the catalog as it is at one instant into the empty file at `to`. Blocks.
    pub fn copy_blocking(&self, to: &Path) -> Result<(), SqliteError> {
        self.readers.copy_blocking(to)
    }

    /// Ends this handle; the last one waits until all that was queued is written.
    pub fn close(self) {
        let Self { writer, readers } = self;
        drop(readers);
        writer.close();
    }
}

fn transact<T>(
    connection: &mut Connection,
    context: &WriteContext,
    change: impl FnOnce(&mut Unit<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let answer = change(&mut Unit::new(&transaction, context))?;
    if context.dry_run {
        transaction.rollback()?;
    } else {
        transaction.commit()?;
    }
    Ok(answer)
}

fn transact_once(
    connection: &mut Connection,
    context: &WriteContext,
    once: Option<Idempotency>,
    change: impl FnOnce(&mut Unit<'_>) -> Result<Answer, StoreError>,
) -> Result<Written, StoreError> {
    let (scope, now) = (context.scope, context.now);
    let once = once.filter(|_key| !context.dry_run);
    transact(connection, context, move |unit| {
        let connection = unit.reader().connection();
        let Some(once) = once else {
            return change(unit).map(Written::Done);
        };
        if let Some(answer) = idempotency::recall(connection, scope, &once, now)? {
            return Ok(Written::Replayed(answer));
        }
        let answer = change(unit)?;
        idempotency::remember(connection, scope, &once, (&answer, now))?;
        Ok(Written::Done(answer))
    })
}
