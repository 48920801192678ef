//! What the TVs saw beside what the ledger counted.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::api::StatsTotals;
use crate::model::EventKind;

/// What both sides know of a campaign, in the order of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Measure {
    /// Ads handed out.
    Served,
    /// Ads of which an event was reported, each ad once.
    Seen(EventKind),
}

/// Reads a measure in what the ledger tells.
type Told = fn(&StatsTotals) -> u64;

impl Measure {
    /// Every measure, and where the ledger tells it.
    pub(super) const ALL: [(Self, Told); 10] = [
        (Self::Served, |totals| totals.served),
        (Self::Seen(EventKind::Impression), |totals| {
            totals.impressions
        }),
        (Self::Seen(EventKind::Start), |totals| totals.starts),
        (Self::Seen(EventKind::FirstQuartile), |totals| {
            totals.first_quartiles
        }),
        (Self::Seen(EventKind::Midpoint), |totals| totals.midpoints),
        (Self::Seen(EventKind::ThirdQuartile), |totals| {
            totals.third_quartiles
        }),
        (Self::Seen(EventKind::Complete), |totals| totals.completions),
        (Self::Seen(EventKind::Click), |totals| totals.clicks),
        (Self::Seen(EventKind::Skip), |totals| totals.skips),
        (Self::Seen(EventKind::Error), |totals| totals.errors),
    ];

    /// The word for machines.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Served => "served",
            Self::Seen(kind) => kind.as_str(),
        }
    }
}

/// What TVs saw.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Seen {
    campaigns: BTreeMap<String, BTreeMap<Measure, u64>>,
    /// Calls for an ad that were answered.
    pub(super) requests: u64,
    /// Of these, those that got none.
    pub(super) no_ads: u64,
    /// Beacons that were sent, repeats and `HEAD` included.
    pub(super) beacons: u64,
    /// What went wrong, a line each.
    pub(super) faults: Vec<String>,
    /// What came and should not have, a line each.
    pub(super) broken: Vec<String>,
    /// Pods of several ads.
    pub(super) pods: u64,
    /// The ads in them.
    pub(super) pod_ads: u64,
    /// Breaks with ads in a stream.
    pub(super) stream_breaks: u64,
    /// The ads in them.
    pub(super) stream_ads: u64,
    /// How often each user saw each campaign.
    users: BTreeMap<String, BTreeMap<String, u64>>,
    /// Why a campaign was left out, where a call was for it alone.
    left_out: BTreeMap<String, BTreeMap<String, u64>>,
}

impl Seen {
    /// Notes something that happened to an ad of a campaign.
    pub(super) fn note(&mut self, campaign: &str, measure: Measure) {
        let counts = self.campaigns.entry(campaign.to_owned()).or_default();
        *counts.entry(measure).or_default() += 1;
    }

    /// Notes a pod of several ads.
    pub(super) fn pod(&mut self, ads: usize) {
        self.pods += 1;
        self.pod_ads += ads as u64;
    }

    /// Notes a break of a stream with so many ads in it.
    pub(super) fn stream_break(&mut self, ads: usize) {
        self.stream_breaks += 1;
        self.stream_ads += ads as u64;
    }

    /// Notes that a user saw a campaign.
    pub(super) fn show(&mut self, campaign: &str, user: &str) {
        let users = self.users.entry(campaign.to_owned()).or_default();
        *users.entry(user.to_owned()).or_default() += 1;
    }

    /// Notes why a call for one campaign got none.
    pub(super) fn leave_out(&mut self, campaign: &str, why: &str) {
        let reasons = self.left_out.entry(campaign.to_owned()).or_default();
        *reasons.entry(why.to_owned()).or_default() += 1;
    }

    /// How often each of those who saw a campaign saw it.
    pub(super) fn times_by_user(&self, campaign: &str) -> impl Iterator<Item = u64> {
        let users = self.users.get(campaign);
        users.into_iter().flat_map(BTreeMap::values).copied()
    }

    /// Why calls for one campaign got none, and how often.
    pub(super) fn why_left_out(&self, campaign: &str) -> BTreeMap<String, u64> {
        self.left_out.get(campaign).cloned().unwrap_or_default()
    }

    /// Takes in what another TV saw.
    pub(super) fn add(&mut self, other: Self) {
        sum(&mut self.campaigns, other.campaigns);
        sum(&mut self.users, other.users);
        sum(&mut self.left_out, other.left_out);
        self.requests += other.requests;
        self.no_ads += other.no_ads;
        self.beacons += other.beacons;
        self.pods += other.pods;
        self.pod_ads += other.pod_ads;
        self.stream_breaks += other.stream_breaks;
        self.stream_ads += other.stream_ads;
        self.faults.extend(other.faults);
        self.broken.extend(other.broken);
    }

    fn of(&self, campaign: &str, measure: Measure) -> u64 {
        let counts = self.campaigns.get(campaign);
        let count = counts.and_then(|counts| counts.get(&measure));
        count.copied().unwrap_or_default()
    }
}

/// Adds counts to counts, by campaign and by what is counted.
fn sum<K: Ord>(
    ours: &mut BTreeMap<String, BTreeMap<K, u64>>,
    others: BTreeMap<String, BTreeMap<K, u64>>,
) {
    for (campaign, counts) in others {
        let ours = ours.entry(campaign).or_default();
        for (what, count) in counts {
            *ours.entry(what).or_default() += count;
        }
    }
}

/// What the TVs saw, and what the ledger counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub(super) struct Pair {
    /// By the TVs.
    pub(super) seen: u64,
    /// By the ledger.
    pub(super) counted: u64,
}

impl Pair {
    /// Both sides.
    pub(super) const fn of(seen: u64, counted: u64) -> Self {
        Self { seen, counted }
    }

    /// Whether they are equal.
    pub(super) const fn agrees(self) -> bool {
        self.seen == self.counted
    }
}

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seen, counted } = self;
        if seen == counted {
            write!(f, "{seen}, as counted")
        } else {
            write!(f, "{seen} seen, {counted} counted")
        }
    }
}

/// One campaign: both sides of each measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Compared {
    /// Its id.
    pub(super) campaign: String,
    /// Its name.
    pub(super) name: String,
    /// Each measure by its word.
    pub(super) counts: BTreeMap<&'static str, Pair>,
}

impl Compared {
    /// Whether a TV showed it.
    pub(super) fn was_seen(&self) -> bool {
        let impressions = self.counts.get(EventKind::Impression.as_str());
        impressions.is_some_and(|pair| pair.seen > 0)
    }

    /// Whether both sides agree on everything.
    pub(super) fn agrees(&self) -> bool {
        self.counts.values().all(|pair| pair.agrees())
    }
}

/// A campaign as the ledger tells of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Counted {
    /// Its id.
    pub(super) campaign: String,
    /// Its name.
    pub(super) name: String,
    /// Its figures.
    pub(super) totals: StatsTotals,
}

/// Puts both sides beside each other, also for campaigns that only one side knows.
pub(super) fn compare(seen: &Seen, counted: &[Counted]) -> Vec<Compared> {
    let nobody = |campaign: &String| Counted {
        campaign: campaign.clone(),
        name: String::new(),
        totals: StatsTotals::default(),
    };
    let told = |campaign: &&String| counted.iter().any(|one| one.campaign == **campaign);
    let untold = seen.campaigns.keys().filter(|campaign| !told(campaign));
    let mut rows: Vec<Compared> = counted
        .iter()
        .cloned()
        .chain(untold.map(nobody))
        .map(|one| Compared {
            counts: BTreeMap::from(Measure::ALL.map(|(measure, told)| {
                let pair = Pair::of(seen.of(&one.campaign, measure), told(&one.totals));
                (measure.as_str(), pair)
            })),
            campaign: one.campaign,
            name: one.name,
        })
        .collect();
    rows.sort_by(|a, b| a.campaign.cmp(&b.campaign));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    const IMPRESSION: Measure = Measure::Seen(EventKind::Impression);

    fn counted(campaign: &str, impressions: u64) -> Counted {
        Counted {
            campaign: campaign.to_owned(),
            name: "Autumn".to_owned(),
            totals: StatsTotals {
                impressions,
                ..StatsTotals::default()
            },
        }
    }

    #[test]
    fn equal_sides_agree_and_a_difference_of_one_does_not() {
        let mut seen = Seen::default();
        let mut other = Seen::default();
        seen.note("cmp_1", IMPRESSION);
        other.note("cmp_1", IMPRESSION);
        seen.add(other);
        let agrees = |impressions| compare(&seen, &[counted("cmp_1", impressions)])[0].agrees();
        assert!(agrees(2));
        assert!(!agrees(1));
        assert!(!agrees(3));
    }

    #[test]
    fn a_campaign_that_one_side_does_not_know_is_a_difference() {
        let mut seen = Seen::default();
        seen.note("cmp_2", IMPRESSION);
        let rows = compare(&seen, &[counted("cmp_1", 1)]);
        let campaigns: Vec<_> = rows.iter().map(|row| row.campaign.as_str()).collect();
        assert_eq!(campaigns, ["cmp_1", "cmp_2"]);
        assert!(!rows.iter().any(Compared::agrees));
    }
}
