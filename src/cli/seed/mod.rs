//! `adctl seed`: creates what files describe, by name, where it is missing.

mod apply;
mod fixture;
mod plan;

use std::path::{Path, PathBuf};

use clap::Args;

use super::catalog::TrialArgs;
use super::exit::Exit;
use super::failure::{Failure, Outcome};
use super::input::Source;
use super::session::Session;
use crate::client::DryRun;

use fixture::Fixture;

/// Most files of one folder.
const FILES_MAX: usize = 1_000;

/// What to create.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl seed fixtures/demo.yaml
  adctl seed fixtures/ --dry-run
  generate-fixtures | adctl seed -

What is there by its name stays as it is, so a second run changes nothing. Paths of media are
relative to the file. Times and amounts are typed as on the command line: see adctl help time.")]
pub(super) struct Arguments {
    /// YAML, TOML or JSON file, a folder of them, or `-` for standard input
    #[arg(value_name = "FILE|DIR|-")]
    source: Source,
    #[command(flatten)]
    trial: TrialArgs,
}

/// Runs `adctl seed`.
pub(super) async fn run(args: Arguments, session: &mut Session) -> Outcome {
    let mut fixtures = Vec::new();
    for source in sources(&args.source)? {
        let fixture: Fixture = source.document()?.parse()?;
        fixtures.push((fixture, folder_of(&source)));
    }
    // Everything is read and judged before anything is written.
    let mut plans = Vec::new();
    let mut problems = Vec::new();
    for (fixture, folder) in fixtures {
        plans.extend(plan::plan(fixture, &folder, &mut problems));
    }
    if !problems.is_empty() {
        let message = format!("{} things are wrong with {}", problems.len(), args.source);
        return Err(Failure {
            problems: problems.into(),
            ..Failure::invalid(message)
        });
    }
    let mode = args.trial.mode();
    let bulk = apply::apply(plans, mode, session).await?;
    let total = bulk.asked();
    let created = bulk
        .done
        .iter()
        .filter(|change| change.action != apply::EXISTS)
        .count();
    let there = bulk.done.len() - created;
    session.out.note(&if mode == DryRun::Yes {
        format!("dry run: {created} would be created, {there} are there")
    } else {
        format!("created {created}, already there {there}")
    });
    if total == 0 {
        session.out.note("the files describe nothing");
        return Ok(Exit::Done);
    }
    bulk.finish(session)
}

/// The files behind a source: itself, or those of a folder in order of their names.
fn sources(source: &Source) -> Result<Vec<Source>, Failure> {
    let Source::Path(path) = source else {
        return Ok(vec![source.clone()]);
    };
    if !path.is_dir() {
        return Ok(vec![source.clone()]);
    }
    let failed = |error: std::io::Error| Failure::file("read", path, &error);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(failed)? {
        let file = entry.map_err(failed)?.path();
        let extension = file.extension().and_then(std::ffi::OsStr::to_str);
        if matches!(extension, Some("yaml" | "yml" | "toml" | "json")) {
            files.push(file);
        }
    }
    if files.is_empty() || files.len() > FILES_MAX {
        let count = files.len();
        return Err(Failure::usage(format!(
            "{} has {count} YAML, TOML or JSON files; 1 to {FILES_MAX} are wanted",
            path.display()
        )));
    }
    files.sort();
    Ok(files.into_iter().map(Source::Path).collect())
}

/// Where relative paths of a file begin.
fn folder_of(source: &Source) -> PathBuf {
    match source {
        Source::Path(path) => path.parent().unwrap_or(Path::new("")).to_owned(),
        Source::Stdin => PathBuf::new(),
    }
}
