//! The first screen: cards, seven days, what needs attention, what is busiest.

use ratatui::layout::{Position, Rect};

use super::chart::columns;
use super::paper::{Paper, cut_left, cut_top, first_row, halves, row_of, with_height, with_width};
use super::{Spot, cards};
use crate::cli::tui::facts::{WEEK_HOURS, busiest, hours};
use crate::cli::tui::figure::{permille, short};
use crate::cli::tui::look::Tone;
use crate::cli::tui::state::State;

/// From so many columns on two parts stand beside each other.
const TWO_PARTS: u16 = 100;

/// The parts of the first screen.
struct Parts {
    cards: Rect,
    week: Rect,
    notices: Rect,
    busiest: Option<Rect>,
}

fn parts(state: &State, body: Rect) -> Parts {
    let is_low = body.height < 12 || body.width < 60;
    let cards = with_height(body, if is_low { 2 } else { 3 }.min(body.height));
    let rest = cut_top(body, cards.height);
    // The chart may grow on a high screen, but never at the cost of what needs attention.
    let high = match rest.height {
        0..=7 => 0,
        8..=14 => 4,
        15..=24 => 7,
        25..=39 => 10,
        high => high / 3,
    };
    let week = with_height(rest, high);
    let rest = cut_top(rest, high);
    let (notices, busiest) = if rest.width >= TWO_PARTS {
        let (left, right) = halves(rest, 56, 1);
        (left, Some(right))
    } else if rest.height >= 18 {
        let wanted = u16::try_from(state.notices.len()).unwrap_or(u16::MAX);
        let high = wanted.saturating_add(2).clamp(4, rest.height / 2);
        (with_height(rest, high), Some(cut_top(rest, high)))
    } else {
        (rest, None)
    };
    Parts {
        cards,
        week,
        notices,
        busiest,
    }
}

/// Draws the first screen.
pub(super) fn draw(state: &State, paper: &mut Paper<'_>, body: Rect) {
    let parts = parts(state, body);
    cards::draw(state, paper, parts.cards);
    if parts.week.height > 0 {
        week(state, paper, parts.week);
    }
    notices(state, paper, parts.notices);
    if let Some(area) = parts.busiest {
        top_campaigns(state, paper, area);
    }
}

/// Which of what needs attention stands at a column and row.
pub(super) fn spot(state: &State, body: Rect, x: u16, y: u16) -> Option<Spot> {
    let list = cut_top(parts(state, body).notices, 1);
    if !list.contains(Position::new(x, y)) {
        return None;
    }
    let offset = notices_offset(state, list);
    let place = offset + usize::from(y - list.y);
    (place < state.notices.len()).then_some(Spot::Notice(place))
}

/// The first of what needs attention that is shown.
fn notices_offset(state: &State, list: Rect) -> usize {
    (state.notice_cursor + 1).saturating_sub(usize::from(list.height).max(1))
}

fn week(state: &State, paper: &mut Paper<'_>, area: Rect) {
    let Some(week) = &state.data.week else {
        paper.heading(first_row(area), "Impressions, 7 days", "");
        return;
    };
    let hours = hours(week, state.now, WEEK_HOURS);
    let values: Vec<Option<u64>> = hours
        .iter()
        .map(|hour| hour.map(|hour| hour.impressions))
        .collect();
    let peak = values.iter().flatten().max().copied().unwrap_or_default();
    let shade = paper.look.pick("░", ".");
    let end = format!("peak {} an hour, {shade} no data", short(peak));
    paper.heading(first_row(area), "Impressions, 7 days", &end);
    let inner = with_width(cut_left(cut_top(area, 1), 1), area.width.saturating_sub(2));
    let high = inner.height.saturating_sub(2);
    columns(paper, with_height(inner, high), &values, Tone::Primary);
    days(state, paper, row_of(inner, high));
}

/// Names of days below the hours at which they begin.
fn days(state: &State, paper: &mut Paper<'_>, row: Rect) {
    let zone = state.data.zone();
    let count = i64::try_from(WEEK_HOURS).unwrap_or_default();
    let first = state.now.hour().millis() - (count - 1) * 3_600_000;
    let mut free_from = 0;
    for hour in 0..count {
        let Ok(at) = jiff::Timestamp::from_millisecond(first + hour * 3_600_000) else {
            continue;
        };
        let local = at.to_zoned(zone.clone());
        // The first day is named at the edge, unless its night is too near.
        if local.hour() != 0 && !(hour == 0 && local.hour() < 16) {
            continue;
        }
        let x = i64::from(row.width) * hour / count;
        let x = u16::try_from(x).unwrap_or_default();
        let name = jiff::fmt::strtime::format("%a", &local).unwrap_or_default();
        if x >= free_from && x + 3 <= row.width {
            paper.text(cut_left(row, x), &name, Tone::Muted);
            free_from = x + 4;
        }
    }
}

fn notices(state: &State, paper: &mut Paper<'_>, area: Rect) {
    let count = state.notices.len();
    let title = if count == 0 {
        "Needs attention".to_owned()
    } else {
        format!("Needs attention ({count})")
    };
    let chosen = state.notices.get(state.notice_cursor);
    let line = chosen.map_or("", |notice| notice.line.as_str());
    let end = if line.is_empty() {
        String::new()
    } else {
        format!("$ {line}")
    };
    paper.heading(first_row(area), &title, &end);
    let list = cut_top(area, 1);
    if count == 0 {
        let text = if state.data.campaigns.is_some() {
            "Nothing. All is as planned."
        } else {
            "asking the daemon"
        };
        let tone = if state.data.campaigns.is_some() {
            Tone::Good
        } else {
            Tone::Muted
        };
        paper.text(cut_left(row_of(list, 0), 3), text, tone);
        return;
    }
    let rows = usize::from(list.height).max(1);
    let offset = notices_offset(state, list);
    for (place, notice) in state.notices.iter().enumerate().skip(offset).take(rows) {
        let row = row_of(list, u16::try_from(place - offset).unwrap_or(u16::MAX));
        let glyph = paper.look.pick(notice.glyph, notice.ascii);
        let label = format!("{:<9} ", notice.label);
        let gap = "  ";
        paper.pieces(
            cut_left(row, 3),
            &[
                (glyph, notice.tone),
                (" ", Tone::Text),
                (&label, notice.tone),
                (&notice.subject, Tone::Strong),
                (gap, Tone::Text),
                (&notice.text, Tone::Muted),
            ],
        );
        if place == state.notice_cursor {
            paper.text(cut_left(row, 1), paper.look.pick("▸", ">"), Tone::Primary);
            paper.choose(row);
        }
    }
}

fn top_campaigns(state: &State, paper: &mut Paper<'_>, area: Rect) {
    paper.heading(first_row(area), "Busiest today", "impressions");
    let list = cut_top(area, 1);
    let Some(report) = &state.data.busiest else {
        return;
    };
    let entries = busiest(report);
    let most = entries.first().map_or(0, |row| row.totals.impressions);
    if most == 0 {
        paper.text(
            cut_left(first_row(list), 2),
            "No impressions yet today.",
            Tone::Muted,
        );
        return;
    }
    let name_width = (area.width / 2).clamp(8, 30);
    for (place, entry) in entries
        .into_iter()
        .take(usize::from(list.height))
        .enumerate()
    {
        let row = cut_left(row_of(list, u16::try_from(place).unwrap_or(u16::MAX)), 2);
        let name = entry.name.as_deref().unwrap_or(&entry.group);
        paper.text(with_width(row, name_width), name, Tone::Text);
        let figure = cut_left(row, name_width + 1);
        paper.right(
            with_width(figure, 6),
            &short(entry.totals.impressions),
            Tone::Strong,
        );
        let bar = cut_left(figure, 8);
        let bar = with_width(bar, bar.width.saturating_sub(1));
        let share = permille(entry.totals.impressions, most).unwrap_or_default();
        paper.gauge(bar, share, Tone::Primary);
    }
}
