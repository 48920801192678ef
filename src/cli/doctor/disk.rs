//! The disk under the data directory, where it is on this machine.

use std::fs;
use std::path::Path;

use super::Check;

/// Less room than this is a failure: what is acknowledged is written first. Bytes.
const ROOM_MIN: u64 = 256 << 20;
/// Less than this is worth a look. Bytes.
const ROOM_LOW: u64 = 2 << 30;
/// Fewer files than this that can still be made are worth a look.
const FILES_LOW: u64 = 1_000;
/// A log of a database that is longer was not moved to its place for long. Bytes.
const WAL_LONG: u64 = 256 << 20;

/// What is to be said about it; nothing when it cannot be seen from here.
pub(super) fn look(data: &Path) -> Vec<Check> {
    let Ok(disk) = rustix::fs::statvfs(data) else {
        return Vec::new();
    };
    let room = disk.f_bavail.saturating_mul(disk.f_frsize);
    // Some file systems have no bound of files and say zero.
    let files = if disk.f_files == 0 {
        u64::MAX
    } else {
        disk.f_favail
    };
    let mut checks = vec![judge(&data.display().to_string(), room, files)];
    checks.extend(["catalog.db-wal", "ledger.db-wal"].map(|name| wal(data, name)));
    checks
}

fn judge(data: &str, room: u64, files: u64) -> Check {
    let cause = format!("{} MiB are free for {data}", room >> 20);
    let hint = format!("make room on the disk of {data}");
    match (room, files) {
        (room, _) if room < ROOM_MIN => Check::fail("disk", (cause, hint)),
        (room, _) if room < ROOM_LOW => Check::warn("disk", (cause, hint)),
        (_, files) if files < FILES_LOW => {
            Check::warn("disk", (format!("only {files} more files fit"), hint))
        }
        _ => Check::ok("disk", cause),
    }
}

fn wal(data: &Path, name: &str) -> Check {
    let bytes = fs::metadata(data.join(name)).map_or(0, |found| found.len());
    let cause = format!("{} MiB", bytes >> 20);
    if bytes <= WAL_LONG {
        return Check::ok(name, cause);
    }
    let hint = "look for a reader that does not end, such as sqlite3; else restart adserved";
    Check::warn(name, (cause, hint.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_is_judged_by_room_and_files() {
        for (room, files, state) in [
            (ROOM_LOW, FILES_LOW, "ok"),
            (ROOM_LOW - 1, FILES_LOW, "warn"),
            (ROOM_LOW, FILES_LOW - 1, "warn"),
            (ROOM_MIN, FILES_LOW, "warn"),
            (ROOM_MIN - 1, FILES_LOW, "fail"),
        ] {
            assert_eq!(judge("/data", room, files).state, state, "{room} {files}");
        }
    }

    #[test]
    fn a_directory_that_cannot_be_seen_is_passed_over() {
        assert_eq!(look(Path::new("/nowhere/at/all")), []);
        let here = tempfile::tempdir().unwrap();
        let checks = look(here.path());
        let names: Vec<&str> = checks.iter().map(|check| check.what.as_str()).collect();
        assert_eq!(names, ["disk", "catalog.db-wal", "ledger.db-wal"]);
    }
}
