//! The file of the keys that sign tokens: made once, read at every start, rotated by hand.
//!
//! It is here and not in the configuration because it belongs to the data: a token must be
//! honoured by whoever holds the ledger it is counted in. One line a key, the current one first:
//! its id and its secret in hexadecimal digits.

use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use crate::render::token::{KEY_LEN, SigningKey, TokenKeys};

/// First line of the file; a later layout gets another number.
const HEADER: &str = "adserve token keys 1";
/// Two keys need about 170 bytes; anything much larger is another file.
const FILE_BYTES_MAX: u64 = 4096;

/// Why the keys cannot be had. Never says a digit of them.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The file or its folder cannot be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Others on this machine could have read it.
    #[error(
        "{} can be read by others (mode {mode:04o}); run `chmod 600` on it, and rotate the keys if \
         others are on this machine", path.display()
    )]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// Not a file of this layout.
    #[error("{}: line {line} is not what a file of token keys has there", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
    },
}

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
        match read(&path) {
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
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let write = || -> io::Result<()> {
            fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(folder)?;
            let beside = self.path.with_extension("new");
            // A left-over of a crash may have other permissions: never write into it.
            if let Err(error) = fs::remove_file(&beside)
                && error.kind() != io::ErrorKind::NotFound
            {
                return Err(error);
            }
            let mut file = OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&beside)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&beside, &self.path)?;
            File::open(folder)?.sync_all()
        };
        write().map_err(|source| KeysError::Io {
            path: self.path.clone(),
            source,
        })
    }
}

fn read(path: &Path) -> Result<String, KeysError> {
    let io_error = |source| KeysError::Io {
        path: path.to_owned(),
        source,
    };
    let file = File::open(path).map_err(io_error)?;
    let mode = file.metadata().map_err(io_error)?.mode() & 0o7777;
    if mode & 0o077 != 0 {
        return Err(KeysError::Exposed {
            path: path.to_owned(),
            mode,
        });
    }
    let mut text = String::new();
    file.take(FILE_BYTES_MAX)
        .read_to_string(&mut text)
        .map_err(io_error)?;
    Ok(text)
}

fn write_key(key: &SigningKey) -> String {
    let mut line = key.id.to_string();
    line.push(' ');
    for byte in key.secret {
        write!(line, "{byte:02x}").expect("a string takes any text");
    }
    line.push('\n');
    line
}

fn parse_key(line: &str) -> Option<SigningKey> {
    let (id, digits) = line.split_once(' ')?;
    let digits = digits.as_bytes();
    if digits.len() != KEY_LEN * 2 {
        return None;
    }
    let mut secret = [0; KEY_LEN];
    for (byte, pair) in secret.iter_mut().zip(digits.chunks_exact(2)) {
        let digit = |digit: u8| char::from(digit).to_digit(16);
        let (high, low) = (digit(pair[0])?, digit(pair[1])?);
        *byte = u8::try_from(high * 16 + low).ok()?;
    }
    Some(SigningKey {
        id: id.parse().ok()?,
        secret,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
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
