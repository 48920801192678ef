//! Shares of voice: one draw for each tier says which campaign with a share, if any, goes before
//! all others.

use super::catalog::TenantCatalog;
use super::check::Checker;
use super::exclusion::Exclusion;
use super::index::{Ask, Counting, Scratch};
use super::{Headroom, LimitsView, Roll};
use crate::model::Tier;

/// Draws of shares use keys of their own: campaigns, creatives and waits have others.
const SHARES: u64 = 5 << 40;
/// All of the requests. Percent.
const WHOLE: u64 = 100;

/// What the draw of one tier said of its campaigns with a share that are meant.
#[derive(Debug, Default)]
pub(super) struct Voices {
    /// By place: the share, and why it is not the one, or that it is.
    verdicts: Vec<(u32, u64, Result<Headroom, Exclusion>)>,
}

impl Voices {
    /// Draws among the campaigns of a tier that have a share and may be served. Each is drawn in
    /// its share of the requests that it may be served for, as long as the shares of those that
    /// meet in one request are together at most everything; else all are scaled down alike.
    pub(super) fn draw<L: LimitsView>(
        &mut self,
        tier: Tier,
        tenant: &TenantCatalog,
        checker: &Checker<'_, L>,
        scratch: &mut Scratch,
    ) {
        self.verdicts.clear();
        let Some(voice) = tenant.voice(tier) else {
            return;
        };
        let roll = checker.inquiry.roll;
        let ask = Ask {
            subject: &checker.subject,
            roll,
            live: &voice.live,
            counting: Counting::Off,
        };
        for meant in voice.index.candidates(&ask, scratch) {
            let member = voice.members.get(meant.place as usize);
            let offer = |place: u32| tenant.offers().get(place as usize);
            if let Some((&(place, share), offer)) =
                member.and_then(|member| Some((member, offer(member.0)?)))
            {
                let verdict = checker.check(offer);
                self.verdicts.push((place, u64::from(share), verdict));
            }
        }
        self.verdicts
            .sort_unstable_by_key(|&(place, _share, _verdict)| place);
        self.choose(roll, tier);
    }

    /// Leaves at most one of those that may be served.
    fn choose(&mut self, roll: Roll, tier: Tier) {
        let open = self
            .verdicts
            .iter()
            .filter(|(_, _, verdict)| verdict.is_ok());
        let sum: u64 = open.map(|&(_place, share, _verdict)| share).sum();
        let point = point(roll, tier, sum.max(WHOLE));
        let mut end = 0;
        for (_place, share, verdict) in &mut self.verdicts {
            if verdict.is_ok() {
                let begin = end;
                end += *share;
                if !(begin..end).contains(&point) {
                    *verdict = Err(Exclusion::ShareOfVoice);
                }
            }
        }
    }

    /// The campaign that goes before all others.
    pub(super) fn winner(&self) -> Option<(u32, Headroom)> {
        let mut verdicts = self.verdicts.iter();
        verdicts.find_map(|&(place, _share, verdict)| Some((place, verdict.ok()?)))
    }

    /// What the draw said of an offer that is meant; none for one without a share.
    pub(super) fn of(&self, place: u32) -> Option<Result<Headroom, Exclusion>> {
        let found = self
            .verdicts
            .binary_search_by_key(&place, |&(known, _share, _verdict)| known);
        let verdict = self.verdicts.get(found.ok()?);
        verdict.map(|&(_place, _share, verdict)| verdict)
    }
}

/// A number below `whole`, uniform.
fn point(roll: Roll, tier: Tier, whole: u64) -> u64 {
    let scaled = u128::from(roll.draw(SHARES | tier as u64)) * u128::from(whole);
    u64::try_from(scaled >> 64).unwrap_or_default()
}
