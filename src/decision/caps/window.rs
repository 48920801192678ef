//! The windows of a cap, held against the instants of its count.

use super::Calendar;
use super::records::{Horizon, Ring};
use crate::model::cap::COUNT_MAX;
use crate::model::{Cap, CapPeriod, CapScope, CapSpan, CapWindow, Millis};

/// How long a sitting lasts without an ad of the count: after it, a session of the same name is
/// another sitting. Where the request does not name the session, the sitting is taken to have
/// begun this long before now.
pub const SITTING: Millis = Millis::from_seconds(86_400);

/// How much of a count must be kept for a cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The newest instants: the largest count of its windows.
    pub keep: u16,
    /// How long an instant may matter.
    pub horizon: Horizon,
}

impl Bounds {
    /// Of a cap.
    pub fn of(cap: &Cap) -> Self {
        let keep = cap.windows.iter().map(|window| window.max).max();
        let longest = cap.windows.iter().map(|window| longest(window.span)).max();
        Self {
            keep: keep.unwrap_or(0).min(COUNT_MAX),
            horizon: Horizon::over(longest.unwrap_or_default()),
        }
    }

    /// Of two caps that share a count.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            keep: self.keep.max(other.keep),
            horizon: self.horizon.max(other.horizon),
        }
    }
}

/// The longest that a span can be, in seconds.
const fn longest(span: CapSpan) -> u64 {
    match span {
        CapSpan::Rolling(seconds) => seconds as u64,
        CapSpan::Calendar(CapPeriod::Hour) => 2 * 3_600,
        CapSpan::Calendar(CapPeriod::Day) => 25 * 3_600,
        CapSpan::Calendar(CapPeriod::Week) => (7 * 24 + 1) * 3_600,
        CapSpan::Calendar(CapPeriod::Month) => (31 * 24 + 1) * 3_600,
        CapSpan::Scope => SITTING.0 / 1_000,
    }
}

/// The first window that has no room for one more, if any.
///
/// `by` is the identity that the count is under, which differs from the scope of the cap when it
/// fell back.
pub fn first_full(
    cap: &Cap,
    by: CapScope,
    ring: Ring<'_>,
    calendar: &Calendar,
) -> Option<CapWindow> {
    let full = |window: &&CapWindow| {
        let max = usize::from(window.max.min(COUNT_MAX));
        match max.checked_sub(1) {
            None => true,
            // The ring is in order: if the max-th newest is outside, fewer than max are inside.
            Some(newer) => ring
                .newest_but(newer)
                .is_some_and(|at| is_inside(window.span, at, (by, ring), calendar)),
        }
    };
    cap.windows.iter().find(full).copied()
}

/// How many more ads all windows of a cap have room for.
pub fn room(cap: &Cap, by: CapScope, ring: Ring<'_>, calendar: &Calendar) -> u16 {
    let left = cap.windows.iter().map(|window| {
        let outside = |at| !is_inside(window.span, at, (by, ring), calendar);
        let inside = ring.len() - ring.partition_point(outside);
        let inside = u16::try_from(inside).unwrap_or(u16::MAX);
        window.max.min(COUNT_MAX).saturating_sub(inside)
    });
    left.min().unwrap_or(COUNT_MAX)
}

fn is_inside(
    span: CapSpan,
    at: u64,
    (by, ring): (CapScope, Ring<'_>),
    calendar: &Calendar,
) -> bool {
    let now = Ring::instant(calendar.now());
    match span {
        // Nothing is inside of nothing, not even what the clock has not reached yet.
        CapSpan::Rolling(0) => false,
        CapSpan::Rolling(seconds) => at + u64::from(seconds) * 1_000 > now,
        CapSpan::Calendar(period) => at >= Ring::instant(calendar.start(period)),
        CapSpan::Scope if by == CapScope::Session => is_in_sitting(at, ring, now),
        CapSpan::Scope => at + SITTING.0 > now,
    }
}

/// Whether from an instant on to now nothing lasted as long as the end of a sitting.
fn is_in_sitting(at: u64, ring: Ring<'_>, now: u64) -> bool {
    let mut later = now;
    for stamp in ring.iter().rev() {
        if stamp + SITTING.0 <= later {
            return false;
        }
        if stamp <= at {
            break;
        }
        later = stamp;
    }
    true
}

/// How many ads of a subject with these caps one pod may have, as far as they speak of pods.
pub fn pod_room(caps: &[Cap]) -> Option<u16> {
    let pods = caps.iter().filter(|cap| cap.scope == CapScope::Pod);
    let windows = pods.flat_map(|cap| &cap.windows);
    windows.map(|window| window.max).min()
}
