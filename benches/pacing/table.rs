//! The simulated days of one way of pacing as a line of the table.

#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "figures for people, and peers as they are written elsewhere"
)]

use adserve::decision::pacing::PacingStatus;

use super::simulator::Outcome;

/// What is said of all days together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    /// Delivered of the goal, the mean of all days. Percent.
    pub(crate) mean: f64,
    /// The worst day.
    pub(crate) worst: f64,
    /// The mean distance from the ideal course, in percent of the goal.
    pub(crate) deviation: f64,
    /// Impressions beyond the goal at any moment, of all days the most.
    pub(crate) excess: u64,
    /// The mean hour at which the goal was reached, of the days that reached it.
    pub(crate) done: Option<f64>,
    /// Days that were told to lack supply an hour before their end.
    pub(crate) lacking: usize,
}

impl Line {
    pub(crate) fn of(outcomes: &[Outcome]) -> Self {
        let days = outcomes.len() as f64;
        let percent = |day: &Outcome| 100.0 * day.delivered as f64 / day.goal as f64;
        let done: Vec<f64> = outcomes
            .iter()
            .filter_map(|day| day.done.map(|second| second as f64 / 3_600.0))
            .collect();
        Self {
            mean: outcomes.iter().map(percent).sum::<f64>() / days,
            worst: outcomes.iter().map(percent).fold(f64::MAX, f64::min),
            deviation: 100.0 * outcomes.iter().map(|day| day.deviation).sum::<f64>() / days,
            excess: outcomes.iter().map(|day| day.excess).max().unwrap_or(0),
            lacking: outcomes
                .iter()
                .filter(|day| day.stood == Some(PacingStatus::SupplyLimited))
                .count(),
            done: (!done.is_empty()).then(|| done.iter().sum::<f64>() / done.len() as f64),
        }
    }

    pub(crate) fn row(&self, name: &str) -> String {
        let Self {
            mean,
            worst,
            deviation,
            excess,
            done,
            lacking,
        } = self;
        let done = done.map_or("-".to_owned(), |hour| format!("{hour:.1}"));
        format!(
            "| {name} | {mean:.2} | {worst:.2} | {deviation:.2} | {excess} | {done} | {lacking} |"
        )
    }
}
