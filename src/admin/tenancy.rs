//! Whose things a call is about: the tenant that `X-Tenant` names, or the only one there is; of
//! users and keys always their own, and of advertisers what belongs to them.

use super::call::Call;
use super::respond::Refusal;
use super::state::State;
use super::work::read;
use crate::model::{Tenant, TenantId};
use crate::store::catalog::{Entity, Kind, ListQuery, Reader, Scope, StoreError};

/// The scope of calls about things of kind `E`.
pub(crate) async fn scope_of<E: Entity>(state: &State, call: &Call) -> Result<Scope, Refusal> {
    if E::KIND == Kind::Tenant {
        return Ok(call.actor.scope().unwrap_or(Scope::Tenants));
    }
    scope(state, call).await
}

/// What a call may read and write.
pub(crate) async fn scope(state: &State, call: &Call) -> Result<Scope, Refusal> {
    let named = call.tenant.clone();
    let within = call.actor.scope();
    let found = read(
        state,
        within.unwrap_or(Scope::Tenants),
        move |reader| match named {
            // For who is of a tenant, another one does not exist.
            Some(reference) => reader
                .find::<Tenant>(&reference)
                .map(|tenant| Some(Scope::Tenant(tenant.id))),
            None => only_tenant(reader).map(|only| only.map(Scope::Tenant)),
        },
    );
    let named = found.await?;
    within.or(named).ok_or(Refusal::TenantRequired)
}

/// The tenant that is meant. For routes that advertisers may not call, or that see to it
/// themselves what is theirs.
pub(crate) async fn tenant(state: &State, call: &Call) -> Result<TenantId, Refusal> {
    let scope = scope(state, call).await?;
    scope.tenant().ok_or(Refusal::TenantRequired)
}

fn only_tenant(reader: &Reader<'_>) -> Result<Option<TenantId>, StoreError> {
    let query = ListQuery {
        limit: 1,
        ..ListQuery::default()
    };
    let first = reader.list::<Tenant>(&query)?;
    let only = first.items.first().filter(|_tenant| first.total == 1);
    Ok(only.map(|tenant| tenant.id))
}
