//! How things stand at one moment, without a screen: a frame as text, or facts for programs.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use serde::Serialize;

use super::data::News;
use super::facts::busiest;
use super::state::{Setup, State};
use super::view::view;
use crate::api::StatsTotals;
use crate::model::Timestamp;

/// Most campaigns that are named as the busiest.
const BUSIEST_MAX: usize = 10;

/// How things stand, for programs.
#[derive(Debug, Clone, Serialize)]
pub struct Glance {
    /// When: RFC 3339.
    pub at: String,
    /// Name of the tenant; none where there is none.
    pub tenant: Option<String>,
    /// Currency of the money.
    pub currency: String,
    /// Since midnight of the tenant.
    pub today: Option<StatsTotals>,
    /// What needs attention, worst first.
    pub attention: Vec<Attention>,
    /// Campaigns with most impressions today.
    pub busiest: Vec<Busy>,
}

/// One thing that needs attention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attention {
    /// What kind of thing.
    pub kind: String,
    /// The thing.
    pub subject: String,
    /// What about it.
    pub message: String,
    /// The campaign it is about: `cmp_…`.
    pub campaign_id: Option<String>,
    /// The command that says more.
    pub command: String,
}

/// One busy campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Busy {
    /// `cmp_…`
    pub campaign_id: String,
    /// Its name.
    pub name: Option<String>,
    /// Impressions today.
    pub impressions: u64,
}

/// The dashboard after it was told all this at once.
pub fn told(setup: Setup, news: Vec<News>, now: Timestamp) -> State {
    let mut state = State::new(setup);
    state.now = now;
    for one in news {
        state.data.learn(one, now);
    }
    state.rebuild();
    state
}

impl Glance {
    /// How things stand in a dashboard.
    pub fn of(state: &State) -> Self {
        let data = &state.data;
        let rows = data.busiest.iter().flat_map(busiest).take(BUSIEST_MAX);
        Self {
            at: state.now.to_string(),
            tenant: data.tenant.as_ref().map(|tenant| tenant.name.clone()),
            currency: data.currency().to_owned(),
            today: data.today.as_ref().map(|stats| stats.totals.clone()),
            attention: state
                .notices
                .iter()
                .map(|notice| Attention {
                    kind: notice.label.to_lowercase().replace(' ', "_"),
                    subject: notice.subject.clone(),
                    message: notice.text.clone(),
                    campaign_id: notice.campaign.clone(),
                    command: notice.line.clone(),
                })
                .collect(),
            busiest: rows
                .map(|row| Busy {
                    campaign_id: row.group.clone(),
                    name: row.name.clone(),
                    impressions: row.totals.impressions,
                })
                .collect(),
        }
    }
}

/// A frame as lines of text, without colours and without spaces at their ends.
pub fn frame(state: &State) -> String {
    let area = Rect::new(0, 0, state.size.0, state.size.1);
    let mut buffer = Buffer::empty(area);
    view(state, &mut buffer);
    let mut text = String::new();
    for y in 0..area.height {
        let mut line = String::new();
        let mut x = 0;
        while x < area.width {
            let symbol = buffer.cell((x, y)).map_or(" ", |cell| cell.symbol());
            line.push_str(symbol);
            // A wide character takes the cell after it as well.
            x += u16::try_from(unicode_width::UnicodeWidthStr::width(symbol))
                .unwrap_or(1)
                .max(1);
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
