//! Refusals of wrong, newer and edited files, interrupted migrations, the writer and its readers.

use std::fs;
use std::path::PathBuf;

use super::*;

const NOW: Timestamp = Timestamp::from_millis(1_000);
const STEPS: [&str; 4] = [
    "CREATE TABLE seas (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT",
    "INSERT INTO seas (name) VALUES ('Baltic'), ('Aral')",
    "CREATE TABLE ports (id INTEGER PRIMARY KEY, sea INTEGER NOT NULL REFERENCES seas (id)) STRICT",
    "INSERT INTO ports (sea) VALUES (1), (2)",
];

fn schema_of(texts: &[&str]) -> &'static Schema {
    let migrations = texts.iter().zip(1..).map(|(sql, number)| Migration {
        number,
        name: "step",
        sql: String::leak((*sql).to_owned()),
    });
    let migrations: Vec<_> = migrations.collect();
    Box::leak(Box::new(Schema {
        name: "test",
        application_id: 0x7465_7374,
        synchronous: Synchronous::Full,
        migrations: Vec::leak(migrations),
    }))
}

fn place() -> (tempfile::TempDir, PathBuf) {
    let temp = tempfile::tempdir().unwrap();
    let path = temp.path().join("test.db");
    (temp, path)
}

fn open(path: &Path, texts: &[&str]) -> Result<Database, SqliteError> {
    Database::open(path, schema_of(texts), NOW)
}

/// Everything in a database as one text: schema, rows, marks.
fn contents(path: &Path) -> String {
    let connection = Connection::open(path).unwrap();
    let text = |sql: &str| -> String {
        let mut statement = connection.prepare(sql).unwrap();
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| {
            let values = (0..columns).map(|column| row.get::<_, rusqlite::types::Value>(column));
            Ok(format!("{:?}", values.collect::<Vec<_>>()))
        });
        rows.unwrap().map(Result::unwrap).collect()
    };
    let mut all = text("SELECT name, sql FROM sqlite_schema ORDER BY name");
    for pragma in ["application_id", "user_version", "integrity_check"] {
        all += &text(&format!("PRAGMA {pragma}"));
    }
    for table in ["seas", "ports", "migrations"] {
        if connection.table_exists(None, table).unwrap() {
            all += &text(&format!("SELECT * FROM {table}"));
        }
    }
    all
}

#[test]
fn a_database_is_made_once_and_opened_again() {
    let (_temp, path) = place();
    let all = STEPS.join(";");
    drop(open(&path, &[&all]).unwrap());
    let made = contents(&path);
    drop(Database::open(&path, schema_of(&[&all]), Timestamp::from_millis(2_000)).unwrap());
    assert_eq!(contents(&path), made);
    assert!(
        made.contains("Aral") && made.contains("Integer(1000)"),
        "{made}"
    );
}

#[test]
fn the_connection_is_set_as_it_must_be() {
    let (_temp, path) = place();
    let connection = open(&path, &[STEPS[0]]).unwrap().into_connection();
    let pragma = |name: &str| -> String {
        let value: rusqlite::types::Value = connection
            .query_row(&format!("PRAGMA {name}"), [], |row| row.get(0))
            .unwrap();
        format!("{value:?}")
    };
    assert_eq!(pragma("journal_mode"), r#"Text("wal")"#);
    assert_eq!(pragma("foreign_keys"), "Integer(1)");
    assert_eq!(pragma("synchronous"), "Integer(2)");
    assert_eq!(pragma("trusted_schema"), "Integer(0)");
    assert_eq!(pragma("busy_timeout"), "Integer(5000)");
    // Defensive mode: the schema cannot be edited as if it were a table.
    let edit = "PRAGMA writable_schema = on; UPDATE sqlite_schema SET sql = ''";
    assert!(connection.execute_batch(edit).is_err());
    assert!(
        connection
            .execute_batch("SELECT \"Baltic\" FROM seas")
            .is_err()
    );
}

#[test]
fn a_newer_database_is_refused_and_left_alone() {
    let (_temp, path) = place();
    drop(open(&path, &STEPS[..2]).unwrap());
    let before = fs::read(&path).unwrap();
    let error = open(&path, &STEPS[..1]).unwrap_err();
    assert!(
        matches!(
            error,
            SqliteError::Newer {
                found: 2,
                known: 1,
                ..
            }
        ),
        "{error:?}"
    );
    assert!(
        error
            .to_string()
            .contains("start the version that wrote it")
    );
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn an_edited_migration_is_refused_by_its_name() {
    let (_temp, path) = place();
    drop(open(&path, &STEPS[..2]).unwrap());
    let error = open(&path, &[STEPS[0], "-- better\n", STEPS[2]]).unwrap_err();
    assert!(
        matches!(error, SqliteError::Edited { number: 2, .. }),
        "{error:?}"
    );
    // Not even the migrations that would follow were tried.
    assert!(!contents(&path).contains("ports"));
}

#[test]
fn files_that_are_not_ours_are_refused_and_left_alone() {
    let (_temp, path) = place();
    let foreign = Connection::open(&path).unwrap();
    foreign
        .execute_batch("CREATE TABLE recipes (soup TEXT)")
        .unwrap();
    drop(foreign);
    let before = fs::read(&path).unwrap();
    let error = open(&path, &[STEPS[0]]).unwrap_err();
    assert!(
        matches!(error, SqliteError::WrongFile { found: 0, .. }),
        "{error:?}"
    );
    assert_eq!(fs::read(&path).unwrap(), before);

    fs::write(
        &path,
        "this is no database, and it is longer than a header of one would be".repeat(9),
    )
    .unwrap();
    let error = open(&path, &[STEPS[0]]).unwrap_err();
    assert!(matches!(error, SqliteError::Corrupt(_)), "{error:?}");

    let error = open(&path.join("missing/deep"), &[STEPS[0]]).unwrap_err();
    assert!(matches!(error, SqliteError::Io(_)), "{error:?}");
}

#[test]
fn a_migration_that_stops_at_any_statement_leaves_the_old_schema() {
    for stop in 0..=STEPS.len() {
        let (_temp, path) = place();
        drop(
            open(
                &path,
                &["CREATE TABLE first (id INTEGER PRIMARY KEY) STRICT"],
            )
            .unwrap(),
        );
        let before = contents(&path);
        let mut broken = STEPS.to_vec();
        broken.insert(stop, "INSERT INTO nowhere VALUES (1)");
        let first = "CREATE TABLE first (id INTEGER PRIMARY KEY) STRICT";
        let error = open(&path, &[first, &broken.join(";")]).unwrap_err();
        assert!(
            matches!(error, SqliteError::Migration { number: 2, .. }),
            "{error:?}"
        );
        assert_eq!(contents(&path), before, "stopped before statement {stop}");
        drop(open(&path, &[first, &STEPS.join(";")]).unwrap());
        assert!(contents(&path).contains("Aral"));
    }
}

#[test]
fn a_crash_at_any_statement_of_a_migration_leaves_the_old_schema() {
    for stop in 0..=STEPS.len() {
        let (temp, path) = place();
        let first = "CREATE TABLE first (id INTEGER PRIMARY KEY) STRICT";
        let connection = open(&path, &[first]).unwrap().into_connection();
        let before = contents(&path);
        // What the disk holds when the process dies now, log and all.
        connection
            .execute_batch("PRAGMA cache_spill = 1; PRAGMA cache_size = 1; BEGIN IMMEDIATE")
            .unwrap();
        for step in &STEPS[..stop] {
            connection.execute_batch(step).unwrap();
        }
        let crashed = temp.path().join("crashed.db");
        for suffix in ["", "-wal"] {
            let part = |path: &Path| PathBuf::from(format!("{}{suffix}", path.display()));
            fs::copy(part(&path), part(&crashed)).unwrap();
        }
        assert_eq!(
            contents(&crashed),
            before,
            "crashed after {stop} statements"
        );
        drop(open(&crashed, &[first, &STEPS.join(";")]).unwrap());
        assert!(contents(&crashed).contains("Aral"));
    }
}

#[test]
fn a_migration_that_leaves_dangling_rows_is_refused() {
    let (_temp, path) = place();
    drop(open(&path, &STEPS[..1]).unwrap());
    let dangling = format!("{}; INSERT INTO ports (sea) VALUES (77)", STEPS[2]);
    let error = open(&path, &[STEPS[0], &dangling]).unwrap_err();
    let SqliteError::Migration { source, .. } = &error else {
        panic!("{error:?}")
    };
    assert!(
        matches!(**source, SqliteError::Dangling { count: 1, .. }),
        "{source:?}"
    );
    assert!(!contents(&path).contains("ports"));
}

#[tokio::test]
async fn the_writer_writes_in_order_and_readers_see_what_was_acknowledged() {
    let (_temp, path) = place();
    let database = open(&path, &[STEPS[0]]).unwrap();
    let readers = database.readers();
    let writer = database.into_writer().unwrap();
    for name in ["Azov", "Black", "Coral"] {
        let insert = move |connection: &mut Connection| {
            connection.execute("INSERT INTO seas (name) VALUES (?1)", [name])
        };
        writer.run(insert).await.unwrap().unwrap();
        let last: String = readers
            .read(|connection| -> Result<_, SqliteError> {
                Ok(connection.query_row("SELECT max(name) FROM seas", [], |row| row.get(0))?)
            })
            .await
            .unwrap();
        assert_eq!(last, name);
    }
    let refused = readers
        .read(|connection| -> Result<_, SqliteError> {
            Ok(connection.execute("DELETE FROM seas", [])?)
        })
        .await;
    assert!(matches!(refused, Err(SqliteError::ReadOnly)), "{refused:?}");
}

#[tokio::test]
async fn a_panicking_job_is_rolled_back_and_the_writer_lives() {
    let (_temp, path) = place();
    let writer = open(&path, &[STEPS[0]]).unwrap().into_writer().unwrap();
    let broken = |connection: &mut Connection| {
        let unit = connection.transaction().unwrap();
        unit.execute("INSERT INTO seas (name) VALUES ('Dead')", [])
            .unwrap();
        panic!("on purpose");
    };
    let answer: Result<(), SqliteError> = writer.run(broken).await;
    assert!(matches!(answer, Err(SqliteError::Stopped)), "{answer:?}");
    let count = |connection: &mut Connection| {
        connection.query_row("SELECT count(*) FROM seas", [], |row| row.get::<_, u32>(0))
    };
    assert_eq!(writer.run(count).await.unwrap().unwrap(), 0);
}

#[test]
fn closing_the_writer_waits_for_what_was_queued() {
    let (_temp, path) = place();
    let writer = open(&path, &[STEPS[0]]).unwrap().into_writer().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    for _ in 0..100 {
        let insert = |connection: &mut Connection| {
            connection
                .execute("INSERT INTO seas (name) VALUES ('Red')", [])
                .unwrap();
        };
        // Polled once, so that it is queued, and then no longer waited for.
        let waiting = writer.run(insert);
        runtime.block_on(async {
            tokio::select! { biased; _ = waiting => {}, () = std::future::ready(()) => {} }
        });
    }
    writer.close();
    let connection = Connection::open(&path).unwrap();
    let count: u32 = connection
        .query_row("SELECT count(*) FROM seas", [], |row| row.get(0))
        .unwrap();
    assert_eq!(count, 100);
}

#[test]
fn a_full_disk_is_told_apart_and_heals() {
    let (_temp, path) = place();
    let connection = open(&path, &[STEPS[0]]).unwrap().into_connection();
    let fill = |connection: &Connection| -> Result<usize, SqliteError> {
        Ok(connection.execute("INSERT INTO seas (name) VALUES (hex(randomblob(9000)))", [])?)
    };
    connection
        .pragma_update(None, "max_page_count", 12)
        .unwrap();
    let error = std::iter::repeat_with(|| fill(&connection))
        .take(100)
        .find_map(Result::err);
    assert!(matches!(error, Some(SqliteError::Full)), "{error:?}");
    connection
        .pragma_update(None, "max_page_count", 1_000)
        .unwrap();
    assert_eq!(fill(&connection).unwrap(), 1);
}
