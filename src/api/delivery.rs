//! What was delivered, and how the daemon is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::word::words;

/// What the rows of a report are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum StatsBy {
    /// One row in all.
    Total,
    /// A row an hour.
    Hour,
    /// A row a day of the tenant's zone.
    Day,
    /// A row a campaign.
    Campaign,
    /// A row a creative.
    Creative,
    /// A row a channel.
    Channel,
    /// A row a week of the tenant's zone, from Monday.
    Week,
    /// A row a type of device.
    Device,
    /// A row a country.
    Country,
    /// A row a kind of event, with its own figures alone.
    Event,
}
words!(StatsBy {
    Total = "total",
    Hour = "hour",
    Day = "day",
    Campaign = "campaign",
    Creative = "creative",
    Channel = "channel",
    Week = "week",
    Device = "device",
    Country = "country",
    Event = "event",
});

/// Delivery of a tenant, or of one campaign, over a range of time.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Stats {
    /// First instant counted, at the start of an hour.
    pub since: String,
    /// First instant no longer counted, at the start of an hour.
    pub until: String,
    /// Zone of the days.
    pub timezone: String,
    /// Currency of the money.
    pub currency: String,
    /// Everything together.
    pub totals: StatsTotals,
    /// One entry a group, in order of the group.
    pub rows: Vec<MetricRow>,
    /// Errors by code, most first.
    pub errors: Vec<ErrorCount>,
    /// Requests without an ad by reason, most first. Empty for one campaign.
    pub no_fill: Vec<NoFillCount>,
    /// How the campaign stands now, whatever range was asked for. None for a whole tenant, and
    /// for a campaign that neither a goal nor a charge bounds.
    #[serde(default)]
    pub pacing: Option<CampaignPacing>,
}

/// How the delivery of a campaign stands, against the bound over its flight that it is closest to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CampaignPacing {
    /// `not_started`, `ahead`, `on_track`, `behind`, `at_risk`, `supply_limited`, `cap_limited`,
    /// `separation_limited`, `floor_limited`, `complete` or `over_delivered`.
    pub pacing_status: String,
    /// What the counts are of: `impressions`, `clicks` or `completions`.
    pub unit: String,
    /// What is to be delivered in all.
    pub goal: u64,
    /// What should be delivered by now; the status is judged by `delivered` / `expected`.
    pub expected: u64,
    /// What is delivered.
    pub delivered: u64,
    /// What was handed out and may yet be delivered.
    pub reserved: u64,
    /// Of a thousand requests that it fits, in how many it takes part. None when it is not active.
    pub odds_permille: Option<u64>,
}

/// One group of a report.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct MetricRow {
    /// Id or instant of the group.
    pub group: String,
    /// Name of the group, where it has one.
    pub name: Option<String>,
    /// Verified beacons of every kind.
    #[serde(default)]
    pub events: u64,
    /// Its figures.
    #[serde(flatten)]
    pub totals: StatsTotals,
}

/// The figures of one group. Ratios are none where nothing was counted below the line.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StatsTotals {
    /// Calls for an ad. Zero in groups by campaign and creative, which a call does not know.
    pub requests: u64,
    /// Ads handed out.
    pub served: u64,
    /// Verified impression beacons, each ad once.
    pub impressions: u64,
    /// Events that were charged.
    pub billable: u64,
    /// Billable events that came too late to find room in the budget.
    pub unbilled: u64,
    /// Verified start beacons.
    pub starts: u64,
    /// Verified first quartile beacons.
    pub first_quartiles: u64,
    /// Verified midpoint beacons.
    pub midpoints: u64,
    /// Verified third quartile beacons.
    pub third_quartiles: u64,
    /// Verified complete beacons.
    pub completions: u64,
    /// Verified click beacons, each ad once.
    pub clicks: u64,
    /// Verified skip beacons.
    pub skips: u64,
    /// Verified error beacons.
    pub errors: u64,
    /// What was charged. Micros, rounded down.
    pub spend_micros: i64,
    /// Share of the calls that were given at least one ad.
    pub fill_rate: Option<f64>,
    /// Share of the time asked for that the ads handed out play.
    #[serde(default)]
    pub fill_time_rate: Option<f64>,
    /// `impressions` / `served`.
    pub impression_rate: Option<f64>,
    /// `completions` / `starts`.
    pub completion_rate: Option<f64>,
    /// `clicks` / `impressions`.
    pub click_rate: Option<f64>,
    /// `completions` / `impressions`.
    #[serde(default)]
    pub view_through_rate: Option<f64>,
    /// `errors` / `served`.
    pub error_rate: Option<f64>,
    /// Spend for a thousand impressions. Micros, rounded down.
    pub ecpm_micros: Option<i64>,
}

/// How often one error was reported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ErrorCount {
    /// VAST error code; 900 (undefined) when the player gave none.
    pub code: u16,
    /// How often.
    pub count: u64,
    /// `count` / `served`.
    #[serde(default)]
    pub rate: Option<f64>,
}

/// How often one reason left a request without an ad.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NoFillCount {
    /// The reason, a word of the closed list.
    pub reason: String,
    /// How often.
    pub count: u64,
}

/// How the daemon is.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ServerStatus {
    /// Its version.
    pub version: String,
    /// Its process id.
    pub pid: u32,
    /// When it started.
    pub started_at: String,
    /// Its data directory.
    pub data_dir: String,
    /// Where players reach it.
    pub public_url: String,
    /// Revision of the catalog that decides now.
    pub catalog_revision: u64,
    /// Servable campaigns of all tenants.
    pub offers: u64,
    /// Calls for an ad since the start.
    pub requests: u64,
    /// Ads handed out since the start.
    pub served: u64,
    /// Beacons counted since the start.
    pub events: u64,
    /// Beacons since the start that reported again what was counted before.
    #[serde(default)]
    pub duplicates: u64,
    /// Beacons since the start that came too late, or could not be written.
    pub refused: u64,
    /// Beacons waiting to be written.
    pub queue: u64,
    /// Whether each part it depends on works: `catalog`, `ledger`, `blobs`.
    pub dependencies: std::collections::BTreeMap<String, String>,
}

/// Versions of the daemon.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Version {
    /// Version of the program.
    pub version: String,
    /// Version of `catalog.db` that it writes.
    pub catalog_schema: u32,
    /// Version of `ledger.db` that it writes.
    pub ledger_schema: u32,
}
