//! How the daemon is: its parts, its queue, what it did since it started.

use ratatui::layout::Rect;

use super::chart::columns;
use super::paper::{Paper, cut_left, cut_top, first_row, row_of, with_height, with_width};
use crate::api::ServerStatus;
use crate::cli::tui::badge::status_badge;
use crate::cli::tui::figure::{percent, permille, short};
use crate::cli::tui::look::Tone;
use crate::cli::tui::state::State;
use crate::client::human;

/// Width of the names of facts.
const LABEL: u16 = 16;
/// Rows of the chart of requests, with its heading.
const CHART: u16 = 7;

/// Draws how the daemon is.
pub(super) fn draw(state: &State, paper: &mut Paper<'_>, body: Rect) {
    let Some(status) = &state.data.status else {
        paper.text(
            cut_left(first_row(body), 1),
            "asking the daemon",
            Tone::Muted,
        );
        return;
    };
    let mut rest = body;
    if body.height >= 20 {
        rates(state, paper, with_height(body, CHART));
        rest = cut_top(body, CHART);
    }
    let parts = u16::try_from(status.dependencies.len()).unwrap_or(u16::MAX);
    draw_parts(
        status,
        paper,
        with_height(rest, parts.saturating_add(2).min(rest.height)),
    );
    facts(state, status, paper, cut_top(rest, parts.saturating_add(2)));
}

fn rates(state: &State, paper: &mut Paper<'_>, area: Rect) {
    let now = state.data.rates.back().copied().unwrap_or_default();
    paper.heading(
        first_row(area),
        "Requests a second",
        &format!("{} now", short(now)),
    );
    let values: Vec<Option<u64>> = state.data.rates.iter().copied().map(Some).collect();
    let chart = with_width(cut_left(cut_top(area, 1), 1), area.width.saturating_sub(2));
    let chart = with_height(chart, chart.height.saturating_sub(1));
    columns(paper, chart, &values, Tone::Primary);
}

fn draw_parts(status: &ServerStatus, paper: &mut Paper<'_>, area: Rect) {
    paper.heading(first_row(area), "Parts", "");
    for (place, (part, state)) in status.dependencies.iter().enumerate() {
        let row = cut_left(
            row_of(area, u16::try_from(place + 1).unwrap_or(u16::MAX)),
            2,
        );
        paper.text(with_width(row, LABEL.min(row.width)), part, Tone::Text);
        let badge = if state == "ok" {
            status_badge("ok")
        } else {
            status_badge("failed")
        };
        let glyph = paper.glyph(badge);
        let pieces = [
            (glyph, badge.tone),
            (" ", Tone::Text),
            (state.as_str(), badge.tone),
        ];
        paper.pieces(cut_left(row, LABEL), &pieces);
    }
}

fn facts(state: &State, status: &ServerStatus, paper: &mut Paper<'_>, area: Rect) {
    let view = state.data.view(state.now);
    paper.heading(
        first_row(area),
        "Daemon",
        &format!("adserved {}", status.version),
    );
    let fill = permille(status.served, status.requests).map_or_else(|| "-".to_owned(), percent);
    let facts = [
        (
            "Started",
            human::distance(&status.started_at, &view),
            Tone::Text,
        ),
        ("Requests", human::count(status.requests), Tone::Text),
        (
            "Served",
            format!("{} ({fill})", human::count(status.served)),
            Tone::Text,
        ),
        ("Beacons counted", human::count(status.events), Tone::Text),
        ("  repeated", human::count(status.duplicates), Tone::Muted),
        (
            "  refused",
            human::count(status.refused),
            if status.refused > 0 {
                Tone::Warn
            } else {
                Tone::Muted
            },
        ),
        ("  waiting", human::count(status.queue), Tone::Muted),
        (
            "On sale",
            format!(
                "{} campaigns, catalog {}",
                status.offers, status.catalog_revision
            ),
            Tone::Text,
        ),
        ("Players use", status.public_url.clone(), Tone::Text),
        ("Data", status.data_dir.clone(), Tone::Text),
        ("Process", status.pid.to_string(), Tone::Muted),
    ];
    for (place, (label, text, tone)) in facts.iter().enumerate() {
        let row = cut_left(
            row_of(area, u16::try_from(place + 1).unwrap_or(u16::MAX)),
            2,
        );
        paper.text(with_width(row, LABEL.min(row.width)), label, Tone::Muted);
        paper.text(cut_left(row, LABEL), text, *tone);
    }
}
