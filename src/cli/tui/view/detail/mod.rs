//! One campaign: how far it is, against its plan, by hour, with what, for whom.

mod facts;
mod plan;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::chart::columns;
use super::paper::{Paper, cut_left, cut_top, first_row, halves, row_of, with_height, with_width};
use crate::cli::tui::badge::{pace_badge, status_badge};
use crate::cli::tui::data::Detail;
use crate::cli::tui::facts::hours;
use crate::cli::tui::figure::{permille, short};
use crate::cli::tui::look::Tone;
use crate::cli::tui::state::State;
use facts::{bars, creatives, rules};

/// From so many columns on two parts stand beside each other.
const TWO_PARTS: u16 = 100;
/// Rows of all that is said, in two parts and in one.
const HEIGHT: (u16, u16) = (32, 52);

/// Rows that a campaign takes on a screen of this width.
pub(super) const fn height(width: u16) -> u16 {
    if width >= TWO_PARTS {
        HEIGHT.0
    } else {
        HEIGHT.1
    }
}

/// Draws the open campaign.
pub(super) fn draw(state: &State, paper: &mut Paper<'_>, body: Rect) {
    let Some(detail) = state.detail() else {
        let name = state.open.as_deref().and_then(|id| state.data.campaign(id));
        let name = name.map_or("", |campaign| campaign.name.as_str());
        let pieces = [(name, Tone::Strong), ("  asking the daemon", Tone::Muted)];
        paper.pieces(cut_left(first_row(body), 1), &pieces);
        return;
    };
    title(state, detail, paper, first_row(body));
    let body = cut_top(body, 1);
    // Drawn on a sheet that is high enough, of which the screen shows a part.
    let high = height(body.width).max(body.height);
    let area = Rect {
        x: 0,
        y: 0,
        width: body.width,
        height: high,
    };
    let mut whole = Buffer::empty(area);
    let sheet = &mut Paper {
        buffer: &mut whole,
        look: paper.look,
    };
    if body.width >= TWO_PARTS {
        let (left, right) = halves(area, 58, 1);
        left_part(state, detail, sheet, left);
        right_part(state, detail, sheet, right);
    } else {
        let facts = with_height(area, 9);
        bars(state, detail, sheet, facts);
        left_part(state, detail, sheet, with_height(cut_top(area, 9), 22));
        let rest = cut_top(area, 31);
        creatives(detail, sheet, with_height(rest, 8));
        rules(detail, sheet, cut_top(rest, 8));
    }
    let offset = u16::try_from(state.open_offset).unwrap_or(u16::MAX);
    for y in 0..body.height {
        for x in 0..body.width {
            let from = whole.cell((x, y.saturating_add(offset)));
            let to = paper.buffer.cell_mut((body.x + x, body.y + y));
            if let (Some(from), Some(to)) = (from, to) {
                *to = from.clone();
            }
        }
    }
}

fn title(state: &State, detail: &Detail, paper: &mut Paper<'_>, row: Rect) {
    let campaign = &detail.campaign;
    let back = paper.look.pick("‹", "<");
    let mut used = 1 + paper.pieces(
        cut_left(row, 1),
        &[
            (back, Tone::Primary),
            (" ", Tone::Text),
            (&campaign.name, Tone::Strong),
            ("   ", Tone::Text),
        ],
    );
    used += paper.badge(cut_left(row, used), status_badge(&campaign.status));
    let pace = campaign.pacing_status.as_deref().and_then(pace_badge);
    if let Some(badge) = pace.filter(|_badge| campaign.status == "active") {
        used += 3;
        used += paper.badge(cut_left(row, used), badge);
    }
    let advertiser = state.data.advertisers.get(&campaign.advertiser_id);
    let advertiser = advertiser.map_or("", String::as_str);
    let about = format!(
        "   {advertiser} · {} · {} · revision {}",
        campaign.tier, campaign.id, campaign.revision
    );
    let about = if paper.look.pick("", "x").is_empty() {
        about
    } else {
        about.replace('·', "-")
    };
    paper.text(cut_left(row, used), &about, Tone::Muted);
}

fn left_part(state: &State, detail: &Detail, paper: &mut Paper<'_>, area: Rect) {
    let plan_high = (area.height * 45 / 100).clamp(9, 18);
    plan::draw(state, detail, paper, with_height(area, plan_high));
    let rest = cut_top(area, plan_high);
    let hours_high = (rest.height / 2).clamp(6, 10);
    last_day(state, detail, paper, with_height(rest, hours_high));
    why(detail, paper, cut_top(rest, hours_high));
}

fn right_part(state: &State, detail: &Detail, paper: &mut Paper<'_>, area: Rect) {
    bars(state, detail, paper, with_height(area, 9));
    let rest = cut_top(area, 9);
    let count = u16::try_from(detail.creatives.len()).unwrap_or(u16::MAX);
    let high = count.saturating_add(3).clamp(4, rest.height / 2);
    creatives(detail, paper, with_height(rest, high));
    rules(detail, paper, cut_top(rest, high));
}

fn last_day(state: &State, detail: &Detail, paper: &mut Paper<'_>, area: Rect) {
    let hours = hours(&detail.hours, state.now, 24);
    let values: Vec<Option<u64>> = hours
        .iter()
        .map(|hour| hour.map(|hour| hour.impressions))
        .collect();
    let peak = values.iter().flatten().max().copied().unwrap_or_default();
    let end = format!("peak {} an hour", short(peak));
    paper.heading(first_row(area), "Last 24 hours, impressions", &end);
    let chart = with_width(cut_left(cut_top(area, 1), 1), area.width.saturating_sub(2));
    let high = chart.height.saturating_sub(2);
    columns(paper, with_height(chart, high), &values, Tone::Primary);
    let below = row_of(chart, high);
    paper.text(below, "24h ago", Tone::Muted);
    paper.right(below, "now", Tone::Muted);
}

fn why(detail: &Detail, paper: &mut Paper<'_>, area: Rect) {
    let Some(why) = detail.why.as_ref() else {
        return;
    };
    let end = format!("{} decisions looked at", short(why.decisions));
    paper.heading(first_row(area), "What became of its chances", &end);
    let list = cut_top(area, 1);
    if why.reasons.is_empty() {
        paper.text(
            cut_left(first_row(list), 2),
            "No decision of late has met it.",
            Tone::Muted,
        );
    }
    let most = why
        .reasons
        .iter()
        .map(|reason| reason.decisions)
        .max()
        .unwrap_or_default();
    for (place, reason) in why
        .reasons
        .iter()
        .take(usize::from(list.height))
        .enumerate()
    {
        let row = cut_left(row_of(list, u16::try_from(place).unwrap_or(u16::MAX)), 2);
        let is_served = reason.reason == "served";
        let tone = if is_served { Tone::Good } else { Tone::Text };
        paper.text(with_width(row, 20.min(row.width)), &reason.reason, tone);
        let figure = cut_left(row, 21);
        paper.right(
            with_width(figure, 6),
            &short(reason.decisions),
            Tone::Strong,
        );
        let bar = cut_left(figure, 8);
        let width = (row.width / 5).min(24);
        let bar = with_width(bar, width);
        let share = permille(reason.decisions, most).unwrap_or_default();
        paper.gauge(bar, share, if is_served { Tone::Good } else { Tone::Warn });
        paper.text(cut_left(figure, 10 + width), &reason.meaning, Tone::Muted);
    }
}
