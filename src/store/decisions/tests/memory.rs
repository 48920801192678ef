//! The private folder in memory: what a kill leaves there, and whose it is.

use std::fs::{File, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::time::Duration;

use super::*;

/// Folders of a log and of memory.
struct Places {
    log: tempfile::TempDir,
    memory: tempfile::TempDir,
}

impl Places {
    fn new() -> Self {
        let [log, memory] = [(); 2].map(|()| match Path::new("/dev/shm") {
            memory if is_in_memory(memory) => tempfile::tempdir_in(memory).unwrap(),
            _ => tempfile::tempdir().unwrap(),
        });
        Self { log, memory }
    }

    /// A process that takes over what the one before left, as after a kill.
    fn open(&self) -> DecisionLog {
        DecisionLog::open(self.log.path(), self.memory.path(), 0).unwrap()
    }

    /// What is in memory.
    fn folders(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.memory.path()).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    }
}

const fn no_paths() -> Vec<PathBuf> {
    Vec::new()
}

fn read(log: &DecisionLog) -> (Vec<u64>, Replayed) {
    let mut records = Vec::new();
    let replayed = log.replay(&mut |logged| records.push(logged)).unwrap();
    records.sort_by_key(|logged| logged.sequence);
    (records.iter().map(ad_of).collect(), replayed)
}

#[test]
fn a_kill_at_any_moment_between_memory_and_disk_leaves_every_record_once() {
    // A kill may come before the copy, after it, and after parts were let go of in memory.
    let places = Places::new();
    let log = places.open();
    log.reserved(&handout(1)).unwrap();
    log.reserved(&capped(2)).unwrap();
    let left = parts(&log);
    let bytes = fs::read(&left[0]).unwrap();
    log.sync();
    assert_eq!(
        parts(&log),
        no_paths(),
        "what the disk has is not in memory"
    );
    log.reserved(&handout(3)).unwrap();
    // As if it had been killed between the sync and the deletion.
    fs::write(&left[0], bytes).unwrap();
    let after = places.open();
    let (ads, replayed) = read(&after);
    assert_eq!(ads, [1, 2, 3]);
    assert_eq!(
        (replayed.records, replayed.from_memory, replayed.torn),
        (3, 1, 0)
    );
    assert_eq!(parts(&after).len(), 0);
    // Killed again before anything was written.
    assert_eq!(read(&places.open()).0, [1, 2, 3]);
}

#[test]
fn without_what_memory_holds_a_kill_forgets() {
    // The control of the test above.
    let places = Places::new();
    let log = places.open();
    log.reserved(&handout(1)).unwrap();
    log.sync();
    log.reserved(&handout(2)).unwrap();
    fs::remove_dir_all(log.memory()).unwrap();
    assert_eq!(read(&places.open()).0, [1]);
}

#[test]
fn a_part_cut_at_any_byte_is_read_up_to_its_last_whole_record() {
    let places = Places::new();
    let log = places.open();
    for handout in [handout(1), capped(2), handout(3)] {
        log.reserved(&handout).unwrap();
    }
    let part = parts(&log).remove(0);
    let whole = fs::read(&part).unwrap();
    let ends = [8 + 76, 8 + 76 + 102, 8 + 76 + 102 + 76];
    assert_eq!(whole.len(), ends[2]);
    for cut in 0..=whole.len() {
        let log = places.open();
        for segment in list(places.log.path()).unwrap() {
            fs::remove_file(path_of(places.log.path(), segment)).unwrap();
        }
        let part = log.memory().join(part.file_name().unwrap());
        fs::write(&part, &whole[..cut]).unwrap();
        let (ads, _) = read(&places.open());
        let expected = ends.iter().filter(|&&end| end <= cut).count();
        assert_eq!(ads.len(), expected, "cut at {cut}");
    }
}

#[test]
fn a_segment_cut_by_a_kill_is_made_whole_from_memory() {
    let places = Places::new();
    let log = places.open();
    for ad in 1..=3 {
        log.reserved(&handout(ad)).unwrap();
    }
    let part = parts(&log).remove(0);
    let bytes = fs::read(&part).unwrap();
    log.sync();
    let segment = path_of(places.log.path(), 1);
    let whole = fs::read(&segment).unwrap();
    for cut in 0..=whole.len() {
        fs::write(&segment, &whole[..cut]).unwrap();
        let log = places.open();
        fs::write(log.memory().join(part.file_name().unwrap()), &bytes).unwrap();
        let after = places.open();
        assert_eq!(read(&after).0, [1, 2, 3], "cut at {cut}");
        assert_eq!(fs::read(&segment).unwrap(), whole);
    }
}

#[test]
fn records_from_memory_stand_below_the_number_that_a_snapshot_counts_from() {
    let places = Places::new();
    let log = places.open();
    log.reserved(&capped(1)).unwrap();
    let from = log.rotate();
    log.reserved(&capped(2)).unwrap();
    let mut found = Vec::new();
    let after = places.open();
    after
        .replay(&mut |logged| found.push((ad_of(&logged), logged.segment >= from)))
        .unwrap();
    assert_eq!(found, [(1, false), (2, true)]);
}

#[test]
fn what_waits_for_the_disk_is_bounded() {
    let places = Places::new();
    let log = places.open();
    let large = Handout {
        caps: vec![0; 1 << 20],
        ..handout(1)
    };
    let fit = (0..100)
        .take_while(|_| log.reserved(&large).is_ok())
        .count();
    assert_eq!(fit, 63, "64 MiB with the frames around");
    assert!(!log.is_open());
    log.reserved(&handout(2)).expect("a small one fits yet");
    log.sync();
    log.reserved(&large).unwrap();
    assert!(log.is_open());
}

#[test]
fn the_folder_is_for_its_owner_keeps_its_name_and_goes_with_an_orderly_end() {
    let places = Places::new();
    let log = places.open();
    let found = fs::metadata(log.memory()).unwrap();
    assert_eq!(found.mode() & 0o777, 0o700);
    log.reserved(&handout(1)).unwrap();
    let mode = fs::metadata(&parts(&log)[0]).unwrap().mode();
    assert_eq!(mode & 0o777, 0o600);
    let name = log.memory().to_owned();
    log.close();
    assert_eq!(places.folders(), no_paths());
    let again = places.open();
    assert_eq!(again.memory(), name);
    assert_eq!(read(&again).0, [1]);
}

#[test]
fn a_name_that_somebody_else_took_is_neither_read_nor_used() {
    let places = Places::new();
    let log = places.open();
    log.reserved(&handout(1)).unwrap();
    let name = log.memory().to_owned();
    let elsewhere = tempfile::tempdir_in(places.memory.path()).unwrap().keep();
    for (path, target) in fs::read_dir(&name).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        let target = elsewhere.join(path.file_name().unwrap());
        (path, target)
    }) {
        fs::rename(path, target).unwrap();
    }
    fs::remove_dir(&name).unwrap();
    let kept = fs::read_dir(&elsewhere).unwrap().count();
    let open_to_all = |name: &Path| {
        fs::create_dir(name).unwrap();
        fs::set_permissions(name, Permissions::from_mode(0o777)).unwrap();
    };
    let link = |name: &Path| std::os::unix::fs::symlink(&elsewhere, name).unwrap();
    for squat in [&open_to_all as &dyn Fn(&Path), &link] {
        squat(&name);
        let log = places.open();
        assert_ne!(log.memory(), name);
        assert_eq!(read(&log).0, [0_u64; 0]);
        assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), kept);
        log.close();
        let removed = fs::remove_dir(&name).or_else(|_link| fs::remove_file(&name));
        removed.unwrap();
        // What the log names now is another one; let it be the same again.
        fs::remove_file(places.log.path().join("memory")).unwrap();
        let mark = fs::metadata(places.log.path()).unwrap();
        let text = format!("{}:{}\n{}", mark.dev(), mark.ino(), name.display());
        fs::write(places.log.path().join("memory"), text).unwrap();
    }
}

#[test]
fn a_place_where_others_can_rename_is_refused() {
    let places = Places::new();
    fs::set_permissions(places.memory.path(), Permissions::from_mode(0o777)).unwrap();
    let open = || DecisionLog::open(places.log.path(), places.memory.path(), 0);
    let refused = open().unwrap_err();
    assert_eq!(refused.kind(), std::io::ErrorKind::PermissionDenied);
    fs::set_permissions(places.memory.path(), Permissions::from_mode(0o1777)).unwrap();
    open().unwrap();
}

#[test]
fn a_copy_of_a_log_has_a_folder_of_its_own() {
    let places = Places::new();
    let log = places.open();
    log.reserved(&handout(1)).unwrap();
    let copy = tempfile::tempdir().unwrap();
    fs::copy(places.log.path().join("memory"), copy.path().join("memory")).unwrap();
    let copied = DecisionLog::open(copy.path(), places.memory.path(), 0).unwrap();
    assert_ne!(copied.memory(), log.memory());
    assert_eq!(read(&copied).0, [0_u64; 0]);
    assert_eq!(read(&places.open()).0, [1]);
}

#[test]
fn what_was_left_elsewhere_is_found_after_the_place_was_changed() {
    let places = Places::new();
    let log = places.open();
    log.reserved(&handout(1)).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let moved = DecisionLog::open(places.log.path(), elsewhere.path(), 0).unwrap();
    assert_eq!(read(&moved).0, [1]);
    assert_eq!(places.folders(), no_paths());
    assert_eq!(moved.memory().parent(), Some(elsewhere.path()));
}

#[test]
fn a_folder_whose_log_is_gone_is_deleted_after_a_day_and_no_other() {
    let places = Places::new();
    let log = places.open();
    let gone = tempfile::tempdir().unwrap();
    let stale = DecisionLog::open(gone.path(), places.memory.path(), 0).unwrap();
    drop(gone);
    let strange = places.memory.path().join("adserved-strange");
    fs::create_dir(&strange).unwrap();
    fs::set_permissions(&strange, Permissions::from_mode(0o755)).unwrap();
    let other = tempfile::tempdir().unwrap();
    let start = || DecisionLog::open(other.path(), places.memory.path(), 0).unwrap();
    let started = start();
    assert!(
        stale.memory().exists(),
        "it may be that of somebody we cannot see"
    );
    let touched = fs::metadata(stale.memory()).unwrap().modified().unwrap();
    let yesterday = touched - Duration::from_hours(25);
    for path in [stale.memory(), log.memory(), &strange] {
        File::open(path).unwrap().set_modified(yesterday).unwrap();
    }
    started.close();
    start();
    assert!(!stale.memory().exists());
    assert!(log.memory().exists() && strange.exists());
}

#[test]
fn a_folder_that_was_deleted_is_made_again() {
    let places = Places::new();
    let log = places.open();
    log.reserved(&handout(1)).unwrap();
    fs::remove_dir_all(log.memory()).unwrap();
    // What is open is still there to be copied.
    log.sync();
    log.reserved(&handout(2)).unwrap();
    assert_eq!(read(&places.open()).0, [1, 2]);
}
