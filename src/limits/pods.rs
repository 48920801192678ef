//! Reserving the ads of one decision together: budgets and caps, all or nothing.

use smallvec::SmallVec;

use super::caps::{CapChange, Grant, Loser, Receipt};
use super::embedded::{Booked, Embedded};
use crate::decision::caps::{Calendar, CapSubject};
use crate::decision::{Exclusion, Offer, Spot};
use crate::model::{Identity, ServedAd, Timestamp, Zone};

/// An ad that is to be reserved.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// What it will be.
    pub ad: ServedAd,
    /// Whose budget it takes from.
    pub offer: &'a Offer,
    /// What plays.
    pub spot: &'a Spot,
}

/// What was reserved for the ads of one decision.
#[derive(Debug)]
pub struct Taken {
    /// For each ad, what its reservation is good for.
    pub booked: SmallVec<[Booked; 1]>,
    /// What was counted for their viewer.
    pub counted: Receipt,
}

/// The first ad that found no room. Nothing is reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lost {
    /// Its place among the ads.
    pub place: usize,
    /// Which bound stands against it.
    pub why: Exclusion,
}

impl Embedded {
    /// Reserves all ads of one decision, or none of them.
    pub fn reserve_all(
        &self,
        wanted: &[Wanted<'_>],
        identity: &Identity,
        zone: &Zone,
        now: Timestamp,
    ) -> Result<Taken, Lost> {
        let mut booked: SmallVec<[Booked; 1]> = SmallVec::new();
        for (place, one) in wanted.iter().enumerate() {
            match self.reserve(&one.ad, one.offer, zone, now) {
                Ok(of_ad) => booked.push(of_ad),
                Err(why) => {
                    self.release_all(wanted.iter().take(place));
                    return Err(Lost { place, why });
                }
            }
        }
        let counted = self.count_all(wanted, identity, zone, now);
        let counted = counted.inspect_err(|_lost| self.release_all(wanted.iter()))?;
        for ((one, of_ad), place) in wanted.iter().zip(&booked).zip(0..) {
            let of_viewer: Box<[CapChange]> = counted.of_ad(place).collect();
            if !of_viewer.is_empty() {
                self.unseen.put(one.ad.id, of_ad.expires, of_viewer);
            }
        }
        Ok(Taken { booked, counted })
    }

    fn release_all<'a>(&self, ads: impl Iterator<Item = &'a Wanted<'a>>) {
        for one in ads {
            self.release(one.ad.id);
        }
    }

    /// Counts the ads under every cap they have.
    fn count_all(
        &self,
        wanted: &[Wanted<'_>],
        identity: &Identity,
        zone: &Zone,
        now: Timestamp,
    ) -> Result<Receipt, Lost> {
        let mut grants: SmallVec<[Grant<'_>; 4]> = SmallVec::new();
        for (one, ad) in wanted.iter().zip(0..) {
            grants.extend(grants_of(one, ad));
        }
        if grants.is_empty() {
            return Ok(Receipt::default());
        }
        let calendar = Calendar::of(self.caps.instant(now), zone);
        let counted = self.caps.reserve(identity, &grants, &calendar);
        counted.map_err(|Loser { ad, refusal, .. }| Lost {
            place: usize::from(ad),
            why: Exclusion::refused(&refusal),
        })
    }
}

fn grants_of<'a>(one: &Wanted<'a>, ad: u8) -> impl Iterator<Item = Grant<'a>> {
    let (offer, spot) = (one.offer, one.spot);
    let of_order = offer.order.map(|order| CapSubject::Order(order.id));
    let of_spot = spot.terms.as_ref().map_or(&[][..], |terms| &terms.caps);
    [
        Some((CapSubject::Campaign(offer.campaign), &offer.terms.caps[..])),
        of_order.map(|subject| (subject, &offer.terms.order_caps[..])),
        Some((CapSubject::Creative(spot.creative), of_spot)),
    ]
    .into_iter()
    .flatten()
    .filter(|(_subject, caps)| !caps.is_empty())
    .map(move |(subject, caps)| Grant { ad, subject, caps })
}
