//! Competitive categories, as the admin API shows and takes them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::input::nullable;
use crate::model;

/// A category by which rivals are kept apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Category {
    /// `cat_…`
    pub id: String,
    /// How campaigns and advertisers name it: unique in the tenant.
    pub code: String,
    /// For people.
    pub name: String,
    /// Code of the category it is part of.
    pub parent: Option<String>,
    /// Whether two ads of it, or of anything below it, never share a pod.
    pub exclusive: bool,
    /// Least time between two ads of it, or of anything below it. Milliseconds.
    pub separation_ms: Option<u64>,
    /// Counts its changes, from 1.
    pub revision: u32,
    /// When it was made.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
}

impl From<&model::Category> for Category {
    fn from(category: &model::Category) -> Self {
        let spec = &category.spec;
        Self {
            id: category.id.to_string(),
            code: spec.code.clone(),
            name: spec.name.clone(),
            parent: spec.parent.clone(),
            exclusive: spec.exclusive,
            separation_ms: spec.separation.map(|span| span.0),
            revision: category.revision,
            created_at: category.created_at.to_string(),
            updated_at: category.updated_at.to_string(),
        }
    }
}

/// Fields of a category.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CategoryFields {
    /// Required. Cannot change while it is used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// For people; the code unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Code of the category it is part of.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub parent: Option<Option<String>>,
    /// Whether two ads of it, or of anything below it, never share a pod; `false` unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclusive: Option<bool>,
    /// Least time between two ads of it, or of anything below it. Milliseconds.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub separation_ms: Option<Option<u64>>,
}

/// A taxonomy to load: categories that are made, or changed where their code is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TaxonomyFields {
    /// The categories, in any order. What is left out of one stays as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub categories: Option<Vec<CategoryFields>>,
}

/// What came of loading a taxonomy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TaxonomyOutcome {
    /// Categories that were made.
    pub created: u32,
    /// Categories that were changed.
    pub updated: u32,
    /// Categories that were as the file says already.
    pub unchanged: u32,
}
