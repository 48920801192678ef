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
}
