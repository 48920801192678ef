//! `adctl analytics`: delivery along time, against another time, and by hour of the day.

mod asked;
mod heatmap;

pub(super) use asked::Asked;

use clap::{Args, Subcommand, ValueEnum};

use super::exit::Exit;
use super::failure::Outcome;
use super::figures::{self, Line};
use super::output::{Column, Row, Value, instant_in};
use super::session::Session;
use super::stats::resolve;
use crate::api::{ComparedMetric, Comparison, GroupValue, ReportDimension, Series, SeriesStep};
use crate::client::Call;

use serde::Serialize;

/// What to look at.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Metrics along time, without gaps
    Series(SeriesArguments),
    /// Metrics of one time against those of another
    Compare(CompareArguments),
    /// One metric by day and hour of the day
    Heatmap(heatmap::Arguments),
}

/// What is shown along time.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl analytics series
  adctl analytics series --metrics impressions,ctr --step hour --since today
  adctl analytics series --step week --since -8w --filter campaign=spring-launch -o csv")]
pub(super) struct SeriesArguments {
    /// How long each point is
    #[arg(long, default_value = "day")]
    step: Step,
    #[command(flatten)]
    asked: Asked,
}

/// What is compared.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl analytics compare --since today
  adctl analytics compare --since -7d --metrics spend,ecpm,vtr
  adctl analytics compare --since 2026-07-01 --until 2026-07-08 \\
    --against-since 2025-07-01 --against-until 2025-07-08")]
pub(super) struct CompareArguments {
    #[command(flatten)]
    asked: Asked,
    /// Where the other time begins; the time right before unless given
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    against_since: Option<String>,
    /// Where the other time ends; as long as the first unless given
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    against_until: Option<String>,
}

/// How long each point of a series is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Step {
    /// An hour
    Hour,
    /// A day of the tenant's zone
    Day,
    /// A week of the tenant's zone, from Monday
    Week,
}

impl Step {
    const fn of_api(self) -> SeriesStep {
        match self {
            Self::Hour => SeriesStep::Hour,
            Self::Day => SeriesStep::Day,
            Self::Week => SeriesStep::Week,
        }
    }
}

/// Runs `adctl analytics`.
pub(super) async fn run(command: Command, session: &mut Session) -> Outcome {
    match command {
        Command::Series(arguments) => series(arguments, session).await,
        Command::Compare(arguments) => compare(arguments, session).await,
        Command::Heatmap(arguments) => heatmap::run(arguments, session).await,
    }
}

async fn series(arguments: SeriesArguments, session: &mut Session) -> Outcome {
    let step = arguments.step.of_api();
    let call = Call::get("/api/v1/analytics/series").with("step", Some(step));
    let call = arguments.asked.ask(call, session).await?;
    let series: Series = session.send(call).await?;
    let dimension = match step {
        SeriesStep::Hour => ReportDimension::Hour,
        SeriesStep::Day => ReportDimension::Day,
        SeriesStep::Week => ReportDimension::Week,
    };
    let line = |point: &crate::api::SeriesPoint| Line {
        group: vec![(
            dimension,
            GroupValue {
                value: point.start.clone(),
                name: None,
            },
        )],
        values: point.values.clone(),
        currency: series.currency.clone(),
        timezone: series.timezone.clone(),
    };
    let lines: Vec<Line> = series.points.iter().map(line).collect();
    let columns = figures::columns(&[dimension], &series.metrics);
    session.out.report_columns(&series, &lines, &columns)?;
    range(session, (&series.since, &series.until), &series.timezone);
    Ok(Exit::Done)
}

/// Says of which time an answer is.
pub(super) fn range(session: &mut Session, (since, until): (&str, &str), timezone: &str) {
    session.out.note(&format!(
        "{} to {} ({timezone})",
        instant_in(since, timezone),
        instant_in(until, timezone),
    ));
}

async fn compare(arguments: CompareArguments, session: &mut Session) -> Outcome {
    let CompareArguments {
        asked,
        against_since,
        against_until,
    } = arguments;
    let call = asked
        .ask(Call::get("/api/v1/analytics/compare"), session)
        .await?;
    let since = resolve(session, "--against-since", against_since.as_deref()).await?;
    let until = resolve(session, "--against-until", against_until.as_deref()).await?;
    let call = call
        .with("against_since", since)
        .with("against_until", until);
    let comparison: Comparison = session.send(call).await?;
    let row = |metric: &ComparedMetric| Compared {
        metric: metric.clone(),
        currency: comparison.currency.clone(),
    };
    let rows: Vec<Compared> = comparison.rows.iter().map(row).collect();
    session.out.report(&comparison, &rows)?;
    let zone = &comparison.timezone;
    let (current, previous) = (&comparison.current, &comparison.previous);
    range(session, (&current.since, &current.until), zone);
    session.out.note(&format!(
        "against {} to {}",
        instant_in(&previous.since, zone),
        instant_in(&previous.until, zone),
    ));
    Ok(Exit::Done)
}

/// One metric in two times.
#[derive(Debug, Serialize)]
struct Compared {
    #[serde(flatten)]
    metric: ComparedMetric,
    currency: String,
}

impl Row for Compared {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("metric", "METRIC", |row| Value::text(&row.metric.metric)),
        Column::shown("current", "CURRENT", |row| {
            let unit = figures::unit(&row.metric.unit);
            figures::metric(row.metric.current, unit, &row.currency)
        }),
        Column::shown("previous", "PREVIOUS", |row| {
            let unit = figures::unit(&row.metric.unit);
            figures::metric(row.metric.previous, unit, &row.currency)
        }),
        Column::shown("difference", "DIFFERENCE", |row| {
            let unit = figures::unit(&row.metric.unit);
            figures::metric(row.metric.difference, unit, &row.currency)
        }),
        Column::shown("change", "CHANGE", |row| {
            Value::of(row.metric.change, Value::Ratio)
        }),
        Column::wide("unit", "UNIT", |row| Value::text(&row.metric.unit)),
        Column::wide("currency", "CURRENCY", |row| Value::text(&row.currency)),
    ];

    fn id(&self) -> &str {
        &self.metric.metric
    }
}
