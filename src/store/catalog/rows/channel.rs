//! Rows of `channels`.

use rusqlite::types::Value;

use super::meta_fields;
use crate::api;
use crate::model::{Channel, ChannelId, ChannelSpec, Millis, Pod, PodId, Problem, TenantId};
use crate::store::catalog::entity::{
    Columns, Entity, EntityId as _, Kind, Meta, SnapshotError, count_value, field, json_value, rule,
};
use crate::store::catalog::error::StoreError;
use crate::store::catalog::reader::Reader;

impl Entity for Channel {
    type Id = ChannelId;
    type Spec = ChannelSpec;
    type New = ChannelSpec;

    const KIND: Kind = Kind::Channel;
    const COLUMNS: &'static [&'static str] = &["description", "slot_ms", "pod_id", "stream"];

    fn build(meta: Meta, spec: ChannelSpec) -> Self {
        Self {
            id: ChannelId::new(meta.id),
            tenant: meta.tenant,
            revision: meta.revision,
            created_at: meta.created_at,
            updated_at: meta.updated_at,
            spec,
        }
    }

    fn read(meta: Meta, name: String, columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        let spec = ChannelSpec {
            name,
            description: columns.take()?,
            slot: columns.count()?.map(Millis),
            pod: columns.take::<Option<u32>>()?.map(PodId::new),
            stream: columns.optional_rule(|wire: &api::Stream| wire.read("stream", None))?,
        };
        Ok(Self::build(meta, spec))
    }

    fn values(&self) -> Vec<Value> {
        vec![
            self.spec.description.clone().into(),
            self.spec
                .slot
                .map_or(Value::Null, |slot| count_value(slot.0)),
            self.spec.pod.map(PodId::get).into(),
            self.spec
                .stream
                .as_ref()
                .map_or(Value::Null, |stream| json_value(&api::Stream::of(stream))),
        ]
    }

    meta_fields!();

    fn snapshot(&self, _reader: &Reader<'_>) -> Result<serde_json::Value, StoreError> {
        Ok(serde_json::json!(api::Channel::from(self)))
    }

    fn from_snapshot(snapshot: &str, tenant: TenantId) -> Result<Self, SnapshotError> {
        let wire: api::Channel = serde_json::from_str(snapshot).map_err(SnapshotError::new)?;
        Ok(Self {
            id: field(&wire.id)?,
            tenant,
            revision: wire.revision,
            created_at: field(&wire.created_at)?,
            updated_at: field(&wire.updated_at)?,
            spec: ChannelSpec {
                name: wire.name,
                description: wire.description,
                slot: wire.slot_ms.map(Millis),
                pod: wire.pod_id.as_deref().map(field).transpose()?,
                stream: wire
                    .stream
                    .map(|stream| rule(stream.read("stream", None)))
                    .transpose()?,
            },
        })
    }

    fn check_references(&self, reader: &Reader<'_>) -> Result<(), StoreError> {
        match self.spec.pod {
            Some(pod) => reader.load::<Pod>(pod).map(drop),
            None => Ok(()),
        }
    }
}
