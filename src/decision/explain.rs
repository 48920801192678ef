//! What became of each campaign, told one by one.

use std::collections::HashMap;

use super::catalog::{Catalog, Dormant, Offer, TenantCatalog};
use super::check::Checker;
use super::exclusion::Exclusion;
use super::{Inquiry, LimitsView, meant, run};
use crate::model::{CampaignId, Tier};

/// What became of one campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Which campaign.
    pub campaign: CampaignId,
    /// That it was chosen, or why not.
    pub outcome: Result<(), Exclusion>,
}

/// Says for each campaign the request could mean whether it was chosen, and if not, why not; by
/// campaign id.
///
/// The request is decided again, and those that were judged tell their reason. Of all others the
/// targeting is read clause by clause, apart from the index. Whoever passes it and was not judged
/// lost without being looked at: by its tier, or because others of its tier came before.
pub fn explain<L: LimitsView>(catalog: &Catalog, inquiry: &Inquiry<'_, L>) -> Vec<Verdict> {
    let Some(tenant) = catalog.tenant(inquiry.request.tenant) else {
        return Vec::new();
    };
    let told = Told::of(tenant, inquiry);
    let (offers, dormant) = meant(tenant, inquiry.request);
    let dormant = dormant.iter().copied().map(of_dormant);
    let offers = offers.iter().map(|offer| told.verdict(offer));
    let mut verdicts: Vec<_> = dormant.chain(offers).collect();
    verdicts.sort_by_key(|verdict| verdict.campaign);
    verdicts
}

/// The same for one campaign; none when the request could not mean it.
pub fn explain_one<L: LimitsView>(
    catalog: &Catalog,
    inquiry: &Inquiry<'_, L>,
    campaign: CampaignId,
) -> Option<Verdict> {
    let tenant = catalog.tenant(inquiry.request.tenant)?;
    if inquiry
        .request
        .campaign
        .is_some_and(|meant| meant != campaign)
    {
        return None;
    }
    if let Some(dormant) = tenant.dormant_as(campaign).first() {
        return Some(of_dormant(*dormant));
    }
    let offer = tenant.offer(campaign).first()?;
    Some(Told::of(tenant, inquiry).verdict(offer))
}

fn of_dormant((campaign, why): (CampaignId, Dormant)) -> Verdict {
    Verdict {
        campaign,
        outcome: Err(why.into()),
    }
}

/// A decision that was made again and tells what it judged.
struct Told<'a, L> {
    tenant: &'a TenantCatalog,
    checker: Checker<'a, L>,
    /// Of those that were chosen or judged.
    outcomes: HashMap<CampaignId, Result<(), Exclusion>>,
    /// The last tier that was looked into.
    opened: Option<Tier>,
}

impl<'a, L: LimitsView> Told<'a, L> {
    fn of(tenant: &'a TenantCatalog, inquiry: &'a Inquiry<'a, L>) -> Self {
        let choice = run(tenant, inquiry, Some(Vec::new()));
        let judged = choice.reasons.told.into_iter().flatten();
        let judged = judged.map(|(campaign, why)| (campaign, Err(why)));
        let chosen = choice.ads.iter().map(|ad| (ad.offer.campaign, Ok(())));
        Self {
            tenant,
            checker: Checker::new(tenant, inquiry),
            outcomes: judged.chain(chosen).collect(),
            opened: choice.reasons.opened,
        }
    }

    fn verdict(&self, offer: &Offer) -> Verdict {
        let known = self.outcomes.get(&offer.campaign).copied();
        Verdict {
            campaign: offer.campaign,
            outcome: known.unwrap_or_else(|| Err(self.unseen(offer))),
        }
    }

    /// Why an offer was not even judged.
    fn unseen(&self, offer: &Offer) -> Exclusion {
        if self.tenant.rests(offer.campaign) {
            return Exclusion::Flight;
        }
        if let Some(dimension) = offer.terms.targeting.failing(&self.checker.subject) {
            return Exclusion::targeting(dimension);
        }
        match self.opened {
            Some(last) if offer.tier <= last => Exclusion::LostRotation,
            Some(_) | None => Exclusion::LostPriority,
        }
    }
}
