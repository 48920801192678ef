//! Everything that is written down about what was decided and seen, opened in the order in which
//! it depends, and what it says put back.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustix::fs::{Access, access};

use super::config::Config;
use super::exit::{Exit, Failure};
use crate::delivery::{
    Keeper, Kept, Placement, Recorder, RecorderSettings, Tracer, Upkeep, restore,
};
use crate::host::Clock;
use crate::ledger::Book;
use crate::limits::Embedded;
use crate::store::DataDir;
use crate::store::decisions::{DecisionLog, Snapshots, TraceLog, TraceSettings, is_in_memory};

/// Bytes of all decisions that are kept whole; beyond, the oldest go before their time.
const TRACE_BYTES_MAX: u64 = 1 << 30;

/// What is written down, and what follows from it.
#[derive(Debug)]
pub(super) struct Records {
    /// Budgets in motion.
    pub(super) limits: Arc<Embedded>,
    /// What was handed out.
    pub(super) log: DecisionLog,
    /// Decisions that were kept whole.
    pub(super) traces: Arc<TraceLog>,
    /// Syncs and tidies it.
    pub(super) keeper: Keeper,
    /// What was seen.
    pub(super) recorder: Recorder,
    /// Hands ads out, and writes down that it does.
    pub(super) placement: Placement,
}

impl Records {
    /// Opens it, and puts what it says back into memory. Blocks.
    pub(super) fn open(config: &Config, data: &DataDir, clock: &Clock) -> Result<Self, Failure> {
        let limits = Arc::new(Embedded::default());
        let folder = data.decisions();
        let snapshots = Snapshots::open(&folder).map_err(refused)?;
        let memory = memory_dir(config, &folder);
        let log = DecisionLog::open(&folder, &memory, snapshots.latest()).map_err(refused)?;
        match in_memory(&memory) {
            Ok(()) => {
                tracing::info!(memory = %log.memory().display(), "what is handed out stands in memory first");
            }
            Err(why) => tracing::warn!("{why}"),
        }
        let restore = |book: &Book| {
            let kept = Kept {
                log: &log,
                snapshots: &snapshots,
                book,
            };
            let restored = restore(&kept, &limits, clock.now())?;
            tracing::info!(?restored, "what was handed out before is held again");
            Ok(())
        };
        let recorder = Recorder::start_restoring(
            &data.ledger_db(),
            RecorderSettings::default(),
            Arc::clone(&limits),
            clock.clone(),
            restore,
        );
        let recorder = recorder.map_err(|error| Failure::new(Exit::Unavailable, error))?;
        let settings = TraceSettings {
            keep: config.decisions.trace_life,
            bytes_max: TRACE_BYTES_MAX,
        };
        let folder = data.traces().map_err(refused)?;
        let traces = Arc::new(TraceLog::open(&folder, settings).map_err(refused)?);
        let upkeep = Upkeep {
            log: log.clone(),
            traces: Arc::clone(&traces),
            limits: Arc::clone(&limits),
            snapshots,
        };
        let keeper = Keeper::start(upkeep, clock.clone()).map_err(refused)?;
        let placement = Placement::new(
            Arc::clone(&limits),
            Arc::clone(&recorder.ids),
            Arc::clone(&recorder.tally),
            log.clone(),
            Tracer::new(Arc::clone(&traces), config.decisions.trace_every),
        )
        .telling(recorder.pulse.clone());
        Ok(Self {
            limits,
            log,
            traces,
            keeper,
            recorder,
            placement,
        })
    }
}

/// Where what is handed out stands until the disk has it: where the configuration says, or in the
/// memory of the system, or else in `folder`.
pub(super) fn memory_dir(config: &Config, folder: &Path) -> PathBuf {
    const OF_SYSTEM: &str = "/dev/shm";
    match &config.decisions.memory_dir {
        Some(named) => named.clone(),
        None if in_memory(Path::new(OF_SYSTEM)).is_ok() => PathBuf::from(OF_SYSTEM),
        None => folder.to_owned(),
    }
}

/// Whether nobody waits for a disk who writes there; else what follows.
pub(super) fn in_memory(folder: &Path) -> Result<(), String> {
    let can_write = || access(folder, Access::WRITE_OK | Access::EXEC_OK).is_ok();
    if is_in_memory(folder) && can_write() {
        return Ok(());
    }
    Err(format!(
        "{}: is not in memory; whoever asks for an ad may wait for the disk (decisions.memory_dir)",
        folder.display()
    ))
}

fn refused(error: io::Error) -> Failure {
    Failure::system("cannot open the log of decisions", error)
}
