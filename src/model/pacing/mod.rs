//! Pacing: how a campaign spreads what it may deliver over its time.

mod text;

use super::Problem;

/// Most knots of a custom curve.
pub const KNOTS_MAX: usize = 48;
/// The whole, in the parts that curves are written in.
pub const PERMILLE: u16 = 1_000;

/// How delivery is spread over the flight and, with a daily budget, over each day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Pacing {
    /// As soon as it can be.
    #[default]
    Asap,
    /// In proportion to the traffic.
    Even,
    /// A quarter ahead of even at half-way.
    FrontLoaded,
    /// By a curve of the operator.
    Custom(Vec<Knot>),
}

/// A point of a custom curve: of the time, and of what is to be delivered by then. Both in
/// thousandths. The curve runs straight from (0, 0) through the knots to (1000, 1000).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Knot {
    /// Of the time.
    pub time: u16,
    /// Of the delivery.
    pub delivered: u16,
}

impl Pacing {
    /// The word in SQL, API and CLI.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Asap => "asap",
            Self::Even => "even",
            Self::FrontLoaded => "front_loaded",
            Self::Custom(_) => "custom",
        }
    }

    /// Adds everything wrong with it.
    pub fn check(&self, field: &str, problems: &mut Vec<Problem>) {
        let Self::Custom(knots) = self else { return };
        if knots.is_empty() || knots.len() > KNOTS_MAX {
            let message = format!("a custom curve has 1 to {KNOTS_MAX} knots");
            problems.push(Problem::new(field, message));
            return;
        }
        let mut before = Knot {
            time: 0,
            delivered: 0,
        };
        for (place, &knot) in knots.iter().enumerate() {
            let rises = knot.time > before.time && knot.delivered >= before.delivered;
            if !rises || knot.time >= PERMILLE || knot.delivered > PERMILLE {
                let message = "must lie later than the one before and not below it, within 1000";
                problems.push(Problem::new(format!("{field}[{place}]"), message));
            }
            before = knot;
        }
    }
}
