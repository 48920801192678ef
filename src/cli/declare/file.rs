//! What a fixture file says, as it is written.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Deserializer};

use crate::api::Stream;

/// A whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fixture {
    #[serde(default)]
    pub(super) tenants: Vec<TenantSeed>,
}

/// A tenant and all that belongs to it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TenantSeed {
    pub(super) name: String,
    pub(super) timezone: Option<String>,
    pub(super) currency: Option<String>,
    #[serde(default)]
    pub(super) advertisers: Vec<AdvertiserSeed>,
    #[serde(default)]
    pub(super) orders: Vec<OrderSeed>,
    /// Each after the one it is part of.
    #[serde(default)]
    pub(super) categories: Vec<CategorySeed>,
    #[serde(default)]
    pub(super) pods: Vec<PodSeed>,
    #[serde(default)]
    pub(super) channels: Vec<ChannelSeed>,
    #[serde(default)]
    pub(super) campaigns: Vec<CampaignSeed>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AdvertiserSeed {
    pub(super) name: String,
    pub(super) domain: Option<String>,
    #[serde(default)]
    pub(super) categories: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChannelSeed {
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) slot: Option<Typed>,
    pub(super) pod: Option<String>,
    /// How ads get into its stream, as the API takes it.
    pub(super) stream: Option<Stream>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrderSeed {
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) advertiser: String,
    pub(super) budget: Option<Typed>,
    pub(super) daily_budget: Option<Typed>,
    pub(super) goal: Option<Typed>,
    #[serde(default)]
    pub(super) caps: Vec<Typed>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CategorySeed {
    pub(super) code: String,
    pub(super) name: Option<String>,
    pub(super) parent: Option<String>,
    #[serde(default)]
    pub(super) exclusive: bool,
    pub(super) separation: Option<Typed>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PodSeed {
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) duration: Option<Typed>,
    #[serde(default)]
    pub(super) slots: Vec<Typed>,
    pub(super) min_ads: Option<u16>,
    pub(super) max_ads: Option<u16>,
    pub(super) min_ad: Option<Typed>,
    pub(super) max_ad: Option<Typed>,
    pub(super) per_advertiser: Option<u16>,
    pub(super) advertiser_gap: Option<Typed>,
    pub(super) goal: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CampaignSeed {
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) advertiser: String,
    pub(super) budget: Typed,
    pub(super) daily_budget: Option<Typed>,
    pub(super) goal: Option<Typed>,
    pub(super) start: Typed,
    pub(super) end: Typed,
    pub(super) rate: Typed,
    pub(super) tier: Option<String>,
    pub(super) weight: Option<u32>,
    pub(super) order: Option<String>,
    /// In the language; see `adctl help targeting`.
    pub(super) targeting: Option<Typed>,
    #[serde(default)]
    pub(super) caps: Vec<Typed>,
    pub(super) pacing: Option<Typed>,
    #[serde(default)]
    pub(super) categories: Vec<String>,
    pub(super) position: Option<String>,
    pub(super) share_of_voice: Option<u8>,
    /// `draft` unless given.
    pub(super) status: Option<String>,
    #[serde(default)]
    pub(super) creatives: Vec<CreativeSeed>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CreativeSeed {
    pub(super) file: PathBuf,
    pub(super) name: Option<String>,
    pub(super) weight: Option<u32>,
    pub(super) click_url: Option<String>,
    /// The start of its campaign unless given.
    pub(super) start: Option<Typed>,
    /// The end of its campaign unless given.
    pub(super) end: Option<Typed>,
    /// In the language; see `adctl help targeting`.
    pub(super) targeting: Option<Typed>,
    #[serde(default)]
    pub(super) caps: Vec<Typed>,
}

/// A value as it would be typed on the command line: a text, or a number, which is the text of
/// its digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed(pub(super) String);

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
    }
}
