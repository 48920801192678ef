//! `adctl stats`: what was delivered.

use clap::{Args, ValueEnum};

use super::exit::Exit;
use super::failure::{Failure, Outcome};
use super::input::parse_instant;
use super::output::{Column, Row, Value, count, instant_in};
use super::session::Session;
use crate::api::{CampaignPacing, MetricRow, Stats, StatsTotals};
use crate::client::{Call, Collection};

use serde::Serialize;

/// What to report.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl stats
  adctl stats --by day --since -7d
  adctl stats --by campaign --since today -o json
  adctl stats --by device --since -30d

adctl reports run cuts by several dimensions at once; adctl help metrics says what each figure is.")]
pub(super) struct Arguments {
    /// Only this campaign, by id or name
    #[arg(long, value_name = "ID|NAME")]
    campaign: Option<String>,
    #[command(flatten)]
    range: Range,
}

/// How to cut a report, and of which time.
#[derive(Debug, Args)]
pub(super) struct Range {
    /// What the rows are
    #[arg(long, default_value = "total")]
    by: By,
    /// From the hour of this time; see adctl help time
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    since: Option<String>,
    /// To the hour of this time
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    until: Option<String>,
}

/// What the rows of a report are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// One row in all
    Total,
    /// A row an hour
    Hour,
    /// A row a day of the tenant's zone
    Day,
    /// A row a campaign
    Campaign,
    /// A row a creative
    Creative,
    /// A row a channel
    Channel,
    /// A row a week of the tenant's zone, from Monday
    Week,
    /// A row a type of device
    Device,
    /// A row a country
    Country,
    /// A row a kind of event
    Event,
}

impl By {
    const fn word(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Campaign => "campaign",
            Self::Creative => "creative",
            Self::Channel => "channel",
            Self::Week => "week",
            Self::Device => "device",
            Self::Country => "country",
            Self::Event => "event",
        }
    }
}

/// Runs `adctl stats`.
pub(super) async fn run(args: Arguments, session: &mut Session) -> Outcome {
    let path = match &args.campaign {
        Some(campaign) => format!("{}/stats", Collection::Campaigns.entry(campaign)),
        None => "/api/v1/stats".to_owned(),
    };
    show(Call::get(path), &args.range, session).await
}

/// Asks for a report and prints it.
pub(super) async fn show(call: Call, range: &Range, session: &mut Session) -> Outcome {
    let since = resolve(session, "--since", range.since.as_deref()).await?;
    let until = resolve(session, "--until", range.until.as_deref()).await?;
    let call = call
        .with("by", Some(range.by.word()))
        .with("since", since)
        .with("until", until);
    let stats: Stats = session.send(call).await?;
    if range.by == By::Event {
        let rows: Vec<EventRow> = stats.rows.iter().map(EventRow::of).collect();
        session.out.report(&stats, &rows)?;
    } else {
        let rows = rows(&stats, range.by);
        session.out.report(&stats, &rows)?;
    }
    session.out.note(&format!(
        "{} to {} ({})",
        instant_in(&stats.since, &stats.timezone),
        instant_in(&stats.until, &stats.timezone),
        stats.timezone
    ));
    if session.out.settings().format.is_for_people() {
        let told = |label: &str, parts: Vec<String>| {
            (!parts.is_empty()).then(|| format!("{label}: {}", parts.join(", ")))
        };
        let errors = stats
            .errors
            .iter()
            .map(|e| format!("{} {}", e.code, count(e.count)));
        let reasons = stats
            .no_fill
            .iter()
            .map(|n| format!("{} {}", n.reason, count(n.count)));
        let lines = [
            stats.pacing.as_ref().map(pacing_line),
            told("no ad because of", reasons.collect()),
            told("errors by VAST code", errors.collect()),
        ];
        for line in lines.into_iter().flatten() {
            session.out.note(&line);
        }
    }
    Ok(Exit::Done)
}

/// How a campaign stands, with what the word is judged by.
pub(super) fn pacing_line(pacing: &CampaignPacing) -> String {
    let CampaignPacing {
        pacing_status,
        unit,
        goal,
        expected,
        delivered,
        ..
    } = pacing;
    let (goal, expected, delivered) = (count(*goal), count(*expected), count(*delivered));
    format!(
        "pacing: {pacing_status}, {delivered} of {expected} {unit} expected by now, {goal} in all"
    )
}

/// A typed time as the API takes it.
pub(super) async fn resolve(
    session: &mut Session,
    flag: &str,
    text: Option<&str>,
) -> Result<Option<String>, Failure> {
    let Some(text) = text else {
        return Ok(None);
    };
    let zone = session.input_zone().await?;
    let instant = parse_instant(text, session.now(), &zone)
        .map_err(|error| Failure::usage(format!("{flag}: {error}")))?;
    Ok(Some(instant.to_string()))
}

/// One group of a report with the currency of its money.
#[derive(Debug, Serialize)]
pub(super) struct StatsRow {
    group: String,
    name: Option<String>,
    currency: String,
    /// The zone of days.
    timezone: String,
    #[serde(skip)]
    by: By,
    totals: StatsTotals,
}

/// The rows of a report: its groups, or the totals alone.
fn rows(stats: &Stats, by: By) -> Vec<StatsRow> {
    let row = |group: &MetricRow| StatsRow {
        group: group.group.clone(),
        name: group.name.clone(),
        currency: stats.currency.clone(),
        timezone: stats.timezone.clone(),
        by,
        totals: group.totals.clone(),
    };
    if by == By::Total {
        return vec![StatsRow {
            group: "total".to_owned(),
            name: None,
            currency: stats.currency.clone(),
            timezone: stats.timezone.clone(),
            by,
            totals: stats.totals.clone(),
        }];
    }
    stats.rows.iter().map(row).collect()
}

impl Row for StatsRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("group", "GROUP", |row| match row.by {
            By::Hour => Value::Instant(&row.group),
            By::Day | By::Week => Value::Day(&row.group, &row.timezone),
            By::Total
            | By::Campaign
            | By::Creative
            | By::Channel
            | By::Device
            | By::Country
            | By::Event => Value::text(&row.group),
        }),
        Column::shown("name", "NAME", |row| {
            Value::of(row.name.as_deref(), Value::text)
        }),
        Column::shown("requests", "REQUESTS", |row| {
            Value::Count(row.totals.requests)
        }),
        Column::shown("served", "SERVED", |row| Value::Count(row.totals.served)),
        Column::shown("impressions", "IMPRESSIONS", |row| {
            Value::Count(row.totals.impressions)
        }),
        Column::shown("completions", "COMPLETIONS", |row| {
            Value::Count(row.totals.completions)
        }),
        Column::shown("clicks", "CLICKS", |row| Value::Count(row.totals.clicks)),
        Column::shown("spend_micros", "SPEND", |row| {
            Value::Micros(row.totals.spend_micros, &row.currency)
        }),
        Column::shown("fill_rate", "FILL", |row| {
            Value::of(row.totals.fill_rate, Value::Ratio)
        }),
        Column::shown("completion_rate", "COMPLETION", |row| {
            Value::of(row.totals.completion_rate, Value::Ratio)
        }),
        Column::shown("error_rate", "ERRORS", |row| {
            Value::of(row.totals.error_rate, Value::Ratio)
        }),
        Column::wide("ecpm_micros", "ECPM", |row| {
            Value::of(row.totals.ecpm_micros, |micros| {
                Value::Micros(micros, &row.currency)
            })
        }),
        Column::wide("billable", "BILLABLE", |row| {
            Value::Count(row.totals.billable)
        }),
        Column::wide("unbilled", "UNBILLED", |row| {
            Value::Count(row.totals.unbilled)
        }),
        Column::wide("starts", "STARTS", |row| Value::Count(row.totals.starts)),
        Column::wide("first_quartiles", "25%", |row| {
            Value::Count(row.totals.first_quartiles)
        }),
        Column::wide("midpoints", "50%", |row| Value::Count(row.totals.midpoints)),
        Column::wide("third_quartiles", "75%", |row| {
            Value::Count(row.totals.third_quartiles)
        }),
        Column::wide("skips", "SKIPS", |row| Value::Count(row.totals.skips)),
        Column::wide("errors", "ERROR COUNT", |row| {
            Value::Count(row.totals.errors)
        }),
        Column::wide("impression_rate", "SEEN", |row| {
            Value::of(row.totals.impression_rate, Value::Ratio)
        }),
        Column::wide("click_rate", "CLICK RATE", |row| {
            Value::of(row.totals.click_rate, Value::Ratio)
        }),
        Column::wide("currency", "CURRENCY", |row| Value::text(&row.currency)),
        Column::wide("fill_time_rate", "FILL TIME", |row| {
            Value::of(row.totals.fill_time_rate, Value::Ratio)
        }),
        Column::wide("view_through_rate", "VTR", |row| {
            Value::of(row.totals.view_through_rate, Value::Ratio)
        }),
    ];

    fn id(&self) -> &str {
        &self.group
    }
}

/// How often one kind of event was reported.
#[derive(Debug, Serialize)]
struct EventRow {
    event: String,
    count: u64,
}

impl EventRow {
    fn of(row: &MetricRow) -> Self {
        Self {
            event: row.group.clone(),
            count: row.events,
        }
    }
}

impl Row for EventRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("event", "EVENT", |row| Value::text(&row.event)),
        Column::shown("count", "COUNT", |row| Value::Count(row.count)),
    ];

    fn id(&self) -> &str {
        &self.event
    }
}
