//! Rows of `tenants`.

use rusqlite::types::Value;

use crate::api;
use crate::model::{Problem, Tenant, TenantId, TenantSpec};
use crate::store::catalog::entity::{
    Columns, Entity, EntityId as _, Kind, Meta, SnapshotError, field,
};
use crate::store::catalog::error::StoreError;
use crate::store::catalog::reader::Reader;

impl Entity for Tenant {
    type Id = TenantId;
    type Spec = TenantSpec;
    type New = TenantSpec;

    const KIND: Kind = Kind::Tenant;
    const COLUMNS: &'static [&'static str] = &["timezone", "currency", "quota_rps"];

    fn build(meta: Meta, spec: TenantSpec) -> Self {
        Self {
            id: TenantId::new(meta.id),
            revision: meta.revision,
            created_at: meta.created_at,
            updated_at: meta.updated_at,
            spec,
        }
    }

    fn read(meta: Meta, name: String, columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        let spec = TenantSpec {
            name,
            zone: columns.parse()?,
            currency: columns.parse()?,
            quota_rps: columns.take()?,
        };
        Ok(Self::build(meta, spec))
    }

    fn values(&self) -> Vec<Value> {
        vec![
            self.spec.zone.name().to_owned().into(),
            self.spec.currency.to_string().into(),
            self.spec.quota_rps.map_or(Value::Null, Value::from),
        ]
    }

    // A tenant is its own, so it has no field for whose it is.
    fn meta(&self) -> Meta {
        Meta {
            id: self.id.get(),
            tenant: self.id,
            revision: self.revision,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }

    fn set_meta(&mut self, meta: Meta) {
        self.id = TenantId::from_raw(meta.id);
        self.revision = meta.revision;
        self.created_at = meta.created_at;
        self.updated_at = meta.updated_at;
    }

    fn name(&self) -> &str {
        &self.spec.name
    }

    fn spec_mut(&mut self) -> &mut TenantSpec {
        &mut self.spec
    }

    fn problems(&self) -> Vec<Problem> {
        self.spec.problems()
    }

    fn snapshot(&self, _reader: &Reader<'_>) -> Result<serde_json::Value, StoreError> {
        Ok(serde_json::json!(api::Tenant::from(self)))
    }

    fn from_snapshot(snapshot: &str, _tenant: TenantId) -> Result<Self, SnapshotError> {
        let wire: api::Tenant = serde_json::from_str(snapshot).map_err(SnapshotError::new)?;
        Ok(Self {
            id: field(&wire.id)?,
            revision: wire.revision,
            created_at: field(&wire.created_at)?,
            updated_at: field(&wire.updated_at)?,
            spec: TenantSpec {
                name: wire.name,
                zone: field(&wire.timezone)?,
                currency: field(&wire.currency)?,
                quota_rps: wire.quota_rps,
            },
        })
    }

    fn check_change(&self, before: &Self, reader: &Reader<'_>) -> Result<(), StoreError> {
        let campaigns = reader.count_where(Kind::Campaign, "tenant_id", self.id.get())?;
        if self.spec.currency != before.spec.currency && campaigns > 0 {
            let message = format!("cannot change: {campaigns} campaigns are priced in it");
            return Err(StoreError::invalid("currency", message));
        }
        Ok(())
    }

    fn dependents(&self, reader: &Reader<'_>) -> Result<Vec<(Kind, u64)>, StoreError> {
        Kind::ALL
            .iter()
            .copied()
            .filter(|kind| !matches!(kind, Kind::Tenant | Kind::Creative))
            .map(|kind| Ok((kind, reader.count_where(kind, "tenant_id", self.id.get())?)))
            .collect()
    }
}
