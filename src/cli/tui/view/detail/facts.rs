//! The facts of a campaign: bars of money, goal and time, its creatives, its rules.

use ratatui::layout::Rect;

use super::plan::measure;
use crate::api::{Creative, MetricRow};
use crate::cli::tui::badge::status_badge;
use crate::cli::tui::data::Detail;
use crate::cli::tui::facts::stand;
use crate::cli::tui::figure::{money, percent, permille, short, whole_percent};
use crate::cli::tui::look::Tone;
use crate::cli::tui::state::State;
use crate::cli::tui::view::paper::{Paper, cut_left, cut_top, first_row, row_of, with_width};
use crate::client::human;

/// Width of the names of facts.
const LABEL: u16 = 12;

/// A fact: its name, a part of something in thousandths, and words.
type Fact = (&'static str, Option<u64>, String);

/// Draws money, goal and time as bars, and what they say about the rest.
pub(super) fn bars(state: &State, detail: &Detail, paper: &mut Paper<'_>, area: Rect) {
    let (facts, pace) = standing(state, detail);
    paper.heading(first_row(area), "Budget and goal", &pace);
    let list = cut_top(area, 1);
    for (place, (label, part, text)) in facts.iter().enumerate() {
        let row = cut_left(row_of(list, u16::try_from(place).unwrap_or(u16::MAX)), 2);
        paper.text(with_width(row, LABEL.min(row.width)), label, Tone::Muted);
        let row = cut_left(row, LABEL);
        let Some(part) = part else {
            paper.text(row, text, Tone::Text);
            continue;
        };
        let width = (row.width / 2).min(28);
        paper.bar(with_width(row, width), *part, Tone::Primary);
        paper.text(cut_left(row, width.saturating_add(2)), text, Tone::Text);
    }
}

/// How it stands, and its pace in words.
fn standing(state: &State, detail: &Detail) -> (Vec<Fact>, String) {
    let campaign = &detail.campaign;
    let totals = &detail.days.totals;
    let stand = stand(campaign, Some(totals), state.now);
    let pace = stand
        .pace
        .map(|pace| format!("pace {}", whole_percent(pace)));
    let amount = |micros: i64| money(micros, &campaign.currency);
    let (spent, budget) = (
        amount(totals.spend_micros),
        amount(campaign.total_budget_micros),
    );
    let mut facts: Vec<Fact> = vec![("Spent", stand.spent, format!("{spent} of {budget}"))];
    let (_unit, _count, goal) = measure(detail);
    let pacing = detail.days.pacing.as_ref();
    let done = pacing.map_or(totals.impressions, |pacing| pacing.delivered);
    if goal > 0 {
        let text = format!("{} of {}", short(done), short(goal));
        facts.push(("Delivered", permille(done, goal), text));
    }
    let ends = human::distance(&campaign.end, &state.data.view(state.now));
    facts.push(("Time", Some(stand.elapsed), format!("ends {ends}")));
    if let Some(pacing) = pacing {
        let text = format!("{} due by now", short(pacing.expected));
        facts.push(("Plan", permille(pacing.delivered, pacing.expected), text));
        let tried = "of requests tried".to_owned();
        facts.extend(
            pacing
                .odds_permille
                .map(|odds| ("Throttle", Some(odds), tried)),
        );
    }
    let daily = campaign.daily_budget_micros;
    facts.extend(daily.map(|daily| ("A day", None, format!("at most {}", amount(daily)))));
    let price = format!("{} {}", campaign.price_model, amount(campaign.price_micros));
    facts.push(("Price", None, price));
    let (watched, errors) = (
        ratio(totals.completions, totals.starts),
        ratio(totals.errors, totals.served),
    );
    facts.push((
        "Watched",
        None,
        format!("{watched} to the end, {errors} errors"),
    ));
    (facts, pace.unwrap_or_default())
}

fn ratio(part: u64, whole: u64) -> String {
    permille(part, whole).map_or_else(|| "-".to_owned(), percent)
}

/// Draws its creatives with their figures.
pub(super) fn creatives(detail: &Detail, paper: &mut Paper<'_>, area: Rect) {
    let title = format!("Creatives ({})", detail.creatives.len());
    paper.heading(first_row(area), &title, "seen   watched  errors");
    let list = cut_top(area, 1);
    if detail.creatives.is_empty() {
        let row = cut_left(first_row(list), 2);
        paper.text(row, "None: nothing can be served. Upload one:", Tone::Warn);
        let line = format!(
            "adctl creatives upload spot30.mp4 --campaign {}",
            detail.campaign.id
        );
        paper.text(cut_left(row_of(list, 1), 2), &line, Tone::Primary);
    }
    for (place, creative) in detail
        .creatives
        .iter()
        .take(usize::from(list.height))
        .enumerate()
    {
        let row = cut_left(row_of(list, u16::try_from(place).unwrap_or(u16::MAX)), 2);
        let found = detail
            .spots
            .rows
            .iter()
            .find(|row| row.group == creative.id);
        draw_creative(creative, found, paper, row);
    }
}

fn draw_creative(
    creative: &Creative,
    figures: Option<&MetricRow>,
    paper: &mut Paper<'_>,
    row: Rect,
) {
    const FIGURES: u16 = 25;
    let badge = status_badge(&creative.status);
    let glyph = paper.glyph(badge);
    let length = creative
        .media
        .as_ref()
        .map_or_else(String::new, |media| human::span(media.duration_ms));
    let name = with_width(row, row.width.saturating_sub(FIGURES));
    let word = if creative.status == "active" {
        ""
    } else {
        badge.word
    };
    paper.pieces(
        name,
        &[
            (glyph, badge.tone),
            (" ", Tone::Text),
            (&creative.name, Tone::Text),
            ("  ", Tone::Text),
            (&length, Tone::Muted),
            ("  ", Tone::Text),
            (word, badge.tone),
        ],
    );
    let Some(figures) = figures else {
        return;
    };
    let totals = &figures.totals;
    let at = cut_left(row, row.width.saturating_sub(FIGURES));
    paper.right(with_width(at, 7), &short(totals.impressions), Tone::Strong);
    paper.right(
        with_width(cut_left(at, 7), 8),
        &ratio(totals.completions, totals.starts),
        Tone::Text,
    );
    let rate = permille(totals.errors, totals.served).unwrap_or_default();
    let tone = if rate >= 10 { Tone::Bad } else { Tone::Muted };
    paper.right(
        with_width(cut_left(at, 15), 8),
        &ratio(totals.errors, totals.served),
        tone,
    );
}

/// For whom, how often, how spread.
pub(super) fn rules(detail: &Detail, paper: &mut Paper<'_>, area: Rect) {
    let campaign = &detail.campaign;
    paper.heading(first_row(area), "Targeting, caps, pacing", "");
    let list = cut_top(area, 1);
    let mut facts: Vec<(&str, String)> = Vec::new();
    if campaign.targeting.rules.is_empty() {
        facts.push(("For", "everyone".to_owned()));
    }
    for (place, rule) in campaign.targeting.rules.iter().enumerate() {
        let label = if place == 0 { "For" } else { "or" };
        let side = |values: (&String, &Vec<String>), word: &str| {
            format!("{} {word} {}", values.0, values.1.join(","))
        };
        let wanted = rule.include.iter().map(|values| side(values, "in"));
        let unwanted = rule.exclude.iter().map(|values| side(values, "not in"));
        let parts: Vec<String> = wanted.chain(unwanted).collect();
        facts.push((label, parts.join(" and ")));
    }
    let caps: Vec<String> = campaign.caps.iter().map(ToString::to_string).collect();
    facts.push((
        "Caps",
        if caps.is_empty() {
            "none".to_owned()
        } else {
            caps.join("  ")
        },
    ));
    facts.push(("Pacing", campaign.pacing.to_string()));
    if !campaign.categories.is_empty() {
        facts.push(("Categories", campaign.categories.join(", ")));
    }
    facts.push((
        "In a pod",
        format!("{}, weight {}", campaign.position, campaign.weight),
    ));
    if let Some(share) = campaign.share_of_voice {
        facts.push(("Voice", format!("{share}% of what it fits")));
    }
    if !campaign.description.is_empty() {
        facts.push(("About", campaign.description.clone()));
    }
    for (place, (label, text)) in facts.iter().take(usize::from(list.height)).enumerate() {
        let row = cut_left(row_of(list, u16::try_from(place).unwrap_or(u16::MAX)), 2);
        paper.text(with_width(row, LABEL.min(row.width)), label, Tone::Muted);
        paper.text(cut_left(row, LABEL), text, Tone::Text);
    }
}
