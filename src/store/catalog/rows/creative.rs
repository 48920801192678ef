//! Rows of `creatives`.

use rusqlite::types::Value;

use super::meta_fields;
use crate::api;
use crate::model::creative::{FrameRate, parse_sha256};
use crate::model::{
    Campaign, CampaignId, Creative, CreativeId, CreativeSpec, CreativeStatus, Media, Millis,
    Problem, TenantId, Timestamp,
};
use crate::store::catalog::entity::{
    Columns, Entity, EntityId as _, Kind, Meta, SnapshotError, count_value, field, json_value,
    rule, text_value,
};
use crate::store::catalog::error::StoreError;
use crate::store::catalog::list::{Filter, Sort};
use crate::store::catalog::reader::Reader;

/// What a creative is made of.
#[derive(Debug, Clone)]
pub struct NewCreative {
    /// What it is a spot of.
    pub campaign: CampaignId,
    /// What was decided about it.
    pub spec: CreativeSpec,
    /// Whether it can be served.
    pub status: CreativeStatus,
    /// Why it failed; only with [`CreativeStatus::Failed`].
    pub failure: Option<String>,
    /// What was found in its file; required for [`CreativeStatus::Active`].
    pub media: Option<Media>,
}

impl Entity for Creative {
    type Id = CreativeId;
    type Spec = CreativeSpec;
    type New = NewCreative;

    const KIND: Kind = Kind::Creative;
    const COLUMNS: &'static [&'static str] = &[
        "campaign_id",
        "status",
        "failure",
        "weight",
        "click_url",
        "targeting",
        "caps",
        "start_at",
        "end_at",
        "sha256",
        "bytes",
        "container",
        "duration_ms",
        "width",
        "height",
        "rotation",
        "video_codec",
        "audio_codec",
        "frames",
        "frames_seconds",
    ];
    const SORTS: &'static [Sort] = &[Sort::Status];

    fn build(meta: Meta, new: NewCreative) -> Self {
        Self {
            id: CreativeId::new(meta.id),
            tenant: meta.tenant,
            campaign: new.campaign,
            revision: meta.revision,
            created_at: meta.created_at,
            updated_at: meta.updated_at,
            status: new.status,
            failure: new.failure,
            media: new.media,
            spec: new.spec,
        }
    }

    fn read(meta: Meta, name: String, columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        let campaign = columns.take().map(CampaignId::new)?;
        let status = columns.parse()?;
        let failure = columns.take()?;
        let spec = CreativeSpec {
            name,
            weight: columns.take()?,
            click_url: columns.take()?,
            targeting: columns.rule(|wire: &api::Targeting| wire.read("targeting"))?,
            caps: columns.rule(|wire: &Vec<api::Cap>| api::Cap::read_all(wire, "caps"))?,
            start: columns.instant_if_any()?,
            end: columns.instant_if_any()?,
        };
        let new = NewCreative {
            campaign,
            spec,
            status,
            failure,
            media: read_media(columns)?,
        };
        Ok(Self::build(meta, new))
    }

    fn values(&self) -> Vec<Value> {
        let mut values = vec![
            self.campaign.get().into(),
            self.status.to_string().into(),
            text_value(self.failure.as_deref()),
            self.spec.weight.into(),
            text_value(self.spec.click_url.as_deref()),
            json_value(&api::Targeting::of(&self.spec.targeting)),
            json_value(&api::Cap::of_all(&self.spec.caps)),
            self.spec.start.map(Timestamp::millis).into(),
            self.spec.end.map(Timestamp::millis).into(),
        ];
        values.extend(media_values(self.media.as_ref()));
        values
    }

    meta_fields!();

    fn snapshot(&self, _reader: &Reader<'_>) -> Result<serde_json::Value, StoreError> {
        Ok(serde_json::json!(api::Creative::from(self)))
    }

    fn from_snapshot(snapshot: &str, tenant: TenantId) -> Result<Self, SnapshotError> {
        let wire: api::Creative = serde_json::from_str(snapshot).map_err(SnapshotError::new)?;
        Ok(Self {
            id: field(&wire.id)?,
            tenant,
            campaign: field(&wire.campaign_id)?,
            revision: wire.revision,
            created_at: field(&wire.created_at)?,
            updated_at: field(&wire.updated_at)?,
            status: field(&wire.status)?,
            failure: wire.failure,
            media: wire.media.map(media_of).transpose()?,
            spec: CreativeSpec {
                name: wire.name,
                weight: wire.weight,
                click_url: wire.click_url,
                targeting: rule(wire.targeting.read("targeting"))?,
                caps: rule(api::Cap::read_all(&wire.caps, "caps"))?,
                start: wire.start.as_deref().map(field).transpose()?,
                end: wire.end.as_deref().map(field).transpose()?,
            },
        })
    }

    fn filter_column(filter: &Filter) -> Option<&'static str> {
        match filter {
            Filter::Campaign(_) => Some("campaign_id"),
            Filter::CreativeStatus(_) => Some("status"),
            Filter::Advertiser(_)
            | Filter::CampaignStatus(_)
            | Filter::Tier(_)
            | Filter::Order(_)
            | Filter::Parent(_)
            | Filter::Role(_) => None,
        }
    }

    fn name_space(&self) -> Option<(&'static str, u32)> {
        Some(("campaign_id", self.campaign.get()))
    }

    fn check_new(&self, _now: Timestamp) -> Result<(), StoreError> {
        let (file, failure) = (self.media.is_some(), self.failure.is_some());
        let fits = match self.status {
            CreativeStatus::Processing => !file && !failure,
            CreativeStatus::Active | CreativeStatus::Inactive => file && !failure,
            CreativeStatus::Failed => !file && failure,
        };
        if fits {
            return Ok(());
        }
        let message = format!("{} does not fit what was found in the file", self.status);
        Err(StoreError::invalid("status", message))
    }

    fn check_references(&self, reader: &Reader<'_>) -> Result<(), StoreError> {
        reader.load::<Campaign>(self.campaign)?;
        let problems = reader.missing_channels("targeting", &self.spec.targeting)?;
        if problems.is_empty() {
            return Ok(());
        }
        Err(StoreError::Invalid(problems))
    }
}

fn read_media(columns: &mut Columns<'_>) -> rusqlite::Result<Option<Media>> {
    let sha256: Option<[u8; 32]> = columns.take()?;
    // Without a hash there was no file, and the other columns are empty.
    let Some(sha256) = sha256 else {
        return Ok(None);
    };
    let media = Media {
        sha256,
        bytes: columns.count()?.unwrap_or_default(),
        container: columns.parse()?,
        duration: Millis(columns.count()?.unwrap_or_default()),
        width: columns.take()?,
        height: columns.take()?,
        rotation: columns.take()?,
        video_codec: columns.take()?,
        audio_codec: columns.take()?,
        frame_rate: frame_rate(columns.take()?, columns.take()?),
    };
    Ok(Some(media))
}

fn frame_rate(numerator: Option<u32>, denominator: Option<u32>) -> Option<FrameRate> {
    Some(FrameRate {
        numerator: numerator?,
        denominator: denominator?,
    })
}

fn media_values(media: Option<&Media>) -> Vec<Value> {
    let Some(media) = media else {
        return vec![Value::Null; 11];
    };
    let rate = media.frame_rate;
    vec![
        media.sha256.to_vec().into(),
        count_value(media.bytes),
        media.container.to_string().into(),
        count_value(media.duration.0),
        media.width.into(),
        media.height.into(),
        media.rotation.into(),
        media.video_codec.clone().into(),
        text_value(media.audio_codec.as_deref()),
        rate.map(|rate| rate.numerator).into(),
        rate.map(|rate| rate.denominator).into(),
    ]
}

fn media_of(wire: api::Media) -> Result<Media, SnapshotError> {
    Ok(Media {
        sha256: read_sha256(&wire.sha256)?,
        bytes: wire.bytes,
        container: field(&wire.container)?,
        duration: Millis(wire.duration_ms),
        width: wire.width,
        height: wire.height,
        rotation: wire.rotation,
        video_codec: wire.video_codec,
        audio_codec: wire.audio_codec,
        frame_rate: wire.frame_rate.map(|rate| FrameRate {
            numerator: rate.numerator,
            denominator: rate.denominator,
        }),
    })
}

fn read_sha256(hex: &str) -> Result<[u8; 32], SnapshotError> {
    parse_sha256(hex).ok_or_else(|| SnapshotError::new(format!("`{hex}` is not a SHA-256")))
}
