//! Calls ffmpeg and ffprobe: at low priority, in a process group of their own, within limits.
//!
//! Whoever drops the future kills the group: nothing keeps running for a job that was given up.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use rustix::process::{Pid, Signal};
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// What a program may say on its errors before the rest is thrown away.
const ERRORS_BYTES_MAX: usize = 64 * 1024;
/// What a program may answer.
const ANSWER_BYTES_MAX: u64 = 64 << 20;
/// What is told of errors.
const TOLD_BYTES_MAX: usize = 400;
/// The oldest major version that knows the filters we use.
const MAJOR_MIN: u32 = 5;
/// How long a program may take to tell its version.
const VERSION_PATIENCE: Duration = Duration::from_secs(10);

/// Where the programs are.
#[derive(Debug, Clone)]
pub struct Tools {
    ffmpeg: Arc<Path>,
    ffprobe: Arc<Path>,
    niceness: i32,
}

/// Why a program did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum ToolError {
    /// Not there, or too old.
    #[error("needs ffmpeg {MAJOR_MIN} or later with ffprobe: {0}")]
    Missing(String),
    /// It could not be run for a reason of the machine.
    #[error("cannot run {program}")]
    Run {
        /// Which one.
        program: &'static str,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// It took too long.
    #[error("gave up after {} seconds", .0.as_secs())]
    TooLong(Duration),
    /// It wrote too much.
    #[error("made more than {0} bytes, far beyond the bit rates of the channel")]
    TooLarge(u64),
    /// It ended with an error.
    #[error("{program}: {told}")]
    Failed {
        /// Which one.
        program: &'static str,
        /// The end of what it said.
        told: String,
    },
}

/// What a run may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct RunLimits<'a> {
    /// Time.
    pub(super) time: Duration,
    /// The folder it writes into, and how many bytes there may be in it.
    pub(super) folder: Option<(&'a Path, u64)>,
}

/// What a program said.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Its answer.
    pub(super) answer: String,
    /// The end of its errors.
    pub(super) errors: String,
}

impl Tools {
    /// The programs of this name or path; `ffprobe` is looked for beside a path.
    pub fn new(ffmpeg: &Path, niceness: i32) -> Self {
        let ffprobe = match ffmpeg.file_name() {
            Some(_name) if ffmpeg.components().count() > 1 => ffmpeg.with_file_name("ffprobe"),
            Some(_) | None => PathBuf::from("ffprobe"),
        };
        Self {
            ffmpeg: ffmpeg.into(),
            ffprobe: ffprobe.into(),
            niceness,
        }
    }

    /// Whether both programs are there and not too old.
    pub async fn check(&self) -> Result<(), ToolError> {
        let limits = RunLimits {
            time: VERSION_PATIENCE,
            folder: None,
        };
        let words = ["-hide_banner", "-version"].map(OsString::from);
        for program in [Program::Ffmpeg, Program::Ffprobe] {
            let said = self.run(program, &words, limits, |_line| ()).await?;
            if let Some(major) = major_version(&said.answer)
                && major < MAJOR_MIN
            {
                let message = format!("{} is version {major}", program.name());
                return Err(ToolError::Missing(message));
            }
        }
        Ok(())
    }

    /// Runs a program to its end; `line` hears each line of its answer as it comes.
    pub(super) async fn run(
        &self,
        program: Program,
        words: &[OsString],
        limits: RunLimits<'_>,
        line: impl FnMut(&str),
    ) -> Result<Said, ToolError> {
        let mut group = self.start(program, words)?;
        let running = group.finish(program, line);
        tokio::select! {
            said = running => said,
            () = tokio::time::sleep(limits.time) => Err(ToolError::TooLong(limits.time)),
            bytes = outgrow(limits.folder) => Err(ToolError::TooLarge(bytes)),
        }
    }

    fn start(&self, program: Program, words: &[OsString]) -> Result<Group, ToolError> {
        let path = match program {
            Program::Ffmpeg => &self.ffmpeg,
            Program::Ffprobe => &self.ffprobe,
        };
        let mut command = Command::new(path.as_os_str());
        command
            .args(words)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true);
        let child = command.spawn().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied => {
                ToolError::Missing(format!("cannot run {}: {error}", path.display()))
            }
            _ => ToolError::Run {
                program: program.name(),
                error,
            },
        })?;
        let group = Group::of(child);
        if let Some(leader) = group.leader {
            // A busy machine serves players first; a system that forbids it is no reason to stop.
            rustix::process::setpriority_process(Some(leader), self.niceness).ok();
        }
        Ok(group)
    }
}

/// Which program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Program {
    /// Encodes.
    Ffmpeg,
    /// Looks.
    Ffprobe,
}

impl Program {
    const fn name(self) -> &'static str {
        match self {
            Self::Ffmpeg => "ffmpeg",
            Self::Ffprobe => "ffprobe",
        }
    }
}

/// A process and all it started, killed together when dropped before its end.
#[derive(Debug)]
struct Group {
    child: Child,
    leader: Option<Pid>,
}

impl Group {
    fn of(child: Child) -> Self {
        let number = child.id().and_then(|id| i32::try_from(id).ok());
        Self {
            child,
            leader: number.and_then(Pid::from_raw),
        }
    }

    async fn finish(
        &mut self,
        program: Program,
        line: impl FnMut(&str),
    ) -> Result<Said, ToolError> {
        let failed = |error| ToolError::Run {
            program: program.name(),
            error,
        };
        let (answer, errors) = (self.child.stdout.take(), self.child.stderr.take());
        let (answer, errors) = tokio::join!(read_lines(answer, line), read_end(errors));
        let status = self.child.wait().await.map_err(failed)?;
        // It is gone: its number may soon be another's.
        self.leader = None;
        let said = Said {
            answer: answer.map_err(failed)?,
            errors: errors.map_err(failed)?,
        };
        if status.success() {
            return Ok(said);
        }
        Err(ToolError::Failed {
            program: program.name(),
            told: told(&said.errors, status),
        })
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(leader) = self.leader {
            // One that ended just now is as good.
            rustix::process::kill_process_group(leader, Signal::KILL).ok();
        }
    }
}

async fn read_lines(
    answer: Option<impl AsyncRead + Unpin>,
    mut line: impl FnMut(&str),
) -> io::Result<String> {
    let Some(answer) = answer else {
        return Ok(String::new());
    };
    let mut lines = BufReader::new(answer.take(ANSWER_BYTES_MAX)).lines();
    let mut text = String::new();
    while let Some(next) = lines.next_line().await? {
        line(&next);
        text.push_str(&next);
        text.push('\n');
    }
    Ok(text)
}

/// The last of the errors: what matters is said at the end.
async fn read_end(errors: Option<impl AsyncRead + Unpin>) -> io::Result<String> {
    let Some(mut errors) = errors else {
        return Ok(String::new());
    };
    let mut kept = Vec::new();
    let mut chunk = vec![0; 8 * 1024];
    loop {
        let read = errors.read(&mut chunk).await?;
        if read == 0 {
            break;
        }
        kept.extend_from_slice(&chunk[..read]);
        if kept.len() > 2 * ERRORS_BYTES_MAX {
            kept.drain(..kept.len() - ERRORS_BYTES_MAX);
        }
    }
    Ok(String::from_utf8_lossy(&kept).into_owned())
}

/// Returns once a folder holds more than it may; never without a limit.
async fn outgrow(folder: Option<(&Path, u64)>) -> u64 {
    const PERIOD: Duration = Duration::from_millis(500);
    let Some((folder, bytes_max)) = folder else {
        return std::future::pending().await;
    };
    loop {
        tokio::time::sleep(PERIOD).await;
        let folder = folder.to_owned();
        let sized = tokio::task::spawn_blocking(move || folder_bytes(&folder)).await;
        if sized.is_ok_and(|bytes| bytes > bytes_max) {
            return bytes_max;
        }
    }
}

/// Bytes of all files below a folder. What cannot be read counts nothing: it may be gone.
fn folder_bytes(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.map(|entry| match entry.metadata() {
        Ok(found) if found.is_dir() => folder_bytes(&entry.path()),
        Ok(found) => found.len(),
        Err(_gone) => 0,
    });
    sizes.sum()
}

/// The end of the errors in one line, without paths of ours.
fn told(errors: &str, status: std::process::ExitStatus) -> String {
    let lines: Vec<&str> = errors
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let last = lines
        .iter()
        .rev()
        .take(3)
        .rev()
        .copied()
        .collect::<Vec<_>>();
    if last.is_empty() {
        return status.to_string();
    }
    let mut text = last.join("; ");
    if text.len() > TOLD_BYTES_MAX {
        let from = text.len() - TOLD_BYTES_MAX;
        let from = (from..text.len()).find(|&at| text.is_char_boundary(at));
        text.drain(..from.unwrap_or(0));
    }
    text
}

/// `ffmpeg version 5.1.9-0+deb12u1 …`, `ffmpeg version n7.1 …`; builds from a branch have none.
fn major_version(answer: &str) -> Option<u32> {
    let version = answer.split_whitespace().nth(2)?;
    let digits = version.trim_start_matches('n');
    let end = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    digits
        .get(..end)?
        .parse()
        .ok()
        .filter(|&major| major < 1_000)
}
