//! The list of sessions: who watches a stream with ads now.

use super::{found_by, growing, instant_key, left, right};
use crate::api::StreamSession;
use crate::cli::tui::data::Data;
use crate::cli::tui::sheet::{Cell, Direction, Kind, Line, SortKey};
use crate::client::human;
use crate::model::Timestamp;

/// What the list of sessions is.
pub static SESSIONS: Kind = Kind {
    plural: "sessions",
    headings: &[
        left("SESSION", 12, 0),
        growing("CHANNEL", 12, 1),
        growing("ASSET", 8, 6),
        left("ADS BY", 9, 4),
        left("REPORTS", 8, 5),
        right("BREAKS", 6, 2),
        right("ADS", 5, 3),
        right("BEGAN", 9, 7),
        right("LAST ASKED", 10, 2),
    ],
    statuses: &[],
    nothing: (
        "Nobody watches a stream with ads now.",
        "adctl channels list",
    ),
    sorted: (8, Direction::Down),
};

/// The rows of the list of sessions.
pub fn sessions(data: &Data, now: Timestamp) -> Option<Vec<Line>> {
    let view = data.view(now);
    let sessions = data.sessions.as_ref()?.iter();
    Some(sessions.map(|session| line(session, data, &view)).collect())
}

fn line(session: &StreamSession, data: &Data, view: &human::View) -> Line {
    let channels = data.channels.iter().flatten();
    let channel = channels
        .into_iter()
        .find(|channel| channel.id == session.channel_id);
    let channel = channel.map_or(session.channel_id.as_str(), |channel| channel.name.as_str());
    let asset = session.asset.as_deref().unwrap_or("-");
    // Enough to find it; whoever knows all of it can read what the session is told.
    let short: String = session.id.chars().take(10).collect();
    Line {
        id: session.id.clone(),
        name: channel.to_owned(),
        status: String::new(),
        cells: vec![
            (Cell::text(short), SortKey::text(&session.id)),
            (Cell::text(channel), SortKey::text(channel)),
            (Cell::muted(asset), SortKey::text(asset)),
            (
                Cell::text(&session.insertion),
                SortKey::text(&session.insertion),
            ),
            (
                Cell::text(&session.reporting),
                SortKey::text(&session.reporting),
            ),
            (
                Cell::text(session.breaks.to_string()),
                SortKey::number(session.breaks),
            ),
            (
                Cell::text(session.ads.to_string()),
                SortKey::number(session.ads),
            ),
            (
                Cell::muted(human::distance(&session.created_at, view)),
                instant_key(&session.created_at),
            ),
            (
                Cell::text(human::distance(&session.asked_at, view)),
                instant_key(&session.asked_at),
            ),
        ],
        found_by: found_by(&[&session.id, channel, asset, &session.insertion]),
    }
}
