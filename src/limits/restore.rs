//! What the start of the program puts back into the limits, from the ledger and from the log of
//! decisions.

use super::account::Account;
use super::books::Amount;
use super::caps::CapChange;
use super::embedded::{Booked, Embedded};
use super::holds::{Held, Shared};
use crate::model::zone::Day;
use crate::model::{CampaignId, Nanos, OrderId, ServedAdId, Timestamp};

/// What is still reserved for an ad that an earlier process handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outstanding {
    /// The ad.
    pub ad: ServedAdId,
    /// Which buy it serves.
    pub campaign: CampaignId,
    /// Whether its impression may yet be seen.
    pub unit: bool,
    /// What may yet be charged for it.
    pub charge: Option<Nanos>,
    /// What the reservation is good for.
    pub booked: Booked,
}

impl Embedded {
    /// Puts back what was settled for a campaign before the start, in all and by day.
    pub fn restore(&self, campaign: CampaignId, settled: (u64, Nanos), days: &[(Day, Nanos)]) {
        restore(self.campaigns.open(campaign.get()), settled, days);
    }

    /// The same for an order.
    pub fn restore_order(&self, order: OrderId, settled: (u64, Nanos), days: &[(Day, Nanos)]) {
        restore(self.orders.open(order.get()), settled, days);
    }

    /// Reserves again what an earlier process had reserved and nobody has seen yet. It was within
    /// the budget then, and what was settled since was a part of it, so no bound is asked.
    pub fn restore_hold(&self, outstanding: &Outstanding, now: Timestamp) {
        let amount = Amount {
            unit: outstanding.unit,
            charge: outstanding.charge,
        };
        let Booked {
            day,
            expires,
            order,
        } = outstanding.booked;
        if amount.is_nothing() || expires <= now {
            return;
        }
        let account = self.campaigns.open(outstanding.campaign.get());
        account.change_at(now, |books| books.restore_reserved(amount, day));
        if let Some((order, day)) = order {
            let account = self.orders.open(order.get());
            account.change_at(now, |books| books.restore_reserved(amount, day));
        }
        let held = Held {
            campaign: outstanding.campaign,
            amount,
            day: day.start,
            expires,
            order: order.map(Shared::of),
        };
        self.give_back(&self.holds.put(outstanding.ad, held));
    }

    /// Remembers again what an earlier process had counted for an ad that nobody has seen yet; what
    /// has expired is taken back by the next [`Embedded::expire`]. In the order of expiry.
    pub fn restore_unseen(&self, ad: ServedAdId, expires: Timestamp, counted: Box<[CapChange]>) {
        self.unseen.put(ad, expires, counted);
    }
}

fn restore(account: &Account, (units, money): (u64, Nanos), days: &[(Day, Nanos)]) {
    let latest = days.iter().map(|(day, _spend)| day.start).max();
    account.change_at(latest.unwrap_or_default(), |books| {
        books.restore(units, money, days);
    });
}
