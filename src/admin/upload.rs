//! `POST /api/v1/campaigns/{id}/creatives`: a film comes in, or leaves nothing behind.
//!
//! The form goes into the spool (`form.rs`); then, in a task that no hang-up ends: the blob, the
//! row with its audit, the publication. When the row fails, a blob that was not there before is
//! taken back, under a claim that keeps a second upload of the same film waiting. A crash between
//! the two leaves a marked spool file, which the next start settles.

use std::sync::Arc;

use http::StatusCode;
use serde_json::{Value, json};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use super::call::Call;
use super::form::{Received, receive};
use super::media::Unclaimed;
use super::resource::made;
use super::respond::{Answer, Refusal};
use super::state::State;
use super::tenancy::scope;
use super::work::{Made, read, write};
use crate::format::media::MediaKey;
use crate::model::{
    Campaign, CampaignId, Creative, CreativeSpec, CreativeStatus, Media, Millis, TenantId,
};
use crate::store::blobs::{BlobError, Blobs, Claim};
use crate::store::catalog::{NewCreative, Scope};
use crate::store::spool::{Spool, Spooled, is_used};

/// Uploads at one time: each may hold some memory and much disk.
const UPLOADS_MAX: usize = 16;

/// Where uploads go and what they may be. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Uploads {
    pub(super) spool: Spool,
    pub(super) blobs: Blobs,
    /// The largest file that is taken.
    pub(super) bytes_max: u64,
    /// The longest film that is taken.
    pub(super) duration_max: Millis,
    /// Films that no creative has yet.
    pub(super) unclaimed: Unclaimed,
    room: Arc<Semaphore>,
}

impl Uploads {
    /// Uploads of at most `bytes_max` bytes and `duration_max`, through `spool` into `blobs`.
    pub fn new(spool: Spool, blobs: Blobs, bytes_max: u64, duration_max: Millis) -> Self {
        Self {
            spool,
            blobs,
            bytes_max,
            duration_max,
            unclaimed: Unclaimed::default(),
            room: Arc::new(Semaphore::new(UPLOADS_MAX)),
        }
    }

    pub(super) fn enter(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        let room = Arc::clone(&self.room).try_acquire_owned();
        room.map_err(|_full| Refusal::Unavailable("too many uploads at one time".into()))
    }
}

/// A film that is about to become a creative.
struct Upload {
    scope: Scope,
    tenant: TenantId,
    campaign: CampaignId,
    spec: CreativeSpec,
    media: Media,
    spooled: Spooled,
    _room: OwnedSemaphorePermit,
}

pub(crate) async fn upload(state: Arc<State>, mut call: Call) -> Result<Answer, Refusal> {
    let scope = scope(&state, &call).await?;
    let reference = call.id().to_owned();
    let found = read(&state, scope, move |reader| {
        let campaign = reader.find::<Campaign>(&reference)?;
        Ok((campaign.tenant, campaign.id))
    });
    let (tenant, campaign) = found.await?;
    let room = state.uploads.enter()?;
    let Received {
        spec,
        spooled,
        probe,
    } = receive(&state.uploads, &mut call).await?;
    let media = probe.into_media(spooled.sha256, spooled.bytes);
    let upload = Upload {
        scope,
        tenant,
        campaign,
        spec,
        media,
        spooled,
        _room: room,
    };
    let (tell, told) = oneshot::channel();
    let tasks = state.tasks.clone();
    let task = move |_shutdown| async move {
        // The caller may have hung up. What was begun is finished.
        tell.send(keep(&state, call, upload).await).ok();
    };
    tasks
        .spawn(task)
        .map_err(|full| Refusal::Unavailable(full.into()))?;
    told.await
        .map_err(|ended| Refusal::Unavailable(ended.into()))?
}

/// Keeps the film and the row about it, or neither.
async fn keep(state: &Arc<State>, call: Call, mut upload: Upload) -> Result<Answer, Refusal> {
    let blobs = &state.uploads.blobs;
    let key = MediaKey::of(upload.tenant, &upload.media);
    let claim = blobs.claim(key).await;
    let stored = !call.is_dry_run() && !blobs.has(&key, upload.media.bytes).await?;
    if stored && let Err(error) = store(blobs, &claim, &mut upload.spooled).await {
        take_back(blobs, &claim, upload.spooled).await;
        return Err(error);
    }
    let outcome = make(state, call, &upload).await;
    // A failure may have come after the commit: only what nobody refers to is taken back.
    if outcome.is_err() && stored {
        match is_used(&state.catalog, &key).await {
            Ok(true) => {}
            Ok(false) => take_back(blobs, &claim, upload.spooled).await,
            Err(_catalog) => upload.spooled.abandon(),
        }
    }
    outcome
}

pub(super) async fn store(
    blobs: &Blobs,
    claim: &Claim,
    spooled: &mut Spooled,
) -> Result<(), Refusal> {
    let marked = spooled.mark(claim.key());
    marked.map_err(|error| Refusal::Unavailable(error.into()))?;
    Ok(blobs.put(claim, spooled.path()).await?)
}

/// Removes what was stored, or leaves the mark for the next start.
async fn take_back(blobs: &Blobs, claim: &Claim, spooled: Spooled) {
    if let Err(error) = blobs.remove(claim).await {
        tracing::warn!(%error, "a blob without a creative stays until the next start");
        spooled.abandon();
    }
}

/// Writes the row, audited, once for the key of the call, and lets decisions see it.
async fn make(state: &Arc<State>, call: Call, upload: &Upload) -> Result<Answer, Refusal> {
    let scope = upload.scope;
    let (campaign, spec, media) = (upload.campaign, upload.spec.clone(), upload.media.clone());
    let body = same_request(&spec, &media);
    write(
        Arc::clone(state),
        call,
        (scope, body),
        move |unit, _body| {
            unit.reader().load::<Campaign>(campaign)?;
            let creative = unit.insert::<Creative>(NewCreative {
                campaign,
                spec,
                status: CreativeStatus::Active,
                failure: None,
                media: Some(media),
            })?;
            Ok(Made {
                location: Some(format!("/api/v1/creatives/{}", creative.id)),
                ..made(unit, StatusCode::CREATED, &creative)?
            })
        },
    )
    .await
}

/// All that makes two uploads the same request.
fn same_request(spec: &CreativeSpec, media: &Media) -> Value {
    json!({
        "name": spec.name,
        "weight": spec.weight,
        "click_url": spec.click_url,
        "sha256": media.sha256_hex(),
    })
}

impl From<BlobError> for Refusal {
    fn from(error: BlobError) -> Self {
        Self::Blobs(error)
    }
}
