//! Frequency caps: how often one viewer may be shown something.

mod text;

use super::Problem;
use super::word::words;

/// Most caps of one campaign, order or creative.
pub const CAPS_MAX: usize = 8;
/// Most windows of one cap.
pub const WINDOWS_MAX: usize = 6;
/// Largest count of a window.
pub const COUNT_MAX: u16 = 1_000;
/// Longest rolling window: 90 days.
pub const SPAN_MAX_SECONDS: u32 = 90 * 86_400;

/// How often in each of its windows. All windows must have room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cap {
    /// By whom it counts.
    pub scope: CapScope,
    /// At least one, except for [`CapScope::Session`] and [`CapScope::Pod`], which are windows
    /// themselves and have exactly one of [`CapSpan::Scope`].
    pub windows: Vec<CapWindow>,
    /// What to do when the request does not say who it is.
    pub fallback: CapFallback,
}

/// By whom a cap counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CapScope {
    /// The account.
    User,
    /// The device.
    Device,
    /// Those who live together.
    Household,
    /// The network address.
    Address,
    /// One sitting.
    Session,
    /// One pod.
    Pod,
}
words!(CapScope {
    User = "user",
    Device = "device",
    Household = "household",
    Address = "address",
    Session = "session",
    Pod = "pod",
});

/// What happens when the identity that a cap counts by is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum CapFallback {
    /// The strongest identity that is there, in the order user, device, household, address,
    /// session; with none of them the ad is not served.
    #[default]
    Next,
    /// The ad is not served.
    Skip,
}
words!(CapFallback { Next = "next", Skip = "skip" });

/// A count in a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CapWindow {
    /// How often at most; 1 to [`COUNT_MAX`].
    pub max: u16,
    /// In which span.
    pub span: CapSpan,
}

/// The span of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CapSpan {
    /// The seconds before now; 1 to [`SPAN_MAX_SECONDS`].
    Rolling(u32),
    /// The hour, day, week (from Monday) or month of now in the zone of the tenant.
    Calendar(CapPeriod),
    /// For [`CapScope::Session`] and [`CapScope::Pod`]: the sitting or the pod itself.
    Scope,
}

/// A period of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CapPeriod {
    /// From the full hour.
    Hour,
    /// From midnight.
    Day,
    /// From Monday, midnight.
    Week,
    /// From the first, midnight.
    Month,
}
words!(CapPeriod { Hour = "hour", Day = "day", Week = "week", Month = "month" });

/// Adds everything wrong with a list of caps; `field` names the list.
pub fn check_caps(field: &str, caps: &[Cap], problems: &mut Vec<Problem>) {
    if caps.len() > CAPS_MAX {
        let message = format!("has more than {CAPS_MAX} caps");
        problems.push(Problem::new(field, message));
        return;
    }
    for (place, cap) in caps.iter().enumerate() {
        let field = format!("{field}[{place}]");
        if caps
            .iter()
            .take(place)
            .any(|other| other.scope == cap.scope)
        {
            let message = format!("repeats the scope {}: give one cap more windows", cap.scope);
            problems.push(Problem::new(&field, message));
        }
        cap.check(&field, problems);
    }
}

impl Cap {
    /// Adds everything wrong with it by itself; `field` names it.
    pub fn check(&self, field: &str, problems: &mut Vec<Problem>) {
        if self.windows.is_empty() || self.windows.len() > WINDOWS_MAX {
            let message = format!("must have 1 to {WINDOWS_MAX} windows");
            problems.push(Problem::new(field, message));
            return;
        }
        let bounded = matches!(self.scope, CapScope::Session | CapScope::Pod);
        for (place, window) in self.windows.iter().enumerate() {
            let field = format!("{field}.windows[{place}]");
            if !(1..=COUNT_MAX).contains(&window.max) {
                let message = format!("must allow 1 to {COUNT_MAX}; to serve nothing, pause");
                problems.push(Problem::new(&field, message));
            }
            match window.span {
                CapSpan::Rolling(seconds) if !(1..=SPAN_MAX_SECONDS).contains(&seconds) => {
                    let message = format!("must span 1 to {SPAN_MAX_SECONDS} seconds");
                    problems.push(Problem::new(&field, message));
                }
                CapSpan::Rolling(_) | CapSpan::Calendar(_) if self.scope == CapScope::Pod => {
                    problems.push(Problem::new(&field, "a pod has no window of time"));
                }
                CapSpan::Scope if !bounded => {
                    let message = format!("`{}` needs a window of time", self.scope);
                    problems.push(Problem::new(&field, message));
                }
                CapSpan::Rolling(_) | CapSpan::Calendar(_) | CapSpan::Scope => {}
            }
        }
    }
}
