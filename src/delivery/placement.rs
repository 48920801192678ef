//! One ad request from question to reserved ads: decide, take budgets and caps, write it down,
//! count what was asked.

use std::cell::RefCell;
use std::sync::Arc;

use smallvec::SmallVec;

use super::streams::Library;
use super::{Pulse, ServedAdIds, Tally, Tracer};
use crate::decision::caps::Exposures;
use crate::decision::{
    AdRequest, Ads, Catalog, Chosen, Decision, Exclusion, ExclusionCounts, Headroom, Inquiry,
    LimitsView, NoFill, Offer, Recording, Roll, Trace, decide,
};
use crate::ledger::Call;
use crate::limits::caps::{CapChange, Receipt};
use crate::limits::{Booked, Embedded, Lost, Taken, Wanted};
use crate::model::{
    CampaignId, CreativeId, DecisionId, Identity, ProfileKey, Receiver, ServedAd, ServedAdId,
    Timestamp,
};
use crate::store::decisions::{DecisionLog, Handout, Refused, Release, Reservation};

/// How often one request decides anew after others took the room of an ad it had chosen. The
/// campaign of that ad is left out from then on.
const TRIES_MAX: usize = 16;

/// An ad that was decided, reserved and given its id.
#[derive(Debug, Clone, Copy)]
pub struct PlacedAd<'c> {
    /// The spot, its campaign, and when it starts.
    pub chosen: Chosen<'c>,
    /// What its token will carry.
    pub ad: ServedAd,
    /// What is reserved for it.
    pub booked: Booked,
}

/// The ads of one decision.
#[derive(Debug)]
pub struct Placed<'c> {
    /// Names this answer.
    pub decision: DecisionId,
    /// How many campaigns fell out for each reason.
    pub exclusions: ExclusionCounts,
    /// In the order in which they play; at least one.
    pub ads: SmallVec<[PlacedAd<'c>; 1]>,
    /// What was counted for the viewer.
    counted: Receipt,
}

/// No ad, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unfilled {
    /// Names this answer in the logs.
    pub decision: DecisionId,
    /// The reason.
    pub why: NoFill,
    /// How many campaigns fell out for each reason.
    pub exclusions: ExclusionCounts,
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
    tracer: Tracer,
    library: Library,
    pulse: Option<Pulse>,
}

impl Placement {
    /// Reserves in `limits`, takes ids from `ids`, counts in `tally`, writes `log`, and keeps the
    /// decisions whole that `tracer` wants.
    pub fn new(
        limits: Arc<Embedded>,
        ids: Arc<ServedAdIds>,
        tally: Arc<Tally>,
        log: DecisionLog,
        tracer: Tracer,
    ) -> Self {
        Self {
            limits,
            ids,
            tally,
            log,
            tracer,
            library: Library::default(),
            pulse: None,
        }
    }

    /// The same, giving streams only what `library` holds for them.
    #[must_use]
    pub fn stitching(self, library: Library) -> Self {
        Self { library, ..self }
    }

    /// The same, telling those who listen.
    #[must_use]
    pub fn telling(self, pulse: Pulse) -> Self {
        Self {
            pulse: Some(pulse),
            ..self
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
        let began = self.pulse.as_ref().and_then(Pulse::watch);
        let id = self.ids.next().ok_or(NotRecorded::NoIds)?;
        let asked = Asked {
            catalog,
            request,
            now,
            roll,
            receiver: request.receiver(),
        };
        let placed = self.decide_and_reserve(&asked, id)?;
        if let Ok(placed) = &placed {
            self.write_down(placed)?;
        }
        let call = Call {
            tenant: request.tenant,
            channel: request.channel,
            receiver: asked.receiver,
            wanted: request.wanted(),
        };
        match &placed {
            Ok(placed) => {
                let ads = placed.ads.iter().map(|placed| &placed.ad);
                self.tally.served(&call, ads, now);
            }
            Err(Unfilled { why, .. }) => self.tally.unfilled(&call, *why, now),
        }
        if let (Some(pulse), Some(began)) = (&self.pulse, began) {
            pulse.decided(began, (request, now), &placed);
        }
        Ok(placed)
    }

    /// Gives back what ads have reserved that cannot be handed out after all.
    pub fn withdraw(&self, placed: &Placed<'_>) {
        let ads = placed.ads.iter().map(|placed| placed.ad.id);
        let until = placed.ads.iter().map(|placed| placed.booked.expires).max();
        let mut caps = Vec::new();
        pack(&placed.counted.taken_back(), &mut caps);
        // First it is written, so that whoever takes the same after it also stands after it.
        // Where it cannot be, a restart holds the ads again until they expire.
        let _refused = self.log.released(&Release {
            until: until.unwrap_or_default(),
            ads: ads.clone().collect(),
            caps,
        });
        self.limits.withdraw(ads);
    }

    /// Before the ads are handed out: whatever happens then, a restart knows of them.
    fn write_down(&self, placed: &Placed<'_>) -> Result<(), Refused> {
        thread_local! {
            /// Memory only: nothing of one handout is in the next.
            static HANDOUT: RefCell<Handout> = RefCell::default();
        }
        let at = placed.ads.first().map(|placed| placed.ad.decided_at);
        let written = HANDOUT.with_borrow_mut(|handout| {
            handout.at = at.unwrap_or_default();
            handout.ads.clear();
            handout.ads.extend(placed.ads.iter().map(reservation));
            handout.caps.clear();
            pack(placed.counted.changes(), &mut handout.caps);
            self.log.reserved(handout)
        });
        if written.is_err() {
            self.limits
                .withdraw(placed.ads.iter().map(|placed| placed.ad.id));
        }
        written
    }

    /// Decides, and keeps what it was made of if it is one of those that are kept.
    fn decide<'c>(
        &self,
        asked: &Asked<'_, 'c>,
        limits: &Without<'_>,
        id: DecisionId,
    ) -> Decision<'c> {
        if !self.tracer.wants(id) {
            return asked.decide(limits);
        }
        let recording = Recording::of(limits);
        let decision = asked.decide(&recording);
        let trace = Trace::of(asked.request, &decision, recording.into_answers());
        self.tracer.keep(id, asked.now, &trace);
        decision
    }

    fn decide_and_reserve<'c>(
        &self,
        asked: &Asked<'_, 'c>,
        id: ServedAdId,
    ) -> Result<Result<Placed<'c>, Unfilled>, NotRecorded> {
        let mut unfilled = Unfilled {
            decision: id.decision(),
            why: NoFill::NoDemand,
            exclusions: ExclusionCounts::default(),
        };
        let Some(tenant) = asked.catalog.tenant(asked.request.tenant) else {
            return Ok(Err(unfilled));
        };
        let mut limits = Without {
            limits: &self.limits,
            library: &self.library,
            losers: SmallVec::new(),
        };
        let mut ids: SmallVec<[ServedAdId; 1]> = SmallVec::from_slice(&[id]);
        for _ in 0..TRIES_MAX {
            let decision = self.decide(asked, &limits, unfilled.decision);
            self.limits.hear(&decision.limited);
            unfilled.exclusions = decision.exclusions;
            let ads = match &decision.outcome {
                Ok(ads) => ads,
                Err(why) => {
                    unfilled.why = *why;
                    return Ok(Err(unfilled));
                }
            };
            while ids.len() < ads.len() {
                ids.push(self.ids.next().ok_or(NotRecorded::NoIds)?);
            }
            let wanted = wanted(asked, ads, &ids);
            let identity = &asked.request.identity;
            let taken = self
                .limits
                .reserve_all(&wanted, identity, &tenant.zone, asked.now);
            match taken {
                Ok(taken) => return Ok(Ok(placed(&decision, ads, &wanted, taken))),
                Err(Lost { place, why }) => {
                    unfilled.why = NoFill::Excluded(why);
                    let loser = ads.get(place);
                    limits
                        .losers
                        .extend(loser.map(|chosen| (chosen.offer.campaign, why)));
                }
            }
        }
        Ok(Err(unfilled))
    }
}

/// One request.
struct Asked<'a, 'c> {
    catalog: &'c Catalog,
    request: &'a AdRequest,
    now: Timestamp,
    roll: Roll,
    receiver: Receiver,
}

impl<'c> Asked<'_, 'c> {
    fn decide<L: LimitsView>(&self, limits: &L) -> Decision<'c> {
        let inquiry = Inquiry {
            request: self.request,
            limits,
            now: self.now,
            roll: self.roll,
        };
        decide(self.catalog, &inquiry)
    }
}

/// The limits without the campaigns whose room was gone when it was to be taken.
struct Without<'a> {
    limits: &'a Embedded,
    library: &'a Library,
    losers: SmallVec<[(CampaignId, Exclusion); 2]>,
}

impl LimitsView for Without<'_> {
    fn headroom(&self, offer: &Offer, now: Timestamp, roll: Roll) -> Result<Headroom, Exclusion> {
        let lost = self
            .losers
            .iter()
            .find(|&&(loser, _why)| loser == offer.campaign);
        match lost {
            Some(&(_loser, why)) => Err(why),
            None => self.limits.headroom(offer, now, roll),
        }
    }

    fn urgency_max(&self) -> u32 {
        self.limits.urgency_max()
    }

    fn is_conditioned(&self, creative: CreativeId, profile: ProfileKey) -> bool {
        self.library.creative(creative, profile).is_some()
    }

    fn exposures(&self, identity: &Identity, now: Timestamp) -> Exposures {
        self.limits.exposures(identity, now)
    }
}

fn wanted<'c>(
    asked: &Asked<'_, 'c>,
    ads: &Ads<'c>,
    ids: &[ServedAdId],
) -> SmallVec<[Wanted<'c>; 1]> {
    let one = |(chosen, &id): (&Chosen<'c>, &ServedAdId)| Wanted {
        ad: served(asked, chosen, id),
        offer: chosen.offer,
        spot: chosen.spot,
    };
    ads.iter().zip(ids).map(one).collect()
}

fn served(asked: &Asked<'_, '_>, chosen: &Chosen<'_>, id: ServedAdId) -> ServedAd {
    ServedAd {
        id,
        tenant: asked.request.tenant,
        channel: asked.request.channel,
        campaign: chosen.offer.campaign,
        creative: chosen.spot.creative,
        price_model: chosen.offer.price_model,
        charge: chosen.offer.charge,
        decided_at: asked.now,
        duration: chosen.spot.media.duration,
        receiver: asked.receiver,
    }
}

fn placed<'c>(
    decision: &Decision<'c>,
    ads: &Ads<'c>,
    wanted: &[Wanted<'c>],
    taken: Taken,
) -> Placed<'c> {
    let each = ads.iter().zip(wanted).zip(taken.booked);
    let ads: SmallVec<[PlacedAd<'c>; 1]> = each
        .map(|((&chosen, wanted), booked)| PlacedAd {
            chosen,
            ad: wanted.ad,
            booked,
        })
        .collect();
    Placed {
        decision: ads
            .first()
            .map_or(DecisionId::new(0), |first| first.ad.id.decision()),
        exclusions: decision.exclusions,
        ads,
        counted: taken.counted,
    }
}

fn reservation(placed: &PlacedAd<'_>) -> Reservation {
    let PlacedAd {
        ad,
        booked,
        chosen: _,
    } = placed;
    Reservation {
        ad: ad.id,
        tenant: ad.tenant,
        campaign: ad.campaign,
        order: booked.order,
        creative: ad.creative,
        price_model: ad.price_model,
        charge: ad.charge,
        day: booked.day,
        expires: booked.expires,
    }
}

/// Appends changes as the log has them.
fn pack(changes: &[CapChange], bytes: &mut Vec<u8>) {
    for change in changes {
        change.write(bytes);
    }
}
