//! The list of campaigns.

use super::{found_by, growing, instant_key, left, number_key, right};
use crate::api::Campaign;
use crate::cli::tui::badge::{pace_badge, status_badge};
use crate::cli::tui::data::Data;
use crate::cli::tui::facts::{Stand, stand};
use crate::cli::tui::figure::{money, percent, permille, short, whole_percent};
use crate::cli::tui::look::Tone;
use crate::cli::tui::sheet::{Cell, Direction, Kind, Line, SortKey};
use crate::client::human;
use crate::model::Timestamp;

/// Errors of so many thousandths of what was served are marked.
const ERRORS_PERMILLE: u64 = 10;

/// What the list of campaigns is.
pub static CAMPAIGNS: Kind = Kind {
    plural: "campaigns",
    headings: &[
        growing("NAME", 14, 0),
        growing("ADVERTISER", 10, 6),
        left("STATUS", 11, 1),
        left("DELIVERY", 12, 2),
        right("PACE", 5, 3),
        left("DELIVERED", 18, 5),
        right("GOAL", 7, 7),
        right("BUDGET", 9, 8),
        right("SPENT", 9, 9),
        right("ERRORS", 6, 10),
        right("ENDS", 8, 4),
    ],
    statuses: &["active", "paused", "draft", "completed"],
    nothing: ("No campaigns yet.", "adctl campaigns create --help"),
    sorted: (0, Direction::Up),
};

/// The rows of the list of campaigns.
pub fn campaigns(data: &Data, now: Timestamp) -> Option<Vec<Line>> {
    let view = data.view(now);
    let campaigns = data.campaigns.as_ref()?.iter();
    Some(
        campaigns
            .map(|campaign| line(campaign, data, &view))
            .collect(),
    )
}

fn line(campaign: &Campaign, data: &Data, view: &human::View) -> Line {
    let unknown = "?".to_owned();
    let advertiser = data
        .advertisers
        .get(&campaign.advertiser_id)
        .unwrap_or(&unknown);
    let totals = data.flights.get(&campaign.id);
    let stand = stand(campaign, totals, view.now);
    let status = status_badge(&campaign.status);
    let delivery = campaign.pacing_status.as_deref().and_then(pace_badge);
    let delivery = delivery.filter(|_badge| campaign.status == "active");
    let spent = totals.map_or(0, |totals| totals.spend_micros);
    let goal = campaign.impression_goal;
    let errors = totals.and_then(|totals| permille(totals.errors, totals.served));
    let currency = &campaign.currency;
    let money_cell = |micros: i64| (Cell::text(money(micros, currency)), SortKey::number(micros));
    Line {
        id: campaign.id.clone(),
        name: campaign.name.clone(),
        status: campaign.status.clone(),
        cells: vec![
            (Cell::text(&campaign.name), SortKey::text(&campaign.name)),
            (Cell::muted(advertiser), SortKey::text(advertiser)),
            (Cell::Badge(status), SortKey::text(&campaign.status)),
            match delivery {
                Some(badge) => (Cell::Badge(badge), SortKey::text(badge.word)),
                None => (Cell::Empty, SortKey::Nothing),
            },
            pace(&stand, delivery.map_or(Tone::Text, |badge| badge.tone)),
            match stand.done {
                Some(done) => (Cell::Bar(done, bar_tone(campaign)), SortKey::number(done)),
                None => (Cell::Empty, SortKey::Nothing),
            },
            match goal {
                Some(goal) => (Cell::text(short(goal)), number_key(Some(goal))),
                None => (Cell::muted("-"), SortKey::Nothing),
            },
            money_cell(campaign.total_budget_micros),
            money_cell(spent),
            match errors {
                Some(rate) if rate >= ERRORS_PERMILLE => {
                    (Cell::Text(percent(rate), Tone::Bad), number_key(errors))
                }
                Some(rate) => (Cell::muted(percent(rate)), number_key(errors)),
                None => (Cell::muted("-"), SortKey::Nothing),
            },
            (
                Cell::muted(human::distance(&campaign.end, view)),
                instant_key(&campaign.end),
            ),
        ],
        found_by: found_by(&[&campaign.name, &campaign.id, advertiser, &campaign.tier]),
    }
}

fn pace(stand: &Stand, tone: Tone) -> (Cell, SortKey) {
    // What is as it should be is left calm.
    let tone = if matches!(tone, Tone::Warn | Tone::Bad) {
        tone
    } else {
        Tone::Text
    };
    match stand.pace {
        // Far ahead, the exact figure says nothing more.
        Some(pace) if pace >= 10_000 => {
            (Cell::Text(">999%".to_owned(), tone), number_key(Some(pace)))
        }
        Some(pace) => (
            Cell::Text(whole_percent(pace), tone),
            number_key(Some(pace)),
        ),
        None => (Cell::muted("-"), SortKey::Nothing),
    }
}

fn bar_tone(campaign: &Campaign) -> Tone {
    match campaign.status.as_str() {
        "active" => Tone::Primary,
        _ => Tone::Muted,
    }
}
