//! The power is cut: of all files, only what was synced is left.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use adserve::host::Entropy;

use super::audit::audit;
use super::worker::{End, History, Launch};

const CUTS: usize = 25;
/// Syncs that the lying disk still obeys: those of the first start.
const HONEST_SYNCS: u32 = 12;

/// Compiles the shim that mirrors what is synced.
fn shim(folder: &Path) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/crash/powercut.c");
    let library = folder.join("powercut.so");
    let mut cc = Command::new("cc");
    cc.args(["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o"]);
    cc.arg(&library).arg(&source).args(["-ldl", "-lpthread"]);
    let built = cc.status();
    let built = built.unwrap_or_else(|error| panic!("cc: {error}; scripts/bootstrap installs it"));
    assert!(built.success(), "the shim does not compile");
    library
}

/// A machine whose disk keeps only what was synced.
struct Machine {
    folder: tempfile::TempDir,
    shim: PathBuf,
    cuts: usize,
}

impl Machine {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let shim = shim(folder.path());
        let machine = Self {
            folder,
            shim,
            cuts: 0,
        };
        fs::create_dir(machine.disk()).unwrap();
        machine
    }

    /// What the running process sees.
    fn disk(&self) -> PathBuf {
        self.folder.path().join(format!("disk{}", self.cuts))
    }

    /// What a cut leaves: the disk that the next process sees.
    fn synced(&self) -> PathBuf {
        self.folder.path().join(format!("disk{}", self.cuts + 1))
    }

    fn count(&self) -> PathBuf {
        self.folder.path().join(format!("syncs{}", self.cuts))
    }

    /// Runs until so many events are acknowledged, then cuts the power. Answers the syncs.
    fn run(&mut self, acks: u64, lie: Option<u32>, history: &mut History) -> u64 {
        // At the start, what is on the disk is what was synced before.
        fs::create_dir(self.synced()).unwrap();
        for entry in fs::read_dir(self.disk()).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), self.synced().join(entry.file_name())).unwrap();
        }
        let disk = self.disk();
        let mut launch = Launch::new(&disk, End::KillAfter(acks));
        launch.environment = vec![
            ("LD_PRELOAD", self.shim.clone()),
            ("POWERCUT_ROOT", disk.clone()),
            ("POWERCUT_MIRROR", self.synced()),
            ("POWERCUT_COUNT", self.count()),
        ];
        if let Some(syncs) = lie {
            launch
                .environment
                .push(("POWERCUT_LIE_AFTER", syncs.to_string().into()));
        }
        let run = launch.run(history);
        assert!(run.was_killed(), "{run:?}");
        let syncs = fs::metadata(self.count()).map_or(0, |count| count.len());
        self.cuts += 1;
        syncs
    }
}

#[test]
fn slow_what_was_acknowledged_survives_power_cuts() {
    let mut machine = Machine::new();
    let mut history = History::default();
    let entropy = Entropy::real();
    for _ in 0..CUTS {
        let syncs = machine.run(1 + entropy.roll() % 1_500, None, &mut history);
        assert!(syncs > 0, "the shim saw no sync: it tests nothing");
        let left: Vec<_> = fs::read_dir(machine.disk()).unwrap().collect();
        assert!(left.iter().all(|entry| {
            let name = entry.as_ref().unwrap().file_name();
            name == "ledger.db" || name == "ledger.db-wal"
        }));
        // On a copy: the audit itself must not help the next run.
        let copy = tempfile::tempdir().unwrap();
        for entry in left {
            let entry = entry.unwrap();
            fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
        }
        assert_eq!(audit(copy.path(), &history).lost, []);
    }
    eprintln!(
        "{CUTS} power cuts: {} acknowledged, 0 lost",
        history.acked.len()
    );
}

#[test]
fn slow_a_disk_that_lies_about_syncs_is_found_out() {
    // The control of the test above: were acknowledgements not to wait for the sync, it would see.
    let mut machine = Machine::new();
    let mut history = History::default();
    let syncs = machine.run(1_000, Some(HONEST_SYNCS), &mut history);
    assert!(
        syncs > u64::from(HONEST_SYNCS),
        "the disk had no chance to lie"
    );
    let lost = audit(&machine.disk(), &history).lost;
    assert!(
        !lost.is_empty(),
        "nothing was lost on a disk that lies: the cut is not real"
    );
}
