//! `GET /api/v1/dashboard`: how a tenant does, at a glance.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::asked::{Range, Subject, days_before, info, measures, sums};
use super::attention::{self, Today};
use super::calendar::stretches;
use super::series::points;
use super::shown::{by_count, stats_totals, value};
use crate::admin::call::Call;
use crate::admin::respond::{Answer, Refusal};
use crate::admin::state::State;
use crate::admin::stats::pacing;
use crate::admin::tenancy::tenant;
use crate::admin::work::read;
use crate::api::{Dashboard, DashboardCampaign, DashboardCard, SeriesStep};
use crate::ledger::measure::{Measure, change};
use crate::ledger::{Dimension, Figures, GroupKey, Hour, Metric, Sums, Wanted};
use crate::model::zone::Day;
use crate::model::{Campaign, CampaignStatus, Creative, Millis, Timestamp};
use crate::store::catalog::Scope;

/// What the cards show.
const CARDS: &str = "requests,served,impressions,completions,clicks,spend_micros,ecpm_micros,\
                     fill_rate,fill_time_rate,click_rate,view_through_rate,completion_rate,\
                     error_rate";
/// Campaigns that are shown.
const TOP_MAX: usize = 10;
/// Days before today that are shown.
const DAYS_BEFORE: u32 = 6;

/// What of the catalog is shown.
struct Sold {
    subject: Subject,
    campaigns: Vec<Campaign>,
    creatives: Vec<Creative>,
}

pub(crate) async fn dashboard(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let tenant = tenant(&state, &call).await?;
    let sold = read(&state, Scope::Tenant(tenant), |reader| {
        Ok(Sold {
            subject: Subject::of_tenant(reader)?,
            campaigns: reader.all::<Campaign>()?,
            creatives: reader.all::<Creative>()?,
        })
    });
    Answer::ok(&shown(&state, &sold.await?).await?)
}

async fn shown(state: &State, sold: &Sold) -> Result<Dashboard, Refusal> {
    let (now, subject) = (state.clock.now(), &sold.subject);
    let zone = &subject.tenant.spec.zone;
    let measures = measures(CARDS)?;
    let after = now.plus(Millis(1));
    let week = Range::of(days_before(subject, after, DAYS_BEFORE), after);
    let hours = subject.query(vec![Dimension::Hour], &week, Wanted::of(&measures));
    let hours = sums(state, hours).await?;
    let day = zone.day(now);
    let today = Range::of(day.start, after);
    let by_campaign = subject.query(vec![Dimension::Campaign], &today, Wanted::ALL);
    let by_campaign = sums(state, by_campaign).await?;
    let (errors, no_fill) = by_count(&by_campaign);
    let days = stretches(zone, SeriesStep::Day, &week).unwrap_or_default();
    let judged = Today {
        sums: &by_campaign,
        now,
    };
    let active = |campaign: &&Campaign| campaign.status == CampaignStatus::Active;
    let is_running = |campaign: &&Campaign| (campaign.spec.start..campaign.spec.end).contains(&now);
    let running = sold.campaigns.iter().filter(active).filter(is_running);
    Ok(Dashboard {
        at: now.to_string(),
        timezone: subject.timezone(),
        currency: subject.currency(),
        cards: cards(
            &measures,
            &hours,
            (zone.day(day.start.minus(Millis(1))), day, now),
        ),
        days: points(&days, &by_stretch(&hours, &days), &measures),
        campaigns: by_status(&sold.campaigns),
        active_campaigns: running.count() as u64,
        top_campaigns: top(state, sold, &by_campaign),
        no_fill,
        errors,
        attention: attention::found(state, (&sold.campaigns, &sold.creatives), zone, &judged),
    })
}

/// Hours summed to longer stretches, keyed by their starts.
fn by_stretch(hours: &Sums, stretches: &[Day]) -> Sums {
    let mut sums = Sums::default();
    for stretch in stretches {
        let key = GroupKey::from_slice(&[stretch.start.millis()]);
        sums.groups
            .insert(key, within(hours, (stretch.start, stretch.end)));
    }
    sums
}

/// What was counted in the hours that begin in a stretch.
fn within(hours: &Sums, (start, end): (Timestamp, Timestamp)) -> Figures {
    let mut figures = Figures::default();
    let from = GroupKey::from_slice(&[start.millis()]);
    let to = GroupKey::from_slice(&[end.millis()]);
    for (_hour, own) in hours
        .groups
        .range(from..to.max(GroupKey::from_slice(&[start.millis()])))
    {
        figures.merge(own);
    }
    figures
}

fn cards(
    measures: &[Measure],
    hours: &Sums,
    (yesterday, today, now): (Day, Day, Timestamp),
) -> Vec<DashboardCard> {
    let whole = |day: &Day| within(hours, (day.start, day.end));
    let (so_far, before) = (whole(&today), whole(&yesterday));
    // Like with like: hours of today that are over against as many of yesterday.
    let over = Hour::of(now).start().max(today.start);
    let passed = over.since(today.start);
    let full = within(hours, (today.start, over));
    let then = within(hours, (yesterday.start, yesterday.start.plus(passed)));
    let card = |&measure: &Measure| {
        let info = info(measure);
        let both = measure.of(&full).zip(measure.of(&then));
        DashboardCard {
            metric: info.name,
            unit: info.unit,
            today: measure.of(&so_far).map(value),
            yesterday: measure.of(&before).map(value),
            change: both
                .filter(|_both| passed > Millis(0))
                .and_then(|(now, then)| change(now, then)),
        }
    };
    measures.iter().map(card).collect()
}

fn by_status(campaigns: &[Campaign]) -> BTreeMap<String, u64> {
    let mut counts: BTreeMap<String, u64> = CampaignStatus::ALL
        .iter()
        .map(|status| (status.to_string(), 0))
        .collect();
    for campaign in campaigns {
        *counts.entry(campaign.status.to_string()).or_default() += 1;
    }
    counts
}

/// The campaigns with most impressions today.
fn top(state: &State, sold: &Sold, by_campaign: &Sums) -> Vec<DashboardCampaign> {
    let mut best: Vec<(u32, &Figures)> = by_campaign
        .groups
        .iter()
        .filter_map(|(key, figures)| Some((u32::try_from(*key.first()?).ok()?, figures)))
        .collect();
    best.sort_by_key(|&(id, figures)| (Reverse(figures.of(Metric::Impressions)), id));
    best.truncate(TOP_MAX);
    let zone = &sold.subject.tenant.spec.zone;
    let shown = |&(id, figures): &(u32, &Figures)| {
        let found = sold.campaigns.iter().find(|one| one.id.get() == id);
        let stands = found.and_then(|campaign| {
            let stands = state.pacer.report(campaign, zone, state.clock.now())?;
            Some(pacing(&stands, campaign.spec.price.model))
        });
        DashboardCampaign {
            id: crate::model::CampaignId::new(id).to_string(),
            name: found.map(|campaign| campaign.spec.name.clone()),
            status: found.map(|campaign| campaign.status.to_string()),
            today: stats_totals(figures),
            pacing: stands,
        }
    };
    best.iter().map(shown).collect()
}
