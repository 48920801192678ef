//! The limits of one node, in memory: accounts by campaign, holds by served ad.
//!
//! What is settled is put back from the ledger at the start; reservations are gone then, and
//! their beacons find room again like late ones. An account is locked for a few additions; the
//! accounts of different campaigns never wait for one another.

use super::account::{Amount, Books, Bounds, Hold, Usage};
use super::accounts::Accounts;
use super::holds::{EVERYTHING, Held, Holds};
use crate::decision::{Budget, Exclusion, Headroom, LimitsView, Offer, Roll};
use crate::ledger::{Due, Settlement, is_billable, is_settled};
use crate::model::time::Day;
use crate::model::{
    CampaignId, Event, EventKind, Millis, Nanos, ServedAd, ServedAdId, Timestamp, Zone,
};

/// How long an ad may take from being handed out to being seen, unless configured: a break and
/// the time that a player asks ahead of it.
pub const HOLD_DEFAULT: Millis = Millis::from_seconds(300);

/// How much later than now a hold may begin: threads read the clock one after the other, and the
/// end of a hold is rounded up.
const HOLD_SLACK: Millis = Millis::from_seconds(60);

/// Budgets of one node.
#[derive(Debug)]
pub struct Embedded {
    accounts: Accounts,
    holds: Holds,
    hold: Millis,
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

impl LimitsView for Embedded {
    fn headroom(&self, offer: &Offer, now: Timestamp, _roll: Roll) -> Result<Headroom, Exclusion> {
        if let Some(account) = self.accounts.find(offer.campaign) {
            account.headroom(&offer.budget, offer.charge, now)?;
        }
        Ok(Headroom::CALM)
    }
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
            accounts: Accounts::new(),
            holds: Holds::default(),
            hold,
        }
    }

    /// Puts back what was settled for a campaign before the start, in all and by day.
    pub fn restore(&self, campaign: CampaignId, settled: (u64, Nanos), days: &[(Day, Nanos)]) {
        let account = self.accounts.open(campaign);
        let latest = days.iter().map(|(day, _spend)| day.start).max();
        account.change_at(latest.unwrap_or_default(), |books| {
            books.restore(settled.0, settled.1, days);
        });
    }

    /// Tells the bounds of a campaign, of any status, before a catalog with them is served: late
    /// events are measured by them. Without it they are overheard from offers.
    pub fn tell(&self, campaign: CampaignId, bounds: Bounds) {
        let account = self.accounts.open(campaign);
        account.change(|books| books.tell(bounds));
    }

    /// Reserves one impression and the charge for an ad that is about to be handed out: all or
    /// nothing, against the goal, the total and the day of `now`.
    pub fn reserve(
        &self,
        ad: &ServedAd,
        offer: &Offer,
        zone: &Zone,
        now: Timestamp,
    ) -> Result<(), Exclusion> {
        let amount = Amount {
            unit: true,
            charge: Some(ad.charge),
        };
        let account = self.accounts.open(ad.campaign);
        let day = account.change_at(now, |books| {
            books.overhear(&offer.budget, zone);
            books.reserve(amount, (&offer.budget, zone), now)
        })?;
        let held = Held {
            campaign: ad.campaign,
            amount,
            day: day.start,
            expires: now.plus(self.hold),
        };
        self.give_back(&self.holds.put(ad.id, held));
        Ok(())
    }

    /// Gives back what is held for an ad that was not handed out after all.
    pub fn release(&self, ad: ServedAdId) {
        let held = self.holds.take(ad, EVERYTHING);
        self.give_back(held.as_slice());
    }

    /// Gives back what was not seen in time. Answers how many ads that were.
    pub fn expire(&self, now: Timestamp) -> usize {
        // No hold lasts longer than this, unless the clock was set back since it was made.
        let future = now.plus(Millis(1))..=now.plus(self.hold).plus(HOLD_SLACK);
        let expired = self.holds.take_expired(&future);
        self.give_back(&expired);
        expired.len()
    }

    fn give_back(&self, holds: &[Held]) {
        for held in holds {
            let account = self.accounts.open(held.campaign);
            account.change(|books| books.release(held.amount, held.day));
        }
    }

    /// Settles what a new event does to the budget: the impression takes its unit, the billable
    /// event its charge. They come from the hold of the ad, or, when that is gone, from what room
    /// is left; without room the event is given away.
    pub fn settle(&self, event: &Event) -> Settled {
        if !is_settled(event) {
            return Settled::NOTHING;
        }
        let ad = &event.ad;
        let wanted = Amount {
            unit: event.kind == EventKind::Impression,
            charge: is_billable(event).then_some(ad.charge),
        };
        let held = self.holds.take(ad.id, wanted);
        let account = self.accounts.open(ad.campaign);
        let day = account.change(|books| books.settle(wanted, held.map(|held| held.day), event.at));
        let Some(day) = day else {
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
        let account = self.accounts.open(ad.campaign);
        let Some(expires) = until else {
            account.change(|books| books.undo(settled.amount, settled.day, Hold::Over));
            return;
        };
        account.change(|books| books.undo(settled.amount, settled.day, Hold::Again));
        let held = Held {
            campaign: ad.campaign,
            amount: settled.amount,
            day: settled.day,
            expires,
        };
        self.give_back(&self.holds.put_back(ad.id, held));
    }

    /// The bound that a campaign has reached for good, if any: all of it is settled.
    pub fn finished(
        &self,
        campaign: CampaignId,
        budget: &Budget,
        charge: Nanos,
    ) -> Option<Exclusion> {
        let account = self.accounts.find(campaign)?;
        account.read(|books| books.finished(budget, charge))
    }

    /// What is settled and reserved of a campaign.
    pub fn usage(&self, campaign: CampaignId) -> Usage {
        let account = self.accounts.find(campaign);
        account.map_or_else(Usage::default, |account| account.read(Books::usage))
    }

    /// What is settled and reserved of a campaign on the day of `at`.
    pub fn used_on_day(&self, campaign: CampaignId, at: Timestamp) -> Nanos {
        let account = self.accounts.find(campaign);
        account.map_or(Nanos::ZERO, |account| {
            account.read(|books| books.used_on(at))
        })
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
            settlement: Settlement { unit: false, due },
            ..Self::NOTHING
        }
    }
}
