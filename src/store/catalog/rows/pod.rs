//! Rows of `pods`.

use rusqlite::types::Value;

use super::meta_fields;
use crate::api;
use crate::model::{Millis, Pod, PodId, PodShape, PodSpec, Problem, TenantId};
use crate::store::catalog::entity::{
    Columns, Entity, EntityId as _, Kind, Meta, SnapshotError, count_value, field, json_value,
};
use crate::store::catalog::error::StoreError;
use crate::store::catalog::reader::Reader;

impl Entity for Pod {
    type Id = PodId;
    type Spec = PodSpec;
    type New = PodSpec;

    const KIND: Kind = Kind::Pod;
    const COLUMNS: &'static [&'static str] = &[
        "description",
        "duration_ms",
        "slots_ms",
        "min_ads",
        "max_ads",
        "min_ad_ms",
        "max_ad_ms",
        "per_advertiser",
        "advertiser_gap_ms",
        "goal",
    ];

    fn build(meta: Meta, spec: PodSpec) -> Self {
        Self {
            id: PodId::new(meta.id),
            tenant: meta.tenant,
            revision: meta.revision,
            created_at: meta.created_at,
            updated_at: meta.updated_at,
            spec,
        }
    }

    fn read(meta: Meta, name: String, columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        let spec = PodSpec {
            name,
            description: columns.take()?,
            shape: PodShape {
                duration: Millis(columns.count()?.unwrap_or_default()),
                slots: spans(columns.json()?),
                min_ads: columns.take()?,
                max_ads: columns.take()?,
                min_ad: columns.count()?.map(Millis),
                max_ad: columns.count()?.map(Millis),
                per_advertiser: columns.take()?,
                advertiser_gap: Millis(columns.count()?.unwrap_or_default()),
                goal: columns.parse()?,
            },
        };
        Ok(Self::build(meta, spec))
    }

    fn values(&self) -> Vec<Value> {
        let shape = &self.spec.shape;
        let millis = |span: Millis| count_value(span.0);
        let slots: Vec<u64> = shape.slots.iter().map(|slot| slot.0).collect();
        vec![
            self.spec.description.clone().into(),
            millis(shape.duration),
            json_value(&slots),
            shape.min_ads.into(),
            shape.max_ads.into(),
            shape.min_ad.map_or(Value::Null, millis),
            shape.max_ad.map_or(Value::Null, millis),
            shape.per_advertiser.into(),
            millis(shape.advertiser_gap),
            shape.goal.to_string().into(),
        ]
    }

    meta_fields!();

    fn snapshot(&self, _reader: &Reader<'_>) -> Result<serde_json::Value, StoreError> {
        Ok(serde_json::json!(api::Pod::from(self)))
    }

    fn from_snapshot(snapshot: &str, tenant: TenantId) -> Result<Self, SnapshotError> {
        let wire: api::Pod = serde_json::from_str(snapshot).map_err(SnapshotError::new)?;
        Ok(Self {
            id: field(&wire.id)?,
            tenant,
            revision: wire.revision,
            created_at: field(&wire.created_at)?,
            updated_at: field(&wire.updated_at)?,
            spec: PodSpec {
                name: wire.name,
                description: wire.description,
                shape: PodShape {
                    duration: Millis(wire.duration_ms),
                    slots: spans(wire.slots_ms),
                    min_ads: wire.min_ads,
                    max_ads: wire.max_ads,
                    min_ad: wire.min_ad_ms.map(Millis),
                    max_ad: wire.max_ad_ms.map(Millis),
                    per_advertiser: wire.per_advertiser,
                    advertiser_gap: Millis(wire.advertiser_gap_ms),
                    goal: field(&wire.goal)?,
                },
            },
        })
    }

    fn dependents(&self, reader: &Reader<'_>) -> Result<Vec<(Kind, u64)>, StoreError> {
        let channels = reader.count_where(Kind::Channel, "pod_id", self.id.get())?;
        Ok(vec![(Kind::Channel, channels)])
    }
}

fn spans(millis: Vec<u64>) -> Vec<Millis> {
    millis.into_iter().map(Millis).collect()
}
