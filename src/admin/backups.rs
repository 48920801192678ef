//! `POST /api/v1/backups`: a backup of everything, taken while the daemon serves.

use std::path::PathBuf;
use std::sync::Arc;

use http::StatusCode;

use super::call::Call;
use super::respond::{Answer, Refusal};
use super::state::State;
use crate::api::{self, BackupFields, read_fields};
use crate::backup::{BackupError, Wanted};
use crate::store::sqlite::SqliteError;

/// Takes backups.
#[async_trait::async_trait]
pub trait BackupSource: Send + Sync {
    /// Takes one; none when one is being taken already. It is taken to its end also when nobody
    /// waits for it any more.
    async fn take(&self, wanted: Wanted) -> Option<Result<api::Backup, BackupError>>;
}

/// `POST /api/v1/backups`
pub(crate) async fn create(state: Arc<State>, mut call: Call) -> Result<Answer, Refusal> {
    let body = call.json().await?;
    let fields: BackupFields = read_fields(&body).map_err(Refusal::Invalid)?;
    let Some(to) = fields.to else {
        return Err(Refusal::invalid("to", "is missing"));
    };
    let wanted = Wanted {
        to: PathBuf::from(to),
        films: fields.with_media.unwrap_or_default(),
        now: state.clock.now(),
    };
    let Some(taken) = state.backups.take(wanted).await else {
        return Err(Refusal::Conflict {
            what: "another backup is being taken".to_owned(),
            hint: Some("wait for its end".to_owned()),
        });
    };
    Answer::json(StatusCode::CREATED, &taken.map_err(refusal)?)
}

fn refusal(error: BackupError) -> Refusal {
    let conflict = |hint: &str| Refusal::Conflict {
        what: error.to_string(),
        hint: Some(hint.to_owned()),
    };
    match &error {
        BackupError::Relative(_) => Refusal::invalid("to", "must be an absolute path"),
        BackupError::Exists(_) => conflict("or give a folder: the backup gets a name of its own"),
        BackupError::FilmsElsewhere => conflict("leave `with_media` out, and back the bucket up"),
        // Only the operator is told, who may know where things are.
        BackupError::Io { .. }
        | BackupError::Database(SqliteError::Full | SqliteError::ReadOnly | SqliteError::Io(_)) => {
            conflict(
                "nothing was left behind; it needs room for twice the data, in a folder that adserved \
             may write to",
            )
        }
        _ => Refusal::Unavailable(error.into()),
    }
}
