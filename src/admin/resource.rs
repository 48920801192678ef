//! What every noun of the catalog does alike: list, get, create, edit, delete.

use std::sync::Arc;

use http::StatusCode;
use serde_json::Value;

use super::call::Call;
use super::list::{list_query, page};
use super::respond::{Answer, Refusal};
use super::state::State;
use super::tenancy::scope_of;
use super::work::{Made, read, write};
use crate::model::{Channel, ChannelId};
use crate::store::catalog::{Entity, Filter, Reader, StoreError, Unit};

/// What a write came to, shown with its revision.
pub(crate) fn made<E: Entity>(
    unit: &Unit<'_>,
    status: StatusCode,
    entity: &E,
) -> Result<Made, StoreError> {
    Ok(Made {
        status,
        body: entity.snapshot(&unit.reader())?,
        revision: Some(entity.meta().revision),
        location: None,
    })
}

/// One page, filtered by what `filters` makes of the query.
pub(crate) async fn list<E, F>(state: Arc<State>, call: Call, filters: F) -> Result<Answer, Refusal>
where
    E: Entity,
    F: FnOnce(&Call, &Reader<'_>) -> Result<Vec<Filter>, StoreError> + Send + 'static,
{
    list_parts::<E, _, _>(state, call, filters, E::snapshot).await
}

/// The same, each shown as `shown` makes it.
pub(crate) async fn list_parts<E, F, S>(
    state: Arc<State>,
    call: Call,
    filters: F,
    shown: S,
) -> Result<Answer, Refusal>
where
    E: Entity,
    F: FnOnce(&Call, &Reader<'_>) -> Result<Vec<Filter>, StoreError> + Send + 'static,
    S: Fn(&E, &Reader<'_>) -> Result<Value, StoreError> + Send + 'static,
{
    let scope = scope_of::<E>(&state, &call).await?;
    let page = read(&state, scope, move |reader| {
        let query = list_query(&call, filters(&call, reader)?);
        page(reader.list::<E>(&query)?, |entity| shown(entity, reader))
    });
    Answer::ok(&page.await?)
}

/// One thing by its id or name.
pub(crate) async fn get<E: Entity>(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    get_part::<E, _>(state, call, E::snapshot).await
}

/// A part of one thing by its id or name, shown at the revision of the whole.
pub(crate) async fn get_part<E, F>(
    state: Arc<State>,
    call: Call,
    shown: F,
) -> Result<Answer, Refusal>
where
    E: Entity,
    F: FnOnce(&E, &Reader<'_>) -> Result<Value, StoreError> + Send + 'static,
{
    let scope = scope_of::<E>(&state, &call).await?;
    let found = read(&state, scope, move |reader| {
        let entity = reader.find::<E>(call.id())?;
        Ok((shown(&entity, reader)?, entity.meta().revision))
    });
    let (body, revision) = found.await?;
    Ok(Answer::ok(&body)?.at_revision(revision))
}

/// Makes what `plan` reads from the body.
pub(crate) async fn create<E, F>(state: Arc<State>, call: Call, plan: F) -> Result<Answer, Refusal>
where
    E: Entity,
    F: FnOnce(&Value, &Reader<'_>) -> Result<E::New, StoreError> + Send + 'static,
{
    create_shown::<E, _, _>(state, call, plan, E::snapshot).await
}

/// The same, shown as `shown` makes it.
pub(crate) async fn create_shown<E, F, S>(
    state: Arc<State>,
    mut call: Call,
    plan: F,
    shown: S,
) -> Result<Answer, Refusal>
where
    E: Entity,
    F: FnOnce(&Value, &Reader<'_>) -> Result<E::New, StoreError> + Send + 'static,
    S: FnOnce(&E, &Reader<'_>) -> Result<Value, StoreError> + Send + 'static,
{
    let scope = scope_of::<E>(&state, &call).await?;
    let body = call.json().await?;
    let path = call.path.clone();
    write(state, call, (scope, body), move |unit, body| {
        let new = plan(body, &unit.reader())?;
        let entity = unit.insert::<E>(new)?;
        let location = format!("{path}/{}", entity.entity_id());
        Ok(Made {
            status: StatusCode::CREATED,
            body: shown(&entity, &unit.reader())?,
            revision: Some(entity.meta().revision),
            location: Some(location),
        })
    })
    .await
}

/// Changes one thing by `change`, which is given what is stored and the body.
pub(crate) async fn edit<E, F>(state: Arc<State>, call: Call, change: F) -> Result<Answer, Refusal>
where
    E: Entity,
    F: FnOnce(&mut Unit<'_>, Edit<'_, E>) -> Result<E, StoreError> + Send + 'static,
{
    edit_part(state, call, change, E::snapshot).await
}

/// Changes a part of one thing, and shows it at the new revision of the whole.
pub(crate) async fn edit_part<E, F, S>(
    state: Arc<State>,
    mut call: Call,
    change: F,
    shown: S,
) -> Result<Answer, Refusal>
where
    E: Entity,
    F: FnOnce(&mut Unit<'_>, Edit<'_, E>) -> Result<E, StoreError> + Send + 'static,
    S: FnOnce(&E, &Reader<'_>) -> Result<Value, StoreError> + Send + 'static,
{
    let scope = scope_of::<E>(&state, &call).await?;
    let body = call.json().await?;
    let (reference, expected) = (call.id().to_owned(), call.expected);
    write(state, call, (scope, body), move |unit, body| {
        let stored = unit.reader().find::<E>(&reference)?;
        let edit = Edit {
            stored,
            expected,
            body,
        };
        let entity = change(unit, edit)?;
        Ok(Made {
            status: StatusCode::OK,
            body: shown(&entity, &unit.reader())?,
            revision: Some(entity.meta().revision),
            location: None,
        })
    })
    .await
}

/// What an edit starts from.
#[derive(Debug)]
pub(crate) struct Edit<'b, E> {
    /// What is stored.
    pub(crate) stored: E,
    /// The revision it must have.
    pub(crate) expected: Option<u32>,
    /// What was sent.
    pub(crate) body: &'b Value,
}

/// Deletes one thing.
pub(crate) async fn delete<E: Entity>(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let scope = scope_of::<E>(&state, &call).await?;
    let (reference, expected) = (call.id().to_owned(), call.expected);
    write(state, call, (scope, Value::Null), move |unit, _body| {
        let entity = unit.reader().find::<E>(&reference)?;
        unit.delete::<E>(entity.entity_id(), expected)?;
        Ok(Made {
            status: StatusCode::NO_CONTENT,
            body: Value::Null,
            revision: None,
            location: None,
        })
    })
    .await
}

/// The channel of a name, if there is one; for rules, where an id stands as well.
pub(crate) fn channel_named(reader: &Reader<'_>, name: &str) -> Option<ChannelId> {
    reader.find::<Channel>(name).ok().map(|channel| channel.id)
}

/// What a field or parameter refers to; that there is none is wrong with the field, not with the
/// address.
pub(crate) fn refer<E: Entity>(
    reader: &Reader<'_>,
    field: &str,
    reference: &str,
) -> Result<E, StoreError> {
    reader.find::<E>(reference).map_err(|error| match error {
        StoreError::NotFound { suggestions, .. } => {
            let hint = suggestions
                .first()
                .map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
            let wanted: String = reference.chars().take(64).collect();
            let kind = E::KIND;
            StoreError::invalid(field, format!("there is no {kind} `{wanted}`{hint}"))
        }
        StoreError::Ambiguous { .. } => StoreError::invalid(field, error.to_string()),
        other => other,
    })
}
