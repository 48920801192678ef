//! What was delivered, cut and compared: the dashboard, series, comparisons and custom reports.
//!
//! Metrics are named and defined in `ledger::measure`; `adctl help metrics` prints them with unit
//! and formula. A name ends in what it is measured in: `_micros` is money, `_ms` time, `_rate` a
//! ratio; all others are counts.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::delivery::{CampaignPacing, ErrorCount, NoFillCount, StatsTotals};
use crate::model::word::words;

/// The value of a metric: a whole number, or a ratio.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum MetricValue {
    /// A count, micros or milliseconds.
    Whole(i64),
    /// A quotient.
    Ratio(f64),
}

/// Metrics by name; none where nothing was counted below the line of a quotient.
pub type MetricValues = BTreeMap<String, Option<MetricValue>>;

/// What a metric is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MetricInfo {
    /// Its name.
    pub name: String,
    /// `count`, `micros`, `ms` or `ratio`.
    pub unit: String,
}

/// How long each point of a series is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SeriesStep {
    /// An hour.
    Hour,
    /// A day of the tenant's zone.
    Day,
    /// A week of the tenant's zone, from Monday.
    Week,
}
words!(SeriesStep {
    Hour = "hour",
    Day = "day",
    Week = "week",
});

/// Metrics along time, without gaps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Series {
    /// First instant counted, at the start of an hour.
    pub since: String,
    /// First instant no longer counted, at the start of an hour.
    pub until: String,
    /// How long each point is.
    pub step: SeriesStep,
    /// Zone of days and weeks.
    pub timezone: String,
    /// Currency of the money.
    pub currency: String,
    /// What the values are, in the order that was asked for.
    pub metrics: Vec<MetricInfo>,
    /// One after the other; where nothing was counted, of zeros.
    pub points: Vec<SeriesPoint>,
    /// Over the whole range.
    pub totals: MetricValues,
}

/// One point of a series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SeriesPoint {
    /// Its first instant: of the hour, day or week, even where the range begins later.
    pub start: String,
    /// The first instant after it.
    pub end: String,
    /// The metrics that were asked for.
    pub values: MetricValues,
}

/// A range of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    /// First instant counted.
    pub since: String,
    /// First instant no longer counted.
    pub until: String,
}

/// Metrics of one range against those of another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Comparison {
    /// The range that was asked about.
    pub current: Span,
    /// What it is held against.
    pub previous: Span,
    /// Zone of days.
    pub timezone: String,
    /// Currency of the money.
    pub currency: String,
    /// One entry a metric, in the order that was asked for.
    pub rows: Vec<ComparedMetric>,
}

/// One metric in two ranges.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ComparedMetric {
    /// Its name.
    pub metric: String,
    /// `count`, `micros`, `ms` or `ratio`.
    pub unit: String,
    /// In the range that was asked about.
    pub current: Option<MetricValue>,
    /// In the other.
    pub previous: Option<MetricValue>,
    /// `current` - `previous`.
    pub difference: Option<MetricValue>,
    /// `difference` / `previous`: 0.1 is a tenth more. None where `previous` is 0.
    pub change: Option<f64>,
}

/// What a report can be cut by.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ReportDimension {
    /// An hour.
    Hour,
    /// A day of the tenant's zone.
    Day,
    /// A week of the tenant's zone, from Monday.
    Week,
    /// A campaign. What is counted of calls alone belongs to none.
    Campaign,
    /// A creative.
    Creative,
    /// A channel; none where the player did not say.
    Channel,
    /// A type of device; `unknown` where nothing said, `other` where it is none of ours.
    Device,
    /// A country of ISO 3166-1; `unknown` where nothing said.
    Country,
    /// A kind of event, with the metric `events` alone.
    Event,
}
words!(ReportDimension {
    Hour = "hour",
    Day = "day",
    Week = "week",
    Campaign = "campaign",
    Creative = "creative",
    Channel = "channel",
    Device = "device",
    Country = "country",
    Event = "event",
});

/// Delivery by any dimensions and metrics.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CustomReport {
    /// First instant counted, at the start of an hour.
    pub since: String,
    /// First instant no longer counted, at the start of an hour.
    pub until: String,
    /// Zone of days and weeks.
    pub timezone: String,
    /// Currency of the money.
    pub currency: String,
    /// What the rows are cut by, in the order that was asked for.
    pub dimensions: Vec<ReportDimension>,
    /// What the values are, in the order that was asked for.
    pub metrics: Vec<MetricInfo>,
    /// In the order that was asked for.
    pub rows: Vec<ReportRow>,
    /// Rows in all, with those that the limit left out.
    pub rows_total: u64,
    /// Over all rows, also those that were left out.
    pub totals: MetricValues,
    /// Calls, ads and events that are under device and country `other` because their hour had more
    /// combinations than are kept apart.
    pub folded: u64,
}

/// One row of a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReportRow {
    /// One entry a dimension, in their order.
    pub group: Vec<GroupValue>,
    /// The metrics that were asked for.
    pub values: MetricValues,
}

/// Where a row stands in one dimension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GroupValue {
    /// Id, word or first instant.
    pub value: String,
    /// Its name, where it has one.
    #[serde(default)]
    pub name: Option<String>,
}

/// How a tenant does, at a glance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Dashboard {
    /// When it was looked at.
    pub at: String,
    /// Zone of the days.
    pub timezone: String,
    /// Currency of the money.
    pub currency: String,
    /// The main metrics, each as a card.
    pub cards: Vec<DashboardCard>,
    /// The last seven days, today the last, with the metrics of the cards.
    pub days: Vec<SeriesPoint>,
    /// How many campaigns there are, by status.
    pub campaigns: BTreeMap<String, u64>,
    /// Campaigns that may be shown now.
    pub active_campaigns: u64,
    /// The campaigns with most impressions today.
    pub top_campaigns: Vec<DashboardCampaign>,
    /// Why calls of today got no ad, most first.
    pub no_fill: Vec<NoFillCount>,
    /// Errors of today by VAST code, most first.
    pub errors: Vec<ErrorCount>,
    /// What somebody should look at, worst first.
    pub attention: Vec<Attention>,
}

/// One metric at a glance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DashboardCard {
    /// Its name.
    pub metric: String,
    /// `count`, `micros`, `ms` or `ratio`.
    pub unit: String,
    /// Today until now.
    pub today: Option<MetricValue>,
    /// All of yesterday.
    pub yesterday: Option<MetricValue>,
    /// How the hours of today that are over differ from the same hours of yesterday: 0.1 is a tenth
    /// more. None before the first of them is over, and where yesterday has nothing.
    pub change: Option<f64>,
}

/// One campaign on the dashboard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DashboardCampaign {
    /// Its id.
    pub id: String,
    /// Its name; none when it was deleted.
    pub name: Option<String>,
    /// Its status; none when it was deleted.
    pub status: Option<String>,
    /// Today.
    pub today: StatsTotals,
    /// How it stands; none where nothing bounds it.
    pub pacing: Option<CampaignPacing>,
}

/// Something that somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attention {
    /// How urgent it is.
    pub severity: Severity,
    /// What it is, as a word: `behind`, `limited`, `no_creative`, `creative_failed`, `ending`,
    /// `errors`, `no_fill`, `unbilled`.
    pub kind: String,
    /// Id of what it is about; none for the tenant as a whole.
    #[serde(default)]
    pub subject: Option<String>,
    /// Name of what it is about.
    #[serde(default)]
    pub name: Option<String>,
    /// In a sentence.
    pub message: String,
    /// The command that tells more.
    pub command: String,
}

/// How urgent something is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It loses money or viewers now.
    Critical,
    /// It will, when nothing is done.
    Warning,
    /// Good to know.
    Notice,
}
words!(Severity {
    Critical = "critical",
    Warning = "warning",
    Notice = "notice",
});

/// One campaign as its buyer asks about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CampaignAnalytics {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// First instant counted, at the start of an hour.
    pub since: String,
    /// First instant no longer counted, at the start of an hour.
    pub until: String,
    /// Zone of days.
    pub timezone: String,
    /// Currency of the money.
    pub currency: String,
    /// Every metric over the range.
    pub totals: MetricValues,
    /// What is settled of its budget, over its whole life.
    pub settled_micros: i64,
    /// What is left of its budget; none without one.
    pub remaining_micros: Option<i64>,
    /// How it stands now.
    pub pacing: Option<CampaignPacing>,
    /// By day of the range, without gaps.
    pub days: Vec<SeriesPoint>,
    /// By creative, most impressions first.
    pub creatives: Vec<ReportRow>,
    /// By channel, most impressions first.
    pub channels: Vec<ReportRow>,
    /// By type of device, most impressions first.
    pub devices: Vec<ReportRow>,
    /// By country, most impressions first.
    pub countries: Vec<ReportRow>,
    /// Errors by VAST code, most first.
    pub errors: Vec<ErrorCount>,
}
