//! Pods: several ads in one break, and the rules they keep together.

use super::channel::SLOT_MAX;
use super::name::{check_name, check_text};
use super::word::words;
use super::{Millis, PodId, Problem, TenantId, Timestamp};

/// Most ads of one pod.
pub const ADS_MAX: u16 = 32;

/// What a pod is filled for, among pods that keep all rules.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, Hash, serde::Serialize, serde::Deserialize,
)]
pub enum PodGoal {
    /// The most money; then the most seconds.
    #[default]
    Revenue,
    /// The most seconds; then the most money.
    Fill,
    /// The fewest ads and repeats that fill it; then the most money.
    Experience,
}
words!(PodGoal { Revenue = "revenue", Fill = "fill", Experience = "experience" });

/// The shape and the rules of a pod.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PodShape {
    /// The time to fill.
    pub duration: Millis,
    /// The lengths of fixed slots, in order; empty where the ads decide. With both, the slots are
    /// filled first and the rest of the duration freely.
    pub slots: Vec<Millis>,
    /// Fewer ads than this are no pod: nothing is served.
    pub min_ads: u16,
    /// Never more ads than this.
    pub max_ads: u16,
    /// Shortest ad.
    pub min_ad: Option<Millis>,
    /// Longest ad.
    pub max_ad: Option<Millis>,
    /// Most ads of one advertiser; 1 unless duplicates are wanted.
    pub per_advertiser: u16,
    /// Least time between two ads of one advertiser.
    pub advertiser_gap: Millis,
    /// What it is filled for.
    pub goal: PodGoal,
}

impl PodShape {
    /// A pod of a duration, with the rules that hold unless others are given.
    pub const fn of(duration: Millis) -> Self {
        Self {
            duration,
            slots: Vec::new(),
            min_ads: 0,
            max_ads: ADS_MAX,
            min_ad: None,
            max_ad: None,
            per_advertiser: 1,
            advertiser_gap: Millis(0),
            goal: PodGoal::Revenue,
        }
    }

    /// Everything wrong with it.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut span = |field: &str, span: Millis| {
            if span.0 == 0 || span > SLOT_MAX {
                let message = format!("must be 1 to {} milliseconds", SLOT_MAX.0);
                problems.push(Problem::new(field, message));
            }
        };
        span("duration_ms", self.duration);
        for (place, &slot) in self.slots.iter().enumerate() {
            span(&format!("slots_ms[{place}]"), slot);
        }
        let ends = [("min_ad_ms", self.min_ad), ("max_ad_ms", self.max_ad)];
        for (field, end) in ends {
            if let Some(end) = end {
                span(field, end);
            }
        }
        self.check_counts(&mut problems);
        if self
            .min_ad
            .zip(self.max_ad)
            .is_some_and(|(min, max)| min > max)
        {
            problems.push(Problem::new("min_ad_ms", "is more than max_ad_ms"));
        }
        if self.min_ad.is_some_and(|min| min > self.duration) {
            problems.push(Problem::new("min_ad_ms", "is more than duration_ms"));
        }
        if self.advertiser_gap > SLOT_MAX {
            let message = format!("must be at most {} milliseconds", SLOT_MAX.0);
            problems.push(Problem::new("advertiser_gap_ms", message));
        }
        problems
    }

    fn check_counts(&self, problems: &mut Vec<Problem>) {
        if !(1..=ADS_MAX).contains(&self.max_ads) {
            let message = format!("must be 1 to {ADS_MAX}");
            problems.push(Problem::new("max_ads", message));
        }
        if self.min_ads > self.max_ads {
            problems.push(Problem::new("min_ads", "is more than max_ads"));
        }
        if !(1..=ADS_MAX).contains(&self.per_advertiser) {
            let message = format!("must be 1 to {ADS_MAX}");
            problems.push(Problem::new("per_advertiser", message));
        }
        if self.slots.len() > usize::from(self.max_ads) {
            problems.push(Problem::new("slots_ms", "has more entries than max_ads"));
        }
        let total: u64 = self
            .slots
            .iter()
            .map(|slot| slot.0)
            .fold(0, u64::saturating_add);
        if total > self.duration.0 {
            problems.push(Problem::new("slots_ms", "add up to more than duration_ms"));
        }
    }
}

/// Where in a pod a campaign wants to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Position {
    /// Anywhere.
    #[default]
    Any,
    /// Only first.
    First,
    /// Only last.
    Last,
    /// Only first or last.
    Edge,
}
words!(Position { Any = "any", First = "first", Last = "last", Edge = "edge" });

/// What an operator decides about a kind of pod, which channels then use by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PodSpec {
    /// Unique in its tenant, whatever the case.
    pub name: String,
    /// For people.
    pub description: String,
    /// Its shape and rules.
    pub shape: PodShape,
}

impl PodSpec {
    /// Everything wrong with it.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        check_name("name", &self.name, &mut problems);
        check_text("description", &self.description, &mut problems);
        problems.extend(self.shape.problems());
        problems
    }
}

/// A kind of pod as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pod {
    /// Its id.
    pub id: PodId,
    /// Whose it is.
    pub tenant: TenantId,
    /// Counts its changes, from 1.
    pub revision: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// What was decided about it.
    pub spec: PodSpec,
}
