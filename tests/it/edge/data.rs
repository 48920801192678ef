//! The data directory of the real daemon: one daemon at a time, and never a file it cannot read.

use std::path::Path;
use std::process::Command;

use crate::support::daemon::Daemon;

/// Starts a daemon that is to refuse; its exit code and what it said.
fn refused(data: &Path) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_adserved"))
        .arg("run")
        .env("ADSERVED_SERVER__DATA_DIR", data)
        .env("ADSERVED_SERVER__LISTEN", "127.0.0.1:0")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    (output.status.code().unwrap(), said)
}

#[test]
fn a_second_daemon_on_the_same_data_is_refused_and_names_the_first() {
    let data = tempfile::tempdir().unwrap();
    let first = Daemon::start(data.path(), &[]);
    let (code, said) = refused(data.path());
    assert_eq!(code, 69, "{said}");
    assert!(said.contains(&first.pid().to_string()), "{said}");
    assert_eq!(first.get("/readyz").status, 200, "the first is unmoved");
}

#[test]
fn a_database_of_a_newer_daemon_is_refused_in_one_clear_line() {
    for name in ["catalog.db", "ledger.db"] {
        let data = tempfile::tempdir().unwrap();
        drop(Daemon::start(data.path(), &[]));
        let connection = rusqlite::Connection::open(data.path().join(name)).unwrap();
        connection
            .pragma_update(None, "user_version", 9_999)
            .unwrap();
        connection.close().unwrap();
        let (code, said) = refused(data.path());
        assert_eq!(code, 69, "{said}");
        let line = said.lines().last().unwrap();
        assert!(
            line.contains("has schema 9999, and this program knows up to"),
            "{said}"
        );
    }
}

#[test]
fn a_file_that_is_no_database_of_ours_is_refused_and_left_as_it_is() {
    for name in ["catalog.db", "ledger.db"] {
        let data = tempfile::tempdir().unwrap();
        let text = "this is somebody's diary\n".repeat(100);
        std::fs::write(data.path().join(name), &text).unwrap();
        let (code, said) = refused(data.path());
        assert_eq!(code, 69, "{said}");
        assert_eq!(
            std::fs::read_to_string(data.path().join(name)).unwrap(),
            text
        );
    }
}
