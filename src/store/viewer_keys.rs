//! The file of the keys that viewers are hashed with, and their rotation while the daemon runs.
//!
//! One line a key, the current one first: when it was made, in milliseconds since the epoch, and
//! its secret in hexadecimal digits. What is counted under a key that is gone can be joined with
//! nobody any more.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use arc_swap::{ArcSwap, Guard};

use super::private_file::{self, KeysError};
use crate::host::{Clock, Entropy, Shutdown};
use crate::intake::{VIEWER_KEY_LEN, ViewerKeys};
use crate::model::{Millis, Timestamp};

/// First line of the file; a later layout gets another number.
const HEADER: &str = "adserve viewer keys 1";
/// How often the daemon looks whether a key is due.
const LOOK_EVERY: Duration = Duration::from_mins(1);

/// A key and when it was made.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Key {
    made_at: Timestamp,
    secret: [u8; VIEWER_KEY_LEN],
}

/// The keys of a data directory, for whoever hashes and for the task that rotates them. Cheap to
/// clone.
#[derive(Clone)]
pub struct ViewerKeyring(Arc<Inner>);

struct Inner {
    path: PathBuf,
    /// How long a key is used.
    life: Millis,
    /// The current key and the one before.
    kept: Mutex<(Key, Option<Key>)>,
    ready: ArcSwap<ViewerKeys>,
}

impl std::fmt::Debug for ViewerKeyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ViewerKeyring").finish_non_exhaustive()
    }
}

impl ViewerKeyring {
    /// Reads the keys kept in `folder`, which is `keys/` of the data directory, or makes the
    /// first; each is used for `life`.
    pub fn open(
        folder: &Path,
        life: Millis,
        now: Timestamp,
        entropy: &Entropy,
    ) -> Result<Self, KeysError> {
        let path = folder.join("viewers");
        let kept = match private_file::read(&path) {
            Ok(text) => parse(&path, &text)?,
            Err(KeysError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                let first = Key {
                    made_at: now,
                    secret: entropy.bytes(),
                };
                private_file::write(&path, &text(&first, None))?;
                (first, None)
            }
            Err(error) => return Err(error),
        };
        let keyring = Self(Arc::new(Inner {
            path,
            life,
            ready: ArcSwap::from_pointee(ready(&kept)),
            kept: Mutex::new(kept),
        }));
        keyring.rotate_if_due(now, entropy)?;
        Ok(keyring)
    }

    /// The keys to hash with.
    pub fn load(&self) -> Guard<Arc<ViewerKeys>> {
        self.0.ready.load()
    }

    /// Makes a new key if the current one has been used long enough; whether it did.
    pub fn rotate_if_due(&self, now: Timestamp, entropy: &Entropy) -> Result<bool, KeysError> {
        let inner = &*self.0;
        let mut kept = inner.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if now.since(kept.0.made_at) < inner.life {
            return Ok(false);
        }
        let next = Key {
            made_at: now,
            secret: entropy.bytes(),
        };
        private_file::write(&inner.path, &text(&next, Some(&kept.0)))?;
        *kept = (next, Some(kept.0));
        inner.ready.store(Arc::new(ready(&kept)));
        Ok(true)
    }

    /// Rotates keys as they fall due, until the end of the program.
    pub async fn run(self, clock: Clock, entropy: Entropy, mut shutdown: Shutdown) {
        while !shutdown.is_requested() {
            match self.rotate_if_due(clock.now(), &entropy) {
                Ok(true) => tracing::info!("viewers are hashed with a new key"),
                Ok(false) => {}
                Err(error) => {
                    tracing::warn!(%error, "viewers go on being hashed with the old key");
                }
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK_EVERY) => {}
                () = shutdown.requested() => {}
            }
        }
    }
}

fn ready((current, previous): &(Key, Option<Key>)) -> ViewerKeys {
    ViewerKeys::new(current.secret, previous.map(|key| key.secret))
}

fn text(current: &Key, previous: Option<&Key>) -> String {
    let mut text = format!("{HEADER}\n");
    for key in std::iter::once(current).chain(previous) {
        text.push_str(&key.made_at.millis().to_string());
        text.push(' ');
        private_file::write_hex(&key.secret, &mut text);
        text.push('\n');
    }
    text
}

fn parse(path: &Path, text: &str) -> Result<(Key, Option<Key>), KeysError> {
    let malformed = |line| KeysError::Malformed {
        path: path.to_owned(),
        line,
    };
    let mut lines = text.lines();
    if lines.next() != Some(HEADER) {
        return Err(malformed(1));
    }
    let mut key = |line| {
        let key = lines.next().map(parse_key);
        key.map(|key| key.ok_or_else(|| malformed(line)))
            .transpose()
    };
    let current = key(2)?.ok_or_else(|| malformed(2))?;
    let previous = key(3)?;
    if lines.next().is_some() {
        return Err(malformed(4));
    }
    Ok((current, previous))
}

fn parse_key(line: &str) -> Option<Key> {
    let (made_at, digits) = line.split_once(' ')?;
    Some(Key {
        made_at: Timestamp::from_millis(made_at.parse().ok()?),
        secret: private_file::read_hex(digits)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CapScope, TenantId, ViewerKey};
    use std::os::unix::fs::PermissionsExt as _;

    const DAY: Millis = Millis(86_400_000);

    fn at(day: u64) -> Timestamp {
        Timestamp::from_millis(1_000).plus(Millis(DAY.0 * day))
    }

    fn open(folder: &Path, day: u64, seed: u64) -> ViewerKeyring {
        let life = Millis(DAY.0 * 30);
        ViewerKeyring::open(folder, life, at(day), &Entropy::seeded(seed)).unwrap()
    }

    fn hash(keyring: &ViewerKeyring) -> (ViewerKey, Option<ViewerKey>) {
        let id = keyring
            .load()
            .key(TenantId::new(1), CapScope::Device, b"ifa");
        (id.key, id.before)
    }

    #[test]
    fn keys_are_made_once_and_only_for_their_owner() {
        let data = tempfile::tempdir().unwrap();
        let made = hash(&open(data.path(), 0, 1));
        assert_eq!(made.1, None);
        assert_eq!(hash(&open(data.path(), 29, 2)), made);
        let meta = std::fs::metadata(data.path().join("viewers")).unwrap();
        assert_eq!(meta.permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_key_is_rotated_when_due_and_the_one_before_is_kept_across_a_restart() {
        let data = tempfile::tempdir().unwrap();
        let keyring = open(data.path(), 0, 1);
        let first = hash(&keyring).0;
        let entropy = Entropy::seeded(9);
        assert!(!keyring.rotate_if_due(at(29), &entropy).unwrap());
        assert!(keyring.rotate_if_due(at(30), &entropy).unwrap());
        let second = hash(&keyring);
        assert_eq!(second.1, Some(first));
        assert_ne!(second.0, first);
        assert_eq!(hash(&open(data.path(), 31, 3)), second);
        let third = hash(&open(data.path(), 100, 4));
        assert_eq!(third.1, Some(second.0));
    }

    #[test]
    fn a_clock_that_jumps_back_rotates_nothing() {
        let data = tempfile::tempdir().unwrap();
        let keyring = open(data.path(), 50, 1);
        assert!(!keyring.rotate_if_due(at(0), &Entropy::seeded(2)).unwrap());
    }

    #[test]
    fn other_files_are_refused_with_their_line() {
        let good = "11".repeat(VIEWER_KEY_LEN);
        for (text, line) in [
            ("adserve token keys 1\n".to_owned(), 1),
            (format!("{HEADER}\n"), 2),
            (format!("{HEADER}\n5 abcd\n"), 2),
            (format!("{HEADER}\n5 {good}\nx {good}\n"), 3),
            (format!("{HEADER}\n5 {good}\n4 {good}\n3 {good}\n"), 4),
        ] {
            let data = tempfile::tempdir().unwrap();
            let path = data.path().join("viewers");
            private_file::write(&path, &text).unwrap();
            let opened = ViewerKeyring::open(data.path(), DAY, at(0), &Entropy::seeded(1));
            let error = opened.unwrap_err();
            assert!(
                matches!(error, KeysError::Malformed { line: found, .. } if found == line),
                "{text}: {error}"
            );
            assert!(!format!("{error} {error:?}").contains(&good));
        }
    }
}
