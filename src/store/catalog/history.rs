//! History and audit: one row for each change, with what was before and after it.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, Row, params_from_iter};

use super::entity::{Columns, Kind, Meta};
use super::error::StoreError;
use super::list::{Listed, check_limit};
use super::reader::{Reader, Scope};
use super::suggest::nearest;
use super::unit::WriteContext;
use crate::api;
use crate::model::name::fold_name;
use crate::model::word::words;
use crate::model::{OperationId, Problem, TenantId, Timestamp};

/// Names that are looked at for a suggestion; in a longer history the rest is not.
const NAMES_MAX: usize = 20_000;
/// Things of one name whose history is shown together at most.
const SUBJECTS_MAX: usize = 1_000;

/// The actor of what the daemon does by itself.
pub const SYSTEM: &str = "adserved";

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Something was made.
    Create,
    /// Something was changed.
    Update,
    /// Something was deleted.
    Delete,
    /// Something of the above was taken back.
    Undo,
}
words!(Action {
    Create = "create",
    Update = "update",
    Delete = "delete",
    Undo = "undo",
});

/// One change that is about to be written down.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) group: Option<OperationId>,
    pub(super) action: Action,
    pub(super) kind: Kind,
    pub(super) subject: Meta,
    pub(super) subject_name: String,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    pub(super) undoes: Option<OperationId>,
}

impl Entry {
    /// Writes it down.
    pub(super) fn insert(
        self,
        connection: &Connection,
        context: &WriteContext,
    ) -> Result<OperationId, StoreError> {
        let mut statement = connection.prepare_cached(
            "INSERT INTO operations (tenant_id, group_id, at, actor, action, kind, subject_id, \
             subject_name, before, after, undoes, request_id) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) RETURNING id",
        )?;
        let values = rusqlite::params![
            self.subject.tenant.get(),
            self.group.map(OperationId::get),
            context.now.millis(),
            context.actor,
            self.action.as_str(),
            self.kind.as_str(),
            self.subject.id,
            self.subject_name,
            self.before,
            self.after,
            self.undoes.map(OperationId::get),
            context.request_id,
        ];
        Ok(OperationId::new(
            statement.query_row(values, |row| row.get(0))?,
        ))
    }
}

/// One change as it was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its id.
    pub id: OperationId,
    /// The first of those that were done together; itself when it was the first or alone.
    pub group: OperationId,
    /// When it was done.
    pub at: Timestamp,
    /// Who did it.
    pub actor: String,
    /// What was done.
    pub action: Action,
    /// What it was done to.
    pub kind: Kind,
    /// The number of what it was done to.
    pub subject: u32,
    /// Its name at that time.
    pub subject_name: String,
    /// JSON of what it was before; none after a create.
    pub before: Option<String>,
    /// JSON of what it was afterwards; none after a delete.
    pub after: Option<String>,
    /// The operation that this one took back.
    pub undoes: Option<OperationId>,
    /// The operation that took this one back.
    pub undone_by: Option<OperationId>,
    /// The request that did it.
    pub request_id: String,
}

/// Which operations, newest first, and which page of them.
#[derive(Debug, Clone)]
pub struct HistoryQuery {
    /// Only on this kind.
    pub kind: Option<Kind>,
    /// Only on the one of that kind with this number.
    pub subject: Option<u32>,
    /// Only on what has this name, or had it, whatever the case.
    pub named: Option<String>,
    /// Only of this actor.
    pub actor: Option<String>,
    /// Only since this instant.
    pub since: Option<Timestamp>,
    /// Operations of a page: 1 to [`api::PAGE_MAX`].
    pub limit: u32,
    /// Where the page before ended, as it said.
    pub cursor: Option<String>,
}

impl Default for HistoryQuery {
    fn default() -> Self {
        Self {
            kind: None,
            subject: None,
            named: None,
            actor: None,
            since: None,
            limit: api::PAGE_DEFAULT,
            cursor: None,
        }
    }
}

const COLUMNS: &str = "id, coalesce(group_id, id), at, actor, action, kind, subject_id, \
     subject_name, before, after, undoes, undone_by, request_id";

/// The condition that every statement about operations starts with, like
/// [`Scope::condition`]: who sees only tenants sees only what was done to tenants.
const SCOPE: &str = "((?1 = 0 AND kind = 'tenant') OR tenant_id = ?1)";

impl Reader<'_> {
    /// One page of the history.
    pub fn history(&self, query: &HistoryQuery) -> Result<Listed<Operation>, StoreError> {
        let (mut conditions, mut values) = conditions(query, self.scope())?;
        if let Some(name) = &query.named {
            let subjects = self.subjects_named(name, query.kind)?;
            let places = vec!["(?, ?)"; subjects.len()].join(", ");
            conditions.push_str(" AND (kind, subject_id) IN (VALUES ");
            conditions.push_str(&places);
            conditions.push(')');
            for (kind, number) in subjects {
                values.extend([Value::from(kind.as_str().to_owned()), number.into()]);
            }
        }
        let connection = self.connection();
        let total: i64 = connection
            .prepare_cached(&format!(
                "SELECT count(*) FROM operations WHERE {SCOPE}{conditions}"
            ))?
            .query_row(params_from_iter(&values), |row| row.get(0))?;
        let mut page = String::new();
        if let Some(cursor) = &query.cursor {
            let last: OperationId = cursor.parse().map_err(|_unreadable| {
                StoreError::invalid("cursor", "is not from a page of the history")
            })?;
            page.push_str(" AND id < ?");
            values.push(last.get().into());
        }
        let limit = query.limit as usize;
        let sql = format!(
            "SELECT {COLUMNS} FROM operations WHERE {SCOPE}{conditions}{page} \
             ORDER BY id DESC LIMIT {}",
            limit + 1
        );
        let mut items = self.operations(&sql, values)?;
        let more = items.len() > limit;
        items.truncate(limit);
        let last = items.last().filter(|_operation| more);
        let next_cursor = last.map(|operation| operation.id.to_string());
        Ok(Listed {
            items,
            total: total.unsigned_abs(),
            next_cursor,
        })
    }

    /// Everything that has or had a name, also what is deleted; at least one.
    fn subjects_named(
        &self,
        name: &str,
        kind: Option<Kind>,
    ) -> Result<Vec<(Kind, u32)>, StoreError> {
        let of_kind = kind.map_or("", |_kind| " AND kind = ?2");
        let sql = format!(
            "SELECT DISTINCT kind, subject_id, subject_name FROM operations \
             WHERE {SCOPE}{of_kind}"
        );
        let mut values = vec![Value::from(self.scope().raw())];
        values.extend(kind.map(|kind| Value::from(kind.as_str().to_owned())));
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let wanted = fold_name(name);
        let (mut found, mut others) = (Vec::new(), Vec::new());
        while let Some(row) = rows.next()? {
            let mut columns = Columns::of(row);
            let (kind, number): (Kind, u32) = (columns.parse()?, columns.take()?);
            let called: String = columns.take()?;
            if fold_name(&called) == wanted {
                found.push((kind, number));
            } else if others.len() < NAMES_MAX {
                others.push(called);
            }
        }
        match found.len() {
            0 => Err(StoreError::NotFound {
                what: "change of",
                reference: name.chars().take(200).collect(),
                suggestions: nearest(name, others),
            }),
            1..=SUBJECTS_MAX => Ok(found),
            count => Err(StoreError::invalid(
                "subject",
                format!("is the name of {count} things; use an id"),
            )),
        }
    }

    /// One operation by its id.
    pub fn operation(&self, id: OperationId) -> Result<Operation, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM operations WHERE {SCOPE} AND id = ?2");
        let values = vec![self.scope().raw().into(), id.get().into()];
        self.operations(&sql, values)?
            .pop()
            .ok_or_else(|| not_found(id.to_string()))
    }

    /// The last operation that somebody did and nobody took back. As a tenant, that is never its
    /// own making: whoever goes back step by step stops before there is nothing. Nor is it one on
    /// people and keys, of which much cannot be taken back: that takes its id.
    pub fn latest_operation(&self) -> Result<Operation, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM operations WHERE {SCOPE} AND action <> 'undo' \
             AND undone_by IS NULL AND actor <> '{SYSTEM}' AND kind NOT IN ('user', 'key') \
             AND (?1 = 0 OR kind <> 'tenant' OR action <> 'create') ORDER BY id DESC LIMIT 1"
        );
        self.operations(&sql, vec![self.scope().raw().into()])?
            .pop()
            .ok_or_else(|| not_found("latest".to_owned()))
    }

    /// What was done together, in that order.
    pub(super) fn operations_of(&self, group: OperationId) -> Result<Vec<Operation>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM operations WHERE {SCOPE} AND (id = ?2 OR group_id = ?2) \
             ORDER BY id"
        );
        let values = vec![self.scope().raw().into(), group.get().into()];
        self.operations(&sql, values)
    }

    /// The number of the last operation of the tenant, which grows with each of its changes; 0
    /// where there was none.
    pub fn revision(&self) -> Result<u32, StoreError> {
        let sql = "SELECT coalesce(max(id), 0) FROM operations WHERE tenant_id = ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        Ok(statement.query_row([self.scope().raw()], |row| row.get(0))?)
    }

    /// The number of the last operation of all, which grows with every change of the catalog.
    pub(super) fn last_operation_of_all(&self) -> Result<u64, StoreError> {
        let sql = "SELECT seq FROM sqlite_sequence WHERE name = 'operations'";
        let last: Option<i64> = self
            .connection()
            .prepare_cached(sql)?
            .query_row([], |row| row.get(0))
            .optional()?;
        Ok(last.unwrap_or_default().unsigned_abs())
    }

    fn operations(&self, sql: &str, values: Vec<Value>) -> Result<Vec<Operation>, StoreError> {
        let mut statement = self.connection().prepare_cached(sql)?;
        let rows = statement.query_map(params_from_iter(values), read_operation)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Operations of all tenants after a number, for the daemon itself.
pub(super) fn operations_since(
    connection: &Connection,
    number: u64,
    limit: u32,
) -> Result<Vec<(TenantId, Operation)>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS}, tenant_id FROM operations WHERE id > ?1 ORDER BY id LIMIT ?2");
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map((number, limit), |row| {
        let tenant = row.get("tenant_id").map(TenantId::new)?;
        Ok((tenant, read_operation(row)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn not_found(reference: String) -> StoreError {
    StoreError::NotFound {
        what: "operation",
        reference,
        suggestions: Vec::new(),
    }
}

fn conditions(query: &HistoryQuery, scope: Scope) -> Result<(String, Vec<Value>), StoreError> {
    let mut problems: Vec<Problem> = Vec::new();
    check_limit(query.limit, &mut problems);
    if !problems.is_empty() {
        return Err(StoreError::Invalid(problems));
    }
    let mut conditions = String::new();
    let mut values = vec![scope.raw().into()];
    for (condition, value) in [
        (
            " AND kind = ?",
            query.kind.map(|kind| kind.as_str().to_owned().into()),
        ),
        (" AND subject_id = ?", query.subject.map(Value::from)),
        (" AND actor = ?", query.actor.clone().map(Value::from)),
        (
            " AND at >= ?",
            query.since.map(|since| since.millis().into()),
        ),
    ] {
        if let Some(value) = value {
            conditions.push_str(condition);
            values.push(value);
        }
    }
    Ok((conditions, values))
}

fn read_operation(row: &Row<'_>) -> rusqlite::Result<Operation> {
    let mut columns = Columns::of(row);
    Ok(Operation {
        id: columns.take().map(OperationId::new)?,
        group: columns.take().map(OperationId::new)?,
        at: columns.instant()?,
        actor: columns.take()?,
        action: columns.parse()?,
        kind: columns.parse()?,
        subject: columns.take()?,
        subject_name: columns.take()?,
        before: columns.take()?,
        after: columns.take()?,
        undoes: columns.take::<Option<u32>>()?.map(OperationId::new),
        undone_by: columns.take::<Option<u32>>()?.map(OperationId::new),
        request_id: columns.take()?,
    })
}
