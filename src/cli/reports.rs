//! `adctl reports`: delivery by any dimensions and metrics.

use clap::{Args, Subcommand};

use super::analytics::{Asked, range};
use super::exit::Exit;
use super::failure::Outcome;
use super::figures::{self, Line};
use super::output::count;
use super::session::Session;
use crate::api::{CustomReport, ReportRow};
use crate::client::Call;

/// What to do with reports.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a report
    Run(Arguments),
}

/// What is reported.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl reports run --dimensions campaign --since -30d --sort -spend
  adctl reports run --dimensions day,device --metrics impressions,vtr -o csv > devices.csv
  adctl reports run --dimensions country,campaign --filter channel=news --filter device=smart_tv
  adctl reports run --dimensions event --since today")]
pub(super) struct Arguments {
    /// What the rows are cut by, up to four: hour, day, week, campaign, creative, channel, device,
    /// country, event
    #[arg(long, value_name = "A,B")]
    dimensions: Option<String>,
    #[command(flatten)]
    asked: Asked,
    /// The metric or dimension to sort by, with - before it from the highest down
    #[arg(long, value_name = "[-]NAME", allow_hyphen_values = true)]
    sort: Option<String>,
    /// Most rows, up to 10,000
    #[arg(long, value_name = "ROWS", default_value_t = 1_000)]
    limit: u32,
}

/// Runs `adctl reports`.
pub(super) async fn run(command: Command, session: &mut Session) -> Outcome {
    let Command::Run(arguments) = command;
    let call = Call::get("/api/v2/analytics/custom-report")
        .with("dimensions", arguments.dimensions)
        .with("sort", arguments.sort)
        .with("limit", Some(arguments.limit));
    let call = arguments.asked.ask(call, session).await?;
    let report: CustomReport = session.send(call).await?;
    let line = |row: &ReportRow| Line {
        group: report
            .dimensions
            .iter()
            .copied()
            .zip(row.group.iter().cloned())
            .collect(),
        values: row.values.clone(),
        currency: report.currency.clone(),
        timezone: report.timezone.clone(),
    };
    let lines: Vec<Line> = report.rows.iter().map(line).collect();
    let columns = figures::columns(&report.dimensions, &report.metrics);
    session.out.report_columns(&report, &lines, &columns)?;
    range(session, (&report.since, &report.until), &report.timezone);
    let left_out = report.rows_total.saturating_sub(report.rows.len() as u64);
    if left_out > 0 {
        session.out.warn(&format!(
            "{} of {} rows are left out; --limit gives more, up to 10,000",
            count(left_out),
            count(report.rows_total)
        ));
    }
    if report.folded > 0 {
        session.out.note(&format!(
            "{} calls, ads and events are under device and country `other`: their hours had too many combinations to keep apart",
            count(report.folded)
        ));
    }
    Ok(Exit::Done)
}
