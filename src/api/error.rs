//! The one shape of every refusal.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The body of every answer with a status of 400 or more.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ErrorBody {
    /// What went wrong.
    pub error: ErrorDetail,
}

/// What went wrong and what to do about it.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ErrorDetail {
    /// A word for programs: `not_found`, `invalid`, `conflict`, …
    pub code: String,
    /// One sentence for people.
    pub message: String,
    /// What to do about it, where something can be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// With `invalid`: every field that is wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<FieldProblem>,
    /// The id to look for in the logs.
    pub request_id: String,
}

/// One field that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FieldProblem {
    /// The field as the API names it.
    pub field: String,
    /// What is wrong with it.
    pub message: String,
}

impl From<crate::model::Problem> for FieldProblem {
    fn from(problem: crate::model::Problem) -> Self {
        Self {
            field: problem.field,
            message: problem.message,
        }
    }
}
