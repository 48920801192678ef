//! Whose things a call is about: the tenant that `X-Tenant` names, or the only one there is.

use super::respond::Refusal;
use super::state::State;
use super::work::read;
use crate::model::{Tenant, TenantId};
use crate::store::catalog::{Entity, Kind, ListQuery, Reader, Scope, StoreError};

/// The scope of calls about things of kind `E`, when `named` is what `X-Tenant` says.
pub(crate) async fn scope_of<E: Entity>(
    state: &State,
    named: Option<&str>,
) -> Result<Scope, Refusal> {
    if E::KIND == Kind::Tenant {
        return Ok(Scope::Tenants);
    }
    tenant(state, named).await.map(Scope::Tenant)
}

/// The tenant that is meant, when `named` is what `X-Tenant` says.
pub(crate) async fn tenant(state: &State, named: Option<&str>) -> Result<TenantId, Refusal> {
    let named = named.map(str::to_owned);
    let found = read(state, Scope::Tenants, move |reader| match named {
        Some(reference) => reader
            .find::<Tenant>(&reference)
            .map(|tenant| Some(tenant.id)),
        None => only_tenant(reader),
    });
    found.await?.ok_or(Refusal::TenantRequired)
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
