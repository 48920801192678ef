//! Reads the repository itself and fails on what a reviewer would send back.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Longest source file in lines, without its tests.
const FILE_LINES_MAX: usize = 400;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found
}

fn sources() -> Vec<(PathBuf, String)> {
    let files = ["src", "tests", "benches"]
        .iter()
        .flat_map(|folder| files_below(folder, "rs"));
    files
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .collect()
}

fn without_tests(text: &str) -> &str {
    text.split("\n#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default()
}

#[test]
fn every_module_says_its_job_on_its_first_line() {
    for (path, text) in sources() {
        let first = text.lines().next().unwrap_or_default();
        assert!(first.starts_with("//! "), "{}: {first}", path.display());
    }
}

#[test]
fn files_are_small() {
    let long = sources().into_iter().filter_map(|(path, text)| {
        let is_test = path.ends_with("tests.rs") || path.iter().any(|part| part == "tests");
        let lines = without_tests(&text).lines().count();
        (!is_test && lines > FILE_LINES_MAX).then(|| format!("{}: {lines}", path.display()))
    });
    let long: Vec<_> = long.collect();
    assert!(
        long.is_empty(),
        "over {FILE_LINES_MAX} lines:\n{}",
        long.join("\n")
    );
}

#[test]
fn nothing_is_left_unfinished() {
    // Built from parts so that this file does not find itself.
    let marks = [
        ["TO", "DO"],
        ["FIX", "ME"],
        ["XX", "X:"],
        ["todo", "!("],
        ["unimple", "mented!("],
    ];
    let marks: Vec<String> = marks.iter().map(|parts| parts.concat()).collect();
    for (path, text) in sources() {
        for mark in &marks {
            assert!(!text.contains(mark.as_str()), "{}: {mark}", path.display());
        }
    }
}

#[test]
fn migrations_are_numbered_without_gaps() {
    for database in ["catalog", "ledger"] {
        let files = files_below(&format!("migrations/{database}"), "sql");
        let number = |path: &PathBuf| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            name.split('_').next().unwrap().parse().unwrap()
        };
        let numbers: BTreeSet<usize> = files.iter().map(number).collect();
        let expected: BTreeSet<usize> = (1..=files.len()).collect();
        assert_eq!(numbers, expected, "migrations/{database}");
    }
}

#[test]
fn every_reason_stands_in_the_documents() {
    let mut documents = String::new();
    for path in files_below("docs", "md")
        .into_iter()
        .chain([root().join("README.md")])
    {
        documents.push_str(&fs::read_to_string(path).unwrap_or_default());
    }
    for why in adserve::decision::Exclusion::ALL {
        assert!(
            documents.contains(&format!("`{why}`")),
            "no document explains `{why}`"
        );
    }
}
