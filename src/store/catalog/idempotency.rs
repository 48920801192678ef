//! Answers that are kept, so that a write which is sent twice is done once.

use rusqlite::{Connection, OptionalExtension as _};

use super::error::StoreError;
use super::reader::Scope;
use crate::model::{Millis, Timestamp};

/// How long an answer is kept.
const ANSWER_LIFE: Millis = Millis::from_seconds(24 * 3600);
/// Old answers that one write clears away.
const CLEARED_MAX: u32 = 100;

/// The key of a write and what it asks for.
#[derive(Debug, Clone)]
pub struct Idempotency {
    /// As the caller chose it; one tenant's keys are not another's.
    pub key: String,
    /// A hash over method, path and body: the same key must mean the same request.
    pub request_hash: [u8; 32],
}

/// What a write answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: String,
}

/// What came of a write that may be repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// It was done now.
    Done(Answer),
    /// It was done before; this is what was answered then.
    Replayed(Answer),
}

/// What was answered under this key, if it was used before.
pub(super) fn recall(
    connection: &Connection,
    scope: Scope,
    once: &Idempotency,
    now: Timestamp,
) -> Result<Option<Answer>, StoreError> {
    connection
        .prepare_cached(
            "DELETE FROM answers WHERE (tenant_id, key) IN \
             (SELECT tenant_id, key FROM answers WHERE created_at <= ?1 LIMIT ?2)",
        )?
        .execute((now.minus(ANSWER_LIFE).millis(), CLEARED_MAX))?;
    let found = connection
        .prepare_cached(
            "SELECT request_hash, status, body FROM answers \
             WHERE tenant_id = ?1 AND key = ?2 AND created_at > ?3",
        )?
        .query_row(
            (scope.raw(), &once.key, now.minus(ANSWER_LIFE).millis()),
            |row| {
                let answer = Answer {
                    status: row.get(1)?,
                    body: row.get(2)?,
                };
                Ok((row.get::<_, [u8; 32]>(0)?, answer))
            },
        )
        .optional()?;
    match found {
        Some((hash, _answer)) if hash != once.request_hash => Err(StoreError::IdempotencyReuse {
            key: once.key.clone(),
        }),
        found => Ok(found.map(|(_hash, answer)| answer)),
    }
}

/// Keeps what is answered under this key.
pub(super) fn remember(
    connection: &Connection,
    scope: Scope,
    once: &Idempotency,
    answer: (&Answer, Timestamp),
) -> Result<(), StoreError> {
    let (answer, now) = answer;
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO answers \
             (tenant_id, key, request_hash, status, body, created_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute((
            scope.raw(),
            &once.key,
            once.request_hash,
            answer.status,
            &answer.body,
            now.millis(),
        ))?;
    Ok(())
}
