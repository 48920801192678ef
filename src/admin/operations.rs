//! `/api/v1/operations` and `/api/v1/undo`: what was done, and the way back.
//!
//! History is a tenant's, its own changes included. What was done to tenants as such (of which
//! some are gone and cannot be named any more) is read with `kind=tenant`.

use std::sync::Arc;

use http::StatusCode;
use serde_json::Value;

use super::call::Call;
use super::input::{self, Form};
use super::list::{limit, page};
use super::respond::{Answer, Refusal};
use super::state::State;
use super::tenancy::scope;
use super::work::{Made, read, write};
use crate::api::{self, Page};
use crate::model::{
    AdvertiserId, CampaignId, CategoryId, ChannelId, CreativeId, KeyId, OperationId, OrderId,
    PodId, Problem, TenantId, UserId,
};
use crate::store::catalog::{
    EntityId as _, HistoryQuery, Kind, Operation, Reader, Scope, StoreError,
};

/// `GET /api/v1/operations`
pub(crate) async fn list(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let kind: Option<Kind> = call.query("kind").and_then(|word| word.parse().ok());
    let scope = match (kind, &call.tenant, call.actor.scope()) {
        (Some(Kind::Tenant), None, None) => Scope::Tenants,
        _ => scope(&state, &call).await?,
    };
    let page = read(&state, scope, move |reader| {
        let listed = reader.history(&history_query(&call, kind)?)?;
        page(listed, |operation| Ok(shown(operation)))
    });
    Answer::ok(&page.await?)
}

fn history_query(call: &Call, kind: Option<Kind>) -> Result<HistoryQuery, StoreError> {
    let mut problems = Vec::new();
    // No name looks like an id, so there is nothing to guess.
    let subject = call.query("subject").and_then(subject_of);
    let named = call.query("subject").filter(|_text| subject.is_none());
    let since = call.query("since").map(str::parse).transpose();
    let since = since.unwrap_or_else(|error: crate::model::time::TimestampError| {
        problems.push(Problem::new("since", error.to_string()));
        None
    });
    if let (Some((of, _number)), Some(kind)) = (subject, kind)
        && of != kind
    {
        problems.push(Problem::new("subject", format!("is no {kind}")));
    }
    if !problems.is_empty() {
        return Err(StoreError::Invalid(problems));
    }
    Ok(HistoryQuery {
        kind: kind.or(subject.map(|(kind, _number)| kind)),
        subject: subject.map(|(_kind, number)| number),
        named: named.map(str::to_owned),
        actor: call.query("actor").map(str::to_owned),
        since,
        limit: limit(call),
        cursor: call.query("cursor").map(str::to_owned),
    })
}

/// The kind and number of an id of any kind.
fn subject_of(text: &str) -> Option<(Kind, u32)> {
    let ids = [
        text.parse().map(|id: TenantId| (Kind::Tenant, id.raw())),
        text.parse()
            .map(|id: AdvertiserId| (Kind::Advertiser, id.raw())),
        text.parse()
            .map(|id: CampaignId| (Kind::Campaign, id.raw())),
        text.parse()
            .map(|id: CreativeId| (Kind::Creative, id.raw())),
        text.parse().map(|id: ChannelId| (Kind::Channel, id.raw())),
        text.parse().map(|id: OrderId| (Kind::Order, id.raw())),
        text.parse()
            .map(|id: CategoryId| (Kind::Category, id.raw())),
        text.parse().map(|id: PodId| (Kind::Pod, id.raw())),
        text.parse().map(|id: UserId| (Kind::User, id.raw())),
        text.parse().map(|id: KeyId| (Kind::Key, id.raw())),
    ];
    ids.into_iter().find_map(Result::ok)
}

fn subject_id(kind: Kind, number: u32) -> String {
    match kind {
        Kind::Tenant => TenantId::new(number).to_string(),
        Kind::Advertiser => AdvertiserId::new(number).to_string(),
        Kind::Campaign => CampaignId::new(number).to_string(),
        Kind::Creative => CreativeId::new(number).to_string(),
        Kind::Channel => ChannelId::new(number).to_string(),
        Kind::Order => OrderId::new(number).to_string(),
        Kind::Category => CategoryId::new(number).to_string(),
        Kind::Pod => PodId::new(number).to_string(),
        Kind::User => UserId::new(number).to_string(),
        Kind::Key => KeyId::new(number).to_string(),
    }
}

/// An operation as the API shows it.
pub(super) fn shown(operation: &Operation) -> api::Operation {
    // Snapshots were written as JSON; one that is not is shown as the text it is.
    let value = |text: &String| {
        serde_json::from_str(text).unwrap_or_else(|_damaged| Value::String(text.clone()))
    };
    api::Operation {
        id: operation.id.to_string(),
        at: operation.at.to_string(),
        actor: operation.actor.clone(),
        action: operation.action.to_string(),
        kind: operation.kind.to_string(),
        subject_id: subject_id(operation.kind, operation.subject),
        subject_name: operation.subject_name.clone(),
        before: operation.before.as_ref().map(value),
        after: operation.after.as_ref().map(value),
        undoes: operation.undoes.map(|id| id.to_string()),
        undone_by: operation.undone_by.map(|id| id.to_string()),
        request_id: operation.request_id.clone(),
    }
}

/// `GET /api/v1/operations/{id}`
pub(crate) async fn get(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let id = call.id().parse().ok();
    let scope = scope_of(&state, &call, id).await?;
    let found = read(&state, scope, move |reader| match id {
        Some(id) => reader.operation(id),
        None => Err(StoreError::NotFound {
            what: "operation",
            reference: call.id().chars().take(200).collect(),
            suggestions: Vec::new(),
        }),
    });
    Answer::ok(&shown(&found.await?))
}

/// `POST /api/v1/undo`
pub(crate) async fn undo(state: Arc<State>, mut call: Call) -> Result<Answer, Refusal> {
    let body = call.json().await?;
    let id = input::undo(Form::read(&body)).map_err(Refusal::Invalid)?;
    let scope = scope_of(&state, &call, id).await?;
    write(state, call, (scope, body), move |unit, _body| {
        let done = unit.undo(id)?;
        let page = Page {
            items: done.iter().map(shown).collect(),
            total: done.len() as u64,
            next_cursor: None,
        };
        Ok(Made {
            status: StatusCode::OK,
            body: serde_json::json!(page),
            revision: None,
            location: None,
        })
    })
    .await
}

/// Where an operation is looked for: with the named tenant; without a name among those on tenants
/// first, since a tenant that is gone cannot be named.
async fn scope_of(state: &State, call: &Call, id: Option<OperationId>) -> Result<Scope, Refusal> {
    if let (Some(id), None, None) = (id, &call.tenant, call.actor.scope()) {
        let is_there = |reader: &Reader<'_>, id| match reader.operation(id) {
            Ok(_operation) => Ok(true),
            Err(StoreError::NotFound { .. }) => Ok(false),
            Err(other) => Err(other),
        };
        if read(state, Scope::Tenants, move |reader| is_there(reader, id)).await? {
            return Ok(Scope::Tenants);
        }
    }
    scope(state, call).await
}
