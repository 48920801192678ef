//! `/api/v1/stats` and `/api/v1/campaigns/{id}/stats`: what was delivered.
//!
//! What each figure means is said once: in `ledger::Metric`, and for rates in `ledger::Figures`.

use std::collections::HashMap;
use std::sync::Arc;

use super::call::Call;
use super::respond::{Answer, Refusal};
use super::route::{Kind, Parameter};
use super::state::State;
use super::tenancy::{scope, tenant};
use super::work::read;
use crate::api::{CampaignPacing, ErrorCount, MetricRow, NoFillCount, Stats, StatsBy, StatsTotals};
use crate::decision::pacing::Measure;
use crate::ledger::{Figures, Hour, Metric};
use crate::limits::PacingReport;
use crate::model::{
    Campaign, CampaignId, Channel, Creative, EventKind, Millis, Nanos, PriceModel, Problem, Tenant,
    TenantId, Timestamp,
};
use crate::store::catalog::{Entity, Reader, Scope, StoreError};
use crate::store::ledger::{Group, Report, StatsQuery};

/// The parameters of a report.
pub(crate) fn parameters() -> [Parameter; 3] {
    [
        Parameter {
            name: "by",
            about: "What the rows are; `total` unless given.",
            kind: Kind::Words(StatsBy::ALL.iter().map(|by| by.as_str()).collect()),
        },
        Parameter {
            name: "since",
            about: "From the hour of this instant; from the beginning unless given.",
            kind: Kind::Text,
        },
        Parameter {
            name: "until",
            about: "To this instant, and the hour that it is in is counted whole; to now unless given.",
            kind: Kind::Text,
        },
    ]
}

/// `GET /api/v1/stats`
pub(crate) async fn of_tenant(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let range = Range::read(&call)?;
    let tenant = tenant(&state, &call).await?;
    let subject = read(&state, Scope::Tenant(tenant), |reader| {
        Subject::of_tenant(reader)
    });
    report(&state, subject.await?, range).await
}

/// `GET /api/v1/campaigns/{id}/stats`
pub(crate) async fn of_campaign(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let range = Range::read(&call)?;
    let scope = scope(&state, &call).await?;
    let subject = read(&state, scope, move |reader| {
        let campaign = reader.find::<Campaign>(call.id())?;
        Ok(Subject {
            since: campaign.created_at,
            campaign: Some(campaign),
            ..Subject::of_tenant(reader)?
        })
    });
    report(&state, subject.await?, range).await
}

/// What was asked for by time and group.
struct Range {
    by: StatsBy,
    since: Option<Timestamp>,
    until: Option<Timestamp>,
}

impl Range {
    fn read(call: &Call) -> Result<Self, Refusal> {
        let mut problems = Vec::new();
        let mut instant = |name: &str| {
            let read: Option<Result<Timestamp, _>> = call.query(name).map(str::parse);
            match read.transpose() {
                Ok(at) => at,
                Err(error) => {
                    let error: crate::model::time::TimestampError = error;
                    problems.push(Problem::new(name, error.to_string()));
                    None
                }
            }
        };
        let (since, until) = (instant("since"), instant("until"));
        if let (Some(since), Some(until)) = (since, until)
            && until <= since
        {
            let message = format!("{until} is not after since {since}");
            problems.push(Problem::new("until", message));
        }
        if !problems.is_empty() {
            return Err(Refusal::Invalid(problems));
        }
        let by: Option<StatsBy> = call.query("by").and_then(|word| word.parse().ok());
        Ok(Self {
            by: by.unwrap_or(StatsBy::Total),
            since,
            until,
        })
    }
}

/// What a report is about.
struct Subject {
    tenant: Tenant,
    campaign: Option<Campaign>,
    /// Nothing can have been counted before.
    since: Timestamp,
    fees: Vec<(CampaignId, Nanos)>,
}

impl Subject {
    fn of_tenant(reader: &Reader<'_>) -> Result<Self, StoreError> {
        let tenant = reader.tenant()?;
        Ok(Self {
            since: tenant.created_at,
            campaign: None,
            fees: reader.flat_fees()?,
            tenant,
        })
    }
}

async fn report(state: &State, subject: Subject, range: Range) -> Result<Answer, Refusal> {
    // Calls for an ad are in the ledger within a second; a reader need not wait for it. When they
    // cannot be written now, the report says what is there.
    let _flushed = state.journal.flush().await;
    let hour = Millis::from_seconds(3_600);
    let since = Hour::of(range.since.unwrap_or(subject.since));
    // An hour that has begun is counted whole.
    let until = range
        .until
        .unwrap_or_else(|| state.clock.now().plus(Millis(1)));
    let until = Hour::of(until.plus(hour).minus(Millis(1)));
    let spec = &subject.tenant.spec;
    let query = StatsQuery {
        tenant: subject.tenant.id,
        campaign: subject.campaign.as_ref().map(|campaign| campaign.id),
        since,
        until: until.max(since),
        by: range.by,
        zone: spec.zone.clone(),
        fees: subject.fees,
    };
    let report = state.ledger.report(query).await;
    let report = report.map_err(StoreError::from)?;
    let names = names(state, subject.tenant.id, &report).await?;
    Answer::ok(&Stats {
        since: since.start().to_string(),
        until: until.max(since).start().to_string(),
        timezone: spec.zone.name().to_owned(),
        currency: spec.currency.to_string(),
        totals: totals(&report.totals),
        rows: report
            .rows
            .iter()
            .map(|(group, row)| shown(*group, row, &names))
            .collect(),
        errors: report
            .errors
            .iter()
            .map(|&(code, count)| ErrorCount { code, count })
            .collect(),
        no_fill: report.no_fill.into_iter().map(no_fill).collect(),
        pacing: subject.campaign.and_then(|campaign| {
            let stands = state
                .pacer
                .report(&campaign, &spec.zone, state.clock.now())?;
            Some(pacing(&stands, campaign.spec.price.model))
        }),
    })
}

fn pacing(stands: &PacingReport, model: PriceModel) -> CampaignPacing {
    let unit = match (stands.measure, model.billable()) {
        (Measure::Impressions, _) | (_, EventKind::Impression) => Metric::Impressions,
        (Measure::Paid, paid) => Metric::of(paid),
    };
    CampaignPacing {
        pacing_status: stands.status.to_string(),
        unit: unit.to_string(),
        goal: stands.goal,
        expected: stands.expected,
        delivered: stands.delivered,
        reserved: stands.reserved,
        odds_permille: stands.odds_permille,
    }
}

fn no_fill((reason, count): (String, u64)) -> NoFillCount {
    NoFillCount { reason, count }
}

/// The names of the groups; what was deleted since has none.
async fn names(
    state: &State,
    tenant: TenantId,
    report: &Report,
) -> Result<HashMap<Group, String>, Refusal> {
    let groups: Vec<Group> = report.rows.keys().copied().collect();
    let names = read(state, Scope::Tenant(tenant), move |reader| {
        let mut names = HashMap::new();
        for group in groups {
            let name = match group {
                Group::Campaign(id) => name::<Campaign>(reader, id)?,
                Group::Creative(id) => name::<Creative>(reader, id)?,
                Group::Channel(Some(id)) => name::<Channel>(reader, id)?,
                Group::Channel(None) | Group::Total | Group::Hour(_) | Group::Day(_) => None,
            };
            names.extend(name.map(|name| (group, name)));
        }
        Ok(names)
    });
    names.await
}

fn name<E: Entity>(reader: &Reader<'_>, id: E::Id) -> Result<Option<String>, StoreError> {
    match reader.load::<E>(id) {
        Ok(entity) => Ok(Some(entity.name().to_owned())),
        Err(StoreError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

fn shown(group: Group, figures: &Figures, names: &HashMap<Group, String>) -> MetricRow {
    MetricRow {
        group: match group {
            Group::Total => "total".to_owned(),
            Group::Hour(start) | Group::Day(start) => start.to_string(),
            Group::Campaign(id) => id.to_string(),
            Group::Creative(id) => id.to_string(),
            Group::Channel(Some(id)) => id.to_string(),
            Group::Channel(None) => "none".to_owned(),
        },
        name: names.get(&group).cloned(),
        totals: totals(figures),
    }
}

fn totals(figures: &Figures) -> StatsTotals {
    StatsTotals {
        requests: figures.of(Metric::Requests),
        served: figures.of(Metric::Served),
        impressions: figures.of(Metric::Impressions),
        billable: figures.of(Metric::Billable),
        unbilled: figures.of(Metric::Unbilled),
        starts: figures.of(Metric::Starts),
        first_quartiles: figures.of(Metric::FirstQuartiles),
        midpoints: figures.of(Metric::Midpoints),
        third_quartiles: figures.of(Metric::ThirdQuartiles),
        completions: figures.of(Metric::Completions),
        clicks: figures.of(Metric::Clicks),
        skips: figures.of(Metric::Skips),
        errors: figures.of(Metric::Errors),
        spend_micros: figures.spend.micros(),
        fill_rate: figures.fill_rate(),
        impression_rate: figures.impression_rate(),
        completion_rate: figures.completion_rate(),
        click_rate: figures.click_rate(),
        error_rate: figures.error_rate(),
        ecpm_micros: figures.ecpm_micros(),
    }
}
