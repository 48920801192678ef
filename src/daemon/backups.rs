//! Takes backups for the admin API, one at a time, on a thread that may block.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::config::{Config, CreativeStore};
use crate::admin::BackupSource;
use crate::api::Backup;
use crate::backup::{self, BackupError, Films, Source, Wanted};
use crate::store::DataDir;
use crate::store::catalog::CatalogStore;
use crate::store::decisions::DecisionLog;
use crate::store::ledger::LedgerReader;

/// Knows of what backups are taken.
#[derive(Debug)]
pub(super) struct Backups {
    source: Source,
    turn: Arc<Semaphore>,
}

impl Backups {
    pub(super) fn of(
        config: &Config,
        data: &DataDir,
        (log, ledger, catalog): (&DecisionLog, &LedgerReader, &CatalogStore),
    ) -> Self {
        let films = match config.creatives.store {
            CreativeStore::Local => Films::Folder(data.blobs()),
            CreativeStore::S3(_) => Films::Remote,
        };
        Self {
            source: Source {
                data: data.path().to_owned(),
                log: log.clone(),
                ledger: ledger.clone(),
                catalog: catalog.clone(),
                films,
            },
            turn: Arc::new(Semaphore::new(1)),
        }
    }
}

#[async_trait::async_trait]
impl BackupSource for Backups {
    async fn take(&self, wanted: Wanted) -> Option<Result<Backup, BackupError>> {
        let turn = Arc::clone(&self.turn).try_acquire_owned().ok()?;
        let source = self.source.clone();
        let taken = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let taken = backup::create(&source, &wanted);
            match &taken {
                Ok(backup) => {
                    tracing::info!(
                        file = backup.file,
                        bytes = backup.bytes,
                        "a backup was taken"
                    );
                }
                Err(error) => tracing::warn!(%error, "no backup was taken"),
            }
            taken
        });
        // A panic was reported where it happened.
        taken.await.ok()
    }
}
