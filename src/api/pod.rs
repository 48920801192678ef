//! Kinds of pods, as the admin API shows and takes them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::input::nullable;
use crate::model::{self, Millis};

/// A kind of pod, which channels use by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Pod {
    /// `pod_…`
    pub id: String,
    /// Unique in the tenant.
    pub name: String,
    /// For people.
    pub description: String,
    /// The time to fill. Milliseconds.
    pub duration_ms: u64,
    /// Lengths of fixed slots, in order; the rest of the duration is filled freely. Milliseconds.
    pub slots_ms: Vec<u64>,
    /// Fewer ads than this are not served.
    pub min_ads: u16,
    /// Never more ads than this.
    pub max_ads: u16,
    /// Shortest ad. Milliseconds.
    pub min_ad_ms: Option<u64>,
    /// Longest ad. Milliseconds.
    pub max_ad_ms: Option<u64>,
    /// Most ads of one advertiser.
    pub per_advertiser: u16,
    /// Least time between two ads of one advertiser. Milliseconds.
    pub advertiser_gap_ms: u64,
    /// What it is filled for: `revenue`, `fill` or `experience`.
    pub goal: String,
    /// Counts its changes, from 1.
    pub revision: u32,
    /// When it was made.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
}

impl From<&model::Pod> for Pod {
    fn from(pod: &model::Pod) -> Self {
        let shape = &pod.spec.shape;
        let millis = |span: Millis| span.0;
        Self {
            id: pod.id.to_string(),
            name: pod.spec.name.clone(),
            description: pod.spec.description.clone(),
            duration_ms: shape.duration.0,
            slots_ms: shape.slots.iter().copied().map(millis).collect(),
            min_ads: shape.min_ads,
            max_ads: shape.max_ads,
            min_ad_ms: shape.min_ad.map(millis),
            max_ad_ms: shape.max_ad.map(millis),
            per_advertiser: shape.per_advertiser,
            advertiser_gap_ms: shape.advertiser_gap.0,
            goal: shape.goal.to_string(),
            revision: pod.revision,
            created_at: pod.created_at.to_string(),
            updated_at: pod.updated_at.to_string(),
        }
    }
}

/// Fields of a kind of pod.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PodFields {
    /// Required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// For people; empty unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Required, unless there are slots: then what they add up to. Milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<u64>,
    /// Lengths of fixed slots, in order; none unless given. Milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slots_ms: Option<Vec<u64>>,
    /// Fewer ads than this are not served; 0 unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_ads: Option<u16>,
    /// Never more ads than this; 32 unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_ads: Option<u16>,
    /// Shortest ad. Milliseconds.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub min_ad_ms: Option<Option<u64>>,
    /// Longest ad. Milliseconds.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub max_ad_ms: Option<Option<u64>>,
    /// Most ads of one advertiser; 1 unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_advertiser: Option<u16>,
    /// Least time between two ads of one advertiser; 0 unless given. Milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advertiser_gap_ms: Option<u64>,
    /// What it is filled for: `revenue`, `fill` or `experience`; `revenue` unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goal: Option<String>,
}
