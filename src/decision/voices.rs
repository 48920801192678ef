//! Shares of voice: one draw for each tier says which campaign with a share, if any, goes before
//! all others.

use super::check::Checker;
use super::exclusion::Exclusion;
use super::{Headroom, LimitsView, Offer, Roll};
use crate::model::Tier;

/// Draws of shares use keys of their own: campaigns, creatives and waits have others.
const SHARES: u64 = 5 << 40;
/// All of the requests. Percent.
const WHOLE: u64 = 100;

/// What the draw of one tier said of its campaigns with a share.
#[derive(Debug, Default)]
pub(super) struct Voices {
    /// By place: why it is not the one, or that it is.
    verdicts: Vec<(u32, Result<Headroom, Exclusion>)>,
}

impl Voices {
    /// Draws among the campaigns of a tier that have a share and may be served. Each is drawn in
    /// its share of the requests that it may be served for, as long as the shares of those that
    /// meet in one request are together at most everything; else all are scaled down alike.
    pub(super) fn draw<L: LimitsView>(
        &mut self,
        tier: Tier,
        places: &[(u32, u8)],
        offers: &[Offer],
        checker: &Checker<'_, L>,
    ) {
        self.verdicts.clear();
        for &(place, _share) in places {
            let Some(offer) = offers.get(place as usize) else {
                continue;
            };
            let verdict = match offer.terms.targeting.failing(&checker.subject) {
                Some(dimension) => Err(Exclusion::targeting(dimension)),
                None => checker.check(offer),
            };
            self.verdicts.push((place, verdict));
        }
        let shares = || {
            let open = |&(place, share): &(u32, u8)| {
                let verdict = self.of(place);
                verdict
                    .is_some_and(|verdict| verdict.is_ok())
                    .then_some((place, u64::from(share)))
            };
            places.iter().filter_map(open)
        };
        let sum: u64 = shares().map(|(_place, share)| share).sum();
        let point = point(checker.inquiry.roll, tier, sum.max(WHOLE));
        let mut end = 0;
        let winner = shares().find(|&(_place, share)| {
            end += share;
            point < end
        });
        let winner = winner.map(|(place, _share)| place);
        for (place, verdict) in &mut self.verdicts {
            if verdict.is_ok() && Some(*place) != winner {
                *verdict = Err(Exclusion::ShareOfVoice);
            }
        }
    }

    /// The campaign that goes before all others.
    pub(super) fn winner(&self) -> Option<(u32, Headroom)> {
        let won = |&(place, verdict): &(u32, Result<Headroom, _>)| Some((place, verdict.ok()?));
        self.verdicts.iter().find_map(won)
    }

    /// What the draw said of an offer; none for one without a share.
    pub(super) fn of(&self, place: u32) -> Option<Result<Headroom, Exclusion>> {
        let found = self
            .verdicts
            .iter()
            .find(|&&(known, _verdict)| known == place);
        found.map(|&(_place, verdict)| verdict)
    }
}

/// A number below `whole`, uniform.
fn point(roll: Roll, tier: Tier, whole: u64) -> u64 {
    let scaled = u128::from(roll.draw(SHARES | tier as u64)) * u128::from(whole);
    u64::try_from(scaled >> 64).unwrap_or_default()
}
