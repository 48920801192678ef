//! Rows of `campaigns`.

use rusqlite::types::Value;

use super::meta_fields;
use crate::api;
use crate::model::{
    Advertiser, AdvertiserId, Campaign, CampaignId, CampaignSpec, CampaignStatus, Creative, Order,
    OrderId, Price, Problem, TenantId, Timestamp,
};
use crate::store::catalog::entity::{
    Columns, Entity, EntityId as _, Kind, Meta, SnapshotError, count_value, field, json_value, rule,
};
use crate::store::catalog::error::StoreError;
use crate::store::catalog::list::{Filter, Sort};
use crate::store::catalog::reader::Reader;
use crate::store::catalog::unit::Unit;

/// What a campaign is made of.
#[derive(Debug, Clone)]
pub struct NewCampaign {
    /// What was decided about it.
    pub spec: CampaignSpec,
    /// [`CampaignStatus::Draft`] or [`CampaignStatus::Active`].
    pub status: CampaignStatus,
}

impl Entity for Campaign {
    type Id = CampaignId;
    type Spec = CampaignSpec;
    type New = NewCampaign;

    const KIND: Kind = Kind::Campaign;
    const COLUMNS: &'static [&'static str] = &[
        "advertiser_id",
        "status",
        "description",
        "total_budget_micros",
        "daily_budget_micros",
        "impression_goal",
        "start_at",
        "end_at",
        "price_model",
        "price_micros",
        "tier",
        "weight",
        "order_id",
        "targeting",
        "caps",
        "pacing",
        "categories",
        "position",
        "share_of_voice",
    ];
    const SORTS: &'static [Sort] = &[Sort::Status, Sort::Start, Sort::End, Sort::Tier];

    fn build(meta: Meta, new: NewCampaign) -> Self {
        Self {
            id: CampaignId::new(meta.id),
            tenant: meta.tenant,
            revision: meta.revision,
            created_at: meta.created_at,
            updated_at: meta.updated_at,
            status: new.status,
            spec: new.spec,
        }
    }

    fn read(meta: Meta, name: String, columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        let advertiser = columns.take().map(AdvertiserId::new)?;
        let status = columns.parse()?;
        let spec = CampaignSpec {
            advertiser,
            name,
            description: columns.take()?,
            total_budget_micros: columns.take()?,
            daily_budget_micros: columns.take()?,
            impression_goal: columns.count()?,
            start: columns.instant()?,
            end: columns.instant()?,
            price: Price {
                model: columns.parse()?,
                micros: columns.take()?,
            },
            tier: columns.parse()?,
            weight: columns.take()?,
            order: columns.take::<Option<u32>>()?.map(OrderId::new),
            targeting: columns.rule(|wire: &api::Targeting| wire.read("targeting"))?,
            caps: columns.rule(|wire: &Vec<api::Cap>| api::Cap::read_all(wire, "caps"))?,
            pacing: columns.rule(|wire: &api::Pacing| wire.read("pacing"))?,
            categories: columns.json()?,
            position: columns.parse()?,
            share_of_voice: columns.take()?,
        };
        Ok(Self::build(meta, NewCampaign { spec, status }))
    }

    fn values(&self) -> Vec<Value> {
        let spec = &self.spec;
        vec![
            spec.advertiser.get().into(),
            self.status.to_string().into(),
            spec.description.clone().into(),
            spec.total_budget_micros.into(),
            spec.daily_budget_micros.into(),
            spec.impression_goal.map_or(Value::Null, count_value),
            spec.start.millis().into(),
            spec.end.millis().into(),
            spec.price.model.to_string().into(),
            spec.price.micros.into(),
            spec.tier.to_string().into(),
            spec.weight.into(),
            spec.order.map(OrderId::get).into(),
            json_value(&api::Targeting::of(&spec.targeting)),
            json_value(&api::Cap::of_all(&spec.caps)),
            json_value(&api::Pacing::of(&spec.pacing)),
            json_value(&spec.categories),
            spec.position.to_string().into(),
            spec.share_of_voice.into(),
        ]
    }

    meta_fields!();

    fn snapshot(&self, reader: &Reader<'_>) -> Result<serde_json::Value, StoreError> {
        let currency = reader.tenant()?.spec.currency;
        Ok(serde_json::json!(api::Campaign::of(self, currency)))
    }

    fn from_snapshot(snapshot: &str, tenant: TenantId) -> Result<Self, SnapshotError> {
        let wire: api::Campaign = serde_json::from_str(snapshot).map_err(SnapshotError::new)?;
        Ok(Self {
            id: field(&wire.id)?,
            tenant,
            revision: wire.revision,
            created_at: field(&wire.created_at)?,
            updated_at: field(&wire.updated_at)?,
            status: field(&wire.status)?,
            spec: CampaignSpec {
                advertiser: field(&wire.advertiser_id)?,
                name: wire.name,
                description: wire.description,
                total_budget_micros: wire.total_budget_micros,
                daily_budget_micros: wire.daily_budget_micros,
                impression_goal: wire.impression_goal,
                start: field(&wire.start)?,
                end: field(&wire.end)?,
                price: Price {
                    model: field(&wire.price_model)?,
                    micros: wire.price_micros,
                },
                tier: field(&wire.tier)?,
                weight: wire.weight,
                order: wire.order_id.as_deref().map(field).transpose()?,
                targeting: rule(wire.targeting.read("targeting"))?,
                caps: rule(api::Cap::read_all(&wire.caps, "caps"))?,
                pacing: rule(wire.pacing.read("pacing"))?,
                categories: wire.categories,
                position: field(&wire.position)?,
                share_of_voice: wire.share_of_voice,
            },
        })
    }

    fn filter_column(filter: &Filter) -> Option<&'static str> {
        match filter {
            Filter::Advertiser(_) => Some("advertiser_id"),
            Filter::Order(_) => Some("order_id"),
            Filter::CampaignStatus(_) => Some("status"),
            Filter::Tier(_) => Some("tier"),
            Filter::Campaign(_)
            | Filter::CreativeStatus(_)
            | Filter::Parent(_)
            | Filter::Role(_) => None,
        }
    }

    fn check_new(&self, now: Timestamp) -> Result<(), StoreError> {
        match self.status {
            // One that is brought here from elsewhere is what it was there.
            CampaignStatus::Draft | CampaignStatus::Completed => Ok(()),
            CampaignStatus::Active | CampaignStatus::Paused if self.spec.end > now => Ok(()),
            CampaignStatus::Active | CampaignStatus::Paused => Err(StoreError::invalid(
                "end",
                format!(
                    "{} is past; a campaign that is not over ends later",
                    self.spec.end
                ),
            )),
        }
    }

    fn check_references(&self, reader: &Reader<'_>) -> Result<(), StoreError> {
        let spec = &self.spec;
        reader.load::<Advertiser>(spec.advertiser)?;
        let mut problems = reader.missing_categories("categories", &spec.categories)?;
        problems.extend(reader.missing_channels("targeting", &spec.targeting)?);
        if let Some(order) = spec.order {
            let order: Order = reader.load(order)?;
            if order.spec.advertiser != spec.advertiser {
                let message = format!("{} is of another advertiser", order.spec.name);
                problems.push(Problem::new("order", message));
            }
        }
        if problems.is_empty() {
            return Ok(());
        }
        Err(StoreError::Invalid(problems))
    }

    fn dependents(&self, reader: &Reader<'_>) -> Result<Vec<(Kind, u64)>, StoreError> {
        let creatives = reader.count_where(Kind::Creative, "campaign_id", self.id.get())?;
        Ok(vec![(Kind::Creative, creatives)])
    }

    fn delete_parts(&self, unit: &mut Unit<'_>) -> Result<(), StoreError> {
        for creative in unit.reader().creatives_of(self.id)? {
            unit.delete::<Creative>(creative.id, None)?;
        }
        Ok(())
    }
}
