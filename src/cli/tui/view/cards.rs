//! The cards of the first screen: one figure each, how it moved, and its day.

use ratatui::layout::Rect;

use super::chart::columns;
use super::paper::{Paper, cut_left, first_row, row_of, with_width};
use crate::api::StatsTotals;
use crate::cli::tui::facts::{
    Sum, WEEK_HOURS, against_yesterday, change, fill_permille, hours, midnight,
};
use crate::cli::tui::figure::{money, percent, permille, short};
use crate::cli::tui::look::Tone;
use crate::cli::tui::state::State;

/// Hours of the little charts.
const DAY_HOURS: usize = 24;
/// Errors of so many thousandths of what was served are bad.
const ERRORS_PERMILLE: u64 = 10;

/// One figure with how it moved.
struct Card {
    title: &'static str,
    figure: String,
    moved: Option<Moved>,
    trend: Vec<Option<u64>>,
    tone: Tone,
}

/// How a figure moved against yesterday.
struct Moved {
    /// Thousandths of what it was; of a rate, thousandths more or less.
    by: i64,
    unit: &'static str,
    /// Whether more is good.
    is_gain: bool,
}

/// What one figure is of the sum of an hour; none where it cannot be said.
type Of = fn(&Sum) -> Option<u64>;

/// Draws the cards that there is room for.
pub(super) fn draw(state: &State, paper: &mut Paper<'_>, area: Rect) {
    draw_cards(&cards(state), paper, area);
}

/// The last hours, and today beside yesterday.
struct Trends {
    day: Vec<Option<Sum>>,
    days: Option<(Sum, Sum)>,
}

impl Trends {
    fn of(state: &State) -> Self {
        let data = &state.data;
        let week = data
            .week
            .as_ref()
            .map(|week| hours(week, state.now, WEEK_HOURS));
        let week = week.unwrap_or_default();
        let zone = data
            .tenant
            .as_ref()
            .map_or("UTC", |tenant| tenant.timezone.as_str());
        let day = week.get(week.len().saturating_sub(DAY_HOURS)..);
        Self {
            day: day.unwrap_or_default().to_vec(),
            days: against_yesterday(&week, midnight(zone, state.now), state.now),
        }
    }

    fn hours(&self, of: Of) -> Vec<Option<u64>> {
        self.day
            .iter()
            .map(|hour| hour.as_ref().and_then(of))
            .collect()
    }

    /// How a count moved.
    fn grown(&self, of: Of) -> Option<Moved> {
        let (today, yesterday) = self.days.as_ref()?;
        let by = change(of(today)?, of(yesterday)?)?;
        Some(Moved {
            by,
            unit: "%",
            is_gain: true,
        })
    }

    /// How a rate moved.
    fn shifted(&self, of: Of) -> Option<Moved> {
        let (today, yesterday) = self.days.as_ref()?;
        let by = of(today)?
            .cast_signed()
            .saturating_sub(of(yesterday)?.cast_signed());
        Some(Moved {
            by,
            unit: " pt",
            is_gain: true,
        })
    }
}

fn cards(state: &State) -> [Card; 5] {
    let data = &state.data;
    let empty = StatsTotals::default();
    let today = data.today.as_ref().map_or(&empty, |stats| &stats.totals);
    let trends = Trends::of(state);
    let card = |title, figure, moved, of: Of| Card {
        title,
        figure,
        moved,
        trend: trends.hours(of),
        tone: Tone::Primary,
    };
    // A pod answers one request with several ads; by hour only those are counted.
    let fill: Of = |sum| permille(sum.served.min(sum.requests), sum.requests);
    let seen: Of = |sum| Some(sum.impressions);
    let spend: Of = |sum| u64::try_from(sum.spend_micros).ok();
    let errors: Of = |sum| permille(sum.errors, sum.served);
    let rate = data
        .rates
        .back()
        .map_or_else(|| "-".to_owned(), |rate| short(*rate));
    let requests = Card {
        trend: data.rates.iter().copied().map(Some).collect(),
        ..card("Requests/s", rate, None, seen)
    };
    let filled = data.today.as_ref().and_then(fill_permille);
    let filled = filled.map_or_else(|| "-".to_owned(), percent);
    let charged = money(today.spend_micros, data.currency());
    let is_bad = permille(today.errors, today.served) >= Some(ERRORS_PERMILLE);
    let more_errors = trends.shifted(errors);
    let failed = Card {
        moved: more_errors.map(|moved| Moved {
            is_gain: false,
            ..moved
        }),
        tone: if is_bad { Tone::Bad } else { Tone::Primary },
        ..card(
            "Errors today",
            ratio(today.errors, today.served),
            None,
            errors,
        )
    };
    [
        requests,
        card("Fill today", filled, trends.shifted(fill), fill),
        card(
            "Impressions today",
            short(today.impressions),
            trends.grown(seen),
            seen,
        ),
        card("Spend today", charged, trends.grown(spend), spend),
        failed,
    ]
}

fn ratio(part: u64, whole: u64) -> String {
    permille(part, whole).map_or_else(|| "-".to_owned(), percent)
}

fn draw_cards(cards: &[Card], paper: &mut Paper<'_>, area: Rect) {
    let fit = match area.width {
        0..=39 => 2,
        40..=59 => 3,
        60..=79 => 4,
        _ => 5,
    };
    // With few cards, those that say most: fill, impressions, errors; then the rest.
    let order: &[usize] = match fit {
        2 => &[1, 2],
        3 => &[1, 2, 4],
        4 => &[0, 1, 2, 4],
        _ => &[0, 1, 2, 3, 4],
    };
    let width = area.width / u16::try_from(order.len()).unwrap_or(1).max(1);
    for (place, card) in order
        .iter()
        .filter_map(|place| cards.get(*place))
        .enumerate()
    {
        let x = width * u16::try_from(place).unwrap_or_default();
        let area = with_width(cut_left(area, x), width);
        if place > 0 {
            for y in 0..area.height {
                let bar = paper.look.pick("│", "|");
                paper.text(with_width(row_of(area, y), 1), bar, Tone::Line);
            }
        }
        let inner = cut_left(area, 2);
        draw_card(
            card,
            paper,
            with_width(inner, inner.width.saturating_sub(1)),
        );
    }
}

fn draw_card(card: &Card, paper: &mut Paper<'_>, area: Rect) {
    let title = if area.width < 17 {
        card.title.trim_end_matches(" today")
    } else {
        card.title
    };
    paper.text(first_row(area), title, Tone::Muted);
    let row = row_of(area, 1);
    let tone = if card.tone == Tone::Bad {
        Tone::Bad
    } else {
        Tone::Strong
    };
    let used = paper.text(row, &card.figure, tone);
    if let Some(moved) = &card.moved {
        draw_moved(moved, paper, cut_left(row, used.saturating_add(2)));
    }
    if area.height >= 3 && !card.trend.is_empty() {
        columns(paper, row_of(area, 2), &card.trend, card.tone);
    }
}

/// A step of less than a tenth is none; one for the worse wants a look.
fn draw_moved(moved: &Moved, paper: &mut Paper<'_>, row: Rect) {
    let size = moved.by.unsigned_abs();
    if size == 0 || (moved.unit == "%" && size < 10) {
        paper.text(row, "=", Tone::Muted);
        return;
    }
    let is_up = moved.by > 0;
    let glyph = if is_up {
        paper.look.pick("▲", "^")
    } else {
        paper.look.pick("▼", "v")
    };
    let text = match (moved.unit, size) {
        ("%", 10_000..) => format!("{glyph} >999%"),
        ("%", _) => format!("{glyph} {}%", size / 10),
        (unit, _) => format!("{glyph} {}.{}{unit}", size / 10, size % 10),
    };
    let tone = if is_up == moved.is_gain {
        Tone::Muted
    } else {
        Tone::Warn
    };
    paper.text(row, &text, tone);
}
