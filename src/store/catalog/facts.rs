//! What the daemon itself reads of all tenants: facts to compile, and campaigns that are over.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::error::StoreError;
use super::history::{self, Operation};
use super::past::Past;
use super::reader::{Reader, Scope};
use super::{CatalogStore, Kind};
use crate::decision::TenantFacts;
use crate::model::{CampaignId, Tenant, TenantId, Timestamp};

/// What changed in the catalog.
#[derive(Debug)]
pub struct Facts {
    /// Grows with every change, also over restarts; equal ones mean equal catalogs.
    pub revision: u64,
    /// The tenants with a change, by id, as they are now; none for one that is gone.
    pub tenants: Vec<(TenantId, Option<TenantFacts>)>,
}

/// A campaign that is past its end and not completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueCampaign {
    /// Whose it is.
    pub tenant: TenantId,
    /// Which.
    pub campaign: CampaignId,
}

impl CatalogStore {
    /// The tenants that changed after `revision`, all as they are at one instant; with 0, every
    /// tenant there is. Blocks.
    ///
    /// Every change writes an operation, so the operations tell what changed and cannot miss any.
    pub fn load_facts_since(&self, revision: u64) -> Result<Facts, StoreError> {
        self.readers.read_blocking(|connection| {
            let all = Reader::new(connection, Scope::Tenants);
            let tenants = if revision == 0 {
                let tenants = all.all::<Tenant>()?;
                tenants.iter().map(|tenant| tenant.id).collect()
            } else {
                changed_tenants(connection, revision)?
            };
            let facts = tenants.into_iter().map(|tenant| {
                let reader = Reader::new(connection, Scope::Tenant(tenant));
                Ok((tenant, load_tenant(&Past::now(reader))?))
            });
            Ok(Facts {
                revision: all.last_operation_of_all()?,
                tenants: facts.collect::<Result<_, StoreError>>()?,
            })
        })
    }

    /// The number of the last operation of all; 0 before the first.
    pub async fn last_operation(&self) -> Result<u64, StoreError> {
        let last = |connection: &Connection| {
            Reader::new(connection, Scope::Tenants).last_operation_of_all()
        };
        self.readers.read(last).await
    }

    /// At most `limit` operations of all tenants after the one of a number, in order, each with
    /// the tenant that it is about.
    pub async fn operations_since(
        &self,
        number: u64,
        limit: u32,
    ) -> Result<Vec<(TenantId, Operation)>, StoreError> {
        self.readers
            .read(move |connection| history::operations_since(connection, number, limit))
            .await
    }

    /// At most `limit` campaigns of any tenant that are past their end at `now` and still active
    /// or paused, those that ended first before the others.
    pub async fn due_campaigns(
        &self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<DueCampaign>, StoreError> {
        self.readers
            .read(move |connection| due_campaigns(connection, now, limit))
            .await
    }
}

fn changed_tenants(
    connection: &Connection,
    revision: u64,
) -> Result<BTreeSet<TenantId>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT DISTINCT tenant_id FROM operations WHERE id > ?1")?;
    let revision = i64::try_from(revision).unwrap_or(i64::MAX);
    let tenants = statement.query_map([revision], |row| row.get(0).map(TenantId::new))?;
    Ok(tenants.collect::<Result<_, _>>()?)
}

/// Everything that the catalog is compiled from.
pub(super) fn load_tenant(reader: &Past<'_>) -> Result<Option<TenantFacts>, StoreError> {
    let Some(tenant) = reader.tenant()? else {
        return Ok(None);
    };
    Ok(Some(TenantFacts {
        tenant,
        channels: reader.all()?,
        advertisers: reader.all()?,
        orders: reader.all()?,
        categories: reader.all()?,
        pods: reader.all()?,
        campaigns: reader.all()?,
        creatives: reader.all()?,
    }))
}

fn due_campaigns(
    connection: &Connection,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<DueCampaign>, StoreError> {
    let table = Kind::Campaign.table();
    let mut statement = connection.prepare_cached(&format!(
        "SELECT tenant_id, id FROM {table} \
         WHERE status IN ('active', 'paused') AND end_at <= ?1 ORDER BY end_at, id LIMIT ?2"
    ))?;
    let due = statement.query_map((now.millis(), limit), |row| {
        Ok(DueCampaign {
            tenant: row.get(0).map(TenantId::new)?,
            campaign: row.get(1).map(CampaignId::new)?,
        })
    })?;
    Ok(due.collect::<Result<_, _>>()?)
}
