//! The metrics, each defined once, and the sums of them.

use crate::model::word::words;
use crate::model::{EventKind, Nanos};

/// Something that is counted. The words are the columns of the ledger. The order is stored in
/// digests: append, never insert.
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
    /// Calls for an ad that got none.
    Unfilled,
    /// The time that calls asked to fill, of those that said how long. Milliseconds.
    AskedMs,
    /// How long the ads play that were handed out to calls that said how long. Milliseconds.
    FilledMs,
    /// Of the above, what is under the device and country `other` because its hour had too many
    /// combinations to keep apart: calls, ads handed out and events.
    Folded,
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
    Unfilled = "unfilled",
    AskedMs = "asked_ms",
    FilledMs = "filled_ms",
    Folded = "folded",
});

impl Metric {
    /// What it counts, in a sentence.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Requests => {
                "Calls for an ad that named a known tenant; by channel, device and country, never by campaign."
            }
            Self::Served => "Ads handed out to a player; not yet seen by anybody.",
            Self::Impressions => "Impression beacons: the first frame was shown.",
            Self::CreativeViews => "Creative view beacons.",
            Self::Starts => "Start beacons.",
            Self::FirstQuartiles => "First quartile beacons.",
            Self::Midpoints => "Midpoint beacons.",
            Self::ThirdQuartiles => "Third quartile beacons.",
            Self::Completions => "Complete beacons.",
            Self::Mutes => "Ads that were muted at least once.",
            Self::Unmutes => "Ads that were unmuted at least once.",
            Self::Pauses => "Ads that were paused at least once.",
            Self::Resumes => "Ads that were resumed at least once.",
            Self::Skips => "Skip beacons.",
            Self::Clicks => "Ads that were clicked at least once.",
            Self::Errors => "Error beacons: the player gave the ad up.",
            Self::Viewable => "Ads that met the viewability standard.",
            Self::NotViewable => "Ads that did not meet it.",
            Self::ViewUndetermined => "Ads of which it could not be judged.",
            Self::Billable => {
                "Events that were charged: impressions of a CPM or flat campaign, clicks of a CPC one, completions of a CPV one."
            }
            Self::Unbilled => {
                "Events of those kinds that came too late to find room in the budget: given away."
            }
            Self::Unfilled => "Calls for an ad that got none.",
            Self::AskedMs => "Time that calls asked to fill, of those that said how long.",
            Self::FilledMs => "Playing time of the ads handed out to calls that said how long.",
            Self::Folded => {
                "Of all calls, ads and events, those under device and country `other` because their hour had too many combinations to keep apart."
            }
        }
    }

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

    /// Events of every kind.
    pub fn events(&self) -> u64 {
        let kinds = EventKind::ALL.iter();
        kinds.map(|&kind| self.of(Metric::of(kind))).sum()
    }

    /// Calls, ads handed out and events together.
    pub fn counted(&self) -> u64 {
        self.of(Metric::Requests) + self.of(Metric::Served) + self.events()
    }

    /// Adds all figures of another.
    pub fn merge(&mut self, other: &Self) {
        for &metric in Metric::ALL {
            self.add(metric, other.of(metric));
        }
        self.charge(other.spend);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_event_has_its_own_metric() {
        let metrics: std::collections::BTreeSet<Metric> = EventKind::ALL
            .iter()
            .map(|&kind| Metric::of(kind))
            .collect();
        assert_eq!(metrics.len(), EventKind::ALL.len());
    }
}
