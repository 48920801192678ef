//! An instant as day parts see it: the minute of the week on two wall clocks.

use crate::model::{Timestamp, Zone};

/// An instant on the wall clock of the tenant and on that of the viewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    /// Minute of the week in the zone of the tenant; Monday 00:00 is 0.
    pub campaign: u16,
    /// The same in the zone of the viewer, where that is known.
    pub viewer: Option<u16>,
}

impl Moment {
    /// The moment of `now`.
    pub fn at(now: Timestamp, tenant: &Zone, viewer: Option<&Zone>) -> Self {
        Self {
            campaign: tenant.minute_of_week(now),
            viewer: viewer.map(|zone| zone.minute_of_week(now)),
        }
    }
}
