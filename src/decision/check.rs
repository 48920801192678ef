//! Whether one offer may be served to one request: the checks behind targeting, in their order.

use std::cell::OnceCell;

use super::caps::{Calendar, CapSubject, Exposures, SITTING};
use super::catalog::{Offer, Spot, TenantCatalog};
use super::exclusion::Exclusion;
use super::{DURATION_TOLERANCE, Headroom, Inquiry, LimitsView};
use crate::model::targeting::{Moment, Subject};
use crate::model::{Cap, CreativeId, Millis};

/// One request before one tenant: what is asked of offers, and what was looked up for it once.
pub(super) struct Checker<'i, L> {
    pub(super) inquiry: &'i Inquiry<'i, L>,
    pub(super) subject: Subject<'i>,
    tenant: &'i TenantCatalog,
    /// How long a spot may be.
    longest: Option<Millis>,
    /// How long a spot must be.
    shortest: Option<Millis>,
    /// What the viewer has seen; copied when the first cap asks.
    exposures: OnceCell<Exposures>,
    calendar: OnceCell<Calendar>,
}

impl<'i, L: LimitsView> Checker<'i, L> {
    pub(super) fn new(tenant: &'i TenantCatalog, inquiry: &'i Inquiry<'i, L>) -> Self {
        let request = inquiry.request;
        let viewer = request.traits.zone.as_ref();
        let subject = Subject {
            traits: &request.traits,
            channel: request.channel,
            moment: Moment::at(inquiry.now, &tenant.zone, viewer),
        };
        Self {
            inquiry,
            subject,
            tenant,
            longest: request.opening.longest(),
            shortest: request.opening.shortest(),
            exposures: OnceCell::new(),
            calendar: OnceCell::new(),
        }
    }

    /// The ordered list of checks, but for targeting. A new check belongs here and in
    /// [`Exclusion`], at the same place.
    pub(super) fn check(&self, offer: &Offer) -> Result<Headroom, Exclusion> {
        let now = self.inquiry.now;
        if now < offer.start || now >= offer.end {
            return Err(Exclusion::Flight);
        }
        self.check_spots(offer)?;
        let headroom = self
            .inquiry
            .limits
            .headroom(offer, now, self.inquiry.roll)?;
        self.check_caps(CapSubject::Campaign(offer.campaign), &offer.terms.caps)?;
        if offer.terms.order_per_pod == Some(0) {
            return Err(Exclusion::CapPod);
        }
        if let Some(order) = &offer.order {
            self.check_caps(CapSubject::Order(order.id), &offer.terms.order_caps)?;
        }
        Ok(headroom)
    }

    /// Whether any of its spots may be served; else what the one that came furthest lacks.
    pub(super) fn check_spots(&self, offer: &Offer) -> Result<(), Exclusion> {
        if let Some(creative) = offer.sole {
            return self.check_file(creative, offer.shortest);
        }
        let mut furthest = Exclusion::CreativeNotReady;
        for spot in &offer.spots {
            match self.check_spot(spot) {
                Ok(()) => return Ok(()),
                Err(why) => furthest = furthest.max(why),
            }
        }
        Err(furthest)
    }

    /// Whether a spot of an offer that may be served may be.
    pub(super) fn check_spot(&self, spot: &Spot) -> Result<(), Exclusion> {
        if let Some(terms) = &spot.terms {
            let now = self.inquiry.now;
            if terms.start.is_some_and(|start| now < start)
                || terms.end.is_some_and(|end| now >= end)
            {
                return Err(Exclusion::CreativeFlight);
            }
            if !terms.targeting.matches(&self.subject) {
                return Err(Exclusion::CreativeTargeting);
            }
        }
        self.check_file(spot.creative, spot.media.duration)?;
        match &spot.terms {
            Some(terms) => self.check_caps(CapSubject::Creative(spot.creative), &terms.caps),
            None => Ok(()),
        }
    }

    /// Whether a file can be shown in what asks for it, and for as long as there is.
    fn check_file(&self, creative: CreativeId, duration: Millis) -> Result<(), Exclusion> {
        let Inquiry {
            request, limits, ..
        } = self.inquiry;
        if request
            .profile
            .is_some_and(|profile| !limits.is_conditioned(creative, profile))
        {
            return Err(Exclusion::NotConditioned);
        }
        let fits = self.fits(duration);
        fits.then_some(()).ok_or(Exclusion::DurationNoFit)
    }

    /// How often this viewer has seen a spot in this sitting, or its campaign, as far as their caps
    /// keep count.
    pub(super) fn repeats(&self, offer: &Offer, spot: &Spot) -> u8 {
        let since = self.inquiry.now.minus(SITTING);
        let of_campaign = (CapSubject::Campaign(offer.campaign), &offer.terms.caps[..]);
        let of_spot = spot.terms.as_ref().map_or(&[][..], |terms| &terms.caps);
        let of_spot = (CapSubject::Creative(spot.creative), of_spot);
        let counted = [of_campaign, of_spot].into_iter();
        let counted = counted.filter(|(_subject, caps)| !caps.is_empty());
        let seen = counted.map(|(subject, caps)| self.exposures().seen(subject, caps, since));
        u8::try_from(seen.max().unwrap_or_default()).unwrap_or(u8::MAX)
    }

    fn fits(&self, duration: Millis) -> bool {
        self.longest
            .is_none_or(|longest| duration <= longest.plus(DURATION_TOLERANCE))
            && self.shortest.is_none_or(|shortest| shortest <= duration)
    }

    fn check_caps(&self, subject: CapSubject, caps: &[Cap]) -> Result<(), Exclusion> {
        if caps.is_empty() {
            return Ok(());
        }
        self.exposures()
            .allows(subject, caps, self.calendar())
            .map_err(|refusal| Exclusion::refused(&refusal))
    }

    fn exposures(&self) -> &Exposures {
        self.exposures.get_or_init(|| {
            let Inquiry {
                request,
                limits,
                now,
                ..
            } = self.inquiry;
            limits.exposures(&request.identity, *now)
        })
    }

    fn calendar(&self) -> &Calendar {
        self.calendar
            .get_or_init(|| Calendar::of(self.inquiry.now, &self.tenant.zone))
    }
}
