//! Dates of a channel's axis: the origin's, or our own where it has none.

use crate::stitch::breaks::Break;
use crate::stitch::timeline::Snapshot;

/// 2000-01-01T00:00:00Z: where content on demand without dates begins, and the axis of a live
/// channel without them.
const EPOCH: i64 = 946_684_800_000_000;

/// Dates of a channel's axis.
#[derive(Debug, Clone, Copy)]
pub(super) struct Calendar {
    /// The date of 0 on the axis.
    epoch: i64,
    is_origins: bool,
}

impl Calendar {
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        let view = snapshot.views.first();
        let listed = view.and_then(|view| view.rows.get(view.first));
        if let (Some((date, _last)), Some(listed)) = (snapshot.dates(), listed) {
            return Self {
                epoch: date.saturating_sub(listed.start),
                is_origins: true,
            };
        }
        // What is complete never moves, so its beginning is as good a fact as the axis.
        let begin = listed.filter(|_| snapshot.is_complete());
        Self {
            epoch: EPOCH.saturating_sub(begin.map_or(0, |begin| begin.start)),
            is_origins: false,
        }
    }

    /// The date of an instant on the axis.
    pub(super) const fn at(self, instant: i64) -> i64 {
        self.epoch.saturating_add(instant)
    }

    /// When a break begins. The instant of its cue is a fact of the channel: an origin that
    /// corrects its dates does not move it.
    pub(super) fn begin(self, of: &Break) -> i64 {
        let own = of.start_date.filter(|_| self.is_origins);
        own.unwrap_or(self.at(of.at))
    }
}
