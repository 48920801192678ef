//! What an operator sends to make or edit something.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};

use crate::model::Problem;

/// Tells a field that is `null` (clear it) from one that is left out (keep it).
fn nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}

/// Fields of a tenant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TenantFields {
    /// Required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// IANA zone of its days; `UTC` unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    /// ISO 4217 code; `USD` unless given. Cannot change once there are campaigns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}

/// Fields of an advertiser.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AdvertiserFields {
    /// Required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its web domain.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub domain: Option<Option<String>>,
    /// Its categories; none unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub categories: Option<Vec<String>>,
}

/// Fields of a channel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ChannelFields {
    /// Required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// For people; empty unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The slot to fill when a request names none. Milliseconds.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub slot_ms: Option<Option<u64>>,
}

/// Fields of a campaign.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CampaignFields {
    /// Required: id or name of an advertiser of the tenant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advertiser: Option<String>,
    /// Required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// For people; empty unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Required. Micros.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_budget_micros: Option<i64>,
    /// Micros a day of the tenant's zone.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub daily_budget_micros: Option<Option<i64>>,
    /// Impressions over the flight.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub impression_goal: Option<Option<u64>>,
    /// Required. RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// Required. RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// `cpm`, `cpc`, `cpv` or `flat`; `cpm` unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_model: Option<String>,
    /// Required. Micros.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_micros: Option<i64>,
    /// `sponsorship`, `standard`, `bulk` or `house`; `standard` unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    /// Share in the tier; 1 unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<u32>,
    /// With a create only: `draft` (unless given) or `active`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

/// Fields of a creative.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CreativeFields {
    /// The file's name without its extension unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Share in the campaign; 1 unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<u32>,
    /// Where a click leads.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub click_url: Option<Option<String>>,
    /// With an edit only: `active` or `inactive`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

/// A change of a campaign's status.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct StatusFields {
    /// Required: `active`, `paused` or `completed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

/// The copy of a campaign: a draft with the same creatives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CloneFields {
    /// Required: the name of the copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Reads one of the inputs above, or says everything that is wrong with its shape: each unknown
/// field (with the nearest known one) and each value of a wrong type.
pub fn read_fields<T: DeserializeOwned + Default + Serialize>(
    value: &serde_json::Value,
) -> Result<T, Vec<Problem>> {
    let Some(fields) = value.as_object() else {
        return Err(vec![Problem::new("", "the body must be a JSON object")]);
    };
    if let Ok(whole) = T::deserialize(value) {
        return Ok(whole);
    }
    // Every field of an input is optional, so each can be judged alone.
    let problems = fields.iter().filter_map(|(name, value)| {
        let alone = serde_json::Map::from_iter([(name.clone(), value.clone())]);
        let error = T::deserialize(serde_json::Value::Object(alone)).err()?;
        Some(Problem::new(
            name.chars().take(64).collect::<String>(),
            error.to_string(),
        ))
    });
    Err(problems.collect())
}
