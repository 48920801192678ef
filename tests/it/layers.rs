//! Reads the `use` lines of the crate and fails on one that points up the floors.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each folder of `src/` and the floor it is on. A folder may name folders of lower floors.
const FLOORS: &[(&str, u8)] = &[
    ("model", 0),
    ("api", 1),
    ("decision", 1),
    ("format", 1),
    ("ledger", 1),
    ("intake", 2),
    ("render", 2),
    ("stitch", 2),
    ("host", 3),
    ("telemetry", 3),
    ("limits", 4),
    ("media", 4),
    ("store", 4),
    ("upstream", 4),
    ("backup", 5),
    ("delivery", 5),
    ("admin", 6),
    ("client", 6),
    ("edge", 6),
    ("cli", 7),
    ("daemon", 7),
];

/// Arrows that a floor number would allow and the design does not.
const FORBIDDEN: &[(&str, &str, &str)] = &[
    ("edge", "store::catalog", SQLITE),
    ("edge", "store::ledger", SQLITE),
    ("edge", "store::sqlite", SQLITE),
    ("edge", "store::{", SQLITE),
    ("cli", "store", "adctl has one door: the admin API"),
    ("cli", "delivery", "adctl has one door: the admin API"),
    // A backup is looked into where no daemon is: `adctl backup verify` and `restore`.
    ("client", "backup", "adctl has one door: the admin API"),
    ("client", "store", "adctl has one door: the admin API"),
    ("cli", "admin", "adctl has one door: the client"),
    ("cli", "edge", "adctl has one door: the client"),
];

const SQLITE: &str = "the hot path never waits for SQLite";

/// What the pure floors (0 to 2) may not touch: async, clocks, dice, files, sockets, logs.
const IMPURE: &[&str] = &[
    "async ",
    ".await",
    "tokio",
    "hyper",
    "rusqlite",
    "std::fs",
    "std::net",
    "std::env",
    "std::thread",
    "SystemTime",
    "Instant::now",
    "Timestamp::now",
    "getrandom",
    "tracing::",
    "println!",
    "eprintln!",
];

fn source_files(root: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(source_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// Code without comments: prose may name anything.
fn code_of(text: &str) -> String {
    let code = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default());
    code.collect::<Vec<_>>().join("\n")
}

/// The folders of the crate that a text names as `crate::folder`, also inside braces.
fn named_folders(code: &str) -> Vec<String> {
    let mut folders = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let group = rest
            .strip_prefix('{')
            .map_or(rest, |group| group.split('}').next().unwrap_or_default());
        let names = if rest.starts_with('{') {
            group.split(',').collect()
        } else {
            vec![group]
        };
        for name in names {
            let word = |c: char| !(c.is_ascii_lowercase() || c == '_');
            folders.push(
                name.trim()
                    .split(word)
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
            );
        }
    }
    folders
}

fn floors() -> BTreeMap<&'static str, u8> {
    FLOORS.iter().copied().collect()
}

/// What is wrong with a file of `folder`, were its text `code`.
fn faults(folder: &str, code: &str) -> Vec<String> {
    let floors = floors();
    let floor = floors[folder];
    let mut faults = Vec::new();
    for named in named_folders(code) {
        let Some(&other) = floors.get(named.as_str()) else {
            continue;
        };
        if named != folder && other >= floor {
            faults.push(format!(
                "{folder} (floor {floor}) names {named} (floor {other})"
            ));
        }
    }
    for (from, to, why) in FORBIDDEN {
        if folder == *from && code.contains(&format!("crate::{to}")) {
            faults.push(format!("{folder} names {to}: {why}"));
        }
    }
    if floor <= 2 {
        let impure = IMPURE.iter().filter(|word| code.contains(*word));
        faults.extend(impure.map(|word| format!("{folder} is pure and says `{}`", word.trim())));
    }
    faults
}

#[test]
fn imports_point_down_the_floors() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut files = 0;
    for entry in fs::read_dir(&source).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.is_dir() || folder.ends_with("bin") {
            continue;
        }
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(
            floors().contains_key(name.as_str()),
            "src/{name} is on no floor"
        );
        for file in source_files(&folder) {
            files += 1;
            let code = code_of(&fs::read_to_string(&file).unwrap());
            // Tests may use what the floor itself may not.
            let code = code
                .split("#[cfg(test)]\nmod tests {")
                .next()
                .unwrap_or_default();
            if file.ends_with("tests.rs") {
                continue;
            }
            let faults = faults(&name, code);
            found.extend(
                faults
                    .into_iter()
                    .map(|fault| format!("{}: {fault}", file.display())),
            );
        }
    }
    assert!(files > 20, "only {files} files were read");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn seeded_offences_are_caught() {
    for (folder, code) in [
        ("model", "use crate::decision::decide;"),
        ("decision", "use crate::api::Page;"),
        ("format", "use crate::{model::Millis, store::Blobs};"),
        ("edge", "use crate::store::catalog::CatalogStore;"),
        ("cli", "let x = crate::store::open();"),
        ("decision", "let now = jiff::Timestamp::now();"),
        ("render", "use tokio::sync::Mutex;"),
    ] {
        assert!(!faults(folder, code).is_empty(), "{folder}: {code}");
    }
    assert!(faults("decision", "use crate::model::{Millis, Nanos};").is_empty());
}
