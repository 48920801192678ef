//! Shares of voice: one draw for each tier says which campaign with a share, if any, goes before
//! all others.

use super::catalog::TenantCatalog;
use super::check::Checker;
use super::exclusion::Exclusion;
use super::index::{Ask, Candidate, Candidates, Counting, Scratch};
use super::{Headroom, LimitsView, Roll};
use crate::model::Tier;

/// Draws of shares use keys of their own: campaigns, creatives and waits have others.
const SHARES: u64 = 5 << 40;
/// All of the requests. Percent.
const WHOLE: u64 = 100;

/// What the draw of one tier said of its campaigns with a share that are meant.
pub(super) struct Voices<'p, L> {
    tenant: &'p TenantCatalog,
    checker: &'p Checker<'p, L>,
    /// Until the first tier with shares is opened, for which the request is looked up.
    scratch: Option<&'p mut Scratch>,
    /// Who is meant, tier by tier.
    meant: Option<Candidates<'p>>,
    /// One that was pulled and belongs to a later tier.
    ahead: Option<Candidate>,
    /// By place: the share, and why it is not the one, or that it is.
    verdicts: Vec<(u32, u64, Result<Headroom, Exclusion>)>,
}

impl<'p, L: LimitsView> Voices<'p, L> {
    /// Nothing is drawn yet.
    pub(super) const fn new(
        tenant: &'p TenantCatalog,
        checker: &'p Checker<'p, L>,
        scratch: &'p mut Scratch,
    ) -> Self {
        Self {
            tenant,
            checker,
            scratch: Some(scratch),
            meant: None,
            ahead: None,
            verdicts: Vec::new(),
        }
    }

    /// Draws among the campaigns of a tier that have a share and may be served; tiers are drawn
    /// in their order. Each is drawn in its share of the requests that it may be served for, as
    /// long as the shares of those that meet in one request are together at most everything;
    /// else all are scaled down alike.
    pub(super) fn draw(&mut self, tier: Tier) {
        let (tenant, checker) = (self.tenant, self.checker);
        self.verdicts.clear();
        let voice = tenant.voice().filter(|voice| voice.tiers[tier as usize]);
        let Some(voice) = voice else {
            return;
        };
        let roll = checker.inquiry.roll;
        if let Some(scratch) = self.scratch.take() {
            let ask = Ask {
                subject: &checker.subject,
                roll,
                live: &voice.live,
                counting: Counting::Off,
            };
            self.meant = Some(voice.index.candidates(&ask, scratch));
        }
        let Some(meant) = &mut self.meant else {
            return;
        };
        if let Some(before) = (tier as usize).checked_sub(1) {
            meant.leave(Tier::ALL[before]);
        }
        let mut next = self.ahead.take().or_else(|| meant.next());
        while let Some(found) = next
            && found.tier <= tier
        {
            next = meant.next();
            if found.tier < tier {
                continue;
            }
            let member = voice.members.get(found.place as usize);
            let offer = |place: u32| tenant.offers().get(place as usize);
            if let Some((&(place, share), offer)) =
                member.and_then(|member| Some((member, offer(member.0)?)))
            {
                let verdict = checker.check(offer);
                self.verdicts.push((place, u64::from(share), verdict));
            }
        }
        self.ahead = next;
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
