//! `adctl tags`: the addresses that players call, and whether they answer.

mod check;

use clap::{Args, Subcommand, ValueEnum};

use check::{Check, Judged};

use super::exit::Exit;
use super::failure::{Failure, Outcome};
use super::session::Session;
use crate::api::{DecisionReport, Tag};
use crate::client::Call;

/// What to do with tags.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Show the address for a channel or a campaign
    #[command(after_long_help = "Examples:
  adctl tags url --channel news
  adctl tags url --campaign spring-launch --vast-version 4.2
  adctl tags url --channel news --format json -o json")]
    Url(Which),
    /// Call the address as a player would, and check what comes back
    ///
    /// One ad is asked for and, where there is one, counted as served. No beacon is sent, so no
    /// impression is counted and what was reserved comes back.
    #[command(after_long_help = "Examples:
  adctl tags test --channel news
  adctl tags test --channel news -o json
  adctl tags test --campaign spring-launch && echo works")]
    Test(Which),
}

/// For what, and how.
#[derive(Debug, Args)]
pub(super) struct Which {
    #[command(flatten)]
    target: Target,
    /// What the address answers
    #[arg(long, default_value = "vast")]
    format: TagFormat,
    /// Version of VAST, such as 4.2
    #[arg(long, value_name = "VERSION")]
    vast_version: Option<String>,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Target {
    /// Channel by id or name
    #[arg(long, value_name = "ID|NAME")]
    channel: Option<String>,
    /// Campaign by id or name
    #[arg(long, value_name = "ID|NAME")]
    campaign: Option<String>,
}

/// What an address answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TagFormat {
    /// VAST, for players
    Vast,
    /// JSON, for programs
    Json,
}

/// Runs a command about tags.
pub(super) async fn run(command: Command, session: &mut Session) -> Outcome {
    match command {
        Command::Url(which) => {
            let tag = tag(&which, session).await?;
            if session.out.settings().format.is_document() {
                session.out.document(&tag)?;
            } else {
                session.out.text(&tag.url)?;
            }
            Ok(Exit::Done)
        }
        Command::Test(which) => {
            let tag = tag(&which, session).await?;
            session.out.note(&format!("testing {}", tag.url));
            let limit = session.globals.connect.timeout.std();
            let Judged {
                mut checks,
                is_empty,
            } = check::check(&tag, limit, session.clock()).await;
            if is_empty {
                checks.extend(why_not(&which, &tag, session).await);
            }
            session.out.list(&checks)?;
            let failed = checks
                .iter()
                .filter(|check| check.result == "failed")
                .count();
            session
                .out
                .note(&format!("{failed} of {} checks failed", checks.len()));
            Ok(if failed == 0 {
                Exit::Done
            } else {
                Exit::Failed
            })
        }
    }
}

/// Why there is no ad: what the daemon says when it decides the same again, handing nothing out.
async fn why_not(which: &Which, tag: &Tag, session: &mut Session) -> Option<Check> {
    let target = &which.target;
    let mut request = serde_json::Map::new();
    if let Some(channel) = &target.channel {
        request.insert("channel".to_owned(), channel.as_str().into());
    }
    let duration = tag.body.as_ref().and_then(|body| body.get("duration"));
    if let Some(duration) = duration {
        request.insert("duration".to_owned(), duration.clone());
    }
    let call = Call::post("/api/v1/decisions/try")
        .with("campaign", target.campaign.as_ref())
        .json(&request);
    match session.send::<DecisionReport>(call).await {
        Ok(report) => check::reason(&report),
        Err(failure) => {
            let said = format!("why there is no ad is not known: {}", failure.message);
            session.out.detail(&said);
            None
        }
    }
}

async fn tag(which: &Which, session: &mut Session) -> Result<Tag, Failure> {
    let format = match which.format {
        TagFormat::Vast => "vast",
        TagFormat::Json => "json",
    };
    let call = Call::get("/api/v1/tags")
        .with("channel", which.target.channel.as_ref())
        .with("campaign", which.target.campaign.as_ref())
        .with("format", Some(format))
        .with("version", which.vast_version.as_ref());
    session.send(call).await
}
