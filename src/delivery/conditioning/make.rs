//! Makes one set: the file from the object store, the set into it, and last the row that lets it
//! be stitched.

use std::sync::Arc;

use super::Inner;
use crate::format::media::MediaKey;
use crate::media::{ConditionError, Footage, Order, Shape, Sound};
use crate::model::rendition::{RenditionSet, RenditionStatus};
use crate::model::{Millis, RenditionFile, Timestamp};
use crate::store::blobs::BlobError;
use crate::store::catalog::{self, RenditionRow, StoreError, WantedRendition};

/// The first pause before another try.
const PAUSE_FIRST: Millis = Millis::from_seconds(15);
/// The longest.
const PAUSE_MAX: Millis = Millis::from_seconds(60 * 60);

/// Why no set was made.
#[derive(Debug, thiserror::Error)]
enum MakeError {
    /// The object store.
    #[error(transparent)]
    Blobs(#[from] BlobError),
    /// The file, or ffmpeg.
    #[error(transparent)]
    Condition(#[from] ConditionError),
}

impl Inner {
    /// Makes one set and takes down what came of it; gives the set.
    pub(super) async fn make(&self, wanted: &WantedRendition) -> Option<Arc<RenditionSet>> {
        let begun = self.note(wanted, RenditionStatus::Running, Outcome::default());
        if let Err(error) = begun.await {
            tracing::warn!(%error, "the queue of renditions cannot be written");
            return None;
        }
        let started = self.parts.clock.monotonic();
        let result = self.try_make(wanted).await;
        let took = self.parts.clock.monotonic().duration_since(started);
        let (status, outcome) = self.judge(wanted, &result);
        self.parts.figures.ended(status, took);
        if let Err(error) = self.note(wanted, status, outcome).await {
            // What is in the object store is put there again, the same.
            tracing::warn!(%error, "the queue of renditions cannot be written");
            return None;
        }
        result.ok().map(Arc::new)
    }

    async fn try_make(&self, wanted: &WantedRendition) -> Result<RenditionSet, MakeError> {
        let folder = self.parts.conditioner.folder();
        let folder = folder.map_err(ConditionError::from)?;
        let (footage, shape) = match &wanted.footage {
            catalog::Footage::Blank => (Footage::Blank, Shape::Pieces),
            catalog::Footage::Creative {
                sha256,
                container,
                duration,
                audio_codec,
            } => {
                let path = folder.path().join("creative");
                let key = MediaKey {
                    tenant: wanted.key.tenant,
                    sha256: *sha256,
                    container: *container,
                };
                self.parts.blobs.fetch(&key, &path).await?;
                let footage = Footage::File {
                    path,
                    container: *container,
                    duration: *duration,
                    sound: match audio_codec {
                        Some(_) => Sound::Present,
                        None => Sound::Absent,
                    },
                };
                (footage, Shape::Whole)
            }
        };
        let order = Order {
            footage: &footage,
            source: wanted.key.source,
            profile: &wanted.profile,
            shape,
        };
        let progress = |percent| self.hear(wanted.key, percent);
        let made = self.parts.conditioner.condition(order, &progress).await?;
        for file in &made.files {
            let named = RenditionFile {
                place: wanted.key,
                track: file.track,
                piece: file.piece,
            };
            self.parts.blobs.put_rendition(&named, &file.path).await?;
        }
        Ok(made.set.clone())
    }

    /// What is taken down of a result.
    fn judge(
        &self,
        wanted: &WantedRendition,
        result: &Result<RenditionSet, MakeError>,
    ) -> (RenditionStatus, Outcome) {
        let key = wanted.key;
        match result {
            Ok(set) => {
                tracing::info!(source = %key.source, profile = %key.profile, "a rendition is ready");
                let set = Some(set.clone());
                (
                    RenditionStatus::Ready,
                    Outcome {
                        set,
                        ..Outcome::default()
                    },
                )
            }
            Err(error) => {
                let is_lasting = matches!(error, MakeError::Condition(error) if error.is_lasting());
                tracing::warn!(
                    source = %key.source, profile = %key.profile, %error, is_lasting,
                    "a rendition could not be made"
                );
                let pause = pause(wanted.attempts);
                let outcome = Outcome {
                    failure: Some(error.to_string()),
                    retry_at: (!is_lasting).then(|| self.parts.clock.now().plus(pause)),
                    ..Outcome::default()
                };
                (RenditionStatus::Failed, outcome)
            }
        }
    }

    async fn note(
        &self,
        wanted: &WantedRendition,
        status: RenditionStatus,
        outcome: Outcome,
    ) -> Result<(), StoreError> {
        let row = RenditionRow {
            key: wanted.key,
            status,
            attempts: wanted.attempts.saturating_add(1),
            failure: outcome.failure,
            retry_at: outcome.retry_at,
            set: outcome.set,
            updated_at: self.parts.clock.now(),
        };
        self.parts.store.note_rendition(row).await
    }
}

/// What came of a try.
#[derive(Debug, Default)]
struct Outcome {
    failure: Option<String>,
    retry_at: Option<Timestamp>,
    set: Option<RenditionSet>,
}

/// Twice as long after each try.
fn pause(attempts: u32) -> Millis {
    let factor = 1_u64 << attempts.min(16);
    Millis(PAUSE_FIRST.0.saturating_mul(factor)).min(PAUSE_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_an_hour() {
        assert_eq!(pause(0), PAUSE_FIRST);
        assert_eq!(pause(1), Millis(30_000));
        assert_eq!(pause(8), PAUSE_MAX);
        assert_eq!(pause(u32::MAX), PAUSE_MAX);
    }
}
