//! Passwords: hashed slowly on purpose, beside the workers and a few at a time.

use std::fmt;
use std::sync::Arc;

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use super::Entropy;

/// Memory of one hash in KiB: what OWASP asks for with two passes and one lane.
const MEMORY_KIB: u32 = 19 * 1024;
/// Passes over it.
const PASSES: u32 = 2;
/// Lanes.
const LANES: u32 = 1;
/// Hashes at one time: each holds its memory and one core.
const AT_ONCE_MAX: usize = 2;
/// Hashes that wait for their turn; beyond it there is an answer that says so.
const WAITING_MAX: usize = 64;
/// Shortest password in characters.
pub const PASSWORD_CHARS_MIN: usize = 12;
/// Longest password in bytes.
pub const PASSWORD_BYTES_MAX: usize = 1_024;

/// Why a password was not hashed.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too many wait already.
    #[error("too many passwords are being looked at")]
    Busy,
    /// The system gives no thread or memory.
    #[error("a password cannot be hashed: {0}")]
    Failed(String),
}

/// Hashes passwords. Cheap to clone.
#[derive(Clone)]
pub struct Passwords {
    hasher: Argon2<'static>,
    turns: Arc<Semaphore>,
    places: Arc<Semaphore>,
    entropy: Entropy,
    /// The hash of a password nobody has, for those who have none.
    nobodys: Arc<str>,
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Passwords").finish_non_exhaustive()
    }
}

impl Passwords {
    /// Hashes with salts from `entropy`. Hashes once, so that it takes a moment.
    pub fn new(entropy: Entropy) -> Self {
        let params = Params::new(MEMORY_KIB, PASSES, LANES, None);
        let params = params.expect("the parameters are within the bounds of RFC 9106");
        let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let nobodys = hash(&hasher, &entropy.bytes::<32>(), &entropy.bytes());
        Self {
            nobodys: nobodys.unwrap_or_default().into(),
            hasher,
            turns: Arc::new(Semaphore::new(AT_ONCE_MAX)),
            places: Arc::new(Semaphore::new(AT_ONCE_MAX + WAITING_MAX)),
            entropy,
        }
    }

    /// The hash of a password, with all it takes to verify it: the PHC format.
    pub async fn hash(&self, password: String) -> Result<String, PasswordError> {
        let salt = self.entropy.bytes::<16>();
        let hashed = self
            .in_turn(move |passwords| hash(&passwords.hasher, password.as_bytes(), &salt))
            .await?;
        hashed.map_err(PasswordError::Failed)
    }

    /// Whether a password is the one that was hashed. Without a hash it is not, which takes as
    /// long to say.
    pub async fn verify(
        &self,
        password: String,
        hashed: Option<String>,
    ) -> Result<bool, PasswordError> {
        self.in_turn(move |passwords| {
            let known = hashed.as_deref().unwrap_or(&passwords.nobodys);
            let verified = passwords.hasher.verify_password(password.as_bytes(), known);
            verified.is_ok() && hashed.is_some()
        })
        .await
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> T + Send + 'static,
    ) -> Result<T, PasswordError> {
        let failed = |error: &dyn fmt::Display| PasswordError::Failed(error.to_string());
        let place = Arc::clone(&self.places).try_acquire_owned();
        let place = place.map_err(|_full| PasswordError::Busy)?;
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        let turn = turn.map_err(|closed| failed(&closed))?;
        let passwords = self.clone();
        let work = move || {
            let done = work(&passwords);
            drop((turn, place));
            done
        };
        let done = tokio::task::spawn_blocking(work).await;
        done.map_err(|ended| failed(&ended))
    }
}

fn hash(hasher: &Argon2<'_>, password: &[u8], salt: &[u8; 16]) -> Result<String, String> {
    let phc = hasher.hash_password_with_salt(password, salt);
    phc.map(|phc| phc.to_string())
        .map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_again_and_no_other() {
        let passwords = Passwords::new(Entropy::seeded(1));
        let hashed = passwords.hash("correct horse".to_owned()).await.unwrap();
        assert!(
            hashed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hashed}"
        );
        assert!(!hashed.contains("horse"));
        let again = passwords.hash("correct horse".to_owned()).await.unwrap();
        assert_ne!(hashed, again, "the same salt twice");
        for (password, good) in [
            ("correct horse", true),
            ("correct horsf", false),
            ("", false),
        ] {
            let verified = passwords.verify(password.to_owned(), Some(hashed.clone()));
            assert_eq!(verified.await.unwrap(), good, "{password}");
        }
        let nobody = passwords.verify("correct horse".to_owned(), None);
        assert!(!nobody.await.unwrap());
    }

    #[tokio::test]
    async fn a_crowd_is_told_to_come_back() {
        let passwords = Passwords::new(Entropy::seeded(1));
        let crowd =
            (0..AT_ONCE_MAX + WAITING_MAX + 8).map(|_| passwords.verify(String::new(), None));
        let told = futures_util::future::join_all(crowd).await;
        let busy = told
            .iter()
            .filter(|one| matches!(one, Err(PasswordError::Busy)));
        assert_eq!(busy.count(), 8);
    }
}
