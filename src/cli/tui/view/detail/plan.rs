//! Delivered against plan: two curves over the flight of a campaign.

use ratatui::layout::Rect;

use crate::api::{Campaign, MetricRow, Stats};
use crate::cli::tui::data::Detail;
use crate::cli::tui::figure::{permille, short};
use crate::cli::tui::look::Tone;
use crate::cli::tui::state::State;
use crate::cli::tui::view::chart::{Points, curves};
use crate::cli::tui::view::paper::{
    Paper, cut_left, cut_top, first_row, row_of, with_height, with_width,
};
use crate::client::human;
use crate::model::Timestamp;

/// The unit that the plan is counted in, what was delivered by day, and the goal.
pub(super) fn measure(detail: &Detail) -> (&str, fn(&MetricRow) -> u64, u64) {
    let pacing = detail.days.pacing.as_ref();
    let goal = pacing
        .map(|pacing| pacing.goal)
        .or(detail.campaign.impression_goal);
    let goal = goal.unwrap_or_default();
    match pacing.map(|pacing| pacing.unit.as_str()) {
        Some("clicks") => ("clicks", |row| row.totals.clicks, goal),
        Some("completions") => ("completions", |row| row.totals.completions, goal),
        _ => ("impressions", |row| row.totals.impressions, goal),
    }
}

/// Draws what was delivered against what was meant, over the flight.
pub(super) fn draw(state: &State, detail: &Detail, paper: &mut Paper<'_>, area: Rect) {
    let (unit, count, goal) = measure(detail);
    let end = match paper.look.pick("", "x") {
        "" => "plan ┄ delivered ━",
        _ => "plan . delivered *",
    };
    paper.heading(
        first_row(area),
        &format!("Delivered against plan, {unit}"),
        end,
    );
    let chart = with_width(cut_top(area, 1), area.width.saturating_sub(1));
    let Some((start, end)) = flight(&detail.campaign) else {
        return;
    };
    let became = delivered(&detail.days, count, (start, end), state.now);
    let top = became
        .iter()
        .map(|point| point.1)
        .max()
        .unwrap_or_default()
        .max(goal)
        .max(1);
    let scale = |points: Vec<(u64, u64)>| -> Points {
        points
            .into_iter()
            .map(|(x, y)| (x, permille(y, top).unwrap_or_default()))
            .collect()
    };
    let meant = meant(detail, goal, (start, end), state.now);
    let axis_right = cut_left(chart, 8);
    let plot = with_height(axis_right, chart.height.saturating_sub(1));
    axis(paper, with_width(chart, 8), top);
    curves(paper, plot, &scale(meant), &scale(became));
    below(state, detail, paper, row_of(axis_right, plot.height));
}

/// Draws the scale at the left.
fn axis(paper: &mut Paper<'_>, chart: Rect, top: u64) {
    let last = chart.height.saturating_sub(2);
    paper.right(with_width(first_row(chart), 6), &short(top), Tone::Muted);
    paper.right(with_width(row_of(chart, last), 6), "0", Tone::Muted);
    for y in 0..=last {
        let line = paper.look.pick("│", "|");
        let cell = with_width(cut_left(row_of(chart, y), 7), 1);
        paper.text(cell, line, Tone::Line);
    }
}

/// Draws the days at which the flight begins and ends, and where it is now.
fn below(state: &State, detail: &Detail, paper: &mut Paper<'_>, row: Rect) {
    let Some(flight) = flight(&detail.campaign) else {
        return;
    };
    let view = state.data.view(state.now);
    paper.text(
        row,
        &human::date(&detail.campaign.start, &view),
        Tone::Muted,
    );
    paper.right(row, &human::date(&detail.campaign.end, &view), Tone::Muted);
    let now = place_in(flight, state.now);
    let x = u16::try_from(u64::from(row.width) * now / 1_000).unwrap_or_default();
    if (14..row.width.saturating_sub(16)).contains(&x) {
        let mark = paper.look.pick("▲ now", "^ now");
        paper.text(cut_left(row, x), mark, Tone::Primary);
    }
}

fn flight(campaign: &Campaign) -> Option<(Timestamp, Timestamp)> {
    let start: Timestamp = campaign.start.parse().ok()?;
    let end: Timestamp = campaign.end.parse().ok()?;
    (end > start).then_some((start, end))
}

/// Where an instant is in a flight, in thousandths.
fn place_in((start, end): (Timestamp, Timestamp), at: Timestamp) -> u64 {
    permille(
        at.since(start).0.min(end.since(start).0),
        end.since(start).0,
    )
    .unwrap_or_default()
}

/// What was delivered in all until the end of each day.
fn delivered(
    days: &Stats,
    count: fn(&MetricRow) -> u64,
    flight: (Timestamp, Timestamp),
    now: Timestamp,
) -> Vec<(u64, u64)> {
    const DAY_MILLIS: u64 = 86_400_000;
    let mut sum = 0_u64;
    let mut points = vec![(0, 0)];
    for row in &days.rows {
        let Ok(day) = row.group.parse::<Timestamp>() else {
            continue;
        };
        let end = day.plus(crate::model::Millis(DAY_MILLIS)).min(now);
        sum = sum.saturating_add(count(row));
        points.push((place_in(flight, end), sum));
    }
    points.push((place_in(flight, now), sum));
    points
}

/// What was meant: nothing at the start, what is expected by now, the goal at the end.
fn meant(
    detail: &Detail,
    goal: u64,
    flight: (Timestamp, Timestamp),
    now: Timestamp,
) -> Vec<(u64, u64)> {
    let mut points = vec![(0, 0)];
    if let Some(pacing) = detail.days.pacing.as_ref() {
        points.push((place_in(flight, now), pacing.expected.min(goal)));
    }
    points.push((1_000, goal));
    points
}
