//! Completions and manual pages are those that the code makes; `UPDATE=1` writes them anew.

use std::collections::BTreeMap;
use std::path::Path;

use adserve::cli::{Shell, completion, pages, registration};

/// Compares a folder with what it should hold, file by file.
fn check(folder: &str, made: &BTreeMap<String, Vec<u8>>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::remove_dir_all(&folder).ok();
        std::fs::create_dir_all(&folder).unwrap();
        for (name, content) in made {
            std::fs::write(folder.join(name), content).unwrap();
        }
    }
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        found.insert(name, std::fs::read(path).unwrap());
    }
    let names: Vec<&String> = found.keys().collect();
    assert_eq!(
        names,
        made.keys().collect::<Vec<_>>(),
        "{}: run with UPDATE=1",
        folder.display()
    );
    for (name, content) in made {
        let same = found[name] == *content;
        assert!(
            same,
            "{}/{name} is old: run the tests with UPDATE=1",
            folder.display()
        );
    }
}

#[test]
fn the_command_lines_are_sound() {
    adserve::cli::command().debug_assert();
    adserve::daemon::args::command().debug_assert();
}

#[test]
fn completions_are_generated() {
    let mut made = BTreeMap::new();
    for &shell in Shell::ALL {
        let daemon = completion(shell, adserve::daemon::args::command());
        made.insert(shell.file_name("adserved"), daemon);
        made.insert(shell.file_name("adctl"), registration(shell).unwrap());
    }
    check("completions", &made);
}

#[test]
fn manual_pages_are_generated() {
    let mut made = BTreeMap::new();
    for page in pages(adserve::cli::command(), "1").unwrap() {
        made.insert(page.file_name, page.text);
    }
    let daemon = adserve::cli::page(&adserve::daemon::args::command(), "8").unwrap();
    made.insert(daemon.file_name, daemon.text);
    let config = adserve::daemon::config::default_file();
    let file = adserve::cli::file_page("adserved.toml", "5", ABOUT_CONFIG, &config);
    made.insert(file.file_name, file.text);
    for (name, text) in &made {
        let text = String::from_utf8(text.clone()).unwrap();
        assert!(text.starts_with(".ie") && text.contains(".TH "), "{name}");
    }
    check("man", &made);
}

const ABOUT_CONFIG: &str = "configuration of adserved";
