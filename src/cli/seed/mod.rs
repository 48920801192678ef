//! `adctl seed`: creates what files describe, by name, where it is missing: `adctl apply` with
//! things that are there left alone.

use clap::Args;

use super::catalog::TrialArgs;
use super::change::Change;
use super::declare::{Brought, Existing, How, bring, load};
use super::exit::Exit;
use super::failure::Outcome;
use super::input::Source;
use super::session::Session;
use crate::client::{Collection, DryRun};

/// What is said of a thing that was there.
const EXISTS: &str = "exists";

/// What to create.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl seed fixtures/demo.yaml
  adctl seed fixtures/ --dry-run
  generate-fixtures | adctl seed -

What is there by its name stays as it is, so a second run changes nothing; adctl apply takes the
same files and brings what is there to what they say. Each tenant gets all it misses, or nothing.
Paths of media are relative to the file. Times and amounts are typed as on the command line: see
adctl help time.")]
pub(super) struct Arguments {
    /// YAML, TOML or JSON file, a folder of them, or `-` for standard input
    #[arg(value_name = "FILE|DIR|-")]
    source: Source,
    #[command(flatten)]
    trial: TrialArgs,
}

/// Runs `adctl seed`.
pub(super) async fn run(args: Arguments, session: &mut Session) -> Outcome {
    let mode = args.trial.mode();
    let how = How {
        mode,
        existing: Existing::Keep,
        if_match: None,
        media: None,
    };
    let files = load(std::slice::from_ref(&args.source))?;
    let brought = bring(session, files, &how).await?;
    let rows: Vec<Change> = brought.iter().flat_map(|one| rows(one, mode)).collect();
    session.out.list(&rows)?;
    let there = rows.iter().filter(|row| row.action == EXISTS).count();
    let created = rows.len() - there;
    session.out.note(&match mode {
        DryRun::Yes => format!("dry run: {created} would be created, {there} are there"),
        DryRun::No => format!("created {created}, already there {there}"),
    });
    if rows.is_empty() {
        session.out.note("the files describe nothing");
    }
    Ok(Exit::Done)
}

fn rows(brought: &Brought, mode: DryRun) -> impl Iterator<Item = Change> {
    let changes = brought.report.changes.iter();
    changes.map(move |change| Change {
        action: match (change.action.as_str(), mode) {
            ("none", _) => EXISTS,
            (_, DryRun::Yes) => "missing",
            (_, DryRun::No) => "created",
        },
        kind: noun(&change.kind),
        id: change.id.clone(),
        name: change.name.clone(),
    })
}

/// A kind of thing in the word of the command line.
fn noun(kind: &str) -> &'static str {
    let all = [
        Collection::Tenants,
        Collection::Advertisers,
        Collection::Orders,
        Collection::Categories,
        Collection::Pods,
        Collection::Channels,
        Collection::Campaigns,
        Collection::Creatives,
    ];
    let found = all.into_iter().find(|one| one.noun() == kind);
    found.map_or("thing", Collection::noun)
}
