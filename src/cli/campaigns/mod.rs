//! `adctl campaigns`: the buys.

mod fields;
mod row;
mod state;

use clap::{Args, Subcommand};

use super::catalog::{
    self, CreateArgs, DeleteArgs, ListArgs, PickArgs, TargetArgs, TrialArgs, UpdateArgs, WaitArgs,
    WriteArgs, base_fields,
};
use super::confirm::Weight;
use super::failure::Outcome;
use super::session::Session;
use super::{explain, stats};
use crate::api::{Campaign, CampaignFields};
use crate::client::{Call, Collection};

pub(super) use fields::resolve;

use fields::Flags;
use state::Step;

/// What to do with campaigns.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Show campaigns
    #[command(after_long_help = "Examples:
  adctl campaigns list
  adctl campaigns list --status active --advertiser motorco --sort end
  adctl campaigns list --all -o csv --columns id,name,total_budget_micros")]
    List(List),
    /// Show one campaign
    #[command(after_long_help = "Examples:
  adctl campaigns get spring-launch
  adctl campaigns get cmp_1a -o json")]
    Get {
        /// Id or name
        #[arg(value_name = "ID|NAME")]
        reference: String,
    },
    /// Create a campaign
    #[command(after_long_help = "Examples:
  adctl campaigns create spring-launch --advertiser motorco --budget 120000 --rate cpm:24 \\
      --start 2026-07-01 --end 2026-07-11 --goal 5M:impressions
  adctl campaigns create house-promo --advertiser acme --budget 1 --rate flat:1 --tier house \\
      --start now --end +30d --activate
  adctl campaigns create evening --advertiser motorco --budget 5000 --rate cpm:45 --start now \\
      --end +30d --order motorco-2026 --cap household:5/day --pacing even --category auto
  adctl campaigns create --from campaign.yaml --dry-run")]
    Create(Box<Create>),
    /// Change fields of campaigns
    #[command(after_long_help = "Examples:
  adctl campaigns update --selector status=active,advertiser=motorco --pacing even
  adctl campaigns update spring-launch --budget 150k
  adctl campaigns update spring-launch --daily-budget none --dry-run
  adctl campaigns update spring-launch --cap user:3/1h,10/7d --cap pod:1 --pacing even")]
    Update(Box<Update>),
    /// Change a campaign in your editor
    #[command(after_long_help = "Examples:
  adctl campaigns edit spring-launch
  EDITOR=nano adctl campaigns edit cmp_1a")]
    Edit {
        /// Id or name
        #[arg(value_name = "ID|NAME")]
        reference: String,
        #[command(flatten)]
        write: WriteArgs,
    },
    /// Copy a campaign as a draft, with its creatives
    #[command(after_long_help = "Examples:
  adctl campaigns clone spring-launch summer-launch
  adctl campaigns clone cmp_1a summer-launch --dry-run")]
    Clone(CloneArguments),
    /// Start serving drafts; the same as resume
    #[command(after_long_help = "Examples:
  adctl campaigns activate spring-launch
  adctl campaigns list --status draft -q | adctl campaigns activate -")]
    Activate(TargetArgs),
    /// Stop serving, at once
    #[command(after_long_help = "Examples:
  adctl campaigns pause spring-launch
  adctl campaigns pause cmp_1a cmp_2b --dry-run
  adctl campaigns pause --selector status=active,advertiser=motorco --yes
  adctl campaigns pause --ids-from ids.txt")]
    Pause(TargetArgs),
    /// Serve again
    #[command(after_long_help = "Examples:
  adctl campaigns resume spring-launch
  adctl campaigns list --status paused -q | adctl campaigns resume -")]
    Resume(TargetArgs),
    /// Close campaigns
    #[command(after_long_help = "Examples:
  adctl campaigns complete spring-launch
  adctl campaigns complete cmp_1a --dry-run")]
    Complete(TargetArgs),
    /// Wait until a campaign is as it is wanted, for --timeout at most
    #[command(after_long_help = "Examples:
  adctl campaigns wait spring-launch --for status=completed --timeout 10m
  adctl campaigns wait cmp_1a --for active --for pacing_status=on_track --timeout 1h

Ends with exit code 7 when the time is over, with the last state as the answer.")]
    Wait(WaitArgs),
    /// Delete campaigns with their creatives
    #[command(after_long_help = "Examples:
  adctl campaigns delete spring-launch --yes
  adctl campaigns list --status completed -q | adctl campaigns delete - --dry-run")]
    Delete(DeleteArgs),
    /// Count why a campaign was served or not, over the decisions that were kept
    Why(explain::Why),
    /// Show what a campaign delivered
    #[command(after_long_help = "Examples:
  adctl campaigns stats spring-launch
  adctl campaigns stats spring-launch --by day --since -7d -o csv")]
    Stats {
        /// Id or name
        #[arg(value_name = "ID|NAME")]
        reference: String,
        #[command(flatten)]
        range: stats::Range,
    },
}

/// Which campaigns to show.
#[derive(Debug, Args)]
pub(super) struct List {
    /// Only those of this status: draft, active, paused or completed
    #[arg(long)]
    status: Option<String>,
    /// Only those of this advertiser, by id or name
    #[arg(long, value_name = "ID|NAME")]
    advertiser: Option<String>,
    /// Only those of this tier: sponsorship, standard, bulk or house
    #[arg(long)]
    tier: Option<String>,
    /// Only those in this order, by id or name
    #[arg(long, value_name = "ID|NAME")]
    order: Option<String>,
    #[command(flatten)]
    shared: ListArgs,
}

/// A new campaign.
#[derive(Debug, Args)]
pub(super) struct Create {
    /// Its name
    name: Option<String>,
    #[command(flatten)]
    fields: Flags,
    /// Serve it as soon as it has a creative and its start has come
    #[arg(long)]
    activate: bool,
    #[command(flatten)]
    shared: CreateArgs,
}

/// A change of a campaign.
#[derive(Debug, Args)]
pub(super) struct Update {
    #[command(flatten)]
    which: PickArgs,
    /// Its new name
    #[arg(long, value_name = "NAME")]
    rename: Option<String>,
    #[command(flatten)]
    fields: Flags,
    #[command(flatten)]
    shared: UpdateArgs,
}

/// A copy of a campaign.
#[derive(Debug, Args)]
pub(super) struct CloneArguments {
    /// Id or name of the campaign to copy
    #[arg(value_name = "ID|NAME")]
    reference: String,
    /// Name of the copy
    name: String,
    #[command(flatten)]
    trial: TrialArgs,
}

/// Runs a command about campaigns.
pub(super) async fn run(command: Command, session: &mut Session) -> Outcome {
    match command {
        Command::List(args) => {
            let call = Call::get(Collection::Campaigns.path())
                .with("status", args.status)
                .with("advertiser", args.advertiser)
                .with("tier", args.tier)
                .with("in_order", args.order);
            catalog::list::<Campaign>(session, call, &args.shared, "campaigns").await
        }
        Command::Get { reference } => catalog::get::<Campaign>(session, &reference).await,
        Command::Create(args) => create(*args, session).await,
        Command::Update(args) => {
            let base: CampaignFields = base_fields(args.shared.from.as_ref())?;
            let fields = args.fields.over(session, base, args.rename).await?;
            let write = &args.shared.write;
            catalog::update::<Campaign>(session, &args.which, &fields, write).await
        }
        Command::Edit { reference, write } => {
            catalog::edit::<Campaign>(session, &reference, &write).await
        }
        Command::Clone(args) => state::clone(args, session).await,
        Command::Activate(args) => state::step(Step::Activate, &args, session).await,
        Command::Pause(args) => state::step(Step::Pause, &args, session).await,
        Command::Resume(args) => state::step(Step::Resume, &args, session).await,
        Command::Complete(args) => state::step(Step::Complete, &args, session).await,
        Command::Wait(args) => catalog::wait::<Campaign>(session, &args).await,
        Command::Delete(args) => {
            catalog::delete::<Campaign>(session, Weight::Moderate, &args).await
        }
        Command::Why(args) => explain::why(&args, session).await,
        Command::Stats { reference, range } => {
            let path = format!("{}/stats", Collection::Campaigns.entry(&reference));
            stats::show(Call::get(path), &range, session).await
        }
    }
}

async fn create(args: Create, session: &mut Session) -> Outcome {
    let base: CampaignFields = base_fields(args.shared.from.as_ref())?;
    let mut fields = args.fields.over(session, base, args.name).await?;
    if args.activate {
        fields.status = Some("active".to_owned());
    }
    let name = fields.name.clone();
    catalog::create::<Campaign>(session, &fields, name.as_deref(), &args.shared).await
}
