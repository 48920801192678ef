//! What the figures mean: cards, hours, pace, and what needs attention. Integers alone.

use std::collections::HashMap;

use super::badge::{error_name, pace_badge};
use super::data::Data;
use super::figure::{percent, permille, short};
use super::look::Tone;
use crate::api::{Campaign, MetricRow, Stats, StatsTotals};
use crate::model::{Timestamp, Zone};

/// Hours of the chart: seven days.
pub const WEEK_HOURS: usize = 168;
const HOUR_MILLIS: i64 = 3_600_000;
/// Most sentences of what needs attention.
const ATTENTION_MAX: usize = 100;
/// Errors of so many thousandths of what was served want a look.
const ERRORS_PERMILLE: u64 = 10;
/// Reasons that left less than so many thousandths of the requests without an ad are no news.
const NO_FILL_PERMILLE: u64 = 50;

/// Figures that add up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// Calls for an ad.
    pub requests: u64,
    /// Ads handed out.
    pub served: u64,
    /// Ads that were seen.
    pub impressions: u64,
    /// Errors of players.
    pub errors: u64,
    /// Money. Micros.
    pub spend_micros: i64,
}

impl Sum {
    fn add(&mut self, totals: &StatsTotals) {
        self.requests = self.requests.saturating_add(totals.requests);
        self.served = self.served.saturating_add(totals.served);
        self.impressions = self.impressions.saturating_add(totals.impressions);
        self.errors = self.errors.saturating_add(totals.errors);
        self.spend_micros = self.spend_micros.saturating_add(totals.spend_micros);
    }
}

/// One hour of a chart: none where nothing can have been counted.
pub type Hours = Vec<Option<Sum>>;

/// The last `count` hours until `now`, oldest first. Hours before the first that is known have
/// no figures, and those after it that are missing were quiet.
pub fn hours(stats: &Stats, now: Timestamp, count: usize) -> Hours {
    let last = now.hour().millis();
    let mut by_hour: HashMap<i64, Sum> = HashMap::new();
    for row in &stats.rows {
        if let Ok(start) = row.group.parse::<Timestamp>() {
            by_hour
                .entry(start.hour().millis())
                .or_default()
                .add(&row.totals);
        }
    }
    let first = by_hour.keys().min().copied();
    let back = |place: usize| i64::try_from(count - 1 - place).unwrap_or_default() * HOUR_MILLIS;
    let hour = |place: usize| {
        let start = last.saturating_sub(back(place));
        let is_known = first.is_some_and(|first| start >= first);
        is_known.then(|| by_hour.get(&start).copied().unwrap_or_default())
    };
    (0..count).map(hour).collect()
}

/// The first instant of the tenant's day that `now` is in.
pub fn midnight(zone: &str, now: Timestamp) -> Timestamp {
    let zone: Option<Zone> = zone.parse().ok();
    zone.map_or_else(|| now.hour(), |zone| zone.day(now).start)
}

/// What was counted in the whole hours of today, and in the same hours of yesterday.
pub fn against_yesterday(
    hours: &[Option<Sum>],
    midnight: Timestamp,
    now: Timestamp,
) -> Option<(Sum, Sum)> {
    let passed = now.hour().millis().saturating_sub(midnight.hour().millis()) / HOUR_MILLIS;
    let passed = usize::try_from(passed).ok().filter(|passed| *passed > 0)?;
    // The last entry is the hour that still runs.
    let end = hours.len().checked_sub(1)?;
    let today = hours.get(end.checked_sub(passed)?..end)?;
    let day_before = end.checked_sub(24)?;
    let yesterday = hours.get(day_before.checked_sub(passed)?..day_before)?;
    let sum = |hours: &[Option<Sum>]| {
        let mut sum = Sum::default();
        for hour in hours.iter().flatten() {
            sum.requests += hour.requests;
            sum.served += hour.served;
            sum.impressions += hour.impressions;
            sum.errors += hour.errors;
            sum.spend_micros += hour.spend_micros;
        }
        sum
    };
    yesterday
        .iter()
        .any(Option::is_some)
        .then(|| (sum(today), sum(yesterday)))
}

/// Requests that got an ad, in thousandths of all: those that are left when every one without is
/// taken away.
pub fn fill_permille(stats: &Stats) -> Option<u64> {
    let without = stats.no_fill.iter().map(|reason| reason.count).sum::<u64>();
    let requests = stats.totals.requests;
    permille(requests.saturating_sub(without), requests)
}

/// How a figure moved, in thousandths of what it was; none from nothing.
pub fn change(now: u64, before: u64) -> Option<i64> {
    let ratio = permille(now, before)?;
    Some(
        i64::try_from(ratio)
            .unwrap_or(i64::MAX)
            .saturating_sub(1_000),
    )
}

/// How far a campaign is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stand {
    /// Delivered of its goal or budget, in thousandths.
    pub done: Option<u64>,
    /// Part of the goal against part of the time: thousandths, rounded down.
    pub pace: Option<u64>,
    /// Spent of the budget, in thousandths.
    pub spent: Option<u64>,
    /// Part of the flight that has passed, in thousandths.
    pub elapsed: u64,
}

/// How far a campaign is at `now`, by what it delivered over its flight.
pub fn stand(campaign: &Campaign, totals: Option<&StatsTotals>, now: Timestamp) -> Stand {
    let empty = StatsTotals::default();
    let totals = totals.unwrap_or(&empty);
    let charged = u64::try_from(totals.spend_micros).unwrap_or_default();
    let budget = u64::try_from(campaign.total_budget_micros).unwrap_or_default();
    let spent = permille(charged, budget);
    let done = match campaign.impression_goal {
        Some(goal) => permille(totals.impressions, goal),
        None => spent,
    };
    let instant = |text: &str| text.parse::<Timestamp>().ok();
    let elapsed = instant(&campaign.start)
        .zip(instant(&campaign.end))
        .and_then(|(start, end)| {
            let flight = end.since(start).0;
            permille(now.since(start).0.min(flight), flight)
        });
    let elapsed = elapsed.unwrap_or_default();
    let is_running = campaign.status == "active" && elapsed > 0;
    Stand {
        done,
        pace: done
            .filter(|_| is_running)
            .and_then(|done| permille(done, elapsed)),
        spent,
        elapsed,
    }
}

/// One thing that needs attention, worst first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How bad it is.
    pub tone: Tone,
    /// Where Unicode shows.
    pub glyph: &'static str,
    /// Where it does not.
    pub ascii: &'static str,
    /// What kind of thing, in capitals.
    pub label: &'static str,
    /// The thing.
    pub subject: String,
    /// What about it.
    pub text: String,
    /// The campaign to open.
    pub campaign: Option<String>,
    /// The command that says more.
    pub line: String,
}

/// What needs attention now, worst first.
pub fn attention(data: &Data, now: Timestamp) -> Vec<Notice> {
    let mut notices = broken_parts(data);
    notices.extend(behind_plan(data, now));
    notices.extend(failed_creatives(data));
    if let Some(today) = &data.today {
        notices.extend(media_errors(today));
        notices.extend(no_fill(today));
    }
    notices.sort_by_key(|notice| notice.tone != Tone::Bad);
    notices.truncate(ATTENTION_MAX);
    notices
}

fn broken_parts(data: &Data) -> Vec<Notice> {
    let parts = data.status.iter().flat_map(|status| &status.dependencies);
    let broken = parts.filter(|(_part, state)| *state != "ok");
    let notice = |(part, state): (&String, &String)| Notice {
        tone: Tone::Bad,
        glyph: "✗",
        ascii: "x",
        label: "DAEMON",
        subject: part.clone(),
        text: state.clone(),
        campaign: None,
        line: "adctl status".to_owned(),
    };
    broken.map(notice).collect()
}

fn behind_plan(data: &Data, now: Timestamp) -> Vec<Notice> {
    let active = data
        .campaigns
        .iter()
        .flatten()
        .filter(|campaign| campaign.status == "active");
    let notice = |campaign: &Campaign| {
        let status = campaign.pacing_status.as_deref()?;
        let badge = pace_badge(status)?;
        let (label, cause) = match status {
            "behind" => ("BEHIND", ""),
            "at_risk" => ("AT RISK", ""),
            "supply_limited" => ("SUPPLY", ", few requests fit"),
            "cap_limited" => ("CAPPED", ", caps are reached"),
            "separation_limited" => ("KEPT APART", ", rivals come first"),
            "floor_limited" => ("FLOOR", ", floors are higher"),
            "over_delivered" => ("OVER", ", past its goal"),
            _ => return None,
        };
        let stand = stand(campaign, data.flights.get(&campaign.id), now);
        let done = stand.done.map_or_else(|| "nothing".to_owned(), percent);
        let text = format!("{done} of goal, {} of time{cause}", percent(stand.elapsed));
        Some(Notice {
            tone: badge.tone,
            glyph: badge.glyph,
            ascii: badge.ascii,
            label,
            subject: campaign.name.clone(),
            text,
            campaign: Some(campaign.id.clone()),
            line: format!("adctl campaigns why {}", campaign.id),
        })
    };
    active.filter_map(notice).collect()
}

fn failed_creatives(data: &Data) -> Vec<Notice> {
    let failed = data
        .creatives
        .iter()
        .flatten()
        .filter(|creative| creative.status == "failed");
    let notice = |creative: &crate::api::Creative| Notice {
        tone: Tone::Bad,
        glyph: "✗",
        ascii: "x",
        label: "CREATIVE",
        subject: creative.name.clone(),
        text: creative
            .failure
            .clone()
            .unwrap_or_else(|| "failed".to_owned()),
        campaign: Some(creative.campaign_id.clone()),
        line: format!("adctl creatives get {}", creative.id),
    };
    failed.map(notice).collect()
}

fn media_errors(today: &Stats) -> Vec<Notice> {
    let rate = permille(today.totals.errors, today.totals.served).unwrap_or_default();
    if rate < ERRORS_PERMILLE {
        return Vec::new();
    }
    let notice = |error: &crate::api::ErrorCount| {
        let share = permille(error.count, today.totals.served).unwrap_or_default();
        Notice {
            tone: Tone::Bad,
            glyph: "✗",
            ascii: "x",
            label: "MEDIA",
            subject: format!("VAST {}", error.code),
            text: format!(
                "{}, {} times today, {} of ads",
                error_name(error.code),
                short(error.count),
                percent(share)
            ),
            campaign: None,
            line: "adctl stats --since today --by creative".to_owned(),
        }
    };
    today.errors.iter().take(3).map(notice).collect()
}

fn no_fill(today: &Stats) -> Vec<Notice> {
    let notice = |reason: &crate::api::NoFillCount| {
        let share = permille(reason.count, today.totals.requests)?;
        (share >= NO_FILL_PERMILLE).then(|| Notice {
            tone: Tone::Warn,
            glyph: "○",
            ascii: "o",
            label: "NO AD",
            subject: reason.reason.clone(),
            text: format!(
                "{} of today's requests, {}",
                percent(share),
                short(reason.count)
            ),
            campaign: None,
            line: "adctl help reasons".to_owned(),
        })
    };
    today.no_fill.iter().filter_map(notice).take(3).collect()
}

/// Rows of a report by group, most impressions first.
pub fn busiest(stats: &Stats) -> Vec<&MetricRow> {
    let mut rows: Vec<&MetricRow> = stats.rows.iter().collect();
    rows.sort_by(|a, b| {
        let by_count = b.totals.impressions.cmp(&a.totals.impressions);
        by_count.then_with(|| a.group.cmp(&b.group))
    });
    rows
}
