//! Values that are never printed, and the files they come in.

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Longer files hold no secret but a mistake.
const SECRET_BYTES_MAX: u64 = 4 * 1024;
/// What is shown instead.
pub(super) const MASK: &str = "********";

/// A secret. It prints as asterisks; [`Secret::expose`] is the one way to its text.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps a secret.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret itself, for the one place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

/// Reads a secret from a file, without the end of its line.
pub(super) fn read_secret(path: &Path) -> Result<Secret, String> {
    let named = |what: &dyn fmt::Display| format!("{}: {what}", path.display());
    let file = File::open(path).map_err(|error| named(&error))?;
    refuse_if_open_to_all(path, &file)?;
    let mut text = String::new();
    let read = file.take(SECRET_BYTES_MAX + 1).read_to_string(&mut text);
    read.map_err(|error| named(&error))?;
    if text.len() as u64 > SECRET_BYTES_MAX {
        return Err(named(&"is too large for a secret"));
    }
    let text = text.trim_end_matches(['\r', '\n']);
    if text.is_empty() {
        return Err(named(&"is empty"));
    }
    Ok(Secret::new(text))
}

/// A file that holds a secret and that every user can read.
pub(in crate::daemon) fn refuse_if_open_to_all(path: &Path, file: &File) -> Result<(), String> {
    let path = path.display();
    let metadata = file
        .metadata()
        .map_err(|error| format!("{path}: {error}"))?;
    if !metadata.is_file() {
        return Err(format!("{path}: is not a file"));
    }
    let mode = metadata.permissions().mode() & 0o777;
    if mode & 0o007 != 0 {
        return Err(format!(
            "{path}: every user can use it (mode {mode:03o}); run: chmod o= {path}"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_secret_never_prints() {
        let secret = Secret::new("hunter2");
        assert_eq!(
            format!("{secret} {secret:?} {:#?}", Some(&secret))
                .matches("hunter2")
                .count(),
            0
        );
        assert_eq!(secret.expose(), "hunter2");
    }

    #[test]
    fn a_file_must_be_private_small_and_hold_something() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        let with = |text: &str, mode: u32| {
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            read_secret(&path)
        };
        assert_eq!(with("s3cret\r\n", 0o600), Ok(Secret::new("s3cret")));
        assert_eq!(with("s3cret", 0o640), Ok(Secret::new("s3cret")));
        assert!(with("s3cret", 0o644).unwrap_err().contains("mode 644"));
        assert!(with("\n", 0o600).unwrap_err().contains("empty"));
        assert!(
            with(&"x".repeat(5_000), 0o600)
                .unwrap_err()
                .contains("too large")
        );
        assert!(read_secret(folder.path()).is_err());
        assert!(
            read_secret(&folder.path().join("none"))
                .unwrap_err()
                .contains("No such file")
        );
    }
}
