//! Why the catalog cannot be read or changed as asked, in words a door can translate.

use super::entity::Kind;
use crate::model::{OperationId, Problem};
use crate::store::sqlite::SqliteError;

/// Why a read or a write of the catalog did not happen. Nothing of the write was kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is none, or it is another tenant's, which must look the same.
    #[error("no {what} `{reference}`")]
    NotFound {
        /// The word for it: one of [`Kind`], `operation`, `rule` or `change of`.
        what: &'static str,
        /// The id or name that was asked for.
        reference: String,
        /// Names that are near to it, nearest first.
        suggestions: Vec<String>,
    },
    /// A name that stands for several things.
    #[error("{} {} are named `{name}`; use an id", .ids.len(), .kind.plural())]
    Ambiguous {
        /// What was asked for.
        kind: Kind,
        /// The name.
        name: String,
        /// Whose name it is.
        ids: Vec<String>,
    },
    /// Somebody else changed it meanwhile.
    #[error("{kind} {id} is at revision {found}, not {expected}; read it again")]
    Conflict {
        /// What was to be changed.
        kind: Kind,
        /// Which.
        id: String,
        /// The revision that the change was made from.
        expected: u32,
        /// The revision it is at.
        found: u32,
    },
    /// The name is another's, whatever the case.
    #[error("the name `{name}` is taken by {kind} {holder}")]
    NameTaken {
        /// What has the name.
        kind: Kind,
        /// The name.
        name: String,
        /// The id of who has it.
        holder: String,
    },
    /// Everything that is wrong with the input.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<Problem>),
    /// Something depends on it.
    #[error("{kind} {id} still has {count} {}", if *.count == 1 { .dependents.as_str() } else { .dependents.plural() })]
    InUse {
        /// What was to be deleted.
        kind: Kind,
        /// Which.
        id: String,
        /// What depends on it.
        dependents: Kind,
        /// How many of them there are.
        count: u64,
    },
    /// The subject of an operation is no longer as the operation left it.
    #[error("{kind} {id} was changed after {operation}; take the later change back first")]
    ChangedSince {
        /// What the operation changed.
        kind: Kind,
        /// Which.
        id: String,
        /// The operation that was to be taken back.
        operation: OperationId,
    },
    /// The operation was taken back already.
    #[error("{operation} was taken back by {by}")]
    AlreadyUndone {
        /// The operation.
        operation: OperationId,
        /// What took it back.
        by: OperationId,
    },
    /// The key of a write was used for another write.
    #[error("the idempotency key `{key}` was used for another request")]
    IdempotencyReuse {
        /// The key.
        key: String,
    },
    /// The database itself: full, read-only, damaged, stopped.
    #[error(transparent)]
    Database(#[from] SqliteError),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error.into())
    }
}

impl StoreError {
    /// One field that is wrong.
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Problem::new(field, message)])
    }
}
