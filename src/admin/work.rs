//! Reads and writes of the catalog on behalf of a call.
//!
//! A write that was begun is finished, whether or not its caller still listens: it runs as a task
//! of its own from the transaction to the publication. It is answered only after decisions see it.

use std::sync::Arc;

use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tokio::sync::oneshot;

use super::call::Call;
use super::respond::{Answer, Refusal};
use super::state::State;
use crate::ledger::CutError;
use crate::store::catalog::{
    self, Idempotency, Reader, Scope, StoreError, Unit, WriteContext, Written,
};
use crate::store::ledger::ReportError;
use crate::store::sqlite::SqliteError;

/// What a write came to.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    /// The status to answer.
    pub(crate) status: StatusCode,
    /// What is shown; `null` for an answer without a body.
    pub(crate) body: Value,
    /// The revision of what is shown.
    pub(crate) revision: Option<u32>,
    /// Where the thing that was made is found.
    pub(crate) location: Option<String>,
}

/// Reads the catalog at one instant.
pub(crate) async fn read<T, F>(state: &State, scope: Scope, query: F) -> Result<T, Refusal>
where
    T: Send + 'static,
    F: FnOnce(&Reader<'_>) -> Result<T, StoreError> + Send + 'static,
{
    Ok(state.catalog.read(scope, query).await?)
}

/// Changes the catalog as the call says: tried out only, once for its key, or plainly. `work` is
/// given the body of the call.
pub(crate) async fn write<F>(
    state: Arc<State>,
    call: Call,
    (scope, body): (Scope, Value),
    work: F,
) -> Result<Answer, Refusal>
where
    F: FnOnce(&mut Unit<'_>, &Value) -> Result<Made, StoreError> + Send + 'static,
{
    let context = WriteContext {
        scope,
        actor: call.actor.to_string(),
        request_id: call.request_id.clone(),
        now: state.clock.now(),
        dry_run: call.is_dry_run(),
    };
    let once = call.key.clone().map(|key| Idempotency {
        key,
        request_hash: request_hash(&call, &body),
    });
    let (tell, told) = oneshot::channel();
    let tasks = state.tasks.clone();
    let task = move |_shutdown| async move {
        let outcome = change(&state, (context, once), move |unit| work(unit, &body)).await;
        // The caller may have hung up. The change stands.
        tell.send(outcome).ok();
    };
    tasks
        .spawn(task)
        .map_err(|full| Refusal::Unavailable(full.into()))?;
    told.await
        .map_err(|ended| Refusal::Unavailable(ended.into()))?
}

async fn change<F>(
    state: &State,
    (context, once): (WriteContext, Option<Idempotency>),
    work: F,
) -> Result<Answer, Refusal>
where
    F: FnOnce(&mut Unit<'_>) -> Result<Made, StoreError> + Send + 'static,
{
    let dry_run = context.dry_run;
    let written = state.catalog.write_once(context, once, move |unit| {
        let made = work(unit)?;
        Ok(Kept::of(made, unit).into_answer())
    });
    let written = written.await?;
    if !dry_run {
        // Also for an answer from memory: the first try may have ended before it got here.
        let published = state.publisher.publish().await;
        published.map_err(|error| Refusal::Unavailable(error.into()))?;
    }
    match written {
        Written::Done(answer) => Kept::read(&answer, Replay::No),
        Written::Replayed(answer) => Kept::read(&answer, Replay::Yes),
    }
}

/// A hash over all that makes two writes the same request.
fn request_hash(call: &Call, body: &Value) -> [u8; 32] {
    let expected = call
        .expected
        .map_or(String::new(), |revision| revision.to_string());
    let mut hash = Sha256::new();
    for part in [
        // What one is answered is not for another, who may see less.
        &call.actor.to_string(),
        call.method.as_str(),
        &call.path,
        &expected,
        &body.to_string(),
    ] {
        // The length first, so that no two lists of parts run together to the same text.
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().into()
}

/// Whether an answer comes from memory.
#[derive(Debug, Clone, Copy)]
enum Replay {
    Yes,
    No,
}

/// An answer as the memory of idempotent writes keeps it: body and headers.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    status: u16,
    body: Value,
    revision: Option<u32>,
    location: Option<String>,
    operation: Option<String>,
}

impl Kept {
    fn of(made: Made, unit: &Unit<'_>) -> Self {
        Self {
            status: made.status.as_u16(),
            body: made.body,
            revision: made.revision,
            location: made.location,
            // What was only tried out is not in the history.
            operation: unit
                .operation()
                .filter(|_operation| !unit.context().dry_run)
                .map(|operation| operation.to_string()),
        }
    }

    fn into_answer(self) -> catalog::Answer {
        catalog::Answer {
            status: self.status,
            body: serde_json::json!(self).to_string(),
        }
    }

    fn read(answer: &catalog::Answer, replay: Replay) -> Result<Answer, Refusal> {
        let kept: Self = serde_json::from_str(&answer.body).map_err(Refusal::internal)?;
        let status = StatusCode::from_u16(kept.status).map_err(Refusal::internal)?;
        let shown = match kept.body {
            Value::Null => Answer::empty(status),
            body => Answer::json(status, &body)?,
        };
        Ok(Answer {
            revision: kept.revision,
            location: kept.location,
            operation: kept.operation,
            replayed: matches!(replay, Replay::Yes),
            ..shown
        })
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        let conflict = |hint: Option<String>| Self::Conflict {
            what: error.to_string(),
            hint,
        };
        match error {
            StoreError::NotFound {
                what,
                reference,
                suggestions,
            } => Self::NotFound {
                kind: what,
                wanted: reference,
                nearest: suggestions.into_iter().next(),
            },
            StoreError::Ambiguous { ref ids, .. } => conflict(Some(ids.join(", "))),
            StoreError::NameTaken { .. } => conflict(Some("choose another name".to_owned())),
            StoreError::InUse { ref dependents, .. } => {
                conflict(Some(format!("delete its {} first", dependents.plural())))
            }
            StoreError::ChangedSince { .. } | StoreError::AlreadyUndone { .. } => conflict(None),
            StoreError::Conflict {
                expected, found, ..
            } => Self::Revision {
                expected,
                current: found,
            },
            StoreError::Invalid(problems) => Self::Invalid(problems),
            StoreError::IdempotencyReuse { .. } => Self::KeyReused,
            StoreError::Database(error) => error.into(),
        }
    }
}

impl From<ReportError> for Refusal {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::Database(error) => error.into(),
            ReportError::Cut(CutError::TooMany) => Self::invalid(
                "dimensions",
                format!("{error}: ask for fewer dimensions, a shorter range, or filter"),
            ),
            ReportError::Cut(CutError::Damaged(_)) => Self::internal(error),
        }
    }
}

impl From<SqliteError> for Refusal {
    fn from(error: SqliteError) -> Self {
        match error {
            // What an operator can mend, or what passes.
            SqliteError::Full
            | SqliteError::ReadOnly
            | SqliteError::Busy
            | SqliteError::Io(_)
            | SqliteError::Stopped => Self::Unavailable(error.into()),
            SqliteError::Library { .. }
            | SqliteError::WrongFile { .. }
            | SqliteError::Newer { .. }
            | SqliteError::Edited { .. }
            | SqliteError::Migration { .. }
            | SqliteError::Dangling { .. }
            | SqliteError::Unsound { .. }
            | SqliteError::Corrupt(_)
            | SqliteError::Constraint(_)
            | SqliteError::Statement(_) => Self::internal(error),
        }
    }
}
