//! The file of the keys that sign tokens: made once, read at every start, rotated by hand.
//!
//! It is here and not in the configuration because it belongs to the data: a token must be
//! honoured by whoever holds the ledger it is counted in. One line a key, the current one first:
//! its id and its secret in hexadecimal digits.

use std::io;
use std::path::{Path, PathBuf};

use super::private_file;
use crate::render::token::{KEY_LEN, SigningKey, TokenKeys};

pub use super::private_file::KeysError;

/// First line of the file; a later layout gets another number.
const HEADER: &str = "adserve token keys 1";
/// The keys of a data directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFile {
    path: PathBuf,
    current: SigningKey,
    previous: Option<SigningKey>,
}

impl KeyFile {
    /// Reads the keys kept in `folder`, which is `keys/` of the data directory. A folder without
    /// them gets a first key made of `fresh`, which must be nobody's guess.
    pub fn load_or_create(folder: &Path, fresh: [u8; KEY_LEN]) -> Result<Self, KeysError> {
        let path = folder.join("token");
        match private_file::read(&path) {
            Ok(text) => Self::parse(path, &text),
            Err(KeysError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                let keys = Self {
                    path,
                    current: SigningKey {
                        id: 1,
                        secret: fresh,
                    },
                    previous: None,
                };
                keys.save()?;
                Ok(keys)
            }
            Err(error) => Err(error),
        }
    }

    /// Signs with a new key from now on. The key before it is honoured as long as no other takes
    /// its place, so rotate at most once in the life of a token.
    pub fn rotate(self, fresh: [u8; KEY_LEN]) -> Result<Self, KeysError> {
        let keys = Self {
            path: self.path,
            current: SigningKey {
                id: self.current.id.wrapping_add(1),
                secret: fresh,
            },
            previous: Some(self.current),
        };
        keys.save()?;
        Ok(keys)
    }

    /// The id of the key that signs.
    pub const fn current_id(&self) -> u8 {
        self.current.id
    }

    /// The keys, ready to sign and to check.
    pub fn token_keys(&self) -> TokenKeys {
        TokenKeys::new(&self.current, self.previous.as_ref())
    }

    fn parse(path: PathBuf, text: &str) -> Result<Self, KeysError> {
        let malformed = |line| KeysError::Malformed {
            path: path.clone(),
            line,
        };
        let mut lines = text.lines();
        if lines.next() != Some(HEADER) {
            return Err(malformed(1));
        }
        let mut keys = Vec::new();
        for (line, number) in lines.zip(2..) {
            keys.push(parse_key(line).ok_or_else(|| malformed(number))?);
        }
        let mut keys = keys.into_iter();
        let (current, previous, more) = (keys.next(), keys.next(), keys.next());
        match (current, more) {
            (Some(current), None) => Ok(Self {
                path,
                current,
                previous,
            }),
            (None, _) => Err(malformed(2)),
            (_, Some(_)) => Err(malformed(4)),
        }
    }

    /// Writes beside the file, syncs, and takes its place: a crash leaves the old or the new.
    fn save(&self) -> Result<(), KeysError> {
        let mut text = format!("{HEADER}\n");
        for key in std::iter::once(&self.current).chain(&self.previous) {
            text.push_str(&write_key(key));
        }
        private_file::write(&self.path, &text)
    }
}

fn write_key(key: &SigningKey) -> String {
    let mut line = key.id.to_string();
    line.push(' ');
    private_file::write_hex(&key.secret, &mut line);
    line.push('\n');
    line
}

fn parse_key(line: &str) -> Option<SigningKey> {
    let (id, digits) = line.split_once(' ')?;
    let secret = private_file::read_hex(digits)?;
    Some(SigningKey {
        id: id.parse().ok()?,
        secret,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn keys_are_made_once_and_read_back() {
        let data = tempfile::tempdir().unwrap();
        let folder = data.path().join("keys");
        let made = KeyFile::load_or_create(&folder, [7; KEY_LEN]).unwrap();
        let read = KeyFile::load_or_create(&folder, [8; KEY_LEN]).unwrap();
        assert_eq!(made, read);
        assert_eq!(read.current.secret, [7; KEY_LEN]);
        assert_eq!(mode(&folder), 0o700);
        assert_eq!(mode(&folder.join("token")), 0o600);
    }

    #[test]
    fn rotation_keeps_the_key_before_and_drops_the_one_before_that() {
        let data = tempfile::tempdir().unwrap();
        let mut keys = KeyFile::load_or_create(data.path(), [1; KEY_LEN]).unwrap();
        for secret in [2, 3] {
            keys = keys.rotate([secret; KEY_LEN]).unwrap();
        }
        let read = KeyFile::load_or_create(data.path(), [9; KEY_LEN]).unwrap();
        assert_eq!(read, keys);
        let ids = (read.current.id, read.previous.as_ref().map(|key| key.id));
        assert_eq!(ids, (3, Some(2)));
        assert_eq!(read.previous.unwrap().secret, [2; KEY_LEN]);
        assert_eq!(mode(&data.path().join("token")), 0o600);
    }

    #[test]
    fn a_file_that_others_can_read_is_refused() {
        let data = tempfile::tempdir().unwrap();
        KeyFile::load_or_create(data.path(), [1; KEY_LEN]).unwrap();
        let path = data.path().join("token");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let error = KeyFile::load_or_create(data.path(), [1; KEY_LEN]).unwrap_err();
        assert!(matches!(error, KeysError::Exposed { mode: 0o640, .. }));
    }

    #[test]
    fn anything_else_is_refused_with_its_line_and_without_its_secrets() {
        let good = "11".repeat(KEY_LEN);
        for (text, line) in [
            (String::new(), 1),
            ("adserve token keys 2\n".to_owned(), 1),
            (format!("{HEADER}\n"), 2),
            (format!("{HEADER}\n1 abcd\n"), 2),
            (format!("{HEADER}\n300 {good}\n"), 2),
            (format!("{HEADER}\n1 {}\n", "zz".repeat(KEY_LEN)), 2),
            (format!("{HEADER}\n2 {good}\n\n"), 3),
            (format!("{HEADER}\n3 {good}\n2 {good}\n1 {good}\n"), 4),
        ] {
            let data = tempfile::tempdir().unwrap();
            let path = data.path().join("token");
            fs::write(&path, &text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            let error = KeyFile::load_or_create(data.path(), [1; KEY_LEN]).unwrap_err();
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains(&good), "{shown}");
            assert!(
                matches!(error, KeysError::Malformed { line: at, .. } if at == line),
                "{text}: {error}"
            );
        }
    }

    #[test]
    fn a_left_over_of_a_crash_is_no_obstacle() {
        let data = tempfile::tempdir().unwrap();
        let left = data.path().join("token.new");
        fs::write(&left, "half").unwrap();
        KeyFile::load_or_create(data.path(), [1; KEY_LEN]).unwrap();
        assert!(!left.exists());
    }
}
