//! What is counted of each tenant in a second, and since the start.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::fact::ReportedResult;
use crate::api::{LiveCounts, NoFillCount};
use crate::ledger::{Entry, Metric, Postings};
use crate::model::id_hash::IdHash;
use crate::model::{EventKind, Nanos, TenantId, Timestamp};

/// A second may end a little early: whoever ends it does not come by exactly.
const SECOND_MIN: Duration = Duration::from_millis(900);
/// Reasons of requests without an ad that are told of a second.
const REASONS_MAX: usize = 5;

/// Counts of one tenant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Everything but money.
    shown: LiveCounts,
    charged: Nanos,
    no_fill: HashMap<&'static str, u64>,
}

impl Counts {
    /// As the API shows them.
    pub fn shown(&self) -> LiveCounts {
        LiveCounts {
            filled: self.shown.requests.saturating_sub(self.shown.no_fills),
            spend_micros: self.charged.micros(),
            ..self.shown
        }
    }

    /// Why requests got no ad, most first.
    pub fn reasons(&self) -> Vec<NoFillCount> {
        let mut reasons: Vec<_> = self.no_fill.iter().collect();
        reasons.sort_by_key(|&(reason, count)| (std::cmp::Reverse(*count), *reason));
        let first = reasons.into_iter().take(REASONS_MAX);
        first
            .map(|(reason, count)| NoFillCount {
                reason: (*reason).to_owned(),
                count: *count,
            })
            .collect()
    }

    /// Adds everything of another but its reasons.
    pub(super) fn add(&mut self, other: &Self) {
        let (sum, more) = (&mut self.shown, &other.shown);
        sum.requests += more.requests;
        sum.no_fills += more.no_fills;
        sum.served += more.served;
        sum.beacons += more.beacons;
        sum.duplicates += more.duplicates;
        sum.refused += more.refused;
        sum.impressions += more.impressions;
        sum.completions += more.completions;
        sum.clicks += more.clicks;
        sum.errors += more.errors;
        self.charged = Nanos(self.charged.0.saturating_add(other.charged.0));
    }
}

/// Counts of all tenants.
pub(super) type ByTenant = HashMap<TenantId, Counts, IdHash>;

/// A second that is over.
#[derive(Debug, Clone)]
pub(super) struct Second {
    pub(super) end: Timestamp,
    pub(super) span: Duration,
    pub(super) counts: ByTenant,
}

/// Counts the second that runs.
#[derive(Debug)]
pub(super) struct Counting {
    running: ByTenant,
    began: Instant,
    /// The last second that nobody took yet.
    over: Option<Second>,
}

impl Counting {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            running: ByTenant::default(),
            began: now,
            over: None,
        }
    }

    /// Counts calls for ads.
    pub(super) fn calls(&mut self, calls: &Postings) {
        for ((_hour, cell), figures) in &calls.figures {
            let counts = &mut self.of(cell.tenant).shown;
            counts.requests += figures.of(Metric::Requests);
            counts.served += figures.of(Metric::Served);
        }
        for (key, count) in &calls.no_fill {
            let counts = self.of(key.cell.tenant);
            counts.shown.no_fills += count;
            *counts.no_fill.entry(key.reason).or_default() += count;
        }
    }

    /// Counts an event that was accepted.
    pub(super) fn accepted(&mut self, entry: &Entry) {
        let Counts {
            shown: counts,
            charged,
            ..
        } = self.of(entry.event.ad.tenant);
        counts.beacons += 1;
        charged.0 = charged.0.saturating_add(entry.charged().0);
        let more = match entry.event.kind {
            EventKind::Impression => &mut counts.impressions,
            EventKind::Complete => &mut counts.completions,
            EventKind::Click => &mut counts.clicks,
            EventKind::Error => &mut counts.errors,
            _ => return,
        };
        *more += 1;
    }

    /// Counts an event that was not accepted.
    pub(super) fn rest(&mut self, tenant: TenantId, result: &ReportedResult) {
        let counts = &mut self.of(tenant).shown;
        match result {
            ReportedResult::Accepted(_) => {}
            ReportedResult::Duplicate => counts.duplicates += 1,
            ReportedResult::Expired | ReportedResult::Unavailable => counts.refused += 1,
        }
    }

    /// Ends the second that runs, if it is long enough. If nobody took the one before, both are
    /// one.
    pub(super) fn end_second(&mut self, now: Timestamp, steady: Instant) {
        let span = steady.saturating_duration_since(self.began);
        if span < SECOND_MIN {
            return;
        }
        self.began = steady;
        let counts = std::mem::take(&mut self.running);
        match &mut self.over {
            Some(over) => {
                over.end = now;
                over.span += span;
                for (tenant, more) in counts {
                    let sum = over.counts.entry(tenant).or_default();
                    sum.add(&more);
                    for (reason, count) in more.no_fill {
                        *sum.no_fill.entry(reason).or_default() += count;
                    }
                }
            }
            none => {
                *none = Some(Second {
                    end: now,
                    span,
                    counts,
                });
            }
        }
    }

    /// The second that is over.
    pub(super) fn take(&mut self) -> Option<Second> {
        self.over.take()
    }

    fn of(&mut self, tenant: TenantId) -> &mut Counts {
        self.running.entry(tenant).or_default()
    }
}
