//! Connections that read a database: opened when needed, kept for the next reader.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::{Source, SqliteError};

/// Readers at one time; one more waits for its turn.
const READERS_MAX: usize = 8;

/// A pool of connections that cannot write.
#[derive(Debug, Clone)]
pub struct Readers(Arc<Pool>);

#[derive(Debug)]
struct Pool {
    source: Source,
    turns: Arc<Semaphore>,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(super) fn new(source: Source) -> Self {
        Self(Arc::new(Pool {
            source,
            turns: Arc::new(Semaphore::new(READERS_MAX)),
            idle: Mutex::new(Vec::new()),
        }))
    }

    /// Runs `query` on a thread that may block. All it reads is of one instant: a commit that
    /// comes meanwhile is not seen, one that came before is.
    pub async fn read<T, E, F>(&self, query: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<SqliteError> + Send + 'static,
        F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    {
        let turns = Arc::clone(&self.0.turns);
        let turn = turns
            .acquire_owned()
            .await
            .map_err(|_closed| SqliteError::Stopped)?;
        let readers = self.clone();
        let answer = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            readers.read_blocking(query)
        });
        answer.await.map_err(|_panicked| SqliteError::Stopped)?
    }

    /// [`Readers::read`] for a thread that may block. It does not wait for a turn.
    pub fn read_blocking<T, E, F>(&self, query: F) -> Result<T, E>
    where
        E: From<SqliteError>,
        F: FnOnce(&Connection) -> Result<T, E>,
    {
        let connection = self.0.take()?;
        // Dropped without a commit: there is nothing to keep of a read.
        let snapshot = connection
            .unchecked_transaction()
            .map_err(SqliteError::from)?;
        let answer = query(&snapshot);
        drop(snapshot);
        self.0.put_back(connection);
        answer
    }
}

impl Pool {
    fn take(&self) -> Result<Connection, SqliteError> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        idle.map_or_else(|| self.source.reader(), Ok)
    }

    fn put_back(&self, connection: Connection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < READERS_MAX && connection.is_autocommit() {
            idle.push(connection);
        }
    }
}
