//! One ad request from question to reserved ad: decide, take the budget, count what was asked.

use std::sync::Arc;

use super::{ServedAdIds, Tally};
use crate::decision::{AdRequest, Catalog, Chosen, Exclusion, Inquiry, NoFill, Roll, decide};
use crate::limits::{Booked, Embedded};
use crate::model::{DecisionId, ServedAd, ServedAdId, Timestamp};
use crate::store::decisions::{DecisionLog, Handout, Refused, Release, Reservation};

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
    /// What is reserved for it.
    pub booked: Booked,
}

/// No ad, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unfilled {
    /// Names this answer in the logs.
    pub decision: DecisionId,
    /// The reason.
    pub why: NoFill,
}

/// Nothing can be handed out, because it could not be accounted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotRecorded {
    /// No id can be given to a decision: the ledger has not taken the last ones yet.
    #[error("no id can be given to an ad before the ledger is written again")]
    NoIds,
    /// What the ad takes from budgets and caps cannot be written down.
    #[error(transparent)]
    Log(#[from] Refused),
}

/// Turns requests into reserved ads.
#[derive(Debug, Clone)]
pub struct Placement {
    limits: Arc<Embedded>,
    ids: Arc<ServedAdIds>,
    tally: Arc<Tally>,
    log: DecisionLog,
}

impl Placement {
    /// Reserves in `limits`, takes ids from `ids`, counts in `tally` and writes `log`.
    pub const fn new(
        limits: Arc<Embedded>,
        ids: Arc<ServedAdIds>,
        tally: Arc<Tally>,
        log: DecisionLog,
    ) -> Self {
        Self {
            limits,
            ids,
            tally,
            log,
        }
    }

    /// Decides and reserves until both agree, and counts the request with its outcome.
    pub fn place<'c>(
        &self,
        catalog: &'c Catalog,
        request: &AdRequest,
        now: Timestamp,
        roll: Roll,
    ) -> Result<Result<Placed<'c>, Unfilled>, NotRecorded> {
        let id = self.ids.next().ok_or(NotRecorded::NoIds)?;
        let inquiry = Inquiry {
            request,
            limits: self.limits.as_ref(),
            now,
            roll,
        };
        let placed = self.decide_and_reserve(catalog, &inquiry, id);
        if let Ok(placed) = &placed {
            self.write_down(placed)?;
        }
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
    pub fn withdraw(&self, placed: &Placed<'_>) {
        // Where it cannot be written, a restart holds the ad again until it expires.
        let _refused = self.log.released(&Release {
            until: placed.booked.expires,
            ads: vec![placed.ad.id],
            caps: Vec::new(),
        });
        self.limits.release(placed.ad.id);
    }

    /// Before the ad is handed out: whatever happens then, a restart knows of it.
    fn write_down(&self, placed: &Placed<'_>) -> Result<(), Refused> {
        let written = self.log.reserved(&Handout {
            at: placed.ad.decided_at,
            ads: vec![reservation(placed)],
            caps: Vec::new(),
        });
        if written.is_err() {
            self.limits.release(placed.ad.id);
        }
        written
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
                Ok(booked) => return Ok(Placed { chosen, ad, booked }),
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

fn reservation(placed: &Placed<'_>) -> Reservation {
    let Placed {
        ad,
        booked,
        chosen: _,
    } = placed;
    Reservation {
        ad: ad.id,
        tenant: ad.tenant,
        campaign: ad.campaign,
        order: booked.order.map(|(order, _day)| order),
        creative: ad.creative,
        price_model: ad.price_model,
        charge: ad.charge,
        day: booked.day,
        expires: booked.expires,
    }
}
