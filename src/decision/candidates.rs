//! The candidates of one request: offers that are meant and may be served, tier by tier, pulled
//! from the index until there are enough; and what became of all the others.

use super::catalog::{Offer, TenantCatalog};
use super::check::Checker;
use super::exclusion::{Exclusion, ExclusionCounts};
use super::index::{Ask, Candidates, Counting, DIMENSIONS, Scratch, Tally};
use super::outcome::{Limit, Limited};
use super::voices::Voices;
use super::{Headroom, LimitsView};
use crate::model::targeting::Dimension;
use crate::model::{CampaignId, Pacing, Tier};

/// Offers looked at for one request at most: so many may be without budget or held back before
/// one that is not goes unseen.
pub(super) const LOOKS_MAX: u32 = 4_096;

/// An offer that may be served.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<'c> {
    pub(super) offer: &'c Offer,
    /// Its value times its urgency, in thousandths of nanos.
    pub(super) score: i64,
    /// Whether the draw of the shares of voice fell on it.
    pub(super) leads: bool,
}

impl<'c> Candidate<'c> {
    pub(super) fn of(offer: &'c Offer, headroom: Headroom) -> Self {
        Self {
            offer,
            score: score(offer.terms.value, headroom.urgency_milli),
            leads: false,
        }
    }
}

/// A value at an urgency. Values are far below the end of the numbers.
fn score(value: i64, urgency_milli: u32) -> i64 {
    value.saturating_mul(i64::from(urgency_milli))
}

/// Why offers fell out: counted always, and told one by one where somebody listens.
#[derive(Debug, Default)]
pub(super) struct Reasons {
    pub(super) counts: ExclusionCounts,
    /// Of the offers that were judged and not chosen, why not.
    pub(super) told: Option<Vec<(CampaignId, Exclusion)>>,
    /// The last tier that was looked into.
    pub(super) opened: Option<Tier>,
    /// What kept paced offers out although they took part.
    pub(super) limited: Limited,
}

impl Reasons {
    pub(super) fn tell(&mut self, offer: &Offer, why: Exclusion) {
        self.note(offer, why);
        if let Some(limit) = Limit::of(why) {
            self.limit(offer, limit);
        }
    }

    /// The same of an offer that did not pass the checks.
    pub(super) fn tell_checked<L: LimitsView>(
        &mut self,
        offer: &Offer,
        why: Exclusion,
        checker: &Checker<'_, L>,
    ) {
        self.note(offer, why);
        if let Some(limit) = Limit::of(why) {
            let of_spots = checker.check_spots(offer) == Err(why);
            self.limit(offer, if of_spots { Limit::SpotCaps } else { limit });
        }
    }

    fn note(&mut self, offer: &Offer, why: Exclusion) {
        self.counts.add(why, 1);
        if let Some(told) = &mut self.told {
            told.push((offer.campaign, why));
        }
    }

    fn limit(&mut self, offer: &Offer, limit: Limit) {
        if offer.pacing != Pacing::Asap {
            self.limited.push((offer.campaign, limit));
        }
    }
}

/// Offers pulled one by one, and the reasons of those that fell out.
pub(super) struct Pull<'p, 'c, L> {
    tenant: &'c TenantCatalog,
    checker: &'p Checker<'p, L>,
    candidates: Candidates<'p>,
    voices: Voices<'p, L>,
    /// The tier that is pulled from.
    tier: Option<Tier>,
    /// One that was pulled and belongs to a later tier.
    ahead: Option<super::index::Candidate>,
    looks: u32,
    /// Offers of each tier that were pulled and judged here.
    judged: [u32; Tier::ALL.len()],
    exclusions: Reasons,
}

impl<'p, 'c, L: LimitsView> Pull<'p, 'c, L> {
    pub(super) fn new(
        tenant: &'c TenantCatalog,
        checker: &'p Checker<'p, L>,
        (scratch, beside): (&'p mut Scratch, &'p mut Scratch),
        reasons: Reasons,
    ) -> Self
    where
        'c: 'p,
    {
        let ask = Ask {
            subject: &checker.subject,
            roll: checker.inquiry.roll,
            live: tenant.live(),
            counting: Counting::On,
        };
        Self {
            tenant,
            checker,
            candidates: tenant.index().candidates(&ask, scratch),
            voices: Voices::new(tenant, checker, beside),
            tier: None,
            ahead: None,
            looks: 0,
            judged: [0; Tier::ALL.len()],
            exclusions: reasons,
        }
    }

    /// Opens the next tier that anybody is left in, and draws its shares of voice.
    pub(super) fn open_tier(&mut self) -> Option<Tier> {
        if let (Some(tier), None) = (self.tier, self.ahead) {
            self.candidates.leave(tier);
        }
        let next = self.ahead.take().or_else(|| self.candidates.next())?;
        self.voices.draw(next.tier);
        self.tier = Some(next.tier);
        self.ahead = Some(next);
        Some(next.tier)
    }

    /// The campaign of the open tier that goes before all others by its share of voice.
    pub(super) fn leader(&mut self) -> Option<Candidate<'c>> {
        let (place, headroom) = self.voices.winner()?;
        let offer = self.tenant.offers().get(place as usize)?;
        self.judge(offer.tier);
        Some(Candidate {
            leads: true,
            ..Candidate::of(offer, headroom)
        })
    }

    /// The next offer of the open tier that may be served, in the order of the draw, unless it
    /// could not be worth more than `beaten` however urgent it is.
    pub(super) fn next(&mut self, beaten: i64) -> Option<Candidate<'c>> {
        let urgency = self.checker.inquiry.limits.urgency_max();
        loop {
            let next = self.ahead.take().or_else(|| self.candidates.next())?;
            let best = score(next.value, urgency);
            if Some(next.tier) != self.tier || best <= beaten || self.looks >= LOOKS_MAX {
                self.ahead = Some(next);
                return None;
            }
            self.looks += 1;
            let Some(offer) = self.tenant.offers().get(next.place as usize) else {
                continue;
            };
            let verdict = self.voices.of(next.place);
            if matches!(verdict, Some(Ok(_leader))) {
                // It was told before.
                continue;
            }
            self.judge(next.tier);
            match verdict.unwrap_or_else(|| self.checker.check(offer)) {
                Ok(headroom) => return Some(Candidate::of(offer, headroom)),
                Err(why) => self.exclusions.tell_checked(offer, why, self.checker),
            }
        }
    }

    fn judge(&mut self, tier: Tier) {
        if let Some(count) = self.judged.get_mut(tier as usize) {
            *count += 1;
        }
    }

    /// What became of every offer that was not told. Those that match and were not pulled lost,
    /// by their tier or within it.
    pub(super) fn close(self) -> Reasons {
        let mut reasons = self.exclusions;
        let exclusions = &mut reasons.counts;
        let tally: &Tally = self.candidates.tally();
        for number in 0..DIMENSIONS {
            exclusions.add(targeting(number), tally.failed[number]);
        }
        exclusions.add(Exclusion::Flight, tally.resting);
        for &tier in Tier::ALL {
            let place = tier as usize;
            let all = tally.matched[place] + tally.unseen[place];
            let rest = all.saturating_sub(self.judged[place]);
            let opened = self.tier.is_some_and(|last| tier <= last);
            let why = if opened {
                Exclusion::LostRotation
            } else {
                Exclusion::LostPriority
            };
            exclusions.add(why, rest);
        }
        reasons.opened = self.tier;
        reasons
    }
}

/// What failing in a dimension is called, by its number in the index.
fn targeting(number: usize) -> Exclusion {
    Dimension::NAMED
        .get(number)
        .map_or(Exclusion::TargetingKey, Exclusion::targeting)
}
