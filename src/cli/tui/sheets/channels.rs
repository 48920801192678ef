//! The list of channels, with what each was given today.

use std::collections::HashMap;

use super::{found_by, growing, number_key, right};
use crate::api::{Channel, StatsTotals};
use crate::cli::tui::data::Data;
use crate::cli::tui::figure::{money, percent, permille, short};
use crate::cli::tui::look::Tone;
use crate::cli::tui::sheet::{Cell, Direction, Kind, Line, SortKey};
use crate::client::human;
use crate::model::Timestamp;

/// Fewer ads for a thousand requests want a look.
const FILL_PERMILLE: u64 = 500;

/// What the list of channels is.
pub static CHANNELS: Kind = Kind {
    plural: "channels",
    headings: &[
        growing("NAME", 12, 0),
        growing("ABOUT", 10, 6),
        right("REQUESTS", 8, 1),
        right("ADS/REQ", 7, 2),
        right("SEEN", 8, 3),
        right("SPEND", 8, 5),
        right("ERRORS", 6, 4),
        growing("ADS", 10, 7),
    ],
    statuses: &[],
    nothing: ("No channels yet.", "adctl channels create news --slot 60s"),
    sorted: (2, Direction::Down),
};

/// The rows of the list of channels; the figures are those of today.
pub fn channels(data: &Data, _now: Timestamp) -> Option<Vec<Line>> {
    let today = data.by_channel.as_ref();
    let rows = today.iter().flat_map(|stats| &stats.rows);
    let rows: HashMap<&str, &StatsTotals> =
        rows.map(|row| (row.group.as_str(), &row.totals)).collect();
    let channels = data.channels.as_ref()?.iter();
    let line = |channel: &Channel| {
        line(
            channel,
            rows.get(channel.id.as_str()).copied(),
            data.currency(),
        )
    };
    Some(channels.map(line).collect())
}

fn line(channel: &Channel, totals: Option<&StatsTotals>, currency: &str) -> Line {
    let empty = StatsTotals::default();
    let totals = totals.unwrap_or(&empty);
    // A pod answers one request with several ads.
    let ads_each = permille(totals.served, totals.requests);
    let errors = permille(totals.errors, totals.served);
    let rate = |rate: Option<u64>, is_odd: fn(u64) -> bool| match rate {
        Some(rate) if is_odd(rate) => (
            Cell::Text(percent(rate), Tone::Warn),
            number_key(Some(rate)),
        ),
        Some(rate) => (Cell::text(percent(rate)), number_key(Some(rate))),
        None => (Cell::muted("-"), SortKey::Nothing),
    };
    let count = |number: u64| (Cell::text(short(number)), SortKey::number(number));
    let ads = match (&channel.stream, channel.slot_ms, &channel.pod_id) {
        (Some(stream), _, _) => {
            format!(
                "in the stream, {}",
                stream.insertion.as_deref().unwrap_or("stitched")
            )
        }
        (None, Some(slot), _) => format!("one of {}", human::span(slot)),
        (None, None, Some(_pod)) => "a pod".to_owned(),
        (None, None, None) => "as asked".to_owned(),
    };
    Line {
        id: channel.id.clone(),
        name: channel.name.clone(),
        status: String::new(),
        cells: vec![
            (Cell::text(&channel.name), SortKey::text(&channel.name)),
            (
                Cell::muted(&channel.description),
                SortKey::text(&channel.description),
            ),
            count(totals.requests),
            match ads_each {
                Some(ads) => {
                    let tone = if ads < FILL_PERMILLE {
                        Tone::Warn
                    } else {
                        Tone::Text
                    };
                    let text = format!("{}.{:02}", ads / 1_000, ads % 1_000 / 10);
                    (Cell::Text(text, tone), number_key(Some(ads)))
                }
                None => (Cell::muted("-"), SortKey::Nothing),
            },
            count(totals.impressions),
            (
                Cell::text(money(totals.spend_micros, currency)),
                SortKey::number(totals.spend_micros),
            ),
            rate(errors, |errors| errors >= 10),
            (Cell::muted(&ads), SortKey::text(&ads)),
        ],
        found_by: found_by(&[&channel.name, &channel.id, &channel.description]),
    }
}
