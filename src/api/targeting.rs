//! Targeting at an address of its own: as rules and as text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules::{Targeting, TargetingRule};
use crate::model::targeting::Names;
use crate::model::{self, Problem};

/// Targeting, or rules of it, in one of two forms.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TargetingFields {
    /// The rules, unless `text` is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<Vec<TargetingRule>>,
    /// The text in the language, unless `rules` is given: `geo in (US-CA, dma:501) and device =
    /// roku`; `everyone` for no rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Targeting, or one rule of it, in both forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TargetingForms {
    /// The rules: the request must match one of them. Without rules everyone is meant.
    pub rules: Vec<TargetingRule>,
    /// The same in the language. Long texts have several lines.
    pub text: String,
    /// What is allowed and probably not meant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hints: Vec<String>,
}

impl TargetingFields {
    /// What it says, or everything that cannot be understood. Channels may be given by the names
    /// that `names` knows.
    pub fn read(&self, names: &Names<'_>) -> Result<model::Targeting, Vec<Problem>> {
        match (&self.rules, &self.text) {
            (Some(rules), None) => {
                let rules = rules.clone();
                let mut targeting = Targeting { rules };
                targeting.name_channels(names);
                targeting.read("targeting")
            }
            (None, Some(text)) => {
                let wrong = |error: model::targeting::LanguageError| {
                    vec![Problem::new("text", error.to_string())]
                };
                model::Targeting::parse_naming(text, names).map_err(wrong)
            }
            _ => {
                let message = "give either `rules` or `text`";
                Err(vec![Problem::new("", message)])
            }
        }
    }
}

impl TargetingForms {
    /// Both forms of a targeting.
    pub fn of(targeting: &model::Targeting) -> Self {
        Self {
            rules: Targeting::of(targeting).rules,
            text: targeting.to_string(),
            hints: targeting.hints(),
        }
    }
}

/// Which rules a request matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TargetingTest {
    /// Whether any of them is matched, or there is none.
    pub matches: bool,
    /// The instant it was asked for. RFC 3339.
    pub at: String,
    /// Each rule.
    pub rules: Vec<TargetingTestRule>,
}

/// Whether a request matches one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TargetingTestRule {
    /// Its number, from 1.
    pub rule: u32,
    /// Its text.
    pub text: String,
    /// Whether it is matched.
    pub matches: bool,
    /// The first dimension in which it fails.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fails: Option<String>,
    /// What the request says there; nothing where it says nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<String>,
}
