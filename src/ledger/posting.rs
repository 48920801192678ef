//! Entries folded into counts: what is to be added to the ledger.

use std::collections::HashMap;
use std::hash::Hash;

use super::{Due, Entry, Figures, Metric};
use crate::model::id_hash::IdHash;
use crate::model::zone::Day;
use crate::model::{
    CampaignId, ChannelId, CreativeId, EventKind, Millis, Nanos, OrderId, Receiver, ServedAd,
    TenantId, Timestamp,
};

/// Error code of VAST 4.2 §2.3.6 for "undefined", taken when the player gave none.
const CODE_UNDEFINED: u16 = 900;

/// A UTC hour: whole hours since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hour(pub i64);

impl Hour {
    const MILLIS: i64 = 3_600_000;

    /// The hour that contains `at`.
    pub const fn of(at: Timestamp) -> Self {
        Self(at.millis().div_euclid(Self::MILLIS))
    }

    /// Its first instant.
    pub const fn start(self) -> Timestamp {
        Timestamp::from_millis(self.0.saturating_mul(Self::MILLIS))
    }
}

/// What counts are kept apart by. A dimension that does not apply is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// Whose.
    pub tenant: TenantId,
    /// Of which campaign; none for calls for an ad.
    pub campaign: Option<CampaignId>,
    /// Of which creative; none for calls for an ad.
    pub creative: Option<CreativeId>,
    /// On which channel; none when the player did not say.
    pub channel: Option<ChannelId>,
    /// On what kind of device, and in which country.
    pub receiver: Receiver,
}

/// What is counted of a call for an ad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call {
    /// Whose ads were asked for.
    pub tenant: TenantId,
    /// On which channel; none when the player did not say.
    pub channel: Option<ChannelId>,
    /// On what kind of device, and in which country.
    pub receiver: Receiver,
    /// The time that was to be filled; none when the player did not say.
    pub wanted: Option<Millis>,
}

impl Cell {
    /// The cell of a served ad and its events.
    pub const fn of(ad: &ServedAd) -> Self {
        Self {
            tenant: ad.tenant,
            campaign: Some(ad.campaign),
            creative: Some(ad.creative),
            channel: ad.channel,
            receiver: ad.receiver,
        }
    }

    /// The cell of a call for an ad.
    pub const fn of_call(call: &Call) -> Self {
        Self {
            tenant: call.tenant,
            campaign: None,
            creative: None,
            channel: call.channel,
            receiver: call.receiver,
        }
    }
}

/// What is added to the settled totals of a campaign or an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spending {
    /// Whose it is.
    pub tenant: TenantId,
    /// Impressions taken from the goal.
    pub impressions: u64,
    /// What was charged.
    pub spend: Nanos,
    /// The same, by day of the tenant.
    pub days: Vec<(Day, Nanos)>,
    /// Where and when the first of the impressions was reported; a flat fee is due there. None
    /// for an order.
    pub first: Option<(Hour, Cell)>,
}

impl Spending {
    const fn none(tenant: TenantId) -> Self {
        Self {
            tenant,
            impressions: 0,
            spend: Nanos::ZERO,
            days: Vec::new(),
            first: None,
        }
    }

    fn charge(&mut self, day: Day, charge: Nanos) {
        let plus = |sum: Nanos| Nanos(sum.0.saturating_add(charge.0));
        self.spend = plus(self.spend);
        match self.days.iter_mut().find(|(known, _sum)| *known == day) {
            Some((_day, sum)) => *sum = plus(*sum),
            None => self.days.push((day, charge)),
        }
    }

    fn merge(&mut self, other: Self) {
        self.impressions += other.impressions;
        for (day, sum) in other.days {
            self.charge(day, sum);
        }
        self.first = self.first.or(other.first);
    }
}

/// Names one count of calls that got no ad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoFillKey {
    /// When.
    pub hour: Hour,
    /// The tenant and channel of the call.
    pub cell: Cell,
    /// The reason, a word of the closed list.
    pub reason: &'static str,
}

/// What is to be added to the counts of the ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Postings {
    /// By hour and cell.
    pub figures: HashMap<(Hour, Cell), Figures, IdHash>,
    /// Errors by hour, cell and code.
    pub errors: HashMap<(Hour, Cell, u16), u64>,
    /// Calls without an ad.
    pub no_fill: HashMap<NoFillKey, u64, IdHash>,
    /// Settled totals by campaign.
    pub spending: HashMap<CampaignId, Spending>,
    /// Settled totals by order: what is settled stays with the order that it was settled in,
    /// whatever becomes of the campaign.
    pub orders: HashMap<OrderId, Spending>,
}

impl Postings {
    /// Folds an accepted event in.
    pub fn post(&mut self, entry: &Entry) {
        let (event, charged) = (&entry.event, entry.charged());
        let (hour, cell) = (Hour::of(event.at), Cell::of(&event.ad));
        let figures = self.figures.entry((hour, cell)).or_default();
        figures.add(Metric::of(event.kind), 1);
        match entry.settlement.due {
            Due::Nothing => {}
            Due::Billed(_day) => figures.add(Metric::Billable, 1),
            Due::Unbilled => figures.add(Metric::Unbilled, 1),
        }
        figures.charge(charged);
        if event.kind == EventKind::Error {
            let code = event.error_code.unwrap_or(CODE_UNDEFINED);
            *self.errors.entry((hour, cell, code)).or_default() += 1;
        }
        if event.kind == EventKind::Impression || charged != Nanos::ZERO {
            self.spend(entry, (hour, cell));
        }
    }

    fn spend(&mut self, entry: &Entry, place: (Hour, Cell)) {
        let ad = &entry.event.ad;
        let spending = self.spending.entry(ad.campaign);
        let spending = spending.or_insert_with(|| Spending::none(ad.tenant));
        spending.impressions += u64::from(entry.settlement.unit);
        if entry.event.kind == EventKind::Impression && spending.first.is_none() {
            spending.first = Some(place);
        }
        if let Due::Billed(day) = entry.settlement.due {
            spending.charge(day, ad.charge);
        }
        let Some((order, day)) = entry.settlement.order else {
            return;
        };
        let spending = self.orders.entry(order);
        let spending = spending.or_insert_with(|| Spending::none(ad.tenant));
        spending.impressions += u64::from(entry.settlement.unit);
        if let Due::Billed(_day_of_campaign) = entry.settlement.due {
            spending.charge(day, ad.charge);
        }
    }

    /// Counts a call for an ad, and why it got none if it did not.
    pub fn request(&mut self, call: &Call, hour: Hour, no_fill: Option<&'static str>) {
        let place = Cell::of_call(call);
        let figures = self.figures.entry((hour, place)).or_default();
        figures.add(Metric::Requests, 1);
        figures.add(Metric::AskedMs, call.wanted.map_or(0, |wanted| wanted.0));
        if let Some(reason) = no_fill {
            figures.add(Metric::Unfilled, 1);
            let key = NoFillKey {
                hour,
                cell: place,
                reason,
            };
            *self.no_fill.entry(key).or_default() += 1;
        }
    }

    /// Counts an ad that a call was given.
    pub fn serve(&mut self, call: &Call, ad: &ServedAd) {
        let key = (Hour::of(ad.decided_at), Cell::of(ad));
        let figures = self.figures.entry(key).or_default();
        figures.add(Metric::Served, 1);
        if call.wanted.is_some() {
            figures.add(Metric::FilledMs, ad.duration.0);
        }
    }

    /// Adds everything of another.
    pub fn merge(&mut self, other: Self) {
        for (key, figures) in other.figures {
            self.figures.entry(key).or_default().merge(&figures);
        }
        for (key, count) in other.errors {
            *self.errors.entry(key).or_default() += count;
        }
        for (key, count) in other.no_fill {
            *self.no_fill.entry(key).or_default() += count;
        }
        merge_spending(&mut self.spending, other.spending);
        merge_spending(&mut self.orders, other.orders);
    }

    /// Whether there is nothing to add.
    pub fn is_empty(&self) -> bool {
        self.figures.is_empty() && self.spending.is_empty() && self.no_fill.is_empty()
    }
}

fn merge_spending<K: Eq + Hash>(sums: &mut HashMap<K, Spending>, more: HashMap<K, Spending>) {
    for (key, spending) in more {
        let sum = sums.entry(key);
        sum.or_insert_with(|| Spending::none(spending.tenant))
            .merge(spending);
    }
}
