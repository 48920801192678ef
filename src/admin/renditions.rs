//! `/api/v1/creatives/{id}/renditions` and `/condition`: creatives made to fit streams.
//!
//! Nothing of it is decided by an operator, so there is nothing to undo: `condition` only asks
//! that what failed is tried anew, and now.

use std::sync::Arc;

use super::call::Call;
use super::resource;
use super::respond::{Answer, Refusal};
use super::state::State;
use super::tenancy::scope;
use super::work::read;
use crate::api::{Rendition, Renditions};
use crate::delivery::Standing;
use crate::model::rendition::{RenditionSet, RenditionStatus, SourceHash};
use crate::model::{Channel, Creative, Micros, ProfileKey, RenditionPlace, TenantId};
use crate::store::catalog::{KnownProfile, Reader, RenditionRow, Scope, StoreError};

/// What makes renditions, as the doors see it.
pub trait Conditions: Send + Sync {
    /// How it stands.
    fn standing(&self) -> Standing;
    /// Has it look for something to do at once.
    fn wake(&self);
}

impl Conditions for crate::delivery::Conditioning {
    fn standing(&self) -> Standing {
        Self::standing(self)
    }

    fn wake(&self) {
        Self::wake(self);
    }
}

/// Nobody knows what the stream is made of.
const UNKNOWN: &str = "unknown";

/// Why nothing is made of a creative that may never be served again.
const NOT_WANTED: &str = "its campaign is completed: nothing more is made for it";

/// One creative and what the catalog says of its renditions.
struct Looked {
    tenant: TenantId,
    creative: Creative,
    channels: Vec<Channel>,
    profiles: Vec<KnownProfile>,
    rows: Vec<RenditionRow>,
    /// Whether anything is made for it at all.
    is_wanted: bool,
}

/// `GET /api/v1/creatives/{id}/renditions`
pub(crate) async fn list(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let scope = scope(&state, &call).await?;
    let looked = look(&state, scope, &Asked::of(&call)).await?;
    Answer::ok(&shown(&looked, &state.conditioning.standing()))
}

/// `POST /api/v1/creatives/{id}/condition`
pub(crate) async fn condition(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let scope = scope(&state, &call).await?;
    let asked = Asked::of(&call);
    let looked = look(&state, scope, &asked).await?;
    let now = state.clock.now();
    for channel in &looked.channels {
        if let Some(place) = looked.place(channel) {
            state.catalog.retry_rendition(place, now).await?;
        }
    }
    state.conditioning.wake();
    let looked = look(&state, scope, &asked).await?;
    Answer::ok(&shown(&looked, &state.conditioning.standing()))
}

/// Which renditions a call is about.
#[derive(Debug, Clone)]
struct Asked {
    creative: String,
    channel: Option<String>,
}

impl Asked {
    fn of(call: &Call) -> Self {
        Self {
            creative: call.id().to_owned(),
            channel: call.query("channel").map(str::to_owned),
        }
    }
}

async fn look(state: &State, scope: Scope, asked: &Asked) -> Result<Looked, Refusal> {
    let asked = asked.clone();
    read(state, scope, move |reader| {
        let creative = reader.find::<Creative>(&asked.creative)?;
        let (rows, is_wanted) = match source(&creative) {
            Some(source) => (reader.renditions_of(source)?, reader.is_wanted(source)?),
            None => (Vec::new(), true),
        };
        Ok(Looked {
            tenant: creative.tenant,
            creative,
            channels: channels(reader, asked.channel.as_deref())?,
            profiles: reader.stream_profiles()?,
            rows,
            is_wanted,
        })
    })
    .await
}

/// The channel that was named, or all with a stream.
fn channels(reader: &Reader<'_>, named: Option<&str>) -> Result<Vec<Channel>, StoreError> {
    let Some(reference) = named else {
        let mut channels = reader.all::<Channel>()?;
        channels.retain(|channel| channel.spec.stream.is_some());
        return Ok(channels);
    };
    let channel = resource::refer::<Channel>(reader, "channel", reference)?;
    if channel.spec.stream.is_none() {
        return Err(StoreError::invalid("channel", "has no stream"));
    }
    Ok(vec![channel])
}

fn source(creative: &Creative) -> Option<SourceHash> {
    creative
        .media
        .as_ref()
        .map(|media| SourceHash(media.sha256))
}

impl Looked {
    fn profile(&self, channel: &Channel) -> Option<ProfileKey> {
        let mut profiles = self.profiles.iter();
        let known = profiles.find(|known| known.channel == channel.id)?;
        Some(known.profile.key())
    }

    /// The set of the creative that a channel wants.
    fn place(&self, channel: &Channel) -> Option<RenditionPlace> {
        Some(RenditionPlace {
            tenant: self.tenant,
            source: source(&self.creative)?,
            profile: self.profile(channel)?,
        })
    }
}

fn shown(looked: &Looked, standing: &Standing) -> Renditions {
    let channels = looked.channels.iter();
    Renditions {
        creative_id: looked.creative.id.to_string(),
        renditions: channels
            .map(|channel| one(looked, channel, standing))
            .collect(),
    }
}

fn one(looked: &Looked, channel: &Channel, standing: &Standing) -> Rendition {
    let place = looked.place(channel);
    let row = place.and_then(|place| looked.rows.iter().find(|row| row.key == place));
    let running = place.and_then(|place| standing.running.get(&place).copied());
    let status = match (&place, running, row.map(|row| row.status)) {
        (None, ..) => UNKNOWN,
        (Some(_), Some(_), _) => RenditionStatus::Running.as_str(),
        // What a process that is gone was making waits for its turn.
        (Some(_), None, None | Some(RenditionStatus::Running)) => RenditionStatus::Queued.as_str(),
        (Some(_), None, Some(status)) => status.as_str(),
    };
    let waits = status == RenditionStatus::Queued.as_str();
    let failure = match row.and_then(|row| row.failure.clone()) {
        None if (waits || place.is_none()) && !looked.is_wanted => Some(NOT_WANTED.to_owned()),
        None if waits => standing.lacks.clone(),
        None if place.is_none() => why_unknown(looked, channel, standing),
        failure => failure,
    };
    let set = row.and_then(|row| row.set.as_ref());
    Rendition {
        channel_id: channel.id.to_string(),
        channel: channel.spec.name.clone(),
        status: status.to_owned(),
        progress: running.unwrap_or(if set.is_some() { 100 } else { 0 }),
        failure,
        profile: looked.profile(channel).map(|key| key.to_string()),
        attempts: row.map_or(0, |row| row.attempts),
        retry_at: row.and_then(|row| row.retry_at).map(|at| at.to_string()),
        duration_ms: set.map(|set| Micros::millis(set.duration()).0),
        segments: set.map(|set| u32::try_from(set.count()).unwrap_or(u32::MAX)),
        tracks: set.map(|set| u32::try_from(set.tracks.len()).unwrap_or(u32::MAX)),
        bytes: set.map(bytes),
        updated_at: row.map(|row| row.updated_at.to_string()),
    }
}

/// Nothing, while the stream is being studied.
fn why_unknown(looked: &Looked, channel: &Channel, standing: &Standing) -> Option<String> {
    if source(&looked.creative).is_none() {
        return Some("the creative has no file".to_owned());
    }
    let why = standing.unknown.get(&channel.id)?;
    Some(format!(
        "the stream of the channel cannot be studied: {why}"
    ))
}

/// What its own files weigh, without initialization sections.
fn bytes(set: &RenditionSet) -> u64 {
    let own = set.tracks.iter().zip(0_u16..);
    let own = own.filter(|(track, number)| track.files == *number);
    let segments = own.flat_map(|(track, _number)| &track.segments);
    segments.map(|segment| u64::from(segment.bytes)).sum()
}
