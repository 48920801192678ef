//! Parts of a campaign that have addresses of their own.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules::Cap;

/// How often one viewer may be shown a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FrequencyCap {
    /// The caps; none when it may be shown without end.
    pub caps: Vec<Cap>,
}

/// The caps that a campaign is to have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FrequencyCapFields {
    /// Required: all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caps: Option<Vec<Cap>>,
}

/// The categories a campaign competes in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CampaignCategories {
    /// Their codes.
    pub categories: Vec<String>,
}

/// The categories that a campaign is to compete in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CampaignCategoriesFields {
    /// Required: the codes of all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub categories: Option<Vec<String>>,
}
