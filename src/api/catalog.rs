//! What is sold, as the admin API shows it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules::{Cap, Pacing, Targeting};
use super::stream::Stream;
use crate::model;

/// A media owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tenant {
    /// `ten_…`
    pub id: String,
    /// Unique.
    pub name: String,
    /// IANA zone of its days.
    pub timezone: String,
    /// ISO 4217 code of its money.
    pub currency: String,
    /// Ad requests and sessions a second that are answered; none for as many as come.
    #[serde(default)]
    pub quota_rps: Option<u32>,
    /// Counts its changes, from 1.
    pub revision: u32,
    /// When it was made.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
}

impl From<&model::Tenant> for Tenant {
    fn from(tenant: &model::Tenant) -> Self {
        Self {
            id: tenant.id.to_string(),
            name: tenant.spec.name.clone(),
            timezone: tenant.spec.zone.name().to_owned(),
            currency: tenant.spec.currency.to_string(),
            quota_rps: tenant.spec.quota_rps,
            revision: tenant.revision,
            created_at: tenant.created_at.to_string(),
            updated_at: tenant.updated_at.to_string(),
        }
    }
}

/// Who pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Advertiser {
    /// `adv_…`
    pub id: String,
    /// Unique in the tenant.
    pub name: String,
    /// Its web domain.
    pub domain: Option<String>,
    /// Its categories.
    pub categories: Vec<String>,
    /// Counts its changes, from 1.
    pub revision: u32,
    /// When it was made.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
}

impl From<&model::Advertiser> for Advertiser {
    fn from(advertiser: &model::Advertiser) -> Self {
        Self {
            id: advertiser.id.to_string(),
            name: advertiser.spec.name.clone(),
            domain: advertiser.spec.domain.clone(),
            categories: advertiser.spec.categories.clone(),
            revision: advertiser.revision,
            created_at: advertiser.created_at.to_string(),
            updated_at: advertiser.updated_at.to_string(),
        }
    }
}

/// A stream that asks for ads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Channel {
    /// `ch_…`
    pub id: String,
    /// Unique in the tenant.
    pub name: String,
    /// For people.
    pub description: String,
    /// The slot to fill when a request names none. Milliseconds.
    pub slot_ms: Option<u64>,
    /// `pod_…`: the kind of pod to fill when a request describes none.
    #[serde(default)]
    pub pod_id: Option<String>,
    /// How ads get into its stream; none for a channel that only asks for ads.
    #[serde(default)]
    pub stream: Option<Stream>,
    /// Counts its changes, from 1.
    pub revision: u32,
    /// When it was made.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
}

impl From<&model::Channel> for Channel {
    fn from(channel: &model::Channel) -> Self {
        Self {
            id: channel.id.to_string(),
            name: channel.spec.name.clone(),
            description: channel.spec.description.clone(),
            slot_ms: channel.spec.slot.map(|slot| slot.0),
            pod_id: channel.spec.pod.map(|pod| pod.to_string()),
            stream: channel.spec.stream.as_ref().map(Stream::of),
            revision: channel.revision,
            created_at: channel.created_at.to_string(),
            updated_at: channel.updated_at.to_string(),
        }
    }
}

/// One buy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Campaign {
    /// `cmp_…`
    pub id: String,
    /// Unique in the tenant.
    pub name: String,
    /// For people.
    pub description: String,
    /// `adv_…`
    pub advertiser_id: String,
    /// `draft`, `active`, `paused` or `completed`.
    pub status: String,
    /// Bound over the flight. Micros.
    pub total_budget_micros: i64,
    /// Bound of one day in the tenant's zone. Micros.
    pub daily_budget_micros: Option<i64>,
    /// Bound of impressions over the flight.
    pub impression_goal: Option<u64>,
    /// First instant it may be served.
    pub start: String,
    /// First instant it may no longer be served.
    pub end: String,
    /// `cpm`, `cpc`, `cpv` or `flat`.
    pub price_model: String,
    /// For a thousand impressions, a click, a completed view, or the whole. Micros.
    pub price_micros: i64,
    /// Currency of all its money.
    pub currency: String,
    /// `sponsorship`, `standard`, `bulk` or `house`.
    pub tier: String,
    /// Its share among campaigns of its tier.
    pub weight: u32,
    /// `ord_…`: the order whose budget and caps it shares.
    #[serde(default)]
    pub order_id: Option<String>,
    /// For whom and when.
    #[serde(default)]
    pub targeting: Targeting,
    /// How often one viewer may be shown it.
    #[serde(default)]
    pub caps: Vec<Cap>,
    /// How what may be delivered is spread.
    #[serde(default)]
    pub pacing: Pacing,
    /// Codes of the categories it competes in.
    #[serde(default)]
    pub categories: Vec<String>,
    /// Where in a pod it wants to be: `any`, `first`, `last` or `edge`.
    #[serde(default = "anywhere")]
    pub position: String,
    /// The share of the requests it may be served for that it is drawn for before all others of
    /// its tier. Percent; scaled down where the shares of a tier add up to more than 100.
    #[serde(default)]
    pub share_of_voice: Option<u8>,
    /// How its delivery stands now, in the words of its stats, where a goal or a charge bounds it.
    /// The history has none of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pacing_status: Option<String>,
    /// Counts its changes, from 1.
    pub revision: u32,
    /// When it was made.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
}

impl Campaign {
    /// The wire form of a campaign, whose money is in the currency of its tenant.
    pub fn of(campaign: &model::Campaign, currency: model::Currency) -> Self {
        let spec = &campaign.spec;
        Self {
            id: campaign.id.to_string(),
            name: spec.name.clone(),
            description: spec.description.clone(),
            advertiser_id: spec.advertiser.to_string(),
            status: campaign.status.to_string(),
            total_budget_micros: spec.total_budget_micros,
            daily_budget_micros: spec.daily_budget_micros,
            impression_goal: spec.impression_goal,
            start: spec.start.to_string(),
            end: spec.end.to_string(),
            price_model: spec.price.model.to_string(),
            price_micros: spec.price.micros,
            currency: currency.to_string(),
            tier: spec.tier.to_string(),
            weight: spec.weight,
            order_id: spec.order.map(|order| order.to_string()),
            targeting: Targeting::of(&spec.targeting),
            caps: Cap::of_all(&spec.caps),
            pacing: Pacing::of(&spec.pacing),
            categories: spec.categories.clone(),
            position: spec.position.to_string(),
            share_of_voice: spec.share_of_voice,
            pacing_status: None,
            revision: campaign.revision,
            created_at: campaign.created_at.to_string(),
            updated_at: campaign.updated_at.to_string(),
        }
    }
}

/// The position of a campaign that says nothing about it.
fn anywhere() -> String {
    model::Position::Any.to_string()
}

/// One spot of a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Creative {
    /// `cr_…`
    pub id: String,
    /// Unique in the campaign.
    pub name: String,
    /// `cmp_…`
    pub campaign_id: String,
    /// `processing`, `active`, `inactive` or `failed`.
    pub status: String,
    /// Why it failed.
    pub failure: Option<String>,
    /// Its share among the creatives of its campaign.
    pub weight: u32,
    /// Where a click leads.
    pub click_url: Option<String>,
    /// For whom and when, beside what its campaign says.
    #[serde(default)]
    pub targeting: Targeting,
    /// How often one viewer may be shown it, beside what its campaign says.
    #[serde(default)]
    pub caps: Vec<Cap>,
    /// First instant it may be served; that of its campaign unless given.
    #[serde(default)]
    pub start: Option<String>,
    /// First instant it may no longer be served; that of its campaign unless given.
    #[serde(default)]
    pub end: Option<String>,
    /// What was found in its file.
    pub media: Option<Media>,
    /// Counts its changes, from 1.
    pub revision: u32,
    /// When it was made.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
}

/// What was found in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Media {
    /// Content hash in hexadecimal digits.
    pub sha256: String,
    /// Size of the file.
    pub bytes: u64,
    /// `mp4`, `mov`, `webm` or `ogg`.
    pub container: String,
    /// How long it plays.
    pub duration_ms: u64,
    /// Width as shown. Pixels.
    pub width: u32,
    /// Height as shown. Pixels.
    pub height: u32,
    /// Clockwise turn the file asks for. Degrees.
    pub rotation: u16,
    /// RFC 6381 name of the video codec.
    pub video_codec: String,
    /// RFC 6381 name of the audio codec.
    pub audio_codec: Option<String>,
    /// Frames a second.
    pub frame_rate: Option<FrameRate>,
    /// Mean bit rate of the whole file. Kilobits a second.
    pub bitrate_kbps: u32,
}

/// Frames a second as a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FrameRate {
    /// Frames.
    pub numerator: u32,
    /// Seconds.
    pub denominator: u32,
}

impl From<&model::Creative> for Creative {
    fn from(creative: &model::Creative) -> Self {
        Self {
            id: creative.id.to_string(),
            name: creative.spec.name.clone(),
            campaign_id: creative.campaign.to_string(),
            status: creative.status.to_string(),
            failure: creative.failure.clone(),
            weight: creative.spec.weight,
            click_url: creative.spec.click_url.clone(),
            targeting: Targeting::of(&creative.spec.targeting),
            caps: Cap::of_all(&creative.spec.caps),
            start: creative.spec.start.map(|start| start.to_string()),
            end: creative.spec.end.map(|end| end.to_string()),
            media: creative.media.as_ref().map(Media::from),
            revision: creative.revision,
            created_at: creative.created_at.to_string(),
            updated_at: creative.updated_at.to_string(),
        }
    }
}

impl From<&model::Media> for Media {
    fn from(media: &model::Media) -> Self {
        Self {
            sha256: media.sha256_hex(),
            bytes: media.bytes,
            container: media.container.to_string(),
            duration_ms: media.duration.0,
            width: media.width,
            height: media.height,
            rotation: media.rotation,
            video_codec: media.video_codec.clone(),
            audio_codec: media.audio_codec.clone(),
            frame_rate: media.frame_rate.map(|rate| FrameRate {
                numerator: rate.numerator,
                denominator: rate.denominator,
            }),
            bitrate_kbps: media.bitrate_kbps(),
        }
    }
}

/// The address that a player calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tag {
    /// What it is for: `ch_…` or `cmp_…`.
    pub target: String,
    /// `vast` or `json`.
    pub format: String,
    /// The address, with the macros a player fills in.
    pub url: String,
    /// `GET` or `POST`.
    pub method: String,
    /// With `POST`: the JSON body, with the macros a player fills in.
    pub body: Option<serde_json::Value>,
}
