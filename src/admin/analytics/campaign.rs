//! `GET /api/v2/analytics/campaigns/{id}`: one campaign as its buyer asks about it.

use std::cmp::Reverse;
use std::sync::Arc;

use super::asked::{Given, Range, Subject, sums};
use super::calendar::{POINTS_MAX, stretches};
use super::names::Names;
use super::parameters::range_parameters;
use super::series::points;
use super::shown::{by_count, values};
use crate::admin::call::Call;
use crate::admin::respond::{Answer, Refusal};
use crate::admin::route::Parameter;
use crate::admin::state::State;
use crate::admin::stats::pacing;
use crate::admin::tenancy::scope;
use crate::admin::work::read;
use crate::api::{CampaignAnalytics, ReportRow, SeriesStep};
use crate::ledger::measure::Measure;
use crate::ledger::{Dimension, Filter, Metric, Wanted};
use crate::model::{Campaign, Nanos, PriceModel};
use crate::store::catalog::StoreError;

/// Rows by creative, channel, type of device and country at most.
const ROWS_MAX: usize = 50;

/// The parameters of the analytics of a campaign.
pub(crate) fn parameters() -> [Parameter; 2] {
    range_parameters()
}

pub(crate) async fn of_campaign(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let given = Given::read(&call, ["since", "until"])?;
    let scope = scope(&state, &call).await?;
    let found = read(&state, scope, move |reader| {
        let campaign = reader.find::<Campaign>(call.id())?;
        let subject = Subject {
            filter: Filter {
                campaigns: Some(vec![campaign.id.get()]),
                ..Filter::default()
            },
            ..Subject::of_tenant(reader)?
        };
        Ok((campaign, subject))
    });
    let (campaign, subject) = found.await?;
    let range = given.or_week(&subject, state.clock.now())?;
    Answer::ok(&analytics(&state, &campaign, (&subject, &range)).await?)
}

async fn analytics(
    state: &State,
    campaign: &Campaign,
    (subject, range): (&Subject, &Range),
) -> Result<CampaignAnalytics, Refusal> {
    let measures: Vec<Measure> = Measure::all().collect();
    let zone = &subject.tenant.spec.zone;
    let stretches = stretches(zone, SeriesStep::Day, range).ok_or_else(|| {
        Refusal::invalid(
            "since",
            format!("the range has more than {POINTS_MAX} days"),
        )
    })?;
    let days = subject.query(vec![Dimension::Day], range, Wanted::ALL);
    let days = sums(state, days).await?;
    let settled = state.ledger.settled(subject.tenant.id, campaign.id).await;
    let settled = settled.map_err(StoreError::from)?;
    let settled = match campaign.spec.price.model {
        // A flat fee is no charge of an event: it is due with the first impression.
        PriceModel::Flat => flat(state, subject, campaign).await?,
        PriceModel::Cpm | PriceModel::Cpc | PriceModel::Cpv => settled,
    };
    let stands = state.pacer.report(campaign, zone, state.clock.now());
    let by = |dimension| best(state, (subject, range), dimension, &measures);
    Ok(CampaignAnalytics {
        id: campaign.id.to_string(),
        name: campaign.spec.name.clone(),
        since: range.start().to_string(),
        until: range.end().to_string(),
        timezone: subject.timezone(),
        currency: subject.currency(),
        totals: values(&measures, &days.totals),
        settled_micros: settled.micros(),
        remaining_micros: Some(
            campaign
                .spec
                .total_budget_micros
                .saturating_sub(settled.micros()),
        ),
        pacing: stands.map(|stands| pacing(&stands, campaign.spec.price.model)),
        days: points(&stretches, &days, &measures),
        creatives: by(Dimension::Creative).await?,
        channels: by(Dimension::Channel).await?,
        devices: by(Dimension::Device).await?,
        countries: by(Dimension::Country).await?,
        errors: by_count(&days).0,
    })
}

/// What is due of a flat fee, over the whole life of the campaign.
async fn flat(state: &State, subject: &Subject, campaign: &Campaign) -> Result<Nanos, Refusal> {
    let life = Range::of(campaign.created_at, state.clock.now());
    let query = subject.query(Vec::new(), &life, Wanted::default());
    Ok(sums(state, query).await?.totals.spend)
}

/// The groups with most impressions.
async fn best(
    state: &State,
    (subject, range): (&Subject, &Range),
    dimension: Dimension,
    measures: &[Measure],
) -> Result<Vec<ReportRow>, Refusal> {
    let query = subject.query(vec![dimension], range, Wanted::of(measures));
    let found = sums(state, query).await?;
    let mut groups: Vec<_> = found.groups.iter().collect();
    groups.sort_by_key(|(_key, figures)| Reverse(figures.of(Metric::Impressions)));
    groups.truncate(ROWS_MAX);
    let keys = groups.iter().map(|&(key, _figures)| key);
    let names = Names::find(state, subject.tenant.id, &[Some(dimension)], keys).await?;
    let row = |(key, figures): &(&crate::ledger::GroupKey, &crate::ledger::Figures)| ReportRow {
        group: key
            .iter()
            .map(|&value| names.value(dimension, value))
            .collect(),
        values: values(measures, figures),
    };
    Ok(groups.iter().map(row).collect())
}
