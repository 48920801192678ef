//! The file of a backup: a tar archive with its list first, and a seal over every byte behind it.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Seek as _, Write};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Component, Path};

use sha2::{Digest as _, Sha256};

use super::{BackupError, FORMAT};
use crate::api::{BackupFile, BackupManifest};
use crate::store::copy::create_private;

/// The first entry.
const MANIFEST: &str = "adserved-backup.json";
/// Largest list that is read: a million films.
const MANIFEST_BYTES_MAX: u64 = 256 << 20;
/// What the seal begins with. It fills one block of tar, behind the end of the archive.
const SEAL: &str = "adserved backup, sha256 of all before: ";
const BLOCK: usize = 512;

/// Counts and hashes what passes.
struct Hashing<W> {
    inner: W,
    hash: Sha256,
    bytes: u64,
}

impl<W> Hashing<W> {
    fn new(inner: W) -> Self {
        Self {
            inner,
            hash: Sha256::new(),
            bytes: 0,
        }
    }

    fn digits(&self) -> String {
        let mut digits = String::with_capacity(64);
        for byte in self.hash.clone().finalize() {
            write!(digits, "{byte:02x}").expect("a string takes any text");
        }
        digits
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.inner.write(bytes)?;
        self.hash.update(bytes.get(..taken).unwrap_or(bytes));
        self.bytes += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// What a file holds, for the list.
pub(super) fn describe(folder: &Path, path: &str) -> io::Result<BackupFile> {
    let mut hashing = Hashing::new(io::sink());
    io::copy(&mut File::open(folder.join(path))?, &mut hashing)?;
    Ok(BackupFile {
        path: path.to_owned(),
        bytes: hashing.bytes,
        sha256: hashing.digits(),
    })
}

/// Writes the files of the list, which are below `folder`, and the seal. Gives the size.
pub(super) fn pack(manifest: &BackupManifest, folder: &Path, to: File) -> io::Result<u64> {
    let mut archive = tar::Builder::new(Hashing::new(BufWriter::new(to)));
    let list = serde_json::to_vec_pretty(manifest)?;
    append(&mut archive, MANIFEST, (list.len() as u64, list.as_slice()))?;
    for file in &manifest.files {
        let content = File::open(folder.join(&file.path))?;
        append(&mut archive, &file.path, (file.bytes, content))?;
    }
    let mut hashing = archive.into_inner()?;
    let mut seal = format!("{SEAL}{}\n", hashing.digits()).into_bytes();
    seal.resize(BLOCK, 0);
    hashing.write_all(&seal)?;
    hashing.flush()?;
    hashing.inner.get_ref().sync_all()?;
    Ok(hashing.bytes)
}

fn append(
    archive: &mut tar::Builder<impl Write>,
    path: &str,
    (bytes, content): (u64, impl Read),
) -> io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes);
    header.set_mode(0o600);
    header.set_entry_type(tar::EntryType::Regular);
    archive.append_data(&mut header, path, content)
}

/// Checks the seal, and writes the files into `to`, which is there and empty, each as the list says
/// it is. Gives the list and the size of the backup.
pub(super) fn unpack(file: &Path, to: &Path) -> Result<(BackupManifest, u64), BackupError> {
    let mut opened = File::open(file).map_err(BackupError::io("open", file))?;
    let sealed = check_seal(&mut opened, file)?;
    let unreadable = |error: io::Error| BackupError::damaged(file, error.to_string());
    opened.rewind().map_err(BackupError::io("read", file))?;
    let mut archive = tar::Archive::new(BufReader::new(opened).take(sealed));
    let mut entries = archive.entries().map_err(unreadable)?;
    let first = entries
        .next()
        .ok_or_else(|| BackupError::Foreign(file.to_owned()))?;
    let manifest = read_manifest(first.map_err(unreadable)?, file)?;
    for listed in &manifest.files {
        let Some(entry) = entries.next() else {
            return Err(BackupError::damaged(
                file,
                format!("{} is not in it", listed.path),
            ));
        };
        write_entry(entry.map_err(unreadable)?, listed, (file, to))?;
    }
    if entries.next().is_some() {
        return Err(BackupError::damaged(
            file,
            "it has more files than its list",
        ));
    }
    Ok((manifest, sealed + BLOCK as u64))
}

/// Gives how many bytes are under the seal.
fn check_seal(opened: &mut File, file: &Path) -> Result<u64, BackupError> {
    let foreign = || BackupError::Foreign(file.to_owned());
    let failed = |error| BackupError::io("read", file)(error);
    let bytes = opened.metadata().map_err(failed)?.len();
    let sealed = bytes.checked_sub(BLOCK as u64).ok_or_else(foreign)?;
    let mut hashing = Hashing::new(io::sink());
    let mut reader = BufReader::new(opened);
    io::copy(&mut (&mut reader).take(sealed), &mut hashing).map_err(failed)?;
    let mut seal = Vec::with_capacity(BLOCK);
    reader.read_to_end(&mut seal).map_err(failed)?;
    let mut wanted = format!("{SEAL}{}\n", hashing.digits()).into_bytes();
    wanted.resize(BLOCK, 0);
    if seal == wanted {
        return Ok(sealed);
    }
    if !seal.starts_with(SEAL.as_bytes()) {
        return Err(foreign());
    }
    Err(BackupError::damaged(
        file,
        "its content does not fit its seal",
    ))
}

fn read_manifest(
    entry: tar::Entry<'_, impl Read>,
    file: &Path,
) -> Result<BackupManifest, BackupError> {
    #[derive(serde::Deserialize)]
    struct Version {
        format: u32,
    }
    if entry.path_bytes().as_ref() != MANIFEST.as_bytes() {
        return Err(BackupError::Foreign(file.to_owned()));
    }
    let mut text = Vec::new();
    let mut entry = entry.take(MANIFEST_BYTES_MAX);
    entry
        .read_to_end(&mut text)
        .map_err(BackupError::io("read", file))?;
    let unreadable = |error: serde_json::Error| {
        BackupError::damaged(file, format!("its list cannot be read: {error}"))
    };
    let Version { format } = serde_json::from_slice(&text).map_err(unreadable)?;
    if format != FORMAT {
        let path = file.to_owned();
        return Err(BackupError::Newer {
            path,
            found: format,
        });
    }
    serde_json::from_slice(&text).map_err(unreadable)
}

fn write_entry(
    mut entry: tar::Entry<'_, impl Read>,
    listed: &BackupFile,
    (file, to): (&Path, &Path),
) -> Result<(), BackupError> {
    let differs = || BackupError::damaged(file, format!("{} is not as listed", listed.path));
    let is_file = entry.header().entry_type() == tar::EntryType::Regular;
    let is_next = entry.path_bytes().as_ref() == listed.path.as_bytes();
    if !is_file || !is_next || !is_inside(Path::new(&listed.path)) {
        return Err(differs());
    }
    let path = to.join(&listed.path);
    let failed = |error| BackupError::io("write", &path)(error);
    if let Some(folder) = path.parent() {
        create_folders(folder).map_err(failed)?;
    }
    let mut hashing = Hashing::new(create_private(&path).map_err(failed)?);
    io::copy(&mut entry, &mut hashing).map_err(failed)?;
    if hashing.bytes != listed.bytes || hashing.digits() != listed.sha256 {
        return Err(differs());
    }
    hashing.inner.sync_all().map_err(failed)
}

/// A path of names alone: nothing of it leads out of its folder.
fn is_inside(path: &Path) -> bool {
    let mut parts = path.components().peekable();
    parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_)))
}

/// Makes a folder for its owner only, and those above it.
pub(super) fn create_folders(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
}
