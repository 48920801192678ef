//! How each campaign stands after the evening, and why calls stayed without ads.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::book::typed;
use super::tally::{Compared, Measure};
use super::verdict::Evening;
use crate::api::{NoFillCount, Stats};
use crate::cli::failure::Failure;
use crate::cli::output::{Column, Row, Value};
use crate::client::{Call, Client, Collection};
use crate::model::EventKind;

/// How one campaign stands.
#[derive(Debug, Serialize)]
pub(super) struct Standing {
    /// `cmp_…`
    campaign: String,
    /// Its name.
    name: String,
    /// Its tier.
    tier: String,
    /// Whom it is for, in the language of targeting.
    targeting: String,
    /// Ads handed out.
    served: u64,
    /// Impressions counted.
    impressions: u64,
    /// Its caps as they are typed.
    caps: Vec<String>,
    /// How it is spread over its flight.
    pacing: String,
    /// How that goes, where it has a bound.
    pacing_status: Option<String>,
    /// Why calls for it alone got no ad, and how often.
    left_out: BTreeMap<String, u64>,
}

/// How every campaign stands, with its figures from `compared`.
pub(super) async fn standings(
    client: &Client,
    evening: &Evening,
    compared: &[Compared],
) -> Result<Vec<Standing>, Failure> {
    let mut standings = Vec::new();
    for terms in evening.book.terms() {
        let campaign = &terms.campaign;
        let path = format!("{}/stats", Collection::Campaigns.entry(&campaign.id));
        let client = client.for_tenant(&terms.tenant);
        let report: Stats = client.send(Call::get(path)).await?.value;
        let row = compared.iter().find(|row| row.campaign == campaign.id);
        let counted = |measure: Measure| {
            let pair = row.and_then(|row| row.counts.get(measure.as_str()));
            pair.map_or(0, |pair| pair.counted)
        };
        let targeting = campaign.targeting.read("targeting").ok();
        standings.push(Standing {
            campaign: campaign.id.clone(),
            name: campaign.name.clone(),
            tier: campaign.tier.clone(),
            // What is long is printed on several lines.
            targeting: targeting
                .map(|all| all.to_string().replace('\n', " "))
                .unwrap_or_default(),
            served: counted(Measure::Served),
            impressions: counted(Measure::Seen(EventKind::Impression)),
            caps: campaign.caps.iter().map(typed).collect(),
            pacing: campaign.pacing.mode.clone(),
            pacing_status: report.pacing.map(|pace| pace.pacing_status),
            left_out: evening.seen.why_left_out(&campaign.id),
        });
    }
    Ok(standings)
}

impl Row for Standing {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::wide("campaign", "CAMPAIGN", |row| Value::text(&row.campaign)),
        Column::shown("name", "NAME", |row| Value::text(&row.name)),
        Column::shown("tier", "TIER", |row| Value::text(&row.tier)),
        Column::shown("served", "ADS", |row| Value::Count(row.served)),
        Column::shown("impressions", "SEEN", |row| Value::Count(row.impressions)),
        Column::shown("pacing", "PACING", |row| Value::text(&row.pacing)),
        Column::shown("pacing_status", "STANDS", |row| {
            Value::of(row.pacing_status.as_deref(), Value::text)
        }),
        Column::shown("caps", "CAPS", |row| Value::texts(&row.caps)),
        Column::shown("left_out", "LEFT OUT BECAUSE OF", |row| {
            let reasons = row.left_out.iter();
            let reasons: Vec<String> = reasons
                .map(|(why, count)| format!("{why} {count}"))
                .collect();
            Value::list(&reasons)
        }),
        Column::shown("targeting", "FOR", |row| Value::text(&row.targeting)),
    ];

    fn id(&self) -> &str {
        &self.campaign
    }
}

/// Why calls to one tenant got no ad.
#[derive(Debug, Serialize)]
pub(super) struct Quiet {
    /// Its name.
    pub(super) tenant: String,
    /// The reasons, most first.
    pub(super) no_fill: Vec<NoFillCount>,
}

impl fmt::Display for Quiet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tenant, no_fill } = self;
        if no_fill.is_empty() {
            return write!(f, "{tenant} had an ad for every call");
        }
        write!(f, "{tenant} had no ad because of")?;
        for (place, reason) in no_fill.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            write!(f, "{comma} {} {}", reason.reason, reason.count)?;
        }
        Ok(())
    }
}
