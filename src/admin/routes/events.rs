//! Route of what happens now.

use crate::admin::events;
use crate::admin::route::{Route, get};
use crate::api::{EVENTS_PATH, LiveEvent};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get(EVENTS_PATH, "followEvents", events::follow)
            .about("What happens now, as events without an end")
            .query(events::parameters())
            .streams::<LiveEvent>(),
    ]
}
