//! One worker at a time on each content: two uploads of the same file, or an upload and its undoing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OwnedMutexGuard;

use crate::format::media::MediaKey;

type Lock = Arc<tokio::sync::Mutex<()>>;

/// The contents that are worked on.
#[derive(Debug, Clone, Default)]
pub(super) struct Claims(Arc<Mutex<HashMap<MediaKey, Lock>>>);

/// The sole right to put or take back one content, until it is dropped.
#[derive(Debug)]
pub struct Claim {
    key: MediaKey,
    claims: Claims,
    lock: Option<OwnedMutexGuard<()>>,
}

impl Claims {
    pub(super) async fn claim(&self, key: MediaKey) -> Claim {
        let lock = Arc::clone(self.locks().entry(key).or_default());
        Claim {
            key,
            claims: self.clone(),
            lock: Some(lock.lock_owned().await),
        }
    }

    fn locks(&self) -> std::sync::MutexGuard<'_, HashMap<MediaKey, Lock>> {
        // A panic elsewhere cannot have left a map of locks half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Claim {
    /// What is claimed.
    pub fn key(&self) -> &MediaKey {
        &self.key
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        let mut locks = self.claims.locks();
        self.lock = None;
        // The map holds one count; any other is somebody who waits.
        if locks
            .get(&self.key)
            .is_some_and(|lock| Arc::strong_count(lock) == 1)
        {
            locks.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::model::{Container, TenantId};

    fn key(byte: u8) -> MediaKey {
        MediaKey {
            tenant: TenantId::new(1),
            sha256: [byte; 32],
            container: Container::Mp4,
        }
    }

    #[tokio::test]
    async fn the_same_content_waits_and_another_does_not() {
        let claims = Claims::default();
        let first = claims.claim(key(1)).await;
        let _other = claims.claim(key(2)).await;
        let again = claims.clone();
        let mut waiting = tokio::spawn(async move { again.claim(key(1)).await });
        let early = tokio::time::timeout(Duration::from_millis(20), &mut waiting).await;
        assert!(early.is_err(), "two claims on one content");
        drop(first);
        drop(waiting.await.unwrap());
        assert_eq!(claims.locks().len(), 1);
    }

    #[tokio::test]
    async fn nothing_is_remembered_afterwards() {
        let claims = Claims::default();
        drop(claims.claim(key(1)).await);
        assert!(claims.locks().is_empty());
    }
}
