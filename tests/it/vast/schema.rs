//! Every document against the schemas of IAB Tech Lab, where they are at hand.
//!
//! The schemas are not ours to keep here. They are looked for in `ADSERVE_XSD_DIR`, else beside
//! the repository in `../shared/data/xsd`; without them there is nothing to check against.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use adserve::format::vast::Version;

use super::{Case, cases};

pub(crate) fn schemas() -> Option<PathBuf> {
    let folder = std::env::var_os("ADSERVE_XSD_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/xsd"),
        PathBuf::from,
    );
    folder.is_dir().then_some(folder)
}

fn schema_of(version: Version) -> &'static str {
    match version {
        Version::V2_0 => "vast_2.0.1.xsd",
        Version::V3_0 => "vast3_draft.xsd",
        Version::V4_0 => "vast4.xsd",
        Version::V4_1 => "vast_4.1.xsd",
        // 4.3 changed no schema.
        Version::V4_2 | Version::V4_3 => "vast_4.2.xsd",
    }
}

/// The document as the schema wants it.
fn prepared(case: &Case) -> String {
    // A macro is no `anyURI` until a player fills it in.
    let text = case.text.replace("[ERRORCODE]", "900");
    // The text of VAST 3.0 (§2.4.2.4) has an `Error` for answers without ads; its schema, which
    // never left draft, forgot it.
    match (case.version, text.split_once("<Error>")) {
        (Version::V3_0, Some((before, rest))) if case.name.ends_with("no_ad") => {
            let after = rest.split_once("</Error>").unwrap().1;
            format!("{before}{after}")
        }
        _ => text,
    }
}

/// What `xmllint` says about these documents, which it does only if something is wrong.
pub(crate) fn complaints(schema: &Path, documents: &[(String, String)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("xmllint");
    command.args(["--nonet", "--noout", "--schema"]).arg(schema);
    for (name, text) in documents {
        let path = folder.path().join(format!("{name}.xml"));
        fs::write(&path, text).unwrap();
        command.arg(path);
    }
    let output = command
        .output()
        .expect("xmllint does not run; scripts/bootstrap installs it");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let wrong = said.lines().filter(|line| !line.ends_with(" validates"));
    let wrong: Vec<_> = wrong.map(str::to_owned).collect();
    assert_eq!(output.status.success(), wrong.is_empty(), "{said}");
    wrong
}

#[test]
fn the_schemas_accept_every_document() {
    let Some(folder) = schemas() else { return };
    for version in Version::ALL {
        let documents: Vec<_> = cases()
            .iter()
            .filter(|case| case.version == version)
            .map(|case| (case.name.clone(), prepared(case)))
            .collect();
        assert!(documents.len() >= 5, "{version}: {}", documents.len());
        let schema = folder.join(schema_of(version));
        assert_eq!(complaints(&schema, &documents), [""; 0], "VAST {version}");
    }
}

#[test]
fn the_schemas_would_find_a_fault() {
    let Some(folder) = schemas() else { return };
    for case in cases().iter().filter(|case| case.name.ends_with("_ad")) {
        if case.name.ends_with("no_ad") {
            continue;
        }
        let broken = prepared(case).replace(" width=", " breadth=");
        let schema = folder.join(schema_of(case.version));
        let found = complaints(&schema, &[(case.name.clone(), broken)]);
        assert!(!found.is_empty(), "{}", case.name);
    }
}
