//! `adctl explain`, `adctl decide`, `adctl campaigns why`: why an ad was served or not.

use clap::Args;

use super::exit::Exit;
use super::failure::{Failure, Outcome};
use super::input::{Source, parse_instant};
use super::output::{Column, Row, Value};
use super::session::Session;
use crate::api::{CampaignVerdict, DecidedAd, DecisionReport, WhyReason, WhyReport};
use crate::client::{Call, Collection};

/// What to explain.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl explain dec_1a
  adctl explain --request request.json
  adctl explain --request request.json --campaign spring-launch
  echo '{\"channel\": \"news\", \"pod_duration\": 60}' | adctl explain --request - -o json

One of a hundred decisions is kept for a day, unless configured otherwise (decisions.trace_every).
The id of a decision is in the answer to the player, and first in the id of its first ad.")]
pub(super) struct Explain {
    /// The decision, if it was kept: `dec_…`
    #[arg(
        value_name = "DECISION",
        required_unless_present = "request",
        conflicts_with_all = ["request", "at", "seed"]
    )]
    decision: Option<String>,
    #[command(flatten)]
    attempt: Attempt,
    /// Only this campaign, by id or name
    #[arg(long, value_name = "ID|NAME")]
    campaign: Option<String>,
}

/// What to decide.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl decide --request request.json
  adctl decide --request request.json --at '2026-12-24T20:15' --seed 2a

Nothing is handed out: no budget is taken, no cap counts.")]
pub(super) struct Decide {
    #[command(flatten)]
    attempt: Attempt,
}

/// A request to try.
#[derive(Debug, Args)]
struct Attempt {
    /// The body of a v2 ad request, as JSON or YAML; `-` reads standard input
    #[arg(long, value_name = "FILE|-")]
    request: Option<Source>,
    /// When it is asked; now unless given; see adctl help time
    #[arg(
        long,
        value_name = "TIME",
        allow_hyphen_values = true,
        requires = "request"
    )]
    at: Option<String>,
    /// The dice, in hexadecimal digits; others each time unless given
    #[arg(long, value_name = "HEX", requires = "request")]
    seed: Option<String>,
}

/// Whose reasons to count.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl campaigns why spring-launch
  adctl campaigns why cmp_1a --since -2h -o json")]
pub(super) struct Why {
    /// Id or name
    #[arg(value_name = "ID|NAME")]
    reference: String,
    /// Decisions since this time; the last day unless given; see adctl help time
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    since: Option<String>,
}

/// Runs `adctl explain`.
pub(super) async fn run(args: Explain, session: &mut Session) -> Outcome {
    let mut report = match &args.decision {
        Some(id) => session.send(Call::get_one("/api/v1/decisions", id)).await?,
        None => attempt(&args.attempt, session).await?,
    };
    if let Some(wanted) = &args.campaign {
        let is_wanted = |verdict: &CampaignVerdict| {
            verdict.campaign_id == *wanted || verdict.name.as_deref() == Some(wanted)
        };
        report.campaigns.retain(is_wanted);
        if report.campaigns.is_empty() {
            let message = format!("the request could not mean the campaign {wanted}");
            return Err(Failure::new(Exit::NotFound, "not_found", message));
        }
    }
    session.out.report(&report, &report.campaigns)?;
    note(session, &report);
    Ok(Exit::Done)
}

/// Runs `adctl decide`. Without an ad the answer is "no".
pub(super) async fn decide(args: Decide, session: &mut Session) -> Outcome {
    let report = attempt(&args.attempt, session).await?;
    session.out.report(&report, &report.ads)?;
    note(session, &report);
    Ok(if report.ads.is_empty() {
        Exit::Failed
    } else {
        Exit::Done
    })
}

/// Runs `adctl campaigns why`.
pub(super) async fn why(args: &Why, session: &mut Session) -> Outcome {
    let since = instant(session, "--since", args.since.as_deref()).await?;
    let path = format!("{}/why", Collection::Campaigns.entry(&args.reference));
    let report: WhyReport = session.send(Call::get(path).with("since", since)).await?;
    session.out.report(&report, &report.reasons)?;
    session.out.note(&format!(
        "{} kept decisions since {}",
        report.decisions, report.since
    ));
    Ok(Exit::Done)
}

async fn attempt(args: &Attempt, session: &mut Session) -> Result<DecisionReport, Failure> {
    let Some(source) = &args.request else {
        return Err(Failure::usage("--request FILE says what is asked"));
    };
    let request: serde_json::Value = source.document()?.parse()?;
    let at = instant(session, "--at", args.at.as_deref()).await?;
    let call = Call::post("/api/v1/decisions/try")
        .with("at", at)
        .with("seed", args.seed.clone())
        .json(&request);
    session.send(call).await
}

async fn instant(
    session: &mut Session,
    flag: &str,
    text: Option<&str>,
) -> Result<Option<String>, Failure> {
    let Some(text) = text else { return Ok(None) };
    let zone = session.input_zone().await?;
    let at = parse_instant(text, session.now(), &zone);
    at.map(|at| Some(at.to_string()))
        .map_err(|error| Failure::usage(format!("{flag}: {error}")))
}

fn note(session: &mut Session, report: &DecisionReport) {
    let ads = match (report.ads.len(), &report.no_ad_reason) {
        (0, Some(why)) => format!("no ad: {why}"),
        (1, _) => "1 ad".to_owned(),
        (count, _) => format!("{count} ads"),
    };
    session.out.note(&format!(
        "{ads} at {}, catalog {}, seed {}",
        report.at, report.catalog_revision, report.seed
    ));
}

impl Row for CampaignVerdict {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("campaign_id", "CAMPAIGN", |row| {
            Value::text(&row.campaign_id)
        }),
        Column::shown("name", "NAME", |row| {
            Value::of(row.name.as_deref(), Value::text)
        }),
        Column::shown("then", "THEN", |row| {
            Value::of(row.then.as_deref(), Value::text)
        }),
        Column::shown("now", "NOW", |row| {
            Value::of(row.now.as_deref(), Value::text)
        }),
        Column::shown("meaning", "MEANING", |row| Value::text(&row.meaning)),
    ];

    fn id(&self) -> &str {
        &self.campaign_id
    }
}

impl Row for DecidedAd {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("campaign_id", "CAMPAIGN", |row| {
            Value::text(&row.campaign_id)
        }),
        Column::shown("creative_id", "CREATIVE", |row| {
            Value::text(&row.creative_id)
        }),
        Column::shown("start_ms", "START MS", |row| Value::Count(row.start_ms)),
    ];

    fn id(&self) -> &str {
        &self.creative_id
    }
}

impl Row for WhyReason {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("reason", "REASON", |row| Value::text(&row.reason)),
        Column::shown("decisions", "DECISIONS", |row| Value::Count(row.decisions)),
        Column::shown("meaning", "MEANING", |row| Value::text(&row.meaning)),
    ];

    fn id(&self) -> &str {
        &self.reason
    }
}
