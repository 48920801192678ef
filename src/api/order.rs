//! Orders, as the admin API shows and takes them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::input::nullable;
use super::rules::Cap;
use crate::model;

/// Campaigns of one advertiser that share a budget and caps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Order {
    /// `ord_…`
    pub id: String,
    /// Unique in the tenant.
    pub name: String,
    /// For people.
    pub description: String,
    /// `adv_…`
    pub advertiser_id: String,
    /// Bound of its campaigns together, over all their flights. Micros.
    pub total_budget_micros: Option<i64>,
    /// Bound of its campaigns together, in one day of the tenant's zone. Micros.
    pub daily_budget_micros: Option<i64>,
    /// Bound of the impressions of its campaigns together.
    pub impression_goal: Option<u64>,
    /// How often one viewer may be shown any of its campaigns.
    pub caps: Vec<Cap>,
    /// Currency of all its money.
    pub currency: String,
    /// Counts its changes, from 1.
    pub revision: u32,
    /// When it was made.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
}

impl Order {
    /// The wire form of an order, whose money is in the currency of its tenant.
    pub fn of(order: &model::Order, currency: model::Currency) -> Self {
        let spec = &order.spec;
        Self {
            id: order.id.to_string(),
            name: spec.name.clone(),
            description: spec.description.clone(),
            advertiser_id: spec.advertiser.to_string(),
            total_budget_micros: spec.total_budget_micros,
            daily_budget_micros: spec.daily_budget_micros,
            impression_goal: spec.impression_goal,
            caps: Cap::of_all(&spec.caps),
            currency: currency.to_string(),
            revision: order.revision,
            created_at: order.created_at.to_string(),
            updated_at: order.updated_at.to_string(),
        }
    }
}

/// Fields of an order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OrderFields {
    /// Required: id or name of an advertiser of the tenant. Cannot change once there are campaigns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advertiser: Option<String>,
    /// Required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// For people; empty unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Of its campaigns together. Micros.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub total_budget_micros: Option<Option<i64>>,
    /// Of its campaigns together. Micros a day of the tenant's zone.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub daily_budget_micros: Option<Option<i64>>,
    /// Impressions of its campaigns together.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub impression_goal: Option<Option<u64>>,
    /// How often one viewer may be shown any of its campaigns; no cap unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caps: Option<Vec<Cap>>,
}
