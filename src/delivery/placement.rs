//! One ad request from question to reserved ad: decide, take the budget, count what was asked.

use std::sync::Arc;

use super::{ServedAdIds, Tally};
use crate::decision::{AdRequest, Catalog, Chosen, Exclusion, Inquiry, NoFill, Roll, decide};
use crate::limits::Embedded;
use crate::model::{DecisionId, ServedAd, ServedAdId, Timestamp};

/// How often one request decides anew after others took the budget it had chosen.
///
/// Each try finds at least one campaign exhausted that the try before saw open, so more tries
/// would only matter where that many campaigns run out within one request.
const TRIES_MAX: u32 = 16;

/// An ad that was decided, reserved and given its id.
#[derive(Debug, Clone, Copy)]
pub struct Placed<'c> {
    /// The spot and its campaign.
    pub chosen: Chosen<'c>,
    /// What its token will carry.
    pub ad: ServedAd,
}

/// No ad, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unfilled {
    /// Names this answer in the logs.
    pub decision: DecisionId,
    /// The reason.
    pub why: NoFill,
}

/// No id can be given to a decision: the ledger has not taken the last ones yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no id can be given to an ad before the ledger is written again")]
pub struct NoIds;

/// Turns requests into reserved ads.
#[derive(Debug, Clone)]
pub struct Placement {
    limits: Arc<Embedded>,
    ids: Arc<ServedAdIds>,
    tally: Arc<Tally>,
}

impl Placement {
    /// Reserves in `limits`, takes ids from `ids` and counts in `tally`.
    pub fn new(limits: Arc<Embedded>, ids: Arc<ServedAdIds>, tally: Arc<Tally>) -> Self {
        Self { limits, ids, tally }
    }

    /// Decides and reserves until both agree, and counts the request with its outcome.
    pub fn place<'c>(
        &self,
        catalog: &'c Catalog,
        request: &AdRequest,
        now: Timestamp,
        roll: Roll,
    ) -> Result<Result<Placed<'c>, Unfilled>, NoIds> {
        let id = self.ids.next().ok_or(NoIds)?;
        let inquiry = Inquiry {
            request,
            limits: self.limits.as_ref(),
            now,
            roll,
        };
        let placed = self.decide_and_reserve(catalog, &inquiry, id);
        match placed {
            Ok(placed) => self.tally.served(&placed.ad, now),
            Err(why) => self
                .tally
                .unfilled(request.tenant, request.channel, why, now),
        }
        let decision = id.decision();
        Ok(placed.map_err(|why| Unfilled { decision, why }))
    }

    /// Gives back what an ad has reserved that cannot be handed out after all.
    pub fn withdraw(&self, ad: &ServedAd) {
        self.limits.release(ad.id);
    }

    fn decide_and_reserve<'c>(
        &self,
        catalog: &'c Catalog,
        inquiry: &Inquiry<'_, Embedded>,
        id: ServedAdId,
    ) -> Result<Placed<'c>, NoFill> {
        let zone = catalog
            .tenant(inquiry.request.tenant)
            .map(|tenant| &tenant.zone)
            .ok_or(NoFill::NoDemand)?;
        let mut lost = Exclusion::Budget;
        for _ in 0..TRIES_MAX {
            let chosen = decide(catalog, inquiry).outcome?;
            let ad = served(inquiry, &chosen, id);
            match self.limits.reserve(&ad, chosen.offer, zone, inquiry.now) {
                Ok(_booked) => return Ok(Placed { chosen, ad }),
                Err(why) => lost = why,
            }
        }
        Err(NoFill::Excluded(lost))
    }
}

fn served(inquiry: &Inquiry<'_, Embedded>, chosen: &Chosen<'_>, id: ServedAdId) -> ServedAd {
    ServedAd {
        id,
        tenant: inquiry.request.tenant,
        channel: inquiry.request.channel,
        campaign: chosen.offer.campaign,
        creative: chosen.spot.creative,
        price_model: chosen.offer.price_model,
        charge: chosen.offer.charge,
        decided_at: inquiry.now,
        duration: chosen.spot.media.duration,
    }
}
