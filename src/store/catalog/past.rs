//! The catalog as it was at an earlier revision: what is there now, with every change since taken
//! back in thought.
//!
//! The history keeps what each change found before it, so the first change of a thing after a
//! revision says what the thing was at that revision.

use std::collections::BTreeMap;

use super::CatalogStore;
use super::entity::{Entity, EntityId as _, SnapshotError};
use super::error::StoreError;
use super::facts::load_tenant;
use super::reader::{Reader, Scope};
use crate::decision::TenantFacts;
use crate::model::{Tenant, TenantId};

/// Reads one tenant as it was at a revision.
#[derive(Debug, Clone, Copy)]
pub(super) struct Past<'c> {
    reader: Reader<'c>,
    revision: u64,
}

impl<'c> Past<'c> {
    /// As it was when `revision` was the last operation of all.
    pub(super) const fn at(reader: Reader<'c>, revision: u64) -> Self {
        Self { reader, revision }
    }

    /// As it is.
    pub(super) const fn now(reader: Reader<'c>) -> Self {
        Self::at(reader, u64::MAX)
    }

    /// Everything of one kind, by id.
    pub(super) fn all<E: Entity>(&self) -> Result<Vec<E>, StoreError> {
        let now = self.reader.all::<E>()?;
        if self.revision == u64::MAX {
            return Ok(now);
        }
        let by_number = |entity: E| (entity.entity_id().raw(), entity);
        let mut all: BTreeMap<u32, E> = now.into_iter().map(by_number).collect();
        for (number, before) in self.changed_since::<E>()? {
            match before {
                Some(before) => all.insert(number, before),
                None => all.remove(&number),
            };
        }
        Ok(all.into_values().collect())
    }

    /// The tenant itself, if it was there.
    pub(super) fn tenant(&self) -> Result<Option<Tenant>, StoreError> {
        Ok(self.all::<Tenant>()?.pop())
    }

    /// What was changed after the revision, each as it was at it; none for what was not there.
    fn changed_since<E: Entity>(&self) -> Result<Vec<(u32, Option<E>)>, StoreError> {
        // With a min() alone in a statement, SQLite takes the other columns from its row.
        let mut statement = self.reader.connection().prepare_cached(
            "SELECT subject_id, before, min(id) FROM operations \
             WHERE tenant_id = ?1 AND kind = ?2 AND id > ?3 GROUP BY subject_id",
        )?;
        let tenant = TenantId::new(self.reader.scope().raw());
        let revision = i64::try_from(self.revision).unwrap_or(i64::MAX);
        let values = (tenant.get(), E::KIND.as_str(), revision);
        let rows = statement.query_map(values, |row| {
            Ok((row.get::<_, u32>(0)?, row.get::<_, Option<String>>(1)?))
        })?;
        rows.map(|row| {
            let (number, before) = row?;
            let before = before.map(|text| E::from_snapshot(&text, tenant));
            let before = before.transpose().map_err(SnapshotError::into_damage)?;
            Ok((number, before))
        })
        .collect()
    }
}

impl CatalogStore {
    /// The facts of one tenant as they were when `revision` was the revision of the catalog; none
    /// when it was not there. Blocks.
    pub fn facts_at(
        &self,
        tenant: TenantId,
        revision: u64,
    ) -> Result<Option<TenantFacts>, StoreError> {
        self.readers.read_blocking(|connection| {
            let reader = Reader::new(connection, Scope::Tenant(tenant));
            load_tenant(&Past::at(reader, revision))
        })
    }
}
