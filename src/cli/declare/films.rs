//! Films of creatives: known by their content, and sent to the daemon before what names them.

use std::collections::HashMap;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::api::Media;
use crate::cli::failure::Failure;
use crate::cli::progress::Meter;
use crate::cli::session::Session;
use crate::client::{Call, Client, Upload};

/// Bytes of a film that are in memory at a time.
const CHUNK_BYTES: usize = 256 * 1024;
/// Most files of a folder of films.
const FILMS_MAX: usize = 100_000;

/// Content hashes of files, each read once.
#[derive(Debug, Default)]
pub(super) struct Films(HashMap<PathBuf, String>);

impl Films {
    /// The content hash of a file, in hexadecimal digits.
    pub(super) fn hash(&mut self, path: &Path) -> io::Result<String> {
        if let Some(known) = self.0.get(path) {
            return Ok(known.clone());
        }
        let mut file = std::fs::File::open(path)?;
        let mut hash = Sha256::new();
        let mut chunk = vec![0; CHUNK_BYTES];
        loop {
            match file.read(&mut chunk)? {
                0 => break,
                count => hash.update(chunk.get(..count).unwrap_or_default()),
            }
        }
        let hash = hex(&hash.finalize());
        self.0.insert(path.to_owned(), hash.clone());
        Ok(hash)
    }

    /// The files of a folder by their content.
    pub(super) fn folder(&mut self, folder: &Path) -> Result<HashMap<String, PathBuf>, Failure> {
        let failed = |error: io::Error| Failure::file("read", folder, &error);
        let mut films = HashMap::new();
        for entry in std::fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if !path.is_file() {
                continue;
            }
            if films.len() >= FILMS_MAX {
                let message = format!("{} has more than {FILMS_MAX} files", folder.display());
                return Err(Failure::usage(message));
            }
            let hash = self.hash(&path);
            let hash = hash.map_err(|error| Failure::file("read", &path, &error))?;
            films.insert(hash, path);
        }
        Ok(films)
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}

/// Sends a film, with its progress on standard error.
pub(super) async fn send(
    session: &mut Session,
    client: &Client,
    film: &Path,
) -> Result<(), Failure> {
    let facts = std::fs::metadata(film);
    let facts = facts.map_err(|error| Failure::file("read", film, &error))?;
    let meter = Meter::start(session, &film.display().to_string(), Some(facts.len()));
    let upload = Upload::file(film, meter.callback());
    let sent = client
        .upload::<Media>(Call::post("/api/v1/media"), upload)
        .await;
    let summary = meter.finish(session.clock());
    sent.map_err(|error| {
        let failure = Failure::from(error);
        Failure {
            message: format!("{}: {}", film.display(), failure.message),
            ..failure
        }
    })?;
    session.out.note(&summary);
    Ok(())
}
