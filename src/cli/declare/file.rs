//! A declarative file, as it is written: what an operator keeps, by name.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::api::Stream;

/// A whole file: tenants with what belongs to them; what stands beside them belongs to the tenant
/// of the command.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) tenants: Vec<TenantFile>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) advertisers: Vec<AdvertiserFile>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) orders: Vec<OrderFile>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) categories: Vec<CategoryFile>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) pods: Vec<PodFile>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) channels: Vec<ChannelFile>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) campaigns: Vec<CampaignFile>,
}

/// A tenant and all that belongs to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TenantFile {
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) timezone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) currency: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) advertisers: Vec<AdvertiserFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) orders: Vec<OrderFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) categories: Vec<CategoryFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) pods: Vec<PodFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) channels: Vec<ChannelFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) campaigns: Vec<CampaignFile>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AdvertiserFile {
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) domain: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) categories: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChannelFile {
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) slot: Option<Typed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pod: Option<String>,
    /// How ads get into its stream, as the API takes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) stream: Option<Stream>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrderFile {
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    pub(super) advertiser: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) budget: Option<Typed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) daily_budget: Option<Typed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) goal: Option<Typed>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) caps: Vec<Typed>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CategoryFile {
    pub(super) code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) parent: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) exclusive: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) separation: Option<Typed>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PodFile {
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) duration: Option<Typed>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) slots: Vec<Typed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) min_ads: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) max_ads: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) min_ad: Option<Typed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) max_ad: Option<Typed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) per_advertiser: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) advertiser_gap: Option<Typed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) goal: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CampaignFile {
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    pub(super) advertiser: String,
    pub(super) budget: Typed,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) daily_budget: Option<Typed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) goal: Option<Typed>,
    pub(super) start: Typed,
    pub(super) end: Typed,
    pub(super) rate: Typed,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) weight: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) order: Option<String>,
    /// In the language; see `adctl help targeting`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) targeting: Option<Typed>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) caps: Vec<Typed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pacing: Option<Typed>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) categories: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) position: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) share_of_voice: Option<u8>,
    /// The one it has unless given; `draft` for a new campaign.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) creatives: Vec<CreativeFile>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CreativeFile {
    /// The name of its file without extension unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    /// Its film: a path from the folder of this file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<PathBuf>,
    /// The content of its film, in place of a path or to be sure of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sha256: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) weight: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) click_url: Option<String>,
    /// The start of its campaign unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) start: Option<Typed>,
    /// The end of its campaign unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end: Option<Typed>,
    /// In the language; see `adctl help targeting`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) targeting: Option<Typed>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) caps: Vec<Typed>,
    /// The one it has unless given; `active` for a new creative.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<String>,
}

/// A value as it would be typed on the command line: a text, or a number, which is the text of
/// its digits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Typed(pub(super) String);

impl Serialize for Typed {
    /// A whole number as a number, all else as a text.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.parse::<i64>() {
            Ok(number) if number.to_string() == self.0 => serializer.serialize_i64(number),
            _ => serializer.serialize_str(&self.0),
        }
    }
}

impl<'de> Deserialize<'de> for Typed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Typed;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a number")
            }

            fn visit_str<E>(self, text: &str) -> Result<Typed, E> {
                Ok(Typed(text.to_owned()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Typed, E> {
                Ok(Typed(number.to_string()))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Typed, E> {
                Ok(Typed(number.to_string()))
            }

            // The shortest text of a float is what was written, up to fifteen digits.
            fn visit_f64<E>(self, number: f64) -> Result<Typed, E> {
                Ok(Typed(number.to_string()))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_are_what_was_written() {
        let read = |text: &str| serde_saphyr::from_str::<Vec<Typed>>(text).unwrap();
        let texts: Vec<String> = read("[24.50, 120000, 5M, '+3d', -1h, 2026-07-01]")
            .into_iter()
            .map(|t| t.0)
            .collect();
        assert_eq!(texts, ["24.5", "120000", "5M", "+3d", "-1h", "2026-07-01"]);
        let written = serde_json::to_string(&read("[24.50, 120000, '007', 5M]")).unwrap();
        assert_eq!(written, r#"["24.5",120000,"007","5M"]"#);
    }
}
