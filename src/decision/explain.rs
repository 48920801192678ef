//! What became of each campaign, told one by one.

use super::candidates::Reasons;
use super::catalog::{Catalog, Offer, TenantCatalog};
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
    let listening = Some(Vec::new());
    let choice = run(tenant, inquiry, listening);
    let chosen: Vec<CampaignId> = choice.ads.iter().map(|ad| ad.offer.campaign).collect();
    let checker = Checker::new(tenant, inquiry);
    let (offers, dormant) = meant(tenant, inquiry.request);
    let dormant = dormant.iter().map(|&(campaign, why)| Verdict {
        campaign,
        outcome: Err(why.into()),
    });
    let offers = offers.iter().map(|offer| Verdict {
        campaign: offer.campaign,
        outcome: if chosen.contains(&offer.campaign) {
            Ok(())
        } else {
            Err(why_not(offer, &choice.reasons, (tenant, &checker)))
        },
    });
    let mut verdicts: Vec<_> = dormant.chain(offers).collect();
    verdicts.sort_by_key(|verdict| verdict.campaign);
    verdicts
}

fn why_not<L: LimitsView>(
    offer: &Offer,
    reasons: &Reasons,
    (tenant, checker): (&TenantCatalog, &Checker<'_, L>),
) -> Exclusion {
    let told = reasons.told.iter().flatten();
    let told = told
        .copied()
        .find(|&(campaign, _why)| campaign == offer.campaign);
    if let Some((_campaign, why)) = told {
        return why;
    }
    if tenant.rests(offer.campaign) {
        return Exclusion::Flight;
    }
    if let Some(dimension) = offer.terms.targeting.failing(&checker.subject) {
        return Exclusion::targeting(dimension);
    }
    match reasons.opened {
        Some(last) if offer.tier <= last => Exclusion::LostRotation,
        Some(Tier::Sponsorship | Tier::Standard | Tier::Bulk | Tier::House) | None => {
            Exclusion::LostPriority
        }
    }
}
