//! Reading the limits: for decisions, which must not wait, and for reports, which are exact.

use std::sync::atomic::Ordering;

use super::account::Account;
use super::books::{Books, DayUsage, Usage};
use super::embedded::Embedded;
use crate::decision::caps::Exposures;
use crate::decision::{Budget, Exclusion, Headroom, LimitsView, Offer, Roll};
use crate::model::{CampaignId, Identity, Nanos, OrderId, Pacing, Timestamp};

impl LimitsView for Embedded {
    fn headroom(&self, offer: &Offer, now: Timestamp, roll: Roll) -> Result<Headroom, Exclusion> {
        let is_paced = offer.pacing != Pacing::Asap;
        // What has no account yet has used nothing; a paced campaign is counted from the first.
        let account = match self.campaigns.find(offer.campaign.get()) {
            None if is_paced => Some(self.campaigns.open(offer.campaign.get())),
            found => found,
        };
        if is_paced && let Some(account) = account {
            account.pace.offer();
        }
        self.room(account, offer, now)?;
        match account {
            Some(account) if is_paced => account.pace.enter(roll, offer.campaign),
            _ => Ok(Headroom::CALM),
        }
    }

    fn urgency_max(&self) -> u32 {
        self.urgency_max.load(Ordering::Relaxed)
    }

    fn exposures(&self, identity: &Identity, _now: Timestamp) -> Exposures {
        self.caps.exposures(identity)
    }
}

/// The limits for a decision that is only tried: they answer the same, and what pacing goes by is
/// not touched.
#[derive(Debug)]
pub struct Trial<'a>(pub &'a Embedded);

impl LimitsView for Trial<'_> {
    fn headroom(&self, offer: &Offer, now: Timestamp, roll: Roll) -> Result<Headroom, Exclusion> {
        let account = self.0.campaigns.find(offer.campaign.get());
        self.0.room(account, offer, now)?;
        match account {
            Some(account) if offer.pacing != Pacing::Asap => {
                account.pace.throw(roll, offer.campaign)
            }
            _ => Ok(Headroom::CALM),
        }
    }

    fn urgency_max(&self) -> u32 {
        self.0.urgency_max()
    }

    fn exposures(&self, identity: &Identity, now: Timestamp) -> Exposures {
        self.0.exposures(identity, now)
    }
}

impl Embedded {
    /// Whether the budgets of a campaign and of its order have room for one more ad.
    fn room(
        &self,
        account: Option<&Account>,
        offer: &Offer,
        now: Timestamp,
    ) -> Result<(), Exclusion> {
        if let Some(account) = account {
            account.headroom(&offer.budget, offer.charge, now)?;
        }
        if let Some(order) = &offer.order
            && let Some(account) = self.orders.find(order.id.get())
        {
            let room = account.headroom(&order.budget, offer.charge, now);
            room.map_err(Exclusion::of_order)?;
        }
        Ok(())
    }

    /// The bound that a campaign has reached for good, if any: all of it is settled.
    pub fn finished(
        &self,
        campaign: CampaignId,
        budget: &Budget,
        charge: Nanos,
    ) -> Option<Exclusion> {
        let account = self.campaigns.find(campaign.get())?;
        account.read(|books| books.finished(budget, charge))
    }

    /// What is settled and reserved of a campaign.
    pub fn usage(&self, campaign: CampaignId) -> Usage {
        let account = self.campaigns.find(campaign.get());
        account.map_or_else(Usage::default, |account| account.read(Books::usage))
    }

    /// What is settled and reserved of a campaign on the day of `at`; none before anything was.
    pub fn usage_on_day(&self, campaign: CampaignId, at: Timestamp) -> Option<DayUsage> {
        let account = self.campaigns.find(campaign.get())?;
        account.read(|books| books.day_of(at))
    }

    /// What is settled and reserved of an order on the day of `at`; none before anything was.
    pub fn order_usage_on_day(&self, order: OrderId, at: Timestamp) -> Option<DayUsage> {
        let account = self.orders.find(order.get())?;
        account.read(|books| books.day_of(at))
    }
}
