//! Small files of secrets in the data directory: for their owner only, and replaced whole.

use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

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
    /// Not a file of the layout that is wanted.
    #[error("{}: line {line} is not what a file of keys has there", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
    },
}

/// Reads a file that nobody else can.
pub(super) fn read(path: &Path) -> Result<String, KeysError> {
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

/// Writes beside the file, syncs, and takes its place: a crash leaves the old or the new.
pub(super) fn write(path: &Path, text: &str) -> Result<(), KeysError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let write = || -> io::Result<()> {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
        let beside = path.with_extension("new");
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
        fs::rename(&beside, path)?;
        File::open(folder)?.sync_all()
    };
    write().map_err(|source| KeysError::Io {
        path: path.to_owned(),
        source,
    })
}

/// Appends bytes as hexadecimal digits.
pub(super) fn write_hex(bytes: &[u8], out: &mut String) {
    for byte in bytes {
        write!(out, "{byte:02x}").expect("a string takes any text");
    }
}

/// Exactly so many bytes from their hexadecimal digits.
pub(super) fn read_hex<const N: usize>(digits: &str) -> Option<[u8; N]> {
    let digits = digits.as_bytes();
    if digits.len() != N * 2 {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let digit = |digit: u8| char::from(digit).to_digit(16);
        let (high, low) = (digit(pair[0])?, digit(pair[1])?);
        *byte = u8::try_from(high * 16 + low).ok()?;
    }
    Some(bytes)
}
