//! `POST /api/v1/media`: a film comes in before the creative that is to have it.
//!
//! Its bytes go into the store, marked in the spool as something that nobody refers to yet: what
//! was found in it is remembered for [`UNCLAIMED_FOR`]. A document that names its content in that
//! time makes a creative of it; else it is taken back, at the latest by the next start.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use super::call::Call;
use super::form::{Received, receive};
use super::respond::{Answer, Refusal};
use super::state::State;
use super::tenancy::tenant;
use super::upload::store;
use crate::api;
use crate::format::media::MediaKey;
use crate::model::{Media, Millis, TenantId, Timestamp};
use crate::store::blobs::Blobs;
use crate::store::catalog::CatalogStore;
use crate::store::spool::{Spooled, is_used};

/// How long a file may wait for a creative.
const UNCLAIMED_FOR: Millis = Millis(24 * 3_600_000);
/// Most files that wait at one time.
const UNCLAIMED_MAX: usize = 10_000;

/// Files that were stored and may have no creative yet. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(super) struct Unclaimed(Arc<Mutex<HashMap<MediaKey, Waiting>>>);

#[derive(Debug)]
struct Waiting {
    media: Media,
    until: Timestamp,
    /// Its mark in the spool; none where somebody referred to the content before.
    mark: Option<Spooled>,
}

/// Whatever ends the waiting but a creative leaves the mark to the next start.
impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(mark) = self.mark.take() {
            mark.abandon();
        }
    }
}

impl Unclaimed {
    /// What was found in the files of a tenant, by content hash. They wait on from now.
    pub(super) fn of(&self, tenant: TenantId, now: Timestamp) -> HashMap<[u8; 32], Media> {
        let mut waiting = self.waiting();
        let its = waiting
            .iter_mut()
            .filter(|(key, _one)| key.tenant == tenant);
        its.map(|(key, one)| {
            one.until = now.plus(UNCLAIMED_FOR);
            (key.sha256, one.media.clone())
        })
        .collect()
    }

    /// Creatives have these contents now: the files are theirs.
    pub(super) fn claimed(&self, tenant: TenantId, is_claimed: impl Fn(&[u8; 32]) -> bool) {
        self.waiting().retain(|key, one| {
            let stays = key.tenant != tenant || !is_claimed(&key.sha256);
            if !stays {
                drop(one.mark.take());
            }
            stays
        });
    }

    fn add(&self, key: MediaKey, (media, mark): (Media, Option<Spooled>), now: Timestamp) {
        let until = now.plus(UNCLAIMED_FOR);
        let mut waiting = self.waiting();
        match waiting.get_mut(&key) {
            // It waits already, with the mark of its first time.
            Some(one) => one.until = until,
            None => _ = waiting.insert(key, Waiting { media, until, mark }),
        }
    }

    fn has_room(&self) -> bool {
        self.waiting().len() < UNCLAIMED_MAX
    }

    /// Those whose time is over; they do not wait any more.
    fn take_expired(&self, now: Timestamp) -> Vec<MediaKey> {
        let mut waiting = self.waiting();
        let expired = waiting.iter().filter(|(_key, one)| one.until <= now);
        let expired: Vec<MediaKey> = expired.map(|(key, _one)| *key).collect();
        for key in &expired {
            waiting.remove(key);
        }
        expired
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<MediaKey, Waiting>> {
        // A panic elsewhere cannot have left a map half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes a film in.
pub(crate) async fn upload(state: Arc<State>, mut call: Call) -> Result<Answer, Refusal> {
    let tenant = tenant(&state, &call).await?;
    let room = state.uploads.enter()?;
    take_back_expired(&state).await;
    if !state.uploads.unclaimed.has_room() {
        let full = "too many files wait for a creative: apply the documents that name them";
        return Err(Refusal::Unavailable(full.into()));
    }
    let Received { spooled, probe, .. } = receive(&state.uploads, &mut call).await?;
    let media = probe.into_media(spooled.sha256, spooled.bytes);
    let (tell, told) = oneshot::channel();
    let tasks = state.tasks.clone();
    let task = move |_shutdown| async move {
        // The caller may have hung up. What was begun is finished.
        tell.send(keep(&state, (tenant, media), spooled).await).ok();
        drop(room);
    };
    tasks
        .spawn(task)
        .map_err(|full| Refusal::Unavailable(full.into()))?;
    told.await
        .map_err(|ended| Refusal::Unavailable(ended.into()))?
}

/// Stores the film and remembers what was found in it.
async fn keep(
    state: &State,
    (tenant, media): (TenantId, Media),
    mut spooled: Spooled,
) -> Result<Answer, Refusal> {
    let blobs = &state.uploads.blobs;
    let key = MediaKey::of(tenant, &media);
    let claim = blobs.claim(key).await;
    let mut mark = None;
    if !blobs.has(&key, media.bytes).await? {
        if let Err(error) = store(blobs, &claim, &mut spooled).await {
            spooled.abandon();
            return Err(error);
        }
        spooled.shrink();
        mark = Some(spooled);
    }
    let (now, shown) = (state.clock.now(), api::Media::from(&media));
    state.uploads.unclaimed.add(key, (media, mark), now);
    Answer::ok(&shown)
}

/// Takes back what nobody made a creative of. What fails is left to the next start.
async fn take_back_expired(state: &State) {
    for key in state.uploads.unclaimed.take_expired(state.clock.now()) {
        if let Err(error) = take_back(&state.uploads.blobs, &state.catalog, key).await {
            tracing::warn!(%error, "a file without a creative stays until the next start");
        }
    }
}

async fn take_back(
    blobs: &Blobs,
    catalog: &CatalogStore,
    key: MediaKey,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let claim = blobs.claim(key).await;
    if !is_used(catalog, &key).await? {
        blobs.remove(&claim).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Container;

    #[test]
    fn a_file_waits_for_a_day_and_longer_when_it_is_asked_for() {
        let unclaimed = Unclaimed::default();
        let media = Media {
            sha256: [7; 32],
            bytes: 1,
            container: Container::Mp4,
            duration: Millis(1_000),
            width: 16,
            height: 9,
            rotation: 0,
            video_codec: "avc1".to_owned(),
            audio_codec: None,
            frame_rate: None,
        };
        let (one, other) = (TenantId::new(1), TenantId::new(2));
        let at = |hours: i64| Timestamp::from_millis(hours * 3_600_000);
        let key = MediaKey::of(one, &media);
        unclaimed.add(key, (media.clone(), None), at(0));
        assert!(unclaimed.of(other, at(1)).is_empty());
        assert_eq!(unclaimed.take_expired(at(23)), []);
        assert_eq!(unclaimed.of(one, at(23)).get(&[7; 32]), Some(&media));
        assert_eq!(unclaimed.take_expired(at(46)), []);
        unclaimed.claimed(other, |_sha256| true);
        assert_eq!(unclaimed.take_expired(at(47)), [key]);
        assert!(unclaimed.of(one, at(47)).is_empty());
    }
}
