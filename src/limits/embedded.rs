//! The limits of one node, in memory: accounts by campaign and by order, holds by served ad, and
//! what viewers have been shown.
//!
//! What is settled is put back from the ledger at the start; reservations are gone then, and
//! their beacons find room again like late ones. An account is locked for a few additions; the
//! accounts of different campaigns never wait for one another.

use std::sync::Arc;
use std::sync::atomic::AtomicU32;

use super::accounts::Accounts;
use super::books::{Amount, Books, Bounds, Hold, Usage};
use super::caps::{CapChange, CapStore};
use super::holds::{EVERYTHING, Held, Holds, Shared};
use super::pace::Pace;
use super::quota::Quotas;
use super::unseen::Unseen;
use crate::decision::{Budget, Exclusion, Headroom, Limited, Offer, OrderRef};
use crate::ledger::{Due, Settlement, is_billable, is_settled};
use crate::model::zone::Day;
use crate::model::{
    CampaignId, Event, EventKind, Millis, OrderId, ServedAd, ServedAdId, Timestamp, Zone,
};

/// How long an ad may take from being handed out to being seen, unless configured: a break and
/// the time that a player asks ahead of it.
pub const HOLD_DEFAULT: Millis = Millis::from_seconds(300);

/// Ads whose counts are taken back together at most: so many fit into one record of the log.
pub const EXPIRED_MAX: usize = 255;

/// How much later than now a hold may begin: threads read the clock one after the other, and the
/// end of a hold is rounded up.
const HOLD_SLACK: Millis = Millis::from_seconds(60);

/// Budgets of one node.
///
/// Whoever locks two accounts locks that of the campaign first and that of its order within.
#[derive(Debug)]
pub struct Embedded {
    pub(super) campaigns: Accounts,
    pub(super) orders: Accounts,
    /// No campaign is more urgent.
    pub(super) urgency_max: AtomicU32,
    pub(super) holds: Holds,
    hold: Millis,
    pub(super) caps: Arc<CapStore>,
    pub(super) unseen: Unseen,
    /// How many requests a second tenants may send.
    pub quotas: Arc<Quotas>,
}

/// What a reservation is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Booked {
    /// The day whose budget it takes from.
    pub day: Day,
    /// When it is given back unless it was seen.
    pub expires: Timestamp,
    /// The order that it takes from as well, and the day of it.
    pub order: Option<(OrderId, Day)>,
}

/// What an event did to the budget, and what is needed to take it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    /// For the ledger.
    pub settlement: Settlement,
    /// What was settled; nothing for most events.
    amount: Amount,
    /// First instant of the day it was settled on.
    day: Timestamp,
    /// When the hold that it was taken from expires; none for a late event.
    held_until: Option<Timestamp>,
}

/// Ads are held for [`HOLD_DEFAULT`].
impl Default for Embedded {
    fn default() -> Self {
        Self::new(HOLD_DEFAULT)
    }
}

impl Embedded {
    /// Empty accounts. An ad that is not seen within `hold` is given back.
    pub fn new(hold: Millis) -> Self {
        Self {
            caps: Arc::default(),
            unseen: Unseen::default(),
            quotas: Arc::default(),
            campaigns: Accounts::new(),
            orders: Accounts::new(),
            urgency_max: AtomicU32::new(Headroom::URGENCY_NORMAL),
            holds: Holds::default(),
            hold,
        }
    }

    /// Tells the bounds of a campaign, of any status, before a catalog with them is served: late
    /// events are measured by them. Without it they are overheard from offers.
    pub fn tell(&self, campaign: CampaignId, bounds: Bounds) {
        let account = self.campaigns.open(campaign.get());
        account.change(|books| books.tell(bounds));
    }

    /// The same for an order; it is told before its campaigns are.
    pub fn tell_order(&self, order: OrderId, budget: Budget, zone: Zone) {
        let bounds = Bounds {
            budget,
            zone,
            order: None,
        };
        let account = self.orders.open(order.get());
        account.change(|books| books.tell(bounds));
    }

    /// Reserves one impression and the charge for an ad that is about to be handed out: all or
    /// nothing, against the goal, the total and the day of `now` of the campaign and of its order.
    pub fn reserve(
        &self,
        ad: &ServedAd,
        offer: &Offer,
        zone: &Zone,
        now: Timestamp,
    ) -> Result<Booked, Exclusion> {
        let amount = Amount {
            unit: true,
            charge: Some(ad.charge),
        };
        let account = self.campaigns.open(ad.campaign.get());
        let (day, order) = account.change_at(now, |books| {
            books.overhear((&offer.budget, zone), offer.order.map(|order| order.id));
            let day = books.reserve(amount, (&offer.budget, zone), now)?;
            let Some(order) = &offer.order else {
                return Ok((day, None));
            };
            match self.reserve_in(order, amount, zone, now) {
                Ok(order_day) => Ok((day, Some((order.id, order_day)))),
                Err(why) => {
                    books.release(amount, day.start);
                    Err(why)
                }
            }
        })?;
        let booked = Booked {
            day,
            expires: now.plus(self.hold),
            order,
        };
        let held = Held {
            campaign: ad.campaign,
            amount,
            day: day.start,
            expires: booked.expires,
            order: order.map(Shared::of),
        };
        account.pace.win();
        self.give_back(&self.holds.put(ad.id, held));
        Ok(booked)
    }

    /// The part of a reservation that an order bears.
    fn reserve_in(
        &self,
        order: &OrderRef,
        amount: Amount,
        zone: &Zone,
        now: Timestamp,
    ) -> Result<Day, Exclusion> {
        let account = self.orders.open(order.id.get());
        let day = account.change_at(now, |books| {
            books.overhear((&order.budget, zone), None);
            books.reserve(amount, (&order.budget, zone), now)
        });
        day.map_err(Exclusion::of_order)
    }

    /// Hears what kept paced campaigns out of one decision, for how they stand.
    pub fn hear(&self, limited: &Limited) {
        for &(campaign, limit) in limited {
            if let Some(account) = self.campaigns.find(campaign.get()) {
                account.pace.limit(limit);
            }
        }
    }

    /// What viewers have been shown.
    pub fn caps(&self) -> Arc<CapStore> {
        Arc::clone(&self.caps)
    }

    /// Gives back what is held for ads that were not handed out after all, and what was counted
    /// for their viewer; answers the latter.
    pub fn withdraw(&self, ads: impl Iterator<Item = ServedAdId>) -> Vec<CapChange> {
        let mut counted = Vec::new();
        for ad in ads {
            self.release(ad);
            counted.extend(self.unseen.take(ad));
        }
        self.caps.release(counted)
    }

    /// Gives back what is held for an ad that was not handed out after all.
    pub fn release(&self, ad: ServedAdId) {
        let held = self.holds.take(ad, EVERYTHING);
        self.give_back(held.as_slice());
    }

    /// Gives back to budgets what was not seen in time. Answers how many ads that were. What was
    /// counted for their viewers is taken back by [`Embedded::expire_counts`].
    pub fn expire(&self, now: Timestamp) -> usize {
        // No hold lasts longer than this, unless the clock was set back since it was made.
        let future = now.plus(Millis(1))..=now.plus(self.hold).plus(HOLD_SLACK);
        let expired = self.holds.take_expired(&future);
        self.give_back(&expired);
        expired.len()
    }

    /// Takes back what was counted for the viewers of ads that were not seen in time. Before it
    /// is, `write` is told of them, at most [`EXPIRED_MAX`] ads at once, so that a restart does
    /// not count it again.
    pub fn expire_counts(
        &self,
        now: Timestamp,
        mut write: impl FnMut(&[ServedAdId], &[CapChange]),
    ) {
        let expired = self.unseen.take_expired(now);
        for some in expired.chunks(EXPIRED_MAX) {
            let ads: Vec<ServedAdId> = some.iter().map(|(ad, _counted)| *ad).collect();
            let counted = || some.iter().flat_map(|(_ad, counted)| counted.iter());
            let released: Vec<_> = counted().filter_map(CapChange::taken_back).collect();
            write(&ads, &released);
            self.caps.release(counted().copied());
        }
    }

    /// Gives back what expired or was displaced.
    pub(super) fn give_back(&self, holds: &[Held]) {
        for held in holds {
            let account = self.campaigns.open(held.campaign.get());
            account.change(|books| {
                books.release(held.amount, held.day);
                if let Some(shared) = held.order {
                    let account = self.orders.open(shared.order.get());
                    account.change(|books| books.release(held.amount, shared.day));
                }
            });
        }
    }

    /// Settles what a new event does to the budget: the impression takes its unit, the billable
    /// event its charge. They come from the hold of the ad, or, when that is gone, from what room
    /// is left; without room the event is given away.
    ///
    /// What was held in an order is settled there, whatever order the campaign is in now.
    pub fn settle(&self, event: &Event) -> Settled {
        if !is_settled(event) {
            return Settled::NOTHING;
        }
        let ad = &event.ad;
        let wanted = Amount {
            unit: event.kind == EventKind::Impression,
            charge: is_billable(event).then_some(ad.charge),
        };
        if wanted.unit {
            // It was seen: what was counted for its viewer stays.
            self.unseen.take(ad.id);
        }
        let held = self.holds.take(ad.id, wanted);
        let account = self.campaigns.open(ad.campaign.get());
        let days = account.change(|books| {
            let (order, order_held) = match held {
                Some(held) => (
                    held.order.map(|shared| shared.order),
                    held.order.map(|shared| shared.day),
                ),
                None => (books.order(), None),
            };
            let day = books.settle(wanted, held.map(|held| held.day), event.at);
            let Some(order) = order else {
                return day.map(|day| (day, None));
            };
            let account = self.orders.open(order.get());
            let order_day = account.change(|shared| {
                if day.is_some() {
                    return shared.settle(wanted, order_held, event.at);
                }
                if let Some(held) = order_held {
                    shared.release(wanted, held);
                }
                None
            });
            match (day, order_day) {
                (Some(day), Some(order_day)) => Some((day, Some((order, order_day)))),
                (Some(day), None) => {
                    books.undo(wanted, day.start, Hold::Over);
                    None
                }
                (None, _) => None,
            }
        });
        let Some((day, order)) = days else {
            return Settled::given_away(wanted);
        };
        let due = match wanted.charge {
            Some(_charge) => Due::Billed(day),
            None => Due::Nothing,
        };
        Settled {
            settlement: Settlement {
                unit: wanted.unit,
                due,
                order,
            },
            amount: wanted,
            day: day.start,
            held_until: held.map(|held| held.expires),
        }
    }

    /// Takes back what the event of an ad settled, because the event could not be kept. It is
    /// held again for as long as it would have been.
    pub fn undo(&self, ad: &ServedAd, settled: &Settled, now: Timestamp) {
        if settled.amount.is_nothing() {
            return;
        }
        let until = settled.held_until.filter(|&until| until > now);
        let fate = until.map_or(Hold::Over, |_until| Hold::Again);
        let order = settled.settlement.order.map(Shared::of);
        let account = self.campaigns.open(ad.campaign.get());
        account.change(|books| {
            books.undo(settled.amount, settled.day, fate);
            if let Some(shared) = order {
                let account = self.orders.open(shared.order.get());
                account.change(|books| books.undo(settled.amount, shared.day, fate));
            }
        });
        if let Some(expires) = until {
            let held = Held {
                campaign: ad.campaign,
                amount: settled.amount,
                day: settled.day,
                expires,
                order,
            };
            self.give_back(&self.holds.put_back(ad.id, held));
        }
    }

    /// What is settled and reserved of an order.
    pub fn order_usage(&self, order: OrderId) -> Usage {
        let account = self.orders.find(order.get());
        account.map_or_else(Usage::default, |account| account.read(Books::usage))
    }

    /// What requests and the pacer tell one another of a campaign.
    pub(super) fn pace(&self, campaign: CampaignId) -> &Pace {
        &self.campaigns.open(campaign.get()).pace
    }

    /// How many ads are held.
    pub fn held(&self) -> usize {
        self.holds.len()
    }
}

impl Settled {
    /// What most events do.
    const NOTHING: Self = Self {
        settlement: Settlement {
            unit: false,
            due: Due::Nothing,
            order: None,
        },
        amount: Amount {
            unit: false,
            charge: None,
        },
        day: Timestamp::from_millis(0),
        held_until: None,
    };

    fn given_away(wanted: Amount) -> Self {
        let due = match wanted.charge {
            Some(_charge) => Due::Unbilled,
            None => Due::Nothing,
        };
        Self {
            settlement: Settlement {
                unit: false,
                due,
                order: None,
            },
            ..Self::NOTHING
        }
    }
}
