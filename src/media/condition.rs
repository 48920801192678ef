//! One job: from a file to a verified set of renditions in a scratch folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;
use tokio::sync::Semaphore;

use super::command::{self, Footage};
use super::job::Job;
use super::learn::SeenSegment;
use super::look;
use super::plan::{Plan, PlanError};
use super::tool::{Program, RunLimits, ToolError, Tools};
use super::verify::Fault;
use crate::model::{RenditionPiece, RenditionSet, SourceHash, StreamProfile};

/// How long looking into a segment may take.
const LOOK_PATIENCE: Duration = Duration::from_secs(20);

/// What jobs may take of the machine.
#[derive(Debug, Clone, Copy)]
pub struct ConditioningLimits {
    /// Jobs at one time.
    pub jobs: usize,
    /// How long one program of a job may run.
    pub time: Duration,
    /// Threads of each encoder.
    pub threads: u8,
}

/// Makes renditions. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Conditioner {
    tools: Tools,
    scratch: Arc<Path>,
    limits: ConditioningLimits,
    slots: Arc<Semaphore>,
}

/// What a set is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// All of a creative, in segments.
    Whole,
    /// A slate: pieces to choose from, each from the beginning.
    Pieces,
}

/// What is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// What it is made of.
    pub footage: &'a Footage,
    /// The name of that.
    pub source: SourceHash,
    /// What it must fit.
    pub profile: &'a StreamProfile,
    /// A creative or a slate.
    pub shape: Shape,
}

/// What was made. Its files go with it.
#[derive(Debug)]
pub struct Made {
    /// The set.
    pub set: RenditionSet,
    /// Its files.
    pub files: Vec<MadeFile>,
    _scratch: TempDir,
}

/// One file that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeFile {
    /// Of which track.
    pub track: u16,
    /// Which file of it.
    pub piece: RenditionPiece,
    /// Where it is, until the set is dropped.
    pub path: PathBuf,
}

/// Why nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum ConditionError {
    /// A program.
    #[error(transparent)]
    Tool(#[from] ToolError),
    /// The file or the profile.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// What came out.
    #[error("what was made is refused: {0}")]
    Fault(#[from] Fault),
    /// The scratch folder.
    #[error("the scratch folder cannot be used: {0}")]
    Scratch(#[from] io::Error),
    /// What came out is nothing we know.
    #[error("what was made is unreadable: {0}")]
    Unreadable(&'static str),
}

impl ConditionError {
    /// Whether another try with the same file and profile is of no use.
    pub const fn is_lasting(&self) -> bool {
        match self {
            Self::Plan(_) | Self::Fault(_) | Self::Unreadable(_) => true,
            Self::Tool(error) => matches!(
                error,
                ToolError::Failed { .. } | ToolError::TooLarge(_) | ToolError::TooLong(_)
            ),
            Self::Scratch(_) => false,
        }
    }
}

/// Hears how far a job is, in percent.
pub type Progress<'a> = &'a (dyn Fn(u8) + Send + Sync);

impl Conditioner {
    /// Works in a folder of its own, from which what earlier processes left is removed.
    pub fn new(tools: Tools, scratch: &Path, limits: ConditioningLimits) -> io::Result<Self> {
        for entry in fs::read_dir(scratch)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                fs::remove_dir_all(entry.path())?;
            } else {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(Self {
            tools,
            scratch: scratch.into(),
            limits,
            slots: Arc::new(Semaphore::new(limits.jobs.max(1))),
        })
    }

    /// Whether it can work at all: the message says what is missing.
    pub async fn check(&self) -> Result<(), ToolError> {
        self.tools.check().await
    }

    /// A folder that a file may be fetched into for a job; it goes when dropped.
    pub fn folder(&self) -> io::Result<TempDir> {
        TempDir::with_prefix_in("fetch-", &self.scratch)
    }

    /// Looks into a segment of a channel: its initialization section and its bytes, one behind
    /// the other.
    pub async fn look(&self, segment: &Path) -> Result<SeenSegment, ConditionError> {
        let words = command::look(segment);
        let limits = RunLimits {
            time: LOOK_PATIENCE,
            folder: None,
        };
        let said = self.tools.run(Program::Ffprobe, &words, limits, |_line| ());
        look::parse(&said.await?.answer).ok_or(ConditionError::Unreadable("a segment"))
    }

    /// Makes a set. Dropping the future ends everything that was started for it.
    pub async fn condition(
        &self,
        order: Order<'_>,
        progress: Progress<'_>,
    ) -> Result<Made, ConditionError> {
        let plans = match (order.shape, order.footage) {
            (Shape::Whole, Footage::File { duration, .. }) => {
                vec![Plan::whole(order.profile, *duration)?]
            }
            (Shape::Whole, Footage::Blank) => {
                return Err(PlanError::Profile("nothing is not a creative").into());
            }
            (Shape::Pieces, _) => Plan::pieces(order.profile)?,
        };
        let _slot = self.slots.acquire().await.map_err(io::Error::other)?;
        self.check().await?;
        let scratch = TempDir::with_prefix_in("job-", &self.scratch)?;
        let job = Job {
            tools: &self.tools,
            limits: self.limits,
            order,
            progress,
            folder: scratch.path(),
        };
        let (set, files) = job.run(&plans).await?;
        progress(100);
        Ok(Made {
            set,
            files,
            _scratch: scratch,
        })
    }
}
