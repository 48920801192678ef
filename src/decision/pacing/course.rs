//! The curve of a campaign: how much is to be delivered by when.

use super::profile::{Profile, Traffic};
use super::share::{Share, WHOLE, share};
use crate::model::pacing::{Knot, PERMILLE};
use crate::model::zone::Day;
use crate::model::{Millis, Pacing, Timestamp};

/// The front-loaded curve, in millionths of the traffic and of the delivery: `F^0.68`, a quarter
/// ahead of even at half-way, but never faster than 1.4 times even.
const FRONT_LOADED: [(u32, u32); 15] = [
    (0, 0),
    (349_422, 489_190),
    (400_000, 536_291),
    (450_000, 581_011),
    (500_000, 624_165),
    (550_000, 665_958),
    (600_000, 706_550),
    (650_000, 746_073),
    (700_000, 784_633),
    (750_000, 822_322),
    (800_000, 859_214),
    (850_000, 895_375),
    (900_000, 930_861),
    (950_000, 965_722),
    (1_000_000, 1_000_000),
];
const MILLION: u64 = 1_000_000;

/// Where a campaign should be, and where its curve leads from there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    /// The share of the whole that should be delivered by now.
    pub planned: Share,
    /// The traffic that the rest would be spread over, were it to go on as the curve goes now:
    /// of an even curve, all that is to come. None where the curve is flat: nothing is due.
    pub ahead: Option<Traffic>,
    /// The traffic still to come in the window, whatever the curve.
    pub left: Traffic,
    /// The share of the traffic of the window that is over.
    pub passed: Share,
    /// What comes within the next while: there is time yet to make sure.
    pub soon: Traffic,
    /// What comes after that for sure: even if most of it failed to come for a time.
    pub sure: Traffic,
}

/// A lull lasts this long, or this part of a window that is shorter than a day.
const LULL_MAX: Millis = Millis::from_seconds(7_200);
const LULL_PART: u64 = 12;
/// Of the traffic of a lull, one part in so many comes.
const LULL_LEFT: u128 = 20;
/// How long before a lull would hurt its delivery is brought forward: a part of its length.
const SOON_PART: u64 = 4;

impl Course {
    /// The course at `now` of what is to be delivered in a window: a flight or a day.
    ///
    /// As soon as possible is judged by the even curve.
    pub fn at(pacing: &Pacing, profile: &Profile, window: Day, now: Timestamp) -> Self {
        let now = now.clamp(window.start, window.end);
        let (over, left) = (
            profile.between(window.start, now),
            profile.between(now, window.end),
        );
        let passed = share(over, over + left);
        let segment = match pacing {
            Pacing::Asap | Pacing::Even => Segment {
                from: 0,
                to: WHOLE,
                over,
                all: over + left,
            },
            Pacing::FrontLoaded => front_loaded(over, over + left),
            Pacing::Custom(knots) => custom(knots, profile, window, now),
        };
        let planned = if left == 0 { WHOLE } else { segment.planned() };
        let lull = (window.end.since(window.start).0 / LULL_PART).min(LULL_MAX.0);
        let soon = now.plus(Millis(lull / SOON_PART)).min(window.end);
        let lull = profile.between(soon, soon.plus(Millis(lull)).min(window.end));
        let later = profile.between(soon, window.end);
        Self {
            planned,
            ahead: segment.ahead(planned),
            left,
            passed,
            soon: left.saturating_sub(later),
            sure: later.saturating_sub(lull - lull / LULL_LEFT),
        }
    }
}

/// The straight part of a curve that the present is in.
struct Segment {
    from: Share,
    to: Share,
    /// The traffic of the part that is over.
    over: Traffic,
    /// All traffic of the part.
    all: Traffic,
}

impl Segment {
    fn planned(&self) -> Share {
        let rise = u128::from(self.to - self.from) * u128::from(share(self.over, self.all));
        self.from + u64::try_from(rise / u128::from(WHOLE)).unwrap_or(WHOLE)
    }

    fn ahead(&self, planned: Share) -> Option<Traffic> {
        let rest = u128::from(WHOLE - planned.min(WHOLE));
        if rest == 0 {
            return Some(0);
        }
        self.all
            .saturating_mul(rest)
            .checked_div(u128::from(self.to - self.from))
    }
}

fn front_loaded(over: Traffic, all: Traffic) -> Segment {
    let point = |part: u32| all.saturating_mul(u128::from(part)) / u128::from(MILLION);
    let parts = FRONT_LOADED.iter().zip(FRONT_LOADED.iter().skip(1));
    let (&(start, from), &(end, to)) = parts
        .rev()
        .find(|&(&(start, _from), _next)| point(start) <= over)
        .unwrap_or((&(0, 0), &(1_000_000, 1_000_000)));
    let of_whole = |part: u32| u64::from(part) * WHOLE / MILLION;
    let all_of_it = point(end) - point(start);
    Segment {
        from: of_whole(from),
        to: of_whole(to),
        over: (over - point(start)).min(all_of_it),
        all: all_of_it,
    }
}

/// Exactly the curve at each knot, and between two in proportion to the traffic.
fn custom(knots: &[Knot], profile: &Profile, window: Day, now: Timestamp) -> Segment {
    let length = window.end.since(window.start).0;
    let instant = |time: u16| {
        let span = u128::from(length) * u128::from(time) / u128::from(PERMILLE);
        window
            .start
            .plus(Millis(u64::try_from(span).unwrap_or(length)))
    };
    let mut before = Knot {
        time: 0,
        delivered: 0,
    };
    let mut next = Knot {
        time: PERMILLE,
        delivered: PERMILLE,
    };
    for &knot in knots {
        if instant(knot.time) > now {
            next = knot;
            break;
        }
        before = knot;
    }
    let of_whole = |part: u16| u64::from(part) * WHOLE / u64::from(PERMILLE);
    let (start, end) = (instant(before.time), instant(next.time));
    Segment {
        from: of_whole(before.delivered),
        to: of_whole(next.delivered),
        over: profile.between(start, now),
        all: profile.between(start, end),
    }
}
