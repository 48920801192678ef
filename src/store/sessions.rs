//! The log of sessions: what a restart must know to go on where players are.
//!
//! One JSON text a line, written before the answer that depends on it leaves, by one thread that
//! takes everything that waits in one call. A kill forgets nothing that was answered; a power cut
//! at most the last second. Now and then a new file begins with what still lives, and the ones
//! before it are deleted.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::marker::PhantomData;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::{mpsc, oneshot};

use crate::host::Clock;

/// Entries that may wait to be written.
const QUEUE_MAX: usize = 16_384;
/// Longest line that is read again; a longer one was never written.
const LINE_BYTES_MAX: usize = 64 * 1024;
/// Bytes after which a new file begins.
const FILE_BYTES_MAX: u64 = 32 << 20;
/// How often what was written is synced.
const SYNC_EVERY: Duration = Duration::from_secs(1);

const SUFFIX: &str = "sessions";

/// It is not kept, so nothing may depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the log of sessions cannot be written now")]
pub struct NotKept;

/// Everything that still lives, as entries that say it anew.
pub type Living<E> = Arc<dyn Fn() -> Vec<E> + Send + Sync>;

/// Where sessions are kept. Cheap to clone.
#[derive(Debug)]
pub struct SessionLog<E> {
    queue: mpsc::Sender<Waiting>,
    entries: PhantomData<fn(E)>,
}

impl<E> Clone for SessionLog<E> {
    fn clone(&self) -> Self {
        Self {
            queue: self.queue.clone(),
            entries: PhantomData,
        }
    }
}

/// The thread that writes it. Ends when the last [`SessionLog`] is dropped.
#[derive(Debug)]
pub struct SessionWriter(JoinHandle<()>);

impl SessionWriter {
    /// Waits until everything is written and synced. Blocks.
    pub fn join(self) {
        // A panic was reported where it happened.
        self.0.join().ok();
    }
}

#[derive(Debug)]
struct Waiting {
    line: Vec<u8>,
    kept: oneshot::Sender<Result<(), NotKept>>,
}

/// What a start found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recovered {
    /// Entries that were heard.
    pub entries: u64,
    /// Lines that are no entry: cut off by a crash, or of another version.
    pub unreadable: u64,
}

impl<E: Serialize + DeserializeOwned + Send + 'static> SessionLog<E> {
    /// Tells `visit` what an earlier process kept in `folder`, which is made if it is not there.
    pub fn recover(folder: &Path, visit: &mut dyn FnMut(E)) -> io::Result<Recovered> {
        fs::create_dir_all(folder)?;
        let mut recovered = Recovered::default();
        for path in files(folder)? {
            let mut reader = BufReader::new(File::open(path)?);
            let mut line = Vec::new();
            while reader.read_until(b'\n', &mut line)? > 0 {
                let entry = line.strip_suffix(b"\n");
                let entry = entry.filter(|text| text.len() <= LINE_BYTES_MAX);
                match entry.and_then(|text| serde_json::from_slice(text).ok()) {
                    Some(entry) => {
                        recovered.entries += 1;
                        visit(entry);
                    }
                    None => recovered.unreadable += 1,
                }
                line.clear();
            }
        }
        Ok(recovered)
    }

    /// Begins a file with what `living` says and deletes those of earlier processes.
    pub fn start(
        folder: &Path,
        living: Living<E>,
        clock: Clock,
    ) -> io::Result<(Self, SessionWriter)> {
        let mut writer = Writer {
            folder: folder.to_owned(),
            living,
            clock,
            open: None,
            unsynced_since: None,
        };
        writer.rotate()?;
        let (queue, waiting) = mpsc::channel(QUEUE_MAX);
        let thread = std::thread::Builder::new().name("sessions".to_owned());
        let thread = thread.spawn(move || writer.run(waiting))?;
        let log = Self {
            queue,
            entries: PhantomData,
        };
        Ok((log, SessionWriter(thread)))
    }

    /// Writes an entry, and answers when a kill forgets it no more.
    pub async fn keep(&self, entry: &E) -> Result<(), NotKept> {
        let line = line_of(entry).ok_or(NotKept)?;
        let (kept, answer) = oneshot::channel();
        let waiting = Waiting { line, kept };
        self.queue.try_send(waiting).map_err(|_full| NotKept)?;
        answer.await.unwrap_or(Err(NotKept))
    }
}

fn line_of<E: Serialize>(entry: &E) -> Option<Vec<u8>> {
    let mut line = serde_json::to_vec(entry).ok()?;
    if line.len() > LINE_BYTES_MAX {
        return None;
    }
    line.push(b'\n');
    Some(line)
}

/// The files of the log, oldest first.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut numbers = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_ours = path.extension().is_some_and(|suffix| suffix == SUFFIX);
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        let number = stem.and_then(|stem| stem.parse::<u64>().ok());
        numbers.extend(number.filter(|_number| is_ours));
    }
    numbers.sort_unstable();
    let paths = numbers.into_iter();
    Ok(paths.map(|number| path_of(folder, number)).collect())
}

fn path_of(folder: &Path, number: u64) -> PathBuf {
    folder.join(format!("{number:012}.{SUFFIX}"))
}

struct Writer<E> {
    folder: PathBuf,
    living: Living<E>,
    clock: Clock,
    open: Option<Open>,
    unsynced_since: Option<Instant>,
}

struct Open {
    file: File,
    bytes: u64,
}

impl<E: Serialize> Writer<E> {
    fn run(mut self, mut waiting: mpsc::Receiver<Waiting>) {
        let mut batch = Vec::new();
        while let Some(first) = waiting.blocking_recv() {
            batch.push(first);
            while let Ok(next) = waiting.try_recv() {
                batch.push(next);
            }
            let written = self.write(&batch);
            if let Err(error) = &written {
                tracing::error!(%error, "sessions cannot be kept");
            }
            for Waiting { kept, .. } in batch.drain(..) {
                let answer = written.as_ref().map(drop).map_err(|_told| NotKept);
                // Who hung up wants no answer.
                kept.send(answer).ok();
            }
            self.tidy();
        }
        self.sync();
    }

    fn write(&mut self, batch: &[Waiting]) -> io::Result<()> {
        if self.open.is_none() {
            self.rotate()?;
        }
        let open = self.open.as_mut().ok_or(io::ErrorKind::NotFound)?;
        let lines: Vec<u8> = batch
            .iter()
            .flat_map(|waiting| waiting.line.iter().copied())
            .collect();
        if let Err(error) = open.file.write_all(&lines) {
            // Half a line may stand there: what comes goes into a new file.
            self.open = None;
            return Err(error);
        }
        open.bytes += lines.len() as u64;
        let now = self.clock.monotonic();
        self.unsynced_since.get_or_insert(now);
        Ok(())
    }

    fn tidy(&mut self) {
        let is_full = self
            .open
            .as_ref()
            .is_some_and(|open| open.bytes > FILE_BYTES_MAX);
        if is_full && let Err(error) = self.rotate() {
            tracing::warn!(%error, "the log of sessions grows on: no new file can be begun");
        }
        let now = self.clock.monotonic();
        let is_due = |since: Instant| now.saturating_duration_since(since) >= SYNC_EVERY;
        if self.unsynced_since.is_some_and(is_due) {
            self.sync();
        }
    }

    fn sync(&mut self) {
        if let Some(open) = &self.open
            && let Err(error) = open.file.sync_data()
        {
            tracing::warn!(%error, "the log of sessions cannot be synced");
        }
        self.unsynced_since = None;
    }

    /// Begins a file with everything that lives; once that is synced, the ones before it go.
    fn rotate(&mut self) -> io::Result<()> {
        let before = files(&self.folder)?;
        let last = before.last().and_then(|path| path.file_stem()?.to_str());
        let last: u64 = last.and_then(|stem| stem.parse().ok()).unwrap_or(0);
        let path = path_of(&self.folder, last + 1);
        let mut file = OpenOptions::new()
            .append(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)?;
        let lines: Vec<u8> = (self.living)()
            .iter()
            .filter_map(line_of)
            .flatten()
            .collect();
        let begun = file.write_all(&lines).and_then(|()| file.sync_data());
        if let Err(error) = begun {
            fs::remove_file(&path).ok();
            return Err(error);
        }
        self.open = Some(Open {
            file,
            bytes: lines.len() as u64,
        });
        for path in before {
            // It is read again at the next start, which does no harm: the new one is read after it.
            fs::remove_file(path).ok();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    type Log = SessionLog<(u32, String)>;

    fn read(folder: &Path) -> (Vec<u32>, Recovered) {
        let mut seen = Vec::new();
        let found = Log::recover(folder, &mut |(number, _text)| seen.push(number));
        (seen, found.expect("the log is readable"))
    }

    fn nothing_lives() -> Living<(u32, String)> {
        Arc::new(Vec::new)
    }

    #[tokio::test]
    async fn what_was_answered_is_there_after_a_restart() {
        let folder = tempfile::tempdir().expect("a folder");
        let (log, writer) =
            Log::start(folder.path(), nothing_lives(), Clock::real()).expect("a log");
        for number in 0..100 {
            log.keep(&(number, "x".to_owned())).await.expect("kept");
        }
        // A copy made now is what a kill would leave: nothing was closed or synced.
        let killed = tempfile::tempdir().expect("a folder");
        for path in files(folder.path()).expect("files") {
            let name = path.file_name().expect("a name");
            fs::copy(&path, killed.path().join(name)).expect("a copy");
        }
        assert_eq!(read(killed.path()).0, (0..100).collect::<Vec<_>>());
        drop(log);
        tokio::task::spawn_blocking(|| writer.join())
            .await
            .expect("ended");
        assert_eq!(read(folder.path()).0, (0..100).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn a_line_that_was_cut_off_is_passed_over_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(
            path_of(folder.path(), 7),
            b"[1,\"a\"]\nnonsense\n[2,\"b\"]\n[3,\"c",
        )
        .expect("a file");
        let (seen, found) = read(folder.path());
        assert_eq!(seen, [1, 2]);
        assert_eq!(
            found,
            Recovered {
                entries: 2,
                unreadable: 2
            }
        );
    }

    #[tokio::test]
    async fn a_start_keeps_what_lives_and_drops_the_files_before() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(path_of(folder.path(), 7), b"[1,\"a\"]\n[2,\"b\"]\n").expect("a file");
        let living = Arc::new(Mutex::new(vec![(2, "b".to_owned())]));
        let told = Arc::clone(&living);
        let tell: Living<(u32, String)> = Arc::new(move || told.lock().expect("whole").clone());
        let (log, writer) = Log::start(folder.path(), tell, Clock::real()).expect("a log");
        log.keep(&(3, "c".to_owned())).await.expect("kept");
        drop(log);
        tokio::task::spawn_blocking(|| writer.join())
            .await
            .expect("ended");
        assert_eq!(read(folder.path()).0, [2, 3]);
        assert_eq!(files(folder.path()).expect("files").len(), 1);
    }

    #[tokio::test]
    async fn an_entry_that_could_not_be_read_again_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let (log, _writer) =
            Log::start(folder.path(), nothing_lives(), Clock::real()).expect("a log");
        let endless = (1, "x".repeat(LINE_BYTES_MAX));
        assert_eq!(log.keep(&endless).await, Err(NotKept));
    }
}
