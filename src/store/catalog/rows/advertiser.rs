//! Rows of `advertisers`.

use rusqlite::types::Value;

use super::meta_fields;
use crate::api;
use crate::model::{Advertiser, AdvertiserId, AdvertiserSpec, Problem, TenantId};
use crate::store::catalog::entity::{
    Columns, Entity, EntityId as _, Kind, Meta, SnapshotError, field, json_value, text_value,
};
use crate::store::catalog::error::StoreError;
use crate::store::catalog::reader::Reader;

impl Entity for Advertiser {
    type Id = AdvertiserId;
    type Spec = AdvertiserSpec;
    type New = AdvertiserSpec;

    const KIND: Kind = Kind::Advertiser;
    const COLUMNS: &'static [&'static str] = &["domain", "categories"];

    fn build(meta: Meta, spec: AdvertiserSpec) -> Self {
        Self {
            id: AdvertiserId::new(meta.id),
            tenant: meta.tenant,
            revision: meta.revision,
            created_at: meta.created_at,
            updated_at: meta.updated_at,
            spec,
        }
    }

    fn read(meta: Meta, name: String, columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        let spec = AdvertiserSpec {
            name,
            domain: columns.take()?,
            categories: columns.json()?,
        };
        Ok(Self::build(meta, spec))
    }

    fn values(&self) -> Vec<Value> {
        vec![
            text_value(self.spec.domain.as_deref()),
            json_value(&self.spec.categories),
        ]
    }

    meta_fields!();

    fn snapshot(&self, _reader: &Reader<'_>) -> Result<serde_json::Value, StoreError> {
        Ok(serde_json::json!(api::Advertiser::from(self)))
    }

    fn from_snapshot(snapshot: &str, tenant: TenantId) -> Result<Self, SnapshotError> {
        let wire: api::Advertiser = serde_json::from_str(snapshot).map_err(SnapshotError::new)?;
        Ok(Self {
            id: field(&wire.id)?,
            tenant,
            revision: wire.revision,
            created_at: field(&wire.created_at)?,
            updated_at: field(&wire.updated_at)?,
            spec: AdvertiserSpec {
                name: wire.name,
                domain: wire.domain,
                categories: wire.categories,
            },
        })
    }

    fn dependents(&self, reader: &Reader<'_>) -> Result<Vec<(Kind, u64)>, StoreError> {
        let campaigns = reader.count_where(Kind::Campaign, "advertiser_id", self.id.get())?;
        let orders = reader.count_where(Kind::Order, "advertiser_id", self.id.get())?;
        Ok(vec![(Kind::Campaign, campaigns), (Kind::Order, orders)])
    }
}
