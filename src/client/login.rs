//! The login of a user: tokens in a file that all `adctl` of this user share, and that are traded
//! for new ones when their time is over.
//!
//! A token is traded once, so whoever trades holds a lock meanwhile, and looks again first.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};
use serde::{Deserialize, Serialize};

use super::Target;
use crate::api;
use crate::host::Clock;
use crate::model::{Millis, Timestamp};

/// A token that is good for less than this is traded first.
const SPARE: Millis = Millis::from_seconds(30);
/// Largest file of a login.
const FILE_BYTES_MAX: u64 = 64 * 1024;

/// The tokens of a login, as they are kept.
#[derive(Clone, Serialize, Deserialize)]
struct Kept {
    /// The daemon they are of; no other is shown them.
    server: String,
    #[serde(flatten)]
    tokens: api::Tokens,
}

/// Where the tokens of one login are kept. There may be none.
#[derive(Debug, Clone)]
pub struct LoginFile {
    path: PathBuf,
    clock: Clock,
}

/// Keeps others from trading the same token.
#[derive(Debug)]
pub(super) struct TradeLock(#[expect(dead_code, reason = "it is held, not read")] File);

impl LoginFile {
    /// Tokens in this file.
    pub const fn new(path: PathBuf, clock: Clock) -> Self {
        Self { path, clock }
    }

    /// The tokens of a login to this daemon, if there are any.
    pub fn tokens(&self, target: &Target) -> io::Result<Option<api::Tokens>> {
        use io::Read as _;
        let file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        if file.metadata()?.permissions().mode() & 0o077 != 0 {
            let path = self.path.display();
            let message = format!("others can read it; chmod 600 {path}, or log in anew");
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, message));
        }
        let mut text = String::new();
        file.take(FILE_BYTES_MAX).read_to_string(&mut text)?;
        let kept: Kept = serde_json::from_str(&text)?;
        Ok((kept.server == target.to_string()).then_some(kept.tokens))
    }

    /// Keeps these instead of those before.
    pub fn keep(&self, target: &Target, tokens: &api::Tokens) -> io::Result<()> {
        let kept = Kept {
            server: target.to_string(),
            tokens: tokens.clone(),
        };
        replace_private(&self.path, &serde_json::to_string(&kept)?)
    }

    /// Forgets them.
    pub fn forget(&self) -> io::Result<()> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Whether the token of the calls is good for a while yet.
    pub(super) fn is_fresh(&self, tokens: &api::Tokens) -> bool {
        let until = tokens.access_until.parse::<Timestamp>();
        until.is_ok_and(|until| until > self.clock.now().plus(SPARE))
    }

    /// Waits until nobody else trades.
    pub(super) async fn lock(&self) -> io::Result<TradeLock> {
        let path = self.path.with_extension("lock");
        let lock = tokio::task::spawn_blocking(move || {
            let mut options = OpenOptions::new();
            let file = options
                .write(true)
                .create(true)
                .truncate(false)
                .mode(0o600)
                .open(path)?;
            flock(&file, FlockOperation::LockExclusive)?;
            Ok(TradeLock(file))
        });
        lock.await.map_err(io::Error::other)?
    }
}

/// Replaces a file that only this user can read, in one step.
pub fn replace_private(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true).mode(0o700).create(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let new = folder.join(format!(".{name}.{}", std::process::id()));
    let mut options = OpenOptions::new();
    let mut file = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&new)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(new, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::FakeClock;

    fn tokens(until: &str) -> api::Tokens {
        let user = serde_json::json!({
            "id": "us_1", "email": "a@b", "name": "", "role": "viewer", "advertisers": [],
            "status": "active", "disabled": false, "invited_until": null, "password_at": null,
            "revision": 1, "created_at": until, "updated_at": until,
        });
        api::Tokens {
            access_token: "ada_1".to_owned(),
            access_until: until.to_owned(),
            refresh_token: "adr_1".to_owned(),
            refresh_until: until.to_owned(),
            user: serde_json::from_value(user).unwrap(),
        }
    }

    #[test]
    fn tokens_are_kept_for_this_user_and_this_daemon_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("logins/one.json");
        let fake = FakeClock::at("2026-01-01T00:00:00Z".parse().unwrap());
        let login = LoginFile::new(path.clone(), fake.clock());
        let ours: Target = "https://ads.example".parse().unwrap();
        let other: Target = "https://evil.example".parse().unwrap();
        assert_eq!(login.tokens(&ours).unwrap(), None);
        let kept = tokens("2026-01-01T00:15:00Z");
        login.keep(&ours, &kept).unwrap();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(login.tokens(&ours).unwrap().as_ref(), Some(&kept));
        assert_eq!(login.tokens(&other).unwrap(), None);
        assert!(login.is_fresh(&kept));
        fake.advance(Millis::from_seconds(14 * 60 + 30));
        assert!(!login.is_fresh(&kept));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(login.tokens(&ours).is_err());
        login.forget().unwrap();
        assert_eq!(login.tokens(&ours).unwrap(), None);
        login.forget().unwrap();
    }
}
