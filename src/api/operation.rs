//! What was done, by whom, and how to take it back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One write to the catalog.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Operation {
    /// `op_…`
    pub id: String,
    /// When it was done.
    pub at: String,
    /// Who did it: `uid:1000`, `token`, or `adserved` itself.
    pub actor: String,
    /// `create`, `update`, `delete` or `undo`.
    pub action: String,
    /// `tenant`, `advertiser`, `order`, `campaign`, `creative`, `channel`, `category` or `pod`.
    pub kind: String,
    /// What it was done to.
    pub subject_id: String,
    /// Its name at that time.
    pub subject_name: String,
    /// What it was before; none after a create.
    pub before: Option<serde_json::Value>,
    /// What it was afterwards; none after a delete.
    pub after: Option<serde_json::Value>,
    /// With `undo`: the operation that was taken back.
    pub undoes: Option<String>,
    /// The operation that took this one back.
    pub undone_by: Option<String>,
    /// The request that did it.
    pub request_id: String,
}

/// Which operation to take back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct UndoFields {
    /// `op_…`; the latest that was not taken back unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
}
