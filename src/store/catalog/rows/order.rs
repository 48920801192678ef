//! Rows of `orders`.

use rusqlite::types::Value;

use super::meta_fields;
use crate::api;
use crate::model::{Advertiser, AdvertiserId, Order, OrderId, OrderSpec, Problem, TenantId};
use crate::store::catalog::entity::{
    Columns, Entity, EntityId as _, Kind, Meta, SnapshotError, count_value, field, json_value, rule,
};
use crate::store::catalog::error::StoreError;
use crate::store::catalog::list::Filter;
use crate::store::catalog::reader::Reader;

impl Entity for Order {
    type Id = OrderId;
    type Spec = OrderSpec;
    type New = OrderSpec;

    const KIND: Kind = Kind::Order;
    const COLUMNS: &'static [&'static str] = &[
        "advertiser_id",
        "description",
        "total_budget_micros",
        "daily_budget_micros",
        "impression_goal",
        "caps",
    ];

    fn build(meta: Meta, spec: OrderSpec) -> Self {
        Self {
            id: OrderId::new(meta.id),
            tenant: meta.tenant,
            revision: meta.revision,
            created_at: meta.created_at,
            updated_at: meta.updated_at,
            spec,
        }
    }

    fn read(meta: Meta, name: String, columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        let spec = OrderSpec {
            advertiser: columns.take().map(AdvertiserId::new)?,
            name,
            description: columns.take()?,
            total_budget_micros: columns.take()?,
            daily_budget_micros: columns.take()?,
            impression_goal: columns.count()?,
            caps: columns.rule(|wire: &Vec<api::Cap>| api::Cap::read_all(wire, "caps"))?,
        };
        Ok(Self::build(meta, spec))
    }

    fn values(&self) -> Vec<Value> {
        let spec = &self.spec;
        vec![
            spec.advertiser.get().into(),
            spec.description.clone().into(),
            spec.total_budget_micros.into(),
            spec.daily_budget_micros.into(),
            spec.impression_goal.map_or(Value::Null, count_value),
            json_value(&api::Cap::of_all(&spec.caps)),
        ]
    }

    meta_fields!();

    fn snapshot(&self, reader: &Reader<'_>) -> Result<serde_json::Value, StoreError> {
        let currency = reader.tenant()?.spec.currency;
        Ok(serde_json::json!(api::Order::of(self, currency)))
    }

    fn from_snapshot(snapshot: &str, tenant: TenantId) -> Result<Self, SnapshotError> {
        let wire: api::Order = serde_json::from_str(snapshot).map_err(SnapshotError::new)?;
        Ok(Self {
            id: field(&wire.id)?,
            tenant,
            revision: wire.revision,
            created_at: field(&wire.created_at)?,
            updated_at: field(&wire.updated_at)?,
            spec: OrderSpec {
                advertiser: field(&wire.advertiser_id)?,
                name: wire.name,
                description: wire.description,
                total_budget_micros: wire.total_budget_micros,
                daily_budget_micros: wire.daily_budget_micros,
                impression_goal: wire.impression_goal,
                caps: rule(api::Cap::read_all(&wire.caps, "caps"))?,
            },
        })
    }

    fn filter_column(filter: &Filter) -> Option<&'static str> {
        matches!(filter, Filter::Advertiser(_)).then_some("advertiser_id")
    }

    fn check_references(&self, reader: &Reader<'_>) -> Result<(), StoreError> {
        reader.load::<Advertiser>(self.spec.advertiser).map(drop)
    }

    fn check_change(&self, before: &Self, reader: &Reader<'_>) -> Result<(), StoreError> {
        if self.spec.advertiser == before.spec.advertiser {
            return Ok(());
        }
        let campaigns = reader.count_where(Kind::Campaign, "order_id", self.id.get())?;
        if campaigns == 0 {
            return Ok(());
        }
        let message = format!("cannot change while the order has campaigns ({campaigns})");
        Err(StoreError::invalid("advertiser", message))
    }

    fn dependents(&self, reader: &Reader<'_>) -> Result<Vec<(Kind, u64)>, StoreError> {
        let campaigns = reader.count_where(Kind::Campaign, "order_id", self.id.get())?;
        Ok(vec![(Kind::Campaign, campaigns)])
    }
}
