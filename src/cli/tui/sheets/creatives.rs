//! The list of creatives.

use super::{found_by, growing, instant_key, left, number_key, right};
use crate::api::Creative;
use crate::cli::tui::badge::status_badge;
use crate::cli::tui::data::Data;
use crate::cli::tui::look::Tone;
use crate::cli::tui::sheet::{Cell, Direction, Kind, Line, SortKey};
use crate::client::human;
use crate::model::Timestamp;

/// What the list of creatives is.
pub static CREATIVES: Kind = Kind {
    plural: "creatives",
    headings: &[
        growing("NAME", 14, 0),
        growing("CAMPAIGN", 12, 3),
        left("STATUS", 12, 1),
        right("LENGTH", 9, 2),
        left("SIZE", 10, 4),
        left("FILE", 5, 7),
        right("BYTES", 10, 6),
        right("WEIGHT", 6, 8),
        right("UPDATED", 9, 5),
    ],
    statuses: &["active", "inactive", "processing", "failed"],
    nothing: (
        "No creatives yet.",
        "adctl creatives upload spot30.mp4 --campaign CAMPAIGN",
    ),
    sorted: (0, Direction::Up),
};

/// The rows of the list of creatives.
pub fn creatives(data: &Data, now: Timestamp) -> Option<Vec<Line>> {
    let view = data.view(now);
    let creatives = data.creatives.as_ref()?.iter();
    Some(
        creatives
            .map(|creative| line(creative, data, &view))
            .collect(),
    )
}

fn line(creative: &Creative, data: &Data, view: &human::View) -> Line {
    let campaign = data.campaign(&creative.campaign_id);
    let campaign = campaign.map_or(creative.campaign_id.as_str(), |campaign| {
        campaign.name.as_str()
    });
    let media = creative.media.as_ref();
    let of_media =
        |text: Option<String>| text.map_or(Cell::muted("-"), |text| Cell::Text(text, Tone::Text));
    Line {
        id: creative.id.clone(),
        name: creative.name.clone(),
        status: creative.status.clone(),
        cells: vec![
            (Cell::text(&creative.name), SortKey::text(&creative.name)),
            (Cell::muted(campaign), SortKey::text(campaign)),
            (
                Cell::Badge(status_badge(&creative.status)),
                SortKey::text(&creative.status),
            ),
            (
                of_media(media.map(|media| human::span(media.duration_ms))),
                number_key(media.map(|media| media.duration_ms)),
            ),
            (
                of_media(media.map(|media| format!("{}x{}", media.width, media.height))),
                number_key(media.map(|media| media.height.into())),
            ),
            (
                of_media(media.map(|media| media.container.clone())),
                media.map_or(SortKey::Nothing, |media| SortKey::text(&media.container)),
            ),
            (
                of_media(media.map(|media| human::bytes(media.bytes))),
                number_key(media.map(|media| media.bytes)),
            ),
            (
                Cell::text(creative.weight.to_string()),
                SortKey::number(creative.weight),
            ),
            (
                Cell::muted(human::distance(&creative.updated_at, view)),
                instant_key(&creative.updated_at),
            ),
        ],
        found_by: found_by(&[&creative.name, &creative.id, campaign]),
    }
}
