//! `adctl apply`, `diff`, `export` and `validate`: the catalog as files.
//!
//! One format and one engine: `adctl seed` is the same with things that are there left alone.

mod engine;
mod faults;
mod file;
mod films;
mod judge;
mod places;
mod plan;
mod show;
mod source;
mod text;

pub(super) use engine::{Brought, Existing, How, bring};
pub(super) use source::load;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::tz::TimeZone;

use super::catalog::TrialArgs;
use super::exit::Exit;
use super::failure::{Failure, Outcome};
use super::input::Source;
use super::output::Format;
use super::session::Session;
use super::streams::asked_zone;
use crate::api::{CatalogExport, DeclaredCatalog};
use crate::client::{Call, DryRun};
use file::File;
use films::Films;
use plan::Moment;
use show::{Tense, show};

/// The files that say how the catalog is to be.
#[derive(Debug, Clone, Args)]
pub(super) struct FilesArgs {
    /// YAML, TOML or JSON file, a folder of them, or `-` for standard input; several may be given
    #[arg(short, long = "file", value_name = "FILE|DIR|-", required = true)]
    files: Vec<Source>,
    /// Folder with the films that files name by sha256 alone
    #[arg(long, value_name = "DIR")]
    media: Option<PathBuf>,
}

/// What to bring the catalog to.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl apply -f ads/
  adctl apply -f ads/ --dry-run
  adctl apply -f spring.yaml --if-match 812
  adctl export --tenant acme | adctl --server other.sock apply -f - --media films/

A thing in a file is described whole: what is left out has its usual value; a status that is left
out stays. What is not in the files stays as it is, and nothing is ever deleted. All of a tenant
is changed at once, or nothing, and one adctl undo takes it back.")]
pub(super) struct Apply {
    #[command(flatten)]
    files: FilesArgs,
    /// Do it only when the catalog of the tenant is still at this revision, which diff tells
    #[arg(long, value_name = "REVISION")]
    if_match: Option<u32>,
    #[command(flatten)]
    trial: TrialArgs,
}

/// What to compare the catalog with.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl diff -f ads/
  adctl diff -f ads/ -o json
  adctl export | adctl diff -f - && echo same

Ends with exit code 0 when apply would change nothing, 1 when it would, and 2 or more when that
cannot be said.")]
pub(super) struct Diff {
    #[command(flatten)]
    files: FilesArgs,
    /// Fail unless the catalog of the tenant is at this revision
    #[arg(long, value_name = "REVISION")]
    if_match: Option<u32>,
}

/// What to print.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl export > acme.yaml
  adctl export campaigns channels -o toml
  adctl export --tenant acme --bare | adctl apply -f - --tenant acme-copy --media films/

Everything is named, nothing has an id, and the order is that of names: the same catalog is the
same text everywhere. Films are told by their content; creatives whose film failed are left out.")]
pub(super) struct Export {
    /// Only these
    #[arg(value_name = "NOUN")]
    nouns: Vec<Exported>,
    /// Leave the tenant out, so that it can be applied to another
    #[arg(long)]
    bare: bool,
}

/// A kind of thing that is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Exported {
    /// Who pays
    Advertisers,
    /// Campaigns that share a budget
    Orders,
    /// What keeps rivals apart
    Categories,
    /// Kinds of pods
    Pods,
    /// Streams that ask for ads
    Channels,
    /// Buys with their creatives
    Campaigns,
}

/// What to check.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl validate -f ads/
  adctl validate -f - < spring.yaml

Everything that can be judged without a daemon is: syntax, fields, amounts, times, targeting, caps
and films. Whether names are there, adctl diff tells. What is wrong ends with exit code 6.")]
pub(super) struct Validate {
    /// YAML, TOML or JSON file, a folder of them, or `-` for standard input; several may be given
    #[arg(short, long = "file", value_name = "FILE|DIR|-", required = true)]
    files: Vec<Source>,
}

/// Runs `adctl apply`.
pub(super) async fn apply(args: Apply, session: &mut Session) -> Outcome {
    let mode = args.trial.mode();
    let how = How {
        mode,
        existing: Existing::Change,
        if_match: args.if_match,
        media: args.files.media,
    };
    let files = load(&args.files.files)?;
    let brought = bring(session, files, &how).await?;
    let tense = match mode {
        DryRun::Yes => Tense::Would,
        DryRun::No => Tense::Done,
    };
    told(session, &brought);
    show(session, &brought, tense)?;
    Ok(Exit::Done)
}

/// Runs `adctl diff`.
pub(super) async fn diff(args: Diff, session: &mut Session) -> Outcome {
    let how = How {
        mode: DryRun::Yes,
        existing: Existing::Change,
        if_match: args.if_match,
        media: args.files.media,
    };
    let files = load(&args.files.files)?;
    let differs = |failure: Failure| Failure {
        // 1 is the answer that they differ, and nothing else.
        exit: match failure.exit {
            Exit::Failed => Exit::Invalid,
            other => other,
        },
        ..failure
    };
    let brought = bring(session, files, &how).await.map_err(differs)?;
    told(session, &brought);
    show(session, &brought, Tense::Would)?;
    let same = brought.iter().all(|one| one.changed().next().is_none());
    Ok(if same { Exit::Done } else { Exit::Failed })
}

fn told(session: &mut Session, brought: &[Brought]) {
    if brought.is_empty() {
        session.out.note("the files describe nothing");
    }
}

/// Runs `adctl export`.
pub(super) async fn export(args: Export, session: &mut Session) -> Outcome {
    if matches!(
        session.out.settings().format,
        Format::Csv | Format::Tsv | Format::Name
    ) {
        return Err(Failure::usage("an export is YAML, TOML or JSON")
            .hint("add -o yaml, -o toml or -o json"));
    }
    let export: CatalogExport = session.send(Call::get("/api/v1/catalog")).await?;
    let mut catalog = export.catalog;
    if !args.nouns.is_empty() {
        keep_only(&mut catalog, &args.nouns);
    }
    let tenant = text::tenant_file(catalog);
    let name = tenant.name.clone();
    let file = if args.bare {
        File {
            tenants: Vec::new(),
            advertisers: tenant.advertisers,
            orders: tenant.orders,
            categories: tenant.categories,
            pods: tenant.pods,
            channels: tenant.channels,
            campaigns: tenant.campaigns,
        }
    } else {
        File {
            tenants: vec![tenant],
            ..File::default()
        }
    };
    session.out.keepsake(&file)?;
    let revision = export.revision;
    session.out.note(&format!("{name} at revision {revision}"));
    Ok(Exit::Done)
}

fn keep_only(catalog: &mut DeclaredCatalog, nouns: &[Exported]) {
    let is_left = |noun: Exported| !nouns.contains(&noun);
    if is_left(Exported::Advertisers) {
        catalog.advertisers.clear();
    }
    if is_left(Exported::Orders) {
        catalog.orders.clear();
    }
    if is_left(Exported::Categories) {
        catalog.categories.clear();
    }
    if is_left(Exported::Pods) {
        catalog.pods.clear();
    }
    if is_left(Exported::Channels) {
        catalog.channels.clear();
    }
    if is_left(Exported::Campaigns) {
        catalog.campaigns.clear();
    }
}

/// Runs `adctl validate`.
pub(super) fn validate(args: &Validate, session: &mut Session) -> Outcome {
    let mut files = load(&args.files)?;
    let count = files.len();
    let (mut things, mut faults, mut hashes) = (0, Vec::new(), Films::default());
    for group in source::by_tenant(&mut files) {
        let named = group.timezone.as_deref();
        let known = named.and_then(|name| TimeZone::get(name).ok());
        let asked = asked_zone(&session.globals.format)?;
        let moment = Moment {
            now: session.now(),
            zone: asked.or(known).unwrap_or(TimeZone::UTC),
        };
        let plan = plan::plan(&group, &files, (&moment, &mut hashes), &mut faults);
        things += plan.origins.len();
    }
    if !faults.is_empty() {
        return Err(source::refused(&files, &faults));
    }
    let files = if count == 1 { "file" } else { "files" };
    session.out.note(&format!(
        "{things} things in {count} {files}: nothing is wrong"
    ));
    Ok(Exit::Done)
}
