//! The command line: the tree of commands and the flags that all of them take.

use std::path::PathBuf;

use clap::{ArgAction, Args, CommandFactory as _, Parser, Subcommand, ValueEnum};

use super::input::parse_timeout;
use super::output::Format;
use super::{
    advertisers, analytics, backup, campaigns, categories, channels, completions, context,
    creatives, declare, demo, explain, help, history, hls, man, orders, people, pods, reports,
    seed, sessions, stats, tags, tail, targeting, tenants, top, undo, watch,
};
use crate::model::Millis;

/// Runs an ad server for connected TV from the terminal.
///
/// Every command talks to `adserved` over its admin API: a unix socket found by itself, or
/// --server. Answers go to standard output, everything else to standard error.
#[derive(Debug, Parser)]
#[command(
    name = "adctl",
    version,
    max_term_width = 100,
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true,
    after_long_help = "Examples:
  adctl status
  adctl seed fixtures/demo.yaml
  adctl campaigns list --status active --sort end
  adctl campaigns get spring-launch -o json

Topics: adctl help caps | environment | exit-codes | formatting | metrics | pacing | reasons |
        targeting | time | vast-errors"
)]
pub struct Cli {
    #[command(flatten)]
    pub(super) globals: Globals,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// The clap tree, for man pages and completions.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Every command.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Media owners; everything else belongs to one
    #[command(subcommand)]
    Tenants(tenants::Command),
    /// Who pays for campaigns
    #[command(subcommand)]
    Advertisers(advertisers::Command),
    /// Campaigns that share a budget and caps
    #[command(subcommand)]
    Orders(orders::Command),
    /// Buys: dates, budget, price, tier and weight
    #[command(subcommand)]
    Campaigns(campaigns::Command),
    /// Spots of campaigns, and their files
    #[command(subcommand)]
    Creatives(creatives::Command),
    /// Streams that ask for ads
    #[command(subcommand)]
    Channels(channels::Command),
    /// Viewers of streams with ads
    #[command(subcommand)]
    Sessions(sessions::Command),
    /// For whom and when campaigns and creatives are served
    #[command(subcommand)]
    Targeting(targeting::Command),
    /// Kinds of pods, which channels fill
    #[command(subcommand)]
    Pods(pods::Command),
    /// What keeps rivals apart
    #[command(subcommand)]
    Categories(categories::Command),
    /// Addresses that players call for an ad
    #[command(subcommand)]
    Tags(tags::Command),
    /// Streams as players see them
    #[command(subcommand)]
    Hls(hls::Command),
    /// What happens now: decisions, beacons and writes as they come
    Tail(tail::Arguments),
    /// What was delivered
    Stats(stats::Arguments),
    /// Delivery along time, against another time, and by hour of the day
    #[command(subcommand)]
    Analytics(analytics::Command),
    /// Delivery by any dimensions and metrics
    #[command(subcommand)]
    Reports(reports::Command),
    /// Why each campaign was served to a request or not
    Explain(explain::Explain),
    /// Decide a request without handing anything out
    Decide(explain::Decide),
    /// Every change: who, when, before and after
    History(history::Arguments),
    /// Take back a change
    Undo(undo::Arguments),
    /// Bring the catalog to what files say
    Apply(declare::Apply),
    /// Show what apply would change
    Diff(declare::Diff),
    /// Print the catalog as a file for apply
    Export(declare::Export),
    /// Check files for apply, without a daemon
    Validate(declare::Validate),
    /// Create what a file describes, by name, where it is missing
    Seed(seed::Arguments),
    /// Show everything at work: a daemon, campaigns, and simulated TVs
    Demo(demo::Arguments),
    /// Who works for a tenant
    #[command(subcommand)]
    Users(people::users::Command),
    /// What programs call the daemon with
    #[command(subcommand)]
    Keys(people::keys::Command),
    /// Log in to a daemon
    Login(people::login::Login),
    /// Set a password with the code of an invite, and log in
    Register(people::login::Register),
    /// End the login
    Logout(people::login::Logout),
    /// Who you are for the daemon, and what you may do
    #[command(after_long_help = "Examples:
  adctl whoami
  adctl whoami -o json")]
    Whoami,
    /// Show or change what you are called
    Profile(people::profile::ProfileArgs),
    /// Change your password
    Password(people::profile::ChangePassword),
    /// The dashboard: how everything stands, now
    #[command(visible_alias = "dashboard")]
    Top(top::Arguments),
    /// Backups of everything: take, check, put back
    #[command(subcommand)]
    Backup(backup::Command),
    /// Look for what stands in the way of delivery, and say what to do
    #[command(
        after_long_help = "Looks at the daemon, its parts, its disk where that is here, the public address, and what \
is sold: of every tenant, or of --tenant. Ends with 1 when a check failed.

Examples:
  adctl doctor
  adctl doctor --tenant acme-fast -o json"
    )]
    Doctor,
    /// How the daemon is
    Status,
    /// Versions of adctl and of the daemon
    Version,
    /// Daemons to talk to, by name
    #[command(subcommand)]
    Context(context::Command),
    /// Completions for a shell
    Completions(completions::Arguments),
    /// Manual pages
    Man(man::Arguments),
    /// Help about a command or a topic
    Help(help::Arguments),
}

/// The flags that every command takes.
#[derive(Debug, Args)]
pub(super) struct Globals {
    #[command(flatten)]
    pub(super) connect: ConnectArgs,
    #[command(flatten)]
    pub(super) format: FormatArgs,
    #[command(flatten)]
    pub(super) talk: TalkArgs,
    #[command(flatten)]
    pub(super) ask: AskArgs,
    #[command(flatten)]
    pub(super) watch: watch::WatchArgs,
}

/// Which daemon, as whom.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct ConnectArgs {
    /// Named daemon to talk to; see adctl context
    #[arg(
        long,
        global = true,
        env = "ADCTL_CONTEXT",
        hide_env_values = true,
        value_name = "NAME"
    )]
    pub(super) context: Option<String>,
    /// Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT
    #[arg(long, global = true, env = "ADCTL_SERVER", hide_env_values = true)]
    pub(super) server: Option<String>,
    /// Tenant to work for, by id or name; needed when there are several
    #[arg(long, global = true, env = "ADCTL_TENANT", hide_env_values = true)]
    pub(super) tenant: Option<String>,
    /// File with the token for a daemon reached over TCP
    #[arg(
        long,
        global = true,
        env = "ADCTL_TOKEN_FILE",
        hide_env_values = true,
        value_name = "FILE",
        hide_short_help = true
    )]
    pub(super) token_file: Option<PathBuf>,
    /// PEM certificates to trust instead of the public ones
    #[arg(
        long,
        global = true,
        env = "ADCTL_CA_FILE",
        hide_env_values = true,
        value_name = "FILE",
        hide_short_help = true
    )]
    pub(super) ca_file: Option<PathBuf>,
    /// Longest time for one call, and for an upload to stand still
    #[arg(
        long, global = true, env = "ADCTL_TIMEOUT", hide_env_values = true, value_name = "TIME",
        default_value = "30s", value_parser = parse_timeout, hide_short_help = true
    )]
    pub(super) timeout: Millis,
}

/// How answers look.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct FormatArgs {
    /// Format of the answer; see adctl help formatting
    #[arg(
        short,
        long,
        global = true,
        env = "ADCTL_OUTPUT",
        hide_env_values = true,
        value_name = "FORMAT"
    )]
    pub(super) output: Option<Format>,
    /// Columns to show, separated by commas
    #[arg(
        long,
        global = true,
        value_name = "A,B",
        value_delimiter = ',',
        hide_short_help = true
    )]
    pub(super) columns: Option<Vec<String>>,
    /// Leave out the first line of CSV and TSV
    #[arg(long, global = true, hide_short_help = true)]
    pub(super) no_header: bool,
    /// When to use colour
    #[arg(
        long,
        global = true,
        env = "ADCTL_COLOR",
        hide_env_values = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_short_help = true
    )]
    pub(super) color: ColourWhen,
    /// Time zone of times that are shown and typed; your own and the tenant's unless given
    #[arg(
        long,
        global = true,
        env = "ADCTL_TZ",
        hide_env_values = true,
        value_name = "ZONE",
        hide_short_help = true
    )]
    pub(super) tz: Option<String>,
    /// The same as --tz UTC
    #[arg(long, global = true, conflicts_with = "tz", hide_short_help = true)]
    pub(super) utc: bool,
}

/// How much is said.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct TalkArgs {
    /// Print ids and errors alone
    #[arg(
        short,
        long,
        global = true,
        env = "ADCTL_QUIET",
        hide_env_values = true
    )]
    pub(super) quiet: bool,
    /// Say how it is done
    #[arg(
        short, long, global = true, action = ArgAction::Count, conflicts_with = "quiet",
        hide_short_help = true
    )]
    pub(super) verbose: u8,
    /// Show requests and answers, secrets masked
    #[arg(
        long,
        global = true,
        env = "ADCTL_DEBUG",
        hide_env_values = true,
        hide_short_help = true
    )]
    pub(super) debug: bool,
}

/// What may be asked.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct AskArgs {
    /// Answer yes to what would be asked
    #[arg(short, long, global = true, env = "ADCTL_YES", hide_env_values = true)]
    pub(super) yes: bool,
    /// Never ask; fail where a question would be needed
    #[arg(
        long,
        global = true,
        env = "ADCTL_NO_INPUT",
        hide_env_values = true,
        hide_short_help = true
    )]
    pub(super) no_input: bool,
}

/// When colour is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColourWhen {
    /// On a terminal, unless `NO_COLOR` says otherwise
    Auto,
    /// Also in a pipe
    Always,
    /// Nowhere
    Never,
}
