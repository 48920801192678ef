//! The flags that verbs share.

use clap::Args;

use super::pick::PickArgs;
use crate::cli::input::Source;
use crate::client::DryRun;

/// Flags of lists.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct ListArgs {
    /// Only those with this text in their name
    #[arg(long, value_name = "TEXT")]
    pub(super) search: Option<String>,
    /// Field to sort by; a dash before it turns the order around
    #[arg(long, value_name = "[-]FIELD", allow_hyphen_values = true)]
    pub(super) sort: Option<String>,
    #[command(flatten)]
    pub(super) page: PageArgs,
}

/// Flags of everything that comes in pages.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct PageArgs {
    /// Most entries of one page
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(super) limit: Option<u32>,
    /// Where to go on: the cursor that the page before ended with
    #[arg(long, conflicts_with = "all")]
    pub(super) cursor: Option<String>,
    /// Every page
    #[arg(long)]
    pub(super) all: bool,
}

/// Flags of a create.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct CreateArgs {
    /// Take the fields of the API from a YAML, TOML or JSON file, or `-`; flags go before
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) from: Option<Source>,
    /// Answer with what is there when the name is taken
    #[arg(long)]
    pub(super) if_not_exists: bool,
    #[command(flatten)]
    pub(super) trial: TrialArgs,
}

/// Flags of an update.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct UpdateArgs {
    /// Take the fields of the API from a YAML, TOML or JSON file, or `-`; flags go before
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) from: Option<Source>,
    #[command(flatten)]
    pub(in crate::cli) write: WriteArgs,
}

/// Flags of a write to something that is there.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct WriteArgs {
    /// Do it only when the thing is still at this revision
    #[arg(long, value_name = "REVISION")]
    pub(in crate::cli) if_match: Option<u32>,
    #[command(flatten)]
    pub(in crate::cli) trial: TrialArgs,
}

/// Whether a write is only tried out.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct TrialArgs {
    /// Check and show the result; write nothing
    #[arg(long = "dry-run")]
    dry_run: bool,
}

impl TrialArgs {
    /// Whether it is only tried out.
    pub(in crate::cli) const fn mode(&self) -> DryRun {
        if self.dry_run {
            DryRun::Yes
        } else {
            DryRun::No
        }
    }

    /// What is said before what was done, or would have been.
    pub(in crate::cli) const fn said(&self) -> &'static str {
        if self.dry_run {
            "dry run, not done: "
        } else {
            ""
        }
    }
}

/// Things to act on, one or more.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct TargetArgs {
    #[command(flatten)]
    pub(in crate::cli) pick: PickArgs,
    #[command(flatten)]
    pub(in crate::cli) write: WriteArgs,
}

/// Flags of a delete.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct DeleteArgs {
    #[command(flatten)]
    pub(super) target: TargetArgs,
    /// The name that would have to be typed, where that is asked
    #[arg(long, value_name = "NAME")]
    pub(super) confirm: Option<String>,
}
