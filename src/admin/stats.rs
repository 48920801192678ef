//! `/api/v1/stats` and `/api/v1/campaigns/{id}/stats`: what was delivered.
//!
//! What each figure means is said once: in `ledger::measure`.

use std::sync::Arc;

use super::analytics::{Given, Names, Range, Subject, by_count, standing, stats_totals, sums};
use super::call::Call;
use super::respond::{Answer, Refusal};
use super::route::{Kind, Parameter};
use super::state::State;
use super::tenancy::{scope, tenant};
use super::work::read;
use crate::api::{CampaignPacing, MetricRow, Stats, StatsBy};
use crate::decision::pacing::Measure;
use crate::ledger::{Dimension, Figures, Filter, GroupKey, Metric, Sums, Wanted};
use crate::limits::PacingReport;
use crate::model::{Campaign, EventKind, Millis, PriceModel, Timestamp};
use crate::store::catalog::Scope;

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
    let asked = Asked::read(&call)?;
    let tenant = tenant(&state, &call).await?;
    let about = read(&state, Scope::Tenant(tenant), |reader| {
        let subject = Subject::of_tenant(reader)?;
        Ok(About {
            since: subject.tenant.created_at,
            subject,
            campaign: None,
        })
    });
    report(&state, about.await?, asked).await
}

/// `GET /api/v1/campaigns/{id}/stats`
pub(crate) async fn of_campaign(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let asked = Asked::read(&call)?;
    let scope = scope(&state, &call).await?;
    let about = read(&state, scope, move |reader| {
        let campaign = reader.find::<Campaign>(call.id())?;
        Ok(About {
            since: campaign.created_at,
            subject: Subject {
                filter: Filter {
                    campaigns: Some(vec![campaign.id.get()]),
                    ..Filter::default()
                },
                ..Subject::of_tenant(reader)?
            },
            campaign: Some(campaign),
        })
    });
    report(&state, about.await?, asked).await
}

/// What was asked for by time and group.
struct Asked {
    by: StatsBy,
    given: Given,
}

impl Asked {
    fn read(call: &Call) -> Result<Self, Refusal> {
        let by: Option<StatsBy> = call.query("by").and_then(|word| word.parse().ok());
        Ok(Self {
            by: by.unwrap_or(StatsBy::Total),
            given: Given::read(call, ["since", "until"])?,
        })
    }
}

/// What a report is about.
struct About {
    subject: Subject,
    campaign: Option<Campaign>,
    /// Nothing can have been counted before.
    since: Timestamp,
}

/// How the ledger cuts by this; kinds of events are told apart afterwards.
const fn dimension(by: StatsBy) -> Option<Dimension> {
    match by {
        StatsBy::Total | StatsBy::Event => None,
        StatsBy::Hour => Some(Dimension::Hour),
        StatsBy::Day => Some(Dimension::Day),
        StatsBy::Week => Some(Dimension::Week),
        StatsBy::Campaign => Some(Dimension::Campaign),
        StatsBy::Creative => Some(Dimension::Creative),
        StatsBy::Channel => Some(Dimension::Channel),
        StatsBy::Device => Some(Dimension::Device),
        StatsBy::Country => Some(Dimension::Country),
    }
}

async fn report(state: &State, about: About, asked: Asked) -> Result<Answer, Refusal> {
    let About {
        subject,
        campaign,
        since,
    } = about;
    let now = state.clock.now();
    let range = Range::of(
        asked.given.since.unwrap_or(since),
        asked.given.until.unwrap_or_else(|| now.plus(Millis(1))),
    );
    let cut = dimension(asked.by);
    let query = subject.query(cut.into_iter().collect(), &range, Wanted::ALL);
    let found = sums(state, query).await?;
    let (errors, no_fill) = by_count(&found);
    Answer::ok(&Stats {
        since: range.start().to_string(),
        until: range.end().to_string(),
        timezone: subject.timezone(),
        currency: subject.currency(),
        totals: stats_totals(&found.totals),
        rows: rows(state, &subject, (asked.by, &found)).await?,
        errors,
        no_fill,
        pacing: campaign.and_then(|campaign| {
            let zone = &subject.tenant.spec.zone;
            let stands = state.pacer.report(&campaign, zone, now)?;
            Some(pacing(&stands, campaign.spec.price.model))
        }),
    })
}

async fn rows(
    state: &State,
    subject: &Subject,
    (by, found): (StatsBy, &Sums),
) -> Result<Vec<MetricRow>, Refusal> {
    let plain = |group: String, figures: &Figures| MetricRow {
        group,
        name: None,
        events: figures.events(),
        totals: stats_totals(figures),
    };
    let Some(dimension) = dimension(by) else {
        if by == StatsBy::Event {
            let each = EventKind::ALL.iter();
            let own = each.map(|&kind| (kind, only(Metric::of(kind), &found.totals)));
            let rows = own.map(|(kind, figures)| plain(kind.to_string(), &figures));
            return Ok(rows.collect());
        }
        return Ok(vec![plain("total".to_owned(), &found.totals)]);
    };
    let tenant = subject.tenant.id;
    let names = Names::find(state, tenant, &[Some(dimension)], found.groups.keys()).await?;
    let row = |(key, figures): (&GroupKey, &Figures)| {
        let value = key.first().copied().unwrap_or_default();
        MetricRow {
            name: names.value(dimension, value).name,
            ..plain(standing(dimension, value), figures)
        }
    };
    Ok(found.groups.iter().map(row).collect())
}

/// The figures with nothing in them but one metric.
fn only(metric: Metric, figures: &Figures) -> Figures {
    let mut own = Figures::default();
    own.add(metric, figures.of(metric));
    own
}

/// How a campaign stands, for an answer.
pub(crate) fn pacing(stands: &PacingReport, model: PriceModel) -> CampaignPacing {
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
