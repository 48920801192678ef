//! The metrics, each defined once, and the sums of them.

use crate::model::word::words;
use crate::model::{EventKind, Nanos};

/// Something that is counted. The words are the columns of the ledger.
///
/// Each event counts once for each ad, in the UTC hour in which its report came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Metric {
    /// Calls for an ad that named a known tenant; by channel, never by campaign.
    Requests,
    /// Ads handed out to a player. Not yet seen by anybody.
    Served,
    /// Impression beacons: the first frame was shown.
    Impressions,
    /// Creative view beacons.
    CreativeViews,
    /// Start beacons.
    Starts,
    /// First quartile beacons.
    FirstQuartiles,
    /// Midpoint beacons.
    Midpoints,
    /// Third quartile beacons.
    ThirdQuartiles,
    /// Complete beacons.
    Completions,
    /// Ads that were muted at least once.
    Mutes,
    /// Ads that were unmuted at least once.
    Unmutes,
    /// Ads that were paused at least once.
    Pauses,
    /// Ads that were resumed at least once.
    Resumes,
    /// Skip beacons.
    Skips,
    /// Ads that were clicked at least once.
    Clicks,
    /// Error beacons.
    Errors,
    /// Ads that met the viewability standard.
    Viewable,
    /// Ads that did not meet it.
    NotViewable,
    /// Ads of which it could not be judged.
    ViewUndetermined,
    /// Events that were charged: impressions of a CPM or flat campaign, clicks of a CPC one,
    /// completions of a CPV one.
    Billable,
    /// Events of those kinds that came after their reservation expired and found no room in the
    /// budget: given away.
    Unbilled,
}
words!(Metric {
    Requests = "requests",
    Served = "served",
    Impressions = "impressions",
    CreativeViews = "creative_views",
    Starts = "starts",
    FirstQuartiles = "first_quartiles",
    Midpoints = "midpoints",
    ThirdQuartiles = "third_quartiles",
    Completions = "completions",
    Mutes = "mutes",
    Unmutes = "unmutes",
    Pauses = "pauses",
    Resumes = "resumes",
    Skips = "skips",
    Clicks = "clicks",
    Errors = "errors",
    Viewable = "viewable",
    NotViewable = "not_viewable",
    ViewUndetermined = "view_undetermined",
    Billable = "billable",
    Unbilled = "unbilled",
});

impl Metric {
    /// What an event of this kind adds to.
    pub const fn of(kind: EventKind) -> Self {
        match kind {
            EventKind::Impression => Self::Impressions,
            EventKind::CreativeView => Self::CreativeViews,
            EventKind::Start => Self::Starts,
            EventKind::FirstQuartile => Self::FirstQuartiles,
            EventKind::Midpoint => Self::Midpoints,
            EventKind::ThirdQuartile => Self::ThirdQuartiles,
            EventKind::Complete => Self::Completions,
            EventKind::Mute => Self::Mutes,
            EventKind::Unmute => Self::Unmutes,
            EventKind::Pause => Self::Pauses,
            EventKind::Resume => Self::Resumes,
            EventKind::Skip => Self::Skips,
            EventKind::Click => Self::Clicks,
            EventKind::Error => Self::Errors,
            EventKind::Viewable => Self::Viewable,
            EventKind::NotViewable => Self::NotViewable,
            EventKind::ViewUndetermined => Self::ViewUndetermined,
        }
    }
}

/// How often each metric was counted, and what was charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    counts: [u64; Metric::ALL.len()],
    /// What was charged.
    pub spend: Nanos,
}

impl Figures {
    /// How often one metric was counted.
    pub fn of(&self, metric: Metric) -> u64 {
        self.counts
            .get(metric as usize)
            .copied()
            .unwrap_or_default()
    }

    /// Counts one metric `count` times more.
    pub fn add(&mut self, metric: Metric, count: u64) {
        if let Some(sum) = self.counts.get_mut(metric as usize) {
            *sum = sum.saturating_add(count);
        }
    }

    /// Charges `amount` more.
    pub fn charge(&mut self, amount: Nanos) {
        self.spend = Nanos(self.spend.0.saturating_add(amount.0));
    }

    /// Adds all figures of another.
    pub fn merge(&mut self, other: &Self) {
        for &metric in Metric::ALL {
            self.add(metric, other.of(metric));
        }
        self.charge(other.spend);
    }

    /// Ads handed out for each call for an ad.
    pub fn fill_rate(&self) -> Option<f64> {
        self.rate(Metric::Served, Metric::Requests)
    }

    /// Share of the ads handed out that were seen.
    pub fn impression_rate(&self) -> Option<f64> {
        self.rate(Metric::Impressions, Metric::Served)
    }

    /// Share of the started ads that were played to the end (VTR).
    pub fn completion_rate(&self) -> Option<f64> {
        self.rate(Metric::Completions, Metric::Starts)
    }

    /// Share of the seen ads that were clicked (CTR).
    pub fn click_rate(&self) -> Option<f64> {
        self.rate(Metric::Clicks, Metric::Impressions)
    }

    /// Share of the ads handed out that the player gave up.
    pub fn error_rate(&self) -> Option<f64> {
        self.rate(Metric::Errors, Metric::Served)
    }

    /// Spend for a thousand impressions (eCPM), rounded down to the micro; none without
    /// impressions.
    pub fn ecpm_micros(&self) -> Option<i64> {
        let impressions = i128::from(self.of(Metric::Impressions));
        // Nanos an impression are micros a thousand impressions.
        let micros = i128::from(self.spend.0).checked_div_euclid(impressions)?;
        i64::try_from(micros).ok()
    }

    /// A quotient; none without a divisor. It may pass 1 where a range of time begins between
    /// what is above the line and what is below.
    #[expect(
        clippy::float_arithmetic,
        clippy::cast_precision_loss,
        reason = "a ratio for people; counts are far below 2^53, and no money is in it"
    )]
    fn rate(&self, above: Metric, below: Metric) -> Option<f64> {
        let (above, below) = (self.of(above), self.of(below));
        (below > 0).then(|| above as f64 / below as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_none_without_a_divisor() {
        let mut figures = Figures::default();
        figures.add(Metric::Completions, 1);
        figures.charge(Nanos(50_000_001));
        assert_eq!(figures.completion_rate(), None);
        assert_eq!(figures.ecpm_micros(), None);
        figures.add(Metric::Starts, 4);
        figures.add(Metric::Impressions, 2);
        assert_eq!(figures.completion_rate(), Some(0.25));
        assert_eq!(figures.ecpm_micros(), Some(25_000_000));
    }

    #[test]
    fn every_kind_of_event_has_its_own_metric() {
        let metrics: std::collections::BTreeSet<Metric> = EventKind::ALL
            .iter()
            .map(|&kind| Metric::of(kind))
            .collect();
        assert_eq!(metrics.len(), EventKind::ALL.len());
    }
}
