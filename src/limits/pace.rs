//! The pace of one campaign: counters that requests raise, and what the last tick told them.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use crate::decision::pacing::{Filtered, Observed, Odds};
use crate::decision::{Exclusion, Headroom, Limit, Roll};
use crate::model::CampaignId;

/// What requests and ticks tell one another of a paced campaign. All of it is advice, so nothing
/// is ordered: the budgets are exact without it.
#[derive(Debug)]
pub(super) struct Pace {
    odds: AtomicU64,
    urgency_milli: AtomicU32,
    offered: AtomicU64,
    entered: AtomicU64,
    won: AtomicU64,
    by_caps: AtomicU64,
    by_spot_caps: AtomicU64,
    by_separation: AtomicU64,
}

/// Until its first tick a campaign takes part in everything.
impl Default for Pace {
    fn default() -> Self {
        Self {
            odds: AtomicU64::new(Odds::ALWAYS.share()),
            urgency_milli: AtomicU32::new(Headroom::URGENCY_NORMAL),
            offered: AtomicU64::new(0),
            entered: AtomicU64::new(0),
            won: AtomicU64::new(0),
            by_caps: AtomicU64::new(0),
            by_spot_caps: AtomicU64::new(0),
            by_separation: AtomicU64::new(0),
        }
    }
}

impl Pace {
    /// Counts a request that the campaign could be given.
    pub(super) fn offer(&self) {
        self.offered.fetch_add(1, Ordering::Relaxed);
    }

    /// Throws the coin: whether the campaign takes part, and how urgent it is.
    pub(super) fn enter(&self, roll: Roll, campaign: CampaignId) -> Result<Headroom, Exclusion> {
        let headroom = self.throw(roll, campaign)?;
        self.entered.fetch_add(1, Ordering::Relaxed);
        Ok(headroom)
    }

    /// The same, and nothing is counted.
    pub(super) fn throw(&self, roll: Roll, campaign: CampaignId) -> Result<Headroom, Exclusion> {
        if !self.odds().admit(roll, campaign) {
            return Err(Exclusion::Paced);
        }
        Ok(Headroom {
            urgency_milli: self.urgency_milli.load(Ordering::Relaxed),
        })
    }

    /// Counts a request that the campaign was given.
    pub(super) fn win(&self) {
        self.won.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts what kept the campaign out of a request that it took part in.
    pub(super) fn limit(&self, limit: Limit) {
        let counter = match limit {
            Limit::Caps => &self.by_caps,
            Limit::SpotCaps => &self.by_spot_caps,
            Limit::Separation => &self.by_separation,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// How many requests it took part in since the start of the program, and what kept it out of
    /// some of them. Floor prices there are none.
    pub(super) fn filtered(&self) -> Filtered {
        let load = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let by_spot_caps = load(&self.by_spot_caps);
        Filtered {
            eligible: load(&self.entered) + by_spot_caps,
            by_caps: load(&self.by_caps) + by_spot_caps,
            by_separation: load(&self.by_separation),
            by_floors: 0,
        }
    }

    /// All that was counted since the start of the program.
    pub(super) fn counted(&self) -> Observed {
        Observed {
            offered: self.offered.load(Ordering::Relaxed),
            entered: self.entered.load(Ordering::Relaxed),
            won: self.won.load(Ordering::Relaxed),
        }
    }

    /// The odds of the last tick.
    pub(super) fn odds(&self) -> Odds {
        Odds::of(self.odds.load(Ordering::Relaxed))
    }

    /// Tells what the requests of the next second go by.
    pub(super) fn set(&self, odds: Odds, urgency_milli: u32) {
        self.odds.store(odds.share(), Ordering::Relaxed);
        self.urgency_milli.store(urgency_milli, Ordering::Relaxed);
    }
}
