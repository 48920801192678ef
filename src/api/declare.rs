//! All that an operator keeps of a tenant as one document, and what applying it does.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::category::CategoryFields;
use super::input::{AdvertiserFields, CampaignFields, ChannelFields, CreativeFields, TenantFields};
use super::order::OrderFields;
use super::pod::PodFields;

/// All that an operator keeps of one tenant, or a part of it. Everything refers to everything by
/// name.
///
/// What is listed is described whole: a field that is left out has the value it has unless given.
/// What is not listed stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DeclaredCatalog {
    /// The tenant itself; what is left out of it stays as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant: Option<TenantFields>,
    /// Advertisers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub advertisers: Vec<AdvertiserFields>,
    /// Categories, in any order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<CategoryFields>,
    /// Kinds of pods.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pods: Vec<PodFields>,
    /// Channels.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<ChannelFields>,
    /// Orders.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub orders: Vec<OrderFields>,
    /// Campaigns with their creatives.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub campaigns: Vec<DeclaredCampaign>,
}

/// A campaign and its creatives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DeclaredCampaign {
    /// What is decided about it, without `targeting`. Any `status`; one that is left out stays,
    /// and is `draft` for a new campaign.
    pub fields: CampaignFields,
    /// For whom and when, in the language, with channels by name; everyone unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub targeting: Option<String>,
    /// Fields that are for a new campaign alone: `start`, `end`. One that is there keeps its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub only_new: Vec<String>,
    /// Its creatives. One that is not listed stays.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub creatives: Vec<DeclaredCreative>,
}

/// A creative of a campaign.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DeclaredCreative {
    /// What is decided about it, without `targeting`. A `status` that is left out stays, and is
    /// `active` for a new creative.
    pub fields: CreativeFields,
    /// For whom and when, in the language, with channels by name; everyone unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub targeting: Option<String>,
    /// As for a campaign.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub only_new: Vec<String>,
    /// Required: content hash of its file in hexadecimal digits. With another one than it has, it
    /// is deleted and made anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// The catalog of a tenant as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CatalogExport {
    /// Grows with every change of the tenant.
    pub revision: u32,
    /// All of it, by name.
    pub catalog: DeclaredCatalog,
}

/// What applying a document did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ApplyReport {
    /// The revision of the tenant's catalog that it was applied to.
    pub base_revision: u32,
    /// The revision afterwards.
    pub revision: u32,
    /// Everything that was listed, in the order in which it was applied.
    pub changes: Vec<DeclaredChange>,
    /// Content hashes of files that must be uploaded first. With any, nothing was written.
    pub missing_media: Vec<String>,
}

/// What becomes of one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeclaredChange {
    /// `create`, `update`, `replace` (a creative with another file), or `none`.
    pub action: String,
    /// `campaign`, …
    pub kind: String,
    /// Its id; empty where a trial gave none.
    pub id: String,
    /// Its name, or code.
    pub name: String,
    /// The campaign of a creative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
    /// What it was, as a document lists it; none when it is new or stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// What it is to be, as a document lists it; none when it stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

/// The form of a file that no creative has yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MediaUpload {
    /// The film.
    #[schemars(extend("format" = "binary"))]
    pub file: String,
}
